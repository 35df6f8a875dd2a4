"""A text cut into words."""

from town_portal.proofreading.rules.values.words import cut


def test_nothing_is_lost_and_words_are_whole() -> None:
    text = "会议传达学习了上级文件精神"
    pieces = cut(text)
    assert "".join(pieces) == text
    assert {"会议", "学习", "上级"} <= set(pieces)
