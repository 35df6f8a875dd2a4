"""Two persons for every scheme and every credit; what was recorded stays."""

from datetime import timedelta

import pytest

from tests.builders import surely
from tests.cast import Cast
from tests.scoring.schemes import a_credit, a_scheme_in_force
from tests.statistics.town import at
from town_portal.audit import queries as trail
from town_portal.foundation import clock
from town_portal.foundation.errors import Forbidden, Refused
from town_portal.reminders import queries as reminders
from town_portal.scoring import operations, queries
from town_portal.scoring.models import SchemeVersion, Verdict
from town_portal.statistics.rules.quarter import Quarter

Q1, Q2, Q3 = Quarter(2026, 1), Quarter(2026, 2), Quarter(2026, 3)


def proposed(cast: Cast, quarter: Quarter = Q2, **changes: object) -> SchemeVersion:
    """A proposal that waits."""
    plain = queries.shipped().to_plain() | changes
    return operations.propose(cast.actor("coordinator"), plain, quarter, "按今年的要求")


def test_a_scheme_holds_from_its_quarter_once_another_confirmed_it(town: Cast) -> None:
    with at("2026-04-02"):
        version = proposed(town)
        assert queries.version_for(Q2) is None and queries.waiting_scheme() == version
        operations.confirm(surely(town.actor("leader")), version)
        assert queries.version_for(Q2) == version and queries.version_for(Q1) is None
        assert trail.verify().sound


def test_versions_follow_each_other(town: Cast) -> None:
    with at("2026-02-02"):
        first = a_scheme_in_force(town, since="2026-1")
    with at("2026-05-02"):
        second = proposed(town, Q3, pass_mark="70")
        operations.confirm(surely(town.actor("principal")), second)
        assert (queries.version_for(Q2), queries.version_for(Q3)) == (first, second)
        assert (first.number, second.number) == (1, 2)
    with at("2026-05-03"):
        third = proposed(town, Q3, pass_mark="65")
        operations.confirm(surely(town.actor("leader")), third)
        assert queries.version_for(Q3) == third


def test_nobody_confirms_his_own(town: Cast) -> None:
    with at("2026-04-02"):
        version = proposed(town)
        with pytest.raises(Forbidden):
            operations.confirm(surely(town.actor("coordinator")), version)


@pytest.mark.parametrize("key", ["reporter", "head", "publisher", "administrator", "auditor", "leader"])
def test_only_the_coordinating_office_proposes(town: Cast, key: str) -> None:
    with pytest.raises(Forbidden):
        operations.propose(town.actor(key), queries.shipped().to_plain(), Quarter.containing(clock.today()), "改")


def test_what_is_not_to_be_proposed(town: Cast) -> None:
    with at("2026-05-02"):
        with pytest.raises(Refused, match="为什么要改"):
            operations.propose(town.actor("coordinator"), queries.shipped().to_plain(), Q2, " ")
        a_scheme_in_force(town, since="2026-1")
        with pytest.raises(Refused, match="没有要改的地方"):
            proposed(town, Q2)
        with pytest.raises(Refused, match="已经结束的季度"):
            proposed(town, Q1, pass_mark="70")
        proposed(town, Q2, pass_mark="70")
        with pytest.raises(Refused, match="在等确认"):
            proposed(town, Q2, pass_mark="75")


def test_a_proposal_is_decided_once(town: Cast) -> None:
    with at("2026-04-02"):
        version = proposed(town)
        with pytest.raises(Refused, match="为什么不同意"):
            operations.reject(surely(town.actor("leader")), version, "")
        operations.reject(surely(town.actor("leader")), version, "达标线太低")
        assert queries.waiting_scheme() is None and queries.version_for(Q2) is None
        for decide in (operations.confirm, lambda actor, one: operations.reject(actor, one, "再想想")):
            with pytest.raises(Refused, match="已经办过"):
                decide(surely(town.actor("principal")), version)


def test_a_proposal_whose_quarter_went_by_is_not_confirmed(town: Cast) -> None:
    with at("2026-02-02"):
        a_scheme_in_force(town, since="2026-1")
    with at("2026-06-30"):
        version = proposed(town, Q2, pass_mark="70")
    with at("2026-07-01"), pytest.raises(Refused, match="已经结束"):
        operations.confirm(surely(town.actor("leader")), version)


# -- credits -------------------------------------------------------------------------------------


def test_a_credit_needs_two_persons_evidence_and_a_matter_of_the_scheme(town: Cast) -> None:
    a_scheme_in_force(town)
    coordinator, unit, today = town.actor("coordinator"), town.unit("C03"), clock.today()
    for given, words in (
        ({"matter": "没有的事"}, "没有“没有的事”"),
        ({"words": " "}, "什么事"),
        ({"evidence": ""}, "依据"),
        ({"happened_on": today + timedelta(days=1)}, "不能晚于今天"),
        ({"times": 0}, "次数"),
        ({"words": "字" * 501}, "太长"),
    ):
        said = {"matter": "约稿按时交", "happened_on": today, "words": "约稿", "evidence": "约稿函", "times": 1} | given
        with pytest.raises(Refused, match=words):
            operations.enter_credit(coordinator, unit, **said)  # type: ignore[arg-type]
    entered = operations.enter_credit(coordinator, unit, "约稿按时交", today, "约稿", "约稿函")
    assert entered.verdict is None and entered.number == f"{today.year}-001"
    with pytest.raises(Forbidden):
        operations.confirm_credit(coordinator, entered)
    operations.confirm_credit(town.actor("leader"), entered)
    assert queries.verdict_of(entered.id) is Verdict.CONFIRMED
    with pytest.raises(Refused, match="已经办过"):
        operations.reject_credit(town.actor("leader"), entered, "晚了")


def test_without_a_scheme_nothing_is_entered(town: Cast) -> None:
    with pytest.raises(Refused, match="还没有评分办法"):
        operations.enter_credit(town.actor("coordinator"), town.unit("C03"), "约稿按时交", clock.today(), "约稿", "函")


def test_a_credit_is_rejected_or_revoked_with_a_reason(town: Cast) -> None:
    a_scheme_in_force(town)
    leader = town.actor("leader")
    entered = operations.enter_credit(
        town.actor("coordinator"), town.unit("C03"), "约稿按时交", clock.today(), "约稿", "函"
    )
    with pytest.raises(Refused, match="为什么不同意"):
        operations.reject_credit(leader, entered, "")
    operations.reject_credit(leader, entered, "没有交")
    with pytest.raises(Refused, match="已经确认"):
        operations.revoke_credit(leader, entered, "登错")
    other = a_credit(town, "约稿按时交", clock.today())
    with pytest.raises(Refused, match="为什么撤销"):
        operations.revoke_credit(leader, other, " ")
    operations.revoke_credit(leader, other, "登错单位")
    assert queries.verdict_of(other.id) is Verdict.REVOKED and other.number.endswith("-002")
    with pytest.raises(Refused, match="已经确认"):
        operations.revoke_credit(leader, other, "再撤")
    assert trail.verify().sound


def test_what_waits_is_a_duty_of_a_leader(town: Cast) -> None:
    a_scheme_in_force(town)
    operations.enter_credit(town.actor("coordinator"), town.unit("C03"), "约稿按时交", clock.today(), "约稿", "函")
    operations.propose(
        town.actor("coordinator"),
        queries.shipped().to_plain() | {"pass_mark": "70"},
        Quarter.containing(clock.today()),
        "提高达标线",
    )
    whats = {duty.what for duty in reminders.duties()}
    assert {"洛洞村的加减分：约稿按时交", "确认第 2 版评分办法"} <= whats
