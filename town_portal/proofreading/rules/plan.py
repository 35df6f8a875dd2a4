"""Plan 拟改: what a list of entries would change in the town's lists, line by line, before anybody proposes it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from town_portal.foundation.errors import Refused
from town_portal.proofreading.rules.entry import TermEntry, checked, from_term
from town_portal.proofreading.rules.lexicon import Term


class Change(StrEnum):
    """What a line does to its list."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """The change in Chinese."""
        return {"new": "新增", "changed": "修改", "unchanged": "没有变", "refused": "不能改"}[self.value]


@dataclass(frozen=True, slots=True)
class Planned:
    """One entry by its number (the line of a file, or 1) and what would become of it."""

    line: int
    entry: TermEntry
    change: Change
    before: TermEntry | None = None
    """What it takes the place of: an entry of the town's, or what is shipped."""
    reason: str = ""
    """Why it is refused."""

    @property
    def lasts_until(self) -> str:
        """In words how long what it takes the place of still holds; empty when it is replaced altogether."""
        return self.before.lasts_until(self.entry) if self.before else ""


Key = tuple[str, str, str]


class Lists:
    """What entries are held against: the town's in force, the shipped terms, the keys of what waits for a decision."""

    def __init__(self, entries: Iterable[TermEntry], shipped: Iterable[Term], waiting: Collection[Key]) -> None:
        self.waiting = waiting
        self._entries: dict[Key, list[TermEntry]] = {}
        for entry in entries:
            self._entries.setdefault(entry.key, []).append(entry)
        self._shipped: dict[tuple[str, str], Term] = {}
        for term in shipped:
            self._shipped.setdefault((term.kind, term.words), term)

    def before(self, entry: TermEntry) -> TermEntry | None:
        """What an entry takes the place of, or None. Refused: more than one thing."""
        met = [known for known in self._entries.get(entry.key, ()) if known.meets(entry)]
        if len(met) > 1:
            raise Refused(f"和已有的 {len(met)} 条“{entry.words}”日期重叠，请先停用多余的")
        if met:
            return met[0]
        shipped = self._shipped.get((entry.kind, entry.words))
        return from_term(shipped) if shipped else None


def plan(lines: Iterable[tuple[int, TermEntry]], lists: Lists) -> list[Planned]:
    """What every line would do. Lines that meet in one list, or meet a proposal that waits, are refused."""
    taken: list[Planned] = []
    earlier: dict[Key, list[Planned]] = {}
    for line, entry in lines:
        one = _planned(line, entry, lists, earlier.get(entry.key, ()))
        taken.append(one)
        earlier.setdefault(one.entry.key, []).append(one)
    return taken


def _planned(line: int, entry: TermEntry, lists: Lists, earlier: Sequence[Planned]) -> Planned:
    """``earlier`` are the lines about the same thing."""
    try:
        before = lists.before(entry)
        if before is not None and _same(entry, before):
            return Planned(line, entry, Change.UNCHANGED, before)
        entry = checked(entry)
        _check_alone(entry, lists, earlier)
    except Refused as refusal:
        return Planned(line, entry, Change.REFUSED, reason=refusal.reason)
    if before is None:
        if entry.off:
            return Planned(line, entry, Change.REFUSED, reason=f"没有“{entry.words}”这一条，不用停用")
        return Planned(line, entry, Change.NEW)
    return Planned(line, entry, Change.CHANGED, before)


def _same(entry: TermEntry, before: TermEntry) -> bool:
    """Does a line say what is there already? An owner it does not name stays who he is."""
    owner = before.owner_id if None in (entry.owner_id, before.owner_id) else entry.owner_id
    return replace(entry, owner_id=owner) == before


def _check_alone(entry: TermEntry, lists: Lists, earlier: Iterable[Planned]) -> None:
    if entry.key in lists.waiting:
        raise Refused(f"“{entry.words}”已有一份提议在等确认，请等它办完再提")
    twice = next((one for one in earlier if one.entry.meets(entry)), None)
    if twice is not None:
        raise Refused(f"和第 {twice.line} 行写的是同一条")
