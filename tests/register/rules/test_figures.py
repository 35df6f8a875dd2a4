"""A year in numbers."""

from town_portal.register.rules.figures import Line, YearFigures, sheets


def test_sums_and_sheets() -> None:
    found = YearFigures(
        2025,
        (Line("机构信息", 0, 1, "机构信息"), Line("领导分工", 1, 0, "机构信息"), Line("工作动态", 3, 4, "其他")),
        (Line("洛洞村", 4, 5),),
        (Line("佛冈通", 2, 1, "县级"),),
    )
    assert [(one.name, one.total) for one in found.groups] == [("机构信息", 2), ("其他", 7)]
    assert (found.items.own, found.items.imported, found.releases.total) == (4, 5, 3)
    made = sheets(found, "说明")
    assert made[0].rows[-1] == ("", "合计", 4, 5, 9)
    assert [one.name for one in made] == ["按栏目", "按渠道", "按单位"]
