"""What services answer."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from town_portal.notifications.rules.answer import at_pointer, judge
from town_portal.notifications.rules.connection import Connection
from town_portal.notifications.rules.kinds import ChannelKind as K

GATEWAY = {"pointer": "/code", "expected": "0", "number_pointer": "/data/0/id", "again": ["busy", "17"]}


def connection(kind: K, **config: Any) -> Connection:
    return Connection(kind, "https://a.example", {**GATEWAY, **config}, {"key": "the-secret-key"})


@pytest.mark.parametrize(
    ("kind", "status", "said", "delivered", "again", "troubled", "words"),
    [
        (K.WECOM, 200, {"errcode": 0, "errmsg": "ok"}, True, False, False, "已送出"),
        (K.WECOM, 200, {"errcode": 45009}, False, True, True, "发得太快"),
        (K.WECOM, 200, {"errcode": 93000}, False, False, True, "重新复制 Webhook 地址"),
        (K.WECOM, 200, {"errcode": 45002}, False, False, False, "内容太长"),
        (
            K.WECOM,
            200,
            {"errcode": 12345, "errmsg": "why the-secret-key"},
            False,
            False,
            False,
            "编码 12345：why ＊＊＊",
        ),
        (K.WECOM, 200, {"errcode": 12345, "errmsg": "system busy"}, False, True, True, "发得太快"),
        (K.WECOM, 500, {"errcode": 0}, False, True, True, "HTTP 500"),
        (K.WECOM, 200, {"errcode": "0"}, False, True, True, "看不懂"),
        (K.WECOM, 200, [], False, True, True, "看不懂"),
        (K.DINGTALK, 200, {"errcode": 0, "errmsg": "ok"}, True, False, False, ""),
        (K.DINGTALK, 200, {"errcode": 310000, "errmsg": "keywords not in content"}, False, False, True, "关键词"),
        (K.DINGTALK, 200, {"errcode": 310000, "errmsg": "sign not match"}, False, False, True, "加签密钥不对"),
        (K.DINGTALK, 200, {"errcode": 310000, "errmsg": "ip 1.2.3.4 not in whitelist"}, False, False, True, "网络地址"),
        (K.DINGTALK, 200, {"errcode": 130101, "errmsg": "send too fast"}, False, True, True, "发得太快"),
        (K.DINGTALK, 200, {"errcode": 300001, "errmsg": "token is not exist"}, False, False, True, "机器人地址不对"),
        (K.FEISHU, 200, {"code": 0, "msg": "success"}, True, False, False, ""),
        (K.FEISHU, 200, {"StatusCode": 0, "StatusMessage": "success"}, True, False, False, ""),
        (K.FEISHU, 200, {"code": 19024, "msg": "Key Words Not Found"}, False, False, True, "关键词"),
        (K.FEISHU, 400, {"code": 19021, "msg": "sign match fail"}, False, False, True, "加签密钥不对"),
        (K.FEISHU, 429, {"code": 88, "msg": "no"}, False, True, True, "发得太快"),
        (K.GATEWAY, 200, {"code": 0, "data": [{"id": 5}]}, True, False, False, ""),
        (K.GATEWAY, 200, {"code": "0"}, True, False, False, ""),
        (K.GATEWAY, 200, {"code": "busy"}, False, True, True, "再发一次"),
        (K.GATEWAY, 500, {"code": 17}, False, True, True, "再发一次"),
        (K.GATEWAY, 200, {"code": "bad number 13800000001"}, False, False, False, "返回 bad number ＊＊＊"),
        (K.GATEWAY, 200, {"other": 1}, False, True, True, "没有 /code 这一项"),
        (K.GATEWAY, 401, {"code": 0}, False, False, True, "不认这个密钥"),
        (K.GATEWAY, 400, {"code": 0}, False, False, False, "HTTP 400"),
        (K.GATEWAY, 302, {}, False, False, True, "转到了别处"),
        (K.GATEWAY, 429, {}, False, True, True, "发得太快"),
    ],
)
def test_what_an_answer_means(
    kind: K, status: int, said: object, *, delivered: bool, again: bool, troubled: bool, words: str
) -> None:
    outcome = judge(connection(kind), status, json.dumps(said).encode())
    assert (outcome.delivered, outcome.again, outcome.troubled) == (delivered, again, troubled)
    assert words in outcome.words
    assert "the-secret-key" not in outcome.words


def test_a_gateway_that_speaks_no_json() -> None:
    plain = connection(K.GATEWAY, pointer="", expected="OK", number_pointer="")
    assert judge(plain, 200, b"OK,12345").delivered
    assert judge(plain, 200, b"OK").delivered
    assert not judge(plain, 200, b"OKAY").delivered
    assert judge(plain, 200, b"").words == "网关没有收下（返回 空白）。请对照服务商的返回码说明"


def test_the_number_of_a_gateway() -> None:
    said = b'{"code": 0, "data": [{"id": 5}]}'
    assert judge(connection(K.GATEWAY), 200, said).number == "5"
    assert judge(connection(K.GATEWAY, number_pointer="/nothing"), 200, said).number == ""


def test_pointers() -> None:
    value = {"a/b": {"~": [1, 2]}}
    assert at_pointer(value, "/a~1b/~0/1") == 2
    assert at_pointer(value, "") is value


@given(
    status=st.integers(100, 599),
    body=st.binary(max_size=200),
    kind=st.sampled_from([K.WECOM, K.DINGTALK, K.FEISHU, K.GATEWAY]),
)
def test_no_answer_breaks_anything(status: int, body: bytes, kind: K) -> None:
    outcome = judge(connection(kind), status, body)
    assert outcome.words
    assert not (outcome.delivered and outcome.again)


def test_a_deep_answer_is_not_understood() -> None:
    assert judge(connection(K.WECOM), 200, b"[" * 60_000).again
