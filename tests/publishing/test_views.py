"""The publisher's desk."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.browsing import post
from tests.cast import Cast
from tests.http import ClientVisitor, shown
from tests.scene import PASSWORD, give_passwords, made
from town_portal.audit.queries import head_seq
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.publishing import queries
from town_portal.submissions.models import Submission
from town_portal.submissions.rules.lifecycle import State

S = State
SignedIn = Callable[[str], FlaskClient]
NOUNS = ("publications", "schedules", "unschedulings", "withdrawals", "returns")


@pytest.fixture
def publisher(app: Flask, cast: Cast, signed_in: SignedIn) -> ClientVisitor:
    """The publisher, signed in, who has a password."""
    with app.app_context():
        give_passwords(cast, "publisher")
    return ClientVisitor(signed_in("publisher"))


def state_of(app: Flask, number: int) -> State:
    """An item's state now."""
    with app.app_context():
        return db.session.get_one(Submission, number).state


def seq(app: Flask) -> int:
    """The number of the newest event."""
    with app.app_context():
        return head_seq()


def local(hours: float) -> str:
    """A moment from now on as the browser's field writes it."""
    return f"{clock.local(clock.now() + timedelta(hours=hours)):%Y-%m-%dT%H:%M}"


def test_the_desk_shows_what_waits_what_is_set_and_what_is_out(
    app: Flask, cast: Cast, publisher: ClientVisitor
) -> None:
    made(app, cast, S.APPROVED, title="等着发布的这一篇")
    made(app, cast, S.SCHEDULED, title="定了时间的这一篇")
    made(app, cast, S.PUBLISHED, title="已经发布的这一篇")
    page = publisher.get("/publishing")
    assert (page.status, page.text.count("<h1")) == (200, 1)
    for words in ("等着发布的这一篇", "定了时间的这一篇", "已经发布的这一篇", "-00001", "及时", "公开中"):
        assert words in page.text
    assert "错过了定时" not in page.text


def test_a_missed_time_is_an_alarm_on_both_pages(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    made(app, cast, S.SCHEDULED, title="定了时间的这一篇")
    with clock.stopped_at(clock.now() + timedelta(hours=1, minutes=3)):
        client = signed_in("publisher")
        for path, words in (("/publishing", "错过了定时：定了时间的这一篇"), ("/", "错过了定时发布：定了时间的这一篇")):
            page = client.get(path).text
            assert words in shown(page)
            assert 'role="alert"' in page
        assert "错过了定时" not in signed_in("reporter").get("/").text


@pytest.mark.parametrize("state", [state for state in State if state is not S.FIRST_REVIEW])
def test_an_item_in_every_state(app: Flask, cast: Cast, publisher: ClientVisitor, state: State) -> None:
    number = made(app, cast, state)
    page = publisher.get(f"/publishing/{number}")
    if state in (S.DRAFT, S.DISCARDED):
        assert page.status == 404
    elif state in (S.APPROVED, S.SCHEDULED, S.PUBLISHED, S.WITHDRAWN):
        assert (page.status, page.text.count("<h1")) == (200, 1)
    else:
        assert (page.status, page.location) == (303, f"/submissions/{number}")


def test_publishing_asks_for_the_password_every_time(app: Flask, cast: Cast, publisher: ClientVisitor) -> None:
    number = made(app, cast, S.APPROVED)
    path, action = f"/publishing/{number}", f"/publishing/{number}/publications"
    for given, words in (({}, "请输入登录密码"), ({"password": "wrong password"}, "密码不对")):
        answer = publisher.send(path, action, **given)
        assert (answer.status, words in answer.text) == (422, True)
        assert state_of(app, number) is S.APPROVED
    answer = publisher.send(path, action, password=PASSWORD)
    assert (answer.status, answer.location) == (303, path)
    assert re.search(r"已发布，索引号 \S+-00001。在黄金期内。", publisher.get(path).text)
    another = made(app, cast, S.APPROVED)
    assert publisher.send(f"/publishing/{another}", f"/publishing/{another}/publications").status == 422


def test_one_form_sent_again_publishes_once(app: Flask, cast: Cast, publisher: ClientVisitor) -> None:
    number = made(app, cast, S.APPROVED)
    action = f"/publishing/{number}/publications"
    filled = publisher.get(f"/publishing/{number}").form(action).filled(password=PASSWORD)
    answers = [publisher.post(action, filled) for _ in range(3)]
    assert {(answer.status, answer.location) for answer in answers} == {(303, f"/publishing/{number}")}
    another = publisher.get("/publishing")
    assert "共 1 条" in another.text


def test_a_set_time_and_back(app: Flask, cast: Cast, publisher: ClientVisitor) -> None:
    number = made(app, cast, S.APPROVED)
    path, action = f"/publishing/{number}", f"/publishing/{number}/schedules"
    answer = publisher.send(path, action, **{"s-at": "", "s-password": PASSWORD})
    assert (answer.status, "请选发布时间" in answer.text) == (422, True)
    answer = publisher.send(path, action, **{"s-at": local(2)})
    assert (answer.status, "请输入登录密码" in answer.text) == (422, True)
    answer = publisher.send(path, action, **{"s-at": local(-2), "s-password": PASSWORD})
    assert (answer.status, "以后的时间" in answer.text) == (422, True)
    at = local(2)
    assert publisher.send(path, action, **{"s-at": at, "s-password": PASSWORD}).status == 303
    with app.app_context():
        scheduled = db.session.get_one(Submission, number).scheduled_at
    assert scheduled is not None
    assert f"{clock.local(scheduled):%Y-%m-%dT%H:%M}" == at
    assert publisher.send(path, f"/publishing/{number}/unschedulings").status == 303
    assert state_of(app, number) is S.APPROVED


def test_withdrawing(app: Flask, cast: Cast, publisher: ClientVisitor) -> None:
    number = made(app, cast, S.PUBLISHED)
    path, action = f"/publishing/{number}", f"/publishing/{number}/withdrawals"
    answer = publisher.send(path, action, **{"w-reason": " \n ", "w-password": PASSWORD})
    assert (answer.status, "请写明撤下原因" in answer.text) == (422, True)
    answer = publisher.send(path, action, **{"w-reason": "含个人信息"})
    assert (answer.status, "请输入登录密码" in answer.text) == (422, True)
    assert publisher.send(path, action, **{"w-reason": "含个人信息", "w-password": PASSWORD}).status == 303
    assert state_of(app, number) is S.WITHDRAWN
    assert "含个人信息" in publisher.get(path).text
    with app.app_context():
        publication = queries.of_submission(number).id
    assert app.test_client().get(f"/portal/articles/{publication}").status_code == 404


def test_returning_before_publishing(app: Flask, cast: Cast, publisher: ClientVisitor) -> None:
    number = made(app, cast, S.APPROVED)
    path, action = f"/publishing/{number}", f"/publishing/{number}/returns"
    answer = publisher.send(path, action, **{"r-opinion": "  "})
    assert (answer.status, "退回必须写意见" in answer.text) == (422, True)
    assert publisher.send(path, action, **{"r-opinion": "照片不清楚"}).location == "/publishing"
    assert state_of(app, number) is S.RETURNED


def test_a_correction_needs_its_public_notice(
    app: Flask, cast: Cast, publisher: ClientVisitor, signed_in: SignedIn
) -> None:
    number = made(app, cast, S.PUBLISHED)
    with app.app_context():
        give_passwords(cast, "leader")
    reporter, head, leader = (ClientVisitor(signed_in(key)) for key in ("reporter", "head", "leader"))
    editing = reporter.send(f"/submissions/{number}", f"/submissions/{number}/corrections").location
    other = int(editing.split("/")[2])
    reporter.send(editing, f"/submissions/{other}/revisions", title="更正过的这一篇题目", secrecy_cleared="y")
    reporter.send(f"/submissions/{other}/submittal", f"/submissions/{other}/submittals", oath="y")
    head.send(f"/review/{other}", f"/review/{other}/signatures", oath="y")
    leader.send(f"/review/{other}", f"/review/{other}/signatures", oath="y", password=PASSWORD)
    path, action = f"/publishing/{other}", f"/publishing/{other}/publications"
    answer = publisher.send(path, action, password=PASSWORD)
    assert (answer.status, "更正说明" in answer.text) == (422, True)
    assert publisher.send(path, action, password=PASSWORD, note="更正题目").status == 303
    with app.app_context():
        publication = queries.of_submission(number).id
    page = app.test_client().get(f"/portal/articles/{publication}").text
    assert "更正过的这一篇题目" in page
    assert "更正题目" in page


@pytest.mark.parametrize(
    ("state", "noun"),
    [(S.APPROVED, "publications"), (S.APPROVED, "schedules"), (S.PUBLISHED, "withdrawals"), (S.APPROVED, "returns")],
)
def test_who_is_slower_is_told_before_anything_else_is_asked(
    app: Flask, cast: Cast, publisher: ClientVisitor, state: State, noun: str
) -> None:
    number = made(app, cast, state)
    filled = publisher.get(f"/publishing/{number}").form(f"/publishing/{number}/{noun}").filled()
    quicker = {S.APPROVED: ("publications", {"password": PASSWORD}), S.PUBLISHED: ("withdrawals", {"w-reason": "错", "w-password": PASSWORD})}  # fmt: skip
    other, given = quicker[state]
    assert publisher.send(f"/publishing/{number}", f"/publishing/{number}/{other}", **given).status == 303
    answer = publisher.post(f"/publishing/{number}/{noun}", filled)
    assert answer.status == 409
    assert re.search(r"邓发布.*党政和人大办公室 · 发布员.*今天 \d\d:\d\d 办了", shown(answer.text))


@pytest.mark.parametrize("noun", NOUNS)
def test_the_five_questions(app: Flask, cast: Cast, signed_in: SignedIn, noun: str) -> None:
    number, draft = made(app, cast, S.FILED), made(app, cast)
    before = seq(app)
    assert signed_in("publisher").get(f"/publishing/{number}/{noun}").status_code == 405
    for key in ("reporter", "head", "leader", "coordinator", "auditor", "administrator"):
        assert post(signed_in(key), f"/publishing/{number}/{noun}", {}).status_code == 403
        assert signed_in(key).get("/publishing").status_code == 403
    assert post(signed_in("publisher"), f"/publishing/{draft}/{noun}", {}).status_code == 404
    with app.app_context():
        give_passwords(cast, "publisher")
    data = {"password": PASSWORD, "s-at": local(2), "s-password": PASSWORD, "w-reason": "x", "w-password": PASSWORD,
            "r-opinion": "x"}  # fmt: skip
    before = seq(app)
    assert post(signed_in("publisher"), f"/publishing/{number}/{noun}", data).status_code == 409
    assert (seq(app), state_of(app, number)) == (before, S.FILED)
