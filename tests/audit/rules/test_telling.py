"""Events in words."""

import pytest

from town_portal.audit.rules.telling import Told, told


def test_the_words_are_what_somebody_wrote() -> None:
    event = Told(
        "return", {"reasons": ["数据前后不一致", "有错别字"], "opinion": "第 3 段请核对", "reason": "", "stage": "x"}
    )
    assert event.words == "数据前后不一致；有错别字；第 3 段请核对"


def test_nothing_written_is_no_words() -> None:
    assert told("sign", "{}").words == ""
    assert told("sign", '{"opinion":"","note":null}').words == ""


@pytest.mark.parametrize(
    ("action", "detail", "signed", "back"),
    [
        ("proof", {}, True, False),
        ("sign", {}, True, False),
        ("publish", {"meaning": "发布"}, True, False),
        ("submit", {"meaning": "一审一校"}, True, False),
        ("submit", {"meaning": "送审"}, False, False),
        ("draft", {}, False, False),
        ("return", {}, False, True),
        ("reject_setting", {}, False, True),
    ],
)
def test_signatures_and_returns_are_known(action: str, detail: dict[str, str], signed: bool, back: bool) -> None:
    assert (Told(action, detail).signed, Told(action, detail).back) == (signed, back)


def test_facts_tell_of_fallen_signatures_numbers_and_what_was_signed() -> None:
    assert Told(
        "revise", {"fallen": ["李月娥（一审一校·校）", "陈志明（二审二校·审）"], "digest": "ab" * 32}
    ).facts == ["内容已改，原来的签字失效：李月娥（一审一校·校）、陈志明（二审二校·审）"]
    assert Told("publish", {"index_number": "TT/2026-00001", "meaning": "发布", "digest": "ab" * 32}).facts == [
        "索引号 TT/2026-00001",
        "发布，内容校验码 abababababab",
    ]
    assert Told("draft", {"digest": "ab" * 32}).facts == []


def test_the_whole_detail_can_be_read_by_people() -> None:
    detail = {"opinion": "同意", "timely": True, "reasons": [], "fallen": ["甲", "乙"], "size": 3, "odd": {"a": [1]}}
    assert Told("sign", detail).lines == [
        ("意见", "同意"),
        ("在黄金期内", "是"),
        ("勾选的理由", "没有"),
        ("失效的签字", "甲、乙"),
        ("大小（字节）", "3"),
        ("odd", '{"a": [1]}'),
    ]
