"""Who may look at an answer."""

import pytest

from town_portal.access.actor import Actor, HeldPost
from town_portal.access.roles import Role
from town_portal.foundation.errors import Refused
from town_portal.rectifications.rules import separation

OFFICE, VILLAGE = 1, 7


def someone(*posts: tuple[Role, int]) -> Actor:
    return Actor(id=5, name="某人", posts=tuple(HeldPost(1, role, unit, "某单位", "office") for role, unit in posts))


def test_the_coordinating_office_looks_at_a_villages_answer() -> None:
    assert separation.why_not(someone((Role.COORDINATOR, OFFICE)), VILLAGE, False, {9}) is None


@pytest.mark.parametrize(
    ("actor", "unit", "coordinating", "answered_by", "words"),
    [
        (someone((Role.COORDINATOR, OFFICE)), VILLAGE, False, {5}, "您答复的"),
        (someone((Role.COORDINATOR, OFFICE), (Role.REPORTER, VILLAGE)), VILLAGE, False, {9}, "您所在单位"),
        (someone((Role.COORDINATOR, OFFICE)), OFFICE, True, {9}, "主要领导核查"),
        (someone((Role.PRINCIPAL, OFFICE), (Role.HEAD, OFFICE)), OFFICE, True, {9}, "您所在单位"),
    ],
)
def test_nobody_looks_at_his_own(
    actor: Actor, unit: int, coordinating: bool, answered_by: set[int], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        separation.check(actor, unit, coordinating, answered_by)


def test_the_principal_looks_at_the_coordinating_offices_work() -> None:
    separation.check(someone((Role.PRINCIPAL, OFFICE)), OFFICE, True, {9})
