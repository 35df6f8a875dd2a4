"""Questions about spot checks: what can be drawn, what was, and what was found."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from town_portal.access.roles import Role
from town_portal.audit import queries as trail
from town_portal.corrections import queries as corrections
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.network import queries as network
from town_portal.publishing.models import Publication, Standing
from town_portal.rectifications import queries as rectifications
from town_portal.rectifications.models import Rectification
from town_portal.rectifications.rules.source import Source
from town_portal.settings import queries as settings
from town_portal.spot_checks.models import SpotCheck, SpotCheckItem
from town_portal.spot_checks.rules import draw as drawing
from town_portal.spot_checks.rules.checking import CheckResult
from town_portal.spot_checks.rules.draw import Bearing, Candidate, Draw, Lots
from town_portal.spot_checks.rules.lifecycle import SpotCheckState
from town_portal.spot_checks.rules.seed import SeedKind
from town_portal.submissions.models import Hand, Submission
from town_portal.workflow.duty import Duty, DutyKind, Limits, Page

S = SpotCheckState


def all_checks() -> list[SpotCheck]:
    """Every spot check, the newest first."""
    return list(
        db.session.scalars(
            select(SpotCheck)
            .options(selectinload(SpotCheck.items))
            .order_by(SpotCheck.sealed_at.desc(), SpotCheck.id.desc())
        )
    )


def get(check_id: int) -> SpotCheck | None:
    """One spot check with what it drew."""
    return db.session.scalar(
        select(SpotCheck)
        .where(SpotCheck.id == check_id)
        .options(
            selectinload(SpotCheck.items).joinedload(SpotCheckItem.publication),
            selectinload(SpotCheck.items).joinedload(SpotCheckItem.unit),
            selectinload(SpotCheck.items).joinedload(SpotCheckItem.checked_by),
            selectinload(SpotCheck.items).joinedload(SpotCheckItem.fault),
        )
    )


def item(item_id: int) -> SpotCheckItem | None:
    """One drawn text."""
    return db.session.scalar(
        select(SpotCheckItem)
        .where(SpotCheckItem.id == item_id)
        .options(
            joinedload(SpotCheckItem.check),
            joinedload(SpotCheckItem.publication).joinedload(Publication.revision),
            joinedload(SpotCheckItem.unit),
        )
    )


def waiting_for_draw() -> SpotCheck | None:
    """The check whose list is fixed and whose seed is not known yet; there is one at most."""
    return db.session.scalar(select(SpotCheck).where(SpotCheck.state == S.SEALED).limit(1))


def last_serial(year: int) -> int:
    """The highest number a year has used; asked under the write lock."""
    return db.session.scalar(select(func.max(SpotCheck.serial)).where(SpotCheck.year == year)) or 0


# -- what can be drawn ---------------------------------------------------------------------------


def lots(first: date, last: date, size: int) -> Lots:
    """The list for a stretch of days as it would be fixed now: five statements."""
    setting = settings.value("spot_check")
    candidates = _candidates(first, last)
    today = clock.today()
    faults = Counter(one.unit_id for one in corrections.counted(_months_before(today, setting["months"]), today))
    owed = owed_now()
    units = {unit.id: unit.name for unit in network.units()}
    present = {one.unit_id for one in candidates} | (owed.keys() & units.keys())
    return Lots(
        size,
        tuple(candidates),
        tuple(
            Bearing(
                unit_id,
                units.get(unit_id, "已撤销的单位"),
                faults[unit_id],
                drawing.weight(faults[unit_id], setting["percent"], setting["most_faults"]),
                owed.get(unit_id, Fraction(0)),
            )
            for unit_id in sorted(present)
        ),
    )


def _candidates(first: date, last: date) -> list[Candidate]:
    """What was published in those days, is public now and was not drawn before."""
    drawn = select(SpotCheckItem.publication_id)
    rows = db.session.execute(
        select(
            Publication.id, Publication.unit_id, Publication.index_number, Publication.title, Publication.published_on
        )
        .where(
            Publication.published_on >= first,
            Publication.published_on <= last,
            Publication.standing == Standing.LIVE,
            Publication.id.not_in(drawn),
        )
        .order_by(Publication.id)
    )
    return [Candidate(number, unit, index, title, day.isoformat()) for number, unit, index, title, day in rows]


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)


def owed_now() -> dict[int, Fraction]:
    """Unit → what it is owed after the last draw it stood in; computed from that draw's list and seed."""
    last = db.session.scalar(
        select(SpotCheck)
        .where(SpotCheck.seed.is_not(None))
        .order_by(SpotCheck.drawn_at.desc(), SpotCheck.id.desc())
        .limit(1)
    )
    if last is None:
        return {}
    return {one.unit_id: one.owed_after for one in computed(last).outcomes}


def computed(check: SpotCheck) -> Draw:
    """What the published list and seed draw: computed anew every time it is asked."""
    return drawing.draw(check.lots, check.seed or "")


@dataclass(frozen=True, slots=True)
class Proof:
    """What computing a draw again shows."""

    draw: Draw
    digest: str
    list_holds: bool
    """The list has the digest that was published."""
    seed_holds: bool | None
    """The seed is the trail's digest of the act that was named; None for a number from outside."""
    items_hold: bool
    """The texts that were looked at are the ones the seed draws."""

    @property
    def holds(self) -> bool:
        """Is everything as it was published?"""
        return self.list_holds and self.items_hold and self.seed_holds is not False


def proof(check: SpotCheck) -> Proof:
    """Compute a draw again from its list and its seed, and compare."""
    found = computed(check)
    event = trail.event(check.seed_seq) if check.seed_seq is not None else None
    return Proof(
        found,
        check.lots.digest,
        check.lots.digest == check.list_digest,
        None if check.seed_kind is SeedKind.PUBLIC else event is not None and event.digest == check.seed,
        [one.publication_id for one in check.items] == list(found.numbers),
    )


# -- what was found ------------------------------------------------------------------------------


def hands_on(submission_id: int) -> frozenset[int]:
    """Whoever wrote, reviewed or published an item, or a correction of it."""
    wrote = (
        select(Hand.person_id)
        .join(Submission, Submission.id == Hand.submission_id)
        .where(or_(Submission.id == submission_id, Submission.corrects_id == submission_id))
    )
    published = select(Publication.publisher_id).where(
        Publication.submission_id == submission_id, Publication.publisher_id.is_not(None)
    )
    return frozenset({*db.session.scalars(wrote), *db.session.scalars(published)})


def rectifications_of(items: Iterable[SpotCheckItem]) -> dict[int, Rectification]:
    """Item → what its unit was asked to put right."""
    found = rectifications.of_source(Source.SPOT_CHECK, [one.id for one in items])
    return {one.source_id: one for one in found if one.source_id is not None}


@dataclass(frozen=True, slots=True)
class CountedItem:
    """A drawn text that was looked at."""

    item_id: int
    check_id: int
    unit_id: int
    submission_id: int
    title: str
    result: CheckResult
    day: date


def counted(first: date, last: date) -> list[CountedItem]:
    """What was looked at from one day to another (both included), clean or not, in that order."""
    rows = db.session.execute(
        select(
            SpotCheckItem.id,
            SpotCheckItem.check_id,
            SpotCheckItem.unit_id,
            SpotCheckItem.submission_id,
            Publication.title,
            SpotCheckItem.result,
            SpotCheckItem.checked_on,
        )
        .join(Publication, Publication.id == SpotCheckItem.publication_id)
        .where(SpotCheckItem.checked_on >= first, SpotCheckItem.checked_on <= last, SpotCheckItem.result.is_not(None))
        .order_by(SpotCheckItem.checked_at, SpotCheckItem.id)
    )
    return [
        CountedItem(number, check, unit, item_, title, result, day)
        for number, check, unit, item_, title, result, day in rows
        if result is not None and day is not None
    ]


def duties(limits: Limits) -> list[Duty]:
    """Checks that are drawn and not finished: one statement."""
    found = db.session.scalars(
        select(SpotCheck)
        .where(SpotCheck.state == S.DRAWN)
        .options(selectinload(SpotCheck.items))
        .order_by(SpotCheck.id)
    )
    return [_duty(check, limits) for check in found]


def _duty(check: SpotCheck, limits: Limits) -> Duty:
    left = sum(one.result is None for one in check.items)
    since = check.drawn_at or check.sealed_at
    return Duty(
        key=f"spot_check:{check.id}",
        kind=DutyKind.SPOT_CHECK,
        what=f"{check}，{f'还有 {left} 条没检查' if left else '都检查完了，请办结'}",
        page=Page("spot_checks.show", "check_id", check.id),
        seat=(Role.COORDINATOR, limits.coordinating_id),
        above=(Role.PRINCIPAL, limits.coordinating_id),
        since=since,
        due_at=limits.by_the_end_of(check.due_on or clock.day_of(since), since),
    )
