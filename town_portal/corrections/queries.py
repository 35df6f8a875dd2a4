"""Questions about faults. Every reading for a person starts from ``visible_to(person)``."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from town_portal.access.actor import Actor
from town_portal.access.roles import Role
from town_portal.corrections.models import ChannelCheck, Fault, FaultCase, FixProposal, ReaderKnock
from town_portal.corrections.rules.fault import FaultCause, FaultOrigin, FaultSeverity, FixWay
from town_portal.corrections.rules.lifecycle import COUNTED, OPEN, FaultState
from town_portal.corrections.rules.masking import masked
from town_portal.corrections.rules.weight import Told
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.network import queries as network
from town_portal.network.models import Person, Unit, UnitKind
from town_portal.proofreading import queries as proofreading
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values import facts
from town_portal.publishing.models import Publication, Standing
from town_portal.releases.models import Release, ReleaseChannel
from town_portal.releases.rules.lifecycle import ReleaseState
from town_portal.settings import queries as settings
from town_portal.submissions import queries as submissions
from town_portal.submissions.models import Hand, Revision, Submission
from town_portal.submissions.queries import visible
from town_portal.submissions.rules import markup
from town_portal.submissions.rules.comparison import Piece
from town_portal.submissions.rules.lifecycle import State
from town_portal.workflow.duty import Duty, DutyKind, Limits, Page


@dataclass(frozen=True, slots=True)
class CountedFault:
    """A fault that counts against a unit."""

    fault_id: int
    number: str
    submission_id: int
    unit_id: int
    severity: FaultSeverity
    cause: FaultCause | None
    origin: FaultOrigin
    day: date
    """The day in Shanghai on which it was confirmed."""


def counted(first: date, last: date) -> list[CountedFault]:
    """The faults confirmed from one day to another (both included, Shanghai), in that order; dismissed ones never."""
    rows = db.session.execute(
        select(
            Fault.id,
            Fault.number,
            Fault.submission_id,
            Fault.unit_id,
            Fault.severity,
            Fault.cause,
            Fault.origin,
            Fault.confirmed_at,
        )
        .where(
            Fault.state.in_(COUNTED),
            Fault.confirmed_at >= clock.instant(first),
            Fault.confirmed_at < clock.instant(last + timedelta(days=1)),
        )
        .order_by(Fault.confirmed_at, Fault.id)
    )
    return [
        CountedFault(number, name, item, unit, severity or FaultSeverity.MINOR, cause, origin, clock.day_of(at))
        for number, name, item, unit, severity, cause, origin, at in rows
        if at is not None
    ]


def visible_to(actor: Actor) -> Select[Fault]:
    """The faults of items an actor may see."""
    return (
        select(Fault)
        .join(Fault.submission)
        .where(visible(actor))
        .options(contains_eager(Fault.submission), joinedload(Fault.publication), joinedload(Fault.unit))
    )


def get(fault_id: int, actor: Actor) -> Fault | None:
    """One fault, if the actor may see its item."""
    return db.session.scalar(visible_to(actor).where(Fault.id == fault_id))


def of_source(source: str) -> Fault | None:
    """The ticket that was opened for a thing of another room, such as ``late_finding:12``."""
    return db.session.scalar(select(Fault).where(Fault.source == source).order_by(Fault.id.desc()).limit(1))


def by_receipt(receipt: str) -> Fault | None:
    """The fault a reader asks about by his receipt."""
    return db.session.scalar(select(Fault).where(Fault.receipt == receipt))


def of_submission(submission_id: int) -> Sequence[Fault]:
    """All faults of an item, the newest first."""
    found = select(Fault).where(Fault.submission_id == submission_id).order_by(Fault.id.desc())
    return db.session.scalars(found).all()


# -- what the acts ask -----------------------------------------------------------------------------


def open_proposal(fault_id: int) -> FixProposal | None:
    """The change that waits for another person's signature."""
    found = select(FixProposal).where(FixProposal.fault_id == fault_id, FixProposal.decided_at.is_(None))
    return db.session.scalar(found.order_by(FixProposal.id.desc()).limit(1))


def proposals(fault_id: int) -> Sequence[FixProposal]:
    """Every change that was proposed for a fault, in order."""
    found = select(FixProposal).where(FixProposal.fault_id == fault_id).order_by(FixProposal.id)
    return db.session.scalars(found.options(joinedload(FixProposal.decided_by))).all()


def checks(fault_id: int) -> Sequence[ChannelCheck]:
    """The channels of a fault, in the order they were opened."""
    found = select(ChannelCheck).where(ChannelCheck.fault_id == fault_id).order_by(ChannelCheck.id)
    return db.session.scalars(found.options(joinedload(ChannelCheck.done_by))).all()


def check_line(line_id: int, actor: Actor) -> ChannelCheck | None:
    """One channel of a fault the actor may see."""
    line = db.session.get(ChannelCheck, line_id)
    return line if line is not None and get(line.fault_id, actor) is not None else None


def case_of(fault_id: int) -> FaultCase | None:
    """The case a fault became."""
    return db.session.scalar(select(FaultCase).where(FaultCase.fault_id == fault_id))


def drafters(submission_id: int) -> set[int]:
    """Whoever wrote an item or any correction of it."""
    found = (
        select(Hand.person_id)
        .join(Submission, Submission.id == Hand.submission_id)
        .where(Hand.stage == State.DRAFT, or_(Submission.id == submission_id, Submission.corrects_id == submission_id))
    )
    return set(db.session.scalars(found))


def published_on(revision: Revision) -> date:
    """The day of publication of the item a version belongs to; the day it was saved where it never was."""
    item = revision.submission
    found = select(Publication.published_on).where(Publication.submission_id == (item.corrects_id or item.id))
    return db.session.scalar(found) or clock.day_of(revision.created_at)


def told(base: Revision, title: str, body_html: str) -> tuple[Told, Told]:
    """A version and the same with other words, as the public reads them."""
    day = published_on(base)
    return (
        Told(base.title, markup.words(base.body_html), day),
        Told(title, markup.words(markup.sanitised(body_html)), day),
    )


def lexicon(base: Revision) -> Lexicon:
    """The names a version is held against: those of its day."""
    return proofreading.lexicon(published_on(base))


def masks() -> dict[str, str]:
    """What the names of the town's units become where nobody is to be pointed at: 洛洞村 → 某村."""
    found: dict[str, str] = {}
    for unit in network.units():
        word = {UnitKind.VILLAGE: "某村", UnitKind.COMMUNITY: "某社区"}.get(unit.kind, "某办公室")
        found |= {unit.name: word, unit.full_name: word}
    return {name: word for name, word in found.items() if name}


def knocks(network_: str, since: datetime) -> tuple[int, int]:
    """(messages of one network, messages of all) since an instant."""
    mine = func.count().filter(ReaderKnock.network == network_)
    row = db.session.execute(select(mine, func.count()).where(ReaderKnock.at >= since)).one()
    return row[0], row[1]


@dataclass(frozen=True, slots=True)
class Ran:
    """A channel beyond the portal on which an article came out."""

    name: str
    release_id: int | None
    url: str


def ran_on(publication_id: int) -> Iterator[Ran]:
    """The channels an article ran on, in the town's order."""
    found = (
        select(ReleaseChannel.name, Release.id, Release.url)
        .join(Release, Release.channel_id == ReleaseChannel.id)
        .where(Release.publication_id == publication_id, Release.state == ReleaseState.RELEASED)
        .order_by(ReleaseChannel.position, ReleaseChannel.id)
    )
    for name, release_id, url in db.session.execute(found):
        yield Ran(name, release_id, url)


def mended_elsewhere(fault: Fault) -> bool:
    """Did the article go, or did a correction that came through review take its place since the fault was found?"""
    publication = fault.publication
    if publication.standing is Standing.WITHDRAWN:
        return True
    by_review = publication.revision.submission.corrects_id is not None
    return fault.way is FixWay.REVIEW and by_review and publication.revision_id != fault.revision_id


def to_settle() -> list[Fault]:
    """Faults still waiting to be mended whose article changed elsewhere: two joins, a handful of rows."""
    found = (
        select(Fault)
        .join(Fault.publication)
        .where(
            Fault.state.in_((FaultState.CONFIRMED, FaultState.PROPOSED)),
            or_(
                Publication.standing == Standing.WITHDRAWN,
                and_(Fault.way == FixWay.REVIEW, Publication.revision_id != Fault.revision_id),
            ),
        )
        .order_by(Fault.id)
    )
    return [fault for fault in db.session.scalars(found) if mended_elsewhere(fault)]


# -- the register ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the register shows; everything where nothing is chosen."""

    state: str = ""
    unit: int = 0
    cause: str = ""
    origin: str = ""

    @classmethod
    def from_words(cls, words: Mapping[str, str]) -> "Chosen":
        """From an address; words nobody knows choose nothing."""
        state, cause, origin, unit = (words.get(name, "") for name in ("state", "cause", "origin", "unit"))
        return cls(
            state if state in (*FaultState, "open") else "",
            int(unit) if unit.isdecimal() and len(unit) < 9 else 0,
            cause if cause in tuple(FaultCause) else "",
            origin if origin in tuple(FaultOrigin) else "",
        )


def register(actor: Actor, chosen: Chosen) -> Select[Fault]:
    """The faults an actor may see, narrowed down, the newest first."""
    found = visible_to(actor).order_by(Fault.found_at.desc(), Fault.id.desc())
    if chosen.state:
        found = found.where(Fault.state.in_(OPEN if chosen.state == "open" else (FaultState(chosen.state),)))
    if chosen.unit:
        found = found.where(Fault.unit_id == chosen.unit)
    if chosen.cause:
        found = found.where(Fault.cause == FaultCause(chosen.cause))
    if chosen.origin:
        found = found.where(Fault.origin == FaultOrigin(chosen.origin))
    return found


@dataclass(frozen=True, slots=True)
class Figures:
    """The register in figures."""

    by_state: dict[FaultState, int]
    minutes: int | None
    """Minutes from found to mended, the middle one of all mended faults."""

    @property
    def open(self) -> int:
        """How many somebody still has to do something about."""
        return sum(self.by_state.get(state, 0) for state in OPEN)


def figures(actor: Actor) -> Figures:
    """How many faults are where, and how long mending took, as far as the actor sees them."""
    seen = visible_to(actor).with_only_columns(Fault.state, Fault.found_at, Fault.fixed_at).options()
    rows = db.session.execute(seen.order_by(None)).all()
    by_state = Counter(state for state, _, _ in rows)
    spent = sorted((fixed - found).total_seconds() / 60 for _, found, fixed in rows if fixed)
    return Figures(dict(by_state), round(spent[len(spent) // 2]) if spent else None)


def units_with_faults(actor: Actor) -> list[tuple[int, str]]:
    """(id, name) of the units whose faults an actor may see."""
    seen = visible_to(actor).with_only_columns(Fault.unit_id).order_by(None).subquery()
    rows = db.session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(select(seen.c.unit_id))).order_by(Unit.code))
    return [(row[0], row[1]) for row in rows]


def article(number: int | None, index_number: str, actor: Actor) -> Publication | None:
    """A public article by its number or its 索引号, if the actor may see its item or everybody reads it."""
    meant = Publication.id == number if number is not None else Publication.index_number == index_number
    found: Publication | None = db.session.scalar(
        select(Publication).where(meant, Publication.standing == Standing.LIVE)
    )
    return found if actor.posts else None


# -- one ticket ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One line of a ticket's story."""

    at: datetime
    who: str
    what: str
    words: str = ""
    back: bool = False
    signed: bool = False


def story(fault: Fault) -> list[StoryLine]:
    """Everything that was done about a fault, the newest first; from its rows, so nothing a reader wrote is copied."""
    found = [StoryLine(fault.found_at, fault.reported_by.name if fault.reported_by else fault.origin.label, "发现")]
    if fault.confirmed_at:
        found.append(StoryLine(fault.confirmed_at, _name(fault.confirmed_by), "受理", fault.matter))
    for one in proposals(fault.id):
        changes = "；".join(f"“{part['before']}”改成“{part['after']}”" for part in one.changes)
        found.append(StoryLine(one.proposed_at, one.proposed_by_name, "提出改正（校）", changes, signed=True))
        if one.decided_at:
            what = "复核改正（审）" if one.signed else "没有复核"
            found.append(
                StoryLine(
                    one.decided_at,
                    _name(one.decided_by),
                    what,
                    one.reason,
                    back=not one.signed,
                    signed=bool(one.signed),
                )
            )
    if fault.fixed_at and fault.way is not FixWay.IN_PLACE and fault.way:
        word = "撤下" if fault.way is FixWay.WITHDRAWAL else "更正稿发布"
        found.append(StoryLine(fault.fixed_at, "网上", word, fault.publication.withdrawn_reason or ""))
    found += [
        StoryLine(one.done_at, _name(one.done_by), f"核销：{one.name}", one.outcome)
        for one in checks(fault.id)
        if one.done_at
    ]
    if fault.answered_at:
        found.append(StoryLine(fault.answered_at, _name(fault.answered_by), "单位说明", fault.answer))
    if fault.closed_at:
        found.append(
            StoryLine(fault.closed_at, _name(fault.closed_by), "结案", fault.cause.label if fault.cause else "")
        )
    if fault.dismissed_at:
        found.append(
            StoryLine(fault.dismissed_at, _name(fault.dismissed_by), "认定不成立", fault.dismissed_reason, back=True)
        )
    return sorted(found, key=lambda one: one.at, reverse=True)


def _name(person: Person | None) -> str:
    return person.name if person else "系统"


STEPS = (
    ("发现", FaultState.REPORTED),
    ("受理", FaultState.CONFIRMED),
    ("改正", FaultState.PROPOSED),
    ("复核", FaultState.FIXED),
    ("单位说明", FaultState.ANSWERED),
    ("结案", FaultState.CLOSED),
)


def steps(fault: Fault) -> list[tuple[str, str]]:
    """(word, done | now | todo) of the chain on top of a ticket."""
    order = [state for _, state in STEPS]
    if fault.state is FaultState.DISMISSED:
        return [("发现", "done"), ("认定不成立", "done")]
    reached = order.index(fault.state) + 1
    return [
        (word, "done" if at < reached else "now" if at == reached else "todo") for at, (word, _) in enumerate(STEPS)
    ]


def compared(fault: Fault, proposal: FixProposal | None) -> list[tuple[str, str]]:
    """(before, after) of every place that changed, or would change by the proposal."""
    if proposal is not None:
        return [(part["before"], part["after"]) for part in proposal.changes]
    signed = [one for one in proposals(fault.id) if one.signed]
    if signed:
        return [(part["before"], part["after"]) for one in signed for part in one.changes]
    if fault.fixed_revision is None:
        return []
    old, new = fault.revision, fault.fixed_revision
    lines = submissions.difference(old, new).lines
    return [
        (
            "".join(words for piece, words in line.pieces if piece is not Piece.NEW),
            "".join(words for piece, words in line.pieces if piece is not Piece.GONE),
        )
        for line in lines
        if line.changed
    ]


def same_cause(fault: Fault) -> tuple[int, int]:
    """This year's confirmed faults of the same cause: in the town, in the unit."""
    if fault.cause is None:
        return 0, 0
    today = clock.today()
    same = [one for one in counted(today.replace(month=1, day=1), today) if one.cause is fault.cause]
    return len(same), sum(one.unit_id == fault.unit_id for one in same)


def most_characters() -> int:
    """How many signs a change in place may have."""
    found: int = settings.value("faults")["fix_characters"]
    return found


def case_draft(fault: Fault) -> dict[str, str]:
    """A case as the rows know it, names taken out; what is kept already where there is one."""
    if kept := case_of(fault.id):
        return {"title": kept.title, "before": kept.before, "after": kept.after, "lesson": kept.lesson}
    names = masks()
    pairs = compared(fault, None) or [(fault.matter, "（已撤下）")]
    people = {one.name for words in pairs for text in words for one in facts.people(text)}

    def quiet(words: str) -> str:
        return masked(words, names, people)

    return {
        "title": quiet(fault.matter)[:60],
        "before": quiet("\n".join(before for before, _ in pairs)),
        "after": quiet("\n".join(after for _, after in pairs)),
        "lesson": quiet(fault.answer),
    }


def cases(cause: str = "") -> Select[FaultCase]:
    """The cases, the newest first."""
    found = select(FaultCase).order_by(FaultCase.prepared_at.desc(), FaultCase.id.desc())
    return found.where(FaultCase.cause == FaultCause(cause)) if cause in tuple(FaultCause) else found


def causes(actor: Actor) -> list[tuple[FaultCause, int, int, int]]:
    """(cause, faults, major ones and worse, units) of the confirmed faults an actor sees, the commonest first."""
    seen = visible_to(actor).where(Fault.state.in_(COUNTED), Fault.cause.is_not(None)).order_by(None)
    rows = db.session.execute(seen.with_only_columns(Fault.cause, Fault.severity, Fault.unit_id)).all()
    found = []
    for cause in FaultCause:
        these = [row for row in rows if row[0] is cause]
        if these:
            heavy = sum(severity is not FaultSeverity.MINOR for _, severity, _ in these)
            found.append((cause, len(these), heavy, len({unit for _, _, unit in these})))
    return sorted(found, key=lambda one: -one[1])


def repeated(actor: Actor) -> list[tuple[str, str, int]]:
    """(wrong, right, times) of words that were mended in place, the commonest first: what a list could catch."""
    seen = visible_to(actor).with_only_columns(Fault.id).order_by(None).subquery()
    rows = db.session.scalars(
        select(FixProposal.changes).where(FixProposal.signed.is_(True), FixProposal.fault_id.in_(select(seen.c.id)))
    )
    pairs = Counter((part["before"], part["after"]) for changes in rows for part in changes if part["after"])
    return [(before, after, times) for (before, after), times in pairs.most_common(20)]


# -- what is owed ----------------------------------------------------------------------------------


def due_at(fault: Fault) -> datetime | None:
    """Until when the next step of a fault is done (UTC); None where nothing is owed."""
    since = _since(fault)
    if since is None:
        return None
    limits = settings.value("faults")
    time = submissions.working_time()
    minutes = {
        FaultState.REPORTED: limits["accept_hours"] * 60,
        FaultState.CONFIRMED: limits["fix_hours"] * 60,
        FaultState.PROPOSED: limits["sign_hours"] * 60,
        FaultState.FIXED: limits["answer_days"] * time.minutes_a_day,
        FaultState.ANSWERED: limits["close_days"] * time.minutes_a_day,
    }[fault.state]
    return time.add(since, minutes)


def _since(fault: Fault) -> datetime | None:
    match fault.state:
        case FaultState.REPORTED:
            return fault.found_at
        case FaultState.CONFIRMED:
            return fault.confirmed_at
        case FaultState.PROPOSED:
            proposal = open_proposal(fault.id)
            return proposal.proposed_at if proposal else fault.confirmed_at
        case FaultState.FIXED:
            return fault.fixed_at
        case FaultState.ANSWERED:
            return fault.answered_at
    return None


_STEP_WORDS = {
    FaultState.REPORTED: "受理差错",
    FaultState.CONFIRMED: "改正差错",
    FaultState.PROPOSED: "复核改正",
    FaultState.FIXED: "说明差错",
    FaultState.ANSWERED: "差错结案",
}


def duties(limits: Limits) -> list[Duty]:
    """What is owed for every open fault, and for every channel that was not looked after yet.

    Tells the article's title and nothing of what a reader wrote.
    """
    office = limits.coordinating_id
    found = select(Fault).where(Fault.state.in_(OPEN)).options(joinedload(Fault.publication), joinedload(Fault.unit))
    duties_ = []
    for fault in db.session.scalars(found.order_by(Fault.id)):
        since, due = _since(fault), due_at(fault)
        if since is None or due is None:
            continue
        unit_does = fault.state is FaultState.FIXED or (
            fault.state is FaultState.CONFIRMED and fault.way is FixWay.REVIEW
        )
        role = (
            Role.REPORTER if unit_does else Role.PUBLISHER if fault.state is FaultState.CONFIRMED else Role.COORDINATOR
        )
        proposal = open_proposal(fault.id) if fault.state is FaultState.PROPOSED else None
        duties_.append(
            Duty(
                key=f"fault:{fault.id}:{fault.state}:{since:%Y%m%d%H%M}",
                kind=DutyKind.FAULT,
                what=fault.publication.title,
                page=Page("corrections.show", "fault_id", fault.id),
                step=_STEP_WORDS[fault.state],
                unit=fault.unit.name,
                seat=(role, fault.unit_id if unit_does else office),
                above=(Role.COORDINATOR, office) if role is not Role.COORDINATOR else (Role.PRINCIPAL, office),
                since=since,
                due_at=due,
                urgent=fault.severity in (FaultSeverity.MAJOR, FaultSeverity.SECRECY) and fault.fixed_at is None,
                apart=frozenset((proposal.proposed_by_id,)) if proposal else frozenset(),
            )
        )
    return duties_ + _channel_duties(limits)


def _channel_duties(limits: Limits) -> list[Duty]:
    time, days = submissions.working_time(), settings.value("faults")["recall_days"]
    found = (
        select(ChannelCheck)
        .join(ChannelCheck.fault)
        .where(ChannelCheck.done_at.is_(None))
        .options(contains_eager(ChannelCheck.fault).options(joinedload(Fault.publication), joinedload(Fault.unit)))
        .order_by(ChannelCheck.id)
    )
    return [
        Duty(
            key=f"channel_check:{line.id}",
            kind=DutyKind.FAULT,
            what=line.fault.publication.title,
            page=Page("corrections.show", "fault_id", line.fault_id),
            step="渠道核销",
            unit=line.fault.unit.name,
            seat=(Role.PUBLISHER, limits.coordinating_id),
            above=(Role.COORDINATOR, limits.coordinating_id),
            since=line.opened_at,
            due_at=time.add(line.opened_at, days * time.minutes_a_day),
            words=line.name,
        )
        for line in db.session.scalars(found)
    ]
