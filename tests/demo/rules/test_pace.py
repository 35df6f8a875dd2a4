"""How quick the town is."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest

from tests.demo.rules.test_corpus import item
from town_portal.demo.rules.pace import KEEN, SILENT, SLOW, URGENT_LIMIT, Pace
from town_portal.foundation.clock import day_of, instant, local
from town_portal.submissions.rules.lifecycle import State
from town_portal.workdays.rules.calendar import Calendar
from town_portal.workdays.rules.working_time import WorkingTime

HOURS = {"morning": {"from": "08:30", "to": "12:00"}, "afternoon": {"from": "14:30", "to": "17:30"}}
NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
"""A Monday, 10:40 in Shanghai."""


def pace(now: datetime = NOW) -> Pace:
    return Pace(now, WorkingTime(Calendar(), HOURS))


def share(unit: str, day: str, *, fault: object = None) -> float:
    one = item(unit=unit, date=day, fault=fault)
    return sum(pace().timely(one, Random(number)) for number in range(400)) / 400


def test_units_differ() -> None:
    assert not KEEN & SLOW | KEEN & SILENT
    assert share("C03", "2026-08-01") > share("C04", "2026-08-01") > share("C14", "2026-08-01")


def test_it_gets_better_over_the_quarters() -> None:
    assert share("C04", "2025-10-20") < share("C04", "2026-04-20") < share("C04", "2026-11-01")


def test_what_is_returned_is_later() -> None:
    assert share("C04", "2026-08-01", fault={"stage": "head", "reason": "", "wrong": "", "right": "x"}) < share(
        "C04", "2026-08-01"
    )


def test_silent_units_have_written_nothing_for_weeks() -> None:
    assert pace().silent(item(unit="C19", date="2026-11-10"))
    assert not pace().silent(item(unit="C19", date="2026-06-10"))
    assert not pace().silent(item(unit="C03", date="2026-11-10"))


def test_drafts_follow_the_event() -> None:
    event = date(2026, 4, 14)
    for number in range(60):
        for one, wanted in ((item(), True), (item(column="tzgg"), True), (item(), False), (item(urgent="暴雨"), True)):
            at = pace().drafted_at(one, wanted, number % 6, Random(number))
            assert at >= instant(event, time(8, 30))
            if one.urgent or one.column == "tzgg":
                assert day_of(at) == event
            if not wanted:
                assert day_of(at) >= event + timedelta(days=2)


@pytest.mark.parametrize("stage", [State.SECOND_REVIEW, State.CROSS_REVIEW, State.THIRD_REVIEW, State.APPROVED])
def test_a_stage_takes_working_time(stage: State) -> None:
    entered = datetime(2026, 4, 17, 8, 0, tzinfo=UTC)
    for number in range(60):
        done = pace().done_at(stage, item(), entered, 1.0, Random(number))
        assert done > entered
        assert local(done).weekday() < 5
        assert time(8, 30) <= local(done).time() <= time(17, 31)


def test_some_stages_overrun_and_haste_forbids_it() -> None:
    entered = datetime(2026, 4, 14, 1, 0, tzinfo=UTC)
    town = pace()

    def overdue(haste: float) -> int:
        return sum(
            town.working.between(entered, town.done_at(State.SECOND_REVIEW, item(), entered, haste, Random(number)))
            > town.limit(item())
            for number in range(300)
        )

    assert 10 < overdue(1.0) < 90
    assert overdue(0.1) < overdue(1.0) / 3


def test_urgent_items_wait_for_no_office_hours() -> None:
    night = datetime(2026, 4, 18, 15, 0, tzinfo=UTC)
    one = item(urgent="暴雨")
    assert pace().limit(one) == URGENT_LIMIT
    assert pace().done_at(State.THIRD_REVIEW, one, night, 1.0, Random(2)) < night + timedelta(hours=3)
    assert pace().mended_at(one, night, 1.0, Random(2)) < night + timedelta(minutes=16)


def test_mending_takes_from_minutes_to_more_than_a_day() -> None:
    returned = datetime(2026, 4, 14, 1, 0, tzinfo=UTC)
    town = pace()
    taken = [
        town.working.between(returned, town.mended_at(item(), returned, 1.0, Random(number))) for number in range(80)
    ]
    assert min(taken) < 60
    assert max(taken) > town.working.minutes_a_day


@pytest.mark.parametrize("minutes", [1, 40, 130, 390, 1000])
def test_before_is_the_latest_instant_with_so_much_working_time_to_come(minutes: int) -> None:
    town = pace()
    at = town.before(NOW, minutes)
    assert town.working.between(at, NOW) >= minutes
    assert town.working.between(at + timedelta(seconds=70), NOW) < minutes
