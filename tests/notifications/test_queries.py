"""Questions to the channels and the outbox."""

from dataclasses import replace
from datetime import timedelta

from flask import Flask

from tests.cast import Cast
from tests.notifications.channels import SOMETHING, a_channel, a_dead_message, a_working_morning, given, keys_of, told
from tests.notifications.services import Answer, Services
from tests.statements import statements
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.notifications import operations, queries
from town_portal.notifications.queries import Health
from town_portal.notifications.rules.fate import Fate
from town_portal.notifications.rules.kinds import ChannelKind
from town_portal.notifications.rules.message import Way

TO_GROUP = replace(SOMETHING, ways=frozenset({Way.GROUP}))


def test_an_empty_house(town: Cast) -> None:
    assert queries.channels() == queries.open_channels() == []
    assert queries.get(1) is queries.message(1) is queries.named("甲") is queries.contact_of(1) is None
    assert queries.last_test(1) is None
    assert queries.healths([]) == {}
    assert queries.counts() == dict.fromkeys(Fate, 0)
    assert queries.portal_address() == ""
    assert not queries.any_expired(clock.now())


def test_how_channels_do(town: Cast, app: Flask, house: Services) -> None:
    first = a_channel(town, app, ChannelKind.WECOM, given(ChannelKind.WECOM, house.address))
    second = a_channel(town, app, name="没人用的群", audience=first.audience)
    told(*(replace(TO_GROUP, key=str(number)) for number in range(3)))
    operations.switch_off(town.actor("administrator"), second)
    now = a_working_morning()
    house.next = [Answer({"errcode": 0}), Answer({"errcode": 40058, "errmsg": "no"}), Answer({}, 500)]
    assert operations.deliver("tests", now, keys_of(app)) == 1
    numbers = [first.id, second.id]
    db.session.rollback()
    with statements() as sent:
        found = queries.healths(numbers)
    assert len(sent) == 3
    assert found[numbers[1]] == Health(waiting=3)
    health = found[numbers[0]]
    assert (health.last_sent_at, health.failures, health.waiting, health.dead) == (now, 2, 1, 1)
    assert "HTTP 500" in health.words
    assert queries.counts() == {**dict.fromkeys(Fate, 0), Fate.WAITING: 4, Fate.SENT: 1, Fate.DEAD: 1}
    operations.deliver("tests", now + timedelta(minutes=1), keys_of(app))
    assert queries.healths([first.id])[first.id].failures == 0


def test_lists_stand_in_their_order(town: Cast, app: Flask) -> None:
    channel = a_channel(town, app)
    now = clock.now()
    told(
        replace(TO_GROUP, key="later", not_before=now + timedelta(hours=1)),
        replace(TO_GROUP, key="now"),
        replace(TO_GROUP, key="urgent", urgent=True, not_before=now + timedelta(hours=2)),
    )
    waiting = [row.key for row in db.session.scalars(queries.messages(Fate.WAITING))]
    assert waiting == ["urgent", "now", "later"]
    assert queries.channels_due(now) == [channel.id]
    assert db.session.scalars(queries.messages(Fate.WAITING, channel.id + 1)).all() == []
    assert queries.known_keys(["now", "never"]) == {"now"}


def test_what_may_be_sent_again(town: Cast, app: Flask) -> None:
    message = a_dead_message(town, app)
    assert queries.dead_and_good(message.channel_id, clock.now()) == [message]
    assert queries.message(message.id) is message
    assert queries.attempts_since(message.channel_id, clock.now()) == 6
