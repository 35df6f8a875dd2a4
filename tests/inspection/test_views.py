"""The page of what was found after publication."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.http import ClientVisitor
from tests.inspection.late import REASON, a_late_finding
from town_portal.inspection import queries

Visit = Callable[[str], ClientVisitor]


@pytest.fixture
def visit(signed_in: Callable[[str], FlaskClient]) -> Visit:
    """Somebody of the cast, signed in, walking pages."""
    return lambda key: ClientVisitor(signed_in(key))


def test_the_publisher_says_why_and_the_finding_is_gone(app: Flask, cast: Cast, visit: Visit) -> None:
    with app.app_context():
        number = a_late_finding(cast).id
    publisher = visit("publisher")
    page = publisher.get("/inspections")
    assert "6月31日" in page.text
    too_short = publisher.send("/inspections", f"/inspections/{number}/dismissals", reason="没错")
    assert (too_short.status, "至少" in too_short.text) == (422, True)
    done = publisher.send("/inspections", f"/inspections/{number}/dismissals", reason=REASON)
    assert (done.status, done.location) == (303, "/inspections")
    assert "没有待处理的疑点" in publisher.get("/inspections").text
    assert REASON in publisher.get("/inspections?all=1").text
    with app.app_context():
        assert queries.open_count(cast.actor("publisher")) == 0


def test_the_unit_reads_and_cannot_dismiss(app: Flask, cast: Cast, visit: Visit) -> None:
    with app.app_context():
        a_late_finding(cast)
    page = visit("reporter").get("/inspections")
    assert "6月31日" in page.text
    assert "dismissals" not in page.text


def test_the_figures_of_the_quarter(app: Flask, cast: Cast, visit: Visit) -> None:
    with app.app_context():
        a_late_finding(cast)
    page = visit("coordinator").get("/statistics/proofreading")
    assert page.status == 200
    assert "日期不存在" in page.text
    assert "各位审核人" not in visit("reporter").get("/statistics/proofreading").text
