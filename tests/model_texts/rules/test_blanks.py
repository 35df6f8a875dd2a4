"""Blanks: what the portal fills in, and what the proofreader must catch."""

import pytest

from town_portal.model_texts.rules.blanks import COMMON, DAY, UNIT, filled, unseen


def test_what_is_known_is_filled_in() -> None:
    text = "【日期】【时间】，【单位】在【地点】开会，【单位】主持。"
    assert filled(text, {DAY: "2026年11月20日", UNIT: "洛洞村"}) == (
        "2026年11月20日【时间】，洛洞村在【地点】开会，洛洞村主持。"
    )
    assert filled(text, {}) == text


@pytest.mark.parametrize("name", COMMON)
def test_the_names_that_are_offered_are_caught(name: str) -> None:
    assert unseen(f"村里的事，写在【{name}】这里。") == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("【日期】【单位】开会", []),
        ("会议在【随便写的什么】召开。", ["【随便写的什么】"]),
        ("联系电话【电话】。", ["【电话】"]),
        ("【时间】6月8日。", ["【时间】"]),
        ("- 【时间】6月8日。\n## 【时间】6月8日", ["【时间】"]),
        ("在【地点】、【好地方】和【】", ["【好地方】"]),
        ("没有空格的一段。", []),
    ],
)
def test_what_would_pass_unseen(text: str, left: list[str]) -> None:
    assert unseen(text) == left
