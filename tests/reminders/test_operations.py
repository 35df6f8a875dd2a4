"""Rounds, pressing by hand, reading, putting off, the feed."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from unittest.mock import ANY

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.builders import a_submission, hand_in, sign, surely
from tests.cast import Cast
from tests.events import detail, newest
from tests.notifications.channels import a_channel, outbox
from tests.reminders.duties import at
from town_portal.access.actor import SYSTEM
from town_portal.access.roles import Role
from town_portal.audit import queries as trail
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.foundation.errors import Forbidden, Refused
from town_portal.network import operations as network
from town_portal.notifications.models import OutboxMessage
from town_portal.reminders import operations, queries
from town_portal.reminders.models import Notice, Reminder
from town_portal.reminders.rules import feed
from town_portal.reminders.rules.round import group_of
from town_portal.reminders.rules.wording import KEPT_BACK
from town_portal.review import operations as review
from town_portal.submissions import operations as reckoning
from town_portal.submissions.models import Submission
from town_portal.submissions.rules.lifecycle import State
from town_portal.workdays import operations as workdays
from town_portal.workflow.duty import Duty

MONDAY = at("2026-03-02 10:00")


def an_item(town: Cast, state: State = State.SECOND_REVIEW, moment: datetime = MONDAY, **text: object) -> Submission:
    """An item that came to a state on Monday at ten."""
    with clock.stopped_at(moment):
        return a_submission(town, state, **text)


def round_at(words: str) -> dict[str, list[str]]:
    """Whom a round at a time tells what: name → the subject and lines of his letter."""
    with clock.stopped_at(at(words)):
        operations.go_round()
        found = db.session.scalars(select(Notice).where(Notice.at == clock.now()))
        return {notice.person.name: [notice.subject, *notice.lines] for notice in found}


def test_the_head_hears_of_it_at_once_and_everybody_above_in_his_turn(town: Cast) -> None:
    an_item(town)
    assert round_at("2026-03-02 10:00") == {
        "陈志明": ["新到：二审二校", "二审二校《洛洞村开展秋收农技培训》（洛洞村），明天 10:00 前。"]
    }
    assert round_at("2026-03-02 10:01") == {}
    assert set(round_at("2026-03-02 15:45")) == {"陈志明"}
    assert round_at("2026-03-02 23:00") == {}
    morning = round_at("2026-03-03 08:30")
    assert morning["陈志明"][0] == "今日待办 1 件"
    assert set(round_at("2026-03-03 09:00")) == {"陈志明"}
    assert round_at("2026-03-03 10:00")["陈志明"][0] == "已超时：二审二校"
    assert round_at("2026-03-03 12:00") == {
        "何思源": [
            "超时，请副手接办：二审二校",
            "二审二校《洛洞村开展秋收农技培训》（洛洞村），今天 10:00 到期，已超时 2 小时。经办：陈志明。",
        ]
    }
    assert set(round_at("2026-03-04 10:00")) == {"林副镇长", "陈志明"}  # the one above, and the morning's list
    assert trail.verify().sound


def test_a_round_is_one_act_for_each_letter_and_the_outbox_is_written_with_it(town: Cast) -> None:
    an_item(town, urgency="urgent", urgency_reason="防汛")
    before = trail.head_seq()
    round_at("2026-03-02 10:00")
    assert trail.head_seq() == before + 1
    assert (newest().action, newest().actor_name) == ("remind", "系统")
    assert detail(newest())["lines"][0][1] == "arrived"
    assert db.session.scalar(select(func.count()).select_from(OutboxMessage)) == 0  # no channel is open


def test_every_return_arrives_with_its_words(town: Cast) -> None:
    item = an_item(town, State.RETURNED)
    first = round_at("2026-03-02 10:00")["李月娥"]
    assert "陈志明说：“数据请核对”" in first[1]
    with clock.stopped_at(at("2026-03-02 11:00")):
        hand_in(town, item)
        review.return_for_revision(surely(town.actor("head")), item, item.version, [], "还有一处要改")
    assert "还有一处要改" in round_at("2026-03-02 11:30")["李月娥"][1]


@pytest.mark.parametrize(
    ("opinion", "outside"),
    [("张三的手机 13912345678 要删掉", KEPT_BACK), ("数据请核对", "“数据请核对”")],
)
def test_personal_data_in_an_opinion_stays_inside(town: Cast, app: Flask, opinion: str, outside: str) -> None:
    a_channel(town, app)
    with clock.stopped_at(MONDAY):
        item = a_submission(town, State.SECOND_REVIEW)
        review.return_for_revision(surely(town.actor("head")), item, item.version, [], opinion)
    assert f"“{opinion}”" in "".join(round_at("2026-03-02 10:00")["李月娥"])
    (message,) = outbox()
    assert outside in "".join(message.lines)
    assert "13912345678" not in "".join((message.subject, *message.lines))


def test_who_is_on_leave_is_left_alone_and_his_cover_is_told(town: Cast) -> None:
    head = town.person("head")
    with clock.stopped_at(at("2026-03-02 08:00")):
        network.take_leave(town.actor("administrator"), head, clock.today(), clock.today() + timedelta(days=4), "年休")
    an_item(town)
    assert set(round_at("2026-03-02 10:00")) == {"何思源"}  # the deputy
    with clock.stopped_at(at("2026-03-02 10:30")):
        post = next(post for post in head.posts if post.role is Role.HEAD)
        network.cover(
            town.actor("administrator"),
            post,
            town.person("other_head"),
            clock.today(),
            clock.today() + timedelta(days=4),
            "年休",
        )
    assert set(round_at("2026-03-03 09:00")) == {"钟应急"}


def test_a_seat_without_anybody_is_told_above(town: Cast) -> None:
    item = an_item(town, State.RETURNED)
    with clock.stopped_at(at("2026-03-02 10:10")):
        for key in ("reporter", "deputy_reporter"):
            network.disable_person(town.actor("administrator"), town.person(key), "调离")
    letters = round_at("2026-03-02 10:20")
    assert set(letters) == {"陈志明", "管系统"}
    assert letters["管系统"][0] == "新到：任命信息员"
    assert letters["陈志明"][0] == "没有人在岗，请安排：修改重报"
    assert item.state is State.RETURNED


def test_what_is_done_is_told_to_nobody(town: Cast) -> None:
    item = an_item(town)
    with clock.stopped_at(at("2026-03-02 15:00")):
        sign(town, item, "head")
    assert "陈志明" not in round_at("2026-03-03 10:00")


def test_a_round_in_two_places_at_once_tells_once(town: Cast) -> None:
    an_item(town)
    with clock.stopped_at(MONDAY):
        letters, how = queries.due_letters(), queries.detail()
        written = [operations._write(letter, how, {}, []) for _ in range(2) for letter in letters]
    assert written == [True, False]
    assert db.session.scalar(select(func.count()).select_from(Reminder)) == 2  # it came, and the morning's list
    assert trail.verify().sound


def test_pressing_by_hand(town: Cast) -> None:
    item = an_item(town)
    key = f"visit:{_visit(item)}"
    coordinator = town.actor("coordinator")
    with clock.stopped_at(at("2026-03-03 09:00")), pytest.raises(Refused, match="还没到时限"):
        operations.remind_by_hand(coordinator, key, "请尽快")
    with clock.stopped_at(at("2026-03-03 22:30")), pytest.raises(Refused, match="免打扰"):
        operations.remind_by_hand(coordinator, key, "请尽快")
    with clock.stopped_at(at("2026-03-03 10:30")):
        for words in ("", "  ", "长" * 201):
            with pytest.raises(Refused):
                operations.remind_by_hand(coordinator, key, words)
        with pytest.raises(Forbidden):
            operations.remind_by_hand(town.actor("reporter"), key, "请尽快")
        (notice,) = operations.remind_by_hand(coordinator, key, "今天下班前请办完")
        assert (notice.person.name, notice.subject) == ("陈志明", "黄晓琳催办：二审二校")
        assert notice.lines[-1] == "黄晓琳催办：今天下班前请办完"
        with pytest.raises(Refused, match="一小时内"):
            operations.remind_by_hand(coordinator, key, "再催")
    with clock.stopped_at(at("2026-03-03 11:31")):
        assert operations.remind_by_hand(coordinator, key, "再催")
        sign(town, item, "head")
        with pytest.raises(Refused, match="刚办完"):
            operations.remind_by_hand(coordinator, key, "还催")
    assert trail.verify().sound


def _visit(item: Submission) -> int:
    return int(next(duty.key for duty in queries.duties() if duty.page.number == item.id).split(":")[1])


def test_a_limit_that_moved_is_told_again_when_it_comes_nearer(town: Cast) -> None:
    item = an_item(town)
    assert set(round_at("2026-03-03 10:00")) == {"陈志明"}
    assert round_at("2026-03-03 14:30") == {"何思源": ANY}
    with clock.stopped_at(at("2026-03-03 15:00")):
        workdays.amend_day(SYSTEM, date(2026, 3, 3), works=False, name="台风停工", reason="县里通知")
        reckoning.reckon_again()
        assert item.stage_due_at == at("2026-03-04 10:00")
    assert round_at("2026-03-04 09:00")["陈志明"][0] == "快到时限：二审二校"
    assert round_at("2026-03-04 10:00")["陈志明"][0] == "已超时：二审二校"


def test_a_letter_goes_to_the_group_of_where_somebody_sits_today(town: Cast) -> None:
    an_item(town)
    head, office, other = town.person("head").id, town.unit("B05").id, town.unit("B10").id
    (duty,) = queries.duties()
    elsewhere = replace(duty, seat=(Role.HEAD, other))

    def group(*duties: Duty) -> int | None:
        return group_of(queries.desks(clock.today())[head], duties)

    assert group(duty) == office
    with clock.stopped_at(at("2026-03-02 08:00")):
        absent = next(post for post in town.person("other_head").posts if post.role is Role.HEAD)
        network.cover(town.actor("administrator"), absent, town.person("head"), clock.today(), clock.today(), "开会")
        assert (group(duty), group(elsewhere), group(duty, elsewhere)) == (office, other, None)
    assert group(elsewhere) == office  # the cover is over


def test_reading_and_reading_all(town: Cast) -> None:
    an_item(town)
    round_at("2026-03-02 10:00")
    round_at("2026-03-02 15:45")
    head = town.actor("head")
    with clock.stopped_at(at("2026-03-02 16:00")):
        assert queries.badges(head, waits=False) == (None, 2)
        first, second = queries.unread_of(head)
        with pytest.raises(Refused):
            operations.acknowledge(town.actor("leader"), first.id)
        operations.acknowledge(head, first.id)
        seen = first.acknowledged_at
        operations.acknowledge(head, first.id)
        assert first.acknowledged_at == seen
        assert [notice.id for notice in queries.unread_of(head)] == [second.id]
        assert (operations.acknowledge_all(head), operations.acknowledge_all(head)) == (1, 0)
        assert queries.unread_by_person() == {}


def test_putting_off(town: Cast) -> None:
    item = an_item(town)
    key, head = f"visit:{_visit(item)}", town.actor("head")
    with clock.stopped_at(at("2026-03-02 15:00")):
        for until in ("2026-03-02 15:00", "2026-03-06 15:01"):
            with pytest.raises(Refused, match="三天之内"):
                operations.snooze(head, key, at(until))
        with pytest.raises(Refused, match="不在您手上"):
            operations.snooze(town.actor("leader"), key, at("2026-03-02 17:00"))
        row = operations.snooze(head, key, at("2026-03-04 08:30"))
        assert row.until == at("2026-03-03 10:00")  # never beyond the limit
    assert round_at("2026-03-02 15:45") == {}
    assert "快到时限" not in str(round_at("2026-03-03 09:00"))
    assert set(round_at("2026-03-03 10:00")) == {"陈志明"}
    with clock.stopped_at(at("2026-03-03 10:01")), pytest.raises(Refused, match="已经超时"):
        operations.snooze(head, key, at("2026-03-03 12:00"))


def test_the_feed_opens_anew_and_ends(town: Cast) -> None:
    head = town.actor("head")
    first, second = operations.open_feed(head), operations.open_feed(head)
    assert queries.feed_by_hash(feed.hash_of(first)) is None
    assert queries.feed_by_hash(feed.hash_of(second)) is not None
    network.disable_person(town.actor("administrator"), town.person("head"), "调离")
    assert queries.feed_by_hash(feed.hash_of(second)) is None
    network.enable_person(town.actor("administrator"), town.person("head"))
    operations.close_feed(head)
    assert queries.feed_by_hash(feed.hash_of(second)) is None
    with pytest.raises(Refused, match="没有开通"):
        operations.close_feed(head)
    assert first not in newest().detail + second
