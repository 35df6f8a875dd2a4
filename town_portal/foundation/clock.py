"""The only reader of the time.

Instants are aware UTC datetimes with millisecond precision; days are days in Asia/Shanghai.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_fixed: ContextVar[datetime | None] = ContextVar("fixed clock", default=None)


def now() -> datetime:
    """The present instant, UTC."""
    moment = _fixed.get() or datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def today() -> date:
    """The present day in Shanghai."""
    return day_of(now())


def local(moment: datetime) -> datetime:
    """The same instant on a clock in Shanghai."""
    return moment.astimezone(SHANGHAI)


def day_of(moment: datetime) -> date:
    """The day in Shanghai that an instant falls on."""
    return local(moment).date()


def instant(day: date, at: time = time()) -> datetime:
    """The UTC instant of a wall-clock time in Shanghai; midnight begins the day."""
    return datetime.combine(day, at, SHANGHAI).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The UTC instant at which a day in Shanghai is over."""
    return instant(day + timedelta(days=1))


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """Hold the clock of this context at one instant: for tests and for the demo's history."""
    token = _fixed.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)
