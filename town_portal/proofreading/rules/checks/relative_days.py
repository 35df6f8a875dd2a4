"""date_relative: 今天, 昨日, 本周三, 上月, 去年 beside a date that is not it, as seen from the day of publishing."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.dates import (
    WEEKDAYS,
    Bond,
    Calendar,
    DateMention,
    Mention,
    RelativeDay,
    WeekdayMention,
    beside,
    bond,
    monday,
    number,
    quoted,
    read,
    spoken,
)
from town_portal.proofreading.rules.writing import Writing

_DATELINE = re.compile(r"\s*(?:日?(?:讯|电)|[^。，\n]{0,4}(?:讯|电)(?![视话力子影网站]))")
_WEEK = re.compile(r"(?P<week>上上|上|本|这|下)(?:个)?(?:周|星期|礼拜)(?![一二三四五六日天末边围])")
_WEEKS = {"上上": -2, "上": -1, "本": 0, "这": 0, "下": 1}
_AGO = re.compile(
    r"(?:^|(?<=[，。；：、\s]))(?:就在|早在)?(?P<count>\d{1,2}|[一二两三四五六七八九十]{1,2})[天日](?:之|以)?(?P<side>前|后)"
)
_MONTH_WORDS = {"上": -1, "本": 0, "这": 0, "下": 1}
_YEAR_WORDS = {"今年": 0, "去年": -1, "明年": 1, "前年": -2}


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Findings about days, weeks, months and years said from today that are not the dates beside them."""
    del lexicon
    calendar = read(writing)
    if calendar.day is None:
        return
    bases = (calendar.day, *_datelines(calendar))
    for first, second, said in _conflicts(calendar, bases):
        start, end = min(first.start, second.start), max(first.end, second.end)
        if quoted(calendar.text, start):
            continue
        if calendar.text[end : end + 1] in {"）", ")"}:
            end += 1
        words = calendar.text[first.start : first.end]
        yield writing.finding(Family.DATE_RELATIVE, start, end, f"按发布日期，“{words}”应是{said}，请核对。")


def _conflicts(calendar: Calendar, bases: Sequence[date]) -> Iterator[tuple[Mention, Mention, str]]:
    days = [one for one in calendar.dates if one.days]
    yield from _days(calendar, days, bases)
    yield from _weekdays(calendar, days, bases)
    yield from _weeks(calendar, days, bases)
    yield from _days_ago(calendar, days, bases)
    yield from _weekends(calendar, days, bases)
    yield from _months(calendar, bases[0])
    yield from _years(calendar, bases[0])


def _datelines(calendar: Calendar) -> Iterator[date]:
    """The days of 本报6月24日讯: a report may count from there."""
    for one in calendar.dates:
        if one.days and _DATELINE.match(calendar.text, one.end):
            yield one.days[0]


def _said_of(
    calendar: Calendar, days: Sequence[DateMention], word: Mention, weakest: Bond = Bond.COMMA
) -> Iterator[DateMention]:
    """The date that are said to be the same day as a word, the stronger bond alone."""
    before, after = beside(days, word)
    first = bond(calendar, before, word) if before else None
    last = bond(calendar, word, after) if after else None
    if after and last and last >= weakest and last >= (first or weakest):
        yield after
    elif before and first and first >= weakest:
        yield before


def _days(
    calendar: Calendar, days: Sequence[DateMention], bases: Sequence[date]
) -> Iterator[tuple[Mention, Mention, str]]:
    for word in calendar.relatives:
        expected = [base + timedelta(days=word.offset) for base in bases]
        for one in list(_said_of(calendar, days, word)) or _that_is(calendar, days, word):
            if not set(expected) & set(one.days):
                yield word, one, spoken(expected[0])
        for weekday in _weekdays_of(calendar, word):
            if not any(day.weekday() in weekday.days for day in expected):
                yield word, weekday, WEEKDAYS[expected[0].weekday()]


_THAT_IS = re.compile(r"[^，。；\d]{1,6}[，（](?:也就是|即|就是)(?:说)?")


def _that_is(calendar: Calendar, days: Sequence[DateMention], word: RelativeDay) -> Iterator[DateMention]:
    """后天复工，也就是3月15日."""
    _, after = beside(days, word)
    if not after:
        return
    gap = calendar.text[word.end : after.start]
    labelled = word.offset >= 0 and _ITS_TIME.fullmatch(gap)
    if _THAT_IS.fullmatch(gap) or labelled or _next_sentence(calendar, word, after, gap):
        yield after


_ITS_TIME = re.compile(r"[^，。；\d\n]{1,14}[，,]?(?:时段|时间|日期|具体时间)(?:为|是|：|:|定在)\s*")
_CLOSES = re.compile(r"(?:落下?帷?幕|落幕|结束|收官|举行|告捷|圆满[^，。]{0,4}|开[幕赛]|拉开帷幕|上演)。\s*")
_NIGHT = re.compile(r"\s*(?:当?[晚夜]|凌晨|深夜)")


def _next_sentence(calendar: Calendar, word: RelativeDay, after: DateMention, gap: str) -> bool:
    """…昨晚落下帷幕。11月12日夜，检查组…: the night the next sentence goes back to."""
    night = calendar.text[word.start : word.end][-1:] in ("晚", "夜")
    return night and _CLOSES.fullmatch(gap) is not None and _NIGHT.match(calendar.text, after.end) is not None


def _weekdays_of(calendar: Calendar, word: RelativeDay) -> Iterator[WeekdayMention]:
    _, weekday = beside(calendar.weekdays, word)
    if weekday and weekday.week is None and bond(calendar, word, weekday) in {Bond.BRACKET, Bond.VERB}:
        yield weekday


def _weekdays(
    calendar: Calendar, days: Sequence[DateMention], bases: Sequence[date]
) -> Iterator[tuple[Mention, Mention, str]]:
    for word in calendar.weekdays:
        if word.week is None:
            continue
        weeks = [monday(base) + timedelta(weeks=word.week) for base in bases]
        expected = [week + timedelta(days=day) for week in weeks for day in word.days]
        for one in list(_said_of(calendar, days, word)) or _bracketed(calendar, days, word):
            if not set(expected) & set(one.days):
                yield word, one, "或".join(spoken(day) for day in expected[: len(word.days)])


def _weeks(
    calendar: Calendar, days: Sequence[DateMention], bases: Sequence[date]
) -> Iterator[tuple[Mention, Mention, str]]:
    for match in _WEEK.finditer(calendar.text):
        word = RelativeDay(*match.span(), _WEEKS[match["week"]])
        weeks = [monday(base) + timedelta(weeks=word.offset) for base in bases]
        for one in _said_of(calendar, days, word, Bond.NEXT):
            last = calendar.range_ends.get(one.start, one)
            if last.days and not any(week in weeks for week in (monday(one.days[0]), monday(last.days[0]))):
                yield word, last, f"{spoken(weeks[0])}至{spoken(weeks[0] + timedelta(days=6))}"


_IN_BRACKETS = re.compile(r"的?[^，。；、（）\d]{1,8}（")


def _bracketed(calendar: Calendar, days: Sequence[DateMention], word: Mention) -> Iterator[DateMention]:
    """上周五那场雨（6月3日）."""
    _, after = beside(days, word)
    if after is None or calendar.text[after.end : after.end + 1] != "）":
        return
    if _IN_BRACKETS.fullmatch(calendar.text[word.end : after.start]):
        yield after


_LAST_WEEKEND = re.compile(r"(?:(?:刚刚?|才)过去的?(?:这个|那个)?|刚过的)(?:周末|双休日)")
_DAYS_OF_A_WEEK = 7


def _weekends(
    calendar: Calendar, days: Sequence[DateMention], bases: Sequence[date]
) -> Iterator[tuple[Mention, Mention, str]]:
    """刚刚过去的周末（6月13日至14日): no longer ago than a week."""
    for match in _LAST_WEEKEND.finditer(calendar.text):
        word = RelativeDay(*match.span(), 0)
        saturdays = [base - timedelta(days=(base.weekday() - 5) % _DAYS_OF_A_WEEK or _DAYS_OF_A_WEEK) for base in bases]
        expected = {saturday + timedelta(days=day) for saturday in saturdays for day in (-1, 0, 1)}
        for one in _said_of(calendar, days, word, Bond.NEXT):
            if not expected & set(one.days):
                yield word, calendar.range_ends.get(one.start, one), f"{spoken(saturdays[0])}前后"


def _days_ago(
    calendar: Calendar, days: Sequence[DateMention], bases: Sequence[date]
) -> Iterator[tuple[Mention, Mention, str]]:
    for match in _AGO.finditer(calendar.text):
        count = number(match["count"])
        if count is None:
            continue
        word = RelativeDay(*match.span(), -count if match["side"] == "前" else count)
        expected = [base + timedelta(days=word.offset) for base in bases]
        for one in _said_of(calendar, days, word, Bond.BRACKET):
            if not set(expected) & set(one.days):
                yield word, one, spoken(expected[0])


def _months(calendar: Calendar, day: date) -> Iterator[tuple[Mention, Mention, str]]:
    """上月（4月）."""
    for word, one in zip(calendar.dates, calendar.dates[1:], strict=False):
        if word.is_day and "月" in word.year_words and word.days and one.days and one.is_day:
            if not set(word.days) & set(one.days) and bond(calendar, word, one) in {Bond.BRACKET, Bond.VERB}:
                yield word, one, spoken(word.days[0])
            continue
        offset = _MONTH_WORDS.get(word.year_words[:1])
        if offset is None or "月" not in word.year_words or word.day or word.part or not one.month_written:
            continue
        month = (day.month - 1 + offset) % 12 + 1
        if one.month and one.month != month and bond(calendar, word, one) in {Bond.BRACKET, Bond.VERB}:
            yield word, one, f"{month}月"


def _years(calendar: Calendar, day: date) -> Iterator[tuple[Mention, Mention, str]]:
    """去年（2024年）."""
    for word, one in zip(calendar.dates, calendar.dates[1:], strict=False):
        offset = _YEAR_WORDS.get(word.year_words)
        if offset is None or word.month or one.month or one.year_words or not one.year_written:
            continue
        if one.year != day.year + offset and bond(calendar, word, one) in {Bond.BRACKET, Bond.VERB, Bond.NEXT}:
            yield word, one, f"{day.year + offset}年"
