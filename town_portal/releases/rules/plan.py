"""Which channels an article is to run on besides the portal: lines a person writes, read."""

import re
from collections.abc import Iterable

_BETWEEN = re.compile(r"[、，,；;]\s*")


def by_column(lines: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Column → channels, by their names, of lines such as “通知公告：佛冈通、佛冈发布”; a line that says neither is left out."""
    found: dict[str, tuple[str, ...]] = {}
    for line in lines:
        column, _, rest = line.replace(":", "：", 1).partition("：")
        channels = tuple(name.strip() for name in _BETWEEN.split(rest) if name.strip())
        if column.strip() and channels:
            found[column.strip()] = (*found.get(column.strip(), ()), *channels)
    return found
