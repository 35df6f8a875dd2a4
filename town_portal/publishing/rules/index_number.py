"""索引号 by pattern. Patterns differ from province to province, so it is a setting (facts §13)."""

from collections.abc import Mapping
from typing import Any

from town_portal.foundation.errors import Refused


def index_number(setting: Mapping[str, Any], year: int, serial: int) -> str:
    """The number of an item: ``{org}``, ``{year}`` and ``{serial}`` (five digits) filled in."""
    pattern = str(setting["pattern"])
    if "{serial}" not in pattern:
        raise Refused("索引号的样式里没有 {serial}（流水号），请统筹办公室在“系统设置”里改好再发布。")
    return (
        pattern.replace("{org}", str(setting["org"])).replace("{year}", str(year)).replace("{serial}", f"{serial:05d}")
    )
