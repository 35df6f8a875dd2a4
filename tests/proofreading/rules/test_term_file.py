"""A list as rows of text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.proofreading.terms import SLIP, a_leader, an_entry
from town_portal.network.rules import table_file
from town_portal.proofreading.rules.entry import TermEntry
from town_portal.proofreading.rules.kinds import KINDS, TermKind
from town_portal.proofreading.rules.term_file import LIMITS, entries_of, head, table_of

UNITS = {"党政和人大办公室": 7}
TYPOS = KINDS[TermKind.TYPOS]
ENTRIES = {
    TermKind.TYPOS: an_entry(valid_from=date(2026, 1, 1), bad=("一。", "二。"), off=True),
    TermKind.LEADERS: a_leader("黎文澍", "镇党委书记", 1, date(2021, 9, 28), date(2026, 9, 1)),
    TermKind.EXCEPTIONS: TermEntry(TermKind.EXCEPTIONS, "禾塘", "wrong_char", "本地话", good=("禾塘。",)),
    TermKind.PUBLIC_PHONES: TermEntry(TermKind.PUBLIC_PHONES, "13826704412", note="=值班", good=("值班。",)),
}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", ENTRIES)
def test_what_goes_out_comes_in_again(kind: TermKind, form: str) -> None:
    rows = table_of(KINDS[kind], [(ENTRIES[kind], "党政和人大办公室")])
    content = table_file.write_csv(rows) if form == "csv" else table_file.write_workbook("x", rows)
    read, faults = entries_of(KINDS[kind], table_file.read(f"x.{form}", content, LIMITS), UNITS)
    assert faults == []
    (line, entry) = read[0]
    assert (line, entry.owner_id) == (2, 7)
    assert entry == TermEntry(**{**_fields(ENTRIES[kind]), "owner_id": 7})


def _fields(entry: TermEntry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in TermEntry.__dataclass_fields__}


plain = some.text(alphabet='粉蕉=+-@",，。 \t', max_size=12).map(str.strip)


@given(plain, plain)
def test_no_cell_is_a_formula_and_none_is_lost(words: str, right: str) -> None:
    rows = table_of(TYPOS, [(TermEntry(TermKind.TYPOS, words, f"{right}葛"), "")])
    read, _ = entries_of(TYPOS, table_file.read("x.csv", table_file.write_csv(rows), LIMITS), UNITS)
    assert (read[0][1].words, read[0][1].right) == (words, f"{right}葛")


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("负责单位", "计生办", "没有“计生办”这个单位"),
        ("第一天", "2026年1月", "第一天要写成 2026-04-01 这样"),
        ("停用", "对", "“停用”只能填是或否"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(column: str, cell: str, words: str) -> None:
    row = dict(zip(head(TYPOS), table_of(TYPOS, [(SLIP, "")])[1], strict=True)) | {column: cell}
    read, faults = entries_of(TYPOS, [head(TYPOS), tuple(row.values())], UNITS)
    assert read == []
    assert words in faults[0].words
    assert faults[0].words.startswith("第 2 行")


@pytest.mark.parametrize(
    ("kind", "cells", "words"),
    [
        (TermKind.LEADERS, ("黎文澍", "书记", "第一", "", "", "", "", "", ""), "“排序”要写整数"),
        (TermKind.EXCEPTIONS, ("禾塘", "身份证号", "", "", "", "", "", "", ""), "不是可以列为例外的疑点类别"),
    ],
)
def test_columns_of_some_lists(kind: TermKind, cells: tuple[str, ...], words: str) -> None:
    _, faults = entries_of(KINDS[kind], [head(KINDS[kind]), cells], UNITS)
    assert words in faults[0].reason


def test_a_head_of_another_list_is_refused() -> None:
    _, faults = entries_of(TYPOS, [("姓名", "手机号"), ("甲", "乙")], UNITS)
    assert "表头缺" in faults[0].reason
