"""Questions to the channels and the outbox."""

from collections.abc import Iterable

from sqlalchemy import select

from town_portal.foundation.db import db
from town_portal.notifications.models import Channel, Contact, OutboxMessage


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
