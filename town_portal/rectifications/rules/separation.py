"""Nobody looks at his own answer, and no unit at its own work (the report's 双人复核)."""

from collections.abc import Collection

from town_portal.access.actor import Actor
from town_portal.access.roles import Role
from town_portal.foundation.errors import Refused

WORKING = (Role.REPORTER, Role.HEAD)
"""Who does the work of a unit."""


def why_not(actor: Actor, unit_id: int, coordinating: bool, answered_by: Collection[int]) -> str | None:
    """Why this person may not check an answer, in words; None when he may.

    ``coordinating``: the unit is the office that checks everybody else, so the principal checks it.
    """
    if actor.id in answered_by:
        return "这一件是您答复的，要由别人核查。"
    if unit_id in actor.units_as(*WORKING):
        return "这是您所在单位的整改，要由别的单位的人核查。"
    if coordinating and Role.PRINCIPAL not in actor.roles:
        return "这是统筹办公室自己的整改，要由主要领导核查。"
    return None


def check(actor: Actor, unit_id: int, coordinating: bool, answered_by: Collection[int]) -> None:
    """Refused when the person may not check."""
    if reason := why_not(actor, unit_id, coordinating, answered_by):
        raise Refused(reason)
