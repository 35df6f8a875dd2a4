"""Where a rectification comes from. Rooms above are named by their address only."""

from enum import StrEnum


class Source(StrEnum):
    """What showed that something has to be put right."""

    BULLETIN = "bulletin"
    SPOT_CHECK = "spot_check"
    FAULT = "fault"
    COLUMN = "column"
    SUPERIOR = "superior"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The source in Chinese."""
        return LABELS[self]


S = Source

LABELS = {
    S.BULLETIN: "通报指出",
    S.SPOT_CHECK: "抽查发现",
    S.FAULT: "差错处理",
    S.COLUMN: "栏目检查",
    S.SUPERIOR: "上级检查",
    S.OTHER: "日常检查",
}

BY_HAND = (S.SUPERIOR, S.COLUMN, S.FAULT, S.OTHER)
"""What a person may name himself; the others are named by the room they come from."""

PAGES = {
    S.BULLETIN: ("bulletins.show", "bulletin_id"),
    S.SPOT_CHECK: ("spot_checks.item", "item_id"),
    S.FAULT: ("corrections.show", "fault_id"),
}
"""Source → (endpoint, name of the number in its address) of the thing it came from."""
