"""A year as sheets: the same figures as the page, and a sheet of what each rests on."""

from tests.appraisal.rules.test_appraise import a_year, entry
from town_portal.appraisal.rules import sheets
from town_portal.statistics.rules.ranking import League


def test_every_figure_has_a_sheet_of_its_items() -> None:
    year = a_year(entry(1, (100, 80), (100,), (0,)), entry(2, (50,), league=League.OFFICES))
    found = {sheet.name: sheet for sheet in sheets.of_town(year, "未定稿")}
    assert list(found) == ["村（社区）", "办公室", "季度来源", "季度得分明细", "整改落实明细", "质量抽查明细"]
    one = year.of(1)
    assert one is not None
    assert found["村（社区）"].rows[0] == (1, "第1村", *(line.points for line in one.lines), one.total, "无")
    assert [row[0] for row in found["季度得分明细"].rows] == ["第1村", "第1村", "第2村"]
    assert "未定稿" in found["办公室"].notes


def test_a_units_sheet_says_how_each_part_came_about() -> None:
    year = a_year(entry(1, (100, 80), (100,), (0,)))
    one = year.of(1)
    assert one is not None
    own, basis, *evidence = sheets.of_unit(year, one, "未定稿")
    assert [row[0] for row in own.rows] == ["季度得分", "整改落实", "质量抽查", "总分"]
    assert sum(row[3] for row in own.rows[:-1]) == own.rows[-1][3] == one.total  # type: ignore[misc]
    assert basis.rows == [["2025年第一季度", "第 1 版评分办法"]]
    assert [len(sheet.rows) for sheet in evidence] == [2, 1, 1]
    assert sheets.weights(year) == "季度得分 70%，整改落实 15%，质量抽查 15%"
