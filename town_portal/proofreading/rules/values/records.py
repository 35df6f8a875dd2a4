"""Records 名册: the rows of a table below a line of headings, as cells that know what their column is called.

A line of headings holds a word for who stands in the rows (姓名, 户主, 收款人); columns are divided by bars,
tabs or spaces.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_WHO = re.compile(
    r"姓\s*名|户\s*主(?:姓名)?|户\s*名|(?:学生|患者|老人|申请人|领取人|收款人|当事人|残疾人|救助人|受益人|对象|户主|儿童|死者|来信人|信访人)(?:姓名)?"
    r"|对象姓名|名字|持卡人"
)
_RULE = re.compile(r"[\s|:+\-—]*")
_CELL = re.compile(r"[^|\t丨]+")
_SPACED_CELL = re.compile(r"\S+")
_SPACED = re.compile(r"(?!.*[。；，])\s*\S{1,24}(?:[ \u3000]+\S{1,24}){1,12}\s*")


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell: what its column is called, its words and its place."""

    heading: str
    start: int
    end: int
    words: str

    @property
    def names(self) -> bool:
        """Is it the column that says who stands in the row?"""
        return _WHO.fullmatch(self.heading) is not None


def records(plain: str) -> Iterator[list[Entry]]:
    """Every row below a line of headings, as long as the rows have its columns."""
    headings: list[str] = []
    place = 0
    for line in plain.split("\n"):
        cells = _cells(line, place)
        place += len(line) + 1
        words = [plain[start:end] for start, end in cells]
        if len(cells) > 1 and any(map(_WHO.fullmatch, words)):
            headings = words
        elif headings and len(cells) == len(headings):
            yield [
                Entry(heading, start, end, plain[start:end])
                for heading, (start, end) in zip(headings, cells, strict=True)
            ]
        elif line.strip() and not _RULE.fullmatch(line):
            headings = []


def _cells(line: str, place: int) -> list[tuple[int, int]]:
    """The places of the cells of a line; none when it is no row."""
    if _RULE.fullmatch(line):
        return []
    barred = any(sign in line for sign in "|\t丨")
    if not barred and not _SPACED.fullmatch(line):
        return []
    found = []
    for match in (_CELL if barred else _SPACED_CELL).finditer(line):
        words = match.group().strip()
        if words:
            start = place + match.start() + match.group().index(words)
            found.append((start, start + len(words)))
    return found
