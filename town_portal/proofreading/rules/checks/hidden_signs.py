"""看不见的字符: signs nobody sees or nobody wrote, left by copying from Word, PDF, web pages and chats.

Zero-width signs, hard and odd spaces, control and private signs, residues of Word and of HTML, text
decoded wrongly. Unlike the other checks this one reads the text as it was given.
"""

import re
from collections.abc import Iterator

from town_portal.proofreading.rules.finding import Family, Finding, found
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.writing import Writing

_UNSEEN = re.compile(
    "(?<!^)\ufeff+|^\ufeff{2,}"  # a single byte order mark at the beginning does no harm
    "|[\u200b\u200c\u200e\u200f\u2060-\u2064\u206a-\u206f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"
    "\u202a-\u202e\u2066-\u2069\u3164\uffa0\ufff9-\ufffb]+"
    "|(?<![\U0001f000-\U0001faff\u2600-\u27bf\ufe0f])\u200d+|\u200d+(?![\U0001f000-\U0001faff\u2600-\u27bf])"
    "|(?<=[\u4e00-\u9fff])[\ufe00-\ufe0f\U000e0100-\U000e01ef]+|[\U000e0001-\U000e007f]+"
)
_ODD_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f]+")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u0085\u2028\u2029]+")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]+")
_LOST = re.compile("[\ufffd\ufffc\ufdd0-\ufdef\ufffe\uffff]+")
_LOOKALIKE = re.compile("[\u2e80-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f]+")
_COMBINING = re.compile("(?<=[\u4e00-\u9fff\uff0c\u3002])[\u0300-\u036f\u20d0-\u20ff]+")
_WIDE_SPACE = re.compile("(?<=[^\\s\u3000])\u3000+(?=[^\\s\u3000])")
_WORD_RESIDUE = re.compile(
    r"</?(?:o:\w+|st1:\w+|v:\w+|w:\w+|m:\w+|span|font|xml|style|script|meta)\b[^<>\n]*>|<!--\[if[^\]\n]*\]>"
    r"|<!\[endif\]-->|<!--[^\n]*?-->"
    r"|\b(?:mso|tab-stops|text-indent|line-height|font-family|font-size|layout-grid"
    r"|text-justify)-?[\w-]{0,40}\s{0,4}:\s{0,4}[^;，。<>\n\"]{1,40};?"
    r"|\bo:p\b|\bMso(?:Normal|ListParagraph|PlainText|Title)\w*|StartFragment|EndFragment|\{\\rtf\d?|\\par\b(?!\w)"
)
_ENTITY = re.compile(
    r"&(?:nbsp|amp|lt|gt|quot|apos|ldquo|rdquo|lsquo|rsquo|mdash|ndash|hellip|middot|bull|ensp|emsp|thinsp|zwj|zwnj"
    r"|times|deg|copy|#\d{2,6}|#x[0-9a-fA-F]{2,6});?(?![=A-Za-z0-9])"
)
_LINK = re.compile(r"https?://[^\s\u4e00-\u9fff]+|www\.[^\s\u4e00-\u9fff]+|=\"[^\"\n]*\"")
_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>p|br|div|b|i|u|strong|em|h[1-6]|li|ul|ol|td|tr|table|tbody|a|section|center)\b[^<>\n]*>",
    re.IGNORECASE,
)
_ESCAPED = re.compile(
    r"(?:\\u[0-9a-fA-F]{4})+|(?:%[0-9A-F]{2}){3,}|(?<=[\u4e00-\u9fff，。])(?:\\[rn])+|(?:\\x[0-9a-fA-F]{2})+"
)
_MORE_BYTES = "[\u0080-\u00bf\u0152-\u0178\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
_MISREAD_LATIN = re.compile(
    f"(?:[\u00c2-\u00c5\u00d0\u00d1]{_MORE_BYTES}|[\u00e2-\u00ef]{_MORE_BYTES}{{2}}|\u00e2\u20ac)+|\u00ef\u00bb\u00bf"
)
"""UTF-8 read as Latin: a first byte and as many more as it asks for."""
_MISREAD_HAN = re.compile(r"锟(?:斤拷?)?[锟斤拷]*|(?:烫){3,}|(?:屯){3,}|(?:葺){3,}|\ue5e5+")
_OF_MISREAD = re.compile(
    f"[{''.join(bytes((lead, second)).decode('gbk') for lead in range(0xE4, 0xEA) for second in range(0x80, 0xC0))}銆锛鈥]"
)
"""What GBK makes of the first two of the three bytes that UTF-8 has for a Chinese sign."""
_MESSAGES = {
    "unseen": "这里有看不见的字符，多是粘贴带来的，请删去。",
    "space": "这里是特殊空格，多是从网页或文档粘贴来的，请删去或改成普通空格。",
    "wide": "句子中间夹了全角空格，请删去。",
    "residue": "这里是文档或网页的排版代码，不是正文，请删去。",
    "misread": "这里是乱码，请对照原稿重新录入。",
    "lookalike": "这里的字是形近的特殊字符，多是从 PDF 复制来的，请改成正常的汉字。",
}


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Every stretch of such signs, each once."""
    del lexicon
    joined: list[tuple[int, int, str, str | None]] = []
    for start, end, what, right in sorted(_stretches(writing.text), key=lambda span: (span[0], -span[1])):
        if joined and start <= joined[-1][1]:
            first, last, of, instead = joined.pop()
            joined.append((first, max(last, end), of, instead))
        else:
            joined.append((start, end, what, right))
    for start, end, what, right in joined:
        yield found(Family.HIDDEN_JUNK, (start, end), _MESSAGES[what], right)


def _stretches(text: str) -> Iterator[tuple[int, int, str, str | None]]:
    for pattern, what, right in (
        (_UNSEEN, "unseen", ""),
        (_CONTROL, "unseen", ""),
        (_COMBINING, "unseen", ""),
        (_PRIVATE, "unseen", None),
        (_ODD_SPACE, "space", None),
        (_LOST, "misread", None),
        (_LOOKALIKE, "lookalike", None),
        (_WORD_RESIDUE, "residue", ""),
        (_MISREAD_LATIN, "misread", None),
        (_MISREAD_HAN, "misread", None),
    ):
        for match in pattern.finditer(text):
            yield *match.span(), what, right
    yield from _markup(text)
    for match in _WIDE_SPACE.finditer(text):
        if _is_in_a_sentence(text, match):
            yield *match.span(), "wide", ""
    for start, end in _misread_runs(text):
        yield start, end, "misread", None


def _markup(text: str) -> Iterator[tuple[int, int, str, str | None]]:
    """Entities, escapes and lone tags; a text that is markup throughout is left alone."""
    links = [match.span() for match in _LINK.finditer(text)]
    for pattern in (_ENTITY, _ESCAPED):
        for match in pattern.finditer(text):
            if not any(start <= match.start() < end for start, end in links):
                yield *match.span(), "residue", None
    tags = list(_TAG.finditer(text))
    closed = {tag["name"].lower() for tag in tags if tag["end"]}
    opened = {tag["name"].lower() for tag in tags if not tag["end"]}
    if not closed & opened:
        for tag in tags:
            yield *tag.span(), "residue", ""


_AFTER_NUMBER = re.compile(r"(?:第[〇零一二三四五六七八九十百\d]+[章条节编款项]|[一二三四五六七八九十\d]+[、.．])$")
_LABEL_AHEAD = re.compile(r"[^，。；\n\u3000]{1,10}[：:]")
_PADDED_NAME = re.compile(r"(?:^|[、，；：\s\u3000（(])[\u4e00-\u9fff]$")
_HAN_OR_COMMA = re.compile(r"[\u4e00-\u9fff，、；：]")
_LONGEST_TITLE = 14
_TWO_SIGNS_MISREAD = 3
_LINE = 200


def _is_in_a_sentence(text: str, space: re.Match[str]) -> bool:
    """Does the space part a running sentence, rather than number, label, pad or spread words?"""
    first = max(space.start() - _LINE, text.rfind("\n", max(0, space.start() - _LINE), space.start()) + 1, 0)
    last = text.find("\n", space.end(), space.end() + _LINE)
    line = text[first : last if last >= 0 else space.end() + _LINE]
    before, after = text[first : space.start()], text[space.end() : space.end() + _LINE]
    if not _HAN_OR_COMMA.match(before[-1:]) or not _HAN_OR_COMMA.match(after[:1]):
        return before.endswith("。") and _HAN_OR_COMMA.match(after[:1]) is not None and len(line) > _LONGEST_TITLE
    if not re.search(r"[，。；！？]", line) and len(line) <= _LONGEST_TITLE:
        return False
    spread = line.count("\u3000") >= 3 and not re.search(r"[，。；！？]", line)
    return not (spread or _AFTER_NUMBER.search(before) or _LABEL_AHEAD.match(after) or _PADDED_NAME.search(before))


def _misread_runs(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of Han that are UTF-8 read as GBK: read the other way they are ordinary words."""
    for match in _OF_MISREAD.finditer(text):
        stretch = text[match.start() : match.start() + _TWO_SIGNS_MISREAD]
        if len(stretch) == _TWO_SIGNS_MISREAD and _reads_better(stretch):
            yield match.start(), match.start() + _TWO_SIGNS_MISREAD


def _reads_better(stretch: str) -> bool:
    try:
        words = stretch.encode("gbk").decode("utf-8")
    except UnicodeError:
        return False
    return all("\u3000" <= sign <= "\u9fff" or "\uff00" <= sign <= "\uffef" for sign in words)
