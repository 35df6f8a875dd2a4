"""The menu: entries with the permission each needs, filled by the rooms when the house opens."""

from dataclasses import dataclass

from town_portal.access import policy
from town_portal.access.actor import Actor


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


def menu(entries: tuple[Entry, ...], actor: Actor) -> list[Entry]:
    """The entries this person may open."""
    return [entry for entry in entries if policy.allows(actor.roles, *entry.permissions)]
