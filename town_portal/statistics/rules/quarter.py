"""A quarter of the calendar year, in days of Shanghai."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from town_portal.foundation.clock import end_of, instant

_KEY = re.compile(r"(20\d\d)-([1-4])", re.ASCII)
_NUMERALS = "一二三四"


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months; ``number`` counts from 1. Quarters compare by time."""

    year: int
    number: int

    @classmethod
    def containing(cls, day: date) -> "Quarter":
        """The quarter a day lies in."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def parse(cls, key: str) -> "Quarter | None":
        """The quarter of a key such as ``2026-3``; None when it is not one of this century."""
        found = _KEY.fullmatch(key)
        return cls(int(found[1]), int(found[2])) if found else None

    @property
    def key(self) -> str:
        """Its short name in addresses: ``2026-3``."""
        return f"{self.year}-{self.number}"

    @property
    def label(self) -> str:
        """Its name for people: 2026年第三季度."""
        return f"{self.year}年第{_NUMERALS[self.number - 1]}季度"

    @property
    def mark(self) -> str:
        """Its name under a chart: 26三."""
        return f"{self.year % 100:02}{_NUMERALS[self.number - 1]}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.next.first - timedelta(days=1)

    @property
    def start(self) -> datetime:
        """The instant (UTC) at which it begins: midnight in Shanghai."""
        return instant(self.first)

    @property
    def end(self) -> datetime:
        """The instant (UTC) at which it is over; that instant belongs to the next quarter."""
        return end_of(self.last)

    @property
    def previous(self) -> "Quarter":
        """The quarter before."""
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)

    @property
    def next(self) -> "Quarter":
        """The quarter after."""
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    def back(self, count: int) -> tuple["Quarter", ...]:
        """So many quarters that end with this one, the oldest first."""
        found = [self]
        while len(found) < count:
            found.append(found[-1].previous)
        return tuple(reversed(found))

    def running(self, today: date) -> bool:
        """Does it last still?"""
        return self.first <= today <= self.last


def since(oldest: Quarter, newest: Quarter) -> tuple[Quarter, ...]:
    """Every quarter from one to another, the newest first."""
    found = [newest]
    while found[-1] > oldest:
        found.append(found[-1].previous)
    return tuple(found)
