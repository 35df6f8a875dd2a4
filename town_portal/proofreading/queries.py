"""What texts are held against: the terms shipped with the product."""

import csv
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from town_portal.proofreading.rules.lexicon import Term

DATA = Path(__file__).with_name("data")


@cache
def shipped_terms() -> tuple[Term, ...]:
    """The terms of every shipped list: the file's name is their kind."""
    return tuple(term for path in sorted(DATA.glob("*.csv")) for term in _terms(path))


def _terms(path: Path) -> Iterator[Term]:
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield Term(
                path.stem, row["words"], row["right"], row["note"], _day(row["valid_from"]), _day(row["valid_to"])
            )


def _day(words: str) -> date | None:
    return date.fromisoformat(words) if words else None
