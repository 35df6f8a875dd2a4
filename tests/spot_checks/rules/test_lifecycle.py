"""The table of a spot check's moves."""

import pytest

from town_portal.foundation.errors import Moved
from town_portal.spot_checks.rules.lifecycle import LIFECYCLE
from town_portal.spot_checks.rules.lifecycle import SpotCheckState as S


def test_every_state_is_reached_and_two_are_the_end() -> None:
    assert {S.SEALED} | {target for move in LIFECYCLE for target in move.targets} == set(S)
    assert set(S) - {move.source for move in LIFECYCLE} == {S.FINISHED, S.ABANDONED}


@pytest.mark.parametrize("state", [S.DRAWN, S.FINISHED, S.ABANDONED])
def test_a_draw_is_made_once_and_never_given_up(state: S) -> None:
    for name in ("draw_spot_check", "abandon_spot_check"):
        with pytest.raises(Moved):
            LIFECYCLE.find(state, name)
