"""Stretches that are spoken for, and the sentence around a place."""

from town_portal.proofreading.rules.values.stretches import REACH, Stretches, sentence_at
from town_portal.proofreading.rules.writing import Writing


def test_stretches():
    taken = Stretches(10)
    taken.add(2, 5)
    assert taken.touch(4, 7)
    assert not taken.touch(5, 7)
    assert taken.hold(2, 5)
    assert not taken.hold(2, 6)


def test_a_sentence():
    writing = Writing("甲乙。丙丁！戊")
    assert sentence_at(writing, 4) == (3, "丙丁！")
    assert sentence_at(writing, 6) == (6, "戊")
    assert sentence_at(Writing(""), 0) == (0, "")


def test_a_sentence_without_end_is_cut():
    start, words = sentence_at(Writing("甲" * 5000), 2500)
    assert (start, len(words)) == (2500 - REACH, 2 * REACH)
