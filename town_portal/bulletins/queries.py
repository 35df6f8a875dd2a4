"""Questions about bulletins: which there are, what was contested, what has to be done before one is issued."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from town_portal.access.actor import Actor
from town_portal.access.roles import Role
from town_portal.bulletins.models import Bulletin, Delivery, Objection
from town_portal.bulletins.rules import binding, difference, figures, letter
from town_portal.bulletins.rules.binding import Spot
from town_portal.bulletins.rules.difference import Items, Moved
from town_portal.bulletins.rules.figures import Figure, Righted
from town_portal.bulletins.rules.letter import Look
from town_portal.bulletins.rules.lifecycle import FROZEN, OPEN, BulletinState
from town_portal.documents.rules.paper import Paper
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.foundation.errors import Refused
from town_portal.rectifications import queries as rectifications
from town_portal.rectifications.models import Rectification
from town_portal.rectifications.rules.lifecycle import RectificationState
from town_portal.rectifications.rules.source import Source
from town_portal.scoring import queries as scoring
from town_portal.scoring.rules.score import Result
from town_portal.statistics import queries as statistics
from town_portal.statistics.rules.quarter import Quarter
from town_portal.workflow.duty import Duty, DutyKind, Limits, Page

S = BulletinState
MAKERS = (Role.COORDINATOR, Role.LEADER, Role.PRINCIPAL, Role.AUDITOR)
"""Who sees a bulletin before the units do."""
RECEIVERS = (Role.REPORTER, Role.HEAD)


def visible(actor: Actor) -> ColumnElement[bool]:
    """The condition under which an actor sees a bulletin: units from the objection window on."""
    if actor.roles & set(MAKERS):
        return Bulletin.id > 0
    return Bulletin.state.in_((S.CONSULTING, *FROZEN))


def visible_to(actor: Actor) -> Select[Bulletin]:
    """The bulletins an actor may see."""
    return select(Bulletin).where(visible(actor))


def get(bulletin_id: int, actor: Actor) -> Bulletin | None:
    """One bulletin, if the actor may see it."""
    return db.session.scalar(visible_to(actor).where(Bulletin.id == bulletin_id))


def listed(actor: Actor) -> Select[Bulletin]:
    """Every bulletin an actor may see, the newest quarter first; what was thrown away stands last."""
    return (
        visible_to(actor)
        .options(joinedload(Bulletin.compiled_by), joinedload(Bulletin.issued_by))
        .order_by((Bulletin.state == S.DISCARDED), Bulletin.quarter_key.desc(), Bulletin.id.desc())
    )


def under_way(quarter: Quarter) -> Bulletin | None:
    """The one that is being made for a quarter."""
    return db.session.scalar(select(Bulletin).where(Bulletin.quarter_key == quarter.key, Bulletin.state.in_(OPEN)))


def in_force(quarter: Quarter) -> Bulletin | None:
    """The one that is issued for a quarter and not replaced."""
    return db.session.scalar(select(Bulletin).where(Bulletin.quarter_key == quarter.key, Bulletin.state == S.ISSUED))


def replaced_by(bulletin: Bulletin) -> Bulletin | None:
    """What took its place."""
    return db.session.scalar(
        select(Bulletin).where(Bulletin.replaces_id == bulletin.id, Bulletin.state.in_(FROZEN)).limit(1)
    )


def quarters_to_compile() -> list[Quarter]:
    """The quarters that are over, without one that is being made; the newest first."""
    today = clock.today()
    made = set(db.session.scalars(select(Bulletin.quarter_key).where(Bulletin.state.in_(OPEN))))
    return [one for one in statistics.quarters() if not one.running(today) and one.key not in made]


# -- what it is made of ------------------------------------------------------------------------------


def righted(quarter: Quarter) -> tuple[Righted, list[list[str]]]:
    """What was to be put right since the quarter began, counted and in rows, as it stands now."""
    today = clock.today()
    found = rectifications.between(quarter.first, today)
    rows = [
        [
            one.number,
            one.unit.name,
            one.matter,
            f"{one.due_on.year}年{one.due_on.month}月{one.due_on.day}日",
            _state(one, today),
        ]
        for one in found
    ]
    done = sum(one.state is RectificationState.CLOSED for one in found)
    return Righted(len(found), done, sum(one.overdue(today) for one in found)), rows


def _state(one: Rectification, today: date) -> str:
    return "超期未答复" if one.overdue(today) else one.state.label


def figures_of(result: Result, counted: Righted) -> list[Figure]:
    """Every figure of a scored quarter, compared with the one before."""
    return figures.of(result, scoring.result_or_none(result.quarter.previous), counted)


def spots(bulletin: Bulletin) -> list[Spot]:
    """Every bound and typed number of its text."""
    return binding.read(bulletin.text, bulletin.figures, bulletin.allowed)


def filled(bulletin: Bulletin) -> str:
    """Its text with the values."""
    return binding.filled(bulletin.text, bulletin.figures)


def proof(bulletin: Bulletin) -> tuple[str, ...]:
    """The checkpoint line of the trail that is printed on it."""
    if bulletin.trail_digest is None or bulletin.digest is None:
        return ()
    return (
        f"留痕核验：印发前留痕共{bulletin.trail_size}条，链尾校验值",
        bulletin.trail_digest,
        "本通报内容校验值",
        bulletin.digest,
    )


def because(bulletin: Bulletin) -> str:
    """Why it takes the place of an earlier one, as its first sentence."""
    if bulletin.replaces is None:
        return ""
    return f"本通报替换《{bulletin.replaces.number}》，原通报同时废止。替换原因：{bulletin.replaces_because}"


def check_paper(bulletin: Bulletin) -> None:
    """Refuses the paper of a draft that stands before the units while a number in it is wrong."""
    if bulletin.state is BulletinState.CONSULTING and (wrong := binding.open_words(spots(bulletin))):
        raise Refused(f"通报文字里有数字和表对不上，统筹办公室正在改，改好才能看打印页、下载：{'；'.join(wrong[:3])}。")


def paper(bulletin: Bulletin) -> Paper:
    """The whole as an official paper; a draft bears no number and today's date."""
    return letter.paper(
        Look.of(bulletin.look),
        title=bulletin.title,
        text=filled(bulletin),
        result=bulletin.result,
        rectified=bulletin.rectified,
        number=bulletin.number or "",
        on=bulletin.issued_on or clock.today(),
        proof=proof(bulletin),
        because=because(bulletin),
    )


def notice(bulletin: Bulletin, unit_id: int) -> Paper | None:
    """零报送单位告知书 of a unit; None for one that handed something in."""
    result = bulletin.result
    name = dict(result.zero_filing).get(unit_id)
    if name is None:
        return None
    return letter.zero_filing_notice(
        Look.of(bulletin.look),
        unit=name,
        result=result,
        number=bulletin.number or "",
        on=bulletin.issued_on or clock.today(),
    )


# -- objections, deliveries --------------------------------------------------------------------------


def objections(bulletin: Bulletin, units: Iterable[int] | None = None) -> list[Objection]:
    """What was contested, the oldest first; only of some units where they are named."""
    found = (
        select(Objection)
        .where(Objection.bulletin_id == bulletin.id)
        .options(joinedload(Objection.unit), joinedload(Objection.raised_by), joinedload(Objection.answered_by))
        .order_by(Objection.id)
    )
    if units is not None:
        found = found.where(Objection.unit_id.in_(tuple(units)))
    return list(db.session.scalars(found))


def objection(bulletin: Bulletin, objection_id: int) -> Objection | None:
    """One of them."""
    return db.session.scalar(
        select(Objection).where(Objection.id == objection_id, Objection.bulletin_id == bulletin.id)
    )


def open_objection(bulletin: Bulletin, unit_id: int, key: str) -> Objection | None:
    """The one by which a unit contests a figure already."""
    return db.session.scalar(
        select(Objection).where(
            Objection.bulletin_id == bulletin.id,
            Objection.unit_id == unit_id,
            Objection.figure_key == key,
            Objection.accepted.is_(None),
        )
    )


def deliveries(bulletin: Bulletin) -> list[Delivery]:
    """Who got it, in the town's order."""
    return list(
        db.session.scalars(
            select(Delivery)
            .where(Delivery.bulletin_id == bulletin.id)
            .options(joinedload(Delivery.unit), joinedload(Delivery.acknowledged_by), joinedload(Delivery.agreed_by))
            .join(Delivery.unit)
            .order_by(Delivery.id)
        )
    )


def delivery(bulletin: Bulletin, unit_id: int) -> Delivery | None:
    """Whether a unit got it."""
    return db.session.scalar(select(Delivery).where(Delivery.bulletin_id == bulletin.id, Delivery.unit_id == unit_id))


@dataclass(frozen=True, slots=True)
class Tally:
    """How far the units are with a bulletin."""

    units: int
    agreed: int
    acknowledged: int
    open_objections: int


def tallies(bulletins: Iterable[Bulletin]) -> dict[int, Tally]:
    """Bulletin id → how far its units are: two statements."""
    numbers = [one.id for one in bulletins]
    contested = dict(
        db.session.execute(
            select(Objection.bulletin_id, func.count())
            .where(Objection.bulletin_id.in_(numbers), Objection.accepted.is_(None))
            .group_by(Objection.bulletin_id)
        ).all()
    )
    rows = db.session.execute(
        select(Delivery.bulletin_id, func.count(), func.count(Delivery.agreed_at), func.count(Delivery.acknowledged_at))
        .where(Delivery.bulletin_id.in_(numbers))
        .group_by(Delivery.bulletin_id)
    )
    found = {row[0]: Tally(row[1], row[2], row[3], contested.get(row[0], 0)) for row in rows}
    return {number: found.get(number, Tally(0, 0, 0, 0)) for number in numbers}


def own_units(actor: Actor) -> tuple[int, ...]:
    """The units for which an actor answers."""
    return actor.units_as(*RECEIVERS)


def why_not_issue(bulletin: Bulletin) -> list[str]:
    """What stands in the way of issuing; empty when nothing does."""
    found = binding.open_words(spots(bulletin))
    contested = objections(bulletin)
    if waiting := sum(one.accepted is None for one in contested):
        found.append(f"还有 {waiting} 条异议没有答复")
    if any(one.accepted and one.answered_at and one.answered_at > bulletin.compiled_at for one in contested):
        found.append("有异议已采纳，数据改好后要“重新取数”")
    if bulletin.closes_on is not None and clock.today() <= bulletin.closes_on:
        tally = tallies([bulletin])[bulletin.id]
        if tally.agreed < tally.units:
            found.append(
                f"征求意见到{bulletin.closes_on.month}月{bulletin.closes_on.day}日为止，还有 {tally.units - tally.agreed} 个单位没有核对"
            )
    return found


# -- what would be another today ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Today:
    """What an issued bulletin would say if it were compiled today."""

    moved: list[Moved]
    items: dict[str, list[Items]]
    """Unit → line by line, the items that came or went."""
    scheme_changed: bool

    @property
    def same(self) -> bool:
        """Nothing would be different."""
        return not self.moved and not self.scheme_changed


def today(bulletin: Bulletin, *, with_items: bool = False) -> Today:
    """How the figures would differ; with the items behind each unit that moved, where asked."""
    frozen, now = bulletin.result, scoring.result_or_none(bulletin.quarter)
    if now is None:
        return Today([], {}, scheme_changed=True)
    held = [
        one
        for one in bulletin.figures
        if one.kind not in (figures.Kind.ORDERED, figures.Kind.DONE, figures.Kind.OVERDUE)
    ]
    fresh = [
        one
        for one in figures.of(now, scoring.result_or_none(now.quarter.previous), Righted())
        if one.kind not in (figures.Kind.ORDERED, figures.Kind.DONE, figures.Kind.OVERDUE)
    ]
    moved = difference.moved(held, fresh)
    behind: dict[str, list[Items]] = {}
    if with_items:
        for subject in dict.fromkeys(one.subject for one in moved if one.subject.startswith("unit-")):
            unit_id = int(subject.removeprefix("unit-"))
            old, new = frozen.of(unit_id), scoring.score_of(unit_id, bulletin.quarter)
            if old is not None and new is not None and (found := difference.items(old, new)):
                behind[new.unit] = found
    return Today(moved, behind, scheme_changed=now.scheme_version != frozen.scheme_version)


def rectified_from(bulletin: Bulletin) -> list[Rectification]:
    """What was asked of units because of this bulletin."""
    return rectifications.of_source(Source.BULLETIN, bulletin.id)


# -- what is owed ------------------------------------------------------------------------------------


def duties(limits: Limits) -> list[Duty]:
    """Objections to answer, drafts to look at, a bulletin to issue, one to acknowledge."""
    office = limits.coordinating_id
    running = list(
        db.session.scalars(select(Bulletin).where(or_(Bulletin.state == S.CONSULTING, Bulletin.state == S.ISSUED)))
    )
    by_id = {one.id: one for one in running}
    found = []
    for one in running:
        if one.state is S.CONSULTING and one.closes_on and one.issue_by and one.opened_at:
            since = max(one.opened_at, clock.end_of(one.closes_on))
            found.append(
                Duty(
                    key=f"bulletin-issue:{one.id}:{one.closes_on}",
                    kind=DutyKind.ISSUING,
                    what=str(one),
                    page=Page("bulletins.show", "bulletin_id", one.id),
                    seat=(Role.LEADER, office),
                    above=(Role.PRINCIPAL, office),
                    since=since,
                    due_at=limits.by_the_end_of(one.issue_by, since),
                    apart=frozenset(one.hands),
                )
            )
    waiting = select(Objection).where(Objection.accepted.is_(None)).options(joinedload(Objection.unit))
    for contested in db.session.scalars(waiting.join(Objection.bulletin).where(Bulletin.state == S.CONSULTING)):
        bulletin = by_id[contested.bulletin_id]
        last = bulletin.issue_by or clock.day_of(contested.raised_at)
        found.append(
            Duty(
                key=f"objection:{contested.id}",
                kind=DutyKind.OBJECTION,
                what=f"{contested.unit.name}：{contested.figure_name}",
                page=Page("bulletins.show", "bulletin_id", bulletin.id),
                unit=contested.unit.name,
                seat=(Role.COORDINATOR, office),
                above=(Role.LEADER, office),
                since=contested.raised_at,
                due_at=limits.by_the_end_of(last, contested.raised_at),
                words=contested.reason,
                doer_id=contested.raised_by_id,
            )
        )
    owed = select(Delivery.bulletin_id, Delivery.unit_id).join(Delivery.bulletin)
    drafts = owed.where(Bulletin.state == S.CONSULTING, Delivery.agreed_at.is_(None))
    issued = owed.where(Bulletin.state == S.ISSUED, Delivery.acknowledged_at.is_(None))
    for kind, statement in ((DutyKind.BULLETIN_CHECK, drafts), (DutyKind.RECEIPT, issued)):
        for bulletin_id, unit_id in db.session.execute(statement):
            bulletin = by_id[bulletin_id]
            since_ = bulletin.opened_at if kind is DutyKind.BULLETIN_CHECK else bulletin.issued_at
            last_ = bulletin.closes_on if kind is DutyKind.BULLETIN_CHECK else bulletin.acknowledge_by
            if since_ is None or last_ is None:
                continue
            found.append(
                Duty(
                    key=f"{kind}:{bulletin_id}:{unit_id}",
                    kind=kind,
                    what=str(bulletin),
                    page=Page("bulletins.show", "bulletin_id", bulletin_id),
                    seat=(Role.REPORTER, unit_id),
                    above=(Role.HEAD, unit_id) if kind is DutyKind.RECEIPT else None,
                    since=since_,
                    due_at=limits.by_the_end_of(last_, since_),
                )
            )
    return found
