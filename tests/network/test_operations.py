"""Acts on units, people and posts: effect, refusal, the one event, nothing on failure."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.cast import Cast
from town_portal.access.actor import SYSTEM
from town_portal.access.roles import Role
from town_portal.audit import queries as trail
from town_portal.audit.models import AuditEvent
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.foundation.errors import Forbidden, Refused
from town_portal.network import operations, queries
from town_portal.network.models import Person, Post, Unit, UnitKind
from town_portal.network.rules import roster_file

SOON = timedelta(days=7)
PEOPLE_HEAD = list(roster_file.PERSON_HEAD)
UNIT_HEAD = list(roster_file.UNIT_HEAD)


def newest() -> AuditEvent:
    event = db.session.scalar(select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(1))
    assert event is not None
    return event


def detail() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(newest().detail)
    return found


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def refused(database: object) -> Callable[..., None]:
    """Calls an operation that must refuse, with these words, and leave nothing behind."""

    def check(words: str, operation: Callable[..., Any], *values: Any, **named: Any) -> None:
        before = [count(model) for model in (AuditEvent, Unit, Person, Post)]
        with pytest.raises(Refused, match=words):
            operation(*values, **named)
        assert [count(model) for model in (AuditEvent, Unit, Person, Post)] == before
        assert not db.session.dirty

    return check


@pytest.fixture
def reporter_post(town: Cast) -> Post:
    return queries.posts_of_person(town.person("reporter").id)[0]


# -- units ------------------------------------------------------------------------------------


def test_founds_the_thirty_one_units_of_the_town(database: object) -> None:
    units = operations.found_units(SYSTEM)
    assert [sum(unit.kind is kind for unit in units) for kind in UnitKind] == [10, 19, 2]
    assert [unit.code for unit in units if unit.coordinating] == ["B01"]
    assert [unit.code for unit in units if unit.placeholder_name] == [f"B{number:02d}" for number in range(2, 11)]
    assert all(unit.pinyin.isascii() and unit.pinyin for unit in units)
    assert newest().action == "found_units"
    assert detail() == {"count": 31}
    assert trail.verify().sound


def test_founds_units_once(town: Cast, refused: Callable[..., None]) -> None:
    refused("已经有了", operations.found_units, SYSTEM)


def test_only_the_administrator_manages_the_network(town: Cast, refused: Callable[..., None]) -> None:
    for key in ("reporter", "head", "leader", "coordinator", "publisher", "auditor", "idler"):
        actor = town.actor(key)
        with pytest.raises(Forbidden):
            operations.add_person(actor, name="新人", phone_number="13900000001")
        with pytest.raises(Forbidden):
            operations.open_unit(actor, code="C50", name="新村", kind=UnitKind.VILLAGE)
        with pytest.raises(Forbidden):
            operations.rename_person(actor, town.person("idler"), "别人")
    assert queries.person_by_phone("13900000001") is None


def test_opens_a_unit(town: Cast) -> None:
    unit = operations.open_unit(town.actor("administrator"), code="c22", name="示例村", kind=UnitKind.VILLAGE)
    assert (unit.code, unit.full_name, unit.pinyin, unit.coordinating) == ("C22", "示例村", "shilicun", False)
    event = newest()
    assert (event.action, event.subject_kind, event.subject_id) == ("open_unit", "Unit", unit.id)
    assert event.actor_post == "党政和人大办公室 · 系统管理员"


def test_refuses_codes_and_names_that_are_taken(town: Cast, refused: Callable[..., None]) -> None:
    administrator = town.actor("administrator")
    refused("代码“C03”已经有了", operations.open_unit, administrator, code="C03", name="新村", kind=UnitKind.VILLAGE)
    refused(
        "名称“洛洞村”已经有了", operations.open_unit, administrator, code="C30", name="洛洞村", kind=UnitKind.VILLAGE
    )


def test_renaming_confirms_an_example_name(database: object) -> None:
    operations.found_units(SYSTEM)
    unit = queries.unit_by_code("B05")
    assert unit is not None
    operations.rename_unit(SYSTEM, unit, name="乡村振兴办公室")
    assert (unit.name, unit.placeholder_name) == ("乡村振兴办公室", False)
    assert detail()["before"] == "农业农村办公室"


def test_renaming_to_a_taken_name_is_refused(town: Cast, refused: Callable[..., None]) -> None:
    refused("已经有了", operations.rename_unit, town.actor("administrator"), town.unit("C01"), name="洛洞村")
    assert town.unit("C01").name == "汤塘社区"


def test_closes_a_unit_without_posts(town: Cast) -> None:
    administrator = town.actor("administrator")
    unit = operations.open_unit(administrator, code="C22", name="示例村", kind=UnitKind.VILLAGE)
    operations.close_unit(administrator, unit, "并入洛洞村")
    assert unit.closed_on == clock.today()
    assert unit not in queries.units()
    assert detail()["reason"] == "并入洛洞村"


def test_refuses_to_close_what_must_stay(town: Cast, refused: Callable[..., None]) -> None:
    administrator = town.actor("administrator")
    refused("统筹的办公室不能撤销", operations.close_unit, administrator, town.unit("B01"), "x")
    refused("还有 2 个任职没有结束", operations.close_unit, administrator, town.unit("C03"), "x")
    unit = operations.open_unit(administrator, code="C22", name="示例村", kind=UnitKind.VILLAGE)
    refused("请写原因", operations.close_unit, administrator, unit, " ")
    operations.close_unit(administrator, unit, "x")
    refused("已经撤销了", operations.close_unit, administrator, unit, "x")
    refused("已经撤销", operations.appoint, administrator, town.person("idler"), unit, Role.REPORTER, clock.today())


# -- people -----------------------------------------------------------------------------------


def test_adds_a_person(town: Cast) -> None:
    person = operations.add_person(town.actor("administrator"), name="曾 可", phone_number="139 0000 0001")
    assert (person.name, person.phone, person.active) == ("曾可", "13900000001", True)
    assert person.pinyin.startswith("zeng")
    assert "13900000001" not in newest().detail + newest().subject_name


def test_a_phone_belongs_to_one_person(town: Cast, refused: Callable[..., None]) -> None:
    administrator = town.actor("administrator")
    refused("已经是李月娥的", operations.add_person, administrator, name="新人", phone_number=town.phone("reporter"))
    idler = town.person("idler")
    refused("已经是李月娥的", operations.change_phone, administrator, idler, town.phone("reporter"))
    refused("这就是现在用的", operations.change_phone, administrator, idler, town.phone("idler"))
    refused("10 位", operations.change_phone, administrator, idler, "1390000000")


def test_changes_a_phone_and_keeps_the_numbers_out_of_the_trail(town: Cast) -> None:
    operations.change_phone(town.actor("administrator"), town.person("idler"), "13900000009")
    event = newest()
    assert event.action == "change_phone"
    assert not any(digits in event.detail for digits in ("13900000009", town.phone("idler")))
    assert queries.person_by_phone("13900000009") is not None
    assert trail.verify().sound


def test_renames_a_person(town: Cast) -> None:
    person = town.person("idler")
    operations.rename_person(town.actor("administrator"), person, "吴仁志")
    assert (person.name, person.pinyin) == ("吴仁志", "wurenzhi")
    assert detail() == {"before": "无任职"}


def test_disables_and_enables_a_person(town: Cast, refused: Callable[..., None]) -> None:
    administrator, reporter = town.actor("administrator"), town.person("reporter")
    operations.disable_person(administrator, reporter, "调走")
    assert not reporter.active
    assert reporter not in queries.holders(clock.today(), Role.REPORTER, town.unit("C03").id)
    assert town.unit("C03").id in queries.vacancies(clock.today())
    refused("已经停用了", operations.disable_person, administrator, reporter, "x")
    refused("请先恢复", operations.appoint, administrator, reporter, town.unit("B10"), Role.LEADER, clock.today())
    operations.enable_person(administrator, reporter)
    assert reporter in queries.holders(clock.today(), Role.REPORTER, town.unit("C03").id)
    refused("没有停用", operations.enable_person, administrator, reporter)


def test_the_last_administrator_stays(town: Cast, refused: Callable[..., None]) -> None:
    administrator, person = town.actor("administrator"), town.person("administrator")
    refused("不能停用自己", operations.disable_person, administrator, person, "x")
    refused("至少要有一位", operations.disable_person, SYSTEM, person, "x")
    post = queries.posts_of_person(person.id)[0]
    refused("至少要有一位", operations.relieve, administrator, post, clock.today(), "x")
    idler = town.person("idler")
    operations.appoint(administrator, idler, town.unit("B10"), Role.ADMINISTRATOR, clock.today())
    operations.relieve(administrator, post, clock.today(), "轮换")
    assert post.ends_on == clock.today()


def test_the_last_administrator_may_hand_over(town: Cast) -> None:
    post = queries.posts_of_person(town.person("administrator").id)[0]
    operations.hand_over(town.actor("administrator"), post, town.person("idler"), clock.today(), "钥匙都交了")
    assert [held.person.name for held in queries.administrators(clock.today())] == ["无任职"]


# -- posts ------------------------------------------------------------------------------------


def test_appoints(town: Cast) -> None:
    post = operations.appoint(
        town.actor("administrator"), town.person("idler"), town.unit("B01"), Role.REPORTER, clock.today()
    )
    assert post in queries.posts_on(clock.today(), unit_id=town.unit("B01").id)
    event = newest()
    assert (event.action, event.subject_kind, event.unit_id) == ("appoint", "Post", town.unit("B01").id)
    assert event.subject_name == "无任职 任 党政和人大办公室信息员"


def test_appoints_by_the_rules(town: Cast, refused: Callable[..., None]) -> None:
    administrator, today = town.actor("administrator"), clock.today()
    idler = town.person("idler")
    refused("只能设在统筹", operations.appoint, administrator, idler, town.unit("B05"), Role.PUBLISHER, today)
    refused("村（社区）不设", operations.appoint, administrator, idler, town.unit("C03"), Role.HEAD, today)
    refused("专职信息员是李月娥", operations.appoint, administrator, idler, town.unit("C03"), Role.REPORTER, today)
    reporter = town.person("reporter")
    refused("已经是洛洞村的信息员", operations.appoint, administrator, reporter, town.unit("C03"), Role.REPORTER, today)
    refused("三员分立", operations.appoint, administrator, reporter, town.unit("B01"), Role.AUDITOR, today)
    auditor = town.person("auditor")
    refused("三员分立", operations.appoint, administrator, auditor, town.unit("B10"), Role.REPORTER, today)
    refused("三员分立", operations.appoint, administrator, auditor, town.unit("B01"), Role.ADMINISTRATOR, today)


def test_relieves_and_ends_the_covers_with_the_post(town: Cast, reporter_post: Post) -> None:
    administrator, today = town.actor("administrator"), clock.today()
    running = operations.cover(administrator, reporter_post, town.person("idler"), today, today + SOON, "产假")
    operations.cover(
        administrator, reporter_post, town.person("other_head"), today + 2 * SOON, today + 3 * SOON, "外出"
    )
    operations.relieve(administrator, reporter_post, today, "调走")
    assert (reporter_post.ends_on, running.ends_on) == (today, today)
    assert queries.covers_of(reporter_post) == [running]
    assert detail()["covers_ended"] == 2
    assert trail.verify().sound


def test_refuses_a_last_day_that_makes_no_sense(town: Cast, reporter_post: Post, refused: Callable[..., None]) -> None:
    administrator = town.actor("administrator")
    refused("不能早于", operations.relieve, administrator, reporter_post, date(2024, 12, 31), "x")
    operations.relieve(administrator, reporter_post, date(2026, 1, 31), "调走")
    refused("就到期", operations.relieve, administrator, reporter_post, date(2026, 2, 1), "x")


def test_a_cover_stands_in_for_a_time(town: Cast, reporter_post: Post) -> None:
    today = clock.today()
    post = operations.cover(
        town.actor("administrator"), reporter_post, town.person("idler"), today, today + SOON, "产假"
    )
    assert (post.role, post.unit_id, post.acting_for, post.reason) == (
        Role.REPORTER, reporter_post.unit_id, reporter_post.person, "产假",
    )  # fmt: skip
    assert town.person("idler") in queries.holders(today + SOON, Role.REPORTER, post.unit_id)
    assert town.person("idler") not in queries.holders(today + SOON + timedelta(days=1), Role.REPORTER, post.unit_id)
    assert detail()["absent"] == "李月娥"


def test_refuses_covers_the_rules_refuse(town: Cast, reporter_post: Post, refused: Callable[..., None]) -> None:
    administrator, today = town.actor("administrator"), clock.today()
    idler = town.person("idler")
    arguments = (administrator, reporter_post)
    refused("不能自己顶自己", operations.cover, *arguments, reporter_post.person, today + SOON, today + SOON, "x")
    refused("被顶岗的人", operations.cover, *arguments, idler, date(2024, 1, 1), date(2024, 2, 1), "x")
    refused("请写原因", operations.cover, *arguments, idler, today, today, "")
    refused("结束日期不能早于", operations.cover, *arguments, idler, today, today - SOON, "x")
    refused("三员分立", operations.cover, *arguments, town.person("auditor"), today, today, "x")
    cover = operations.cover(*arguments, idler, today, today, "x")
    refused("不能再由别人顶", operations.cover, administrator, cover, town.person("head"), today, today, "x")
    refused("不用交接", operations.hand_over, administrator, cover, town.person("head"), today, "x")


def test_hands_over_with_a_record(town: Cast, reporter_post: Post) -> None:
    today, idler = clock.today(), town.person("idler")
    successor = operations.hand_over(
        town.actor("administrator"), reporter_post, idler, today, "资料在柜子里", {"草稿": 3, "退回": 1}
    )
    assert reporter_post.ends_on == today - timedelta(days=1)
    assert (successor.starts_on, successor.ends_on, successor.role, successor.deputy) == (
        today, None, Role.REPORTER, False,
    )  # fmt: skip
    assert newest().action == "hand_over"
    assert detail() == {
        "from_person": "李月娥",
        "to_person": "无任职",
        "day": today.isoformat(),
        "note": "资料在柜子里",
        "open_items": {"草稿": 3, "退回": 1},
    }


def test_a_deputy_takes_over(town: Cast, reporter_post: Post) -> None:
    today, deputy = clock.today(), town.person("deputy_reporter")
    operations.hand_over(town.actor("administrator"), reporter_post, deputy, today, "接任")
    held = [(post.deputy, post.ends_on) for post in queries.posts_of_person(deputy.id)]
    assert held == [(False, None), (True, today - timedelta(days=1))]


def test_a_cover_takes_over(town: Cast, reporter_post: Post) -> None:
    administrator, today, idler = town.actor("administrator"), clock.today(), town.person("idler")
    operations.cover(administrator, reporter_post, idler, today - SOON, today + SOON, "病假")
    operations.hand_over(administrator, reporter_post, idler, today, "接任")
    (new, old) = queries.posts_of_person(idler.id)
    assert (new.acting_for_id, new.starts_on, old.ends_on) == (None, today, today - timedelta(days=1))


def test_refuses_a_hand_over_that_makes_no_sense(town: Cast, reporter_post: Post, refused: Callable[..., None]) -> None:
    administrator, today = town.actor("administrator"), clock.today()
    hand_over = operations.hand_over
    refused("不能交接给自己", hand_over, administrator, reporter_post, reporter_post.person, today, "x")
    refused("请写交接说明", hand_over, administrator, reporter_post, town.person("idler"), today, " ")
    refused("三员分立", hand_over, administrator, reporter_post, town.person("auditor"), today, "x")
    refused("不能早于", hand_over, administrator, reporter_post, town.person("idler"), date(2025, 1, 1), "x")
    operations.relieve(administrator, reporter_post, today, "x")
    refused("直接任命新人", hand_over, administrator, reporter_post, town.person("idler"), today + SOON, "x")


# -- rosters ----------------------------------------------------------------------------------


def test_imports_units(town: Cast) -> None:
    rows = [
        UNIT_HEAD,
        ["C22", "示例村", "村", "", "", ""],
        ["B11", "示例办公室", "办公室", "汤塘镇示例办公室", "", "否"],
    ]
    units = operations.import_units(town.actor("administrator"), rows)
    assert [unit.name for unit in units] == ["示例村", "示例办公室"]
    assert newest().action == "import_units"
    assert detail() == {"codes": ["C22", "B11"], "count": 2}


def test_imports_no_unit_when_one_line_is_wrong(town: Cast, refused: Callable[..., None]) -> None:
    rows = [
        UNIT_HEAD,
        ["C22", "示例村", "村", "", "", ""],
        ["C22", "另一村", "村", "", "", ""],
        ["C03", "洛洞村", "村", "", "", ""],
        ["B12", "第二统筹办", "办公室", "", "", "是"],
    ]
    with pytest.raises(Refused) as refusal:
        operations.import_units(town.actor("administrator"), rows)
    for words in (
        "一行也没有导入",
        "第 3 行：代码“C22”第 2 行已经有了",
        "第 4 行：代码“C03”系统里已经有了",
        "第 4 行：名称“洛洞村”系统里已经有了",
        "第 5 行：统筹的办公室只能有一个",
    ):
        assert words in refusal.value.reason
    assert queries.unit_by_code("C22") is None


def test_a_village_does_not_coordinate(database: object) -> None:
    with pytest.raises(Refused, match="统筹的只能是办公室"):
        operations.import_units(SYSTEM, [UNIT_HEAD, ["C01", "汤塘社区", "社区", "", "", "是"]])


def test_imports_people_with_their_posts(town: Cast) -> None:
    rows = [
        PEOPLE_HEAD,
        ["新人甲", "13900000001", "汤塘社区", "信息员", "是", "2026-04-01", ""],
        ["新人甲", "13900000001", "B10", "信息员", "是", "", ""],
        ["新人乙", "13900000002", "", "", "", "", ""],
        ["无任职", town.phone("idler"), "B01", "信息员", "", "", ""],
    ]
    people = operations.import_people(town.actor("administrator"), rows)
    assert [person.name for person in people] == ["新人甲", "新人乙", "无任职"]
    assert len(queries.posts_of_person(people[0].id)) == 2
    assert queries.holders(clock.today(), Role.REPORTER, town.unit("B01").id) == [town.person("idler")]
    assert newest().action == "import_people"
    assert detail() == {"names": ["新人甲", "新人乙", "无任职"], "people": 3, "posts": 3}
    assert trail.verify().sound


def test_imports_nobody_when_one_line_is_wrong(town: Cast) -> None:
    rows = [
        PEOPLE_HEAD,
        ["新人甲", "13900000001", "B01", "信息员", "", "", ""],
        ["新人乙", "13900000002", "B01", "信息员", "", "", ""],
        ["新人丙", "13900000003", "没有的村", "信息员", "", "", ""],
        ["别的名", town.phone("reporter"), "", "", "", "", ""],
        ["新人甲", "13900000001", "B01", "系统管理员", "", "", ""],
        ["李月娥", town.phone("reporter"), "", "", "", "", ""],
        ["新人丁", "1390000000", "", "", "", "", ""],
        ["钟应急", town.phone("other_head"), "B10", "信息员", "是", "", ""],
    ]
    operations.disable_person(SYSTEM, town.person("other_head"), "离职")
    before = [count(model) for model in (AuditEvent, Person, Post)]
    with pytest.raises(Refused) as refusal:
        operations.import_people(town.actor("administrator"), rows)
    for words in (
        "第 3 行：党政和人大办公室",
        "第 4 行：没有“没有的村”这个单位",
        "第 5 行：这个手机号已经是李月娥的",
        "第 6 行：新人甲",
        "第 7 行：李月娥已经有了，没有要加的任职",
        "第 8 行：手机号要 11 位，您填了 10 位",
        "第 9 行：钟应急已经停用",
    ):
        assert words in refusal.value.reason
    assert [count(model) for model in (AuditEvent, Person, Post)] == before


def test_imports_need_the_administrator(town: Cast) -> None:
    with pytest.raises(Forbidden):
        operations.import_units(town.actor("coordinator"), [UNIT_HEAD, ["C22", "示例村", "村", "", "", ""]])
    with pytest.raises(Forbidden):
        operations.import_people(town.actor("coordinator"), [PEOPLE_HEAD, ["新人", "13900000001"]])


def test_taking_the_roster_out_is_recorded(town: Cast) -> None:
    rows = operations.export_people(town.actor("administrator"))
    assert rows[0] == roster_file.PERSON_HEAD
    assert newest().action == "export_people"
    assert detail() == {"lines": len(rows) - 1}
    assert "13800000001" not in newest().detail
    with pytest.raises(Forbidden):
        operations.export_people(town.actor("coordinator"))


# -- leaves -----------------------------------------------------------------------------------


def test_everybody_writes_down_his_own_leave_and_ends_it(town: Cast, refused: Callable[..., None]) -> None:
    today, reporter = clock.today(), town.person("reporter")
    leave = operations.take_leave(town.actor("reporter"), reporter, today - SOON, today + SOON, " 年休 ")
    assert (leave.reason, newest().action) == ("年休", "take_leave")
    refused("日期重叠", operations.take_leave, town.actor("reporter"), reporter, today, today)
    operations.end_leave(town.actor("reporter"), leave, leave.version)
    assert (leave.ends_on, leave.cancelled) == (today - timedelta(days=1), False)
    refused("已经结束", operations.end_leave, town.actor("reporter"), leave, leave.version)
    coming = operations.take_leave(town.actor("reporter"), reporter, today + SOON, today + SOON)
    operations.end_leave(town.actor("reporter"), coming, coming.version)
    assert coming.cancelled
    assert queries.away(today) == []


def test_a_leave_is_refused(town: Cast, refused: Callable[..., None]) -> None:
    today, reporter, actor = clock.today(), town.person("reporter"), town.actor("reporter")
    refused("不能早于", operations.take_leave, actor, reporter, today, today - SOON)
    refused("已经过去", operations.take_leave, actor, reporter, today - SOON, today - timedelta(days=1))
    refused("最多 100 个字", operations.take_leave, actor, reporter, today, today, "长" * 101)
    with pytest.raises(Forbidden):
        operations.take_leave(town.actor("coordinator"), reporter, today, today)
    operations.take_leave(town.actor("administrator"), reporter, today, today)
