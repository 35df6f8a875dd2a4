"""Festivals, days of remembrance and solar terms: on which days of a year they fall.

The list is the town's (``data/festivals.csv``): a name, and the day as one would say it (3月12日,
农历5月5日, 农历12月末日, 节气清明, 5月第2个星期日, several joined by 或). Lunar days and solar terms are
computed, once for each year.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import lunar_python

from town_portal.proofreading.rules.lexicon import Term

_lunar: Any = lunar_python
"""A good library without types."""

YEARS = range(1950, 2100)
"""The years that are computed; of others nothing is said."""


@dataclass(frozen=True, slots=True)
class Festival:
    """One festival. ``long`` is how many days its holiday may last; ``common`` says that the name is also a word."""

    name: str
    rule: str
    long: int = 0
    common: bool = False

    def days(self, year: int) -> frozenset[date]:
        """The days it falls on in a year."""
        return _days(self.rule, year)

    def falls_on(self, day: date) -> bool:
        """Is a day this festival?"""
        return day in self.days(day.year)

    def lasts_to(self, day: date) -> bool:
        """Is a day in the holiday that goes with it, its eve included?"""
        return any(
            start - timedelta(days=1) <= day < start + timedelta(days=self.long)
            for start in self.days(day.year)
            if self.long
        )

    def lunar_days(self) -> tuple[tuple[int, int], ...]:
        """(month, day) of the lunar calendar, for a festival that goes by it; the last of a month is 29 or 30."""
        found = [match for match in map(_LUNAR_RULE.fullmatch, self.rule.split("或")) if match]
        days = ((int(match["month"]), match["day"]) for match in found)
        return tuple((month, number) for month, day in days for number in ((29, 30) if day == "末" else (int(day),)))


@dataclass(frozen=True, slots=True)
class FestivalMention:
    """A festival named in a text."""

    start: int
    end: int
    festival: Festival


_SOLAR_RULE = re.compile(r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_LUNAR_RULE = re.compile(r"农历(?P<month>\d{1,2})月(?P<day>\d{1,2}|末)日")
_WEEKDAY_RULE = re.compile(r"(?P<month>\d{1,2})月(?:第(?P<nth>\d)|末)个星期(?P<weekday>[一二三四五六日])")


@lru_cache(maxsize=4096)
def _days(rule: str, year: int) -> frozenset[date]:
    if year not in YEARS:
        return frozenset()
    return frozenset(found for part in rule.split("或") if (found := _day(part, year)))


def _day(rule: str, year: int) -> date | None:
    if rule.startswith("节气"):
        return solar_terms(year).get(rule.removeprefix("节气"))
    if solar := _SOLAR_RULE.fullmatch(rule):
        return date(year, int(solar["month"]), int(solar["day"]))
    if lunar := _LUNAR_RULE.fullmatch(rule):
        return _lunar_day(int(lunar["month"]), lunar["day"], year)
    if weekday := _WEEKDAY_RULE.fullmatch(rule):
        return _nth_weekday(
            year, int(weekday["month"]), int(weekday["nth"] or 0), "一二三四五六日".index(weekday["weekday"])
        )
    raise ValueError(f"Unknown rule of a festival: {rule}")


def _lunar_day(month: int, day: str, year: int) -> date | None:
    """The lunar day that falls into a solar year."""
    for lunar_year in (year, year - 1):
        number = _lunar.LunarMonth.fromYm(lunar_year, month).getDayCount() if day == "末" else int(day)
        found = _solar(_lunar.Lunar.fromYmd(lunar_year, month, number).getSolar())
        if found.year == year:
            return found
    return None


def _nth_weekday(year: int, month: int, nth: int, weekday: int) -> date:
    if nth:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7)


@lru_cache(maxsize=256)
def solar_terms(year: int) -> dict[str, date]:
    """The day of each solar term in a year."""
    table = _lunar.Lunar.fromYmd(year, 6, 1).getJieQiTable()
    days = {name: _solar(day) for name, day in table.items() if not name.isascii()}
    return {name: day for name, day in days.items() if day.year == year} | {
        name: _solar(table[key])
        for name, key in (("冬至", "DONG_ZHI"), ("小寒", "XIAO_HAN"), ("大寒", "DA_HAN"))
        if _solar(table[key]).year == year
    }


def _solar(day: Any) -> date:
    return date(day.getYear(), day.getMonth(), day.getDay())


@lru_cache(maxsize=2048)
def lunar_of(day: date) -> tuple[int, int]:
    """(month, day) in the lunar calendar; a leap month counts as the month before it."""
    lunar = _lunar.Solar.fromYmd(day.year, day.month, day.day).getLunar()
    return abs(lunar.getMonth()), lunar.getDay()


@lru_cache(maxsize=256)
def lunar_month_length(year: int, month: int) -> int:
    """How many days a month of a lunar year has."""
    return int(_lunar.LunarMonth.fromYm(year, month).getDayCount())


@lru_cache(maxsize=256)
def year_names(year: int) -> tuple[str, str]:
    """干支 and 生肖 of the lunar year that begins in a solar year: (丙午, 马) for 2026."""
    lunar = _lunar.Lunar.fromYmd(year, 1, 1)
    return lunar.getYearInGanZhi(), lunar.getYearShengXiao()


@lru_cache(maxsize=8)
def _index(terms: tuple[Term, ...]) -> tuple[re.Pattern[str], dict[str, Festival]]:
    festivals = {term.words: _festival(term) for term in terms}
    names = sorted(festivals, key=len, reverse=True)
    return re.compile("|".join("[“”]?".join(map(re.escape, name)) for name in names) or r"(?!)"), festivals


def _festival(term: Term) -> Festival:
    long = re.search(r"长假(\d+)天", term.note)
    return Festival(term.words, term.right, int(long[1]) if long else 0, "也是常用词" in term.note)


def festivals_in(text: str, terms: tuple[Term, ...]) -> Iterator[FestivalMention]:
    """Every festival of the list that a text names."""
    pattern, festivals = _index(terms)
    for match in pattern.finditer(text):
        yield FestivalMention(*match.span(), festivals[re.sub("[“”]", "", match.group())])
