"""The text a Word file gave, with its pictures where they now lie, and the report on it for the drafter."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from html import escape

from town_portal.files.rules.word_file import Imported
from town_portal.foundation.errors import Refused
from town_portal.submissions.rules import markup

MOST_FIGURES = 60
LONGEST_BODY = 200_000
"""In characters of HTML, as in the editor."""
_FIGURE = re.compile(
    r'<figure><img src="picture:(?P<place>\d+)" alt=""><figcaption>(?P<caption>.*?)</figcaption></figure>'
)


@dataclass(frozen=True, slots=True)
class Stored:
    """Where a picture lies: its token, its size in pixels."""

    token: str
    width: int
    height: int


def check_size(word: Imported, name: str) -> None:
    """Refused: what is more than one piece of news can hold."""
    figures = len(_FIGURE.findall(word.html))
    if figures > MOST_FIGURES:
        raise Refused(f"“{name}”里有 {figures} 张图片，一篇最多 {MOST_FIGURES} 张，请分成几篇，或先删去一些。")
    if len(word.html) > LONGEST_BODY:
        raise Refused(f"“{name}”太长，一篇放不下，请分成几篇，或者作为附件上传。")


def body_of(word: Imported, pictures: Sequence[Stored | None]) -> str:
    """The text as it is stored; a picture that could not be stored (None) leaves its caption behind."""

    def placed(figure: re.Match[str]) -> str:
        picture, caption = pictures[int(figure["place"])], figure["caption"]
        if picture is None:
            return f"<p>{caption}</p>" if caption else ""
        return (
            f'<figure><img src="/files/{escape(picture.token)}" alt="" width="{picture.width}" '
            f'height="{picture.height}"><figcaption>{caption}</figcaption></figure>'
        )

    return markup.sanitised(_FIGURE.sub(placed, word.html))


def report_of(word: Imported, pictures: Sequence[Stored | None]) -> dict[str, list[str]]:
    """What was ``kept``, ``changed`` and ``dropped``, and the ``warnings``: lines for a person."""
    lines: dict[str, list[str]] = asdict(word.report)
    if missing := pictures.count(None):
        lines["dropped"].append(f"图片 {missing} 张打不开或太大，请另传")
    if not word.title:
        lines["warnings"].append("没有认出标题，请补写")
    return lines
