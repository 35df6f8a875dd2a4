"""The kinds of channels."""

from town_portal.notifications.rules.kinds import FACTS, FOR_PERSONS, Audience, ChannelKind, audiences
from town_portal.notifications.rules.message import Way


def test_groups_and_persons() -> None:
    assert {ChannelKind.SMTP, ChannelKind.GATEWAY} == FOR_PERSONS
    assert audiences(ChannelKind.SMTP) == (Audience.PERSONS,)
    assert audiences(ChannelKind.WECOM) == (Audience.TOWN, Audience.UNITS)


def test_every_kind_has_its_facts() -> None:
    assert FACTS.keys() == set(ChannelKind)
    assert FACTS[ChannelKind.WECOM].bytes_limit == 2_048
    assert {facts.way for facts in FACTS.values()} == set(Way)
