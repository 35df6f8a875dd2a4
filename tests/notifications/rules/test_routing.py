"""Which channels serve a message."""

from dataclasses import replace

import pytest

from tests.notifications.channels import SOMETHING
from town_portal.notifications.rules.kinds import Audience as A
from town_portal.notifications.rules.kinds import ChannelKind as K
from town_portal.notifications.rules.message import Way
from town_portal.notifications.rules.routing import NOBODY, Door, Receiver, choose

DOORS = (
    Door(1, K.WECOM, A.TOWN),
    Door(2, K.DINGTALK, A.TOWN),
    Door(3, K.WECOM, A.UNITS, frozenset({10, 11})),
    Door(4, K.GATEWAY, A.PERSONS),
    Door(5, K.GATEWAY, A.PERSONS),
    Door(6, K.SMTP, A.PERSONS),
)
ANYBODY = Receiver(has_mail=True)


@pytest.mark.parametrize(
    ("ways", "unit", "receiver", "chosen"),
    [
        ({Way.GROUP}, None, None, [1, 2]),
        ({Way.GROUP}, 10, None, [3]),
        ({Way.GROUP}, 12, ANYBODY, [1, 2]),
        (set(Way), 11, ANYBODY, [3, 4, 6]),
        (set(Way), 11, None, [3]),
        (set(Way), 11, NOBODY, []),
        ({Way.SMS, Way.MAIL}, None, Receiver(), [4]),
        ({Way.SMS, Way.MAIL}, None, Receiver(has_mail=True, wants_sms=False), [6]),
        ({Way.SMS, Way.MAIL}, None, Receiver(has_mail=True, wants_sms=False, wants_mail=False), []),
        (set(), 10, ANYBODY, []),
    ],
)
def test_which(ways: set[Way], unit: int | None, receiver: Receiver | None, chosen: list[int]) -> None:
    assert choose(replace(SOMETHING, ways=frozenset(ways), unit_id=unit), DOORS, receiver) == chosen


def test_a_house_without_channels_tells_nobody() -> None:
    assert choose(SOMETHING, (), ANYBODY) == []
