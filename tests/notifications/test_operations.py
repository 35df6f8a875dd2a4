"""The outbox, its delivery, and acts on channels."""

import json
import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from tests.cast import Cast
from tests.conftest import ON_POSTGRESQL
from tests.events import detail, newest
from tests.notifications.channels import (
    KEY,
    PASSWORD,
    SECRETS,
    SIGN,
    SOMETHING,
    TOKEN,
    a_channel,
    a_dead_message,
    a_working_morning,
    given,
    keys_of,
    of_units,
    outbox,
    told,
)
from tests.notifications.services import Answer, MailBox, Services, mail_server
from tests.refusals import refused
from town_portal.access.actor import SYSTEM
from town_portal.audit import queries as trail
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import unit_of_work
from town_portal.foundation import clock, sealed
from town_portal.foundation.db import bookkeeping, db
from town_portal.foundation.errors import Forbidden, Refused, Repeated, Stale
from town_portal.notifications import operations, queries
from town_portal.notifications.models import Channel, DeliveryAttempt, OutboxMessage
from town_portal.notifications.operations import Wishes
from town_portal.notifications.rules.design import Design
from town_portal.notifications.rules.fate import Fate
from town_portal.notifications.rules.kinds import Audience, ChannelKind
from town_portal.notifications.rules.message import Way
from town_portal.settings import operations as settings

K = ChannelKind
TO_GROUP = replace(SOMETHING, ways=frozenset({Way.GROUP}))
MINUTE = timedelta(minutes=1)


@pytest.fixture
def deliver(app: Flask) -> Callable[..., int]:
    """Carry out what is due at a moment, now by default."""
    return lambda moment=None, who="worker": operations.deliver(who, moment or clock.now(), keys_of(app))


def fates() -> list[Fate]:
    """What became of everything in the outbox."""
    return [row.fate for row in outbox()]


# -- into the outbox ----------------------------------------------------------------------------


def test_a_message_stands_there_when_the_fact_does(town: Cast, app: Flask) -> None:
    a_channel(town, app)
    act = Action("try_enqueue", "试放消息")
    with pytest.raises(Refused), unit_of_work(SYSTEM) as work:
        operations.enqueue([TO_GROUP], work.at)
        raise Refused("还是不办")
    assert outbox() == []
    with unit_of_work(SYSTEM) as work:
        operations.enqueue([TO_GROUP], work.at)
        work.record(act, town.unit("B01"))
    (row,) = outbox()
    assert (row.subject, row.lines, row.path, row.fate) == (
        TO_GROUP.subject, list(TO_GROUP.lines), "/waiting", Fate.WAITING,
    )  # fmt: skip
    assert trail.verify().sound


def test_the_same_key_writes_nothing_more(town: Cast, app: Flask) -> None:
    a_channel(town, app)
    assert len(told(TO_GROUP, TO_GROUP)) == 1
    assert len(told(replace(TO_GROUP, subject="别的话"))) == 1
    a_channel(town, app, K.DINGTALK)
    assert len(told(TO_GROUP)) == 1, "not on a channel that came later either"
    assert len(told(replace(TO_GROUP, key="second"))) == 3


def test_two_who_tell_the_same_at_once_are_both_right(town: Cast, app: Flask) -> None:
    a_channel(town, app)
    ready, wrong = threading.Barrier(4), []

    def tell() -> None:
        with app.app_context():
            try:
                ready.wait()
                with bookkeeping():
                    operations.enqueue([TO_GROUP], clock.now())
            except Exception as error:  # noqa: BLE001 - told by the test
                wrong.append(repr(error))
            db.session.remove()

    db.session.rollback()
    threads = [threading.Thread(target=tell) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (wrong, len(outbox())) == ([], 1)


def test_each_way_finds_its_channel(town: Cast, app: Flask) -> None:
    whole = a_channel(town, app)
    own = a_channel(town, app, K.DINGTALK, **of_units(town, "C03"))
    sms, mail = a_channel(town, app, K.GATEWAY), a_channel(town, app, K.SMTP)
    reporter, head = town.person("reporter").id, town.person("head").id
    operations.change_contact(town.actor("head"), Wishes(mail="chen@example.com", by_sms=False))

    def by(key: str, **changes: object) -> set[int]:
        before = {row.id for row in outbox()}
        return {row.channel_id for row in told(replace(SOMETHING, key=key, **changes)) if row.id not in before}

    assert by("a", person_id=reporter, unit_id=town.unit("C03").id) == {own.id, sms.id}
    assert by("b", person_id=head, unit_id=town.unit("B05").id) == {whole.id, mail.id}
    assert by("c", person_id=None) == {whole.id}
    assert by("d", person_id=head, ways=frozenset({Way.SMS})) == set()
    assert by("e", person_id=987654) == set()
    operations.change_contact(town.actor("head"), Wishes(mail="chen@example.com", by_mail=False))
    assert by("f", person_id=head, ways=frozenset({Way.SMS, Way.MAIL})) == {sms.id}
    operations.switch_off(town.actor("administrator"), whole)
    assert by("g", person_id=None) == set()


# -- out of the house ---------------------------------------------------------------------------


def test_a_group_gets_its_message(town: Cast, app: Flask, house: Services, deliver: Callable[..., int]) -> None:
    a_channel(town, app, K.WECOM, given(K.WECOM, house.address))
    address = settings.propose(
        town.actor("coordinator"), "portal_address", {"url": "https://portal.example"}, None, "设"
    )
    settings.confirm(town.actor("leader"), address, address.version)
    (row,) = told(replace(TO_GROUP, person_id=town.person("head").id, urgent=True))
    assert deliver() == 1
    (asked,) = house.asked
    assert asked.path == f"/cgi-bin/webhook/send?key={KEY}"
    assert asked.json == {
        "msgtype": "text",
        "text": {
            "content": "【信息公开】【加急】1 件稿件等您审核\n请看：陈志明\n《我镇早稻播种过半》\n"
            f"来自洛洞村，今天 17:30 前办\nhttps://portal.example/waiting\n编号 {row.id}",
            "mentioned_mobile_list": [town.phone("head")],
        },
    }
    (row,) = outbox()
    assert (row.fate, row.attempts, row.reason, row.leased_by) == (Fate.SENT, 1, None, None)
    assert row.sent_at is not None
    assert deliver(clock.now() + timedelta(days=1)) == 0
    assert len(house.asked) == 1


def test_who_does_not_want_it_is_not_called(
    town: Cast, app: Flask, house: Services, deliver: Callable[..., int]
) -> None:
    a_channel(town, app, K.WECOM, given(K.WECOM, house.address))
    operations.change_contact(town.actor("head"), Wishes(mention=False))
    told(replace(TO_GROUP, person_id=town.person("head").id))
    assert deliver() == 1
    assert "mentioned_mobile_list" not in house.asked[0].json["text"]
    assert "请看：陈志明" in house.asked[0].json["text"]["content"]


def test_a_gateway_is_asked_in_its_own_words(
    town: Cast, app: Flask, house: Services, deliver: Callable[..., int]
) -> None:
    a_channel(town, app, K.GATEWAY, given(K.GATEWAY, house.address))
    (row,) = told(replace(SOMETHING, person_id=town.person("reporter").id))
    assert deliver() == 1
    (asked,) = house.asked
    assert asked.query == {"to": [town.phone("reporter")]}
    assert asked.headers["Authorization"] == f"Bearer {TOKEN}"
    assert asked.json["mobile"] == [town.phone("reporter")]
    assert asked.json["content"].endswith(f"编号 {row.id}")
    assert asked.json["key"] == asked.headers["Idempotency-Key"]
    assert outbox()[0].provider_number == "SMS-77"


def test_a_letter_arrives(town: Cast, app: Flask, mail_box: MailBox, deliver: Callable[..., int]) -> None:
    a_channel(town, app, K.SMTP, given(K.SMTP, mail_box.address))
    operations.change_contact(town.actor("head"), Wishes(mail="chen@example.com"))
    (row,) = told(replace(SOMETHING, person_id=town.person("head").id))
    assert deliver() == 1
    (letter,) = mail_box.letters
    assert letter["To"] == "chen@example.com"
    assert letter["Subject"] == f"【信息公开】1 件稿件等您审核（编号 {row.id}）"
    assert letter["Message-ID"].endswith("@example.com>")
    assert "陈志明：\n1 件稿件等您审核\n《我镇早稻播种过半》" in letter.get_content().replace("\r\n", "\n")


def test_a_mail_box_with_an_account(town: Cast, app: Flask, deliver: Callable[..., int]) -> None:
    with mail_server(wants_account=True) as box:
        typed = given(K.SMTP, box.address, user="portal", mail_password=PASSWORD)
        channel = a_channel(town, app, K.SMTP, typed)
        operations.change_contact(town.actor("head"), Wishes(mail="chen@example.com"))
        told(replace(SOMETHING, person_id=town.person("head").id))
        assert deliver() == 1
        operations.replace_secret(
            town.actor("administrator"), channel, {**typed, "mail_password": "wrong"}, keys_of(app)
        )
        told(replace(SOMETHING, key="second", person_id=town.person("head").id))
        assert deliver() == 0
    row = outbox()[-1]
    assert (row.fate, row.reason) == (Fate.DEAD, "邮箱的账号或授权码不对。请重新生成授权码，在“更换密钥”里换上")


@pytest.mark.parametrize(
    ("answer", "fate"),
    [
        (Answer({"errcode": 45009, "errmsg": "api freq out of limit"}), Fate.WAITING),
        (Answer({"errcode": -1, "errmsg": "system busy"}), Fate.WAITING),
        (Answer({}, 500), Fate.WAITING),
        (Answer(b"<html>please sign in</html>"), Fate.WAITING),
        (Answer(b"x" * 200_000), Fate.WAITING),
        (Answer({"errcode": 93000, "errmsg": "invalid webhook url"}), Fate.DEAD),
        (Answer({"errcode": 40058, "errmsg": "bad content"}), Fate.DEAD),
        (Answer(b"", 302, {"Location": "/elsewhere"}), Fate.DEAD),
        (Answer(b"", 404), Fate.DEAD),
    ],
)
def test_a_failure_is_final_or_not(
    town: Cast, app: Flask, house: Services, deliver: Callable[..., int], answer: Answer, fate: Fate
) -> None:
    a_channel(town, app, K.WECOM, given(K.WECOM, house.address))
    told(TO_GROUP)
    house.next = [answer]
    assert deliver() == 0
    (row,) = outbox()
    assert (row.fate, row.attempts, row.leased_by) == (fate, 1, None)
    assert row.reason
    assert KEY not in row.reason
    assert len(house.asked) == 1, "no redirect is followed"


def test_a_server_that_says_nothing_is_not_waited_for(
    town: Cast, app: Flask, house: Services, deliver: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("town_portal.notifications.couriers.http.READ_SECONDS", 0.2)
    a_channel(town, app, K.WECOM, given(K.WECOM, house.address))
    told(TO_GROUP)
    house.next = [Answer({"errcode": 0}, after=1.0)]
    assert deliver() == 0
    assert outbox()[0].reason == "对方没有及时回答，过一会儿自动再发"


def test_it_is_tried_again_later_and_later_and_then_put_away(
    town: Cast, app: Flask, house: Services, deliver: Callable[..., int]
) -> None:
    a_channel(town, app, K.WECOM, given(K.WECOM, house.address))
    told(TO_GROUP)
    house.always = Answer({}, 503)
    moment = a_working_morning()
    for minutes in (1, 5, 15, 60, 240):
        assert deliver(moment) == 0
        (row,) = outbox()
        assert (row.fate, row.next_at) == (Fate.WAITING, moment + minutes * MINUTE)
        asked = len(house.asked)
        assert deliver(row.next_at - timedelta(seconds=1)) == 0
        assert len(house.asked) == asked
        moment = row.next_at
    deliver(moment)
    (row,) = outbox()
    assert (row.fate, row.attempts, row.ended_at) == (Fate.DEAD, 6, moment)
    assert row.reason == "试了 6 次都没送到。对方的服务器出了错（HTTP 503），过一会儿自动再发"
    assert len({one.headers["Idempotency-Key"] for one in house.asked}) == 1
    assert deliver(moment + timedelta(days=2)) == 0
    assert len(house.asked) == 6


@pytest.mark.parametrize(("urgent", "hours"), [(False, 10), (True, 0)])
def test_an_ordinary_message_is_not_tried_again_in_quiet_hours(
    town: Cast, app: Flask, house: Services, deliver: Callable[..., int], urgent: bool, hours: int
) -> None:
    a_channel(town, app, K.WECOM, given(K.WECOM, house.address))
    told(replace(TO_GROUP, urgent=urgent))
    house.next = [Answer({}, 503)]
    night = a_working_morning() + timedelta(hours=12, minutes=29)  # 21:29; at 21:30 the quiet hours begin
    assert deliver(night) == 0
    again = night + MINUTE + timedelta(hours=hours)
    assert outbox()[0].next_at == again
    assert deliver(again) == 1


def test_a_channel_in_trouble_is_left_alone_for_a_while(
    town: Cast, app: Flask, house: Services, deliver: Callable[..., int]
) -> None:
    a_channel(town, app, K.WECOM, given(K.WECOM, house.address))
    told(*(replace(TO_GROUP, key=str(number)) for number in range(5)))
    house.next = [Answer({}, 503)]
    now = clock.now()
    assert deliver(now) == 0
    assert len(house.asked) == 1, "what stands behind it is not tried in vain"
    assert [row.attempts for row in outbox()] == [1, 0, 0, 0, 0]
    assert deliver(now + timedelta(seconds=10)) == 0
    assert len(house.asked) == 1
    assert deliver(now + timedelta(seconds=31)) == 4


def test_a_broken_channel_holds_nobody_up(town: Cast, app: Flask, house: Services, deliver: Callable[..., int]) -> None:
    a_channel(town, app, K.WECOM)
    a_channel(town, app, K.DINGTALK, given(K.DINGTALK, house.address), name="另一个群")
    told(*(replace(TO_GROUP, key=str(number)) for number in range(3)))
    assert deliver() == 3
    assert sorted(fates()) == [Fate.SENT] * 3 + [Fate.WAITING] * 3


def test_a_full_channel_sends_the_rest_later(
    town: Cast, app: Flask, house: Services, deliver: Callable[..., int]
) -> None:
    a_channel(town, app, K.WECOM, given(K.WECOM, house.address), per_minute=3)
    told(*(replace(TO_GROUP, key=str(number), urgent=number == 4) for number in range(5)))
    now = clock.now()
    assert [deliver(now), deliver(now), deliver(now + timedelta(seconds=59))] == [3, 0, 0]
    assert house.asked[0].json["text"]["content"].startswith("【信息公开】【加急】")
    assert deliver(now + timedelta(seconds=61)) == 2


def test_what_came_too_late_is_not_sent(town: Cast, app: Flask, house: Services, deliver: Callable[..., int]) -> None:
    a_channel(town, app, K.WECOM, given(K.WECOM, house.address))
    now = clock.now()
    told(
        replace(TO_GROUP, key="late", expires_at=now + MINUTE),
        replace(TO_GROUP, key="early", not_before=now + 5 * MINUTE, expires_at=now + 60 * MINUTE),
    )
    assert deliver(now + 2 * MINUTE) == 0
    late, early = outbox()
    assert (late.fate, late.reason) == (Fate.EXPIRED, "过了有效时间，没有再发")
    assert early.fate is Fate.WAITING
    assert deliver(now + 5 * MINUTE) == 1


def test_who_left_is_not_told(town: Cast, app: Flask, house: Services, deliver: Callable[..., int]) -> None:
    from town_portal.network import operations as network

    a_channel(town, app, K.GATEWAY, given(K.GATEWAY, house.address))
    told(replace(SOMETHING, person_id=town.person("idler").id))
    network.disable_person(town.actor("administrator"), town.person("idler"), "调走了")
    assert deliver() == 0
    assert (fates(), house.asked) == ([Fate.DEAD], [])
    assert outbox()[0].reason == "无任职已停用，没有发送"


def test_two_workers_never_send_one_message_twice(
    town: Cast, app: Flask, house: Services, deliver: Callable[..., int]
) -> None:
    a_channel(town, app, K.WECOM, given(K.WECOM, house.address), per_minute=600)
    a_channel(town, app, K.DINGTALK, given(K.DINGTALK, house.address), per_minute=600)
    told(*(replace(TO_GROUP, key=str(number)) for number in range(30)))
    now, wrong = clock.now(), []

    def work(who: str) -> None:
        with app.app_context():
            try:
                for _ in range(8):
                    deliver(now, who)
            except Exception as error:  # noqa: BLE001 - told by the test
                wrong.append(repr(error))
            db.session.remove()

    db.session.rollback()
    threads = [threading.Thread(target=work, args=(f"worker {number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    while deliver(now):
        pass
    assert wrong == []
    assert set(fates()) == {Fate.SENT}
    keys = [one.headers["Idempotency-Key"] for one in house.asked]
    assert len(keys) == len(set(keys)) == 60


def test_a_lost_lease_runs_out(town: Cast, app: Flask, house: Services, deliver: Callable[..., int]) -> None:
    channel = a_channel(town, app, K.WECOM, given(K.WECOM, house.address))
    told(TO_GROUP)
    now = clock.now()
    assert operations._take(channel.id, "a worker that dies", now, keys_of(app))
    assert [deliver(now), deliver(now + 4 * MINUTE)] == [0, 0]
    assert deliver(now + 5 * MINUTE) == 1
    assert outbox()[0].attempts == 2


def test_who_lost_his_lease_changes_nothing_any_more(
    town: Cast, app: Flask, house: Services, deliver: Callable[..., int]
) -> None:
    channel = a_channel(town, app, K.WECOM, given(K.WECOM, house.address))
    told(TO_GROUP)
    now = clock.now()
    load = operations._take(channel.id, "slow", now, keys_of(app))
    assert load is not None
    assert deliver(now + 6 * MINUTE, "quick") == 1
    operations._mark(load.tasks[0], operations.later("没有回答"), "slow", now + 7 * MINUTE)
    operations._give_back(load.tasks[0], "slow")
    assert fates() == [Fate.SENT]


def test_one_that_kills_its_workers_is_put_away(town: Cast, app: Flask, deliver: Callable[..., int]) -> None:
    channel = a_channel(town, app)
    told(TO_GROUP)
    now = clock.now()
    for number in range(6):
        assert operations._take(channel.id, "dies", now + number * 6 * MINUTE, keys_of(app))
    assert deliver(now + timedelta(hours=2)) == 0
    assert (fates(), outbox()[0].reason) == ([Fate.DEAD], "发送时多次中断，没有送到")


def test_without_the_sealing_key_nothing_is_lost(
    town: Cast, app: Flask, house: Services, deliver: Callable[..., int]
) -> None:
    a_channel(town, app, K.WECOM, given(K.WECOM, house.address))
    told(TO_GROUP)
    path = keys_of(app) / sealed.KEY
    words = path.read_text()
    path.unlink()
    now = a_working_morning()
    assert deliver(now) == 0
    assert (fates(), outbox()[0].reason) == (
        [Fate.WAITING],
        "加密用的密钥文件不见了，解不开。请恢复原来的密钥文件，或者重新填写密钥。",
    )
    path.write_text(words)
    assert deliver(now + MINUTE) == 1


def test_the_words_of_old_messages_are_forgotten_and_their_keys_are_not(
    town: Cast, app: Flask, house: Services, deliver: Callable[..., int]
) -> None:
    a_channel(town, app, K.WECOM, given(K.WECOM, house.address))
    told(TO_GROUP)
    deliver()
    operations.sweep(clock.now() + timedelta(days=31))
    assert (db.session.query(DeliveryAttempt).count(), outbox()[0].subject) == (0, TO_GROUP.subject)
    operations.sweep(clock.now() + timedelta(days=91))
    assert (outbox()[0].subject, outbox()[0].lines) == ("", [])
    assert len(told(TO_GROUP)) == 1


# -- acts on channels ---------------------------------------------------------------------------


def test_a_channel_is_opened(town: Cast, app: Flask) -> None:
    channel = a_channel(town, app, K.DINGTALK, given(K.DINGTALK, signed=True))
    assert (channel.address, channel.active, channel.version) == ("http://127.0.0.1:9/robot/send", True, 1)
    assert (newest().action, newest().subject_name) == ("open_channel", "钉钉群机器人")
    assert detail()["address"] == channel.address
    assert json.loads(sealed.unseal(channel.secret, keys_of(app))) == {"key": KEY, "sign": SIGN}
    assert trail.verify().sound
    with refused("已有叫“钉钉群机器人”的通道"):
        a_channel(town, app, K.DINGTALK)
    with refused("请至少选一个单位"):
        a_channel(town, app, name="别的", audience=Audience.UNITS)


@pytest.mark.parametrize("key", ["reporter", "head", "leader", "coordinator", "publisher", "auditor"])
def test_only_the_administrator_acts_on_channels(town: Cast, app: Flask, key: str) -> None:
    channel, actor = a_channel(town, app), town.actor(key)
    design = Design(name="别的", audience=Audience.TOWN)
    with refused("管理消息通道", Forbidden):
        operations.open_channel(actor, K.WECOM, design, given(K.WECOM), keys_of(app))
    with refused("管理消息通道", Forbidden):
        operations.change_channel(actor, channel, design)
    with refused("管理消息通道", Forbidden):
        operations.replace_secret(actor, channel, given(K.WECOM), keys_of(app))
    with refused("管理消息通道", Forbidden):
        operations.switch_off(actor, channel)
    with refused("管理消息通道", Forbidden):
        operations.test(actor, channel, clock.now(), keys_of(app))
    with refused("管理消息通道", Forbidden):
        operations.resend_all(actor, channel)


def test_a_channel_is_changed(town: Cast, app: Flask) -> None:
    channel, actor = a_channel(town, app), town.actor("administrator")
    design = Design(name="全镇工作群", audience=Audience.TOWN, per_minute=5)
    with refused("和原来一样"):
        operations.change_channel(actor, channel, Design(name="企业微信群机器人", audience=Audience.TOWN))
    operations.change_channel(actor, channel, design, 1)
    assert (channel.name, channel.rate, channel.most_bytes) == ("全镇工作群", 5, 2_048)
    assert detail()["former"]["name"] == "企业微信群机器人"
    with pytest.raises(Stale):
        operations.change_channel(actor, channel, replace(design, name="又改"), 1)


def test_a_secret_is_replaced(town: Cast, app: Flask, house: Services, deliver: Callable[..., int]) -> None:
    channel, actor = a_channel(town, app), town.actor("administrator")
    told(TO_GROUP)
    operations.replace_secret(actor, channel, given(K.WECOM, house.address), keys_of(app), channel.version)
    assert detail()["former"] == "http://127.0.0.1:9/cgi-bin/webhook/send"
    assert deliver() == 1
    with refused("机器人地址要带“key=……”这一段"):
        operations.replace_secret(actor, channel, {"webhook": "https://a.example/send"}, keys_of(app))


def test_a_channel_is_switched_off_and_on(town: Cast, app: Flask, house: Services, deliver: Callable[..., int]) -> None:
    channel, actor = a_channel(town, app, K.WECOM, given(K.WECOM, house.address)), town.actor("administrator")
    told(TO_GROUP)
    with refused("已经在用"):
        operations.switch_on(actor, channel)
    operations.switch_off(actor, channel)
    with refused("已经停用"):
        operations.switch_off(actor, channel)
    assert deliver() == 0
    operations.switch_on(actor, channel)
    assert deliver() == 1


def test_a_test_really_sends(town: Cast, app: Flask, house: Services) -> None:
    channel, actor = a_channel(town, app, K.WECOM, given(K.WECOM, house.address)), town.actor("administrator")
    actor = actor.at(form_key="once")
    now = clock.now()
    assert operations.test(actor, channel, now, keys_of(app)).delivered
    assert "管系统正在测试通道“企业微信群机器人”" in house.asked[0].json["text"]["content"]
    assert (newest().label, detail()["delivered"]) == ("测试通道", True)
    with pytest.raises(Repeated):
        operations.test(actor, channel, now, keys_of(app))
    assert len(house.asked) == 1, "a form sent twice sends once"
    house.next = [Answer({"errcode": 93000, "errmsg": f"invalid webhook url, key {KEY}"})]
    outcome = operations.test(actor.at(form_key="twice"), channel, now, keys_of(app))
    assert outcome.words.startswith("机器人地址不对，或者机器人已被移出群")
    found = queries.last_test(channel.id)
    assert found is not None
    assert (found.delivered, found.words, found.by) == (False, outcome.words, "管系统")
    assert queries.healths([channel.id])[channel.id].failures == 1
    assert trail.verify().sound


def test_what_a_test_is_refused_for(town: Cast, app: Flask, house: Services) -> None:
    actor = town.actor("administrator")
    group = a_channel(town, app, K.WECOM, given(K.WECOM, house.address), per_minute=1)
    mail = a_channel(town, app, K.SMTP)
    operations.test(actor, group, clock.now(), keys_of(app))
    with refused("一分钟最多发 1 条"):
        operations.test(actor, group, clock.now(), keys_of(app))
    with refused("您还没有留邮箱"):
        operations.test(actor, mail, clock.now(), keys_of(app))


def test_a_test_by_text_goes_to_the_one_who_tests(town: Cast, app: Flask, house: Services) -> None:
    channel = a_channel(town, app, K.GATEWAY, given(K.GATEWAY, house.address))
    outcome = operations.test(town.actor("administrator"), channel, clock.now(), keys_of(app))
    assert (outcome.delivered, outcome.number) == (True, "SMS-77")
    assert house.asked[0].json["mobile"] == [town.phone("administrator")]


def test_everything_is_sealed_again(town: Cast, app: Flask, house: Services, deliver: Callable[..., int]) -> None:
    actor = town.actor("administrator")
    with refused("还没有消息通道"):
        operations.seal_again(actor, keys_of(app))
    channel = a_channel(town, app, K.WECOM, given(K.WECOM, house.address))
    former = channel.secret
    assert operations.seal_again(actor, keys_of(app)) == 1
    assert channel.secret != former
    first, _ = (keys_of(app) / sealed.KEY).read_text().split()
    (keys_of(app) / sealed.KEY).write_text(first)
    told(TO_GROUP)
    assert deliver() == 1
    assert trail.verify().sound


# -- acts on messages ---------------------------------------------------------------------------


def test_a_dead_letter_is_sent_again(town: Cast, app: Flask, house: Services, deliver: Callable[..., int]) -> None:
    actor, message = town.actor("administrator"), a_dead_message(town, app)
    assert message.attempts == 6
    operations.replace_secret(actor, message.channel, given(K.WECOM, house.address), keys_of(app))
    operations.resend(actor, message)
    assert (newest().action, newest().subject_kind, newest().subject_name) == (
        "resend_message", "OutboxMessage", f"消息 {message.id}",
    )  # fmt: skip
    with refused("现在是“待发送”，不用重发"):
        operations.resend(actor, message)
    assert deliver(clock.now() + timedelta(days=3)) == 1
    with refused("现在是“已送出”，不用重发"):
        operations.resend(actor, outbox()[0])
    with refused("现在是“已送出”，不用放弃"):
        operations.drop(actor, outbox()[0])
    assert trail.verify().sound


def test_a_message_is_given_up_and_taken_up_again(town: Cast, app: Flask, deliver: Callable[..., int]) -> None:
    actor, message = town.actor("administrator"), a_dead_message(town, app)
    operations.drop(actor, message)
    assert (fates(), newest().label) == ([Fate.DROPPED], "放弃消息")
    assert deliver(clock.now() + timedelta(days=9)) == 0
    operations.resend(actor, outbox()[0])
    assert fates() == [Fate.WAITING]
    operations._take(message.channel_id, "has it", clock.now() + timedelta(days=3), keys_of(app))
    with refused("正在发送"):
        operations.drop(actor, outbox()[0])


def test_all_dead_letters_of_a_channel_are_sent_again(
    town: Cast, app: Flask, house: Services, deliver: Callable[..., int]
) -> None:
    actor = town.actor("administrator")
    channel = a_channel(town, app, K.WECOM, given(K.WECOM, house.address))
    now = clock.now()
    told(
        *(replace(TO_GROUP, key=str(number)) for number in range(3)),
        replace(TO_GROUP, key="short", expires_at=now + timedelta(seconds=3)),
    )
    house.always = Answer({"errcode": 40058, "errmsg": "bad"})
    assert deliver() == 0
    assert set(fates()) == {Fate.DEAD}
    house.always = None
    with clock.stopped_at(now + MINUTE):
        with refused("已经过了有效时间"):
            operations.resend(actor, outbox()[-1])
        assert operations.resend_all(actor, channel) == 3
        with refused("没有可以重发的消息"):
            operations.resend_all(actor, channel)
    assert deliver(now + 2 * MINUTE) == 3


# -- how one wants to be told -------------------------------------------------------------------


def test_a_person_says_how_he_wants_to_be_told(town: Cast) -> None:
    actor = town.actor("head")
    contact = operations.change_contact(actor, Wishes(mail="ｃｈｅｎ@example.com", by_sms=False))
    assert (contact.mail, contact.wants_sms, contact.wants_mail) == ("chen@example.com", False, True)
    assert detail() == {"has_mail": True, "by_mail": True, "by_sms": False, "mention": True}
    with refused("和原来一样"):
        operations.change_contact(actor, Wishes(mail="chen@example.com", by_sms=False))
    with refused("邮箱地址要写成"):
        operations.change_contact(actor, Wishes(mail="chen@example.com\nBcc: all@example.com"))
    operations.change_contact(actor, Wishes(), contact.version)
    assert contact.mail is None
    with pytest.raises(Stale):
        operations.change_contact(actor, Wishes(by_mail=False), 1)
    assert trail.verify().sound


# -- secrets ------------------------------------------------------------------------------------


def test_secrets_stand_nowhere(
    town: Cast, app: Flask, house: Services, deliver: Callable[..., int], caplog: pytest.LogCaptureFixture
) -> None:
    """Not in the database, the trail or the log, however much is logged, and whatever a service echoes."""
    caplog.set_level(logging.DEBUG)
    actor = town.actor("administrator")
    a_channel(town, app, K.WECOM, given(K.WECOM, house.address))
    a_channel(town, app, K.FEISHU, given(K.FEISHU, signed=True))
    a_channel(town, app, K.DINGTALK, given(K.DINGTALK, house.address, signed=True))
    a_channel(town, app, K.GATEWAY, given(K.GATEWAY, house.address))
    a_channel(town, app, K.SMTP, given(K.SMTP, user="u", mail_password=PASSWORD))
    told(replace(SOMETHING, person_id=town.person("reporter").id))
    house.by_path = {
        "/cgi-bin": Answer({"errcode": 7, "errmsg": f"no such key {KEY}"}),
        "/robot": Answer({"errcode": 7, "errmsg": f"{KEY} signed with {SIGN}"}),
        "/sms": Answer({"code": f"Bearer {TOKEN} is not known"}),
    }
    deliver()
    for channel in queries.channels():
        if channel.kind is not K.SMTP:
            operations.test(actor, channel, clock.now(), keys_of(app))
    everything = caplog.text
    for table in db.metadata.sorted_tables:
        everything += "".join(str(row) for row in db.session.execute(table.select()))
    for path in [*app.config["PORTAL"].data.rglob("*"), *_files_of_the_database()]:
        if path.is_file() and path.name != sealed.KEY:
            everything += path.read_bytes().decode("utf-8", "replace")
    assert "对方没有收下" in everything
    for secret in SECRETS:
        assert secret not in everything
    assert db.session.execute(text("select count(*) from channel")).scalar() == 5
    assert {channel.secret[:4] for channel in db.session.query(Channel)} == {"gAAA"}
    assert db.session.query(OutboxMessage).count() >= 4


def _files_of_the_database() -> list[Path]:
    """The database as it lies on the disk; none where a server holds it."""
    address = db.engine.url
    path = Path(address.database or "")
    return [] if ON_POSTGRESQL else list(path.parent.glob(f"{path.name}*"))
