"""Which words stand side by side, counted, written down and read again."""

import pytest

from town_portal.proofreading.rules.usage import START, Usage, counted, read, written

TEXTS = ["组织群众清理水圳。", "组织群众转移，清理水圳。"]


def test_words_side_by_side_are_counted_run_by_run() -> None:
    pairs = counted(TEXTS)
    assert pairs["组织", "群众"] == 2
    assert pairs[START, "清理"] == 1
    assert ("转移", "清理") not in pairs, "a mark stands between"


def test_a_habit_is_likelier_than_a_chance_and_a_stranger_is_none() -> None:
    usage = Usage(counted(TEXTS))
    assert usage.share("组织", "群众") > usage.share("清理", "群众") > 0
    assert usage.share("组织", "飞船") == 0


def test_shares_behind_a_word_are_no_more_than_one() -> None:
    pairs = counted(TEXTS)
    usage = Usage(pairs)
    words = {word for _, word in pairs}
    assert sum(usage.share("组织", word) for word in words) == pytest.approx(1)


def test_counts_come_back_as_they_were_written() -> None:
    pairs = counted(TEXTS)
    assert read(written(pairs)) == pairs
