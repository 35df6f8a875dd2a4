import pytest

from town_portal.proofreading.rules.values.alike import alike, by_head, by_tail, one_sign_apart

SHAPES = {"己": frozenset("已巳"), "攻": frozenset("政")}


@pytest.mark.parametrize(("sign", "other"), [("己", "已"), ("布", "部"), ("尽", "进"), ("真", "整"), ("攻", "政")])
def test_signs_that_sound_or_look_alike(sign, other):
    assert alike(sign, other, SHAPES)


@pytest.mark.parametrize(("sign", "other"), [("村", "镇"), ("火", "水")])
def test_signs_that_do_neither(sign, other):
    assert not alike(sign, other, SHAPES)


def test_the_place_of_the_one_differing_sign():
    assert one_sign_apart("再接再励", "再接再厉") == 3
    assert one_sign_apart("再接再厉", "再接再厉") is None
    assert one_sign_apart("在接再励", "再接再厉") is None


def test_words_are_found_by_either_end():
    words = ["实事求是", "实干", "是非"]

    assert by_head(words)["实事"] == ["实事求是"]
    assert by_tail(words)["求是"] == ["实事求是"]
