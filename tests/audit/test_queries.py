"""Questions to the trail."""

from datetime import UTC, datetime

import pytest

from tests.audit.acts import OPEN, RENAME, open_unit, rename, some_history
from tests.cast import Cast
from town_portal.access.actor import SYSTEM
from town_portal.audit import queries
from town_portal.audit.rules import chain
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import record_of, unit_of_work
from town_portal.foundation import clock
from town_portal.foundation.db import db

THEN = datetime(2026, 4, 16, 2, 0, tzinfo=UTC)


@pytest.fixture
def trail(town: Cast) -> Cast:
    """Seven events."""
    some_history(town)
    return town


def found(**wanted: object) -> list[int]:
    """The numbers of the events that fit."""
    return [event.seq for event in db.session.scalars(queries.events(**wanted))]  # type: ignore[arg-type]


def test_an_empty_house_has_an_empty_trail(database: object) -> None:
    assert (queries.head_seq(), queries.head_digest(), queries.head()) == (0, "", None)
    assert queries.event(1) is None
    assert queries.latest("Unit", 1) is None
    report = queries.verify()
    assert (report.sound, report.events, report.rows) == (True, 0, 0)


def test_the_head_moves_with_every_act(trail: Cast) -> None:
    number, digest = queries.head_seq(), queries.head_digest()
    open_unit("C06", "升平村")
    assert queries.head_seq() == number + 1
    assert queries.head_digest() == queries.event(number + 1).digest != digest  # type: ignore[union-attr]


def test_a_thing_has_its_own_timeline_newest_first(trail: Cast) -> None:
    unit = trail.unit("C03")
    assert [event.seq for event in queries.timeline("Unit", unit.id)] == [6, 2]
    assert queries.latest("Unit", unit.id).seq == 6  # type: ignore[union-attr]
    assert queries.timeline("Person", unit.id) == []


def test_events_are_searched_by_who_what_and_words(trail: Cast) -> None:
    assert found() == [7, 6, 5, 4, 3, 2, 1]
    assert found(person="黄") == [2]
    assert found(actor_id=trail.person("coordinator").id) == [2]
    assert found(action=RENAME.name) == [6, 4, 2]
    assert found(words="围镇") == [4, 3]
    assert found(words="黄晓琳") == [2]
    assert found(action=OPEN.name, words="大埔") == [7]
    assert found(words="%") == []


def test_events_are_searched_by_time_the_end_not_counted(town: Cast) -> None:
    with clock.stopped_at(THEN):
        open_unit("C06", "升平村")
    seq = queries.head_seq()
    assert found(since=THEN, until=clock.end_of(clock.day_of(THEN))) == [seq]
    assert seq not in found(until=THEN)


def test_an_action_is_offered_once_with_all_its_labels(town: Cast) -> None:
    for label in ("一审通过", "二审通过", "一审通过"):
        with unit_of_work(SYSTEM) as work:
            work.record(Action("sign", label), town.unit("C03"))
    assert dict(queries.kinds_of_action())["sign"] == "一审通过、二审通过"


@pytest.mark.parametrize("seq", range(1, 8))
def test_every_event_can_be_proved_to_be_in_the_trail(trail: Cast, seq: int) -> None:
    size, root, path = queries.inclusion(seq)
    event = queries.event(seq)
    assert event is not None
    assert root == queries.verify().root
    assert chain.root_from_proof(chain.leaf_of(record_of(event)), seq - 1, size, path) == root
    sheet = queries.sheet(event)
    assert (sheet.size, sheet.root, len(sheet.steps)) == (size, root, len(path))


def test_a_verification_counts_what_it_saw(trail: Cast) -> None:
    report = queries.verify()
    assert report.sound
    assert report.events == 7
    assert report.rows > 30
    assert queries.verify(with_rows=False).rows == 0


def test_the_detail_is_told(trail: Cast) -> None:
    rename(trail.unit("C03"), "洛洞新村", opinion="同意")
    event = queries.event(queries.head_seq())
    assert event is not None
    assert (event.told.words, event.told.signed, event.told.back) == ("同意", False, False)
