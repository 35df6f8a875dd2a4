"""三天黄金期: the clock that starts with the event, not with the draft (the source report, 六(二)).

The report gives no definition; how many days, and whether natural or working days, is a setting.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from town_portal.workdays.rules.calendar import Calendar


def golden_until(event_on: date, setting: Mapping[str, Any], calendar: Calendar) -> date:
    """The last day on which publishing an event counts as timely; the event's day counts as 0."""
    days = int(setting["days"])
    if setting["count"] == "working":
        return calendar.add(event_on, days)
    return event_on + timedelta(days=days)
