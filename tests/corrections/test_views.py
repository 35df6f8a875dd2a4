"""From the reader's button to the case; and a withdrawn article at every address it ever had."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.corrections.faults import BODY, RIGHT, WRONG, confirmed, public, reported
from tests.http import ClientVisitor
from tests.inspection.late import a_late_finding
from tests.portal.articles import add_document, add_photo, figure
from tests.scene import PASSWORD, give_passwords
from town_portal.corrections import queries
from town_portal.corrections.rules.fault import FaultOrigin
from town_portal.corrections.rules.lifecycle import FaultState
from town_portal.foundation import clock
from town_portal.search import operations as search

Visit = Callable[[str], ClientVisitor]


@pytest.fixture
def visit(app: Flask, cast: Cast) -> Visit:
    """Somebody of the cast with his password, signed in, walking pages."""

    def enter(key: str) -> ClientVisitor:
        with app.app_context():
            give_passwords(cast, key)
            phone = cast.person(key).phone
        visitor = ClientVisitor(app.test_client())
        visitor.sign_in(phone)
        return visitor

    return enter


@pytest.fixture
def number(app: Flask, cast: Cast) -> int:
    """An article the public reads."""
    with app.app_context():
        return public(cast).id


def sent_by_reader(reader: ClientVisitor, number: int, **fields: str) -> object:
    """The form filled in by a hand that needs ten seconds."""
    page = reader.get(f"/portal/articles/{number}/faults/new")
    with clock.stopped_at(clock.now() + timedelta(seconds=10)):
        return reader.send(page, f"/portal/articles/{number}/faults", **fields)


def test_from_the_readers_button_to_the_list_of_cases(
    app: Flask, client: FlaskClient, visit: Visit, number: int
) -> None:
    reader = ClientVisitor(client)
    assert f"/portal/articles/{number}/faults/new" in reader.get(f"/portal/articles/{number}").text
    answer = sent_by_reader(reader, number, words="农房数好像写错了", contact="13812345678")
    receipt = answer.location  # type: ignore[attr-defined]
    assert "已收到" in reader.get(receipt).text
    ticket = "/faults/1"
    coordinator, publisher, reporter = visit("coordinator"), visit("publisher"), visit("reporter")
    assert "13812345678" not in coordinator.get(ticket).text + coordinator.get("/faults").text
    shown = coordinator.send(ticket, f"{ticket}/contact-views", **{"t-words": "核实所说的数字"})
    assert "13812345678" in shown.text
    assert "13812345678" not in publisher.get(ticket).text
    matter = {"c-matter": "农房数写成1268栋，台账是268栋", "c-values": "y"}
    assert coordinator.send(ticket, f"{ticket}/confirmations", **matter).status == 303
    change = {"f-before_1": WRONG, "f-after_1": RIGHT, "f-password": PASSWORD}
    refused = publisher.send(ticket, f"{ticket}/fixes", **change)
    assert (refused.status, "公众看的更正说明" in refused.text) == (422, True)
    assert publisher.send(ticket, f"{ticket}/fixes", **change, **{"f-note": "更正农房排查数。"}).status == 303
    assert "1268" in reader.get(f"/portal/articles/{number}").text
    assert coordinator.send(ticket, f"{ticket}/fix-signatures", **{"s-password": PASSWORD}).status == 303
    page = reader.get(f"/portal/articles/{number}").text
    assert "268栋" in page and "1268栋" not in page and "更正农房排查数。" in page
    words = {"a-words": "抄台账时多写了一位，以后两人核对"}
    assert reporter.send(ticket, f"{ticket}/answers", **words).status == 303
    assert publisher.send(ticket, f"{ticket}/channels", **{"n-name": "佛冈通"}).status == 303
    assert coordinator.send(ticket, f"{ticket}/closings").status == 422
    with app.app_context():
        line = queries.checks(1)[-1].id
    checked = publisher.send(ticket, f"/faults/channels/{line}/confirmations", **{f"k{line}-words": "已请后台更正"})
    assert checked.status == 303
    assert coordinator.send(ticket, f"{ticket}/closings").status == 303
    assert coordinator.send(f"{ticket}/case", f"{ticket}/cases").status == 303
    cases = reporter.get("/faults/cases").text
    assert "两人核对" in cases and "洛洞村" not in re.sub(r"<header.*?</header>", "", cases, flags=re.DOTALL)
    assert "已改正" in reader.get(receipt).text
    causes = coordinator.get("/faults/causes").text
    assert "纳入校对词库" in causes


def test_the_readers_form_says_what_is_missing_and_hears_no_machine(client: FlaskClient, number: int) -> None:
    reader = ClientVisitor(client)
    path = f"/portal/articles/{number}/faults"
    empty = sent_by_reader(reader, number)
    assert (empty.status, "请写明哪里错了" in empty.text) == (422, True)  # type: ignore[attr-defined]
    trapped = sent_by_reader(reader, number, words="哪里都不对", site="x")
    assert "没有收下" in trapped.text  # type: ignore[attr-defined]
    quick = reader.send(f"{path}/new", path, words="哪里都不对")
    assert "太快" in quick.text
    linked = sent_by_reader(reader, number, words="看 https://a.b")
    assert "不要写网址" in linked.text  # type: ignore[attr-defined]
    assert reader.get("/portal/faults/NOSUCHRECEIPT").status == 404
    assert reader.get("/portal/articles/999/faults/new").status == 404


@pytest.mark.parametrize(("kind", "notice", "status"), [("error", "内容有误，正在核实", 410), ("privacy", "", 404)])
def test_a_withdrawn_article_is_gone_at_every_address(
    app: Flask, cast: Cast, client: FlaskClient, visit: Visit, kind: str, notice: str, status: int
) -> None:
    with app.app_context():
        folder = app.extensions["store"].folder
        photo, document = add_photo(cast, folder), add_document(cast, folder)
        publication = public(
            cast,
            body_html=BODY + figure(photo),
            attachments=((document.id, "名册.pdf"),),
            title="洛洞村农房排查名册公布",
        )
        number, column = publication.id, publication.column.code
        fault = confirmed(cast, publication).id
        before = [photo.token, document.token]
        search.index(20)
    addresses = [f"/files/{token}" for token in before] + [f"/files/{before[0]}?size=s"]
    lists = ["/portal", "/portal/articles", f"/portal/columns/{column}", "/portal/articles?q=名册"]
    public_ = ClientVisitor(client)
    assert all(client.get(address).status_code == 200 for address in addresses)
    assert all(f"/portal/articles/{number}" in public_.get(address).text for address in lists)
    tag = client.get(f"/portal/articles/{number}").headers["ETag"]
    words = {"w-kind": kind, "w-reason": "名册里数字全错", "w-notice": notice, "w-password": PASSWORD}
    assert visit("publisher").send(f"/faults/{fault}", f"/faults/{fault}/withdrawals", **words).status == 303
    assert [client.get(address).status_code for address in addresses] == [404] * 3
    for address in lists:
        page = public_.get(address).text
        assert f"/portal/articles/{number}" not in page and ">洛洞村农房排查名册公布" not in page
    for headers in ({}, {"If-None-Match": tag}):
        gone = client.get(f"/portal/articles/{number}", headers=headers)
        assert gone.status_code == status
        assert "排查名册" not in gone.text and "1268" not in gone.text
        assert (notice in gone.text) is True
    assert client.get(f"/portal/articles/{number}/faults/new").status_code == 404


def test_the_press_on_a_nights_finding_makes_one_ticket(app: Flask, cast: Cast, visit: Visit) -> None:
    with app.app_context():
        finding = a_late_finding(cast).id
    coordinator = visit("coordinator")
    for _ in range(2):
        done = coordinator.send("/inspections", f"/faults/from-findings/{finding}")
        assert (done.status, done.location) == (303, "/faults/1")
    with app.app_context():
        fault = queries.of_source(f"late_finding:{finding}")
        assert fault is not None
        assert (fault.origin, fault.state) == (FaultOrigin.NIGHT, FaultState.REPORTED)
        assert queries.counted(clock.today(), clock.today()) == []


def test_somebody_of_the_house_writes_a_fault_down(app: Flask, visit: Visit, number: int) -> None:
    head = visit("head")
    wrong = head.send("/faults/new", "/faults", article="没有这个", words="数字不对")
    assert (wrong.status, "没有找到这条信息" in wrong.text) == (422, True)
    done = head.send("/faults/new", "/faults", article=f"https://a.b/portal/articles/{number}", words="数字不对头")
    assert done.status == 303
    assert "数字不对头" in head.get(done.location).text


def test_a_foreign_ticket_is_not_there(app: Flask, cast: Cast, visit: Visit) -> None:
    with app.app_context():
        fault = reported(cast).id
    other = visit("other_reporter")
    assert other.get(f"/faults/{fault}").status == 404
    assert other.get("/faults").status == 200


def test_severity_is_asked_for_and_decided_on_the_ticket(app: Flask, cast: Cast, visit: Visit) -> None:
    with app.app_context():
        fault = confirmed(cast).id
    ticket = f"/faults/{fault}"
    asked = visit("coordinator").send(
        ticket, f"{ticket}/severity-proposals", **{"v-severity": "minor", "v-words": "很快改好了"}
    )
    assert asked.status == 303
    leader = visit("leader")
    assert "很快改好了" in leader.get(ticket).text
    assert leader.send(ticket, f"{ticket}/severity-decisions").status == 303
