"""A roster as rows of text: what each line says, and every line that cannot be read, by number."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from town_portal.access.roles import Role
from town_portal.foundation.errors import Refused
from town_portal.network.rules import naming, phone

UNIT_HEAD = ("代码", "名称", "类别", "全称", "区划代码", "统筹")
PERSON_HEAD = ("姓名", "手机号", "单位", "角色", "副手", "开始日期", "结束日期")
KINDS = {"办公室": "office", "村": "village", "社区": "community"}

Table = Sequence[Sequence[str]]
Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that cannot be taken over, by its number in the file, and why."""

    line: int
    reason: str

    @property
    def words(self) -> str:
        """第 5 行：手机号要 11 位，您填了 10 位."""
        return f"第 {self.line} 行：{self.reason}"


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit as a file names it."""

    line: int
    code: str
    name: str
    kind: str
    full_name: str
    division_code: str | None
    coordinating: bool


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person and, when the unit is given, one post as a file names them."""

    line: int
    name: str
    phone: str
    unit: str
    role: Role | None
    deputy: bool
    starts_on: date | None
    ends_on: date | None


def unit_lines(table: Table) -> tuple[list[UnitLine], list[Fault]]:
    """The units of a table with its head in the first row, and every faulty line."""
    return lines_of(table, UNIT_HEAD, _unit_line)


def person_lines(table: Table) -> tuple[list[PersonLine], list[Fault]]:
    """The people of a table with its head in the first row, and every faulty line."""
    return lines_of(table, PERSON_HEAD, _person_line)


def lines_of(
    table: Table, head: tuple[str, ...], read: Callable[[int, dict[str, str]], Line]
) -> tuple[list[Line], list[Fault]]:
    """Every line of a table as ``read`` takes it (number, column → cell), and every line it refused."""
    columns = [cell.strip() for cell in table[0]] if table else []
    missing = [name for name in head if name not in columns]
    if missing:
        return [], [Fault(1, f"表头缺“{'、'.join(missing)}”，请对照模板")]
    lines: list[Line] = []
    faults: list[Fault] = []
    for number, row in enumerate(table[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        cells = dict.fromkeys(head, "") | dict(zip(columns, (cell.strip() for cell in row), strict=False))
        try:
            lines.append(read(number, cells))
        except Refused as refusal:
            faults.append(Fault(number, refusal.reason))
    if not lines and not faults:
        faults.append(Fault(2, "表头下面没有内容"))
    return lines, faults


def _unit_line(line: int, cells: dict[str, str]) -> UnitLine:
    if cells["类别"] not in KINDS:
        raise Refused("类别只能填：办公室、村、社区")
    name = naming.check_unit_name(cells["名称"])
    return UnitLine(
        line=line,
        code=naming.check_code(cells["代码"]),
        name=name,
        kind=KINDS[cells["类别"]],
        full_name=naming.check_unit_name(cells["全称"] or name, "单位全称", 60),
        division_code=naming.check_division(cells["区划代码"]),
        coordinating=truth_of(cells["统筹"], "统筹"),
    )


def _person_line(line: int, cells: dict[str, str]) -> PersonLine:
    name = naming.check_person_name(cells["姓名"])
    digits = phone.check(cells["手机号"])
    role = _role(cells["角色"])
    if (role is None) != (not cells["单位"]):
        raise Refused("单位和角色要么都填，要么都不填")
    starts_on, ends_on = day_of(cells["开始日期"], "开始日期"), day_of(cells["结束日期"], "结束日期")
    return PersonLine(line, name, digits, cells["单位"], role, truth_of(cells["副手"], "副手"), starts_on, ends_on)


def _role(words: str) -> Role | None:
    if not words:
        return None
    for role in Role:
        if words in (role.label, role.value):
            return role
    raise Refused(f"没有“{words}”这个角色，只能填：{'、'.join(role.label for role in Role)}")


def truth_of(words: str, column: str) -> bool:
    """是 or 否; nothing is 否. Refused: anything else."""
    if words not in ("是", "否", ""):
        raise Refused(f"“{column}”只能填是或否，不填算否")
    return words == "是"


def day_of(words: str, column: str) -> date | None:
    """A day such as 2026-04-01, 2026/4/1 or 2026.4.1; None for nothing. Refused: anything else."""
    if not words:
        return None
    parts = words.replace("/", "-").replace(".", "-").split("-")
    try:
        year, month, day = (int(part) for part in parts)
        return date(year, month, day)
    except ValueError:
        raise Refused(f"{column}要写成 2026-04-01 这样") from None
