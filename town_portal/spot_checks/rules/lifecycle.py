"""The life of a 抽查 on one screen."""

from enum import StrEnum

from town_portal.access.permissions import Permission as P
from town_portal.workflow.lifecycle import Lifecycle, Move


class SpotCheckState(StrEnum):
    """Where a spot check is."""

    SEALED = "sealed"
    DRAWN = "drawn"
    FINISHED = "finished"
    ABANDONED = "abandoned"

    @property
    def label(self) -> str:
        """The state in Chinese."""
        return LABELS[self]


S = SpotCheckState

LABELS = {
    S.SEALED: "名单已封存，待抽取",
    S.DRAWN: "检查中",
    S.FINISHED: "抽查完成",
    S.ABANDONED: "抽查已作废",
}

LIFECYCLE = Lifecycle(
    Move("draw_spot_check", "抽取", S.SEALED, (S.DRAWN,), P.SPOT_CHECK_RUN),
    Move("abandon_spot_check", "作废抽查", S.SEALED, (S.ABANDONED,), P.SPOT_CHECK_RUN),
    Move("finish_spot_check", "办结抽查", S.DRAWN, (S.FINISHED,), P.SPOT_CHECK_RUN),
)
"""A draw that was made is never taken back: whoever dislikes what came out would draw until he likes it."""
