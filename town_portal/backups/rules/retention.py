"""Which backups are kept: the newest ones, one a day, one a week, one a month."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from town_portal.foundation import clock

NEWEST, DAYS, WEEKS, MONTHS = 3, 7, 8, 12


def kept(moments: Iterable[datetime]) -> set[datetime]:
    """Of the moments (UTC) backups were made at, those to keep.

    The newest three in any case, then the newest of each of the last seven days, eight weeks and
    twelve months that have one (days of Shanghai): counted by what is there, not by today, so that a
    house whose backups stopped loses none.
    """
    newest_first = sorted(set(moments), reverse=True)
    return (
        set(newest_first[:NEWEST])
        | _one_each(newest_first, lambda day: day, DAYS)
        | _one_each(newest_first, lambda day: day.isocalendar()[:2], WEEKS)
        | _one_each(newest_first, lambda day: (day.year, day.month), MONTHS)
    )


def _one_each(newest_first: Iterable[datetime], of: Callable[[date], object], number: int) -> set[datetime]:
    found: dict[object, datetime] = {}
    for moment in newest_first:
        found.setdefault(of(clock.day_of(moment)), moment)
    return set(list(found.values())[:number])
