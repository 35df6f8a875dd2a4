"""date_impossible: days and times that do not exist: 6月31日, 2月29日 in a common year, 13月, 农历三十一, 9时75分, 25时."""

import re
from calendar import isleap, monthrange
from collections.abc import Iterator

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.dates import (
    Calendar,
    DateMention,
    LunarMention,
    TimeMention,
    number,
    read,
)
from town_portal.proofreading.rules.values.festivals import YEARS, lunar_month_length
from town_portal.proofreading.rules.writing import Writing

_LEAP_YEAR = 2024
_LONGEST_MONTH = 31
_DENIED = re.compile(r"(?:没有|不存在|并无|哪有|不会有|哪来的|不是)$")
_EVERY_YEAR = re.compile(r"(?:每年|闰年|历年|每隔四年|每四年)的?$")
_CODE = re.compile(r"(?:编号|号码|代码|序号|案号|单号|型号|批号|合同|第|No\.?)[:：]?\s*[\w\-]*$", re.IGNORECASE)
_WEEKDAY = re.compile(r"(?:星期|礼拜)[八九789](?!\d)")
_QUARTER = re.compile(r"(?<!连续)第[五六七八九5-9]季度")
_SCORE = re.compile(r"(?:比分|得分|总分|以|胜|负|平|局|配比|比例|比值|按)[^。；]{0,8}$")
_AS_PLANNED = re.compile(r"按(?:计划|照?约定|时间|规定|安排|原定)[^。；]{0,4}$")
_OF_EVERY_MONTH = re.compile(
    r"(?:每|本|当|次|下个?|上个?|每个)月(?:的)?(?P<day>\d{2,3}|[一二三四五六七八九]?十[一二三四五六七八九]?)[日号](?![线楼])"
)
_DAYTIME = {"上午": (0, 12), "早上": (0, 12), "早晨": (0, 12), "清晨": (0, 12), "早": (0, 12), "凌晨": (0, 12)}
_EVENING = {"下午": (0, 20), "晚上": (0, 12, 17, 24), "晚": (0, 12, 17, 24)}
_TIME_BEFORE = re.compile(
    r"(?:(?<![达提升降高增涨])到|[于至在起从自—\-~～]|时间[:：为是]?|截止|截至|\d[日号]|[今昨明后][天日])\s*[（(]?$"
)
_MEETING_AFTER = re.compile(
    r"分?(?:准时|发车|出发|开车|开门|开播|播出|登车|起飞|接车|开始|开会|集合|前|出发|入场|到达|截止)"
)
_TIME_AFTER = re.compile(r"\s*(?:[整许前起止]|左右|至|到|[—~～])")


_UNFILLED = re.compile(r"[〇○]月")
"""〇月〇日 is a blank that nobody filled."""


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Findings about days and times that cannot be."""
    del lexicon
    calendar = read(writing)
    for said, start, end in _all(calendar):
        if not _DENIED.search(calendar.text[max(0, start - 6) : start]):
            yield writing.finding(Family.DATE_IMPOSSIBLE, start, end, f"{said}，请核对。")


def _all(calendar: Calendar) -> Iterator[tuple[str, int, int]]:
    for one in calendar.dates:
        if said := _date(calendar, one):
            yield said, one.start, one.end
    for lunar in calendar.lunars:
        if said := _lunar(calendar, lunar):
            yield said, lunar.start, lunar.end
    for time in calendar.times:
        if said := _time(calendar, time):
            yield said, time.start, time.end
    for match in _WEEKDAY.finditer(calendar.text):
        yield f"没有“{match.group()}”", *match.span()
    for match in _OF_EVERY_MONTH.finditer(calendar.text):
        if (number(match["day"]) or 0) > _LONGEST_MONTH:
            yield f"一个月最多31天，没有{match['day']}日", *match.span()
    for match in _QUARTER.finditer(calendar.text):
        yield f"一年只有四个季度，没有“{match.group()}”", *match.span()


def _date(calendar: Calendar, one: DateMention) -> str | None:
    """What is wrong with a date, if anything."""
    if one.month is None or not (one.month_written or one.chained):
        return None
    if not 1 <= one.month <= 12:
        return _month(calendar, one)
    if one.day is None or 1 <= one.day <= _length(one.month):
        return _leap_day(calendar, one)
    if _is_code(calendar, one):
        return None
    return f"{one.month}月只有{_length(one.month)}天，没有{one.month}月{one.day}日"


def _length(month: int) -> int:
    return monthrange(_LEAP_YEAR, month)[1]


def _month(calendar: Calendar, one: DateMention) -> str | None:
    named = calendar.text[one.start : one.end]
    if _UNFILLED.search(named):
        return None
    whole = one.day is not None or one.part or one.origin.value == "written" or named.endswith("份")
    return f"一年没有{one.month}月" if whole and not _is_code(calendar, one) else None


def _is_code(calendar: Calendar, one: DateMention) -> bool:
    """A number with hyphens may be a code and no date."""
    if "月" in calendar.text[one.start : one.end]:
        return False
    sane = (one.month or 0) <= 19 and (one.day or 0) <= 39
    return not sane or bool(_CODE.search(calendar.text[max(0, one.start - 16) : one.start]))


def _leap_day(calendar: Calendar, one: DateMention) -> str | None:
    if (one.month, one.day) != (2, 29) or not one.years or any(map(isleap, one.years)):
        return None
    before = calendar.text[max(0, one.start - 6) : one.start]
    if _EVERY_YEAR.search(before) or (not one.year_written and any(map(isleap, calendar.years))):
        return None
    return f"{one.years[0]}年不是闰年，2月只有28天，没有2月29日"


def _lunar(calendar: Calendar, one: LunarMention) -> str | None:
    if not one.sure:
        return None
    words = calendar.text[one.start : one.end]
    first_ten = re.search(r"初(.+)$", words)
    if not 1 <= one.month <= 12:
        return f"农历没有{one.month}月"
    if one.day > 30 or one.day < 1 or (first_ten and one.day > 10):
        return f"农历一个月最多30天，没有“{words}”这一天"
    if one.day == 30 and one.month < 11 and calendar.day and _short(calendar.day.year, one.month):
        return f"这一年农历{one.month}月只有29天，没有三十"
    return None


def _short(year: int, month: int) -> bool:
    """Has a lunar month 29 days in the year and in those beside it?"""
    return (
        year - 1 in YEARS
        and year + 1 in YEARS
        and all(lunar_month_length(one, month) == 29 for one in (year - 1, year, year + 1))
    )


def _time(calendar: Calendar, one: TimeMention) -> str | None:
    words = calendar.text[one.start : one.end]
    if (one.minute or 0) > 59 or (one.hour == 24 and one.minute):
        return f"没有{words}这个时刻" if _is_time(calendar, one) else None
    if one.hour > 24:
        return f"一天只有24小时，没有{words}" if _is_time(calendar, one) else None
    allowed = _DAYTIME.get(one.period) or _EVENING.get(one.period)
    if allowed and not any(low <= one.hour <= high for low, high in zip(allowed[::2], allowed[1::2], strict=True)):
        return f"{one.period}没有{one.hour}时"
    return None


def _is_time(calendar: Calendar, one: TimeMention) -> bool:
    """Is it a time of day, and not a score, a proportion or 36学时?"""
    before = calendar.text[max(0, one.start - 12) : one.start]
    if _SCORE.search(before) and not one.period and not (_AS_PLANNED.search(before) and not one.colon):
        return False
    if one.period or _TIME_BEFORE.search(before):
        return True
    if one.colon and _MEETING_AFTER.match(calendar.text, one.end):
        return True
    if one.colon:
        return any(abs(other.end - one.start) <= 3 or abs(one.end - other.start) <= 3 for other in calendar.times)
    return one.minute is not None or bool(_TIME_AFTER.match(calendar.text, one.end))
