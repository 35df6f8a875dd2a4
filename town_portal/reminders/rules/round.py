"""One round of reminding: from all duties and all posts to one letter a person.

Who is told: whoever owes the duty (the one who took it on, else the holders of the seat, in a leave
his cover, else the deputies); from a rung on the deputies; last the seat above (督办). Never the one
who handed the duty on, never somebody whose hands are on it already, nothing twice, nothing that a
higher message to the same person has said already.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from town_portal.foundation.clock import day_of, local
from town_portal.reminders.rules import ladder
from town_portal.reminders.rules.ladder import Rung, Worked
from town_portal.workdays.rules.calendar import Calendar
from town_portal.workdays.rules.quiet import is_quiet
from town_portal.workflow.duty import Duty, Seat

LATEST_DIGEST = timedelta(hours=3)
"""A digest that could not go out in the morning is no use in the afternoon."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who holds a seat today."""

    holders: tuple[int, ...] = ()
    """In their own right and at work; for who is on leave, his covers."""
    deputies: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """A unit where a person sits today."""

    unit_id: int
    own: bool
    """In his own right, not as somebody's cover."""


@dataclass(frozen=True, slots=True)
class Line:
    """One duty told to one person, by the rung that was reached."""

    duty: Duty
    rung: Rung
    vacant: bool = False
    """Nobody holds the seat that owes it: it is told to the one above."""
    owners: tuple[int, ...] = ()
    """Who owes it, where somebody else is told."""


@dataclass(slots=True)
class Letter:
    """What one person is told in one round."""

    person_id: int
    lines: list[Line] = field(default_factory=list)
    digest: list[Duty] | None = None
    """Everything he owes, in the morning's letter."""
    ways: frozenset[str] = frozenset()

    @property
    def urgent(self) -> bool:
        """Is one of its lines urgent?"""
        return any(line.duty.urgent for line in self.lines)


@dataclass(frozen=True, slots=True)
class Told:
    """What was said before."""

    rungs: Mapping[tuple[int, str], Rung]
    """(person, duty key) → the highest rung told."""
    last: Mapping[int, datetime]
    """Person → when his newest letter went out."""
    digests: frozenset[int] = frozenset()
    """Who has had the morning's letter today."""
    snoozed: Mapping[tuple[int, str], datetime] = field(default_factory=dict)
    """(person, duty key) → until when he asked not to be told again."""


@dataclass(frozen=True, slots=True)
class Terms:
    """By what a round goes: the settings ``ladder`` and ``quiet_hours``, the calendar, working time."""

    ladder: Mapping[str, Any]
    quiet: Mapping[str, Any]
    calendar: Calendar
    worked: Worked


def letters(
    duties: Iterable[Duty],
    seats: Mapping[Seat, Sitting],
    last_resort: Seat | None,
    told: Told,
    terms: Terms,
    now: datetime,
) -> list[Letter]:
    """The letters to be sent at ``now`` (UTC), one a person, by his number.

    ``last_resort`` is told what nobody else can be told: a seat without anybody, above or below.
    """
    quiet = is_quiet(now, terms.quiet, terms.calendar)
    found: dict[int, Letter] = {}
    owed: defaultdict[int, list[Duty]] = defaultdict(list)
    digest = not quiet and _digest_is_due(now, terms)
    for duty in duties:
        if duty.since > now:
            continue
        owners, vacant = who_owes(duty, seats, last_resort)
        if digest and not vacant and not _too_early(duty, terms, now):
            for person in owners:
                owed[person].append(duty)
        if quiet and not duty.urgent:
            continue
        for person, line in _lines(duty, owners, vacant, seats, last_resort, told, terms, now):
            letter = found.setdefault(person, Letter(person))
            letter.lines.append(line)
            letter.ways |= ladder.ways(_lane(terms, duty), line.rung)
    ready = {person: letter for person, letter in found.items() if not _waits(letter, told, terms, now)}
    if digest:
        for person, duties_ in owed.items():
            if person not in told.digests:
                letter = ready.setdefault(person, found.get(person, Letter(person)))
                letter.digest = sorted(duties_, key=lambda duty: (duty.due_at, duty.key))
                letter.ways |= ladder.WAYS[terms.ladder["digest"]["ways"]]
    for letter in ready.values():
        letter.lines.sort(key=lambda line: (not line.duty.urgent, -line.rung, line.duty.due_at, line.duty.key))
    return [ready[person] for person in sorted(ready)]


def who_owes(duty: Duty, seats: Mapping[Seat, Sitting], last_resort: Seat | None) -> tuple[tuple[int, ...], bool]:
    """(the people who owe a duty today, whether its seat stands empty and the one above is told instead)."""
    sitting = seats.get(duty.seat, Sitting())
    at_work = (*sitting.holders, *sitting.deputies)
    if duty.person_id in at_work and duty.person_id not in duty.apart:
        return (duty.person_id,), False
    for group in (sitting.holders, sitting.deputies):
        if able := tuple(person for person in group if person not in duty.apart):
            return able, False
    return _above(duty, seats, last_resort), True


def _lines(
    duty: Duty,
    owners: tuple[int, ...],
    vacant: bool,
    seats: Mapping[Seat, Sitting],
    last_resort: Seat | None,
    told: Told,
    terms: Terms,
    now: datetime,
) -> Iterable[tuple[int, Line]]:
    """(person, line) for everybody who has to be told of a duty now; each once, by his highest rung."""
    done: set[int] = set()
    for rung in ladder.reached(duty, now, terms.worked, _lane(terms, duty)):
        for person in _told_at(rung, duty, owners, vacant, seats, last_resort):
            if person in done:
                continue
            done.add(person)
            if told.rungs.get((person, duty.key), Rung.DIGEST) >= rung:
                continue
            until = told.snoozed.get((person, duty.key))
            if until is not None and now < until and rung < Rung.DEPUTY:
                continue
            yield person, Line(duty, rung, vacant, () if person in owners else owners)


def _told_at(
    rung: Rung,
    duty: Duty,
    owners: tuple[int, ...],
    vacant: bool,
    seats: Mapping[Seat, Sitting],
    last_resort: Seat | None,
) -> tuple[int, ...]:
    if rung is Rung.SUPERIOR:
        return _above(duty, seats, last_resort, owners)
    if rung is Rung.DEPUTY:
        deputies = seats.get(duty.seat, Sitting()).deputies
        return tuple(person for person in deputies if person not in owners and person not in duty.apart)
    if rung is Rung.ARRIVED and not vacant:  # that a seat stands empty is news to whoever handed it on, too
        return tuple(person for person in owners if person != duty.doer_id)
    return owners


def _above(
    duty: Duty, seats: Mapping[Seat, Sitting], last_resort: Seat | None, but: Iterable[int] = ()
) -> tuple[int, ...]:
    """The first people above who are not among those who owe it or had a hand in it."""
    left_out = {*but, *duty.apart}
    for seat in (duty.above, last_resort):
        sitting = seats.get(seat, Sitting()) if seat is not None else Sitting()
        for group in (sitting.holders, sitting.deputies):
            if people := tuple(person for person in group if person not in left_out):
                return people
    return ()


def _lane(terms: Terms, duty: Duty) -> ladder.Lane:
    lane: ladder.Lane = terms.ladder["urgent" if duty.urgent else "normal"]
    return lane


def _waits(letter: Letter, told: Told, terms: Terms, now: datetime) -> bool:
    """Should these lines wait for company? Only what can, and only for a while after the last letter."""
    if letter.urgent or any(not line.rung.can_wait for line in letter.lines):
        return False
    last = told.last.get(letter.person_id)
    return last is not None and now - last < timedelta(minutes=int(terms.ladder["batch"]["minutes"]))


def _too_early(duty: Duty, terms: Terms, now: datetime) -> bool:
    """Is it a slow duty with more than half of its time before it?"""
    if not duty.kind.slow:
        return False
    return Rung.HALF not in ladder.reached(duty, now, terms.worked, _lane(terms, duty))


def _digest_is_due(now: datetime, terms: Terms) -> bool:
    if terms.ladder["digest"]["ways"] == "off" or not terms.calendar.is_workday(day_of(now)):
        return False
    here = local(now)
    start = datetime.combine(here.date(), time.fromisoformat(terms.ladder["digest"]["at"]), here.tzinfo)
    return start <= here < start + LATEST_DIGEST


def digest_key(day: date) -> str:
    """The key under which a day's digest is remembered."""
    return f"digest:{day.isoformat()}"


def group_of(desks: Sequence[Desk], duties: Iterable[Duty]) -> int | None:
    """The unit whose work group a letter about these duties goes to; None: the town's.

    ``desks`` are where its reader sits today: the one of them that the duties are of, where none is,
    the first he holds himself.
    """
    about = {duty.seat[1] for duty in duties} & {desk.unit_id for desk in desks}
    if about:
        return about.pop() if len(about) == 1 else None
    return next((desk.unit_id for desk in desks if desk.own), None)
