"""How much a unit hands in within a period, and what it still owes (the setting ``rhythm``).

Counted is what was handed in first within the period, as the statistics count 报送; corrections do
not count.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from town_portal.foundation.clock import instant

DAY = timedelta(days=1)
SEPARATORS = ("：", ":")


class Span(StrEnum):
    """How long a period lasts."""

    MONTH = "month"
    QUARTER = "quarter"

    @property
    def label(self) -> str:
        """The period that runs, in Chinese."""
        return {"month": "本月", "quarter": "本季度"}[self.value]


@dataclass(frozen=True, slots=True)
class Period:
    """A month or a quarter, in days of Shanghai."""

    span: Span
    first: date
    last: date

    @classmethod
    def containing(cls, span: Span, day: date) -> "Period":
        """The period a day lies in."""
        months = 1 if span is Span.MONTH else 3
        first = date(day.year, (day.month - 1) // months * months + 1, 1)
        after = first
        for _ in range(months):
            after = (after + 31 * DAY).replace(day=1)
        return cls(span, first, after - DAY)

    @property
    def key(self) -> str:
        """Its short name: 2026-11 or 2026-q4."""
        if self.span is Span.MONTH:
            return f"{self.first:%Y-%m}"
        return f"{self.first.year}-q{(self.first.month + 2) // 3}"

    @property
    def start(self) -> datetime:
        """The instant (UTC) at which it begins."""
        return instant(self.first)


@dataclass(frozen=True, slots=True)
class Target:
    """What one unit has to hand in within a period, in all or in one column."""

    unit_id: int
    period: Period
    wanted: int
    column_id: int | None = None
    column: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A target and how far the unit has come."""

    target: Target
    filed: int
    last_filed: datetime | None
    """When the last one was handed in within the period (UTC)."""

    @property
    def missing(self) -> int:
        """How many are still owed."""
        return max(0, self.target.wanted - self.filed)

    @property
    def since(self) -> datetime:
        """Since when they are owed: the period's start, or the last handing in (UTC)."""
        return self.last_filed or self.target.period.start

    @property
    def words(self) -> str:
        """本月还差 1 篇，已报 1 篇."""
        column = f"“{self.target.column}”" if self.target.column else ""
        when = f"{self.target.period.span.label}{column}"
        if self.missing:
            return f"{when}还差 {self.missing} 篇，已报 {self.filed} 篇"
        return f"{when}已报 {self.filed} 篇，够数了"

    @property
    def key(self) -> str:
        """The clock's own name: the next handing in winds another one."""
        column = f":{self.target.column_id}" if self.target.column_id else ""
        return f"rhythm:{self.target.unit_id}{column}:{self.target.period.key}:{self.filed}"


@dataclass(frozen=True, slots=True)
class Listed:
    """The lines of the setting that name a unit and a column, read; and those that could not be."""

    pairs: tuple[tuple[int, int], ...]
    unknown: tuple[str, ...]


def listed(lines: Iterable[str], units: Mapping[str, int], columns: Mapping[str, int]) -> Listed:
    """Read lines such as “农业农村办公室：通知公告”. ``units`` and ``columns``: name or code → number."""
    pairs: dict[tuple[int, int], None] = {}
    unknown = []
    for line in lines:
        for mark in SEPARATORS:
            unit, found, column = (part.strip() for part in line.partition(mark))
            if found:
                break
        if unit in units and column in columns:
            pairs[units[unit], columns[column]] = None
        else:
            unknown.append(line)
    return Listed(tuple(pairs), tuple(unknown))


def targets(
    setting: Mapping[str, Any],
    kinds: Mapping[int, str],
    pairs: Iterable[tuple[int, int]],
    columns: Mapping[int, str],
    day: date,
) -> list[Target]:
    """What every unit has to hand in around a day. ``kinds``: unit → office, village or community."""
    found = []
    for unit_id, kind in kinds.items():
        terms = setting["office" if kind == "office" else "village"]
        if terms["items"]:
            found.append(Target(unit_id, Period.containing(Span(terms["period"]), day), terms["items"]))
    quarter = Period.containing(Span.QUARTER, day)
    found += [
        Target(unit_id, quarter, 1, column_id, columns[column_id])
        for unit_id, column_id in pairs
        if unit_id in kinds and column_id in columns
    ]
    return found
