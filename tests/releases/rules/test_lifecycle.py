"""The life of an article on a channel."""

import pytest

from town_portal.access.permissions import Permission as P
from town_portal.access.policy import GRANTS
from town_portal.access.roles import Role
from town_portal.releases.rules.lifecycle import LIFECYCLE, OPEN, ReleaseState

S = ReleaseState


def test_every_state_is_reached_from_a_plan() -> None:
    reached = {S.PLANNED}
    for _ in S:
        reached |= {target for move in LIFECYCLE if move.source in reached for target in move.targets}
    assert reached == set(S)


def test_only_a_recall_is_for_good() -> None:
    assert {move.source for move in LIFECYCLE} == set(S) - {S.RECALLED}


def test_open_ones_lead_on() -> None:
    assert all(any(move.source is state for move in LIFECYCLE) for state in OPEN)


@pytest.mark.parametrize("move", LIFECYCLE.moves, ids=lambda move: f"{move.source}-{move.name}")
def test_units_only_report(move: object) -> None:
    permission = move.permission  # type: ignore[attr-defined]
    assert (permission is P.RELEASE_REPORT) == (move.name == "report_adoption")  # type: ignore[attr-defined]
    assert (Role.REPORTER in GRANTS[permission]) == (permission is P.RELEASE_REPORT)
