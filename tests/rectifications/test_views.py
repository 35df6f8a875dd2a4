"""The pages: the office asks, a village answers with a photo, the office looks."""

from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.browsing import post
from tests.cast import Cast
from tests.files.rules.attachment_samples import photo
from tests.http import ClientVisitor
from tests.rectifications.orders import DONE, a_rectification, an_answered_one
from town_portal.rectifications import queries
from town_portal.workdays import queries as workdays

Visit = Callable[[str], ClientVisitor]


@pytest.fixture
def visit(signed_in: Callable[[str], FlaskClient]) -> Visit:
    """Somebody of the cast, signed in, walking pages."""
    return lambda key: ClientVisitor(signed_in(key))


def made(app: Flask, cast: Cast, unit: str = "C03", *, answered: bool = False) -> int:
    with app.app_context():
        return (an_answered_one if answered else a_rectification)(cast, unit).id


def test_from_the_order_to_the_end(app: Flask, cast: Cast, visit: Visit) -> None:
    coordinator, reporter = visit("coordinator"), visit("reporter")
    assert "没有正在整改的事" in coordinator.get("/rectifications").text
    with app.app_context():
        unit = cast.unit("C03").id
    sent = coordinator.send(
        "/rectifications/new", "/rectifications", unit_id=unit, matter="栏目没有更新", demand="补发应公开的通知。"
    )
    page = sent.location
    assert sent.status == 303
    listed = reporter.get("/rectifications").text
    assert ("栏目没有更新" in listed, "下达整改" in listed) == (True, False)
    assert reporter.send(page, f"{page}/answers", text="好").status == 422
    done = reporter.send(page, f"{page}/answers", text=DONE)
    assert (done.status, done.location) == (303, page)
    assert "待核查" in reporter.get(page).text
    back = coordinator.send(page, f"{page}/returns", opinion="没有写清原因")
    assert back.status == 303
    assert "没有写清原因" in reporter.get(page).text
    reporter.send(page, f"{page}/answers", text=DONE)
    assert coordinator.send(page, f"{page}/acceptances", opinion="属实").status == 303
    assert "已销号" in reporter.get(page).text
    notice = coordinator.get(f"{page}/notice").text
    assert ("整改通知单" in notice, "没有写清原因" in notice, "退回重新整改" in notice) == (True, True, True)


def test_a_photo_and_a_document_go_with_the_answer(
    app: Flask, cast: Cast, signed_in: Callable[[str], FlaskClient]
) -> None:
    number = made(app, cast)
    client = signed_in("reporter")
    sent = post(
        client,
        f"/rectifications/{number}/answers",
        {"text": DONE, "photos": (BytesIO(photo()), "后.jpg"), "documents": (BytesIO(b"MZ nothing"), "空.exe")},
    )
    assert sent.status_code == 422
    assert "没有办成" in sent.text
    sent = post(client, f"/rectifications/{number}/answers", {"text": DONE, "photos": (BytesIO(photo()), "后.jpg")})
    assert sent.status_code == 303
    page = client.get(f"/rectifications/{number}").text
    token = page.partition('tp-evidence" src="/files/')[2].partition("?")[0]
    assert signed_in("coordinator").get(f"/files/{token}").status_code == 200
    assert signed_in("other_reporter").get(f"/files/{token}").status_code == 404


def test_more_time(app: Flask, cast: Cast, visit: Visit) -> None:
    page = f"/rectifications/{made(app, cast)}"
    with app.app_context():
        found = queries.get(int(page.rpartition("/")[2]), cast.actor("reporter"))
        assert found is not None
        until = workdays.calendar().add(found.due_on, 3)
    reporter, coordinator = visit("reporter"), visit("coordinator")
    assert reporter.send(page, f"{page}/extensions", until="", reason="").status == 422
    assert reporter.send(page, f"{page}/extensions", until=until.isoformat(), reason="村里换届，人手不够").status == 303
    assert "等批" in reporter.get(page).text
    refused = coordinator.send(page, f"{page}/extension-refusals", words="")
    assert (refused.status, "不同意的理由" in refused.text) == (422, True)
    assert coordinator.send(page, f"{page}/extension-grants").status == 303
    assert "原定" in reporter.get(page).text


def test_others_see_nothing_of_it(app: Flask, cast: Cast, visit: Visit) -> None:
    page = f"/rectifications/{made(app, cast, answered=True)}"
    for key in ("other_reporter", "head"):
        assert visit(key).get(page).status == 404
    assert visit("publisher").get(page).status == 403
    assert "核查通过，销号" not in visit("auditor").get(page).text


def test_it_is_called_off(app: Flask, cast: Cast, visit: Visit) -> None:
    page = f"/rectifications/{made(app, cast)}"
    coordinator = visit("coordinator")
    assert coordinator.send(page, f"{page}/cancellations", reason="").status == 422
    assert coordinator.send(page, f"{page}/cancellations", reason="单位写错了").status == 303
    assert "单位写错了" in coordinator.get(page).text
    assert "整改已撤销" in coordinator.get("/rectifications?which=done").text
