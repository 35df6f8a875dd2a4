"""Questions about faults. Every reading for a person starts from ``visible_to(person)``."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from town_portal.access.actor import Actor
from town_portal.corrections.models import ChannelCheck, Fault, FaultCase, FixProposal, ReaderKnock
from town_portal.corrections.rules.fault import FaultCause, FaultOrigin, FaultSeverity, FixWay
from town_portal.corrections.rules.lifecycle import COUNTED, FaultState
from town_portal.corrections.rules.weight import Told
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.network import queries as network
from town_portal.network.models import UnitKind
from town_portal.proofreading import queries as proofreading
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.publishing.models import Publication, Standing
from town_portal.releases.models import Release, ReleaseChannel
from town_portal.releases.rules.lifecycle import ReleaseState
from town_portal.submissions.models import Hand, Revision, Submission
from town_portal.submissions.queries import visible
from town_portal.submissions.rules import markup
from town_portal.submissions.rules.lifecycle import State


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
