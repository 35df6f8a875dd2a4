"""Terms of the town's lists for tests, proposed and confirmed through the operations."""

from dataclasses import replace
from datetime import date
from typing import Any

from tests.cast import Cast
from town_portal.proofreading import operations
from town_portal.proofreading.models import ListedTerm, TermProposal
from town_portal.proofreading.rules.entry import TermEntry
from town_portal.proofreading.rules.kinds import TermKind

BAD = "今天，洛洞村开展粉蕉基地巡查。"
GOOD = "今天，洛洞村开展香蕉基地巡查。"
SLIP = TermEntry(TermKind.TYPOS, "粉蕉基地", "香蕉基地", bad=(BAD,), good=(GOOD,))
"""A slip that no shipped list knows."""


def an_entry(**changes: Any) -> TermEntry:
    """A slip of the pen with its examples, some of it changed."""
    return replace(SLIP, **changes)


def a_leader(name: str, title: str, position: int, since: date | None = None, until: date | None = None) -> TermEntry:
    """A line of the leaders' list."""
    return TermEntry(TermKind.LEADERS, name, title, position=position, valid_from=since, valid_to=until)


def a_proposal(town: Cast, *entries: TermEntry, reason: str = "常写错") -> TermProposal:
    """Entries proposed by the coordinator; one slip when none is given."""
    lines = list(enumerate(entries or (SLIP,), 1))
    return operations.propose(town.actor("coordinator"), lines, reason)


def confirmed(town: Cast, *entries: TermEntry) -> list[ListedTerm]:
    """Entries proposed by the coordinator and confirmed by the publisher."""
    proposal = a_proposal(town, *entries)
    return operations.confirm(town.actor("publisher"), proposal, proposal.version).terms
