"""Putting messages into the outbox, carrying them out, and acts on channels."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from town_portal.foundation.db import db
from town_portal.network.models import Person
from town_portal.notifications import queries
from town_portal.notifications.models import Contact, OutboxMessage
from town_portal.notifications.rules.fate import Fate
from town_portal.notifications.rules.message import Message
from town_portal.notifications.rules.routing import NOBODY, Door, Receiver, choose

# -- into the outbox ----------------------------------------------------------------------------


def enqueue(messages: Iterable[Message], at: datetime) -> None:
    """Write messages into the outbox, inside the caller's own transaction; they leave when it has ended well.

    ``at``: the present instant (UTC). Each message becomes one row for every channel that serves its
    person by its ways: the work group of its unit (else the town's), a text through the gateway, a
    letter where the person gave an address. A key that stands in the outbox already writes nothing,
    neither does a message that no channel serves. Commits nothing, records no event: the caller does.
    """
    wanted = list({message.key: message for message in messages}.values())
    known = queries.known_keys(message.key for message in wanted)
    wanted = [message for message in wanted if message.key not in known]
    if not wanted:
        return
    doors = [
        Door(channel.id, channel.kind, channel.audience, frozenset(channel.unit_ids))
        for channel in queries.open_channels()
    ]
    receivers = _receivers({message.person_id for message in wanted if message.person_id is not None})
    for message in wanted:
        receiver = None if message.person_id is None else receivers.get(message.person_id, NOBODY)
        for channel_id in choose(message, doors, receiver):
            db.session.execute(_new_row().values(_row(message, channel_id, at)).on_conflict_do_nothing())


def _new_row() -> "postgresql.Insert | sqlite.Insert":
    """An insert that may find the row there already: two who tell the same at once are both right."""
    on_postgresql = db.session.get_bind().dialect.name == "postgresql"
    return postgresql.insert(OutboxMessage) if on_postgresql else sqlite.insert(OutboxMessage)


def _row(message: Message, channel_id: int, at: datetime) -> dict[str, object]:
    return {
        "key": message.key,
        "channel_id": channel_id,
        "person_id": message.person_id,
        "subject": message.subject,
        "lines": list(message.lines),
        "path": message.path,
        "urgent": message.urgent,
        "created_at": at,
        "not_before": message.not_before,
        "expires_at": message.expires_at,
        "fate": Fate.WAITING,
        "attempts": 0,
        "next_at": max(at, message.not_before or at),
    }


def _receivers(person_ids: set[int]) -> dict[int, Receiver]:
    contacts = queries.contacts(person_ids)
    people = db.session.execute(select(Person.id, Person.active).where(Person.id.in_(person_ids)))
    return {person_id: _receiver(active, contacts.get(person_id)) for person_id, active in people}


def _receiver(active: bool, contact: Contact | None) -> Receiver:
    if contact is None:
        return Receiver(active=active)
    return Receiver(active, bool(contact.mail), contact.wants_mail, contact.wants_sms)
