"""The board's tables to take away: a workbook with a sheet for each. Numbers stay numbers, words stay words."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from xlsxwriter import Workbook

from town_portal.dashboard.rules.board import Quality, Time, per_ten_thousand
from town_portal.statistics.rules.measures import Figures, Rate
from town_portal.statistics.rules.quarter import Quarter

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: what it is called, its head, its rows."""

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def rate(value: Rate) -> Cell:
    """A rate as a spreadsheet reckons with it: 0.71; — where there are too few."""
    return "—" if value.value is None else float(round(value.value, 4))


def exact(points: Fraction) -> Cell:
    """Points as a spreadsheet reckons with them, four decimals."""
    return float(round(points, 4))


def minutes(value: Fraction | None) -> Cell:
    """A time in working minutes, one decimal."""
    return "—" if value is None else float(round(value, 1))


def headlines(town: Mapping[Quarter, Figures]) -> Sheet:
    """The town's figures of five quarters."""
    head = (
        "季度",
        "报送（件）",
        "采用发布（条）",
        "一次通过率",
        "退回（次）",
        "发布后撤改（条）",
        "黄金期内发布率",
        "逾期（件）",
    )
    return Sheet(
        "总数",
        head,
        [
            (
                quarter.label, one.submitted, one.published, rate(one.first_pass_rate), one.returns, one.amended,
                rate(one.timely_rate), one.late,
            )
            for quarter, one in town.items()
        ],
    )  # fmt: skip


def times(rows: Iterable[tuple[str, Time]]) -> Sheet:
    """How long the stages and the kinds of people took."""
    return Sheet(
        "用时",
        ("环节或岗位", "办完（次）", "中位用时（工作分钟）", "平均用时（工作分钟）", "超时（次）", "超时占比"),
        [
            (name, one.done, minutes(one.middle), minutes(one.mean), one.overdue, rate(one.overdue_rate))
            for name, one in rows
        ],
    )


def families(quality: Quality, label: Mapping[str, str]) -> Sheet:
    """What was found when, by family."""
    return Sheet(
        "各类差错",
        ("类别", "送审前改掉", "说明没有错", "发布后机器发现", "发布后每万字"),
        [
            (label.get(family, family), mended, explained, late, per_ten_thousand(late, quality.signs))
            for family, (mended, explained, late) in quality.families.items()
        ],
    )


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """The sheets as one .xlsx; a text is written as a text, so that nothing in it runs."""
    content = io.BytesIO()
    with Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True})
        for one in sheets:
            sheet = book.add_worksheet(one.name)
            sheet.freeze_panes(1, 0)
            for column, cell in enumerate(one.head):
                sheet.write_string(0, column, cell, bold)
            for number, row in enumerate(one.rows, 1):
                for column, value in enumerate(row):
                    match value:
                        case str():
                            sheet.write_string(number, column, value)
                        case int() | float():
                            sheet.write_number(number, column, value)
            sheet.autofit()
    return content.getvalue()


def of(figures: Mapping[str, Any], *, town: Mapping[Quarter, Figures]) -> list[Sheet]:
    """Every table of the board, from what the page shows."""
    scores, parts = figures["scores"], figures["parts"]
    league_head = (
        "组别",
        "名次",
        "单位",
        "综合",
        *(part.label for part in parts),
        "采用发布",
        "一次通过率",
        "黄金期内发布率",
    )
    leagues = []
    for league, rows in figures["leagues"]:
        for row in rows:
            score = scores.get(row.unit.unit_id)
            points: list[Cell] = ["—"] * (len(parts) + 1)
            if score:
                points = [exact(score.total), *(exact(score.parts.get(part, Fraction(0))) for part in parts)]
            leagues.append(
                (
                    league.label,
                    "不排名" if row.rank is None else row.rank,
                    row.unit.name,
                    *points,
                    row.figures.published,
                    rate(row.figures.first_pass_rate),
                    rate(row.figures.timely_rate),
                )
            )
    names = figures["stage_names"]
    took = [(names[stage], one) for stage, one in figures["stages"].items()]
    took += [(role.label, one) for role, one in figures["roles"].items()]
    return [
        headlines(town),
        Sheet("两组排名", league_head, leagues),
        times(took),
        Sheet(
            "栏目",
            ("大类", "栏目", "本季度（条）", "上季度（条）", "去年同季（条）"),
            [
                (group, one.column.name, one.now, one.before, one.year_ago)
                for group, rows in figures["columns"]
                for one in rows
            ],
        ),
        Sheet(
            "渠道",
            ("层级", "渠道", "本季度（次）", "上季度（次）"),
            [(one.tier.label, one.name, one.now, one.before) for one in figures["channels"]],
        ),
        families(figures["quality"], {family.value: family.label for family in figures["family_of"]}),
        Sheet(
            "差错原因",
            ("原因", "差错（起）", "其中严重以上（起）"),
            [(words, count, worse) for _, words, count, worse in figures["causes"]],
        ),
        Sheet(
            "例外办理",
            ("情形", "件数（条）", "采用发布（条）", "占比"),
            [
                (figures["kinds"][what].label, share.part, share.whole, rate(share))
                for what, share in figures["exceptions"]
            ],
        ),
    ]
