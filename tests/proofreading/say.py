"""Asking a check, in tests: a text in, (family, words) out."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from town_portal.proofreading.queries import shipped_terms
from town_portal.proofreading.rules.finding import Finding
from town_portal.proofreading.rules.lexicon import Lexicon, from_roster
from town_portal.proofreading.rules.writing import Writing

ROSTER = Path(__file__).with_name("roster.json")
LEXICON = from_roster(json.loads(ROSTER.read_text(encoding="utf-8")), shipped_terms())

Check = Callable[[Writing, Lexicon], Iterator[Finding]]


def day_of(words: str | date | None) -> date | None:
    """A day from its ISO words."""
    return date.fromisoformat(words) if isinstance(words, str) else words


def findings(check: Check, text: str, day: str | date | None = None, **known: Any) -> list[Finding]:
    """What a check finds in a text, in its order."""
    writing = Writing(text, day_of(day), **known)
    return sorted(check(writing, LEXICON), key=lambda finding: (finding.start, finding.end))


def found(check: Check, text: str, day: str | date | None = None, **known: Any) -> list[tuple[str, str]]:
    """(family, words) of what a check finds."""
    return [(one.family.value, text[one.start : one.end]) for one in findings(check, text, day, **known)]


def silent(check: Check, texts: Iterable[str], day: str | date | None = None, **known: Any) -> None:
    """Assert that a check says nothing about any of these texts."""
    loud = {text: said for text in texts if (said := found(check, text, day, **known))}
    assert not loud, loud
