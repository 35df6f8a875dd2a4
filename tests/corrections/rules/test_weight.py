"""Major or minor is decided by what changed, read with the proofreader's eyes."""

from datetime import date

import pytest

from town_portal.corrections.rules.weight import Told, changed_values
from town_portal.proofreading.rules.lexicon import Lexicon

LEXICON = Lexicon(town="汤塘镇", villages=("洛洞村", "围镇村"))
DAY = date(2026, 4, 12)


def kinds(old: str, new: str) -> list[tuple[str, str, str]]:
    """(kind, before, after) of what differs between two bodies."""
    found = changed_values(Told("标题", old, DAY), Told("标题", new, DAY), LEXICON)
    return [(one.kind.label, one.before, one.after) for one in found]


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("共排查农房1268栋。", "共排查农房268栋。", [("数字", "1268栋", "268栋")]),
        ("每户补贴500元。", "每户补贴800元。", [("金额", "500元", "800元")]),
        ("4月8日开始登记。", "4月18日开始登记。", [("日期时间", "4月8日", "4月18日")]),
        ("洛洞村开展培训。", "围镇村开展培训。", [("名称", "洛洞村", "围镇村")]),
        ("村民李月娥说很方便。", "村民李月峨说很方便。", [("名称", "李月娥", "李月峨")]),
        ("老人可以申请。", "老人不得申请。", [("条件", "可以", "不得")]),
        ("服务农户68户。", "服务农户68户以上。", [("数字", "68户", "68户以上"), ("条件", "", "以上")]),
    ],
)
def test_a_changed_value_is_found(old: str, new: str, changed: list[tuple[str, str, str]]) -> None:
    assert kinds(old, new) == changed


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("村民都很高兴。", "村民们都很高兴。"),
        ("服务农户68户，发放手册120册。", "发放手册120册，服务农户68户。"),
        ("共1.2万元。", "共12000元。"),
        ("在文化室里培训。", "在文化室培训。"),
    ],
)
def test_words_order_and_another_way_of_writing_change_no_value(old: str, new: str) -> None:
    assert kinds(old, new) == []


def test_a_title_counts_too() -> None:
    found = changed_values(Told("培训68户", "正文", DAY), Told("培训86户", "正文", DAY), LEXICON)
    assert [one.plain() for one in found] == [{"kind": "数字", "before": "68户", "after": "86户"}]
