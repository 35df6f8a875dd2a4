"""Pages of the settings."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.forms import post
from town_portal.foundation import clock
from town_portal.settings import queries
from town_portal.settings.rules import words
from town_portal.settings.rules.catalogue import CATALOGUE

SignedIn = Callable[[str], FlaskClient]
FIVE = {"v-days": "5", "v-count": "working", "starts_on": "", "reason": "三个自然日来不及"}
HOURS = {
    "v-morning-from": "08:30",
    "v-morning-to": "12:00",
    "v-afternoon-from": "14:00",
    "v-afternoon-to": "17:30",
    "reason": "夏令时间",
}


def propose(client: FlaskClient, key: str = "golden_days", **changed: str) -> int:
    """Propose by the form; the number of the proposal."""
    response = post(client, f"/settings/{key}/proposals", FIVE | changed)
    assert response.status_code == 303
    return int(response.location.rsplit("/", 1)[1])


def test_every_key_is_shown(signed_in: SignedIn) -> None:
    page = signed_in("coordinator").get("/settings").text
    for key in CATALOGUE.values():
        assert key.label in page
    assert "默认值，还没有人改过" in page
    assert "推定" in page


@pytest.mark.parametrize("key", CATALOGUE)
def test_every_key_has_a_page_with_a_form(signed_in: SignedIn, key: str) -> None:
    page = signed_in("coordinator").get(f"/settings/{key}").text
    assert "送领导确认" in page
    for field in CATALOGUE[key].fields:
        assert f'name="v-{field.path.replace(".", "-")}"' in page


def test_a_leader_sees_no_form(signed_in: SignedIn) -> None:
    page = signed_in("leader").get("/settings/golden_days").text
    assert "送领导确认" not in page


def test_unknown_things_are_not_there(signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    assert client.get("/settings/colour").status_code == 404
    assert client.get("/settings/proposals/999").status_code == 404
    assert post(client, "/settings/colour/proposals", FIVE).status_code == 404


def test_from_proposal_to_force(app: Flask, signed_in: SignedIn) -> None:
    coordinator, leader = signed_in("coordinator"), signed_in("leader")
    number = propose(coordinator)
    page = coordinator.get(f"/settings/proposals/{number}").text
    assert "现在还没有生效" in page
    assert "确认这项修改" not in page
    assert "1 项待确认" in leader.get("/settings").text
    page = leader.get(f"/settings/proposals/{number}").text
    assert "改动 2 处" in page
    response = post(leader, f"/settings/proposals/{number}/confirmations", {"version": "1"})
    assert (response.status_code, response.location) == (303, f"/settings/proposals/{number}")
    assert "“三天黄金期”已确认。" in leader.get(response.location).text
    with app.app_context():
        assert queries.value("golden_days") == {"days": 5, "count": "working"}
    assert "黄晓琳提出，林副镇长确认" in leader.get("/settings/golden_days").text


def test_a_rejection_reaches_the_proposer(signed_in: SignedIn) -> None:
    coordinator, leader = signed_in("coordinator"), signed_in("leader")
    number = propose(coordinator)
    path = f"/settings/proposals/{number}/rejections"
    invalid = post(leader, path, {"version": "1", "reason": " "})
    assert invalid.status_code == 422
    assert "请写明为什么不同意" in invalid.text
    assert post(leader, path, {"version": "1", "reason": "先试一个月"}).status_code == 303
    assert "先试一个月" in coordinator.get("/settings/golden_days").text


def test_a_stale_page_is_told(signed_in: SignedIn) -> None:
    number = propose(signed_in("coordinator"))
    path = f"/settings/proposals/{number}"
    assert post(signed_in("leader"), f"{path}/rejections", {"version": "1", "reason": "不行"}).status_code == 303
    assert post(signed_in("principal"), f"{path}/confirmations", {"version": "1"}).status_code == 409


def test_a_later_day(app: Flask, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    day = clock.today() + timedelta(days=3)
    number = propose(client, starts_on=str(day))
    with app.app_context():
        setting = queries.get(number)
        assert setting is not None
        assert setting.valid_from == clock.instant(day)
    response = post(signed_in("leader"), f"/settings/proposals/{number}/confirmations", {"version": "1"})
    assert response.status_code == 303
    assert "换新值" in client.get("/settings").text
    assert "起换成新值" in client.get("/settings/golden_days").text


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"v-days": "0"}, "“天数”要在 1—30 之间"),
        ({"v-days": "三"}, "“天数”要写整数"),
        ({"v-count": "lunar"}, "请从列出的里面选一个"),
        ({"reason": ""}, "请写明为什么要改"),
        ({"starts_on": "2020-01-01"}, "生效日期不能早于今天"),
    ],
)
def test_a_proposal_with_mistakes(signed_in: SignedIn, changed: dict[str, str], words: str) -> None:
    response = post(signed_in("coordinator"), "/settings/golden_days/proposals", FIVE | changed)
    assert response.status_code == 422
    assert words in response.text
    assert "tp-errsum" in response.text


def test_times_in_the_wrong_order_are_said_at_their_field(signed_in: SignedIn) -> None:
    response = post(
        signed_in("coordinator"), "/settings/working_hours/proposals", HOURS | {"v-afternoon-from": "11:00"}
    )
    assert response.status_code == 422
    assert '<a href="#v-afternoon-from">“下午上班”要晚于“上午下班”</a>' in response.text


def test_a_second_proposal_waits(signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    propose(client)
    assert "有一份提议在等确认" in client.get("/settings/golden_days").text
    assert post(client, "/settings/golden_days/proposals", FIVE | {"v-days": "7"}).status_code == 409


def test_who_may_come_in(signed_in: SignedIn) -> None:
    number = propose(signed_in("coordinator"))
    for key in ("reporter", "head", "publisher", "administrator", "auditor"):
        client = signed_in(key)
        for path in ("/settings", "/settings/golden_days", f"/settings/proposals/{number}"):
            assert client.get(path).status_code == 403
    assert post(signed_in("leader"), "/settings/site/proposals", FIVE).status_code == 403
    for act in ("confirmations", "rejections"):
        path = f"/settings/proposals/{number}/{act}"
        assert post(signed_in("coordinator"), path, {"version": "1", "reason": "不行"}).status_code == 403
        assert signed_in("leader").get(path).status_code == 405


def test_a_repeated_form_has_one_effect(app: Flask, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    first = post(client, "/settings/golden_days/proposals", FIVE, form_key="one-key")
    again = post(client, "/settings/golden_days/proposals", FIVE, form_key="one-key")
    assert again.location == first.location
    with app.app_context():
        assert len(queries.awaiting()) == 1


def test_limits_of_a_route_of_their_own(app: Flask, signed_in: SignedIn) -> None:
    coordinator, leader = signed_in("coordinator"), signed_in("leader")
    page = coordinator.get("/settings/step_limits").text
    assert page.count('<details class="mb-2">') == 4
    assert '<details class="mb-2" open>' not in page
    default = {
        f"v-{path.replace('.', '-')}": text
        for path, text in words.texts(CATALOGUE["step_limits"], CATALOGUE["step_limits"].default).items()
    }
    wrong = default | {"v-routes-drafter_first-correction-normal-publish-amount": "0", "reason": "更正要快"}
    answer = post(coordinator, "/settings/step_limits/proposals", wrong)
    assert answer.status_code == 422
    assert '<details class="mb-2" open>' in answer.text
    right = wrong | {
        "v-routes-drafter_first-correction-normal-publish-amount": "2",
        "v-routes-drafter_first-correction-normal-publish-unit": "working_hour",
    }
    number = propose(coordinator, "step_limits", **right)
    page = leader.get(f"/settings/proposals/{number}").text
    assert "改动 1 处" in page
    assert "更正稿：普通 · 发布" in page
    post(leader, f"/settings/proposals/{number}/confirmations", {"version": "1"})
    with app.app_context():
        apart = queries.value("step_limits")["routes"]
        assert apart == {
            "drafter_first": {"correction": {"normal": {"publish": {"amount": 2, "unit": "working_hour"}}}}
        }
    assert '<details class="mb-2" open>' in coordinator.get("/settings/step_limits").text
