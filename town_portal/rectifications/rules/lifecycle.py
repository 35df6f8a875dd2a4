"""The life of a 整改事项 on one screen.

Accepting closes it (销号): a second button for what was just accepted would be one more thing to forget.
"""

from enum import StrEnum

from town_portal.access.permissions import Permission as P
from town_portal.workflow.lifecycle import Lifecycle, Move


class RectificationState(StrEnum):
    """Where a rectification is."""

    OPEN = "open"
    ANSWERED = "answered"
    SENT_BACK = "sent_back"
    CLOSED = "closed"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """The state in Chinese."""
        return LABELS[self]


S = RectificationState

LABELS = {
    S.OPEN: "待整改",
    S.ANSWERED: "待核查",
    S.SENT_BACK: "重新整改中",
    S.CLOSED: "已销号",
    S.CANCELLED: "整改已撤销",
}

WITH_UNIT = (S.OPEN, S.SENT_BACK)
"""The unit has to do something."""
RUNNING = (*WITH_UNIT, S.ANSWERED)
DONE = (S.CLOSED, S.CANCELLED)

LIFECYCLE = Lifecycle(
    Move("answer_rectification", "答复整改", S.OPEN, (S.ANSWERED,), P.RECTIFICATION_ANSWER),
    Move("answer_rectification", "答复整改", S.SENT_BACK, (S.ANSWERED,), P.RECTIFICATION_ANSWER),
    Move("accept_rectification", "整改核查通过", S.ANSWERED, (S.CLOSED,), P.RECTIFICATION_CHECK),
    Move("send_back_rectification", "退回重新整改", S.ANSWERED, (S.SENT_BACK,), P.RECTIFICATION_CHECK),
    Move("cancel_rectification", "撤销整改", S.OPEN, (S.CANCELLED,), P.RECTIFICATION_OPEN),
    Move("cancel_rectification", "撤销整改", S.SENT_BACK, (S.CANCELLED,), P.RECTIFICATION_OPEN),
)
