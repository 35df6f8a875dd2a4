"""Pairs of marks, and what is none."""

import pytest

from town_portal.proofreading.rules.values.quotes import pairings, pairs


def strays(text):
    return [(stray.sign, stray.place) for pairing in pairings(text) for stray in pairing.strays]


def test_pairs_in_order_of_opening():
    text = "学习《民法典》（2020年）和“四史”"
    assert [text[pair.start : pair.end] for pair in pairs(text, "《（“")] == ["《民法典》", "（2020年）", "“四史”"]


def test_a_pair_of_two_forms_is_mixed():
    assert [pair.mixed for pair in pairs("（甲)(乙)", "（(")] == [True, False]


def test_nested_pairs_of_one_kind():
    text = "（甲（乙）丙）"
    assert [text[pair.start : pair.end] for pair in pairs(text, "（")] == ["（甲（乙）丙）", "（乙）"]


@pytest.mark.parametrize(
    "text, left",
    [
        ("“甲", [("“", 0)]),
        ("甲”", [("”", 1)]),
        ("“甲\n乙”", [("“", 0), ("”", 4)]),
        ("《甲》》", [("》", 3)]),
        ("甲）乙", [("）", 1)]),
    ],
)
def test_strays_by_paragraph(text, left):
    assert strays(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "1）甲；2）乙",
        "a)甲",
        "It’s",
        "[0,1)",
        "3’20”",
        "https://a.cn/x(1",
        "一）甲",
        "好:)",
        "甲（一）乙",
        "平常的句子。",
    ],
)
def test_no_marks_of_a_pair(text):
    assert strays(text) == []
