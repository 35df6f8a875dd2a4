"""A scheme in plain words: every number of it is said, and every change is."""

import json

import pytest

from town_portal.scoring.queries import SHIPPED
from town_portal.scoring.rules import words
from town_portal.scoring.rules.scheme import Scheme

NAMES = sorted(path.stem for path in SHIPPED.glob("*.json"))


def scheme(name: str = "tangtang", **changes: object) -> Scheme:
    """A shipped scheme, its frame perhaps changed."""
    return Scheme.from_plain(json.loads((SHIPPED / f"{name}.json").read_text(encoding="utf-8"))["scheme"] | changes)


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_is_told(name: str) -> None:
    found = scheme(name)
    told = words.told(found)
    assert [one.name for one in told] == [section.name for section in found.sections]
    for section in told:
        for rule in section.rules:
            assert rule.sentence.endswith("。") and "None" not in rule.sentence


def test_the_towns_own_in_words() -> None:
    told = {rule.name: rule for section in words.told(scheme()) for rule in section.rules}
    assert told["季度任务"].sentence == (
        "每季度要采用发布：办公室 6 条、村、社区 3 条；按完成的比例给分，完成记满 30 分，多出的不再加。"
    )
    assert told["月月有稿"].sentence.endswith("一条也没有的每月扣 3 分；还没过完的月先不扣。")
    assert told["迟得久的另扣"].rows == (("迟 4—7 天", "扣 0.5 分"), ("迟 8 天以上", "扣 1 分"))
    assert "同一条在本季度被几级、几家渠道采用的，只按分最高的一次算" in told["渠道采用"].sentence
    assert words.most(scheme()) == 100 and words.most(scheme("s3")) is None
    assert words.ending(scheme()) == [
        "总分最低记 0 分。",
        "一票否决：有泄密的，总分记 0 分，不排名次。",
        "本季度报送不满规定件数（办公室、村、社区 1 件）的不排名次。",
        "总分不到 60 分的为不达标。",
        "总分相同的，先比质量得分，再比时效得分，再比采用发布条数；都一样的名次并列。",
        "每一行得分四舍五入到小数点后 2 位，再加成总分。",
    ]


def test_changes_name_their_place() -> None:
    after = scheme().to_plain()
    after["sections"][0]["cap"] = "25"
    after["sections"][1]["rules"][1]["rows"][0]["points"] = "-4"
    del after["sections"][3]
    found = words.changes(scheme(), Scheme.from_plain(after))
    assert found[0] == ("数量", "最高 30 分，扣完为止", "最高 25 分，扣完为止")
    assert ("质量 · 发布后的差错 · 一般差错", "扣 3 分", "扣 4 分") in found
    assert ("加减分", "最高 20 分，最低 −20 分", "（去掉了）") in found
    assert words.changes(scheme(), scheme()) == []
    assert words.changes(None, scheme())[0] == ("名称", "（没有）", scheme().name)
