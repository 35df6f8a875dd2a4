"""The workbook, read back."""

import io
from fractions import Fraction

from openpyxl import load_workbook

from town_portal.dashboard.rules import sheets
from town_portal.dashboard.rules.board import Quality, Time
from town_portal.dashboard.rules.sheets import Sheet
from town_portal.statistics.rules.measures import Figures, Rate
from town_portal.statistics.rules.quarter import Quarter


def test_a_workbook_has_its_sheets_and_runs_nothing() -> None:
    content = sheets.workbook([Sheet("一", ("甲", "乙"), [("=1+1", 3), ("—", 0.5)]), Sheet("二", ("丙",), [])])
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["一", "二"]
    assert [[cell.value for cell in row] for row in book["一"]] == [["甲", "乙"], ["=1+1", 3], ["—", 0.5]]
    assert book["一"]["A2"].data_type == "s"
    assert book["一"]["B2"].data_type == "n"


def test_rates_points_and_minutes_stay_numbers() -> None:
    assert sheets.rate(Rate(2, 3)) == 0.6667
    assert sheets.rate(Rate(1, 2)) == "—"
    assert sheets.exact(Fraction(173, 2)) == 86.5
    assert sheets.minutes(Fraction(135, 2)) == 67.5
    assert sheets.minutes(None) == "—"


def test_the_town_in_five_quarters() -> None:
    one = sheets.headlines({Quarter(2026, 1): Figures(submitted=4, published=3, first_pass=2, timely=3)})
    assert one.rows == [("2026年第一季度", 4, 3, 0.6667, 0, 0, 1.0, 0)]
    assert len(one.head) == len(one.rows[0])


def test_times_and_families_are_told_in_words() -> None:
    took = sheets.times([("发布", Time(done=4, spent=60, late=1, middle=Fraction(15)))])
    assert took.rows == [("发布", 4, 15.0, 15.0, 1, 0.25)]
    found = sheets.families(Quality({"typo": (1, 2, 1), "x": (0, 0, 0)}, {}, 1, 10_000), {"typo": "错别字"})
    assert found.rows == [("错别字", 1, 2, 1, "1.00"), ("x", 0, 0, 0, "0.00")]
