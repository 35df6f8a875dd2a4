"""Mail addresses as people type them."""

import re
import unicodedata

from town_portal.foundation.errors import Refused

LONGEST = 120
_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}")


def check(typed: str) -> str:
    """The address as it is kept; Refused where it cannot be one. Full-width letters do not matter."""
    text = unicodedata.normalize("NFKC", typed).strip()
    if len(text) > LONGEST or not _ADDRESS.fullmatch(text) or ".." in text:
        raise Refused("邮箱地址要写成 name@example.com 这样，请核对")
    return text


def mask(address: str) -> str:
    """l***@163.com: enough to recognise one's own."""
    name, _, place = address.partition("@")
    return f"{name[:1]}***@{place}"
