"""A year as sheets of a workbook: every figure, and a sheet of what it rests on."""

from collections.abc import Iterable

from town_portal.appraisal.rules.appraise import Appraisal, Part, Standing, rounded
from town_portal.documents.rules.workbook import Cell, Sheet


def of_town(appraisal: Appraisal, note: str) -> list[Sheet]:
    """The tables of both leagues, where the quarters come from, and the evidence of every part for every unit."""
    parts = [part for part in Part if appraisal.weights[part]]
    tables = [
        Sheet(
            league.label,
            ("名次", "单位", *(part.label for part in parts), "总分", "一票否决"),
            [
                (
                    one.rank,
                    one.unit,
                    *(one.line(part).points for part in parts),
                    one.total,
                    "；".join(one.vetoed) or "无",
                )
                for one in standings
            ],
            title=f"{appraisal.year}年度绩效考核（{league.label}）",
            notes=(note, f"权重：{weights(appraisal)}。各项得分合计即为总分。"),
        )
        for league, standings in appraisal.leagues.items()
    ]
    return [*tables, _basis(appraisal), *_evidence(appraisal.standings, parts)]


def of_unit(appraisal: Appraisal, standing: Standing, note: str) -> list[Sheet]:
    """A unit's sheet, and the evidence of every part."""
    parts = [part for part in Part if appraisal.weights[part]]
    rows: list[tuple[Cell, ...]] = [
        (
            line.part.label,
            rounded(line.weight),
            None if line.value is None else rounded(line.value),
            line.points,
            line.words,
        )
        for line in standing.lines
        if line.part in parts
    ]
    own = Sheet(
        "考核表",
        ("项目", "权重（%）", "百分值", "得分", "怎么算"),
        [
            *rows,
            (
                "总分",
                None,
                None,
                standing.total,
                f"{standing.league.label}第 {standing.rank} 名" if standing.rank else "",
            ),
        ],
        title=f"{standing.unit}{appraisal.year}年度绩效考核表",
        notes=(note, f"权重：{weights(appraisal)}。"),
    )
    return [own, _basis(appraisal), *_evidence([standing], parts)]


def weights(appraisal: Appraisal) -> str:
    """The weights in words."""
    return "，".join(f"{part.label} {weight}%" for part, weight in appraisal.weights.items() if weight)


def _basis(appraisal: Appraisal) -> Sheet:
    return Sheet("季度来源", ("季度", "来源"), [list(one) for one in appraisal.basis])


def _evidence(standings: Iterable[Standing], parts: Iterable[Part]) -> list[Sheet]:
    units = list(standings)
    return [
        Sheet(
            f"{part.label}明细",
            ("单位", *part.heads, "计分"),
            [(one.unit, *each.cells, rounded(each.value)) for one in units for each in one.line(part).evidence],
            across=True,
        )
        for part in parts
    ]
