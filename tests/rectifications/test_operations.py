"""Acts on what has to be put right."""

from datetime import date, timedelta

import pytest
from flask import Flask

from tests.cast import Cast
from tests.events import detail, newest
from tests.files.rules.attachment_samples import photo
from tests.rectifications.orders import DONE, MONDAY, a_rectification, an_answered_one, an_order, at
from tests.refusals import refused
from town_portal.audit import queries as trail
from town_portal.files import operations as files
from town_portal.foundation import clock
from town_portal.foundation.errors import Forbidden, Moved, Stale
from town_portal.rectifications import operations, queries
from town_portal.rectifications.rules.lifecycle import RectificationState as S
from town_portal.rectifications.rules.source import Source
from town_portal.workdays import queries as workdays


def test_one_is_opened_with_a_number_and_a_limit_in_working_days(town: Cast) -> None:
    with clock.stopped_at(at(MONDAY)):
        first, second = a_rectification(town), a_rectification(town, "B05")
    assert (first.number, second.number) == ("整改〔2026〕1号", "整改〔2026〕2号")
    assert first.due_on == first.first_due_on == workdays.calendar().add(MONDAY, 10) == date(2026, 3, 16)
    assert (newest().action, newest().unit_id, detail()["due_on"]) == (
        "open_rectification",
        second.unit_id,
        "2026-03-16",
    )
    with clock.stopped_at(at(date(2027, 1, 4))):
        assert a_rectification(town).number == "整改〔2027〕1号"
    assert trail.verify().sound


@pytest.mark.parametrize("key", ["reporter", "head", "leader", "publisher", "administrator", "auditor"])
def test_only_who_coordinates_or_leads_opens(town: Cast, key: str) -> None:
    with refused("开具整改通知", Forbidden):
        operations.open_one(town.actor(key), an_order(town))


def test_what_opening_is_refused_for(town: Cast) -> None:
    coordinator = town.actor("coordinator")
    with refused("不在名录里"):
        operations.open_one(coordinator, an_order(town, unit_id=0))
    with refused("整改要求"):
        operations.open_one(coordinator, an_order(town, demand="改"))
    with refused("晚于今天"):
        operations.open_one(coordinator, an_order(town, due_on=clock.today()))
    a_rectification(town, source=Source.BULLETIN, source_id=4)
    with refused("已经请洛洞村整改"):
        a_rectification(town, source=Source.BULLETIN, source_id=4)
    a_rectification(town, source=Source.BULLETIN, source_id=4, matter="另一件事要整改")


def test_it_is_answered_with_evidence_looked_at_and_closed(app: Flask, town: Cast) -> None:
    reporter = town.actor("reporter")
    found = a_rectification(town)
    file = files.upload_picture(reporter, app.extensions["store"], found.unit_id, "整改后.jpg", photo())
    operations.answer(reporter, found, found.version, DONE, [file.id])
    assert found.state is S.ANSWERED
    assert found.check_due_on == workdays.calendar().add(clock.today(), 3)
    assert [one.file_id for one in found.answers[0].files] == [file.id]
    assert queries.file_visible(town.actor("coordinator"), file.id)
    assert not queries.file_visible(town.actor("other_reporter"), file.id)
    operations.accept(town.actor("coordinator"), found, found.version, "已到栏目查看，属实")
    assert (found.state, found.closed_on, found.answers[0].accepted) == (S.CLOSED, clock.today(), True)
    assert trail.verify().sound


def test_it_is_sent_back_with_a_reason_and_a_new_limit_and_answered_again(town: Cast) -> None:
    with clock.stopped_at(at(MONDAY)):
        found = an_answered_one(town)
        with refused("退回的理由"):
            operations.send_back(town.actor("coordinator"), found, found.version, "不行", None)
        operations.send_back(town.actor("coordinator"), found, found.version, "没有写清原因", date(2026, 3, 5))
        assert (found.state, found.due_on, found.check_due_on) == (S.SENT_BACK, date(2026, 3, 5), None)
        operations.answer(town.actor("reporter"), found, found.version, DONE)
    assert [(one.round, one.accepted, one.opinion) for one in found.answers] == [
        (1, False, "没有写清原因"),
        (2, None, None),
    ]


def test_nobody_checks_his_own_answer_or_his_own_unit(town: Cast) -> None:
    found = a_rectification(town, "B01")
    with refused("报整改情况", Forbidden):
        operations.answer(town.actor("reporter"), found, None, DONE)
    village = an_answered_one(town)
    for key in ("reporter", "head", "publisher", "auditor"):
        with refused("核查整改", Forbidden):
            operations.accept(town.actor(key), village, None)


def test_more_time_is_asked_for_once_and_granted_by_another(town: Cast) -> None:
    with clock.stopped_at(at(MONDAY)):
        found = a_rectification(town)
        reporter, coordinator = town.actor("reporter"), town.actor("coordinator")
        with refused("最多延 10 个工作日"):
            operations.ask_for_time(reporter, found, found.version, date(2026, 3, 31), "村里换届，人手不够")
        operations.ask_for_time(reporter, found, found.version, date(2026, 3, 20), "村里换届，人手不够")
        assert (found.extension_open, found.due_on) == (True, date(2026, 3, 16))
        with refused("只能申请一次"):
            operations.ask_for_time(reporter, found, found.version, date(2026, 3, 24), "村里换届，人手不够")
        operations.decide_time(coordinator, found, found.version, granted=True)
        assert (found.due_on, found.first_due_on, found.extension_open) == (date(2026, 3, 20), date(2026, 3, 16), False)
        with refused("没有等着批的", Moved):
            operations.decide_time(coordinator, found, found.version, granted=True)
        with refused("只能申请一次"):
            operations.ask_for_time(reporter, found, found.version, date(2026, 3, 24), "村里换届，人手不够")


def test_saying_no_to_more_time_takes_a_reason_and_leaves_the_limit(town: Cast) -> None:
    with clock.stopped_at(at(MONDAY)):
        found = a_rectification(town)
        operations.ask_for_time(town.actor("reporter"), found, None, date(2026, 3, 20), "村里换届，人手不够")
        with refused("不同意的理由"):
            operations.decide_time(town.actor("coordinator"), found, None, granted=False)
        operations.decide_time(town.actor("coordinator"), found, None, granted=False, words="事情不大，按期办")
    assert (found.due_on, found.granted) == (date(2026, 3, 16), False)


def test_it_is_called_off_with_a_reason_while_the_unit_has_it(town: Cast) -> None:
    found = a_rectification(town)
    operations.cancel(town.actor("coordinator"), found, found.version, "单位写错了")
    assert (found.state, found.cancelled_reason) == (S.CANCELLED, "单位写错了")
    answered = an_answered_one(town)
    with refused("待核查", Moved):
        operations.cancel(town.actor("coordinator"), answered, None, "单位写错了")


def test_who_looked_at_an_older_page_is_told(town: Cast) -> None:
    found = a_rectification(town)
    seen = found.version
    operations.ask_for_time(
        town.actor("reporter"), found, seen, workdays.calendar().add(found.due_on, 2), "村里换届，人手不够"
    )
    with refused("刚被别人办过", Stale):
        operations.answer(town.actor("deputy_reporter"), found, seen, DONE)


def test_a_late_answer_stays_late(town: Cast) -> None:
    with clock.stopped_at(at(MONDAY)):
        found = a_rectification(town)
    with clock.stopped_at(at(found.due_on + timedelta(days=1))):
        assert found.overdue(clock.today())
        with refused("期限已过"):
            operations.ask_for_time(town.actor("reporter"), found, None, date(2026, 3, 20), "村里换届，人手不够")
        operations.answer(town.actor("reporter"), found, None, DONE)
    assert found.late is True
    assert an_answered_one(town, "B05", by="office_reporter").late is False
