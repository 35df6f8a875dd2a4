"""Lists of former years, cell by cell."""

from datetime import date, datetime

import pytest

from town_portal.foundation.errors import Refused
from town_portal.register.rules import history_file
from town_portal.register.rules.history_file import EXAMPLES, EXPLAINED, HEAD, Fault

TODAY = date(2026, 5, 1)
GOOD = ("标题", "洛洞村", "工作动态", "2025-11-03", "", "佛冈发布", "2025-11-04 09:30", "https://a.cn/b")


def faults(**changes: str) -> list[Fault]:
    """What is told of a line with other cells."""
    row = [changes.get(name, cell) for name, cell in zip(HEAD, GOOD, strict=True)]
    return history_file.read([list(HEAD), row], TODAY)[1]


def test_a_good_line() -> None:
    (one,), told = history_file.read([list(HEAD), [], list(GOOD)], TODAY)
    assert told == []
    assert (one.line, one.day, one.channel_at) == (3, date(2025, 11, 3), datetime.fromisoformat("2025-11-04 09:30"))
    assert history_file.from_plain(history_file.plain([one])) == [one]


def test_the_examples_are_good_and_every_column_is_explained() -> None:
    good, told = history_file.read([list(HEAD), *map(list, EXAMPLES)], TODAY)
    assert (len(good), told) == (3, [])
    assert tuple(name for name, _, _ in EXPLAINED) == HEAD


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("标题", "", "没有填"),
        ("标题", "长" * 201, "超过 200"),
        ("单位", "", "没有填"),
        ("发布日期", "", "没有填"),
        ("发布日期", "去年", "看不懂"),
        ("发布日期", "2025-02-30", "看不懂"),
        ("发布日期", "2026-05-02", "还没有到"),
        ("发布日期", "1999-12-31", "太早"),
        ("渠道发布时间", "", "没有填"),
        ("渠道发布时间", "2025-11-04 25:00", "看不懂"),
        ("渠道链接", "javascript:alert(1)", "http"),
        ("网址", "ftp://x", "http"),
    ],
)
def test_a_bad_cell_is_told_with_its_place(column: str, cell: str, words: str) -> None:
    (one,) = faults(**{column: cell})
    assert (one.line, one.column) == (2, column)
    assert words in one.words


def test_cells_that_do_not_go_together() -> None:
    assert faults(栏目="") == []
    assert [one.column for one in faults(栏目="", 渠道="", 渠道发布时间="", 渠道链接="")] == ["栏目"]
    assert [one.column for one in faults(渠道="")] == ["渠道", "渠道"]


def test_another_table_is_refused() -> None:
    with pytest.raises(Refused, match="缺“单位”“栏目”"):
        history_file.read([["标题", "发布日期"]], TODAY)
    with pytest.raises(Refused, match="没有内容"):
        history_file.read([list(HEAD), []], TODAY)
