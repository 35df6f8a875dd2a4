"""What each service is sent, to the byte.

WeCom: https://developer.work.weixin.qq.com/document/path/91770 ; DingTalk's custom robot with
signature; Feishu's custom robot with signature. None of them knows an idempotency key: the header is
sent to all and read by gateways that do.
"""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import quote

from town_portal.notifications.rules import template
from town_portal.notifications.rules.connection import Connection, gateway_template
from town_portal.notifications.rules.kinds import ChannelKind
from town_portal.notifications.rules.template import Filled


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A written message with what is needed to bring it. ``key``: the same at every attempt, ASCII."""

    key: str
    number: int
    text: str
    heading: str = ""
    phone: str = ""
    """Whom to call in a group, or whose phone a text goes to."""
    mail: str = ""


def key_of(key: str, channel_id: int) -> str:
    """The idempotency key of a message on one channel, fit for a header."""
    return hashlib.sha256(f"{channel_id}:{key}".encode()).hexdigest()[:32]


def request(connection: Connection, envelope: Envelope, at: datetime) -> Filled:
    """The HTTP request that brings a message; ``at`` (UTC) stands in signatures."""
    match connection.kind:
        case ChannelKind.WECOM:
            made = _wecom(connection, envelope)
        case ChannelKind.DINGTALK:
            made = _dingtalk(connection, envelope, at)
        case ChannelKind.FEISHU:
            made = _feishu(connection, envelope, at)
        case ChannelKind.GATEWAY:
            made = _gateway(connection, envelope)
        case kind:
            raise ValueError(f"{kind} is not reached by HTTP")
    return replace(made, headers={**made.headers, "Idempotency-Key": envelope.key})


def dingtalk_sign(secret: str, milliseconds: int) -> str:
    """The signature that stands in a DingTalk robot's address."""
    digest = hmac.digest(secret.encode(), f"{milliseconds}\n{secret}".encode(), "sha256")
    return quote(base64.b64encode(digest).decode("ascii"), safe="")


def feishu_sign(secret: str, seconds: int) -> str:
    """The signature that stands in a Feishu robot's message: the key is what is signed, over nothing."""
    return base64.b64encode(hmac.digest(f"{seconds}\n{secret}".encode(), b"", "sha256")).decode("ascii")


def _wecom(connection: Connection, envelope: Envelope) -> Filled:
    text: dict[str, Any] = {"content": envelope.text}
    if envelope.phone:
        text["mentioned_mobile_list"] = [envelope.phone]
    url = f"{connection.address}?key={quote(connection.secret['key'], safe='')}"
    return _json(url, {"msgtype": "text", "text": text})


def _dingtalk(connection: Connection, envelope: Envelope, at: datetime) -> Filled:
    url = f"{connection.address}?access_token={quote(connection.secret['key'], safe='')}"
    if "sign" in connection.secret:
        stamp = int(at.timestamp() * 1000)
        url += f"&timestamp={stamp}&sign={dingtalk_sign(connection.secret['sign'], stamp)}"
    called = [envelope.phone] if envelope.phone else []
    body = {"msgtype": "text", "text": {"content": envelope.text}, "at": {"atMobiles": called, "isAtAll": False}}
    return _json(url, body)


def _feishu(connection: Connection, envelope: Envelope, at: datetime) -> Filled:
    body: dict[str, Any] = {"msg_type": "text", "content": {"text": envelope.text}}
    if "sign" in connection.secret:
        stamp = int(at.timestamp())
        body = {"timestamp": str(stamp), "sign": feishu_sign(connection.secret["sign"], stamp), **body}
    return _json(f"{connection.address}/{quote(connection.secret['key'], safe='')}", body)


def _gateway(connection: Connection, envelope: Envelope) -> Filled:
    values = {
        "phone": envelope.phone,
        "text": envelope.text,
        "number": str(envelope.number),
        "key": envelope.key,
        "secret": connection.secret.get("secret", ""),
    }
    return template.filled(gateway_template(connection.config, connection.address), values)


def _json(url: str, body: dict[str, Any]) -> Filled:
    words = json.dumps(body, ensure_ascii=False).encode()
    return Filled("POST", url, {"Content-Type": "application/json; charset=utf-8"}, words)
