"""What a reader's message must be like."""

import pytest

from town_portal.corrections.rules import intake
from town_portal.foundation.errors import Refused


@pytest.mark.parametrize("words", ["错", "字" * 501, "看 https://a.b", "请到www.abc看", "加微信 shop.top"])
def test_words_that_are_not_taken(words: str) -> None:
    with pytest.raises(Refused):
        intake.check_words(words, "")


def test_a_plain_sentence_is_taken_and_a_long_contact_is_not() -> None:
    intake.check_words("第二段的日期应当是5月8日，共1.5万元。", "13812345678")
    with pytest.raises(Refused, match="联系方式"):
        intake.check_words("第二段的日期错了", "电" * 61)


@pytest.mark.parametrize(("trap", "seconds"), [("x", 20.0), ("", None), ("", 1.0), ("", 50_000.0)])
def test_machines_are_not_heard(trap: str, seconds: float | None) -> None:
    with pytest.raises(Refused, match="没有收下"):
        intake.check_hand(trap, seconds)


def test_hands_are_heard_and_floods_are_not() -> None:
    intake.check_hand("", 3.0)
    intake.check_flood(5, 100)
    for counted in ((6, 6), (0, 120)):
        with pytest.raises(Refused, match="比较多"):
            intake.check_flood(*counted)


@pytest.mark.parametrize(
    ("address", "network"),
    [("198.51.100.77", "198.51.100.0/24"), ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"), (None, "unknown")],
)
def test_neighbours_are_one_network(address: str | None, network: str) -> None:
    assert intake.network_of(address) == network
