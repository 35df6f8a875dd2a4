"""Links to what came out: what may be recorded, what a machine may look at, and what it saw there.

The machine speaks to hosts of the allow-list only, by their standard ports or the one that is listed, at public
addresses; what it was told is judged here.
"""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, urljoin, urlsplit

from town_portal.foundation.errors import Refused

LONGEST = 500
PORTS = {"http": 80, "https": 443}
MOST_HOPS = 3
"""Redirects that are followed, each to a listed host."""
UNSURE_UNTIL = 3
"""A look that was told nothing certain counts as broken the third time in a row."""

GONE_WORDS = (
    "该内容已被发布者删除",
    "此内容已被发布者删除",
    "此内容因违规无法查看",
    "此帐号已被屏蔽",
    "此账号已被屏蔽",
    "该公众号已迁移",
    "链接已过期",
    "您访问的页面不存在",
)
"""What pages say that answer 200 and show nothing: WeChat's and some others' own words."""


class Seen(StrEnum):
    """What a look at a link showed."""

    FINE = "fine"
    GONE = "gone"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Look:
    """One look, with words for a person."""

    seen: Seen
    words: str


def tidy(url: str) -> str:
    """A link as it is recorded; Refused for what no browser opens, or what holds a password."""
    url = url.strip()
    if len(url) > LONGEST:
        raise Refused(f"链接太长，最多 {LONGEST} 个字符")
    parts = _parts(url)
    if parts is None or any(sign.isspace() or ord(sign) < 32 for sign in url):
        raise Refused("链接要以 https:// 或 http:// 开头，请从浏览器地址栏整条复制")
    if parts.username or parts.password:
        raise Refused("链接里带着账号或密码，请换一条不用登录就能打开的链接")
    return url


def _parts(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts if parts.scheme in PORTS and parts.hostname and "." in parts.hostname.strip(".") else None


def allowed(lines: Iterable[str]) -> frozenset[tuple[str, int]]:
    """(host, port) of every line of the allow-list: a bare host, or a host with its port."""
    found: set[tuple[str, int]] = set()
    for line in lines:
        parts = _parts("http://" + line.strip().removeprefix("https://").removeprefix("http://"))
        if parts is None or parts.hostname is None:
            continue
        ports = [parts.port] if parts.port else list(PORTS.values())
        found |= {(parts.hostname.lower().rstrip("."), port) for port in ports}
    return frozenset(found)


def target(url: str, hosts: frozenset[tuple[str, int]]) -> tuple[str, str, int] | None:
    """(scheme, host, port) a link leads to, if the list allows it; None when it does not."""
    parts = _parts(url)
    if parts is None or parts.hostname is None or parts.username or parts.password:
        return None
    host, port = parts.hostname.lower().rstrip("."), parts.port or PORTS[parts.scheme]
    return (parts.scheme, host, port) if (host, port) in hosts else None


def onward(url: str, location: str) -> str:
    """Where a redirect leads."""
    return urljoin(url, location)


def public(address: str) -> bool:
    """Is an address one of the open internet? Everything private, local, shared or reserved is not."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    if inner is None and found in _NAT64:
        inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
    if inner is not None:
        return public(str(inner))
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def judge(status: int, text: str) -> Look:
    """What an answer says; ``text`` is its beginning."""
    if 200 <= status < 300:
        said = next((words for words in GONE_WORDS if words in text), None)
        return Look(Seen.GONE, f"网页打得开，写着“{said}”") if said else Look(Seen.FINE, "打得开")
    if status in (404, 410):
        return Look(Seen.GONE, f"网页不在了（{status}）")
    if 300 <= status < 400:
        return Look(Seen.UNSURE, "转来转去，没有到头")
    return Look(Seen.UNSURE, f"对方没让看（{status}）")


def broken(look: Look, failures: int) -> bool:
    """Does a link count as broken after ``failures`` looks in a row, this one among them, that were not fine?"""
    return look.seen is Seen.GONE or (look.seen is Seen.UNSURE and failures >= UNSURE_UNTIL)
