"""Questions to the channels and the outbox."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import joinedload

from town_portal.audit.models import AuditEvent
from town_portal.foundation.db import db
from town_portal.notifications.models import Channel, Contact, DeliveryAttempt, OutboxMessage
from town_portal.notifications.rules.back_off import rest
from town_portal.notifications.rules.fate import Fate
from town_portal.settings import queries as settings
from town_portal.workdays import queries as workdays
from town_portal.workdays.rules.quiet import out_of_quiet

_M, _A = OutboxMessage, DeliveryAttempt
_LOOKED_BACK = 20
"""Attempts looked at to tell how often a channel failed in a row."""


def channels() -> list[Channel]:
    """Every channel, those in use first, by name."""
    return list(db.session.scalars(select(Channel).order_by(Channel.active.desc(), Channel.id)))


def open_channels() -> list[Channel]:
    """The channels in use, the oldest first."""
    return list(db.session.scalars(select(Channel).where(Channel.active).order_by(Channel.id)))


def known_keys(keys: Iterable[str]) -> set[str]:
    """Those of some keys for which something stands in the outbox."""
    return set(db.session.scalars(select(OutboxMessage.key).where(OutboxMessage.key.in_(tuple(keys)))))


def contacts(person_ids: Iterable[int]) -> dict[int, Contact]:
    """How some people want to be told, by person; who has said nothing is not among them."""
    found = db.session.scalars(select(Contact).where(Contact.person_id.in_(tuple(person_ids))))
    return {contact.person_id: contact for contact in found}


def contact_of(person_id: int) -> Contact | None:
    """How one person wants to be told; None when he has said nothing."""
    return db.session.scalar(select(Contact).where(Contact.person_id == person_id))


def get(channel_id: int) -> Channel | None:
    """One channel."""
    return db.session.get(Channel, channel_id)


def message(message_id: int) -> OutboxMessage | None:
    """One message of the outbox."""
    return db.session.get(OutboxMessage, message_id)


def named(name: str) -> Channel | None:
    """The channel of this name."""
    return db.session.scalar(select(Channel).where(Channel.name == name))


def portal_address() -> str:
    """The portal's own address as people outside type it; empty until it is set."""
    return str(settings.value("portal_address")["url"])


# -- what is due --------------------------------------------------------------------------------


def _free(now: datetime) -> ColumnElement[bool]:
    return or_(_M.lease_until.is_(None), _M.lease_until <= now)


def due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """The conditions under which a message may be taken in hand."""
    return _M.fate == Fate.WAITING, _M.next_at <= now, _free(now)


def expired(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """The conditions under which a message is past its time and in nobody's hand."""
    return _M.fate == Fate.WAITING, _M.expires_at <= now, _free(now)


def any_expired(now: datetime) -> bool:
    """Is there a message past its time?"""
    return db.session.scalar(select(_M.id).where(*expired(now)).limit(1)) is not None


def channels_due(now: datetime) -> list[int]:
    """The channels in use on which something is due."""
    found = select(_M.channel_id).join(Channel, Channel.id == _M.channel_id).where(*due(now), Channel.active).distinct()
    return sorted(db.session.scalars(found))


def may_leave(moment: datetime, *, urgent: bool) -> datetime:
    """When a message that is tried again at an instant (UTC) may leave: people are left in peace in their quiet hours.

    The first try is not asked about: whoever wrote the message chose its hour.
    """
    return moment if urgent else out_of_quiet(moment, settings.value("quiet_hours"), workdays.calendar())


def attempts_since(channel_id: int, moment: datetime) -> int:
    """How often a channel was tried after an instant, by every worker together."""
    found = select(func.count()).select_from(_A).where(_A.channel_id == channel_id, _A.at > moment)
    return db.session.scalar(found) or 0


def rests(channel_id: int, now: datetime) -> bool:
    """Is a channel that failed lately still to be left alone?"""
    last = db.session.execute(
        select(_A.at, _A.delivered, _A.troubled)
        .where(_A.channel_id == channel_id, _A.delivered.is_not(None))
        .order_by(_A.id.desc())
        .limit(_LOOKED_BACK)
    ).all()
    failures = next((number for number, one in enumerate(last) if not one.troubled), len(last))
    return failures > 0 and last[0].at + rest(failures) > now


def dead_and_good(channel_id: int, now: datetime) -> list[OutboxMessage]:
    """What a channel did not deliver and may still be sent."""
    in_time = or_(_M.expires_at.is_(None), _M.expires_at > now)
    return list(
        db.session.scalars(
            select(_M)
            .where(_M.channel_id == channel_id, _M.fate == Fate.DEAD, in_time)
            .order_by(_M.id)
            .with_for_update()
        )
    )


# -- for the pages ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Health:
    """How a channel does: figures only."""

    last_sent_at: datetime | None = None
    failures: int = 0
    """Attempts that failed since the last one that did not."""
    words: str = ""
    """What the newest attempt said."""
    waiting: int = 0
    dead: int = 0


def healths(channel_ids: Iterable[int]) -> dict[int, Health]:
    """How some channels do, by id: three statements."""
    wanted = tuple(channel_ids)
    counts = {
        channel_id: (waiting, dead)
        for channel_id, waiting, dead in db.session.execute(
            select(_M.channel_id, _counted(Fate.WAITING), _counted(Fate.DEAD))
            .where(_M.channel_id.in_(wanted), _M.fate.in_((Fate.WAITING, Fate.DEAD)))
            .group_by(_M.channel_id)
        )
    }
    good: dict[int, tuple[int, datetime]] = {
        channel_id: (last, at)
        for channel_id, last, at in db.session.execute(
            select(_A.channel_id, func.max(_A.id), func.max(_A.at))
            .where(_A.channel_id.in_(wanted), _A.delivered.is_(True))
            .group_by(_A.channel_id)
        )
    }
    failed: dict[int, list[str]] = {}
    for channel_id, id_, words in db.session.execute(
        select(_A.channel_id, _A.id, _A.words)
        .where(_A.channel_id.in_(wanted), _A.delivered.is_(False))
        .order_by(_A.id.desc())
        .limit(1_000)
    ):
        if id_ > good.get(channel_id, (0, None))[0]:
            failed.setdefault(channel_id, []).append(words)
    return {one: _health(counts.get(one), good.get(one), failed.get(one, [])) for one in wanted}


def _counted(fate: Fate) -> ColumnElement[int]:
    return func.sum(case((_M.fate == fate, 1), else_=0))


def _health(counts: tuple[int, int] | None, good: tuple[int, datetime] | None, failed: list[str]) -> Health:
    waiting, dead = counts or (0, 0)
    return Health(good[1] if good else None, len(failed), failed[0] if failed else "", waiting, dead)


def messages(fate: Fate, channel_id: int | None = None) -> Select[OutboxMessage]:
    """The messages of one fate: what waits by its turn, what is over by its end, newest first."""
    order = (_M.urgent.desc(), _M.next_at, _M.id) if fate is Fate.WAITING else (_M.ended_at.desc(), _M.id.desc())
    found = select(_M).where(_M.fate == fate).options(joinedload(_M.person), joinedload(_M.channel)).order_by(*order)
    return found if channel_id is None else found.where(_M.channel_id == channel_id)


def counts() -> dict[Fate, int]:
    """How many messages there are of each fate."""
    found = {fate: number for fate, number in db.session.execute(select(_M.fate, func.count()).group_by(_M.fate))}
    return {fate: found.get(fate, 0) for fate in Fate}


@dataclass(frozen=True, slots=True)
class Tested:
    """What the newest test of a channel brought."""

    at: datetime
    by: str
    delivered: bool
    words: str
    number: str


def last_test(channel_id: int) -> Tested | None:
    """The newest test of a channel, from the trail."""
    event = db.session.execute(
        select(AuditEvent.at, AuditEvent.actor_name, AuditEvent.detail)
        .where(
            AuditEvent.subject_kind == Channel.__name__,
            AuditEvent.subject_id == channel_id,
            AuditEvent.action == "test_channel",
        )
        .order_by(AuditEvent.seq.desc())
        .limit(1)
    ).one_or_none()
    if event is None:
        return None
    told: dict[str, Any] = json.loads(event.detail)
    return Tested(event.at, event.actor_name, told["delivered"], told["words"], told["number"])
