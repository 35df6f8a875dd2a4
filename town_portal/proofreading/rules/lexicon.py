"""Lexicon 词库: what the town knows and a text is held against, each with its days of validity."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any


@dataclass(frozen=True, slots=True)
class Term:
    """词条: one entry. What ``words`` and ``right`` mean depends on the kind (see ``data/README.md``)."""

    kind: str
    words: str
    right: str = ""
    note: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def valid_on(self, day: date | None) -> bool:
        """Does it hold on a day? Without a day, what holds today without limit of time."""
        if day is None:
            return self.valid_to is None
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Leader:
    """领导: name, titles, and place in the order, for the days of a term of office."""

    name: str
    titles: tuple[str, ...]
    order: int
    valid_from: date | None = None
    valid_to: date | None = None

    def valid_on(self, day: date | None) -> bool:
        """In office on a day?"""
        if day is None:
            return self.valid_to is None
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Everything names and phrases are checked against. One is built for each state of the town's facts."""

    town_full: str = ""
    town: str = ""
    party_committee: str = ""
    government: str = ""
    county: str = ""
    city: str = ""
    province: str = ""
    other_towns: tuple[str, ...] = ()
    villages: tuple[str, ...] = ()
    communities: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    leaders: tuple[Leader, ...] = ()
    terms: tuple[Term, ...] = field(default=(), repr=False)

    @cached_property
    def _by_kind(self) -> dict[str, tuple[Term, ...]]:
        kinds: dict[str, list[Term]] = {}
        for term in self.terms:
            kinds.setdefault(term.kind, []).append(term)
        return {kind: tuple(found) for kind, found in kinds.items()}

    def of(self, kind: str, day: date | None = None) -> tuple[Term, ...]:
        """The terms of a kind that hold on a day."""
        return tuple(term for term in self._by_kind.get(kind, ()) if term.valid_on(day))

    @cached_property
    def own_names(self) -> frozenset[str]:
        """Every proper name of the roster: never taken for a slip of the pen."""
        people = (leader.name for leader in self.leaders)
        bare = (name.removesuffix("村").removesuffix("社区") for name in (*self.villages, *self.communities))
        return frozenset(
            name
            for name in (
                self.town_full, self.town, self.party_committee, self.government, self.county, self.city,
                self.province, *self.other_towns, *self.villages, *self.communities, *self.offices, *self.places,
                *self.platforms, *people, *bare,
            )
            if len(name) >= 2
        )  # fmt: skip


def from_roster(roster: Mapping[str, Any], terms: Iterable[Term] = ()) -> Lexicon:
    """A lexicon from a roster as the town keeps it (JSON), with terms of every kind."""
    town = roster.get("town", {})
    return Lexicon(
        town_full=town.get("full", ""),
        town=town.get("short", ""),
        party_committee=town.get("party", ""),
        government=town.get("gov", ""),
        county=roster.get("county", ""),
        city=roster.get("city", ""),
        province=roster.get("province", ""),
        other_towns=tuple(roster.get("other_towns", ())),
        villages=tuple(roster.get("villages", ())),
        communities=tuple(roster.get("communities", ())),
        offices=tuple(roster.get("offices", ())),
        places=tuple(roster.get("places", ())),
        platforms=tuple(roster.get("platforms", ())),
        leaders=tuple(
            Leader(
                leader["name"],
                tuple(leader.get("titles", ())),
                leader.get("order", place),
                _day(leader.get("from")),
                _day(leader.get("to")),
            )
            for place, leader in enumerate(roster.get("leaders", ()), 1)
        ),
        terms=tuple(terms),
    )


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
