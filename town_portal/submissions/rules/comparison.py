"""Two versions of a text side by side: what was written new, what was struck out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest

from town_portal.submissions.rules.markup import Block, blocks

_TOKEN = re.compile(r"[A-Za-z]+|\d+(?:[.,]\d+)*%?|\s+|.", re.DOTALL)
_ALIKE = 0.35
"""Below this likeness two paragraphs are one struck out and one new, not one changed."""


_MOST_PAIRS, _MOST_LINE_PAIRS, _MOST_CHANGED_PAIRS = 1_000_000, 250_000, 2_500
"""Beyond these sizes looking for what is alike takes too long: a paragraph is shown as struck out and written new."""


class Piece(StrEnum):
    """What became of some words."""

    SAME = "same"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the comparison: its place in the text and its words piece by piece."""

    tag: str
    pieces: tuple[tuple[Piece, str], ...]
    token: str | None = None
    """The picture it is about, if it is one."""
    number: int | None = None
    """The change's number, when something changed; for links to jump along."""

    @property
    def changed(self) -> bool:
        """Something in this line is new or gone."""
        return self.number is not None


def compare_words(old: str, new: str) -> tuple[tuple[Piece, str], ...]:
    """The pieces of one changed line: characters of Chinese, whole words and numbers of the rest."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) * len(after) > _MOST_PAIRS:
        return ((Piece.SAME, new),) if old == new else ((Piece.GONE, old), (Piece.NEW, new))
    pieces: list[tuple[Piece, str]] = []
    for operation, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if operation == "equal":
            pieces.append((Piece.SAME, "".join(after[j1:j2])))
            continue
        if i1 < i2:
            pieces.append((Piece.GONE, "".join(before[i1:i2])))
        if j1 < j2:
            pieces.append((Piece.NEW, "".join(after[j1:j2])))
    return tuple(pieces)


def compare(old: str, new: str) -> list[Line]:
    """The lines of two stored texts against each other; changed ones are numbered from 1."""
    before, after = _lines(old), _lines(new)
    if len(before) * len(after) > _MOST_LINE_PAIRS:
        return _numbered(_one_by_one(before, after))
    lines: list[Line] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for operation, i1, i2, j1, j2 in matcher.get_opcodes():
        if operation == "equal":
            lines += [Line(tag, ((Piece.SAME, text),), token) for tag, text, token in after[j1:j2]]
        else:
            lines += _changed(before[i1:i2], after[j1:j2])
    return _numbered(lines)


def _one_by_one(before: Sequence["_Row"], after: Sequence["_Row"]) -> list[Line]:
    """Very long texts: line against line in their order, without looking for what moved."""
    lines: list[Line] = []
    for old, new in zip_longest(before, after):
        if old == new:
            lines.append(Line(new[0], ((Piece.SAME, new[1]),), new[2]))
            continue
        if old is not None:
            lines.append(Line(old[0], ((Piece.GONE, old[1]),), old[2]))
        if new is not None:
            lines.append(Line(new[0], ((Piece.NEW, new[1]),), new[2]))
    return lines


def _numbered(lines: list[Line]) -> list[Line]:
    numbered, number = [], 0
    for line in lines:
        if any(piece is not Piece.SAME for piece, _ in line.pieces):
            number += 1
            line = Line(line.tag, line.pieces, line.token, number)  # noqa: PLW2901 - the same line with its number
        numbered.append(line)
    return numbered


_Row = tuple[str, str, str | None]


def _changed(before: Sequence[_Row], after: Sequence[_Row]) -> list[Line]:
    """Pair what is alike, in order; what has no like is gone or new."""
    if len(before) * len(after) > _MOST_CHANGED_PAIRS:
        return _one_by_one(before, after)
    lines: list[Line] = []
    rest = list(before)
    for tag, text, token in after:
        position = next(
            (at for at, row in enumerate(rest) if row[2] == token and (token or _likeness(row[1], text) >= _ALIKE)),
            None,
        )
        if position is None:
            lines.append(Line(tag, ((Piece.NEW, text),), token))
            continue
        lines += [Line(row[0], ((Piece.GONE, row[1]),), row[2]) for row in rest[:position]]
        lines.append(Line(tag, compare_words(rest[position][1], text), token))
        rest = rest[position + 1 :]
    return lines + [Line(row[0], ((Piece.GONE, row[1]),), row[2]) for row in rest]


def _likeness(old: str, new: str) -> float:
    return SequenceMatcher(None, old, new, autojunk=False).quick_ratio()


def _lines(stored: str) -> list[_Row]:
    return [row for block in blocks(stored) for row in _rows(block)]


def _rows(block: Block) -> list[_Row]:
    if block.token:
        seen = f"（画面：{block.alt}）" if block.alt else ""
        return [("figure", f"{block.text}{seen}" or "（没有说明的照片）", block.token)]
    tag = {"ul": "li", "ol": "li", "table": "tr"}.get(block.tag, block.tag)
    return [(tag, line, None) for line in block.lines]
