"""Confused words 用词混淆: both are words, and their neighbours decide which one is meant.

``data/confusions.csv`` has a line for each context in which one word stands for another: what is written, what is
meant, and where. A context is a pattern around ``_``, the place of the word: ``招租_`` (behind 招租), ``_(?=意义)``
(before 意义). ``·4`` are up to four signs of the same clause, ``·`` is one, ``{税费}`` a group of words of
``data/contexts.csv``, ``<_`` says that the word begins there and is no tail of another. Where both words may stand
(制定/制订, 作出/做出) there is no line. Lines whose context is a number are the speller's (``speller.py``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.kept import kept_for_lexicon
from town_portal.proofreading.rules.values.words import words_of
from town_portal.proofreading.rules.writing import Writing

KIND, GROUPS = "confusions", "contexts"
_CLAUSE = r"[^，。；：！？\n]"
_GROUP = re.compile(r"\{(\D+?)\}")
_UP_TO = re.compile(r"·(\d+)")
_PLAIN_BRACKET = re.compile(r"(?<!\\)\((?!\?)")
_PROOF = re.compile(r"[\d.]+")
_BEGINS = "<_"


@dataclass(frozen=True, slots=True)
class Rule:
    """One context: where ``written`` stands in it (group ``w``), ``right`` is meant."""

    written: str
    pattern: re.Pattern[str]
    right: str
    begins: bool
    """The word must begin where a word begins (再 in 再次, not in 不再)."""


def pattern_of(context: str, written: str, groups: dict[str, str]) -> re.Pattern[str]:
    """The pattern of a context with the word in its place. Refused (ValueError): a context without ``_``."""
    if context.count("_") != 1:
        raise ValueError(f"where does “{written}” stand in “{context}”?")
    words = _GROUP.sub(lambda match: f"({groups[match.group(1)]})", context)
    words = _PLAIN_BRACKET.sub("(?:", words)
    words = _UP_TO.sub(lambda match: f"{_CLAUSE}{{0,{match.group(1)}}}?", words).replace("·", _CLAUSE)
    return re.compile(words.replace(_BEGINS, "_").replace("_", f"(?P<w>{re.escape(written)})"))


@kept_for_lexicon
def _rules(lexicon: Lexicon) -> dict[str, list[Rule]]:
    """The rules by what is written, the longest first."""
    groups = {term.words: term.right for term in lexicon.of(GROUPS)}
    rules: dict[str, list[Rule]] = {}
    for term in sorted(lexicon.of(KIND), key=lambda term: -len(term.words)):
        if not _PROOF.fullmatch(term.note):
            pattern = pattern_of(term.note, term.words, groups)
            rules.setdefault(term.words, []).append(Rule(term.words, pattern, term.right, _BEGINS in term.note))
    return rules


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """One finding for each word that stands for another."""
    plain = writing.plain
    starts = frozenset(word.start for word in words_of(writing, lexicon))
    said: set[int] = set()
    for written, rules in _rules(lexicon).items():
        for rule in rules if written in plain else ():
            for match in rule.pattern.finditer(plain):
                start, end = match.span("w")
                if said.isdisjoint(range(start, end)) and (start in starts or not rule.begins):
                    said.update(range(start, end))
                    message = f"这里的“{written}”应为“{rule.right}”，请改正。"
                    yield writing.finding(Family.WORD_CONFUSION, start, end, message, rule.right)
