"""The frame of every operation: one transaction, one event."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from operator import attrgetter
from typing import Any

from sqlalchemy import bindparam, func, insert, inspect, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from town_portal.access.actor import Actor, HeldPost
from town_portal.audit.models import AuditEvent, AuditHead, FormReceipt
from town_portal.audit.rules import chain
from town_portal.audit.rules.action import Action
from town_portal.audit.rules.binding import digest_of_row, plain
from town_portal.foundation import clock
from town_portal.foundation.db import WORK, Bookkeeping, canonical, db, writing
from town_portal.foundation.errors import Forbidden, Repeated, Stale, UnrecordedWrite


class Work:
    """What one operation does: the rows it touches and the one event it records."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.at = clock.now()
        self.receipt: int | None = None
        self._touched: dict[int, Any] = {}
        self._deleted: list[Any] = []
        self._event: AuditEvent | None = None

    def note(self, session: Session) -> None:
        """Remember every business row this flush writes (called by the session's guard)."""
        new = session.new  # put together anew at every asking
        for row in (*new, *session.dirty):
            if not isinstance(row, Bookkeeping) and (row in new or session.is_modified(row)):
                self._touched[id(row)] = row
        self._deleted += [row for row in session.deleted if not isinstance(row, Bookkeeping)]

    def record(self, action: Action, subject: Any, *, post: HeldPost | None = None, **detail: Any) -> None:
        """Say what was done to what. Exactly once in a unit of work.

        ``post`` is the post by which the actor acted; ``detail`` holds plain values only.
        """
        if self._event is not None:
            raise UnrecordedWrite("two events in one unit of work: two acts are two operations")
        acted_as = post or (self.actor.posts[0] if self.actor.posts else None)
        self._event = AuditEvent(
            at=self.at,
            actor_id=self.actor.id,
            actor_name=self.actor.name,
            actor_post=acted_as and f"{acted_as.unit_name} · {acted_as.role.label}",
            acting_for=acted_as and acted_as.acting_for,
            session=self.actor.session_hash and self.actor.session_hash[:16],
            address=self.actor.address,
            authentication=self.actor.authentication,
            action=action.name,
            label=action.label,
            form_key=self.actor.form_key,
            detail=canonical(plain(detail)),
        )
        self._subject = subject

    def event(self) -> AuditEvent:
        """The recorded event with its subject and the digests of all rows written."""
        if self._event is None:
            raise UnrecordedWrite("a unit of work ended without its event")
        subject, event = self._subject, self._event
        event.subject_kind = type(subject).__name__
        event.subject_id = inspect(subject).identity[0]
        event.subject_name = str(subject)
        event.unit_id = getattr(subject, "unit_id", None)
        event.rows = canonical(
            [bound(row) for row in self._touched.values() if row not in self._deleted]
            + [[*bound(row)[:2], None] for row in self._deleted]
        )
        return event


def bound(row: Any) -> list[Any]:
    """[table, key, digest]: what ties a row to the event that wrote it.

    A column that came to its table later (``__later__``: name → what older rows hold there) is bound
    where it says anything else, so that rows keep the digest they were recorded with.
    """
    state = inspect(row)
    left_out: frozenset[str] = getattr(row, "__unbound__", frozenset())
    later: dict[str, Any] = getattr(row, "__later__", {})
    columns = {
        attribute.key: value
        for attribute in state.mapper.column_attrs
        if attribute.key not in left_out
        and ((value := getattr(row, attribute.key)) != later.get(attribute.key) or attribute.key not in later)
    }
    key = "/".join(str(part) for part in state.identity)
    return [state.mapper.local_table.name, key, digest_of_row(columns)]


FIELDS = tuple(
    column.name for column in AuditEvent.__table__.columns if column.name not in ("previous", "leaf", "digest")
)


_values = attrgetter(*FIELDS)


def record_of(event: Any) -> str:
    """The canonical record of an event (a model or a row with the same names)."""
    fields = dict(zip(FIELDS, _values(event), strict=True))
    fields["at"] = fields["at"].isoformat(timespec="milliseconds")
    return chain.record(fields)


# The rows every act writes besides its own, of bare columns: they are no objects to anybody.
_LOCK_HEAD = select(AuditHead.seq, AuditHead.digest, AuditHead.frontier).with_for_update()
_BEGIN_HEAD = insert(AuditHead).values(id=1, seq=0, digest=chain.GENESIS, frontier="[]")
_MOVE_HEAD = update(AuditHead).where(AuditHead.id == 1)
_ADD_EVENT = insert(AuditEvent)
_ADD_RECEIPT = insert(FormReceipt).returning(FormReceipt.id)
_TURN = select(func.pg_advisory_xact_lock(0x746F776E))
_ANSWER = update(FormReceipt).where(FormReceipt.id == bindparam("receipt"))


def _append(session: Session, work: Work) -> None:
    """Seal the event to the end of the chain. The change is flushed first; the head is locked last."""
    session.flush()
    event, connection = work.event(), session.connection()
    head = connection.execute(_LOCK_HEAD).one_or_none()
    if head is None:
        connection.execute(_BEGIN_HEAD)
        head = connection.execute(_LOCK_HEAD).one()
    event.seq, event.previous = head.seq + 1, head.digest
    event.leaf = chain.leaf_of(record_of(event))
    event.digest = chain.link(event.previous, event.leaf)
    frontier = canonical(chain.grow(json.loads(head.frontier), head.seq, event.leaf))
    connection.execute(_ADD_EVENT, {name: getattr(event, name) for name in (*FIELDS, "previous", "leaf", "digest")})
    connection.execute(_MOVE_HEAD, {"seq": event.seq, "digest": event.digest, "frontier": frontier})
    if work.receipt is not None:
        connection.execute(_ANSWER, {"receipt": work.receipt, "event_seq": event.seq})


def _take_turn(session: Session) -> None:
    """One act after another, as SQLite has it: what an act checks still holds when it writes.

    Rules look at rows they do not change (who else holds this post, who else is administrator), so
    row locks alone let two acts pass each other. The head of the trail makes them queue anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(_TURN)


def _take_form_key(session: Session, work: Work) -> None:
    """Refuse a form whose key has had its effect; two at once meet at the unique constraint."""
    actor = work.actor
    if actor.form_key is None or actor.id is None:
        return
    receipt = {"actor_id": actor.id, "key": actor.form_key, "at": work.at, "location": actor.answer}
    try:
        work.receipt = session.connection().execute(_ADD_RECEIPT, receipt).scalar_one()
    except IntegrityError:
        session.rollback()
        answered = first_answer(actor)
        if answered is None:
            raise
        raise answered from None


def first_answer(actor: Actor) -> Repeated | None:
    """What the form at hand already brought about; None when it is sent for the first time."""
    if actor.form_key is None or actor.id is None:
        return None
    found = db.session.execute(
        select(FormReceipt.location, AuditEvent.subject_kind, AuditEvent.subject_id)
        .outerjoin(AuditEvent, AuditEvent.seq == FormReceipt.event_seq)
        .where(FormReceipt.actor_id == actor.id, FormReceipt.key == actor.form_key)
    ).one_or_none()
    return Repeated(*found) if found else None


Authority = Callable[[Actor], bool]
_authorities: list[Authority] = []


def ask_before_acts(authority: Authority) -> None:
    """Let a room above say, under the write lock, whether a person is still who his page took him for."""
    if authority not in _authorities:
        _authorities.append(authority)


def _check_authority(actor: Actor) -> None:
    if not all(authority(actor) for authority in _authorities):
        raise Forbidden("您的登录刚被结束，或者任职刚有变动，这一件没有办成。请刷新页面再看。")


@contextmanager
def unit_of_work(actor: Actor, on: Any = None, seen: int | None = None) -> Iterator[Work]:
    """One transaction with exactly one audit event, or nothing at all.

    ``on`` is the thing that is acted on, ``seen`` the version of it the person had before his
    eyes. Whatever the request read before is read again under the write lock. Raises
    ``Repeated`` for a form that already had its effect, ``Stale`` when another hand was quicker.
    """
    session = db.session()
    if WORK in session.info:
        raise UnrecordedWrite("an operation may not call another operation")
    thing = (type(on).__name__, inspect(on).identity[0]) if on is not None else ("", None)
    session.rollback()
    work = Work(actor)
    session.info[WORK] = work
    try:
        with writing():
            _take_turn(session)
            _check_authority(actor)
            _take_form_key(session, work)
            if on is not None:  # who comes second waits here, and then sees what the first one did
                session.refresh(on, with_for_update={"of": type(on)})
            if seen is not None and on.version != seen:
                raise Stale(*thing)
            with session.no_autoflush:  # a half-changed row must not reach the database's checks
                yield work
            _append(session, work)
            session.commit()
    except StaleDataError as error:
        session.rollback()
        raise Stale(*thing) from error
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop(WORK, None)
