"""Dates in every form a clerk writes them, resolved as far as the text and the publish date allow.

In goes the plain text and the day of publishing; out come mentions in the order of the text: dates,
times of day, weekdays, relative days, lunar dates. What is said only in part (12日, 5月12日 without a
year) is completed from what stands before it and from the publish date; where that leaves a choice,
every reading is kept in ``DateMention.days``, and a check speaks only when none of them fits.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum, IntEnum
from functools import cached_property, lru_cache
from itertools import islice, pairwise, takewhile
from typing import Protocol, TypeVar

from town_portal.proofreading.rules.writing import Writing


class Mention(Protocol):
    """A stretch of the plain text."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it has ended."""


_M = TypeVar("_M", bound=Mention)


class Origin(Enum):
    """How the year of a date is known."""

    WRITTEN = "written"
    CARRIED = "carried"
    GUESSED = "guessed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class DateMention:
    """A day, a month or a year named in figures or characters."""

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    origin: Origin = Origin.UNKNOWN
    month_written: bool = True
    part: str = ""
    """上旬, 中旬, 下旬, 初, 底: a part of the month instead of a day."""
    year_words: str = ""
    """The year or month in words: 今年, 去年, 次年, 本月."""
    chained: bool = False
    """Stands in one range or list with the date before it."""
    years: tuple[int, ...] = ()
    """Every year it may belong to, the likeliest first."""
    days: tuple[date, ...] = ()
    """Every day it may mean, the likeliest first; empty when it is no single day or the year is unknown."""

    @property
    def is_day(self) -> bool:
        """Names a single day."""
        return self.day is not None and self.month is not None

    @property
    def year_written(self) -> bool:
        """The year stands in the date itself, in figures or words."""
        return self.origin is Origin.WRITTEN


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time of day. ``minute`` is None where only the hour is said."""

    start: int
    end: int
    hour: int
    minute: int | None
    period: str = ""
    colon: bool = False

    @property
    def minutes(self) -> int:
        """Minutes since midnight, the part of the day considered."""
        return on_the_clock(self.hour, self.period) * 60 + (self.minute or 0)


@dataclass(frozen=True, slots=True)
class WeekdayMention:
    """A weekday, 0 for Monday to 6 for Sunday; 周末 has both its days. ``week`` is −1, 0, 1 for 上周, 本周, 下周."""

    start: int
    end: int
    days: tuple[int, ...]
    week: int | None = None


@dataclass(frozen=True, slots=True)
class RelativeDay:
    """今天, 昨日, 后天: days from the day of publishing."""

    start: int
    end: int
    offset: int


@dataclass(frozen=True, slots=True)
class LunarMention:
    """A day of the lunar calendar. ``sure`` when the words can mean nothing else."""

    start: int
    end: int
    month: int
    day: int
    sure: bool


@dataclass(frozen=True, slots=True)
class DateRange:
    """Two dates with 至 between them."""

    first: DateMention
    last: DateMention

    @property
    def start(self) -> int:
        """Where the first date begins."""
        return self.first.start

    @property
    def end(self) -> int:
        """Where the last date has ended."""
        return self.last.end


@dataclass(frozen=True)
class Calendar:
    """Everything about days and times in one text."""

    text: str
    day: date | None
    dates: tuple[DateMention, ...]
    times: tuple[TimeMention, ...]
    weekdays: tuple[WeekdayMention, ...]
    relatives: tuple[RelativeDay, ...]
    lunars: tuple[LunarMention, ...]
    ranges: tuple[DateRange, ...]
    years: frozenset[int]
    """Every year the text or its title writes."""

    @cached_property
    def range_ends(self) -> dict[int, DateMention]:
        """The last date of a range by the place of its first."""
        return {period.first.start: period.last for period in self.ranges}

    @cached_property
    def inside_ranges(self) -> dict[int, DateRange]:
        """The range that a date ends, by the place of that date."""
        return {period.last.start: period for period in self.ranges}

    @cached_property
    def asides(self) -> tuple[Mention, ...]:
        """What may stand between two names of one day: times of day and lunar dates."""
        return tuple(sorted((*self.times, *self.lunars), key=lambda one: one.start))


_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "O": 0, "两": 2}
_CN = "〇零○一二三四五六七八九十廿卅"


def number(words: str) -> int | None:
    """The value of a numeral under a hundred, or of a year said figure by figure; None if it is neither."""
    if words.isdecimal():
        return int(words)
    if words.startswith(("廿", "卅")):
        words = ("二十" if words[0] == "廿" else "三十") + words[1:].removeprefix("十")
    if "十" not in words:
        if any(sign not in _DIGITS for sign in words) or len(words) not in {1, 4}:
            return None
        return int("".join(str(_DIGITS[sign]) for sign in words))
    tens, _, ones = words.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return None
    return (_DIGITS.get(tens, 0) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)


_NUMERAL = rf"(?:\d{{1,2}}|[{_CN}]{{1,3}})"
_YEAR_WORDS = "今年|本年|去年|上年|昨年|明年|来年|前年|后年|次年|翌年|同年|当年"
_YEAR = rf"(?:(?:19|20)\d\d|[一二][{_CN}]{{3}}|(?<![\d〔\[])\d\d(?=\s?年\s?\d{{1,2}}\s?月))\s?年|{_YEAR_WORDS}"
_CLOCK_WORDS = "凌晨|清晨|早晨|早上|上午|中午|午间|下午|午后|傍晚|晚上|晚间|夜间|夜里|当晚|(?<![最更较尽趁])晚|(?<![最更较尽趁提及])早"
_RANGE_SIGN = r"(?:直?至|到|[—–－\-~～]{1,2})"
_BARE_DAY_FOLLOWS = (
    rf"(?=\s?(?:{_RANGE_SIGN}|[、和及])\s?(?:\d{{1,2}}\s?月\s?)?\d{{1,2}}(?:\s?[日号]|\s?(?:[（(]|$))"
    rf"|\s?[（(]?(?:星期|周[一二三四五六日天]|礼拜|{_CLOCK_WORDS})|\s?[）)]|的(?!\d))"
)
_PART = "上旬|中上旬|中旬|中下旬|下旬|初|底|末"

_DATE = re.compile(
    rf"""
    (?<![\d.\-/A-Za-z])(?P<iy>(?:19|20)\d\d)(?P<sep>[-./])(?P<im>\d{{1,2}})(?P=sep)(?P<iday>\d{{1,2}})(?![\d]|[-./]\d)
  | (?:(?<!\d)(?P<year>{_YEAR})(?:度?的)?\s?)?
    (?<![\d第个.{_CN}])(?P<month>{_NUMERAL})\s?月(?![龄子饼嫂亮球光薪票租均])份?
    (?:[的\s]?(?P<day>\d{{1,3}}|[{_CN}]{{1,4}})\s?(?P<sun>[日号])(?![线楼文井令])
      |[的\s]?(?P<cut>\d{{1,2}}(?!\d){_BARE_DAY_FOLLOWS}|[{_CN}]{{1,3}}(?=[这那当]天))
      |[的\s]?(?P<part>{_PART}))?
  | (?<!\d)(?P<only>(?:19|20)\d\d|[一二][{_CN}]{{3}})\s?年(?![级版])
  | (?<![\d一二三四五六七八九十])(?P<words>{_YEAR_WORDS})
  | (?P<moon>本月|这个月|当月|上个?月|下个?月|次月|同月)份?(?:的?(?P<mday>{_NUMERAL})\s?[日号]|(?P<mpart>{_PART}))?
  | (?<!\d[:：])(?<![\d./第月年个近每数几满超逾共达期少多大续起后过约了时作前{_CN}])
    (?P<bare>\d{{1,2}}|二?十[一二三四五六七八九]|[二三]十|三十一)
    (?:日(?![本常内以均游龄行夜之余左产报])|(?P<hao>号)(?=\s?(?:{_CLOCK_WORDS}|[（(）)，。、至到—\-~～]|星期|周|礼拜
      |起|止|前|当天|当日|那天|这天|开始|截止|结束|是|就|也|正|恰|$)))
    """,
    re.VERBOSE,
)
_SLASHED = re.compile(
    r"(?<![\d./第])(?<!\d[:：])(?P<month>\d{1,2})(?P<sep>[./])(?P<day>\d{1,2})(?![\d%％]|[./]\d|\s?[万亿元亩公平千米吨％%倍])"
)
_SLASHED_FOLLOWS = re.compile(
    r"\s?(?:[（(]\s?(?:星期|周[一二三四五六日天]|礼拜|农历)|(?:星期|周[一二三四五六日天]|礼拜)"
    r"|(?P<range>[—–－\-~～至到]{1,2})\s?\d{1,2}[./]\d{1,2}(?!\d))"
)
_SLASHED_BEFORE = re.compile(r"\d{1,2}[./]\d{1,2}\s?[—–－\-~～至到]{1,2}\s?$")
_PERIOD_BEFORE = re.compile(r"(?:时间|日期|期|于|自|从|日程|安排|活动)[^，。；]{0,14}$")
_NEAR_A_DAY = 39
_BY_DAY = re.compile(r"(?:之前|以前|前(?![后沿])|止|起(?![来伏])|当天|上午|下午|晚|[日号](?![均产元线楼本]))")
_IN_DAY = re.compile(r"(?:赶?[在于]|截[至止]到?|自|从|定在|时间[为是：:])$")
_TIME = re.compile(
    rf"""
    (?:(?P<period>{_CLOCK_WORDS})\s?(?:的\s?)?)?
    (?:(?<![\d.:])(?<!\d：)(?P<ch>\d{{1,2}})\s?[:：]\s?(?P<cm>\d{{2}})(?!\d)(?:[:：]\d{{2}})?
      |(?<![\d.第{_CN}])(?P<hour>\d{{1,2}}|[{_CN}两]{{1,3}})\s?(?:时(?![间代期节候段刻局任尚务])|点钟?(?![位线名评对面儿]))
       (?:(?P<minute>\d{{1,3}}|[{_CN}]{{1,3}})\s?分(?![之钟类析组别])|(?P<half>半)|(?P<quarter>[一三]刻)
        |(?P<mm>\d{{2}})(?![\d秒个米]))?)
    """,
    re.VERBOSE,
)
_WEEKDAY = re.compile(
    r"(?P<week>(?<![赶碰遇])上上个?|(?<![赶碰遇])上个?|本|这个?|下下个?|下个?)?(?<![一二两三四五六七八九十几每整半首\d])"
    r"(?:星期|周|礼拜)(?P<day>[一二三四五六日天末])(?![次场期节趟轮遍班岁年月])"
)
_EVERY_WEEK = re.compile(
    r"(?:每|(?<![适恰正又喜欣时])逢)个?(?:(?:星期|周|礼拜)?[一二三四五六日天](?:[、和及至到，或—\-]|以及))+$|每$|(?<![适恰正又喜欣时])逢$"
)
_RELATIVE = re.compile(
    r"(?P<d3>大前[天日])|(?P<d2>(?<![大目日节年月提以之假此生])前[天日](?!的?夜))|(?P<d1>昨[天日晚夜晨])"
    r"|(?P<d0>今[天日早晨晚夜])|(?P<n1>明[天日早晨晚])|(?P<n3>大后天)|(?P<n2>(?<![大今之以然先雨雪晴])后[天日](?![气空晴]))"
)
_OFFSETS = {"d3": -3, "d2": -2, "d1": -1, "d0": 0, "n1": 1, "n2": 2, "n3": 3}
_LUNAR = re.compile(
    rf"""
    (?P<named>(?:农历|阴历|旧历|古历)(?:[{_CN}\d]{{4}}年|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年)?的?)?
    (?:闰?(?<![\d{_CN}])(?P<month>正|冬|腊|\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月
      |(?P<new>大年))
    (?P<day>初[一二三四五六七八九十\d]{{1,2}}|[廿卅][一二三四五六七八九]?|[一二三四五六七八九十]{{1,3}}|\d{{1,2}})
    (?P<sun>[日号]?)(?![月年个\d])
    """,
    re.VERBOSE,
)
_LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}


_CIRCLED = re.compile(r"[①-⑨²³¹❶-❾⓪]")


def read(writing: Writing) -> Calendar:
    """Every mention in a text, completed and resolved; kept for the checks that ask after one another."""
    return _read(_figures(writing), writing.day, writing.title)


def _figures(writing: Writing) -> str:
    """The plain text; a circled number before a date (①5月) is no figure of it."""
    plain = writing.plain
    if not _CIRCLED.search(writing.text):
        return plain
    circled = (_CIRCLED.fullmatch(writing.text[writing.span(place, place + 1)[0]]) for place in range(len(plain)))
    return "".join("·" if mark else sign for sign, mark in zip(plain, circled, strict=True))


@lru_cache(maxsize=8)
def _read(text: str, day: date | None, title: str) -> Calendar:
    lunars = tuple(_lunars(text))
    raw = [one for one in _raw_dates(text) if not _inside(one, lunars)]
    day = day or _signed(text, raw)
    written = frozenset(one.year for one in (*raw, *_raw_dates(title)) if one.year is not None)
    times = tuple(_times(text))
    gaps = _Gaps(text, times)
    dates = tuple(_resolved(raw, day, gaps))
    return Calendar(
        text,
        day,
        dates,
        times,
        tuple(_weekdays(text)),
        tuple(RelativeDay(*match.span(), _OFFSETS[match.lastgroup or ""]) for match in _RELATIVE.finditer(text)),
        lunars,
        tuple(_ranges(dates, gaps)),
        written,
    )


def _inside(one: Mention, others: Sequence[Mention]) -> bool:
    return any(other.start < one.end and one.start < other.end for other in others)


def _raw_dates(text: str) -> Iterator[DateMention]:
    slashed = (one for match in _SLASHED.finditer(text) if (one := _slashed(text, match)))
    found = [*(one for match in _DATE.finditer(text) if (one := _raw_date(match))), *slashed]
    return iter(sorted(found, key=lambda one: one.start))


def _slashed(text: str, match: re.Match[str]) -> DateMention | None:
    """5.12 is a date only beside a weekday, or in a range that is said to be a time."""
    month, day = int(match["month"]), int(match["day"])
    before = text[max(0, match.start() - 24) : match.start()]
    ahead = _SLASHED_FOLLOWS.match(text, match.end())
    in_period = _PERIOD_BEFORE.search(before) and (_SLASHED_BEFORE.search(before) or ahead)
    near = 1 <= month <= 12 and 1 <= day <= _NEAR_A_DAY and match["sep"] == "."
    if (
        near
        and _BY_DAY.match(text, match.end())
        and (_IN_DAY.search(before) or text[match.end() : match.end() + 1] in ("日", "号"))
    ):
        return DateMention(*match.span(), None, month, day)
    if not (1 <= month <= 12 and 1 <= day <= 31) or not (in_period or (ahead and not ahead["range"])):
        return None
    return DateMention(*match.span(), None, month, day)


def _raw_date(match: re.Match[str]) -> DateMention | None:
    start, end = match.span()
    if match["iy"]:
        return DateMention(start, end, int(match["iy"]), int(match["im"]), int(match["iday"]), Origin.WRITTEN)
    if match["month"]:
        month, words = number(match["month"]), match["day"] or match["cut"]
        day = number(words) if words else None
        if month is None or (words and day is None) or (month > 19 and not match["month"].isdecimal()):
            return None  # 九十月份 is two months
        year, year_words = _year(match["year"] or "")
        origin = Origin.WRITTEN if match["year"] else Origin.UNKNOWN
        return DateMention(start, end, year, month, day, origin, part=match["part"] or "", year_words=year_words)
    if match["only"] or match["words"]:
        year, year_words = _year(f"{match['only']}年" if match["only"] else match["words"])
        return DateMention(start, end, year, None, None, Origin.WRITTEN, year_words=year_words)
    if match["moon"]:
        day = number(match["mday"]) if match["mday"] else None
        return DateMention(
            start, end, None, None, day, month_written=False, part=match["mpart"] or "", year_words=match["moon"]
        )
    return DateMention(start, end, None, None, number(match["bare"]), month_written=False)


def _year(words: str) -> tuple[int | None, str]:
    figures = words.removesuffix("年").strip()
    value = number(figures) if figures and words.endswith("年") and figures[0] in f"{_CN}0123456789" else None
    if value is None:
        return None, words
    return (value + 2000 if value < 100 else value), ""


def _signed(text: str, raw: Sequence[DateMention]) -> date | None:
    """The date below a notice, where the day of publishing is not known."""
    for one in reversed(raw):
        if one.year and one.month and one.day and one.end == len(text.rstrip()):
            line_start = text.rfind("\n", 0, one.start) + 1
            return (
                _day_of(one.year, one.month, one.day)
                if line_start and not text[line_start : one.start].strip()
                else None
            )
    return None


_WORD_YEARS = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "昨年": -1, "明年": 1, "来年": 1, "前年": -2, "后年": 2}
_WORD_MONTHS = {"本": 0, "这": 0, "上": -1, "下": 1}


def _resolved(raw: Sequence[DateMention], day: date | None, gaps: "_Gaps") -> Iterator[DateMention]:
    """The mentions with what they carry from those before them."""
    year: int | None = None
    month: int | None = None
    previous: DateMention | None = None
    for one in raw:
        if previous and _CHAIN_GAP.fullmatch(gaps.bare(previous, one)):
            done = _chained(one, previous, day)
        else:
            done = _dated(_with_month(one, month, day), year, day)
        if done.year and done.origin in {Origin.WRITTEN, Origin.CARRIED}:
            year = done.year
        if one.month_written or one.year_words:
            month = done.month or month
        previous = done
        if one.month_written or one.year_words or month or _leans(gaps.text, one):
            yield done


def _chained(one: DateMention, previous: DateMention, day: date | None) -> DateMention:
    """The next date of a range or list has the month and year of the one before, unless it says its own."""
    if one.month is None and not one.month_written and not one.year_words:
        one = replace(one, month=previous.month)
    if one.origin is Origin.WRITTEN or one.year_words[:1] == "次":
        return replace(_dated(one, previous.year, day), chained=True)
    origin = Origin.CARRIED if previous.origin is Origin.WRITTEN else previous.origin
    turned = (one.month or 0, one.day or 0) < (previous.month or 0, previous.day or 0)
    years = (*previous.years, *(year + 1 for year in previous.years if turned))
    return replace(_in_years(one, tuple(dict.fromkeys(years)), origin), chained=True)


def _leans(text: str, one: DateMention) -> bool:
    """A day without a month that something beside it shows to be a date: a weekday, 昨日, a bracket."""
    after = _LEANS_AFTER.match(text, one.end)
    before = _LEANS_BEFORE.search(text[max(0, one.start - 10) : one.start])
    return bool(after or before)


_LEANS_AFTER = re.compile(
    r"\s?[（(]?\s?(?:就|正好?|恰好?|刚好)?(?:是|逢)?(?:星期|周[一二三四五六日天]|礼拜|昨|今天|今日|明天)"
)
_LEANS_BEFORE = re.compile(r"(?:[今昨前明后][天日晚早]|(?:星期|周|礼拜)[一二三四五六日天])[^。；]{0,6}$")


def _with_month(one: DateMention, month: int | None, day: date | None) -> DateMention:
    """A day without a month: in the month said before, or the one nearest to the publish date."""
    if one.month is not None or one.month_written:
        return one
    offset = _WORD_MONTHS.get(one.year_words[:1])
    if offset is not None and day is not None:
        index = day.year * 12 + day.month - 1 + offset
        return replace(one, year=index // 12, month=index % 12 + 1)
    if one.year_words[:1] == "次":
        return replace(one, month=month % 12 + 1 if month else None)
    near = _near_months(one.day, day) if day and one.day and not one.year_words else ()
    if month is None and near:
        years = tuple(dict.fromkeys(found.year for found in near))
        return replace(one, month=near[0].month, year=near[0].year, years=years, days=near, origin=Origin.GUESSED)
    return replace(one, month=month, days=near)


def _near_months(number_of_day: int, day: date) -> tuple[date, ...]:
    """The days of that number in the month of publishing and those beside it, the nearest first."""
    months = (day.year * 12 + day.month - 1 + shift for shift in (0, -1, 1))
    found = (_day_of(index // 12, index % 12 + 1, number_of_day) for index in months)
    return tuple(sorted((one for one in found if one), key=lambda one: abs((one - day).days)))


def _dated(one: DateMention, carried: int | None, day: date | None) -> DateMention:
    """A date with every year it may belong to."""
    if one.years:
        return one
    if one.year_words in _WORD_YEARS:
        one = replace(one, year=day.year + _WORD_YEARS[one.year_words] if day else None)
    elif one.year_words in {"次年", "翌年"}:
        one = replace(one, year=carried + 1 if carried else None)
    elif one.year_words in {"同年", "当年"}:
        one = replace(one, year=carried)
    if one.year is not None:
        return _in_years(one, (one.year,), Origin.WRITTEN)
    if one.origin is Origin.WRITTEN or one.month is None:
        return one
    years = tuple(dict.fromkeys(([carried] if carried else []) + _near_years(one, day)))
    return _in_years(one, years, Origin.CARRIED if carried else Origin.GUESSED) if years else one


def _in_years(one: DateMention, years: tuple[int, ...], origin: Origin) -> DateMention:
    found = (_day_of(year, one.month, one.day) for year in years) if one.month and one.day else ()
    days = tuple(dict.fromkeys([*(day for day in found if day), *one.days]))
    return replace(one, year=years[0] if years else None, years=years, origin=origin, days=days)


def _near_years(one: DateMention, day: date | None) -> list[int]:
    """The year in which a day without one is nearest to the day of publishing, and that of publishing."""
    if day is None or one.month is None or not 1 <= one.month <= 12:
        return []
    months = (one.month - day.month + 6) % 12 - 6
    nearest = (day.year * 12 + day.month - 1 + months) // 12
    return list(dict.fromkeys((nearest, day.year)))


def _day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _times(text: str) -> Iterator[TimeMention]:
    for match in _TIME.finditer(text):
        hour = number(match["ch"] or match["hour"])
        if hour is None:
            continue
        yield TimeMention(*match.span(), hour, _minute(match), match["period"] or "", bool(match["ch"]))


def _minute(match: re.Match[str]) -> int | None:
    if match["half"]:
        return 30
    if match["quarter"]:
        return 15 if match["quarter"][0] == "一" else 45
    words = match["cm"] or match["minute"] or match["mm"]
    return number(words) if words else None


def on_the_clock(hour: int, period: str) -> int:
    """The hour on the clock of 24: 下午3时 is 15."""
    if period in {"下午", "午后", "傍晚", "晚上", "晚间", "晚", "当晚", "夜间", "夜里"} and hour <= 12:
        late_night = period not in {"下午", "午后", "傍晚"} and (hour == 12 or hour <= 4)
        return (24 if hour == 12 else hour + 24) if late_night else hour if hour == 12 else hour + 12
    if period in {"中午", "午间"} and 1 <= hour <= 3:
        return hour + 12
    return 0 if period == "凌晨" and hour == 12 else hour


def _weekdays(text: str) -> Iterator[WeekdayMention]:
    for match in _WEEKDAY.finditer(text):
        if _EVERY_WEEK.search(text[max(0, match.start() - 16) : match.start()]):
            continue
        day = match["day"]
        days = (5, 6) if day == "末" else (6 if day in "日天" else "一二三四五六".index(day),)
        words = (match["week"] or "").removesuffix("个")
        week = {"本": 0, "这": 0, "上": -1, "下": 1, "上上": -2, "下下": 2}.get(words)
        yield WeekdayMention(*match.span(), days, week)


def _lunars(text: str) -> Iterator[LunarMention]:
    for match in _LUNAR.finditer(text):
        month = 1 if match["new"] else _LUNAR_MONTHS.get(match["month"]) or number(match["month"])
        day = number(match["day"].removeprefix("初"))
        own_words = match["day"][0] in "初廿卅" or (match["month"] or "") in _LUNAR_MONTHS
        if month is None or day is None or (match["new"] and not match["day"].startswith("初")):
            continue
        if not match["named"] and (match["sun"] or (not own_words and match["day"].isdecimal())):
            continue
        if not match["named"] and (match["month"] or "").isdecimal():
            continue
        yield LunarMention(*match.span(), month, day, bool(match["named"] or own_words))


class _Gaps:
    """What stands between two mentions, times of day left out."""

    def __init__(self, text: str, asides: Sequence[Mention]) -> None:
        self.text = text
        self.asides = asides

    def between(self, first: Mention, second: Mention) -> str:
        """The words of the gap, or a sign that never matches when it is long."""
        if second.start - first.end > 40:
            return "\n"
        words, place = "", first.end
        index = bisect_left(self.asides, first.start, key=lambda one: one.start)
        for time in takewhile(lambda one: one.start < second.start, islice(self.asides, index, None)):
            if first.end < time.end <= second.start and time.start >= first.start:
                words += self.text[place : time.start]
                place = time.end
        return words + self.text[place : second.start]

    def bare(self, first: Mention, second: Mention) -> str:
        """The gap without the words for parts of the day and without what stands in brackets."""
        return _CLOCK.sub("", _BRACKETED.sub("", self.between(first, second)))


_CLOCK = re.compile(_CLOCK_WORDS + "|全天")
_BRACKETED = re.compile(r"[（(][^（()）]{0,12}[）)]")
RANGE_GAP = re.compile(
    rf"\s*(?:起[算租]?|开始|生效)?[，,]?\s*(?:{_RANGE_SIGN}|一直到|持续到|持续至|延续到|延续至|截至|截止到|止于)\s*"
)
_WORKED_TILL = re.compile(r"(?:一直|连续|连着)?[干修忙建办开下做排种收演唱放停走住学查守晒晾挖铺运搬拆][了]?[到至]")
"""从11月2日干到11月8日."""
_CHAIN_GAP = re.compile(rf"(?:{RANGE_GAP.pattern}|\s*(?:[、和及与]|以及)\s*)")


def _ranges(dates: Sequence[DateMention], gaps: _Gaps) -> Iterator[DateRange]:
    for first, last in pairwise(dates):
        gap = gaps.bare(first, last)
        worked = _WORKED_TILL.fullmatch(gap) and gaps.text[max(0, first.start - 1) : first.start] in ("从", "自")
        if RANGE_GAP.fullmatch(gap) or worked:
            yield DateRange(first, last)


def beside(mentions: Sequence[_M], word: Mention) -> tuple[_M | None, _M | None]:
    """The last mention before a word and the first behind it; the mentions come in the order of the text."""
    place = bisect_left(mentions, word.start, key=lambda one: one.start)
    before = mentions[place - 1] if place and mentions[place - 1].end <= word.start else None
    later = (one for one in mentions[place : place + 3] if one.start >= word.end)
    return before, next(later, None)


_LIST_GAP = re.compile(rf"\s*(?:{_RANGE_SIGN}|[、和及与，,]|以及)\s*")


def runs(calendar: Calendar, mentions: Sequence[_M]) -> Iterator[tuple[_M, ...]]:
    """The mentions by lists and ranges: 12日、13日 is one run, and so is 周二至周四."""
    run: list[_M] = []
    for one in mentions:
        if run and not _LIST_GAP.fullmatch(calendar.text[run[-1].end : one.start][:9]):
            yield tuple(run)
            run = []
        run.append(one)
    if run:
        yield tuple(run)


_LINK_WORDS = (
    "即|也就是|也即|就是|正好|恰好|刚好|刚巧|恰恰|正是|恰是|恰|正|适逢|恰逢|正逢|又逢|喜逢|欣逢|时逢|逢|时值|正值|适值|值"
    "|是|为|系|乃|当天|当日|那天|这天|这一天|那一天|全天|农历|阴历|公历|阳历|新历|我国|我们|中国|传统|的|今年|今年度"
    "|一年一度|落在|定在|对应|对照|赶上|碰上|赶巧|在|也|又|还|都|迎来|当|这个|这一|那个|日期|时间|佳节|一个|个|许|左右|九九"
)
_LINK = re.compile(rf"(?:{_LINK_WORDS}|第[\d{_CN}百]+[个届次]|[（()）：:“”‘’；;，, 　])*")
_COPULA = re.compile(r"[是为系乃即逢值在]|就是|迎来|[赶碰]上|赶巧|对[应照]")


_APART = re.compile(r"^[）)]|[）)]\s*[，,；;：:]|[，,；;].*[，,；;]")
_SAID_ALONE = re.compile(
    rf"\s*(?:[，,。；;、）)\n”：:]|{_CLOCK_WORDS}|(?:\d{{1,2}}|[{_CN}]{{1,3}})[:：时点]|全天|当天|$)"
)
_OFF = re.compile(r"\s*(?:之|以)?[前后]|左右|起每|期间")


class Bond(IntEnum):
    """How strongly the words say that two mentions are the same day."""

    COMMA = 1
    NEXT = 2
    VERB = 3
    BRACKET = 4


def bond(calendar: Calendar, first: Mention, second: Mention) -> Bond | None:
    """Are two mentions, one soon after the other, said to be the same day, and how strongly?

    Times of day may stand between. None when the words between say something else.
    """
    if not first.end <= second.start <= first.end + 30:
        return None
    gap = _CLOCK.sub("", _Gaps(calendar.text, calendar.asides).between(first, second))
    if gap.strip() == "|":
        return Bond.NEXT if re.match(r"\s*(?:\||$)", calendar.text[second.end : second.end + 4]) else None
    if not _LINK.fullmatch(gap) or _APART.search(gap) or _OFF.match(calendar.text, second.end):
        return None
    if re.match(r"\s*[（(]", gap) and not re.search(r"[）)]", gap):
        return Bond.BRACKET
    if _COPULA.search(gap):
        return Bond.VERB
    if re.search(r"[，,；;）)]", gap):
        return Bond.COMMA if _SAID_ALONE.match(calendar.text, second.end) else None
    return Bond.NEXT


def quoted(text: str, place: int) -> bool:
    """Inside quotation marks, in somebody's own words?"""
    opened = text.rfind("“", 0, place)
    return opened >= 0 and text.find("”", opened, place) < 0 and "\n" not in text[opened:place]


def monday(day: date) -> date:
    """The first day of a week."""
    return day - timedelta(days=day.weekday())


def spoken(day: date) -> str:
    """A day as it is said: 5月12日."""
    return f"{day.month}月{day.day}日"


WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
