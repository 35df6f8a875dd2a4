"""The pages: the office compiles, a village contests, the office answers, a leader issues, the village acknowledges."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from docx import Document
from flask import Flask
from flask.testing import FlaskClient

from tests.browsing import post
from tests.bulletins.bulletins import a_bulletin, last_quarter
from tests.cast import Cast
from tests.http import ClientVisitor
from tests.scene import PASSWORD, give_passwords
from tests.scoring.schemes import a_scheme_in_force
from town_portal.bulletins import queries
from town_portal.bulletins.models import Bulletin
from town_portal.bulletins.rules.lifecycle import BulletinState
from town_portal.documents import press
from town_portal.foundation import clock
from town_portal.foundation.db import db

S = BulletinState
Visit = Callable[[str], ClientVisitor]


@pytest.fixture
def visit(signed_in: Callable[[str], FlaskClient]) -> Visit:
    """Somebody of the cast, signed in, walking pages."""
    return lambda key: ClientVisitor(signed_in(key))


def made(app: Flask, cast: Cast, state: BulletinState = S.COMPILING) -> int:
    with app.app_context():
        return a_bulletin(cast, state).id


def test_from_the_figures_to_the_window(app: Flask, cast: Cast, visit: Visit) -> None:
    with app.app_context():
        a_scheme_in_force(cast)
        quarter, unit = last_quarter(), cast.unit("C03").id
    coordinator, reporter = visit("coordinator"), visit("reporter")
    with app.app_context():
        key = quarter.key if quarter in queries.quarters_to_compile() else None
    if key is None:
        with app.app_context():
            page = f"/bulletins/{a_bulletin(cast).id}"
    else:
        sent = coordinator.send("/bulletins", "/bulletins", quarter=key)
        assert sent.status == 303
        page = sent.location.removesuffix("/text")
    assert "数字都对得上" in coordinator.get(f"{page}/text").text
    assert reporter.get(page).status == 404
    opened = coordinator.send(page, f"{page}/consultations")
    assert (opened.status, opened.location) == (303, page)
    text = reporter.get(page).text
    assert "洛洞村的数字" in text
    assert "印发" in text
    objected = reporter.send(
        page,
        f"{page}/units/{unit}/objections",
        **{f"u{unit}-key": f"unit-{unit}.submitted", f"u{unit}-reason": "漏了9月28日那一条", f"u{unit}-claimed": "4"},
    )
    assert objected.status == 303
    assert "漏了9月28日那一条" in coordinator.get(page).text
    assert "漏了9月28日那一条" not in visit("other_reporter").get(page).text
    answered = coordinator.send(page, f"{page}/objections/1/rejections", reply="那一条在下个季度。")
    assert answered.status == 303
    assert "那一条在下个季度。" in reporter.get(page).text
    assert reporter.send(page, f"{page}/units/{unit}/agreements").status == 303


def test_a_wrong_number_is_red_and_one_press_binds_it(app: Flask, cast: Cast, visit: Visit) -> None:
    page = f"/bulletins/{made(app, cast)}"
    coordinator = visit("coordinator")
    saved = coordinator.send(f"{page}/text", f"{page}/text", text="全镇共报送99件。")
    assert saved.status == 303
    text = coordinator.get(f"{page}/text").text
    assert "1 个数字和表对不上" in text
    assert 'name="bind"' in text
    with app.app_context():
        found = db.session.get(Bulletin, int(page.rsplit("/", maxsplit=1)[-1]))
        assert found
        mark = next(spot.mark for spot in queries.spots(found) if spot.open)
    assert coordinator.send(f"{page}/text", f"{page}/text", bind=mark).status == 303
    assert "【全镇报送数】" in coordinator.get(f"{page}/text").text
    typed = post(coordinator.client, f"{page}/checks", {"title": "通报", "text": "全镇共报送77件。"})
    assert (typed.status_code, "应为" in typed.text) == (200, True)
    assert coordinator.send(f"{page}/text", f"{page}/text", text="").status == 422


def test_issuing_asks_for_the_password_and_freezes_it(app: Flask, cast: Cast, visit: Visit) -> None:
    page = f"/bulletins/{made(app, cast, S.CONSULTING)}"
    assert "还不能印发" in visit("leader").get(page).text
    with app.app_context():
        give_passwords(cast, "leader")
        found = db.session.get(Bulletin, int(page.rsplit("/", maxsplit=1)[-1]))
        assert found
        assert found.closes_on
        after = clock.end_of(found.closes_on) + timedelta(hours=3)
    with clock.stopped_at(after):
        leader = visit("leader")
        assert leader.send(page, f"{page}/issues").status == 422
        sent = leader.send(page, f"{page}/issues", password=PASSWORD)
        assert (sent.status, sent.location) == (303, page)
        text = visit("reporter").get(page).text
    assert "已印发" in text
    assert "汤信公〔" in text


def test_the_paper_is_offered_in_every_form(app: Flask, cast: Cast, visit: Visit) -> None:
    page = f"/bulletins/{made(app, cast, S.ISSUED)}"
    reporter = visit("reporter")
    client = reporter.client
    response = client.get(f"{page}/paper.docx")
    assert response.mimetype.endswith("wordprocessingml.document")
    lines = [line.text for line in Document(io.BytesIO(response.data)).paragraphs]
    assert lines[0] == "佛冈县汤塘镇党政和人大办公室文件"
    assert any(line.startswith("汤信公〔") for line in lines)
    assert any(line.startswith("留痕核验：") for line in lines)
    printed = reporter.get(f"{page}/paper").text
    assert "抄送：" in printed
    with app.app_context():
        unit = cast.unit("C03").id
        other = cast.unit("C01").id
    assert client.get(f"{page}/notices/{unit}.docx").status_code == 200
    assert client.get(f"{page}/notices/{other}.docx").status_code == 404
    pdf = client.get(f"{page}/paper.pdf")
    if press.able():
        assert pdf.data.startswith(b"%PDF")
    else:
        assert pdf.status_code == 303
        assert "没有装 LibreOffice" in reporter.get(page).text


def test_without_a_press_the_page_says_how_to_get_a_pdf(
    app: Flask, cast: Cast, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = f"/bulletins/{made(app, cast, S.ISSUED)}"
    monkeypatch.setenv("PATH", "")
    press.pdf.cache_clear()
    reporter = visit("reporter")
    assert "下载 PDF" not in reporter.get(page).text
    assert reporter.client.get(f"{page}/paper.pdf").status_code == 303
    assert "用浏览器“打印—另存为 PDF”" in reporter.get(page).text


def test_an_issued_one_says_that_it_is_locked(app: Flask, cast: Cast, visit: Visit) -> None:
    page = f"/bulletins/{made(app, cast, S.ISSUED)}"
    text = visit("auditor").get(page).text
    assert "数字已锁定" in text
    assert "本通报内容校验值" in text
    assert visit("auditor").get(f"{page}/differences").status == 200
    assert visit("coordinator").get(f"{page}/text").status == 303
    assert "还没有据本期通报下达整改" in text
    reporter = visit("reporter")
    with app.app_context():
        unit = cast.unit("C03").id
    assert reporter.send(page, f"{page}/units/{unit}/receipts").status == 303
    assert "签收。" in reporter.get(page).text


def test_rectifications_are_ordered_from_its_page(app: Flask, cast: Cast, visit: Visit) -> None:
    page = f"/bulletins/{made(app, cast, S.ISSUED)}"
    coordinator = visit("coordinator")
    with app.app_context():
        unit = cast.unit("C03").id
    wrong = coordinator.send(f"{page}/rectifications/new", f"{page}/rectifications", unit_id=unit)
    assert wrong.status == 422
    sent = coordinator.send(
        f"{page}/rectifications/new", f"{page}/rectifications", unit_id=unit, matter="报送不及时", demand="说明原因。"
    )
    assert (sent.status, sent.location) == (303, page)
    assert "报送不及时" in coordinator.get(page).text


def test_an_empty_house_says_what_comes(visit: Visit) -> None:
    assert "还没有工作通报" in visit("reporter").get("/bulletins").text
    assert "还没有工作通报" in visit("coordinator").get("/bulletins").text


def test_a_draft_is_thrown_away_with_a_reason(app: Flask, cast: Cast, visit: Visit) -> None:
    page = f"/bulletins/{made(app, cast)}"
    coordinator = visit("coordinator")
    assert coordinator.send(page, f"{page}/discards").status == 422
    assert coordinator.send(page, f"{page}/discards", **{"d-reason": "取错了季度"}).status == 303
    assert "取错了季度" in coordinator.get(page).text
