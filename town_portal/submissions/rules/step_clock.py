"""The time limit of each stage: by route, lane and kind of item, in working time or by the clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from town_portal.settings.rules.catalogue import GENERAL, KINDS, ROUTES
from town_portal.submissions.rules.lifecycle import State
from town_portal.workdays.rules.working_time import WorkingTime

_KEY = {State.APPROVED: "publish", State.RETURNED: "revise"}
_WORDS = {"working_day": "个工作日", "working_hour": "个工作小时", "natural_day": "个自然日", "hour": "小时"}


@dataclass(frozen=True, slots=True)
class Case:
    """What a limit may differ by: the lane, the shipped route (its key in ``ROUTES``), the kind of item."""

    urgent: bool = False
    route: str | None = None
    correction: bool = False


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit of the setting: how much of what, and in which of its tables it stands."""

    amount: int
    unit: str
    table: str = GENERAL

    @property
    def words(self) -> str:
        """As in 1 个工作日."""
        return f"{self.amount} {_WORDS[self.unit]}"

    def minutes(self, minutes_a_day: int) -> int | None:
        """The limit in working minutes; None for one that runs by natural days or by the clock."""
        worth = {"working_day": minutes_a_day, "working_hour": 60}.get(self.unit)
        return None if worth is None else self.amount * worth


def limit_of(stage: State, case: Case, limits: Mapping[str, Any]) -> Limit:
    """The limit of a stage out of the setting ``step_limits``.

    A correction looks into the table of its route for corrections first, then every item into that of
    its route, then into the general one. A value saved before routes had tables has the general one only.
    """
    lane, name = "urgent" if case.urgent else "normal", _KEY.get(stage, stage.value)
    tables = limits.get("routes", {}).get(case.route, {})
    for kind in ("correction", "item") if case.correction else ("item",):
        if found := tables.get(kind, {}).get(lane, {}).get(name):
            table = f"{ROUTES[case.route or '']['name']} · {KINDS[kind]}"
            return Limit(int(found["amount"]), found["unit"], table)
    found = limits[lane][name]
    return Limit(int(found["amount"]), found["unit"])


def due_by(limit: Limit, entered_at: datetime, working_time: WorkingTime) -> datetime:
    """The instant (UTC) at which a limit that began at ``entered_at`` (UTC) runs out.

    working_day: a whole day's working time, so what arrives at 10:00 is due at 10:00 of the next
    working day. working_hour: sixty working minutes. hour: sixty minutes of the clock.
    natural_day: the day of arrival is not counted (《民法典》第二百零一条); the last day ends when its
    office hours end, and if it is a day off, the next working day is the last (第二百零三条).
    """
    match limit.unit:
        case "working_day" | "working_hour":
            return working_time.add(entered_at, limit.minutes(working_time.minutes_a_day) or 0)
        case "natural_day":
            return working_time.close_of_day(entered_at, limit.amount)
        case "hour":
            return entered_at + timedelta(hours=limit.amount)
    raise ValueError(f"unknown unit of time: {limit.unit}")


def due_at(
    stage: State, case: Case, entered_at: datetime, limits: Mapping[str, Any], working_time: WorkingTime
) -> datetime:
    """The instant (UTC) by which a stage must be done, by the setting ``step_limits``."""
    return due_by(limit_of(stage, case, limits), entered_at, working_time)
