"""Words one slip of the hand away."""

import pytest

from town_portal.proofreading.rules.soundalikes import Soundalikes, near_sounds, readings, shapes_of

SHAPES = shapes_of(["入 人 八", "已己巳"])
INDEX = Soundalikes({"推动": 900, "部署": 800, "加入": 700, "自己": 600, "安装": 500, "推": 9}, SHAPES)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("推懂", "推动"), ("布署", "部署"), ("加人", "加入"), ("自已", "自己"), ("按装", "安装"), ("安庄", "安装")],
)
def test_a_slip_leads_to_the_word(written: str, meant: str) -> None:
    assert INDEX.of(written, 5)[0][0] == meant


def test_a_word_is_not_its_own_slip_and_strangers_are_none() -> None:
    assert INDEX.of("推动", 5) == []
    assert INDEX.of("消防", 5) == []


def test_a_homophone_weighs_least() -> None:
    assert dict(INDEX.of("布署", 5))["部署"] == 1.0
    assert dict(INDEX.of("加人", 5))["加入"] == 1.3


def test_near_sounds_are_those_of_the_south() -> None:
    assert {"zhang", "zang", "zhan", "zan"} == near_sounds("zhang")
    assert "shi" in near_sounds("si")
    assert readings("重")[:2] in {("zhong", "chong"), ("chong", "zhong")}
