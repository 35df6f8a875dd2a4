"""When a session is over: idle too long, or too old altogether. Both are counted on the server."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from town_portal.access.roles import Role

GRACE = timedelta(seconds=10)
"""How long requests already under way may still carry the token from before a rotation."""


def new_token() -> str:
    """256 random bits for the cookie; the server keeps only the hash."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """What the server keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_over(
    now: datetime, created_at: datetime, last_seen_at: datetime, roles: frozenset[Role], limits: Mapping[str, Any]
) -> bool:
    """Has the session passed its idle limit (minutes; shorter for administrators) or its age limit (hours)?"""
    idle = limits["administrator_idle_minutes"] if Role.ADMINISTRATOR in roles else limits["idle_minutes"]
    return now - last_seen_at > timedelta(minutes=idle) or now - created_at > timedelta(hours=limits["absolute_hours"])


def confirmed_lately(now: datetime, reauthenticated_at: datetime | None, limits: Mapping[str, Any]) -> bool:
    """Was the password given again within the limit (minutes)? Then an earlier stage's signature needs it not."""
    return reauthenticated_at is not None and now - reauthenticated_at <= timedelta(
        minutes=limits["reauthentication_minutes"]
    )
