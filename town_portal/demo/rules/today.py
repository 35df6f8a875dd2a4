"""What stands open at this moment, so that every desk has something on it.

Every state is there; some items are overdue, some due within the hour, urgent ones among them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from random import Random

from town_portal.demo.rules import filing, words
from town_portal.demo.rules.corpus import Item
from town_portal.demo.rules.pace import Pace
from town_portal.demo.rules.walk import FAULT_STAGES, Step, Walk, way
from town_portal.foundation.clock import day_of, instant
from town_portal.submissions.rules.lifecycle import State

S = State
_OPENING = time(8, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One item as it is to stand now.

    ``left``: working minutes left of the step's limit (below 0: overdue); ``ago``: working minutes
    since it came to its state, for states without a limit. The rest says which item may play it.
    """

    state: State
    left: int | None = None
    ago: int = 0
    unit: str = ""
    office: str = ""
    fault: str = ""
    pinned: bool = False
    urgent: bool = False
    claimed: bool = False

    def fits(self, item: Item) -> bool:
        """May this item play the case?"""
        if self.pinned or item.pinned:
            wanted = (self.pinned, self.unit, bool(self.fault), self.urgent)
            return wanted == (item.pinned, item.unit, item.fault is not None, bool(item.urgent))
        return (
            not item.urgent
            and self.office in ("", item.office)
            and (item.fault.stage if item.fault else "") == self.fault
            and item.major is (self.state is S.CROSS_REVIEW)
            and filing.is_active(item) is (self.state is not S.FILED)
        )


CASES = (
    Case(state=S.SECOND_REVIEW, left=-170, office="B05"),
    Case(state=S.SECOND_REVIEW, left=42, unit="C11", pinned=True),
    Case(state=S.SECOND_REVIEW, left=310, unit="C13", pinned=True, claimed=True),
    Case(state=S.SECOND_REVIEW, left=25, unit="C09", urgent=True, pinned=True),
    Case(state=S.SECOND_REVIEW, left=330, unit="C01", pinned=True),
    Case(state=S.SECOND_REVIEW, left=-60, office="B08"),
    Case(state=S.CROSS_REVIEW, left=120, unit="C07", pinned=True),
    Case(state=S.CROSS_REVIEW, left=-90),
    Case(state=S.THIRD_REVIEW, left=250, unit="C18", pinned=True),
    Case(state=S.THIRD_REVIEW, left=35, unit="C16", pinned=True),
    Case(state=S.THIRD_REVIEW, left=-200, office="B05"),
    Case(state=S.RETURNED, ago=110, unit="C03", fault="head", pinned=True),
    Case(state=S.RETURNED, ago=300, fault="head"),
    Case(state=S.RETURNED, ago=60, fault="leader"),
    Case(state=S.APPROVED, left=300, unit="C05", pinned=True),
    Case(state=S.APPROVED, left=30, unit="B10", pinned=True),
    Case(state=S.APPROVED, left=90, unit="C20", urgent=True, pinned=True),
    Case(state=S.APPROVED, left=-120),
    Case(state=S.SCHEDULED, ago=45, unit="C12", pinned=True),
    Case(state=S.SCHEDULED, ago=130, unit="B01", pinned=True),
    Case(state=S.DRAFT, ago=50, unit="C03", pinned=True),
    Case(state=S.DRAFT, ago=220),
    Case(state=S.DRAFT, ago=700),
    Case(state=S.PUBLISHED, ago=70, unit="C02", urgent=True, pinned=True),
    Case(state=S.PUBLISHED, ago=150, unit="B06", pinned=True),
    Case(state=S.PUBLISHED, ago=260, unit="C20", pinned=True),
    Case(state=S.FILED, ago=200),
    Case(state=S.WITHDRAWN, ago=120),
    Case(state=S.DISCARDED, ago=90),
)


def stage(items: Sequence[Item], pace: Pace, random: Random) -> list[Walk]:
    """The walks of the open cases, each with the latest item that can play it."""
    walks: list[Walk] = []
    used: set[str] = set()
    for case in CASES:
        free = (item for item in reversed(items) if item.key not in used and not pace.silent(item))
        walk = _play(case, free, pace, random)
        if walk is not None:
            walks.append(walk)
            used.add(walk.item.key)
    faulty = [item for item in items if item.key not in used and item.fault and not item.urgent]
    return walks + _open_correction((item for item in reversed(faulty) if not pace.silent(item)), pace, random)


def _play(case: Case, items: Iterable[Item], pace: Pace, random: Random) -> Walk | None:
    for item in items:
        if not case.fits(item):
            continue
        entered = pace.before(pace.now, case.ago if case.left is None else pace.limit(item) - case.left)
        steps = _steps(case.state, item)
        start = pace.before(entered, (9 if item.urgent else 45) * (len(steps) + 1))
        if item.pinned:
            item = replace(item, day=day_of(start))  # noqa: PLW2901 - the same item on its day
        if start >= instant(item.day, _OPENING):
            return _walk(case, item, steps, start, entered, pace, random)
    return None


def _steps(state: State, item: Item) -> list[Step]:
    """The stages an item has been through when it stands in a state."""
    steps = way(item, cross=item.major)
    stages = [step[0] for step in steps]
    if state in stages:
        return steps[: stages.index(state)]
    if state is S.RETURNED and item.fault is not None:
        return steps[: stages.index(FAULT_STAGES[item.fault.stage]) + 1]
    return [] if state in (S.DRAFT, S.DISCARDED) else steps


def _walk(
    case: Case, item: Item, steps: Sequence[Step], start: datetime, entered: datetime, pace: Pace, random: Random
) -> Walk:
    walk = Walk(item, start, random, pace)
    final = case.state in (S.SCHEDULED, S.PUBLISHED, S.WITHDRAWN)
    times = _milestones(start, entered, 1 + len(steps) + final, pace)
    if case.state is S.DRAFT:
        walk.draft(item.unfinished)
        return walk
    walk.draft(item.careless)
    if case.state is S.DISCARDED:
        walk.at = entered
        walk.discard(random.choice(words.DUPLICATED))
        return walk
    walk.at = times[0]
    walk.submit()
    for step, until in zip(steps, times[1:], strict=False):
        if case.state is S.RETURNED and step is steps[-1]:
            walk.send_back(step, until)
        else:
            walk.sign(step, until)
    _finish(case, walk, entered, pace)
    return walk


def _finish(case: Case, walk: Walk, entered: datetime, pace: Pace) -> None:
    match case.state:
        case S.SCHEDULED:
            walk.schedule(entered, instant(pace.today + timedelta(days=1), time(9)))
        case S.PUBLISHED:
            walk.publish(entered)
        case S.WITHDRAWN:
            walk.publish(pace.before(entered, 20))
            walk.withdraw(entered, walk.random.choice(words.WITHDRAWN))
        case S.SECOND_REVIEW if case.claimed:
            walk.claim(way(walk.item, cross=False)[0], pace.before(pace.now, 12))


def _milestones(start: datetime, end: datetime, count: int, pace: Pace) -> list[datetime]:
    """So many instants evenly over the working time between two, the last one at the end."""
    minutes = pace.working.between(start, end)
    return [pace.working.add(start, max(1, minutes * number // count)) for number in range(1, count)] + [end]


def _open_correction(items: Iterable[Item], pace: Pace, random: Random) -> list[Walk]:
    """A published item whose fault was found this morning; its correction waits for the head."""
    for item in items:
        published = pace.before(pace.now, 6 * pace.working.minutes_a_day)
        start = pace.before(published, 200)
        if start < instant(item.day, _OPENING) or item.major:
            continue
        steps = way(item, cross=False)
        found = replace(CASES[0], state=S.PUBLISHED)
        walk = _walk(found, item, steps, start, published, pace, random)
        correction = Walk(item, pace.before(pace.now, 200), random, pace, key=f"{item.key}/更正")
        correction.correct(walk.key, item)
        correction.wait(2, 9)
        correction.submit("发布后发现一处差错，现申请更正。")
        return [walk, correction]
    return []
