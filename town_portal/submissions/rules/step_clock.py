"""The time limit of each stage, counted in working time."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from town_portal.submissions.rules.lifecycle import State
from town_portal.workdays.rules.working_time import WorkingTime

_KEY = {State.APPROVED: "publish", State.RETURNED: "revise"}


def due_at(
    stage: State, urgent: bool, entered_at: datetime, limits: Mapping[str, Any], working_time: WorkingTime
) -> datetime:
    """The instant (UTC) by which a stage must be done.

    ``limits`` is the setting ``step_limits``: amount and unit (working_day, working_hour, hour) per
    lane and stage. One working day is a whole day's working time, so what arrives at 10:00 is due
    at 10:00 of the next working day.
    """
    limit = limits["urgent" if urgent else "normal"][_KEY.get(stage, stage.value)]
    amount = int(limit["amount"])
    match limit["unit"]:
        case "working_day":
            return working_time.add(entered_at, amount * working_time.minutes_a_day)
        case "working_hour":
            return working_time.add(entered_at, amount * 60)
        case "hour":
            return entered_at + timedelta(hours=amount)
    raise ValueError(f"unknown unit of time: {limit['unit']}")
