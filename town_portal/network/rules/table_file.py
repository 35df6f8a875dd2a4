"""Tables that come in and go out as CSV or .xlsx: bytes in, rows of text out, and back.

Outgoing cells are never formulas: a CSV cell that a spreadsheet would run gets a leading
apostrophe (which reading takes off again), an .xlsx cell is written as a string.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl.reader.excel import load_workbook
from xlsxwriter import Workbook

from town_portal.foundation.errors import Refused

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 40 * 1024 * 1024
MOST_COLUMNS = 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a table is read."""

    rows: int = 2_000
    characters: int = 200
    """In one cell."""


ROSTER = Limits()

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

Table = list[list[str]]

_LIVE = re.compile(r"^[=+\-@\t\r]")
_TAMED = re.compile(r"^'(?=[=+\-@\t\r])")


def read(name: str, content: bytes, limits: Limits = ROSTER) -> Table:
    """The rows of a .csv (UTF-8 or GB18030) or .xlsx file, cells stripped, blank rows kept as [].

    Row ``n`` of the answer is line ``n + 1`` of the sheet. Refused when the file is of another
    kind, too big, or holds formulas.
    """
    if len(content) > MOST_BYTES:
        raise Refused("文件超过 2 MB，请分成几个文件导入")
    if name.lower().endswith(".xlsx"):
        table = _read_workbook(content, limits)
    elif name.lower().endswith(".csv"):
        table = _read_csv(content, limits)
    else:
        raise Refused("只能导入 .xlsx 或 .csv 文件，.xls 请先另存为 .xlsx")
    while table and not any(table[-1]):
        table.pop()
    if not table:
        raise Refused("文件是空的，请对照模板填好再导入")
    return table


def write_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """CSV that Excel opens as Chinese (with BOM) and that runs nothing."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([tame(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def write_workbook(title: str, rows: Iterable[Sequence[str]]) -> bytes:
    """A workbook of one sheet; every cell is a string, so nothing in it runs."""
    content = io.BytesIO()
    with Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(title)
        head = book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell, head if number == 0 else None)
        sheet.autofit()
    return content.getvalue()


def tame(cell: str) -> str:
    """A cell a spreadsheet shows instead of running it."""
    return f"'{cell}" if _LIVE.match(cell) else cell


def _read_csv(content: bytes, limits: Limits) -> Table:
    text = _decode(content)
    table: Table = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), strict=True):
            _check_size(len(table), len(row), limits)
            table.append([_cell(cell, len(table), column, limits) for column, cell in enumerate(row)])
    except csv.Error:
        raise Refused(f"第 {len(table) + 1} 行的引号没有成对，请检查") from None
    return table


def _decode(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("文件的文字读不出来，请另存为“CSV UTF-8”或 .xlsx 再导入")


def _read_workbook(content: bytes, limits: Limits) -> Table:
    _check_package(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        table: Table = []
        for row in sheet.iter_rows():
            _check_size(len(table), len(row), limits)
            table.append([_workbook_cell(cell, len(table), column, limits) for column, cell in enumerate(row)])
        book.close()
    except Refused:
        raise
    except Exception:  # noqa: BLE001 - a broken workbook may fail in any way
        raise Refused("这个 .xlsx 打不开，请用 Excel 或 WPS 打开后另存一份再导入") from None
    return table


def _check_package(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            unpacked = sum(entry.file_size for entry in package.infolist())
    except zipfile.BadZipFile:
        raise Refused("这个 .xlsx 打不开，请用 Excel 或 WPS 打开后另存一份再导入") from None
    if unpacked > MOST_UNPACKED:
        raise Refused("文件里的内容太多，请分成几个文件导入")


def _check_size(rows: int, columns: int, limits: Limits) -> None:
    if rows >= limits.rows:
        raise Refused(f"一次最多导入 {limits.rows} 行，请分成几个文件")
    if columns > MOST_COLUMNS:
        raise Refused(f"第 {rows + 1} 行有 {columns} 列，最多 {MOST_COLUMNS} 列，请对照模板删掉多余的列")


def _workbook_cell(cell: Any, row: int, column: int, limits: Limits) -> str:
    if cell.value is None:
        return ""
    if cell.data_type == "f":
        raise Refused(f"第 {row + 1} 行第 {column + 1} 列是公式，请改成普通文字或数字")
    return _cell(_words(cell.value), row, column, limits)


def _words(value: Any) -> str:
    match value:
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case bool():
            return "是" if value else "否"
    return str(value)


def _cell(text: str, row: int, column: int, limits: Limits) -> str:
    text = _TAMED.sub("", text.strip())
    if len(text) > limits.characters:
        raise Refused(f"第 {row + 1} 行第 {column + 1} 列超过 {limits.characters} 个字，请改短")
    if "\x00" in text:
        raise Refused(f"第 {row + 1} 行第 {column + 1} 列里有看不见的字符，请重新输入")
    return text
