"""Duties and seats made up for rules."""

from datetime import date, datetime, time, timedelta
from typing import Any

from tests.workdays.years import HOURS, shipped_calendar
from town_portal.access.roles import Role
from town_portal.foundation.clock import SHANGHAI, instant
from town_portal.reminders.rules.round import Sitting, Terms, Told
from town_portal.settings.rules.catalogue import CATALOGUE
from town_portal.workdays.rules.working_time import WorkingTime
from town_portal.workflow.duty import Duty, DutyKind, Page, Seat

CALENDAR = shipped_calendar()
TIME = WorkingTime(CALENDAR, HOURS)
EPOCH = datetime(2020, 1, 1, tzinfo=SHANGHAI)
HEAD, LEADER, COORDINATOR = (Role.HEAD, 5), (Role.LEADER, 5), (Role.COORDINATOR, 1)
SEATS: dict[Seat, Sitting] = {
    HEAD: Sitting(holders=(10,), deputies=(11,)),
    LEADER: Sitting(holders=(20,)),
    COORDINATOR: Sitting(holders=(30,)),
}
NOTHING_TOLD = Told(rungs={}, last={})


def worked(moment: datetime) -> int:
    """Working minutes since 2020."""
    return TIME.between(EPOCH, moment)


TERMS = Terms(
    ladder=CATALOGUE["ladder"].default, quiet=CATALOGUE["quiet_hours"].default, calendar=CALENDAR, worked=worked
)


def at(words: str) -> datetime:
    """The UTC instant of "2026-03-02 09:00" in Shanghai."""
    day, clock = words.split()
    return instant(date.fromisoformat(day), time.fromisoformat(clock))


def a_duty(since: str = "2026-03-02 10:00", minutes: int = 390, **changes: Any) -> Duty:
    """A review of one working day before the head of an office."""
    begun = at(since)
    values: dict[str, Any] = {
        "key": "visit:1",
        "kind": DutyKind.REVIEW,
        "what": "洛洞村开展秋收农技培训",
        "page": Page("review.show", "submission_id", 1),
        "step": "二审二校",
        "unit": "洛洞村",
        "seat": HEAD,
        "above": LEADER,
        "since": begun,
        "due_at": TIME.add(begun, minutes),
        "sender": "李月娥",
        "doer_id": 1,
    }
    return Duty(**{**values, **changes})


MINUTE = timedelta(minutes=1)
