"""What the lists hold on a day: the shipped terms, and over them what the town added, changed or took out.

Between two days on which an entry begins or ends nothing changes; such a stretch is an epoch, and
one lexicon serves all its days.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from town_portal.proofreading.rules.entry import TermEntry
from town_portal.proofreading.rules.finding import NEVER_OVERRIDDEN, Family
from town_portal.proofreading.rules.kinds import KINDS, TermKind
from town_portal.proofreading.rules.lexicon import Leader, Term

_ONE_DAY = timedelta(days=1)


def edges(entries: Iterable[TermEntry]) -> tuple[date, ...]:
    """The days on which an entry begins to hold, or holds no longer, in order."""
    found = {
        edge
        for entry in entries
        if not KINDS[entry.kind].dated_itself
        for edge in (entry.valid_from, entry.valid_to and entry.valid_to + _ONE_DAY)
        if edge
    }
    return tuple(sorted(found))


def epoch(ordered: Sequence[date], day: date) -> date:
    """The first day of the epoch that a day lies in."""
    place = bisect_right(ordered, day)
    return ordered[place - 1] if place else date.min


def terms_on(shipped: Iterable[Term], entries: Sequence[TermEntry], since: date) -> tuple[Term, ...]:
    """The terms that checks work with in the epoch that begins on a day."""
    replaced = _replaced_since(entries)
    kept = [term for term in shipped if since < replaced.get((term.kind, term.words), date.max)]
    return (*kept, *_town_terms(entries, since))


def left_of_shipped(shipped: Iterable[Term], entries: Iterable[TermEntry]) -> list[Term]:
    """What is left of the shipped terms beside the town's entries, each until the day before an entry takes its place."""
    replaced = _replaced_since(entries)
    left = []
    for term in shipped:
        since = replaced.get((term.kind, term.words))
        if since is None:
            left.append(term)
        elif since > date.min:
            left.append(replace(term, valid_to=min(term.valid_to or date.max, since - _ONE_DAY)))
    return left


def _replaced_since(entries: Iterable[TermEntry]) -> dict[tuple[str, str], date]:
    """(kind, words) → from which day on the town's entries take the place of what is shipped."""
    since: dict[tuple[str, str], date] = {}
    for entry in entries:
        begins = date.min if KINDS[entry.kind].dated_itself or entry.off else entry.valid_from or date.min
        since[entry.kind.value, entry.words] = min(since.get((entry.kind.value, entry.words), date.max), begins)
    return since


def _town_terms(entries: Iterable[TermEntry], day: date) -> Iterable[Term]:
    for entry in entries:
        if entry.off or entry.kind in (TermKind.LEADERS, TermKind.EXCEPTIONS):
            continue
        if KINDS[entry.kind].dated_itself:
            yield entry.term
        elif entry.holds_on(day):  # it holds throughout the epoch, so checks need not ask again
            yield replace(entry.term, valid_from=None, valid_to=None)


def leaders(entries: Iterable[TermEntry]) -> tuple[Leader, ...]:
    """The leaders of all days, in their order; the check asks who is in office."""
    found = [
        Leader(entry.words, (entry.right,), entry.position or 0, entry.valid_from, entry.valid_to)
        for entry in entries
        if entry.kind is TermKind.LEADERS and not entry.off
    ]
    return tuple(sorted(found, key=lambda leader: leader.order))


def exceptions_on(terms: Iterable[Term], entries: Iterable[TermEntry], day: date) -> frozenset[tuple[Family, str]]:
    """(family, words) that are no error on a day: 不是错 in its family, a protected word in every one.

    Personal data and secrecy are never among them, whatever an entry says. ``terms`` are those of the day.
    """
    named = {
        (Family(entry.right), entry.words)
        for entry in entries
        if entry.kind is TermKind.EXCEPTIONS and entry.holds_on(day)
    }
    protected = [term.words for term in terms if term.kind == TermKind.PROTECTED]
    allowed = [family for family in Family if family not in NEVER_OVERRIDDEN]
    everywhere = {(family, words) for words in protected for family in allowed}
    return frozenset(pair for pair in named | everywhere if pair[0] not in NEVER_OVERRIDDEN)


def with_proposed(entries: Sequence[TermEntry], proposed: Iterable[TermEntry]) -> list[TermEntry]:
    """The entries as they would be with some more in force, each in the place of what it replaces or cuts short."""
    known = list(entries)
    for new in proposed:
        kept = []
        for old in known:
            last = old.goes_on_until(new)
            if not old.meets(new):
                kept.append(old)
            elif last is not None:
                kept.append(replace(old, valid_to=last))
        known = [*kept, new]
    return known
