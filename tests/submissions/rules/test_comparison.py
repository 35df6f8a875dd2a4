"""Two versions side by side."""

from hypothesis import given, settings
from hypothesis import strategies as st

from town_portal.submissions.rules.comparison import Piece, compare, compare_words

TOKEN = "a" * 32


def told(old: str, new: str) -> list[str]:
    """The comparison as marks: [-gone-]{+new+}."""
    shown = {Piece.SAME: "{}", Piece.NEW: "{{+{}+}}", Piece.GONE: "[-{}-]"}
    return ["".join(shown[kind].format(words) for kind, words in line.pieces) for line in compare(old, new)]


def test_the_same() -> None:
    assert told("<p>一</p>", "<p>一</p>") == ["一"]
    assert not any(line.changed for line in compare("<p>一</p>", "<p>一</p>"))


def test_numbers_are_changed_as_a_whole() -> None:
    assert told("<p>服务农户 68 户</p>", "<p>服务农户 86 户</p>") == ["服务农户 [-68-]{+86+} 户"]
    assert told("<p>增长 6.5%</p>", "<p>增长 6.8%</p>") == ["增长 [-6.5%-]{+6.8%+}"]


def test_a_new_and_a_gone_paragraph() -> None:
    assert told("<p>甲甲甲</p><p>乙乙乙</p>", "<p>甲甲甲</p><p>丙丙丙丙</p>") == [
        "甲甲甲",
        "{+丙丙丙丙+}",
        "[-乙乙乙-]",
    ]
    assert told("", "<p>甲</p>") == ["{+甲+}"]
    assert told("<p>甲</p>", "") == ["[-甲-]"]


def test_list_items_and_rows_are_lines() -> None:
    old = "<ul><li><p>甲</p></li></ul><table><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
    new = "<ul><li><p>甲</p></li><li><p>乙</p></li></ul><table><tbody><tr><td>1</td><td>3</td></tr></tbody></table>"
    assert told(old, new) == ["甲", "{+乙+}", "1 | [-2-]{+3+}"]
    assert [line.tag for line in compare(old, new)] == ["li", "li", "tr"]


def test_another_picture_is_one_gone_and_one_new() -> None:
    picture = '<figure><img src="/files/{}" alt="画"><figcaption>同一个说明</figcaption></figure>'
    lines = compare(picture.format(TOKEN), picture.format("b" * 32))
    assert {(line.token, line.pieces[0][0]) for line in lines} == {(TOKEN, Piece.GONE), ("b" * 32, Piece.NEW)}


def test_changes_are_numbered_from_one() -> None:
    lines = compare("<p>甲1</p><p>乙</p><p>丙1</p>", "<p>甲2</p><p>乙</p><p>丙2</p>")
    assert [line.number for line in lines] == [1, None, 2]


WORDS = st.text("甲乙丙 12a.%", max_size=15)


@given(WORDS, WORDS)
def test_no_word_is_lost_or_invented(old: str, new: str) -> None:
    pieces = compare_words(old, new)
    assert "".join(words for kind, words in pieces if kind is not Piece.NEW) == old
    assert "".join(words for kind, words in pieces if kind is not Piece.GONE) == new


PARAGRAPHS = st.lists(st.text("甲乙丙丁12", min_size=1, max_size=8), max_size=6)


@settings(max_examples=150)
@given(PARAGRAPHS, PARAGRAPHS)
def test_no_paragraph_is_lost_or_invented(old: list[str], new: list[str]) -> None:
    def stored(lines: list[str]) -> str:
        return "".join(f"<p>{line}</p>" for line in lines)

    lines = compare(stored(old), stored(new))
    before = ["".join(words for kind, words in line.pieces if kind is not Piece.NEW) for line in lines]
    after = ["".join(words for kind, words in line.pieces if kind is not Piece.GONE) for line in lines]
    assert [line for line in before if line] == old
    assert [line for line in after if line] == new
