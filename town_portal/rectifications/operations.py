"""Acts on what has to be put right: open, ask for time, answer, look at the answer, call off."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from town_portal.access.actor import SYSTEM, Actor, HeldPost
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import check
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import Work, unit_of_work
from town_portal.files import queries as files
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.foundation.errors import Moved, Refused
from town_portal.network import queries as network
from town_portal.rectifications import queries
from town_portal.rectifications.models import Rectification, RectificationAnswer, RectificationFile
from town_portal.rectifications.rules import separation, terms
from town_portal.rectifications.rules.lifecycle import LIFECYCLE, RectificationState
from town_portal.rectifications.rules.source import Source
from town_portal.settings import queries as settings
from town_portal.workdays import queries as workdays

OPEN = Action("open_rectification", "下达整改")
ASK = Action("ask_rectification_time", "申请整改延期")
GRANT = Action("grant_rectification_time", "同意整改延期")
DECLINE = Action("decline_rectification_time", "不同意整改延期")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is asked of a unit."""

    unit_id: int
    matter: str
    demand: str
    source: Source = Source.OTHER
    source_id: int | None = None
    source_words: str = ""
    due_on: date | None = None
    """The last day for the answer; the town's usual limit when it is not said."""


def open_one(actor: Actor, order: Order) -> Rectification:
    """Ask a unit to put something right, in an act of its own.

    Refused: a unit that is closed or unknown, words that say nothing, a limit that is over or no working day, and the
    same unit asked twice because of the same thing in the same words.
    """
    with unit_of_work(actor) as work:
        post = None if actor is SYSTEM else check(actor, P.RECTIFICATION_OPEN, None)
        found = put(work, order)
        _record_opening(work, found, post)
    return found


def put(work: Work, order: Order) -> Rectification:
    """Add a rectification inside the unit of work of a room above, which records it with its own event."""
    today, calendar = clock.day_of(work.at), workdays.calendar()
    due_on = order.due_on or terms.due(calendar, settings.value("rectification"), today)
    terms.check_due_day(calendar, today, due_on)
    unit = network.unit(order.unit_id)
    if unit is None or unit.closed_on is not None:
        raise Refused("这个单位不在名录里，不能下达整改。")
    matter = terms.check_words("整改事项", order.matter, terms.LONGEST_MATTER)
    demand = terms.check_words("整改要求", order.demand, terms.LONGEST_TEXT)
    if order.source_id is not None and any(
        (one.unit_id, one.matter) == (unit.id, matter) and one.state is not RectificationState.CANCELLED
        for one in queries.of_source(order.source, order.source_id)
    ):
        raise Refused(f"这件事已经请{unit}整改了，不用再下达。")
    found = Rectification(
        year=today.year,
        serial=queries.last_serial(today.year) + 1,
        unit_id=unit.id,
        matter=matter,
        demand=demand,
        source=order.source,
        source_id=order.source_id,
        source_words=order.source_words,
        state=RectificationState.OPEN,
        opened_at=work.at,
        opened_on=today,
        opened_by_id=work.actor.id,
        with_unit_since=work.at,
        due_on=due_on,
        first_due_on=due_on,
        answers=[],
    )
    db.session.add(found)
    db.session.flush()
    return found


def _record_opening(work: Work, found: Rectification, post: HeldPost | None) -> None:
    work.record(
        OPEN,
        found,
        post=post,
        matter=found.matter,
        demand=found.demand,
        due_on=found.due_on.isoformat(),
        source=found.source.label,
        source_id=found.source_id,
    )


def answer(
    actor: Actor, rectification: Rectification, seen: int | None, text: str, file_ids: Iterable[int] = ()
) -> RectificationAnswer:
    """Say what was done, with what shows it. The limit for looking at it begins.

    Refused: nothing said, too many files, files that are not this person's, and whoever is not of the unit.
    """
    text = terms.check_words("整改情况", text, terms.LONGEST_TEXT)
    numbers = list(dict.fromkeys(file_ids))
    with unit_of_work(actor, on=rectification, seen=seen) as work:
        move = LIFECYCLE.take(rectification, "answer_rectification", actor)
        post = check(actor, P.RECTIFICATION_ANSWER, rectification)
        _check_files(actor, numbers)
        today = clock.day_of(work.at)
        found = RectificationAnswer(
            rectification=rectification,
            round=len(rectification.answers) + 1,
            text=text,
            due_on=rectification.due_on,
            answered_at=work.at,
            answered_on=today,
            answered_by_id=actor.id or 0,
            files=[RectificationFile(file_id=number, position=at) for at, number in enumerate(numbers, 1)],
        )
        db.session.add(found)
        rectification.check_due_on = terms.check_due(workdays.calendar(), settings.value("rectification"), today)
        work.record(move, rectification, post=post, round=found.round, note=text, files=numbers)
    return found


def _check_files(actor: Actor, numbers: list[int]) -> None:
    if len(numbers) > terms.MOST_FILES:
        raise Refused(f"最多附 {terms.MOST_FILES} 个文件。")
    for number in numbers:
        file = files.get(number)
        if file is None or not (file.uploaded_by_id == actor.id or queries.file_visible(actor, number)):
            raise Refused("有一个附件找不到了，请重新选一次再答复。")


def accept(actor: Actor, rectification: Rectification, seen: int | None, opinion: str = "") -> None:
    """Find the answer good; with that it is closed. Refused for who answered it, and for the unit itself."""
    with unit_of_work(actor, on=rectification, seen=seen) as work:
        move = LIFECYCLE.take(rectification, "accept_rectification", actor)
        post, given = _looked_at(work, actor, rectification)
        opinion = opinion.strip()[: terms.LONGEST_REASON]
        given.accepted, given.opinion = True, opinion or None
        rectification.closed_at, rectification.closed_on = work.at, clock.day_of(work.at)
        work.record(move, rectification, post=post, round=given.round, opinion=opinion)


def send_back(actor: Actor, rectification: Rectification, seen: int | None, opinion: str, due_on: date | None) -> None:
    """Find the answer wanting, say why, and until when the next one is due (else the town's usual limit)."""
    opinion = terms.check_words("退回的理由", opinion, terms.LONGEST_REASON)
    with unit_of_work(actor, on=rectification, seen=seen) as work:
        move = LIFECYCLE.take(rectification, "send_back_rectification", actor)
        post, given = _looked_at(work, actor, rectification)
        given.accepted, given.opinion = False, opinion
        today, calendar = clock.day_of(work.at), workdays.calendar()
        next_due = due_on or terms.due(calendar, settings.value("rectification"), today)
        terms.check_due_day(calendar, today, next_due)
        rectification.due_on, rectification.check_due_on = next_due, None
        rectification.with_unit_since = work.at
        work.record(move, rectification, post=post, round=given.round, opinion=opinion, due_on=next_due.isoformat())


def _looked_at(work: Work, actor: Actor, rectification: Rectification) -> tuple[HeldPost, RectificationAnswer]:
    """By which post somebody looks, and the answer he looks at, marked as looked at."""
    unit = rectification.unit
    separation.check(actor, unit.id, unit.coordinating, queries.answered_by(rectification))
    given = rectification.answers[-1]
    given.checked_at, given.checked_by_id = work.at, actor.id
    return check(actor, P.RECTIFICATION_CHECK, rectification), given


def ask_for_time(actor: Actor, rectification: Rectification, seen: int | None, until: date, reason: str) -> None:
    """Ask, once, to move the limit. Refused when it is over, too far or asked already."""
    reason = terms.check_words("延期的理由", reason, terms.LONGEST_REASON)
    with unit_of_work(actor, on=rectification, seen=seen) as work:
        post = check(actor, P.RECTIFICATION_ANSWER, rectification)
        _check_with_unit(rectification)
        if rectification.asked_at is not None:
            raise Refused("延期只能申请一次，这一件已经申请过了。")
        today = clock.day_of(work.at)
        terms.check_extension(workdays.calendar(), settings.value("rectification"), rectification.due_on, today, until)
        rectification.asked_until, rectification.asked_reason = until, reason
        rectification.asked_at, rectification.asked_by_id = work.at, actor.id
        work.record(ASK, rectification, post=post, reason=reason, due_on=until.isoformat())


def decide_time(
    actor: Actor, rectification: Rectification, seen: int | None, *, granted: bool, words: str = ""
) -> None:
    """Grant the time that was asked for, or say why not. Refused for who asked, and for the unit itself."""
    with unit_of_work(actor, on=rectification, seen=seen) as work:
        post = check(actor, P.RECTIFICATION_CHECK, rectification)
        _check_with_unit(rectification)
        if not rectification.extension_open or rectification.asked_until is None:
            raise Moved("没有等着批的延期申请，可能刚有人批过了。")
        unit, asked_by = rectification.unit, rectification.asked_by_id
        separation.check(actor, unit.id, unit.coordinating, {asked_by} if asked_by else set())
        words = words.strip()[: terms.LONGEST_REASON]
        if not granted:
            words = terms.check_words("不同意的理由", words, terms.LONGEST_REASON)
        rectification.granted, rectification.granted_words = granted, words or None
        rectification.granted_at, rectification.granted_by_id = work.at, actor.id
        if granted:
            rectification.due_on = rectification.asked_until
        work.record(
            GRANT if granted else DECLINE,
            rectification,
            post=post,
            opinion=words,
            due_on=rectification.due_on.isoformat(),
        )


def _check_with_unit(rectification: Rectification) -> None:
    if not rectification.with_unit:
        raise Moved(f"这一件现在是“{rectification.state.label}”，不能再改期限。")


def cancel(actor: Actor, rectification: Rectification, seen: int | None, reason: str) -> None:
    """Call off what should not have been asked; it stays in the list with the reason."""
    reason = terms.check_words("撤销的理由", reason, terms.LONGEST_REASON)
    with unit_of_work(actor, on=rectification, seen=seen) as work:
        move = LIFECYCLE.take(rectification, "cancel_rectification", actor)
        post = check(actor, P.RECTIFICATION_OPEN, rectification)
        rectification.cancelled_reason = reason
        rectification.closed_at, rectification.closed_on = work.at, clock.day_of(work.at)
        work.record(move, rectification, post=post, reason=reason)
