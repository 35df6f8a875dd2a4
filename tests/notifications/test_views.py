"""Pages of the channels and the outbox."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.browsing import post
from tests.cast import Cast, open_session
from tests.notifications.channels import (
    KEY,
    PASSWORD,
    SECRETS,
    SOMETHING,
    TOKEN,
    a_channel,
    a_dead_message,
    given,
    outbox,
    told,
)
from tests.notifications.services import Answer, Services
from town_portal.notifications import operations, queries
from town_portal.notifications.rules.kinds import ChannelKind
from town_portal.notifications.rules.message import Way

SignedIn = Callable[[str], FlaskClient]
K = ChannelKind


@pytest.fixture
def number(app: Flask, cast: Cast, house: Services) -> int:
    """The number of a channel."""
    with app.app_context():
        return a_channel(cast, app, K.WECOM, given(K.WECOM, house.address)).id


def test_an_empty_house_says_what_to_do(signed_in: SignedIn) -> None:
    assert "开通通道" in signed_in("administrator").get("/channels").text
    assert "由系统管理员开通" in signed_in("auditor").get("/channels").text


@pytest.mark.parametrize("kind", K)
def test_a_channel_of_every_kind_is_opened(signed_in: SignedIn, kind: K) -> None:
    client = signed_in("administrator")
    form = client.get(f"/channels/new/{kind.value}").text
    assert "到哪里找" in form
    typed = given(kind, "http://127.0.0.1:9", signed=True)
    audience = "persons" if kind in (K.SMTP, K.GATEWAY) else "town"
    answer = post(client, f"/channels/new/{kind.value}", {"name": "一条通道", "audience": audience, **typed})
    assert answer.status_code == 303, answer.text
    page = client.get(answer.location).text
    assert "通道“一条通道”已开通" in page
    assert kind.label in page
    everything = page + client.get(f"{answer.location}/connections").text + client.get("/channels").text
    assert not [secret for secret in SECRETS if secret in everything]


def test_a_channel_of_some_units(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("administrator")
    with app.app_context():
        units = [str(cast.unit("C03").id), str(cast.unit("B05").id)]
    typed = {"name": "两家的群", "audience": "units", "unit_ids": units, **given(K.FEISHU)}
    answer = post(client, "/channels/new/feishu", typed)
    assert "农业农村办公室、洛洞村的工作群" in client.get(answer.location).text
    changes = f"{answer.location}/changes"
    assert client.get(changes).text.count(" checked") == 2
    assert post(client, changes, {"name": "全镇的群", "audience": "town", "version": "1"}).status_code == 303
    assert "全镇的工作群" in client.get(answer.location).text


@pytest.mark.parametrize(
    ("kind", "wrong", "words"),
    [
        (K.WECOM, {"name": ""}, "请写名称"),
        (K.WECOM, {"audience": "persons"}, "tp-err"),
        (K.WECOM, {"audience": "units"}, "请至少选一个单位"),
        (K.WECOM, {"unit_ids": "999"}, "tp-err"),
        (K.WECOM, {"webhook": f"https://a.example/?nokey={KEY}"}, "机器人地址要带"),
        (K.WECOM, {"per_minute": "0"}, "每分钟最多条数要在"),
        (K.GATEWAY, {"body": '{"to": {phone}}'}, "不是正确的 JSON"),
        (K.GATEWAY, {"headers": "Authorization: bare"}, "看来是密钥"),
        (K.SMTP, {"sender": "nobody", "user": "u", "mail_password": PASSWORD}, "邮箱地址要写成"),
    ],
)
def test_mistakes_are_said_on_the_form(signed_in: SignedIn, kind: K, wrong: dict[str, str], words: str) -> None:
    audience = "persons" if kind in (K.SMTP, K.GATEWAY) else "town"
    data = {"name": "名字还在", "audience": audience, **given(kind), **wrong}
    answer = post(signed_in("administrator"), f"/channels/new/{kind.value}", data)
    assert answer.status_code == 422
    assert words in answer.text
    assert not wrong.keys() - {"name"} or "名字还在" in answer.text
    assert not [secret for secret in SECRETS if secret in answer.text], "what is secret is not drawn again"


def test_whoever_touches_secrets_proves_who_he_is(app: Flask, cast: Cast, number: int) -> None:
    client = app.test_client()
    with app.app_context():
        token = open_session(cast.phone("administrator"), timedelta(minutes=12))
    with client.session_transaction() as session:
        session["_user_id"] = token
    for path in ("/channels/new/wecom", f"/channels/{number}/connections"):
        assert client.get(path).location.startswith("/account/confirmation")
        answer = post(client, path, {"name": "甲", "audience": "town", **given(K.WECOM)})
        assert answer.status_code == 401
        assert KEY not in answer.text, "the form that is kept meanwhile does not carry the secret"
    assert client.get(f"/channels/{number}").status_code == 200


def test_a_secret_is_replaced(number: int, house: Services, signed_in: SignedIn) -> None:
    client, path = signed_in("administrator"), f"/channels/{number}"
    assert post(client, f"{path}/connections", {"version": "1"}).status_code == 422
    answer = post(client, f"{path}/connections", {"version": "1", **given(K.WECOM, house.address)})
    assert answer.location == path
    assert "的密钥已更换" in client.get(path).text
    assert post(client, f"{path}/connections", {"version": "1", **given(K.WECOM)}).status_code == 409


def test_what_may_be_seen_of_a_gateway_stands_in_its_form(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    with app.app_context():
        number = a_channel(cast, app, K.GATEWAY).id
        box = a_channel(cast, app, K.SMTP, given(K.SMTP, user="u", mail_password=PASSWORD)).id
    client = signed_in("administrator")
    page = client.get(f"/channels/{number}/connections").text
    assert "Bearer {secret}" in page
    assert TOKEN not in page
    assert "portal@example.com" in client.get(f"/channels/{box}/connections").text


def test_a_test_says_what_to_do_next(number: int, house: Services, signed_in: SignedIn) -> None:
    client, path = signed_in("administrator"), f"/channels/{number}"
    assert post(client, f"{path}/tests").location == path
    page = client.get(path).text
    assert "测试消息已送出" in page
    assert "对方收下了" in page
    house.next = [Answer({"errcode": 93000, "errmsg": f"invalid webhook url {KEY}"})]
    post(client, f"{path}/tests")
    page = client.get(path).text
    assert "请到群里重新复制 Webhook 地址" in page
    assert "连着 1 次没发出去" in page
    assert "alert-warning" in page
    assert KEY not in page


def test_a_channel_is_switched_off_and_on(number: int, signed_in: SignedIn) -> None:
    client, path = signed_in("administrator"), f"/channels/{number}"
    assert post(client, f"{path}/deactivations").location == path
    assert "启用这条通道" in client.get(path).text
    assert post(client, f"{path}/activations").location == path
    assert "停用这条通道" in client.get(path).text
    assert post(client, f"{path}/activations").status_code == 409


def test_dead_letters_are_sent_again_or_given_up(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    with app.app_context():
        message = a_dead_message(cast, app)
        id_, channel = message.id, message.channel_id
    client, path = signed_in("administrator"), f"/channels/{channel}"
    page = client.get(path).text
    assert "试了 6 次都没送到。连不上对方的服务器" in page
    assert SOMETHING.subject not in page, "what stands in a message is not the administrator's"
    assert SOMETHING.lines[0] not in client.get("/outbox?fate=dead").text
    assert post(client, f"/outbox/{id_}/resends").location == path
    assert "马上重发" in client.get(path).text
    assert "马上" in client.get("/outbox").text
    assert post(client, f"/outbox/{id_}/drops").location == path
    assert f"编号 {id_}" in client.get("/outbox?fate=dropped").text
    assert post(client, f"/outbox/{id_}/drops").status_code == 409
    assert post(client, f"{path}/resends").status_code == 409


def test_all_dead_letters_at_once(app: Flask, cast: Cast, number: int, house: Services, signed_in: SignedIn) -> None:
    house.always = Answer({"errcode": 40058, "errmsg": "no"})
    with app.app_context():
        told(*(replace(SOMETHING, key=str(one), ways=frozenset({Way.GROUP})) for one in range(2)))
        operations.deliver("tests", outbox()[0].next_at, app.config["PORTAL"].keys)
    client, path = signed_in("administrator"), f"/channels/{number}"
    assert "全部重发" in client.get(path).text
    assert post(client, f"{path}/resends").location == path
    assert "2 条消息已放回去" in client.get(path).text


def test_the_outbox_by_fate(app: Flask, cast: Cast, number: int, signed_in: SignedIn) -> None:
    with app.app_context():
        told(replace(SOMETHING, ways=frozenset({Way.GROUP})))
        operations.deliver("tests", outbox()[0].next_at, app.config["PORTAL"].keys)
        operations.switch_off(cast.actor("administrator"), queries.channels()[0])
        a_channel(cast, app, name="别的群")
        told(replace(SOMETHING, key="second", ways=frozenset({Way.GROUP})))
        operations.switch_off(cast.actor("administrator"), queries.named("别的群"))  # type: ignore[arg-type]
    client = signed_in("coordinator")
    assert "已送出" in client.get("/outbox?fate=sent").text
    assert "通道停用，等启用" in client.get("/outbox").text
    assert "还没有这样的消息" in client.get("/outbox?fate=expired").text
    assert client.get("/outbox?fate=nonsense").status_code == 200


def test_who_comes_in(number: int, signed_in: SignedIn) -> None:
    for key in ("reporter", "head", "leader", "principal", "publisher"):
        client = signed_in(key)
        for path in ("/channels", f"/channels/{number}", "/outbox", "/channels/new"):
            assert client.get(path).status_code == 403
    for key in ("coordinator", "auditor"):
        client = signed_in(key)
        page = client.get(f"/channels/{number}").text
        assert '<form method="post" action="/channels' not in page
        assert client.get(f"/channels/{number}/changes").status_code == 403
        for act in ("changes", "connections", "tests", "activations", "deactivations", "resends"):
            assert post(client, f"/channels/{number}/{act}").status_code == 403
    client = signed_in("administrator")
    for path in ("/channels/999", "/channels/999/changes", "/channels/999/connections", "/channels/new/nonsense"):
        assert client.get(path).status_code == 404
    for act in ("/channels/999/tests", "/outbox/999/resends", "/outbox/999/drops"):
        assert post(client, act).status_code == 404


def test_one_says_how_one_wants_to_be_told(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("head")
    page = client.get("/notifications/mine").text
    assert page.count(" checked") == 3
    assert "138****0005" in page
    assert "提醒方式" in client.get("/account").text
    answer = post(client, "/notifications/mine", {"mail": "not an address", "wants_sms": "y"})
    assert answer.status_code == 422
    assert "邮箱地址要写成" in answer.text
    assert post(client, "/notifications/mine", {"mail": "chen@example.com", "wants_mail": "y"}).status_code == 303
    page = client.get("/notifications/mine").text
    assert "chen@example.com" in page
    assert "已记下" in page
    with app.app_context():
        contact = queries.contact_of(cast.person("head").id)
        assert contact is not None
        assert (contact.wants_mail, contact.wants_sms, contact.wants_mention) == (True, False, False)
    assert post(client, "/notifications/mine", {"version": "9", "mail": ""}).status_code == 409


def test_a_form_sent_twice_opens_one(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("administrator")
    data = {"name": "一条", "audience": "town", "form_key": "one", **given(K.WECOM)}
    for _ in range(2):
        assert post(client, "/channels/new/wecom", data).status_code == 303
    with app.app_context():
        assert len(queries.channels()) == 1
