"""A list of what came out, read line by line."""

from datetime import date

import pytest

from town_portal.foundation.errors import Refused
from town_portal.releases.rules.list_file import EXAMPLE, HEAD, day, read, same_title


def test_the_template_reads_itself() -> None:
    good, bad = read([HEAD, EXAMPLE])
    assert (len(good), bad) == (1, [])


def test_lines_are_taken_or_refused_by_themselves() -> None:
    table = [
        ["渠道", "标题", "发布日期", "链接", "备注"],
        ["佛冈发布", "甲", "2025-3-1", "", "x"],
        [],
        ["", "乙", "2025-3-1"],
        ["佛冈发布", "", "2025-3-1"],
        ["佛冈发布", "丙", "三月一日"],
        ["佛冈发布", "丁", "2025-02-30"],
        ["佛冈发布", "戊", "2025-03-01", "javascript:x"],
    ]
    good, bad = read(table)
    assert [(one.line, one.title, one.day) for one in good] == [(2, "甲", date(2025, 3, 1))]
    assert [one.line for one in bad] == [4, 5, 6, 7, 8]
    assert all(one.why for one in bad)


@pytest.mark.parametrize("head", [["标题", "渠道"], ["渠道", "发布日期"], ["甲"]])
def test_a_head_that_says_too_little_is_refused(head: list[str]) -> None:
    with pytest.raises(Refused, match="第一行"):
        read([head, ["x"]])


@pytest.mark.parametrize("words", ["2025-11-03", "2025/11/3", "2025.11.3", "2025年11月3日", "2025-11-03 00:00"])
def test_days_as_people_write_them(words: str) -> None:
    assert day(words) == date(2025, 11, 3)


@pytest.mark.parametrize("words", ["", "11月3日", "2025", "昨天"])
def test_other_words_are_no_day(words: str) -> None:
    with pytest.raises(Refused):
        day(words)


def test_titles_are_the_same_whatever_the_marks() -> None:
    assert same_title("洛洞村 “开班”：培训") == same_title('洛洞村"开班":培训')
    assert same_title("甲") != same_title("乙")
