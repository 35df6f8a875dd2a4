"""Kept 留存: what is drawn out of a lexicon once and used for every text that is held against it."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from town_portal.proofreading.rules.lexicon import Lexicon

T = TypeVar("T")
MOST = 4
"""So many lexicons are remembered: that of the day, and a few for looking back."""


def kept_for_lexicon(make: Callable[[Lexicon], T]) -> Callable[[Lexicon], T]:
    """A function of a lexicon that works once for each and then gives the same answer again.

    Lexicons are told apart as objects: hashing thousands of terms would cost more than the answer.
    """
    answers: dict[int, tuple[Lexicon, T]] = {}

    @wraps(make)
    def answer(lexicon: Lexicon) -> T:
        kept = answers.get(id(lexicon))
        if kept is not None and kept[0] is lexicon:
            return kept[1]
        made = make(lexicon)
        while len(answers) >= MOST:
            answers.pop(next(iter(answers)), None)
        answers[id(lexicon)] = (lexicon, made)
        return made

    return answer
