"""A scheme as a form's fields and back: nothing is lost, nothing but tables is typed."""

import json
import re

import pytest

from town_portal.scoring.queries import SHIPPED
from town_portal.scoring.rules import editing
from town_portal.scoring.rules.scheme import Scheme

NAMES = sorted(path.stem for path in SHIPPED.glob("*.json"))
COLUMNS = [("gzdt", "工作动态"), ("tzgg", "通知公告")]


def scheme(name: str = "tangtang") -> Scheme:
    """A shipped scheme."""
    return Scheme.from_plain(json.loads((SHIPPED / f"{name}.json").read_text(encoding="utf-8"))["scheme"])


def drawn(fields: dict[str, str]) -> dict[str, str]:
    """The fields as the page draws its tables anew."""
    kept = {key: value for key, value in fields.items() if not re.search(r"\.t\d+\.", key)}
    for section in editing.sheets(fields, COLUMNS, ["清远日报"]):
        for rule in section.rules:
            for row in rule.rows:
                named = (
                    {f"{row.key}.tag": "", f"{row.key}.typed": row.tag}
                    if row.typed and not row.tag.startswith("channel:")
                    else {f"{row.key}.tag": row.tag}
                )
                kept |= {**named, f"{row.key}.points": row.points}
    return kept


@pytest.mark.parametrize("name", NAMES)
def test_there_and_back(name: str) -> None:
    fields = editing.fields_of(scheme(name))
    assert Scheme.from_plain(editing.plain_of(fields)) == scheme(name)
    again = Scheme.from_plain(editing.plain_of(drawn(fields)))
    assert sorted(again.matters) == sorted(scheme(name).matters)
    assert {rule.name for _, rule in again.rules} == {rule.name for _, rule in scheme(name).rules}


def test_a_blank_row_becomes_one_when_it_is_filled() -> None:
    fields = drawn(editing.fields_of(scheme()))
    blank = next(
        row.key
        for section in editing.sheets(fields, COLUMNS, [])
        for rule in section.rules
        if rule.fact == "credit"
        for row in rule.rows
        if not row.tag
    )
    fields |= {f"{blank}.typed": "县级典型经验", f"{blank}.points": "4"}
    assert Scheme.from_plain(editing.plain_of(fields)).matters["县级典型经验"] == 4


def test_a_channel_may_have_points_of_its_own() -> None:
    fields = drawn(editing.fields_of(scheme()))
    blank = next(
        row.key
        for section in editing.sheets(fields, COLUMNS, [])
        for rule in section.rules
        if rule.fact == "adopted"
        for row in rule.rows
        if not row.tag
    )
    fields |= {f"{blank}.typed": "南方+", f"{blank}.points": "5"}
    rows = {row["tag"] for row in editing.plain_of(fields)["sections"][3]["rules"][0]["rows"]}
    assert "channel:南方+" in rows


def test_what_is_marked_to_go_goes() -> None:
    fields = editing.fields_of(scheme()) | {"s3.drop": "1", "s0.r1.drop": "1"}
    found = Scheme.from_plain(editing.plain_of(fields))
    assert [section.name for section in found.sections] == ["数量", "质量", "时效"]
    assert [rule.name for rule in found.sections[0].rules] == ["季度任务"]


@pytest.mark.parametrize("what", editing.ADDED)
def test_every_sort_of_rule_can_be_added(what: str) -> None:
    fields = editing.grown(editing.fields_of(scheme()), what, "s0")
    sheet = editing.sheets(fields, COLUMNS, ["清远日报"])[0].rules[-1]
    assert sheet.key == "s0.r2" and sheet.kind_label
    if what.startswith("tariff"):
        assert sheet.rows


def test_a_section_can_be_added_and_nothing_unknown() -> None:
    fields = editing.fields_of(scheme())
    assert editing.grown(fields, "section")["s4.name"] == "新的一项"
    assert editing.grown(fields, "lottery", "s0") == fields
    assert editing.grown(fields, "quota", "s9") == fields


def test_what_is_typed_wrong_stays_as_typed() -> None:
    plain = editing.plain_of(editing.fields_of(scheme()) | {"minimum.office": "两件", "places": "二"})
    assert plain["minimum"]["need"]["office"] == "两件" and plain["places"] == "二"
