"""The figures of the quarter's page and the lists behind them, from the same conditions.

Figures are added up by the database and kept until anything is recorded, as ``statistics`` does. What the
proofreader found is told by every version that was read; it is kept until more versions were read.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, select, union_all
from sqlalchemy.orm import joinedload

from town_portal.access.actor import Actor
from town_portal.access.roles import Role
from town_portal.columns import queries as columns
from town_portal.columns.models import Column
from town_portal.corrections import queries as corrections
from town_portal.corrections.models import Fault
from town_portal.corrections.rules.fault import FaultCause, FaultSeverity
from town_portal.dashboard.rules.board import (
    ROLES,
    STAGE_NAMES,
    Quality,
    Slice,
    Time,
    What,
    timed,
)
from town_portal.foundation import clock
from town_portal.foundation.db import db, read_once
from town_portal.inspection import queries as inspection
from town_portal.inspection.models import LateFinding, Reading
from town_portal.inspection.rules.tally import Tally
from town_portal.publishing.models import Publication, Standing
from town_portal.releases.models import Release, ReleaseChannel
from town_portal.releases.rules.channel import Tier
from town_portal.releases.rules.lifecycle import ReleaseState
from town_portal.statistics import queries as statistics
from town_portal.statistics.queries import Source
from town_portal.statistics.rules.measures import Measure
from town_portal.statistics.rules.quarter import Quarter
from town_portal.submissions.models import FindingAnswer, ReturnNote, Signature, StageVisit, Submission, Urgency
from town_portal.submissions.queries import visible
from town_portal.submissions.rules.lifecycle import State
from town_portal.submissions.rules.spotted import Answer

_NEWEST = "dashboard.newest_read"


def year_before(quarter: Quarter) -> Quarter:
    """The same quarter a year ago."""
    return Quarter(quarter.year - 1, quarter.number)


# -- the rows behind a number -------------------------------------------------------------------


def source_of(asked: Slice, quarter: Quarter) -> Source | None:
    """The rows a number counts, one each; None for one that is not there (findings have no rows of their own)."""
    match asked.what:
        case What.COLUMN:
            return _published(quarter).only(Publication.column_id == number) if (number := _number(asked)) else None
        case What.CHANNEL:
            return _released(quarter).only(Release.channel_id == number) if (number := _number(asked)) else None
        case What.TIER:
            return (
                _released(quarter).only(ReleaseChannel.tier == Tier(asked.which)) if asked.which in set(Tier) else None
            )
        case What.STAGE:
            known = asked.which in {stage.value for stage in STAGE_NAMES}
            return _stays(quarter, late=asked.late).only(StageVisit.stage == State(asked.which)) if known else None
        case What.ROLE:
            known = asked.which in {role.value for role in ROLES}
            return _stays(quarter, late=asked.late).only(StageVisit.role == Role(asked.which)) if known else None
        case What.URGENT | What.CROSS | What.OVERRIDDEN | What.COVERED | What.CHANGED:
            return _published(quarter).only(_exception(asked.what))
        case What.FAULT:
            numbers = [one.fault_id for one in faults(quarter) if asked.which in ("", cause_key(one.cause))]
            rows = select().select_from(Fault).where(Fault.id.in_(numbers))
            return Source(rows, Fault.unit_id, Fault.submission_id, Fault.id, Fault.confirmed_at)
    return None


def _number(asked: Slice) -> int | None:
    return int(asked.which) if asked.which.isascii() and asked.which.isdigit() and len(asked.which) < 10 else None


def _published(quarter: Quarter) -> Source:
    """What was published in the quarter, as the ranking counts it; its item is joined."""
    source = statistics.SOURCES[Measure.PUBLISHED](quarter, clock.today())
    rows = source.rows.join(Submission, Submission.id == Publication.submission_id)
    return Source(rows, source.unit, source.item, source.key, source.at)


def _exception(what: What) -> ColumnElement[bool]:
    """What makes a published item an exception of a kind."""
    mine = Publication.submission_id
    match what:
        case What.URGENT:
            return Submission.urgency == Urgency.URGENT
        case What.CROSS:
            return exists().where(
                StageVisit.submission_id == mine,
                StageVisit.stage == State.CROSS_REVIEW,
                StageVisit.outcome == "sign",
            )
        case What.OVERRIDDEN:
            return exists().where(FindingAnswer.submission_id == mine, FindingAnswer.answer == Answer.OVERRIDDEN)
        case What.COVERED:
            return exists().where(Signature.submission_id == mine, Signature.acting_for.is_not(None))
        case What.CHANGED:
            return or_(Publication.corrected_at.is_not(None), Publication.withdrawn_at.is_not(None))
    raise ValueError(what)


def _released(quarter: Quarter) -> Source:
    """What came out on other channels in the quarter: ran, and was not taken back."""
    rows = (
        select()
        .select_from(Release)
        .join(ReleaseChannel, ReleaseChannel.id == Release.channel_id)
        .join(Publication, Publication.id == Release.publication_id)
        .where(
            Release.state == ReleaseState.RELEASED,
            Release.released_at >= quarter.start,
            Release.released_at < quarter.end,
        )
    )
    return Source(rows, Release.unit_id, Publication.submission_id, Release.id, Release.released_at)


def _stays(quarter: Quarter, *, late: bool) -> Source:
    """Stays that ended in the quarter; or the late ones, open ones too while it runs."""
    held = _ended(quarter)
    if late:
        held = and_(held, StageVisit.left_at > StageVisit.due_at)
        if quarter.running(clock.today()):
            held = or_(held, and_(StageVisit.left_at.is_(None), StageVisit.due_at < clock.now()))
    rows = (
        select().select_from(StageVisit).join(Submission, Submission.id == StageVisit.submission_id).where(held)
    ).where(StageVisit.stage.in_(STAGE_NAMES))
    return Source(rows, Submission.unit_id, Submission.id, StageVisit.id, StageVisit.entered_at)


def _ended(quarter: Quarter) -> ColumnElement[bool]:
    return and_(StageVisit.left_at >= quarter.start, StageVisit.left_at < quarter.end)


# -- columns and channels -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ColumnCount:
    """How much a column got in a quarter, in the one before, and a year ago."""

    column: Column
    now: int
    before: int
    year_ago: int


def by_column(quarter: Quarter) -> list[tuple[str, list[ColumnCount]]]:
    """(group, its columns) in the order of the tree: every open column, those that got nothing too.

    A closed column is told as long as it got something in the quarter.
    """
    counts = statistics.remember("columns", quarter, _count_columns)
    mine = counts[quarter]

    def told(column: Column) -> ColumnCount:
        number = column.id
        return ColumnCount(
            column,
            mine.get(number, 0),
            counts[quarter.previous].get(number, 0),
            counts[year_before(quarter)].get(number, 0),
        )

    tree = columns.tree()
    found = [(parent.name, [told(column) for column in children]) for parent, children in tree if children]
    known = {column.id for _, children in tree for column in children}
    if closed := [told(columns.get(number)) for number in sorted(mine) if number not in known]:  # type: ignore[arg-type]
        found.append(("已停用的栏目", closed))
    return found


def _count_columns(quarter: Quarter) -> dict[Quarter, dict[int, int]]:
    counts: dict[Quarter, dict[int, int]] = {one: {} for one in (quarter, quarter.previous, year_before(quarter))}
    parts = [
        statistics.SOURCES[Measure.PUBLISHED](one, clock.today())
        .rows.with_only_columns(literal(one.key), Publication.column_id, func.count())
        .group_by(Publication.column_id)
        for one in counts
    ]
    for key, column_id, count in db.session.execute(union_all(*parts)):
        counts[Quarter.parse(key) or quarter][column_id] = count
    return counts


@dataclass(frozen=True, slots=True)
class ChannelCount:
    """How often articles ran on a channel in a quarter and in the one before."""

    channel_id: int
    name: str
    tier: Tier
    now: int
    before: int


def by_channel(quarter: Quarter) -> list[ChannelCount]:
    """The channels in their order; closed ones as long as something ran there in either quarter."""
    counts = statistics.remember("channels", quarter, _count_channels)
    rows = db.session.scalars(select(ReleaseChannel).order_by(ReleaseChannel.position, ReleaseChannel.id))
    found = [
        ChannelCount(
            row.id, row.name, row.tier, counts[quarter].get(row.id, 0), counts[quarter.previous].get(row.id, 0)
        )
        for row in rows
        if row.closed_on is None or any(row.id in held for held in counts.values())
    ]
    order = list(Tier)
    return sorted(found, key=lambda one: order.index(one.tier))


def channel_name(channel_id: int) -> str | None:
    """What a channel is called; None where there is none."""
    return db.session.scalar(select(ReleaseChannel.name).where(ReleaseChannel.id == channel_id))


def _count_channels(quarter: Quarter) -> dict[Quarter, dict[int, int]]:
    counts: dict[Quarter, dict[int, int]] = {one: {} for one in (quarter, quarter.previous)}
    parts = [
        _released(one)
        .rows.with_only_columns(literal(one.key), Release.channel_id, func.count())
        .group_by(Release.channel_id)
        for one in counts
    ]
    for key, channel_id, count in db.session.execute(union_all(*parts)):
        counts[Quarter.parse(key) or quarter][channel_id] = count
    return counts


# -- faults ---------------------------------------------------------------------------------------


def faults(quarter: Quarter) -> list[corrections.CountedFault]:
    """The faults that count in a quarter: few enough to come one by one."""
    return statistics.remember("faults", quarter, lambda one: corrections.counted(one.first, one.last))


def cause_key(cause: FaultCause | None) -> str:
    """A cause in addresses; of a fault without one yet: ``open``."""
    return cause.value if cause else "open"


def by_cause(quarter: Quarter) -> list[tuple[str, str, int, int]]:
    """(key, words, how many, how many of those worse than minor) of every cause there was, the most frequent first."""
    found = faults(quarter)
    counts = Counter(one.cause for one in found)
    worse = Counter(one.cause for one in found if one.severity is not FaultSeverity.MINOR)
    order: list[FaultCause | None] = [*FaultCause, None]
    return [
        (cause_key(cause), cause.label if cause else "原因还没有写", count, worse[cause])
        for cause, count in sorted(counts.items(), key=lambda pair: (-pair[1], order.index(pair[0])))
    ]


# -- exceptions ---------------------------------------------------------------------------------


def exceptions(quarter: Quarter) -> tuple[int, dict[What, int]]:
    """(how much was published, how much of it was an exception of each kind), in one statement."""
    return statistics.remember("exceptions", quarter, _count_exceptions)


def _count_exceptions(quarter: Quarter) -> tuple[int, dict[What, int]]:
    kinds = (What.URGENT, What.CROSS, What.OVERRIDDEN, What.COVERED, What.CHANGED)
    sums = [func.coalesce(func.sum(case((_exception(what), 1), else_=0)), 0) for what in kinds]
    total, *found = db.session.execute(_published(quarter).rows.with_only_columns(func.count(), *sums)).one()
    return total, {what: int(count) for what, count in zip(kinds, found, strict=True)}


# -- where the time goes ------------------------------------------------------------------------


def times(quarter: Quarter) -> tuple[dict[State, Time], dict[Role, Time]]:
    """How long each stage took, and each kind of person: medians too, exactly. Two statements."""
    counted = statistics.remember("times", quarter, _count_times)
    waiting = _pending(quarter)
    stages: dict[State, Time] = {}
    for stage in STAGE_NAMES:
        rows = [row for row in counted if row[0] is stage]
        stages[stage] = timed(_spread(rows), sum(count for at, _, count in waiting if at is stage))
    roles: dict[Role, Time] = {}
    for role in ROLES:
        rows = [row for row in counted if row[1] is role]
        roles[role] = timed(_spread(rows), sum(count for _, by, count in waiting if by is role))
    return stages, roles


_Took = tuple[State, Role, int, int, int]


def _count_times(quarter: Quarter) -> tuple[_Took, ...]:
    """(stage, role, minutes, how many, how many late)."""
    what = StageVisit.stage, StageVisit.role, func.coalesce(StageVisit.working_minutes, 0)
    late = func.sum(case((StageVisit.left_at > StageVisit.due_at, 1), else_=0))
    found = db.session.execute(
        select(*what, func.count(), late).where(StageVisit.stage.in_(STAGE_NAMES), _ended(quarter)).group_by(*what)
    )
    return tuple((stage, role, minutes, count, int(lates)) for stage, role, minutes, count, lates in found)


def _spread(rows: Iterable[_Took]) -> dict[int, tuple[int, int]]:
    found: dict[int, tuple[int, int]] = {}
    for _, _, minutes, count, late in rows:
        counts, lates = found.get(minutes, (0, 0))
        found[minutes] = counts + count, lates + late
    return found


def _pending(quarter: Quarter) -> list[tuple[State, Role, int]]:
    """Open stays past their limit, while the quarter runs."""
    if not quarter.running(clock.today()):
        return []
    found = db.session.execute(
        select(StageVisit.stage, StageVisit.role, func.count())
        .where(StageVisit.stage.in_(STAGE_NAMES), StageVisit.left_at.is_(None), StageVisit.due_at < clock.now())
        .group_by(StageVisit.stage, StageVisit.role)
    )
    return [(stage, role, count) for stage, role, count in found]


# -- what was found in the texts ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found in a text, or said of it: the item it is in, its family, the words."""

    submission_id: int
    family: str
    words: str = ""
    note: str = ""
    at: datetime | None = None


def findings(asked: Slice, quarter: Quarter) -> list[Found]:
    """What a number of the proofreading counts, one each."""
    start, end = quarter.start, quarter.end
    match asked.what:
        case What.MENDED | What.EXPLAINED:
            found = [
                Found(number, one.family)
                for number, _, mended, explained in inspection.handed_in(start, end)
                for one in (mended if asked.what is What.MENDED else explained)
            ]
        case What.LATE:
            found = list(_late(start, end))
        case What.RETURNED:
            found = [one for stage, one in _marked(start, end) if asked.which in ("", stage.value)]
            return found[::-1]
        case What.AFTER:
            return list(_after(start, end))
        case _:
            raise ValueError(asked.what)
    return [one for one in found if asked.which in ("", one.family)][::-1]


def _late(start: datetime, end: datetime, *only: ColumnElement[bool]) -> Iterator[Found]:
    rows = db.session.execute(
        select(
            Publication.submission_id, LateFinding.family, LateFinding.words, LateFinding.message, LateFinding.found_at
        )
        .join(LateFinding.publication)
        .where(LateFinding.found_at >= start, LateFinding.found_at < end, LateFinding.dismissed_at.is_(None), *only)
        .order_by(LateFinding.id)
    )
    for number, family, words, message, at in rows:
        yield Found(number, family.value, words, message, at)


def _after(start: datetime, end: datetime) -> Iterator[Found]:
    """As the rate counts them: found and not mended yet, and what was corrected or withdrawn."""
    rows = db.session.execute(
        select(
            Publication.submission_id,
            Publication.corrected_at,
            Publication.correction_note,
            Publication.withdrawn_at,
            Publication.withdrawn_reason,
        )
        .where(
            or_(
                and_(Publication.corrected_at >= start, Publication.corrected_at < end),
                and_(Publication.withdrawn_at >= start, Publication.withdrawn_at < end),
            )
        )
        .order_by(Publication.id)
    )
    for number, corrected_at, note, withdrawn_at, reason in rows:
        withdrawn = withdrawn_at is not None and start <= withdrawn_at < end
        words, at = (f"撤下：{reason}", withdrawn_at) if withdrawn else (f"更正：{note}", corrected_at)
        yield Found(number, "", "", words, at)
    standing = and_(Publication.standing == Standing.LIVE, Publication.revision_id == LateFinding.revision_id)
    yield from _late(start, end, standing)


def _marked(start: datetime, end: datetime) -> Iterator[tuple[State, Found]]:
    """Places marked by those who returned; a return without marks is one."""
    rows = db.session.execute(
        select(ReturnNote.stage, ReturnNote.submission_id, ReturnNote.marks, ReturnNote.opinion, ReturnNote.returned_at)
        .where(ReturnNote.returned_at >= start, ReturnNote.returned_at < end)
        .order_by(ReturnNote.id)
    )
    for stage, number, marks, opinion, at in rows:
        for mark in marks or [{"quote": "", "note": opinion}]:
            yield stage, Found(number, "", mark["quote"], mark["note"], at)


_read: dict[tuple[str, Quarter], tuple[Any, dict[str, tuple[int, int]]]] = {}


def quality(quarter: Quarter) -> Quality:
    """When errors were found in a quarter."""
    return statistics.remember(f"quality up to {newest_read()}", quarter, _count_quality)


def _count_quality(quarter: Quarter) -> Quality:
    start, end = quarter.start, quarter.end
    late = Counter(one.family for one in _late(start, end))
    before = _before(quarter)
    whole = after_publication(quarter)
    return Quality(
        families={family: (*before.get(family, (0, 0)), late[family]) for family in sorted({*before, *late})},
        stages=Counter(stage for stage, _ in _marked(start, end)),
        after=whole.late,
        signs=whole.signs,
    )


def _before(quarter: Quarter) -> Mapping[str, tuple[int, int]]:
    """Family → (mended, explained) at the handings in of a quarter; read anew when versions or handings in came."""
    within = (Submission.submitted_at >= quarter.start, Submission.submitted_at < quarter.end)
    handed_in = db.session.scalar(select(func.count()).select_from(Submission).where(*within))
    place, mark = (str(db.engine.url), quarter), (newest_read(), handed_in)
    if place not in _read or _read[place][0] != mark:
        counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
        for _, _, mended, explained in inspection.handed_in(quarter.start, quarter.end):
            for one in mended:
                counts[one.family][0] += 1
            for one in explained:
                counts[one.family][1] += 1
        if len(_read) > statistics.MOST_KEPT:
            _read.clear()
        _read[place] = mark, {family: (mended, explained) for family, (mended, explained) in counts.items()}
    return _read[place][1]


def after_publication(quarter: Quarter) -> Tally:
    """The town's errors after publication and the signs published."""
    what = f"after publication, up to {newest_read()}"
    return statistics.remember(what, quarter, lambda one: inspection.after_publication(one.start, one.end))


def newest_read() -> int:
    """The newest version that was read; being read is no event of the trail."""
    return read_once(_NEWEST, lambda: db.session.scalar(select(func.max(Reading.revision_id))) or 0)


def seen(numbers: Iterable[int], actor: Actor) -> dict[int, Submission]:
    """Those of some items that an actor may see."""
    wanted = sorted(set(numbers))
    found: dict[int, Submission] = {}
    for first in range(0, len(wanted), 500):
        rows = db.session.scalars(
            select(Submission)
            .where(Submission.id.in_(wanted[first : first + 500]), visible(actor))
            .options(joinedload(Submission.unit))
        )
        found.update((row.id, row) for row in rows)
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """A row of a list: the item, what the public reads of it, and the words of what was counted."""

    submission: Submission
    publication: Publication | None
    counted: Any
    """The stay, the release or the fault; None when it was the item itself."""


def told(asked: Slice, rows: Iterable[Any]) -> list[Told]:
    """The rows of one page with what was counted; one more statement at most."""
    found = list(rows)
    model: Any = {
        What.STAGE: StageVisit, What.ROLE: StageVisit, What.TIER: Release, What.CHANNEL: Release, What.FAULT: Fault,
    }.get(asked.what)  # fmt: skip
    counted: Mapping[int, Any] = {}
    if model is not None:
        wanted = select(model).where(model.id.in_([key for _, _, key in found]))
        if model is Release:
            wanted = wanted.options(joinedload(Release.channel))
        counted = {row.id: row for row in db.session.scalars(wanted)}
    return [Told(submission, publication, counted.get(key)) for submission, publication, key in found]
