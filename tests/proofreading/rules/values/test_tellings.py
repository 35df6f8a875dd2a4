"""How many of what a text tells."""

import pytest

from town_portal.proofreading.rules.values.tellings import same_things, scope, tellings, worked_out


@pytest.mark.parametrize(
    "text, low, high, kind",
    [
        ("8支队伍", 8, 8, "支"),
        ("八支队伍", 8, 8, "支"),
        ("一百二十名群众", 120, 120, "person"),
        ("60余名志愿者", 60, 120, "person"),
        ("近100人", 80, 100, "person"),
        ("约50户", 40, 60, "户"),
        ("3.5万元", 35_000, 35_000, "money"),
        ("1,200棵", 1200, 1200, "棵"),
        ("100多名", 100, 200, "person"),
    ],
)
def test_tellings(text, low, high, kind):
    (telling,) = tellings(text)
    assert (telling.low, telling.high, telling.kind) == (low, high, kind)


@pytest.mark.parametrize("text", ["一个村", "第3届", "一位老人", "零件", "没有数目", "5%", "18岁"])
def test_no_tellings(text):
    assert tellings(text) == ()


@pytest.mark.parametrize(
    "text, same",
    [
        ("62名种植户参加，68名参训种植户", True),
        ("发现隐患46处，64处隐患", True),
        ("8名党员，12名党员志愿者", False),
        ("20名志愿者，30名老人", False),
        ("文化室面积320平方米，230平方米的文化室", True),
        ("120人参加，150人参加", True),
    ],
)
def test_same_things(text, same):
    one, other = tellings(text)
    assert same_things(one, other, text, text) is same


def test_figures_turned():
    one, other, third = tellings("46处、64处、65处")
    assert other.turned_from(one)
    assert not third.turned_from(one)


def test_what_a_telling_is_told_of():
    text = "其中8户，每户5人，计划60棵，共9支"
    assert [sorted(scope(text, one)) for one in tellings(text)] == [["part"], ["each"], ["plan"], []]


def test_sums_and_differences_are_worked_out():
    *others, total = tellings("18户、8户、26户")
    assert worked_out(total, others)
    assert not worked_out(others[0], others[:1])
