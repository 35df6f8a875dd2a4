"""The life of a fault, read as a graph."""

from town_portal.corrections.rules.lifecycle import COUNTED, LIFECYCLE, MENDED, OPEN, FaultState

FINAL = {FaultState.CLOSED, FaultState.DISMISSED}


def test_every_state_is_reached_and_left() -> None:
    reached, rest = {FaultState.REPORTED}, list(LIFECYCLE)
    while new := [move for move in rest if move.source in reached and not set(move.targets) <= reached]:
        reached |= {target for move in new for target in move.targets}  # type: ignore[misc]
    assert reached == set(FaultState)
    assert {move.source for move in LIFECYCLE} == set(FaultState) - FINAL


def test_what_counts_was_confirmed_and_not_taken_back() -> None:
    assert set(COUNTED) == set(FaultState) - {FaultState.REPORTED, FaultState.DISMISSED}
    assert set(MENDED) < set(COUNTED)
    assert set(OPEN) == set(FaultState) - FINAL
