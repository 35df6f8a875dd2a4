"""What is worked out once for a lexicon and kept for the next text."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from town_portal.proofreading.rules.lexicon import Lexicon

Made = TypeVar("Made")


def kept_for_lexicon(make: Callable[[Lexicon], Made]) -> Callable[[Lexicon], Made]:
    """A maker that works once for a lexicon; the answer goes when another lexicon comes.

    The lexicon is known by identity: its value is thousands of terms, and one is in use at a time.
    """
    kept: list[tuple[Lexicon, Made]] = []

    @wraps(make)
    def made(lexicon: Lexicon) -> Made:
        if kept and kept[0][0] is lexicon:
            return kept[0][1]
        fresh = make(lexicon)
        kept[:] = [(lexicon, fresh)]
        return fresh

    return made
