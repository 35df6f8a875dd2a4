"""The table of moves: what can happen at all, and to what it never comes back."""

import pytest

from town_portal.access.permissions import Permission as P
from town_portal.access.policy import GRANTS
from town_portal.foundation.errors import Refused
from town_portal.submissions.rules.lifecycle import EDITABLE, IN_REVIEW, LIFECYCLE, ON_ITS_WAY, SUBMITTED, State

NAMES = {move.name for move in LIFECYCLE}

# Every move there is: from, name, where to. A change of the life is a change here.
EXPECTED = {
    ("draft", "submit"): {"first_review", "second_review", "cross_review", "third_review", "approved"},
    ("returned", "submit"): {"first_review", "second_review", "cross_review", "third_review", "approved"},
    ("first_review", "sign"): {"second_review"},
    ("second_review", "sign"): {"cross_review", "third_review"},
    ("cross_review", "sign"): {"third_review"},
    ("third_review", "sign"): {"approved", "filed"},
    ("first_review", "return"): {"returned"},
    ("second_review", "return"): {"returned"},
    ("cross_review", "return"): {"returned"},
    ("third_review", "return"): {"returned"},
    ("approved", "return"): {"returned"},
    ("first_review", "recall"): {"draft"},
    ("second_review", "recall"): {"draft"},
    ("cross_review", "recall"): {"draft"},
    ("third_review", "recall"): {"draft"},
    ("approved", "publish"): {"published"},
    ("scheduled", "publish"): {"published"},
    ("approved", "schedule"): {"scheduled"},
    ("scheduled", "unschedule"): {"approved"},
    ("published", "withdraw"): {"withdrawn"},
    ("draft", "discard"): {"discarded"},
    ("returned", "discard"): {"discarded"},
}


def test_the_table_is_the_expected_one() -> None:
    assert {(str(move.source), move.name): {str(one) for one in move.targets} for move in LIFECYCLE} == EXPECTED


@pytest.mark.parametrize("state", State)
def test_a_move_the_table_has_not_is_refused(state: State) -> None:
    for name in NAMES:
        if (state, name) in EXPECTED:
            assert LIFECYCLE.find(state, name).source is state
        else:
            with pytest.raises(Refused, match=f"现在是“{state.label}”"):
                LIFECYCLE.find(state, name)


def test_every_state_is_reached_and_the_ends_are_ends() -> None:
    reached = {target for move in LIFECYCLE for target in move.targets} | {State.DRAFT}
    assert reached == set(State)
    sources = {move.source for move in LIFECYCLE}
    assert set(State) - sources == {State.FILED, State.WITHDRAWN, State.DISCARDED}


def test_nothing_is_published_but_by_way_of_approval() -> None:
    before = {move.source for move in LIFECYCLE if State.PUBLISHED in move.targets}
    assert before == {State.APPROVED, State.SCHEDULED}
    assert {move.source for move in LIFECYCLE if State.SCHEDULED in move.targets} == {State.APPROVED}


def test_who_may_take_what() -> None:
    permissions = {move.name: {one.permission for one in LIFECYCLE if one.name == move.name} for move in LIFECYCLE}
    assert permissions == {
        "submit": {P.SUBMISSION_DRAFT},
        "recall": {P.SUBMISSION_DRAFT},
        "discard": {P.SUBMISSION_DRAFT},
        "sign": {P.REVIEW},
        "return": {P.REVIEW, P.PUBLISH},
        "publish": {P.PUBLISH},
        "schedule": {P.PUBLISH},
        "unschedule": {P.PUBLISH},
        "withdraw": {P.PUBLISH},
    }
    for content in (P.SUBMISSION_DRAFT, P.REVIEW, P.PUBLISH, P.SUBMISSION_READ):
        assert "administrator" not in GRANTS[content]
    for act in (P.SUBMISSION_DRAFT, P.REVIEW, P.PUBLISH):
        assert "auditor" not in GRANTS[act]


def test_the_groups_of_states() -> None:
    assert set(EDITABLE) == {State.DRAFT, State.RETURNED}
    assert set(IN_REVIEW) == {state for state in State if state.endswith("_review")}
    assert set(ON_ITS_WAY) == {*IN_REVIEW, State.APPROVED, State.SCHEDULED}
    assert set(State) - set(SUBMITTED) == {State.DRAFT, State.DISCARDED}
    assert all(state.label for state in State)
