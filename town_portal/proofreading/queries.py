"""What texts are held against, and what is found in them."""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from town_portal.access.roles import Role
from town_portal.foundation import clock
from town_portal.foundation.db import canonical, db, read_once
from town_portal.foundation.errors import Refused
from town_portal.network import queries as network
from town_portal.network.models import Unit, UnitKind
from town_portal.network.rules.roster_file import Fault, Table
from town_portal.proofreading.apart import Asked, Kind, ReaderApart
from town_portal.proofreading.language_model import MODEL
from town_portal.proofreading.models import ListedTerm, TermProposal, TermState
from town_portal.proofreading.rules import in_force, kinds, term_file, trial
from town_portal.proofreading.rules.entry import TermEntry, from_term
from town_portal.proofreading.rules.finding import NEVER_OVERRIDDEN, Family, Finding, Severity
from town_portal.proofreading.rules.kinds import KINDS, TermKind
from town_portal.proofreading.rules.lexicon import Lexicon, Term
from town_portal.proofreading.rules.pieces import Reading, assembled
from town_portal.proofreading.rules.plan import Change, Lists, Planned, plan
from town_portal.proofreading.rules.writing import Writing
from town_portal.settings import queries as settings
from town_portal.settings.models import Setting
from town_portal.workflow.duty import Duty, DutyKind, Limits, Page

DATA = Path(__file__).with_name("data")
NAMES = (TermKind.OTHER_TOWNS, TermKind.PLACES, TermKind.PLATFORMS)
"""Lists that checks know as names of their own, not as terms."""
SHOWN = {
    "": "全部",
    "holds": "在用",
    "coming": "未到日子",
    "over": "已过期",
    "off": "已停用",
    "town": "镇里的",
    "waiting": "待确认",
    "rejected": "未同意",
}
"""What a list page may be narrowed down to."""


@cache
def shipped_terms() -> tuple[Term, ...]:
    """The terms of every shipped list: the file's name is their kind."""
    return tuple(term for path in sorted(DATA.glob("*.csv")) for term in _terms(path))


# -- what texts are held against -----------------------------------------------------------------

Mark = tuple[str, int, int, int]
"""The state of the town's lists: the house, proposals there are, their versions summed, the newest."""

_P = TermProposal.__table__.c
_MARK = select(func.count(), func.coalesce(func.sum(_P.version), 0), func.coalesce(func.max(_P.id), 0))


def mark() -> Mark:
    """The state of the town's lists: one cheap statement a transaction, however many entries there are."""
    return read_once(_MARK, lambda: (str(db.engine.url), *db.session.execute(_MARK).one()))


def lexicon(day: date | None = None) -> Lexicon:
    """What a text of a day (today by default) is held against: names of the network, shipped terms, the town's lists.

    One object serves all days between which no entry begins or ends.
    """
    state = mark()
    return _lexicon(*_names(), state, in_force.epoch(_edges(state), day or clock.today()))


def exceptions(day: date | None = None) -> frozenset[tuple[Family, str]]:
    """(family, words) that are no error on a day (today by default); personal data and secrecy are never among them."""
    state = mark()
    return _exceptions(state, in_force.epoch(_edges(state), day or clock.today()))


def entries() -> tuple[TermEntry, ...]:
    """The town's confirmed entries of all lists and days."""
    return _entries(mark())


def failures(proposed: Sequence[TermEntry]) -> dict[int, list[str]]:
    """Place of an entry → its examples that do not prove it, with all the entries in force.

    Every example is read by the real engine: some milliseconds each. Refused when it cannot read in time.
    """
    together = in_force.with_proposed(entries(), proposed)
    edges, today = in_force.edges(together), clock.today()
    known: dict[date, tuple[Lexicon, frozenset[tuple[Family, str]]]] = {}
    found = {}
    for place, entry in enumerate(proposed):
        day = trial.day_of_trial(entry, today)
        since = in_force.epoch(edges, day)
        if since not in known:
            terms = in_force.terms_on(shipped_terms(), together, since)
            known[since] = _built(*_names(), together, terms), in_force.exceptions_on(terms, together, since)
        failed = trial.failures(entry, partial(_read, day, *known[since]))
        if failed:
            found[place] = failed
    return found


def _read(day: date, known: Lexicon, allowed: frozenset[tuple[Family, str]], sentence: str) -> list[Finding]:
    return reader().read(Asked(Writing(sentence, day), allowed, guesses=False), known).found


def findings(writing: Writing, *, guesses: bool = False) -> list[Finding]:
    """Everything found in a text by the town's lexicon; what it decided to be no error is left out.

    With ``guesses`` also what only the speller finds, as hints: what an act decides by never
    depends on a guess. Refused when the text cannot be read in time.
    """
    return list(_found(writing, lexicon(writing.day), exceptions(writing.day), guesses))


def holds_what_must_not_leave(text: str) -> bool:
    """Does a text hold personal data or a mark of secrecy? Where it cannot be read just now, it counts as if."""
    try:
        found = findings(Writing(text, clock.today()))
    except Refused:
        return True
    return any(one.family in NEVER_OVERRIDDEN for one in found)


def findings_in_attachment(words: str, day: date | None) -> list[Finding]:
    """What is found in one part of an attachment by the town's lexicon, each with the weight it has there.

    Read piece by piece: other people's texts have their turn in between.
    """
    known, allowed = lexicon(day), exceptions(day)

    def read(kind: Kind) -> Reading:
        return lambda some: reader().read(Asked(Writing(some, day), allowed, guesses=False, kind=kind), known).found

    return assembled(words, read(Kind.PIECE), read(Kind.TABLES))


@cache
def reader() -> ReaderApart:
    """The proofreader of this process, which reads in a process of its own."""
    return ReaderApart(MODEL)


@lru_cache(maxsize=512)
def _found(
    writing: Writing, known: Lexicon, allowed: frozenset[tuple[Family, str]], guesses: bool
) -> tuple[Finding, ...]:
    """A text is read by its page, its form and its act: the second and third time cost nothing."""
    answer = reader().read(Asked(writing, allowed, guesses), known)
    hints = [replace(one, severity=Severity.HINT) for one in answer.guessed]
    return tuple(sorted([*answer.found, *hints], key=lambda one: one.start))


def _names() -> tuple[tuple[tuple[str, str], ...], str]:
    """((unit, kind) …, facts of the town as canonical JSON): what a lexicon takes from the network and the settings."""

    def read() -> tuple[tuple[tuple[str, str], ...], str]:
        units = tuple((unit.name, unit.kind.value) for unit in network.units())
        return units, canonical({**settings.value("region"), **settings.value("site")})

    return read_once("names of the lexicon", read)


_T = ListedTerm.__table__.c
_IN_FORCE = (
    select(
        _T.kind, _T.words, _T.right, _T.note, _T.position, _T.valid_from, _T.valid_to, _T.off, _T.bad, _T.good,
        _T.owner_id,
    )
    .where(_T.state == TermState.CONFIRMED)
    .order_by(_T.id)
)  # fmt: skip


@lru_cache(maxsize=4)
def _entries(_state: Mark) -> tuple[TermEntry, ...]:
    return tuple(
        TermEntry(row.kind, row.words, row.right, row.note, row.position, row.valid_from, row.valid_to, row.off,
              tuple(row.bad), tuple(row.good), row.owner_id)
        for row in db.session.execute(_IN_FORCE)
    )  # fmt: skip


@lru_cache(maxsize=4)
def _edges(state: Mark) -> tuple[date, ...]:
    return in_force.edges(_entries(state))


@lru_cache(maxsize=8)
def _terms_on(state: Mark, since: date) -> tuple[Term, ...]:
    return in_force.terms_on(shipped_terms(), _entries(state), since)


@lru_cache(maxsize=8)
def _exceptions(state: Mark, since: date) -> frozenset[tuple[Family, str]]:
    return in_force.exceptions_on(_terms_on(state, since), _entries(state), since)


@lru_cache(maxsize=8)
def _lexicon(units: tuple[tuple[str, str], ...], facts: str, state: Mark, since: date) -> Lexicon:
    return _built(units, facts, _entries(state), _terms_on(state, since))


def _built(
    units: tuple[tuple[str, str], ...], facts: str, listed: Sequence[TermEntry], terms: tuple[Term, ...]
) -> Lexicon:
    known: Mapping[str, Any] = json.loads(facts)
    town, county = known["town"], known["county"]
    of_kind = {kind: tuple(name for name, its in units if its == kind.value) for kind in UnitKind}
    names = {kind: tuple(term.words for term in terms if term.kind == kind) for kind in NAMES}
    return Lexicon(
        town_full=f"{county}{town}",
        town=town,
        party_committee=f"中共{county}{town}委员会",
        government=known["organ"],
        county=county,
        city=known["city"],
        province=known["province"],
        other_towns=names[TermKind.OTHER_TOWNS],
        villages=of_kind[UnitKind.VILLAGE],
        communities=of_kind[UnitKind.COMMUNITY],
        offices=of_kind[UnitKind.OFFICE],
        places=names[TermKind.PLACES],
        platforms=names[TermKind.PLATFORMS],
        leaders=in_force.leaders(listed),
        terms=terms,
    )


def _terms(path: Path) -> Iterator[Term]:
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield Term(
                path.stem, row["words"], row["right"], row["note"], _day(row["valid_from"]), _day(row["valid_to"])
            )


def _day(words: str) -> date | None:
    return date.fromisoformat(words) if words else None


# -- what pages show -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a list as a page shows it."""

    entry: TermEntry
    standing: str
    """A key of ``SHOWN``."""
    term_id: int | None = None
    """The row it stands in; None for what is shipped."""
    owner: str = ""
    proposal_id: int | None = None
    """The proposal in which it waits for a decision, or was turned down."""

    def answers_to(self, q: str, show: str) -> bool:
        """Is it among what was asked for? What was turned down is shown only when it is asked for."""
        if self.standing == "rejected" and show != "rejected":
            return False
        if show and show not in (self.standing, "town" if self.term_id else ""):
            return False
        return not q or any(q in words for words in (self.entry.words, self.entry.right, self.entry.note))


def standing(entry: TermEntry, today: date) -> str:
    """How a decided entry stands: a key of ``SHOWN``."""
    if entry.off:
        return "off"
    if entry.valid_from and entry.valid_from > today:
        return "coming"
    return "over" if entry.valid_to and entry.valid_to < today else "holds"


def lines(*kinds: TermKind) -> list[Line]:
    """Whole lists, in order: what waits, what the town keeps, what is shipped and left, what was turned down.

    Leaders stand in their order, other entries of the town newest first.
    """
    rows = db.session.scalars(
        select(ListedTerm)
        .where(ListedTerm.kind.in_(kinds), ListedTerm.state != TermState.RETIRED)
        .options(joinedload(ListedTerm.owner))
        .order_by(ListedTerm.position, ListedTerm.id.desc())
    )
    today = clock.today()
    waits, decided, turned_down = [], [], []
    for row in rows:
        match row.state:
            case TermState.PROPOSED:
                waits.append(Line(row.entry, "waiting", row.id, row.owner.name, row.proposal_id))
            case TermState.REJECTED:
                turned_down.append(Line(row.entry, "rejected", row.id, row.owner.name, row.proposal_id))
            case _:
                decided.append(Line(row.entry, standing(row.entry, today), row.id, row.owner.name))
    left = [from_term(term) for term in shipped_left(*kinds)]
    return [*waits, *decided, *(Line(entry, standing(entry, today)) for entry in left), *turned_down]


def shipped_left(*kinds: TermKind) -> list[Term]:
    """The shipped terms of some lists that the town left as they are, or has not taken over yet."""
    return in_force.left_of_shipped([term for term in shipped_terms() if term.kind in kinds], entries())


@dataclass(frozen=True, slots=True)
class ListFigures:
    """One list in figures of today."""

    kind: kinds.Kind
    holding: int
    of_town: int
    waiting: int


def figures() -> list[ListFigures]:
    """Every list in figures of today: the counts of the lists' pages, by one statement."""
    counted = Counter((line.entry.kind, line.standing, line.term_id is not None) for line in lines(*TermKind))
    return [
        ListFigures(
            kind,
            counted[kind.kind, "holds", True] + counted[kind.kind, "holds", False],
            counted[kind.kind, "holds", True],
            counted[kind.kind, "waiting", True],
        )
        for kind in KINDS.values()
    ]


def waiting() -> list[TermProposal]:
    """Proposals that nobody has decided, oldest first."""
    return list(
        db.session.scalars(
            select(TermProposal).where(TermProposal.state == TermState.PROPOSED).order_by(TermProposal.id)
        )
    )


def duties(limits: Limits) -> list[Duty]:
    """Changes of the lists that a second person has to decide."""
    found = (
        select(TermProposal)
        .where(TermProposal.state == TermState.PROPOSED)
        .options(selectinload(TermProposal.terms), joinedload(TermProposal.proposed_by))
        .order_by(TermProposal.id)
    )
    return [
        Duty(
            key=f"terms:{waiting_.id}",
            kind=DutyKind.CONFIRMATION,
            what=f"校对词库：{waiting_}",
            page=Page("proofreading.proposal", "proposal_id", waiting_.id),
            seat=(Role.PUBLISHER, limits.coordinating_id),
            above=(Role.COORDINATOR, limits.coordinating_id),
            since=waiting_.proposed_at,
            due_at=limits.confirmation(waiting_.proposed_at),
            sender=waiting_.proposed_by.name,
            words=waiting_.reason,
            doer_id=waiting_.proposed_by_id,
            apart=frozenset(one for one in (waiting_.proposed_by_id, waiting_.proposed_for_id) if one),
        )
        for waiting_ in db.session.scalars(found)
    ]


def proposal(proposal_id: int) -> TermProposal | None:
    """One proposal."""
    return db.session.get(TermProposal, proposal_id)


def term(term_id: int) -> ListedTerm | None:
    """One row of a list, whatever became of it."""
    return db.session.get(ListedTerm, term_id)


def shipped(kind: TermKind, words: str) -> TermEntry | None:
    """What is shipped under some words and still holds or held beside the town's entries."""
    return next((from_term(one) for one in shipped_left(kind) if one.words == words), None)


def story(listed: ListedTerm) -> list[ListedTerm]:
    """Everything that was ever proposed under the same words of a list, newest first."""
    return list(
        db.session.scalars(
            select(ListedTerm)
            .where(ListedTerm.kind == listed.kind, ListedTerm.words == listed.words)
            .options(joinedload(ListedTerm.proposal))
            .order_by(ListedTerm.id.desc())
        )
    )


def met_by(entry: TermEntry) -> list[ListedTerm]:
    """The confirmed rows that an entry takes the place of, or cuts short."""
    rows = db.session.scalars(
        select(ListedTerm).where(
            ListedTerm.kind == entry.kind,
            ListedTerm.words == entry.words,
            ListedTerm.state == TermState.CONFIRMED,
        )
    )
    return [row for row in rows if row.entry.meets(entry)]


def plan_of(proposed: Iterable[tuple[int, TermEntry]]) -> list[Planned]:
    """What (line, entry) of one list would change in it; an entry that names no owner gets the coordinating office."""
    office = network.coordinating_id()
    lines_ = [(line, one if one.owner_id else replace(one, owner_id=office)) for line, one in proposed]
    in_wait = db.session.scalars(select(ListedTerm).where(ListedTerm.state == TermState.PROPOSED))
    return plan(lines_, Lists(entries(), shipped_terms(), {row.entry.key for row in in_wait}))


def changes(proposal_: TermProposal) -> list[tuple[ListedTerm, TermEntry | None]]:
    """Every row of a proposal that waits, with what it takes the place of."""
    shipped_ = {(term.kind, term.words): from_term(term) for term in shipped_left(proposal_.kind)}
    found: list[tuple[ListedTerm, TermEntry | None]] = []
    for row in proposal_.terms:
        met = [known for known in entries() if known.meets(row.entry)]
        found.append((row, met[0] if met else shipped_.get((row.kind, row.words))))
    return found


def owners() -> dict[str, int]:
    """The units that may answer for an entry, by name."""
    return {unit.name: unit.id for unit in network.units()}


def file_rows(kind: TermKind, *, of_town: bool = False) -> list[tuple[TermEntry, str]]:
    """(entry, owner) of a list without what waits, as it is exported; ``of_town`` leaves out what is shipped."""
    kept = [line for line in lines(kind) if line.proposal_id is None and (line.term_id or not of_town)]
    return [(line.entry, line.owner) for line in kept]


def unit_names() -> dict[int, str]:
    """Every unit's name by id, closed ones too: who answered for an entry stays named."""
    return {unit_id: name for unit_id, name in db.session.execute(select(Unit.id, Unit.name))}


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file of entries would change, and every line that may not."""

    planned: list[Planned]
    refused: list[Fault]

    @property
    def lines(self) -> list[tuple[int, TermEntry]]:
        """(line, entry) of everything that was read."""
        return [(line.line, line.entry) for line in self.planned]

    @property
    def changing(self) -> list[Planned]:
        """The lines that are new or change something."""
        return [line for line in self.planned if line.change in (Change.NEW, Change.CHANGED)]

    @property
    def added(self) -> int:
        """How many lines are new."""
        return self._count(Change.NEW)

    @property
    def altered(self) -> int:
        """How many lines change what is there."""
        return self._count(Change.CHANGED)

    @property
    def unchanged(self) -> int:
        """How many lines say what is there already."""
        return self._count(Change.UNCHANGED)

    def _count(self, change: Change) -> int:
        return sum(line.change is change for line in self.planned)


def preview(kind: kinds.Kind, table: Table) -> Preview:
    """What a table of entries would change in its list; examples are run when everything else is in order.

    Refused: more changes than a second person can be asked to read.
    """
    read, faults = term_file.entries_of(kind, table, owners())
    planned = plan_of(read)
    faults += [Fault(line.line, line.reason) for line in planned if line.change is Change.REFUSED]
    found = Preview(planned, sorted(faults, key=lambda fault: fault.line))
    changing = found.changing
    if len(changing) > term_file.MOST_CHANGES:
        raise Refused(f"一次最多改 {term_file.MOST_CHANGES} 条，这个文件要改 {len(changing)} 条，请分成几个文件。")
    if not found.refused:
        failed = failures([line.entry for line in changing])
        found.refused.extend(Fault(changing[place].line, "；".join(said)) for place, said in failed.items())
    return found


# -- what the settings held before the lists were kept here ---------------------------------------

_LEFT = {
    TermKind.LEADERS: ("roster", "leaders"),
    TermKind.OTHER_TOWNS: ("roster", "other_towns"),
    TermKind.PLACES: ("roster", "places"),
    TermKind.PLATFORMS: ("roster", "platforms"),
    TermKind.PROTECTED: ("proofreading", "exceptions"),
}
"""List → the key that has left the settings, and its part. An exception held in every family: a protected word."""


def left_in_settings() -> dict[TermKind, Setting]:
    """List → the confirmed setting it was kept in, for lists in which nobody has proposed anything yet."""
    begun = set(db.session.scalars(select(TermProposal.kind).distinct()))
    found = {kind: settings.last_of(key) for kind, (key, _) in _LEFT.items() if kind not in begun}
    return {kind: setting for kind, setting in found.items() if setting is not None}


def entries_of_setting(kind: TermKind, value: Mapping[str, Any]) -> list[TermEntry]:
    """The entries that make a list what a setting's value says: what it adds to the shipped ones, and what it lacks."""
    lines: list[str] = value[_LEFT[kind][1]]
    known = [term.words for term in shipped_terms() if term.kind == kind]
    if kind is TermKind.LEADERS:
        named = [(place, *line.partition(" ")[::2]) for place, line in enumerate(lines, 1)]
        return [TermEntry(kind, name, titles.strip(), position=place) for place, name, titles in named]
    added = [TermEntry(kind, words) for words in lines if words not in known]
    if kind is TermKind.PROTECTED:  # the setting held the town's own words beside a list it never saw
        return added
    return added + [TermEntry(kind, words, off=True) for words in known if words not in lines]
