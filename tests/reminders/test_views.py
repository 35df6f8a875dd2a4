"""The pages: what I owe and was told, what is late in the town, the calendar feed."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient

from tests.builders import a_submission
from tests.cast import Cast
from tests.http import ClientVisitor
from tests.reminders.told import a_round
from town_portal.foundation import clock
from town_portal.reminders import operations, queries
from town_portal.settings import operations as settings
from town_portal.submissions.rules.lifecycle import State

Visit = Callable[[str], ClientVisitor]
LONG_AGO = timedelta(days=20)


@pytest.fixture
def visit(signed_in: Callable[[str], FlaskClient]) -> Visit:
    """Somebody of the cast, signed in, walking pages."""
    return lambda key: ClientVisitor(signed_in(key))


def waiting(app: Flask, cast: Cast, ago: timedelta = timedelta(), **text: Any) -> str:
    """The key of the duty of an item that came to the head of an office some time ago."""
    with app.app_context():
        with clock.stopped_at(clock.now() - ago):
            a_submission(cast, State.SECOND_REVIEW, **text)
        return next(duty.key for duty in queries.duties() if duty.key.startswith("visit:"))


def told(app: Flask) -> None:
    """A round at an hour in which nobody is left in peace."""
    with app.app_context():
        a_round()


def test_what_i_owe_stands_first_and_can_be_put_off(app: Flask, cast: Cast, visit: Visit) -> None:
    key = waiting(app, cast)
    head = visit("head")
    page = head.get("/reminders").text
    assert "洛洞村开展秋收农技培训" in page
    assert "稍后提醒" in page
    refused = head.send("/reminders", "/reminders/snoozes", duty="visit:999999", until="hour")
    assert (refused.status, "不在您手上" in refused.text) == (422, True)
    done = head.send("/reminders", "/reminders/snoozes", duty=key, until="hour")
    assert (done.status, done.location) == (303, "/reminders")
    assert "以后再提醒" in head.get("/reminders").text
    assert "手头没有要办的事" in visit("leader").get("/reminders").text


def test_every_due_date_is_explained_to_whom_it_concerns(app: Flask, cast: Cast, visit: Visit) -> None:
    key = waiting(app, cast)
    assert visit("head").get(f"/reminders/limits?duty={key}").location.endswith("/limits")
    assert visit("leader").get(f"/reminders/limits?duty={key}").status == 404
    assert visit("head").get("/reminders/limits").status == 404
    with app.app_context():
        item = a_submission(cast, State.DRAFT, title="洛洞村防汛值守")
        setting = settings.propose(
            cast.actor("coordinator"), "golden_days", {"days": 5, "count": "natural"}, None, "试行"
        )
        draft, proposed = f"draft:{item.id}:0", f"setting:{setting.id}"
    page = visit("reporter").get(f"/reminders/limits?duty={draft}").text
    assert "共 <b>2 天</b>" in page
    assert "第 2 天" in page
    page = visit("leader").get(f"/reminders/limits?duty={proposed}").text
    assert "390 分钟工作时间" in page
    assert visit("coordinator").get(f"/reminders/limits?duty={draft}").status == 200


def test_the_bell_counts_what_was_not_read(app: Flask, cast: Cast, visit: Visit) -> None:
    waiting(app, cast)
    told(app)
    head = visit("head")
    page = head.get("/reminders").text
    assert "条没看" in page
    number = re.search(r"/reminders/(\d+)/readings", page)
    assert number
    done = head.send("/reminders", f"/reminders/{number[1]}/readings")
    assert (done.status, done.location) == (303, f"/reminders#n{number[1]}")
    assert "条没看" not in head.get("/reminders").text


def test_the_coordinating_office_sees_who_is_late_and_presses(app: Flask, cast: Cast, visit: Visit) -> None:
    key = waiting(app, cast, LONG_AGO, urgency="urgent", urgency_reason="防汛")
    coordinator = visit("coordinator")
    page = coordinator.get("/reminders/town").text
    assert "陈志明" in page
    assert "还没有提醒过" in page
    empty = coordinator.send("/reminders/town", "/reminders/town/pressings", duty=key, words="")
    assert (empty.status, "请写一句催办的话" in empty.text) == (422, True)
    done = coordinator.send("/reminders/town", "/reminders/town/pressings", duty=key, words="今天下班前请办完")
    assert (done.status, done.location) == (303, "/reminders/town"), done.text
    assert re.search(r"\d\d:\d\d 催办", coordinator.get("/reminders/town").text)
    again = coordinator.send("/reminders/town", "/reminders/town/pressings", duty=key, words="再催")
    assert (again.status, "一小时内" in again.text) == (422, True)
    told_page = visit("head").get("/reminders").text
    assert "黄晓琳催办：今天下班前请办完" in told_page
    assert "pressings" not in visit("auditor").get("/reminders/town").text
    assert visit("head").get("/reminders/town").status == 403


def test_a_calendar_program_reads_the_due_dates_by_a_secret_address(app: Flask, cast: Cast, visit: Visit) -> None:
    waiting(app, cast)
    head = visit("head")
    opened = head.send("/reminders/feed", "/reminders/feed").text
    address = re.search(r"/calendars/[\w-]+\.ics", opened)
    assert address
    calendar = app.test_client().get(address[0])
    assert calendar.mimetype == "text/calendar"
    assert calendar.headers["Cache-Control"] == "no-store"
    assert "到期：二审二校《洛洞村开展秋收农技培训》" in calendar.text.replace("\r\n ", "")
    assert address[0] not in head.get("/reminders/feed").text
    assert head.send("/reminders/feed", "/reminders/feed/endings").status == 303
    assert app.test_client().get(address[0]).status_code == 404
    assert app.test_client().get("/calendars/nosuch.ics").status_code == 404


def test_letters_lead_to_the_page(app: Flask) -> None:
    with app.test_request_context():
        assert url_for("reminders.index") == operations.PAGE
