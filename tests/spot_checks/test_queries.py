"""What can be drawn, what weighs, what is owed, and the proof."""

from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy import text

from tests.cast import Cast
from tests.rectifications.orders import at
from tests.spot_checks.checks import a_drawn_check, a_plan, looked_at, published
from town_portal.access.roles import Role
from town_portal.corrections import operations as corrections
from town_portal.corrections.rules.fault import FixWay
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.reminders import queries as reminders
from town_portal.spot_checks import operations, queries
from town_portal.spot_checks.rules.checking import CheckResult
from town_portal.workflow.duty import DutyKind


def test_what_was_drawn_is_not_drawn_again_and_units_remember_what_they_are_owed(town: Cast) -> None:
    published(town)
    plan = a_plan()
    assert len(queries.lots(plan.first, plan.last, 1).candidates) == 4
    check = a_drawn_check(town, 3)
    lots = queries.lots(plan.first, plan.last, 1)
    assert len(lots.candidates) == 1
    assert not {one.number for one in lots.candidates} & {one.publication_id for one in check.items}
    owed = queries.owed_now()
    assert sum(owed.values()) == 0
    assert {one.unit_id: one.owed for one in lots.units} == owed
    assert all(one > -1 for one in owed.values())


def test_a_confirmed_fault_weighs_and_a_reported_one_does_not(town: Cast) -> None:
    published(town)
    for item in a_drawn_check(town, 2).items:
        looked_at(town, item, CheckResult.FAULT)
    plan = a_plan()
    assert {one.weight for one in queries.lots(plan.first, plan.last, 1).units} == {100}
    fault = item.fault
    assert fault is not None
    corrections.confirm(town.actor("coordinator"), fault, None, "培训人数写成了 86 人", FixWay.IN_PLACE)
    weights = {one.unit_id: (one.faults, one.weight) for one in queries.lots(plan.first, plan.last, 1).units}
    assert weights[item.unit_id] == (1, 150)


def test_the_proof_sees_a_changed_list_seed_or_choice(town: Cast) -> None:
    published(town)
    check = a_drawn_check(town)
    assert queries.proof(check).holds
    digest, seed = check.list_digest, check.seed
    other = "(select min(id) from publication where id not in (select publication_id from spot_check_item))"
    for change, part in (
        ("update spot_check set list_digest = 'x'", "list_holds"),
        (f"update spot_check set list_digest = '{digest}', seed = 'x'", "seed_holds"),
        (f"update spot_check set seed = '{seed}'", ""),
        (f"update spot_check_item set publication_id = {other} where position = 1", "items_hold"),
    ):
        with db.engine.begin() as connection:
            connection.execute(text(change))
        db.session.rollback()
        db.session.expire_all()
        found = queries.proof(check)
        assert found.holds is not bool(part), change
        assert not part or not getattr(found, part), change


def test_what_was_looked_at_in_a_time(town: Cast) -> None:
    with clock.stopped_at(at(date(2026, 3, 3))):
        published(town)
        first, second = a_drawn_check(town).items
        looked_at(town, first)
        looked_at(town, second, CheckResult.RECTIFICATION)
    found = queries.counted(date(2026, 1, 1), date(2026, 3, 31))
    assert [(one.item_id, one.result) for one in found] == [
        (first.id, CheckResult.NOTHING),
        (second.id, CheckResult.RECTIFICATION),
    ]
    assert queries.counted(date(2026, 4, 1), date(2026, 6, 30)) == []
    assert set(queries.rectifications_of([first, second])) == {second.id}


def test_a_check_is_owed_until_it_is_finished(town: Cast) -> None:
    with clock.stopped_at(at(date(2026, 3, 2))):
        published(town)
        check = a_drawn_check(town, 1)
        owed = [duty for duty in reminders.duties() if duty.kind is DutyKind.SPOT_CHECK]
        assert [(duty.seat[0], duty.above and duty.above[0]) for duty in owed] == [(Role.COORDINATOR, Role.PRINCIPAL)]
        assert owed[0].due_at == at(date(2026, 3, 16), 17) + timedelta(minutes=30)
        looked_at(town, check.items[0])
        operations.finish(town.actor("coordinator"), check, None)
        assert not [duty for duty in reminders.duties() if duty.kind is DutyKind.SPOT_CHECK]


def test_hands_are_those_of_the_text_and_its_publisher(town: Cast) -> None:
    published(town, 1)
    item = next(one for one in a_drawn_check(town, 2).items if one.unit.code == "C03")
    people = {town.person(key).id for key in ("reporter", "head", "leader", "publisher")}
    assert queries.hands_on(item.submission_id) == people
    assert isinstance(queries.computed(item.check).start, Fraction)
