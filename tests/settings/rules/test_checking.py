"""What a setting may be."""

from copy import deepcopy
from typing import Any

import pytest

from town_portal.foundation.errors import Refused
from town_portal.settings.rules import words
from town_portal.settings.rules.catalogue import CATALOGUE, Field, Key
from town_portal.settings.rules.checking import build, check, check_field, key_of, leaves, put, read

HOURS = CATALOGUE["working_hours"]
ADDRESS = Field("url", "地址", "address", optional=True)
EVERY_KEY = pytest.mark.parametrize("key", CATALOGUE.values(), ids=CATALOGUE)


@EVERY_KEY
def test_every_default_is_a_value(key: Key) -> None:
    check(key, key.default)


@EVERY_KEY
def test_every_part_of_a_default_has_a_field(key: Key) -> None:
    wanted = {field.path for field in key.fields if not field.table or not field.optional}
    assert leaves(key.default).keys() == wanted


@EVERY_KEY
def test_a_form_gives_back_what_it_shows(key: Key) -> None:
    assert build(key, words.texts(key, key.default)) == key.default


@EVERY_KEY
def test_a_part_too_many_is_refused(key: Key) -> None:
    with pytest.raises(Refused, match="没有“extra”这一项"):
        check(key, {**key.default, "extra": 1})


@EVERY_KEY
def test_a_part_too_few_is_refused(key: Key) -> None:
    value = deepcopy(key.default)
    del value[next(iter(value))]
    with pytest.raises(Refused, match="缺"):
        check(key, value)


def test_unknown_keys_are_refused() -> None:
    assert key_of("site") is CATALOGUE["site"]
    with pytest.raises(Refused, match="没有“colour”这项设置"):
        key_of("colour")


NUMBER = Field("n", "天数", "number", least=1, most=30)
LINES = Field("l", "理由", "lines")
CHOICE = Field("c", "规则", "choice", (("a", "甲"), ("b", "乙")))
TIME = Field("t", "上班", "time")
TEXT = Field("x", "镇名")
PATTERN = Field("pattern", "样式")


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        (NUMBER, " 3 ", 3),
        (NUMBER, "30", 30),
        (LINES, " 甲 \n\n乙\n", ["甲", "乙"]),
        (CHOICE, "b", "b"),
        (TIME, "08:30", "08:30"),
        (TEXT, " 汤塘镇 ", "汤塘镇"),
        (PATTERN, "{org}/{year}-{serial}", "{org}/{year}-{serial}"),
        (ADDRESS, "https://portal.example:8443", "https://portal.example:8443"),
        (ADDRESS, "http://10.1.2.3/", "http://10.1.2.3/"),
        (ADDRESS, "", ""),
    ],
)
def test_text_is_read(field: Field, text: str, value: Any) -> None:
    assert read(field, text) == value


@pytest.mark.parametrize(
    ("field", "text", "reason"),
    [
        (NUMBER, "", "“天数”要写整数"),
        (NUMBER, "3.5", "“天数”要写整数"),
        (NUMBER, "三", "“天数”要写整数"),
        (NUMBER, "0", "“天数”要在 1—30 之间"),
        (NUMBER, "31", "“天数”要在 1—30 之间"),
        (Field("n", "天数", "number", least=1), "0", "“天数”要在 1 以上"),
        (Field("n", "天数", "number", most=9), "10", "“天数”要在 9 以内"),
        (LINES, " \n ", "“理由”至少要有一行"),
        (LINES, "甲\n甲", "“理由”有重复的行，请删去"),
        (LINES, "\n".join(map(str, range(31))), "“理由”最多 30 行，每行最多 200 个字"),
        (LINES, "长" * 201, "“理由”最多 30 行，每行最多 200 个字"),
        (ADDRESS, "portal.example", "“地址”要以 https:// 或 http:// 开头，只写到域名（和端口）为止"),
        (ADDRESS, "https://portal.example/path", "“地址”要以 https:// 或 http:// 开头，只写到域名（和端口）为止"),
        (ADDRESS, "https://a@b.example", "“地址”要以 https:// 或 http:// 开头，只写到域名（和端口）为止"),
        (CHOICE, "c", "“规则”请从列出的里面选一个"),
        (CHOICE, "", "“规则”请从列出的里面选一个"),
        (TIME, "8:30", "“上班”要写成 08:30 这样"),
        (TIME, "24:00", "“上班”要写成 08:30 这样"),
        (TEXT, "  ", "请写“镇名”"),
        (TEXT, "长" * 201, "“镇名”最多 200 个字"),
        (PATTERN, "{org}/{year}", "“样式”里要有 {year} 和 {serial}，否则会重号"),
        (PATTERN, "{year}{serial}{colour}", "“样式”里只能用 {org}、{year}、{serial}"),
        (PATTERN, "{year}{serial}{", "“样式”里只能用 {org}、{year}、{serial}"),
    ],
)
def test_text_is_refused(field: Field, text: str, reason: str) -> None:
    with pytest.raises(Refused) as refusal:
        read(field, text)
    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    ("field", "value"),
    [(NUMBER, "3"), (NUMBER, True), (LINES, "甲"), (LINES, ["甲", 1]), (TIME, 830), (TEXT, 5), (CHOICE, None)],
)
def test_a_value_of_another_kind_is_refused(field: Field, value: Any) -> None:
    with pytest.raises(Refused):
        check_field(field, value)


@pytest.mark.parametrize(
    ("part", "path", "reason"),
    [
        ("08:00", "morning.to", "“上午下班”要晚于“上午上班”"),
        ("11:30", "afternoon.from", "“下午上班”要晚于“上午下班”"),
        ("14:30", "afternoon.to", "“下午下班”要晚于“下午上班”"),
    ],
)
def test_times_follow_each_other(part: str, path: str, reason: str) -> None:
    value = deepcopy(HOURS.default)
    put(value, path, part)
    with pytest.raises(Refused) as refusal:
        check(HOURS, value)
    assert refusal.value.reason == reason


def test_a_night_goes_over_midnight_and_has_some_length() -> None:
    night = CATALOGUE["quiet_hours"]
    for value in (night.default, {**night.default, "from": "12:00", "to": "14:00"}):
        check(night, value)
    with pytest.raises(Refused, match="不能和“从几点起”一样"):
        check(night, {**night.default, "to": "21:30"})


LIMITS = CATALOGUE["step_limits"]
APART = "routes.drafter_first.correction.urgent.publish"


def test_a_limit_of_its_own_may_be_left_out() -> None:
    given = words.texts(LIMITS, LIMITS.default) | {f"{APART}.amount": "", f"{APART}.unit": "hour"}
    assert build(LIMITS, given) == LIMITS.default


def test_a_limit_of_its_own_stands_with_its_unit() -> None:
    given = words.texts(LIMITS, LIMITS.default) | {f"{APART}.amount": "4", f"{APART}.unit": "natural_day"}
    found = build(LIMITS, given)["routes"]
    assert found == {"drafter_first": {"correction": {"urgent": {"publish": {"amount": 4, "unit": "natural_day"}}}}}


@pytest.mark.parametrize(
    ("part", "value", "reason"),
    [
        ("amount", 4, "缺“拟稿人 → 部门负责人 → 分管领导 · 更正稿：绿色通道 · 发布的单位”"),
        ("unit", "hour", "没有数"),
        ("amount", 61, "要在 1—60 之间"),
        ("minutes", 4, "没有“routes.drafter_first.correction.urgent.publish.minutes”这一项"),
    ],
)
def test_half_a_limit_is_refused(part: str, value: Any, reason: str) -> None:
    given = deepcopy(LIMITS.default)
    put(given, f"{APART}.{part}", value)
    with pytest.raises(Refused, match=reason):
        check(LIMITS, given)


def test_lines_may_be_left_empty_where_nothing_is_an_answer() -> None:
    assert read(Field("x", "栏目", "lines", optional=True), " ") == []
    with pytest.raises(Refused):
        read(Field("x", "栏目", "lines"), " ")
