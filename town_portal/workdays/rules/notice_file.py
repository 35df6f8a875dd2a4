"""A year's notice as a table: one line a day, with the words people know it by.

The columns are ``day`` (2026-10-01), ``works`` and ``name``; Chinese heads (日期, 上班, 名称) serve
as well, and so do tabs from a spreadsheet and full-width commas. Lines that start with # are remarks;
``# 来源：…`` names the source.
"""

import csv
import re
from datetime import date

from town_portal.foundation.errors import Refused

HEADS = {"day": "day", "works": "works", "name": "name", "日期": "day", "上班": "works", "名称": "name"}
WORKS = {
    **dict.fromkeys(("1", "是", "上班", "班", "true", "yes"), True),
    **dict.fromkeys(("0", "否", "放假", "休息", "休", "false", "no"), False),
}
SOURCE = "来源："
LONGEST_NAME = 30
DAY = r"(\d{4})[-/年.](\d{1,2})[-/月.](\d{1,2})日?"

Row = tuple[date, bool, str]
"""(day, is it worked, words)."""


def parse(text: str) -> list[Row]:
    """The days of one year, in order.

    Refused with Chinese words for: no lines, unknown or missing columns, a day or a 上班 that
    cannot be read, no words, a day given twice, days of more than one year.
    """
    lines = [
        (number, line.replace("，", ","))
        for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1)
        if line.strip() and not line.lstrip().startswith("#")
    ]
    if not lines[1:]:
        raise Refused("表里没有日子。第一行写表头：日期、上班、名称，下面一行写一天。")
    delimiter = "\t" if "\t" in lines[0][1] else ","
    heads = _heads([head.strip() for head in lines[0][1].split(delimiter)])
    rows = [_row(number, next(csv.reader([line], delimiter=delimiter)), heads) for number, line in lines[1:]]
    _check_days([row[0] for row in rows])
    return sorted(rows)


def source_of(text: str) -> str:
    """What the remark ``# 来源：…`` says; empty without one."""
    for line in text.splitlines():
        remark = line.lstrip("\ufeff# ").strip()
        if line.lstrip("\ufeff").startswith("#") and remark.startswith(SOURCE):
            return remark.removeprefix(SOURCE).strip()
    return ""


def _heads(given: list[str]) -> list[str]:
    for head in given:
        if head not in HEADS:
            raise Refused(f"不认识表头“{head}”。表头只能是：日期、上班、名称。")
    heads = [HEADS[head] for head in given]
    if sorted(heads) != ["day", "name", "works"]:
        raise Refused("表头要有日期、上班、名称三列，每列一次。")
    return heads


def _row(number: int, cells: list[str], heads: list[str]) -> Row:
    if len(cells) != len(heads):
        raise Refused(f"第 {number} 行要有三格：日期、上班、名称。")
    cell = dict(zip(heads, (cell.strip() for cell in cells), strict=True))
    day = _day(cell["day"])
    if day is None:
        raise Refused(f"第 {number} 行的日期“{cell['day']}”读不出来，请写成 2026-10-01 这样。")
    works = WORKS.get(cell["works"].lower())
    if works is None:
        raise Refused(f"第 {number} 行的“上班”要写 1（上班）或 0（放假），现在是“{cell['works']}”。")
    if not 0 < len(cell["name"]) <= LONGEST_NAME:
        raise Refused(f"第 {number} 行的名称要有 1—{LONGEST_NAME} 个字，如“国庆节放假”“调休上班”。")
    return day, works, cell["name"]


def _day(text: str) -> date | None:
    parts = re.fullmatch(DAY, text)
    try:
        return date(*(int(part) for part in parts.groups())) if parts else None
    except ValueError:
        return None


def _check_days(days: list[date]) -> None:
    seen: set[date] = set()
    for day in days:
        if day in seen:
            raise Refused(f"{day} 写了两次，请删去一行。")
        if day.year != days[0].year:
            raise Refused(f"表里有 {days[0].year} 年和 {day.year} 年的日子，请一年一年载入。")
        seen.add(day)
