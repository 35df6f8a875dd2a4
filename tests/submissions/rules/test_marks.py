"""Marked passages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from town_portal.foundation.errors import Refused
from town_portal.submissions.rules.marks import MOST, Mark, check, split

TEXT = "洛洞村开展培训\n服务农户 68 户，发放手册 120 册"


def test_a_mark_keeps_its_words_and_note() -> None:
    assert check([Mark(" 68 户 ", " 请核对 ")], TEXT) == [{"quote": "68 户", "note": "请核对"}]


def test_empty_quotes_are_no_marks() -> None:
    assert check([Mark("", "什么"), Mark("  ", "")], TEXT) == []


def test_words_that_are_not_there_are_refused() -> None:
    with pytest.raises(Refused, match="“86 户”在稿件里找不到"):
        check([Mark("86 户", "")], TEXT)


def test_there_is_a_most() -> None:
    assert len(check([Mark("户", "")] * 20, TEXT)) == MOST


def test_a_line_is_cut_at_its_marks() -> None:
    marks = [{"quote": "68 户", "note": ""}, {"quote": "120 册", "note": ""}, {"quote": "没有", "note": ""}]
    assert split("服务农户 68 户，发放手册 120 册", marks) == [
        ("服务农户 ", None),
        ("68 户", 1),
        ("，发放手册 ", None),
        ("120 册", 2),
    ]


@given(st.text("甲乙丙", max_size=12), st.lists(st.text("甲乙", min_size=1, max_size=3), max_size=4))
def test_no_word_is_lost(text: str, quotes: list[str]) -> None:
    pieces = split(text, [{"quote": quote, "note": ""} for quote in quotes])
    assert "".join(words for words, _ in pieces) == text
    assert all(words == quotes[number - 1] for words, number in pieces if number)
