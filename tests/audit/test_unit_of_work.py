"""The frame of every operation: exactly one event, or nothing at all."""

import json

import pytest
from sqlalchemy import delete, insert, select, update

from tests.audit.acts import OPEN, RENAME, behind_the_back, drop_column, open_unit, rename
from tests.cast import Cast
from town_portal.access.actor import SYSTEM
from town_portal.audit import queries
from town_portal.audit.models import AuditEvent, FormReceipt
from town_portal.audit.unit_of_work import bound, unit_of_work
from town_portal.foundation.db import bookkeeping, db
from town_portal.foundation.errors import Refused, Repeated, Stale, UnrecordedWrite
from town_portal.network.models import Unit, UnitKind
from town_portal.settings.models import Setting, SettingState


def newest() -> AuditEvent:
    event = queries.event(queries.head_seq())
    assert event is not None
    return event


def a_setting(cast: Cast) -> Setting:
    with unit_of_work(SYSTEM) as work:
        setting = Setting(
            key="golden_days",
            value={"days": 5, "count": "natural"},
            valid_from=work.at,
            reason="试试",
            state=SettingState.PROPOSED,
            proposed_by_id=cast.person("coordinator").id,
            proposed_at=work.at,
        )
        db.session.add(setting)
        work.record(OPEN, setting)
    return setting


# -- one event -----------------------------------------------------------------------------------


def test_an_act_leaves_exactly_one_event(town: Cast) -> None:
    before = queries.head_seq()
    actor = town.actor("coordinator")
    rename(town.unit("C03"), "洛洞新村", actor, reason="更名批复")
    event = newest()
    assert event.seq == before + 1 == queries.head_seq()
    assert (event.actor_id, event.actor_name, event.action, event.label) == (actor.id, "黄晓琳", RENAME.name, "改名")
    assert (event.subject_kind, event.subject_id, event.subject_name) == ("Unit", town.unit("C03").id, "洛洞新村")
    assert event.actor_post == "党政和人大办公室 · 统筹管理"
    assert json.loads(event.detail) == {"reason": "更名批复"}


def test_a_post_that_is_named_is_the_one_recorded(town: Cast) -> None:
    actor = town.actor("office_head_reporter")
    with unit_of_work(actor) as work:
        unit = town.unit("C03")
        unit.name = "洛洞新村"
        work.record(RENAME, unit, post=actor.posts[1])
    assert newest().actor_post == f"{actor.posts[1].unit_name} · {actor.posts[1].role.label}"


def test_the_event_binds_every_row_the_act_wrote(town: Cast) -> None:
    unit = open_unit("C04", "围镇村")
    assert newest().bound_rows == [bound(unit)]
    rename(unit, "围镇新村")
    assert newest().bound_rows == [bound(unit)]


def test_a_deleted_row_is_bound_as_gone(town: Cast) -> None:
    column = town.column("tzgg")
    key = str(column.id)
    drop_column(column)
    assert newest().bound_rows == [["column_tree", key, None]]


def test_a_row_that_did_not_change_is_not_bound(town: Cast) -> None:
    unit = town.unit("C03")
    rename(unit, unit.name)
    assert newest().bound_rows == []


def test_personal_data_that_must_be_erasable_is_not_bound(town: Cast) -> None:
    person = town.person("reporter")
    before = bound(person)
    person.phone = "13900000000"
    assert bound(person) == before
    person.name = "李月"
    assert bound(person) != before
    db.session.rollback()


# -- nothing at all ------------------------------------------------------------------------------


def test_a_refused_act_leaves_nothing(town: Cast) -> None:
    before = queries.head_seq()
    with pytest.raises(Refused), unit_of_work(SYSTEM) as work:
        db.session.add(Unit(code="C09", name="新村", full_name="新村", kind=UnitKind.VILLAGE))
        db.session.flush()
        work.record(OPEN, town.unit("C03"))
        raise Refused("不行")
    assert queries.head_seq() == before
    assert db.session.scalar(select(Unit).where(Unit.code == "C09")) is None


def test_an_act_without_its_event_is_a_fault_and_leaves_nothing(town: Cast) -> None:
    before = queries.head_seq()
    with pytest.raises(UnrecordedWrite, match="without its event"), unit_of_work(SYSTEM):
        town.unit("C03").name = "洛洞新村"
    assert queries.head_seq() == before
    assert town.unit("C03").name == "洛洞村"


def test_two_events_are_a_fault_and_leave_nothing(town: Cast) -> None:
    before = queries.head_seq()
    with pytest.raises(UnrecordedWrite, match="two acts"), unit_of_work(SYSTEM) as work:
        work.record(OPEN, town.unit("C03"))
        work.record(OPEN, town.unit("C03"))
    assert queries.head_seq() == before


def test_an_operation_may_not_call_another(town: Cast) -> None:
    before = queries.head_seq()
    with pytest.raises(UnrecordedWrite, match="another operation"), unit_of_work(SYSTEM) as work:
        work.record(OPEN, town.unit("C03"))
        rename(town.unit("C03"), "洛洞新村")
    assert queries.head_seq() == before
    rename(town.unit("C03"), "洛洞新村")
    assert queries.head_seq() == before + 1


def test_the_database_refusing_leaves_nothing(town: Cast) -> None:
    before = queries.head_seq()
    with pytest.raises(Exception, match="(?i)unique"):
        open_unit("C03", "另一个村")
    assert queries.head_seq() == before
    open_unit("C04", "围镇村")
    assert queries.head_seq() == before + 1


# -- the lock on other doors ---------------------------------------------------------------------


def test_a_write_outside_is_refused(town: Cast) -> None:
    town.unit("C03").name = "洛洞新村"
    with pytest.raises(UnrecordedWrite, match="Unit written outside"):
        db.session.commit()
    db.session.rollback()


def test_new_and_deleted_rows_outside_are_refused(town: Cast) -> None:
    db.session.add(Unit(code="C09", name="新村", full_name="新村", kind=UnitKind.VILLAGE))
    with pytest.raises(UnrecordedWrite):
        db.session.flush()
    db.session.rollback()
    db.session.delete(town.column("tzgg"))
    with pytest.raises(UnrecordedWrite):
        db.session.flush()
    db.session.rollback()


@pytest.mark.parametrize(
    "statement",
    [
        update(Unit).values(name="x"),
        delete(Unit),
        insert(Unit).values(code="C09", name="新村", full_name="新村", kind=UnitKind.VILLAGE, pinyin=""),
    ],
    ids=["update", "delete", "insert"],
)
def test_bulk_statements_are_refused_inside_and_outside(town: Cast, statement: object) -> None:
    with pytest.raises(UnrecordedWrite, match="one by one"):
        db.session.execute(statement)  # type: ignore[call-overload]
    with pytest.raises(UnrecordedWrite, match="one by one"), unit_of_work(SYSTEM):
        db.session.execute(statement)  # type: ignore[call-overload]


def test_bookkeeping_writes_technical_rows_only(town: Cast) -> None:
    before = queries.head_seq()
    with bookkeeping() as session:
        session.add(FormReceipt(actor_id=1, key="k", at=queries.latest("Unit", town.unit("B01").id).at))  # type: ignore[union-attr]
    assert queries.head_seq() == before
    with pytest.raises(UnrecordedWrite), bookkeeping():
        town.unit("C03").name = "洛洞新村"
    with pytest.raises(UnrecordedWrite, match="inside a unit of work"), unit_of_work(SYSTEM), bookkeeping():
        pass


# -- forms sent twice ----------------------------------------------------------------------------


def test_a_form_sent_twice_has_one_effect_and_the_same_answer(town: Cast) -> None:
    actor = town.actor("coordinator").at(form_key="one-time", answer="/units/5")
    rename(town.unit("C03"), "洛洞新村", actor)
    before = queries.head_seq()
    with pytest.raises(Repeated) as repeated:
        rename(town.unit("C03"), "洛洞又一村", actor)
    assert (repeated.value.location, repeated.value.kind) == ("/units/5", "Unit")
    assert repeated.value.id == town.unit("C03").id
    assert (queries.head_seq(), town.unit("C03").name) == (before, "洛洞新村")
    assert newest().form_key == "one-time"


def test_a_form_whose_act_was_refused_may_be_sent_again(town: Cast) -> None:
    actor = town.actor("coordinator").at(form_key="one-time")
    with pytest.raises(Refused), unit_of_work(actor):
        raise Refused("不行")
    rename(town.unit("C03"), "洛洞新村", actor)
    assert town.unit("C03").name == "洛洞新村"


def test_the_same_key_of_two_people_is_two_forms(town: Cast) -> None:
    rename(town.unit("C03"), "洛洞新村", town.actor("coordinator").at(form_key="k"))
    rename(town.unit("C03"), "洛洞村", town.actor("publisher").at(form_key="k"))
    assert town.unit("C03").name == "洛洞村"


# -- somebody was quicker ------------------------------------------------------------------------


def test_an_old_version_before_the_eyes_is_stale(town: Cast) -> None:
    setting = a_setting(town)
    seen = setting.version
    with unit_of_work(SYSTEM, on=setting, seen=seen) as work:
        setting.reason = "再试"
        work.record(RENAME, setting)
    before = queries.head_seq()
    with pytest.raises(Stale) as stale, unit_of_work(SYSTEM, on=setting, seen=seen) as work:
        setting.reason = "三试"
        work.record(RENAME, setting)
    assert (stale.value.kind, stale.value.id) == ("Setting", setting.id)
    assert (queries.head_seq(), setting.reason) == (before, "再试")


def test_what_was_read_before_is_read_again_under_the_lock(town: Cast) -> None:
    unit = town.unit("C03")
    assert unit.name == "洛洞村"
    behind_the_back("update unit set name = '别名' where code = 'C03'")
    with unit_of_work(SYSTEM, on=unit) as work:
        assert unit.name == "别名"
        work.record(RENAME, unit)
