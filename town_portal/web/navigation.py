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


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one heading; the first group has none."""

    label: str
    entries: tuple[Entry, ...]

    def holds(self, room: str | None) -> bool:
        """One of its entries belongs to that room, the blueprint of the page being shown."""
        return any(entry.endpoint.partition(".")[0] == room for entry in self.entries)


FOLDED_FROM = 16
"""A menu of more entries than fit beside a page of 768 pixels keeps its groups closed but the one at work."""


@lru_cache(maxsize=64)
def menu(entries: tuple[Entry, ...], roles: frozenset[Role]) -> tuple[Entry, ...]:
    """The entries somebody with these roles may open; there are few kinds of people."""
    return tuple(entry for entry in entries if policy.allows(roles, *entry.permissions))


@lru_cache(maxsize=64)
def grouped(entries: tuple[Entry, ...]) -> tuple[Group, ...]:
    """The entries by heading, in the order of their first entries."""
    labels = dict.fromkeys(entry.group for entry in entries)
    return tuple(Group(label, tuple(entry for entry in entries if entry.group == label)) for label in labels)


def folded(entries: tuple[Entry, ...]) -> bool:
    """Too many for one look."""
    return len(entries) > FOLDED_FROM
