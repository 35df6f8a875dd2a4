"""Which signs are taken for each other."""

import pytest

from tests.proofreading.say import LEXICON
from town_portal.proofreading.rules.values.likeness import differing, likeness_of, one_sign_open, sound_alike

LIKENESS = likeness_of(LEXICON)


@pytest.mark.parametrize(
    ("one", "other"), [("桓", "恒"), ("官", "宫"), ("塘", "糖"), ("澍", "树"), ("菱", "凌"), ("冈", "岗")]
)
def test_alike(one, other):
    assert LIKENESS.alike(one, other)
    assert LIKENESS.alike(other, one)


@pytest.mark.parametrize(("one", "other"), [("桓", "国"), ("塘", "山"), ("一", "口")])
def test_not_alike(one, other):
    assert not LIKENESS.alike(one, other)


@pytest.mark.parametrize(("one", "other", "heard"), [("张", "脏", True), ("林", "凌", True), ("林", "山", False)])
def test_near_sounds(one, other, heard):
    assert sound_alike(one, other) is heard


def test_words():
    assert LIKENESS.words_alike("宫山", "官山")
    assert not LIKENESS.words_alike("官山", "官山")
    assert not LIKENESS.words_alike("官", "官山")


def test_differing():
    assert differing("宫山", "官山") == 1
    assert differing("宫", "官山") is None


def test_one_sign_open():
    assert one_sign_open([]) is None
    assert [match.group(1) for match in one_sign_open(["官山"]).finditer("宫山官田")] == ["宫山", "官田"]
