"""Acts on the calendar."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.cast import Cast
from tests.workdays.years import NEW_YEAR
from town_portal.access.actor import SYSTEM
from town_portal.audit.models import AuditEvent
from town_portal.audit.queries import head_seq, verify
from town_portal.foundation.db import db
from town_portal.foundation.errors import Forbidden, Refused
from town_portal.workdays import operations, queries
from town_portal.workdays.models import CalendarDay
from town_portal.workdays.rules.notice_file import Row

SOURCE = "国务院办公厅关于2027年部分节假日安排的通知"


def newest() -> AuditEvent:
    """The event at the end of the trail."""
    return db.session.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(1)).one()


def test_a_notice_confirms_its_year(town: Cast) -> None:
    before = head_seq()
    assert not queries.calendar().is_confirmed(2027)
    notice = operations.load_year(town.actor("coordinator"), 2027, NEW_YEAR, f" {SOURCE} ")
    assert (notice.year, notice.source) == (2027, SOURCE)
    calendar = queries.calendar()
    assert calendar.is_confirmed(2027)
    assert calendar.is_workday(date(2027, 1, 9))
    assert not calendar.is_workday(date(2027, 1, 1))
    assert head_seq() == before + 1
    event = newest()
    assert (event.action, event.label, event.actor_name) == ("load_year", "载入放假安排", town.name("coordinator"))
    assert event.subject_name == "2027 年放假安排"
    assert verify().sound


def test_set_up_loads_without_a_post(database: object) -> None:
    operations.load_year(SYSTEM, 2027, NEW_YEAR, SOURCE)
    assert [loaded.loaded_by for loaded in queries.notices()] == ["系统"]


def test_a_corrected_notice_replaces_the_whole_year(town: Cast) -> None:
    coordinator = town.actor("coordinator")
    operations.load_year(coordinator, 2027, NEW_YEAR, SOURCE)
    operations.amend_day(coordinator, date(2027, 3, 1), False, "台风停工", "县三防办通知")
    operations.load_year(coordinator, 2027, NEW_YEAR[:1], SOURCE)
    assert [row.day for row in queries.days_of(2027)] == [date(2027, 1, 1)]
    assert queries.calendar().is_workday(date(2027, 3, 1))
    assert '"replaced_amendments":["2027-03-01"]' in newest().detail
    assert len(queries.notices()) == 1
    assert verify().sound


def test_an_amended_day_gives_way_to_the_notice(town: Cast) -> None:
    coordinator = town.actor("coordinator")
    operations.amend_day(coordinator, date(2027, 1, 9), False, "估计放假", "通知未到")
    operations.load_year(coordinator, 2027, NEW_YEAR, SOURCE)
    row = queries.calendar_day(date(2027, 1, 9))
    assert row is not None
    assert (row.works, row.name, row.reason) == (True, "调休上班", None)


@pytest.mark.parametrize(
    ("year", "days", "source", "words"),
    [
        (2026, NEW_YEAR, SOURCE, "2027-01-01 不在 2026 年"),
        (2027, [*NEW_YEAR, NEW_YEAR[0]], SOURCE, "2027-01-01 写了两次"),
        (2027, [], SOURCE, "没有日子"),
        (2027, NEW_YEAR, "  ", "请写明来源"),
        (1999, NEW_YEAR, SOURCE, "年份要在"),
    ],
)
def test_what_a_notice_is_refused_for(town: Cast, year: int, days: list[Row], source: str, words: str) -> None:
    before = head_seq()
    with pytest.raises(Refused, match=words):
        operations.load_year(town.actor("coordinator"), year, days, source)
    assert head_seq() == before
    assert queries.notices() == []


def test_the_same_notice_is_not_loaded_twice(town: Cast) -> None:
    operations.load_year(town.actor("coordinator"), 2027, NEW_YEAR, SOURCE)
    before = head_seq()
    with pytest.raises(Refused, match="已经载入"):
        operations.load_year(town.actor("coordinator"), 2027, list(reversed(NEW_YEAR)), SOURCE)
    assert head_seq() == before
    operations.load_year(town.actor("coordinator"), 2027, NEW_YEAR, f"{SOURCE}（2026-11-05）")
    assert queries.notices()[0].notice.source.endswith("（2026-11-05）")


@pytest.mark.parametrize("key", ["reporter", "head", "leader", "principal", "administrator", "auditor", "idler"])
def test_only_the_coordinator_changes_the_calendar(town: Cast, key: str) -> None:
    before = head_seq()
    with pytest.raises(Forbidden):
        operations.load_year(town.actor(key), 2027, NEW_YEAR, SOURCE)
    with pytest.raises(Forbidden):
        operations.amend_day(town.actor(key), date(2027, 3, 1), False, "台风停工", "通知")
    assert head_seq() == before


def test_one_day_is_amended(town: Cast) -> None:
    row = operations.amend_day(town.actor("coordinator"), date(2027, 3, 1), False, " 台风停工 ", " 县三防办通知 ")
    assert (row.works, row.name, row.reason) == (False, "台风停工", "县三防办通知")
    assert not queries.calendar().is_workday(date(2027, 3, 1))
    assert not queries.calendar().is_confirmed(2027)
    event = newest()
    assert (event.action, event.label, event.subject_name) == ("amend_day", "调整工作日", "2027年3月1日")
    operations.amend_day(town.actor("coordinator"), date(2027, 3, 1), True, "恢复上班", "预警解除")
    assert queries.calendar().is_workday(date(2027, 3, 1))
    assert db.session.scalars(select(CalendarDay)).one().reason == "预警解除"
    assert verify().sound


@pytest.mark.parametrize(
    ("name", "reason", "words"),
    [("", "通知", "叫什么"), ("长" * 31, "通知", "叫什么"), ("台风停工", " ", "理由或依据")],
)
def test_what_an_amendment_is_refused_for(town: Cast, name: str, reason: str, words: str) -> None:
    before = head_seq()
    with pytest.raises(Refused, match=words):
        operations.amend_day(town.actor("coordinator"), date(2027, 3, 1), False, name, reason)
    assert head_seq() == before


def test_an_amendment_that_changes_nothing_is_refused(town: Cast) -> None:
    operations.amend_day(town.actor("coordinator"), date(2027, 3, 1), False, "台风停工", "通知")
    with pytest.raises(Refused, match="已经是“台风停工”"):
        operations.amend_day(town.actor("coordinator"), date(2027, 3, 1), False, "台风停工", "再来一次")
