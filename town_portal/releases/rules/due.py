"""Until when the next step of a release is done, in working days (the setting ``release_limits``)."""

from collections.abc import Mapping
from datetime import datetime

from town_portal.releases.rules.lifecycle import ReleaseState
from town_portal.workdays.rules.working_time import WorkingTime

S = ReleaseState

LIMITS = {S.PLANNED: "post_days", S.SENT: "answer_days", S.REPORTED: "confirm_days", S.RELEASED: "proof_days"}
"""Which limit runs while a release is there. What was declined, dropped or taken back waits for nobody."""


def due(state: ReleaseState, since: datetime, limits: Mapping[str, int], time: WorkingTime) -> datetime:
    """The instant (UTC) until which the next step is done by somebody who could begin at ``since`` (UTC)."""
    name = LIMITS.get(state)
    return since if name is None else time.add(since, limits[name] * time.minutes_a_day)
