"""The first page, for each role."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.builders import days_ago
from tests.cast import PEOPLE, Cast
from tests.http import ClientVisitor, shown
from tests.scene import made
from tests.statements import statements
from town_portal.audit.queries import head_seq
from town_portal.foundation import clock
from town_portal.network import operations as network
from town_portal.settings import operations as settings
from town_portal.submissions.rules.lifecycle import State

S = State
SignedIn = Callable[[str], FlaskClient]


@pytest.mark.parametrize("key", PEOPLE)
def test_everybody_has_a_first_page(cast: Cast, signed_in: SignedIn, key: str) -> None:
    for path in ("/", "/more"):
        page = signed_in(key).get(path)
        assert (page.status_code, page.text.count("<h1")) == (200, 1)
        assert cast.name(key) in page.text


def test_a_stranger_is_asked_to_sign_in(client: FlaskClient) -> None:
    for path in ("/", "/more"):
        answer = client.get(path)
        assert answer.status_code == 303
        assert answer.location.startswith("/sign-in")


def test_what_waits_is_the_same_as_in_the_queue(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    for _ in range(10):
        made(app, cast, S.SECOND_REVIEW)
    head = signed_in("head")
    page = shown(head.get("/").text)
    assert "今天先办 10 件" in page
    assert "全部 10 件" in page
    assert "待我办理 10 件" in head.get("/waiting").text


def test_a_reporter_sees_drafts_walks_and_what_came_back(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    made(app, cast, title="写了一半的这一篇", event_on=days_ago(1))
    made(app, cast, S.THIRD_REVIEW, title="正在审的这一篇")
    made(app, cast, S.RETURNED, title="退回来的这一篇")
    page = shown(signed_in("reporter").get("/").text)
    for words in ("写了一半的这一篇", "正在审的这一篇", "退回来的这一篇", "陈志明退回：数据请核对", "剩 2 天"):
        assert words in page
    assert "这一篇" not in shown(signed_in("other_reporter").get("/").text)


@pytest.mark.parametrize(("setting", "days"), [(None, 3), ({"days": 5, "count": "natural"}, 5), ({"days": 30, "count": "natural"}, 0)])  # fmt: skip
def test_the_ruler_of_the_golden_days_is_as_long_as_they_are(
    app: Flask, cast: Cast, signed_in: SignedIn, setting: dict[str, object] | None, days: int
) -> None:
    if setting:
        with app.app_context():
            proposed = settings.propose(cast.actor("coordinator"), "golden_days", setting, reason="试行")
            settings.confirm(cast.actor("principal"), proposed, proposed.version)
    made(app, cast, event_on=days_ago(1))
    page = signed_in("reporter").get("/").text
    assert "三天黄金期" in page
    assert page.count("<span>第 ") == days


def test_somebody_without_a_post_is_told_so(signed_in: SignedIn) -> None:
    assert "您今天没有任职" in signed_in("idler").get("/").text


def test_leaders_see_proposals_that_wait_for_them(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    with app.app_context():
        settings.propose(cast.actor("coordinator"), "golden_days", {"days": 5, "count": "natural"}, reason="试行")
    assert "有一项设置等您确认" in signed_in("principal").get("/").text
    assert "有一项设置等您确认" not in signed_in("coordinator").get("/").text


def test_the_coordinating_office_sees_vacancies_and_years_not_loaded(
    app: Flask, cast: Cast, signed_in: SignedIn
) -> None:
    page = shown(signed_in("coordinator").get("/").text)
    assert "个单位今天没有信息员" in page
    assert re.search(r"\d{4} 年的放假安排还没有载入", page)
    assert "没有信息员" not in signed_in("reporter").get("/").text


def test_a_post_that_ended_yesterday_gives_no_page_of_work(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    made(app, cast, S.SECOND_REVIEW)
    with app.app_context():
        post = cast.person("head").posts[0]
        network.relieve(cast.actor("administrator"), post, clock.today(), "调离")
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        client = signed_in("head")
        assert "您今天没有任职" in client.get("/").text
        assert client.get("/waiting").status_code == 403


@pytest.mark.parametrize("key", ["reporter", "head", "leader", "publisher", "coordinator", "administrator"])
def test_the_first_page_costs_at_most_thirteen_statements(
    app: Flask, cast: Cast, signed_in: SignedIn, key: str
) -> None:
    for state in (S.DRAFT, S.RETURNED, S.SECOND_REVIEW, S.THIRD_REVIEW, S.APPROVED, S.SCHEDULED, S.PUBLISHED):
        made(app, cast, state)
    client = signed_in(key)
    client.get("/")
    with statements() as sent:
        assert client.get("/").status_code == 200
    assert len(sent) <= 13, "\n".join(sent)


def test_reading_it_changes_nothing(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    made(app, cast, S.RETURNED)
    with app.app_context():
        before = head_seq()
    visitor = ClientVisitor(signed_in("reporter"))
    assert visitor.get("/").status == visitor.get("/more").status == 200
    with app.app_context():
        assert head_seq() == before
