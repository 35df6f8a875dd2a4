"""What becomes of an imported text, its pictures and its report."""

import pytest

from town_portal.files.rules.word.report import Report
from town_portal.files.rules.word_file import Imported
from town_portal.foundation.errors import Refused
from town_portal.submissions.rules.word_text import MOST_FIGURES, Stored, body_of, check_size, report_of

TOKENS = ["a" * 32, "b" * 32]
HERE = [Stored(TOKENS[0], 800, 600), Stored(TOKENS[1], 40, 30)]


def figure(place: int, caption: str = "") -> str:
    return f'<figure><img src="picture:{place}" alt=""><figcaption>{caption}</figcaption></figure>'


def word(html: str, title: str = "题目", pictures: int = 2) -> Imported:
    return Imported(title, html, [b""] * pictures, Report(["正文"], [], ["目录"], []))


def test_pictures_get_their_addresses() -> None:
    assert body_of(word(f"<p>一</p>{figure(1, '现场')}{figure(0)}"), HERE) == (
        f'<p>一</p><figure><img src="/files/{TOKENS[1]}" alt="" width="40" height="30">'
        f"<figcaption>现场</figcaption></figure>"
        f'<figure><img src="/files/{TOKENS[0]}" alt="" width="800" height="600"><figcaption></figcaption></figure>'
    )


def test_a_picture_that_could_not_be_stored_leaves_its_words_behind() -> None:
    found = word(f"<p>一</p>{figure(0, '图1 现场')}{figure(1)}")
    assert body_of(found, [None, None]) == "<p>一</p><p>图1 现场</p>"
    assert report_of(found, [None, HERE[0]])["dropped"] == ["目录", "图片 1 张打不开或太大，请另传"]


def test_the_report_keeps_what_the_reader_said() -> None:
    assert report_of(word(""), HERE) == {"kept": ["正文"], "changed": [], "dropped": ["目录"], "warnings": []}
    assert report_of(word("", title=""), HERE)["warnings"] == ["没有认出标题，请补写"]


def test_more_than_one_item_can_hold_is_refused() -> None:
    check_size(word(figure(0) * MOST_FIGURES), "a.docx")
    with pytest.raises(Refused, match="“a.docx”里有 61 张图片，一篇最多 60 张"):
        check_size(word(figure(0) * (MOST_FIGURES + 1)), "a.docx")
    with pytest.raises(Refused, match="“a.docx”太长"):
        check_size(word("<p>" + "字" * 200_000 + "</p>"), "a.docx")


def test_what_the_town_does_not_keep_goes_here_too() -> None:
    assert body_of(word('<p onclick="x">一</p><script>x</script>'), []) == "<p>一</p>"
