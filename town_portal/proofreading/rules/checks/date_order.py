"""date_order: times that contradict one another or the day of publishing.

Ranges of years, months, days and hours turned round; stated durations that the dates do not give; ends
before beginnings; a past day announced as to come, a coming day told as done, a deadline that is over.
Ranges across the turn of a year, of a school year and of midnight are fine.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice, pairwise, takewhile

import holidays

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.dates import (
    RANGE_GAP,
    Calendar,
    DateMention,
    DateRange,
    Mention,
    Origin,
    TimeMention,
    number,
    quoted,
    read,
    runs,
    spoken,
)
from town_portal.proofreading.rules.writing import Writing

_LONGEST = 34
_CROSS_YEAR_DAYS = 240
_CROSS_YEAR_MONTHS = 9
_NEXT_WORDS = 6
"""How far into the next sentence 会议强调 is looked for."""
_FAR = 100
"""How far from a date, in its sentence, words may still be about it."""
_FORESEEABLE = timedelta(days=100)


@dataclass(frozen=True, slots=True)
class Fault:
    """A stretch of the text and what is wrong with it."""

    start: int
    end: int
    said: str


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Findings about times that cannot follow one another as they are said to."""
    del lexicon
    calendar = read(writing)
    told = bytearray(len(calendar.text) + 1)
    for fault in _all(writing, calendar):
        if not any(told[fault.start : fault.end]):
            told[fault.start : fault.end] = b"\x01" * (fault.end - fault.start)
            yield writing.finding(Family.DATE_ORDER, fault.start, fault.end, f"{fault.said}，请核对。")


def _all(writing: Writing, calendar: Calendar) -> Iterator[Fault]:
    yield from _turned_ranges(calendar)
    yield from _turned_years(calendar)
    yield from _turned_hours(calendar)
    spans = list(_spans(calendar))
    yield from _turned_spans(calendar, spans)
    yield from _durations(writing, calendar, sorted([*calendar.ranges, *spans], key=lambda span: span.start))
    yield from _listed_days(calendar)
    yield from _hours_long(writing, calendar)
    yield from _late_deadlines(calendar)
    yield from _turned_labels(calendar)
    yield from _turned_stages(calendar)
    yield from _too_late_before(calendar)
    yield from _results_before(calendar)
    yield from _done_before_begun(calendar)
    yield from _open_after_closing(calendar)
    if calendar.day:
        yield from _past_to_come(writing, calendar, calendar.day)
        yield from _coming_as_done(writing, calendar, calendar.day)
    yield from _said_of_the_wrong_day(writing, calendar)
    yield from _announced_too_late(calendar)


# Ranges

_PART_DAYS = {"初": 1, "上旬": 5, "中上旬": 10, "中旬": 15, "中下旬": 20, "下旬": 25, "底": 31, "末": 31}
_YEARLY = re.compile(r"每年|历年|常年|次年|翌年|跨年|来年|学年|学期|年度")


def _turned_ranges(calendar: Calendar) -> Iterator[Fault]:
    for period in calendar.ranges:
        if _is_turned(calendar, period.first, period.last):
            yield Fault(period.start, period.end, "结束时间早于开始时间")


def _is_turned(calendar: Calendar, first: DateMention, last: DateMention) -> bool:
    """Does the last date come before the first, with no turn of the year between them?"""
    if first.month is None or last.month is None:
        return bool(first.year and last.year and first.month is last.month and last.year < first.year)
    if not (1 <= first.month <= 12 and 1 <= last.month <= 12):
        return False
    if last.year_written:
        return bool(first.year_written and first.year and last.year) and _key(last, first) < _key(first, last)
    if _key(last, first)[1:] >= _key(first, last)[1:]:
        return False
    if not first.month_written and first.origin is not Origin.WRITTEN and not first.chained:
        return False
    if not last.month_written:
        return True
    return not _turns_the_year(calendar, first, last)


def _key(one: DateMention, other: DateMention) -> tuple[int, int, int]:
    """What dates are ordered by; the day only where both have one."""
    exact = all(mention.day or mention.part for mention in (one, other))
    day = (one.day or _PART_DAYS.get(one.part, 0)) if exact else 0
    return one.year or 0, one.month or 0, day


def _turns_the_year(calendar: Calendar, first: DateMention, last: DateMention) -> bool:
    """A winter season, a school year, a whole cycle: 11月至3月 goes on in the next year."""
    around = calendar.text[max(0, first.start - 20) : last.end + 12]
    months = ((last.month or 0) - (first.month or 0)) % 12 + 1
    if _YEARLY.search(around) and not first.year_written:
        return True
    if months == 1 and not (first.is_day and last.is_day):
        return False
    if not (first.is_day and last.is_day):
        return months < _CROSS_YEAR_MONTHS or (months == 12 and not first.year_written)
    start, end = _in_leap_year(first), _in_leap_year(last)
    if start is None or end is None:
        return True
    days = 366 - (start - end).days
    school = (first.month or 0) in {8, 9} and (last.month or 0) in {6, 7}
    return days < _CROSS_YEAR_DAYS or school or (start.day == 1 and (start - end).days == 1)


def _in_leap_year(one: DateMention) -> date | None:
    try:
        return date(2024, one.month or 0, one.day or 0)
    except ValueError:
        return None


_YEAR_RANGE = re.compile(
    r"(?<![\d.\-])(?P<first>(?:19|20)\d\d)\s?年?\s?(?:[—–\-~～]{1,2}|至|到)\s?(?P<last>(?:19|20)\d\d)(?=\s?(?:年|[）)”》]))"
)


_TERM_RANGE = re.compile(
    r"(?P<year1>(?:20\d\d|今|本)年)的?(?P<first>[上下]半年|第?[一二三四]季度)\s?(?:[—–\-~～]{1,2}|至|到)\s?"
    r"(?P<year2>(?:20\d\d|今|本|明|次)年)?的?(?P<last>[上下]半年|第?[一二三四]季度)"
)


def _place_of(term: str) -> int:
    """Where a half-year or a quarter stands in its year."""
    return "上下一二三四".index(term.removeprefix("第")[0])


def _turned_years(calendar: Calendar) -> Iterator[Fault]:
    for match in _TERM_RANGE.finditer(calendar.text):
        first, last = (_place_of(match[name]) for name in ("first", "last"))
        same_year = match["year2"] is None or match["year2"] == match["year1"]
        if match["year1"] and same_year and last < first and match["first"][-1] == match["last"][-1]:
            yield Fault(*match.span(), f"{match['last']}早于{match['first']}")
    for match in _YEAR_RANGE.finditer(calendar.text):
        if int(match["last"]) < int(match["first"]):
            yield Fault(*match.span(), f"{match['last']}年早于{match['first']}年")


_SCORE = re.compile(r"比分|[战获]胜|[大小]?比|局")
_EVENING = 17 * 60
_EARLY = 6 * 60
_MORNING = 10 * 60


def _turned_hours(calendar: Calendar) -> Iterator[Fault]:
    for first, last in pairwise(calendar.times):
        if RANGE_GAP.fullmatch(calendar.text[first.end : last.start]) and _hours_turned(calendar, first, last):
            yield Fault(first.start, last.end, "结束时刻早于开始时刻")


def _hours_turned(calendar: Calendar, first: TimeMention, last: TimeMention) -> bool:
    if first.hour > 24 or last.hour > 24 or (first.minute or 0) > 59 or (last.minute or 0) > 59:
        return False
    if _SCORE.search(calendar.text[max(0, first.start - 8) : first.start]):
        return False
    start, end = first.minutes, _end_minutes(first, last)
    if end >= start:
        return False
    overnight = start >= _EVENING and end <= _MORNING
    half_day_clock = end <= _EARLY and not last.period
    return not overnight and not half_day_clock


def _end_minutes(first: TimeMention, last: TimeMention) -> int:
    """下午2时至4时 goes on in the same part of the day."""
    if last.period or first.period in {"上午", "早上", "早晨", "清晨", "早", "凌晨"}:
        return last.minutes
    turned = TimeMention(last.start, last.end, last.hour, last.minute, first.period)
    return turned.minutes if last.hour <= 12 else last.minutes


# Beginnings and ends in the words of a sentence

_BEGIN = "开[始启幕工赛班课营放展馆打演锣市业街园闸渔考庭讲学机拍通门]|启[动用]|动工|起始|迎客|进场|出发|入住|报到|起"
_END = "结束|截止|为止|落下帷幕|收场|[闭落]幕|收[官尾]|[竣完]工|结[业营课]|终止|闭馆|撤展|返程|恢复(?:供水|供电|通行|交通|通车|开放|营业|正常)|止|期满|到期"
_FIELD = r"(?:时间|日期|日|之日)?[：:为是定于在自从到至，]{0,3}$"
_BEGIN_BEFORE = re.compile(rf"(?:{_BEGIN}){_FIELD}")
_END_BEFORE = re.compile(rf"(?:{_END}){_FIELD}")
_BEGIN_AFTER = re.compile(
    rf"(?P<what>[^\d，。；：\n]{{0,4}}?)(?:正式|陆续|全面)?(?:{_BEGIN})[^\d，。；：\n]{{0,8}}(?P<joint>[，,、；;]|\s)?"
    r"(?P<rest>[^\d。；\n]{0,12})$"
)
_JOINING = re.compile(
    r"(?:将|并|且|预计|计划|拟|于|在|到|至|从|持续|直到|一直|直至|最迟|最终|随后|最后|定于|有效期|公示期|会期|展期|工期|报名|活动"
    r"|结束|截止|截至|终止|竣工|完工|闭幕|时间|日期|的|为|是|[：:，,\s])*"
)
_END_AFTER = re.compile(rf"[^\d，。；：\n]{{0,4}}?(?:{_END})")
_OTHER_STAGE = re.compile(r"[一二三四五六七八九\d]期|标段|批|轮|前期|先期|此前|之前|已")


def _spans(calendar: Calendar) -> Iterator[DateRange]:
    """5月20日开始，5月15日结束: two dates with the words for a beginning and an end."""
    days = [one for one in calendar.dates if one.is_day or (one.month and one.month_written and not one.part)]
    ranged = {one for period in calendar.ranges for one in (period.first, period.last)}
    for first, last in pairwise(days):
        if first.is_day != last.is_day or first in ranged or last in ranged or last.start - first.end > 40:
            continue
        between = _COUNT.sub("", calendar.text[first.end : last.start])
        if re.search(r"[。]", between) or _OTHER_STAGE.search(between):
            continue
        if _is_span(calendar, first, last, between):
            yield DateRange(first, last)


def _is_span(calendar: Calendar, first: DateMention, last: DateMention, between: str) -> bool:
    before = calendar.text[max(0, first.start - 14) : first.start]
    named_begin, named_end = _BEGIN_BEFORE.search(before), _END_BEFORE.search(between)
    if named_begin and named_end:
        return not re.search(r"\d", between)
    begun = None if re.search(r"[；\n]", between) else _BEGIN_AFTER.match(between)
    if not begun or not _JOINING.fullmatch(begun["rest"]):
        return False
    ended = bool(
        re.search(r"(?:结束|截止|终止|竣工|完工|闭幕|有效期|直至|直到|持续[到至]|止于|[，,]至|[，,]到)", begun["rest"])
    )
    return ended or bool(_END_AFTER.match(calendar.text, last.end))


def _turned_spans(calendar: Calendar, spans: Sequence[DateRange]) -> Iterator[Fault]:
    for span in spans:
        if _is_turned(calendar, span.first, span.last):
            start = span.start if span.end - span.start <= _LONGEST else span.last.start
            yield Fault(start, span.end, f"结束日期{_name(span.last)}早于开始日期{_name(span.first)}")


def _name(one: DateMention) -> str:
    return f"{one.month}月{one.day}日" if one.is_day else f"{one.month}月"


# Durations

_COUNT = re.compile(
    r"(?P<cue>[租任聘]期|(?:承包|租赁|合同|服务|建设|质保|保修|流转|有效|使用|保护|经营|聘用)期限?|整整|为期|历时|历经|时长|长达|总共|共计|总计|合计|一共|共|期限|工期|会期|展期|公示期|假期|放假|用时|耗时|持续|连续|前后|利用"
    r"|时间|公示|公告|张贴|展出|停[水电气]|封闭|[（(])(?:为|约为|是|有|：|:|整|了|时间|整整|共|安排|用|长|搞|办|开|进行|花)*\s?"
    r"(?P<n>\d{1,3}|[一二三四五六七八九十两半]{1,3})\s?(?P<unit>个?工作日|天|日(?!元)|周|个?星期|个月|个?年)"
    r"(?!前|后|内|之内|之前|之后|以|左右|余|多|半|制|龄|次|轮|期|级|[长短]跑)"
)
_DAYS_OF = re.compile(
    r"(?P<cue>)(?P<n>\d{1,2}|[一二三四五六七八九十两]{1,3})\s?(?P<unit>天|个月)(?:[的之]|时间|长的)(?![前后内]|之[前后内])"
)
_NOT_THE_WHOLE = re.compile(
    r"每[天日周期人个]|各|分别|除|不含|休息|扣|双休|其中|累计|提前|至少|不少于|不超过|最多|约(?!定)|近|第[\d一二三四五六七八九十]+[天日]"
)
_LENIENT = re.compile(r"公示|公告|异议|征求意见|征集")


def _durations(writing: Writing, calendar: Calendar, spans: Sequence[DateRange]) -> Iterator[Fault]:
    for sentence in writing.sentences:
        counts = _counts(calendar.text, sentence)
        inside = _within(spans, sentence) if counts else []
        if len(inside) != 1 or len(counts) != 1 or _is_turned(calendar, inside[0].first, inside[0].last):
            continue
        span, count = inside[0], counts[0]
        if not _belong(calendar, span, count, sentence):
            continue
        right = _length(calendar, span, count)
        least = 0 if right is None or count["cue"] == "连续" else right[0]
        if right is not None and not least <= _value(count["n"]) <= right[1]:
            start, end = min(span.start, count.start()), max(span.end, count.end())
            if end - start > _LONGEST:
                start, end = count.span()
            yield Fault(start, end, f"按起止日期应为{_should(right, count)}，写的是{count['n']}{count['unit']}")


_SO_MANY_DAYS = re.compile(
    r"(?<![第前后每\d])(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,3})(?:个?工作日|天)(?:，|：|（|\(|，?即|，?分别[是为]|，?也就是)+$"
)


def _listed_days(calendar: Calendar) -> Iterator[Fault]:
    """活动为期三天，即14日、15日、16日和17日."""
    for run in runs(calendar, [one for one in calendar.dates if one.is_day]):
        said = _SO_MANY_DAYS.search(calendar.text, max(0, run[0].start - 14), run[0].start)
        ranged = any(one.start in calendar.range_ends or one.start in calendar.inside_ranges for one in run)
        closed = not re.match(r"等|……", calendar.text[run[-1].end :])
        if said and len(run) > 1 and closed and not ranged and number(said["n"]) != len(run):
            yield Fault(said.start(), run[-1].end, f"说的是{said['n']}天，列出来的是{len(run)}天")


def _should(right: tuple[float, float], count: re.Match[str]) -> str:
    unit = "天" if count["n"] == "半" else count["unit"]
    return f"{right[0]}{unit}" if right[0] == right[1] else f"{right[0]}至{right[1]}{unit}"


def _within(spans: Sequence[DateRange], sentence: tuple[int, int]) -> list[DateRange]:
    first = bisect_left(spans, sentence[0], key=lambda span: span.start)
    inside = takewhile(lambda span: span.start < sentence[1], islice(spans, first, None))
    return [span for span in inside if span.end <= sentence[1]]


def _counts(text: str, sentence: tuple[int, int]) -> list[re.Match[str]]:
    found = list(_COUNT.finditer(text, *sentence))
    taken = {one.start("n") for one in found}
    found += [one for one in _DAYS_OF.finditer(text, *sentence) if one.start("n") not in taken]
    return found


def _value(words: str) -> float:
    return 0.5 if words == "半" else number(words) or 0


def _belong(calendar: Calendar, span: DateRange, count: re.Match[str], sentence: tuple[int, int]) -> bool:
    """Is the count said of the range, and of the whole of it?"""
    low, high = min(span.end, count.end()), max(span.start, count.start())
    between = calendar.text[low:high]
    loose = count.start() > span.end and "，" in between and calendar.text[count.end() : count.end() + 1] == "的"
    loose = loose and bool(between.strip("，,（( "))
    if (
        loose
        or len(between) > 24
        or re.search(r"\d", between)
        or _NOT_THE_WHOLE.search(calendar.text[sentence[0] : sentence[1]])
    ):
        return False
    others = [one for one in calendar.dates if low <= one.start < high]
    if others or quoted(calendar.text, count.start()) != quoted(calendar.text, span.start):
        return False
    if count["cue"] in {"（", "("}:
        return count.start() == span.end and calendar.text[count.end() : count.end() + 1] in {"）", ")"}
    if count["cue"] in {"连续", "持续", "前后", "利用", "时间", "共"} or not count["cue"]:
        return len(between) <= 12 and not re.search(r"期间|间[，,]", between)
    return True


def _length(calendar: Calendar, span: DateRange, count: re.Match[str]) -> tuple[float, float] | None:
    """The least and the most a duration may be, in its own unit."""
    unit = count["unit"].removeprefix("个")
    first, last = span.first, span.last
    if count["n"] == "半":
        return _half_long(unit, first, last)
    if unit == "年":
        return _years_long(first, last)
    if not first.is_day or not last.is_day:
        return _months_long(first, last) if unit == "月" else None
    days = _days_long(first, last)
    if days is None:
        return None
    if unit in {"天", "日"}:
        sentence = calendar.text[max(0, span.start - 30) : span.end + 30]
        timed = any(span.start < time.start <= span.end + 6 for time in calendar.times)
        return (days - 1 if _LENIENT.search(sentence) or timed else days), days
    if unit == "工作日":
        working = _working_days(first, last)
        return None if working is None else (working - 1, working + 1)
    if unit in {"周", "星期"}:
        return max(1, (days - 1) // 7), (days + 2) // 7 + (days % 7 == 4)
    return round((days - 4) / 30.5) if days > 34 else 1, max(1, round((days + 4) / 30.5))


def _half_long(unit: str, first: DateMention, last: DateMention) -> tuple[float, float] | None:
    """半个月 is about fifteen days, 半年 about six months."""
    days = _days_long(first, last) if first.is_day and last.is_day else None
    if days is None or unit not in {"月", "年"}:
        return None
    least, most = (13, 17) if unit == "月" else (170, 192)
    return (0.5, 0.5) if least <= days <= most else (days, days)


def _days_long(first: DateMention, last: DateMention) -> int | None:
    """Days from the first to the last, both counted."""
    if first.days and last.days:
        later = [day for day in last.days if day >= first.days[0]]
        return (min(later) - first.days[0]).days + 1 if later else None
    start, end = _in_leap_year(first), _in_leap_year(last)
    if start is None or end is None or end < start:
        return None
    return None if start.month <= 2 < end.month else (end - start).days + 1


def _months_long(first: DateMention, last: DateMention) -> tuple[int, int] | None:
    if first.month is None or last.month is None or first.is_day != last.is_day or first.part or last.part:
        return None
    years = (last.year - first.year) if first.year and last.year and last.year_written else 0
    months = last.month - first.month + 12 * years
    months = months + 12 if months < 0 else months
    return months, months + 1


def _years_long(first: DateMention, last: DateMention) -> tuple[int, int] | None:
    if first.year is None or last.year is None or not (first.year_written and last.year_written):
        return None
    return max(1, last.year - first.year), last.year - first.year + 1


@lru_cache(maxsize=64)
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("CN", years=year))


def _working_days(first: DateMention, last: DateMention) -> int | None:
    if not first.days or not last.days or (last.days[0] - first.days[0]).days > 400:
        return None
    day, found = first.days[0], 0
    while day <= last.days[0]:
        found += day.weekday() < 5 and day not in _holidays(day.year)
        day += timedelta(days=1)
    return found


_HOURS = re.compile(
    r"(?:为期|历时|时长|长达|共计|共|用时|耗时|持续|约定|时间|停[水电气]|[（(])(?:为|时间|了|整)*\s?"
    r"(?P<n>\d{1,3}|[一二三四五六七八九十两]{1,3})\s?个?(?P<unit>小时|钟头|分钟)(?P<half>半)?(?:零?(?P<more>\d{1,2})分钟?)?(?!前|后|内|以|左右|余|多|[一-龥]次)"
)


def _hours_long(writing: Writing, calendar: Calendar) -> Iterator[Fault]:
    """9时至11时，历时3小时."""
    periods = [
        (first, last)
        for first, last in pairwise(calendar.times)
        if RANGE_GAP.fullmatch(calendar.text[first.end : last.start])
    ]
    for start, end in writing.sentences:
        counts = list(_HOURS.finditer(calendar.text, start, end))
        inside = [one for one in periods if counts and start <= one[0].start and one[1].end <= end]
        if len(inside) != 1 or len(counts) != 1 or _NOT_THE_WHOLE.search(calendar.text[start:end]):
            continue
        (first, last), count = inside[0], counts[0]
        long = _end_minutes(first, last) - first.minutes
        said = _value(count["n"])
        minutes = said if count["unit"] == "分钟" else said * 60 + (30 if count["half"] else int(count["more"] or 0))
        if 0 < long != minutes and count.start() - last.end < 20:
            low, high = min(first.start, count.start()), max(last.end, count.end())
            low, high = (low, high) if high - low <= _LONGEST else count.span()
            hours = f"{long // 60}小时" * (long >= 60) + f"{long % 60}分钟" * bool(long % 60)
            yield Fault(low, high, f"按起止时刻应为{hours}，写的是{count['n']}{count['unit']}")


# Before and after the day of publishing

_WILL_BEFORE = re.compile(
    r"(?:将(?:会)?[于在从自]|[拟订]于|拟定?[于在]|拟(?=$)|定[于在]|计划[于在]?|预计[于在将]?|预定[于在]?|择[于在]|安排[于在]|准备[于在]|打算[于在]?"
    r"|即将[于在]|有望[于在]?|力争[于在]?|争取[于在]?|将(?=$))\s?$"
)
_FUTURE_VERBS = (
    "举行|举办|召开|开展|组织(?!关系)|启动|迎来|进行|开始|实施|停[水电气]|开放|开通|投入|开幕|开赛|开班|开课|开工|动工|竣工|完工|上线|出动"
    "|派出|前往|赴|到(?!期|场|案)|在(?!场|建|校|册|岗|押|家|外|读|职|籍|编)|于|继续|公布|发布(?!的)|集中(?!的)|邀请|推出|完成|截止|结束|施行|执行"
    "|生效|揭牌|亮相|上演|关闭|封闭|出现|有(?!关|毒|害|效|的)|对(?!方|口|联|象|外)|为(?!首)|会(?!场|议|员)|陆续|正式|全面|如期|统一|免费|依法|分批|重点"
)
_WILL_AFTER = re.compile(
    rf"(?:起|前后)?[，,]?(?P<who>[^，。；：\n\d]{{0,16}}?)"
    r"(?:(?:拟|即将|将要(?![道点件案求])|将会(?![场议员馆费堂])|计划(?=[召开举组进]))"
    rf"|将(?={_FUTURE_VERBS}))"
)
_AT_THE_TIME = re.compile(r"[^，。；]{0,14}(?:时|之际|之时|前)[，,]|(?:来临|到来)")
_TELLING = re.compile(
    r"决定|要求|表示|强调|指出|提出|宣布|发布|印发|透露|获悉|了解|通知|公告|介绍|明确|部署|说|称|规定|研究|讨论|审议|通过"
)
_OVER = re.compile(
    r"原定|原计划|原拟|原本|曾|当时|此前|推迟|延期|取消|改期|改为|调整为|顺延|改至|回顾|去年|往年|已于|已在|如期|已经|本应"
)
_ASK = re.compile(
    r"(?:请|务必|务请|敬请|诚邀|欢迎|望|须|需要?|应当?|限|抓紧|尽快|必须|不得(?:晚|迟)于|截至?止?(?:时间|日期)(?:为|是|：|:)?|最[迟晚]不?[得超]?过?)"
    r"[^。；！？\n\d]{0,24}$"
)
_TERM = re.compile(
    r"(?:报名|申报|缴费|投稿|征集|申请|登记|提交|反馈|受理|预约|征订|认购|参保|投票|公示|公告)(?:工作|活动)?(?:截止)?(?:的)?(?:时间|日期|期限|期)?"
    r"(?:截止|截至)?(?:为|是|：|:|至|到|于|自|从|\s)*$"
    r"|最[迟晚](?:不得?(?:超过|晚于|迟于)|于|在)?$|不得?(?:晚于|迟于|超过)$"
    r"|即日起[^。；\n\d]{0,12}(?:至|到|截止|截至)\s?$"
    r"|截止(?:时间|日期|期限)?(?:为|是|：|:|到|至|于)*$"
)
_REPEATED = re.compile(r"(?:每[年月季]|历年|常年)的?$")
_CLOSED = re.compile(
    r"已|曾|收到|累计|无异议|期满|共有|结果|原定|延长|推迟|过期|经|要求|会议|强调|当时|期间|完成了|结束后"
)
_BEFORE_IT = re.compile(r"\s*(?:\d{1,2}[时点:：]\d{0,2}分?)?\s*(?:之前|以前|前|止|截止|截至)")
_COMING_WORDS = re.compile(
    r"届时|敬请期待|欢迎(?:广大|各位|前来|参加|踊跃|市民|群众|大家)|诚邀|恭候|不见不散|敬请光临|请(?:广大|各位|大家|相关)"
)


def _past_to_come(writing: Writing, calendar: Calendar, day: date) -> Iterator[Fault]:
    """将于3月10日举行, published on the 16th."""
    for one in calendar.dates:
        last = _last_of(calendar, one)
        if last is None or not last.days or max(last.days) >= day or quoted(calendar.text, one.start):
            continue
        start, end = _sentence_of(writing, one)
        before = calendar.text[start : one.start]
        after = calendar.text[last.end : end]
        if _OVER.search(before) or _OVER.search(after) or _told_before(calendar, one, max(last.days)):
            continue
        if one.year_written and one.year == day.year - 1 and _next_year(max(last.days)) >= day:
            continue
        if cue := _announced(before, after):
            yield _fault(one, last, cue, f"{spoken(last.days[0])}已经过去（发布日期是{spoken(day)}），不能写成将来的事")
        elif _deadline(calendar, before, after, one, last):
            yield _fault(one, last, 0, f"期限{spoken(last.days[0])}早于发布日期{spoken(day)}")


def _next_year(day: date) -> date:
    """The same day a year later: with the year mended it may well be to come (旧年份, not 时间先后)."""
    return day + timedelta(days=366)


def _last_of(calendar: Calendar, one: DateMention) -> DateMention | None:
    """The end of the range a date begins; None for the end itself and for what is no day."""
    if one.start in calendar.inside_ranges:
        return None
    return calendar.range_ends.get(one.start, one if one.is_day else None)


def _sentence_of(writing: Writing, one: Mention) -> tuple[int, int]:
    """The sentence around a mention, as far as its words matter."""
    place = bisect_right(writing.sentences, one.start, key=lambda sentence: sentence[0]) - 1
    start, end = writing.sentences[place] if place >= 0 else (one.start, one.end)
    return max(start, one.start - _FAR), min(end, one.end + _FAR)


def _told_before(calendar: Calendar, one: DateMention, last: date) -> bool:
    """Does the text tell of an earlier day first, from which this one was still to come?"""
    earlier = takewhile(lambda other: other.end <= one.start, calendar.dates)
    return any(other.days and min(other.days) <= last for other in earlier)


def _announced(before: str, after: str) -> int:
    """How far the words for the future stand from the date: before it negative, behind it positive, 0 for none."""
    if cue := _WILL_BEFORE.search(before):
        return cue.start() - len(before)
    cue = _WILL_AFTER.match(after)
    if cue and not _AT_THE_TIME.match(after, cue.end()) and not _TELLING.search(cue["who"]):
        return cue.end()
    if (words := _COMING_WORDS.search(after[:60])) and not _TELLING.search(after[: words.start()]):
        return 1
    return 0


def _fault(one: DateMention, last: DateMention, cue: int, said: str) -> Fault:
    start, end = one.start + min(cue, 0), last.end + max(cue, 0)
    if end - start > _LONGEST:
        start, end = one.start, last.end
    return Fault(start, end, said)


_UP_TO = re.compile(r"(?:^|[，。；：\s])截[止至][到至]?\s?$")
_HOW_FAR = re.compile(r"，[^。；]{0,30}(?:已|共|累计|率|达|完成|有|为)")
"""截止11月20日，参保率达95%: a report with the wrong word, no deadline."""


_AS_COUNTED = re.compile(
    r"(?:统计|数据|资料|信息|核算|汇总|填报数|采集|计算|台账|以上|上述|本表|表中)[^，。；\n]{0,6}(?:截止|截至)(?:时间|日期|期|时点)?(?:为|是|：|:|到|至|于|\s)*$"
)
"""数据截止时间: up to when was counted, no term for anybody."""


def _deadline(calendar: Calendar, before: str, after: str, one: DateMention, last: DateMention) -> bool:
    """Is a date the term by which something is asked for, and not a report of it?"""
    if (
        _CLOSED.search(before)
        or _REPEATED.search(before)
        or re.match(r"\s*之?前[未没已尚]", after)
        or _CLOSED.search(after[:24])
    ):
        return False
    if _AS_COUNTED.search(before):
        return False
    if _TERM.search(before):
        return not (_UP_TO.search(before) and _HOW_FAR.match(after))
    asked = _ASK.search(before)
    by_then = _BEFORE_IT.match(calendar.text, last.end) or one is not last or re.search(r"[到至]$", before)
    return bool(asked and (by_then or re.match(r"[^，。]{0,8}(?:到|参加|前往|来|携带|报名|领取)", after)))


_DONE = re.compile(
    r"(?<!早)已经?(?:全面|全部|陆续|圆满|基本|正式|如期|顺利|成功|率先)*(?:完成|结束|建成|通车|竣工|启用|举行|召开|开展|到位|收官|验收|开业|落成|投用|搬入|入库)|"
    r"(?<![为除])了(?!解)|圆满|顺利(?=[完召举通开落结])|成功(?=[举召完开])|落下帷幕|如期举行|会议(?:指出|强调|认为)|活动现场|会上|拉开[了]?帷幕"
)
_NOT_YET = re.compile(
    r"将|拟|计划|预计|力争|确保|争取|请|届时|即将|有望|定于|安排|准备|倒计时|迎接|备战|打算|提前|如果|一旦|待|为了|预定|预售|预约|预报"
)
_DONE_BEFORE = re.compile(r"已经?[于在]\s?$|(?<![预拟])已经?(?:从|自)\s?$")
_AS_OF = re.compile(r"(?:^|[，。；、：\s]|从[^，。]{0,10}|自[^，。]{0,10})(?:截至|截止到?|(?<!持续)到)\s?$")
_SO_FAR = re.compile(r"[，,]?[^。；]{0,24}(?:已|共|累计|完成|达到?了)")
_CLAUSE_START = re.compile(r"(?:^|[，。；：！？\n])\s*(?:于|在)?$")
_NOT_ADVERBIAL = re.compile(r"\s*(?:之?前|以前|起|的|是|为|到来|之?后|以后|截止|止|至|到|就|还|适逢|恰逢|正式施行)")


def _coming_as_done(writing: Writing, calendar: Calendar, day: date) -> Iterator[Fault]:
    """5月20日举行了, published on the 16th."""
    for one in calendar.dates:
        if "月" in one.year_words and calendar.text[one.end : one.end + 1] in {"（", "("}:
            continue
        if not one.days or min(one.days) <= day or (_last_of(calendar, one) is None and not one.is_day):
            continue
        if not one.year_written and min(one.days) - day > _FORESEEABLE:
            continue
        start, end = _sentence_of(writing, one)
        before, after = calendar.text[start : one.start], calendar.text[one.end : end + _NEXT_WORDS]
        if _NOT_YET.search(before) or _NOT_YET.search(after) or quoted(calendar.text, one.start):
            continue
        if _told_as_done(before, after):
            said = f"{spoken(one.days[0])}还没有到（发布日期是{spoken(day)}），不能写成已经完成的事"
            yield Fault(one.start, one.end, said)


def _told_as_done(before: str, after: str) -> bool:
    if _DONE_BEFORE.search(before):
        return True
    if _AS_OF.search(before):
        return bool(_SO_FAR.match(after))
    if not _CLAUSE_START.search(before) or _NOT_ADVERBIAL.match(after):
        return False
    return bool(_DONE.search(after))


def _said_of_the_wrong_day(writing: Writing, calendar: Calendar) -> Iterator[Fault]:
    """将于昨日举行; 明天，镇里召开了会议: wrong whatever the day of publishing."""
    words: list[tuple[Mention, int]] = [(one, one.offset) for one in calendar.relatives]
    words += [(one, one.week) for one in calendar.weekdays if one.week]
    for word, offset in words:
        start, end = _sentence_of(writing, word)
        before, after = calendar.text[start : word.start], calendar.text[word.end : end]
        if not offset or quoted(calendar.text, word.start) or _OVER.search(before + after):
            continue
        said = calendar.text[word.start : word.end]
        by_then = _BEFORE_IT.match(_CLOCK_TIME.sub("", after, count=1))
        if offset < 0 and (cue := _announced(before, after) or -2 * bool(by_then and _ASKED_BY.search(before))):
            yield Fault(word.start + min(cue, 0), word.end + max(cue, 0), f"“{said}”已经过去，不能写成将来的事")
        elif offset > 0 and not _NOT_YET.search(before + after) and _told_as_done(before, after):
            yield Fault(word.start, word.end, f"“{said}”还没有到，不能写成已经完成的事")


_ASKED_BY = re.compile(r"请[^，。；]{0,12}[于在]$")
_CLOCK_TIME = re.compile(r"^(?:上午|中午|下午|晚上|下班|\d{1,2}[时点])+")

_EVENT = re.compile(
    r"(?:活动|比赛|考试|培训|开班|开赛|演出|讲座|会议|招聘会|体检|面试|笔试)(?:举办)?(?:时间|日期|日)(?:为|是|：|:|定于|在|\s)*$"
)
_SIGNING_UP = re.compile(
    r"(?:报名|申报|缴费|登记|预约)(?:的)?(?:截止|截至)(?:时间|日期|期限|日)?(?:为|是|：|:|到|至|于|\s)*$"
)


def _late_deadlines(calendar: Calendar) -> Iterator[Fault]:
    """活动时间：5月20日 … 报名截止时间：5月25日; 公示时间为5月10日至16日 … 请于5月8日前反映."""
    days = [one for one in calendar.dates if one.is_day]
    events = [one for one in days if _EVENT.search(_lead(calendar, one))]
    for one in days if len(events) == 1 else ():
        if _SIGNING_UP.search(_lead(calendar, one)) and _after(one, _end_of(calendar, events[0])):
            yield Fault(one.start, one.end, f"报名截止的{_name(one)}晚于活动的{_name(events[0])}")
    periods = [period for period in calendar.ranges if period.first.is_day]
    for one in days if len(periods) == 1 and periods[0].last.is_day else ():
        if periods[0].end <= one.start and _is_reply_term(calendar, one) and _after(periods[0].first, one):
            yield Fault(one.start, one.end, f"期限{_name(one)}早于开始的{_name(periods[0].first)}")


_ENDS_LABEL = re.compile(r"(?:截止|结束|终止|到期)(?:时间|日期|日)[^\d，。；]{0,4}$")
_BEGINS_LABEL = re.compile(r"(?:起始|开始|启动)(?:时间|日期|日)[^\d，。；]{0,8}$")


def _turned_labels(calendar: Calendar) -> Iterator[Fault]:
    """截止时间是3月31日，起始时间却要到4月5日: the end told before the beginning."""
    days = [one for one in calendar.dates if one.is_day]
    for first, last in pairwise(days):
        ends, begins = (
            pattern.search(calendar.text, max(0, one.start - 16), one.start)
            for pattern, one in ((_ENDS_LABEL, first), (_BEGINS_LABEL, last))
        )
        near = last.start - first.end <= _LONGEST and not re.search(r"[。\n]", calendar.text[first.end : last.start])
        if ends and begins and near and _after(last, first):
            yield Fault(last.start, last.end, f"开始的{_name(last)}晚于结束的{_name(first)}")


_STAGES = (
    ("海选", "初赛|预赛", "复赛|半决赛", "(?<![半])决赛|总决赛", "颁奖"),
    ("报名", "初审|资格审查|资格审核", "笔试", "面试|试讲", "体检", "考察|政审", "公示"),
    ("招标公告", "开标|投标截止", "评标", "中标公示", "签订?合同|签约"),
    ("动员部署|宣传发动", "自查自纠|自查", "集中整治|全面整治", "检查验收|验收", "总结提升|总结"),
    ("立项", "开工|动工|破土", "封顶", "竣工|完工|建成", "竣工验收|通过验收", "交付|投入使用|启用|通车|投产"),
    ("播种|插秧|种下", "收割|收获|采收|采摘"),
    ("第一轮|首轮", "第二轮", "第三轮"),
    ("第一阶段", "第二阶段", "第三阶段", "第四阶段"),
    ("开学", "期中", "期末", "放寒?暑?假"),
    ("选民登记", "候选人提名|提名候选人", "正式选举|投票选举|选举日"),
    ("开幕", "闭幕"),
    ("入住|报到|签到", "开班|开课", "结业|结课"),
)
_STAGE_WORDS = tuple(
    (
        place,
        rank,
        re.compile(rf"(?:{words})(?:阶段|时间|日期|环节|活动|会|工作|仪式|日)?[^\d，。；：\n]{{0,6}}[：（(]?$"),
    )
    for place, chain in enumerate(_STAGES)
    for rank, words in enumerate(chain)
)
_OUT_OF_TURN = re.compile(
    r"推迟|延期|提前|原定|补|另|上一|上届|去年|往[年届]|下一|改|倒|先于|同时|[一二三四五\d]标段|分别"
)


def _turned_stages(calendar: Calendar) -> Iterator[Fault]:
    """初赛定在11月15日，决赛定在11月8日: a later stage on an earlier day."""
    days = [one for one in calendar.dates if one.is_day and one.start not in calendar.inside_ranges]
    for first, last in pairwise(days):
        if last.start - first.end > 2 * _LONGEST or _OUT_OF_TURN.search(
            calendar.text[max(0, first.start - 20) : last.end + 12]
        ):
            continue
        one, other = _stage(calendar, first), _stage(calendar, last)
        turned = {place for place in one if place in other and one[place] < other[place]}
        if turned and _after(first, last):
            yield Fault(last.start, last.end, f"后一步的{_name(last)}早于前一步的{_name(first)}")


def _stage(calendar: Calendar, one: DateMention) -> dict[int, int]:
    """The place of a date's stage in every chain of stages its words before it belong to."""
    before = calendar.text[max(0, one.start - 16) : one.start]
    return {place: rank for place, rank, words in _STAGE_WORDS if words.search(before)}


_SO_MANY_BEFORE = re.compile(
    r"[）)]?的?(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})(?:日|天)(?:之|以)?前(?P<what>[\u4e00-\u9fff]{2})"
)


def _too_late_before(calendar: Calendar) -> Iterator[Fault]:
    """选举日（10月16日）的二十日前张榜，张榜之日为10月9日: done later than so many days before."""
    days = [one for one in calendar.dates if one.is_day and one.days]
    for first in days:
        asked = _SO_MANY_BEFORE.match(calendar.text, first.end)
        if asked is None:
            continue
        latest = first.days[0] - timedelta(days=number(asked["n"]) or 0)
        for last in days:
            between = calendar.text[asked.end() : max(asked.end(), last.start)]
            told = last.start > asked.end() and asked["what"] in between[-16:] and "。" not in between
            if told and not any(day <= latest for day in last.days):
                said = f"{asked['n']}日前应不晚于{spoken(latest)}，写的是{_name(last)}"
                yield Fault(last.start, last.end, said)


_COURSES = (
    ("竣工|完工|建成(?:通车)?|通车|收尾|投产|投用|投入使用|启用|交付", "动工|开工|奠基|破土|立项|开建|始建"),
    ("落幕|闭幕|结束|截止|收官|止", "开幕|开始|启动|启幕|始"),
    ("退伍|退役|复员", "入伍|参军|应征"),
    ("毕业", "入学|考入|考上"),
    ("卸任|离任", "上任|到任|就任|任职"),
    ("收割|开镰|采收|上市", "播种|插秧|下种|定植"),
)
"""How a thing ends, and how it began."""
_COURSE_WORDS = tuple(
    tuple(
        (re.compile(rf"(?:{words})[于在]\s?$"), re.compile(rf"(?:才|就|正式|全面|全线)?(?:{words})"))
        for words in course
    )
    for course in _COURSES
)
_ONCE_MORE = re.compile(r"二期|[重再复续]|扩建|改[建造]|另|新|下一|又|后续|第[二三]|翻修|加固|上一|分别|批")


def _done_before_begun(calendar: Calendar) -> Iterator[Fault]:
    """收尾于9月3日、动工于9月18日; 2024年10月建成通车，2025年3月动工: ended, as told, before it began."""
    ranged = {one for period in calendar.ranges for one in (period.first, period.last)}
    for first, last in pairwise(calendar.dates):
        between = calendar.text[first.end : last.start]
        if len(between) > _BESIDE or first in ranged or last in ranged or re.search(r"[。；\n]", between):
            continue
        if _ONCE_MORE.search(between) or _ONCE_MORE.search(calendar.text, last.end, last.end + 3):
            continue
        ended, began = _course(calendar, first, 0), _course(calendar, last, 1)
        if ended & began and _surely_before(first, last):
            yield Fault(first.start, last.end, "写的结束在前、开始在后，先后颠倒")


_BESIDE = 14


def _course(calendar: Calendar, one: DateMention, side: int) -> set[int]:
    """The courses whose end (0) or beginning (1) is said of a date, right before it or right behind it."""
    before = calendar.text[max(0, one.start - 10) : one.start]
    return {
        place
        for place, course in enumerate(_COURSE_WORDS)
        if course[side][0].search(before) or course[side][1].match(calendar.text, one.end)
    }


def _surely_before(first: DateMention, last: DateMention) -> bool:
    """Is the first date earlier, both told to the same part, in the same year or in years that are written?"""
    if first.is_day != last.is_day or (first.month is None) != (last.month is None):
        return False
    if first.year_written and first.year and last.year:
        return _key(first, last) < _key(last, first)
    return first.month is not None and not last.year_written and _key(first, last)[1:] < _key(last, first)[1:]


_ASKED_FOR = r"(?P<what>报名|申报|登记|缴费|投票|预约|投稿|申领|认购|参保)"
_CLOSES_BEFORE = re.compile(
    rf"{_ASKED_FOR}(?:工作)?(?:截止|截至|结束)(?:时间|日期|期限|日)?(?:为|是|：|:|于|到|在)*\s?$"
)
_CLOSES_BEHIND = re.compile(rf"(?:之?前|止|截止)(?:完成|停止|结束)?{_ASKED_FOR}")
_OPENS = re.compile(rf"(?:起|开始)?(?:正式|陆续)?(?:接受|开放|受理|开通|开始|启动)(?:网上|线上|现场)?{_ASKED_FOR}")


def _open_after_closing(calendar: Calendar) -> Iterator[Fault]:
    """报名截止时间为5月20日，5月25日至28日接受报名."""
    days = [one for one in calendar.dates if one.is_day and one.start not in calendar.inside_ranges]
    for first, last in pairwise(days):
        closes = _CLOSES_BEFORE.search(calendar.text[max(0, first.start - 16) : first.start])
        closes = closes or _CLOSES_BEHIND.match(calendar.text, first.end)
        opens = _OPENS.match(calendar.text, _end_of(calendar, last).end)
        if closes and opens and closes["what"] == opens["what"] and _after(last, first):
            yield Fault(last.start, opens.end(), f"截止的{_name(first)}早于开始的{_name(last)}")


_RESULT_OUT = re.compile(r"(?:结果|成绩|名次|获奖名单|排名|中标人|录用名单)[^，。；\d]{0,6}已经?[于在]\s?$")


def _results_before(calendar: Calendar) -> Iterator[Fault]:
    """评审会将于4月20日举行，评审结果已于4月10日公布."""
    days = [one for one in calendar.dates if one.is_day]
    for first, last in pairwise(days):
        between = calendar.text[first.end : last.start]
        will = _WILL_BEFORE.search(calendar.text, max(0, first.start - 8), first.start)
        if will and "。" not in between and _RESULT_OUT.search(between) and _after(first, last):
            yield Fault(last.start, last.end, f"结果公布的{_name(last)}早于要办的{_name(first)}")


def _lead(calendar: Calendar, one: DateMention) -> str:
    return calendar.text[max(0, one.start - 16) : one.start]


def _end_of(calendar: Calendar, one: DateMention) -> DateMention:
    return calendar.range_ends.get(one.start, one)


def _is_reply_term(calendar: Calendar, one: DateMention) -> bool:
    asked = re.search(r"请[^。；\n\d]{0,20}[于在]\s?$", calendar.text[max(0, one.start - 24) : one.start])
    return bool(asked and _BEFORE_IT.match(calendar.text, one.end))


def _after(one: DateMention, other: DateMention) -> bool:
    """Is one surely later than the other, in the same year?"""
    if one.years[:1] != other.years[:1] or (one.origin is Origin.WRITTEN and other.year != one.year):
        return False
    apart = ((one.month or 0) - (other.month or 0)) * 31 + (one.day or 0) - (other.day or 0)
    return 0 < apart < 180


_SENT = re.compile(
    r"[，,]?[^。；\n\d]{0,20}(?:发布|印发|发出|张贴|下发|贴出|公布|接到|收到)[^。；\n\d]{0,30}(?:将于|将在|拟于|定于|将从|将自|计划于)\s?$"
)


def _announced_too_late(calendar: Calendar) -> Iterator[Fault]:
    """5月20日发布公告，将于5月15日停水: told as to come on a later day, whatever the day of publishing."""
    for first, last in pairwise(one for one in calendar.dates if one.is_day):
        if _SENT.fullmatch(calendar.text[first.end : last.start]) and not last.year_written and _after(first, last):
            yield Fault(last.start, last.end, f"公告的{_name(first)}晚于要做的{_name(last)}")
