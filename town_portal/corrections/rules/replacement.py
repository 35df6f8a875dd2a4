"""Changing a few words of a stored text without touching its markup, its pictures or anything else in it."""

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from town_portal.foundation.errors import Refused
from town_portal.submissions.rules.comparison import Piece, compare_words
from town_portal.submissions.rules.markup import words

_TAG = re.compile(r"(<[^<>]*>)")  # the sanitiser writes < and > of words as entities
SHORTEST = 2
"""Signs by which a place can be found."""


@dataclass(frozen=True, slots=True)
class Change:
    """Words as they stand in the text, and what they become."""

    before: str
    after: str

    @property
    def size(self) -> int:
        """Signs that go and come."""
        return sum(len(text) for piece, text in compare_words(self.before, self.after) if piece is not Piece.SAME)


def replaced(title: str, body_html: str, changes: Sequence[Change], most: int) -> tuple[str, str]:
    """Title and body after the changes.

    Each place must be found exactly once, in the title or in one run of words of the body. Refused: words
    that are not there or there twice, a change that changes nothing, and more than ``most`` signs together.
    """
    if not changes:
        raise Refused("请写明把哪几个字改成什么。")
    if (size := sum(change.size for change in changes)) > most:
        raise Refused(f"一共改动 {size} 个字，超过就地改正的上限 {most} 个字。请改走更正稿，由原单位起草、重新审核。")
    for change in changes:
        title, body_html = _one(title, body_html, change)
    if not title.strip():
        raise Refused("标题不能改空。")
    return title, body_html


def size_of(changes: Iterable[Change]) -> int:
    """Signs that go and come in all changes."""
    return sum(change.size for change in changes)


def _one(title: str, body_html: str, change: Change) -> tuple[str, str]:
    if len(change.before) < SHORTEST:
        raise Refused("“原来的字”太短，请连前后几个字一起抄上。")
    if change.before == change.after:
        raise Refused(f"“{change.before}”改前改后一样。")
    runs = _TAG.split(body_html)
    texts = [None if at % 2 else html.unescape(run) for at, run in enumerate(runs)]
    times = title.count(change.before) + sum(text.count(change.before) for text in texts if text)
    if times > 1:
        raise Refused(f"“{change.before}”在文中有 {times} 处，分不清改哪一处。请连前后几个字一起抄上。")
    if not times:
        if change.before in words(body_html):
            raise Refused(f"“{change.before}”中间有加粗或换行，请分成几处来改。")
        raise Refused(f"网上的文字里没有“{change.before}”，请照着原文一字不差地抄。")
    if change.before in title:
        return title.replace(change.before, change.after), body_html
    for at, text in enumerate(texts):
        if text and change.before in text:
            runs[at] = html.escape(text.replace(change.before, change.after), quote=False)
    return title, "".join(runs)
