"""What everybody owes, who sits where, and who was told what."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import joinedload

from town_portal.access.actor import Actor
from town_portal.access.roles import Role
from town_portal.bulletins import queries as bulletins
from town_portal.foundation import clock
from town_portal.foundation.clock import SHANGHAI
from town_portal.foundation.db import db
from town_portal.inspection import queries as inspection
from town_portal.network import queries as network
from town_portal.proofreading import queries as proofreading
from town_portal.publishing import queries as publishing
from town_portal.rectifications import queries as rectifications
from town_portal.reminders.models import CalendarFeed, Notice, Reminder, Snooze
from town_portal.reminders.rules import quiet
from town_portal.reminders.rules.ladder import Rung
from town_portal.reminders.rules.limits import DutyLimits
from town_portal.reminders.rules.round import Letter, Sitting, Terms, Told, digest_key, letters, who_owes
from town_portal.reminders.rules.wording import Detail
from town_portal.review import queries as review
from town_portal.scoring import queries as scoring
from town_portal.settings import queries as settings
from town_portal.spot_checks import queries as spot_checks
from town_portal.submissions import queries as submissions
from town_portal.supervision import queries as supervision
from town_portal.workdays import queries as workdays
from town_portal.workdays.rules.explain import Day, TimedDay, explain_natural, explain_working
from town_portal.workdays.rules.working_time import WorkingTime
from town_portal.workflow.duty import Duty, Limits, Seat

ROOMS: tuple[Callable[[Limits], list[Duty]], ...] = (
    submissions.duties,
    publishing.duties,
    inspection.duties,
    proofreading.duties,
    settings.duties,
    scoring.duties,
    supervision.duties,
    rectifications.duties,
    bulletins.duties,
    spot_checks.duties,
)
"""Every room with duties; one statement for each sort."""

EPOCH = datetime(2020, 1, 1, tzinfo=SHANGHAI)
"""From where working minutes are counted; only differences matter."""
UNREAD_FOR = timedelta(days=30)
"""How long an unread notice counts as unread."""


def duties() -> list[Duty]:
    """Everything that is owed now, the nearest limit first; nothing before a house has its coordinating office."""
    coordinating_id = network.coordinating_id()
    if coordinating_id is None:
        return []
    limits = DutyLimits(settings.value("duty_limits"), _working_time(), coordinating_id)
    found = [duty for room in ROOMS for duty in room(limits)]
    return sorted(found, key=lambda duty: (duty.due_at, duty.key))


def _working_time() -> WorkingTime:
    return WorkingTime(workdays.calendar(), settings.value("working_hours"))


def terms() -> Terms:
    """By what a round goes now."""
    time = _working_time()
    return Terms(
        ladder=settings.value("ladder"),
        quiet=settings.value("quiet_hours"),
        calendar=time.calendar,
        worked=lambda moment: time.between(EPOCH, moment),
    )


def is_quiet(now: datetime) -> bool:
    """Are people left in peace at an instant (UTC)?"""
    return quiet.is_quiet(now, settings.value("quiet_hours"), workdays.calendar())


def seats(day: date) -> dict[Seat, Sitting]:
    """Who holds which seat on a day. Somebody on leave does not sit; his covers sit for him."""
    away = network.on_leave(day)
    holders: defaultdict[Seat, list[int]] = defaultdict(list)
    deputies: defaultdict[Seat, list[int]] = defaultdict(list)
    for post in network.posts_on(day):
        if post.person_id not in away:
            (deputies if post.deputy else holders)[post.role, post.unit_id].append(post.person_id)
    return {
        seat: Sitting(tuple(dict.fromkeys(holders[seat])), tuple(dict.fromkeys(deputies[seat])))
        for seat in {*holders, *deputies}
    }


AT_ONCE = 5_000
"""Keys asked for in one statement."""


def told(owed: Iterable[Duty], now: datetime) -> Told:
    """What was told of these duties before, and who wants to be left alone.

    What was said of a limit counts for that limit: one that moved is told again when it comes nearer.
    """
    limits = {duty.key: duty.due_at for duty in owed}
    keys, rungs = list(limits), dict[tuple[int, str], Rung]()
    for start in range(0, len(keys), AT_ONCE):
        found = select(Reminder.person_id, Reminder.duty_key, Reminder.rung, Reminder.due_at).where(
            Reminder.duty_key.in_(keys[start : start + AT_ONCE])
        )
        for person, key, rung, due_at in db.session.execute(found):
            if rung < Rung.BEFORE or due_at == limits[key]:
                rungs[person, key] = max(Rung(rung), rungs.get((person, key), Rung.DIGEST))
    today = clock.day_of(now)
    last = db.session.execute(
        select(Notice.person_id, func.max(Notice.at))
        .where(Notice.at >= now - timedelta(days=1))
        .group_by(Notice.person_id)
    )
    digests = db.session.scalars(
        select(Reminder.person_id).where(Reminder.at >= clock.instant(today), Reminder.duty_key == digest_key(today))
    )
    snoozed = db.session.execute(
        select(Snooze.person_id, Snooze.duty_key, func.max(Snooze.until))
        .where(Snooze.until > now)
        .group_by(Snooze.person_id, Snooze.duty_key)
    )
    return Told(
        rungs=rungs,
        last={person: at for person, at in last},
        digests=frozenset(digests),
        snoozed={(person, key): until for person, key, until in snoozed},
    )


def last_resort() -> Seat | None:
    """Who is told what nobody else can be told."""
    coordinating_id = network.coordinating_id()
    return None if coordinating_id is None else (Role.COORDINATOR, coordinating_id)


def due_letters() -> list[Letter]:
    """The letters a round would send now."""
    now, owed = clock.now(), duties()
    return letters(owed, seats(clock.day_of(now)), last_resort(), told(owed, now), terms(), now)


def detail() -> Detail:
    """How much of a thing may leave the portal."""
    return Detail(settings.value("ladder")["outside"]["detail"])


def group_of(person_id: int, duties: Iterable[Duty]) -> int | None:
    """The unit whose work group a letter about these duties goes to; None: the town's.

    The one unit of the duties in which the person sits today; of none of them his own first one.
    """
    today = clock.today()
    held = [
        post
        for post in network.posts_of_person(person_id)
        if post.starts_on <= today and (post.ends_on is None or post.ends_on >= today)
    ]
    about = {duty.seat[1] for duty in duties} & {post.unit_id for post in held}
    if about:
        return about.pop() if len(about) == 1 else None
    own = [post.unit_id for post in held if post.acting_for_id is None]
    return own[0] if own else None


def must_stay_inside(text: str) -> bool:
    """Does a title or an opinion hold personal data or a mark of secrecy? In doubt (no proofreader) it does."""
    return bool(text) and submissions.holds_what_must_not_leave(text)


# -- what a person sees ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mine:
    """One duty before a person, and until when he put it off."""

    duty: Duty
    snoozed_until: datetime | None


def mine(actor: Actor) -> list[Mine]:
    """What a person owes today, the nearest limit first."""
    now, owed = clock.now(), duties()
    sitting, resort = seats(clock.day_of(now)), last_resort()
    off = {
        key: until
        for key, until in db.session.execute(
            select(Snooze.duty_key, func.max(Snooze.until))
            .where(Snooze.person_id == actor.id, Snooze.until > now)
            .group_by(Snooze.duty_key)
        )
    }
    return [
        Mine(duty, off.get(duty.key))
        for duty in owed
        if duty.since <= now and actor.id in who_owes(duty, sitting, resort)[0]
    ]


def notices_of(actor: Actor) -> Select[Notice]:
    """What a person was told, newest first."""
    return (
        select(Notice)
        .where(Notice.person_id == actor.id)
        .options(joinedload(Notice.sender))
        .order_by(Notice.at.desc(), Notice.id.desc())
    )


def notice_of(actor: Actor, notice_id: int) -> Notice | None:
    """One of a person's notices."""
    return db.session.scalar(select(Notice).where(Notice.id == notice_id, Notice.person_id == actor.id))


_N = Notice.__table__.c


_UNREAD = select(func.count()).where(
    _N.person_id == bindparam("person"), _N.acknowledged_at.is_(None), _N.at >= bindparam("since")
)


def unread_count(person_id: int) -> int:
    """How many notices of the last month a person has not acknowledged."""
    return db.session.scalar(_UNREAD, {"person": person_id, "since": clock.now() - UNREAD_FOR}) or 0


def badges(actor: Actor, *, waits: bool) -> tuple[int | None, int]:
    """(lines of the person's queue, or None where nothing can wait for him; unread notices), in one statement."""
    unread = {"person": actor.id, "since": clock.now() - UNREAD_FOR}
    if not waits:
        return None, db.session.scalar(_UNREAD, unread) or 0
    both = select(review.counting(actor).scalar_subquery(), _UNREAD.scalar_subquery())
    waiting, count = db.session.execute(both, unread).one()
    return waiting, count


def unread_of(actor: Actor) -> list[Notice]:
    """The notices a person has not acknowledged, oldest first."""
    found = select(Notice).where(Notice.person_id == actor.id, Notice.acknowledged_at.is_(None)).order_by(Notice.id)
    return list(db.session.scalars(found))


def reminded_by_hand_since(duty_key: str, since: datetime) -> bool:
    """Did somebody press for this duty by hand after an instant (UTC)?"""
    found = select(Reminder.id).where(Reminder.duty_key.startswith(f"{duty_key}@"), Reminder.at > since).limit(1)
    return db.session.scalar(found) is not None


def unread_by_person() -> dict[int, tuple[int, datetime]]:
    """Person → (how many notices of the last month he has not acknowledged, since when the oldest waits)."""
    found = db.session.execute(
        select(_N.person_id, func.count(), func.min(_N.at))
        .where(_N.acknowledged_at.is_(None), _N.at >= clock.now() - UNREAD_FOR)
        .group_by(_N.person_id)
    )
    return {person: (count, since) for person, count, since in found}


@dataclass(frozen=True, slots=True)
class Explained:
    """Why a duty is due when it is: each half day that counts, or each day where days are counted."""

    duty: Duty
    timed: list[TimedDay]
    days: list[Day]


def explained(key: str, actor: Actor, *, everything: bool) -> Explained | None:
    """The days of a duty's limit, for whoever owes it, or with ``everything`` for anybody; None when it is done.

    A limit in working time ends where the count of its minutes ends; one that ends elsewhere was counted in days.
    """
    sitting = seats(clock.today())
    found = duty(key)
    if found is None or not (everything or actor.id in who_owes(found, sitting, last_resort())[0]):
        return None
    time = _working_time()
    minutes = time.between(found.since, found.due_at)
    if minutes and time.add(found.since, minutes) == found.due_at:
        return Explained(found, explain_working(time, found.since, minutes), [])
    last = clock.day_of(found.due_at - timedelta(milliseconds=1))
    start = clock.day_of(found.since) if found.counts_from is None else found.counts_from
    return Explained(found, [], explain_natural(time.calendar, start, (last - start).days))


@dataclass(frozen=True, slots=True)
class Standing:
    """One late duty as the coordinating office sees it."""

    duty: Duty
    owners: tuple[str, ...]
    vacant: bool
    rung: Rung | None
    """The highest rung anybody was told by."""
    reminded_at: datetime | None
    pressed_at: datetime | None
    """When somebody last pressed for it by hand."""


def late() -> list[Standing]:
    """Every duty past its limit, the longest first, with who owes it and how far the ladder has gone."""
    now = clock.now()
    owed = [duty for duty in duties() if duty.due_at < now]
    sitting, resort = seats(clock.day_of(now)), last_resort()
    names = network.names_of(person for seat in sitting.values() for person in (*seat.holders, *seat.deputies))
    rungs = {
        key: (Rung(rung), at)
        for key, rung, at in db.session.execute(
            select(Reminder.duty_key, func.max(Reminder.rung), func.max(Reminder.at))
            .where(Reminder.duty_key.in_([duty.key for duty in owed[:500]]))
            .group_by(Reminder.duty_key)
        )
    }
    pressed = {
        key.partition("@")[0]: at
        for key, at in db.session.execute(
            select(Reminder.duty_key, Reminder.at)
            .where(Reminder.at >= now - UNREAD_FOR, Reminder.duty_key.contains("@"))
            .order_by(Reminder.at)
        )
    }
    found = []
    for duty in owed:
        people, vacant = who_owes(duty, sitting, resort)
        rung, at = rungs.get(duty.key, (None, None))
        owners = tuple(names[person] for person in people)
        found.append(Standing(duty, owners, vacant, rung, at, pressed.get(duty.key)))
    return found


def duty(key: str) -> Duty | None:
    """One duty by its key; None when it is done meanwhile."""
    return next((duty for duty in duties() if duty.key == key), None)


# -- the calendar feed -------------------------------------------------------------------------


def feed_of(person_id: int) -> CalendarFeed | None:
    """A person's feed that is open."""
    return db.session.scalar(
        select(CalendarFeed).where(CalendarFeed.person_id == person_id, CalendarFeed.revoked_at.is_(None))
    )


def feed_by_hash(token_hash: str) -> CalendarFeed | None:
    """The open feed a secret address stands for; none for a person who was switched off."""
    found = db.session.scalar(
        select(CalendarFeed)
        .where(CalendarFeed.token_hash == token_hash, CalendarFeed.revoked_at.is_(None))
        .options(joinedload(CalendarFeed.person))
    )
    return found if found and found.person.active else None
