"""What stands open now."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from town_portal.demo import queries
from town_portal.demo.rules import today
from town_portal.demo.rules.act import Verb
from town_portal.demo.rules.today import CASES
from town_portal.foundation.clock import day_of
from town_portal.submissions.rules.lifecycle import State

MONDAY = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)


def test_every_state_of_the_default_route_is_cast() -> None:
    assert {case.state for case in CASES} == set(State) - {State.FIRST_REVIEW}


@pytest.mark.parametrize(
    "now",
    [MONDAY, MONDAY + timedelta(days=5, hours=9), MONDAY + timedelta(days=107), MONDAY - timedelta(hours=10)],
    ids=["Monday morning", "Saturday night", "in spring", "Monday after midnight"],
)
def test_every_case_finds_its_item_at_any_time(now: datetime) -> None:
    walks = today.stage(queries.items(now), queries.pace(now), Random(1))
    assert len(walks) == len(CASES) + 2
    assert len({walk.key for walk in walks}) == len(walks)
    for walk in walks:
        assert day_of(walk.acts[0].at) >= walk.item.day
        assert all(act.at < now for act in walk.acts if act.verb is not Verb.PUBLISH_SCHEDULED)


def test_tomorrow_at_nine() -> None:
    walks = today.stage(queries.items(MONDAY), queries.pace(MONDAY), Random(1))
    times = {act.scheduled for walk in walks for act in walk.acts if act.scheduled}
    assert times == {datetime(2026, 11, 24, 1, 0, tzinfo=UTC)}


def test_a_case_takes_only_what_fits() -> None:
    items = queries.items(MONDAY)
    cross = next(case for case in CASES if case.state is State.CROSS_REVIEW)
    assert all(item.major and not item.fault for item in items if cross.fits(item))
    returned = next(case for case in CASES if case.state is State.RETURNED and not case.pinned)
    assert all(item.fault and item.fault.stage == "head" for item in items if returned.fits(item))
    pinned = next(case for case in CASES if case.pinned)
    assert all(item.pinned for item in items if pinned.fits(item))
