"""The life of a 工作通报 on one screen. An issued one is never changed: a new one takes its place and says why."""

from enum import StrEnum

from town_portal.access.permissions import Permission as P
from town_portal.workflow.lifecycle import Lifecycle, Move


class BulletinState(StrEnum):
    """Where a bulletin is."""

    COMPILING = "compiling"
    CONSULTING = "consulting"
    ISSUED = "issued"
    REPLACED = "replaced"
    DISCARDED = "discarded"

    @property
    def label(self) -> str:
        """The state in Chinese."""
        return LABELS[self]


S = BulletinState

LABELS = {
    S.COMPILING: "编制中",
    S.CONSULTING: "征求意见中",
    S.ISSUED: "已印发",
    S.REPLACED: "已被替换",
    S.DISCARDED: "通报已作废",
}

OPEN = (S.COMPILING, S.CONSULTING)
"""Its words may change still."""
FROZEN = (S.ISSUED, S.REPLACED)
"""Nothing of it changes any more."""

LIFECYCLE = Lifecycle(
    Move("open_objections", "通报征求意见", S.COMPILING, (S.CONSULTING,), P.BULLETIN_COMPILE),
    Move("issue_bulletin", "印发通报", S.CONSULTING, (S.ISSUED,), P.BULLETIN_ISSUE),
    Move("replace_bulletin", "替换通报", S.ISSUED, (S.REPLACED,), P.BULLETIN_ISSUE),
    Move("discard_bulletin", "作废通报稿", S.COMPILING, (S.DISCARDED,), P.BULLETIN_COMPILE),
    Move("discard_bulletin", "作废通报稿", S.CONSULTING, (S.DISCARDED,), P.BULLETIN_COMPILE),
)
