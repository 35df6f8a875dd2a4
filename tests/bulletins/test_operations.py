"""A bulletin from its figures to its replacement, by the people whose work it is."""

from datetime import timedelta

import pytest

from tests.builders import surely
from tests.bulletins.bulletins import a_bulletin, accepted, an_objection, issued, last_quarter
from tests.cast import Cast
from tests.scoring.schemes import a_credit, a_scheme_in_force
from tests.statistics.town import an_article
from town_portal.audit import queries as trail
from town_portal.bulletins import operations, queries
from town_portal.bulletins.models import Bulletin
from town_portal.bulletins.rules.lifecycle import BulletinState
from town_portal.foundation import clock
from town_portal.foundation.errors import Forbidden, Moved, Refused
from town_portal.statistics.rules.quarter import Quarter

S = BulletinState


def events(bulletin: Bulletin) -> list[str]:
    return [event.action for event in reversed(trail.timeline("Bulletin", bulletin.id))]


def day_of_quarter() -> str:
    return (last_quarter().first + timedelta(days=20)).isoformat()


def test_the_first_draft_is_bound_to_the_figures_of_its_quarter(town: Cast) -> None:
    a_scheme_in_force(town)
    day = day_of_quarter()
    an_article(town, day, day, day)
    found = a_bulletin(town)
    assert {one.key: one.value for one in found.figures}["town.submitted"] == "1"
    assert "全镇共报送信息1件" in queries.filled(found)
    assert not [spot for spot in queries.spots(found) if spot.open]
    assert events(found) == ["compile_bulletin"]


def test_a_running_quarter_and_a_second_draft_are_refused(town: Cast) -> None:
    a_bulletin(town)
    coordinator = town.actor("coordinator")
    with pytest.raises(Moved, match="已经在编制"):
        operations.compile_bulletin(coordinator, last_quarter())
    with pytest.raises(Refused, match="还没有结束"):
        operations.compile_bulletin(coordinator, Quarter.containing(clock.today()))


def test_without_a_scheme_there_are_no_figures(town: Cast) -> None:
    with pytest.raises(Refused, match="还没有评分办法"):
        operations.compile_bulletin(town.actor("coordinator"), last_quarter())


@pytest.mark.parametrize("key", ["reporter", "head", "leader", "publisher", "auditor", "administrator"])
def test_only_the_coordinating_office_compiles(town: Cast, key: str) -> None:
    with pytest.raises(Forbidden):
        operations.compile_bulletin(town.actor(key), last_quarter())


def test_a_wrong_number_stops_it_until_it_is_bound_or_explained(town: Cast) -> None:
    found, coordinator = a_bulletin(town), town.actor("coordinator")
    operations.revise(
        coordinator, found, found.version, found.title, f"{found.text}\n全镇共报送99件。\n官方共报送98件。"
    )
    with pytest.raises(Refused, match="标红"):
        operations.open_objections(coordinator, found, found.version)
    first, second = (spot for spot in queries.spots(found) if spot.open)
    operations.revise(coordinator, found, found.version, found.title, found.text, bind=first.mark)
    assert "全镇共报送【全镇报送数】件。" in found.text
    with pytest.raises(Refused, match="说明理由"):
        operations.revise(coordinator, found, found.version, found.title, found.text, allow=second.mark)
    operations.revise(
        coordinator, found, found.version, found.title, found.text, allow=second.mark, reason="这是全年的数"
    )
    operations.open_objections(coordinator, found, found.version)
    assert found.state is S.CONSULTING
    assert len(queries.deliveries(found)) == len(found.result.scores) == 5


def test_a_unit_contests_and_agrees_for_itself_alone(town: Cast) -> None:
    found = a_bulletin(town, S.CONSULTING)
    reporter, own, other = town.actor("reporter"), town.unit("C03").id, town.unit("C01").id
    with pytest.raises(Forbidden):
        operations.object_to(reporter, found, other, f"unit-{other}.submitted", "不对")
    with pytest.raises(Refused, match="本单位的一个数字"):
        operations.object_to(reporter, found, own, f"unit-{other}.submitted", "不对")
    with pytest.raises(Refused, match="为什么不对"):
        operations.object_to(reporter, found, own, f"unit-{own}.submitted", " ")
    objection = an_objection(town, found)
    with pytest.raises(Moved, match="正在等答复"):
        an_objection(town, found)
    with pytest.raises(Refused, match="等答复"):
        operations.agree(reporter, found, own)
    operations.answer(
        town.actor("coordinator"), objection, objection.version, accepted=False, reply="那一条在下个季度。"
    )
    operations.agree(reporter, found, own)
    with pytest.raises(Moved, match="已经核对"):
        operations.agree(reporter, found, own)


def test_the_window_ends_with_its_last_day(town: Cast) -> None:
    found = a_bulletin(town, S.CONSULTING)
    assert found.closes_on
    with (
        clock.stopped_at(clock.end_of(found.closes_on) + timedelta(minutes=1)),
        pytest.raises(Moved, match="时间已经过了"),
    ):
        an_objection(town, found)


def test_issuing_is_refused_while_the_window_is_open_an_objection_waits_or_data_are_old(town: Cast) -> None:
    found = a_bulletin(town, S.CONSULTING)
    with pytest.raises(Refused, match="没有核对"):
        operations.issue(surely(town.actor("leader")), found, found.version)
    objection = an_objection(town, found)
    with pytest.raises(Refused, match="1 条异议没有答复"):
        issued(town, found)
    accepted(town, objection)
    with pytest.raises(Refused, match="重新取数"):
        issued(town, found)
    operations.recompile(town.actor("coordinator"), found, found.version)
    assert issued(town, found).state is S.ISSUED


def test_two_persons_compile_and_issue_and_the_second_gives_his_password(town: Cast) -> None:
    found = a_bulletin(town, S.CONSULTING)
    with clock.stopped_at(clock.end_of(found.closes_on or clock.today()) + timedelta(hours=1)):
        with pytest.raises(Refused, match="登录密码"):
            operations.issue(town.actor("leader"), found, found.version)
        with pytest.raises(Forbidden):
            operations.issue(surely(town.actor("coordinator")), found, found.version)
    assert town.person("coordinator").id in found.hands


def test_an_issued_one_is_numbered_frozen_and_bound_to_the_trail(town: Cast) -> None:
    first = a_bulletin(town, S.ISSUED)
    year = clock.local(first.issued_at).year if first.issued_at else 0
    assert first.number == f"汤信公〔{year}〕1号"
    assert first.digest == operations.content_digest(first)
    assert (first.trail_size or 0) > 0
    assert any(first.digest in line for line in queries.proof(first))
    for act in (
        lambda: operations.revise(town.actor("coordinator"), first, first.version, "改", "改"),
        lambda: operations.recompile(town.actor("coordinator"), first, first.version),
        lambda: operations.discard(town.actor("coordinator"), first, first.version, "改"),
    ):
        with pytest.raises(Moved):
            act()
    second = issued(town, a_bulletin(town, S.CONSULTING, last_quarter().previous))
    assert second.serial == 2


def test_later_data_change_nothing_in_it_and_are_told(town: Cast) -> None:
    a_scheme_in_force(town)
    found = a_bulletin(town, S.ISSUED)
    before, digest = queries.paper(found), found.digest
    assert queries.today(found).same
    a_credit(town, "约稿按时交", last_quarter().last)
    unit = town.unit("C03")
    differs = queries.today(found, with_items=True)
    assert {one.subject for one in differs.moved} >= {f"unit-{unit.id}"}
    ((_, items),) = differs.items.items()
    assert [len(one.more) for one in items] == [1]
    assert queries.paper(found) == before
    assert operations.content_digest(found) == digest


def test_a_new_one_says_why_and_takes_the_old_one_s_place(town: Cast) -> None:
    old, coordinator = a_bulletin(town, S.ISSUED), town.actor("coordinator")
    with pytest.raises(Refused, match="为什么要替换"):
        operations.compile_bulletin(coordinator, last_quarter())
    new = operations.compile_bulletin(coordinator, last_quarter(), "洛洞村漏计一条，已核实。")
    operations.open_objections(coordinator, new, new.version)
    assert old.state is S.ISSUED
    issued(town, new)
    assert (old.state, new.state) == (S.REPLACED, S.ISSUED)
    assert queries.replaced_by(old) is new
    assert queries.because(new).startswith(f"本通报替换《{old.number}》")
    assert "洛洞村漏计一条" in str(queries.paper(new).blocks[0])


def test_a_unit_acknowledges_once(town: Cast) -> None:
    found, unit = a_bulletin(town, S.ISSUED), town.unit("C03").id
    operations.acknowledge(town.actor("reporter"), found, unit)
    with pytest.raises(Moved, match="已经签收"):
        operations.acknowledge(town.actor("deputy_reporter"), found, unit)
    with pytest.raises(Forbidden):
        operations.acknowledge(town.actor("other_reporter"), found, unit)
    assert queries.tallies([found])[found.id].acknowledged == 1


def test_rectifications_are_ordered_from_it_and_told_in_the_next(town: Cast) -> None:
    old = a_bulletin(town, S.ISSUED, last_quarter().previous)
    unit = town.unit("C03").id
    ordered = operations.order_rectification(
        town.actor("coordinator"), old, unit, "信息报送不及时", "说明原因并补报。", None
    )
    assert queries.rectified_from(old) == [ordered]
    new = a_bulletin(town)
    assert [row[:3] for row in new.rectified] == [[ordered.number, "洛洞村", "信息报送不及时"]]
    assert "上期以来共下达整改事项1项，已销号0项" in queries.filled(new)
    with pytest.raises(Moved, match="印发以后"):
        operations.order_rectification(town.actor("coordinator"), new, unit, "别的事", "改好。", None)


def test_a_draft_is_thrown_away_with_a_reason(town: Cast) -> None:
    found, coordinator = a_bulletin(town), town.actor("coordinator")
    with pytest.raises(Refused, match="为什么作废"):
        operations.discard(coordinator, found, found.version, "")
    operations.discard(coordinator, found, found.version, "取错了季度")
    assert a_bulletin(town).state is S.COMPILING
