"""What kind of place a channel is, and the four the town works today."""

from enum import StrEnum
from typing import NamedTuple


class Tier(StrEnum):
    """Whose channel it is: what points are given by (facts, §6)."""

    OWN = "own"
    COUNTY = "county"
    CITY = "city"
    PROVINCE = "province"
    NATION = "nation"

    @property
    def label(self) -> str:
        """The tier in Chinese."""
        return {"own": "本镇", "county": "县级", "city": "市级", "province": "省级", "nation": "国家级"}[self.value]


class Medium(StrEnum):
    """What it is read in: decides what a copy for it looks like."""

    SITE = "site"
    WECHAT = "wechat"
    APP = "app"
    NEWSPAPER = "newspaper"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The word in Chinese."""
        return {"site": "网站", "wechat": "微信公众号", "app": "手机客户端", "newspaper": "报纸", "other": "其他"}[
            self.value
        ]


class Founding(NamedTuple):
    """A channel as it is set up first."""

    code: str
    name: str
    tier: Tier
    medium: Medium
    selects: bool


USUAL: tuple[Founding, ...] = (
    Founding("fgt", "佛冈通", Tier.COUNTY, Medium.APP, False),
    Founding("fgfb", "佛冈发布", Tier.COUNTY, Medium.WECHAT, False),
    Founding("qyrb", "清远日报", Tier.CITY, Medium.NEWSPAPER, True),
    Founding("nfj", "南方+", Tier.PROVINCE, Medium.APP, True),
)
"""The source report, 二: “佛冈通”APP、“佛冈发布”微信公众号、清远日报、南方+."""
