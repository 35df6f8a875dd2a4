"""date_weekday: a date and a weekday that do not go together, in any order and form."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.dates import (
    WEEKDAYS,
    Bond,
    Calendar,
    DateMention,
    WeekdayMention,
    beside,
    bond,
    read,
    runs,
)
from town_portal.proofreading.rules.writing import Writing

Pair = tuple[DateMention, WeekdayMention]

_FRIDAY = 4
_NEAR_YEARS = range(2015, 2036)
_THAT_DAY = re.compile(
    r"(?:[那当这该][天日]|[这那]一天)(?:[，,]|又|也|刚|恰|正)*(?:好|巧)?(?:是|为|逢|值)?(?:个|一个)?$"
)

_NEXT_SENTENCE = re.compile(
    r"。(?:[那当这该]天|[这那]一天|那日)(?:[，,]|又|也|刚|恰|正)*(?:好|巧)?(?:是|为|逢|值|赶上)?(?:个|一个)?"
)
"""…定在5月14日。那天是周五."""


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Findings about weekdays that are not those of their dates."""
    del lexicon
    calendar = read(writing)
    pairs = _pairs(calendar)
    right = {id(one) for one, weekday in pairs if _fits(one, weekday)}
    right |= {id(weekday) for one, weekday in pairs if _fits(one, weekday)}
    open_years = set(_NEAR_YEARS)
    for one, weekday in pairs:
        if id(one) in right and id(weekday) in right and one.days:
            continue
        if one.days:
            wrong = id(one) not in right and id(weekday) not in right
        else:
            open_years &= {year for year in _NEAR_YEARS if _in_year(one, weekday, year)}
            wrong = not open_years
        if wrong:
            yield _finding(writing, one, weekday)


def _finding(writing: Writing, one: DateMention, weekday: WeekdayMention) -> Finding:
    start, end = min(one.start, weekday.start), max(one.end, weekday.end)
    if writing.plain[end : end + 1] in {"）", ")"}:
        end += 1
    said = writing.plain[weekday.start : weekday.end]
    if one.days:
        day = one.days[0]
        message = f"{day.year}年{day.month}月{day.day}日是{WEEKDAYS[day.weekday()]}，写的是{said}，请核对。"
    else:
        message = f"{one.month}月{one.day}日写的是{said}，与上文的日期和星期对不上，请核对。"
    return writing.finding(Family.DATE_WEEKDAY, start, end, message)


def _fits(one: DateMention, weekday: WeekdayMention) -> bool:
    return any(_is(day, weekday) for day in one.days)


def _is(day: date, weekday: WeekdayMention) -> bool:
    weekend = len(weekday.days) > 1
    return day.weekday() in weekday.days or (weekend and day.weekday() == _FRIDAY)


def _in_year(one: DateMention, weekday: WeekdayMention, year: int) -> bool:
    try:
        return _is(date(year, one.month or 0, one.day or 0), weekday)
    except ValueError:
        return False


def _pairs(calendar: Calendar) -> list[Pair]:
    """Every date with the weekday that is said of it, the strongest bonds alone."""
    days = [one for one in calendar.dates if one.is_day and 1 <= (one.month or 0) <= 12 and (one.days or not one.years)]
    weekdays = [one for one in calendar.weekdays if one.week is None or calendar.day is None]
    dated = list(runs(calendar, days))
    found: list[Pair] = []
    for run in runs(calendar, weekdays):
        found += _of_run(calendar, run, dated)
        if len(run) == 1 and _THAT_DAY.search(calendar.text[max(0, run[0].start - 12) : run[0].start]):
            found += ((one, run[0]) for one in _last_before(calendar, days, run[0]))
    return list(dict.fromkeys(found))


def _of_run(
    calendar: Calendar, run: Sequence[WeekdayMention], dated: Sequence[Sequence[DateMention]]
) -> Iterator[Pair]:
    place = bisect_left(dated, run[0].start, key=lambda one: one[0].start)
    before = dated[place - 1] if place else None
    after = dated[place] if place < len(dated) else None
    first = bond(calendar, before[-1], run[0]) if before else None
    last = bond(calendar, run[-1], after[0]) if after else None
    if before and first and (first >= (last or Bond.COMMA)):
        yield from _zipped(before, run, before[-1])
    if after and last and (last >= (first or Bond.COMMA)):
        yield from _zipped(after, run, after[0])


def _zipped(dates: Sequence[DateMention], run: Sequence[WeekdayMention], nearest: DateMention) -> Iterator[Pair]:
    """Lists of the same length one by one; one weekday belongs to the date beside it."""
    if len(dates) == len(run):
        yield from zip(dates, run, strict=True)
    elif len(run) == 1:
        yield nearest, run[0]


def _last_before(calendar: Calendar, days: Sequence[DateMention], weekday: WeekdayMention) -> Iterator[DateMention]:
    """The date that 那天 goes back to: the last one in the same sentence."""
    before, _ = beside(days, weekday)
    between = calendar.text[before.end : weekday.start] if before else ""
    if before and (not re.search(r"[。！？\n]", between) or _NEXT_SENTENCE.fullmatch(between)):
        yield before
