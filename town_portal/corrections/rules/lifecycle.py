"""The life of a fault 差错 on one screen."""

from enum import StrEnum

from town_portal.access.permissions import Permission as P
from town_portal.workflow.lifecycle import Lifecycle, Move


class FaultState(StrEnum):
    """Where a fault is."""

    REPORTED = "reported"
    CONFIRMED = "confirmed"
    PROPOSED = "proposed"
    FIXED = "fixed"
    ANSWERED = "answered"
    CLOSED = "closed"
    DISMISSED = "dismissed"

    @property
    def label(self) -> str:
        """The state in Chinese."""
        return LABELS[self]


S = FaultState

LABELS = {
    S.REPORTED: "待受理",
    S.CONFIRMED: "待改正",
    S.PROPOSED: "待复核",
    S.FIXED: "待单位说明",
    S.ANSWERED: "待结案",
    S.CLOSED: "已结案",
    S.DISMISSED: "不成立",
}

OPEN = (S.REPORTED, S.CONFIRMED, S.PROPOSED, S.FIXED, S.ANSWERED)
"""Somebody still has to do something."""
COUNTED = (S.CONFIRMED, S.PROPOSED, S.FIXED, S.ANSWERED, S.CLOSED)
"""A fault indeed: somebody entitled said so and nobody took it back."""
MENDED = (S.FIXED, S.ANSWERED, S.CLOSED)
"""The public no longer reads it."""

LIFECYCLE = Lifecycle(
    Move("confirm_fault", "受理差错", S.REPORTED, (S.CONFIRMED,), P.FAULT_HANDLE),
    Move("dismiss_fault", "认定不成立", S.REPORTED, (S.DISMISSED,), P.FAULT_HANDLE),
    Move("dismiss_fault", "认定不成立", S.CONFIRMED, (S.DISMISSED,), P.FAULT_HANDLE),
    Move("propose_fix", "提出改正", S.CONFIRMED, (S.PROPOSED,), P.FAULT_FIX),
    Move("take_back_fix", "收回改正", S.PROPOSED, (S.CONFIRMED,), P.FAULT_FIX),
    Move("return_fix", "不同意改正", S.PROPOSED, (S.CONFIRMED,), P.FAULT_SIGN),
    Move("sign_fix", "复核改正", S.PROPOSED, (S.FIXED,), P.FAULT_SIGN),
    Move("withdraw_fault", "因差错撤下", S.CONFIRMED, (S.FIXED,), P.FAULT_FIX),
    Move("withdraw_fault", "因差错撤下", S.PROPOSED, (S.FIXED,), P.FAULT_FIX),
    Move("settle_fault", "登记已改正", S.CONFIRMED, (S.FIXED,), P.FAULT_FIX),
    Move("settle_fault", "登记已改正", S.PROPOSED, (S.FIXED,), P.FAULT_FIX),
    Move("answer_fault", "单位说明", S.FIXED, (S.ANSWERED,), P.FAULT_ANSWER),
    Move("close_fault", "差错结案", S.ANSWERED, (S.CLOSED,), P.FAULT_HANDLE),
)
