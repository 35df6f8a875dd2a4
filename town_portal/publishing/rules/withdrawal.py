"""Why an article is taken away, and what the public is told in its place."""

from enum import StrEnum

from town_portal.foundation.errors import Refused


class WithdrawalKind(StrEnum):
    """撤下原因: why an article was taken away, of which follows what the public is told."""

    ERROR = "error"
    PRIVACY = "privacy"
    SECRECY = "secrecy"
    EXPIRED = "expired"
    RIGHTS = "rights"
    REPEATED = "repeated"
    ORDER = "order"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The words in Chinese."""
        return {
            "error": "内容有误",
            "privacy": "含个人信息",
            "secrecy": "涉嫌涉密",
            "expired": "已失效或被替代",
            "rights": "涉及他人权利",
            "repeated": "发重了",
            "order": "上级要求撤下",
            "other": "其他情况",
        }[self.value]


DUE = frozenset({WithdrawalKind.ERROR, WithdrawalKind.EXPIRED})
"""Who read it has to know that it no longer holds."""
NEVER = frozenset({WithdrawalKind.PRIVACY, WithdrawalKind.SECRECY})
"""A notice would lead people to look for what must not be known."""
SHORTEST = 4


def check_notice(kind: WithdrawalKind, notice: str) -> None:
    """Refuse a missing notice where one is due, and any where none may be."""
    if kind in DUE and len(notice) < SHORTEST:
        raise Refused(f"因“{kind.label}”撤下，要写一句给公众看的撤下说明，比如“数字有误，正在核实，改好后重新发布”。")
    if kind in NEVER and notice:
        raise Refused(f"因“{kind.label}”撤下的不出说明，以免引人去找。请把给公众的话删掉。")
