"""What a list would bring, and the register's filters."""

from datetime import date

import pytest

from tests.cast import Cast
from tests.portal.articles import put_article
from tests.register.history import a_history, grow_tree, read
from tests.releases.out import a_release, the_channels
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.register import queries
from town_portal.register.queries import Choice
from town_portal.releases.rules.lifecycle import ReleaseState


def count(cast: Cast, **choice: object) -> int:
    """How many lines a choice has, for the coordinating office."""
    return len(queries.lines(cast.actor("coordinator"), Choice(**choice)))  # type: ignore[arg-type]


def test_filters(town: Cast) -> None:
    a_history(town)
    release = a_release(town, ReleaseState.RELEASED)
    a_release(town, ReleaseState.PLANNED, "佛冈通")
    assert count(town) == 3
    assert count(town, state="imported") == count(town, state="released") == count(town, state="planned") == 1
    assert count(town, channel_id=release.channel_id) == 2
    assert count(town, unit_id=town.unit("C03").id) == 3
    assert count(town, unit_id=town.unit("C01").id) == 0
    assert count(town, first=date(2025, 3, 5), last=date(2025, 3, 5)) == 1
    assert count(town, first=clock.today()) == 2
    assert count(town, shots=True) == 0
    assert len(queries.lines(town.actor("other_reporter"), Choice())) >= 1


def test_names_are_held_against_the_house(town: Cast) -> None:
    grow_tree(town)
    the_channels(town)
    plan = queries.planned(
        read(
            [
                ("甲", "汤塘镇洛洞村", "财政信息", "2025-01-01", "", "", "", ""),
                ("乙", "无名村", "其他", "2025-01-01", "", "抖音", "2025-01-01", ""),
                ("丙", "C03", "没有的栏目", "2025-01-01", "", "", "", ""),
            ]
        )
    )
    assert [(one.line, one.column) for one in plan.faults] == [(3, "单位"), (3, "栏目"), (3, "渠道"), (4, "栏目")]
    assert "工作动态、通知公告" in plan.faults[1].words
    assert [(one.column.name, one.unit.code) for one in plan.items if one.column] == [("部门预决算与“三公”经费", "C03")]


def test_what_the_house_published_itself_is_not_taken_twice(town: Cast) -> None:
    the_channels(town)
    put_article(town, "洛洞村办培训")
    row = ("洛洞村办培训", "洛洞村", "工作动态", "2026-04-16", "", "佛冈发布", "2026-04-17", "")
    with clock.stopped_at(clock.instant(date(2026, 12, 1))):
        plan = queries.planned(read([row]))
    assert plan.items == [] and "本系统发布过" in plan.told[0][2]


def test_lines_that_repeat_are_told(town: Cast) -> None:
    the_channels(town)
    head = ("甲", "洛洞村", "工作动态", "2025-01-01", "")
    plan = queries.planned(read([(*head, "佛冈通", "2025-01-02", "")] * 2 + [(*head, "", "", "")]))
    assert (plan.fresh, plan.channels, [line for line, _, _ in plan.told]) == (1, 1, [3, 4])
    assert plan.counts("channel") == [("佛冈通", 1)] and plan.counts("year") == [("2025 年", 1)]
    assert queries.planned([]).items == []


def test_years_and_rows(town: Cast) -> None:
    made = a_history(town)
    assert 2025 in queries.years()
    rows = list(db.session.scalars(queries.items_of(made.id)))
    assert [str(one) for one in rows] == ["洛洞村去年的培训", "去年的通告"]
    assert str(queries.releases_of([rows[0].id])[rows[0].id][0]) == "佛冈发布：洛洞村去年的培训"
    assert queries.imports() == [made] and queries.history_import(made.id) is made
    assert str(made) == "导入：2025.xlsx" and queries.depends_on(made.id) == 0


@pytest.mark.parametrize("by", ["column", "unit", "year"])
def test_counts_of_a_plan(town: Cast, by: str) -> None:
    the_channels(town)
    plan = queries.planned(read([("甲", "洛洞村", "", "2025-01-01", "", "佛冈通", "2025-01-02", "")]))
    assert plan.counts(by) == [({"column": "没有上门户", "unit": "洛洞村", "year": "2025 年"}[by], 1)]
    assert plan.on_portal == 0
