"""How fresh a column is (the setting ``freshness``).

国办秘函〔2019〕19号: 动态、要闻类 two weeks without an update, 通知公告、政策文件类 six months; an empty
column is a fault at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

DAY = timedelta(days=1)


class Light(StrEnum):
    """What a column's age means."""

    BLANK = "blank"
    RED = "red"
    AMBER = "amber"
    GREEN = "green"

    @property
    def label(self) -> str:
        """The word in Chinese."""
        return {"blank": "空白栏目", "red": "超期没更新", "amber": "快到期", "green": "正常"}[self.value]

    @property
    def owed(self) -> bool:
        """Has somebody to see to it?"""
        return self is not Light.GREEN


@dataclass(frozen=True, slots=True)
class Terms:
    """How long a column may go without an update."""

    days: int
    amber: int
    """From which day after the last update on it is said."""
    blank: int
    """How long there is to fill an empty column."""

    @classmethod
    def of(cls, setting: Mapping[str, Any], *names: str) -> "Terms":
        """The terms of a column by its name or code: those of news columns, or the others'."""
        news = set(names) & set(setting["news"]["columns"])
        days = int(setting["news"]["days"] if news else setting["other"]["days"])
        return cls(days, -(-days * int(setting["amber"]) // 100), int(setting["blank"]["days"]))


@dataclass(frozen=True, slots=True)
class Freshness:
    """A column on a day."""

    light: Light
    used: int | None
    """Days since the last update; None for an empty column."""
    amber_on: date
    """The day from which on somebody has to see to it."""
    since: date
    """The day from which its time runs: of the last update, of the opening, or on which it was emptied."""
    until: date
    """The last day without fault."""
    left: int
    """Days until then; below zero when it is over."""


def read(terms: Terms, last: date | None, opened: date, day: date, emptied: date | None = None) -> Freshness:
    """How fresh a column is on a day; ``last`` is the day of its last publication, ``opened`` of its opening.

    An empty column is a fault from its first day; for filling it the time runs from its opening, or from the
    day on which the last text there was taken down (``emptied``).
    """
    start = max(opened, emptied or opened) if last is None else last
    until = start + (terms.blank if last is None else terms.days) * DAY
    amber_on = start if last is None else start + terms.amber * DAY
    left = (until - day).days
    if last is None:
        light = Light.BLANK
    elif left < 0:
        light = Light.RED
    else:
        light = Light.AMBER if day >= amber_on else Light.GREEN
    return Freshness(light, None if last is None else (day - last).days, amber_on, start, until, left)
