"""The menu: entries with the permission each needs, filled by the rooms when the house opens."""

from dataclasses import dataclass
from functools import lru_cache

from town_portal.access import policy
from town_portal.access.roles import Role


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu. ``badge`` names a figure the page's context may give."""

    label: str
    endpoint: str
    icon: str
    permissions: tuple[str, ...]
    group: str = ""
    badge: str = ""
    short: str = ""
    """The word under the icon on a phone; empty keeps it out of the bottom bar."""


@lru_cache(maxsize=64)
def menu(entries: tuple[Entry, ...], roles: frozenset[Role]) -> tuple[Entry, ...]:
    """The entries somebody with these roles may open; there are few kinds of people."""
    return tuple(entry for entry in entries if policy.allows(roles, *entry.permissions))
