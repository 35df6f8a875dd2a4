"""Beginning an item: the start page, a model text, an empty form."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.http import ClientVisitor, choice
from tests.scene import made
from town_portal.access.roles import Role
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.model_texts import operations as model_texts
from town_portal.model_texts import queries as model_text_queries
from town_portal.model_texts.rules.blanks import filled
from town_portal.model_texts.rules.founding import SHIPPED
from town_portal.network import operations as network
from town_portal.proofreading.rules.finding import Family, Severity
from town_portal.submissions import queries
from town_portal.submissions.models import Submission
from town_portal.submissions.rules import markup, plain_text
from town_portal.submissions.rules.lifecycle import State

SignedIn = Callable[[str], FlaskClient]
Visit = Callable[[str], ClientVisitor]


@pytest.fixture
def visit(signed_in: SignedIn) -> Visit:
    """Somebody of the cast, signed in, walking pages."""
    return lambda key: ClientVisitor(signed_in(key))


@pytest.fixture
def models(app: Flask, cast: Cast) -> dict[str, int]:
    """The shipped model texts, by name."""
    with app.app_context():
        return {model.name: model.id for model in model_texts.found(cast.actor("coordinator"))}


def test_the_ways_to_begin(models: dict[str, int], visit: Visit) -> None:
    page = visit("reporter").get("/submissions/new")
    assert page.text.count("<h1") == 1
    for address in ("/submissions/new/blank", "/submissions/new/word", f"/submissions/new/models/{models['走访慰问']}"):
        assert f'href="{address}"' in page.text
    assert "接着写" not in page.text, "there is no draft"


def test_without_model_texts_it_says_who_keeps_them(cast: Cast, visit: Visit) -> None:
    assert "还没有范文" in visit("reporter").get("/submissions/new").text


def test_drafts_are_offered(app: Flask, cast: Cast, visit: Visit) -> None:
    draft = made(app, cast, title="写了一半的稿子")
    back = made(app, cast, State.RETURNED, title="退回来的稿子")
    made(app, cast, State.SECOND_REVIEW, title="正在审的稿子")
    page = visit("reporter").get("/submissions/new").text
    assert f"/submissions/{draft}/editing" in page
    assert f"/submissions/{back}/editing" in page
    assert "正在审的稿子" not in page
    assert "写了一半的稿子" not in visit("other_reporter").get("/submissions/new").text


def test_what_was_typed_and_not_saved_comes_first(models: dict[str, int], visit: Visit) -> None:
    reporter = visit("reporter")
    typed = reporter.get("/submissions/new/blank").form("/submissions").filled(title="写到一半的题目")
    reporter.post("/working-copies/0", typed)
    page = reporter.get("/submissions/new").text
    assert page.index("写到一半的题目") < page.index("空白稿")
    model = f"/submissions/new/models/{models['走访慰问']}"
    assert "写到一半的题目" in reporter.get(model).text
    assert 'name="on"' not in reporter.get(model).text, "a model does not cover up what was typed"
    shown = dict(reporter.get(f"/submissions/new/blank?model={models['走访慰问']}").form("/submissions").fields)
    assert shown["title"] == "写到一半的题目"
    assert reporter.send("/submissions/new", "/working-copies/0/discarding").location == "/submissions/new"
    assert 'name="on"' in reporter.get(model).text


def test_a_model_text_is_looked_at_and_fills_the_form(app: Flask, models: dict[str, int], visit: Visit) -> None:
    reporter = visit("reporter")
    number = models["走访慰问"]
    page = reporter.get(f"/submissions/new/models/{number}").text
    assert "问清：走访哪类家庭、几户" in page
    assert "【内容】家庭" in page
    day = clock.today() - timedelta(days=2)
    written = f"{day.year}年{day.month}月{day.day}日"
    editor = reporter.get(f"/submissions/new/blank?model={number}&on={day.isoformat()}")
    fields = dict(editor.form("/submissions").fields)
    assert fields["title"] == "洛洞村走访慰问【人数】户家庭"
    assert fields["body_text"].startswith(f"{written}，洛洞村组织【人数】名干部")
    assert (fields["event_on"], fields["model_text_id"]) == (day.isoformat(), str(number))
    assert "照范文“走访慰问”写" in editor.text
    answer = reporter.send(editor, "/submissions", counterpart_id=choice(editor, "农业农村办公室"))
    assert answer.location == "/submissions/1/editing"
    with app.app_context():
        body = db.session.get_one(Submission, 1).revision.body_html
    assert body.startswith(f"<p>{written}，洛洞村组织【人数】名干部")


def test_the_hint_stays_while_one_types(models: dict[str, int], visit: Visit) -> None:
    reporter = visit("reporter")
    editor = reporter.get(f"/submissions/new/blank?model={models['走访慰问']}")
    reporter.post("/working-copies/0", editor.form("/submissions").filled(title="洛洞村走访慰问8户家庭"))
    page = reporter.get("/submissions/new/blank")
    assert "照范文“走访慰问”写" in page.text
    assert dict(page.form("/submissions").fields)["title"] == "洛洞村走访慰问8户家庭"


def test_a_table_of_a_model_comes_through_without_script(app: Flask, models: dict[str, int], visit: Visit) -> None:
    reporter = visit("reporter")
    editor = reporter.get(f"/submissions/new/blank?model={models['季度财务收支公开']}")
    assert "【表1】" in dict(editor.form("/submissions").fields)["body_text"]
    reporter.send(editor, "/submissions", counterpart_id=choice(editor, "农业农村办公室"))
    with app.app_context():
        item = db.session.get_one(Submission, 1)
        assert item.revision.body_html.count("<table>") == 2
        assert "<th>金额（元）</th>" in item.revision.body_html
        assert item.column.code == "tzgg"


@pytest.mark.parametrize("query", ["model=999", "model=abc", "model=1&on=gestern", "model=1&unit=999", "model="])
def test_odd_addresses_open_a_form(cast: Cast, visit: Visit, query: str) -> None:
    assert visit("reporter").get(f"/submissions/new/blank?{query}").status == 200


def test_a_retired_model_is_not_there(app: Flask, cast: Cast, models: dict[str, int], visit: Visit) -> None:
    number = models["走访慰问"]
    with app.app_context():
        model_texts.retire(cast.actor("coordinator"), model_text_queries.get(number))  # type: ignore[arg-type]
    reporter = visit("reporter")
    assert reporter.get(f"/submissions/new/models/{number}").status == 404
    assert f"/submissions/new/models/{number}" not in reporter.get("/submissions/new").text
    assert dict(reporter.get(f"/submissions/new/blank?model={number}").form("/submissions").fields)["title"] == ""


def test_who_reports_for_two_units_chooses(app: Flask, cast: Cast, models: dict[str, int], visit: Visit) -> None:
    with app.app_context():
        other = cast.unit("C01").id
        administrator = cast.actor("administrator")
        person, unit = cast.person("reporter"), cast.unit("C01")
        network.appoint(administrator, person, unit, Role.REPORTER, clock.today(), deputy=True)
    reporter = visit("reporter")
    number = models["走访慰问"]
    assert "哪个单位的" in reporter.get(f"/submissions/new/models/{number}").text
    fields = dict(reporter.get(f"/submissions/new/blank?model={number}&unit={other}").form("/submissions").fields)
    assert (fields["unit_id"], fields["title"]) == (str(other), "汤塘社区走访慰问【人数】户家庭")
    fields = dict(reporter.get(f"/submissions/new/blank?model={number}").form("/submissions").fields)
    assert fields["title"] == "【单位】走访慰问【人数】户家庭"


def test_only_drafters_begin(models: dict[str, int], visit: Visit) -> None:
    for path in ("/submissions/new", "/submissions/new/blank", f"/submissions/new/models/{models['走访慰问']}"):
        assert visit("head").get(path).status == 403


@pytest.mark.parametrize("place", range(len(SHIPPED)), ids=[wording.name for _, wording in SHIPPED])
def test_no_shipped_text_is_handed_in_with_a_blank_left(town: Cast, place: int) -> None:
    """Every blank blocks, in the page's own words; and there is nothing else to find fault with."""
    wording = SHIPPED[place][1]
    known = {"日期": "2026年11月20日", "单位": "洛洞村"}
    title = filled(wording.title, known)
    body = markup.sanitised(plain_text.from_text(filled(wording.body, known)))
    found = queries.spotted_in(title, body)
    must = [one for one in found if one.severity is Severity.BLOCK and one.family is Family.PLACEHOLDER]
    left = len(re.findall("【", title + markup.words(body)))
    assert sum(one.words.count("【") for one in must) == left > 0
    assert [one.message for one in found if one not in must and one.severity is not Severity.HINT] == []
