"""A fortnight with 春节's 调休 in it, minute by minute where something can happen: who got what, by which way, when.

Real rounds, the real outbox, a real HTTP receiver that speaks like a work group's robot and like an SMS
gateway, a real mail server; only the clock is moved by hand. What has to come is reckoned here once
more, from the facts alone, by the working hours of a wall calendar.
"""

import random
import re
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.builders import a_submission, hand_in, sign, surely
from tests.cast import Cast
from tests.notifications.channels import a_channel, given, keys_of, of_units
from tests.notifications.services import MailBox, Services, mail_server, services
from tests.reminders.duties import MINUTE, at
from tests.supervision.order import keep_in_order
from tests.workdays.years import load_shipped
from town_portal.audit import queries as trail
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.notifications import operations as notifications
from town_portal.notifications.models import OutboxMessage
from town_portal.notifications.operations import Wishes
from town_portal.notifications.rules.fate import Fate
from town_portal.notifications.rules.kinds import ChannelKind
from town_portal.reminders import operations as reminders
from town_portal.reminders.models import Reminder
from town_portal.review import operations as review
from town_portal.submissions.rules.lifecycle import State

pytestmark = pytest.mark.slow
STEP = timedelta(minutes=5)
FIRST, LAST = at("2026-02-12 08:00"), at("2026-02-26 18:00")
"""春节 2026: off from 15 to 23 February, Saturday the 14th is worked."""
QUIET = [(f"2026-02-{day:02} 21:30", f"2026-02-{day + 1:02} 07:30") for day in range(8, 26)]
OFF = [date(2026, 2, day) for day in (*range(15, 24),)]


@dataclass
class Received:
    """One message as its receiver got it."""

    at: datetime
    way: str
    to: str
    text: str

    @property
    def number(self) -> str:
        """The message's own short number."""
        found = re.search(r"编号\s*(\w+)", self.text)
        assert found, self.text
        return found[1]


@dataclass
class Fortnight:
    """The town, its receivers, and everything they got."""

    app: Flask
    town: Cast
    group: Services
    mail: MailBox
    got: list[Received] = field(default_factory=list)
    seen: tuple[int, int] = (0, 0)

    def minute(self, moment: datetime) -> None:
        """What the worker does at one moment."""
        with clock.stopped_at(moment):
            reminders.go_round()
            notifications.deliver("worker", clock.now(), keys_of(self.app))
        asked, letters = self.seen
        for one in self.group.asked[asked:]:
            self.got.append(self._asked(one, moment))
        for letter in self.mail.letters[letters:]:
            body = letter.get_body(("plain",))
            assert body is not None
            self.got.append(Received(moment, "mail", letter["To"], f"{letter['Subject']}\n{body.get_content()}"))
        self.seen = len(self.group.asked), len(self.mail.letters)

    @staticmethod
    def _asked(one, moment: datetime) -> Received:
        if one.path.startswith("/sms"):
            return Received(moment, "sms", one.query["to"][0], one.json["content"])
        told = one.json["text"]
        return Received(moment, "group", ",".join(told.get("mentioned_mobile_list", [])), told["content"])

    def killed(self, moment: datetime, after: float) -> bool:
        """A worker of its own does a minute and is killed so many seconds after it began; was it under way?"""
        config = self.app.config["PORTAL"]
        db.session.remove()
        command = [
            sys.executable,
            "-m",
            "tests.walks.one_minute",
            config.database,
            str(config.data),
            moment.isoformat(),
        ]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as worker:
            assert worker.stdout is not None
            assert worker.stdout.readline() == "begins\n"
            time.sleep(after)
            worker.kill()
            return "ended" not in worker.stdout.read()

    def until(self, moment: datetime, now: datetime) -> datetime:
        """Let the time go by in steps, and with exactly the wanted moment at the end."""
        while now < moment:
            now = min(now + STEP, moment)
            self.minute(now)
        return now

    def of(self, key: str, way: str | None = None) -> list[Received]:
        """What somebody got."""
        phone, mail = self.town.phone(key), f"{key}@example.com"
        return [one for one in self.got if one.to in (phone, mail) and way in (None, one.way)]


@pytest.fixture
def fortnight(app: Flask, town: Cast) -> Iterator[Fortnight]:
    with services() as group, mail_server() as mail:
        load_shipped()
        keep_in_order(town)
        a_channel(town, app, ChannelKind.WECOM, given(ChannelKind.WECOM, group.address), name="全镇群")
        a_channel(town, app, ChannelKind.GATEWAY, given(ChannelKind.GATEWAY, group.address), name="短信")
        a_channel(town, app, ChannelKind.SMTP, given(ChannelKind.SMTP, mail.address), name="邮箱")
        yield Fortnight(app, town, group, mail)


def words(received: list[Received]) -> list[tuple[str, str, str]]:
    """(when in Shanghai, way, first line) of what was received; ways of the same minute by name, each has its thread."""
    in_order = sorted(received, key=lambda one: (one.at, one.way))
    return [(f"{clock.local(one.at):%m-%d %H:%M}", one.way, _subject(one)) for one in in_order]


def _subject(one: Received) -> str:
    first = re.sub("^(【信息公开】|信息公开：|信息公开加急：)", "", one.text.strip().splitlines()[0])
    return first.split(" ", maxsplit=1)[0] if one.way == "sms" else first


def test_a_fortnight(fortnight: Fortnight) -> None:
    town, now = fortnight.town, FIRST
    now = fortnight.until(at("2026-02-13 16:00"), now)
    assert fortnight.got == []  # nothing is owed
    with clock.stopped_at(now):  # Friday before the holiday; Saturday is worked
        item = a_submission(town, State.SECOND_REVIEW)
    now = fortnight.until(at("2026-02-14 17:30"), now)
    # due on Saturday at 16:00: half after 195 working minutes, that is Saturday 10:15
    assert words(fortnight.of("head")) == [
        ("02-14 08:30", "group", "今日待办 1 件"),
        ("02-14 15:00", "group", "快到时限：二审二校"),
        ("02-14 16:00", "group", "已超时：二审二校"),
        ("02-14 16:00", "sms", "已超时：二审二校"),
    ]
    assert fortnight.of("second_head") == []
    before = len(fortnight.got)
    now = fortnight.until(at("2026-02-24 08:25"), now)
    assert len(fortnight.got) == before  # nine days of 春节, nothing
    now = fortnight.until(at("2026-02-24 09:00"), now)
    assert words(fortnight.of("second_head")) == [("02-24 09:00", "group", "超时，请副手接办：二审二校")]
    with clock.stopped_at(now):
        sign(town, item, "head")
    now = fortnight.until(at("2026-02-24 12:00"), now)
    assert [one for one in words(fortnight.of("head")) if one[0] > "02-24 09:00"] == []
    with clock.stopped_at(now):
        review.return_for_revision(surely(town.actor("leader")), item, item.version, [], "合计数不对，请核对")
    now = fortnight.until(at("2026-02-24 17:00"), now)
    with clock.stopped_at(now):
        hand_in(town, item)
        review.return_for_revision(surely(town.actor("leader")), item, item.version, [], "还差一张照片")
    now = fortnight.until(at("2026-02-25 17:00"), now)
    reporter = fortnight.of("reporter")
    assert any("还差一张照片" in one.text for one in reporter)
    assert not any("合计数不对" in one.text for one in reporter if one.at > at("2026-02-24 17:00"))
    now = fortnight.until(LAST, now)
    # Wednesday 17:00 it is due; two working hours later the deputy, a working day later the head of the office
    assert [one[0] for one in words(fortnight.of("deputy_reporter"))][:1] == ["02-26 10:00"]
    assert [one for one in words(fortnight.of("head")) if "督办" in one[2]] == [
        ("02-26 17:00", "group", "超时督办：修改重报"),
        ("02-26 17:00", "sms", "超时督办：修改重报"),
    ]
    everything(fortnight)


def everything(fortnight: Fortnight) -> None:
    """What holds of every message: none twice, none in peace, no personal data, who it is for is named once."""
    numbers = [(one.number, one.way) for one in fortnight.got]
    assert len(numbers) == len(set(numbers))
    for one in fortnight.got:
        here = clock.local(one.at)
        assert "07:30" <= f"{here:%H:%M}" < "21:30", one
        assert here.date() not in OFF, one
        assert one.to, one
        assert len(one.text.encode()) <= 2048
    rungs = defaultdict(list)
    for one in fortnight.got:
        rungs[one.to, one.way].append((one.at, one.text))
    for texts in rungs.values():
        assert all(one[0] <= other[0] and one[1] != other[1] for one, other in pairwise(texts))
    assert trail.verify().sound


def test_the_urgent_comes_at_night_and_goes_to_everybody_in_reach(fortnight: Fortnight) -> None:
    town = fortnight.town
    with clock.stopped_at(at("2026-02-10 23:00")):
        a_submission(town, State.SECOND_REVIEW, urgency="urgent", urgency_reason="强降雨，今晚转移")
    fortnight.until(at("2026-02-10 23:10"), at("2026-02-10 23:00"))
    assert words(fortnight.of("head")) == [
        ("02-10 23:05", "group", "【加急】新到：二审二校"),
        ("02-10 23:05", "sms", "新到：二审二校"),
    ]
    # two working hours: due at 10:30, near at 10:00, the deputy and the leader after half an hour and an hour
    fortnight.until(at("2026-02-11 12:00"), at("2026-02-10 23:10"))
    assert [one for one in words(fortnight.of("head", "sms"))][1:] == [
        ("02-11 10:00", "sms", "快到时限：二审二校"),
        ("02-11 10:30", "sms", "已超时：二审二校"),
    ]
    assert words(fortnight.of("second_head", "sms")) == [("02-11 11:00", "sms", "超时，请副手接办：二审二校")]
    assert words(fortnight.of("leader", "sms")) == [("02-11 11:30", "sms", "超时督办：二审二校")]


def test_ten_things_for_one_person_are_one_message(fortnight: Fortnight) -> None:
    town = fortnight.town
    with clock.stopped_at(at("2026-02-10 14:30")):
        for number in range(10):
            a_submission(town, State.SECOND_REVIEW, title=f"洛洞村秋收农技培训第{number}期")
    fortnight.until(at("2026-02-11 14:30"), at("2026-02-10 14:30"))
    late = [one for one in fortnight.of("head", "group") if one.at == at("2026-02-11 12:00")]
    assert len(late) == 1
    assert "10 件事请您办：10 件超时" in late[0].text


def test_mail_goes_to_who_gave_an_address_and_a_group_of_its_own_before_the_towns(fortnight: Fortnight) -> None:
    town, app = fortnight.town, fortnight.app
    with services() as own:
        a_channel(
            town,
            app,
            ChannelKind.DINGTALK,
            given(ChannelKind.DINGTALK, own.address),
            name="农办群",
            **of_units(town, "B05"),
        )
        notifications.change_contact(town.actor("leader"), Wishes(mail="leader@example.com"))
        with clock.stopped_at(at("2026-02-10 09:00")):
            a_submission(town, State.SECOND_REVIEW)
        fortnight.until(at("2026-02-11 09:00"), at("2026-02-10 09:00"))
        assert fortnight.of("head", "group") == []
        assert [one.json["at"]["atMobiles"] for one in own.asked] == [[town.phone("head")]] * len(own.asked)
        assert own.asked


def test_a_worker_killed_again_and_again_loses_nothing_and_repeats_nothing_unknown(fortnight: Fortnight) -> None:
    """Two working days with ten duties; at every tenth step a worker's process dies somewhere in its minute."""
    town, dice = fortnight.town, random.Random(4)
    now = at("2026-02-10 08:00")
    with clock.stopped_at(now):
        for number in range(4):
            a_submission(town, State.SECOND_REVIEW, title=f"洛洞村秋收农技培训第{number}期")
            a_submission(town, State.RETURNED, title=f"洛洞村防汛值守第{number}夜")
    died = 0
    while now < at("2026-02-12 09:00"):
        now += 15 * MINUTE
        if not 7 <= clock.local(now).hour < 19:
            continue  # nothing comes at night, the other tests show it
        if dice.random() < 0.12:
            died += fortnight.killed(now, dice.uniform(0, 0.25))
        fortnight.minute(now)
    fortnight.until(now + timedelta(minutes=30), now)  # what a dead worker had in hand comes free
    assert died >= 5
    told = db.session.execute(select(Reminder.person_id, Reminder.duty_key, Reminder.rung)).all()
    assert len(told) == len(set(told))
    for key, rungs in (("head", {1, 3, 4}), ("second_head", {5}), ("leader", {6}), ("reporter", {1, 3, 4})):
        person = town.person(key).id
        by_duty = defaultdict(set)
        for who, duty, rung in told:
            if who == person and not duty.startswith("digest"):
                by_duty[duty].add(rung)
        assert len([duty for duty, found in by_duty.items() if rungs & found == rungs]) >= 4, (key, by_duty)
    waiting = db.session.scalar(select(func.count()).where(OutboxMessage.fate == Fate.WAITING))
    assert waiting == 0
    texts = defaultdict(set)
    for one in fortnight.got:
        texts[one.number, one.way].add(one.text)
    assert all(len(same) == 1 for same in texts.values())  # what came twice says so by its number
    assert {int(number) for number, _ in texts} == set(db.session.scalars(select(OutboxMessage.id)))
    assert trail.verify().sound
