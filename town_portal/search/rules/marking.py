"""Showing why something was found: the words marked in a title, and the lines around them in a text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from town_portal.search.rules.grams import alike_with_places

BEFORE, LENGTH = 24, 96
"""Signs of a passage before the first word found, and in all."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a shown text; ``found`` when it is one of the words asked for."""

    text: str
    found: bool = False


def marked(text: str, wordings: Iterable[str]) -> tuple[Piece, ...]:
    """A text in pieces, the wordings (made alike, longest first) marked where they stand."""
    spans = _spans(text, tuple(wordings))
    return tuple(_pieces(text, spans, 0, len(text)))


def passage(text: str, wordings: Iterable[str]) -> tuple[Piece, ...]:
    """About two lines of a text around the first wording found in it, marked; nothing when none is there."""
    flat = " ".join(text.split())
    spans = _spans(flat, tuple(wordings))
    if not spans:
        return ()
    start = max(0, spans[0][0] - BEFORE)
    end = min(len(flat), start + LENGTH)
    pieces = list(_pieces(flat, spans, start, end))
    before = [Piece("…")] if start else []
    after = [Piece("…")] if end < len(flat) else []
    return tuple(before + pieces + after)


def _pieces(text: str, spans: list[tuple[int, int]], start: int, end: int) -> Iterator[Piece]:
    at = start
    for first, last in spans:
        if first < at or first >= end:
            continue
        if first > at:
            yield Piece(text[at:first])
        at = min(last, end)
        yield Piece(text[first:at], found=True)
    if at < end:
        yield Piece(text[at:end])


def _spans(text: str, wordings: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where the wordings stand, from left to right, none over another."""
    compared, places = alike_with_places(text)
    taken: list[tuple[int, int]] = []
    for wording in wordings:
        at = compared.find(wording)
        while at >= 0:
            span = places[at], places[at + len(wording) - 1] + 1
            if all(span[1] <= first or span[0] >= last for first, last in taken):
                taken.append(span)
            at = compared.find(wording, at + len(wording))
    return sorted(taken)
