"""What the script is made of: one act of one person at one instant."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from town_portal.access.roles import Role
from town_portal.demo.rules.corpus import Item


class Verb(StrEnum):
    """The acts on items, by the names of the operations that do them."""

    UPLOAD = "upload"
    DRAFT = "draft"
    COPY = "copy"
    CORRECT = "correct"
    REVISE = "revise"
    SUBMIT = "submit"
    RECALL = "recall"
    DISCARD = "discard"
    CLAIM = "claim"
    RELEASE = "release"
    PROOF = "proof"
    SIGN = "sign"
    RETURN = "return"
    PUBLISH = "publish"
    SCHEDULE = "schedule"
    PUBLISH_SCHEDULED = "publish_scheduled"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Somebody does something to an item. Who it is follows from the posts of that day."""

    at: datetime
    """UTC."""
    key: str
    """The item's name in the script; a correction and a copy have names of their own."""
    verb: Verb
    role: Role
    unit: str
    second: bool = False
    """The second holder of the post, where there are two."""
    text: Item | None = None
    """What is written: the item as it reads in this version."""
    words: str = ""
    """Opinion, reason or note."""
    reasons: tuple[str, ...] = ()
    quote: str = ""
    """The marked passage of a return."""
    of: str = ""
    """The item that is copied or corrected."""
    cross: str = ""
    """The office the head sends it across to."""
    scheduled: datetime | None = None
