"""Days, people and places of a text."""

import pytest

from tests.proofreading.say import LEXICON
from town_portal.proofreading.rules.values.facts import chinese_number, told_places


@pytest.mark.parametrize(
    "words, value",
    [("十", 10), ("十二", 12), ("二十五", 25), ("一百二十", 120), ("一百零三", 103), ("两千", 2000), ("三四", None)],
)
def test_chinese_numbers(words, value):
    assert chinese_number(words) == value


def test_the_places_of_a_clause():
    assert told_places("石门村和四九社区到汤塘小学", LEXICON) == {"石门村", "四九社区", "汤塘小学"}
    assert told_places("走进基地", LEXICON) == frozenset()
