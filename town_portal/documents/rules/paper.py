"""What an official paper is made of, as plain values, and the small arithmetic of where its parts stand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from math import ceil

from town_portal.documents.rules import layout

DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4; its number (一、（一）1.（1）) comes of itself."""

    words: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, two characters in; ``flush`` ones stand at the edge."""

    words: str
    flush: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its head stands on every page, no row is broken. ``widths`` are shares of the type's width."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()
    words: frozenset[int] = frozenset()
    """The columns that hold words and not figures: they stand left."""
    caption: str = ""


Block = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True)
class Annex:
    """附件: on a page of its own, the wide ones across (横排)."""

    title: str
    blocks: tuple[Block, ...]
    across: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """公文: everything that is printed, in its order. What is empty is left out."""

    mark: str = ""
    """发文机关标志, red; empty: a paper without a red head."""
    number: str = ""
    """发文字号, whole: 汤信公〔2026〕3号."""
    title: str
    """A line break in it is kept; otherwise it is broken evenly."""
    to: str = ""
    """主送机关, without its colon."""
    blocks: tuple[Block, ...]
    annexes: tuple[Annex, ...] = ()
    signed: str
    """署名."""
    on: date
    """成文日期."""
    sealed: bool = True
    """Leaves room for a seal: name and date stand as 7.3.5.1 says, else as 7.3.5.2."""
    note: str = ""
    """附注, without its brackets."""
    proof: tuple[str, ...] = field(default=())
    """Lines under the note by which the paper is checked against the records."""
    copies: str = ""
    """抄送, without its full stop."""
    printed_by: str = ""
    printed_on: date | None = None


def chinese_number(number: int) -> str:
    """一 … 九十九, for headings."""
    tens, ones = divmod(number, 10)
    if number < 10:
        return DIGITS[number]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


def numbered(headings: Iterable[Heading]) -> Iterator[str]:
    """The headings with their numbers: 一、 （一） 1. （1）; a lower level begins anew under a higher one."""
    counts = [0, 0, 0, 0]
    for heading in headings:
        at = heading.level - 1
        counts[at] += 1
        counts[at + 1 :] = [0] * (3 - at)
        count = counts[at]
        number = (f"{chinese_number(count)}、", f"（{chinese_number(count)}）", f"{count}.", f"（{count}）")[at]
        yield number + heading.words


def day_words(on: date) -> str:
    """2026年1月5日: Arabic, the whole year, no leading zeros (7.3.5.4)."""
    return f"{on.year}年{on.month}月{on.day}日"


def width(words: str) -> float:
    """How many characters wide a line is: what is typed half-width counts half."""
    return sum(0.5 if ord(sign) < 0x2000 else 1 for sign in words)


_NEVER_FIRST = frozenset((*"、，。；：？", "\N{FULLWIDTH EXCLAMATION MARK}", *"）〕》”’％年月日号的和与及", "%"))
_NEVER_LAST = frozenset("（〔《“‘第")


def title_lines(title: str, most: int = layout.TITLE_CHARACTERS) -> list[str]:
    """The lines of a title, as even as its words allow (7.3.1: 词意完整，排列对称，长短适宜).

    Each line is ``most`` characters wide at most; line breaks of the writer's are kept. A line
    begins with no 的 or closing mark, and no number is broken.
    """
    if "\n" in title:
        return [line.strip() for line in title.split("\n") if line.strip()]
    lines, rest, left = [], title.strip(), ceil(width(title.strip()) / most)
    while left > 1:
        aim = width(rest) / left
        places = [at for at in range(1, len(rest)) if _may_break(rest, at) and width(rest[:at]) <= most]
        places = [at for at in places if ceil(width(rest[at:]) / most) < left] or places or [most]
        cut = min(places, key=lambda at: (abs(width(rest[:at]) - aim) + 4 * (not _ends_a_word(rest[:at])), at))
        lines.append(rest[:cut])
        rest = rest[cut:]
        left = ceil(width(rest) / most)
    return [line for line in (*lines, rest) if line]


_WORD_ENDS = (
    "季度",
    "年度",
    "月份",
    "全镇",
    "全县",
    "工作",
    "情况",
    "政府",
    "公开",
    "信息",
    "关于",
    "办公室",
    "》",
    "、",
    "的",
)


def _ends_a_word(words: str) -> bool:
    return words.endswith(_WORD_ENDS)


def _may_break(words: str, at: int) -> bool:
    before, after = words[at - 1], words[at]
    both_half = ord(before) < 0x2000 and ord(after) < 0x2000
    inside = words[:at].count("《") > words[:at].count("》")
    return not (both_half or inside or after in _NEVER_FIRST or before in _NEVER_LAST)


def copy_lines(copies: str, most: int) -> list[str]:
    """The lines of 抄送, ``most`` characters wide: what follows stands under the first name (7.4.2)."""
    if not copies:
        return []
    lines, line, room = [], "抄送：", most
    for sign in f"{copies}。":
        if width(line + sign) > room and sign not in _NEVER_FIRST:
            lines.append(line)
            line, room = "", most - 3
        line += sign
    return [*lines, line]


def mark_size(mark: str) -> float:
    """The size of 发文机关标志 in points: the whole of it stands in one line."""
    fitting = layout.TYPE_WIDTH * layout.POINTS_PER_MM / max(1, width(mark))
    return max(layout.MARK_SMALLEST, min(layout.MARK_LARGEST, int(fitting * 2) / 2))


def sign_off_indents(name: str, on: date, *, sealed: bool) -> tuple[float, float]:
    """How many characters 署名 and 成文日期 stand in from the right: (name, date).

    Sealed: the date four in, the name centred over it; a name that would reach past the edge
    stands at it, and the date under its middle. Unsealed: the name two in, the date beginning two
    right of it; a date too long for that stands two in itself, and the name moves left.
    """
    long, short = width(name), width(day_words(on))
    if sealed:
        over = layout.SEALED_IN + (short - long) / 2
        return (over, layout.SEALED_IN) if over >= 0 else (0, (long - short) / 2)
    under = layout.UNSEALED_IN + long - layout.DATE_BEYOND_NAME - short
    if under >= layout.UNSEALED_IN:
        return layout.UNSEALED_IN, under
    return layout.UNSEALED_IN + layout.DATE_BEYOND_NAME + short - long, layout.UNSEALED_IN
