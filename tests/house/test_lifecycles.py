"""The table of moves, read as a graph; and what it alone allows."""

from itertools import product
from types import SimpleNamespace

import pytest

from town_portal.access import policy
from town_portal.access.actor import Actor, HeldPost
from town_portal.access.roles import Role
from town_portal.foundation.errors import Forbidden, Refused
from town_portal.submissions.rules.lifecycle import EDITABLE, IN_REVIEW, LIFECYCLE, ON_ITS_WAY, SUBMITTED, State
from town_portal.workflow.lifecycle import Move

OWN, OTHER = 1, 2
FINAL = {State.FILED, State.WITHDRAWN, State.DISCARDED}
NAMES = sorted({move.name for move in LIFECYCLE})

ALLOWED_BY_THE_TABLE = 28
"""Of all combinations of state, move, role and unit. A new grant changes it: read the list (pytest -s)."""


def someone(role: Role, unit_id: int) -> Actor:
    return Actor(id=1, name="某人", posts=(HeldPost(1, role, unit_id, "某单位", "office"),))


def item(state: State, waiting: Role | None = None) -> SimpleNamespace:
    return SimpleNamespace(state=state, unit_id=OWN, waiting_role=waiting, waiting_unit_id=OWN)


def test_every_state_is_reached() -> None:
    reached = {State.DRAFT}
    while True:
        further = {target for move in LIFECYCLE if move.source in reached for target in move.targets} - reached
        if not further:
            break
        reached |= further
    assert reached == set(State)


def test_every_state_but_the_final_ones_is_left() -> None:
    assert {move.source for move in LIFECYCLE} == set(State) - FINAL


def test_every_state_leads_to_an_end() -> None:
    ends = set(FINAL)
    for _ in State:
        ends |= {move.source for move in LIFECYCLE if ends & set(move.targets)}
    assert ends == set(State)


def test_the_groups_of_states_cover_what_they_name() -> None:
    assert set(SUBMITTED) == set(State) - {State.DRAFT, State.DISCARDED}
    assert set(IN_REVIEW) < set(ON_ITS_WAY) < set(SUBMITTED)
    assert set(EDITABLE).isdisjoint(ON_ITS_WAY)


@pytest.mark.parametrize("state", State)
def test_what_the_table_does_not_name_is_refused(state: State) -> None:
    known = {move.name for move in LIFECYCLE if move.source is state}
    for name in (*NAMES, "fly", ""):
        if name in known:
            assert LIFECYCLE.find(state, name).source is state
            continue
        subject = item(state)
        with pytest.raises(Refused, match=state.label):
            LIFECYCLE.take(subject, name, someone(Role.REPORTER, OWN))
        assert subject.state is state


@pytest.mark.parametrize("move", LIFECYCLE.moves, ids=lambda move: f"{move.source}-{move.name}")
def test_a_move_leads_where_the_table_says_and_nowhere_else(move: Move) -> None:
    waiting = next((role for role in (Role.HEAD, Role.LEADER) if policy.allows({role}, move.permission)), None)
    role = next(role for role in Role if policy.allows({role}, move.permission))
    for target in State:
        subject = item(move.source, waiting)
        actor = someone(waiting or role, OWN)
        if target in move.targets:
            assert LIFECYCLE.take(subject, move.name, actor, target) is move
            assert subject.state is target
        else:
            with pytest.raises(ValueError, match="does not lead"):
                LIFECYCLE.take(subject, move.name, actor, target)
            assert subject.state is move.source


@pytest.mark.parametrize("move", LIFECYCLE.moves, ids=lambda move: f"{move.source}-{move.name}")
def test_a_post_that_does_not_reach_is_refused_and_changes_nothing(move: Move) -> None:
    for role, unit in product(Role, (OWN, OTHER)):
        subject = item(move.source, Role.PRINCIPAL)
        actor = someone(role, unit)
        if policy.post_reaching(actor, move.permission, subject) is None:
            with pytest.raises(Forbidden):
                LIFECYCLE.take(subject, move.name, actor, move.targets[0])
            assert subject.state is move.source


def test_nobody_without_a_post_takes_any_move() -> None:
    for move in LIFECYCLE:
        with pytest.raises(Forbidden):
            LIFECYCLE.take(item(move.source), move.name, Actor(id=1, name="某人"), move.targets[0])


def test_what_the_table_alone_allows() -> None:
    """Printed for a person to read; the rules (separation, binding, readiness) take away from it."""
    combinations = list(product(State, NAMES, Role, (OWN, OTHER)))
    allowed = []
    for state, name, role, unit in combinations:
        moves = [move for move in LIFECYCLE if move.source is state and move.name == name]
        waiting = _waiting_role(state)
        if moves and policy.post_reaching(someone(role, unit), moves[0].permission, item(state, waiting)):
            allowed.append((state, name, role, "own" if unit == OWN else "other"))
    listed = "\n".join(" ".join(one) for one in allowed)
    print(f"{len(allowed)} of {len(combinations)} combinations of state, move, role and unit are allowed:\n{listed}")
    assert len(allowed) == ALLOWED_BY_THE_TABLE, listed
    assert not [one for one in allowed if one[2] in (Role.ADMINISTRATOR, Role.AUDITOR, Role.COORDINATOR)], listed
    assert not [one for one in allowed if one[1] in ("sign", "submit", "recall", "discard") and one[3] == "other"], (
        listed
    )


def _waiting_role(state: State) -> Role | None:
    return {State.FIRST_REVIEW: Role.HEAD, State.SECOND_REVIEW: Role.HEAD, State.CROSS_REVIEW: Role.HEAD,
            State.THIRD_REVIEW: Role.LEADER, State.APPROVED: Role.PUBLISHER}.get(state)  # fmt: skip
