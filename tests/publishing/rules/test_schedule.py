"""A set time, and a missed one."""

from datetime import UTC, datetime, timedelta

import pytest

from town_portal.foundation.errors import Refused
from town_portal.publishing.rules.schedule import FARTHEST, check

NOW = datetime(2026, 9, 8, 2, tzinfo=UTC)


def test_a_time_to_come() -> None:
    check(NOW + timedelta(seconds=1), NOW)
    check(NOW + FARTHEST, NOW)


@pytest.mark.parametrize(
    ("at", "words"),
    [(NOW, "以后的时间"), (NOW - timedelta(days=1), "以后的时间"), (NOW + FARTHEST + timedelta(minutes=1), "90 天")],
)
def test_a_time_past_or_too_far(at: datetime, words: str) -> None:
    with pytest.raises(Refused, match=words):
        check(at, NOW)
