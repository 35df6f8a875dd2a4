"""The words of modern Chinese."""

from town_portal.proofreading.rules.values.vocabulary import vocabulary


def test_it_is_read_once_and_knows_common_words() -> None:
    words = vocabulary()
    assert vocabulary() is words
    assert "学习" in words
    assert words.use("学习") > words.use("黄花风铃木")
    assert words.tag("学习")
    assert 0 <= words.freedom("学") <= 1
