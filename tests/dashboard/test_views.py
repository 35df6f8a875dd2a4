"""The board in the words of a browser: who reads it, what it says, what opens from every number."""

import io
import re
from collections.abc import Callable, Iterator
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from tests.cast import Cast
from tests.corrections.faults import confirmed
from tests.releases.out import a_release
from tests.scoring.schemes import a_scheme_in_force
from tests.statements import statements
from tests.statistics.town import an_article, at, corrected, handed_in, returned, withdrawn
from town_portal.publishing import queries as publishing
from town_portal.releases.rules.lifecycle import ReleaseState
from town_portal.submissions.rules.lifecycle import State

SignIn = Callable[[str], FlaskClient]
READERS = ("reporter", "head", "leader", "principal", "coordinator", "publisher", "auditor")
PAGES = ("/dashboard", "/dashboard/items?what=urgent", "/dashboard/findings?what=returned")
TABLES = "/dashboard/tables.xlsx"


@pytest.fixture
def today() -> Iterator[None]:
    """The fourteenth of July."""
    with at("2026-07-14 10:00"):
        yield


@pytest.fixture
def year(app: Flask, cast: Cast) -> None:
    """A quarter with a little of everything, and one before it."""
    with app.app_context():
        an_article(cast, "2026-06-02", "2026-06-02 08:00", "2026-06-02 15:00")
        an_article(cast, "2026-07-02", "2026-07-02 08:00", "2026-07-02 15:00")
        faulty = an_article(cast, "2026-07-03", "2026-07-03 08:00", "2026-07-03 15:00")
        with at("2026-07-06 10:00"):
            confirmed(cast, publishing.of_submission(faulty.id))
        returned(cast, handed_in(cast, "2026-07-06", "2026-07-06"), "2026-07-06 15:00", "2026-07-07 09:00")
        withdrawn(cast, an_article(cast, "2026-07-03", "2026-07-03", "2026-07-09"), "2026-07-10")
        corrected(cast, an_article(cast, "2026-07-07", "2026-07-07", "2026-07-07 15:00"), "2026-07-10")
        handed_in(cast, "2026-07-09", "2026-07-09", by="other_reporter", unit="C01", state=State.THIRD_REVIEW)
        with at("2026-07-13 10:00"):
            a_release(cast, ReleaseState.RELEASED)


# -- who may -----------------------------------------------------------------------------------


@pytest.mark.parametrize("key", READERS)
@pytest.mark.parametrize("page", PAGES)
def test_readers_may_read(signed_in: SignIn, year: None, today: None, key: str, page: str) -> None:
    assert signed_in(key).get(page).status_code == 200


@pytest.mark.parametrize("key", ["administrator", "idler"])
@pytest.mark.parametrize("page", [*PAGES, TABLES])
def test_others_may_not(signed_in: SignIn, today: None, key: str, page: str) -> None:
    assert signed_in(key).get(page).status_code == 403


def test_the_tables_are_for_the_coordinating_office_and_the_auditor(signed_in: SignIn, today: None) -> None:
    found = {key: signed_in(key).get(TABLES).status_code for key in READERS}
    assert {key for key, status in found.items() if status == 200} == {"coordinator", "auditor"}
    assert TABLES in signed_in("coordinator").get("/dashboard").text
    page = signed_in("reporter").get("/dashboard").text
    assert TABLES not in page
    assert "/statistics/people" not in page


@pytest.mark.parametrize("page", [*PAGES, TABLES])
def test_nothing_is_posted_here(signed_in: SignIn, today: None, page: str) -> None:
    assert signed_in("coordinator").post(page).status_code in (400, 405)


# -- the board ---------------------------------------------------------------------------------


def test_an_empty_house_has_a_board(signed_in: SignIn, today: None) -> None:
    page = signed_in("coordinator").get("/dashboard")
    assert page.status_code == 200
    assert "没有定评分办法" in page.text
    assert "没有发过" in page.text
    assert "这个季度没有确认的差错" in page.text


def test_every_number_opens_as_many_rows_as_it_says(signed_in: SignIn, year: None, today: None) -> None:
    """Follow every link with a number: the heading says the number, and the pages of the list hold as many rows."""
    client = signed_in("auditor")
    page = client.get("/dashboard").text
    links = re.findall(r'href="(/(?:dashboard|statistics)/(?:items|findings)\?[^"]+)">(\d+)</a>', page)
    kinds = set()
    for address, figure in {(unescape(link), number) for link, number in links}:
        found = client.get(address)
        heading = re.search(r"<h1>.* (\d+) \S</h1>", found.text)
        assert heading is not None
        assert heading[1] == figure, address
        rows = found.text.count('class="tp-table-t"')
        for number in range(2, (int(figure) - 1) // 20 + 2):
            rows += client.get(f"{address}&page={number}").text.count('class="tp-table-t"')
        assert rows == int(figure), address
        kinds |= set(re.findall(r"what=(\w+)", address))
    assert {"column", "tier", "channel", "stage", "role", "changed", "fault", "returned", "after"} <= kinds
    assert len(set(links)) > 20


def test_points_stand_where_a_scheme_holds(app: Flask, signed_in: SignIn, year: None, cast: Cast) -> None:
    with app.app_context(), at("2026-07-13 11:00"):
        a_scheme_in_force(cast)
    with at("2026-07-14 10:00"):
        page = signed_in("reporter").get("/dashboard").text
    assert "综合 ＝ 数量 ＋ 质量 ＋ 时效 ＋ 加减分" in page
    assert re.search(
        r"<title>洛洞村 [\d.−]+ 分：数量 [\d.−]+，质量 [\d.−]+，时效 [\d.−]+，加减分 [\d.−]+</title>", page
    )
    assert "/scoring/units/" in page


def test_every_mark_has_words_and_no_style(signed_in: SignIn, year: None, today: None) -> None:
    page = signed_in("coordinator").get("/dashboard").text
    marks = re.findall(r'<svg class="tp-(?:gr|spark)[^>]*>', page)
    assert len(marks) > 25
    assert all(re.search(r'role="img" aria-label="[^"]+"', mark) for mark in marks)
    assert " style=" not in page
    assert re.search(r"近五个季度采用发布：0、0、0、1、\d+ 条", page)


def test_the_running_quarter_says_so_and_a_past_one_does_not(signed_in: SignIn, year: None, today: None) -> None:
    client = signed_in("coordinator")
    assert "未结束，数到" in client.get("/dashboard").text
    assert "未结束" not in client.get("/dashboard?quarter=2026-2").text


def test_the_own_unit_is_marked(signed_in: SignIn, year: None, today: None) -> None:
    page = signed_in("reporter").get("/dashboard").text
    assert page.count("is-mine") == 1
    assert re.search(r'is-mine.*?洛洞村</a> <span class="tp-sub text-nowrap">本单位', page, re.DOTALL)


@pytest.mark.parametrize("quarter", ["2026-4", "x", "", "2026-3' or 1"])
@pytest.mark.parametrize(
    "page", ["/dashboard?", "/dashboard/items?what=urgent&", "/dashboard/findings?what=late&", f"{TABLES}?"]
)
def test_a_quarter_to_come_or_junk_is_not_there(signed_in: SignIn, today: None, page: str, quarter: str) -> None:
    assert signed_in("coordinator").get(f"{page}quarter={quarter}").status_code == 404


@pytest.mark.parametrize(
    "asked",
    [
        "items", "items?what=x", "items?what=column&which=x", "items?what=column&which=99999", "items?what=column",
        "items?what=channel&which=7777", "items?what=tier&which=moon", "items?what=role&which=auditor",
        "items?what=stage&which=draft", "items?what=urgent&which=1", "items?what=fault&which=x", "items?what=mended",
        "findings", "findings?what=urgent", "findings?what=late&which=x", "findings?what=returned&which=draft",
    ],
)  # fmt: skip
def test_a_number_that_is_not_there(signed_in: SignIn, today: None, asked: str) -> None:
    assert signed_in("coordinator").get(f"/dashboard/{asked}").status_code == 404


def test_a_list_tells_how_many_are_hidden(signed_in: SignIn, year: None, today: None) -> None:
    client = signed_in("other_reporter")
    page = client.get("/dashboard/findings?what=returned").text
    assert "审核人指出 1 处" in page
    assert "1 处在别的单位的稿件里" in page
    assert "数据请核对" not in page
    page = client.get("/dashboard/items?what=changed").text
    assert "条在别的单位，您看不到" in page
    assert 'class="tp-table-t"' not in page


def test_lists_tell_what_was_counted(signed_in: SignIn, year: None, today: None) -> None:
    client = signed_in("auditor")
    assert "撤下：数据有误" in client.get("/dashboard/items?what=changed").text
    assert "用时" in client.get("/dashboard/items?what=role&which=head").text
    assert "严重差错" in client.get("/dashboard/items?what=fault&which=figures").text
    assert "佛冈发布" in client.get("/dashboard/items?what=tier&which=county").text
    assert "数据请核对" in client.get("/dashboard/findings?what=returned&which=second_review").text
    assert "超时" in client.get("/dashboard/items?what=stage&which=second_review&late=1").text


def test_the_tables_are_those_of_the_page(signed_in: SignIn, year: None, today: None) -> None:
    client = signed_in("coordinator")
    book = load_workbook(io.BytesIO(client.get(TABLES).data))
    assert book.sheetnames == ["总数", "两组排名", "用时", "栏目", "渠道", "各类差错", "差错原因", "例外办理"]
    assert book["两组排名"].max_row == 1 + 5
    assert [cell.value for cell in book["差错原因"][2]] == ["数据核对不细致", 1, 1]
    assert "2026年第三季度" in [cell.value for cell in book["总数"]["A"]]


# -- what it costs -------------------------------------------------------------------------------


def test_a_board_that_was_drawn_costs_next_to_nothing(signed_in: SignIn, year: None, today: None) -> None:
    client = signed_in("coordinator")
    with statements() as sent:
        client.get("/dashboard")
    assert len(sent) <= 60, len(sent)
    with statements() as sent:
        client.get("/dashboard")
    assert len(sent) <= 6, sent
