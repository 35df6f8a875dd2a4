"""Where the seed comes from."""

from datetime import date

import pytest

from town_portal.foundation.errors import Refused
from town_portal.spot_checks.rules import seed

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "kept"), [(" 0 7  3,1、9", "0 7 3 1 9"), ("26312", "26312"), ("03-11+07", "03 11 07")]
)
def test_numbers_are_kept_in_one_form(typed: str, kept: str) -> None:
    assert seed.tidy(typed) == kept


@pytest.mark.parametrize("typed", ["", "七", "12 a", "１２３号"])
def test_anything_else_is_no_number(typed: str) -> None:
    with pytest.raises(Refused, match="只写数字"):
        seed.tidy(typed)


def test_what_is_announced_can_be_looked_up_and_comes_later() -> None:
    said = seed.check_announced("中国体彩 排列五第 26312 期", date(2026, 11, 24), TODAY)
    assert said == ("中国体彩 排列五第 26312 期", date(2026, 11, 24))
    for words, day in (("彩票", date(2026, 11, 24)), ("中国体彩排列五第 26312 期", TODAY), ("中国体彩排列五", None)):
        with pytest.raises(Refused):
            seed.check_announced(words, day, TODAY)
