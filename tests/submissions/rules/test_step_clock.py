"""When a stage must be done: over weekends, holidays and 调休."""

from datetime import date, datetime, time
from typing import Any

import pytest

from tests.workdays.years import HOURS, shipped_calendar
from town_portal.foundation.clock import instant, local
from town_portal.settings.rules.catalogue import CATALOGUE
from town_portal.submissions.rules.lifecycle import IN_REVIEW
from town_portal.submissions.rules.lifecycle import State as S
from town_portal.submissions.rules.step_clock import Case, Limit, due_at, limit_of
from town_portal.workdays.rules.working_time import WorkingTime

LIMITS = CATALOGUE["step_limits"].default
CLOCK = WorkingTime(shipped_calendar(), HOURS)


def due(entered: datetime, *, urgent: bool = False, stage: S = S.SECOND_REVIEW, limits: Any = LIMITS) -> str:
    """The limit on a clock in Shanghai, as month-day hour:minute."""
    return f"{local(due_at(stage, Case(urgent), entered, limits, CLOCK)):%m-%d %H:%M}"


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of 2026 in Shanghai."""
    return instant(date(2026, month, day), time(hour, minute))


@pytest.mark.parametrize(
    ("entered", "normal", "urgent"),
    [
        (at(9, 8, 10), "09-09 10:00", "09-08 12:00"),  # an ordinary Tuesday
        (at(9, 8, 11), "09-09 11:00", "09-08 15:30"),  # over noon
        (at(9, 8, 20), "09-09 17:30", "09-09 10:30"),  # after hours: from tomorrow's opening
        (at(9, 11, 16), "09-14 16:00", "09-14 09:00"),  # Friday to Monday
        (at(9, 12, 9), "09-14 17:30", "09-14 10:30"),  # on a Saturday
        (at(9, 19, 9), "09-20 17:30", "09-20 10:30"),  # on a Saturday, but that Sunday is worked (调休)
        (at(9, 30, 16), "10-08 16:00", "10-08 09:00"),  # over 国庆节
        (at(10, 9, 16), "10-10 16:00", "10-10 09:00"),  # Friday to a worked Saturday (调休)
        (at(2, 14, 16), "02-24 16:00", "02-24 09:00"),  # a worked Saturday before 春节
    ],
)
def test_limits_over_days_off(entered: datetime, normal: str, urgent: str) -> None:
    assert due(entered) == normal
    assert due(entered, urgent=True) == urgent


def test_hours_run_through_nights_and_holidays() -> None:
    limits = {"urgent": {"second_review": {"amount": 4, "unit": "hour"}}}
    assert due(at(10, 1, 23), urgent=True, limits=limits) == "10-02 03:00"


@pytest.mark.parametrize(("stage", "key"), [(S.APPROVED, "publish"), (S.RETURNED, "revise")])
def test_publishing_and_mending_have_limits_of_their_own(stage: S, key: str) -> None:
    limits = {"normal": {key: {"amount": 2, "unit": "working_day"}}}
    assert due(at(9, 8, 10), stage=stage, limits=limits) == "09-10 10:00"


def test_every_stage_has_a_limit_in_both_lanes() -> None:
    for stage in (*IN_REVIEW, S.APPROVED, S.RETURNED):
        assert due(at(9, 8, 10), stage=stage) == "09-09 10:00"
        assert due(at(9, 8, 10), stage=stage, urgent=True) == "09-08 12:00"


def test_an_unknown_unit_of_time_is_an_error() -> None:
    with pytest.raises(ValueError, match="fortnight"):
        due(at(9, 8, 10), limits={"normal": {"second_review": {"amount": 1, "unit": "fortnight"}}})


@pytest.mark.parametrize(
    ("entered", "days", "expected"),
    [
        (at(9, 8, 10), 1, "09-09 17:30"),  # the day of arrival is not counted
        (at(9, 8, 23), 1, "09-09 17:30"),
        (at(9, 11, 10), 1, "09-14 17:30"),  # the last day is a Saturday: Monday takes its place
        (at(9, 11, 10), 3, "09-14 17:30"),
        (at(9, 19, 9), 1, "09-20 17:30"),  # a worked Sunday (调休)
        (at(9, 30, 16), 5, "10-08 17:30"),  # within 国庆节
        (at(10, 9, 16), 1, "10-10 17:30"),  # a worked Saturday
    ],
)
def test_natural_days_end_with_office_hours(entered: datetime, days: int, expected: str) -> None:
    """《民法典》第二百零一条、第二百零三条."""
    limits = {"normal": {"second_review": {"amount": days, "unit": "natural_day"}}}
    assert due(entered, limits=limits) == expected


APART = {
    **LIMITS,
    "routes": {
        "drafter_first": {
            "item": {"normal": {"second_review": {"amount": 4, "unit": "working_hour"}}},
            "correction": {
                "normal": {"second_review": {"amount": 1, "unit": "working_hour"}},
                "urgent": {"publish": {"amount": 1, "unit": "hour"}},
            },
        }
    },
}


@pytest.mark.parametrize(
    ("case", "stage", "expected"),
    [
        (Case(), S.SECOND_REVIEW, "1 个工作日"),
        (Case(route="drafter_first"), S.SECOND_REVIEW, "4 个工作小时"),
        (Case(route="drafter_first", correction=True), S.SECOND_REVIEW, "1 个工作小时"),
        (Case(route="drafter_first", urgent=True), S.SECOND_REVIEW, "2 个工作小时"),
        (Case(route="drafter_first", urgent=True), S.APPROVED, "2 个工作小时"),
        (Case(route="drafter_first", urgent=True, correction=True), S.APPROVED, "1 小时"),
        (Case(route="three_reviewers"), S.SECOND_REVIEW, "1 个工作日"),
        (Case(route="three_reviewers", correction=True), S.SECOND_REVIEW, "1 个工作日"),
    ],
)
def test_limits_by_route_lane_and_kind(case: Case, stage: S, expected: str) -> None:
    assert limit_of(stage, case, APART).words == expected


def test_a_correction_without_a_limit_of_its_own_takes_that_of_its_route() -> None:
    limits = {**LIMITS, "routes": {"drafter_first": {"item": APART["routes"]["drafter_first"]["item"]}}}
    found = limit_of(S.SECOND_REVIEW, Case(route="drafter_first", correction=True), limits)
    assert found == Limit(4, "working_hour", "拟稿人 → 部门负责人 → 分管领导 · 一般稿")


def test_a_limit_knows_its_table() -> None:
    assert limit_of(S.SECOND_REVIEW, Case(), APART).table == "各路线通用"
    assert limit_of(S.SECOND_REVIEW, Case(route="drafter_first", correction=True), APART).table.endswith("更正稿")


@pytest.mark.parametrize(("unit", "minutes"), [("working_day", 780), ("working_hour", 120), ("natural_day", None)])
def test_a_limit_in_working_minutes(unit: str, minutes: int | None) -> None:
    assert Limit(2, unit).minutes(390) == minutes
