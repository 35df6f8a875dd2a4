"""The drafter's verbs: effect, refusal, the one event."""

import pytest

from tests.builders import a_submission, a_text, hand_in, sign, surely
from tests.cast import Cast
from town_portal.audit import queries as trail
from town_portal.foundation.errors import Forbidden, Refused, Stale
from town_portal.submissions import operations, queries
from town_portal.submissions.rules.lifecycle import State


@pytest.mark.parametrize("state", [state for state in State if state is not State.FIRST_REVIEW])
def test_every_state_is_reached_by_operations(town: Cast, state: State) -> None:
    assert a_submission(town, state).state is state
    assert trail.verify().findings == []
