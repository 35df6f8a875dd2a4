"""What waits for whom. The badge, the list and the pulse all come from ``waiting_for``."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, false, func, or_, select

from town_portal.access.actor import Actor
from town_portal.access.roles import Role
from town_portal.columns.models import Column
from town_portal.files.models import FileKind
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.network.models import Person, Unit
from town_portal.review.rules import binding, quick
from town_portal.settings import queries as settings
from town_portal.submissions import queries as submissions
from town_portal.submissions.models import (
    Act,
    Hand,
    Importance,
    ReturnNote,
    Revision,
    RevisionFile,
    Signature,
    StageVisit,
    Submission,
    Urgency,
)
from town_portal.submissions.rules import markup
from town_portal.submissions.rules.lifecycle import IN_REVIEW, State

DOERS = (Role.REPORTER, Role.HEAD, Role.LEADER, Role.PRINCIPAL, Role.PUBLISHER)
MOST = 200
KEPT = 512
"""Statements that are kept, put together, of bare columns: every open page asks them again and again."""

Places = tuple[tuple[Role, tuple[int, ...]], ...]
"""The roles that act on items, each with the units in which it is held."""

_S, _H = Submission.__table__.c, Hand.__table__.c


def before(actor: Actor, roles: tuple[Role, ...] = DOERS) -> ColumnElement[bool]:
    """The condition that an item stands before one of the actor's posts."""
    return _before(_places(actor, roles))


def _places(actor: Actor, roles: tuple[Role, ...] = DOERS) -> Places:
    return tuple((role, units) for role in roles if (units := actor.units_as(role)))


def _before(places: Places) -> ColumnElement[bool]:
    standing = [and_(_S.waiting_role == role, _S.waiting_unit_id.in_(units)) for role, units in places]
    return or_(*standing) if standing else false()


def _persons(actor: Actor) -> frozenset[int | None]:
    """The actor, and whomever he stands in for."""
    return frozenset((actor.id, *(post.acting_for_id for post in actor.posts if post.acting_for_id)))


def _touched(persons: frozenset[int | None]) -> ColumnElement[bool]:
    """One of these persons wrote the text or signed another stage of a review."""
    return _S.state.in_(IN_REVIEW) & exists().where(
        _H.submission_id == _S.id, _H.person_id.in_(persons), _H.stage != _S.state
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the queue."""

    id: int
    title: str
    unit: str
    column: str
    state: State
    urgent: bool
    entered_at: datetime
    due_at: datetime
    golden_until: Any
    submit_count: int
    claimed_by: str | None
    claimed_by_me: bool
    mine: bool
    """The actor's own hand is on it: somebody else must sign."""
    version: int

    @property
    def over(self) -> bool:
        """Past its limit."""
        return self.due_at < clock.now()

    @property
    def first(self) -> bool:
        """To be done before everything else: urgent, or past its limit."""
        return self.urgent or self.over


def waiting_for(actor: Actor) -> Select[*tuple[Any, ...]]:
    """The first 200 of what stands before the actor's posts: urgent lane first, then the least time left."""
    return _waiting(_places(actor), _persons(actor))


@lru_cache(maxsize=KEPT)
def _waiting(places: Places, persons: frozenset[int | None]) -> Select[*tuple[Any, ...]]:
    unit, column, claimer = Unit.__table__, Column.__table__, Person.__table__.alias("claimer")
    return (
        select(
            _S.id,
            _S.title,
            unit.c.name.label("unit"),
            column.c.name.label("column"),
            _S.state,
            _S.urgency,
            _S.stage_entered_at,
            _S.stage_due_at,
            _S.golden_until,
            _S.submit_count,
            claimer.c.name.label("claimed_by"),
            _S.claimed_by_id,
            _touched(persons).label("mine"),
            _S.version,
        )
        .select_from(Submission.__table__)
        .join(unit, unit.c.id == _S.unit_id)
        .join(column, column.c.id == _S.column_id)
        .outerjoin(claimer, claimer.c.id == _S.claimed_by_id)
        .where(_before(places))
        .order_by(_S.urgency.desc(), _S.stage_due_at, _S.id)
        .limit(MOST)
    )


def queue_for(actor: Actor) -> list[Waiting]:
    """The queue, line by line; at most 200."""
    return [
        Waiting(
            id=row.id,
            title=row.title,
            unit=row.unit,
            column=row.column,
            state=row.state,
            urgent=row.urgency is Urgency.URGENT,
            entered_at=row.stage_entered_at,
            due_at=row.stage_due_at,
            golden_until=row.golden_until,
            submit_count=row.submit_count,
            claimed_by=row.claimed_by,
            claimed_by_me=row.claimed_by_id == actor.id,
            mine=row.mine,
            version=row.version,
        )
        for row in db.session.execute(waiting_for(actor))
    ]


def narrowed(rows: list[Waiting], *, unit: str = "", due_today: bool = False, again: bool = False) -> list[Waiting]:
    """The queue narrowed to a unit (its name), to what is due today, or to re-filed items."""
    tonight = clock.end_of(clock.today())
    return [
        row
        for row in rows
        if (not unit or row.unit == unit)
        and (not due_today or row.due_at <= tonight)
        and (not again or row.submit_count > 1)
    ]


def quick_for(rows: list[Waiting]) -> dict[int, str]:
    """What of a queue can be decided in a minute, in its order: id → why it is quick.

    One statement for the facts; the proofreader is asked only about what is short and plain.
    """
    setting = settings.value("quick_review")
    mine = {row.id: row for row in rows if row.state in IN_REVIEW}
    attached = (
        select(func.count())
        .where(RevisionFile.revision_id == Revision.id, RevisionFile.kind == FileKind.ATTACHMENT)
        .scalar_subquery()
    )
    found = db.session.execute(
        select(Revision, Submission.importance, Submission.return_count, attached)
        .join(Submission, Submission.revision_id == Revision.id)
        .where(Submission.id.in_(tuple(mine)))
    ).all()
    reasons: dict[int, str] = {}
    for revision, importance, returns, attachments in found:
        row = mine[revision.submission_id]
        facts = quick.Facts(
            characters=len("".join(markup.words(revision.body_html).split())),
            pictures=len(markup.pictures(revision.body_html)),
            attachments=attachments,
            returns=returns,
            major=importance is Importance.MAJOR,
            hands_off=row.mine or bool(row.claimed_by and not row.claimed_by_me),
        )
        why = quick.why_quick(facts, setting)
        if why and not submissions.open_findings(revision):
            reasons[row.id] = why
    return {number: reasons[number] for number in mine if number in reasons}


def quick_run(actor: Actor, decided: int) -> quick.Run:
    """Where somebody is in his run through what is quick."""
    return quick.Run(decided, tuple(quick_for(queue_for(actor))))


def counting(actor: Actor) -> Select[int]:
    """How many lines the queue has, as a statement."""
    return _counting(_places(actor))


def count_for(actor: Actor) -> int:
    """How many lines the queue has."""
    return db.session.scalar(counting(actor)) or 0


@lru_cache(maxsize=KEPT)
def _counting(places: Places) -> Select[int]:
    return select(func.count()).select_from(Submission.__table__).where(_before(places))


def seen_mark(rows: list[Waiting]) -> str:
    """A short mark of what the list shows; it changes when a line comes, goes or changes."""
    return hashlib.sha256(repr([(row.id, row.version) for row in rows]).encode()).hexdigest()[:16]


def neighbours(actor: Actor, submission_id: int) -> tuple[int, int, int | None, int | None]:
    """(position, length, previous id, next id) of an item in the queue; position 0 when it is not there."""
    ids = list(db.session.scalars(waiting_for(actor).with_only_columns(_S.id).limit(None)))
    if submission_id not in ids:
        return 0, len(ids), None, ids[0] if ids else None
    at = ids.index(submission_id)
    return at + 1, len(ids), ids[at - 1] if at else None, ids[at + 1] if at + 1 < len(ids) else None


_V = StageVisit.__table__.c
_DONE_SINCE = select(func.count(), func.avg(_V.working_minutes)).where(
    _V.person_id == bindparam("person"), _V.stage.in_(IN_REVIEW), _V.left_at >= bindparam("since")
)


def done_today(actor: Actor) -> tuple[int, int | None]:
    """(how many stays the actor ended today, their mean working minutes)."""
    row = db.session.execute(_DONE_SINCE, {"person": actor.id, "since": clock.instant(clock.today())}).one()
    return row[0], None if row[1] is None else round(row[1])


def signed_by(actor: Actor) -> Select[*tuple[Any, ...]]:
    """What the actor signed or returned, newest first: (submission, act, stage, time)."""
    signed = (
        select(
            Signature.submission_id,
            Submission.title,
            Submission.state,
            Signature.stage,
            Signature.act.label("act"),
            Signature.signed_at.label("at"),
        )
        .join(Submission, Submission.id == Signature.submission_id)
        .where(Signature.person_id == actor.id, Signature.act == Act.REVIEW, Signature.stage.in_(IN_REVIEW))
    )
    return signed.order_by(Signature.id.desc())


def returned_by(actor: Actor) -> Select[*tuple[Any, ...]]:
    """What the actor sent back, newest first."""
    return (
        select(ReturnNote.submission_id, Submission.title, Submission.state, ReturnNote.stage, ReturnNote.returned_at)
        .join(Submission, Submission.id == ReturnNote.submission_id)
        .where(ReturnNote.person_id == actor.id)
        .order_by(ReturnNote.id.desc())
    )


# -- one item ------------------------------------------------------------------------------------


def proof_of(submission: Submission, signatures: Iterable[Signature] | None = None) -> binding.Signed | None:
    """The 校 signed at this stay of an item for the text it has now, or None.

    ``signatures``: those of the item, where the caller has read them already.
    """
    return binding.proofed(
        submissions.signatures(submission.id) if signatures is None else signatures,
        stage=submission.state,
        act=Act.PROOF,
        digest=submission.digest,
        since=submission.stage_entered_at,
    )
