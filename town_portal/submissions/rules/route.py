"""The way an item goes: which stages, who sits there, and where it enters again.

A route is data (settings: ``route``); this file only reads it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from town_portal.access.roles import Role
from town_portal.submissions.rules.lifecycle import State


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of a route: the role that signs, and the unit it signs in."""

    stage: State
    role: Role
    unit_id: int


@dataclass(frozen=True, slots=True)
class Places:
    """The units an item's steps can lie in."""

    unit_id: int
    counterpart_id: int
    coordinating_id: int
    cross_unit_id: int | None = None


def steps(route: Mapping[str, Any], places: Places) -> tuple[Step, ...]:
    """The review steps of an item in order. A named cross-review office adds 交叉审核.

    交叉审核 comes right before the last stage, so that the last signature knows of it.
    """
    units = {
        "own": places.unit_id,
        "counterpart": places.counterpart_id,
        "coordinating": places.coordinating_id,
    }
    way = [Step(State(step["stage"]), Role(step["role"]), units[step["place"]]) for step in route["steps"]]
    if places.cross_unit_id is not None:
        way.insert(len(way) - 1, Step(State.CROSS_REVIEW, Role.HEAD, places.cross_unit_id))
    return tuple(way)


def publish_step(places: Places) -> Step:
    """Where an approved item waits: for the 发布员 of the coordinating office."""
    return Step(State.APPROVED, Role.PUBLISHER, places.coordinating_id)


def revise_step(unit_id: int) -> Step:
    """Where a returned item waits: for the 信息员 of its unit."""
    return Step(State.RETURNED, Role.REPORTER, unit_id)


def entry(way: Sequence[Step], returned_from: State | None, changed: bool) -> Step:
    """Where an item enters.

    A changed text at the first signer after the drafter, an unchanged one at the stage that
    returned it.
    """
    if returned_from is not None and not changed:
        for step in way:
            if step.stage == returned_from:
                return step
    return way[0]


def after(way: Sequence[Step], stage: State) -> Step | None:
    """The step that follows a stage, or None after the last."""
    stages = [step.stage for step in way]
    position = stages.index(stage) + 1
    return way[position] if position < len(way) else None


def above(role: Role, unit_id: int, counterpart_id: int, coordinating_id: int) -> tuple[Role, int] | None:
    """Who is told when a step is overdue (督办): the next one up, None above the 主要领导.

    A drafter's is the head of the 对口办公室, a head's the leader of the same office, a leader's the
    主要领导, the publisher's whoever coordinates.
    """
    return {
        Role.REPORTER: (Role.HEAD, counterpart_id),
        Role.HEAD: (Role.LEADER, unit_id),
        Role.LEADER: (Role.PRINCIPAL, coordinating_id),
        Role.PUBLISHER: (Role.COORDINATOR, coordinating_id),
    }.get(role)
