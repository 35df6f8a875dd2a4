"""A scheme is read, written and read again; what is none is refused where it is wrong."""

import copy
import json
from fractions import Fraction
from typing import Any

import pytest

from town_portal.foundation.errors import Refused
from town_portal.scoring.queries import SHIPPED
from town_portal.scoring.rules.scheme import Fact, Scheme, figure, tag_label

NAMES = sorted(path.stem for path in SHIPPED.glob("*.json"))


def plain(name: str = "tangtang") -> dict[str, Any]:
    """A shipped scheme as plain values."""
    found: dict[str, Any] = json.loads((SHIPPED / f"{name}.json").read_text(encoding="utf-8"))["scheme"]
    return found


def test_eight_schemes_of_other_places_and_one_of_this_town_are_shipped() -> None:
    assert [*(f"s{number}" for number in range(1, 9)), "tangtang"] == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_what_is_written_is_read_again(name: str) -> None:
    scheme = Scheme.from_plain(plain(name))
    assert Scheme.from_plain(json.loads(json.dumps(scheme.to_plain()))) == scheme
    assert scheme.source and scheme.gaps


def test_no_float_comes_in() -> None:
    broken = plain()
    broken["sections"][0]["cap"] = 30.5
    with pytest.raises(Refused, match="数字"):
        Scheme.from_plain(broken)


WRONG = [
    (("name", ""), "名称没有写"),
    (("sections", []), "至少要有一项"),
    (("places", 9), "小数位数"),
    (("cap", "一百"), "总分最高要写成数字"),
    (("cap", "NaN"), "不太大的数字"),
    (("cap", "1.23456"), "最多四位小数"),
    (("cap", "-1"), "最低分比最高分还高"),
    (("extra", 1), "认不得"),
    (("ties", ["luck"]), "同分比较"),
    (("vetoes", [{"fact": "late", "tag": "*", "effect": "zero"}]), "只能用于差错"),
    (("minimum", {"fact": "late", "need": {}}), "只能按报送"),
    (("minimum", {"fact": "submitted", "need": {"town": 1}}), "办公室、村、社区"),
    (("minimum", {"fact": "submitted", "need": {"office": "很多"}}), "0 到 1000"),
]


@pytest.mark.parametrize(("change", "words"), WRONG, ids=[words for _, words in WRONG])
def test_what_is_wrong_in_the_frame_is_said(change: tuple[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        Scheme.from_plain(plain() | {change[0]: change[1]})


def broken(section: int, rule: int | None, **values: Any) -> dict[str, Any]:
    """The town's scheme with something changed in a section or rule."""
    found = copy.deepcopy(plain())
    thing = found["sections"][section]
    (thing if rule is None else thing["rules"][rule]).update(values)
    return found


INSIDE = [
    (broken(0, None, weight="120"), "折算"),
    (broken(0, None, part="luck"), "哪一块"),
    (broken(0, None, name="质量"), "同名"),
    (broken(0, 0, fact="late"), "任务只能按"),
    (broken(0, 0, missing="3"), "写成负数"),
    (broken(0, 0, full="-3"), "不能是负数"),
    (broken(0, 0, name="月月有稿"), "规则同名"),
    (broken(0, 0, kind="lottery"), "没有这一类"),
    (broken(1, 0, share="luck"), "哪个比率"),
    (broken(1, 0, lines=[{"percent": "", "points": "1"}]), "都要写"),
    (broken(1, 1, rows=[]), "一行也没有"),
    (broken(1, 1, rows=[{"tag": "awful", "points": "1"}]), "没有“awful”"),
    (broken(1, 1, rows=[{"tag": "minor", "points": ""}]), "没有写分数"),
    (broken(1, 1, rows=[{"tag": "minor", "points": "1"}] * 2), "两行一样"),
    (broken(1, 1, highest=True), "只算最高一级"),
    (broken(1, 2, rows=[{"tag": "gzdt", "points": "1"}]), "不分类"),
    (broken(2, 1, rows=[{"tag": "1-5", "points": "-1"}, {"tag": "4-", "points": "-1"}]), "重叠"),
    (broken(2, 1, rows=[{"tag": "5-1", "points": "-1"}]), "迟发天数"),
    (broken(3, 0, rows=[{"tag": "moon", "points": "1"}]), "这一级渠道"),
    (broken(3, 1, rows=[{"tag": "*", "points": "1"}]), "一项一项"),
    (broken(0, 0, kind="surplus", span=None, full=None, met=None, missing=None, short=None, blank=None), "认不得"),
]


@pytest.mark.parametrize(("scheme", "words"), INSIDE, ids=[words for _, words in INSIDE])
def test_what_is_wrong_inside_is_said_with_its_place(scheme: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        Scheme.from_plain(scheme)


def test_a_surplus_says_its_steps_together() -> None:
    found = plain("s6")
    del found["sections"][3]["rules"][0]["step"]
    with pytest.raises(Refused, match="一起写"):
        Scheme.from_plain(found)


@pytest.mark.parametrize("thing", [None, [], "scheme", {"name": "x", "sections": ["y"]}, {"name": "x", "sections": 3}])
def test_what_is_no_scheme_at_all_is_refused(thing: Any) -> None:
    with pytest.raises(Refused):
        Scheme.from_plain(thing)


def test_matters_are_named_once() -> None:
    found = plain()
    found["sections"][2]["rules"].append(
        {"kind": "tariff", "name": "再来", "fact": "credit", "rows": [{"tag": "约稿按时交", "points": "9"}]}
    )
    with pytest.raises(Refused, match="重名"):
        Scheme.from_plain(found)


def test_points_as_people_write_them() -> None:
    assert [figure(Fraction(value)) for value in ("6", "5/2", "-5/4", "1/3", "-1/100000", "100")] == [
        "6", "2.5", "−1.25", "0.3333", "0", "100",
    ]  # fmt: skip


def test_halves_go_away_from_nought() -> None:
    scheme = Scheme.from_plain(plain())
    assert scheme.rounded(Fraction("1.005")) == Fraction("1.01")
    assert scheme.rounded(Fraction("-1.005")) == Fraction("-1.01")
    assert scheme.rounded(Fraction("1.00499")) == 1


@pytest.mark.parametrize(
    ("fact", "tag", "words"),
    [
        (Fact.LATE, "4-7", "迟 4—7 天"),
        (Fact.LATE, "8-", "迟 8 天以上"),
        (Fact.LATE, "1-1", "迟 1 天"),
        (Fact.ADOPTED, "city", "市级采用"),
        (Fact.ADOPTED, "channel:清远日报", "清远日报"),
        (Fact.FAULT, "secrecy", "泄密"),
        (Fact.PUBLISHED, "gzdt", "工作动态"),
        (Fact.PUBLISHED, "*", "各栏目"),
    ],
)
def test_tags_in_chinese(fact: Fact, tag: str, words: str) -> None:
    assert tag_label(fact, tag, {"gzdt": "工作动态"}) == words
