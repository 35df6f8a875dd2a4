"""Pages of the trail."""

from collections.abc import Callable

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient

from tests.audit.acts import behind_the_back, rename, some_history
from tests.cast import Cast
from town_portal.access.actor import SYSTEM
from town_portal.audit import operations, queries, views
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import unit_of_work

SignIn = Callable[[str], FlaskClient]


@pytest.fixture
def auditor(app: Flask, cast: Cast, signed_in: SignIn) -> FlaskClient:
    """The auditor's browser, in a house with seven events."""
    with app.app_context():
        some_history(cast)
    return signed_in("auditor")


@pytest.mark.parametrize("path", ["/trail", "/trail/events/1", "/trail/verification"])
@pytest.mark.parametrize("key", ["reporter", "head", "coordinator", "publisher", "administrator", "idler"])
def test_the_trail_is_the_auditors_alone(signed_in: SignIn, path: str, key: str) -> None:
    assert signed_in(key).get(path).status_code == 403


@pytest.mark.parametrize("path", ["/trail", "/trail/events/1", "/trail/verification"])
def test_the_trail_asks_strangers_to_sign_in(app: Flask, cast: Cast, path: str) -> None:
    answer = app.test_client().get(path)
    assert answer.status_code in (302, 303)


@pytest.mark.parametrize("path", ["/trail", "/trail/events/1", "/trail/verification"])
def test_the_trail_takes_no_posts(auditor: FlaskClient, path: str) -> None:
    assert auditor.post(path).status_code in (400, 405)


def test_every_act_is_a_sentence(auditor: FlaskClient) -> None:
    page = auditor.get("/trail").text
    assert "留痕 7 条" in page
    assert "<b>黄晓琳</b>（党政和人大办公室 · 统筹管理）<b>改名</b>：" in page
    assert "更名批复" in page
    assert page.index("第 7 条") < page.index("第 6 条") < page.index("第 1 条")


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("person=黄晓琳", "第 2 条", "第 3 条"),
        ("action=rename_unit_in_test", "第 6 条", "第 7 条"),
        ("words=围镇", "第 3 条", "第 5 条"),
        ("until=2025-01-02", "第 1 条", "第 2 条"),
    ],
)
def test_the_trail_is_searched(auditor: FlaskClient, query: str, shown: str, hidden: str) -> None:
    page = auditor.get(f"/trail?{query}").text
    assert shown in page
    assert hidden not in page


def test_nothing_found_says_what_to_do(auditor: FlaskClient) -> None:
    assert "没有找到" in auditor.get("/trail?words=没有这个村").text


def test_a_search_that_makes_no_sense_is_422(auditor: FlaskClient) -> None:
    answer = auditor.get("/trail?since=2026-05-02&until=2026-05-01")
    assert answer.status_code == 422
    assert "结束日期不能早于开始日期" in answer.text


def test_one_act_in_full_with_its_proof(app: Flask, auditor: FlaskClient) -> None:
    page = auditor.get("/trail/events/2").text
    with app.app_context():
        event = queries.event(2)
        assert event is not None
        wanted = (event.digest, event.leaf, event.previous, queries.verify().root, event.bound_rows[0][2])
    assert all(str(part) in page for part in wanted)
    assert "sha256sum" in page
    assert "更名批复" in page


def test_an_act_that_never_was_is_404(auditor: FlaskClient) -> None:
    assert auditor.get("/trail/events/8").status_code == 404
    assert auditor.get("/trail/events/99999999999999999999").status_code == 404


def test_a_sound_trail_is_said_to_be_sound(auditor: FlaskClient) -> None:
    page = auditor.get("/trail/verification").text
    assert "完好，没有发现改动" in page
    assert "留痕 7 条" in page
    assert "没有可用的存证" in page


def test_checkpoints_are_held_against_the_trail(app: Flask, auditor: FlaskClient) -> None:
    config = app.config["PORTAL"]
    with app.app_context():
        operations.checkpoint(config.checkpoints, operations.open_key(config.keys))
    assert "签过字的存证 1 份" in auditor.get("/trail/verification").text
    (config.checkpoints / "000000000099.txt").write_text("not a checkpoint")
    assert "有一份存证的签名不对" in auditor.get("/trail/verification").text
    (config.keys / operations.PUBLIC_KEY).unlink()
    assert "公钥不见了" in auditor.get("/trail/verification").text


def test_a_damaged_trail_names_the_first_broken_number(app: Flask, auditor: FlaskClient) -> None:
    with app.app_context():
        behind_the_back(
            "update audit_event set label = 'x' where seq = 5", "update audit_event set label = 'x' where seq = 3"
        )
    page = auditor.get("/trail/verification").text
    assert "最早看到的是第 3 条" in page
    assert 'href="/trail/events/3"' in page


def test_a_trail_too_long_for_a_page_is_not_said_to_be_sound(
    auditor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "AT_ONCE", 6)
    page = auditor.get("/trail/verification").text
    assert "没有核对" in page
    assert "flask --app wsgi audit verify" in page
    assert "完好" not in page


def test_the_menu_leads_the_auditor_here(auditor: FlaskClient) -> None:
    assert 'href="/trail"' in auditor.get("/trail").text


# -- the trace on item pages ---------------------------------------------------------------------


def trace(app: Flask, cast: Cast) -> str:
    """The trace of 洛洞村 as item pages draw it."""
    with app.test_request_context():
        events = queries.timeline("Unit", cast.unit("C03").id)
        return render_template_string(
            '{% from "components/timeline.html" import timeline %}{{ timeline(events) }}', events=events
        )


def test_a_trace_shows_who_what_and_why_newest_first(app: Flask, cast: Cast) -> None:
    with app.app_context():
        rename(cast.unit("C03"), "洛洞新村", cast.actor("coordinator"), opinion="同意\n请办")
        with unit_of_work(cast.actor("head")) as work:
            work.record(Action("return", "二审退回"), cast.unit("C03"), reasons=["有错别字"], opinion="第 3 段<b>")
        with unit_of_work(SYSTEM) as work:
            work.record(Action("sign", "二审通过"), cast.unit("C03"), meaning="二审·审", digest="ab" * 32)
    drawn = trace(app, cast)
    assert drawn.index("系统 二审通过") < drawn.index("陈志明 二审退回") < drawn.index("黄晓琳 改名")
    assert drawn.count("已签字") == 1
    assert drawn.count('class="is-back"') == 1
    assert "有错别字；第 3 段&lt;b&gt;" in drawn
    assert "同意<br>请办" in drawn
    assert "二审·审，内容校验码 abababababab" in drawn
    assert "农业农村办公室 · 部门负责人" in drawn
