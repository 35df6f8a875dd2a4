"""Which backups stay."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from town_portal.backups.rules.retention import DAYS, MONTHS, NEWEST, WEEKS, kept

NIGHT = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)
MOMENTS = st.lists(st.timedeltas(timedelta(0), timedelta(days=700)).map(lambda ago: NIGHT - ago), max_size=60)


def test_a_backup_a_night_leaves_days_weeks_and_months() -> None:
    nights = [NIGHT - timedelta(days=number) for number in range(400)]
    staying = sorted(kept(nights), reverse=True)
    assert staying[:7] == nights[:7]
    assert len(staying) <= DAYS + WEEKS + MONTHS
    months = {(moment.year, moment.month) for moment in staying}
    assert len(months) == MONTHS
    assert NIGHT - timedelta(days=390) not in staying


def test_the_newest_of_a_day_stays_for_the_day() -> None:
    day = [NIGHT - timedelta(days=5), NIGHT - timedelta(days=5, minutes=30)]
    recent = [NIGHT - timedelta(minutes=number) for number in range(4)]
    staying = kept([*day, *recent])
    assert day[0] in staying
    assert day[1] not in staying


@given(MOMENTS)
def test_the_newest_stay_and_nothing_is_invented(moments: list[datetime]) -> None:
    staying = kept(moments)
    assert staying <= set(moments)
    assert set(sorted(set(moments), reverse=True)[:NEWEST]) <= staying
    assert len(staying) <= NEWEST + DAYS + WEEKS + MONTHS
    assert kept(staying) == staying
