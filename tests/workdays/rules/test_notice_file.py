"""Reading a year's notice."""

from datetime import date

import pytest

from tests.workdays.years import SHIPPED, text_of
from town_portal.foundation.errors import Refused
from town_portal.workdays.rules.notice_file import parse, source_of

DAY = "2027-01-01,0,元旦放假"


def test_a_table_in_order() -> None:
    text = "# 来源：某通知\nday,works,name\n2027-01-09,1,调休上班\n\n2027-01-01,0,元旦放假\n"
    assert parse(text) == [(date(2027, 1, 1), False, "元旦放假"), (date(2027, 1, 9), True, "调休上班")]
    assert source_of(text) == "某通知"


@pytest.mark.parametrize("day", ["2027-1-1", "2027/1/1", "2027.01.01", "2027年1月1日"])
@pytest.mark.parametrize(
    ("word", "works"), [("上班", True), ("放假", False), ("是", True), ("休", False), ("TRUE", True)]
)
def test_what_a_spreadsheet_gives(day: str, word: str, works: bool) -> None:
    assert parse(f"\ufeff日期\t上班\t名称\r\n{day}\t{word}\t元旦\r\n") == [(date(2027, 1, 1), works, "元旦")]


def test_full_width_commas() -> None:
    assert parse("日期，上班，名称\n2027-01-01，0，元旦放假") == [(date(2027, 1, 1), False, "元旦放假")]


def test_columns_in_any_order() -> None:
    assert parse("名称,日期,上班\n元旦放假,2027-01-01,0") == [(date(2027, 1, 1), False, "元旦放假")]


def test_without_a_source() -> None:
    assert source_of("day,works,name\n" + DAY) == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "没有日子"),
        ("day,works,name\n", "没有日子"),
        ("day,works,name,colour\n" + DAY, "不认识表头“colour”"),
        ("day,works\n2027-01-01,0", "三列"),
        ("day,day,name\n" + DAY, "三列"),
        ("day,works,name\n2027-01-01,0", "第 2 行要有三格"),
        ("day,works,name\n2027-02-30,0,春节", "第 2 行的日期“2027-02-30”读不出来"),
        ("day,works,name\n元旦,0,元旦", "第 2 行的日期“元旦”读不出来"),
        ("day,works,name\n2027-01-01,也许,元旦", "要写 1（上班）或 0（放假）"),
        ("day,works,name\n2027-01-01,0,", "第 2 行的名称"),
        ("day,works,name\n2027-01-01,0," + "长" * 31, "第 2 行的名称"),
        (f"day,works,name\n{DAY}\n{DAY}", "2027-01-01 写了两次"),
        (f"day,works,name\n{DAY}\n2028-01-01,0,元旦", "2027 年和 2028 年"),
    ],
)
def test_what_is_refused(text: str, words: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse(text)
    assert words in refusal.value.reason


@pytest.mark.parametrize("year", SHIPPED)
def test_the_shipped_notices_can_be_read(year: int) -> None:
    rows = parse(text_of(year))
    assert {day.year for day, _, _ in rows} == {year}
    assert source_of(text_of(year))
