"""Pages of the calendar."""

import io
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.forms import post
from tests.workdays.years import load_shipped, text_of
from town_portal.workdays import queries

SignedIn = Callable[[str], FlaskClient]
NOTICE = {
    "year": "2027",
    "source": "国务院办公厅关于2027年部分节假日安排的通知",
    "text": "day,works,name\n2027-01-01,0,元旦放假",
}
DAY = {"day": "2026-09-08", "works": "0", "name": "台风停工", "reason": "县三防办通知"}


@pytest.fixture(autouse=True)
def shipped(app: Flask) -> None:
    """The shipped years are loaded."""
    with app.app_context():
        load_shipped()


def test_a_confirmed_year(signed_in: SignedIn) -> None:
    page = signed_in("reporter").get("/workdays?year=2026").text
    assert "全年 248 个工作日" in page
    assert "国庆节放假" in page
    assert "估算" not in page
    assert "国务院办公厅关于2026年部分节假日安排的通知" in page
    assert "载入放假通知" not in page


def test_an_unconfirmed_year_says_so(signed_in: SignedIn) -> None:
    page = signed_in("reporter").get("/workdays?year=2027").text
    assert "2027 年的放假安排还没有载入，按法定节假日估算" in page


@pytest.mark.parametrize(("asked", "shown"), [("1900", "2020"), ("9999", "2050"), ("abc", "年工作日历")])
def test_a_year_out_of_range_shows_the_nearest(signed_in: SignedIn, asked: str, shown: str) -> None:
    response = signed_in("reporter").get(f"/workdays?year={asked}")
    assert response.status_code == 200
    assert shown in response.text


def test_a_limit_day_by_day(signed_in: SignedIn) -> None:
    client = signed_in("reporter")
    page = client.get("/workdays/explain?start=2026-02-13&count=20")
    assert "2026年3月19日（星期四）到期" in page.text
    fragment = client.get("/workdays/explain?start=2026-02-13&count=20", headers={"HX-Request": "true"}).text
    assert fragment.startswith('<div id="workdays-explain">')
    assert "<h1>" not in fragment


def test_a_limit_into_an_unconfirmed_year_is_an_estimate(signed_in: SignedIn) -> None:
    page = signed_in("reporter").get("/workdays/explain?start=2026-12-04&count=20").text
    assert "到期（估算）" in page
    assert "2027 年的放假安排还没有载入" in page


def test_a_limit_starts_with_twenty_days_from_today(signed_in: SignedIn) -> None:
    assert "共 20 个工作日" in signed_in("reporter").get("/workdays/explain").text


@pytest.mark.parametrize(
    "asked", ["start=&count=20", "start=2026-02-13&count=0", "start=2026-02-13&count=251", "start=1899-01-01&count=5"]
)
def test_a_limit_that_makes_no_sense(signed_in: SignedIn, asked: str) -> None:
    response = signed_in("reporter").get(f"/workdays/explain?{asked}")
    assert response.status_code == 422
    assert "tp-err" in response.text


def test_a_notice_is_pasted(app: Flask, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    response = post(client, "/workdays/year-notices", NOTICE)
    assert (response.status_code, response.location) == (303, "/workdays?year=2027")
    page = client.get(response.location).text
    assert "2027 年的放假安排已载入，1 天。" in page
    assert "还没有载入" not in page
    with app.app_context():
        assert queries.calendar().is_confirmed(2027)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_notice_is_uploaded(app: Flask, signed_in: SignedIn, encoding: str) -> None:
    content = io.BytesIO("日期,上班,名称\r\n2027-01-01,0,元旦放假\r\n".encode(encoding))
    data = {**NOTICE, "text": "", "file": (content, "2027.csv")}
    assert post(signed_in("coordinator"), "/workdays/year-notices", data).status_code == 303
    with app.app_context():
        assert [row.name for row in queries.days_of(2027)] == ["元旦放假"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"text": ""}, "表里没有日子"),
        ({"text": "day,works,name\n2027-02-30,0,春节"}, "读不出来"),
        ({"source": ""}, "请写通知的名称和日期"),
        ({"year": "1999"}, "年份要在"),
        ({"year": ""}, "请写年份"),
    ],
)
def test_a_notice_with_mistakes(signed_in: SignedIn, changed: dict[str, str], words: str) -> None:
    response = post(signed_in("coordinator"), "/workdays/year-notices", NOTICE | changed)
    assert response.status_code == 422
    assert words in response.text
    assert "tp-errsum" in response.text


@pytest.mark.parametrize(("content", "words"), [(b"\xff" * 200_000, "文件太大"), (b"\xff\xff\xff", "不是文本表格")])
def test_a_file_that_is_no_table(signed_in: SignedIn, content: bytes, words: str) -> None:
    data = {**NOTICE, "text": "", "file": (io.BytesIO(content), "x.csv")}
    response = post(signed_in("coordinator"), "/workdays/year-notices", data)
    assert response.status_code == 422
    assert words in response.text


def test_a_notice_of_another_year_is_refused(signed_in: SignedIn) -> None:
    response = post(signed_in("coordinator"), "/workdays/year-notices", NOTICE | {"year": "2028"})
    assert response.status_code == 409
    assert "不在 2028 年" in response.text


def test_replaced_amendments_are_told(signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    post(client, "/workdays/days", DAY)
    response = post(client, "/workdays/year-notices", {"year": "2026", "source": "更正的通知", "text": text_of(2026)})
    assert "之前单独调整的 1 天已由通知代替" in client.get(response.location).text


def test_a_day_is_amended(signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    response = post(client, "/workdays/days", DAY)
    assert (response.status_code, response.location) == (303, "/workdays?year=2026")
    page = client.get(response.location).text
    assert "2026年9月8日已改为“台风停工”" in page
    assert "理由：县三防办通知" in page


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"day": ""}, "请选日子"),
        ({"day": "1900-01-01"}, "年份要在"),
        ({"name": ""}, "叫什么"),
        ({"reason": ""}, "理由或依据"),
    ],
)
def test_an_amendment_with_mistakes(signed_in: SignedIn, changed: dict[str, str], words: str) -> None:
    response = post(signed_in("coordinator"), "/workdays/days", DAY | changed)
    assert response.status_code == 422
    assert words in response.text


@pytest.mark.parametrize("path", ["/workdays/year-notices", "/workdays/days"])
def test_changing_needs_the_coordinator(signed_in: SignedIn, path: str) -> None:
    assert signed_in("coordinator").get(path).status_code == 200
    for key in ("reporter", "leader", "administrator", "auditor"):
        client = signed_in(key)
        assert client.get(path).status_code == 403
        assert post(client, path, DAY, page="/workdays").status_code == 403


@pytest.mark.parametrize("path", ["/workdays", "/workdays/explain"])
def test_reading_needs_signing_in(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code in (302, 303)


def test_a_repeated_form_has_one_effect(app: Flask, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    first = post(client, "/workdays/days", DAY, form_key="the-same-key")
    again = post(client, "/workdays/days", DAY, form_key="the-same-key")
    assert (again.status_code, again.location) == (303, first.location)
