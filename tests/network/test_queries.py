"""Questions to the network."""

from datetime import date, timedelta

from sqlalchemy import event

from tests.cast import Cast
from tests.statements import statements
from town_portal.access.actor import SYSTEM
from town_portal.access.roles import Role
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.network import operations, queries
from town_portal.network.rules import roster_file


def test_the_map_shows_every_unit_with_its_posts(town: Cast) -> None:
    lines = {line.unit.code: line for line in queries.network_map(clock.today())}
    assert list(lines) == ["B01", "B05", "B10", "C01", "C03"]
    assert [post.person.name for post in lines["C03"].reporters] == ["李月娥"]
    assert [post.person.name for post in lines["C03"].deputies] == ["黄永强"]
    assert [post.person.name for post in lines["B05"].heads] == ["陈志明", "何思源"]
    assert [post.person.name for post in lines["B05"].leaders] == ["林副镇长"]
    assert lines["B01"].vacancy is not None
    assert lines["C03"].vacancy is None


def test_the_map_costs_a_fixed_number_of_statements(town: Cast) -> None:
    counted: list[str] = []
    town.unit("B01")

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        counted.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        queries.network_map(clock.today())
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert len([statement for statement in counted if statement.startswith("SELECT")]) == 2


def test_vacancies_by_day(town: Cast) -> None:
    today = clock.today()
    assert list(queries.vacancies(today)) == [town.unit("B01").id]
    assert len(queries.vacancies(date(2024, 1, 1))) == 5
    post = queries.posts_of_person(town.person("reporter").id)[0]
    operations.relieve(SYSTEM, post, today, "调走")
    tomorrow = today + timedelta(days=1)
    assert queries.vacancies(tomorrow)[town.unit("C03").id].deputy


def test_disabled_people_fill_no_post(town: Cast) -> None:
    operations.disable_person(SYSTEM, town.person("reporter"), "离职")
    assert town.unit("C03").id in queries.vacancies(clock.today())
    assert town.person("reporter").id in queries.current_posts_by_person(clock.today())


def test_posts_newest_first(town: Cast) -> None:
    idler, unit = town.person("idler"), town.unit("B01")
    for year in (2025, 2026):
        operations.appoint(SYSTEM, idler, unit, Role.REPORTER, date(year, 1, 1), date(year, 12, 31))
    assert [post.starts_on.year for post in queries.posts_of_person(idler.id)] == [2026, 2025]


def test_a_persons_story_holds_his_posts_too(town: Cast) -> None:
    idler = town.person("idler")
    operations.rename_person(SYSTEM, idler, "吴仁志")
    operations.appoint(SYSTEM, idler, town.unit("B01"), Role.REPORTER, clock.today())
    assert [entry.action for entry in queries.story_of(idler)] == ["appoint", "rename_person"]
    assert [entry.action for entry in queries.story_of(town.person("head"))] == []


def test_what_is_exported_can_be_imported(database: object) -> None:
    operations.found_units(SYSTEM)
    lines, faults = roster_file.unit_lines(queries.unit_rows())
    assert not faults
    assert len(lines) == 31
    assert lines[0].coordinating


def test_the_roster_holds_active_people_and_their_own_posts(town: Cast) -> None:
    today = clock.today()
    post = queries.posts_of_person(town.person("reporter").id)[0]
    operations.cover(SYSTEM, post, town.person("idler"), today, today, "病假")
    operations.disable_person(SYSTEM, town.person("deputy_reporter"), "离职")
    rows = {(row[0], row[2], row[3]) for row in queries.person_rows(today)}
    assert ("无任职", "", "") in rows
    assert ("两顶帽", "应急管理办公室", "部门负责人") in rows
    assert not any(name == "黄永强" for name, *_ in rows)


def test_people_sort_by_pinyin(database: object) -> None:
    for number, name in enumerate(("张三", "曾可", "李四", "单小雨")):
        operations.add_person(SYSTEM, name=name, phone_number=f"1390000000{number}")
    assert [person.name for person in queries.people()] == ["李四", "单小雨", "曾可", "张三"]


def test_who_is_away_and_who_does_his_work(town: Cast) -> None:
    today, later = clock.today(), clock.today() + timedelta(days=5)
    operations.take_leave(SYSTEM, town.person("reporter"), today, later)
    operations.take_leave(SYSTEM, town.person("other_reporter"), today + timedelta(days=2), later)
    covered, bare = queries.away(today)
    assert (covered.covers, covered.bare) == (("黄永强",), False)
    assert [(post.unit, post.bare_since) for post in bare.posts] == [("汤塘社区", today + timedelta(days=2))]
    assert [one.leave.person.name for one in queries.away(today, town.person("reporter").id)] == ["李月娥"]
    post = queries.posts_of_person(town.person("other_reporter").id)[0]
    assert post.id not in queries.away_by_post(today)
    operations.cover(SYSTEM, post, town.person("idler"), today + timedelta(days=2), later, "年休")
    line = queries.away_by_post(later)[post.id][1]
    assert (line.covers, line.bare_since) == (("无任职",), None)


def test_away_costs_a_fixed_number_of_statements(town: Cast) -> None:
    today = clock.today()
    queries.units()
    with statements() as few:
        assert queries.away(today) == []
    for key in ("reporter", "head", "leader", "publisher"):
        operations.take_leave(SYSTEM, town.person(key), today, today)
    queries.units()
    with statements() as more:
        assert len(queries.away(today)) == 4
    assert (len(few), len(more)) == (1, 3)


def test_a_post_of_somebody_switched_off_ends_with_the_day_before(town: Cast) -> None:
    operations.disable_person(SYSTEM, town.person("reporter"), "离职")
    ends = {one.person_name: one.ends_on for one in queries.tenures()}
    assert ends["李月娥"] == clock.today() - timedelta(days=1)
    assert ends["黄永强"] is None
