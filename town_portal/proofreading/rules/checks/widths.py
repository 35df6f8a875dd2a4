"""半角标点: a half-width mark where Chinese is written.

Figures (1.5, 3:00, 1:500, 12,345), addresses, codes, Latin words and English sentences keep their marks;
so does a text whose source folds punctuation.
"""

import re
from collections.abc import Iterator

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.quotes import pairings
from town_portal.proofreading.rules.writing import Writing

_WIDE = {",": "，", ".": "。", ":": "：", ";": "；", "!": "！", "?": "？", "(": "（", ")": "）"}
_MARK = re.compile(r"[,.:;!?]")
_ADDRESS = re.compile(
    r"(?:https?://|ftp://|www\.)[!-~]{0,300}[/\w]|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}", re.ASCII
)
_QUOTED = re.compile(r'"([^"\n]{1,40})"')
_ANGLED = re.compile(r"<{1,2}([^<>\n]{2,40})>{1,2}")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_CLOSING = frozenset("”’》〉）】〕」』")
_OPENING = frozenset("“‘《〈（【〔「『(\"'")
_NUMERALS = frozenset("一二三四五六七八九十百零两")
_NUMBERED = re.compile(r"(?:^|\n)[ 　]*[一二三四五六七八九十]{1,3}[.,:]$")
"""一. at the start of a line: its mark is another check's."""
_SHORT = 30
_NO_END = frozenset(".,;:")
_BLANKS = 4
"""Blanks beside a mark are looked over."""


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001 - marks need no names
    """Every half-width mark that stands in Chinese."""
    if writing.halfwidth_source:
        return
    text = writing.plain
    silent = {place for match in _ADDRESS.finditer(text) for place in range(*match.span())}
    for match in _MARK.finditer(text):
        place = match.start()
        if writing.is_title and match.group() in _NO_END and not text[place + 1 :].strip():
            continue  # a title ends without it: that is said by the form of titles
        if (
            place not in silent
            and not _NUMBERED.search(text, 0, place + 1)
            and _in_chinese(text, place)
            and not _in_english(text, place)
        ):
            wide = "，" if writing.is_title and match.group() == "." else _WIDE[match.group()]  # no 。 in a title
            yield _finding(writing, place, place + 1, match.group(), wide, wide)
    yield from _brackets(writing)
    yield from _quotation_marks(writing)


def _in_chinese(text: str, place: int) -> bool:
    """Does the mark end or part Chinese words? Decided by the signs on both sides of it."""
    sign = text[place]
    left = text[max(0, place - _BLANKS) : place].rstrip(" ")[-1:]
    right = text[place + 1 : place + 1 + _BLANKS].lstrip(" ")[:1]
    if sign in {left, right}:
        return False
    after_words = _is_chinese(left) or (left != "" and left in _CLOSING)
    after_figure = left != "" and (left.isalnum() or left in "%℃)")
    before_words = _is_chinese(right) or (right != "" and right in _OPENING)
    if sign == ".":
        return (after_words or left == "%") and (before_words or right in {"", "\n"} or right in _CLOSING)
    if sign == ":":
        ratio = left in _NUMERALS and right in _NUMERALS
        return after_words and not ratio and right != "/"
    return after_words or (after_figure and before_words)


def _is_chinese(sign: str) -> bool:
    return bool(sign) and "\u4e00" <= sign <= "\u9fff"


def _in_english(text: str, place: int) -> bool:
    """Is the sentence around the mark an English one that only names something Chinese?"""
    around = _ADDRESS.sub("", text[max(0, place - _SHORT) : place + _SHORT])
    return 2 * len(_CHINESE.findall(around)) < sum(map(len, _LATIN_WORD.findall(around)))


def _brackets(writing: Writing) -> Iterator[Finding]:
    """Half-width brackets around Chinese words; (一), (2026) and (GDP) are left alone."""
    text = writing.plain
    for pairing in pairings(text):
        for pair in pairing.pairs:
            if pair.opener != "(" or pair.mixed:
                continue
            inside = text[pair.start + 1 : pair.close]
            if not _CHINESE.search(inside) or all(sign in _NUMERALS for sign in inside):
                continue
            if _in_english(text, pair.start):
                continue
            right = f"（{inside}）" if len(inside) < _SHORT else None
            end = pair.end if right else pair.start + 1
            yield _finding(writing, pair.start, end, "()", "（）", right)


def _quotation_marks(writing: Writing) -> Iterator[Finding]:
    """Straight quotation marks or angle brackets around Chinese words."""
    for pattern, form in ((_QUOTED, "“”"), (_ANGLED, "《》")):
        for match in writing.matches(pattern):
            inside = match.group(1)
            if (
                not _CHINESE.search(inside)
                or "=" in writing.plain[max(0, match.start() - 1) : match.end()]
                or _in_english(writing.plain, match.start())
            ):
                continue
            whole = match.group()
            yield _finding(writing, *match.span(), whole[0] + whole[-1], form, f"{form[0]}{inside}{form[1]}")


def _finding(writing: Writing, start: int, end: int, narrow: str, wide: str, right: str | None) -> Finding:
    said = f"这里用了半角标点“{narrow}”，请改成中文标点“{wide}”。"
    return writing.finding(Family.PUNCT_WIDTH, start, end, said, right)
