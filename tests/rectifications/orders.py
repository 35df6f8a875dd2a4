"""Things to put right, made through operations."""

from datetime import date, datetime
from typing import Any

from tests.cast import Cast
from town_portal.foundation import clock
from town_portal.rectifications import operations
from town_portal.rectifications.models import Rectification
from town_portal.rectifications.operations import Order

DONE = "已于当天补发两条通知，栏目恢复更新，附截图。"
MONDAY = date(2026, 3, 2)
"""A working day with working days around it."""


def at(day: date, hour: int = 10) -> datetime:
    """An instant of a day in office hours."""
    return datetime.combine(day, datetime.min.time(), clock.SHANGHAI).replace(hour=hour)


def an_order(cast: Cast, unit: str = "C03", **changes: Any) -> Order:
    """What is asked of a unit."""
    values: dict[str, Any] = {
        "unit_id": cast.unit(unit).id,
        "matter": "“通知公告”三个月没有更新",
        "demand": "补发应公开的通知，说明没有更新的原因。",
    }
    return Order(**{**values, **changes})


def a_rectification(cast: Cast, unit: str = "C03", **changes: Any) -> Rectification:
    """One that was just opened by the coordinating office."""
    return operations.open_one(cast.actor("coordinator"), an_order(cast, unit, **changes))


def an_answered_one(cast: Cast, unit: str = "C03", by: str = "reporter", **changes: Any) -> Rectification:
    """One that waits to be looked at."""
    found = a_rectification(cast, unit, **changes)
    operations.answer(cast.actor(by), found, found.version, DONE)
    return found
