"""Signs taken for one another."""

import pytest

from town_portal.proofreading.rules.values.alike import alike, one_sign_apart


@pytest.mark.parametrize(("written", "meant", "place"), [("推功", "推动", 1), ("布署", "部署", 0), ("推动", "推动", None), ("推功劳", "推动力", None)])  # fmt: skip
def test_where_two_words_differ_by_one_sign(written: str, meant: str, place: int | None) -> None:
    assert one_sign_apart(written, meant) == place


def test_what_sounds_the_same_is_alike() -> None:
    assert alike("布", "部", {})
    assert not alike("水", "部", {})
