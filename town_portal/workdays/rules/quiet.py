"""When people are left in peace."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from town_portal.foundation.clock import day_of, instant, local
from town_portal.workdays.rules.calendar import Calendar

LONGEST_QUIET = 31
"""Days; no holiday is so long."""


def is_quiet(now: datetime, setting: Mapping[str, Any], calendar: Calendar) -> bool:
    """Is this instant (UTC) in the quiet hours, or on a rest day that is kept quiet?

    ``setting`` is ``quiet_hours``: from, to ("21:30", "07:30"; over midnight when from is later),
    rest_days (yes | no). The first minute of the quiet hours is quiet, the last one ends them.
    """
    here = local(now)
    if setting["rest_days"] == "yes" and not calendar.is_workday(here.date()):
        return True
    start, end = time.fromisoformat(setting["from"]), time.fromisoformat(setting["to"])
    at = here.time()
    return start <= at < end if start <= end else at >= start or at < end


def out_of_quiet(moment: datetime, setting: Mapping[str, Any], calendar: Calendar) -> datetime:
    """The first instant (UTC) from ``moment`` on that is not quiet; itself after so many days that are all quiet."""
    end, day = time.fromisoformat(setting["to"]), day_of(moment)
    mornings = (instant(day + timedelta(days=number), end) for number in range(LONGEST_QUIET))
    candidates = (moment, *(at for at in mornings if at > moment))
    return next((at for at in candidates if not is_quiet(at, setting, calendar)), moment)
