"""Where the seed comes from. It is said before the list is fixed, and known only afterwards."""

import re
from datetime import date
from enum import StrEnum

from town_portal.foundation.errors import Refused

LATER = 5
"""How many acts after the one that fixed the list the trail's own seed is taken from."""
LONGEST = 80


class SeedKind(StrEnum):
    """Two ways to a number nobody chose."""

    TRAIL = "trail"
    """The trail's digest of an act that has not happened yet: it depends on what others do and when."""
    PUBLIC = "public"
    """A number drawn in public on a later day, such as a lottery's."""

    @property
    def label(self) -> str:
        """The way in Chinese."""
        return {"trail": "留痕校验值", "public": "公开摇出的号码"}[self.value]


def check_announced(words: str, on: date | None, today: date) -> tuple[str, date]:
    """What is announced of a public number: which, and on which later day. Refused otherwise."""
    words = " ".join(words.split())
    if not 6 <= len(words) <= LONGEST:
        raise Refused("请写清用哪一期的什么号码，别人照着能查到，如“中国体彩排列五第 26312 期”。")
    if on is None or on <= today:
        raise Refused("号码要在封存名单以后才摇出，公布日期要晚于今天。")
    return words, on


def tidy(number: str) -> str:
    """A public number as it goes into the draw: digits in groups, one blank between them. Refused for anything else."""
    groups = re.findall(r"\d+", number)
    if not groups or re.search(r"[^\d\s,，、+-]", number):
        raise Refused("请照公布的样子填号码，只写数字，中间可以用空格隔开。")
    return " ".join(groups)
