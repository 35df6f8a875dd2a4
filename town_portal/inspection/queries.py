"""Questions of the inspection: what waits, how far the night has come, the figures of a quarter."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from town_portal.access.actor import Actor
from town_portal.access.roles import Role
from town_portal.foundation.db import db
from town_portal.inspection.models import InspectionRound, LateFinding, Reading
from town_portal.inspection.rules.tally import Seen, Tally, gone
from town_portal.network.models import Unit
from town_portal.proofreading.rules.finding import Severity
from town_portal.publishing.models import Publication, Standing
from town_portal.submissions.models import FindingAnswer, ReturnNote, Revision, Submission
from town_portal.submissions.queries import visible
from town_portal.workflow.duty import Duty, DutyKind, Limits, Page

_OPEN = and_(
    LateFinding.dismissed_at.is_(None),
    Publication.standing == Standing.LIVE,
    Publication.revision_id == LateFinding.revision_id,
)


def late_findings(actor: Actor, *, everything: bool = False) -> Select[LateFinding]:
    """The late findings of items an actor may see, the newest first; only open ones unless ``everything``."""
    found = (
        select(LateFinding)
        .join(LateFinding.publication)
        .join(Publication.submission)
        .where(visible(actor))
        .options(
            contains_eager(LateFinding.publication), joinedload(LateFinding.unit), joinedload(LateFinding.dismissed_by)
        )
        .order_by(LateFinding.found_at.desc(), LateFinding.publication_id, LateFinding.id)
    )
    return found if everything else found.where(_OPEN)


def late_finding(number: int, actor: Actor) -> LateFinding | None:
    """One late finding, if the actor may see its item."""
    return db.session.scalar(late_findings(actor, everything=True).where(LateFinding.id == number))


def open_count(actor: Actor) -> int:
    """How many open late findings an actor sees."""
    rows = late_findings(actor).with_only_columns(func.count(), maintain_column_froms=True).order_by(None)
    return db.session.scalar(rows) or 0


def duties(limits: Limits) -> list[Duty]:
    """Public texts in which a night's reading found something that nobody has dealt with."""
    found = (
        select(
            Publication.id,
            Publication.title,
            Unit.name,
            func.min(LateFinding.id),
            func.min(LateFinding.found_at),
            func.count(),
            func.sum(case((LateFinding.severity == Severity.BLOCK, 1), else_=0)),
        )
        .select_from(LateFinding)
        .join(LateFinding.publication)
        .join(LateFinding.unit)
        .where(_OPEN)
        .group_by(Publication.id, Publication.title, Unit.name)
        .order_by(Publication.id)
    )
    return [
        Duty(
            key=f"late:{number}:{first}",
            kind=DutyKind.LATE_FINDING,
            what=title,
            page=Page("inspection.index"),
            unit=unit,
            seat=(Role.PUBLISHER, limits.coordinating_id),
            above=(Role.COORDINATOR, limits.coordinating_id),
            since=since,
            due_at=limits.late_finding(since),
            urgent=bool(worst),
            words=f"共 {count} 处",
        )
        for number, title, unit, first, since, count, worst in db.session.execute(found)
    ]


def last_round() -> InspectionRound | None:
    """The night's reading under way, or the last one."""
    return db.session.scalar(select(InspectionRound).order_by(InspectionRound.day.desc()).limit(1))


def known_keys(revision_id: int) -> set[str]:
    """The findings of a version somebody answered, or a night has told already."""
    answered = select(FindingAnswer.key).where(FindingAnswer.revision_id == revision_id)
    told = select(LateFinding.key).where(LateFinding.revision_id == revision_id)
    return {*db.session.scalars(answered), *db.session.scalars(told)}


def live_after(number: int, limit: int) -> list[Publication]:
    """What is public, by number, from one on."""
    found = (
        select(Publication)
        .where(Publication.standing == Standing.LIVE, Publication.id > number)
        .options(joinedload(Publication.revision))
        .order_by(Publication.id)
        .limit(limit)
    )
    return list(db.session.scalars(found))


def unread_versions(limit: int) -> list[Revision]:
    """Saved versions nobody has read for the figures yet, the oldest first."""
    found = (
        select(Revision)
        .outerjoin(Reading, Reading.revision_id == Revision.id)
        .where(Reading.revision_id.is_(None))
        .order_by(Revision.id)
        .limit(limit)
    )
    return list(db.session.scalars(found))


def saved_since_read() -> bool:
    """Was a version saved after the newest that was read? Two looks at the ends of two keys."""
    newest, read = db.session.execute(
        select(select(func.max(Revision.id)).scalar_subquery(), select(func.max(Reading.revision_id)).scalar_subquery())
    ).one()
    return (newest or 0) > (read or 0)


def unread_count() -> int:
    """How many saved versions were not read yet: the figures are behind by so many."""
    unread = select(func.count(Revision.id)).outerjoin(Reading, Reading.revision_id == Revision.id)
    return db.session.scalar(unread.where(Reading.revision_id.is_(None))) or 0


# -- the figures of a stretch of time -----------------------------------------------------------


def by_unit(start: datetime, end: datetime) -> dict[int, Tally]:
    """Tallies of every unit for what happened from ``start`` to before ``end`` (UTC)."""
    tallies: defaultdict[int, Tally] = defaultdict(Tally)
    for unit_id, signs in _published_signs(start, end):
        tallies[unit_id].signs = signs
    for unit_id, mended, explained in _before_handing_in(start, end):
        tallies[unit_id].mended += len(mended)
        tallies[unit_id].explained += len(explained)
    for note, unit_id in _returns(start, end):
        tallies[unit_id].returned += len(note.marks) or 1
    for unit_id, number in _late(start, end, LateFinding.unit_id, _OPEN):  # what was mended counts as its correction
        tallies[unit_id].late += number
    for unit_id, number in _corrections(start, end):
        tallies[unit_id].late += number
    return dict(tallies)


def by_family(start: datetime, end: datetime) -> dict[str, Tally]:
    """Tallies of every family of findings, for the machine's own figures."""
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    for _, mended, explained in _before_handing_in(start, end):
        for one in mended:
            tallies[one.family].mended += 1
        for one in explained:
            tallies[one.family].explained += 1
    for family, number in _late(start, end, LateFinding.family):
        tallies[family.value].late += number
    return dict(tallies)


def by_reviewer(start: datetime, end: datetime) -> dict[str, tuple[int, int]]:
    """Name → (returns, places marked) of every reviewer."""
    found: dict[str, tuple[int, int]] = {}
    for note, _ in _returns(start, end):
        returns, marks = found.get(note.person_name, (0, 0))
        found[note.person_name] = returns + 1, marks + len(note.marks)
    return found


def after_publication(start: datetime, end: datetime) -> Tally:
    """The town's errors after publication and the signs they are held against; nothing else is counted."""
    found = Tally(signs=sum(signs for _, signs in _published_signs(start, end)))
    found.late = sum(number for _, number in _late(start, end, LateFinding.unit_id, _OPEN))
    found.late += sum(number for _, number in _corrections(start, end))
    return found


def _published_signs(start: datetime, end: datetime) -> Iterable[tuple[int, int]]:
    rows = (
        select(Publication.unit_id, func.sum(Reading.signs))
        .join(Submission, Submission.id == Publication.submission_id)
        .join(Reading, Reading.revision_id == Submission.revision_id)
        .where(Publication.published_at >= start, Publication.published_at < end)
        .group_by(Publication.unit_id)
    )
    return [(unit_id, int(signs)) for unit_id, signs in db.session.execute(rows)]


def _before_handing_in(start: datetime, end: datetime) -> Iterator[tuple[int, list[Seen], list[Seen]]]:
    """(unit, what was mended, what was explained) of every item handed in for the first time."""
    return ((unit_id, mended, explained) for _, unit_id, mended, explained in handed_in(start, end))


def handed_in(start: datetime, end: datetime) -> Iterator[tuple[int, int, list[Seen], list[Seen]]]:
    """(item, unit, what was mended, what was explained) of every item handed in for the first time."""
    rows = db.session.execute(
        select(Submission.id, Submission.unit_id, Reading.found)
        .join(Revision, Revision.submission_id == Submission.id)
        .join(Reading, Reading.revision_id == Revision.id)
        .where(
            Submission.submitted_at >= start,
            Submission.submitted_at < end,
            Revision.created_at <= Submission.submitted_at,
        )
        .order_by(Submission.id, Revision.number)
    )
    items: dict[tuple[int, int], list[list[Seen]]] = {}
    for number, unit_id, found in rows:
        items.setdefault((number, unit_id), []).append([Seen(one["key"], one["family"]) for one in found])
    for (number, unit_id), versions in items.items():
        yield number, unit_id, gone(versions), versions[-1]


def _returns(start: datetime, end: datetime) -> list[tuple[ReturnNote, int]]:
    rows = (
        select(ReturnNote, Submission.unit_id)
        .join(Submission, Submission.id == ReturnNote.submission_id)
        .where(ReturnNote.returned_at >= start, ReturnNote.returned_at < end)
    )
    return [(note, unit_id) for note, unit_id in db.session.execute(rows)]


def _late(start: datetime, end: datetime, by: Any, *only: Any) -> list[tuple[Any, int]]:
    rows = (
        select(by, func.count())
        .select_from(LateFinding)
        .join(LateFinding.publication)
        .where(LateFinding.found_at >= start, LateFinding.found_at < end, LateFinding.dismissed_at.is_(None), *only)
        .group_by(by)
    )
    return [(one, number) for one, number in db.session.execute(rows)]


def _corrections(start: datetime, end: datetime) -> list[tuple[int, int]]:
    rows = (
        select(Publication.unit_id, func.count())
        .where(
            or_(
                and_(Publication.corrected_at >= start, Publication.corrected_at < end),
                and_(Publication.withdrawn_at >= start, Publication.withdrawn_at < end),
            )
        )
        .group_by(Publication.unit_id)
    )
    return [(unit_id, number) for unit_id, number in db.session.execute(rows)]
