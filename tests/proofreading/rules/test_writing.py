"""A text as checks read it, and the way back to where each sign stood."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from town_portal.proofreading.rules.finding import Family
from town_portal.proofreading.rules.writing import Writing


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("共１２３件", "共123件"),
        ("率为９８％", "率为98%"),
        ("全镇\u200b干部", "全镇干部"),
        ("Ａ组、Ｂ组", "A组、B组"),
        ("“四个意识”，（一）", "“四个意识”，（一）"),
        ("1\u00a0200 元", "1 200 元"),
        ("㎡", "㎡"),
        ("", ""),
    ],
)
def test_what_checks_read(text: str, plain: str) -> None:
    assert Writing(text).plain == plain


def test_a_finding_points_at_the_text_as_it_was_given() -> None:
    writing = Writing("全\u200b镇共\u200b有１２户")
    place = writing.plain.index("12户")
    finding = writing.finding(Family.ARITH_SUM, place, place + 3, "x")
    assert writing.text[finding.start : finding.end] == "１２户"
    inside = writing.finding(Family.ARITH_SUM, 0, 2, "x")
    assert writing.text[inside.start : inside.end] == "全\u200b镇"


@given(st.text(alphabet="全镇１2\u200b\ufeff，。 \nＡ\u3000", max_size=40))
def test_every_place_leads_back(text: str) -> None:
    writing = Writing(text)
    for start in range(len(writing.plain)):
        first, last = writing.span(start, start + 1)
        assert last == first + 1
        assert len(Writing(text[first:last]).plain) == 1
    assert writing.span(len(writing.plain), len(writing.plain)) == (len(text), len(text))


def test_sentences_and_paragraphs() -> None:
    writing = Writing("第一句。第二句！\n第二段，“引语。”还有")
    assert [writing.plain[slice(*span)] for span in writing.sentences] == [
        "第一句。", "第二句！", "第二段，“引语。”", "还有",
    ]  # fmt: skip
    assert len(writing.paragraphs) == 2
    assert [match.group() for match in writing.matches(re.compile("第.句"))] == ["第一句", "第二句"]
