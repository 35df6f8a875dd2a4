"""A few words change; nothing else does."""

import pytest

from town_portal.corrections.rules.replacement import Change, replaced, size_of
from town_portal.foundation.errors import Refused

TITLE = "洛洞村开展排查"
BODY = (
    '<p>共排查<strong>1268</strong>栋 &lt;农房&gt;。</p><figure><img src="/files/a" alt="排查"></figure><p>已整改。</p>'
)


def test_one_run_of_words_changes_and_markup_stays() -> None:
    title, body = replaced(TITLE, BODY, [Change("栋 <农房>", "幢 <农房>"), Change("已整改", "已全部整改")], 40)
    assert title == TITLE
    assert body == BODY.replace("栋", "幢").replace("已整改", "已全部整改")


def test_the_title_changes() -> None:
    assert replaced(TITLE, BODY, [Change("洛洞村开展", "洛洞村组织")], 40)[0] == "洛洞村组织排查"


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("排查", "检查", "有 2 处"),
        ("没有的字", "别的", "一字不差"),
        ("查1268", "查268", "加粗或换行"),
        ("已", "未", "太短"),
        ("已整改", "已整改", "一样"),
        ("已整改", "很长" * 40, "上限 40 个字"),
    ],
)
def test_what_cannot_be_placed_is_refused(before: str, after: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        replaced(TITLE, BODY, [Change(before, after)], 40)


def test_nothing_to_change_and_an_empty_title_are_refused() -> None:
    with pytest.raises(Refused, match="改成什么"):
        replaced(TITLE, BODY, [], 40)
    with pytest.raises(Refused, match="不能改空"):
        replaced("只有标题", BODY, [Change("只有标题", "")], 40)


def test_the_size_is_what_goes_and_comes() -> None:
    assert size_of([Change("共268栋", "共1268栋"), Change("已整改", "整改")]) == 8
