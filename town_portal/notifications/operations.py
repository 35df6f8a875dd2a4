"""Putting messages into the outbox, carrying them out, and acts on channels."""

import logging
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from queue import SimpleQueue

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from town_portal.access.actor import Actor
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import check
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import first_answer, unit_of_work
from town_portal.foundation import clock, sealed
from town_portal.foundation.db import bookkeeping, canonical, db
from town_portal.foundation.errors import Refused
from town_portal.network import queries as network
from town_portal.network.models import Person
from town_portal.notifications import queries
from town_portal.notifications.couriers import carry
from town_portal.notifications.models import Channel, Contact, DeliveryAttempt, OutboxMessage
from town_portal.notifications.rules import connection as connections
from town_portal.notifications.rules import design as designs
from town_portal.notifications.rules import mail as mails
from town_portal.notifications.rules.address import link
from town_portal.notifications.rules.back_off import MOST_ATTEMPTS, wait
from town_portal.notifications.rules.connection import Connection
from town_portal.notifications.rules.design import Design
from town_portal.notifications.rules.fate import Fate
from town_portal.notifications.rules.kinds import FACTS, ChannelKind
from town_portal.notifications.rules.message import Message, Way
from town_portal.notifications.rules.outcome import Outcome, later
from town_portal.notifications.rules.payload import Envelope, key_of
from town_portal.notifications.rules.routing import NOBODY, Door, Receiver, choose
from town_portal.notifications.rules.wording import Letter, heading, written

log = logging.getLogger(__name__)

OPEN_CHANNEL = Action("open_channel", "开通通道")
CHANGE_CHANNEL = Action("change_channel", "修改通道")
REPLACE_SECRET = Action("replace_secret", "更换通道密钥")
SWITCH_ON = Action("switch_on_channel", "启用通道")
SWITCH_OFF = Action("switch_off_channel", "停用通道")
TEST = Action("test_channel", "测试通道")
SEAL_AGAIN = Action("seal_again", "更换封存密钥")
RESEND = Action("resend_message", "重发消息")
RESEND_ALL = Action("resend_all", "全部重发")
DROP = Action("drop_message", "放弃消息")
CHANGE_CONTACT = Action("change_contact", "修改联系方式")

LEASE = timedelta(minutes=5)
"""How long a worker may have messages in hand before another takes them for lost."""
AT_ONCE = 10
"""Messages of one channel in one round."""
ROUND_SECONDS = 90.0
"""After so long no further message of the round is begun; well inside the lease."""
KEEP_ATTEMPTS = timedelta(days=30)
KEEP_WORDS = timedelta(days=90)

# -- into the outbox ----------------------------------------------------------------------------


def enqueue(messages: Iterable[Message], at: datetime) -> None:
    """Write messages into the outbox, inside the caller's own transaction; they leave when it has ended well.

    ``at``: the present instant (UTC). Each message becomes one row for every channel that serves its
    person by its ways: the work group of its unit (else the town's), a text through the gateway, a
    letter where the person gave an address. A key that stands in the outbox already writes nothing,
    neither does a message that no channel serves. Commits nothing, records no event: the caller does.
    """
    wanted = list({message.key: message for message in messages}.values())
    known = queries.known_keys(message.key for message in wanted)
    wanted = [message for message in wanted if message.key not in known]
    if not wanted:
        return
    doors = [
        Door(channel.id, channel.kind, channel.audience, frozenset(channel.unit_ids))
        for channel in queries.open_channels()
    ]
    receivers = _receivers({message.person_id for message in wanted if message.person_id is not None})
    for message in wanted:
        receiver = None if message.person_id is None else receivers.get(message.person_id, NOBODY)
        for channel_id in choose(message, doors, receiver):
            db.session.execute(_new_row().values(_row(message, channel_id, at)).on_conflict_do_nothing())


def _new_row() -> "postgresql.Insert | sqlite.Insert":
    """An insert that may find the row there already: two who tell the same at once are both right."""
    on_postgresql = db.session.get_bind().dialect.name == "postgresql"
    return postgresql.insert(OutboxMessage) if on_postgresql else sqlite.insert(OutboxMessage)


def _row(message: Message, channel_id: int, at: datetime) -> dict[str, object]:
    return {
        "key": message.key,
        "channel_id": channel_id,
        "person_id": message.person_id,
        "subject": message.subject,
        "lines": list(message.lines),
        "path": message.path,
        "urgent": message.urgent,
        "created_at": at,
        "not_before": message.not_before,
        "expires_at": message.expires_at,
        "fate": Fate.WAITING,
        "attempts": 0,
        "next_at": max(at, message.not_before or at),
    }


def _receivers(person_ids: set[int]) -> dict[int, Receiver]:
    contacts = queries.contacts(person_ids)
    people = db.session.execute(select(Person.id, Person.active).where(Person.id.in_(person_ids)))
    return {person_id: _receiver(active, contacts.get(person_id)) for person_id, active in people}


def _receiver(active: bool, contact: Contact | None) -> Receiver:
    if contact is None:
        return Receiver(active=active)
    return Receiver(active, bool(contact.mail), contact.wants_mail, contact.wants_sms)


# -- out of the house ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Task:
    """One message in a worker's hand."""

    message_id: int
    attempt_id: int
    number: int
    """The how-manieth attempt this is: who holds an older number has lost the message."""
    urgent: bool
    envelope: Envelope


@dataclass(frozen=True, slots=True)
class _Load:
    """What one channel carries in this round."""

    channel_id: int
    connection: Connection
    tasks: tuple[_Task, ...]


def deliver(who: str, now: datetime, keys: Path) -> int:
    """Carry out what is due; answers how many messages were delivered.

    ``who`` names the worker, ``now`` is the present instant (UTC), ``keys`` the folder with the
    sealing key. Messages are taken in hand in one short transaction a channel, sent outside of any,
    each channel in a thread of its own, and marked one by one as they are done. A worker that dies
    in between leaves its lease to run out: the message goes again with the same key and number.
    """
    _put_away_expired(now)
    results: SimpleQueue[tuple[_Task, Outcome | None] | None] = SimpleQueue()
    loads = [load for channel_id in queries.channels_due(now) if (load := _take(channel_id, who, now, keys))]
    for load in loads:
        threading.Thread(target=_carry_all, args=(load, now, results), daemon=True).start()
    under_way, done = len(loads), 0
    while under_way:
        result = results.get()
        if result is None:
            under_way -= 1
            continue
        done += _settled(*result, who, now)
    return done


def _settled(task: _Task, outcome: Outcome | None, who: str, now: datetime) -> bool:
    """Write down how a try ended; a database that is busy for a moment must not make a message go twice."""
    for pause in (0.0, 1.0, 5.0):
        time.sleep(pause)
        try:
            if outcome is None:
                _give_back(task, who)
            else:
                _mark(task, outcome, who, now)
        except Exception:
            db.session.rollback()
            log.exception("how a message fared could not be written down; tried again")
        else:
            return outcome is not None and outcome.delivered
    return False


def _put_away_expired(now: datetime) -> None:
    if not queries.any_expired(now):
        return
    with bookkeeping() as session:
        session.execute(
            update(OutboxMessage)
            .where(*queries.expired(now))
            .values(fate=Fate.EXPIRED, ended_at=now, reason="过了有效时间，没有再发", leased_by=None, lease_until=None)
        )


def _take(channel_id: int, who: str, now: datetime, keys: Path) -> _Load | None:
    """Take what is due on a channel in hand, as far as its rate allows; None where that is nothing."""
    portal = queries.portal_address()
    with bookkeeping() as session:
        channel = session.scalar(
            select(Channel)
            .where(Channel.id == channel_id, Channel.active)
            .with_for_update(skip_locked=True, key_share=True)
        )
        if channel is None or queries.rests(channel_id, now):
            return None
        room = min(AT_ONCE, channel.rate - queries.attempts_since(channel_id, now - timedelta(minutes=1)))
        rows = session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.channel_id == channel_id, *queries.due(now))
            .order_by(OutboxMessage.urgent.desc(), OutboxMessage.next_at, OutboxMessage.id)
            .limit(max(0, room))
            .with_for_update(skip_locked=True)
        ).all()
        tasks = [task for row in rows if (task := _in_hand(row, channel, who, now, portal))]
        sealed_words = (channel.kind, channel.address, channel.config, channel.secret)
    if not tasks:
        return None
    try:
        connection = _opened(*sealed_words, keys)
    except Refused as refusal:
        for task in tasks:
            _mark(task, later(refusal.reason), who, now)
        return None
    return _Load(channel_id, connection, tuple(tasks))


def _in_hand(row: OutboxMessage, channel: Channel, who: str, now: datetime, portal: str) -> _Task | None:
    """One row leased, with what is to be sent; None where it is put away instead."""
    try:
        if row.attempts >= MOST_ATTEMPTS:
            raise Refused("发送时多次中断，没有送到")
        envelope = _envelope(row, channel, portal)
    except Refused as refusal:
        row.fate, row.ended_at, row.reason = Fate.DEAD, now, refusal.reason
        row.leased_by = row.lease_until = None
        return None
    row.attempts += 1
    row.leased_by, row.lease_until = who, now + LEASE
    attempt = DeliveryAttempt(channel_id=channel.id, message_id=row.id, number=row.attempts, at=now)
    db.session.add(attempt)
    db.session.flush()
    return _Task(row.id, attempt.id, row.attempts, row.urgent, envelope)


def _envelope(row: OutboxMessage, channel: Channel, portal: str) -> Envelope:
    """What is sent of a message, with the phone or mail its person has today."""
    person, way = row.person, FACTS[channel.kind].way
    contact = queries.contact_of(person.id) if person else None
    phone, mail = person.phone if person else "", (contact.mail or "") if contact else ""
    if person is not None and not person.active:
        raise Refused(f"{person.name}已停用，没有发送")
    if way is Way.SMS and not phone:
        raise Refused("收件人没有手机号，没有发送")
    if way is Way.MAIL and not mail:
        raise Refused("收件人没有留邮箱，没有发送")
    if way is Way.GROUP and contact is not None and not contact.wants_mention:
        phone = ""
    letter = Letter(
        number=row.id,
        subject=row.subject,
        lines=tuple(row.lines),
        link=link(portal, row.path),
        urgent=row.urgent,
        to=person.name if person else "",
        mention=phone if way is Way.GROUP else "",
    )
    return _written(channel, letter, key_of(row.key, channel.id), phone if way is not Way.MAIL else "", mail)


def _written(channel: Channel, letter: Letter, key: str, phone: str, mail: str) -> Envelope:
    text = written(channel.kind, letter, channel.most_bytes)
    return Envelope(key=key, number=letter.number, text=text, heading=heading(letter), phone=phone, mail=mail)


def _opened(kind: ChannelKind, address: str, config: Mapping[str, object], secret: str, keys: Path) -> Connection:
    """A channel's connection with its secret open. Refused where the sealing key is not there."""
    return connections.opened(kind, address, config, sealed.unseal(secret, keys))


def _carry_all(load: _Load, now: datetime, results: "SimpleQueue[tuple[_Task, Outcome | None] | None]") -> None:
    """Send one message after the other; once the channel itself fails the rest is given back unsent."""
    until, stopped = time.monotonic() + ROUND_SECONDS, False
    for task in load.tasks:
        if stopped or time.monotonic() > until:
            results.put((task, None))
            continue
        try:
            outcome = carry(load.connection, task.envelope, now)
        except Exception as error:  # noqa: BLE001 - its words may hold an address
            log.error("channel %s: the courier failed: %s", load.channel_id, type(error).__name__)  # noqa: TRY400 - as above
            outcome = later("发送时程序出了错，过一会儿自动再发")
        stopped = outcome.troubled
        results.put((task, outcome))
    results.put(None)


def _mark(task: _Task, outcome: Outcome, who: str, now: datetime) -> None:
    """Write down how an attempt ended. What was delivered is delivered, whoever has the message now."""
    message = update(OutboxMessage).where(OutboxMessage.id == task.message_id)
    free = {"leased_by": None, "lease_until": None}
    pause = wait(task.number) if outcome.again else None
    again_at = None if pause is None else queries.may_leave(now + pause, urgent=task.urgent)
    with bookkeeping() as session:
        session.execute(
            update(DeliveryAttempt)
            .where(DeliveryAttempt.id == task.attempt_id)
            .values(delivered=outcome.delivered, troubled=outcome.troubled, words=outcome.words)
        )
        if outcome.delivered:
            ended = {"fate": Fate.SENT, "sent_at": now, "ended_at": now, "reason": None}
            session.execute(
                message.where(OutboxMessage.fate != Fate.SENT).values(
                    **ended, **free, provider_number=outcome.number or None
                )
            )
            return
        mine = message.where(*_held(task, who))
        if again_at is not None:
            session.execute(mine.values(next_at=again_at, reason=outcome.words, **free))
        else:
            words = f"试了 {task.number} 次都没送到。{outcome.words}" if outcome.again else outcome.words
            session.execute(mine.values(fate=Fate.DEAD, ended_at=now, reason=words, **free))
    log.warning("message %s: attempt %s failed%s", task.message_id, task.number, "" if pause else ", put away")


def _give_back(task: _Task, who: str) -> None:
    """A message that was taken in hand and not tried: as if it had never been taken."""
    with bookkeeping() as session:
        session.execute(
            update(OutboxMessage)
            .where(OutboxMessage.id == task.message_id, *_held(task, who))
            .values(attempts=OutboxMessage.attempts - 1, leased_by=None, lease_until=None)
        )
        session.execute(delete(DeliveryAttempt).where(DeliveryAttempt.id == task.attempt_id))


def _held(task: _Task, who: str) -> tuple[ColumnElement[bool], ...]:
    """The condition that a message is still this worker's, in this very attempt."""
    row = OutboxMessage
    return (row.fate == Fate.WAITING, row.leased_by == who, row.attempts == task.number)


def sweep(now: datetime) -> None:
    """Forget old attempts, and the words of messages long ended; their keys stay, so that none goes twice."""
    with bookkeeping() as session:
        session.execute(delete(DeliveryAttempt).where(DeliveryAttempt.at < now - KEEP_ATTEMPTS))
        session.execute(
            update(OutboxMessage)
            .where(OutboxMessage.ended_at < now - KEEP_WORDS, OutboxMessage.subject != "")
            .values(subject="", lines=[], path="")
        )


# -- acts on channels ---------------------------------------------------------------------------


def open_channel(actor: Actor, kind: ChannelKind, design: Design, given: Mapping[str, str], keys: Path) -> Channel:
    """Open a channel. ``given``: the connection as it was typed, its secrets among it.

    Refused: what ``rules/connection.py`` and ``rules/design.py`` refuse, a name taken, no sealing key.
    """
    connection = connections.checked(kind, given)
    secret = sealed.seal(canonical(connection.secret), keys)
    with unit_of_work(actor) as work:
        post = check(actor, P.CHANNEL_MANAGE, None)
        design = _checked(design, kind)
        _check_free(design.name)
        channel = Channel(kind=kind, address=connection.address, config=dict(connection.config), secret=secret)
        _describe(channel, design)
        channel.active = True
        db.session.add(channel)
        work.record(OPEN_CHANNEL, channel, post=post, **_told(channel), **_connected(connection))
    return channel


def change_channel(actor: Actor, channel: Channel, design: Design, seen: int | None = None) -> Channel:
    """Change a channel's name, audience or limits. Refused: nothing different, a name taken."""
    with unit_of_work(actor, on=channel, seen=seen) as work:
        post = check(actor, P.CHANNEL_MANAGE, channel)
        design = _checked(design, channel.kind)
        former = _told(channel)
        if design.name != channel.name:
            _check_free(design.name)
        _describe(channel, design)
        if _told(channel) == former:
            raise Refused("和原来一样，没有要改的地方。")
        work.record(CHANGE_CHANNEL, channel, post=post, former=former, **_told(channel))
    return channel


def replace_secret(
    actor: Actor, channel: Channel, given: Mapping[str, str], keys: Path, seen: int | None = None
) -> Channel:
    """Connect a channel anew. The secret is typed again with every address: no old one goes to a new server."""
    connection = connections.checked(channel.kind, given)
    secret = sealed.seal(canonical(connection.secret), keys)
    with unit_of_work(actor, on=channel, seen=seen) as work:
        post = check(actor, P.CHANNEL_MANAGE, channel)
        former = channel.address
        channel.address, channel.config, channel.secret = connection.address, dict(connection.config), secret
        work.record(REPLACE_SECRET, channel, post=post, former=former, **_connected(connection))
    return channel


def switch_on(actor: Actor, channel: Channel) -> Channel:
    """Let messages leave by a channel again. Refused: they do."""
    with unit_of_work(actor, on=channel) as work:
        post = check(actor, P.CHANNEL_MANAGE, channel)
        if channel.active:
            raise Refused(f"“{channel}”已经在用。")
        channel.active = True
        work.record(SWITCH_ON, channel, post=post)
    return channel


def switch_off(actor: Actor, channel: Channel) -> Channel:
    """Hold a channel's messages back, and give it no new ones. Refused: it is off."""
    with unit_of_work(actor, on=channel) as work:
        post = check(actor, P.CHANNEL_MANAGE, channel)
        if not channel.active:
            raise Refused(f"“{channel}”已经停用。")
        channel.active = False
        work.record(SWITCH_OFF, channel, post=post)
    return channel


def test(actor: Actor, channel: Channel, now: datetime, keys: Path) -> Outcome:
    """Really send a few words by a channel, and record what came of it.

    To the group itself; by mail and text to the actor. Refused: he gave no mail address, the
    channel's rate is used up, the sealing key is not there. A form sent twice sends once.
    """
    post = check(actor, P.CHANNEL_MANAGE, channel)
    if repeated := first_answer(actor):
        raise repeated
    if queries.attempts_since(channel.id, now - timedelta(minutes=1)) >= channel.rate:
        raise Refused(f"这条通道一分钟最多发 {channel.rate} 条，已经发满了。请过一分钟再测试。")
    connection = _opened(channel.kind, channel.address, channel.config, channel.secret, keys)
    envelope = _test_envelope(actor, channel, now)
    db.session.rollback()  # nothing is held open while others are waited for
    outcome = carry(connection, envelope, now)
    with unit_of_work(actor, on=channel) as work:
        db.session.add(
            DeliveryAttempt(
                channel_id=channel.id,
                at=now,
                delivered=outcome.delivered,
                troubled=outcome.troubled,
                words=outcome.words,
            )
        )
        told = {"delivered": outcome.delivered, "words": outcome.words, "number": outcome.number}
        work.record(TEST, channel, post=post, **told)
    return outcome


def _test_envelope(actor: Actor, channel: Channel, now: datetime) -> Envelope:
    person = network.person(actor.id) if actor.id is not None else None
    contact = queries.contact_of(actor.id) if actor.id is not None else None
    way, mail = FACTS[channel.kind].way, (contact.mail or "") if contact else ""
    if way is Way.MAIL and not mail:
        raise Refused("测试邮件发给您自己，您还没有留邮箱。请先在“我的提醒方式”里填上。")
    letter = Letter(
        number=int(f"{clock.local(now):%H%M%S}"),
        subject="这是一条测试消息",
        lines=(f"{actor.name}正在测试通道“{channel.name}”，收到就说明通了，不用处理。",),
        link=link(queries.portal_address(), "/"),
    )
    phone = person.phone if person and way is Way.SMS else ""
    return _written(channel, letter, key_of(f"test {now.isoformat()}", channel.id), phone, mail)


def seal_again(actor: Actor, keys: Path) -> int:
    """Put a new sealing key above the old ones and seal every channel's secret with it; answers how many.

    Refused: there is no channel, or a secret that the present keys do not open.
    """
    with unit_of_work(actor) as work:
        channels = queries.channels()
        if not channels:
            raise Refused("还没有消息通道，没有要重新加密的密钥。")
        words = [sealed.unseal(channel.secret, keys) for channel in channels]
        sealed.add_key(keys)
        for channel, secret in zip(channels, words, strict=True):
            channel.secret = sealed.seal(secret, keys)
        work.record(SEAL_AGAIN, channels[0], channels=[channel.id for channel in channels])
    return len(channels)


# -- acts on messages ---------------------------------------------------------------------------


def resend(actor: Actor, message: OutboxMessage) -> OutboxMessage:
    """Send a message that did not arrive, or was dropped, once more from the beginning.

    Refused: it waits or was sent, or it is past its time.
    """
    with unit_of_work(actor, on=message) as work:
        post = check(actor, P.CHANNEL_MANAGE, message)
        if message.fate not in (Fate.DEAD, Fate.DROPPED):
            raise Refused(f"这条消息现在是“{message.fate.label}”，不用重发。")
        if message.expires_at is not None and message.expires_at <= work.at:
            raise Refused("这条消息已经过了有效时间，不能再发。")
        _begin_again(message, work.at)
        work.record(RESEND, message, post=post, channel=message.channel.name)
    return message


def resend_all(actor: Actor, channel: Channel) -> int:
    """Send everything once more that a channel did not deliver and that is not past its time.

    Answers how many. Refused: there is nothing.
    """
    with unit_of_work(actor, on=channel) as work:
        post = check(actor, P.CHANNEL_MANAGE, channel)
        messages = queries.dead_and_good(channel.id, work.at)
        if not messages:
            raise Refused("没有可以重发的消息：没送到的都已经过了有效时间，或者已经办过了。")
        for message in messages:
            _begin_again(message, work.at)
        work.record(RESEND_ALL, channel, post=post, messages=[message.id for message in messages])
    return len(messages)


def drop(actor: Actor, message: OutboxMessage) -> OutboxMessage:
    """Give a message up that waits or did not arrive. Refused: it is over, or a worker has it in hand."""
    with unit_of_work(actor, on=message) as work:
        post = check(actor, P.CHANNEL_MANAGE, message)
        if message.fate not in (Fate.WAITING, Fate.DEAD):
            raise Refused(f"这条消息现在是“{message.fate.label}”，不用放弃。")
        if message.lease_until is not None and message.lease_until > work.at:
            raise Refused("这条消息正在发送，请过几分钟再看。")
        message.fate, message.ended_at = Fate.DROPPED, work.at
        message.leased_by = message.lease_until = None
        work.record(DROP, message, post=post, channel=message.channel.name, reason=message.reason)
    return message


def _begin_again(message: OutboxMessage, at: datetime) -> None:
    message.fate, message.attempts, message.next_at = Fate.WAITING, 0, at
    message.ended_at = message.reason = message.leased_by = message.lease_until = None


# -- how one wants to be told -------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How a person wants to be told beside the portal. ``mail``: as typed; empty: none."""

    mail: str = ""
    by_mail: bool = True
    by_sms: bool = True
    mention: bool = True


def change_contact(actor: Actor, wishes: Wishes, seen: int | None = None) -> Contact:
    """Say how one wants to be told oneself. The trail keeps that a mail address was given, not which.

    Refused: no mail address at all, or nothing different.
    """
    mail = mails.check(wishes.mail) if wishes.mail.strip() else None
    known = queries.contact_of(actor.id) if actor.id is not None else None
    with unit_of_work(actor, on=known, seen=seen if known else None) as work:
        contact = known or Contact(person_id=actor.id)
        former = (contact.mail, contact.wants_mail, contact.wants_sms, contact.wants_mention) if known else None
        wanted = (mail, wishes.by_mail, wishes.by_sms, wishes.mention)
        if former == wanted:
            raise Refused("和原来一样，没有要改的地方。")
        contact.mail, contact.wants_mail, contact.wants_sms, contact.wants_mention = wanted
        db.session.add(contact)
        work.record(
            CHANGE_CONTACT,
            contact,
            has_mail=mail is not None,
            by_mail=wishes.by_mail,
            by_sms=wishes.by_sms,
            mention=wishes.mention,
        )
    return contact


# -- small things -------------------------------------------------------------------------------


def _checked(design: Design, kind: ChannelKind) -> Design:
    return designs.checked(design, kind, [unit.id for unit in network.units()])


def _describe(channel: Channel, design: Design) -> None:
    channel.name, channel.audience, channel.unit_ids = design.name, design.audience, list(design.unit_ids)
    channel.bytes_limit, channel.per_minute = design.bytes_limit, design.per_minute


def _told(channel: Channel) -> dict[str, object]:
    """A channel's description as the trail keeps it."""
    return {
        "name": channel.name,
        "audience": channel.audience.value,
        "unit_ids": channel.unit_ids,
        "bytes_limit": channel.bytes_limit,
        "per_minute": channel.per_minute,
    }


def _connected(connection: Connection) -> dict[str, object]:
    """A connection as the trail keeps it: without its secret."""
    return {"kind": connection.kind.value, "address": connection.address, "config": dict(connection.config)}


def _check_free(name: str) -> None:
    if queries.named(name):
        raise Refused(f"已有叫“{name}”的通道，请换一个名称。")
