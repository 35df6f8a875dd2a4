"""A question in the language of each engine's full-text machine. Words are letters and digits only: nothing to escape."""

from collections.abc import Sequence
from dataclasses import dataclass

from town_portal.search.rules.grams import wanted
from town_portal.search.rules.question import Question


@dataclass(frozen=True, slots=True)
class Language:
    """How an engine writes both, either, a pair, and the beginning of a pair."""

    both: str
    either: str
    pair: str
    beginning: str


SQLITE = Language(" AND ", " OR ", '"{}"', '"{}"*')
"""FTS5."""
POSTGRESQL = Language(" & ", " | ", "'{}'", "'{}':*")
"""tsquery."""


def expression(question: Question, language: Language, *, in_title: bool) -> str:
    """Every word in one of its wordings, every pair of a wording; only in titles, or anywhere."""
    return language.both.join(
        "(" + language.either.join(_wording(wording, language, in_title=in_title) for wording in word) + ")"
        for word in question.words
    )


def all_but_one(pairs: Sequence[str], language: Language) -> str:
    """Every one of the pairs but any one: a sign too many or too few, or a bracket between."""
    return language.either.join(
        "(" + language.both.join(_pair(pair, language) for pair in pairs if pair != left_out) + ")"
        for left_out in pairs
    )


def _wording(wording: str, language: Language, *, in_title: bool) -> str:
    pairs = (gram for part in wording.split() for gram in wanted(part, in_title=in_title))
    return "(" + language.both.join(_pair(gram, language) for gram in pairs) + ")"


def _pair(gram: str, language: Language) -> str:
    return language.beginning.format(gram[:-1]) if gram.endswith("*") else language.pair.format(gram)
