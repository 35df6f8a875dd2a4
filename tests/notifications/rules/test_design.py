"""Channels as administrators describe them."""

from dataclasses import replace

import pytest

from tests.refusals import Refused
from town_portal.notifications.rules.design import Design, checked
from town_portal.notifications.rules.kinds import FACTS, Audience, ChannelKind, audiences

DESIGN = Design(name=" 全镇  工作群 ", audience=Audience.TOWN)


def test_it_is_tidied() -> None:
    assert checked(DESIGN, ChannelKind.WECOM, [1]).name == "全镇 工作群"
    units = replace(DESIGN, audience=Audience.UNITS, unit_ids=(3, 1, 3))
    assert checked(units, ChannelKind.WECOM, [1, 3]).unit_ids == (1, 3)
    assert checked(replace(DESIGN, unit_ids=(1,)), ChannelKind.WECOM, [1]).unit_ids == ()


@pytest.mark.parametrize(
    ("changes", "kind", "words"),
    [
        ({"name": " "}, ChannelKind.WECOM, "名称要有"),
        ({"name": "长" * 21}, ChannelKind.WECOM, "名称要有"),
        ({}, ChannelKind.SMTP, "不能这样用"),
        ({"audience": Audience.PERSONS}, ChannelKind.WECOM, "不能这样用"),
        ({"audience": Audience.UNITS}, ChannelKind.WECOM, "请至少选一个单位"),
        ({"audience": Audience.UNITS, "unit_ids": (9,)}, ChannelKind.WECOM, "已撤销"),
        ({"bytes_limit": 119}, ChannelKind.WECOM, "最多字节数"),
        ({"bytes_limit": 32_001}, ChannelKind.WECOM, "最多字节数"),
        ({"per_minute": 0}, ChannelKind.WECOM, "每分钟最多条数"),
    ],
)
def test_what_is_refused(changes: dict[str, object], kind: ChannelKind, words: str) -> None:
    with pytest.raises(Refused, match=words):
        checked(replace(DESIGN, **changes), kind, [1])


def test_every_kind_is_known() -> None:
    for kind in ChannelKind:
        assert audiences(kind)
        assert FACTS[kind].explanation.endswith("。")
        assert kind.label
