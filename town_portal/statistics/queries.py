"""Figures and the items behind them, both from the same conditions: a count is its list's length.

Every measure is one ``Source``. Figures count its rows by unit, lists page through them. What was
counted is kept in the process until anything is recorded on the trail or the day changes.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    and_,
    case,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
    union,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from town_portal.access.actor import Actor
from town_portal.audit.queries import head_seq
from town_portal.foundation import clock
from town_portal.foundation.db import db, read_once
from town_portal.network.models import Person, Unit, UnitKind
from town_portal.publishing.models import Publication
from town_portal.settings import queries as settings
from town_portal.statistics.rules import ranking, steps
from town_portal.statistics.rules.measures import NOTHING, Figures, Measure, Rate, total
from town_portal.statistics.rules.quarter import Quarter, since
from town_portal.statistics.rules.ranking import Contender, League, Place, Standing
from town_portal.statistics.rules.steps import OpenStay, Reports, Stays, Step
from town_portal.submissions.models import Attribute, ReturnNote, StageVisit, Submission
from town_portal.submissions.queries import visible, working_time
from town_portal.submissions.rules.lifecycle import State

TREND = 5
ONE_DAY = timedelta(days=1)
NEVER_PUBLIC = tuple(state for state in State if state not in (State.PUBLISHED, State.WITHDRAWN, State.FILED))
Kept = TypeVar("Kept")


# -- what is counted ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """The rows a figure counts: where they come from, whose they are, which item each is about."""

    rows: Select[Any]
    unit: SQLColumnExpression[int]
    item: SQLColumnExpression[int]
    key: SQLColumnExpression[int]
    at: SQLColumnExpression[Any]
    """What the list is sorted by, newest first."""

    def only(self, *conditions: ColumnElement[bool]) -> "Source":
        """Those of the rows for which more holds."""
        return replace(self, rows=self.rows.where(*conditions))


def _submissions(at: SQLColumnExpression[Any], *conditions: ColumnElement[bool]) -> Source:
    rows = select().select_from(Submission).where(Submission.corrects_id.is_(None), *conditions)
    return Source(rows, Submission.unit_id, Submission.id, Submission.id, at)


def _submitted(quarter: Quarter, _today: date) -> Source:
    return _submissions(Submission.submitted_at, _within(Submission.submitted_at, quarter))


def _reported_late(quarter: Quarter, today: date) -> Source:
    """Handed in after the golden period: day by day, as no engine-neutral SQL knows Shanghai's days."""
    days = ((min(quarter.last, today) - quarter.first).days) + 1
    on_day = [
        and_(
            Submission.golden_until < day,
            Submission.submitted_at >= clock.instant(day),
            Submission.submitted_at < clock.end_of(day),
        )
        for day in (quarter.first + count * ONE_DAY for count in range(days))
    ]
    return _submissions(Submission.submitted_at, _within(Submission.submitted_at, quarter), or_(*on_day))


def _publications(quarter: Quarter, *conditions: ColumnElement[bool]) -> Source:
    published = Publication.published_on.between(quarter.first, quarter.last)
    rows = select().select_from(Publication).where(published, *conditions)
    return Source(
        rows, Publication.unit_id, Publication.submission_id, Publication.submission_id, Publication.published_at
    )


def _published(quarter: Quarter, _today: date) -> Source:
    return _publications(quarter)


def _timely(quarter: Quarter, _today: date) -> Source:
    return _publications(quarter, Publication.published_on <= Publication.golden_until)


def _first_pass(quarter: Quarter, _today: date) -> Source:
    return _publications(quarter, ~_was_returned())


def _reworked(quarter: Quarter, _today: date) -> Source:
    return _publications(quarter, _was_returned())


def _was_returned() -> ColumnElement[bool]:
    """An item's returns all lie before its publication, so any return note says it."""
    return exists().where(ReturnNote.submission_id == Publication.submission_id)


def _returns(quarter: Quarter, _today: date) -> Source:
    rows = (
        select()
        .select_from(ReturnNote)
        .join(Submission, Submission.id == ReturnNote.submission_id)
        .where(Submission.corrects_id.is_(None), _within(ReturnNote.returned_at, quarter))
    )
    return Source(rows, Submission.unit_id, Submission.id, ReturnNote.id, ReturnNote.returned_at)


def _amended(quarter: Quarter, _today: date) -> Source:
    """Withdrawn or corrected, each article once. A correction shows as the end of its publish step."""
    corrected = (
        select(Submission.corrects_id.label("item"), Submission.unit_id.label("unit"))
        .join(StageVisit, StageVisit.submission_id == Submission.id)
        .where(
            Submission.corrects_id.is_not(None),
            StageVisit.stage == State.APPROVED,
            StageVisit.outcome == "publish",
            _within(StageVisit.left_at, quarter),
        )
    )
    withdrawn = select(Publication.submission_id, Publication.unit_id).where(_within(Publication.withdrawn_at, quarter))
    both = union(corrected, withdrawn).subquery()
    return Source(select().select_from(both), both.c.unit, both.c.item, both.c.item, both.c.item)


def _late(quarter: Quarter, today: date) -> Source:
    """Items that became late in the quarter: handed in, golden days over, not public (measures.py).

    They were published too late since, or not at all until now.
    """
    published = (
        select(Submission.id.label("item"), Publication.unit_id.label("unit"), Publication.golden_until.label("at"))
        .join(Submission, Submission.id == Publication.submission_id)
        .where(
            Publication.published_on >= quarter.first,
            Publication.published_on > Publication.golden_until,
            _became_late(Publication.golden_until, quarter, today),
        )
    )
    given_up = and_(Submission.state == State.DISCARDED, Submission.updated_at < quarter.end)
    open_ = select(Submission.id, Submission.unit_id, Submission.golden_until).where(
        Submission.state.in_(NEVER_PUBLIC),
        Submission.corrects_id.is_(None),
        Submission.attribute == Attribute.ACTIVE,
        _became_late(Submission.golden_until, quarter, today),
        not_(given_up),
    )
    both = union_all(published, open_).subquery()
    return Source(select().select_from(both), both.c.unit, both.c.item, both.c.item, both.c.at)


def _became_late(golden_until: InstrumentedAttribute[date], quarter: Quarter, today: date) -> ColumnElement[bool]:
    """The later one of the day after ``golden_until`` and the day of handing in lies in the quarter."""
    last = min(quarter.last, today)
    return and_(
        golden_until < last,
        Submission.submitted_at < clock.end_of(last),
        or_(golden_until >= quarter.first - ONE_DAY, Submission.submitted_at >= quarter.start),
    )


def _within(instant: Any, quarter: Quarter) -> ColumnElement[bool]:
    return and_(instant >= quarter.start, instant < quarter.end)


SOURCES: Mapping[Measure, Callable[[Quarter, date], Source]] = {
    Measure.SUBMITTED: _submitted,
    Measure.PUBLISHED: _published,
    Measure.FIRST_PASS: _first_pass,
    Measure.REWORKED: _reworked,
    Measure.RETURNS: _returns,
    Measure.AMENDED: _amended,
    Measure.TIMELY: _timely,
    Measure.LATE: _late,
    Measure.REPORTED_LATE: _reported_late,
}
FIGURES = {
    Measure.SUBMITTED: "submitted",
    Measure.PUBLISHED: "published",
    Measure.FIRST_PASS: "first_pass",
    Measure.RETURNS: "returns",
    Measure.AMENDED: "amended",
    Measure.TIMELY: "timely",
    Measure.LATE: "late",
}


def _stays(quarter: Quarter, stage: State, *, late: bool) -> Source:
    """Stays at a stage that ended in the quarter; or the late ones, open ones too while it runs."""
    ended = _within(StageVisit.left_at, quarter)
    if late:
        ended = and_(ended, StageVisit.left_at > StageVisit.due_at)
        if quarter.running(clock.today()):
            ended = or_(ended, and_(StageVisit.left_at.is_(None), StageVisit.due_at < clock.now()))
    rows = (
        select()
        .select_from(StageVisit)
        .join(Submission, Submission.id == StageVisit.submission_id)
        .where(StageVisit.stage == stage, ended)
    )
    return Source(rows, Submission.unit_id, Submission.id, StageVisit.id, StageVisit.entered_at)


# -- kept in the process -----------------------------------------------------------------------

MOST_KEPT = 120
_HEAD = "statistics.head"
_memory: tuple[tuple[str, int, date], dict[tuple[str, Quarter], Any]] | None = None


def _kept() -> dict[tuple[str, Quarter], Any]:
    """What was counted for the house as it is now: same trail, same day."""
    global _memory
    now = version()
    if _memory is None or _memory[0] != now or len(_memory[1]) > MOST_KEPT:
        _memory = (now, {})
    return _memory[1]


def version() -> tuple[str, int, date]:
    """The state of the house that figures are counted for; a page reads one, as it is asked once in a transaction."""
    return str(db.engine.url), read_once(_HEAD, head_seq), clock.today()


def figures(*quarters: Quarter) -> dict[Quarter, dict[int, Figures]]:
    """Quarter → unit id → counts. What is not known yet is counted in one statement."""
    kept = _kept()
    missing = [quarter for quarter in dict.fromkeys(quarters) if ("figures", quarter) not in kept]
    if missing:
        kept.update({("figures", quarter): found for quarter, found in _count(missing).items()})
    return {quarter: kept["figures", quarter] for quarter in quarters}


def _count(quarters: list[Quarter]) -> dict[Quarter, dict[int, Figures]]:
    today = clock.today()
    counts: dict[Quarter, dict[int, dict[str, int]]] = {quarter: {} for quarter in quarters}
    parts = [
        _counted(SOURCES[measure](quarter, today), name, quarter)
        for quarter in quarters
        for measure, name in FIGURES.items()
    ]
    for name, key, unit_id, count in db.session.execute(union_all(*parts)):
        quarter = Quarter.parse(key)
        if quarter is not None:
            counts[quarter].setdefault(unit_id, {})[name] = count
    return {
        quarter: {unit_id: Figures(**found) for unit_id, found in units.items()} for quarter, units in counts.items()
    }


def _counted(source: Source, name: str, quarter: Quarter) -> Select[str, str, int, int]:
    return source.rows.with_only_columns(literal(name), literal(quarter.key), source.unit, func.count()).group_by(
        source.unit
    )


def remember(what: str, quarter: Quarter, count: Callable[[Quarter], Kept]) -> Kept:
    """What was counted of a quarter under a name, also by rooms above; counted anew when anything was recorded."""
    return _remember(what, quarter, count)


def _remember(what: str, quarter: Quarter, count: Callable[[Quarter], Kept]) -> Kept:
    kept = _kept()
    if (what, quarter) not in kept:
        kept[what, quarter] = count(quarter)
    found: Kept = kept[what, quarter]
    return found


# -- units and their standing ------------------------------------------------------------------


def first_quarter() -> Quarter:
    """The quarter of the very first handing in; the running one in an empty house."""
    running = Quarter.containing(clock.today())

    def count(_quarter: Quarter) -> Quarter:
        first: datetime | None = db.session.scalar(select(func.min(Submission.submitted_at)))
        return running if first is None else min(running, Quarter.containing(clock.day_of(first)))

    return _remember("first", running, count)


def quarters() -> tuple[Quarter, ...]:
    """Every quarter there is something to say of, the newest first."""
    return since(first_quarter(), Quarter.containing(clock.today()))


Placing = Callable[[Quarter], Mapping[int, Place] | None]
_placing: Placing | None = None


def rank_by(placing: Placing) -> None:
    """Let a room above say who stands where; a quarter of which it says None ranks in the provisional order."""
    global _placing
    _placing = placing


def places(quarter: Quarter) -> Mapping[int, Place] | None:
    """What the scheme of points says of a quarter; None where none holds."""
    return None if _placing is None else _placing(quarter)


def standings(quarter: Quarter) -> list[Standing]:
    """Every unit's figures and rank, villages first. Units closed since then are still in it."""
    counted = figures(quarter.previous, quarter)
    now, before = counted[quarter], counted[quarter.previous]
    contenders = [
        Contender(unit.id, unit.name, League.OFFICES if unit.kind is UnitKind.OFFICE else League.VILLAGES, order)
        for order, unit in enumerate(db.session.scalars(select(Unit).order_by(Unit.code)))
        if unit.closed_on is None or unit.closed_on >= quarter.first or unit.id in now
    ]
    return ranking.standings(contenders, now, before, places(quarter), places(quarter.previous))


def standing_of(unit_id: int, quarter: Quarter) -> Standing | None:
    """One unit's figures and rank; None for a unit that was not there."""
    return next((row for row in standings(quarter) if row.unit.unit_id == unit_id), None)


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """A unit's standing in short, for the desk."""

    quarter: Quarter
    league: League
    rank: int | None
    """None for a unit that the scheme of points does not rank."""
    of: int
    """How many units of the league are ranked."""
    change: int | None
    """Ranks gained since the quarter before; None when nothing was counted then."""
    place: Place | None
    """Its points by the scheme; None for a quarter without one."""
    published: int
    first_pass_rate: Rate
    timely_rate: Rate

    @property
    def quarter_label(self) -> str:
        """2026年第三季度."""
        return self.quarter.label

    @property
    def league_label(self) -> str:
        """村（社区） or 办公室."""
        return self.league.label

    @property
    def first_pass_shown(self) -> str:
        """一次通过率 in words."""
        return self.first_pass_rate.words

    @property
    def timely_shown(self) -> str:
        """黄金期内发布率 in words."""
        return self.timely_rate.words


def unit_standing(unit_id: int, quarter: Quarter) -> UnitStanding | None:
    """Where a unit stands in its league, in short; None for a unit that was not there."""
    row = standing_of(unit_id, quarter)
    if row is None:
        return None
    return UnitStanding(
        quarter=quarter,
        league=row.unit.league,
        rank=row.rank,
        of=row.of,
        change=row.change,
        place=row.place,
        published=row.figures.published,
        first_pass_rate=row.figures.first_pass_rate,
        timely_rate=row.figures.timely_rate,
    )


def trend(quarter: Quarter, unit_id: int | None = None) -> list[tuple[Quarter, Figures]]:
    """Five quarters up to one, the oldest first: of the town or of one unit."""
    return [
        (past, total(units.values()) if unit_id is None else units.get(unit_id, NOTHING))
        for past, units in figures(*quarter.back(TREND)).items()
    ]


# -- where the time goes -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Limits:
    """Working minutes of a working day now, and the normal lane's limits as they were in a quarter."""

    minutes_a_day: int
    stages: Mapping[State, int | None]


def limits(quarter: Quarter) -> Limits:
    """What the times of a quarter are held against: its last limits, or today's while it runs."""
    at = min(clock.now(), quarter.end - timedelta(milliseconds=1))
    minutes_a_day = working_time().minutes_a_day
    held, route = settings.value("step_limits", at), settings.value("route", at)["preset"]
    return Limits(minutes_a_day, steps.limits_in_minutes(held, minutes_a_day, route))


def steps_of(
    quarter: Quarter, limits: Limits, *, owner_id: int | None = None, handler_id: int | None = None
) -> list[Step]:
    """The time of each step: of the town, of one unit's items, or of what one unit handled.

    报送 belongs to the unit that reports, so a handler has none.
    """

    def asked(stay: Stays | OpenStay) -> bool:
        return owner_id in (None, stay.owner_id) and handler_id in (None, stay.handler_id)

    ended, waiting = filter(asked, _ended(quarter)), filter(asked, _open(quarter))
    stages = steps.stage_steps(ended, waiting, limits.stages, clock.now())
    return stages if handler_id is not None else [steps.reporting_step(_reports(quarter, owner_id)), *stages]


def _ended(quarter: Quarter) -> tuple[Stays, ...]:
    return _remember("ended", quarter, _count_ended)


def _count_ended(quarter: Quarter) -> tuple[Stays, ...]:
    who = (
        StageVisit.stage, Submission.unit_id, StageVisit.unit_id, StageVisit.person_id, StageVisit.outcome
    )  # fmt: skip
    found = db.session.execute(
        select(
            *who,
            func.count(),
            func.coalesce(func.sum(StageVisit.working_minutes), 0),
            func.sum(case((StageVisit.left_at > StageVisit.due_at, 1), else_=0)),
        )
        .join(Submission, Submission.id == StageVisit.submission_id)
        .where(StageVisit.stage.in_(steps.STAGES), _within(StageVisit.left_at, quarter))
        .group_by(*who)
    )
    return tuple(Stays(*row) for row in found)


def _open(quarter: Quarter) -> tuple[OpenStay, ...]:
    """The open stays, with their limits: whether those are past is asked anew each time."""
    return _remember("open", quarter, _find_open) if quarter.running(clock.today()) else ()


def _find_open(_quarter: Quarter) -> tuple[OpenStay, ...]:
    found = db.session.execute(
        select(StageVisit.stage, Submission.unit_id, StageVisit.unit_id, StageVisit.due_at)
        .join(Submission, Submission.id == StageVisit.submission_id)
        .where(StageVisit.stage.in_(steps.STAGES), StageVisit.left_at.is_(None))
    )
    return tuple(OpenStay(*row) for row in found)


def _reports(quarter: Quarter, owner_id: int | None) -> Reports:
    units = _remember("reports", quarter, _count_reports)
    return steps.together(units.values()) if owner_id is None else units.get(owner_id, Reports())


def _count_reports(quarter: Quarter) -> dict[int, Reports]:
    source = _submitted(quarter, clock.today())
    rows: Any = source.rows.with_only_columns(
        Submission.unit_id, Submission.event_on, Submission.golden_until, Submission.submitted_at
    )
    reports: defaultdict[int, list[Reports]] = defaultdict(list)
    for unit_id, event_on, golden_until, submitted_at in db.session.execute(rows):
        reports[unit_id].append(steps.reported(event_on, golden_until, clock.day_of(submitted_at)))
    return {unit_id: steps.together(mine) for unit_id, mine in reports.items()}


@dataclass(frozen=True, slots=True)
class Handled:
    """What a unit, or one person in it, did at one stage in a quarter."""

    unit_id: int
    unit: str
    person_id: int | None
    person: str
    step: Step
    returns: int


def handled(quarter: Quarter, limits: Limits, *, by_person: bool, stage: State | None = None) -> list[Handled]:
    """Who handled the stages: one line for each stage and unit (and person), stages in their order.

    An item its drafter recalled was handled in the unit, but by no person there.
    """
    order, units = list(steps.STAGES), unit_names()
    people = {person_id: name for person_id, name in db.session.execute(select(Person.id, Person.name))}

    def place(stay: Stays) -> tuple[int, int, int]:
        return order.index(stay.stage), stay.handler_id, (stay.person_id or 0) if by_person else 0

    stays = sorted(
        (
            stay
            for stay in _ended(quarter)
            if stage in (None, stay.stage) and not (by_person and stay.outcome == steps.RECALL)
        ),
        key=place,
    )
    found = []
    for (_, unit_id, person_id), group in groupby(stays, key=place):
        mine = tuple(group)
        step = next(step for step in steps.stage_steps(mine, (), limits.stages, clock.now()) if step.done)
        returns = sum(stay.count for stay in mine if stay.outcome == steps.RETURN)
        found.append(Handled(unit_id, units[unit_id], person_id or None, people.get(person_id, ""), step, returns))
    return found


def unit_names() -> dict[int, str]:
    """Unit id → name, closed units too."""
    return {unit_id: name for unit_id, name in db.session.execute(select(Unit.id, Unit.name))}


# -- the items behind a figure -----------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which items somebody wants to see: a measure, or a stage, of a quarter, narrowed down."""

    quarter: Quarter
    measure: Measure | None = None
    stage: State | None = None
    late: bool = False
    """Only the stays that were too long."""
    unit_id: int | None = None
    """The unit whose items they are."""
    handler_id: int | None = None
    """The unit that handled the stage."""
    person_id: int | None = None
    """The reviewer or publisher who ended the stage."""
    returned: bool = False
    """Only the stays that ended in a return."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A row behind a figure: the item, what the public reads of it, and what the figure counted."""

    submission: Submission
    publication: Publication | None
    counted: Any
    """The return note or the stay that was counted; None when it was the item itself."""


def count(asked: Asked) -> int:
    """How many rows stand behind a figure, seen or unseen."""
    return count_of(_source(asked))


def count_of(source: Source) -> int:
    """How many rows a source has, seen or unseen."""
    hits = source.rows.with_only_columns(source.key).subquery()
    return db.session.scalar(select(func.count()).select_from(hits)) or 0


def tally(asked: Asked, actor: Actor) -> tuple[int, int]:
    """(how many rows stand behind a figure, how many of them the actor may see), in one statement."""
    return tally_of(_source(asked), actor)


def tally_of(source: Source, actor: Actor) -> tuple[int, int]:
    """(how many rows a source has, how many of them the actor may see), in one statement."""
    hits = source.rows.with_only_columns(source.item.label("item")).subquery()
    seen = func.coalesce(func.sum(case((visible(actor), 1), else_=0)), 0)
    total, shown = db.session.execute(
        select(func.count(), seen).select_from(hits).join(Submission, Submission.id == hits.c.item)
    ).one()
    return total, shown


def items(asked: Asked, actor: Actor) -> Select[Any]:
    """The rows behind a figure that the actor may see, newest first, as a statement to page through."""
    return items_of(_source(asked), actor)


def items_of(source: Source, actor: Actor) -> Select[Any]:
    """(item, publication, key) of a source's rows that the actor may see, newest first, to page through."""
    hits = source.rows.with_only_columns(
        source.item.label("item"), source.key.label("key"), source.at.label("at")
    ).subquery()
    return (
        select(Submission, Publication, hits.c.key)
        .join(hits, hits.c.item == Submission.id)
        .outerjoin(Publication, Publication.submission_id == Submission.id)
        .where(visible(actor))
        .options(joinedload(Submission.unit))
        .order_by(hits.c.at.desc(), hits.c.key.desc())
    )


def listed(asked: Asked, rows: Iterable[Any]) -> list[Listed]:
    """The rows of one page with what was counted; one more statement at most."""
    found = list(rows)
    keys = [key for _, _, key in found]
    counted: Mapping[int, Any] = {}
    if asked.stage is not None:
        counted = _by_id(StageVisit, keys)
    elif asked.measure is Measure.RETURNS:
        counted = _by_id(ReturnNote, keys)
    return [Listed(submission, publication, counted.get(key)) for submission, publication, key in found]


def _by_id(model: Any, keys: list[int]) -> dict[int, Any]:
    return {row.id: row for row in db.session.scalars(select(model).where(model.id.in_(keys)))}


def _source(asked: Asked) -> Source:
    if asked.stage is not None:
        source = _stays(asked.quarter, asked.stage, late=asked.late)
    elif asked.measure is not None:
        source = SOURCES[asked.measure](asked.quarter, clock.today())
    else:
        raise ValueError("a measure or a stage is asked for")
    narrow: list[ColumnElement[bool]] = []
    if asked.unit_id is not None:
        narrow.append(source.unit == asked.unit_id)
    if asked.handler_id is not None:
        narrow.append(StageVisit.unit_id == asked.handler_id)
    if asked.person_id is not None:
        narrow += [StageVisit.person_id == asked.person_id, StageVisit.outcome != steps.RECALL]
    if asked.returned:
        narrow.append(StageVisit.outcome == steps.RETURN)
    return source.only(*narrow)
