"""Who carries a message out of the house: over HTTP, by mail, or by Apprise. No database, no retries."""

from datetime import datetime

from town_portal.notifications.couriers import http, mail, other
from town_portal.notifications.rules.connection import Connection
from town_portal.notifications.rules.kinds import ChannelKind
from town_portal.notifications.rules.outcome import Outcome
from town_portal.notifications.rules.payload import Envelope


def carry(connection: Connection, envelope: Envelope, at: datetime) -> Outcome:
    """Try once to bring a message; tells how it ended and never raises for what happens outside."""
    match connection.kind:
        case ChannelKind.SMTP:
            return mail.send(connection, envelope, at)
        case ChannelKind.APPRISE:
            return other.send(connection, envelope)
        case _:
            return http.send(connection, envelope, at)
