"""Words 词: a text cut into the likeliest words, each with its place and its part of speech.

Chinese writes no spaces. Of all ways to cut a run of signs the one is taken whose words together are
most used. Names the lexicon knows are words of their own.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.vocabulary import vocabulary
from town_portal.proofreading.rules.writing import Writing

_PIECE = re.compile(r"[\u4e00-\u9fff]+|[0-9A-Za-z.%]+|\n|[^\u4e00-\u9fff0-9A-Za-z]")
_NAME_WEIGHT = -8.0
LONGEST_RUN = 400
"""Signs cut at once; a longer run without a mark is no sentence."""


class Word(NamedTuple):
    """One word of a text."""

    start: int
    end: int
    text: str
    tag: str
    """Part of speech as in the vocabulary; ``name`` for a name of the town, ``x`` for a mark, ``m`` for figures."""

    @property
    def is_mark(self) -> bool:
        """A punctuation mark or a line's end."""
        return self.tag == "x"


def words_of(writing: Writing, lexicon: Lexicon) -> tuple[Word, ...]:
    """The words of a text, marks and figures among them."""
    return _cut(writing.plain, lexicon.own_names)


@lru_cache(maxsize=4)
def _cut(plain: str, names: frozenset[str]) -> tuple[Word, ...]:
    return tuple(_words(plain, names))


def cut(phrase: str) -> list[str]:
    """The words of a phrase without marks."""
    return list(_likeliest(phrase, frozenset()))


def _words(plain: str, names: frozenset[str]) -> Iterator[Word]:
    tag_of = vocabulary().tags.get
    for piece in _PIECE.finditer(plain):
        start = piece.start()
        run = piece.group()
        if not "\u4e00" <= run[0] <= "\u9fff":
            yield Word(start, piece.end(), run, "m" if run[0].isalnum() else "x")
            continue
        for at in range(0, len(run), LONGEST_RUN):
            for text in _likeliest(run[at : at + LONGEST_RUN], names):
                end = start + len(text)
                yield Word(start, end, text, "name" if text in names else tag_of(text, "?"))
                start = end


def _likeliest(run: str, names: frozenset[str]) -> Iterator[str]:
    """The words of a run of Chinese signs on the way that weighs most."""
    known = vocabulary()
    weight_of, reach_of, unknown = known.weights.get, known.reach.get, known.unknown
    long_names = {name[:2]: len(name) for name in sorted(names, key=len)}
    length = len(run)
    best = [0.0] * (length + 1)
    step = [1] * (length + 1)
    for place in range(length - 1, -1, -1):
        top = weight_of(run[place], unknown) + best[place + 1]
        size = 1
        head = run[place : place + 2]
        farthest = reach_of(head, 1)
        if head in long_names:
            farthest = max(farthest, long_names[head])
        for end in range(place + 2, min(place + farthest, length) + 1):
            word = run[place:end]
            weight = _NAME_WEIGHT if word in names else weight_of(word)
            if weight is not None and weight + best[end] > top:
                top, size = weight + best[end], end - place
        best[place], step[place] = top, size
    place = 0
    while place < length:
        yield run[place : place + step[place]]
        place += step[place]
