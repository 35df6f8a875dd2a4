"""Which channels serve a message."""

from collections.abc import Sequence
from dataclasses import dataclass

from town_portal.notifications.rules.kinds import FACTS, Audience, ChannelKind
from town_portal.notifications.rules.message import Message, Way


@dataclass(frozen=True, slots=True)
class Door:
    """A channel in use, as far as the choice needs it."""

    id: int
    kind: ChannelKind
    audience: Audience
    unit_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Receiver:
    """A person as far as the choice needs him; ``active``: he has not left the house."""

    active: bool = True
    has_mail: bool = False
    wants_mail: bool = True
    wants_sms: bool = True


NOBODY = Receiver(active=False)


def choose(message: Message, doors: Sequence[Door], receiver: Receiver | None) -> list[int]:
    """The channels a message goes out by; empty where none serves.

    The work group is that of the message's unit, else the town's; a town with robots in several
    services gets it in each. Of gateways and mail boxes the first one serves. ``receiver``: None
    for a message to a group and to nobody in it.
    """
    if receiver is not None and not receiver.active:
        return []
    chosen: list[int] = []
    if Way.GROUP in message.ways:
        chosen += _groups(message.unit_id, doors)
    if receiver is not None and Way.SMS in message.ways and receiver.wants_sms:
        chosen += _first(Way.SMS, doors)
    if receiver is not None and Way.MAIL in message.ways and receiver.has_mail and receiver.wants_mail:
        chosen += _first(Way.MAIL, doors)
    return chosen


def _groups(unit_id: int | None, doors: Sequence[Door]) -> list[int]:
    groups = [door for door in doors if FACTS[door.kind].way is Way.GROUP]
    own = [door.id for door in groups if door.audience is Audience.UNITS and unit_id in door.unit_ids]
    return own or [door.id for door in groups if door.audience is Audience.TOWN]


def _first(way: Way, doors: Sequence[Door]) -> list[int]:
    return [door.id for door in doors if FACTS[door.kind].way is way][:1]
