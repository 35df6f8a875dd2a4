"""The way of an item, from the data of its route."""

import pytest

from town_portal.access.roles import Role
from town_portal.settings.rules.catalogue import DRAFTER_FIRST, THREE_REVIEWERS
from town_portal.submissions.rules.lifecycle import State as S
from town_portal.submissions.rules.route import Places, Step, after, entry, publish_step, revise_step, steps

VILLAGE, OFFICE, TOWN_OFFICE, OTHER = 3, 5, 1, 10
PLACES = Places(VILLAGE, OFFICE, TOWN_OFFICE)
CROSSED = Places(VILLAGE, OFFICE, TOWN_OFFICE, OTHER)

HEAD = Step(S.SECOND_REVIEW, Role.HEAD, OFFICE)
LEADER = Step(S.THIRD_REVIEW, Role.LEADER, OFFICE)
ACROSS = Step(S.CROSS_REVIEW, Role.HEAD, OTHER)


def test_the_towns_own_route() -> None:
    assert steps(DRAFTER_FIRST, PLACES) == (HEAD, LEADER)


def test_the_route_of_three_reviewers() -> None:
    assert steps(THREE_REVIEWERS, PLACES) == (
        Step(S.FIRST_REVIEW, Role.HEAD, OFFICE),
        Step(S.SECOND_REVIEW, Role.LEADER, OFFICE),
        Step(S.THIRD_REVIEW, Role.PRINCIPAL, TOWN_OFFICE),
    )


def test_the_cross_review_comes_right_before_the_last() -> None:
    assert steps(DRAFTER_FIRST, CROSSED) == (HEAD, ACROSS, LEADER)
    assert steps(THREE_REVIEWERS, CROSSED)[2] == ACROSS
    assert steps(THREE_REVIEWERS, CROSSED)[3].stage is S.THIRD_REVIEW


def test_a_step_may_lie_in_the_items_own_unit() -> None:
    own = {"steps": [{"stage": "third_review", "role": "head", "place": "own"}]}
    assert steps(own, PLACES) == (Step(S.THIRD_REVIEW, Role.HEAD, VILLAGE),)


def test_what_follows_a_stage() -> None:
    way = steps(DRAFTER_FIRST, CROSSED)
    assert [after(way, step.stage) for step in way] == [ACROSS, LEADER, None]


@pytest.mark.parametrize(
    ("returned_from", "changed", "stage"),
    [
        (None, True, S.SECOND_REVIEW),
        (None, False, S.SECOND_REVIEW),
        (S.SECOND_REVIEW, False, S.SECOND_REVIEW),
        (S.CROSS_REVIEW, False, S.CROSS_REVIEW),
        (S.THIRD_REVIEW, False, S.THIRD_REVIEW),
        (S.CROSS_REVIEW, True, S.SECOND_REVIEW),
        (S.THIRD_REVIEW, True, S.SECOND_REVIEW),
        (S.FIRST_REVIEW, False, S.SECOND_REVIEW),  # a stage the present route has not
    ],
)
def test_where_an_item_enters(returned_from: S | None, changed: bool, stage: S) -> None:
    assert entry(steps(DRAFTER_FIRST, CROSSED), returned_from, changed).stage is stage


def test_a_stage_that_is_gone_from_the_way_starts_at_the_first() -> None:
    assert entry(steps(DRAFTER_FIRST, PLACES), S.CROSS_REVIEW, changed=False) == HEAD


def test_where_it_waits_before_and_after_review() -> None:
    assert publish_step(PLACES) == Step(S.APPROVED, Role.PUBLISHER, TOWN_OFFICE)
    assert revise_step(VILLAGE) == Step(S.RETURNED, Role.REPORTER, VILLAGE)
