"""When a session is over, and how long a confirmation holds."""

from datetime import UTC, datetime, timedelta

import pytest

from town_portal.access.roles import Role
from town_portal.accounts.rules import session

NOW = datetime(2026, 4, 16, 2, 0, tzinfo=UTC)
LIMITS = {
    "idle_minutes": 30,
    "administrator_idle_minutes": 15,
    "absolute_hours": 12,
    "reauthentication_minutes": 10,
}


@pytest.mark.parametrize(
    ("idle", "age", "roles", "over"),
    [
        (29, 60, {Role.REPORTER}, False),
        (30, 60, {Role.REPORTER}, False),
        (31, 60, {Role.REPORTER}, True),
        (14, 60, {Role.ADMINISTRATOR}, False),
        (16, 60, {Role.ADMINISTRATOR}, True),
        (16, 60, {Role.ADMINISTRATOR, Role.AUDITOR}, True),
        (1, 12 * 60, {Role.REPORTER}, False),
        (1, 12 * 60 + 1, {Role.REPORTER}, True),
    ],
)
def test_idle_and_age(idle: int, age: int, roles: set[Role], over: bool) -> None:
    created, seen = NOW - timedelta(minutes=age), NOW - timedelta(minutes=idle)
    assert session.is_over(NOW, created, seen, frozenset(roles), LIMITS) is over


@pytest.mark.parametrize(("minutes", "lately"), [(0, True), (10, True), (11, False)])
def test_a_confirmation_holds_for_a_while(minutes: int, lately: bool) -> None:
    assert session.confirmed_lately(NOW, NOW - timedelta(minutes=minutes), LIMITS) is lately


def test_no_confirmation_holds_not() -> None:
    assert not session.confirmed_lately(NOW, None, LIMITS)


def test_tokens_are_long_and_never_the_same() -> None:
    tokens = {session.new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(len(token) >= 43 for token in tokens)
    assert session.hash_of("a") != session.hash_of("b")
