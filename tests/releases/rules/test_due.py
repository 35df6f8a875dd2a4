"""Limits of channels."""

from datetime import UTC, datetime

import pytest

from tests.reminders.rules.test_limits import LIMITS as SOME
from town_portal.releases.rules.due import LIMITS, due
from town_portal.releases.rules.lifecycle import OPEN, ReleaseState

SETTING = {"post_days": 1, "answer_days": 10, "confirm_days": 2, "proof_days": 1}
TUESDAY = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(("state", "day"), [("planned", 4), ("sent", 17), ("reported", 5), ("released", 4)])
def test_days_of_work_are_counted(state: str, day: int) -> None:
    assert due(ReleaseState(state), TUESDAY, SETTING, SOME.time).day == day


def test_what_is_over_waits_for_nobody() -> None:
    assert due(ReleaseState.DROPPED, TUESDAY, SETTING, SOME.time) == TUESDAY
    assert set(OPEN) < set(LIMITS)
