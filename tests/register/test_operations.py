"""Lists of former years taken in and out as a whole."""

from tests.cast import Cast
from tests.events import newest
from tests.refusals import refused
from tests.register.history import a_history, grow_tree, imported, read, the_year_2025
from tests.releases.out import a_release, the_channels
from town_portal.audit import queries as trail
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.foundation.errors import Moved
from town_portal.register import operations, queries
from town_portal.register.models import PastItem, PastRelease
from town_portal.releases import queries as releases
from town_portal.releases.rules.lifecycle import ReleaseState
from town_portal.reminders import queries as reminders
from town_portal.statistics import queries as statistics
from town_portal.statistics.rules.quarter import Quarter


def test_the_year_of_the_report_comes_out_of_its_list(town: Cast) -> None:
    grow_tree(town)
    the_channels(town)
    made = imported(town, the_year_2025())
    found = queries.year(2025)
    classes = {one.name: one.total for one in found.groups if one.name != "其他"}
    classes |= {one.name: one.total for one in found.columns if one.group == "其他"}
    assert classes == {"机构信息": 2, "规章文件": 2, "财政信息": 7, "工作动态": 62, "通知公告": 42}
    assert found.items.total == found.items.imported == 115
    assert found.releases.total > 150
    assert sum(one.total for one in found.units) == 115
    assert (made.items, made.releases) == (115 + 18, found.releases.imported)
    assert newest().action == "import_history"
    assert trail.verify().sound


def test_the_same_list_again_adds_nothing(town: Cast) -> None:
    grow_tree(town)
    the_channels(town)
    imported(town, the_year_2025())
    before = queries.year(2025)
    plan = queries.planned(read(the_year_2025()))
    assert (plan.items, plan.faults) == ([], [])
    assert len(plan.told) == len(the_year_2025())
    with refused("没有新的"):
        imported(town, the_year_2025())
    assert queries.year(2025) == before


def test_a_later_list_may_add_a_channel_and_revoking_goes_backwards(town: Cast) -> None:
    first = a_history(town)
    head = ("洛洞村去年的培训", "洛洞村", "工作动态", "2025-03-04", "")
    rows = [(*head, "佛冈发布", "2025-03-05", ""), (*head, "清远日报", "2025-03-08", "")]
    second = imported(town, rows, "补.xlsx")
    assert (second.items, second.releases) == (0, 1)
    assert [run.channel.name for run in queries.releases_of([db.session.query(PastItem).first().id]).popitem()[1]] == [
        "佛冈发布", "清远日报",
    ]  # fmt: skip
    coordinator = town.actor("coordinator")
    with refused("先撤销后来的"):
        operations.revoke(coordinator, first, first.version, "整份导错了")
    with refused("写明原因"):
        operations.revoke(coordinator, second, second.version, "错")
    operations.revoke(coordinator, second, second.version, "清远日报没有登")
    operations.revoke(coordinator, first, first.version, "整份导错了")
    with refused("已经撤销", Moved):
        operations.revoke(coordinator, first, first.version, "整份导错了")
    assert queries.year(2025).items.total == 0 == queries.year(2025).releases.total
    assert db.session.query(PastRelease).count() == 2
    again = imported(town, rows)
    assert (again.items, again.releases) == (1, 2)
    assert trail.verify().sound


def test_only_the_coordinating_office_and_only_what_was_shown(town: Cast) -> None:
    the_channels(town)
    lines = read([("去年的通告", "B01", "通知公告", "2025-03-06", "", "", "", "")])
    for key in ("reporter", "publisher", "leader"):
        with refused("不能对这一件"):
            operations.import_history(town.actor(key), lines, "a.xlsx", "0", (1, 0))
    with refused("登记册有变动", Moved):
        operations.import_history(town.actor("coordinator"), lines, "a.xlsx", "0", (2, 0))


def test_imported_lines_are_no_duty_and_no_points(town: Cast) -> None:
    the_channels(town)
    day = clock.today()
    quarter = Quarter.containing(day)
    before, owed = statistics.figures(quarter), len(reminders.duties())
    first = quarter.first.isoformat()
    imported(town, [("今年早些的培训", "洛洞村", "工作动态", first, "", "佛冈发布", first, "")])
    assert releases.counted(quarter.first, quarter.last) == []
    assert statistics.figures(quarter) == before
    assert len(reminders.duties()) == owed
    assert queries.year(day.year).releases.imported == 1


def test_house_and_imported_lines_stand_in_one_register(town: Cast) -> None:
    a_history(town)
    release = a_release(town, ReleaseState.RELEASED)
    actor = town.actor("coordinator")
    rows = db.session.execute(queries.register(actor, queries.Choice())).all()
    assert (rows[0].kind, rows[0].id) == ("own", release.id)
    assert {queries.word(row) for row in rows} == {"已发布", "导入（已发布）"}
    assert all(row.at.tzinfo for row in rows)
