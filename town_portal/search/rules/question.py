"""What is asked: the words of a question, each with the words that mean the same.

A question is read strictly first. Where nothing is found it may be asked again more loosely: without the little words
that people put between (的, 怎么, 在哪里), and then by most of its pairs.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from town_portal.search.rules.grams import alike

LONGEST = 60
MOST_WORDS = 6
_LITTLE = re.compile(
    r"怎么样|怎么|怎样|如何|什么|哪里|哪些|哪个|多少|是不是|有没有|请问|关于|有关|我要|我想|在哪|的|了|和|与|及|或|吗|呢|办理|去年|今年"
)


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for: every word, in one of its wordings. The first wording is the asker's own."""

    words: tuple[tuple[str, ...], ...]

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def wordings(self) -> tuple[str, ...]:
        """Every wording of every word, the longest first: what is marked in what was found."""
        return tuple(sorted({one for word in self.words for one in word}, key=lambda one: (-len(one), one)))

    @property
    def own(self) -> tuple[str, ...]:
        """The asker's own words."""
        return tuple(word[0] for word in self.words)

    @property
    def phrase(self) -> str:
        """The asker's words as one, to tell a title that says just this."""
        return " ".join(self.own)


def asked(typed: str) -> Question:
    """The question as it was typed: blanks and signs part its words, at most six; nothing for an empty one."""
    return _question(alike(typed[:LONGEST]).split())


def loosely(typed: str) -> Question:
    """The question without the little words between; nothing when that changes nothing."""
    strict = alike(typed[:LONGEST]).split()
    loose = [part for word in strict for part in _LITTLE.sub(" ", word).split() if len(part) > 1]
    return Question(()) if loose == strict else _question(loose)


def _question(words: Iterable[str]) -> Question:
    kept = list(dict.fromkeys(words))[:MOST_WORDS]
    return Question(tuple((word, *same_as(word)) for word in kept))


def same_as(word: str) -> tuple[str, ...]:
    """The other wordings of a word, as the list of synonyms has them."""
    return _synonyms().get(word, ())


@cache
def _synonyms() -> dict[str, tuple[str, ...]]:
    """Each word with the others of its line in ``data/synonyms.csv``; a word stands in one line."""
    found: dict[str, tuple[str, ...]] = {}
    source = resources.files("town_portal.search").joinpath("data/synonyms.csv").read_text(encoding="utf-8")
    for line in csv.reader(row for row in source.splitlines() if row and not row.startswith("#")):
        words = [alike(word) for word in line]
        for word in words:
            if word in found:
                raise ValueError(f"{word} stands in two lines of synonyms.csv")
            found[word] = tuple(other for other in words if other != word)
    return found
