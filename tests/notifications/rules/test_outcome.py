"""How attempts end."""

import pytest

from town_portal.notifications.rules.outcome import delivered, quoted


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("key abc is wrong", "key ＊＊＊ is wrong"),
        ("see https://a.example/x?y=1 now", "see ＊＊＊ now"),
        ("mail to a.b@c.example", "mail to ＊＊＊"),
        ("bad phone +8613800000001", "bad phone ＊＊＊"),
        ("编号 138000000012345", "编号 138000000012345"),
        ("a\r\nb\x00c", "a b c"),
        (None, ""),
        ("长" * 200, "长" * 120 + "……"),
    ],
)
def test_a_services_words_without_what_is_secret(words: object, shown: str) -> None:
    assert quoted(words, ("abc", "")) == shown


def test_numbers_are_short() -> None:
    assert delivered("n" * 100).number == "n" * 64
    assert delivered(None).number == ""
