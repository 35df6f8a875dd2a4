"""The ladder: when a duty's clock reaches which rung.

The rungs and their order are fixed; where each stands and which ways its messages go is the setting
``ladder``, one lane for ordinary duties and one for urgent ones (绿色通道).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

from town_portal.workflow.duty import Duty

Worked = Callable[[datetime], int]
"""Instant (UTC) → working minutes since some fixed day; only differences count."""


class Rung(IntEnum):
    """How far a clock has run, lowest first."""

    DIGEST = 0
    ARRIVED = 1
    HALF = 2
    BEFORE = 3
    DUE = 4
    DEPUTY = 5
    SUPERIOR = 6

    @property
    def label(self) -> str:
        """The rung in Chinese."""
        return LABELS[self]

    @property
    def can_wait(self) -> bool:
        """May wait a little, to go out together with others."""
        return self in (Rung.ARRIVED, Rung.HALF)


R = Rung

LABELS = {
    R.DIGEST: "每日汇总",
    R.ARRIVED: "新到",
    R.HALF: "时限过半",
    R.BEFORE: "快到时限",
    R.DUE: "已超时",
    R.DEPUTY: "超时，请副手接办",
    R.SUPERIOR: "超时督办",
}
NAMES = {rung: rung.name.lower() for rung in Rung}
CLIMB = (R.SUPERIOR, R.DEPUTY, R.DUE, R.BEFORE, R.HALF, R.ARRIVED)
"""The rungs of a clock, highest first."""

SHORTEST_TO_HALVE = 60
"""A limit of fewer working minutes has no middle worth a message."""

Lane = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Reading:
    """A clock at one instant, in working minutes."""

    gone: int
    whole: int
    over: int
    """Working minutes past the limit; 0 before it."""


def read(duty: Duty, now: datetime, worked: Worked) -> Reading:
    """How far a duty's clock has run at ``now`` (UTC)."""
    start, at, end = worked(duty.since), worked(now), worked(duty.due_at)
    return Reading(at - start, end - start, max(0, at - end) if now >= duty.due_at else 0)


def reached(duty: Duty, now: datetime, worked: Worked, lane: Lane) -> list[Rung]:
    """The rungs a clock has reached at ``now`` (UTC), highest first; those switched off are left out.

    ``half`` needs a limit of an hour at least, ``before`` one of twice its own distance, so that no
    short limit is told at once. A limit that lies wholly outside working time has neither.
    """
    if now < duty.since:
        return []
    clock = read(duty, now, worked)
    late = now >= duty.due_at
    near = int(lane["before"]["minutes"])
    stands = {
        R.SUPERIOR: late and clock.over >= int(lane["superior"]["minutes"]),
        R.DEPUTY: late and clock.over >= int(lane["deputy"]["minutes"]),
        R.DUE: late,
        R.BEFORE: late or (clock.whole >= 2 * near and clock.whole - clock.gone <= near),
        R.HALF: late
        or (clock.whole >= SHORTEST_TO_HALVE and clock.gone * 100 >= clock.whole * int(lane["half"]["share"])),
        R.ARRIVED: not duty.kind.own_start,
    }
    return [rung for rung in CLIMB if stands[rung] and ways(lane, rung)]


WAYS: dict[str, frozenset[str]] = {
    "off": frozenset(),
    "portal": frozenset({"portal"}),
    "group": frozenset({"portal", "group"}),
    "sms": frozenset({"portal", "sms"}),
    "mail": frozenset({"portal", "mail"}),
    "group_sms": frozenset({"portal", "group", "sms"}),
    "all": frozenset({"portal", "group", "sms", "mail"}),
}
"""The words of the setting → the ways a message goes; ``portal`` is the page 提醒 itself."""


def ways(lane: Lane, rung: Rung) -> frozenset[str]:
    """The ways a rung's messages go; none when it is switched off."""
    return WAYS[lane[NAMES[rung]]["ways"]]
