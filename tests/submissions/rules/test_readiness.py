"""What keeps an item from being handed in, with the field to mend."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from town_portal.submissions.rules.readiness import Text, issues

TODAY = date(2026, 9, 8)
READY = Text(
    title="洛洞村开展秋收农技培训",
    body_html="<p>今天上午，洛洞村在村文化室开展农技培训，服务农户 68 户。</p>",
    event_on=TODAY,
    urgent=False,
    urgency_reason="",
    major=False,
    cross_unit_id=None,
    counterpart_id=5,
    unit_id=3,
    active=True,
    attribute_reason="",
    secrecy_cleared=True,
    source="洛洞村",
    column_open=True,
)
PICTURE = f'<figure><img src="/files/{"a" * 32}" alt="{{alt}}"><figcaption>{{caption}}</figcaption></figure>'


def test_a_text_that_is_ready() -> None:
    assert issues(READY, TODAY) == []
    assert issues(replace(READY, title="五个字标题", major=True, cross_unit_id=10), TODAY) == []
    assert issues(replace(READY, title="长" * 60, urgent=True, urgency_reason="台风"), TODAY) == []


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"title": "四个字啊"}, "title", "现在是 4 个"),
        ({"title": "长" * 61}, "title", "现在是 61 个"),
        ({"title": ""}, "title", "现在是 0 个"),
        ({"body_html": "<p>太短</p>"}, "body", "现在是 2 个"),
        ({"body_html": ""}, "body", "正文至少写 20 个字"),
        ({"event_on": date(2026, 9, 9)}, "event_on", "不能晚于今天"),
        ({"urgent": True}, "urgency_reason", "绿色通道要写理由"),
        ({"active": False}, "attribute_reason", "理由和依据"),
        ({"secrecy_cleared": False}, "secrecy_cleared", "保密审查"),
        ({"source": ""}, "source", "信息来源"),
        ({"column_open": False}, "column_id", "已停用"),
        ({"major": True}, "cross_unit_id", "选一个办公室"),
        ({"major": True, "cross_unit_id": 5}, "cross_unit_id", "另一个办公室"),
        ({"major": True, "cross_unit_id": 3}, "cross_unit_id", "另一个办公室"),
        ({"body_html": READY.body_html + PICTURE.format(alt="画", caption="")}, "body", "第 1 张照片写说明"),
        ({"body_html": READY.body_html + PICTURE.format(alt="", caption="图")}, "body", "第 1 张照片写画面描述"),
    ],
)
def test_what_is_missing(changed: dict[str, Any], field: str, words: str) -> None:
    found = issues(replace(READY, **changed), TODAY)
    assert [issue.field for issue in found] == [field]
    assert words in found[0].words


def test_everything_at_once_in_the_order_of_the_form() -> None:
    empty = replace(READY, title="", body_html="", source="", secrecy_cleared=False, active=False, urgent=True)
    assert [issue.field for issue in issues(empty, TODAY)] == [
        "title",
        "source",
        "body",
        "urgency_reason",
        "attribute_reason",
        "secrecy_cleared",
    ]
