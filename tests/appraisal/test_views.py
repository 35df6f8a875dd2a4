"""The pages of the year."""

import io
from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from tests.cast import Cast
from tests.http import ClientVisitor
from tests.rectifications.orders import DONE, a_rectification, at
from tests.scoring.schemes import a_scheme_in_force
from town_portal.appraisal import queries
from town_portal.foundation import clock
from town_portal.rectifications import operations as rectifications

Visit = Callable[[str], ClientVisitor]


@pytest.fixture
def visit(app: Flask, cast: Cast, signed_in: Callable[[str], FlaskClient]) -> Iterator[Visit]:
    """In January, with one thing that was put right in time; somebody signed in."""
    with clock.stopped_at(at(date(2025, 12, 1))), app.app_context():
        a_scheme_in_force(cast)
    with clock.stopped_at(at(date(2026, 3, 2))), app.app_context():
        found = a_rectification(cast)
        rectifications.answer(cast.actor("reporter"), found, None, DONE)
        rectifications.accept(cast.actor("coordinator"), found, None)
    with clock.stopped_at(at(date(2027, 1, 12))):
        yield lambda key: ClientVisitor(signed_in(key))


def test_the_table_is_read_by_all_and_closed_by_the_principal(app: Flask, cast: Cast, visit: Visit) -> None:
    page = visit("reporter").get("/appraisals?year=2026")
    assert (page.status, "没有定稿" in page.text, "导出" in page.text) == (200, True, False)
    principal = visit("principal")
    sent = principal.send("/appraisals/2026", "/appraisals/2026/closings", words="经班子会议研究")
    assert (sent.status, sent.location) == (303, "/appraisals/2026")
    closed = principal.get("/appraisals/2026").text
    assert ("定稿校验值" in closed, "经班子会议研究" in closed, "年度考核定稿</button>" in closed) == (
        True,
        True,
        False,
    )
    assert visit("principal").get("/appraisals/1999").status == 404


def test_a_unit_reads_its_own_evidence_and_nobody_elses(app: Flask, cast: Cast, visit: Visit) -> None:
    with app.app_context():
        own, other = cast.unit("C03").id, cast.unit("C01").id
    reporter = visit("reporter")
    page = reporter.get(f"/appraisals/2026/units/{own}").text
    assert ("三个月没有更新" in page, "100.00" in page) == (True, True)
    assert reporter.get(f"/appraisals/2026/units/{other}").status == 404
    assert reporter.get(f"/appraisals/2026/units/{other}/workbook").status == 404
    assert visit("coordinator").get(f"/appraisals/2026/units/{other}").status == 200


def test_the_workbook_has_the_pages_figures(
    app: Flask, cast: Cast, visit: Visit, signed_in: Callable[[str], FlaskClient]
) -> None:
    client = signed_in("coordinator")
    book = load_workbook(io.BytesIO(client.get("/appraisals/2026/workbook").data))
    rows = [row for row in book["村（社区）"].iter_rows(values_only=True) if row[1] == "洛洞村"]
    with app.app_context():
        one = queries.now(2026).of(cast.unit("C03").id)
    assert one is not None
    assert rows[0][0] == one.rank
    assert [Fraction(str(cell)) for cell in rows[0][2:-1]] == [*(line.points for line in one.lines), one.total]
    assert "整改落实明细" in book.sheetnames
    own = signed_in("reporter").get(f"/appraisals/2026/units/{one.unit_id}/workbook")
    assert own.headers["Content-Type"].startswith("application/vnd.openxml")
    assert signed_in("reporter").get("/appraisals/2026/workbook").status_code == 403
