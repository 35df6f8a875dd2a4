"""What a caller wants told."""

import pytest

from tests.notifications.channels import SOMETHING
from town_portal.notifications.rules.message import Way


def test_a_message_is_a_value() -> None:
    with pytest.raises(AttributeError):
        SOMETHING.key = "other"  # type: ignore[misc]
    assert not SOMETHING.urgent
    assert [way.label for way in Way] == ["工作群", "短信", "邮件"]
