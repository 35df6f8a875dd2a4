"""Acts on settings."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.cast import Cast
from town_portal.access.actor import HeldPost
from town_portal.access.roles import Role
from town_portal.audit.models import AuditEvent
from town_portal.audit.queries import head_seq, verify
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.foundation.errors import Forbidden, Refused, Stale
from town_portal.settings import operations, queries
from town_portal.settings.models import Setting, SettingState

FIVE = {"days": 5, "count": "working"}
THREE = {"days": 3, "count": "natural"}
SOON = timedelta(days=7)


def proposed(town: Cast, valid_from: datetime | None = None) -> Setting:
    """A proposal of the coordinator's."""
    return operations.propose(town.actor("coordinator"), "golden_days", FIVE, valid_from, "三个自然日来不及")


def newest() -> AuditEvent:
    """The event at the end of the trail."""
    return db.session.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(1)).one()


def test_a_proposal_has_no_force(town: Cast) -> None:
    setting = proposed(town)
    assert setting.state is SettingState.PROPOSED
    assert queries.value("golden_days") == THREE
    event = newest()
    assert (event.action, event.label, event.subject_name) == ("propose_setting", "提出设置", "三天黄金期")
    assert event.actor_name == town.name("coordinator")
    assert verify().sound


@pytest.mark.parametrize("key", ["leader", "principal"])
def test_a_confirmed_value_is_in_force(town: Cast, key: str) -> None:
    setting = proposed(town)
    before = clock.now() - timedelta(seconds=5)
    operations.confirm(town.actor(key), setting, setting.version)
    assert queries.value("golden_days") == FIVE
    assert queries.value("golden_days", before) == THREE
    assert (setting.state, setting.decided_by_id) == (SettingState.CONFIRMED, town.person(key).id)
    assert newest().action == "confirm_setting"
    assert verify().sound


def test_a_value_never_reaches_back_before_its_confirmation(town: Cast) -> None:
    setting = proposed(town)
    with clock.stopped_at(clock.now() + timedelta(days=2)):
        now = clock.now()
        operations.confirm(town.actor("leader"), setting, setting.version)
        assert setting.valid_from == now
        assert queries.value("golden_days", now - timedelta(days=1)) == THREE


def test_a_later_day_is_kept(town: Cast) -> None:
    starts = clock.now() + SOON
    setting = proposed(town, starts)
    operations.confirm(town.actor("leader"), setting, setting.version)
    assert queries.value("golden_days") == THREE
    assert queries.value("golden_days", starts) == FIVE
    assert queries.standing("golden_days").coming is setting


def test_a_rejected_value_never_comes(town: Cast) -> None:
    setting = proposed(town)
    operations.reject(town.actor("leader"), setting, " 先试一个月 ", setting.version)
    assert setting.state is SettingState.REJECTED
    assert queries.value("golden_days") == THREE
    assert queries.hands([setting])[setting.id].refusal == "先试一个月"
    event = newest()
    assert (event.action, event.label) == ("reject_setting", "不同意设置")
    assert proposed(town).state is SettingState.PROPOSED


@pytest.mark.parametrize(
    ("key", "value", "ago", "reason", "words"),
    [
        ("colour", {}, None, "理由", "没有“colour”这项设置"),
        ("golden_days", {"days": 0, "count": "working"}, None, "理由", "要在 1—30 之间"),
        ("golden_days", {"days": 5}, None, "理由", "缺“按什么算”"),
        ("golden_days", FIVE | {"x": 1}, None, "理由", "没有“x”这一项"),
        ("golden_days", FIVE, timedelta(minutes=1), "理由", "不能早于现在"),
        ("golden_days", FIVE, None, "  ", "为什么要改"),
        ("golden_days", THREE, None, "理由", "没有要改的地方"),
    ],
)
def test_what_a_proposal_is_refused_for(
    town: Cast, key: str, value: dict[str, Any], ago: timedelta | None, reason: str, words: str
) -> None:
    before = head_seq()
    valid_from = clock.now() - ago if ago else None
    with pytest.raises(Refused, match=words):
        operations.propose(town.actor("coordinator"), key, value, valid_from, reason)
    assert head_seq() == before
    assert queries.awaiting() == []


def test_one_proposal_at_a_time(town: Cast) -> None:
    proposed(town)
    with pytest.raises(Refused, match="已有一份提议在等确认"):
        proposed(town)
    assert len(queries.awaiting()) == 1


@pytest.mark.parametrize("key", ["reporter", "head", "leader", "administrator", "auditor", "idler"])
def test_only_the_coordinator_proposes(town: Cast, key: str) -> None:
    with pytest.raises(Forbidden):
        operations.propose(town.actor(key), "golden_days", FIVE, None, "理由")


@pytest.mark.parametrize("key", ["reporter", "head", "coordinator", "administrator", "auditor"])
def test_only_a_leader_decides(town: Cast, key: str) -> None:
    setting = proposed(town)
    before = head_seq()
    with pytest.raises(Forbidden):
        operations.confirm(town.actor(key), setting, setting.version)
    with pytest.raises(Forbidden):
        operations.reject(town.actor(key), setting, "不行", setting.version)
    assert head_seq() == before
    assert queries.value("golden_days") == THREE


def test_nobody_confirms_his_own(town: Cast) -> None:
    """A person who holds both posts still needs a second person."""
    leader = town.actor("leader")
    coordinating = HeldPost(0, Role.COORDINATOR, leader.posts[0].unit_id, leader.posts[0].unit_name, "office")
    both = type(leader)(id=leader.id, name=leader.name, posts=(*leader.posts, coordinating))
    setting = operations.propose(both, "golden_days", FIVE, None, "理由")
    with pytest.raises(Refused, match="另一位领导确认"):
        operations.confirm(both, setting, setting.version)
    assert queries.value("golden_days") == THREE
    operations.confirm(town.actor("principal"), setting, setting.version)
    assert queries.value("golden_days") == FIVE


def test_a_decided_proposal_is_done(town: Cast) -> None:
    setting = proposed(town)
    operations.confirm(town.actor("leader"), setting, setting.version)
    with pytest.raises(Refused, match="现在是“已确认”"):
        operations.confirm(town.actor("principal"), setting, setting.version)
    with pytest.raises(Refused, match="现在是“已确认”"):
        operations.reject(town.actor("principal"), setting, "不行", setting.version)


def test_a_rejection_needs_words(town: Cast) -> None:
    setting = proposed(town)
    with pytest.raises(Refused, match="为什么不同意"):
        operations.reject(town.actor("leader"), setting, " ", setting.version)
    assert setting.state is SettingState.PROPOSED


def test_a_page_opened_before_the_decision_is_stale(town: Cast) -> None:
    setting = proposed(town)
    seen = setting.version
    operations.reject(town.actor("leader"), setting, "不行", seen)
    with pytest.raises(Stale):
        operations.confirm(town.actor("principal"), setting, seen)
