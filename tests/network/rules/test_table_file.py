"""Tables in and out as CSV and .xlsx."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from openpyxl import Workbook, load_workbook

from town_portal.foundation.errors import Refused
from town_portal.network.rules import table_file

ROWS = [["姓名", "手机号"], ["李月娥", "13826704412"]]
LIVE = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0"]


def workbook(rows: list[list[Any]]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_reads_csv_in_the_encodings_people_have(encoding: str) -> None:
    assert table_file.read("名单.CSV", "姓名,手机号\r\n李月娥, 13826704412 \r\n\r\n".encode(encoding)) == ROWS


def test_reads_a_workbook() -> None:
    assert table_file.read("a.xlsx", workbook([["姓名", "手机号"], ["李月娥", 13826704412]])) == ROWS


def test_reads_dates_numbers_and_truths_as_words() -> None:
    table = table_file.read("a.xlsx", workbook([["甲", "乙", "丙", "丁"], [date(2026, 4, 1), None, 2.0, True]]))
    assert table[1] == ["2026-04-01", "", "2", "是"]


def test_keeps_the_number_of_a_line_over_blank_rows() -> None:
    assert table_file.read("a.csv", b"a\n\nb\n\n\n") == [["a"], [], ["b"]]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.xls", b"", "只能导入"),
        ("a.csv", b"", "空的"),
        ("a.csv", b"\n \n,,\n", "空的"),
        ("a.csv", b'a,"b\n', "引号"),
        ("a.csv", b"\xff\xff\xff", "读不出来"),
        ("a.csv", b"a" * (table_file.MOST_BYTES + 1), "2 MB"),
        ("a.csv", b"a\n" * (table_file.ROSTER.rows + 1), "2000 行"),
        ("a.csv", b"a," * table_file.MOST_COLUMNS, "21 列"),
        ("a.csv", b"a" * 201, "第 1 行第 1 列超过 200 个字"),
        ("a.csv", b"x\na\x00b", "看不见的字符"),
        ("a.xlsx", b"no zip", "打不开"),
        ("a.xlsx", workbook([])[:300], "打不开"),
        ("a.xlsx", workbook([["姓名"], ["=1+1"]]), "第 2 行第 1 列是公式"),
    ],
)
def test_refuses_with_a_reason(name: str, content: bytes, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        table_file.read(name, content)


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr("x", "x")
    with pytest.raises(Refused, match="打不开"):
        table_file.read("a.xlsx", content.getvalue())


def test_a_zip_that_unpacks_to_too_much_is_refused() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b"\0" * (table_file.MOST_UNPACKED + 1))
    with pytest.raises(Refused, match="太多"):
        table_file.read("a.xlsx", content.getvalue())


@pytest.mark.parametrize("cell", [*LIVE, "\tx", "\rx"])
def test_nothing_in_a_csv_runs(cell: str) -> None:
    assert table_file.tame(cell) == f"'{cell}"
    assert table_file.write_csv([[cell]]).decode("utf-8-sig").strip("\r\n").strip('"').startswith("'")


def test_a_csv_opens_as_chinese() -> None:
    assert table_file.write_csv(ROWS) == "\ufeff姓名,手机号\r\n李月娥,13826704412\r\n".encode()


@pytest.mark.parametrize("cell", LIVE)
def test_nothing_in_a_workbook_runs(cell: str) -> None:
    book = load_workbook(io.BytesIO(table_file.write_workbook("名录", [["甲"], [cell]])))
    read = book.active["A2"]  # type: ignore[index]
    assert (read.data_type, read.value) == ("s", cell)


cells = some.text(some.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), min_size=1, max_size=30).filter(
    lambda text: text == text.strip() and not text.startswith("'")
)


@given(some.lists(some.lists(cells, min_size=1, max_size=4), min_size=1, max_size=5))
def test_what_is_written_is_read_again(rows: list[list[str]]) -> None:
    assert table_file.read("a.csv", table_file.write_csv(rows)) == rows
