"""The table of a rectification's moves, read as a graph."""

from types import SimpleNamespace

import pytest

from town_portal.access.actor import Actor, HeldPost
from town_portal.access.roles import Role
from town_portal.foundation.errors import Forbidden, Moved
from town_portal.rectifications.rules.lifecycle import DONE, LIFECYCLE, RUNNING, WITH_UNIT
from town_portal.rectifications.rules.lifecycle import RectificationState as S


def test_every_state_is_reached_and_leads_to_an_end() -> None:
    reached = {S.OPEN} | {target for move in LIFECYCLE for target in move.targets}
    assert reached == set(S)
    assert {move.source for move in LIFECYCLE} == set(RUNNING) == set(S) - set(DONE)
    assert set(WITH_UNIT) < set(RUNNING)


@pytest.mark.parametrize("state", DONE)
def test_nothing_happens_after_the_end(state: S) -> None:
    for name in {move.name for move in LIFECYCLE}:
        with pytest.raises(Moved, match=state.label):
            LIFECYCLE.find(state, name)


def test_the_unit_answers_and_does_not_check() -> None:
    reporter = Actor(id=1, name="某人", posts=(HeldPost(1, Role.REPORTER, 7, "某村", "village"),))
    thing = SimpleNamespace(state=S.OPEN, unit_id=7)
    LIFECYCLE.take(thing, "answer_rectification", reporter)
    assert thing.state is S.ANSWERED
    with pytest.raises(Forbidden):
        LIFECYCLE.take(thing, "accept_rectification", reporter)
    with pytest.raises(Forbidden):
        LIFECYCLE.take(SimpleNamespace(state=S.OPEN, unit_id=8), "answer_rectification", reporter)
