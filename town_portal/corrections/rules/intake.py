"""What a reader's message must be like, and how many are taken. No name is asked, nothing is told in return."""

import re
from datetime import timedelta
from ipaddress import ip_address, ip_network

from town_portal.foundation.errors import Refused

SHORTEST, LONGEST, LONGEST_CONTACT = 4, 500, 60
QUICKEST = 3
"""Seconds nobody needs fewer of to read the form and to type."""
SLOWEST = timedelta(hours=12)
"""After that a page is drawn anew."""
SPAN = timedelta(hours=1)
FROM_NETWORK, FROM_ALL = 6, 120
"""Messages taken within the span: from one network (several households may share it), and altogether."""
_LINK = re.compile(r"https?:|www\.|[A-Za-z0-9-]\.(?:com|cn|net|org|top|xyz|cc|vip|info|shop)\b", re.IGNORECASE)


def check_words(words: str, contact: str) -> None:
    """Refuse what says nothing, says too much, or advertises."""
    if len(words) < SHORTEST:
        raise Refused("请写明哪里错了，比如“第二段的日期应当是 5 月 8 日”。")
    if len(words) > LONGEST:
        raise Refused(f"请控制在 {LONGEST} 字以内。")
    if len(contact) > LONGEST_CONTACT:
        raise Refused(f"联系方式请控制在 {LONGEST_CONTACT} 字以内。")
    if _LINK.search(words):
        raise Refused("请不要写网址，用文字说明就可以。")


def check_hand(trap: str, seconds: float | None) -> None:
    """Refuse what no hand typed: a field nobody sees was filled, or the form came back at once (or very late).

    ``seconds`` since the form was drawn; None where its mark is missing or not ours.
    """
    if trap or seconds is None or seconds > SLOWEST.total_seconds():
        raise Refused("这一页放得太久或不完整，没有收下。请再点一次“提交”。")
    if seconds < QUICKEST:
        raise Refused("提交得太快，没有收下。请等几秒钟再点一次“提交”。")


def check_flood(from_network: int, from_all: int) -> None:
    """Refuse more than some messages an hour."""
    if from_network >= FROM_NETWORK:
        raise Refused("您这里一小时内反映得比较多，请过一会儿再来，或者打页面下方的电话。")
    if from_all >= FROM_ALL:
        raise Refused("现在反映的人比较多，请过一会儿再来，或者打页面下方的电话。")


def network_of(address: str | None) -> str:
    """The network an address belongs to: 256 neighbours of the old kind, one household of the new."""
    try:
        version = ip_address(address or "").version
    except ValueError:
        return "unknown"
    return str(ip_network(f"{address}/{24 if version == 4 else 64}", strict=False))
