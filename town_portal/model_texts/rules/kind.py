"""What kind of event a model text is for."""

from enum import StrEnum


class EventKind(StrEnum):
    """The kinds in the order in which they are shown: what villages report most comes first."""

    MEETING = "meeting"
    PATROL = "patrol"
    ACTIVITY = "activity"
    VISIT = "visit"
    TRAINING = "training"
    ENVIRONMENT = "environment"
    WORKS = "works"
    FARMING = "farming"
    EMERGENCY = "emergency"
    NOTICE = "notice"
    PUBLICITY = "publicity"
    ACCOUNTS = "accounts"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The word in Chinese."""
        return LABELS[self]


LABELS = {
    EventKind.MEETING: "会议",
    EventKind.PATROL: "巡查",
    EventKind.ACTIVITY: "活动",
    EventKind.VISIT: "走访",
    EventKind.TRAINING: "培训",
    EventKind.ENVIRONMENT: "环境整治",
    EventKind.WORKS: "工程建设",
    EventKind.FARMING: "农业生产",
    EventKind.EMERGENCY: "防汛应急",
    EventKind.NOTICE: "通知",
    EventKind.PUBLICITY: "公示",
    EventKind.ACCOUNTS: "财务公开",
    EventKind.OTHER: "其他",
}
