"""The demo's orders and draws fit together."""

from town_portal.demo.rules.oversight import DRAWS, FOUND, ORDERS
from town_portal.spot_checks.rules.checking import CheckResult


def test_every_story_goes_forward_in_time() -> None:
    assert len(ORDERS) >= 4
    for _, order, story in ORDERS:
        days = [order.days_ago, *(step.days_ago for step in story)]
        assert days == sorted(days, reverse=True)
    for lots in DRAWS.values():
        days = [lots.sealed, lots.drawn, *lots.looked_at]
        assert days == sorted(days, reverse=True)
        assert lots.finished is None or (len(lots.looked_at) == lots.size and lots.finished <= lots.looked_at[-1])


def test_one_draw_is_finished_and_one_under_way_and_both_kinds_of_findings_are_there() -> None:
    assert [lots.finished is None for lots in DRAWS.values()] == [False, True]
    assert {found[1] for found in FOUND.values()} == {CheckResult.FAULT, CheckResult.RECTIFICATION}
    assert all(place < len(DRAWS[name].looked_at) for name, place in FOUND)
