"""When the golden period is missed: whose step used how much of it.

The time runs from the end of the event's day (day 0 is free) to publication, or to now, in natural time. It is
split by whose hands the item was in; the parts add up to the whole, to the millisecond.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from town_portal.foundation.clock import end_of
from town_portal.submissions.rules.lifecycle import State

REPORTING, RECALLED, SCHEDULED = "报送", "撤回修改", "等定时发布"
STEPS = {
    State.FIRST_REVIEW: "一审一校",
    State.SECOND_REVIEW: "二审二校",
    State.CROSS_REVIEW: "交叉审核",
    State.THIRD_REVIEW: "三审三校",
    State.RETURNED: "退回修改",
    State.APPROVED: "发布",
}
NOTHING = timedelta()


@dataclass(frozen=True, slots=True)
class Stop:
    """A stay of an item in somebody's hands: from, to (UTC; None while it lasts), and by what it ended."""

    stage: State
    unit: str
    begins: datetime
    ends: datetime | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class Share:
    """What one step in one unit used."""

    label: str
    unit: str
    spent: timedelta


@dataclass(frozen=True, slots=True)
class Spent:
    """The time from the event to publication or now (UTC), and its shares in the order of their first hour."""

    begins: datetime
    ends: datetime
    golden_ends: datetime
    shares: tuple[Share, ...]

    @property
    def whole(self) -> timedelta:
        """The whole time."""
        return self.ends - self.begins

    @property
    def missed(self) -> bool:
        """Was it published, or is it now, after the golden period?"""
        return self.ends > self.golden_ends

    def part(self, spent: timedelta) -> int:
        """A time as thousandths of the whole, for a bar."""
        return round(1000 * (spent / self.whole)) if self.whole else 0

    @property
    def golden_part(self) -> int:
        """Where on the bar the golden period ended, in thousandths."""
        return self.part(self.golden_ends - self.begins)


def spent(event_on: date, golden_until: date, owner: str, stops: Iterable[Stop], ends: datetime) -> Spent:
    """Who had the item for how long until ``ends`` (UTC), publication or now.

    ``owner`` is the unit that reports: its is the time before the first stay and after a recall. The time
    after 定时 belongs to the unit that set it.
    """
    begins = end_of(event_on)
    ends = max(begins, ends)
    found: dict[tuple[str, str], timedelta] = {}
    at, holder = begins, (REPORTING, owner)
    for stop in sorted(stops, key=lambda one: one.begins):
        at = _give(found, holder, at, stop.begins, ends)
        at = _give(found, (STEPS.get(stop.stage, stop.stage.label), stop.unit), at, stop.ends or ends, ends)
        holder = _between(stop, owner)
    _give(found, holder, at, ends, ends)
    shares = tuple(Share(label, unit, time) for (label, unit), time in found.items())
    return Spent(begins, ends, end_of(golden_until), shares)


def _give(
    found: dict[tuple[str, str], timedelta], holder: tuple[str, str], at: datetime, until: datetime, ends: datetime
) -> datetime:
    """Give a holder the time up to an instant, as far as it lies ahead; gives where the count stands then."""
    reached = min(until, ends)
    if reached <= at:
        return at
    found[holder] = found.get(holder, NOTHING) + (reached - at)
    return reached


def _between(stop: Stop, owner: str) -> tuple[str, str]:
    """Whose the time after a stay is, until the next begins."""
    match stop.outcome:
        case "schedule":
            return SCHEDULED, stop.unit
        case "recall":
            return RECALLED, owner
    return STEPS.get(stop.stage, stop.stage.label), stop.unit
