"""What becomes of messages."""

from town_portal.notifications.rules.fate import Fate


def test_every_fate_has_its_word() -> None:
    assert [fate.label for fate in Fate] == ["待发送", "已送出", "没送到", "过时没发", "已放弃"]
