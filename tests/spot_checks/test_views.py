"""The pages: a draw from beginning to end, and the proof for anybody inside."""

import hashlib
import json
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.http import ClientVisitor
from tests.spot_checks.checks import a_drawn_check, later_acts, published
from town_portal.foundation import clock

Visit = Callable[[str], ClientVisitor]
ANSWERED = {f"mark-{number}": "good" for number in range(1, 8)}


@pytest.fixture
def visit(signed_in: Callable[[str], FlaskClient]) -> Visit:
    """Somebody of the cast, signed in, walking pages."""
    return lambda key: ClientVisitor(signed_in(key))


def test_a_check_from_the_list_to_the_report(app: Flask, cast: Cast, visit: Visit) -> None:
    with app.app_context():
        published(cast)
    office = visit("coordinator")
    assert "还没有抽查过" in office.get("/spot-checks").text
    today = clock.today().isoformat()
    wrong = office.send("/spot-checks/new", "/spot-checks", size="99", last=today)
    assert (wrong.status, "1—4 之间" in wrong.text) == (422, True)
    sealed = office.send("/spot-checks/new", "/spot-checks", size="2", last=today)
    page = sealed.location
    assert sealed.status == 303
    assert "还差 5 条留痕" in office.get(page).text
    assert visit("reporter").get(f"{page}/proof").status == 404
    with app.app_context():
        later_acts(cast)
    assert office.send(page, f"{page}/draws").status == 303
    for number in (1, 2):
        found = f"/spot-checks/items/{number}"
        assert "检查清单" in office.get(found).text
        missing = office.send(found, f"{found}/results", result="nothing")
        assert (missing.status, "还没有填" in missing.text) == (422, True)
        assert office.send(found, f"{found}/results", result="nothing", **ANSWERED).status == 303
    assert office.send(page, f"{page}/completions", words="总的情况好。").status == 303
    shown = office.get(page).text
    assert ("抽查完成" in shown, "总的情况好。" in shown) == (True, True)
    assert "没有发现问题 2 条" in " ".join(office.get(f"{page}/report").text.split())


@pytest.mark.parametrize("key", ["reporter", "administrator", "auditor", "idler"])
def test_anybody_inside_computes_it_again(app: Flask, cast: Cast, visit: Visit, key: str) -> None:
    with app.app_context():
        published(cast)
        check = a_drawn_check(cast)
        number, digest = check.id, check.list_digest
    reader = visit(key)
    assert "验算一致" in reader.get(f"/spot-checks/{number}/proof").text
    listed = reader.get(f"/spot-checks/{number}/list.json").text
    assert hashlib.sha256(listed.encode()).hexdigest() == digest
    assert json.loads(listed)["size"] == 2


def test_who_had_a_hand_in_it_reads_why_he_may_not_look(app: Flask, cast: Cast, visit: Visit) -> None:
    with app.app_context():
        published(cast)
        number = a_drawn_check(cast).items[0].id
    assert "您经手过" in visit("head").get(f"/spot-checks/items/{number}").text
    assert "记下结果" in visit("other_head").get(f"/spot-checks/items/{number}").text
    assert "记下结果" not in visit("auditor").get(f"/spot-checks/items/{number}").text


def test_a_list_is_given_up_on_its_page(app: Flask, cast: Cast, visit: Visit) -> None:
    with app.app_context():
        published(cast)
    office = visit("coordinator")
    page = office.send("/spot-checks/new", "/spot-checks", size="1", last=clock.today().isoformat()).location
    assert office.send(page, f"{page}/abandonments", words="日期填错了").status == 303
    assert "日期填错了" in office.get("/spot-checks").text
