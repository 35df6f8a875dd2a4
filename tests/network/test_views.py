"""Pages of the network: who may open them, what they show, what their forms do."""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from tests.cast import PEOPLE, Cast
from town_portal.access import policy
from town_portal.access.actor import SYSTEM
from town_portal.access.permissions import Permission as P
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import unit_of_work
from town_portal.foundation import clock
from town_portal.network import queries
from town_portal.network.rules import roster_file

SignedIn = Callable[[str], FlaskClient]

MANAGING = (
    "/network/units/new",
    "/network/units/{unit}/name",
    "/network/units/{unit}/closure",
    "/network/units/{unit}/posts/new",
    "/network/people/new",
    "/network/people/{person}/name",
    "/network/people/{person}/phone",
    "/network/people/{person}/leaves/new",
    "/network/people/{person}/disabling",
    "/network/posts/{post}/relief",
    "/network/posts/{post}/cover",
    "/network/posts/{post}/hand-over",
    "/network/imports",
    "/network/templates/people.csv",
    "/network/templates/units.xlsx",
)
READING = (
    "/network",
    "/network/people",
    "/network/units/{unit}",
    "/network/people/{person}",
    "/network/exports/units.csv",
)


def send(client: FlaskClient, url: str, **data: Any) -> TestResponse:
    """Post a form as a browser does, with the token of its session."""
    page = client.get("/sign-in/again").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    return client.post(url, data={"csrf_token": token[1], **data})


@pytest.fixture
def ids(app: Flask, cast: Cast) -> dict[str, int]:
    """Numbers for addresses: the village, its reporter, his post."""
    with app.app_context():
        person = cast.person("reporter")
        post = queries.posts_of_person(person.id)[0]
        return {"unit": post.unit_id, "person": person.id, "post": post.id, "idler": cast.person("idler").id}


@pytest.fixture
def administrator(signed_in: SignedIn) -> FlaskClient:
    return signed_in("administrator")


@pytest.mark.parametrize("url", READING)
@pytest.mark.parametrize("key", sorted(PEOPLE))
def test_who_may_read(app: Flask, cast: Cast, signed_in: SignedIn, ids: dict[str, int], url: str, key: str) -> None:
    with app.app_context():
        allowed = policy.allows(cast.actor(key).roles, P.NETWORK_READ)
    assert signed_in(key).get(url.format(**ids)).status_code == (200 if allowed else 403)


@pytest.mark.parametrize("url", MANAGING)
def test_who_may_manage(signed_in: SignedIn, ids: dict[str, int], url: str) -> None:
    assert signed_in("administrator").get(url.format(**ids)).status_code == 200
    for key in ("reporter", "coordinator", "auditor", "leader"):
        assert signed_in(key).get(url.format(**ids)).status_code == 403


@pytest.mark.parametrize("url", [*READING, *MANAGING])
def test_a_stranger_is_led_to_the_door(client: FlaskClient, url: str) -> None:
    answer = client.get(url.format(unit=1, person=1, post=1))
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in?next=")


@pytest.mark.parametrize(
    "url", ["/network/units/999", "/network/people/999", "/network/posts/999/relief", "/network/units/999/name"]
)
def test_what_is_not_there_is_404(administrator: FlaskClient, url: str) -> None:
    assert administrator.get(url).status_code == 404


def test_the_map_tells_vacancies(signed_in: SignedIn) -> None:
    page = signed_in("reporter").get("/network").text
    assert "缺专职信息员" in page
    assert "党政和人大办公室" in page
    assert "李月娥" in page
    assert "新设单位" not in page


def test_example_names_are_marked(app: Flask, administrator: FlaskClient, ids: dict[str, int]) -> None:
    with app.app_context(), unit_of_work(SYSTEM) as work:
        unit = queries.unit_by_code("B05")
        assert unit is not None
        unit.placeholder_name = True
        work.record(Action("mark", "标记"), unit)
        number = unit.id
    assert "示例名称，待镇方核定" in administrator.get("/network").text
    assert send(administrator, f"/network/units/{number}/name", name="农业农村办公室").status_code == 303
    assert "示例名称" not in administrator.get("/network").text


def test_phones_are_masked_for_all_but_the_administrator(signed_in: SignedIn, ids: dict[str, int]) -> None:
    for url in (f"/network/people/{ids['person']}", "/network/people", f"/network/units/{ids['unit']}"):
        page = signed_in("coordinator").get(url).text
        assert "13800000001" not in page
    assert "138****0001" in signed_in("coordinator").get("/network/people").text
    assert "13800000001" in signed_in("administrator").get("/network/people").text


def test_a_unit_is_opened_renamed_and_closed(administrator: FlaskClient) -> None:
    opened = send(administrator, "/network/units", code="C22", name="示例村", kind="village")
    assert opened.status_code == 303
    assert "示例村" in administrator.get(opened.location).text
    assert send(administrator, f"{opened.location}/name", name="新名村").status_code == 303
    assert "新名村" in administrator.get(opened.location).text
    assert send(administrator, f"{opened.location}/closure", reason="并村").status_code == 303
    assert "撤销了" in administrator.get(opened.location).text


def test_a_person_is_added_changed_disabled_and_enabled(administrator: FlaskClient) -> None:
    added = send(administrator, "/network/people", name="新人", phone="139 0000 0001")
    assert added.status_code == 303
    assert send(administrator, f"{added.location}/name", name="新人甲").status_code == 303
    assert send(administrator, f"{added.location}/phone", phone="13900000002").status_code == 303
    assert send(administrator, f"{added.location}/disabling", reason="离职").status_code == 303
    page = administrator.get(added.location).text
    assert "已停用，不能登录" in page
    assert "13900000002" in page
    assert send(administrator, f"{added.location}/enabling").status_code == 303
    assert "已停用" not in administrator.get(added.location).text


def test_posts_begin_end_and_change_hands(administrator: FlaskClient, ids: dict[str, int]) -> None:
    today = clock.today()
    covered = send(
        administrator, f"/network/posts/{ids['post']}/cover", person=ids["idler"], reason="产假",
        starts_on=today.isoformat(), ends_on=today.isoformat(),
    )  # fmt: skip
    assert covered.status_code == 303
    assert "代李月娥" in administrator.get(covered.location).text
    handed = send(
        administrator, f"/network/posts/{ids['post']}/hand-over", to_person=ids["idler"], note="接任",
        day=(today + timedelta(days=1)).isoformat(),
    )  # fmt: skip
    assert handed.status_code == 303
    ended = send(administrator, f"/network/posts/{ids['post']}/relief", last_day=today.isoformat(), reason="x")
    assert ended.status_code == 303


def test_an_appointment(administrator: FlaskClient, ids: dict[str, int]) -> None:
    values = {"person": ids["idler"], "role": "reporter", "starts_on": "2026-04-01", "deputy": "y"}
    answer = send(administrator, f"/network/units/{ids['unit']}/posts", **values)
    assert answer.status_code == 303
    assert "无任职" in administrator.get(answer.location).text


def test_the_appointment_form_offers_what_the_unit_has(administrator: FlaskClient, ids: dict[str, int]) -> None:
    page = administrator.get(f"/network/units/{ids['unit']}/posts/new").text
    assert 'value="reporter"' in page
    assert 'value="head"' not in page
    forged = send(administrator, f"/network/units/{ids['unit']}/posts", person=ids["idler"], role="head")
    assert forged.status_code == 422


def test_a_refusal_of_the_rules_stands_above_what_was_typed(administrator: FlaskClient, ids: dict[str, int]) -> None:
    values = {"person": ids["idler"], "role": "reporter", "starts_on": "2026-04-01"}
    answer = send(administrator, f"/network/units/{ids['unit']}/posts", **values)
    assert answer.status_code == 422
    assert "没有办成" in answer.text
    assert "专职信息员是李月娥" in answer.text
    assert 'value="2026-04-01"' in answer.text


@pytest.mark.parametrize(
    ("url", "values", "words"),
    [
        ("/network/units", {"code": "22", "name": "x", "kind": "village"}, "单位代码"),
        ("/network/people", {"name": "新人", "phone": "1390000"}, "手机号要 11 位，您填了 7 位"),
        ("/network/units/{unit}/name", {"name": ""}, "请填单位名称"),
        ("/network/units/{unit}/closure", {"reason": ""}, "请写原因"),
        ("/network/units/{unit}/posts", {"person": "", "role": "reporter"}, "请选一个人"),
        ("/network/people/{person}/name", {"name": "李"}, "姓名要"),
        ("/network/people/{person}/phone", {"phone": ""}, "请填手机号"),
        ("/network/people/{person}/disabling", {"reason": " "}, "请写原因"),
        ("/network/posts/{post}/relief", {"last_day": "", "reason": "x"}, "请填最后一天"),
        ("/network/posts/{post}/cover", {"person": "", "reason": "x"}, "请选一个人"),
        ("/network/posts/{post}/hand-over", {"to_person": "{idler}", "day": "2026-04-01", "note": ""}, "请写交接说明"),
        ("/network/imports", {"what": "people"}, "请选文件"),
    ],
)
def test_invalid_forms_are_422_and_say_why(
    administrator: FlaskClient, ids: dict[str, int], url: str, values: dict[str, str], words: str
) -> None:
    answer = send(administrator, url.format(**ids), **{name: text.format(**ids) for name, text in values.items()})
    assert answer.status_code == 422
    assert words in answer.text
    assert "出错：" in answer.text


@pytest.mark.parametrize("url", ["/network/units", "/network/people/1/enabling", "/network/exports/people.csv"])
def test_what_changes_is_not_reached_by_get(administrator: FlaskClient, url: str) -> None:
    assert administrator.get(url).status_code == 405


@pytest.mark.parametrize(
    "url",
    [
        "/network/units",
        "/network/people",
        "/network/imports",
        "/network/exports/people.csv",
        "/network/people/1/enabling",
    ],
)
def test_what_changes_needs_the_administrator(signed_in: SignedIn, url: str) -> None:
    assert send(signed_in("coordinator"), url, name="x").status_code == 403


def upload(client: FlaskClient, what: str, text: str, name: str = "a.csv") -> TestResponse:
    return send(client, "/network/imports", what=what, file=(io.BytesIO(text.encode()), name))


def test_a_file_of_people_is_taken_over(administrator: FlaskClient) -> None:
    head = ",".join(roster_file.PERSON_HEAD)
    answer = upload(administrator, "people", f"{head}\n新人甲,13900000001,汤塘社区,信息员,是,,\n")
    assert answer.status_code == 303
    assert "新人甲" in administrator.get("/network/people").text


def test_a_file_of_units_is_taken_over(administrator: FlaskClient) -> None:
    head = ",".join(roster_file.UNIT_HEAD)
    assert upload(administrator, "units", f"{head}\nC22,示例村,村,,,\n").status_code == 303
    assert "示例村" in administrator.get("/network").text


def test_every_bad_line_of_a_file_is_told(administrator: FlaskClient) -> None:
    head = ",".join(roster_file.PERSON_HEAD)
    answer = upload(administrator, "people", f"{head}\n甲乙,139,,,,,\n丙丁,13900000002,无此村,信息员,,,\n")
    assert answer.status_code == 422
    assert "第 2 行：手机号要 11 位，您填了 3 位" in answer.text
    assert "第 3 行：没有“无此村”这个单位" in answer.text
    assert "丙丁" not in administrator.get("/network/people").text


def test_a_file_that_cannot_be_read_is_told(administrator: FlaskClient) -> None:
    answer = upload(administrator, "people", "x", "a.doc")
    assert answer.status_code == 422
    assert "只能导入" in answer.text


def test_downloads(administrator: FlaskClient) -> None:
    csv = administrator.get("/network/exports/units.csv")
    assert csv.data.startswith("\ufeff代码,名称".encode())
    assert csv.headers["Content-Disposition"].startswith("attachment;")
    book = load_workbook(io.BytesIO(administrator.get("/network/exports/units.xlsx").data))
    assert book.active["B2"].value == "党政和人大办公室"  # type: ignore[index]
    people = send(administrator, "/network/exports/people.csv")
    assert "13800000001" in people.data.decode("utf-8-sig")
    assert send(administrator, "/network/exports/people.xlsx").status_code == 200


# -- leaves -----------------------------------------------------------------------------------


def test_the_manager_writes_down_a_leave_covers_it_and_ends_it(
    app: Flask, cast: Cast, administrator: FlaskClient, signed_in: SignedIn, ids: dict[str, int]
) -> None:
    with app.app_context():
        person = cast.person("other_reporter").id
        post = queries.posts_of_person(person)[0].id
    today, last = clock.today(), clock.today() + timedelta(days=9)
    bad = send(administrator, f"/network/people/{person}/leaves", starts_on=f"{last}", ends_on=f"{today}")
    assert (bad.status_code, "结束日期不能早于开始日期" in bad.text) == (422, True)
    good = send(
        administrator, f"/network/people/{person}/leaves", starts_on=f"{today}", ends_on=f"{last}", reason="做手术"
    )
    assert (good.status_code, good.location) == (303, f"/network/people/{person}")
    page = administrator.get(good.location).text
    assert "没有人顶岗，请系统管理员安排" in page
    assert "做手术" in page
    assert f"/network/posts/{post}/cover" in page
    cover = administrator.get(f"/network/posts/{post}/cover").text
    assert f'value="{last}"' in cover
    for url in ("/network", f"/network/people/{person}"):
        seen = signed_in("head").get(url).text
        assert "没有人顶" in seen
        assert "做手术" not in seen
    send(
        administrator, f"/network/posts/{post}/cover", person=ids["idler"], starts_on=f"{today}", ends_on=f"{last}",
        reason="年休",
    )  # fmt: skip
    assert "无任职顶" in administrator.get("/network").text
    with app.app_context():
        leave = queries.leaves_from(today)[0].id
    assert send(signed_in("coordinator"), f"/network/leaves/{leave}/endings").status_code == 403
    assert send(administrator, "/network/leaves/999999/endings").status_code == 404
    assert send(administrator, f"/network/leaves/{leave}/endings", version=1).status_code == 303
    assert "请假至" not in administrator.get("/network").text


def test_a_vacant_post_is_one_click_away(administrator: FlaskClient, ids: dict[str, int]) -> None:
    page = administrator.get(f"/network/units/{ids['unit']}/posts/new?role=reporter&deputy=1").text
    assert '<option value="reporter" selected>' in page
    assert re.search(r'name="deputy"[^>]*checked|checked[^>]*name="deputy"', page)
    assert administrator.get(f"/network/units/{ids['unit']}/posts/new?role=nosuch").status_code == 200
