"""The ranking as a table to take away: rows of text, the head first."""

from collections.abc import Iterable

from town_portal.statistics.rules.quarter import Quarter
from town_portal.statistics.rules.ranking import Standing

HEAD = (
    "季度",
    "组别",
    "名次",
    "单位",
    "得分",
    "报送（件）",
    "采用发布（条）",
    "一次通过（条）",
    "一次通过率",
    "退回（次）",
    "发布后撤改（条）",
    "黄金期内发布（条）",
    "逾期（件）",
    "黄金期内发布率",
    "比上季名次",
)


def rows(quarter: Quarter, standings: Iterable[Standing], *, running: bool) -> list[tuple[str, ...]]:
    """One line for each unit, in the order given."""
    label = f"{quarter.label}（未结束，按目前数据）" if running else quarter.label
    return [HEAD, *((label, *_line(row)) for row in standings)]


def change_words(change: int | None) -> str:
    """进 3, 退 1, 持平; — when there is nothing to compare with."""
    if change is None:
        return "—"
    return f"进 {change}" if change > 0 else f"退 {-change}" if change else "持平"


def _line(row: Standing) -> tuple[str, ...]:
    figures = row.figures
    return (
        row.unit.league.label,
        "不排名" if row.rank is None else str(row.rank),
        row.unit.name,
        row.place.shown if row.place else "—",
        str(figures.submitted),
        str(figures.published),
        str(figures.first_pass),
        figures.first_pass_rate.words,
        str(figures.returns),
        str(figures.amended),
        str(figures.timely),
        str(figures.late),
        figures.timely_rate.words,
        change_words(row.change),
    )
