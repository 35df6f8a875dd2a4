"""When the calendar or a setting changes: what is open is counted anew, and the trail says why."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import inspect, select

from tests.builders import a_submission, a_text, hand_in, put_in_force
from tests.cast import FOUND, Cast
from tests.events import detail, newest
from tests.refusals import refused
from tests.statements import statements
from tests.stopwatch import stopped
from tests.workdays.years import HOURS, NEW_YEAR, load_shipped
from town_portal.access.actor import SYSTEM
from town_portal.audit import queries as trail
from town_portal.audit.unit_of_work import unit_of_work
from town_portal.foundation import clock
from town_portal.foundation.clock import instant
from town_portal.foundation.db import db
from town_portal.foundation.errors import Forbidden
from town_portal.settings import operations as operations_of_settings
from town_portal.settings import queries as settings
from town_portal.submissions import operations, queries
from town_portal.submissions.models import StageVisit, Submission, Urgency
from town_portal.submissions.rules.lifecycle import State
from town_portal.workdays import operations as workdays

S = State
TEN = instant(date(2026, 9, 8), time(10))  # a Tuesday
SUMMER = {**HOURS, "afternoon": {"from": "14:00", "to": "17:30"}}


@pytest.fixture
def tuesday(town: Cast) -> Iterator[Cast]:
    """The cast on a Tuesday in September, the shipped notices loaded, the worker having looked."""
    with clock.stopped_at(TEN - timedelta(hours=1)):
        load_shipped()
        operations.reckon_if_needed()
    with clock.stopped_at(TEN):
        yield town


def later(minutes: int = 1) -> datetime:
    """A little after ten."""
    return TEN + timedelta(minutes=minutes)


def test_nothing_is_written_where_nothing_moves(tuesday: Cast) -> None:
    a_submission(tuesday, S.SECOND_REVIEW)
    before = trail.head_seq()
    assert operations.reckon_if_needed() == 0
    with clock.stopped_at(later()):
        workdays.load_year(SYSTEM, 2027, NEW_YEAR, "国务院办公厅通知")
        assert queries.reckoning_needed()
        assert operations.reckon_again() == 0
    assert trail.head_seq() == before + 1, "only the notice"
    assert not queries.reckoning_needed()


def test_asking_costs_two_statements(tuesday: Cast) -> None:
    db.session.rollback()
    with statements() as sent:
        assert not queries.reckoning_needed()
    assert len(sent) == 2, "\n".join(sent)


def test_a_day_is_amended(tuesday: Cast) -> None:
    over = a_submission(tuesday, S.SECOND_REVIEW, title="洛洞村清淤水渠三公里")
    done = a_submission(tuesday, S.THIRD_REVIEW)
    with clock.stopped_at(later()):
        workdays.amend_day(SYSTEM, date(2026, 9, 9), False, "台风停工", "防指通知")
        assert operations.reckon_if_needed() == 2
    new = instant(date(2026, 9, 10), time(10))
    assert over.stage_due_at == done.stage_due_at == new
    first, second = db.session.scalars(select(StageVisit).where(StageVisit.submission_id == done.id)).all()
    assert (first.due_at, second.due_at) == (TEN + timedelta(days=1), new), "a stay that ended is judged as it was"
    event = newest()
    assert (event.action, event.actor_name, event.subject_name) == ("reckon_again", "系统", "党政和人大办公室")
    told = detail()
    assert (told["reason"], told["moved"]) == ("2026年9月9日改为“台风停工”", 2)
    assert told["moves"][0] == {
        "id": over.id,
        "title": "洛洞村清淤水渠三公里",
        "what": "“二审二校”的时限",
        "old": "2026-09-09 10:00",
        "new": "2026-09-10 10:00",
    }
    assert trail.verify().findings == []


def test_a_notice_of_2027_is_loaded(town: Cast) -> None:
    with clock.stopped_at(instant(date(2026, 12, 31), time(16))):
        load_shipped()
        operations.reckon_if_needed()
        item = a_submission(town, S.SECOND_REVIEW)
        estimated = item.stage_due_at
    with clock.stopped_at(instant(date(2026, 12, 31), time(16, 10))):
        longer = [(date(2027, 1, 4), False, "元旦放假"), *NEW_YEAR]
        workdays.load_year(SYSTEM, 2027, longer, "国务院办公厅通知")
        assert operations.reckon_if_needed() == 1
    assert estimated == instant(date(2027, 1, 4), time(16))
    assert item.stage_due_at == instant(date(2027, 1, 5), time(16))
    assert detail()["reason"] == "载入 2027 年放假安排"


def test_limits_change(tuesday: Cast) -> None:
    item, draft = a_submission(tuesday, S.SECOND_REVIEW), a_submission(tuesday)
    limits = settings.value("step_limits")
    two = {name: {"amount": 2, "unit": "working_day"} for name in limits["normal"]}
    with clock.stopped_at(later()):
        put_in_force(tuesday, "step_limits", {**limits, "normal": two})
        assert operations.reckon_if_needed() == 1
        assert operations.reckon_if_needed() == 0
    assert item.stage_due_at == TEN + timedelta(days=2)
    assert draft.stage_due_at is None
    assert detail()["reason"] == "“各审核环节时限”有了新值（2026-09-08 10:01 起）"


def test_hours_change(tuesday: Cast) -> None:
    item = a_submission(tuesday, S.SECOND_REVIEW)
    with clock.stopped_at(later()):
        put_in_force(tuesday, "working_hours", SUMMER)
        operations.reckon_if_needed()
    assert item.stage_due_at == TEN + timedelta(days=1), "a day is a day, however long"
    with clock.stopped_at(instant(date(2026, 9, 8), time(16))):
        urgent = hand_in(tuesday, operations.draft(tuesday.actor("reporter"), tuesday.unit("C03").id, _urgent(tuesday)))
    assert urgent.stage_due_at == instant(date(2026, 9, 9), time(9))
    with clock.stopped_at(instant(date(2026, 9, 8), time(16, 30))):
        put_in_force(tuesday, "working_hours", {**SUMMER, "afternoon": {"from": "14:00", "to": "18:00"}})
        assert operations.reckon_if_needed() == 1
    assert urgent.stage_due_at == instant(date(2026, 9, 8), time(18))


def _urgent(cast: Cast) -> operations.Text:
    return replace(a_text(cast), urgency=Urgency.URGENT, urgency_reason="汛情")


def test_golden_days_change_for_what_is_not_published(tuesday: Cast) -> None:
    draft, published = a_submission(tuesday), a_submission(tuesday, S.PUBLISHED)
    with clock.stopped_at(later()):
        put_in_force(tuesday, "golden_days", {"days": 5, "count": "natural"})
        assert operations.reckon_if_needed() == 1
    assert (draft.golden_until, published.golden_until) == (date(2026, 9, 13), date(2026, 9, 11))
    assert detail()["moves"][0]["what"] == "黄金期"


def test_a_value_that_comes_into_force_later_moves_then(tuesday: Cast) -> None:
    draft = a_submission(tuesday)
    with clock.stopped_at(later()):
        put_in_force(tuesday, "golden_days", {"days": 5, "count": "natural"}, instant(date(2026, 9, 9)))
        assert operations.reckon_if_needed() == 0
    with clock.stopped_at(instant(date(2026, 9, 9))):
        assert operations.reckon_if_needed() == 1
    assert draft.golden_until == date(2026, 9, 13)


def test_two_changes_at_once_are_two_acts(tuesday: Cast) -> None:
    a_submission(tuesday, S.SECOND_REVIEW)
    with clock.stopped_at(later()):
        put_in_force(tuesday, "golden_days", {"days": 5, "count": "natural"})
        workdays.amend_day(SYSTEM, date(2026, 9, 9), False, "台风停工", "防指通知")
        before = trail.head_seq()
        assert operations.reckon_if_needed() == 2
    reasons = [trail.event(seq).told.detail["reason"] for seq in range(before + 1, trail.head_seq() + 1)]
    assert reasons == ["2026年9月9日改为“台风停工”", "“三天黄金期”有了新值（2026-09-08 10:01 起）"]


def test_a_process_that_starts_anew_finds_what_it_missed(tuesday: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    a_submission(tuesday, S.SECOND_REVIEW)
    with clock.stopped_at(later()):
        workdays.amend_day(SYSTEM, date(2026, 9, 9), False, "台风停工", "防指通知")
        monkeypatch.setattr(queries, "_reckoned", None)
        assert operations.reckon_if_needed() == 1
        monkeypatch.setattr(queries, "_reckoned", None)
        assert operations.reckon_if_needed() == 0


def test_a_person_may_let_it_count_who_may_amend_the_calendar(tuesday: Cast) -> None:
    a_submission(tuesday, S.SECOND_REVIEW)
    with clock.stopped_at(later()):
        workdays.amend_day(SYSTEM, date(2026, 9, 9), False, "台风停工", "防指通知")
        with refused("不能对这一件", Forbidden):
            operations.reckon_again(tuesday.actor("reporter"))
        assert operations.reckon_again(tuesday.actor("coordinator")) == 1
    assert newest().actor_name == "黄晓琳"


def test_the_page_of_an_item_tells_of_it(app: Flask, cast: Cast, signed_in: Callable[[str], FlaskClient]) -> None:
    with app.app_context(), clock.stopped_at(TEN):
        load_shipped()
        operations.reckon_if_needed()
        number, other = a_submission(cast, S.SECOND_REVIEW).id, a_submission(cast, S.PUBLISHED).id
        with clock.stopped_at(later()):
            workdays.amend_day(SYSTEM, date(2026, 9, 9), False, "台风停工", "防指通知")
            operations.reckon_if_needed()
    head = signed_in("head")
    words = "“二审二校”的时限因2026年9月9日改为“台风停工”，由 2026-09-09 10:00 改为 2026-09-10 10:00"
    page = head.get(f"/submissions/{number}").text
    assert words.replace("“", "&#8220;") in page or words in page
    assert "重算时限" not in head.get(f"/submissions/{other}").text
    auditor = signed_in("auditor")
    with app.app_context():
        seq = trail.head_seq()
    assert (
        f"（{number}）“二审二校”的时限 2026-09-09 10:00 → 2026-09-10 10:00" in auditor.get(f"/trail/events/{seq}").text
    )


def a_thousand_like(item: Submission) -> None:
    """Copies of an item that waits, with its stay, written in one recorded act."""
    visit = queries.open_visit(item.id)
    fields, stay = (
        {column.key: getattr(row, column.key) for column in inspect(type(row)).column_attrs if column.key != "id"}
        for row in (item, visit)
    )
    with unit_of_work(SYSTEM) as work:
        copies = [Submission(**{**fields, "version": 1}) for _ in range(1000)]
        db.session.add_all(copies)
        db.session.flush()
        db.session.add_all(StageVisit(**{**stay, "submission_id": copy.id}) for copy in copies)
        work.record(FOUND, copies[0])


def test_a_thousand_open_items_in_two_seconds(tuesday: Cast) -> None:
    a_thousand_like(a_submission(tuesday, S.SECOND_REVIEW))
    with clock.stopped_at(later()):
        workdays.amend_day(SYSTEM, date(2026, 9, 9), False, "台风停工", "防指通知")
        db.session.remove()
        queries.law()  # the calendar's years are put together once in a process
        with stopped() as watch:
            assert operations.reckon_if_needed() == 1001
    assert watch.seconds < 2
    due = instant(date(2026, 9, 10), time(10))
    assert db.session.scalars(select(Submission.stage_due_at).distinct()).all() == [due]
    assert db.session.scalars(select(StageVisit.due_at).distinct()).all() == [due]
    assert len(detail()["moves"]) == 1001


def test_before_it_is_decided_the_pages_say_what_it_would_move(
    app: Flask, cast: Cast, signed_in: Callable[[str], FlaskClient]
) -> None:
    with app.app_context():
        load_shipped()
        with clock.stopped_at(TEN):
            a_submission(cast, S.SECOND_REVIEW, title="洛洞村清淤水渠三公里")
            a_submission(cast)
            setting = operations_of_settings.propose(
                cast.actor("coordinator"), "golden_days", {"days": 5, "count": "natural"}, None, "试行"
            ).id
    coordinator = signed_in("coordinator")
    assert f'href="/submissions/reckoning?setting={setting}"' in coordinator.get(f"/settings/proposals/{setting}").text
    page = coordinator.get(f"/submissions/reckoning?setting={setting}").text
    assert "会改动 0 件的时限、2 件的黄金期" in page
    assert "洛洞村清淤水渠三公里" in page
    assert "另有 1 处没有列出" in page, "a draft of another unit is counted and not shown"
    assert "先看会改动多少件" in coordinator.get("/workdays/days").text
    page = coordinator.get("/submissions/reckoning?day=2026-09-09&works=0").text
    assert "会改动 1 件的时限、0 件的黄金期" in page
    assert "现在没有一件会改动" in coordinator.get("/submissions/reckoning?day=2027-09-09&works=0").text
    for odd in ("", "?setting=x", "?setting=999", "?day=x", "?day=2026-09-09&works=2"):
        assert coordinator.get(f"/submissions/reckoning{odd}").status_code == 404
    assert signed_in("reporter").get("/submissions/reckoning?day=2026-09-09").status_code == 403
