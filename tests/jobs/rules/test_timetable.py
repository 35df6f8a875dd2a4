"""Slots, missed ones, back-off, leases and alarms."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from town_portal.foundation import clock
from town_portal.jobs.rules.timetable import (
    FIRST_WAIT,
    LONGEST_WAIT,
    Daily,
    Every,
    Job,
    Last,
    RunOutcome,
    again_at,
    due,
    late,
    rhythm,
    span,
)

NOON = datetime(2026, 9, 8, 4, 0, tzinfo=UTC)
"""Noon in Shanghai."""
MOMENTS = st.timedeltas(timedelta(0), timedelta(days=90 * 365)).map(
    lambda since: datetime(2000, 1, 1, tzinfo=UTC) + since
)
LENGTHS = st.integers(1, 86_400).map(lambda seconds: timedelta(seconds=seconds))
TIMES = st.times().map(lambda at: at.replace(microsecond=0))
RHYTHMS = st.one_of(LENGTHS.map(Every), TIMES.map(Daily))
HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)


def a_job(rhythm: Every | Daily | None = None, **given_: object) -> Job:
    rhythm = rhythm or Every(10 * SECOND)
    return Job(**{"name": "j", "label": "任务", "rhythm": rhythm, "does": int, "alarm": HOUR, **given_})


def ended(
    slot: datetime, outcome: RunOutcome = RunOutcome.DONE, *, at: datetime | None = None, attempts: int = 1
) -> Last:
    begun = at or slot
    return Last(slot, begun, begun + 5 * MINUTE, begun, outcome, attempts)


@given(RHYTHMS, MOMENTS)
def test_every_instant_belongs_to_one_slot(rhythm: Every | Daily, moment: datetime) -> None:
    slot = rhythm.slot(moment)
    assert slot <= moment < rhythm.after(moment)
    assert rhythm.slot(slot) == slot
    assert rhythm.slot(rhythm.after(moment)) == rhythm.after(moment)
    assert rhythm.slot(rhythm.after(moment) - timedelta(microseconds=1)) == slot


@given(RHYTHMS, MOMENTS, MOMENTS)
def test_slots_go_forward_with_time(rhythm: Every | Daily, one: datetime, other: datetime) -> None:
    earlier, later = sorted((one, other))
    assert rhythm.slot(earlier) <= rhythm.slot(later)


@given(TIMES, st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_a_day_has_one_slot_at_its_time_in_shanghai(at: time, day: date) -> None:
    """Shanghai has no summer time: every day is 24 hours, and the time of day is always there."""
    begins = clock.instant(day, at)
    rhythm = Daily(at)
    assert rhythm.slot(begins) == begins
    assert rhythm.after(begins) - begins == timedelta(days=1)
    assert clock.local(rhythm.slot(begins + 5 * HOUR)).timetz().replace(tzinfo=None) == at


def test_the_edges_of_a_midnight_in_shanghai() -> None:
    rhythm = Daily(time(0, 0))
    midnight = datetime(2026, 9, 8, 16, 0, tzinfo=UTC)
    assert rhythm.slot(midnight) == midnight
    assert rhythm.slot(midnight - timedelta(milliseconds=1)) == midnight - timedelta(days=1)
    before_its_time = Daily(time(2, 30))
    assert before_its_time.slot(midnight + HOUR) == midnight - timedelta(days=1) + timedelta(hours=2, minutes=30)


def test_a_slot_is_run_once() -> None:
    job = a_job()
    assert due(job, None, NOON) == NOON
    assert due(job, ended(NOON), NOON + 9 * SECOND) is None
    assert due(job, ended(NOON), NOON + 10 * SECOND) == NOON + 10 * SECOND


@given(RHYTHMS, MOMENTS, st.timedeltas(timedelta(0), timedelta(days=40)))
def test_missed_slots_are_run_as_one_the_newest(rhythm: Every | Daily, moment: datetime, away: timedelta) -> None:
    job, now = a_job(rhythm), moment + away
    slot = due(job, ended(rhythm.slot(moment)), now)
    assert slot == (None if rhythm.slot(now) == rhythm.slot(moment) else rhythm.slot(now))
    if slot is not None:
        assert due(job, ended(slot, at=now), now) is None


def test_a_clock_that_runs_behind_begins_nothing() -> None:
    assert due(a_job(), ended(NOON + MINUTE), NOON) is None


def test_what_somebody_has_is_left_to_him_until_his_lease_ran_out() -> None:
    last = Last(NOON, NOON, NOON + MINUTE)
    assert due(a_job(), last, NOON + 59 * SECOND) is None
    assert due(a_job(), last, NOON + MINUTE) == NOON + MINUTE
    assert due(a_job(Daily(time(1))), Last(NOON, NOON, NOON), NOON + SECOND) is not None


def test_a_failure_is_tried_again_later_and_later() -> None:
    patient = a_job(alarm=timedelta(days=2))
    waits = [again_at(patient, NOON, attempts) - NOON for attempts in range(1, 40)]
    assert waits[:3] == [FIRST_WAIT, 4 * FIRST_WAIT, 16 * FIRST_WAIT]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT
    assert again_at(a_job(alarm=5 * MINUTE), NOON, 40) - NOON == MINUTE  # five times before anybody is alarmed
    nightly = a_job(Daily(time(2, 30)))
    slot = nightly.rhythm.slot(NOON)
    failed = ended(slot, RunOutcome.FAILED, at=NOON)
    assert due(nightly, failed, NOON + FIRST_WAIT - SECOND) is None
    assert due(nightly, failed, NOON + FIRST_WAIT) == slot
    assert due(a_job(Every(SECOND)), ended(NOON, RunOutcome.FAILED), NOON + 5 * SECOND) is None


def test_a_resting_job_is_begun_when_it_is_wanted_or_has_rested() -> None:
    asked = []

    def wanted(last: datetime) -> bool:
        asked.append(last)
        return there_is

    job = a_job(rest=MINUTE, wanted=wanted)
    there_is = False
    assert due(job, ended(NOON), NOON + 10 * SECOND) is None
    assert asked == [NOON]
    assert due(job, ended(NOON), NOON + MINUTE) == NOON + MINUTE
    assert asked == [NOON], "after its rest it is not asked"
    there_is = True
    assert due(job, ended(NOON), NOON + 5 * SECOND) is None, "a slot is a slot"
    assert due(job, ended(NOON), NOON + 11 * SECOND) == NOON + 10 * SECOND


@pytest.mark.parametrize(
    ("succeeded", "watched", "alarm"),
    [(59, 600, False), (61, 1, True), (None, 59, False), (None, 61, True), (None, None, False), (61, None, True)],
)
def test_too_long_without_success_is_an_alarm(succeeded: int | None, watched: int | None, alarm: bool) -> None:
    def ago(minutes: int | None) -> datetime | None:
        return None if minutes is None else NOON - minutes * MINUTE

    assert late(a_job(), ago(succeeded), ago(watched), NOON) is alarm


def test_how_often_is_said_in_words() -> None:
    assert [span(timedelta(seconds=n)) for n in (5, 60, 90, 600, 7200, 86_400, 180_000)] == [
        "5 秒", "1 分钟", "90 秒", "10 分钟", "2 小时", "1 天", "50 小时",
    ]  # fmt: skip
    assert rhythm(a_job(Daily(time(2, 30)))) == "每天 02:30"
    assert rhythm(a_job(Every(HOUR))) == "每 1 小时"
    assert rhythm(a_job(rest=MINUTE, wanted=bool)) == "有事就办，最少每 1 分钟看一次"
