"""Pages of the figures, in the words of a browser."""

import csv
import io
import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from tests.cast import Cast
from tests.statistics.town import an_article, at, handed_in, returned, withdrawn
from town_portal.access.actor import SYSTEM
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import unit_of_work
from town_portal.foundation.db import db
from town_portal.submissions.rules.lifecycle import State

SignIn = Callable[[str], FlaskClient]
READERS = ("reporter", "head", "leader", "principal", "coordinator", "publisher", "auditor")
PAGES = ("/statistics", "/statistics/units/{C03}", "/statistics/items?measure=submitted")


@pytest.fixture
def today() -> Iterator[None]:
    """The fourteenth of July."""
    with at("2026-07-14"):
        yield


@pytest.fixture
def units(app: Flask, cast: Cast) -> dict[str, int]:
    """The ids of the units, after a quarter with a little of everything."""
    with app.app_context():
        an_article(cast, "2026-07-02", "2026-07-02 08:00", "2026-07-02 15:00")
        an_article(cast, "2026-07-03", "2026-07-03 08:00", "2026-07-03 15:00")
        item = handed_in(cast, "2026-07-06", "2026-07-06")
        returned(cast, item, "2026-07-06 15:00", "2026-07-07 09:00")
        withdrawn(
            cast,
            an_article(cast, "2026-07-03", "2026-07-03", "2026-07-09", by="other_reporter", unit="C01"),
            "2026-07-10",
        )
        handed_in(cast, "2026-06-20", "2026-06-20", state=State.THIRD_REVIEW)
        return {code: cast.unit(code).id for code in ("B01", "B05", "C01", "C03")}


def row_of(page: str, name: str) -> str:
    """A unit's row of the ranking."""
    return next(row for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL) if f">{name}</a>" in row)


# -- who may -----------------------------------------------------------------------------------


@pytest.mark.parametrize("key", READERS)
@pytest.mark.parametrize("page", PAGES)
def test_readers_may_read(signed_in: SignIn, units: dict[str, int], today: None, key: str, page: str) -> None:
    assert signed_in(key).get(page.format(**units)).status_code == 200


@pytest.mark.parametrize("key", ["administrator", "idler"])
@pytest.mark.parametrize("page", [*PAGES, "/statistics/people", "/statistics/export.csv"])
def test_others_may_not(signed_in: SignIn, units: dict[str, int], today: None, key: str, page: str) -> None:
    assert signed_in(key).get(page.format(**units)).status_code == 403


@pytest.mark.parametrize("page", ["/statistics/people", "/statistics/export.csv"])
def test_people_and_export_are_for_the_coordinating_office_and_the_auditor(
    signed_in: SignIn, units: dict[str, int], today: None, page: str
) -> None:
    found = {key: signed_in(key).get(page).status_code for key in READERS}
    assert {key for key, status in found.items() if status == 200} == {"coordinator", "auditor"}
    assert set(found.values()) == {200, 403}


def test_strangers_are_asked_to_sign_in(client: FlaskClient) -> None:
    assert client.get("/statistics").status_code in (302, 303)


@pytest.mark.parametrize("page", [*PAGES, "/statistics/people", "/statistics/export.csv"])
def test_nothing_is_posted_here(signed_in: SignIn, units: dict[str, int], page: str) -> None:
    assert signed_in("coordinator").post(page.format(**units)).status_code in (400, 405)


def test_links_to_people_and_export_stand_only_before_those_who_may(
    signed_in: SignIn, units: dict[str, int], today: None
) -> None:
    assert "/statistics/export.csv" in signed_in("coordinator").get("/statistics").text
    page = signed_in("reporter").get("/statistics").text
    assert "/statistics/export.csv" not in page
    assert "/statistics/people" not in page


# -- the quarter -------------------------------------------------------------------------------


def test_the_running_quarter_says_that_it_runs(signed_in: SignIn, units: dict[str, int], today: None) -> None:
    client = signed_in("coordinator")
    assert "未结束，按目前数据" in client.get("/statistics").text
    page = client.get("/statistics?quarter=2026-2").text
    assert "2026年第二季度" in page
    assert "未结束，按目前数据" not in page


@pytest.mark.parametrize("quarter", ["2026-4", "2026-5", "x", "", "2026-3' or 1"])
@pytest.mark.parametrize("page", ["/statistics?", "/statistics/units/{C03}?", "/statistics/items?measure=late&"])
def test_a_quarter_to_come_or_junk_is_not_there(
    signed_in: SignIn, units: dict[str, int], today: None, quarter: str, page: str
) -> None:
    assert signed_in("coordinator").get(f"{page.format(**units)}quarter={quarter}").status_code == 404


def test_every_measure_is_explained_on_the_page(signed_in: SignIn, units: dict[str, int], today: None) -> None:
    page = signed_in("reporter").get("/statistics").text
    for words in (
        "第一次送审的日子在本季度",
        "不重复算",
        "一次通过 ÷ 采用发布",
        "一件被退回两次算两次",
        "先比采用发布",
        "不足 3 件不算率",
    ):
        assert words in page


def test_the_charts_have_words(signed_in: SignIn, units: dict[str, int], today: None) -> None:
    page = signed_in("coordinator").get("/statistics").text
    assert re.search(r"<title[^>]*>各环节平均用时</title>", page)
    assert "二审二校平均" in page
    assert re.search(r"<title[^>]*>近五个季度走势</title>", page)


def test_the_own_units_row_is_marked(signed_in: SignIn, units: dict[str, int], today: None) -> None:
    page = signed_in("reporter").get("/statistics").text
    assert "is-mine" in row_of(page, "洛洞村")
    assert "is-mine" not in row_of(page, "汤塘社区")


def test_figures_of_a_row(signed_in: SignIn, units: dict[str, int], today: None) -> None:
    row = row_of(signed_in("coordinator").get("/statistics").text, "洛洞村")
    assert re.sub(r"<[^>]+>|\s+", " ", row).split()[:8] == ["1", "洛洞村", "3", "2", "2/2", "67%", "1", "0"]


def test_leagues_and_order(signed_in: SignIn, units: dict[str, int], today: None) -> None:
    client = signed_in("coordinator")
    villages = client.get("/statistics?league=villages").text
    assert "洛洞村" in villages.split('id="statistics-ranking"')[1]
    assert "应急管理办公室" not in villages.split('id="statistics-ranking"')[1]
    assert "应急管理办公室" in client.get("/statistics?league=offices").text.split('id="statistics-ranking"')[1]
    amended = client.get("/statistics?sort=amended").text.split('id="statistics-ranking"')[1]
    assert amended.index("汤塘社区") < amended.index("洛洞村")
    assert 'aria-sort="descending"' in amended


def test_an_unknown_league_or_order_falls_back(signed_in: SignIn, units: dict[str, int], today: None) -> None:
    page = signed_in("coordinator").get("/statistics?league=x&sort=y")
    assert page.status_code == 200
    assert 'aria-sort="ascending"' in page.text


def test_the_ranking_alone_for_htmx(signed_in: SignIn, units: dict[str, int], today: None) -> None:
    answer = signed_in("coordinator").get("/statistics?sort=timely", headers={"HX-Request": "true"})
    assert answer.text.lstrip().startswith('<section id="statistics-ranking"')
    assert "<html" not in answer.text
    assert "HX-Request" in answer.headers["Vary"]


def test_every_figure_opens_its_items(signed_in: SignIn, units: dict[str, int], today: None) -> None:
    """Follow every link with a number on the two pages: the list has as many rows as the number says."""
    client = signed_in("auditor")
    checked = 0
    for page in (
        "/statistics",
        f"/statistics/units/{units['C03']}",
        f"/statistics/units/{units['B05']}",
        "/statistics/people",
    ):
        links = re.findall(r'href="(/statistics/items\?[^"]+)">(\d+)</a>', client.get(page).text)
        for address, figure in set(links):
            found = client.get(address.replace("&amp;", "&"))
            assert found.status_code == 200
            heading = re.search(r"<h1>.* (\d+) \S</h1>", found.text)
            assert heading is not None
            assert heading[1] == figure
            assert found.text.count('class="tp-table-t"') == int(figure)
            checked += 1
    assert checked > 20


# -- one unit ----------------------------------------------------------------------------------


def test_a_units_page(signed_in: SignIn, units: dict[str, int], today: None) -> None:
    page = signed_in("other_reporter").get(f"/statistics/units/{units['C03']}").text
    assert "<h1>洛洞村</h1>" in page
    assert "第 <b>1</b> 名" in page
    assert "您看不到" in page


def test_a_units_own_people_read_of_their_unit(signed_in: SignIn, units: dict[str, int], today: None) -> None:
    page = signed_in("reporter").get(f"/statistics/units/{units['C03']}").text
    assert "本单位（洛洞村）" in page
    assert "您看不到" not in page


def test_an_offices_page_tells_what_it_handled(signed_in: SignIn, units: dict[str, int], today: None) -> None:
    client = signed_in("coordinator")
    assert "农业农村办公室经手的环节" in client.get(f"/statistics/units/{units['B05']}").text
    assert "经手的环节" not in client.get(f"/statistics/units/{units['C03']}").text


def test_a_unit_that_is_not_there(signed_in: SignIn, units: dict[str, int], today: None) -> None:
    assert signed_in("coordinator").get("/statistics/units/999").status_code == 404


# -- the items behind a figure -----------------------------------------------------------------


def test_a_list_says_how_many_are_hidden_and_shows_none_of_them(
    signed_in: SignIn, units: dict[str, int], today: None
) -> None:
    page = signed_in("other_reporter").get("/statistics/items?measure=submitted").text
    assert "报送 4 件" in page
    assert "其中 3 件您看不到" in page
    assert page.count('class="tp-table-t"') == 1


def test_a_list_of_which_all_is_hidden(signed_in: SignIn, units: dict[str, int], today: None) -> None:
    page = signed_in("other_reporter").get("/statistics/items?measure=returns").text
    assert "这里没有您能看到的稿件" in page
    assert "1 件在别的单位" in page
    assert "数据请核对" not in page


def test_a_list_for_somebody_who_sees_all(signed_in: SignIn, units: dict[str, int], today: None) -> None:
    page = signed_in("auditor").get("/statistics/items?measure=late").text
    assert "黄金期内发布率 ＝ 2 ÷ 4 ＝ 50%" in page
    assert "您看不到" not in page
    assert "怎么算" in page


def test_a_list_quotes_what_was_counted(signed_in: SignIn, units: dict[str, int], today: None) -> None:
    client = signed_in("auditor")
    assert "数据请核对" in client.get("/statistics/items?measure=returns").text
    assert "撤下：数据有误" in client.get("/statistics/items?measure=amended").text
    stage = client.get("/statistics/items?measure=second-review&late=1").text
    assert "二审二校超时" in stage
    assert "超过时限" in stage


def test_a_stage_lists_where_it_was_handled(signed_in: SignIn, units: dict[str, int], today: None) -> None:
    page = signed_in("auditor").get("/statistics/items?measure=approved").text
    assert "这一步各单位办得怎样" in page
    assert f"/statistics/units/{units['B01']}" in page


@pytest.mark.parametrize(
    "query", ["", "measure=x", "measure=second_review", "measure=late&unit=999", "measure=late&unit=x"]
)
def test_a_figure_that_is_not_there(signed_in: SignIn, units: dict[str, int], today: None, query: str) -> None:
    assert signed_in("auditor").get(f"/statistics/items?{query}").status_code == 404


def test_a_persons_items_are_only_for_those_who_see_people(
    app: Flask, cast: Cast, signed_in: SignIn, units: dict[str, int], today: None
) -> None:
    with app.app_context():
        head = cast.person("head").id
    address = f"/statistics/items?measure=second-review&person={head}"
    assert "陈志明" in signed_in("coordinator").get(address).text
    assert signed_in("head").get(address).status_code == 404
    assert signed_in("coordinator").get("/statistics/items?measure=second-review&person=999").status_code == 404


def test_the_people_page(signed_in: SignIn, units: dict[str, int], today: None) -> None:
    page = signed_in("auditor").get("/statistics/people").text
    assert "陈志明" in page
    assert "邓发布" in page
    assert "李月娥" not in page


def test_the_people_page_of_a_quiet_quarter(signed_in: SignIn, units: dict[str, int]) -> None:
    with at("2027-01-05"):
        assert "这个季度还没有人办过" in signed_in("auditor").get("/statistics/people").text


# -- export ------------------------------------------------------------------------------------


def exported(client: FlaskClient) -> list[list[str]]:
    answer = client.get("/statistics/export.csv?quarter=2026-3")
    assert answer.mimetype == "text/csv"
    assert 'filename="statistics-2026-3.csv"' in answer.headers["Content-Disposition"]
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert answer.data.count(b"\n") == answer.data.count(b"\r\n")
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""), strict=True))


def test_the_export_says_what_the_page_says(signed_in: SignIn, units: dict[str, int], today: None) -> None:
    head, *rows = exported(signed_in("coordinator"))
    found = {row[3]: dict(zip(head, row, strict=True)) for row in rows}
    assert len(rows) == 5
    assert found["洛洞村"] == {
        "季度": "2026年第三季度（未结束，按目前数据）",
        "组别": "村（社区）",
        "名次": "1",
        "单位": "洛洞村",
        "报送（件）": "3",
        "采用发布（条）": "2",
        "一次通过（条）": "2",
        "一次通过率": "—",
        "退回（次）": "1",
        "发布后撤改（条）": "0",
        "黄金期内发布（条）": "2",
        "逾期（件）": "1",
        "黄金期内发布率": "67%",
        "比上季名次": "持平",
        "得分": "—",
    }


@pytest.mark.parametrize("name", ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_cell_of_the_export_runs(
    app: Flask, cast: Cast, signed_in: SignIn, units: dict[str, int], today: None, name: str
) -> None:
    with app.app_context():
        unit = cast.unit("C03")
        with unit_of_work(SYSTEM) as work:
            unit.name = name
            work.record(Action("rename_unit", "改名"), unit)
        db.session.remove()
    cells = [cell for row in exported(signed_in("auditor")) for cell in row]
    assert f"'{name}" in cells
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]


# -- cost --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "page",
    [
        "/statistics",
        "/statistics/units/{B05}",
        "/statistics/items?measure=late",
        "/statistics/people",
        "/statistics/export.csv",
    ],
)
def test_few_statements_a_page(signed_in: SignIn, units: dict[str, int], today: None, page: str) -> None:
    """The room's own reading; who is signed in and the frame of the page cost the rest."""
    client = signed_in("auditor")
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "FROM " in statement and not re.search(
            r"FROM (sign_in_session|post|person,? |setting|calendar_day|year_notice)", statement
        ):
            found.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert client.get(page.format(**units)).status_code == 200
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert len(found) <= 13, "\n".join(found)
