"""The life of one article on one channel, on one screen.

A channel the town keeps itself (an account, an app) is posted to; one that chooses (a newspaper) is sent a text and
takes it or not. Both end in the same state: it came out there.
"""

from enum import StrEnum

from town_portal.access.permissions import Permission as P
from town_portal.workflow.lifecycle import Lifecycle, Move


class ReleaseState(StrEnum):
    """Where an article is on its way to one channel."""

    PLANNED = "planned"
    SENT = "sent"
    REPORTED = "reported"
    RELEASED = "released"
    DECLINED = "declined"
    DROPPED = "dropped"
    RECALLED = "recalled"

    @property
    def label(self) -> str:
        """The state in Chinese."""
        return LABELS[self]


S = ReleaseState

LABELS = {
    S.PLANNED: "待渠道发布",
    S.SENT: "已报送渠道",
    S.REPORTED: "采用待核实",
    S.RELEASED: "渠道已发布",
    S.DECLINED: "未采用",
    S.DROPPED: "不发这个渠道",
    S.RECALLED: "渠道已撤回",
}

OPEN = (S.PLANNED, S.SENT, S.REPORTED)
"""Somebody still has to do something."""

LIFECYCLE = Lifecycle(
    Move("send_release", "报送渠道", S.PLANNED, (S.SENT,), P.RELEASE),
    Move("record_release", "登记渠道发布", S.PLANNED, (S.RELEASED,), P.RELEASE),
    Move("record_release", "登记渠道发布", S.SENT, (S.RELEASED,), P.RELEASE),
    Move("decline_release", "登记未采用", S.SENT, (S.DECLINED,), P.RELEASE),
    Move("report_adoption", "报告采用", S.PLANNED, (S.REPORTED,), P.RELEASE_REPORT),
    Move("report_adoption", "报告采用", S.SENT, (S.REPORTED,), P.RELEASE_REPORT),
    Move("report_adoption", "报告采用", S.DECLINED, (S.REPORTED,), P.RELEASE_REPORT),
    Move("confirm_adoption", "核实采用", S.REPORTED, (S.RELEASED,), P.RELEASE),
    Move("reject_adoption", "采用不属实", S.REPORTED, (S.PLANNED, S.SENT, S.DECLINED), P.RELEASE),
    Move("drop_release", "取消渠道计划", S.PLANNED, (S.DROPPED,), P.RELEASE),
    Move("resume_release", "恢复渠道计划", S.DROPPED, (S.PLANNED,), P.RELEASE),
    Move("take_back_release", "渠道登记有误", S.RELEASED, (S.PLANNED, S.SENT), P.RELEASE),
    Move("take_back_release", "渠道登记有误", S.DECLINED, (S.SENT,), P.RELEASE),
    Move("recall_release", "渠道撤回", S.RELEASED, (S.RECALLED,), P.RELEASE),
    Move("correct_release", "渠道更正", S.RELEASED, (S.RELEASED,), P.RELEASE),
)
