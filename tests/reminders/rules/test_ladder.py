"""Which rungs a clock has reached, minute by minute."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reminders.duties import MINUTE, TERMS, a_duty, at, worked
from town_portal.reminders.rules.ladder import CLIMB, Rung, reached
from town_portal.workflow.duty import DutyKind

NORMAL = TERMS.ladder["normal"]
URGENT = TERMS.ladder["urgent"]


@pytest.mark.parametrize(
    ("now", "highest"),
    [
        ("2026-03-02 09:59", None),
        ("2026-03-02 10:00", Rung.ARRIVED),  # Monday; due on Tuesday at 10:00
        ("2026-03-02 15:44", Rung.ARRIVED),
        ("2026-03-02 15:45", Rung.HALF),  # 120 minutes before noon, 75 after 14:30
        ("2026-03-03 08:59", Rung.HALF),
        ("2026-03-03 09:00", Rung.BEFORE),
        ("2026-03-03 09:59", Rung.BEFORE),
        ("2026-03-03 10:00", Rung.DUE),
        ("2026-03-03 11:59", Rung.DUE),
        ("2026-03-03 12:00", Rung.DEPUTY),  # two working hours over
        ("2026-03-04 09:59", Rung.DEPUTY),
        ("2026-03-04 10:00", Rung.SUPERIOR),  # a working day over
    ],
)
def test_the_highest_rung(now: str, highest: Rung | None) -> None:
    found = reached(a_duty(), at(now), worked, NORMAL)
    assert (found[0] if found else None) == highest


def test_a_long_holiday_counts_nothing() -> None:
    duty = a_duty("2026-02-14 16:30")  # the last hour before 春节; due on 24 February, 16:30
    assert reached(duty, at("2026-02-20 10:00"), worked, NORMAL)[0] is Rung.ARRIVED
    assert reached(duty, at("2026-02-24 15:29"), worked, NORMAL)[0] is Rung.HALF
    assert reached(duty, at("2026-02-24 15:30"), worked, NORMAL)[0] is Rung.BEFORE


def test_a_short_limit_has_no_rungs_that_would_stand_at_its_beginning() -> None:
    duty = a_duty(minutes=45)
    assert reached(duty, at("2026-03-02 10:44"), worked, NORMAL) == [Rung.ARRIVED]
    assert reached(duty, at("2026-03-02 10:45"), worked, NORMAL)[0] is Rung.DUE


def test_a_limit_outside_working_time_is_due_on_the_minute() -> None:
    duty = a_duty("2026-03-06 18:00", kind=DutyKind.FILING, due_at=at("2026-03-09 00:00"))
    assert reached(duty, at("2026-03-08 23:59"), worked, NORMAL) == []
    assert reached(duty, at("2026-03-09 00:00"), worked, NORMAL)[0] is Rung.DUE


def test_who_began_it_himself_is_not_told_that_it_came() -> None:
    assert reached(a_duty(kind=DutyKind.FILING), at("2026-03-02 10:30"), worked, NORMAL) == []


def test_a_rung_that_is_switched_off_is_left_out() -> None:
    lane = {**NORMAL, "half": {"share": 50, "ways": "off"}}
    assert Rung.HALF not in reached(a_duty(), at("2026-03-09 10:00"), worked, lane)
    assert Rung.HALF in reached(a_duty(), at("2026-03-09 10:00"), worked, NORMAL)


@given(st.integers(0, 20_000), st.integers(1, 3_000))
def test_rungs_only_ever_come_one_after_the_other(passed: int, minutes: int) -> None:
    duty = a_duty(minutes=minutes)
    earlier = reached(duty, duty.since + passed * MINUTE, worked, URGENT)
    later = reached(duty, duty.since + (passed + 7) * MINUTE, worked, URGENT)
    assert set(earlier) <= set(later)
    assert later == [rung for rung in CLIMB if rung in later]
