"""Passages a reviewer marks: words quoted from the text, and what is wrong with them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from town_portal.foundation.errors import Refused

MOST = 10


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked passage: its words as they stand in the text, and the reviewer's note."""

    quote: str
    note: str


def check(marks: Iterable[Mark], text: str) -> list[dict[str, str]]:
    """The marks as they are kept; Refused for words that do not stand in the text."""
    kept = [{"quote": mark.quote.strip(), "note": mark.note.strip()} for mark in marks if mark.quote.strip()]
    for mark in kept:
        if mark["quote"] not in text:
            raise Refused(f"“{mark['quote']}”在稿件里找不到，请从正文里照原样复制要标出的文字。")
    return kept[:MOST]


def split(text: str, marks: Iterable[Mapping[str, str]]) -> list[tuple[str, int | None]]:
    """A line cut at its marked passages: (words, number of the mark or None); the first match counts."""
    pieces: list[tuple[str, int | None]] = [(text, None)]
    for number, mark in enumerate(marks, 1):
        for position, (words, marked) in enumerate(pieces):
            if marked is None and mark["quote"] in words:
                before, _, after = words.partition(mark["quote"])
                found: list[tuple[str, int | None]] = [(before, None), (mark["quote"], number), (after, None)]
                pieces[position : position + 1] = [piece for piece in found if piece[0]]
                break
    return pieces
