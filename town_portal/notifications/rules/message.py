"""What a caller wants told, before it is known by which channels."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Way(StrEnum):
    """By what a message may reach somebody, beside the portal itself."""

    GROUP = "group"
    """The work group of a unit, else the town's; the person is mentioned in it."""
    SMS = "sms"
    """A text to the person's phone."""
    MAIL = "mail"
    """A letter to the mail address the person gave."""

    @property
    def label(self) -> str:
        """The way in Chinese."""
        return {"group": "工作群", "sms": "短信", "mail": "邮件"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One thing to tell one person, or the work group of a unit.

    ``key`` names the message for ever: a second one with the same key is not sent. ``lines`` are
    plain text; they are cut where a channel takes less. ``path`` is the place inside the portal,
    beginning with ``/``, or empty. ``unit_id``: whose work group. Instants are aware UTC;
    ``not_before``: not sent earlier; ``expires_at``: from then on it is put away unsent.
    """

    key: str
    person_id: int | None
    subject: str
    lines: tuple[str, ...]
    path: str
    ways: frozenset[Way]
    unit_id: int | None = None
    urgent: bool = False
    not_before: datetime | None = None
    expires_at: datetime | None = None
