"""The words of a fault: who found it, how heavy it is, why it came about, how it is mended."""

from collections.abc import Collection
from enum import StrEnum

from town_portal.proofreading.rules.finding import Family


class FaultOrigin(StrEnum):
    """发现途径: who came upon a fault first."""

    MONITOR = "monitor"
    READER = "reader"
    SPOT_CHECK = "spot_check"
    NIGHT = "night"
    SUPERIOR = "superior"
    OWN = "own"

    @property
    def label(self) -> str:
        """The word in Chinese."""
        return {
            "monitor": "网站监测",
            "reader": "读者纠错",
            "spot_check": "质量抽查",
            "night": "夜间巡检",
            "superior": "上级指出",
            "own": "本镇自查",
        }[self.value]


class FaultSeverity(StrEnum):
    """差错轻重: what the scoring of a quarter goes by; secrecy is a matter of its own."""

    MINOR = "minor"
    MAJOR = "major"
    SECRECY = "secrecy"

    @property
    def label(self) -> str:
        """The word in Chinese."""
        return {"minor": "一般差错", "major": "严重差错", "secrecy": "泄密"}[self.value]


class FaultCause(StrEnum):
    """差错原因: the two the town's own report complains of, and what else goes wrong."""

    FIGURES = "figures"
    WORDING = "wording"
    TYPO = "typo"
    NAME = "name"
    DATE = "date"
    CONDITION = "condition"
    PRIVACY = "privacy"
    SECRECY = "secrecy"
    OUTDATED = "outdated"
    MEDIA = "media"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The word in Chinese."""
        return {
            "figures": "数据核对不细致",
            "wording": "语义表述不规范",
            "typo": "写了错别字",
            "name": "姓名职务或名称写错",
            "date": "时间日期写错",
            "condition": "政策条件写错",
            "privacy": "个人信息没有处理",
            "secrecy": "保密审查不严",
            "outdated": "情况变了没有更新",
            "media": "图片附件或链接有误",
            "other": "其他原因",
        }[self.value]


class FixWay(StrEnum):
    """改正方式: how the public text is put right."""

    IN_PLACE = "in_place"
    REVIEW = "review"
    WITHDRAWAL = "withdrawal"

    @property
    def label(self) -> str:
        """The word in Chinese."""
        return {"in_place": "就地改正", "review": "走更正稿", "withdrawal": "先行撤下"}[self.value]


_SECRECY = frozenset({Family.SECRECY})
_PERSONAL = frozenset({Family.PRIVACY_ID, Family.PRIVACY_PHONE, Family.PRIVACY_BANK, Family.PRIVACY_PERSONAL})


def severity_by_rule(
    families: Collection[Family] = (), cause: FaultCause | None = None, *, values: bool
) -> FaultSeverity:
    """How heavy a fault is, before anybody decides otherwise.

    ``families`` are what the proofreader finds in the words, ``cause`` is what was set down as the
    reason, ``values``: figures, names, dates, amounts or conditions were wrong. Secrecy outweighs
    everything; personal data and wrong values are major; the rest is minor.
    """
    if _SECRECY & set(families) or cause is FaultCause.SECRECY:
        return FaultSeverity.SECRECY
    if values or _PERSONAL & set(families) or cause is FaultCause.PRIVACY:
        return FaultSeverity.MAJOR
    return FaultSeverity.MINOR
