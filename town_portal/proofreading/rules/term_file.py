"""A list of terms as rows of text: what goes out as CSV or .xlsx comes in again unchanged."""

import re
from collections.abc import Iterable, Mapping
from functools import partial

from town_portal.foundation.errors import Refused
from town_portal.network.rules.roster_file import Fault, Table, day_of, lines_of, truth_of
from town_portal.network.rules.table_file import Limits
from town_portal.proofreading.rules.entry import LONGEST_EXAMPLE, MOST_EXAMPLES, TermEntry
from town_portal.proofreading.rules.finding import NEVER_OVERRIDDEN, Family
from town_portal.proofreading.rules.kinds import Kind, TermKind

LIMITS = Limits(rows=5_000, characters=MOST_EXAMPLES * (LONGEST_EXAMPLE + 1))
"""The longest shipped list has half as many rows; the examples of an entry stand in one cell, a line each."""
MOST_CHANGES = 300
"""Lines that one import may change: a second person has to read them all."""

ORDER, FIRST, LAST, OFF, OWNER, BAD, GOOD = "排序", "第一天", "最后一天", "停用", "负责单位", "错的例句", "对的例句"

_FAMILIES = {family.label: family for family in Family if family not in NEVER_OVERRIDDEN}


def head(kind: Kind) -> tuple[str, ...]:
    """The columns of a list's file."""
    order = (ORDER,) if kind.ordered else ()
    named = tuple(label for label in (kind.words, kind.right, kind.note) if label)
    return (*named, *order, FIRST, LAST, OFF, OWNER, BAD, GOOD)


def row_of(kind: Kind, entry: TermEntry, owner: str) -> tuple[str, ...]:
    """An entry as a row under that head."""
    right = Family(entry.right).label if kind.kind is TermKind.EXCEPTIONS else entry.right
    cells = {kind.words: entry.words, kind.right: right, kind.note: entry.note, ORDER: str(entry.position or "")}
    cells |= {
        FIRST: str(entry.valid_from or ""),
        LAST: str(entry.valid_to or ""),
        OFF: "是" if entry.off else "否",
        OWNER: owner,
        BAD: "\n".join(entry.bad),
        GOOD: "\n".join(entry.good),
    }
    return tuple(cells[column] for column in head(kind))


def entries_of(kind: Kind, table: Table, units: Mapping[str, int]) -> tuple[list[tuple[int, TermEntry]], list[Fault]]:
    """(line, entry) of every line of a table with its head in the first row, and every line that cannot be read.

    ``units``: name → id of those that may answer for an entry.
    """
    return lines_of(table, head(kind), partial(_entry, kind, units))


def _entry(kind: Kind, units: Mapping[str, int], line: int, cells: Mapping[str, str]) -> tuple[int, TermEntry]:
    owner = cells[OWNER]
    if owner and owner not in units:
        raise Refused(f"没有“{owner}”这个单位，请对照单位名称")
    right = cells[kind.right] if kind.right else ""
    return line, TermEntry(
        kind.kind,
        cells[kind.words],
        _family(right) if kind.kind is TermKind.EXCEPTIONS else right,
        cells[kind.note] if kind.note else "",
        _position(cells[ORDER]) if kind.ordered else None,
        day_of(cells[FIRST], FIRST),
        day_of(cells[LAST], LAST),
        truth_of(cells[OFF], OFF),
        _sentences(cells[BAD]),
        _sentences(cells[GOOD]),
        units.get(owner),
    )


def _family(label: str) -> str:
    if label not in _FAMILIES:
        raise Refused(f"“{label}”不是可以列为例外的疑点类别，只能填：{'、'.join(_FAMILIES)}")
    return _FAMILIES[label].value


def _position(words: str) -> int | None:
    if words and not re.fullmatch(r"[0-9]{1,4}", words):
        raise Refused(f"“{ORDER}”要写整数")
    return int(words) if words else None


def _sentences(cell: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in cell.splitlines() if line.strip())


def table_of(kind: Kind, rows: Iterable[tuple[TermEntry, str]]) -> list[tuple[str, ...]]:
    """The head and every (entry, name of its owner) as a row."""
    return [head(kind), *(row_of(kind, entry, owner) for entry, owner in rows)]
