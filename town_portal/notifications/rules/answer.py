"""What a service answered, and what that means for the message and the channel.

The robots answer HTTP 200 to everything: what counts is the code in the body. The tables hold the
codes whose cause an administrator can mend; others are told with the service's own words.
"""

import json
import re
from typing import Any

from town_portal.notifications.rules.connection import Connection
from town_portal.notifications.rules.kinds import ChannelKind
from town_portal.notifications.rules.outcome import Outcome, broken, delivered, later, quoted, unwanted

_ABSENT = object()
_HURRIED = re.compile(r"freq|too (fast|many|often)|rate.?limit|限流|频率|busy|繁忙", re.IGNORECASE)

_GONE = "机器人地址不对，或者机器人已被移出群。请到群里重新复制 Webhook 地址，在“更换密钥”里换上"
_IP = "这台服务器的网络地址不在机器人允许的范围内。请在机器人的安全设置里加上，或者改用别的安全方式"
_SIGN = "加签密钥不对，或者服务器的时间不准。请重新复制密钥，在“更换密钥”里换上"
_WORDS = "机器人设了关键词，消息里没有。请在机器人的安全设置里把关键词改成“信息公开”"
_FAST = "发得太快，对方让缓一缓，过一会儿自动再发"
_BUSY = "对方系统繁忙，过一会儿自动再发"
_LONG = "内容太长，对方没有收。请把这条通道的“最多字节数”改小"

WECOM: dict[int, Outcome] = {
    -1: later(_BUSY),
    45009: later(_FAST),
    45033: later(_FAST),
    93000: broken(_GONE),
    93004: broken("机器人被停用了。请在群里启用它，或者新建一个，在“更换密钥”里换上"),
    93008: broken(_GONE),
    60020: broken(_IP),
    45002: unwanted(_LONG),
    40058: unwanted("消息里有对方不接受的内容"),
}
DINGTALK: dict[int, Outcome] = {
    -1: later(_BUSY),
    130101: later(_FAST),
    410100: later(_FAST),
    300001: broken(_GONE),
    300005: broken(_GONE),
    400101: broken(_GONE),
    400013: broken("这个群已经解散。请停用这条通道，或者换成新群的机器人"),
    400102: broken("机器人被停用了。请在群里启用它，或者新建一个，在“更换密钥”里换上"),
    430101: unwanted("消息里的网址不在对方允许的范围内"),
    430102: unwanted("消息里有对方不接受的文字"),
}
FEISHU: dict[int, Outcome] = {
    9499: later(_BUSY),
    11232: later(_FAST),
    99991400: later(_FAST),
    19001: broken(_GONE),
    19021: broken(_SIGN),
    19022: broken(_IP),
    19024: broken(_WORDS),
}
_DINGTALK_SAFETY = 310000
"""One code for three settings; its words tell which."""


def judge(connection: Connection, status: int, body: bytes) -> Outcome:
    """What an HTTP answer means. ``body``: at most what was read of it."""
    said = _parsed(body)
    match connection.kind:
        case ChannelKind.GATEWAY:
            return _gateway(connection, status, body, said)
        case ChannelKind.FEISHU:
            code, words = _code(said, "code", "StatusCode"), _told(said, "msg", "StatusMessage")
            known = FEISHU
        case kind:
            code, words = _code(said, "errcode"), _told(said, "errmsg")
            known = WECOM if kind is ChannelKind.WECOM else DINGTALK
    if code is None:
        return by_status(status)
    if code == 0:
        return delivered() if 200 <= status < 300 else by_status(status)
    if code in known:
        return known[code]
    if code == _DINGTALK_SAFETY and connection.kind is ChannelKind.DINGTALK:
        return _by_safety(words)
    if status == 429 or status >= 500 or _HURRIED.search(words):
        return later(_FAST if _HURRIED.search(words) or status == 429 else _BUSY)
    return unwanted(f"对方没有收下（编码 {code}：{quoted(words, connection.secrets)}）")


def by_status(status: int) -> Outcome:
    """What an answer means that tells nothing but its HTTP status."""
    if status == 429:
        return later(_FAST)
    if status >= 500 or status == 408:
        return later(f"对方的服务器出了错（HTTP {status}），过一会儿自动再发")
    if 300 <= status < 400:
        return broken(f"这个地址转到了别处（HTTP {status}），系统不会跟着转。请核对地址，在“更换密钥”里换上")
    if status in (401, 403):
        return broken(f"对方不认这个密钥（HTTP {status}）。请重新复制，在“更换密钥”里换上")
    if status in (404, 405, 410):
        return broken(f"地址不对（HTTP {status}）。请重新复制，在“更换密钥”里换上")
    if status >= 400:
        return unwanted(f"对方没有收下（HTTP {status}）")
    return later("对方的回答看不懂，可能中间有别的网页挡着，过一会儿自动再发")


def _gateway(connection: Connection, status: int, body: bytes, said: Any) -> Outcome:
    config = connection.config
    if config["pointer"]:
        value = at_pointer(said, config["pointer"])
        told = None if value is _ABSENT else _word(value)
    else:
        told = re.split(r"[\s,:|;]", body.decode("utf-8", "replace").strip(), maxsplit=1)[0]
    if told is not None and told in config["again"]:
        return later(f"网关让再发一次（返回 {quoted(told, connection.secrets)}），过一会儿自动再发")
    if not 200 <= status < 300:
        return by_status(status)
    if told is None:
        return later(f"网关的回答里没有 {config['pointer']} 这一项，过一会儿自动再发。一直这样，请核对“返回值的位置”")
    if told == config["expected"]:
        number = at_pointer(said, config["number_pointer"]) if config["number_pointer"] else ""
        return delivered("" if number is _ABSENT else quoted(_word(number), connection.secrets))
    return unwanted(f"网关没有收下（返回 {quoted(told, connection.secrets) or '空白'}）。请对照服务商的返回码说明")


def at_pointer(value: Any, pointer: str) -> Any:
    """What a JSON pointer (RFC 6901) points at; ``_ABSENT`` where nothing is."""
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict) and name in value:
            value = value[name]
        elif isinstance(value, list) and name.isascii() and name.isdigit() and int(name) < len(value):
            value = value[int(name)]
        else:
            return _ABSENT
    return value


def _word(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _code(said: Any, *names: str) -> int | None:
    if isinstance(said, dict):
        for name in names:
            value = said.get(name)
            if isinstance(value, int) and not isinstance(value, bool):
                return value
    return None


def _told(said: Any, *names: str) -> str:
    return next((said[name] for name in names if isinstance(said, dict) and isinstance(said.get(name), str)), "")


def _by_safety(words: str) -> Outcome:
    said = words.lower()
    if "keyword" in said:
        return broken(_WORDS)
    if "ip" in re.findall(r"[a-z]+", said):
        return broken(_IP)
    return broken(_SIGN)
