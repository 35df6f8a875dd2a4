"""What the lines of a roster say."""

from datetime import date

import pytest

from town_portal.access.roles import Role
from town_portal.network.rules import roster_file

PERSON = ["李月娥", "13826704412", "洛洞村", "信息员", "", "2026-04-01", ""]
UNIT = ["C22", "示例村", "村", "", "441821102231", ""]


def people(*rows: list[str]) -> tuple[list[roster_file.PersonLine], list[str]]:
    lines, faults = roster_file.person_lines([list(roster_file.PERSON_HEAD), *rows])
    return lines, [fault.words for fault in faults]


def units(*rows: list[str]) -> tuple[list[roster_file.UnitLine], list[str]]:
    lines, faults = roster_file.unit_lines([list(roster_file.UNIT_HEAD), *rows])
    return lines, [fault.words for fault in faults]


def test_a_person_with_a_post() -> None:
    (line,), faults = people(PERSON)
    assert not faults
    assert (line.line, line.name, line.phone, line.unit, line.role) == (
        2,
        "李月娥",
        "13826704412",
        "洛洞村",
        Role.REPORTER,
    )
    assert (line.deputy, line.starts_on, line.ends_on) == (False, date(2026, 4, 1), None)


def test_a_person_without_a_post() -> None:
    (line,), faults = people(["李月娥", "13826704412"])
    assert not faults
    assert (line.unit, line.role) == ("", None)


def test_columns_may_stand_in_any_order() -> None:
    order = list(reversed(roster_file.PERSON_HEAD))
    lines, faults = roster_file.person_lines([["备注", *order], ["x", *reversed(PERSON)]])
    assert not faults
    assert lines[0].name == "李月娥"


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        (0, "", "请填姓名"),
        (1, "1382670441", "手机号要 11 位，您填了 10 位"),
        (2, "", "单位和角色要么都填，要么都不填"),
        (3, "", "单位和角色要么都填，要么都不填"),
        (3, "村长", "没有“村长”这个角色"),
        (4, "对", "“副手”只能填是或否"),
        (5, "四月一日", "开始日期要写成 2026-04-01 这样"),
        (6, "2026-02-30", "结束日期要写成 2026-04-01 这样"),
    ],
)
def test_a_faulty_person_line_is_told_with_its_number(column: int, value: str, reason: str) -> None:
    bad = [*PERSON[:column], value, *PERSON[column + 1 :]]
    lines, faults = people(PERSON, [], bad)
    assert len(lines) == 1
    assert len(faults) == 1
    assert faults[0].startswith("第 4 行：")
    assert reason in faults[0]


def test_dates_with_slashes_and_dots_are_understood() -> None:
    lines, _ = people([*PERSON[:5], "2026/4/1", "2026.5.1"])
    assert (lines[0].starts_on, lines[0].ends_on) == (date(2026, 4, 1), date(2026, 5, 1))


def test_a_missing_column_is_one_fault() -> None:
    lines, faults = roster_file.person_lines([["姓名", "手机号"], ["李月娥", "13826704412"]])
    assert not lines
    assert faults[0].words == "第 1 行：表头缺“单位、角色、副手、开始日期、结束日期”，请对照模板"


def test_a_head_alone_is_a_fault() -> None:
    assert people()[1] == ["第 2 行：表头下面没有内容"]


def test_a_unit() -> None:
    (line,), faults = units(UNIT)
    assert not faults
    assert (line.code, line.kind, line.full_name, line.division_code, line.coordinating) == (
        "C22", "village", "示例村", "441821102231", False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        (0, "22", "单位代码"),
        (1, "", "请填单位名称"),
        (2, "镇", "类别只能填"),
        (4, "44", "12 位"),
        (5, "x", "“统筹”只能填"),
    ],
)
def test_a_faulty_unit_line_is_told_with_its_number(column: int, value: str, reason: str) -> None:
    _, faults = units([*UNIT[:column], value, *UNIT[column + 1 :]])
    assert len(faults) == 1
    assert faults[0].startswith("第 2 行：")
    assert reason in faults[0]
