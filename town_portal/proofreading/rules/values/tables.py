"""Tables 表格: lines set in columns by tabs, upright bars or spaces, as cells with their places. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_RULE = re.compile(r"[\s|:+\-—]*")
_NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,12}(?:\.\d+)?)\s?(?:[^\d\s%.,:/\-—~～至]{0,3})")
_TOTAL = re.compile(r"(?:合\s*计|总\s*计|共\s*计|小\s*计|总\s*数|总\s*和|总\s*额|总\s*量)(?:[（(].{0,8}[）)])?")
_SUBTOTAL = re.compile(r"小\s*计")
_CELL = re.compile(r"[^\t|]+")
_SPACED_CELL = re.compile(r"[^ \u3000]+")
_SPACED = re.compile(r"(?!.*[。；])\S{1,20}(?:[ \u3000]+\S{1,20})+")
"""A line of short words with spaces between them."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its words, its place, and its value when it holds a number and nothing else."""

    start: int
    end: int
    words: str
    value: Decimal | None

    @property
    def total(self) -> bool:
        """Does it name a total?"""
        return _TOTAL.fullmatch(self.words) is not None

    @property
    def subtotal(self) -> bool:
        """Does it name the total of a part only?"""
        return _SUBTOTAL.match(self.words) is not None


Row = list[Cell]


def tables(text: str) -> Iterator[list[Row]]:
    """Every run of at least three lines that have the same number of columns, two or more.

    A line of totals may leave out columns after its first cell; they come back empty.
    """
    rows: list[Row] = []
    place = 0
    for line in text.split("\n"):
        row = _row(line, place)
        if row and rows and row[0].total and len(row) < len(rows[0]):
            row = [row[0], *[Cell(row[0].end, row[0].end, "", None)] * (len(rows[0]) - len(row)), *row[1:]]
        if row and rows and len(row) != len(rows[0]):
            yield from _whole(rows)
            rows = []
        if row:
            rows.append(row)
        elif not (line.strip() and _RULE.fullmatch(line)):
            yield from _whole(rows)
            rows = []
        place += len(line) + 1
    yield from _whole(rows)


def _whole(rows: list[Row]) -> Iterator[list[Row]]:
    if len(rows) >= 3 and len(rows[0]) >= 2:
        yield rows


def _row(line: str, place: int) -> Row:
    if _RULE.fullmatch(line):
        return []
    barred = "\t" in line or "|" in line
    if not barred and not _SPACED.fullmatch(line.strip()):
        return []
    return [
        cell
        for match in (_CELL if barred else _SPACED_CELL).finditer(line)
        if (cell := _cell(match, place)) is not None
    ]


def _cell(match: re.Match[str], place: int) -> Cell | None:
    words = match.group().strip()
    if not words:
        return None
    start = place + match.start() + match.group().index(words)
    found = _NUMBER.fullmatch(words)
    value = Decimal(found[1].replace(",", "")) if found else None
    return Cell(start, start + len(words), words, value)
