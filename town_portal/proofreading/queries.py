"""What texts are held against, and what is found in them."""

import csv
import json
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from town_portal.foundation.db import canonical
from town_portal.network import queries as network
from town_portal.network.models import UnitKind
from town_portal.proofreading.rules.engine import proofread
from town_portal.proofreading.rules.finding import NEVER_OVERRIDDEN, Family, Finding
from town_portal.proofreading.rules.lexicon import Leader, Lexicon, Term
from town_portal.proofreading.rules.writing import Writing
from town_portal.proofreading.speller import Speller, SpellerApart, is_there, open_speller
from town_portal.settings import queries as settings

DATA = Path(__file__).with_name("data")
MODEL = Path(sys.prefix) / "share" / "town_portal" / "zh_CN.lm"
"""Where set-up puts the language model."""


@cache
def shipped_terms() -> tuple[Term, ...]:
    """The terms of every shipped list: the file's name is their kind."""
    return tuple(term for path in sorted(DATA.glob("*.csv")) for term in _terms(path))


def lexicon() -> Lexicon:
    """The town's own names, from the network and the roster in force, and the shipped terms."""
    places = network.units()
    names = tuple((unit.name, unit.kind.value) for unit in places)
    return _lexicon(names, canonical({**settings.value("roster"), **settings.value("site")}))


def findings(writing: Writing, speller: SpellerApart | None = None) -> list[Finding]:
    """Everything found in a text by the town's lexicon; what it decided to be no error is left out.

    What only the speller finds is a hint: it guesses, and it may be slow.
    """
    known = lexicon()
    found = _found(writing.text, writing.day, writing.title, writing.is_title, writing.prior, known, exceptions())
    guessed = proofread(writing, known, exceptions(), [speller.check]) if speller else []
    hints = [one for one in guessed if not any(_meet(one, other) for other in found)]
    return sorted([*found, *hints], key=lambda one: one.start)


def exceptions() -> frozenset[tuple[Family, str]]:
    """(family, words) that are no error here; personal data and secrecy are never among them."""
    words = settings.value("proofreading")["exceptions"]
    return frozenset((family, word) for family in Family if family not in NEVER_OVERRIDDEN for word in words)


def speller() -> Speller | None:
    """The speller of this process, loaded on first use; None where set-up could not bring it."""
    return open_speller(MODEL)


@cache
def speller_apart() -> SpellerApart | None:
    """The speller in a process of its own, for web requests; None where set-up could not bring it."""
    return SpellerApart(MODEL) if is_there(MODEL) else None


@lru_cache(maxsize=256)
def _found(
    text: str,
    day: date | None,
    title: str,
    is_title: bool,
    prior: tuple[str, ...],
    known: Lexicon,
    allowed: frozenset[tuple[Family, str]],
) -> tuple[Finding, ...]:
    """A text is read by its page, its form and its act: the second and third time cost nothing."""
    return tuple(proofread(Writing(text, day, title, is_title, prior), known, allowed))


def _meet(one: Finding, other: Finding) -> bool:
    return one.start < other.end and other.start < one.end


@lru_cache(maxsize=4)
def _lexicon(units: tuple[tuple[str, str], ...], facts: str) -> Lexicon:
    known: Mapping[str, Any] = json.loads(facts)
    town, county = known["town"], known["county"]
    of_kind = {kind: tuple(name for name, its in units if its == kind.value) for kind in UnitKind}
    return Lexicon(
        town_full=f"{county}{town}",
        town=town,
        party_committee=f"中共{county}{town}委员会",
        government=known["organ"],
        county=county,
        city=known["city"],
        province=known["province"],
        other_towns=tuple(known["other_towns"]),
        villages=of_kind[UnitKind.VILLAGE],
        communities=of_kind[UnitKind.COMMUNITY],
        offices=of_kind[UnitKind.OFFICE],
        places=tuple(known["places"]),
        platforms=tuple(known["platforms"]),
        leaders=tuple(_leaders(known["leaders"])),
        terms=shipped_terms(),
    )


def _leaders(lines: list[str]) -> Iterator[Leader]:
    for order, line in enumerate(lines, 1):
        name, _, titles = line.partition(" ")
        yield Leader(name, (titles.strip(),) if titles.strip() else (), order)


def _terms(path: Path) -> Iterator[Term]:
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield Term(
                path.stem, row["words"], row["right"], row["note"], _day(row["valid_from"]), _day(row["valid_to"])
            )


def _day(words: str) -> date | None:
    return date.fromisoformat(words) if words else None
