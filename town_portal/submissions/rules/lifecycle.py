"""The life of a 稿件 on one screen.

Which review stages an item passes is data (``route.py``); this table says what can happen at all.
"""

from enum import StrEnum

from town_portal.access.permissions import Permission as P
from town_portal.workflow.lifecycle import Lifecycle, Move


class State(StrEnum):
    """Where an item is."""

    DRAFT = "draft"
    FIRST_REVIEW = "first_review"
    SECOND_REVIEW = "second_review"
    CROSS_REVIEW = "cross_review"
    THIRD_REVIEW = "third_review"
    RETURNED = "returned"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    FILED = "filed"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"

    @property
    def label(self) -> str:
        """The state in Chinese."""
        return LABELS[self]


S = State

LABELS = {
    S.DRAFT: "草稿",
    S.FIRST_REVIEW: "待一审一校",
    S.SECOND_REVIEW: "待二审二校",
    S.CROSS_REVIEW: "交叉审核中",
    S.THIRD_REVIEW: "待三审三校",
    S.RETURNED: "已退回",
    S.APPROVED: "待发布",
    S.SCHEDULED: "已定时",
    S.PUBLISHED: "已发布",
    S.FILED: "已存档",
    S.WITHDRAWN: "已撤下",
    S.DISCARDED: "已作废",
}

IN_REVIEW = (S.FIRST_REVIEW, S.SECOND_REVIEW, S.CROSS_REVIEW, S.THIRD_REVIEW)
EDITABLE = (S.DRAFT, S.RETURNED)
ON_ITS_WAY = (*IN_REVIEW, S.APPROVED, S.SCHEDULED)
SUBMITTED = (*ON_ITS_WAY, S.RETURNED, S.PUBLISHED, S.FILED, S.WITHDRAWN)

LIFECYCLE = Lifecycle(
    Move("submit", "送审", S.DRAFT, (*IN_REVIEW, S.APPROVED), P.SUBMISSION_DRAFT),
    Move("submit", "修改后重报", S.RETURNED, (*IN_REVIEW, S.APPROVED), P.SUBMISSION_DRAFT),
    Move("sign", "一审通过", S.FIRST_REVIEW, (S.SECOND_REVIEW,), P.REVIEW),
    Move("sign", "二审通过", S.SECOND_REVIEW, (S.CROSS_REVIEW, S.THIRD_REVIEW), P.REVIEW),
    Move("sign", "交叉审核通过", S.CROSS_REVIEW, (S.THIRD_REVIEW,), P.REVIEW),
    Move("sign", "三审通过", S.THIRD_REVIEW, (S.APPROVED, S.FILED), P.REVIEW),
    Move("return", "一审退回", S.FIRST_REVIEW, (S.RETURNED,), P.REVIEW),
    Move("return", "二审退回", S.SECOND_REVIEW, (S.RETURNED,), P.REVIEW),
    Move("return", "交叉审核退回", S.CROSS_REVIEW, (S.RETURNED,), P.REVIEW),
    Move("return", "三审退回", S.THIRD_REVIEW, (S.RETURNED,), P.REVIEW),
    Move("return", "发布前退回", S.APPROVED, (S.RETURNED,), P.PUBLISH),
    Move("recall", "撤回送审", S.FIRST_REVIEW, (S.DRAFT,), P.SUBMISSION_DRAFT),
    Move("recall", "撤回送审", S.SECOND_REVIEW, (S.DRAFT,), P.SUBMISSION_DRAFT),
    Move("recall", "撤回送审", S.CROSS_REVIEW, (S.DRAFT,), P.SUBMISSION_DRAFT),
    Move("recall", "撤回送审", S.THIRD_REVIEW, (S.DRAFT,), P.SUBMISSION_DRAFT),
    Move("publish", "发布", S.APPROVED, (S.PUBLISHED,), P.PUBLISH),
    Move("publish", "定时发布", S.SCHEDULED, (S.PUBLISHED,), P.PUBLISH),
    Move("schedule", "定时", S.APPROVED, (S.SCHEDULED,), P.PUBLISH),
    Move("unschedule", "取消定时", S.SCHEDULED, (S.APPROVED,), P.PUBLISH),
    Move("withdraw", "撤下", S.PUBLISHED, (S.WITHDRAWN,), P.PUBLISH),
    Move("discard", "作废", S.DRAFT, (S.DISCARDED,), P.SUBMISSION_DRAFT),
    Move("discard", "作废", S.RETURNED, (S.DISCARDED,), P.SUBMISSION_DRAFT),
)
