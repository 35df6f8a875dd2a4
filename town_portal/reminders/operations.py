"""Acts of reminding: a round of the ladder, a reminder by hand, reading, putting off, the calendar feed."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from town_portal.access.actor import SYSTEM, Actor
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import check
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import unit_of_work
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.foundation.errors import Refused
from town_portal.network import queries as network
from town_portal.notifications import operations as notifications
from town_portal.notifications.rules.message import Message, Way
from town_portal.reminders import queries
from town_portal.reminders.models import CalendarFeed, Notice, Reminder, Snooze
from town_portal.reminders.rules import feed, wording
from town_portal.reminders.rules.ladder import WAYS, Rung
from town_portal.reminders.rules.round import Desk, Letter, Line, digest_key, group_of, who_owes
from town_portal.reminders.rules.wording import Detail, Telling
from town_portal.settings import queries as settings
from town_portal.workflow.duty import Duty

log = logging.getLogger(__name__)

REMIND = Action("remind", "提醒")
REMIND_BY_HAND = Action("remind_by_hand", "催办")
ACKNOWLEDGE = Action("acknowledge", "已读提醒")
SNOOZE = Action("snooze", "稍后提醒")
OPEN_FEED = Action("open_calendar_feed", "开通日历订阅")
CLOSE_FEED = Action("close_calendar_feed", "停用日历订阅")

PAGE = "/reminders"
"""Where letters lead: an operation knows no routes, a test holds this against the view."""
LONGEST_WORDS = 200
LETTER_IS_GOOD_FOR = timedelta(days=2)
"""What could not be delivered by then would only confuse."""
LONGEST_SNOOZE = timedelta(days=3)
AGAIN_AFTER = timedelta(hours=1)
"""How long after a reminder by hand the same duty may be reminded of again."""


def go_round() -> int:
    """One round of the ladder: every person whom something has to be told now gets one letter.

    Returns how many letters were written.
    Each letter is an act of its own; one that fails is logged and tried in the next round, the
    others go on.
    """
    letters, detail, desks = queries.due_letters(), queries.detail(), queries.desks(clock.today())
    names = network.names_of(owner for letter in letters for line in letter.lines for owner in line.owners)
    db.session.rollback()
    written = [_write(letter, detail, names, desks.get(letter.person_id, [])) for letter in letters]
    if failed := written.count(None):
        raise Refused(f"有 {failed} 份提醒因程序出错没有写成，其余已发；下一分钟再试。")
    return written.count(True)


def _write(letter: Letter, detail: Detail, names: Mapping[int, str], desks: Sequence[Desk]) -> bool | None:
    """Write one letter; False: another worker was quicker, None: it failed."""
    now = clock.now()
    inside = wording.worded(letter, Telling(now, names=names))
    outside = wording.worded(letter, Telling(now, detail, names, queries.must_stay_inside))
    try:
        with unit_of_work(SYSTEM) as work:
            notice = Notice(
                person_id=letter.person_id,
                at=work.at,
                subject=inside.subject,
                lines=list(inside.lines),
                ways=sorted(letter.ways - {"portal"}),
                urgent=letter.urgent,
            )
            db.session.add(notice)
            db.session.flush()
            db.session.add_all(_reminders(letter, notice))
            _send(notice, outside, group_of(desks, _about(letter)), work.at)
            work.record(REMIND, notice, lines=[[line.duty.key, line.rung.name.lower()] for line in letter.lines])
    except IntegrityError:
        log.info("a letter was written by another worker meanwhile")
        return False
    except Exception:
        log.exception("a letter was not written; the next round tries again")
        return None
    return True


def _about(letter: Letter) -> list[Duty]:
    """The duties a letter tells of."""
    return [line.duty for line in letter.lines] or (letter.digest or [])


def _reminders(letter: Letter, notice: Notice) -> list[Reminder]:
    found = [_reminder(notice, line.duty, line.duty.key, line.rung) for line in letter.lines]
    if letter.digest is not None:
        key = digest_key(clock.day_of(notice.at))
        found.append(
            Reminder(
                notice_id=notice.id,
                person_id=notice.person_id,
                at=notice.at,
                duty_key=key,
                rung=Rung.DIGEST,
                what="",
                due_at=clock.end_of(clock.day_of(notice.at)),
            )
        )
    return found


def _reminder(notice: Notice, duty: Duty, key: str, rung: Rung) -> Reminder:
    return Reminder(
        notice_id=notice.id,
        person_id=notice.person_id,
        at=notice.at,
        duty_key=key,
        rung=rung,
        kind=duty.kind,
        what=duty.what,
        due_at=duty.due_at,
    )


def _send(notice: Notice, text: wording.Worded, unit_id: int | None, at: datetime) -> None:
    """Put a letter into the outbox, in the transaction of the act that wrote it. ``unit_id``: whose work group."""
    message = Message(
        key=f"notice:{notice.id}",
        person_id=notice.person_id,
        subject=text.subject,
        lines=text.lines,
        path=PAGE,
        ways=frozenset(Way(way) for way in notice.ways),
        unit_id=unit_id,
        urgent=notice.urgent,
        expires_at=at + LETTER_IS_GOOD_FOR,
    )
    if message.ways:
        notifications.enqueue([message], at)


def remind_by_hand(actor: Actor, duty_key: str, words: str) -> list[Notice]:
    """Press whoever owes a late duty, in one's own words (催办), by every way of the ladder's 督办.

    Refused: a duty that is done meanwhile or not late yet, no words, one that was reminded of within
    the hour, and one that nobody but the actor owes.
    """
    words = words.strip()
    if not words:
        raise Refused("请写一句催办的话，对方会看到。")
    if len(words) > LONGEST_WORDS:
        raise Refused(f"催办的话请不要超过 {LONGEST_WORDS} 个字。")
    now, detail = clock.now(), queries.detail()
    found = queries.duty(duty_key)
    if found is None:
        raise Refused("这件事刚办完，不用催了。")
    if not found.urgent and queries.is_quiet(now):
        raise Refused("现在是免打扰时间或休息日，等上班再催；确实紧急的请打电话。")
    told = f"{actor.name}催办：{words}"
    if detail is not Detail.WORDS or queries.must_stay_inside(words):
        told = f"{actor.name}催办，请到门户看。"
    outside = wording.worded(
        Letter(0, [Line(found, Rung.DUE)]), Telling(now, detail, kept_back=queries.must_stay_inside)
    )
    desks = queries.desks(clock.today())
    with unit_of_work(actor) as work:
        post = check(actor, P.REMIND, None)
        duty = queries.duty(duty_key)
        if duty is None:
            raise Refused("这件事刚办完，不用催了。")
        if duty.due_at >= work.at:
            raise Refused("这件事还没到时限，先不用催。")
        if queries.reminded_by_hand_since(duty_key, work.at - AGAIN_AFTER):
            raise Refused("一小时内已经催办过这件事，请稍后再催。")
        people = who_owes(duty, queries.seats(clock.day_of(work.at)), queries.last_resort())[0]
        notices = [
            _by_hand(
                actor, duty, person, group_of(desks.get(person, []), [duty]), words, (*outside.lines, told), work.at
            )
            for person in people
            if person != actor.id
        ]
        if not notices:
            raise Refused("这件事现在就在您手上，或者没有人在岗，没有可以催的人。")
        work.record(
            REMIND_BY_HAND, notices[0], post=post, duty=duty_key, words=words, to=[one.person_id for one in notices]
        )
    return notices


def _by_hand(
    actor: Actor,
    duty: Duty,
    person_id: int,
    group_id: int | None,
    words: str,
    outside: tuple[str, ...],
    at: datetime,
) -> Notice:
    lane = settings.value("ladder")["urgent" if duty.urgent else "normal"]
    inside = wording.worded(Letter(person_id, [Line(duty, Rung.DUE)]), Telling(at))
    notice = Notice(
        person_id=person_id,
        at=at,
        subject=f"{actor.name}催办：{duty.label}",
        lines=[*inside.lines, f"{actor.name}催办：{words}"],
        ways=sorted(WAYS[lane["superior"]["ways"]] - {"portal"}),
        urgent=duty.urgent,
        sender_id=actor.id,
    )
    db.session.add(notice)
    db.session.flush()
    db.session.add(_reminder(notice, duty, f"{duty.key}@{at:%Y%m%d%H%M}", Rung.DUE))
    _send(notice, wording.Worded(notice.subject, outside), group_id, at)
    return notice


def acknowledge(actor: Actor, notice_id: int) -> Notice:
    """The person has read one of his notices. Refused: another's."""
    notice = queries.notice_of(actor, notice_id)
    if notice is None:
        raise Refused("没有这条提醒。")
    with unit_of_work(actor, on=notice) as work:
        notice.acknowledged_at = notice.acknowledged_at or work.at
        work.record(ACKNOWLEDGE, notice)
    return notice


def acknowledge_all(actor: Actor) -> int:
    """The person has read everything he was told. Returns how many notices that were; none is no act."""
    if not queries.unread_of(actor):
        return 0
    with unit_of_work(actor) as work:
        unread = queries.unread_of(actor)
        if not unread:
            raise Refused("都已经看过了。")
        for notice in unread:
            notice.acknowledged_at = work.at
        work.record(ACKNOWLEDGE, unread[0], count=len(unread))
    return len(unread)


def snooze(actor: Actor, duty_key: str, until: datetime) -> Snooze:
    """Not to be told of a duty before ``until`` (UTC). The deputies and the one above are told all the same.

    Refused: a duty of somebody else or done meanwhile, one that is past its limit, a time that is over,
    after the limit, or further than three days.
    """
    with unit_of_work(actor) as work:
        duty = next((one.duty for one in queries.mine(actor) if one.duty.key == duty_key), None)
        if duty is None:
            raise Refused("这件事已经办完，或者不在您手上了。")
        if duty.due_at <= work.at:
            raise Refused("这件事已经超时，不能再推后，请尽快办。")
        if not work.at < until <= work.at + LONGEST_SNOOZE:
            raise Refused("推后的时间要在现在之后、三天之内。")
        until = min(until, duty.due_at)
        row = Snooze(person_id=actor.id, duty_key=duty_key, what=duty.what, until=until, made_at=work.at)
        db.session.add(row)
        work.record(SNOOZE, row, duty=duty_key, until=until)
    return row


def open_feed(actor: Actor) -> str:
    """A new secret address for the person's calendar program; a former one ends. Returns the token, kept nowhere."""
    token = feed.new_token()
    with unit_of_work(actor) as work:
        former = queries.feed_of(_id(actor))
        if former is not None:
            former.revoked_at = work.at
        row = CalendarFeed(person_id=_id(actor), token_hash=feed.hash_of(token), made_at=work.at)
        db.session.add(row)
        work.record(OPEN_FEED, row)
    return token


def close_feed(actor: Actor) -> None:
    """End the secret address. Refused: there is none."""
    with unit_of_work(actor) as work:
        row = queries.feed_of(_id(actor))
        if row is None:
            raise Refused("没有开通日历订阅。")
        row.revoked_at = work.at
        work.record(CLOSE_FEED, row)


def _id(actor: Actor) -> int:
    if actor.id is None:
        raise Refused("请先登录。")
    return actor.id
