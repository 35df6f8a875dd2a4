"""What each service is sent, to the byte."""

import json
from datetime import UTC, datetime

import pytest

from town_portal.notifications.rules.connection import Connection
from town_portal.notifications.rules.kinds import ChannelKind as K
from town_portal.notifications.rules.payload import Envelope, dingtalk_sign, feishu_sign, key_of, request

AT = datetime(2026, 11, 23, 9, 15, 0, 250_000, tzinfo=UTC)
DINGTALK = "jcUpW0QmtKduN03n4JqQ0PBosVjqnM8gU7fIIvsDmCM%3D"
FEISHU = "fiWS2+gh28DOydAv7hzONH/mDn9+b1Y4Y5ivXWXy8vA="
ENVELOPE = Envelope(key="0123abcd", number=7, text="三审通过 ①", phone="13800000005")


def test_wecom() -> None:
    made = request(Connection(K.WECOM, "https://qy.example/cgi-bin/webhook/send", {}, {"key": "a b"}), ENVELOPE, AT)
    assert made.url == "https://qy.example/cgi-bin/webhook/send?key=a%20b"
    assert made.headers == {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": "0123abcd"}
    assert made.body.decode() == (
        '{"msgtype": "text", "text": {"content": "三审通过 ①", "mentioned_mobile_list": ["13800000005"]}}'
    )


def test_dingtalk() -> None:
    plain = Connection(K.DINGTALK, "https://oapi.example/robot/send", {}, {"key": "t"})
    made = request(plain, ENVELOPE, AT)
    assert made.url == "https://oapi.example/robot/send?access_token=t"
    assert json.loads(made.body) == {
        "msgtype": "text",
        "text": {"content": "三审通过 ①"},
        "at": {"atMobiles": ["13800000005"], "isAtAll": False},
    }
    signed = request(Connection(K.DINGTALK, plain.address, {}, {"key": "t", "sign": "SECabc"}), ENVELOPE, AT)
    stamp = "1795425300250"
    assert signed.url == f"{made.url}&timestamp={stamp}&sign={dingtalk_sign('SECabc', int(stamp))}"


def test_feishu() -> None:
    made = request(
        Connection(K.FEISHU, "https://open.example/open-apis/bot/v2/hook", {}, {"key": "t", "sign": "s"}), ENVELOPE, AT
    )
    assert made.url == "https://open.example/open-apis/bot/v2/hook/t"
    assert json.loads(made.body) == {
        "timestamp": "1795425300",
        "sign": feishu_sign("s", 1795425300),
        "msg_type": "text",
        "content": {"text": "三审通过 ①"},
    }


def test_signatures_against_openssl() -> None:
    """printf '1700000000000\\nSECabc' | openssl dgst -sha256 -hmac SECabc -binary | base64, and the like."""
    assert dingtalk_sign("SECabc", 1_700_000_000_000) == DINGTALK
    assert feishu_sign("secret", 1_700_000_000) == FEISHU


def test_a_key_is_the_same_every_time_and_another_on_another_channel() -> None:
    assert key_of("稿件 5 到期", 1) == key_of("稿件 5 到期", 1)
    assert key_of("稿件 5 到期", 1) != key_of("稿件 5 到期", 2)
    assert key_of("稿件 5 到期", 1).isascii()


def test_a_mail_box_is_not_asked_by_http() -> None:
    with pytest.raises(ValueError, match="not reached by HTTP"):
        request(Connection(K.SMTP, "smtp.example"), ENVELOPE, AT)
