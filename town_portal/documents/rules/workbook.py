"""Tables as .xlsx: every cell is a string or a number, so nothing in a workbook ever runs."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from xlsxwriter import Workbook

from town_portal.documents.rules.paper import width

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = str | int | Decimal | Fraction | None

WIDEST = 60
"""Characters a column is wide at most."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a title over the table, its head, its rows, and lines under it."""

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    title: str = ""
    notes: Sequence[str] = ()
    across: bool = False
    """Printed across."""


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """The .xlsx of these sheets: A4, one page wide, the head on every page.

    Text is written as text, whatever it begins with (=, +, -, @), numbers as numbers.
    """
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(content, options) as book:
        looks = _Looks(book)
        used: set[str] = set()
        for sheet in sheets:
            name = _free_name(sheet.name, used)
            used.add(name.lower())
            _write(book.add_worksheet(name), sheet, looks)
    return content.getvalue()


class _Looks:
    def __init__(self, book: Workbook) -> None:
        table = {"border": 1, "valign": "vcenter", "font_name": "宋体", "font_size": 10.5}
        self.title = book.add_format({"bold": True, "align": "center", "font_name": "黑体", "font_size": 16})
        self.head = book.add_format(
            {**table, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#F2F2F2"}
        )
        self.words = book.add_format({**table, "text_wrap": True})
        self.number = book.add_format({**table, "align": "right"})
        self.note = book.add_format({"font_name": "宋体", "font_size": 10.5})


def _free_name(name: str, used: set[str]) -> str:
    """A name a sheet may bear: 31 characters, no brackets and slashes, none twice."""
    plain = _FORBIDDEN.sub("", name).strip("'")[:31] or "表"
    found, count = plain, 1
    while found.lower() in used:
        count += 1
        found = f"{plain[: 31 - len(str(count))]}{count}"
    return found


def _write(page: Any, sheet: Sheet, looks: _Looks) -> None:
    top = 0
    columns = max([len(sheet.head), *(len(row) for row in sheet.rows)])
    if sheet.title:
        if columns > 1:
            page.merge_range(0, 0, 0, columns - 1, "", looks.title)
        page.write_string(0, 0, sheet.title, looks.title)
        top = 1
    for column, words in enumerate(sheet.head):
        page.write_string(top, column, words, looks.head)
    for line, row in enumerate(sheet.rows, top + 1):
        for column, cell in enumerate(row):
            _cell(page, line, column, cell, looks)
    for line, words in enumerate(sheet.notes, top + 1 + len(sheet.rows)):
        page.write_string(line, 0, words, looks.note)
    for column in range(columns):
        cells = [row[column] for row in (sheet.head, *sheet.rows) if column < len(row)]
        wide = max((2 * width(str(cell)) for cell in cells if cell is not None), default=8)
        page.set_column(column, column, min(WIDEST, wide + 2))
    page.freeze_panes(top + 1, 0)
    page.repeat_rows(top)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    if sheet.across:
        page.set_landscape()


def _cell(page: Any, line: int, column: int, cell: Cell, looks: _Looks) -> None:
    if isinstance(cell, str):
        page.write_string(line, column, cell, looks.words)
    elif cell is None:
        page.write_blank(line, column, None, looks.words)
    else:
        page.write_number(line, column, float(cell), looks.number)
