"""date_lunar: a festival, a solar term or a lunar date beside a date on which it does not fall."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.dates import (
    Bond,
    Calendar,
    DateMention,
    DateRange,
    LunarMention,
    beside,
    bond,
    quoted,
    read,
    runs,
    spoken,
)
from town_portal.proofreading.rules.values.festivals import (
    YEARS,
    Festival,
    FestivalMention,
    festivals_in,
    lunar_of,
    year_names,
)
from town_portal.proofreading.rules.writing import Writing

_ANY_YEAR = range(2015, 2036)
_AROUND = re.compile(
    r"[”」]?(?:佳节|节)?(?:的?[前后]|之前|以前|前夕|期间|长?假|小长假|放假|调休|将至|将近|将临|临近|来临|即将|之际|到来|未到|在即|一周|那周|当月|当周|临|过后)"
)
_THE_DAY = re.compile(
    r"[”」]?(?:节气)?(?:节?(?:当[天日晚]|[这那]一?[天日]|正日子|[一清]早|[早晚]上|[上下]午|[清凌]晨|[晚夜]|之夜)|佳节?(?=[，。；、！）])|[，。；、！）)\n]|\s*$)"
)
_OFFSET = re.compile(
    r"[”」]?节?的?(?P<before>前[一1]?[天日]|头一天)?(?P<after>次日|翌日|[第后][二一][天日])?(?=[，。；、（()）\s]|$)"
)
_HOLIDAY = re.compile(
    r"[”」]?节?(?:小?长?假期?|放假|假日|休假|期间|调休)*(?:安排|时间|通知|调休)*(?:[为是：:]|定于|从|自|[（(]|，)*$"
)
_STRICT = frozenset({Bond.BRACKET, Bond.VERB})
_YEAR_NAME = re.compile(
    r"(?P<year>(?:19|20)\d\d)年?[（(，是为即的“农历夏历\s]{0,6}"
    r"(?P<stem>[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥])?(?P<animal>[鼠牛虎兔龙蛇马羊猴鸡狗猪])?年(?![腊冬十]|货)"
)


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Findings about festivals and lunar dates that are not on the day beside them."""
    calendar = read(writing)
    festivals = list(festivals_in(calendar.text, lexicon.of("festivals", calendar.day)))
    for start, end, said in _all(calendar, festivals):
        bracket = end + 1 if calendar.text[end : end + 1] in {"）", ")"} else end
        yield writing.finding(Family.DATE_LUNAR, start, bracket, f"{said}，请核对。")


def _all(calendar: Calendar, festivals: Sequence[FestivalMention]) -> Iterator[tuple[int, int, str]]:
    yield from _festivals(calendar, festivals)
    yield from _today(calendar, festivals)
    yield from _lunar_festivals(calendar, festivals)
    yield from _lunar_dates(calendar)
    yield from _year_names(calendar)


def _festivals(calendar: Calendar, festivals: Sequence[FestivalMention]) -> Iterator[tuple[int, int, str]]:
    dates = [one for one in calendar.dates if one.is_day]
    for mention in festivals:
        before, after = beside(dates, mention)
        if before and (strength := bond(calendar, before, mention)) and _is_the_day(calendar, mention, strength):
            yield from _conflict(calendar, before, mention, strength)
        elif after:
            yield from _forward(calendar, mention, after)


def _is_the_day(calendar: Calendar, mention: FestivalMention, strength: Bond) -> bool:
    """Do the words behind the festival leave it the day itself, not the time around it?"""
    if _AROUND.match(calendar.text, mention.end):
        return False
    if mention.festival.common and strength not in _STRICT:
        return False
    return strength is Bond.VERB or bool(_THE_DAY.match(calendar.text, mention.end))


def _forward(calendar: Calendar, mention: FestivalMention, after: DateMention) -> Iterator[tuple[int, int, str]]:
    """端午节（6月19日）, 端午节放假时间为6月19日至21日, 端午节前一天（6月18日）."""
    last = calendar.range_ends.get(after.start)
    period = DateRange(after, last) if last else None
    gap = calendar.text[mention.end : after.start]
    if period and len(gap) <= 20 and _HOLIDAY.fullmatch(gap):
        yield from _holiday(mention, period)
        return
    offset = _OFFSET.match(gap)
    shift = 0 if not offset else -1 if offset["before"] else 1 if offset["after"] else 0
    place = FestivalMention(mention.start, mention.end + (offset.end() if offset and shift else 0), mention.festival)
    strength = bond(calendar, place, after)
    if strength in _STRICT or (strength is Bond.NEXT and not mention.festival.common):
        if period is None:
            yield from _conflict(calendar, after, place, strength, shift)
        else:
            yield from _holiday(mention, period)
    elif strength is Bond.COMMA and re.search(r"当[天日]|[这那]一?[天日]", gap):
        yield from _conflict(calendar, after, place, strength)


def _conflict(
    calendar: Calendar, one: DateMention, mention: FestivalMention, strength: Bond | None, shift: int = 0
) -> Iterator[tuple[int, int, str]]:
    festival = mention.festival
    period = calendar.inside_ranges.get(one.start)
    if period:
        yield from _holiday(mention, period)
        return
    days = [day - timedelta(days=shift) for day in _readings(calendar, one)]
    labelled = calendar.text[mention.end : mention.end + 1] in {"：", ":"}
    lax = not labelled and strength is not Bond.VERB and not re.match(r"[”」]?节?当", calendar.text[mention.end :])
    if days and not any(festival.falls_on(day) or (lax and festival.lasts_to(day)) for day in days):
        start, end = min(one.start, mention.start), max(one.end, mention.end)
        yield start, end, _said(calendar.text, mention, one)


def _holiday(mention: FestivalMention, period: DateRange) -> Iterator[tuple[int, int, str]]:
    """A holiday has its festival in it."""
    if not period.first.days or not period.last.days:
        return
    first, last = period.first.days[0], period.last.days[0]
    if last < first:
        return
    near = [day for year in (first.year - 1, first.year, first.year + 1) for day in mention.festival.days(year)]
    if near and not any(first - timedelta(days=1) <= day <= last + timedelta(days=1) for day in near):
        day = min(near, key=lambda day: abs((day - first).days))
        start, end = min(period.start, mention.start), max(period.end, mention.end)
        yield start, end, f"{mention.festival.name}是{day.year}年{spoken(day)}，不在写的日期里"


def _readings(calendar: Calendar, one: DateMention) -> list[date]:
    """Every day a date may be; of all years around when nothing is known of its year."""
    if one.month is None or one.day is None:
        return []
    years = {*one.years, *(() if one.year_written else calendar.years)} or set(_ANY_YEAR)
    found = list(one.days)
    for year in years:
        try:
            found.append(date(year, one.month, one.day))
        except ValueError:
            continue
    return [day for day in found if day.year in YEARS]


def _said(text: str, mention: FestivalMention, one: DateMention) -> str:
    festival: Festival = mention.festival
    named = text[mention.start : mention.end].strip("“”")
    days = sorted(festival.days(one.years[0])) if one.years else []
    if days:
        return f"{days[0].year}年的{festival.name}是{spoken(days[0])}，写的是{one.month}月{one.day}日"
    return f"{one.month}月{one.day}日不是{named}"


def _today(calendar: Calendar, festivals: Sequence[FestivalMention]) -> Iterator[tuple[int, int, str]]:
    """今天是端午节, on another day."""
    if calendar.day is None:
        return
    for word in calendar.relatives:
        _, mention = beside(festivals, word)
        if mention is None or quoted(calendar.text, word.start) or bond(calendar, word, mention) is not Bond.VERB:
            continue
        day = calendar.day + timedelta(days=word.offset)
        earlier = {day for one in calendar.dates if one.end <= word.start for day in one.days}
        held = any(mention.festival.falls_on(one) for one in (day, *earlier)) or mention.festival.lasts_to(day)
        if not held and not _AROUND.match(calendar.text, mention.end):
            words = calendar.text[word.start : word.end]
            yield word.start, mention.end, f"按发布日期，{words}（{spoken(day)}）不是{mention.festival.name}"


def _lunar_festivals(calendar: Calendar, festivals: Sequence[FestivalMention]) -> Iterator[tuple[int, int, str]]:
    """农历五月初六端午节."""
    for lunar in calendar.lunars:
        for mention in filter(None, beside(festivals, lunar)):
            days = mention.festival.lunar_days()
            if not days or (lunar.month, lunar.day) in days or not _same_day(calendar, lunar, mention):
                continue
            start, end = min(lunar.start, mention.start), max(lunar.end, mention.end)
            month, day = days[0]
            yield (
                start,
                end,
                f"{mention.festival.name}是农历{month}月{'最后一' if len(days) > 1 and day >= 29 else day}日",
            )


def _same_day(calendar: Calendar, lunar: LunarMention, mention: FestivalMention) -> bool:
    if lunar.end <= mention.start:
        strength = bond(calendar, lunar, mention)
        return bool(strength) and not _AROUND.match(calendar.text, mention.end)
    strength = bond(calendar, mention, lunar)
    return strength in _STRICT or (strength is Bond.NEXT and lunar.sure)


def _lunar_dates(calendar: Calendar) -> Iterator[tuple[int, int, str]]:
    """2月17日（正月初二）."""
    solar_runs = list(runs(calendar, [one for one in calendar.dates if one.is_day]))
    for lunars in runs(calendar, [one for one in calendar.lunars if one.sure or _held_against(calendar, one)]):
        place = bisect_left(solar_runs, lunars[0].start, key=lambda run: run[0].start)
        for solars in solar_runs[max(0, place - 1) : place + 1]:
            for one, lunar in _paired(calendar, solars, lunars):
                known = [day for day in one.days if day.year in YEARS]
                if known and (lunar.month, lunar.day) not in map(lunar_of, known):
                    month, day = lunar_of(known[0])
                    said = f"{known[0].year}年{spoken(known[0])}是农历{month}月{day}日"
                    yield min(one.start, lunar.start), max(one.end, lunar.end), said


_AGAINST = re.compile(
    r"[（(，]?(?:今年|这一?天|那一?天|当天)?(?:，)?(?:[是为]|就是|即|落在|对[应照])*(?:的?(?:公历|阳历|新历))?(?:[是为])?"
)


def _held_against(calendar: Calendar, lunar: LunarMention) -> bool:
    """八月十五这天是9月30日: what is said to be a day in figures is one of the other calendar."""
    _, after = beside([one for one in calendar.dates if one.is_day], lunar)
    gap = calendar.text[lunar.end : after.start] if after else ""
    told = bool(re.search(r"[公阳新]历|[这那]一?天[是为]|对[应照]", gap)) and _AGAINST.fullmatch(gap) is not None
    return (
        told and after is not None and not calendar.text[lunar.start].isdigit() and calendar.text[after.start].isdigit()
    )


def _paired(
    calendar: Calendar, solars: Sequence[DateMention], lunars: Sequence[LunarMention]
) -> Iterator[tuple[DateMention, LunarMention]]:
    for first, second in ((solars, lunars), (lunars, solars)):
        if bond(calendar, first[-1], second[0]) is None:
            continue
        if len(solars) == len(lunars):
            yield from zip(solars, lunars, strict=True)
        elif len(lunars) == 1:
            yield (solars[-1] if first is solars else solars[0]), lunars[0]


def _year_names(calendar: Calendar) -> Iterator[tuple[int, int, str]]:
    """2026年（农历乙巳年）."""
    for match in _YEAR_NAME.finditer(calendar.text):
        stem, animal = year_names(int(match["year"]))
        wrong = [said for said, right in ((match["stem"], stem), (match["animal"], animal)) if said and said != right]
        if wrong:
            yield *match.span(), f"{match['year']}年是农历{stem}{animal}年"
