"""How many failed tries, and how long to wait then (GB/T 22239-2019 8.1.4.1 b; ASVS 6.3.1, 6.1.1).

Only the pair of account and address is locked, so that nobody can lock a colleague out from his
own desk; the account as a whole is slowed, not closed, and not at a desk where its owner has
signed in before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

PAIR_TRIES = 5
PAIR_LOCK = timedelta(minutes=15)
ACCOUNT_TRIES = 20
ACCOUNT_SPAN = timedelta(hours=1)
ACCOUNT_PAUSE = timedelta(minutes=1)
ADDRESS_TRIES = 30
TOWN_TRIES = 1_000
CROWD_SPAN = timedelta(minutes=5)

LONGEST = max(PAIR_LOCK, ACCOUNT_SPAN, CROWD_SPAN)
"""Older failures count for nothing."""

LOCKED = "试错太多，请 {minutes} 分钟后再试，或找管理员解锁"
CROWDED = "这里试错的太多，请 5 分钟后再试"


@dataclass(frozen=True, slots=True)
class Tally:
    """The failures that count: instants of the pair's and the account's, numbers of the rest."""

    pair: Sequence[datetime] = ()
    account: Sequence[datetime] = ()
    from_address: int = 0
    in_town: int = 0
    known_address: bool = False
    """The account's owner has signed in from this address before."""


def refusal(now: datetime, tally: Tally) -> str | None:
    """Why no password is looked at now, in words; None when a try is open."""
    if tally.in_town >= TOWN_TRIES or (tally.from_address >= ADDRESS_TRIES and not tally.known_address):
        return CROWDED
    recent = [at for at in tally.pair if now - at < PAIR_LOCK]
    if len(recent) >= PAIR_TRIES:
        return LOCKED.format(minutes=_minutes(max(recent) + PAIR_LOCK - now))
    if not tally.known_address:
        lately = [at for at in tally.account if now - at < ACCOUNT_SPAN]
        if len(lately) >= ACCOUNT_TRIES and now - max(lately) < ACCOUNT_PAUSE:
            return LOCKED.format(minutes=_minutes(max(lately) + ACCOUNT_PAUSE - now))
    return None


def tries_left(now: datetime, tally: Tally) -> int:
    """How many more failures this account has from this address before it is locked."""
    return max(0, PAIR_TRIES - sum(now - at < PAIR_LOCK for at in tally.pair))


def since(now: datetime) -> datetime:
    """The instant before which failures count for nothing."""
    return now - LONGEST


def _minutes(span: timedelta) -> int:
    return max(1, -(-int(span.total_seconds()) // 60))
