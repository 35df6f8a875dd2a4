"""Comparison 对照: an entry in words, column by column, beside what it takes the place of."""

from collections.abc import Mapping
from dataclasses import dataclass

from town_portal.proofreading.rules.entry import TermEntry
from town_portal.proofreading.rules.kinds import KINDS
from town_portal.proofreading.rules.term_file import OFF, head, row_of


@dataclass(frozen=True, slots=True)
class Difference:
    """One column before and after; of a new entry only after."""

    label: str
    before: str
    after: str


def columns(entry: TermEntry, owners: Mapping[int, str]) -> dict[str, str]:
    """Every column of an entry in words, empty ones too; ``owners`` are the names of units by id."""
    kind = KINDS[entry.kind]
    owner = owners.get(entry.owner_id, "") if entry.owner_id else ""
    return dict(zip(head(kind), row_of(kind, entry, owner), strict=True))


def differences(before: TermEntry | None, after: TermEntry, owners: Mapping[int, str]) -> list[Difference]:
    """The columns behind the first in which an entry differs from what was; of a new one those that say something."""
    new = columns(after, owners)
    old = columns(before, owners) if before else dict.fromkeys(new, "") | {OFF: "否"}
    return [Difference(label, old[label], new[label]) for label in list(new)[1:] if old[label] != new[label]]
