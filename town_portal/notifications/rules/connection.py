"""How a channel is connected: what may be seen of it and what is sealed, from what was typed."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from town_portal.foundation.errors import Refused
from town_portal.notifications.rules import address, mail, template
from town_portal.notifications.rules.kinds import ChannelKind
from town_portal.notifications.rules.template import Template

SECURITIES = {"ssl": "SSL（多用 465 端口）", "starttls": "STARTTLS（多用 587 端口）", "none": "不加密（只限内网）"}
LONGEST_SECRET = 500


@dataclass(frozen=True, slots=True)
class Connection:
    """A channel's connection, opened. ``secret`` never leaves the sending code; its repr is kept short of it."""

    kind: ChannelKind
    address: str
    config: Mapping[str, Any] = field(default_factory=dict)
    secret: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must stand in no log, page or error."""
        return tuple(self.secret.values())


def checked(kind: ChannelKind, given: Mapping[str, str]) -> Connection:
    """The connection that typed fields stand for; Refused with words for what is missing or wrong."""
    match kind:
        case ChannelKind.WECOM:
            place, key = address.with_parameter(given.get("webhook", ""), "key")
            return Connection(kind, place, {}, _secrets(key=key))
        case ChannelKind.DINGTALK:
            place, key = address.with_parameter(given.get("webhook", ""), "access_token")
            return Connection(kind, place, *_signed(key, given))
        case ChannelKind.FEISHU:
            place, key = address.with_last_part(given.get("webhook", ""))
            return Connection(kind, place, *_signed(key, given))
        case ChannelKind.SMTP:
            return _mail_box(given)
        case ChannelKind.GATEWAY:
            return _gateway(given)
        case ChannelKind.APPRISE:
            return _other(given)


def opened(kind: ChannelKind, address: str, config: Mapping[str, Any], secret: str) -> Connection:
    """The connection that is kept as an address, what may be seen, and an unsealed secret (JSON)."""
    return Connection(kind, address, config, json.loads(secret))


def gateway_template(config: Mapping[str, Any], url: str) -> Template:
    """A gateway's template as it is kept."""
    return Template(
        method=config["method"], url=url, headers=config["headers"], body=config["body"], form=config["form"]
    )


def _secrets(**given: str) -> dict[str, str]:
    for value in given.values():
        if len(value) > LONGEST_SECRET or not value.isprintable():
            raise Refused("密钥里有看不见的字符，请重新复制")
    return {name: value for name, value in given.items() if value}


def _signed(key: str, given: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    sign = given.get("signing_secret", "").strip()
    return {"signed": bool(sign)}, _secrets(key=key, sign=sign)


def _mail_box(given: Mapping[str, str]) -> Connection:
    host = given.get("host", "").strip().lower()
    if not re.fullmatch(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?", host):
        raise Refused("发信服务器要写成 smtp.example.com 这样的名称，不带 http")
    port = given.get("port", "").strip()
    if not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        raise Refused("端口要写 1—65535 的整数，常用 465 或 587")
    security = given.get("security", "")
    if security not in SECURITIES:
        raise Refused("加密方式请从列出的里面选一个")
    user, password = given.get("user", "").strip(), given.get("mail_password", "").strip()
    if bool(user) != bool(password):
        raise Refused("账号和授权码要么都填，要么都不填")
    if not user.isprintable() or len(user) > LONGEST_SECRET:
        raise Refused("账号里有看不见的字符，请重新填写")
    config = {"port": int(port), "security": security, "user": user, "sender": mail.check(given.get("sender", ""))}
    return Connection(ChannelKind.SMTP, host, config, _secrets(password=password))


def _gateway(given: Mapping[str, str]) -> Connection:
    made = Template(
        method=given.get("method", "POST"),
        url=given.get("url", "").strip(),
        headers=given.get("headers", "").strip(),
        body=given.get("body", "").strip(),
        form=given.get("body_kind") == "form",
    )
    template.check(made)
    secret = given.get("gateway_secret", "").strip()
    if template.asks_secret(made) and not secret:
        raise Refused("模板里用了 {secret}，请填密钥")
    if secret and not template.asks_secret(made):
        raise Refused("填了密钥，但模板里没有 {secret}，不知道用在哪里")
    expected, pointer = given.get("expected", "").strip(), given.get("pointer", "").strip()
    if not expected or len(expected) > 100:
        raise Refused("请写明网关收下时返回的值，比如 0 或 OK")
    number = given.get("number_pointer", "").strip()
    for one in (pointer, number):
        if one and (not one.startswith("/") or len(one) > 100):
            raise Refused("返回值的位置要写成 /code 这样，以 / 开头")
    again = [value.strip() for value in re.split(r"[,，、\s]+", given.get("retry_values", "")) if value.strip()]
    config = {
        "method": made.method,
        "headers": made.headers,
        "body": made.body,
        "form": made.form,
        "pointer": pointer,
        "expected": expected,
        "number_pointer": number,
        "again": again[:20],
    }
    return Connection(ChannelKind.GATEWAY, made.url, config, _secrets(secret=secret))


def _other(given: Mapping[str, str]) -> Connection:
    typed = given.get("service_address", "").strip()
    scheme, mark, rest = typed.partition("://")
    if not mark or not rest or not re.fullmatch(r"[a-z][a-z0-9+.-]{1,20}", scheme) or re.search(r"\s", typed):
        raise Refused("地址不是 Apprise 的格式，请照 Apprise 的说明整段填写")
    if scheme in ("file", "dbus", "qt", "glib", "gnome", "macosx", "windows", "syslog", "kde"):
        raise Refused(f"“{scheme}”只发给服务器自己，请换一种服务")
    return Connection(ChannelKind.APPRISE, f"{scheme}://", {}, _secrets(url=typed))
