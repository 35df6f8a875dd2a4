"""Pages of signing in and out, as a browser uses them."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cast import PEOPLE, Cast, open_session
from tests.http import ClientVisitor
from town_portal import factory
from town_portal.access.actor import SYSTEM
from town_portal.accounts import operations, queries
from town_portal.accounts.models import Credential
from town_portal.audit import queries as trail
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import unit_of_work
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.network import operations as network
from town_portal.network import queries as network_queries

SignedIn = Callable[[str], FlaskClient]
GOOD, BETTER = "Lizhi-hao-chi-7", "Mangguo-geng-tian-8"
FRAGMENT = {"HX-Request": "true"}


def token_of(client: FlaskClient) -> str:
    """The token of a browser's forms."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/sign-in/again").text)
    assert found is not None
    return found[1]


def send(client: FlaskClient, url: str, headers: dict[str, str] | None = None, **data: Any) -> TestResponse:
    """Post a form as a browser does."""
    return client.post(url, data={"csrf_token": token_of(client), **data}, headers=headers)


def cookie_of(client: FlaskClient) -> str:
    cookie = client.get_cookie("town_portal")
    assert cookie is not None
    return cookie.value


def hidden(page: str) -> dict[str, str]:
    """The fields a page keeps for its reader, besides the token."""
    return dict(re.findall(r'<textarea name="([^"]+)" hidden>\n([^<]*)</textarea>', page))


@pytest.fixture
def phone(app: Flask, cast: Cast) -> str:
    """The sign-in name of a head who has a password."""
    with app.app_context():
        administrator, person = cast.actor("administrator"), cast.person("head")
        operations.use_link(operations.issue_link(administrator, person), GOOD)
    return cast.phone("head")


@pytest.fixture
def inside(client: FlaskClient, phone: str) -> FlaskClient:
    """A browser that signed in by its form."""
    assert send(client, "/sign-in", login=phone, password=GOOD).status_code == 303
    return client


# -- the door ---------------------------------------------------------------------------------


def test_the_door_is_open(client: FlaskClient) -> None:
    page = client.get("/sign-in")
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert 'autocomplete="username"' in page.text
    assert 'autocomplete="current-password"' in page.text


def test_signs_in_and_goes_where_one_wanted(client: FlaskClient, phone: str) -> None:
    answer = send(
        client, "/sign-in", login=f" {phone[:3]} {phone[3:7]} {phone[7:]}", password=GOOD, next="/network?a=1"
    )
    assert (answer.status_code, answer.location) == (303, "/network?a=1")
    assert client.get("/account").status_code == 200
    assert client.get("/sign-in?next=/account").location == "/account"


@pytest.mark.parametrize("wanted", ["//evil.example/x", "https://evil.example", "/\\evil.example", "javascript:x", ""])
def test_never_goes_to_foreign_pages(client: FlaskClient, phone: str, wanted: str) -> None:
    assert send(client, "/sign-in", login=phone, password=GOOD, next=wanted).location == "/"
    assert client.get("/sign-in", query_string={"next": wanted}).location == "/"


@pytest.mark.parametrize(
    ("login", "password", "words"),
    [
        ("13800000005", "wrong", "手机号或密码不对，还可以再试 4 次"),
        ("13999999999", GOOD, "手机号或密码不对，还可以再试 4 次"),
        ("138", GOOD, "手机号要 11 位，您填了 3 位"),
        ("", "", "请填手机号"),
        ("13800000005", "x" * 1001, "太长了"),
    ],
)
def test_says_why_not(client: FlaskClient, phone: str, login: str, password: str, words: str) -> None:
    answer = send(client, "/sign-in", login=login, password=password)
    assert answer.status_code == 422
    assert words in answer.text
    assert password not in answer.text or password in ("", "wrong")
    assert "_user_id" not in cookie_of(client)


def test_a_locked_desk_says_until_when(client: FlaskClient, phone: str) -> None:
    for _ in range(5):
        answer = send(client, "/sign-in", login=phone, password="wrong")
    assert "请 15 分钟后再试，或找管理员解锁" in answer.text
    answer = send(client, "/sign-in", login=phone, password=GOOD)
    assert answer.status_code == 422
    assert "分钟后再试" in answer.text


def test_a_form_without_a_token_is_refused(client: FlaskClient, phone: str) -> None:
    assert client.post("/sign-in", data={"login": phone, "password": GOOD}).status_code == 400
    assert client.get("/account").status_code == 303


def test_a_planted_cookie_does_not_survive_signing_in(app: Flask, client: FlaskClient, phone: str) -> None:
    token_of(client)
    planted = cookie_of(client)
    with client.session_transaction() as session:
        session["planted"] = "x"
        before = session["csrf_token"]
    send(client, "/sign-in", login=phone, password=GOOD)
    with client.session_transaction() as session:
        assert "planted" not in session
        assert session.get("csrf_token") != before
    thief = app.test_client()
    thief.set_cookie("town_portal", planted)
    assert thief.get("/account").status_code == 303


def test_a_copied_cookie_is_dead_after_signing_out(app: Flask, inside: FlaskClient) -> None:
    thief = app.test_client()
    thief.set_cookie("town_portal", cookie_of(inside))
    assert thief.get("/account").status_code == 200
    assert send(inside, "/sign-out").location == "/sign-in"
    assert thief.get("/account").status_code == 303
    assert inside.get("/account").status_code == 303


def test_demo_accounts_are_shown_only_where_there_are_some(app: Flask, client: FlaskClient) -> None:
    assert "演示账号" not in client.get("/sign-in").text
    app.extensions["demo_accounts"] = lambda: [("信息员", "洛洞村", "李月娥", "13800000001", "secret")]
    page = client.get("/sign-in").text
    assert "演示账号" in page
    assert "李月娥（洛洞村）" in page


# -- time -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (31, 303)])
def test_idle_sessions_end(signed_in: SignedIn, minutes: int, status: int) -> None:
    browser = signed_in("reporter")
    with clock.stopped_at(clock.now() + timedelta(minutes=minutes)):
        assert browser.get("/account").status_code == status


def test_sessions_end_after_twelve_hours_however_busy(signed_in: SignedIn) -> None:
    browser, start = signed_in("reporter"), clock.now()
    for minutes in range(25, 12 * 60, 25):
        with clock.stopped_at(start + timedelta(minutes=minutes)):
            assert browser.get("/account").status_code == 200
    with clock.stopped_at(start + timedelta(hours=12, minutes=1)):
        assert browser.get("/account").status_code == 303


def test_what_polls_keeps_no_session_alive(signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    browser, start = signed_in("reporter"), clock.now()
    monkeypatch.setattr(factory, "NO_SIGN_OF_LIFE", frozenset({"accounts.show"}))
    with clock.stopped_at(start + timedelta(minutes=20)):
        assert browser.get("/account").status_code == 200
    with clock.stopped_at(start + timedelta(minutes=31)):
        assert browser.get("/account").status_code == 303


def test_a_disabled_person_is_out_on_the_next_request(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    browser = signed_in("reporter")
    assert browser.get("/account").status_code == 200
    with app.app_context():
        network.disable_person(SYSTEM, cast.person("reporter"), "离职")
    assert browser.get("/account").status_code == 303


def test_a_lost_post_counts_on_the_next_request(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    browser = signed_in("coordinator")
    assert browser.get("/network").status_code == 200
    with app.app_context():
        (post,) = cast.person("coordinator").posts
        network.relieve(SYSTEM, post, clock.today() - timedelta(days=1), "轮岗")
    assert browser.get("/network").status_code == 403


# -- nothing typed is lost --------------------------------------------------------------------


def test_a_get_is_led_to_the_door_and_back(client: FlaskClient) -> None:
    assert client.get("/network/people?page=2").location == "/sign-in?next=/network/people?page%3D2"


def test_a_fragment_asks_for_the_dialog(client: FlaskClient) -> None:
    answer = client.get("/network", headers=FRAGMENT)
    assert answer.status_code == 401
    assert answer.headers["HX-Trigger"] == "sign-in-needed"
    assert "登录过期了" in answer.text
    assert "<html" not in answer.text


def expire(client: FlaskClient) -> None:
    """Let a browser's session run out, its cookie staying as it is."""
    with client.session_transaction() as session:
        token = session["_user_id"]
    with client.application.app_context():
        person_id = queries.person_behind(token)
        actor = queries.load_actor(token, None)
        assert person_id
        assert actor is not None
        operations.sign_out(actor)


def test_a_posted_form_waits_for_its_owner(
    app: Flask, cast: Cast, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        administrator = cast.actor("administrator")
        operations.use_link(operations.issue_link(administrator, cast.person("administrator")), GOOD)
    browser = signed_in("administrator")
    token_of(browser)
    expire(browser)
    refused = send(browser, "/network/people", name="新<人", phone="13900000001", form_key="k1", password="secret-x")
    assert refused.status_code == 401
    kept = hidden(refused.text)
    assert kept["kept:phone"] == "13900000001"
    assert kept["kept:name"] == "新&lt;人"
    assert "secret-x" not in refused.text
    wrong = send(
        browser, "/sign-in", login=cast.phone("administrator"), password="no", kept_action="/network/people", **kept
    )
    assert hidden(wrong.text)["kept:phone"] == "13900000001"
    kept["kept:name"] = "新人"
    inside = send(
        browser, "/sign-in", login=cast.phone("administrator"), password=GOOD, kept_action="/network/people", **kept
    )
    assert inside.status_code == 200
    assert "继续提交" in inside.text
    token = re.search(r'name="csrf_token" value="([^"]+)"', inside.text)
    assert token is not None
    done = browser.post("/network/people", data={"csrf_token": token[1], **hidden(inside.text)})
    assert done.status_code == 303
    assert "新人" in browser.get(done.location).text


def test_kept_fields_go_to_our_own_pages_only(client: FlaskClient, phone: str) -> None:
    answer = send(
        client, "/sign-in", login=phone, password=GOOD, kept_action="https://evil.example/", **{"kept:a": "b"}
    )
    assert answer.status_code == 303
    assert answer.location == "/"


def test_the_dialog_signs_in_and_brings_a_new_token(inside: FlaskClient, phone: str) -> None:
    expire(inside)
    old = token_of(inside)
    answer = send(inside, "/sign-in/again", FRAGMENT, login=phone, password=GOOD)
    assert answer.status_code == 204
    token = json.loads(answer.headers["HX-Trigger"])["signed-in"]["csrf"]
    assert token != old
    assert inside.post("/account/sessions/endings", data={"csrf_token": old}).status_code == 400
    assert inside.post("/account/sessions/endings", data={"csrf_token": token}).status_code == 303


def test_the_dialog_says_why_not(inside: FlaskClient, phone: str) -> None:
    expire(inside)
    answer = send(inside, "/sign-in/again", FRAGMENT, login=phone, password="wrong")
    assert answer.status_code == 422
    assert answer.text.lstrip().startswith('<form id="accounts-sign-in-again"')
    assert "还可以再试 4 次" in answer.text


def test_the_dialog_admits_only_the_person_of_the_page(app: Flask, cast: Cast, inside: FlaskClient, phone: str) -> None:
    with app.app_context():
        operations.use_link(operations.issue_link(cast.actor("administrator"), cast.person("leader")), GOOD)
    expire(inside)
    answer = send(inside, "/sign-in/again", FRAGMENT, login=cast.phone("leader"), password=GOOD)
    assert answer.status_code == 422
    assert "请用原来的手机号登录" in answer.text
    assert inside.get("/account").status_code == 303


def test_the_dialog_is_of_no_use_to_a_stranger(client: FlaskClient, phone: str) -> None:
    assert send(client, "/sign-in/again", FRAGMENT, login=phone, password=GOOD).status_code == 422


def test_the_dialog_works_as_a_page(inside: FlaskClient, phone: str) -> None:
    expire(inside)
    assert "<html" in inside.get("/sign-in/again").text
    assert send(inside, "/sign-in/again", login=phone, password=GOOD).location == "/"


# -- passwords --------------------------------------------------------------------------------


def test_changes_a_password(app: Flask, inside: FlaskClient, phone: str) -> None:
    thief = app.test_client()
    thief.set_cookie("town_portal", cookie_of(inside))
    answer = send(inside, "/passwords", current_password=GOOD, new_password=BETTER, again=BETTER)
    assert answer.status_code == 303
    assert inside.get("/account").status_code == 200
    assert thief.get("/account").status_code == 303


@pytest.mark.parametrize(
    ("current", "new", "again", "words"),
    [
        (GOOD, BETTER, "other", "两次填的不一样"),
        ("wrong", BETTER, BETTER, "密码不对，还可以再试 4 次"),
        (GOOD, "short", "short", "至少要 10 位"),
        (GOOD, GOOD, GOOD, "最近 5 次"),
        ("", "", "", "请填现在的密码"),
    ],
)
def test_says_what_is_wrong_with_a_password(
    inside: FlaskClient, current: str, new: str, again: str, words: str
) -> None:
    answer = send(inside, "/passwords", current_password=current, new_password=new, again=again)
    assert answer.status_code == 422
    assert words in answer.text
    assert "出错：" in answer.text


def test_a_password_that_must_be_changed_comes_first(app: Flask, cast: Cast, inside: FlaskClient) -> None:
    with app.app_context(), unit_of_work(SYSTEM) as work:
        credential = queries.credential_of(cast.person("head").id)
        assert credential is not None
        credential.must_change = True
        work.record(Action("demand", "要求换密码"), credential)
    assert inside.get("/network").location == "/passwords"
    assert inside.get("/network", headers=FRAGMENT).headers["HX-Redirect"] == "/passwords"
    assert "请先换一个新密码" in inside.get("/passwords").text
    assert send(inside, "/passwords", current_password=GOOD, new_password=BETTER, again=BETTER).status_code == 303
    assert inside.get("/network").status_code == 200


def test_one_may_leave_before_changing(app: Flask, cast: Cast, inside: FlaskClient) -> None:
    with app.app_context(), unit_of_work(SYSTEM) as work:
        credential = db.session.query(Credential).one()
        credential.must_change = True
        work.record(Action("demand", "要求换密码"), credential)
    assert send(inside, "/sign-out").location == "/sign-in"


# -- one-time links ---------------------------------------------------------------------------


def test_a_slip_leads_to_a_password(signed_in: SignedIn, client: FlaskClient, cast: Cast, app: Flask) -> None:
    with app.app_context():
        number = cast.person("leader").id
    slip = send(signed_in("administrator"), f"/accounts/{number}/links")
    assert slip.status_code == 200
    secret = re.search(r">((?:[2-9A-Z]{4}-){5}[2-9A-Z]{4})<", slip.text)
    assert secret is not None
    typed = send(client, "/sign-in/links", code=secret[1].lower().replace("-", ""))
    assert typed.location == f"/sign-in/links/{secret[1]}"
    assert "林副镇长，请设密码" in client.get(typed.location).text
    bad = send(client, typed.location, new_password="short", again="short")
    assert bad.status_code == 422
    assert send(client, typed.location, new_password=GOOD, again=GOOD).location == "/sign-in"
    assert client.get(typed.location).status_code == 404
    assert send(client, "/sign-in", login=cast.phone("leader"), password=GOOD).status_code == 303


def test_a_wrong_secret_opens_nothing(client: FlaskClient) -> None:
    answer = send(client, "/sign-in/links", code="K7QF-2M9X-K7QF-2M9X-K7QF-2M9X")
    assert answer.status_code == 422
    assert "口令不对、过期了" in answer.text
    assert client.get("/sign-in/links/K7QF-2M9X").status_code == 404
    assert send(client, "/sign-in/links/K7QF-2M9X", new_password=GOOD, again=GOOD).status_code == 409


# -- one's own account ------------------------------------------------------------------------


def test_my_account(inside: FlaskClient) -> None:
    page = inside.get("/account").text
    assert "陈志明" in page
    assert "138****0005" in page
    assert "13800000005" not in page
    assert "就是这里" in page


def test_ends_my_other_sessions(app: Flask, cast: Cast, inside: FlaskClient, phone: str) -> None:
    other, third = app.test_client(), app.test_client()
    for browser in (other, third):
        send(browser, "/sign-in", login=phone, password=GOOD)
    numbers = re.findall(r"/account/sessions/(\d+)/ending", inside.get("/account").text)
    assert len(numbers) == 2
    assert send(inside, f"/account/sessions/{numbers[0]}/ending").status_code == 303
    assert sorted(browser.get("/account").status_code for browser in (other, third)) == [200, 303]
    assert send(inside, "/account/sessions/endings").status_code == 303
    assert other.get("/account").status_code == third.get("/account").status_code == 303
    assert inside.get("/account").status_code == 200


def test_somebody_elses_session_is_404(app: Flask, cast: Cast, inside: FlaskClient) -> None:
    with app.app_context():
        open_session(cast.phone("leader"))
        (row,) = queries.sessions_of(cast.person("leader").id)
        number = row.id
    assert send(inside, f"/account/sessions/{number}/ending").status_code == 404
    assert send(inside, "/account/sessions/999/ending").status_code == 404


# -- everybody's accounts ---------------------------------------------------------------------


@pytest.mark.parametrize("key", sorted(PEOPLE))
def test_accounts_are_the_administrators(signed_in: SignedIn, key: str) -> None:
    expected = 200 if key == "administrator" else 403
    assert signed_in(key).get("/accounts").status_code == expected


@pytest.mark.parametrize("act", ["links", "unlocking", "session-endings"])
def test_acts_on_accounts_are_the_administrators(app: Flask, cast: Cast, signed_in: SignedIn, act: str) -> None:
    with app.app_context():
        number = cast.person("head").id
    for key in ("auditor", "coordinator", "leader", "reporter"):
        assert send(signed_in(key), f"/accounts/{number}/{act}").status_code == 403
    assert send(signed_in("administrator"), f"/accounts/999/{act}").status_code == 404
    assert signed_in("administrator").get(f"/accounts/{number}/{act}").status_code == 405


def test_unlocks_and_signs_out_elsewhere(app: Flask, cast: Cast, signed_in: SignedIn, inside: FlaskClient) -> None:
    administrator, stranger = signed_in("administrator"), app.test_client()
    for _ in range(5):
        send(stranger, "/sign-in", login=cast.phone("head"), password="wrong")
    page = administrator.get("/accounts").text
    assert "试错太多，已锁" in page
    unlocking = re.search(r"/accounts/\d+/unlocking", page)
    assert unlocking is not None
    assert send(administrator, unlocking[0]).status_code == 303
    assert "试错太多，已锁" not in administrator.get("/accounts").text
    assert send(administrator, unlocking[0]).status_code == 409
    assert send(administrator, unlocking[0].replace("unlocking", "session-endings")).status_code == 303
    assert inside.get("/account").status_code == 303


def test_a_slip_is_not_issued_twice_by_one_form(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    with app.app_context():
        number = cast.person("leader").id
    administrator = signed_in("administrator")
    assert send(administrator, f"/accounts/{number}/links", form_key="k").status_code == 200
    again = send(administrator, f"/accounts/{number}/links", form_key="k")
    assert (again.status_code, again.location) == (303, "/accounts")


# -- what a cookie alone must not do -----------------------------------------------------------


@pytest.fixture
def unsure(app: Flask, cast: Cast) -> FlaskClient:
    """The administrator's browser, with a password given too long ago."""
    with app.app_context():
        administrator = cast.actor("administrator")
        operations.use_link(operations.issue_link(administrator, cast.person("administrator")), GOOD)
        token = open_session(cast.phone("administrator"), timedelta(minutes=12))
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = token
    return client


def test_a_page_about_rights_asks_for_the_password_first(app: Flask, cast: Cast, unsure: FlaskClient) -> None:
    with app.app_context():
        unit = cast.unit("C03").id
    path = f"/network/units/{unit}/posts/new"
    asked = unsure.get(path)
    assert (asked.status_code, asked.location) == (303, f"/account/confirmation?next={path}")
    page = unsure.get(asked.location).text
    assert "先核验是您本人" in page
    wrong = send(unsure, "/account/confirmation", password="Bu-shi-zhe-ge-1", next=path)
    assert (wrong.status_code, "不对" in wrong.text) == (422, True)
    right = send(unsure, "/account/confirmation", password=GOOD, next=path)
    assert (right.status_code, right.location) == (303, path)
    assert unsure.get(path).status_code == 200


def test_a_form_about_rights_waits_for_the_password_and_is_not_lost(
    app: Flask, cast: Cast, unsure: FlaskClient
) -> None:
    with app.app_context():
        unit, idler = cast.unit("C03").id, cast.person("idler").id
    path = f"/network/units/{unit}/posts"
    values = {"person": str(idler), "role": "reporter", "starts_on": "2026-04-01", "deputy": "y"}
    asked = send(unsure, path, **values)
    assert asked.status_code == 401
    kept = hidden(asked.text)
    assert kept["kept:starts_on"] == "2026-04-01"
    assert posts_of(app, idler) == 0
    action = re.search(r'name="kept_action" value="([^"]+)"', asked.text)
    assert action
    resumed = send(unsure, "/account/confirmation", password=GOOD, kept_action=action[1], **kept)
    assert resumed.status_code == 200
    assert send(unsure, path, **hidden(resumed.text)).status_code == 303
    assert posts_of(app, idler) == 1


@pytest.mark.parametrize(
    "path", ["/network/exports/people.csv", "/accounts/{idler}/links", "/network/people/{idler}/phone"]
)
def test_what_a_stolen_cookie_does_not_get(app: Flask, cast: Cast, unsure: FlaskClient, path: str) -> None:
    with app.app_context():
        idler = cast.person("idler").id
        before = trail.head_seq()
    answer = send(unsure, path.format(idler=idler), phone="13900000099")
    assert answer.status_code == 401
    with app.app_context():
        assert trail.head_seq() == before


def posts_of(app: Flask, person_id: int) -> int:
    """How many posts somebody ever held."""
    with app.app_context():
        return len(network_queries.posts_of_person(person_id))


def test_my_own_leave(app: Flask, cast: Cast, signed_in: Callable[[str], FlaskClient]) -> None:
    reporter, today = ClientVisitor(signed_in("reporter")), clock.today()
    assert "现在没有登记请假" in reporter.get("/account").text
    empty = reporter.send("/account", "/account/leaves", starts_on="", ends_on="")
    assert (empty.status, "请填从哪天起" in empty.text) == (422, True)
    done = reporter.send("/account", "/account/leaves", starts_on=f"{today}", ends_on=f"{today}", reason="年休")
    assert (done.status, done.location) == (303, "/account#accounts-leaves")
    page = reporter.get("/account").text
    assert "这几天的事由黄永强办" in page
    assert "年休" in page
    with app.app_context():
        leave = network_queries.leaves_from(today)[0].id
    other = signed_in("other_reporter")
    assert send(other, f"/account/leaves/{leave}/endings").status_code == 404
    assert reporter.send("/account", f"/account/leaves/{leave}/endings").location == "/account#accounts-leaves"
    assert "现在没有登记请假" in reporter.get("/account").text
    assert send(signed_in("reporter"), f"/account/leaves/{leave}/endings").status_code == 409
