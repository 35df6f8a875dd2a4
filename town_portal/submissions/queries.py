"""Questions about items. Every reading for a person starts from ``visible_to(person)``."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, bindparam, case, cast, false, func, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from town_portal.access.actor import Actor
from town_portal.access.roles import Role
from town_portal.audit import queries as trail
from town_portal.audit.models import AuditEvent
from town_portal.audit.rules.telling import Told
from town_portal.files import queries as files
from town_portal.foundation import clock
from town_portal.foundation.db import db, read_once
from town_portal.foundation.errors import Refused
from town_portal.network import queries as network
from town_portal.network.models import Person, Unit
from town_portal.proofreading import queries as proofreading
from town_portal.proofreading.rules.finding import NEVER_OVERRIDDEN, Family
from town_portal.proofreading.rules.writing import Writing
from town_portal.settings import queries as settings
from town_portal.settings.models import Setting
from town_portal.settings.queries import Hands
from town_portal.settings.rules.catalogue import CATALOGUE, route_key
from town_portal.submissions.models import (
    Act,
    Attribute,
    FindingAnswer,
    Hand,
    Importance,
    ImportReport,
    ReturnNote,
    Revision,
    RevisionFile,
    Signature,
    StageVisit,
    Submission,
    Urgency,
    WorkingCopy,
)
from town_portal.submissions.rules import (
    comparison,
    golden_days,
    golden_shares,
    marks,
    markup,
    readiness,
    route,
    step_clock,
)
from town_portal.submissions.rules.attached import Attached, attached, not_read
from town_portal.submissions.rules.golden_shares import Spent, Stop
from town_portal.submissions.rules.lifecycle import EDITABLE, IN_REVIEW, ON_ITS_WAY, SUBMITTED, State
from town_portal.submissions.rules.progress import StepShown
from town_portal.submissions.rules.reckoning import (
    CALENDAR,
    RECKON,
    SETTINGS,
    Change,
    Event,
    Law,
    Move,
    Stay,
    explained,
    moved,
)
from town_portal.submissions.rules.spotted import WEIGHTS, Spotted, spotted, still_open
from town_portal.submissions.rules.step_clock import Case, Limit
from town_portal.workdays import queries as workdays
from town_portal.workdays.rules.explain import (
    Day,
    TimedDay,
    explain,
    explain_hours,
    explain_natural,
    explain_working,
)
from town_portal.workdays.rules.working_time import WorkingTime
from town_portal.workflow.duty import Duty, DutyKind, Limits, Page

LIST = (joinedload(Submission.unit), joinedload(Submission.column))
_ENDED = (State.PUBLISHED, State.FILED, State.WITHDRAWN, State.DISCARDED)
UNPUBLISHED = tuple(state for state in State if state not in _ENDED)
"""The states in which the golden period still runs."""
WITH_LIMITS = (*ON_ITS_WAY, State.RETURNED)
"""The states in which a limit runs: a few items, however many were published before."""


def visible(actor: Actor) -> ColumnElement[bool]:
    """The condition under which an actor may see an item.

    A unit sees its own; an office and its leaders see what is addressed to the office; the office
    of a cross review sees what waits there or was signed there; the coordinating office sees what
    was handed in; the auditor sees all; the system's administrator sees nothing.
    """
    submitted = Submission.state.in_(SUBMITTED)
    reach: list[ColumnElement[bool]] = []
    if own := actor.units_as(Role.REPORTER, Role.HEAD):
        reach.append(Submission.unit_id.in_(own))
    if offices := actor.units_as(Role.HEAD, Role.LEADER):
        reach.append(and_(Submission.counterpart_id.in_(offices), submitted))
    if heads := actor.units_as(Role.HEAD):
        reach.append(and_(Submission.cross_unit_id.in_(heads), submitted))
    if actor.roles & {Role.COORDINATOR, Role.PUBLISHER, Role.PRINCIPAL}:
        reach.append(submitted)
    if Role.AUDITOR in actor.roles:
        reach.append(true())
    return or_(*reach) if reach else false()


def visible_to(actor: Actor) -> Select[Submission]:
    """The items an actor may see."""
    return select(Submission).where(visible(actor))


def get(submission_id: int, actor: Actor) -> Submission | None:
    """One item to act on, if the actor may see it; what hangs on it is read when it is asked for."""
    return db.session.scalar(visible_to(actor).where(Submission.id == submission_id))


def get_to_show(submission_id: int, actor: Actor) -> Submission | None:
    """One item with everything a page shows of it, if the actor may see it."""
    return db.session.scalar(
        visible_to(actor)
        .where(Submission.id == submission_id)
        .options(
            joinedload(Submission.unit),
            joinedload(Submission.column),
            joinedload(Submission.counterpart),
            joinedload(Submission.drafter),
            joinedload(Submission.revision).selectinload(Revision.files),
        )
    )


def search(
    actor: Actor,
    *,
    words: str = "",
    states: Iterable[State] = (),
    unit_id: int | None = None,
    column_id: int | None = None,
    drafter_id: int | None = None,
) -> Select[Submission]:
    """The visible items that fit, newest change first, as a statement to page through."""
    found = visible_to(actor).options(*LIST).order_by(Submission.updated_at.desc(), Submission.id.desc())
    for word in words.split():
        found = found.where(Submission.title.contains(word, autoescape=True))
    if states := tuple(states):
        found = found.where(Submission.state.in_(states))
    if unit_id is not None:
        found = found.where(Submission.unit_id == unit_id)
    if column_id is not None:
        found = found.where(Submission.column_id == column_id)
    if drafter_id is not None:
        found = found.where(Submission.drafter_id == drafter_id)
    return found


def of_my_units(actor: Actor, states: Iterable[State]) -> list[Submission]:
    """The items of the units the actor reports for, in some states; the nearest golden day first."""
    return list(
        db.session.scalars(
            select(Submission)
            .where(Submission.unit_id.in_(actor.units_as(Role.REPORTER)), Submission.state.in_(tuple(states)))
            .options(*LIST, joinedload(Submission.claimed_by))
            .order_by(Submission.golden_until, Submission.id)
            .limit(50)
        )
    )


def on_their_way(actor: Actor) -> list[Submission]:
    """Items of the actor's units that wait at somebody else's."""
    return of_my_units(actor, ON_ITS_WAY)


def relatives(submission: Submission, actor: Actor) -> list[Submission]:
    """What an item corrects and what corrects it, oldest first, as far as the actor may see them."""
    origin = submission.corrects_id or submission.id
    if submission.corrects_id is None and submission.state not in (State.PUBLISHED, State.WITHDRAWN):
        return []
    found = visible_to(actor).where(
        or_(Submission.id == origin, Submission.corrects_id == origin), Submission.id != submission.id
    )
    return list(db.session.scalars(found.order_by(Submission.id)))


def published_corrections(submission_id: int) -> list[Submission]:
    """The corrections that took an item's place, oldest first; locked until the transaction ends."""
    found = select(Submission).where(Submission.corrects_id == submission_id, Submission.state == State.PUBLISHED)
    return list(db.session.scalars(found.order_by(Submission.id).with_for_update(of=Submission)))


def in_hand(unit_id: int, role: Role) -> dict[str, int]:
    """What a post has before it, by the state's words: what waits for it, and a reporter's drafts."""
    waits = and_(Submission.waiting_unit_id == unit_id, Submission.waiting_role == role)
    if role is Role.REPORTER:
        waits = or_(waits, and_(Submission.unit_id == unit_id, Submission.state == State.DRAFT))
    found = db.session.execute(
        select(Submission.state, func.count()).where(waits).group_by(Submission.state).order_by(Submission.state)
    )
    return {state.label: count for state, count in found}


def last_of_unit(unit_id: int) -> Submission | None:
    """The newest item of a unit, to suggest what the next one will have in common with it."""
    return db.session.scalar(
        select(Submission).where(Submission.unit_id == unit_id).order_by(Submission.id.desc()).limit(1)
    )


def overdue(actor: Actor, limit: int) -> list[Submission]:
    """Items past their stage's limit, the longest overdue first."""
    return list(
        db.session.scalars(
            visible_to(actor)
            .where(Submission.state.in_(WITH_LIMITS), Submission.stage_due_at < clock.now())
            .options(*LIST, joinedload(Submission.counterpart))
            .order_by(Submission.stage_due_at)
            .limit(limit)
        )
    )


def counts_by_state(actor: Actor) -> dict[State, int]:
    """How many visible items are on their way at each stage, returned ones included."""
    found = db.session.execute(
        select(Submission.state, func.count())
        .where(visible(actor), Submission.state.in_(WITH_LIMITS))
        .group_by(Submission.state)
    )
    return {state: count for state, count in found}


def text_to_mark(submission: Submission) -> str:
    """The words of the present version, in which a reviewer marks passages."""
    revision_ = submission.revision
    return f"{revision_.title}\n{markup.words(revision_.body_html)}" if revision_ else ""


def marked_lines(note: ReturnNote) -> list[list[tuple[str, int | None]]]:
    """The lines of the returned text that hold marked passages, cut at the marks."""
    text = f"{note.revision.title}\n{markup.words(note.revision.body_html)}"
    cut = [marks.split(line, note.marks) for line in text.split("\n")]
    return [pieces for pieces in cut if any(number for _, number in pieces)]


# -- texts -------------------------------------------------------------------------------------


def revisions(submission_id: int) -> list[Revision]:
    """All versions of an item, newest first."""
    return list(
        db.session.scalars(
            select(Revision)
            .where(Revision.submission_id == submission_id)
            .options(joinedload(Revision.author), selectinload(Revision.files))
            .order_by(Revision.number.desc())
        )
    )


def revision(submission_id: int, number: int) -> Revision | None:
    """One version of an item by its number."""
    return db.session.scalar(
        select(Revision)
        .where(Revision.submission_id == submission_id, Revision.number == number)
        .options(joinedload(Revision.author), selectinload(Revision.files), joinedload(Revision.column))
    )


def last_number(submission_id: int) -> int:
    """The number of the newest version; 0 before the first."""
    return db.session.scalar(select(func.max(Revision.number)).where(Revision.submission_id == submission_id)) or 0


def working_copy(person_id: int, slot: int) -> WorkingCopy | None:
    """What a person typed and has not saved, for one item (0: a new one)."""
    return db.session.scalar(select(WorkingCopy).where(WorkingCopy.person_id == person_id, WorkingCopy.slot == slot))


def import_report(submission_id: int) -> ImportReport | None:
    """What to look at after the newest Word file was read into an item; None once it was put away."""
    return db.session.scalar(select(ImportReport).where(ImportReport.submission_id == submission_id))


def file_visible(actor: Actor, file_id: int) -> bool:
    """Does a file stand in a version of an item the actor may see?"""
    found = (
        select(RevisionFile.id)
        .join(Revision, Revision.id == RevisionFile.revision_id)
        .join(Submission, Submission.id == Revision.submission_id)
        .where(RevisionFile.file_id == file_id, visible(actor))
        .limit(1)
    )
    return db.session.scalar(found) is not None


# -- review ------------------------------------------------------------------------------------


def signatures(submission_id: int) -> list[Signature]:
    """Every signature an item ever got, in order; those with another digest have fallen."""
    return list(
        db.session.scalars(select(Signature).where(Signature.submission_id == submission_id).order_by(Signature.id))
    )


def standing(submission: Submission) -> list[Signature]:
    """The signatures that hold for the text as it is."""
    return [signature for signature in signatures(submission.id) if signature.digest == submission.digest]


_H = Hand.__table__.c
_HANDS = select(_H.person_id, _H.stage).where(_H.submission_id == bindparam("item"))


def hands(submission_id: int) -> list[tuple[int, State]]:
    """(person, stage) of everybody who wrote the text or signed; the input of separation."""
    return read_once(
        (_HANDS, submission_id),
        lambda: [(row[0], row[1]) for row in db.session.execute(_HANDS, {"item": submission_id})],
    )


def return_notes(submission_id: int) -> list[ReturnNote]:
    """Why an item was returned, newest first."""
    return list(
        db.session.scalars(
            select(ReturnNote)
            .where(ReturnNote.submission_id == submission_id)
            .options(joinedload(ReturnNote.revision))
            .order_by(ReturnNote.id.desc())
        )
    )


def last_notes(submission_ids: Iterable[int]) -> dict[int, ReturnNote]:
    """The newest return of each item."""
    newest = (
        select(func.max(ReturnNote.id))
        .where(ReturnNote.submission_id.in_(tuple(submission_ids)))
        .group_by(ReturnNote.submission_id)
    )
    return {
        note.submission_id: note for note in db.session.scalars(select(ReturnNote).where(ReturnNote.id.in_(newest)))
    }


def visits(submission_id: int) -> list[StageVisit]:
    """Every stay of an item at a stage, in order."""
    return list(
        db.session.scalars(select(StageVisit).where(StageVisit.submission_id == submission_id).order_by(StageVisit.id))
    )


def open_visit(submission_id: int) -> StageVisit | None:
    """Where an item is staying now."""
    return db.session.scalar(
        select(StageVisit).where(StageVisit.submission_id == submission_id, StageVisit.left_at.is_(None))
    )


def open_visits(submission_ids: Iterable[int]) -> dict[int, StageVisit]:
    """Where items are staying now, by their ids."""
    found = StageVisit.submission_id.in_(tuple(submission_ids))
    rows = db.session.scalars(select(StageVisit).where(found, StageVisit.left_at.is_(None)))
    return {visit.submission_id: visit for visit in rows}


def by_id(submission_ids: Iterable[int]) -> dict[int, Submission]:
    """Items by their ids, for acts of the system."""
    rows = db.session.scalars(select(Submission).where(Submission.id.in_(set(submission_ids))))
    return {item.id: item for item in rows}


# -- clocks and ways ---------------------------------------------------------------------------


def working_time() -> WorkingTime:
    """The arithmetic of working time, with the calendar and the hours in force."""
    return WorkingTime(workdays.calendar(), settings.value("working_hours"))


def case_of(urgency: Urgency, way_: Mapping[str, Any] | None, corrects_id: int | None) -> Case:
    """What of an item its limits may differ by."""
    return Case(urgency is Urgency.URGENT, route_key(way_), corrects_id is not None)


def due_at(submission: Submission, stage: State, entered_at: datetime) -> datetime:
    """When a stage of an item must be done (UTC), by the limits in force."""
    case = case_of(submission.urgency, submission.route, submission.corrects_id)
    return step_clock.due_at(stage, case, entered_at, settings.value("step_limits"), working_time())


def golden_until(event_on: date) -> date:
    """The last timely day for an event, by the setting in force."""
    return golden_days.golden_until(event_on, settings.value("golden_days"), workdays.calendar())


@dataclass(frozen=True, slots=True)
class Held:
    """A setting as a limit was counted by: its words, its row (None: the default), and whose hands it went through."""

    label: str
    words: str
    row: Setting | None
    hands: Hands


@dataclass(frozen=True, slots=True)
class StepExplained:
    """Why a stage must be done when it must: the stay, the limit, the settings, every day."""

    visit: StageVisit
    limit: Limit
    minutes: int | None
    """The limit in working minutes; None when it runs by natural days or hours of the clock."""
    by: list[Held]
    timed: list[TimedDay]
    days: list[Day]
    """One of the two is empty: ``days`` is for limits in natural days."""
    due_at: datetime
    """Where the counting ends (UTC)."""

    @property
    def agrees(self) -> bool:
        """Does the counting end where the record says? If not, law changed and the worker has not looked yet."""
        return self.due_at == self.visit.due_at


@dataclass(frozen=True, slots=True)
class GoldenExplained:
    """Why the golden period ends when it does; day 0 is the day of the event."""

    by: list[Held]
    days: list[Day]

    @property
    def until(self) -> date:
        """Where the counting ends."""
        return self.days[-1].day


def step_explained(submission: Submission) -> StepExplained | None:
    """The limit of the stage an item is at, day by day; None where nobody has to act.

    Counted by the settings of its arrival or, if the record says otherwise, by those in force now; the
    calendar is always that of today.
    """
    visit = open_visit(submission.id)
    if visit is None:
        return None
    at = next((one for one in (visit.entered_at, clock.now()) if _judged(submission, visit, one) == visit.due_at), None)
    case = case_of(submission.urgency, submission.route, submission.corrects_id)
    limit = step_clock.limit_of(visit.stage, case, settings.value("step_limits", at))
    hours, calendar = WorkingTime(workdays.calendar(), settings.value("working_hours", at)), workdays.calendar()
    minutes = limit.minutes(hours.minutes_a_day)
    timed, days = [], []
    if minutes is not None:
        timed = explain_working(hours, visit.entered_at, minutes)
    elif limit.unit == "hour":
        timed = explain_hours(calendar, visit.entered_at, limit.amount)
    else:
        days = explain_natural(calendar, clock.day_of(visit.entered_at), limit.amount, give_way=True)
    where = f"{limit.table}，{'绿色通道' if submission.urgent else '普通'}：{limit.words}"
    by = [_held("step_limits", where, at)]
    if limit.unit != "hour":
        by.append(_held("working_hours", _hours_words(settings.value("working_hours", at)), at))
    return StepExplained(visit, limit, minutes, by, timed, days, step_clock.due_by(limit, visit.entered_at, hours))


def golden_explained(submission: Submission) -> GoldenExplained:
    """The golden period of an item, day by day, by the setting of its last version or the one in force now."""
    calendar = workdays.calendar()
    asked = (submission.revision.created_at if submission.revision else submission.created_at, clock.now())
    ends = {
        at: golden_days.golden_until(submission.event_on, settings.value("golden_days", at), calendar) for at in asked
    }
    at = next((one for one in asked if ends[one] == submission.golden_until), asked[-1])
    setting = settings.value("golden_days", at)
    count, first = int(setting["days"]), "事件当天，第 0 天"
    working = setting["count"] == "working"
    days = (explain if working else explain_natural)(calendar, submission.event_on, count, first)
    return GoldenExplained([_held("golden_days", f"{count} 个{'工作日' if working else '自然日'}", at)], days)


def _judged(submission: Submission, visit: StageVisit, at: datetime) -> datetime:
    """When a stay must end by the settings of an instant."""
    hours = WorkingTime(workdays.calendar(), settings.value("working_hours", at))
    case = case_of(submission.urgency, submission.route, submission.corrects_id)
    return step_clock.due_at(visit.stage, case, visit.entered_at, settings.value("step_limits", at), hours)


def _held(key: str, words: str, at: datetime | None) -> Held:
    row_id = settings.row_in_force(key, at)[1]
    row = settings.get(row_id) if row_id else None
    hands = settings.hands([row])[row.id] if row else Hands()
    return Held(CATALOGUE[key].label, words, row, hands)


def _hours_words(hours: Mapping[str, Mapping[str, str]]) -> str:
    return "、".join(f"{half['from']}—{half['to']}" for half in (hours["morning"], hours["afternoon"]))


# -- what a change of law moves ------------------------------------------------------------------

FORESEEN = 50
"""How many moves are shown one by one before they happen."""
_reckoned: tuple[object, ...] | None = None
"""The mark of the law by which everything open was last found, or put, right: kept in the process that looks."""


def law() -> Law:
    """The calendar and the settings in force now."""
    return _law_at(clock.now())


def _law_at(at: datetime) -> Law:
    """The settings of an instant (UTC), the calendar of today."""
    return Law(workdays.calendar(), {key: settings.value(key, at) for key in SETTINGS})


def mark_of_law() -> tuple[object, ...]:
    """Changes when an act changes the calendar and when another value of a setting is in force: two statements."""
    rows = tuple(settings.row_in_force(key)[1] for key in SETTINGS)
    return (str(db.engine.url), workdays.newest_act(), *rows)


def reckoning_needed() -> bool:
    """Has law changed since this process last looked at everything open?"""
    return mark_of_law() != _reckoned


def remember_reckoning(mark: tuple[object, ...]) -> None:
    """Everything open is right by the law of this mark."""
    global _reckoned
    _reckoned = mark


def open_clocks() -> list[Stay | Event]:
    """Every open stay, and the golden period of every item not yet published: two statements."""
    visit, item, text = StageVisit.__table__.c, Submission.__table__.c, Revision.__table__.c
    stays = db.session.execute(
        select(
            item.id, item.title, visit.stage, item.urgency, item.route, item.corrects_id, visit.entered_at, visit.due_at
        )
        .join_from(StageVisit.__table__, Submission.__table__, item.id == visit.submission_id)
        .where(visit.left_at.is_(None))
        .order_by(item.id)
    )
    events = db.session.execute(
        select(item.id, item.title, item.event_on, func.coalesce(text.created_at, item.created_at), item.golden_until)
        .join_from(Submission.__table__, Revision.__table__, text.id == item.revision_id, isouter=True)
        .where(item.state.in_(UNPUBLISHED))
        .order_by(item.id)
    )
    found: list[Stay | Event] = [
        Stay(id_, title, stage, case_of(urgency, way_, corrects), since, due)
        for id_, title, stage, urgency, way_, corrects, since, due in stays
    ]
    return found + [Event(*row) for row in events]


def last_reckoning() -> datetime | None:
    """When everything open was last counted anew and something moved (UTC)."""
    acts = select(AuditEvent.at).where(AuditEvent.action == RECKON.name)
    return db.session.scalar(acts.order_by(AuditEvent.seq.desc()).limit(1))


def reckoning(last: datetime | None) -> list[Move]:
    """What the law in force moves, each with the changes of law since ``last`` (UTC) that move it."""
    now = law()
    found = moved(open_clocks(), now)
    if not found:
        return []
    counted = {move: max(move.clock.since, last) if last else move.clock.since for move in found}
    changes = _changes_since(min(counted.values()))
    before = {at: _law_at(at) for at in set(counted.values())}
    return [
        explained(move, now, before[counted[move]], [one for one in changes if one.at > counted[move]])
        for move in found
    ]


def _changes_since(moment: datetime) -> list[Change]:
    acts = [Change(CALENDAR, one.at, one.words, one.first, one.last) for one in workdays.acts_since(moment)]
    values = [
        Change(row.key, row.valid_from, f"“{row}”有了新值（{clock.local(row.valid_from):%Y-%m-%d %H:%M} 起）")
        for row in settings.came_into_force(SETTINGS, moment)
    ]
    return acts + values


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a law that is not in force would move: which law in words, and how many clocks of how many items."""

    words: str
    stays: int
    golden: int
    moves: list[tuple[Move, Submission]]
    """The first of those the reader may see, with their items."""

    @property
    def hidden(self) -> int:
        """How many more there are."""
        return self.stays + self.golden - len(self.moves)


def foreseen_setting(setting: Setting, actor: Actor) -> Foreseen:
    """What a proposed value would move if it were in force now."""
    return _foreseen(f"“{setting}”的提议生效后", law().with_setting(setting.key, setting.value), actor)


def foreseen_day(day: date, works: bool, actor: Actor) -> Foreseen:
    """What a day would move if it were worked or not."""
    now, words = law(), "上班" if works else "放假"
    changed = replace(now, calendar=now.calendar.with_day(day, works, words))
    return _foreseen(f"{day.year}年{day.month}月{day.day}日改为{words}后", changed, actor)


def _foreseen(words: str, changed: Law, actor: Actor) -> Foreseen:
    clocks, now = open_clocks(), law()
    found = [move for move in moved(clocks, changed) if move.clock.by(now) != move.new]
    stays = sum(isinstance(move.clock, Stay) for move in found)
    ids = {move.submission_id for move in found}
    seen = {
        item.id: item for item in db.session.scalars(visible_to(actor).where(Submission.id.in_(ids)).options(*LIST))
    }
    shown = [(move, seen[move.submission_id]) for move in found if move.submission_id in seen][:FORESEEN]
    return Foreseen(words, stays, len(found) - stays, shown)


@dataclass(frozen=True, slots=True)
class Happened:
    """An entry of an item's history that stands on the trail under something else."""

    at: datetime
    actor_name: str
    action: str
    label: str
    told: Told
    actor_post: str | None = None
    acting_for: str | None = None


def history(submission: Submission) -> list[AuditEvent | Happened]:
    """Everything that was done to an item, newest first, and how its clocks were moved by changes of law."""
    reckonings = db.session.scalars(
        select(AuditEvent)
        .where(
            AuditEvent.action == RECKON.name,
            AuditEvent.at >= submission.created_at,
            AuditEvent.rows.contains(f'["submission","{submission.id}",', autoescape=True),
        )
        .order_by(AuditEvent.seq.desc())
    )
    found: list[AuditEvent | Happened] = [*trail.timeline("Submission", submission.id)]
    found += [
        Happened(event.at, event.actor_name, event.action, event.label, event.told.about(submission.id))
        for event in reckonings
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)


def places(submission: Submission) -> route.Places:
    """The units an item's steps can lie in; Refused when no unit coordinates."""
    coordinating_id = network.coordinating_id()
    if coordinating_id is None:
        raise Refused("还没有指定统筹办公室。请系统管理员先在“单位与人员”里指定。")
    return route.Places(submission.unit_id, submission.counterpart_id, coordinating_id, submission.cross_unit_id)


def way(submission: Submission) -> tuple[route.Step, ...]:
    """The review steps of an item, by the route it was handed in under (or the one in force)."""
    return route.steps(submission.route or settings.route(), places(submission))


def readiness_issues(revision_: Revision) -> list[readiness.Issue]:
    """What keeps a version from being handed in today."""
    text = readiness.Text(
        title=revision_.title,
        body_html=revision_.body_html,
        event_on=revision_.event_on,
        urgent=revision_.urgency is Urgency.URGENT,
        urgency_reason=revision_.urgency_reason,
        major=revision_.importance is Importance.MAJOR,
        cross_unit_id=revision_.cross_unit_id,
        counterpart_id=revision_.counterpart_id,
        unit_id=revision_.submission.unit_id,
        active=revision_.attribute is Attribute.ACTIVE,
        attribute_reason=revision_.attribute_reason,
        secrecy_cleared=revision_.secrecy_cleared,
        source=revision_.source,
        column_open=revision_.column.open,
    )
    return readiness.issues(text, clock.today())


# -- duties ------------------------------------------------------------------------------------

_S, _V, _N, _G = Submission.__table__.c, StageVisit.__table__.c, ReturnNote.__table__.c, Signature.__table__.c
_U = Unit.__table__.c
_LAST_NOTE = select(func.max(_N.id)).where(_N.submission_id == _S.id).correlate(Submission.__table__).scalar_subquery()
_LAST_SIGN = select(func.max(_G.id)).where(_G.submission_id == _S.id).correlate(Submission.__table__).scalar_subquery()
_OTHER_HANDS = (
    select(func.aggregate_strings(cast(Hand.__table__.c.person_id, Text), ","))
    .where(Hand.__table__.c.submission_id == _S.id, Hand.__table__.c.stage != _S.state)
    .correlate(Submission.__table__)
    .scalar_subquery()
)
_OWED = (
    select(
        _S.id, _S.title, _S.state, _S.urgency, _S.corrects_id, _S.event_on, _S.created_at, _S.submit_count,
        _S.unit_id, _S.drafter_id, _S.counterpart_id, _S.waiting_role, _S.waiting_unit_id, _S.claimed_by_id,
        _S.stage_entered_at, _S.stage_due_at,
        _U.name.label("unit"), _V.id.label("visit"),
        _N.person_id.label("returner_id"), _N.person_name.label("returner"), _N.opinion.label("why"),
        _G.person_id.label("signer_id"), _G.person_name.label("signer"), _G.opinion.label("said"),
        _OTHER_HANDS.label("hands"),
    )
    .select_from(Submission.__table__)
    .join(_U.id.table, _U.id == _S.unit_id)
    .outerjoin(_V.id.table, and_(_V.submission_id == _S.id, _V.left_at.is_(None)))
    .outerjoin(_N.id.table, _N.id == _LAST_NOTE)
    .outerjoin(_G.id.table, _G.id == _LAST_SIGN)
    .where(_S.state.in_((State.DRAFT, State.RETURNED, *IN_REVIEW, State.APPROVED)))
)  # fmt: skip


def duties(limits: Limits) -> list[Duty]:
    """What is owed on items: drafts to hand in, stages to sign, returns to mend, approved ones to publish."""
    return [_draft_duty(row, limits) if row.state is State.DRAFT else _stage_duty(row, limits)
            for row in db.session.execute(_OWED)]  # fmt: skip


def _draft_duty(row: Any, limits: Limits) -> Duty:
    correction = row.corrects_id is not None
    return Duty(
        key=f"draft:{row.id}:{row.submit_count}",
        kind=DutyKind.CORRECTION if correction else DutyKind.FILING,
        what=row.title,
        page=Page("submissions.edit", "submission_id", row.id),
        unit=row.unit,
        seat=(Role.REPORTER, row.unit_id),
        person_id=row.drafter_id,
        above=(Role.HEAD, row.counterpart_id),
        since=row.created_at,
        due_at=limits.correction(row.created_at) if correction else limits.filing(row.event_on, row.created_at),
        counts_from=None if correction else row.event_on,
        urgent=row.urgency is Urgency.URGENT,
    )


_STAGE_PAGES = {State.RETURNED: "submissions.edit", State.APPROVED: "publishing.show"}
_STAGE_KINDS = {State.RETURNED: DutyKind.REVISION, State.APPROVED: DutyKind.PUBLICATION}


def _stage_duty(row: Any, limits: Limits) -> Duty:
    returned = row.state is State.RETURNED
    hands_ = frozenset(int(hand) for hand in (row.hands or "").split(",") if hand)
    return Duty(
        key=f"visit:{row.visit}",
        kind=_STAGE_KINDS.get(row.state, DutyKind.REVIEW),
        what=row.title,
        page=Page(_STAGE_PAGES.get(row.state, "review.show"), "submission_id", row.id),
        step=_TITLES.get(row.state, ""),
        unit=row.unit,
        seat=(row.waiting_role, row.waiting_unit_id),
        person_id=row.drafter_id if returned else row.claimed_by_id,
        above=route.above(row.waiting_role, row.waiting_unit_id, row.counterpart_id, limits.coordinating_id),
        since=row.stage_entered_at,
        due_at=row.stage_due_at,
        urgent=row.urgency is Urgency.URGENT,
        sender=row.returner if returned else row.signer or "",
        words=row.why if returned else row.said or "",
        doer_id=row.returner_id if returned else row.signer_id or row.drafter_id,
        apart=hands_ if row.state in IN_REVIEW else frozenset(),
    )


# -- how much was handed in ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What a unit handed in for a column since some instants."""

    unit_id: int
    column_id: int
    counts: tuple[int, ...]
    """Since each of the instants asked about."""
    last_at: datetime


def handed_in(since: Sequence[datetime]) -> list[HandedIn]:
    """What every unit handed in first since each of some instants (UTC), by column; corrections left out.

    One statement; what 报送 counts in the statistics.
    """
    counts = [func.sum(case((Submission.submitted_at >= start, 1), else_=0)) for start in since]
    found = (
        select(Submission.unit_id, Submission.column_id, func.max(Submission.submitted_at), *counts)
        .where(Submission.submitted_at >= min(since), Submission.corrects_id.is_(None))
        .group_by(Submission.unit_id, Submission.column_id)
    )
    return [HandedIn(unit, column, tuple(counts), last) for unit, column, last, *counts in db.session.execute(found)]


def last_handed_in() -> dict[int, datetime]:
    """Person → when an item he drafted was last handed in first, of everybody who ever did."""
    found = (
        select(Submission.drafter_id, func.max(Submission.submitted_at))
        .where(Submission.submitted_at.is_not(None))
        .group_by(Submission.drafter_id)
    )
    return {person: at for person, at in db.session.execute(found) if at}


# -- proofreading ------------------------------------------------------------------------------

_NAMES_ONLY = frozenset({*NEVER_OVERRIDDEN, Family.PLACEHOLDER})
"""What a file's name is looked at for."""
PRIOR = 20
"""Earlier items of a unit that a new text is compared with."""
MOST_WORDS = 2000
_words: dict[str, str] = {}
"""Digest → words of texts that were asked for lately: a version never changes."""


def spotted_in(
    title: str,
    body_html: str,
    files_: Iterable[tuple[int, str]] = (),
    *,
    prior: Sequence[str] = (),
    with_speller: bool = False,
    day: date | None = None,
) -> list[Spotted]:
    """What the proofreader finds in an item, today or on a day: its title, its text with captions, its attachments.

    ``files_`` are attachments as (stored file id, shown name).

    The speller reads in a process of its own and only ever hints, so what an act decides by never
    depends on it.
    """
    day, body = day or clock.today(), markup.words(body_html)
    found = []
    if title:
        found += spotted("标题", title, proofreading.findings(Writing(title, day, is_title=True), guesses=with_speller))
    files = list(files_)
    writing = Writing(body, day, title, prior=tuple(prior), attachments=len(files))
    found += spotted("正文", body, proofreading.findings(writing, guesses=with_speller))
    for file_id, name in files:
        named = proofreading.findings(Writing(name, day))
        found += spotted("附件名", name, [one for one in named if one.family in _NAMES_ONLY])
        found += attachment_read(file_id, name, day).found
    return sorted(found, key=lambda one: WEIGHTS[one.severity])


def spotted_in_revision(
    revision_: Revision, *, with_speller: bool = False, day: date | None = None, alone: bool = False
) -> list[Spotted]:
    """What the proofreader finds in a saved version, judged by today or by ``day``.

    ``alone``: not held against the unit's other items.
    """
    files_ = [(file.file_id, file.name) for file in revision_.attachments]
    earlier = () if alone else prior(revision_.submission)
    return spotted_in(revision_.title, revision_.body_html, files_, prior=earlier, with_speller=with_speller, day=day)


def attachment_read(file_id: int, name: str, day: date | None = None) -> Attached:
    """What was read and found in one attachment, today or on a day, under the name it is shown by."""
    reading = files.reading(file_id)
    if reading is None:
        return not_read(name)
    return _attached(file_id, reading, name, day or clock.today(), proofreading.lexicon(), proofreading.exceptions())


@lru_cache(maxsize=256)
def _attached(file_id: int, _reading: tuple[str, int], name: str, day: date, *_held_against: object) -> Attached:
    """A file never changes: it is proofread once for a day, a lexicon and the town's exceptions."""
    contents = files.kept_contents([file_id])[file_id].contents
    return attached(name, contents, lambda words: proofreading.findings_in_attachment(words, day))


def prior(submission: Submission) -> tuple[str, ...]:
    """The texts of the unit's last items of twelve months, the item and what it corrects left out."""
    left_out = (submission.id, submission.corrects_id or submission.id)
    digests = db.session.scalars(
        select(Submission.digest)
        .where(
            Submission.unit_id == submission.unit_id,
            Submission.id.not_in(left_out),
            Submission.corrects_id.is_(None),
            Submission.state != State.DISCARDED,
            Submission.event_on >= submission.event_on - timedelta(days=366),
        )
        .order_by(Submission.id.desc())
        .limit(PRIOR)
    ).all()
    if new := [digest for digest in digests if digest not in _words]:
        if len(_words) > MOST_WORDS:
            _words.clear()
        bodies = select(Revision.digest, Revision.body_html).where(Revision.digest.in_(new))
        _words.update((digest, markup.words(body)) for digest, body in db.session.execute(bodies))
    return tuple(_words[digest] for digest in digests if digest in _words)


def answers_to(revision_id: int) -> defaultdict[str, list[FindingAnswer]]:
    """What was said to the proofreader about a version, by the findings' keys, in order."""
    said: defaultdict[str, list[FindingAnswer]] = defaultdict(list)
    found = select(FindingAnswer).where(FindingAnswer.revision_id == revision_id).order_by(FindingAnswer.id)
    for given in db.session.scalars(found):
        said[given.key].append(given)
    return said


def open_findings(revision_: Revision) -> list[Spotted]:
    """The findings that still keep a version from going on, by the checks of today and what was said to them."""
    said = {key: [given.answer for given in all_] for key, all_ in answers_to(revision_.id).items()}
    return still_open(spotted_in_revision(revision_), said)


def replies_before(submission_id: int, person_id: int) -> dict[str, str]:
    """What a person said to findings of any version of an item: key → the last reason, to be offered again."""
    found = (
        select(FindingAnswer)
        .where(FindingAnswer.submission_id == submission_id, FindingAnswer.person_id == person_id)
        .order_by(FindingAnswer.id)
    )
    return {given.key: given.reason for given in db.session.scalars(found)}


# -- what pages show -----------------------------------------------------------------------------

PUBLISH_TITLE = "党政办发布"
_TITLES = {
    State.FIRST_REVIEW: "一审一校",
    State.SECOND_REVIEW: "二审二校",
    State.CROSS_REVIEW: "交叉审核",
    State.THIRD_REVIEW: "三审三校",
}


def golden_spent(items: Iterable[tuple[Submission, datetime | None]]) -> dict[int, Spent]:
    """Of items that missed their golden period, whose step used how much of it: one statement, if there are any.

    Each item comes with its publication (UTC), None while it is not published.
    """
    now = clock.now()
    late = {item.id: (item, at or now) for item, at in items if clock.day_of(at or now) > item.golden_until}
    if not late:
        return {}
    visit, stops = StageVisit.__table__.c, defaultdict(list)
    rows = db.session.execute(
        select(visit.submission_id, visit.stage, Unit.name, visit.entered_at, visit.left_at, visit.outcome)
        .join_from(StageVisit.__table__, Unit, Unit.id == visit.unit_id)
        .where(visit.submission_id.in_(tuple(late)))
    )
    for number, *stop in rows:
        stops[number].append(Stop(*stop))
    return {
        number: golden_shares.spent(item.event_on, item.golden_until, item.unit.name, stops[number], at)
        for number, (item, at) in late.items()
    }


def golden_spent_of(submission: Submission, happened: Iterable[AuditEvent | Happened] = ()) -> Spent | None:
    """The same of one item, published when its history says so; None while there is time, or when it will never be."""
    at = next((one.at for one in happened if one.action == "publish"), None)
    if at is None and submission.state not in UNPUBLISHED:
        return None
    return golden_spent([(submission, at)]).get(submission.id)


def stage_title(stage: State) -> str:
    """What somebody does at a stage: 二审二校, 发布, 修改重报."""
    return {**_TITLES, State.APPROVED: "发布", State.RETURNED: "修改重报"}.get(stage, stage.label)


def steps(submission: Submission, signed: Sequence[Signature]) -> list[StepShown]:
    """The chain of an item: handing in, each review stage of its way, publishing.

    A stage is done when a 审 signature for the present text stands there.
    """
    holds = [signature for signature in signed if signature.digest == submission.digest]
    drafter = next((s for s in reversed(signed) if s.stage is State.FIRST_REVIEW and s.person_id), None)
    handed_in = submission.state not in EDITABLE
    chain = [
        StepShown(
            "拟稿送审",
            "done" if handed_in else "over" if submission.state is State.RETURNED else "now",
            submission.drafter.name,
            (drafter.signed_at if drafter else submission.submitted_at) if handed_in else None,
            None if handed_in else submission.stage_due_at,
        )
    ]
    over = submission.stage_due_at is not None and submission.stage_due_at < clock.now()
    for step in way(submission):
        done = next((s for s in reversed(holds) if s.stage is step.stage and s.act is Act.REVIEW), None)
        if submission.state is step.stage:
            chain.append(
                StepShown(_TITLES[step.stage], "over" if over else "now", _names(step), None, submission.stage_due_at)
            )
        elif done is not None and handed_in:
            chain.append(StepShown(_TITLES[step.stage], "done", done.person_name, done.signed_at))
        else:
            chain.append(StepShown(_TITLES[step.stage], "todo", step.role.label))
    chain.append(_publish_shown(submission, over=over))
    return chain


def planned_steps(submission: Submission) -> list[StepShown]:
    """The way an item would go if it were handed in now, with the people of each step."""
    chain = [StepShown(_TITLES[step.stage], "todo", _names(step)) for step in way_planned(submission)]
    if drafter_stage := settings.route()["drafter_signs"]:
        chain.insert(0, StepShown(_TITLES[State(drafter_stage)], "now", "拟稿人签字送审"))
    return [*chain, StepShown(PUBLISH_TITLE, "todo", Role.PUBLISHER.label)]


def way_planned(submission: Submission) -> tuple[route.Step, ...]:
    """The steps by the route in force now, whatever route the item went before."""
    return route.steps(settings.route(), places(submission))


def _names(step: route.Step) -> str:
    return "、".join(network.holder_names(clock.today(), step.role, step.unit_id)) or f"{step.role.label}空缺"


def _publish_shown(submission: Submission, *, over: bool) -> StepShown:
    match submission.state:
        case State.APPROVED:
            return StepShown(
                PUBLISH_TITLE, "over" if over else "now", Role.PUBLISHER.label, None, submission.stage_due_at
            )
        case State.SCHEDULED:
            return StepShown("定时发布", "now", "到时自动发布", submission.scheduled_at)
        case State.PUBLISHED:
            return StepShown("已发布", "done", *_published_by(submission))
        case State.FILED:
            return StepShown("已存档", "done", "不上网", submission.approved_at)
        case State.WITHDRAWN:
            return StepShown("已撤下", "over", "", submission.updated_at)
    return StepShown(PUBLISH_TITLE, "todo", Role.PUBLISHER.label)


def _published_by(submission: Submission) -> tuple[str, datetime | None]:
    """Who published an item, and when."""
    found = db.session.execute(
        select(Person.name, StageVisit.left_at)
        .select_from(StageVisit)
        .outerjoin(Person, Person.id == StageVisit.person_id)
        .where(
            StageVisit.submission_id == submission.id,
            StageVisit.stage == State.APPROVED,
            StageVisit.outcome.in_(("publish", "schedule")),
        )
        .order_by(StageVisit.id.desc())
        .limit(1)
    ).first()
    return (found[0] or "系统", found[1]) if found else (Role.PUBLISHER.label, submission.updated_at)


def published_revision(submission: Submission) -> Revision | None:
    """The version the public reads: of the item, or of its newest published correction. None when withdrawn."""
    origin = submission.corrects_id or submission.id
    first = db.session.get(Submission, origin)
    if first is None or first.state is not State.PUBLISHED:
        return None
    newest = db.session.scalar(
        select(Submission)
        .where(or_(Submission.id == origin, Submission.corrects_id == origin), Submission.state == State.PUBLISHED)
        .order_by(Submission.approved_at.desc(), Submission.id.desc())
        .limit(1)
    )
    return newest.revision if newest else None


@dataclass(frozen=True, slots=True)
class Difference:
    """What two versions differ in."""

    fields: list[tuple[str, str, str]]
    """(label, before, after) of every field that changed."""
    title: tuple[tuple[comparison.Piece, str], ...]
    lines: list[comparison.Line]
    files: list[tuple[str, str]]
    """(新增 | 删去, name) of attachments; a replaced file is both."""

    @property
    def count(self) -> int:
        """How many places changed."""
        lines = sum(line.changed for line in self.lines)
        title = any(piece is not comparison.Piece.SAME for piece, _ in self.title)
        return lines + title + len(self.fields) + len(self.files)


@lru_cache(maxsize=64)
def _compared(old: str, new: str) -> tuple[comparison.Line, ...]:
    """Two versions never change, and a reviewer sees them several times: compared once."""
    return tuple(comparison.compare(old, new))


def difference(old: Revision, new: Revision) -> Difference:
    """Everything two versions differ in, attachments included."""
    before, after = _facts(old), _facts(new)
    old_files = {(file.name, file.file.sha256) for file in old.attachments}
    new_files = {(file.name, file.file.sha256) for file in new.attachments}
    return Difference(
        fields=[(label, before[label], after[label]) for label in before if before[label] != after[label]],
        title=comparison.compare_words(old.title, new.title),
        lines=list(_compared(old.body_html, new.body_html)),
        files=[("删去", name) for name, _ in sorted(old_files - new_files)]
        + [("新增", name) for name, _ in sorted(new_files - old_files)],
    )


def _facts(revision_: Revision) -> dict[str, str]:
    cross = revision_.cross_unit_id and network.unit(revision_.cross_unit_id)
    return {
        "栏目": revision_.column.name,
        "事件日期": revision_.event_on.isoformat(),
        "对口办公室": str(network.unit(revision_.counterpart_id)),
        "重要程度": revision_.importance.label,
        "交叉审核": str(cross or "无"),
        "加急": revision_.urgency.label,
        "加急理由": revision_.urgency_reason or "无",
        "公开属性": revision_.attribute.label,
        "不主动公开的理由": revision_.attribute_reason or "无",
        "保密审查": "已做，不涉密" if revision_.secrecy_cleared else "未做",
        "来源": revision_.source or "无",
    }
