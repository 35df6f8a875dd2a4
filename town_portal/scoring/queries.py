"""Which scheme holds when, what it makes of a quarter, what is behind a line, what waits for a second person.

A quarter's facts are added up by the database (what ``statistics`` counts is taken from there), the
items are read only where somebody looks behind a unit's line. Both ways feed one engine, so they agree.
What was made of a quarter is kept in the process until anything is recorded on the trail or the day changes.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    and_,
    case,
    func,
    literal,
    select,
)
from sqlalchemy.orm import joinedload

from town_portal.access.actor import Actor
from town_portal.access.roles import Role
from town_portal.columns import queries as columns
from town_portal.columns.models import Column
from town_portal.corrections import queries as corrections
from town_portal.corrections.models import Fault
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.foundation.errors import Refused
from town_portal.network.models import Unit
from town_portal.publishing.models import Publication
from town_portal.releases import queries as releases
from town_portal.releases.models import ReleaseChannel
from town_portal.scoring.models import Credit, CreditDecision, SchemeDecision, SchemeVersion, Verdict
from town_portal.scoring.rules import score as engine
from town_portal.scoring.rules.scheme import Fact, Quota, Scheme, Surplus, Tariff
from town_portal.scoring.rules.score import Count, Entrant, Lift, Line, Period, Result, Score
from town_portal.statistics import queries as statistics
from town_portal.statistics.rules.measures import NOTHING, Figures, Measure
from town_portal.statistics.rules.quarter import Quarter
from town_portal.statistics.rules.ranking import Place
from town_portal.submissions.models import Submission
from town_portal.submissions.queries import visible
from town_portal.workflow.duty import Duty, DutyKind, Limits, Page

F = Fact
SHIPPED = Path(__file__).parent / "data"
DEFAULT = "tangtang"
MEASURES: Mapping[Fact, Measure] = {
    F.SUBMITTED: Measure.SUBMITTED,
    F.PUBLISHED: Measure.PUBLISHED,
    F.FIRST_PASS: Measure.FIRST_PASS,
    F.TIMELY: Measure.TIMELY,
    F.LATE: Measure.LATE,
    F.RETURNS: Measure.RETURNS,
    F.AMENDED: Measure.AMENDED,
}
"""The facts that ``statistics`` counts already."""
SUBMISSION, FAULT, CREDIT = "submission", "fault", "credit"


# -- schemes -------------------------------------------------------------------------------------


@lru_cache(maxsize=32)
def shipped(name: str = DEFAULT) -> Scheme:
    """A scheme that comes with the house: the one proposed for this town, or a real one of another place."""
    return Scheme.from_plain(json.loads((SHIPPED / f"{name}.json").read_text(encoding="utf-8"))["scheme"])


def notes(name: str = DEFAULT) -> list[str]:
    """What is said beside a shipped scheme, sentence by sentence."""
    return list(json.loads((SHIPPED / f"{name}.json").read_text(encoding="utf-8")).get("explanation", []))


def versions() -> list[SchemeVersion]:
    """Every version that was ever proposed, the newest first."""
    found = select(SchemeVersion).options(joinedload(SchemeVersion.proposed_by)).order_by(SchemeVersion.number.desc())
    return list(db.session.scalars(found))


def version(version_id: int) -> SchemeVersion | None:
    """One version."""
    return db.session.get(SchemeVersion, version_id)


def version_for(quarter: Quarter) -> SchemeVersion | None:
    """The version that scores a quarter; None when none was confirmed for it."""
    return db.session.scalar(
        select(SchemeVersion)
        .join(SchemeDecision, SchemeDecision.scheme_id == SchemeVersion.id)
        .where(SchemeDecision.verdict == Verdict.CONFIRMED, SchemeVersion.valid_from <= quarter.first)
        .order_by(SchemeVersion.valid_from.desc(), SchemeDecision.id.desc())
        .limit(1)
    )


def has_scheme() -> bool:
    """Was any version ever confirmed?"""
    return bool(
        db.session.scalar(
            select(func.count()).where(SchemeDecision.verdict == Verdict.CONFIRMED).select_from(SchemeDecision)
        )
    )


def waiting_scheme() -> SchemeVersion | None:
    """The proposed version that waits for a second person."""
    return db.session.scalar(
        select(SchemeVersion)
        .outerjoin(SchemeDecision, SchemeDecision.scheme_id == SchemeVersion.id)
        .where(SchemeDecision.id.is_(None))
        .limit(1)
    )


def decision_of(scheme_id: int) -> SchemeDecision | None:
    """What was decided of a version."""
    return db.session.scalar(select(SchemeDecision).where(SchemeDecision.scheme_id == scheme_id))


def last_number() -> int:
    """The number of the newest version; 0 before the first."""
    return db.session.scalar(select(func.max(SchemeVersion.number))) or 0


def column_names() -> dict[str, str]:
    """The names of columns by their codes."""
    return {code: name for code, name in db.session.execute(select(Column.code, Column.name))}


def channel_names() -> list[str]:
    """The channels an item may be adopted by, in the town's order."""
    return list(db.session.scalars(select(ReleaseChannel.name).order_by(ReleaseChannel.position, ReleaseChannel.id)))


# -- credits -------------------------------------------------------------------------------------


def credits_of(quarter: Quarter) -> list[Credit]:
    """The register of a quarter, the newest first."""
    return list(
        db.session.scalars(
            select(Credit)
            .where(Credit.happened_on.between(quarter.first, quarter.last))
            .options(joinedload(Credit.unit), joinedload(Credit.proposed_by))
            .order_by(Credit.happened_on.desc(), Credit.id.desc())
        )
    )


def credit(credit_id: int) -> Credit | None:
    """One entry of the register."""
    return db.session.get(Credit, credit_id)


def verdict_of(credit_id: int) -> Verdict | None:
    """What holds of an entry now; None while it waits."""
    return db.session.scalar(
        select(CreditDecision.verdict)
        .where(CreditDecision.credit_id == credit_id)
        .order_by(CreditDecision.id.desc())
        .limit(1)
    )


def next_credit_number(year: int) -> str:
    """The number of the next entry of a year; asked under the write lock."""
    last = db.session.scalar(select(func.max(Credit.number)).where(Credit.number.startswith(f"{year}-")))
    return f"{year}-{int(last.split('-')[1]) + 1 if last else 1:03}"


def waiting_credits() -> list[Credit]:
    """Entries that wait for a second person, oldest first."""
    return list(
        db.session.scalars(
            select(Credit)
            .outerjoin(CreditDecision, CreditDecision.credit_id == Credit.id)
            .where(CreditDecision.id.is_(None))
            .options(joinedload(Credit.unit))
            .order_by(Credit.id)
        )
    )


def _credits_that_count(quarter: Quarter, unit_id: int | None) -> list[Credit]:
    """Confirmed, not revoked, of the quarter."""
    revoked = select(CreditDecision.credit_id).where(CreditDecision.verdict == Verdict.REVOKED)
    found = (
        select(Credit)
        .join(CreditDecision, and_(CreditDecision.credit_id == Credit.id, CreditDecision.verdict == Verdict.CONFIRMED))
        .where(Credit.happened_on.between(quarter.first, quarter.last), Credit.id.not_in(revoked))
        .order_by(Credit.id)
    )
    if unit_id is not None:
        found = found.where(Credit.unit_id == unit_id)
    return list(db.session.scalars(found))


def duties(limits: Limits) -> list[Duty]:
    """The scheme and the credits that wait for a second person."""
    found = []
    waiting = waiting_scheme()
    if waiting is not None:
        found.append(
            Duty(
                key=f"scheme:{waiting.id}",
                kind=DutyKind.CONFIRMATION,
                what=f"确认{waiting}",
                page=Page("scoring.scheme", "scheme_id", waiting.id),
                seat=(Role.LEADER, limits.coordinating_id),
                above=(Role.PRINCIPAL, limits.coordinating_id),
                since=waiting.proposed_at,
                due_at=limits.confirmation(waiting.proposed_at),
                words=waiting.reason,
                doer_id=waiting.proposed_by_id,
                apart=frozenset({waiting.proposed_by_id}),
            )
        )
    return found + [
        Duty(
            key=f"credit:{one.id}",
            kind=DutyKind.CONFIRMATION,
            what=f"{one.unit}的加减分：{one.matter}",
            page=Page("scoring.credit", "credit_id", one.id),
            unit=one.unit.name,
            seat=(Role.LEADER, limits.coordinating_id),
            above=(Role.PRINCIPAL, limits.coordinating_id),
            since=one.proposed_at,
            due_at=limits.confirmation(one.proposed_at),
            words=one.words,
            doer_id=one.proposed_by_id,
            apart=frozenset({one.proposed_by_id}),
        )
        for one in waiting_credits()
    ]


# -- what is counted -----------------------------------------------------------------------------


def entrants(quarter: Quarter, figures: Mapping[int, Figures]) -> list[Entrant]:
    """The units of a quarter, those closed since then too, in the town's order."""
    return [
        Entrant(unit.id, unit.name, unit.kind.value, order, unit.closed_on)
        for order, unit in enumerate(db.session.scalars(select(Unit).order_by(Unit.code)))
        if unit.closed_on is None or unit.closed_on >= quarter.first or unit.id in figures
    ]


def counts(scheme: Scheme, quarter: Quarter) -> dict[int, list[Count]]:
    """Unit id → everything the scheme asks for, added up."""
    found: dict[int, list[Count]] = {}
    split = _split(scheme)
    for unit_id, figures in statistics.figures(quarter)[quarter].items():
        for fact, measure in MEASURES.items():
            number = getattr(figures, measure.value.replace("-", "_"))
            if number and fact not in split:
                found.setdefault(unit_id, []).append(Count(fact, number=number))
    for fact in split:
        rows = _rows(fact, quarter).subquery()
        grouped = (rows.c.unit, rows.c.month, *(rows.c[name] for name in _TAGS[fact]))
        for unit_id, month, *tag, number in db.session.execute(select(*grouped, func.count()).group_by(*grouped)):
            found.setdefault(unit_id, []).append(Count(fact, _tag(fact, tag, quarter), number=number, month=month or 0))
    _add_the_rest(found, quarter, None)
    return found


def items(quarter: Quarter, unit_id: int) -> list[Count]:
    """Everything counted for one unit, one by one, each with what it was."""
    found: dict[int, list[Count]] = {unit_id: []}
    for fact in MEASURES:
        rows = _rows(fact, quarter).subquery()
        asked = select(rows.c.item, rows.c.month, *(rows.c[name] for name in _TAGS[fact])).where(rows.c.unit == unit_id)
        found[unit_id] += [
            Count(fact, _tag(fact, tag, quarter), month=month or 0, refs=((SUBMISSION, item),))
            for item, month, *tag in db.session.execute(asked.order_by(rows.c.item))
        ]
    _add_the_rest(found, quarter, unit_id)
    return found[unit_id]


def _add_the_rest(found: dict[int, list[Count]], quarter: Quarter, unit_id: int | None) -> None:
    """Adoptions, faults and credits: few enough to come one by one."""
    for release in releases.counted(quarter.first, quarter.last):
        if unit_id in (None, release.unit_id):
            found.setdefault(release.unit_id, []).append(
                Count(
                    F.ADOPTED,
                    release.tier.value,
                    item=release.submission_id,
                    channel=release.channel,
                    refs=((SUBMISSION, release.submission_id),),
                )
            )
    for fault in corrections.counted(quarter.first, quarter.last):
        if unit_id in (None, fault.unit_id):
            found.setdefault(fault.unit_id, []).append(
                Count(F.FAULT, fault.severity.value, refs=((FAULT, fault.fault_id),))
            )
    for entry in _credits_that_count(quarter, unit_id):
        found.setdefault(entry.unit_id, []).append(
            Count(F.CREDIT, entry.matter, number=entry.times, refs=((CREDIT, entry.id),))
        )


_TAGS: Mapping[Fact, tuple[str, ...]] = {
    F.SUBMITTED: ("column",),
    F.PUBLISHED: ("column",),
    F.FIRST_PASS: (),
    F.TIMELY: (),
    F.LATE: ("until", "published_on"),
    F.RETURNS: (),
    F.AMENDED: (),
}
"""Which columns of a fact's rows say what it is."""


def _split(scheme: Scheme) -> list[Fact]:
    """The facts of which the scheme wants to know more than how many."""
    found = set()
    for _, rule in scheme.rules:
        match rule:
            case Tariff(fact=F.SUBMITTED | F.PUBLISHED | F.LATE) if any(row.tag != "*" for row in rule.rows):
                found.add(rule.fact)
            case Quota() | Surplus():
                found.add(rule.fact)
    return [fact for fact in Fact if fact in found]


def _rows(fact: Fact, quarter: Quarter) -> Select[Any]:
    """The rows of a fact: unit, item, month and what tells of which sort each is."""
    today = clock.today()
    source = statistics.SOURCES[MEASURES[fact]](quarter, today)
    unit: Any = source.unit.label("unit")
    item: Any = source.item.label("item")
    match fact:
        case F.SUBMITTED:
            return source.rows.join(Column, Column.id == Submission.column_id).with_only_columns(
                unit, item, _month(Submission.submitted_at, quarter, instants=True), Column.code.label("column")
            )
        case F.PUBLISHED:
            return source.rows.join(Column, Column.id == Publication.column_id).with_only_columns(
                unit, item, _month(Publication.published_on, quarter), Column.code.label("column")
            )
        case F.LATE:
            hits = source.rows.with_only_columns(unit, item).subquery()
            return (
                select(
                    hits.c.unit,
                    hits.c.item,
                    literal(0).label("month"),
                    func.coalesce(Publication.golden_until, Submission.golden_until).label("until"),
                    Publication.published_on.label("published_on"),
                )
                .join(Submission, Submission.id == hits.c.item)
                .outerjoin(Publication, Publication.submission_id == hits.c.item)
            )
    return source.rows.with_only_columns(unit, item, literal(0).label("month"))


def _month(at: SQLColumnExpression[Any], quarter: Quarter, *, instants: bool = False) -> ColumnElement[int]:
    """The month of the year in which something of the quarter lies, in Shanghai."""
    first = quarter.first
    starts = [date(first.year, first.month + count, 1) for count in range(3)]
    bounds = [clock.instant(day) for day in starts] if instants else starts
    return case((at < bounds[1], starts[0].month), (at < bounds[2], starts[1].month), else_=starts[2].month).label(
        "month"
    )


def _tag(fact: Fact, values: Sequence[Any], quarter: Quarter) -> str:
    """What sort a row is of: its column, or the days it was late, as they stood when the quarter ended."""
    if fact is F.LATE:
        until, published_on = values
        last = min(quarter.last, clock.today())
        return str((min(published_on or last, last) - until).days)
    return str(values[0]) if values else "*"


# -- what comes of it ----------------------------------------------------------------------------

MOST_KEPT = 40
_memory: tuple[Any, dict[Any, Any]] | None = None


def _kept() -> dict[Any, Any]:
    global _memory
    now = statistics.version()
    if _memory is None or _memory[0] != now or len(_memory[1]) > MOST_KEPT:
        _memory = (now, {})
    return _memory[1]


def result(quarter: Quarter, *, with_items: bool = False) -> Result:
    """A quarter scored by the scheme that holds for it.

    ``with_items``: every line tells its items too (for what is to be frozen). Refused where no scheme
    was confirmed for the quarter.
    """
    found = result_or_none(quarter)
    if found is None:
        raise Refused(f"{quarter.label}还没有评分办法。请先在“评分办法”里提出一份，由领导确认。")
    return _with_items(found) if with_items else found


def result_or_none(quarter: Quarter) -> Result | None:
    """A quarter scored; None where no scheme was confirmed for it."""
    kept = _kept()
    if quarter not in kept:
        held = version_for(quarter)
        kept[quarter] = None if held is None else result_by(held.scheme, quarter, held.number)
    found: Result | None = kept[quarter]
    return found


def result_by(scheme: Scheme, quarter: Quarter, number: int = 0) -> Result:
    """A quarter as any scheme would score it: for a preview."""
    figures = statistics.figures(quarter)[quarter]
    return _result(scheme, quarter, number, entrants(quarter, figures), counts(scheme, quarter), figures)


def _result(
    scheme: Scheme,
    quarter: Quarter,
    number: int,
    units: Sequence[Entrant],
    taken: Mapping[int, Iterable[Count]],
    figures: Mapping[int, Figures],
) -> Result:
    period = Period(quarter, clock.today())
    return Result(
        quarter=quarter,
        scheme_version=number,
        scheme=scheme,
        scores=engine.score_all(scheme, units, taken, period, column_names()),
        zero_filing=tuple(
            (unit.unit_id, unit.name)
            for unit in units
            if not figures.get(unit.unit_id, NOTHING).submitted
            and (unit.closed_on is None or unit.closed_on > quarter.last)
        ),
        as_of=clock.today(),
    )


def _with_items(found: Result) -> Result:
    figures = statistics.figures(found.quarter)[found.quarter]
    units = entrants(found.quarter, figures)
    taken = {unit.unit_id: items(found.quarter, unit.unit_id) for unit in units}
    return _result(found.scheme, found.quarter, found.scheme_version, units, taken, figures)


def score_of(unit_id: int, quarter: Quarter) -> Score | None:
    """One unit's score with the items behind every line; None for a unit or quarter without one."""
    found = result_or_none(quarter)
    rolled = found.of(unit_id) if found else None
    if found is None or rolled is None:
        return None
    figures = statistics.figures(quarter)[quarter]
    entrant = next(one for one in entrants(quarter, figures) if one.unit_id == unit_id)
    score = engine.score_unit(
        found.scheme, entrant, items(quarter, unit_id), Period(quarter, clock.today()), column_names()
    )
    return next(one for one in engine.ranked(found.scheme, [*_others(found, unit_id), score]) if one.unit_id == unit_id)


def _others(found: Result, unit_id: int) -> list[Score]:
    return [one for one in found.scores if one.unit_id != unit_id]


def lifts(unit_id: int, quarter: Quarter) -> list[Lift]:
    """What would lift a unit in a quarter, by the engine's own account."""
    found = result_or_none(quarter)
    if found is None or found.of(unit_id) is None:
        return []
    figures = statistics.figures(quarter)[quarter]
    return engine.lifts(
        found.scheme,
        entrants(quarter, figures),
        counts(found.scheme, quarter),
        Period(quarter, clock.today()),
        unit_id,
        names=column_names(),
        empty_columns=_empty_columns(quarter),
    )


def _empty_columns(quarter: Quarter) -> list[str]:
    """Open columns in which nothing was published in the quarter."""
    filled = (
        select(Publication.column_id).where(Publication.published_on.between(quarter.first, quarter.last)).distinct()
    )
    held = set(db.session.scalars(filled))
    return [column.code for column in columns.leaves() if column.id not in held]


def places(quarter: Quarter) -> dict[int, Place] | None:
    """Unit id → place and points, for the rankings of ``statistics``; None where no scheme holds."""
    found = result_or_none(quarter)
    if found is None:
        return None
    return {one.unit_id: Place(one.rank, one.of, one.total, one.unranked_because) for one in found.scores}


# -- the items behind a line ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Behind:
    """What is behind a line, as far as somebody may see it."""

    line: Line
    submissions: list[tuple[Submission, Publication | None]]
    credits: list[Credit]
    faults: list[Fault]
    hidden: int
    """How many of the items he does not see."""


def behind(line: Line, actor: Actor) -> Behind:
    """The items of a line, newest first; those an actor may not see are only counted."""
    wanted = [number for kind, number in line.items if kind == SUBMISSION]
    rows = db.session.execute(
        select(Submission, Publication)
        .outerjoin(Publication, Publication.submission_id == Submission.id)
        .where(Submission.id.in_(wanted), visible(actor))
        .options(joinedload(Submission.unit), joinedload(Submission.column))
        .order_by(Submission.submitted_at.desc(), Submission.id.desc())
    ).all()
    entries = [number for kind, number in line.items if kind == CREDIT]
    errors = [number for kind, number in line.items if kind == FAULT]
    faults = list(db.session.scalars(corrections.visible_to(actor).where(Fault.id.in_(errors)).order_by(Fault.id)))
    return Behind(
        line=line,
        submissions=[(submission, publication) for submission, publication in rows],
        credits=list(db.session.scalars(select(Credit).where(Credit.id.in_(entries)).order_by(Credit.id))),
        faults=faults,
        hidden=len(wanted) - len(rows) + len(errors) - len(faults),
    )
