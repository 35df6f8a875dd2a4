"""How many failed tries, and how long to wait then."""

from datetime import UTC, datetime, timedelta

import pytest

from town_portal.accounts.rules import lockout
from town_portal.accounts.rules.lockout import Tally

NOW = datetime(2026, 4, 16, 2, 0, tzinfo=UTC)


def ago(*minutes: float) -> list[datetime]:
    return [NOW - timedelta(minutes=count) for count in minutes]


def test_four_failures_leave_one_try() -> None:
    tally = Tally(pair=ago(1, 2, 3, 4))
    assert lockout.refusal(NOW, tally) is None
    assert lockout.tries_left(NOW, tally) == 1


def test_five_failures_lock_the_pair_for_fifteen_minutes() -> None:
    assert lockout.refusal(NOW, Tally(pair=ago(0, 1, 2, 3, 4))) == "试错太多，请 15 分钟后再试，或找管理员解锁"
    assert "请 1 分钟后" in (lockout.refusal(NOW, Tally(pair=ago(14.5, 14.6, 14.7, 14.8, 14.9))) or "")
    assert lockout.refusal(NOW, Tally(pair=ago(15, 15, 15, 15, 15))) is None


def test_old_failures_do_not_count() -> None:
    tally = Tally(pair=ago(1, 2, 16, 17, 18))
    assert lockout.refusal(NOW, tally) is None
    assert lockout.tries_left(NOW, tally) == 3


def test_twenty_failures_from_anywhere_slow_the_account() -> None:
    account = ago(0.5, *range(2, 21))
    assert "请 1 分钟后" in (lockout.refusal(NOW, Tally(account=account)) or "")
    assert lockout.refusal(NOW, Tally(account=ago(1.1, *range(2, 21)))) is None
    assert lockout.refusal(NOW, Tally(account=account[:19])) is None


def test_the_owners_own_desk_is_not_slowed() -> None:
    account = ago(0.5, *range(2, 40))
    assert lockout.refusal(NOW, Tally(account=account, known_address=True)) is None


def test_the_owners_own_desk_is_locked_after_five_all_the_same() -> None:
    assert lockout.refusal(NOW, Tally(pair=ago(0, 0, 0, 0, 0), known_address=True)) is not None


@pytest.mark.parametrize(
    ("tally", "open_"),
    [
        (Tally(from_address=29), True),
        (Tally(from_address=30), False),
        (Tally(in_town=999), True),
        (Tally(in_town=1000), False),
    ],
)
def test_crowds_wait(tally: Tally, open_: bool) -> None:
    assert (lockout.refusal(NOW, tally) is None) is open_


def test_what_must_be_looked_at() -> None:
    assert lockout.since(NOW) == NOW - timedelta(hours=1)
