"""Stretches of a text: which signs are spoken for, and the sentence around a place.

Both answer at once for texts of any length: a hostile text has as many matches as signs.
"""

from bisect import bisect_right

from town_portal.proofreading.rules.writing import Writing

REACH = 240
"""A sentence is read no farther than this to either side of a place."""


class Stretches:
    """Stretches of a text of ``length`` signs, added one by one."""

    def __init__(self, length: int) -> None:
        self._taken = bytearray(length)

    def add(self, start: int, end: int) -> None:
        """Speak for a stretch."""
        self._taken[start:end] = b"\1" * (end - start)

    def touch(self, start: int, end: int) -> bool:
        """Is any sign of a stretch spoken for?"""
        return self._taken.find(1, start, end) >= 0

    def hold(self, start: int, end: int) -> bool:
        """Is every sign of a stretch spoken for?"""
        return self._taken.find(0, start, end) < 0


def sentence_at(writing: Writing, place: int) -> tuple[int, str]:
    """Where the sentence around a place of ``plain`` starts, and its words."""
    at = bisect_right(writing.sentences, (place, len(writing.plain) + 1)) - 1
    start, end = writing.sentences[at] if at >= 0 else (place, place)
    start, end = max(start, place - REACH), min(end, place + REACH)
    return start, writing.plain[start:end]
