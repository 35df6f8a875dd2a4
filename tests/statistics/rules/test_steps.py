"""Mean time of each step against its limit."""

import statistics
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from town_portal.statistics.rules import steps
from town_portal.statistics.rules.measures import Rate
from town_portal.statistics.rules.steps import OpenStay, Reports, Stays
from town_portal.submissions.rules.lifecycle import State

NOW = datetime(2026, 7, 15, 2, tzinfo=UTC)
LIMITS: dict[State, int | None] = {State.SECOND_REVIEW: 390, State.THIRD_REVIEW: 390, State.APPROVED: None}


def ended(stage: State, count: int, minutes: int, late: int = 0) -> Stays:
    return Stays(stage, 1, 2, 3, "sign", count, minutes, late)


def test_reporting_counts_natural_days_from_the_event() -> None:
    assert steps.reported(date(2026, 6, 28), date(2026, 7, 1), date(2026, 7, 1)) == Reports(1, 3, 3, 0, {3: 1})
    assert steps.reported(date(2026, 6, 28), date(2026, 7, 1), date(2026, 7, 2)) == Reports(1, 4, 3, 1, {4: 1})


def test_an_announced_event_costs_no_day() -> None:
    assert steps.reported(date(2026, 7, 9), date(2026, 7, 12), date(2026, 7, 1)) == Reports(1, 0, 3, 0, {0: 1})


def test_reporting_as_a_step() -> None:
    step = steps.reporting_step(steps.together([Reports(2, 3, 6, 1), Reports(2, 5, 6, 0)]))
    assert (step.mean, step.limit, step.overdue) == (2, 3, 1)
    assert step.ratio == 2 / 3
    assert step.overdue_rate == Rate(1, 4)


def test_nothing_reported_has_no_mean() -> None:
    step = steps.reporting_step(Reports())
    assert (step.mean, step.ratio, step.limit) == (None, None, None)


def test_mean_minutes_of_a_stage_over_all_its_groups() -> None:
    (second, *_rest) = steps.stage_steps(
        [ended(State.SECOND_REVIEW, 2, 300, 1), ended(State.SECOND_REVIEW, 1, 90)], [], LIMITS, NOW
    )
    assert (second.done, second.mean, second.limit) == (3, 130, Fraction(390))
    assert second.ratio == 130 / 390
    assert second.overdue_rate == Rate(1, 3)


def test_open_and_past_its_limit_counts_as_overdue() -> None:
    waiting = [
        OpenStay(State.SECOND_REVIEW, 1, 2, NOW - timedelta(minutes=1)),
        OpenStay(State.SECOND_REVIEW, 1, 2, NOW),
        OpenStay(State.THIRD_REVIEW, 1, 2, NOW - timedelta(days=9)),
    ]
    second, third, _publish = steps.stage_steps([ended(State.SECOND_REVIEW, 2, 300, 1)], waiting, LIMITS, NOW)
    assert (second.late, second.pending, second.overdue_rate) == (1, 1, Rate(2, 3))
    assert (third.done, third.pending, third.mean) == (0, 1, None)


def test_a_limit_by_the_clock_gives_no_ratio() -> None:
    *_others, publish = steps.stage_steps([ended(State.APPROVED, 1, 60)], [], LIMITS, NOW)
    assert (publish.mean, publish.limit, publish.ratio) == (60, None, None)


def test_stages_stand_in_their_order_and_rare_ones_only_when_used() -> None:
    found = steps.stage_steps([ended(State.CROSS_REVIEW, 1, 5)], [], LIMITS, NOW)
    assert [step.name for step in found] == ["second-review", "cross-review", "third-review", "approved"]
    assert [step.name for step in steps.stage_steps([], [], LIMITS, NOW)] == [
        "second-review",
        "third-review",
        "approved",
    ]


def test_names_lead_back_to_stages() -> None:
    assert steps.stage_of("second-review") is State.SECOND_REVIEW
    assert steps.stage_of("approved") is State.APPROVED
    assert steps.stage_of("draft") is None
    assert steps.stage_of("second_review") is None


def test_limits_of_the_normal_lane_in_working_minutes() -> None:
    setting = {
        "normal": {
            "first_review": {"amount": 1, "unit": "working_day"},
            "second_review": {"amount": 2, "unit": "working_day"},
            "cross_review": {"amount": 3, "unit": "working_hour"},
            "third_review": {"amount": 24, "unit": "hour"},
            "publish": {"amount": 4, "unit": "working_hour"},
        }
    }
    assert steps.limits_in_minutes(setting, 390) == {
        State.FIRST_REVIEW: 390,
        State.SECOND_REVIEW: 780,
        State.CROSS_REVIEW: 180,
        State.THIRD_REVIEW: None,
        State.APPROVED: 240,
    }


def test_limits_of_a_route() -> None:
    hour = {"amount": 1, "unit": "working_hour"}
    steps_ = ("first_review", "second_review", "cross_review", "third_review", "publish")
    normal = {name: {"amount": 1, "unit": "working_day"} for name in steps_}
    setting = {
        "normal": {**normal, "publish": {"amount": 2, "unit": "natural_day"}},
        "routes": {"drafter_first": {"item": {"normal": {"second_review": hour}}}},
    }
    assert steps.limits_in_minutes(setting, 390, "drafter_first")[State.SECOND_REVIEW] == 60
    assert steps.limits_in_minutes(setting, 390, "three_reviewers")[State.SECOND_REVIEW] == 390
    assert steps.limits_in_minutes(setting, 390)[State.APPROVED] is None


def test_the_median_is_the_middle_or_the_mean_of_two() -> None:
    assert steps.median({}) is None
    assert steps.median({5: 1}) == 5
    assert steps.median({1: 1, 4: 1}) == Fraction(5, 2)
    assert steps.median({9: 1, 1: 2}) == 1
    assert steps.median({1: 2, 3: 2}) == 2


@given(st.lists(st.integers(0, 50), min_size=1, max_size=40))
def test_the_median_is_the_one_of_the_textbook(values: list[int]) -> None:
    assert steps.median(Counter(values)) == Fraction(statistics.median(values))


def test_several_reports_as_one() -> None:
    both = steps.together([Reports(1, 2, 3, 1, {2: 1}), Reports(2, 4, 6, 0, {2: 2})])
    assert both == Reports(3, 6, 9, 1, {2: 3})
    assert steps.reporting_step(both).middle == 2
    assert steps.together([]) == Reports()
