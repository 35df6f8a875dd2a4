"""Addresses as people paste them: taken apart, so that what is secret in them is kept apart."""

import re
from urllib.parse import parse_qs, quote, urlsplit

from town_portal.foundation.errors import Refused

LONGEST = 1_000


def check(typed: str, label: str = "地址") -> str:
    """An http or https address without a name and password in it; Refused with what is wrong."""
    text = typed.strip()
    if not text:
        raise Refused(f"请填{label}")
    if len(text) > LONGEST or re.search(r"[\s\x00-\x1f\\]", text):
        raise Refused(f"{label}里有空格或换行，请重新复制")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise Refused(f"{label}不完整，请重新复制") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Refused(f"{label}要以 https:// 开头（内网的可以是 http://）")
    if "@" in parts.netloc:
        raise Refused(f"{label}里不能带用户名和密码")
    if parts.fragment or port == 0:
        raise Refused(f"{label}不完整，请重新复制")
    return text


def host(address: str) -> str:
    """The server of an address, with its port where one is named: what a page may show."""
    return urlsplit(address).netloc


def with_parameter(typed: str, name: str) -> tuple[str, str]:
    """(address without its query, the secret parameter) of a robot's address."""
    parts = urlsplit(check(typed, "机器人地址"))
    secret = parse_qs(parts.query).get(name, [""])[0]
    if not secret:
        raise Refused(f"机器人地址要带“{name}=……”这一段，请在群里重新复制完整的 Webhook 地址")
    return f"{parts.scheme}://{parts.netloc}{parts.path}", secret


def with_last_part(typed: str) -> tuple[str, str]:
    """(address without its last part, that part) of a robot's address as in …/hook/TOKEN."""
    parts = urlsplit(check(typed, "机器人地址"))
    before, _, secret = parts.path.rpartition("/")
    if not before.endswith("/hook") or not secret or parts.query:
        raise Refused("机器人地址要以“/hook/……”结尾，请在群里重新复制完整的 Webhook 地址")
    return f"{parts.scheme}://{parts.netloc}{before}", secret


def link(portal: str, path: str) -> str:
    """The absolute address of a place inside the portal; empty where the portal's own is not set.

    A path that would leave the portal gives none either.
    """
    if not portal or not path.startswith("/") or path.startswith("//") or "\\" in path:
        return ""
    return portal.rstrip("/") + quote(path, safe="/?&=#%+:,;@~!$'()*[]")
