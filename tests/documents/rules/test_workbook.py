import io
import zipfile
from decimal import Decimal

from openpyxl import load_workbook

from town_portal.documents.rules.workbook import Sheet, workbook


def opened(*sheets: Sheet):
    return load_workbook(io.BytesIO(workbook(sheets)))


def test_numbers_are_numbers_and_words_are_words() -> None:
    page = opened(Sheet("排名", ("名次", "单位", "得分"), [(1, "官山村", Decimal("98.5")), (None, "0012", 3)])).active
    assert [[cell.value for cell in row] for row in page.rows] == [
        ["名次", "单位", "得分"],
        [1, "官山村", 98.5],
        [None, "0012", 3],
    ]
    assert page["B3"].data_type == "s"


def test_nothing_in_it_runs() -> None:
    wicked = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "http://x.example"]
    content = workbook([Sheet("表", ("甲",), [(words,) for words in wicked])])
    page = load_workbook(io.BytesIO(content)).active
    assert [cell.value for cell in page["A"]][1:] == wicked
    assert {cell.data_type for cell in page["A"]} == {"s"}
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


def test_title_over_and_notes_under_the_table() -> None:
    page = opened(Sheet("表", ("甲", "乙"), [(1, 2)], title="2026年排名", notes=("注：并列。",))).active
    assert page["A1"].value == "2026年排名"
    assert page["A2"].value == "甲"
    assert page["A4"].value == "注：并列。"
    assert page.print_title_rows == "$2:$2"


def test_names_of_sheets_are_made_to_fit() -> None:
    book = opened(*(Sheet("[村]/社区" * 9, ("甲",), []) for _ in range(2)), Sheet("", ("甲",), []))
    assert len(set(book.sheetnames)) == 3
    assert all(len(name) <= 31 and "/" not in name for name in book.sheetnames)
