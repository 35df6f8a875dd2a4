"""What became of a message."""

from enum import StrEnum


class Fate(StrEnum):
    """Where a message stands; all but the first are final until a person sends it again."""

    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"
    EXPIRED = "expired"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        """The fate in Chinese."""
        return {
            "waiting": "待发送",
            "sent": "已送出",
            "dead": "没送到",
            "expired": "过时没发",
            "dropped": "已放弃",
        }[self.value]
