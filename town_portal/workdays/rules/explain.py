"""A deadline day by day, in words that can be held against a wall calendar."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from town_portal.foundation.clock import day_of, end_of
from town_portal.workdays.rules.calendar import ONE_DAY, Calendar
from town_portal.workdays.rules.working_time import MINUTE, WorkingTime

START = "起算当天，不计入"


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a deadline; ``counted`` is its number among the counted days, None when not counted."""

    day: date
    counted: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a day that counts: from, to (UTC), and whole minutes."""

    begins: datetime
    ends: datetime
    minutes: int


@dataclass(frozen=True, slots=True)
class TimedDay:
    """One day of a limit that is counted in minutes; ``total`` is what has been counted by its end."""

    day: date
    pieces: tuple[Piece, ...]
    total: int
    words: str

    @property
    def minutes(self) -> int:
        """What this day adds."""
        return sum(piece.minutes for piece in self.pieces)


def explain(calendar: Calendar, start: date, count: int, first: str = START) -> list[Day]:
    """Every day from the start to the ``count``-th working day after it.

    The start itself is not counted (《民法典》第二百零一条: 开始的当日不计入); ``first`` says so.
    """
    days = [Day(start, None, first)]
    due, day, counted = calendar.add(start, count), start, 0
    while day < due:
        day += ONE_DAY
        worked = calendar.is_workday(day)
        counted += worked
        number = counted if worked else None
        days.append(Day(day, number, _words(calendar, day, number, due=day == due)))
    return days


def explain_natural(
    calendar: Calendar, start: date, count: int, first: str = START, *, give_way: bool = False
) -> list[Day]:
    """Every day from the start to the ``count``-th natural day after it; the start is not counted.

    ``give_way``: a last day that is off is followed by the next working day (《民法典》第二百零三条).
    """
    days = [Day(start, None, first)]
    for number in range(1, count + 1):
        day = start + ONE_DAY * number
        name = calendar.day_name(day)
        days.append(Day(day, number, f"{name}，第 {number} 天" if name else f"第 {number} 天"))
    if give_way and count and not calendar.is_workday(days[-1].day):
        last = days[-1]
        days[-1] = Day(last.day, last.counted, f"{last.words}，不上班，顺延")
        days += explain(calendar, last.day, 1)[1:-1]
        due = calendar.add(last.day, 1)
        name = calendar.day_name(due)
        days.append(Day(due, None, f"{name}，放假后第一个上班日" if name else "放假后第一个上班日"))
    if count:
        last = days[-1]
        days[-1] = Day(last.day, last.counted, f"{last.words}，到期{_doubt(calendar, last.day)}")
    return days


def explain_working(working_time: WorkingTime, start_utc: datetime, minutes: int) -> list[TimedDay]:
    """Every day from an instant (UTC) until so many working minutes are counted, each half day with its share.

    The minutes add up to the limit, and the last piece ends where ``WorkingTime.add`` ends.
    """
    days: list[TimedDay] = []
    day, left, total = day_of(start_utc), minutes * MINUTE, 0
    while left:
        pieces: list[Piece] = []
        for opens, closes in working_time.halves_of(day):
            begins = max(start_utc, opens)
            if begins < closes and left:
                ends = min(closes, begins + left)
                left -= ends - begins
                pieces.append(_piece(begins, ends))
        total += sum(piece.minutes for piece in pieces)
        words = _timed_words(working_time.calendar, day, started=bool(pieces), due=not left)
        days.append(TimedDay(day, tuple(pieces), total, words))
        day += ONE_DAY
    return days


def explain_hours(calendar: Calendar, start_utc: datetime, hours: int) -> list[TimedDay]:
    """Every day from an instant (UTC) until so many hours of the clock have passed, days off like any other."""
    days: list[TimedDay] = []
    begins, due, total = start_utc, start_utc + timedelta(hours=hours), 0
    while begins < due:
        day = day_of(begins)
        ends = min(end_of(day), due)
        piece = _piece(begins, ends)
        total += piece.minutes
        words = "，".join(part for part in (calendar.day_name(day), "到期" if ends == due else "") if part)
        days.append(TimedDay(day, (piece,), total, words))
        begins = ends
    return days


def _piece(begins: datetime, ends: datetime) -> Piece:
    """A piece with the minutes between the two as a clock shows them.

    A limit is whole minutes, so it ends as many seconds after the minute as it began, and these parts add up.
    """
    shown = [moment.replace(second=0, microsecond=0) for moment in (begins, ends)]
    return Piece(begins, ends, (shown[1] - shown[0]) // MINUTE)


def _words(calendar: Calendar, day: date, counted: int | None, *, due: bool) -> str:
    name = calendar.day_name(day)
    verdict = "不计入" if counted is None else f"第 {counted} 个工作日"
    words = f"{name}，{verdict}" if name else verdict
    if due:
        words += "，到期"
    return words + _doubt(calendar, day)


def _timed_words(calendar: Calendar, day: date, *, started: bool, due: bool) -> str:
    name = calendar.day_name(day)
    if not calendar.is_workday(day):
        words = f"{name}，不计入"
    elif not started:
        words = f"{name}，已经下班，不计入" if name else "已经下班，不计入"
    else:
        words = name
    words = "，".join(part for part in (words, "到期" if due else "") if part)
    return words + _doubt(calendar, day)


def _doubt(calendar: Calendar, day: date) -> str:
    return "" if calendar.is_confirmed(day.year) else "（估算）"
