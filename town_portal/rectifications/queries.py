"""Questions about what has to be put right: whose, until when, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from town_portal.access.actor import Actor
from town_portal.access.roles import Role
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.rectifications.models import Rectification, RectificationAnswer, RectificationFile
from town_portal.rectifications.rules import separation
from town_portal.rectifications.rules.lifecycle import DONE, RUNNING, WITH_UNIT, RectificationState
from town_portal.rectifications.rules.source import Source
from town_portal.workflow.duty import Duty, DutyKind, Limits, Page

S = RectificationState
EVERYTHING = (Role.COORDINATOR, Role.PRINCIPAL, Role.AUDITOR)


def visible(actor: Actor) -> ColumnElement[bool]:
    """The condition under which an actor may see a rectification.

    A unit and an office's leader see their own; who coordinates, leads the town or audits sees all.
    """
    if actor.roles & set(EVERYTHING):
        return true()
    own = actor.units_as(Role.REPORTER, Role.HEAD, Role.LEADER)
    return Rectification.unit_id.in_(own) if own else false()


def visible_to(actor: Actor) -> Select[Rectification]:
    """The rectifications an actor may see."""
    return select(Rectification).where(visible(actor))


def get(rectification_id: int, actor: Actor) -> Rectification | None:
    """One rectification, if the actor may see it."""
    return db.session.scalar(
        visible_to(actor)
        .where(Rectification.id == rectification_id)
        .options(
            joinedload(Rectification.unit),
            selectinload(Rectification.answers)
            .selectinload(RectificationAnswer.files)
            .joinedload(RectificationFile.file),
            selectinload(Rectification.answers).joinedload(RectificationAnswer.answered_by),
            selectinload(Rectification.answers).joinedload(RectificationAnswer.checked_by),
        )
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is to show."""

    which: str = "running"
    """running | overdue | answered | done | all."""
    unit_id: int | None = None
    source: Source | None = None


def _state(which: str) -> ColumnElement[bool]:
    match which:
        case "overdue":
            return and_(Rectification.state.in_(WITH_UNIT), Rectification.due_on < clock.today())
        case "answered":
            return Rectification.state == S.ANSWERED
        case "done":
            return Rectification.state.in_(DONE)
        case "all":
            return true()
    return Rectification.state.in_(RUNNING)


def search(actor: Actor, wanted: Wanted) -> Select[Rectification]:
    """The list: what runs by its limit, the nearest first; what is done by its end, the newest first."""
    found = visible_to(actor).where(_state(wanted.which))
    if wanted.unit_id is not None:
        found = found.where(Rectification.unit_id == wanted.unit_id)
    if wanted.source is not None:
        found = found.where(Rectification.source == wanted.source)
    newest_first = wanted.which in ("done", "all")
    order = (
        (Rectification.opened_at.desc(), Rectification.id.desc())
        if newest_first
        else (Rectification.due_on, Rectification.id)
    )
    return found.options(joinedload(Rectification.unit), selectinload(Rectification.answers)).order_by(*order)


def counts(actor: Actor) -> dict[str, int]:
    """How many there are of each list: one statement."""
    kinds = ("running", "overdue", "answered", "done", "all")
    row = db.session.execute(
        select(*(func.count().filter(_state(kind)) for kind in kinds)).select_from(Rectification).where(visible(actor))
    ).one()
    return dict(zip(kinds, row, strict=True))


def of_source(source: Source, source_id: int | Iterable[int]) -> list[Rectification]:
    """What came from one thing (or several of a kind), in the order of opening. For rooms above; asks nobody's rights."""
    numbers = (source_id,) if isinstance(source_id, int) else tuple(source_id)
    return _all(Rectification.source == source, Rectification.source_id.in_(numbers))


def between(first: date, last: date) -> list[Rectification]:
    """What was opened from one day to another (both included), or still ran then: for the bulletin of that time.

    What was called off is left out. In the order of opening; asks nobody's rights.
    """
    return _all(
        Rectification.opened_on <= last,
        or_(Rectification.closed_on.is_(None), Rectification.closed_on >= first),
        Rectification.state != S.CANCELLED,
    )


def due_between(first: date, last: date) -> list[Rectification]:
    """What had to be answered from one day to another (both included), and was not called off."""
    return _all(Rectification.due_on >= first, Rectification.due_on <= last, Rectification.state != S.CANCELLED)


def _all(*conditions: ColumnElement[bool]) -> list[Rectification]:
    return list(
        db.session.scalars(
            select(Rectification)
            .where(*conditions)
            .options(joinedload(Rectification.unit), selectinload(Rectification.answers))
            .order_by(Rectification.opened_at, Rectification.id)
        )
    )


def last_serial(year: int) -> int:
    """The highest number a year has used; asked under the write lock."""
    return db.session.scalar(select(func.max(Rectification.serial)).where(Rectification.year == year)) or 0


def answered_by(rectification: Rectification) -> frozenset[int]:
    """Everybody who ever answered this one."""
    return frozenset(answer.answered_by_id for answer in rectification.answers)


def why_not_check(actor: Actor, rectification: Rectification) -> str | None:
    """Why a person may not check the answer; None when he may."""
    unit = rectification.unit
    return separation.why_not(actor, unit.id, unit.coordinating, answered_by(rectification))


def file_visible(actor: Actor, file_id: int) -> bool:
    """Is a file the evidence of a rectification the actor may see?"""
    found = (
        select(RectificationFile.id)
        .join(RectificationAnswer, RectificationAnswer.id == RectificationFile.answer_id)
        .join(Rectification, Rectification.id == RectificationAnswer.rectification_id)
        .where(RectificationFile.file_id == file_id, visible(actor))
        .limit(1)
    )
    return db.session.scalar(found) is not None


def duties(limits: Limits) -> list[Duty]:
    """What units owe an answer to, answers nobody has looked at, and wishes for more time: three statements."""
    found = []
    for one in _all(Rectification.state.in_(RUNNING)):
        if one.with_unit:
            found.append(_answer_duty(one, limits))
        elif one.check_due_on is not None:
            found.append(_check_duty(one, limits))
        if one.extension_open:
            found.append(_extension_duty(one, limits))
    return found


def _page(one: Rectification) -> Page:
    return Page("rectifications.show", "rectification_id", one.id)


def _answer_duty(one: Rectification, limits: Limits) -> Duty:
    sent_back = one.answers[-1] if one.answers else None
    unit = one.unit
    return Duty(
        key=f"rectification:{one.id}:{len(one.answers)}",
        kind=DutyKind.RECTIFICATION,
        what=str(one),
        page=_page(one),
        step="重新整改" if sent_back else "",
        unit=unit.name,
        seat=(Role.REPORTER, unit.id),
        above=(Role.HEAD, unit.id)
        if unit.kind == "office" and not unit.coordinating
        else (Role.PRINCIPAL if unit.coordinating else Role.COORDINATOR, limits.coordinating_id),
        since=one.with_unit_since,
        due_at=limits.by_the_end_of(one.due_on, one.with_unit_since),
        words=(sent_back.opinion or "") if sent_back else one.demand,
    )


def _checker(one: Rectification, limits: Limits) -> tuple[Role, int]:
    """Who looks: the coordinating office; at its own work the principal does."""
    return (Role.PRINCIPAL if one.unit.coordinating else Role.COORDINATOR, limits.coordinating_id)


def _check_duty(one: Rectification, limits: Limits) -> Duty:
    answer = one.answers[-1]
    return Duty(
        key=f"rectification:{one.id}:check:{answer.round}",
        kind=DutyKind.RECTIFICATION_CHECK,
        what=str(one),
        page=_page(one),
        unit=one.unit.name,
        seat=_checker(one, limits),
        above=(Role.PRINCIPAL, limits.coordinating_id),
        since=answer.answered_at,
        due_at=limits.by_the_end_of(one.check_due_on or answer.answered_on, answer.answered_at),
        doer_id=answer.answered_by_id,
        apart=answered_by(one),
    )


def _extension_duty(one: Rectification, limits: Limits) -> Duty:
    since = one.asked_at or one.opened_at
    return Duty(
        key=f"rectification:{one.id}:extension",
        kind=DutyKind.RECTIFICATION_CHECK,
        what=str(one),
        page=_page(one),
        step="批整改延期",
        unit=one.unit.name,
        seat=_checker(one, limits),
        above=(Role.PRINCIPAL, limits.coordinating_id),
        since=since,
        due_at=limits.confirmation(since),
        words=one.asked_reason or "",
        doer_id=one.asked_by_id,
        apart=frozenset({one.asked_by_id} if one.asked_by_id else ()),
    )
