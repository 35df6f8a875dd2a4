"""Where the time goes: how long each step takes, against its limit.

报送 is counted in natural days from the event to the first handing in; its measure is the golden
period, of which it uses up a part. Every other step is a stay of an item before somebody who has
to act, counted in working minutes from its arrival to the act that ended it, whatever that was
(signed, returned, recalled, published, scheduled). A stay belongs to the quarter in which it
ended. One that has not ended and is past its limit counts as late in the running quarter.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from town_portal.statistics.rules.measures import Rate
from town_portal.submissions.rules.lifecycle import State
from town_portal.submissions.rules.step_clock import Case, limit_of

WORDS = (
    "报送从事件当天算到第一次送审，按自然日，时限是黄金期；超时指报来时黄金期已经过了。"
    "其余环节从稿件到达算到签字、退回、撤回、定时或发布，只计工作时间，算在办完的季度。"
    "时限写的是普通件、一般稿的，是否超时按每件自己的时限判断。没办完已经过了时限的也算超时，只算在进行中的季度。更正稿也算。"
)
RETURN, RECALL = "return", "recall"
STAGES: dict[State, str] = {
    State.FIRST_REVIEW: "一审一校",
    State.SECOND_REVIEW: "二审二校",
    State.CROSS_REVIEW: "交叉审核",
    State.THIRD_REVIEW: "三审三校",
    State.APPROVED: "发布",
}
_ALWAYS_SHOWN = (State.SECOND_REVIEW, State.THIRD_REVIEW, State.APPROVED)
REPORTING = "reporting"


@dataclass(frozen=True, slots=True)
class Stays:
    """Stays that ended alike in the quarter: at one stage, of one unit's items, by one person's act."""

    stage: State
    owner_id: int
    handler_id: int
    person_id: int | None
    outcome: str
    count: int
    minutes: int
    late: int


@dataclass(frozen=True, slots=True)
class OpenStay:
    """A stay that has not ended."""

    stage: State
    owner_id: int
    handler_id: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Reports:
    """A unit's first handings in of a quarter: how many, natural days spent, golden days allowed, too late."""

    count: int = 0
    days: int = 0
    allowed: int = 0
    late: int = 0
    spread: Mapping[int, int] = field(default_factory=dict)
    """Days spent → how many handings in spent so many."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way with its time. ``spent`` and ``limit`` are in ``unit``: days or minutes."""

    name: str
    label: str
    unit: str
    done: int
    spent: int
    late: int
    pending: int
    """Not ended and past the limit."""
    limit: Fraction | None
    """None when the limit runs by the clock and not by working time."""
    middle: Fraction | None = None
    """The median time of the stays that ended, where it was asked for."""

    @property
    def mean(self) -> Fraction | None:
        """The mean time of the stays that ended; None without any."""
        return Fraction(self.spent, self.done) if self.done else None

    @property
    def ratio(self) -> float | None:
        """The mean as a share of the limit: 1.0 uses it up."""
        if self.mean is None or not self.limit:
            return None
        return float(self.mean / self.limit)

    @property
    def overdue(self) -> int:
        """Ended too late, or not ended and too late already."""
        return self.late + self.pending

    @property
    def overdue_rate(self) -> Rate:
        """The overdue among all that ended or should have."""
        return Rate(self.overdue, self.done + self.pending)


def reported(event_on: date, golden_until: date, submitted_on: date) -> Reports:
    """One handing in. An event in the future (announced) has cost no day."""
    days = max(0, (submitted_on - event_on).days)
    return Reports(1, days, (golden_until - event_on).days, submitted_on > golden_until, {days: 1})


def together(reports: Iterable[Reports]) -> Reports:
    """Several as one."""
    count = days = allowed = late = 0
    spread: Counter[int] = Counter()
    for one in reports:
        count, days, allowed, late = count + one.count, days + one.days, allowed + one.allowed, late + one.late
        for spent, times in one.spread.items():
            spread[spent] += times
    return Reports(count, days, allowed, late, dict(spread))


def reporting_step(reports: Reports) -> Step:
    """报送 as a step; its limit is the mean of the golden days its items had."""
    return Step(
        name=REPORTING,
        label="报送",
        unit="days",
        done=reports.count,
        spent=reports.days,
        late=reports.late,
        pending=0,
        limit=Fraction(reports.allowed, reports.count) if reports.count else None,
        middle=median(reports.spread),
    )


def stage_steps(
    stays: Iterable[Stays], waiting: Iterable[OpenStay], limits: Mapping[State, int | None], now: datetime
) -> list[Step]:
    """The stages in their order; those a route does not pass are left out unless somebody stayed there.

    ``limits`` are working minutes of the normal lane; lateness itself was judged by each stay's own
    limit. ``waiting`` are the open stays that count, none for a quarter that is over.
    """
    ended, open_ = list(stays), list(waiting)
    found = []
    for stage, label in STAGES.items():
        mine = [stay for stay in ended if stay.stage is stage]
        pending = sum(stay.stage is stage and stay.due_at < now for stay in open_)
        limit = limits.get(stage)
        step = Step(
            name=stage.value.replace("_", "-"),
            label=label,
            unit="minutes",
            done=sum(stay.count for stay in mine),
            spent=sum(stay.minutes for stay in mine),
            late=sum(stay.late for stay in mine),
            pending=pending,
            limit=None if limit is None else Fraction(limit),
        )
        if step.done or step.pending or stage in _ALWAYS_SHOWN:
            found.append(step)
    return found


def stage_of(name: str) -> State | None:
    """The stage a step's name stands for: ``second-review``."""
    found = {stage.value.replace("_", "-"): stage for stage in STAGES}
    return found.get(name)


def limits_in_minutes(
    setting: Mapping[str, Any], minutes_a_day: int, route: str | None = None
) -> dict[State, int | None]:
    """The normal lane's limits of new items on a route, in working minutes; None for one by natural days or hours."""
    return {stage: limit_of(stage, Case(route=route), setting).minutes(minutes_a_day) for stage in STAGES}


def median(spread: Mapping[int, int]) -> Fraction | None:
    """The middle of many values, exactly: value → how often it came. Of two middles their mean; None without any."""
    count = sum(spread.values())
    if not count:
        return None
    low, high = (count - 1) // 2, count // 2
    passed, first = 0, None
    for value in sorted(spread):
        passed += spread[value]
        if first is None and passed > low:
            first = value
        if passed > high and first is not None:
            return Fraction(first + value, 2)
    raise AssertionError("the counts add up")
