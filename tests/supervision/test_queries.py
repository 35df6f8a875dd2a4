"""Gaps, rhythm and columns from rows: the pages and the duties."""

from datetime import timedelta
from typing import Any

import pytest

from tests.builders import a_submission
from tests.cast import Cast
from tests.reminders.duties import TIME, at
from tests.statements import statements
from tests.supervision.order import keep_in_order
from tests.workdays.years import load_shipped
from town_portal.access.actor import SYSTEM
from town_portal.access.roles import Role
from town_portal.accounts import queries as accounts
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.network import operations as network
from town_portal.network.models import UnitKind
from town_portal.publishing import queries as publishing
from town_portal.reminders.rules.limits import DutyLimits
from town_portal.settings import operations as settings
from town_portal.settings.rules.catalogue import CATALOGUE
from town_portal.submissions import queries as submissions
from town_portal.submissions.rules.lifecycle import State
from town_portal.supervision import queries
from town_portal.supervision.rules.freshness import Light
from town_portal.supervision.rules.gaps import GapKind
from town_portal.workflow.duty import Duty, DutyKind

DAY = timedelta(days=1)
K = DutyKind


def limits(town: Cast) -> DutyLimits:
    return DutyLimits(CATALOGUE["duty_limits"].default, TIME, town.unit("B01").id)


def owed(town: Cast, *kinds: DutyKind) -> list[Duty]:
    return [duty for duty in queries.duties(limits(town)) if duty.kind in kinds]


def wanted(town: Cast, key: str, **changes: Any) -> None:
    row = settings.propose(town.actor("coordinator"), key, {**CATALOGUE[key].default, **changes}, None, "试行")
    settings.confirm(town.actor("leader"), row, row.version)


def kinds_of(health: queries.Health) -> dict[str, list[str]]:
    return {one.unit.code: [gap.kind.value for gap in one.gaps] for one in health.units if one.gaps}


# -- the network ---------------------------------------------------------------------------------


def test_every_unit_with_what_is_wrong_there(town: Cast) -> None:
    health = queries.health()
    assert kinds_of(health) == {
        "B01": ["vacancy", "seat"],
        "B05": ["silent", "deputy"],
        "B10": ["silent", "deputy"],
        "C01": ["silent", "deputy"],
        "C03": ["silent"],
    }
    assert (health.administrators, health.sound) == (("管系统",), [])
    assert (health.counts[GapKind.SILENT], health.counts[GapKind.ABSENCE]) == (4, 0)
    assert [one.unit.code for one in health.only(GapKind.VACANCY)] == ["B01"]


def test_who_hands_something_in_is_not_silent(town: Cast) -> None:
    a_submission(town, State.SECOND_REVIEW)
    assert "C03" not in kinds_of(queries.health())
    with clock.stopped_at(clock.now() + 31 * DAY):
        assert kinds_of(queries.health())["C03"] == ["silent"]


def test_a_vacancy_is_owed_by_the_administrator_from_its_first_day(town: Cast) -> None:
    with clock.stopped_at(at("2026-03-02 09:00")):
        keep_in_order(town)
        post = next(post for post in town.person("reporter").posts)
        network.relieve(SYSTEM, post, clock.today(), "调走")
    with clock.stopped_at(at("2026-03-04 09:00")):
        (duty,) = owed(town, K.NETWORK)
    assert duty.what == "洛洞村没有专职信息员"
    assert duty.seat == (Role.ADMINISTRATOR, town.unit("B01").id)
    assert duty.above == (Role.COORDINATOR, town.unit("B01").id)
    assert (duty.page.endpoint, duty.page.number) == ("network.new_post", town.unit("C03").id)
    assert (duty.since, duty.due_at) == (at("2026-03-03 00:00"), at("2026-03-05 17:30"))
    with clock.stopped_at(at("2026-03-09 09:00")):
        assert owed(town, K.NETWORK)[0].key == duty.key
        network.appoint(SYSTEM, town.person("publisher"), town.unit("C03"), Role.REPORTER, clock.today())
        assert owed(town, K.NETWORK) == []


def test_a_unit_that_never_had_a_reporter_counts_from_its_opening(town: Cast) -> None:
    keep_in_order(town)
    with clock.stopped_at(at("2026-03-02 09:00")):
        network.open_unit(town.actor("administrator"), code="C22", name="新村", kind=UnitKind.VILLAGE)
    with clock.stopped_at(at("2026-03-03 09:00")):
        (duty,) = owed(town, K.NETWORK)
    assert (duty.unit, duty.since) == ("新村", at("2026-03-02 09:00"))


def test_a_leave_without_cover_is_owed_three_days_ahead(town: Cast) -> None:
    keep_in_order(town)
    with clock.stopped_at(at("2026-03-02 09:00")):
        monday = clock.today()
        network.take_leave(SYSTEM, town.person("other_reporter"), monday + 7 * DAY, monday + 9 * DAY)
        network.take_leave(SYSTEM, town.person("reporter"), monday, monday + 9 * DAY)  # his deputy is there
        (duty,) = owed(town, K.NETWORK)
        assert (duty.since, duty.due_at) == (at("2026-03-06 00:00"), at("2026-03-09 17:30"))
        assert duty.what == "梁秀兰请假，没有人顶信息员的岗"
        assert duty.page.endpoint == "network.post_cover"
        post = town.person("other_reporter").posts[0]
        network.cover(SYSTEM, post, town.person("publisher"), monday + 7 * DAY, monday + 8 * DAY, "年休")
        (rest,) = owed(town, K.NETWORK)
        assert rest.since == at("2026-03-08 00:00")
        assert kinds_of(queries.health())["C01"][0] == "absence"


# -- rhythm --------------------------------------------------------------------------------------


def test_a_unit_that_is_short_owes_until_the_last_working_day(town: Cast) -> None:
    load_shipped()
    with clock.stopped_at(at("2026-02-03 10:00")):
        (duty,) = [duty for duty in owed(town, K.RHYTHM) if duty.unit == "洛洞村"]
        assert (duty.what, duty.since) == ("本月还差 2 篇，已报 0 篇", at("2026-02-01 00:00"))
        assert duty.due_at == at("2026-02-28 17:30")  # a Saturday that is worked
        assert (duty.seat, duty.above) == (
            (Role.REPORTER, town.unit("C03").id),
            (Role.COORDINATOR, town.unit("B01").id),
        )
        a_submission(town, State.SECOND_REVIEW)
        a_submission(town, State.DRAFT)
        (again,) = [duty for duty in owed(town, K.RHYTHM) if duty.unit == "洛洞村"]
        assert (again.what, again.since) == ("本月还差 1 篇，已报 1 篇", clock.now())
        assert again.key != duty.key
        (office,) = [duty for duty in owed(town, K.RHYTHM) if duty.unit == "农业农村办公室"]
        assert (office.what, office.above) == ("本月还差 3 篇，已报 0 篇", (Role.HEAD, town.unit("B05").id))
        a_submission(town, State.SECOND_REVIEW)
        assert "洛洞村" not in {duty.unit for duty in owed(town, K.RHYTHM)}
    with clock.stopped_at(at("2026-03-02 10:00")):
        assert "洛洞村" in {duty.unit for duty in owed(town, K.RHYTHM)}


def test_where_nobody_is_at_work_the_gap_is_the_networks(town: Cast) -> None:
    assert "党政和人大办公室" not in {duty.unit for duty in owed(town, K.RHYTHM)}
    network.take_leave(SYSTEM, town.person("other_reporter"), clock.today(), clock.today())
    assert "汤塘社区" not in {duty.unit for duty in owed(town, K.RHYTHM)}


def test_a_listed_column_is_wanted_once_a_quarter(town: Cast) -> None:
    wanted(town, "rhythm", listed={"columns": ["洛洞村：通知公告", "没有的村：通知公告"]})
    assert queries.listed().unknown == ("没有的村：通知公告",)
    (duty,) = [duty for duty in owed(town, K.RHYTHM) if "通知公告" in duty.what]
    assert duty.what == "本季度“通知公告”还差 1 篇，已报 0 篇"
    assert (duty.page.endpoint, duty.page.values) == ("submissions.blank", {"column": town.column("tzgg").id})
    a_submission(town, State.SECOND_REVIEW, column_id=town.column("tzgg").id)
    assert not [duty for duty in owed(town, K.RHYTHM) if "通知公告" in duty.what]
    (total, column) = queries.standings({town.unit("C03").id: "village"})
    assert (total.filed, column.filed, column.missing) == (1, 1, 0)


def test_progress_of_every_unit(town: Cast) -> None:
    assert [unit.code for unit, _ in queries.progress()] == ["B01", "B05", "B10", "C01", "C03"]
    nothing = {"items": 0, "period": "month"}
    wanted(town, "rhythm", village=nothing, office=nothing)
    assert queries.progress() == []


def test_a_correction_is_not_counted(town: Cast) -> None:
    a_submission(town, State.SECOND_REVIEW)
    (row,) = submissions.handed_in([clock.now() - DAY, clock.now() + DAY])
    assert (row.unit_id, row.counts) == (town.unit("C03").id, (1, 0))
    assert set(submissions.last_handed_in()) == {town.person("reporter").id}
    assert accounts.last_seen() == {}


# -- columns -------------------------------------------------------------------------------------


def lights() -> dict[str, Light]:
    return {one.column.code: one.fresh.light for one in queries.column_health()}


def test_columns_grow_old_and_the_coordinator_is_told_before(town: Cast) -> None:
    network.appoint(SYSTEM, town.person("idler"), town.unit("B01"), Role.REPORTER, clock.today())
    with clock.stopped_at(at("2026-03-02 10:00")):
        a_submission(town, State.PUBLISHED)
        a_submission(town, State.PUBLISHED, column_id=town.column("tzgg").id)
        assert lights() == {"gzdt": Light.GREEN, "tzgg": Light.GREEN}
        assert owed(town, K.COLUMN) == []
    with clock.stopped_at(at("2026-03-14 10:00")):
        (duty,) = owed(town, K.COLUMN)
        assert (duty.what, duty.seat[0]) == ("“工作动态”要更新了", Role.COORDINATOR)
        assert (duty.since, duty.due_at) == (at("2026-03-14 00:00"), at("2026-03-16 17:30"))
        assert duty.words == "12 天前更新，还剩 2 天。没有指定对口办公室，请先指定。"
    with clock.stopped_at(at("2026-03-17 10:00")):
        assert lights()["gzdt"] is Light.RED
        a_submission(town, State.PUBLISHED)
        assert lights()["gzdt"] is Light.GREEN
    with clock.stopped_at(at("2026-12-01 10:00")):
        notices = next(duty for duty in owed(town, K.COLUMN) if "通知公告" in duty.what)
    assert notices.words.endswith("请党政和人大办公室报送（信息员无任职）。")


def test_an_empty_column_is_owed_from_its_opening(town: Cast) -> None:
    assert set(lights().values()) == {Light.BLANK}
    duty = owed(town, K.COLUMN)[0]
    assert (duty.what, clock.day_of(duty.since)) == ("“工作动态”是空白栏目", clock.day_of(at("2025-01-02 12:00")))
    a_submission(town, State.WITHDRAWN)
    assert lights()["gzdt"] is Light.BLANK


def test_the_newest_article_of_each_column(town: Cast) -> None:
    a_submission(town, State.PUBLISHED, title="洛洞村开展春耕农技培训")
    with clock.stopped_at(clock.now() + DAY):
        a_submission(town, State.PUBLISHED, title="洛洞村开展夏收农技培训")
        newest = {one.code: one.title for one in publishing.newest_by_column()}
    assert newest == {"gzdt": "洛洞村开展夏收农技培训", "tzgg": None}


# -- what it costs -------------------------------------------------------------------------------


@pytest.mark.parametrize("more", [0, 26])
def test_pages_and_duties_cost_a_fixed_number_of_statements(town: Cast, more: int) -> None:
    for number in range(more):
        network.open_unit(
            town.actor("administrator"), code=f"C{number + 30}", name=f"第{number}村", kind=UnitKind.VILLAGE
        )
    network.take_leave(SYSTEM, town.person("other_reporter"), clock.today(), clock.today())
    a_submission(town, State.PUBLISHED)
    terms = limits(town)
    counted = []
    for call in (lambda: queries.duties(terms), queries.health, queries.column_health, queries.progress):
        db.session.rollback()
        with statements() as sent:
            call()
        counted.append(len(sent))
    assert counted == [9, 6, 6, 3]
