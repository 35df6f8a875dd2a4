"""即办即审: what a reviewer can decide in a minute, and why it is quick."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an item without reading it."""

    characters: int
    pictures: int
    attachments: int
    returns: int
    major: bool
    hands_off: bool
    """The reviewer may not sign it (his own hand is on it), or a colleague has taken it."""


def why_quick(facts: Facts, setting: Mapping[str, Any]) -> str | None:
    """Why an item is quick, in words; None when it is not.

    ``setting`` is ``quick_review``: most characters, most pictures. Never quick: 重要, with attachments,
    returned twice or more, not the reviewer's to sign. That nothing is found in the text is asked of the
    proofreader only for what is quick by this.
    """
    if facts.major or facts.attachments or facts.returns > 1 or facts.hands_off:
        return None
    if facts.characters > int(setting["most_characters"]) or facts.pictures > int(setting["most_pictures"]):
        return None
    shown = f"{facts.pictures} 张照片" if facts.pictures else "没有照片"
    again = "退回改过一次，" if facts.returns else ""
    return f"{again}{facts.characters} 字，{shown}，没有附件，校对没有疑点"


@dataclass(frozen=True, slots=True)
class Run:
    """Where somebody is in a run through what is quick: how many he has decided, what is left in order."""

    decided: int
    left: tuple[int, ...]

    @property
    def total(self) -> int:
        """How many the run has: decided and left."""
        return self.decided + len(self.left)

    def place(self, item_id: int) -> int | None:
        """Which one of the run an item is, from 1; None when it is not in it."""
        return self.decided + self.left.index(item_id) + 1 if item_id in self.left else None

    def following(self, item_id: int) -> int | None:
        """The one to open after an item; after the last, the first that was passed over; None when none is left."""
        others = [one for one in self.left if one != item_id]
        if item_id in self.left:
            at = self.left.index(item_id)
            others = [*self.left[at + 1 :], *self.left[:at]]
        return others[0] if others else None
