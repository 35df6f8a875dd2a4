from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from town_portal.documents.rules import layout
from town_portal.documents.rules.paper import (
    Heading,
    chinese_number,
    copy_lines,
    day_words,
    mark_size,
    numbered,
    sign_off_indents,
    title_lines,
    width,
)


def test_headings_are_numbered_by_their_level() -> None:
    levels = [1, 2, 3, 4, 4, 3, 2, 1, 2]
    found = list(numbered(Heading("甲", level) for level in levels))
    assert found == ["一、甲", "（一）甲", "1.甲", "（1）甲", "（2）甲", "2.甲", "（二）甲", "二、甲", "（一）甲"]


@pytest.mark.parametrize("number, words", [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (32, "三十二")])
def test_numbers_of_headings(number: int, words: str) -> None:
    assert chinese_number(number) == words


def test_a_date_has_no_leading_zeros() -> None:
    assert day_words(date(2026, 1, 5)) == "2026年1月5日"


def test_a_title_of_two_lines_is_broken_where_a_word_ends() -> None:
    assert title_lines("关于2026年第三季度全镇政府信息公开工作情况的通报") == [
        "关于2026年第三季度全镇",
        "政府信息公开工作情况的通报",
    ]


def test_a_short_title_is_one_line_and_a_break_of_the_writer_is_kept() -> None:
    assert title_lines("零报送单位名单") == ["零报送单位名单"]
    assert title_lines("关于甲\n乙的通报") == ["关于甲", "乙的通报"]


@given(st.text("关于的年月第一季度通报《》（）2026工作、。", min_size=1, max_size=90).filter(str.strip))
def test_no_line_of_a_title_is_too_long_and_nothing_is_lost(title: str) -> None:
    lines = title_lines(title)
    assert "".join(lines) == title.strip()
    assert all(width(line) <= layout.TITLE_CHARACTERS + 1 for line in lines)


def test_the_mark_stands_in_one_line_and_is_never_larger_than_the_organ_above() -> None:
    assert mark_size("汤塘镇") == layout.MARK_LARGEST
    long = "佛冈县汤塘镇党政和人大办公室文件"
    assert mark_size(long) * len(long) <= layout.TYPE_WIDTH * layout.POINTS_PER_MM


def test_sealed_the_date_is_four_in_and_the_name_is_centred_over_it() -> None:
    on = date(2026, 10, 9)  # 6.5 wide
    assert sign_off_indents("汤塘镇政府", on, sealed=True) == (4 + (6.5 - 5) / 2, 4)
    name, day = sign_off_indents("佛冈县汤塘镇党政和人大办公室", on, sealed=True)
    assert name + 14 / 2 == day + 6.5 / 2
    assert sign_off_indents("长" * 20, on, sealed=True) == (0, (20 - 6.5) / 2)


def test_unsealed_the_name_is_two_in_and_the_date_begins_two_right_of_it() -> None:
    on = date(2026, 10, 9)
    name, day = sign_off_indents("佛冈县汤塘镇人民政府", on, sealed=False)
    assert name == 2
    assert day + 6.5 + 2 == name + 10
    name, day = sign_off_indents("汤塘镇", on, sealed=False)
    assert day == 2
    assert day + 6.5 + 2 == name + 3


def test_copies_stand_under_their_first_name() -> None:
    assert copy_lines("", 20) == []
    assert copy_lines("甲" * 20, 10) == ["抄送：" + "甲" * 7, "甲" * 7, "甲" * 6 + "。"]
