"""The calendar feed: due dates as iCalendar (RFC 5545), behind a secret address."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from town_portal.workflow.duty import Duty

PRODUCT = "-//town_portal//duties//ZH"
LONGEST_LINE = 75
"""Octets of one line (RFC 5545, 3.1)."""
SHOWN_FOR = timedelta(minutes=30)
"""A due date stands in the calendar as the half hour before it."""


def new_token() -> str:
    """256 random bits for the address; the server keeps only the hash."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """What the server keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def calendar(name: str, duties: Iterable[tuple[Duty, str]], now: datetime, *, titles: bool) -> str:
    """A person's due dates as one calendar. ``duties`` are (duty, address where it is done).

    Nothing more than a title stands in it, and without ``titles`` not even that. Instants in and out are UTC.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT30M",
    ]
    for duty, address in duties:
        named = f"《{duty.what}》" if titles and duty.what else ""
        lines += [
            "BEGIN:VEVENT",
            f"UID:{hashlib.sha256(duty.key.encode()).hexdigest()[:32]}@town_portal",
            f"DTSTAMP:{_moment(now)}",
            f"DTSTART:{_moment(duty.due_at - SHOWN_FOR)}",
            f"DTEND:{_moment(duty.due_at)}",
            f"SUMMARY:{_text(f'到期：{duty.label}{named}')}",
            f"URL:{address}",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """A value of type TEXT: its special signs escaped, no line breaks (3.3.11)."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())


def _folded(line: str) -> str:
    """A long line over several, never within a character (3.1)."""
    parts: list[str] = []
    part = ""
    for sign in line:
        room = LONGEST_LINE - (1 if parts else 0)
        if len((part + sign).encode()) > room:
            parts.append(part)
            part = ""
        part += sign
    return "\r\n ".join([*parts, part])
