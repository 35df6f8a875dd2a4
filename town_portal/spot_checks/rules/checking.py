"""Looking at one drawn text: who may, what is asked, what follows."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

from town_portal.access.actor import Actor
from town_portal.access.roles import Role
from town_portal.foundation.errors import Refused

LONGEST_NOTE = 500
SHORTEST = 4


class Mark(StrEnum):
    """What was found on one line of the checklist."""

    GOOD = "good"
    BAD = "bad"
    NONE = "none"

    @property
    def label(self) -> str:
        """The word in Chinese."""
        return {"good": "没有问题", "bad": "有问题", "none": "不涉及"}[self.value]


class CheckResult(StrEnum):
    """What follows from looking at a text."""

    NOTHING = "nothing"
    FAULT = "fault"
    RECTIFICATION = "rectification"

    @property
    def label(self) -> str:
        """The result in Chinese."""
        return {"nothing": "没有发现问题", "fault": "开纠错单", "rectification": "要求单位整改"}[self.value]


def why_not(actor: Actor, unit_id: int, hands: Collection[int]) -> str | None:
    """Why this person may not look at a text; None when he may. ``hands``: whoever wrote, reviewed or published it."""
    if actor.id in hands:
        return "这一条您经手过（写稿、审核或发布），要由没有经手的人检查。"
    if unit_id in actor.units_as(Role.REPORTER, Role.HEAD):
        return "这一条是您所在单位的，要由别的单位的人检查。"
    return None


def check_person(actor: Actor, unit_id: int, hands: Collection[int]) -> None:
    """Refused for who had a hand in the text."""
    if reason := why_not(actor, unit_id, hands):
        raise Refused(reason)


def check_marks(lines: Sequence[str], marks: Mapping[int, Mark], result: CheckResult, note: str) -> str:
    """The note, without blanks; Refused unless every line is answered and the result follows from the answers."""
    missing = [number for number in range(1, len(lines) + 1) if number not in marks]
    if missing:
        raise Refused(f"清单第 {'、'.join(map(str, missing))} 项还没有填。")
    bad = any(mark is Mark.BAD for mark in marks.values())
    if bad and result is CheckResult.NOTHING:
        raise Refused("清单里有“有问题”的项，结果不能是“没有发现问题”。")
    if not bad and result is not CheckResult.NOTHING:
        raise Refused("请在清单里标出是哪一项有问题。")
    note = note.strip()
    if result is not CheckResult.NOTHING and len(note) < SHORTEST:
        raise Refused("请写明发现了什么问题。")
    if len(note) > LONGEST_NOTE:
        raise Refused(f"说明最多 {LONGEST_NOTE} 个字，现在 {len(note)} 个字。")
    return note
