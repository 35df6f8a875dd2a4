"""A deadline day by day, in words that can be held against a wall calendar."""

from dataclasses import dataclass
from datetime import date

from town_portal.workdays.rules.calendar import ONE_DAY, Calendar


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a deadline; ``counted`` is its number among the working days, None when not counted."""

    day: date
    counted: int | None
    words: str


def explain(calendar: Calendar, start: date, count: int) -> list[Day]:
    """Every day from the start to the ``count``-th working day after it.

    The start itself is not counted (《民法典》第二百零一条: 开始的当日不计入).
    """
    days = [Day(start, None, "起算当天，不计入")]
    due, day, counted = calendar.add(start, count), start, 0
    while day < due:
        day += ONE_DAY
        worked = calendar.is_workday(day)
        counted += worked
        number = counted if worked else None
        days.append(Day(day, number, _words(calendar, day, number, due=day == due)))
    return days


def _words(calendar: Calendar, day: date, counted: int | None, *, due: bool) -> str:
    name = calendar.day_name(day)
    verdict = "不计入" if counted is None else f"第 {counted} 个工作日"
    words = f"{name}，{verdict}" if name else verdict
    if due:
        words += "，到期"
    return words if calendar.is_confirmed(day.year) else f"{words}（估算）"
