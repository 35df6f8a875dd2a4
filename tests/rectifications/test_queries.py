"""Whose rectifications are seen, what came from what, and what is owed."""

from datetime import date, timedelta

import pytest

from tests.cast import Cast
from tests.rectifications.orders import DONE, MONDAY, a_rectification, an_answered_one, at
from town_portal.access.roles import Role
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.rectifications import operations, queries
from town_portal.rectifications.queries import Wanted
from town_portal.rectifications.rules.source import Source
from town_portal.reminders import queries as reminders
from town_portal.workflow.duty import Duty, DutyKind


@pytest.mark.parametrize(
    ("key", "seen"),
    [
        ("reporter", {"C03"}), ("deputy_reporter", {"C03"}), ("other_reporter", set()), ("office_reporter", {"B05"}),
        ("head", {"B05"}), ("leader", {"B05"}), ("other_leader", set()), ("principal", {"B05", "C03"}),
        ("coordinator", {"B05", "C03"}), ("auditor", {"B05", "C03"}), ("publisher", set()), ("administrator", set()),
    ],
)  # fmt: skip
def test_who_sees_which(town: Cast, key: str, seen: set[str]) -> None:
    made = [a_rectification(town), a_rectification(town, "B05")]
    actor = town.actor(key)
    assert {one.unit.code for one in db.session.scalars(queries.visible_to(actor))} == seen
    assert {one.unit.code for one in made if queries.get(one.id, actor)} == seen
    assert queries.counts(actor)["running"] == len(seen)


def test_lists_and_counts_agree(town: Cast) -> None:
    with clock.stopped_at(at(MONDAY)):
        open_, answered, closed = a_rectification(town), an_answered_one(town), an_answered_one(town)
        operations.accept(town.actor("coordinator"), closed, None)
        called_off = a_rectification(town, "B05")
        operations.cancel(town.actor("coordinator"), called_off, None, "单位写错了")
    with clock.stopped_at(at(date(2026, 3, 30))):
        actor = town.actor("coordinator")
        wanted = {
            "running": [open_, answered], "overdue": [open_], "answered": [answered],
            "done": [called_off, closed], "all": [called_off, closed, answered, open_],
        }  # fmt: skip
        for which, expected in wanted.items():
            assert list(db.session.scalars(queries.search(actor, Wanted(which)))) == expected, which
        assert queries.counts(actor) == {which: len(expected) for which, expected in wanted.items()}
        assert list(db.session.scalars(queries.search(actor, Wanted("all", town.unit("B05").id)))) == [called_off]


def test_what_came_from_a_thing_and_what_a_time_saw(town: Cast) -> None:
    with clock.stopped_at(at(MONDAY)):
        one = an_answered_one(town, source=Source.BULLETIN, source_id=3)
        other = a_rectification(town, "B05", source=Source.BULLETIN, source_id=3)
        a_rectification(town, source=Source.SPOT_CHECK, source_id=3)
    assert queries.of_source(Source.BULLETIN, 3) == [one, other]
    assert queries.of_source(Source.BULLETIN, [4, 5]) == []
    with clock.stopped_at(at(date(2026, 4, 7))):
        operations.accept(town.actor("coordinator"), one, None)
    first, last = date(2026, 4, 1), date(2026, 6, 30)
    assert one in queries.between(first, last)
    assert one in queries.between(date(2026, 1, 1), date(2026, 3, 31))
    assert one not in queries.between(date(2026, 4, 8), last)
    assert not queries.between(date(2025, 1, 1), date(2026, 3, 1))
    assert len(queries.due_between(date(2026, 3, 16), date(2026, 3, 16))) == 3


def owed() -> list[Duty]:
    """What is owed in this room, by the clock's own order."""
    kinds = (DutyKind.RECTIFICATION, DutyKind.RECTIFICATION_CHECK)
    return [duty for duty in reminders.duties() if duty.kind in kinds]


def test_what_is_owed_follows_the_state(town: Cast) -> None:
    coordinating = town.unit("B01").id
    with clock.stopped_at(at(MONDAY)):
        found = a_rectification(town)
        (duty,) = owed()
        assert (duty.seat, duty.above) == ((Role.REPORTER, found.unit_id), (Role.COORDINATOR, coordinating))
        assert duty.due_at == at(found.due_on, 17) + timedelta(minutes=30)
        operations.ask_for_time(town.actor("reporter"), found, None, date(2026, 3, 20), "村里换届，人手不够")
        first = {duty.label for duty in owed()}
        assert first == {"整改落实", "批整改延期"}
        operations.decide_time(town.actor("coordinator"), found, None, granted=True)
        (moved,) = owed()
        assert (moved.key, moved.due_at.date()) == (duty.key, date(2026, 3, 20))
        operations.answer(town.actor("reporter"), found, None, DONE)
        (check,) = owed()
        assert (check.kind, check.seat) == (DutyKind.RECTIFICATION_CHECK, (Role.COORDINATOR, coordinating))
        assert check.apart == {town.person("reporter").id}
        operations.send_back(town.actor("coordinator"), found, None, "没有写清原因", None)
        (again,) = owed()
        assert again.key not in (duty.key, check.key)
        assert (again.label, again.words) == ("重新整改", "没有写清原因")
        operations.answer(town.actor("reporter"), found, None, DONE)
        operations.accept(town.actor("coordinator"), found, None)
        assert owed() == []


def test_the_coordinating_offices_own_is_pressed_for_and_checked_by_the_principal(town: Cast) -> None:
    found = a_rectification(town, "B01")
    (duty,) = owed()
    assert duty.above == (Role.PRINCIPAL, found.unit_id)
    assert queries.why_not_check(town.actor("coordinator"), found)
    assert queries.why_not_check(town.actor("principal"), found) is None
