"""Acts of a spot check: the list before the seed, the seed before the draw, somebody without a hand in it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.cast import Cast
from tests.events import detail, newest
from tests.refusals import refused
from tests.spot_checks.checks import BAD, GOOD, a_drawn_check, a_plan, a_sealed_check, later_acts, looked_at, published
from town_portal.audit import queries as trail
from town_portal.foundation import clock
from town_portal.foundation.errors import Forbidden, Moved
from town_portal.rectifications import queries as rectifications
from town_portal.rectifications.rules.source import Source
from town_portal.spot_checks import operations, queries
from town_portal.spot_checks.rules.checking import CheckResult
from town_portal.spot_checks.rules.lifecycle import SpotCheckState as S
from town_portal.spot_checks.rules.seed import SeedKind


def test_the_list_is_fixed_before_its_seed_exists(town: Cast) -> None:
    published(town)
    check = a_sealed_check(town)
    assert (check.state, check.seed, check.seed_seq) == (S.SEALED, None, trail.head_seq() + 5)
    assert detail()["digest"] == check.list_digest == check.lots.digest
    with refused("还差 5 条"):
        operations.draw_now(town.actor("coordinator"), check, check.version)
    with refused("先抽完或作废"):
        a_sealed_check(town)
    later_acts(town)
    operations.draw_now(town.actor("coordinator"), check, check.version)
    event = trail.event(check.seed_seq)
    assert event is not None
    assert (check.state, check.seed) == (S.DRAWN, event.digest)
    assert len(check.items) == 2
    assert queries.proof(check).holds
    assert trail.verify().sound
    with refused("检查中", Moved):
        operations.draw_now(town.actor("coordinator"), check, None)


def test_a_public_number_is_announced_first_and_typed_after_its_day(town: Cast) -> None:
    published(town)
    coordinator = town.actor("coordinator")
    plan = replace(a_plan(), seed_kind=SeedKind.PUBLIC, announced="中国体彩排列五第 26312 期")
    with refused("晚于今天"):
        operations.seal(coordinator, replace(plan, announced_on=clock.today()))
    with refused("照着能查到"):
        operations.seal(coordinator, replace(plan, announced="彩票", announced_on=date(2099, 1, 1)))
    day = clock.today() + timedelta(days=2)
    check = operations.seal(coordinator, replace(plan, announced_on=day))
    with refused("日才公布"):
        operations.draw_now(coordinator, check, None, "0 7 3 1 9")
    with clock.stopped_at(clock.instant(day)):
        with refused("只写数字"):
            operations.draw_now(town.actor("coordinator"), check, None, "七三一")
        operations.draw_now(town.actor("coordinator"), check, None, " 0，7 3  1 9")
    assert check.seed == "0 7 3 1 9"
    assert queries.proof(check).holds
    assert queries.proof(check).seed_holds is None


@pytest.mark.parametrize("key", ["reporter", "head", "leader", "principal", "publisher", "administrator", "auditor"])
def test_only_the_coordinating_office_draws(town: Cast, key: str) -> None:
    published(town, 1)
    with refused("组织抽查", Forbidden):
        operations.seal(town.actor(key), a_plan(1))


def test_what_sealing_is_refused_for(town: Cast) -> None:
    coordinator = town.actor("coordinator")
    with refused("没有可以抽的"):
        operations.seal(coordinator, a_plan())
    published(town, 1)
    with refused("1—2 之间"):
        operations.seal(coordinator, a_plan(3))
    with refused("起止日期"):
        operations.seal(coordinator, replace(a_plan(1), last=clock.today() + timedelta(days=1)))


def test_nothing_found_is_recorded_and_what_is_found_opens_what_follows(town: Cast) -> None:
    published(town)
    check = a_drawn_check(town, 4)
    nothing, fault, asked, last = check.items
    looked_at(town, nothing)
    assert (nothing.result, nothing.marks, nothing.checked_on) == (CheckResult.NOTHING, ["good"] * 7, clock.today())
    looked_at(town, fault, CheckResult.FAULT)
    assert fault.fault is not None
    assert (fault.fault.publication_id, fault.fault.source) == (fault.publication_id, f"spot_check:{fault.id}")
    looked_at(town, asked, CheckResult.RECTIFICATION)
    (order,) = rectifications.of_source(Source.SPOT_CHECK, asked.id)
    assert (order.unit_id, "68 人" in order.demand, order.source_words) == (asked.unit_id, True, str(check))
    assert (newest().action, detail()["follows"]) == ("record_spot_check", order.number)
    with refused("已经检查过", Moved):
        looked_at(town, asked)
    with refused("还有 1 条"):
        operations.finish(town.actor("coordinator"), check, None)
    looked_at(town, last)
    operations.finish(town.actor("coordinator"), check, None, "总的情况好，数字还要细核。")
    assert (check.state, check.closed_words) == (S.FINISHED, "总的情况好，数字还要细核。")
    assert trail.verify().sound


def test_whoever_had_a_hand_in_it_does_not_look(town: Cast) -> None:
    published(town, 1)
    for item in a_drawn_check(town, 2).items:
        with refused("您经手过"):
            looked_at(town, item, by="head")
        with refused("您经手过"):
            looked_at(town, item, by="leader")
        for key in ("reporter", "publisher", "auditor"):
            with refused("检查抽中的信息", Forbidden):
                looked_at(town, item, by=key)
        if item.unit.code == "B05":
            with refused("您所在单位"):
                looked_at(town, item, by="second_head")
        looked_at(town, item, by="other_head")


def test_answers_and_result_have_to_agree(town: Cast) -> None:
    published(town, 1)
    item = a_drawn_check(town, 1).items[0]
    actor = town.actor("coordinator")
    with refused("第 7 项还没有填"):
        operations.record(actor, item, None, CheckResult.NOTHING, {n: GOOD[n] for n in range(1, 7)})
    with refused("不能是“没有发现问题”"):
        operations.record(actor, item, None, CheckResult.NOTHING, BAD)
    with refused("标出是哪一项"):
        operations.record(actor, item, None, CheckResult.FAULT, GOOD, "数字写错了")
    with refused("写明发现了什么"):
        operations.record(actor, item, None, CheckResult.FAULT, BAD, "错")


def test_a_list_is_given_up_only_before_its_seed_has_come(town: Cast) -> None:
    published(town)
    check = a_sealed_check(town)
    with refused("为什么作废"):
        operations.abandon(town.actor("coordinator"), check, None, "错")
    operations.abandon(town.actor("coordinator"), check, None, "日期填错了")
    assert (check.state, check.closed_words) == (S.ABANDONED, "日期填错了")
    again = a_sealed_check(town)
    later_acts(town)
    with refused("种子已经出来"):
        operations.abandon(town.actor("coordinator"), again, None, "抽的不好看")
