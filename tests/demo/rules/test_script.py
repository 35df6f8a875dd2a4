"""The whole history: in order, nothing of tomorrow, every fate, the same again."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from town_portal.demo import queries
from town_portal.demo.rules import script
from town_portal.demo.rules.act import Act, Verb
from town_portal.demo.rules.corpus import Item
from town_portal.demo.rules.pace import SILENT
from town_portal.foundation.clock import day_of

NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)


@pytest.fixture(scope="module")
def items() -> list[Item]:
    return queries.items(NOW)


@pytest.fixture(scope="module")
def acts(items: list[Item]) -> list[Act]:
    return script.plan(items, queries.pace(NOW))


def test_acts_stand_in_the_order_of_time_and_before_now(acts: list[Act]) -> None:
    times = [act.at for act in acts]
    assert times == sorted(times)
    assert times[-1] < NOW
    assert times[0] > NOW - timedelta(days=440)


def test_every_fate_occurs(acts: list[Act]) -> None:
    count = Counter(act.verb for act in acts)
    assert set(count) == set(Verb)
    assert count[Verb.CORRECT] >= 9
    assert count[Verb.WITHDRAW] >= 3
    assert count[Verb.RETURN] >= 35
    assert count[Verb.RECALL] >= 5


def test_nobody_writes_before_the_event(acts: list[Act]) -> None:
    for act in acts:
        if act.text is not None:
            assert day_of(act.at) >= act.text.day, act.key


def test_the_same_arguments_give_the_same_acts(items: list[Item], acts: list[Act]) -> None:
    assert script.plan(items, queries.pace(NOW)) == acts
    assert script.plan(items, queries.pace(NOW), seed="other") != acts


def test_nearly_every_item_is_written_up(items: list[Item], acts: list[Act]) -> None:
    written = {act.key for act in acts if act.verb in (Verb.DRAFT, Verb.COPY) and "/副本" not in act.key}
    left_out = [item for item in items if item.key not in written]
    silent, not_yet = (
        [item for item in left_out if item.unit in SILENT],
        [item for item in left_out if item.unit not in SILENT],
    )
    assert 1 <= len(silent) <= 4
    assert len(not_yet) <= 4
    assert all(NOW.date() - item.day <= timedelta(days=7) for item in not_yet)


def test_copies_begin_with_something_older(acts: list[Act]) -> None:
    known: set[str] = set()
    for act in acts:
        if act.of:
            assert act.of in known, act.key
        known.add(act.key)


def test_most_acts_fall_into_office_hours(acts: list[Act]) -> None:
    early_or_late = [act for act in acts if not 8 <= (act.at.hour + 8) % 24 < 22]
    assert len(early_or_late) < len(acts) / 100
