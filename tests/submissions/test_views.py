"""Pages of items: what opens for whom, what sending a form does, and what is refused how."""

import io
import re
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from tests.browsing import post
from tests.builders import BODY, a_submission, a_text, days_ago, put_in_force
from tests.cast import Cast
from tests.http import ClientVisitor, choice, shown
from tests.scene import PASSWORD, give_passwords, made
from tests.statements import statements
from tests.workdays.years import load_shipped
from town_portal.audit.queries import head_seq, verify
from town_portal.files.operations import upload_picture
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.settings import queries as settings
from town_portal.submissions import operations, queries
from town_portal.submissions.models import Submission
from town_portal.submissions.rules.lifecycle import State

S = State
SignedIn = Callable[[str], FlaskClient]
Visit = Callable[[str], ClientVisitor]
FRAGMENT = {"HX-Request": "true"}
OFFICE = "农业农村办公室"


@pytest.fixture
def visit(signed_in: SignedIn) -> Callable[[str], ClientVisitor]:
    """Somebody of the cast, signed in, walking pages."""
    return lambda key: ClientVisitor(signed_in(key))


def state_of(app: Flask, number: int) -> tuple[State, str, int]:
    """An item as it is now: state, title, number of its version."""
    with app.app_context():
        item = db.session.get_one(Submission, number)
        return item.state, item.title, queries.last_number(number)


def seq(app: Flask) -> int:
    """The number of the newest event."""
    with app.app_context():
        return head_seq()


# -- lists ---------------------------------------------------------------------------------------


def test_the_list_as_page_and_fragment(app: Flask, cast: Cast, visit: Visit) -> None:
    made(app, cast, title="洛洞村修好了水渠")
    reporter = visit("reporter")
    page = reporter.get("/submissions")
    assert (page.status, page.text.count("<h1")) == (200, 1)
    assert "洛洞村修好了水渠" in page.text
    fragment = reporter.get("/submissions", **FRAGMENT).text
    assert fragment.lstrip().startswith('<div id="submissions-list">')
    assert "<h1" not in fragment
    assert "洛洞村修好了水渠" not in visit("other_reporter").get("/submissions").text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=水渠", True),
        ("q=没有这个词", False),
        ("q=%00", True),
        ("state=draft", True),
        ("state=published", False),
        ("state=nonsense", True),
        ("unit=abc&column=abc&page=abc", True),
        ("page=99", True),
        ("unit=99999999999999999999", True),
        ("column=-1", True),
        ("mine=1", True),
    ],
)
def test_filters(app: Flask, cast: Cast, visit: Visit, query: str, found: bool) -> None:
    made(app, cast, title="洛洞村修好了水渠")
    page = visit("reporter").get(f"/submissions?{query}")
    assert page.status == 200
    assert ("洛洞村修好了水渠" in page.text) == found


# -- writing -------------------------------------------------------------------------------------


def test_a_new_form_suggests_what_a_reporter_would_choose(visit: Visit) -> None:
    fields = dict(visit("reporter").get("/submissions/new/blank").form("/submissions").fields)
    assert (fields["source"], fields["event_on"]) == ("洛洞村", clock.today().isoformat())
    assert fields["attribute"] == "active"
    assert fields["counterpart_id"] == "0", "who reviews the first item is asked, not guessed"


def new_item(visitor: ClientVisitor, cast_column: str = "", **given: Any) -> Any:
    """Write an item by the form, as a browser without script does."""
    page = visitor.get("/submissions/new/blank")
    usual = {"title": "洛洞村修好了水渠", "body_text": "一段。\n二段。", "counterpart_id": choice(page, OFFICE)}
    return visitor.send(page, "/submissions", **{**usual, **given})


def test_an_item_is_written_without_script(app: Flask, cast: Cast, visit: Visit) -> None:
    reporter = visit("reporter")
    answer = new_item(reporter)
    assert (answer.status, answer.location) == (303, "/submissions/1/editing")
    assert "已保存" in reporter.get(answer.location).text
    with app.app_context():
        assert db.session.get_one(Submission, 1).revision.body_html == "<p>一段。</p><p>二段。</p>"


def test_saved_and_on_to_handing_in(visit: Visit) -> None:
    assert new_item(visit("reporter"), then="submit").location == "/submissions/1/submittal"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"event_on": ""}, "请选事情发生的日期"),
        ({"counterpart_id": "0"}, "请选对口办公室"),
        ({"event_on": "昨天"}, "事情发生"),
        ({"event_on": "9999-12-31"}, "年份不对"),
        ({"event_on": "0001-01-01"}, "年份不对"),
        ({"title": "长" * 101}, "标题太长"),
        ({"source": "长" * 61}, "来源太长"),
        ({"column_id": "999"}, "column_id"),
        ({"counterpart_id": "abc"}, "counterpart_id"),
        ({"unit_id": "999"}, "unit_id"),
        ({"importance": "top"}, "importance"),
    ],
)
def test_a_form_with_mistakes_comes_back_with_everything_typed(
    app: Flask, visit: Visit, wrong: dict[str, str], words: str
) -> None:
    before = seq(app)
    answer = new_item(visit("reporter"), **{"body_text": "写好的正文", **wrong})
    assert answer.status == 422
    assert words in answer.text
    assert "写好的正文" in answer.text
    assert seq(app) == before


def test_a_unit_one_does_not_report_for_is_no_choice(app: Flask, cast: Cast, visit: Visit) -> None:
    with app.app_context():
        foreign = cast.unit("C01").id
    assert new_item(visit("reporter"), unit_id=str(foreign)).status == 422


def test_the_editor_opens_for_the_unit_only(app: Flask, cast: Cast, visit: Visit) -> None:
    number = made(app, cast)
    assert visit("reporter").get(f"/submissions/{number}/editing").status == 200
    assert visit("deputy_reporter").get(f"/submissions/{number}/editing").status == 200
    assert visit("other_reporter").get(f"/submissions/{number}/editing").status == 404
    assert visit("head").get(f"/submissions/{number}/editing").status == 403


def test_what_is_not_editable_is_shown_instead(app: Flask, cast: Cast, visit: Visit) -> None:
    number = made(app, cast, S.SECOND_REVIEW)
    answer = visit("reporter").get(f"/submissions/{number}/editing")
    assert (answer.status, answer.location) == (303, f"/submissions/{number}")


def test_a_new_version_is_saved_and_an_unchanged_one_is_not(app: Flask, cast: Cast, visit: Visit) -> None:
    number = made(app, cast)
    reporter = visit("reporter")
    path, action = f"/submissions/{number}/editing", f"/submissions/{number}/revisions"
    before = seq(app)
    assert reporter.send(path, action).status == 303
    assert seq(app) == before
    assert reporter.send(path, action, title="洛洞村修好了两条水渠").location == path
    assert state_of(app, number) == (S.DRAFT, "洛洞村修好了两条水渠", 2)


def test_who_was_slower_is_told_by_whom_and_keeps_his_words(app: Flask, cast: Cast, visit: Visit) -> None:
    number = made(app, cast)
    path, action = f"/submissions/{number}/editing", f"/submissions/{number}/revisions"
    reporter, deputy = visit("reporter"), visit("deputy_reporter")
    opened = reporter.get(path)
    deputy.send(path, action, title="副信息员先改好的题目")
    answer = reporter.send(opened, action, title="我辛苦写的题目")
    assert answer.status == 409
    assert re.search(r"黄永强.*洛洞村 · 信息员.*今天 \d\d:\d\d 办了“.*修改", shown(answer.text))
    assert state_of(app, number)[1] == "副信息员先改好的题目"
    page = reporter.get(path)
    assert "黄永强 今天" in shown(page.text)
    assert "也保存了这篇。您写的没有丢" in page.text
    assert dict(page.form(action).fields)["title"] == "我辛苦写的题目"
    assert reporter.send(page, action).status == 303
    assert state_of(app, number) == (S.DRAFT, "我辛苦写的题目", 3)


def test_typing_is_kept_and_a_collision_told(app: Flask, cast: Cast, visit: Visit) -> None:
    number = made(app, cast)
    path, action, keep = (
        f"/submissions/{number}/editing",
        f"/submissions/{number}/revisions",
        f"/working-copies/{number}",
    )
    reporter = visit("reporter")
    opened = reporter.get(path)
    before = seq(app)
    typed = opened.form(action).filled(title="写到一", body_text="半句话")
    answer = reporter.post(keep, typed, **FRAGMENT)
    assert answer.status == 200
    assert answer.text.strip().startswith('<span class="tp-save" id="save"')
    assert "已自动保存" in answer.text
    assert seq(app) == before
    visit("deputy_reporter").send(path, action, title="副信息员先改好的题目")
    assert "黄永强 今天" in shown(reporter.post(keep, typed, **FRAGMENT).text)
    fields = dict(reporter.get(path).form(action).fields)
    assert (fields["title"], fields["body_text"]) == ("写到一", "半句话")
    assert reporter.send(path, f"{keep}/discarding").location == path
    assert dict(reporter.get(path).form(action).fields)["title"] == "副信息员先改好的题目"


def test_typing_survives_for_an_item_never_saved(visit: Visit) -> None:
    reporter = visit("reporter")
    typed = reporter.get("/submissions/new/blank").form("/submissions").filled(title="写到一半", event_on="")
    assert reporter.post("/working-copies/0", typed).status == 200
    assert dict(reporter.get("/submissions/new/blank").form("/submissions").fields)["title"] == "写到一半"
    assert "写了一半没保存" in reporter.get("/").text
    assert reporter.send("/submissions/new/blank", "/working-copies/0/discarding").location == "/submissions/new"
    assert dict(reporter.get("/submissions/new/blank").form("/submissions").fields)["title"] == ""


def test_a_second_window_is_told_and_writes_nothing_over(visit: Visit) -> None:
    reporter = visit("reporter")
    first, second = (reporter.get("/submissions/new/blank").form("/submissions") for _ in range(2))
    assert reporter.post("/working-copies/0", first.filled(title="先写的一篇"), **FRAGMENT).status == 200
    told = reporter.post("/working-copies/0", second.filled(title="又写的一篇"), **FRAGMENT)
    assert told.status == 409
    assert "也写着《先写的一篇》，还没保存" in told.text
    follower = reporter.get("/submissions/new/blank").form("/submissions")
    assert reporter.post("/working-copies/0", follower.filled(title="接着写先写的"), **FRAGMENT).status == 200
    page = reporter.get("/submissions/new/blank")
    given = {"title": "又写的这一篇", "body_text": "一段。", "counterpart_id": choice(page, OFFICE)}
    assert reporter.post("/submissions", second.filled(**given)).location == "/submissions/1/editing"
    assert dict(reporter.get("/submissions/new/blank").form("/submissions").fields)["title"] == "接着写先写的"


def test_an_autosave_that_comes_after_the_saving_keeps_nothing(visit: Visit) -> None:
    """It left the page before the form did, and was slower."""
    reporter = visit("reporter")
    page = reporter.get("/submissions/new/blank")
    given = {"title": "已经保存的这一篇", "body_text": "一段。", "counterpart_id": choice(page, OFFICE)}
    filled = page.form("/submissions").filled(**given)
    assert reporter.post("/submissions", filled).location == "/submissions/1/editing"
    assert "这一页已经保存过了" in reporter.post("/working-copies/0", filled, **FRAGMENT).text
    assert "写了一半没保存" not in reporter.get("/submissions/new").text
    edited = reporter.get("/submissions/1/editing").form("/submissions/1/revisions").filled(title="改过的题目")
    reporter.post("/submissions/1/revisions", edited)
    reporter.post("/working-copies/1", edited, **FRAGMENT)
    assert "写了还没有保存成版本" not in reporter.get("/submissions/1/editing").text


def test_a_form_sent_twice_leaves_no_half_written_copy_behind(visit: Visit) -> None:
    reporter = visit("reporter")
    page = reporter.get("/submissions/new/blank")
    given = {"title": "只写了一篇的这一篇", "body_text": "一段。", "counterpart_id": choice(page, OFFICE)}
    filled = page.form("/submissions").filled(**given)
    assert reporter.post("/submissions", filled).location == "/submissions/1/editing"
    assert reporter.post("/submissions", filled).location == "/submissions/1"
    assert dict(reporter.get("/submissions/new/blank").form("/submissions").fields)["title"] == ""
    typing = reporter.get("/submissions/new/blank").form("/submissions").filled(title="另一篇刚开头")
    reporter.post("/working-copies/0", typing)
    assert reporter.post("/submissions", filled).location == "/submissions/1"
    assert dict(reporter.get("/submissions/new/blank").form("/submissions").fields)["title"] == "另一篇刚开头"


# -- handing in ----------------------------------------------------------------------------------


def test_before_handing_in_the_page_says_what_is_missing_and_who_will_sign(
    app: Flask, cast: Cast, visit: Visit
) -> None:
    number = made(app, cast, source="")
    page = visit("reporter").get(f"/submissions/{number}/submittal")
    assert "请写信息来源" in page.text
    assert "陈志明、何思源" in page.text
    assert "林副镇长" in page.text
    assert visit("other_reporter").get(f"/submissions/{number}/submittal").status == 404


def test_handing_in_lately_confirmed_and_with_the_password(app: Flask, cast: Cast, visit: Visit) -> None:
    number = made(app, cast)
    path, action = f"/submissions/{number}/submittal", f"/submissions/{number}/submittals"
    with app.app_context():
        give_passwords(cast, "reporter")
    reporter = visit("reporter")
    answer = reporter.send(path, action, oath=None)
    assert (answer.status, state_of(app, number)[0]) == (422, S.DRAFT)
    assert "请先勾选确认" in answer.text
    with clock.stopped_at(clock.now() + timedelta(minutes=15)):
        answer = reporter.send(path, action, oath="y")
        assert (answer.status, state_of(app, number)[0]) == (422, S.DRAFT)
        assert "请输入登录密码" in answer.text
        answer = reporter.send(path, action, oath="y", password="wrong password")
        assert (answer.status, state_of(app, number)[0]) == (422, S.DRAFT)
        answer = reporter.send(path, action, oath="y", password=PASSWORD)
    assert (answer.status, answer.location) == (303, f"/submissions/{number}")
    assert state_of(app, number)[0] is S.SECOND_REVIEW
    assert "已送审" in reporter.get(answer.location).text


def test_an_item_that_is_not_ready_is_a_refusal(app: Flask, cast: Cast, visit: Visit) -> None:
    number = made(app, cast, source="")
    answer = visit("reporter").send(f"/submissions/{number}/submittal", f"/submissions/{number}/submittals", oath="y")
    assert answer.status == 422
    assert "请写信息来源" in answer.text


def test_a_slower_hand_is_told_before_it_is_asked_for_a_password(app: Flask, cast: Cast, visit: Visit) -> None:
    number = made(app, cast)
    path, action = f"/submissions/{number}/submittal", f"/submissions/{number}/submittals"
    reporter = visit("reporter")
    opened = reporter.get(path)
    visit("deputy_reporter").send(path, action, oath="y")
    answer = reporter.send(opened, action)
    assert answer.status == 409
    assert re.search(r"黄永强.*办了“.*送审", shown(answer.text))


# -- one item ------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [state for state in State if state is not S.FIRST_REVIEW])
def test_an_item_in_every_state(app: Flask, cast: Cast, visit: Visit, state: State) -> None:
    number = made(app, cast, state)
    reporter = visit("reporter")
    for path in ("", "/revisions", "/revisions/1", "/comparison", "/sign-off-sheet"):
        page = reporter.get(f"/submissions/{number}{path}")
        assert (page.status, page.text.count("<h1")) == (200, 1), path
    assert state.label in reporter.get(f"/submissions/{number}").text


def test_the_page_of_an_item_tells_its_trace(app: Flask, cast: Cast, visit: Visit) -> None:
    number = made(app, cast, S.RETURNED)
    text = shown(visit("reporter").get(f"/submissions/{number}").text)
    for words in ("李月娥 起草", "李月娥 送审", "陈志明 二审退回", "数据请核对", "农业农村办公室 · 部门负责人"):
        assert words in text


@pytest.mark.parametrize("path", ["", "/revisions", "/revisions/1", "/comparison", "/sign-off-sheet"])
def test_foreign_items_are_not_there(app: Flask, cast: Cast, visit: Visit, path: str) -> None:
    number = made(app, cast)
    for key in ("other_reporter", "head", "publisher"):
        assert visit(key).get(f"/submissions/{number}{path}").status == 404
    assert visit("administrator").get(f"/submissions/{number}{path}").status == 403
    assert visit("reporter").get(f"/submissions/999{path}").status == 404


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 200),
        ("?old=1&new=1", 200),
        ("?old=9", 404),
        ("?new=9", 404),
        ("?old=abc&new=abc", 200),
        ("?old=public", 404),
        ("?old=²", 200),
        ("?new=99999999999999999999", 200),
    ],
)
def test_comparing(app: Flask, cast: Cast, visit: Visit, query: str, status: int) -> None:
    number = made(app, cast)
    assert visit("reporter").get(f"/submissions/{number}/comparison{query}").status == status


def test_comparing_with_what_is_public(app: Flask, cast: Cast, visit: Visit) -> None:
    number = made(app, cast, S.PUBLISHED)
    page = visit("reporter").get(f"/submissions/{number}/comparison?old=public")
    assert (page.status, "改了 0 处" in page.text) == (200, True)


@pytest.mark.parametrize(
    ("state", "noun", "prefix", "after"),
    [(S.SECOND_REVIEW, "recalls", "", S.DRAFT), (S.DRAFT, "discards", "d-", S.DISCARDED)],
)
def test_recalling_and_giving_up_need_a_reason(
    app: Flask, cast: Cast, visit: Visit, state: State, noun: str, prefix: str, after: State
) -> None:
    number = made(app, cast, state)
    reporter = visit("reporter")
    action = f"/submissions/{number}/{noun}"
    answer = reporter.send(f"/submissions/{number}", action, **{f"{prefix}reason": "  "})
    assert (answer.status, state_of(app, number)[0]) == (422, state)
    assert "请写明原因" in answer.text
    answer = reporter.send(answer, action, **{f"{prefix}reason": "写错了村名"})
    assert (answer.status, state_of(app, number)[0]) == (303, after)
    assert "写错了村名" in reporter.get(f"/submissions/{number}").text


def test_a_copy_and_a_correction_open_in_the_editor(app: Flask, cast: Cast, visit: Visit) -> None:
    number = made(app, cast, S.PUBLISHED)
    reporter = visit("reporter")
    answer = reporter.send(f"/submissions/{number}", f"/submissions/{number}/copies")
    assert (answer.status, answer.location) == (303, f"/submissions/{number + 1}/editing")
    answer = reporter.send(f"/submissions/{number}", f"/submissions/{number}/corrections")
    assert (answer.status, answer.location) == (303, f"/submissions/{number + 2}/editing")
    assert "更正已发布的信息" in reporter.get(answer.location).text
    again = reporter.send(f"/submissions/{number}", f"/submissions/{number}/corrections")
    assert again.status == 409
    assert "已经有一份更正稿在办" in again.text


# -- the five questions, for every act -------------------------------------------------------------

ACTS = ("submittals", "recalls", "discards", "copies", "corrections", "revisions")


@pytest.mark.parametrize(
    "path", [*(f"/submissions/{{}}/{act}" for act in ACTS if act != "revisions"), "/working-copies/{}"]
)
def test_an_act_is_not_opened(app: Flask, cast: Cast, visit: Visit, path: str) -> None:
    number = made(app, cast)
    assert visit("reporter").get(path.format(number)).status == 405


@pytest.mark.parametrize("act", ACTS)
def test_an_act_needs_the_role_and_foreign_rows_are_hidden(
    app: Flask, cast: Cast, signed_in: SignedIn, act: str
) -> None:
    number = made(app, cast)
    before = seq(app)
    path = f"/submissions/{number}/{act}"
    for key in ("head", "leader", "coordinator", "publisher", "auditor", "administrator"):
        assert post(signed_in(key), path, {"reason": "x", "d-reason": "x", "oath": "y"}).status_code == 403
    data = {"reason": "x", "d-reason": "x", "oath": "y", "event_on": "2026-01-01"}
    answer = post(signed_in("other_reporter"), path, data)
    assert answer.status_code == 404
    assert "洛洞村开展秋收农技培训" not in answer.text
    assert post(signed_in("other_reporter"), f"/working-copies/{number}", data).status_code == 404
    assert (seq(app), state_of(app, number)[0]) == (before, S.DRAFT)


def test_seeing_is_not_acting(app: Flask, cast: Cast, visit: Visit, signed_in: SignedIn) -> None:
    number = made(app, cast, S.CROSS_REVIEW)
    client = signed_in("office_head_reporter")  # sees it as head of the cross-review office, reports for that office
    assert client.get(f"/submissions/{number}").status_code == 200
    answer = post(client, f"/submissions/{number}/recalls", {"reason": "不想审"})
    assert answer.status_code == 403
    assert state_of(app, number)[0] is S.CROSS_REVIEW


def test_the_wrong_state_is_a_refusal(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    number = made(app, cast, S.APPROVED)
    client = signed_in("reporter")
    for act, data in (
        ("recalls", {"reason": "x"}),
        ("discards", {"d-reason": "x"}),
        ("corrections", {}),
        ("submittals", {"oath": "y"}),
    ):
        assert post(client, f"/submissions/{number}/{act}", data).status_code == 409, act
    assert state_of(app, number)[0] is S.APPROVED


def test_a_post_without_its_token_does_nothing(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    number = made(app, cast)
    before = seq(app)
    assert signed_in("reporter").post(f"/submissions/{number}/discards", data={"d-reason": "x"}).status_code == 400
    assert seq(app) == before


def test_reading_changes_nothing(app: Flask, cast: Cast, visit: Visit) -> None:
    number = made(app, cast, S.RETURNED)
    before = seq(app)
    reporter = visit("reporter")
    for path in ("/submissions", "/submissions/new/blank", *(f"/submissions/{number}{rest}" for rest in
                 ("", "/editing", "/submittal", "/revisions", "/comparison", "/sign-off-sheet"))):  # fmt: skip
        assert reporter.get(path).status == 200
    assert seq(app) == before


# -- hostile text ----------------------------------------------------------------------------------

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>"
PAYLOAD = "<script>alert(1)</script><img src=x onerror=alert(1)>'\"{{7*7}}</textarea><b hx-get=/x>"


def test_hostile_words_come_back_as_text_everywhere(app: Flask, cast: Cast, visit: Visit) -> None:
    reporter, head = visit("reporter"), visit("head")
    in_text = PAYLOAD.replace("{{7*7}}", "")  # a text is not handed in with a gap of a template left in it
    with app.app_context():
        office = str(cast.unit("B05").id)
    written = {"title": HOSTILE, "source": HOSTILE, "body_text": f"{BODY}\n{in_text}", "counterpart_id": office}
    assert new_item(reporter, **written, secrecy_cleared="y").status == 303
    submittal = "/submissions/1/submittal", "/submissions/1/submittals"
    assert reporter.send(*submittal, oath="y", opinion=PAYLOAD).status == 303
    marked = {"quote_1": "<script>alert(1)</script>", "note_1": PAYLOAD}
    assert head.send("/review/1", "/review/1/returns", opinion=PAYLOAD, **marked).status == 303
    assert reporter.send("/submissions/1/editing", "/submissions/1/revisions", title=HOSTILE + "改").status == 303
    item = "/submissions/1"
    paths = (
        "/", "/waiting", "/submissions", item, f"{item}/editing", f"{item}/revisions", f"{item}/revisions/1",
        f"{item}/comparison", f"{item}/sign-off-sheet", f"{item}/submittal",
    )  # fmt: skip
    pages = {path: reporter.get(path) for path in paths}
    assert reporter.send(*submittal, oath="y").status == 303
    pages |= {
        f"{path} (head)": head.get(path)
        for path in ("/", "/waiting", "/review/1", "/review/1?v=side", "/review/1?v=final")
    }
    assert reporter.send(item, f"{item}/recalls", reason=PAYLOAD).status == 303
    pages["recalled"] = reporter.get(item)
    for path, page in pages.items():
        assert page.status == 200, path
        assert "&lt;script&gt;alert(1)" in page.text, path
        for live in ("<script>alert", "<img src=x", "<b hx-get", "49</textarea>"):
            assert live not in page.text, path


def test_hostile_markup_from_the_editor_is_stored_harmless(app: Flask, visit: Visit) -> None:
    reporter = visit("reporter")
    body = (
        '<p hx-get="/sign-out" hx-trigger="load" onclick="x()" style="color:red" data-hx-post="/x">一段话</p>'
        '<script>alert(1)</script><a href="javascript:x()">链</a><iframe src="/x"></iframe><form action="/x"><button>x</button></form>'
    )
    new_item(reporter, body_format="html", body_html=body)
    with app.app_context():
        stored = db.session.get_one(Submission, 1).revision.body_html
    assert stored == '<p>一段话</p><a rel="noopener noreferrer nofollow">链</a>x'
    page = reporter.get("/submissions/1").text
    assert f'<div class="tp-doc-b" hx-disable>{stored}</div>' in page


def test_hostile_captions_and_descriptions_of_pictures(app: Flask, cast: Cast, visit: Visit) -> None:
    with app.app_context():
        content = io.BytesIO()
        Image.new("RGB", (40, 30), "green").save(content, "JPEG")
        photo = upload_picture(
            cast.actor("reporter"), app.extensions["store"], cast.unit("C03").id, "照片.jpg", content.getvalue()
        )
        token = photo.token
    reporter = visit("reporter")
    figure = (
        f'<figure><img src="/files/{token}" alt="{PAYLOAD.replace(chr(34), "&quot;")}" onerror="x()">'
        f"<figcaption>&lt;script&gt;alert(1)&lt;/script&gt;<script>x</script></figcaption></figure>"
    )
    new_item(reporter, body_format="html", body_html=figure)
    page = reporter.get("/submissions/1")
    assert page.status == 200
    assert "onerror=&quot;" not in page.text.replace("onerror=alert(1)&gt;", "")
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;</figcaption>" in page.text
    editing = reporter.get("/submissions/1/editing")
    assert "<script>alert" not in editing.text
    assert reporter.send(editing, "/submissions/1/revisions", title="只改了题目而已").status == 303
    with app.app_context():
        old, new = queries.revisions(1)[1].body_html, queries.revisions(1)[0].body_html
    assert old == new


# -- why a limit ends when it does ---------------------------------------------------------------------


def test_a_limit_is_explained_day_by_day(app: Flask, cast: Cast, visit: Visit) -> None:
    with app.app_context():
        load_shipped()
        with clock.stopped_at(clock.instant(date(2026, 9, 30), time(16))):
            number = a_submission(cast, S.SECOND_REVIEW).id
    page = shown(visit("head").get(f"/submissions/{number}/limits").text)
    for words in (
        "二审二校：2026年10月8日 16:00（星期四）到期",
        "2026年9月30日 16:00 到部门负责人手上，给 1 个工作日，合 390 分钟工作时间。",
        "各审核环节时限 各路线通用，普通：1 个工作日",
        "08:30—12:00、14:30—17:30",
        "默认值，还没有人改过",
        "国庆节放假，不计入",
        "16:00—17:30 90 分",
        "08:30—12:00 210 分",
        "事件当天，第 0 天",
        "国庆节放假，第 3 天，到期",
        "国务院办公厅关于2026年部分节假日安排的通知",
    ):
        assert words in page, words
    assert page.count("国庆节放假，不计入") == 7
    assert "标题" not in visit("head").get(f"/submissions/{number}/limits", **FRAGMENT).text
    assert visit("other_reporter").get(f"/submissions/{number}/limits").status == 404


def test_an_explanation_says_who_set_the_limit(app: Flask, cast: Cast, visit: Visit) -> None:
    with app.app_context():
        load_shipped()
        limits = settings.value("step_limits")
        limits = {**limits, "normal": {name: {"amount": 2, "unit": "natural_day"} for name in limits["normal"]}}
        with clock.stopped_at(clock.instant(date(2026, 9, 11), time(9))):
            put_in_force(cast, "step_limits", limits)
            number = a_submission(cast, S.SECOND_REVIEW).id
    page = shown(visit("head").get(f"/submissions/{number}/limits").text)
    assert "黄晓琳提出、林副镇长 2026年9月11日 09:00 确认" in page
    assert "2 个自然日" in page
    assert "放假后第一个上班日，到期（17:30 下班时）" in page


def test_where_nobody_has_to_act_only_the_golden_days_are_explained(app: Flask, cast: Cast, visit: Visit) -> None:
    number = made(app, cast)
    page = shown(visit("reporter").get(f"/submissions/{number}/limits").text)
    assert "三天黄金期" in page
    assert "各审核环节时限" not in page


@pytest.mark.parametrize(("key", "path"), [("head", "/waiting"), ("head", "/"), ("reporter", "/"), ("head", "/review/{}"),
                                           ("head", "/submissions"), ("head", "/submissions/{}")])  # fmt: skip
def test_every_due_date_leads_to_its_explanation(app: Flask, cast: Cast, visit: Visit, key: str, path: str) -> None:
    number = made(app, cast, S.SECOND_REVIEW)
    assert f'href="/submissions/{number}/limits"' in visit(key).get(path.format(number)).text


# -- the golden period at a glance ---------------------------------------------------------------------


def test_a_missed_golden_period_says_whose_step_used_it(app: Flask, cast: Cast, visit: Visit) -> None:
    late = made(app, cast, S.SECOND_REVIEW, event_on=days_ago(6))
    soon = made(app, cast, S.SECOND_REVIEW, title="洛洞村开展防汛演练")
    head = visit("head")
    for path in (f"/submissions/{late}", f"/submissions/{late}/limits", f"/review/{late}"):
        page = shown(head.get(path).text)
        assert re.search(r"报送 ?洛洞村 ?5\.\d 天 ?\d+%", page), path
    assert "用在哪一步" not in shown(head.get(f"/submissions/{soon}").text)
    for path in ("/submissions", "/waiting", "/"):
        page = shown(head.get(path).text)
        assert "黄金期已过 3 天" in page, path
        assert re.search(r"黄金期剩 \d 天 ?\d*", page), path


def test_what_was_published_late_keeps_its_shares(app: Flask, cast: Cast, visit: Visit) -> None:
    late = made(app, cast, S.PUBLISHED, event_on=days_ago(6))
    timely = made(app, cast, S.PUBLISHED, title="洛洞村开展防汛演练")
    reporter = visit("reporter")
    assert "从事件第二天到发布，共用 5." in shown(reporter.get(f"/submissions/{late}").text)
    assert "用在哪一步" not in shown(reporter.get(f"/submissions/{timely}").text)
    page = shown(reporter.get("/statistics/items?measure=submitted").text)
    assert "迟 3 天" in page
    assert "及时" in page
    assert re.search(r"报送（洛洞村）5\.\d 天最久", page)


# -- what it costs ---------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["reporter", "head", "auditor"])
def test_the_page_of_an_item_costs_at_most_fifteen_statements(app: Flask, cast: Cast, visit: Visit, key: str) -> None:
    number = made(app, cast, S.CROSS_REVIEW)
    visitor = visit(key)
    visitor.get(f"/submissions/{number}")
    with statements() as sent:
        assert visitor.get(f"/submissions/{number}").status == 200
    assert len(sent) <= 15, "\n".join(sent)


def test_lists_cost_the_same_however_long(app: Flask, cast: Cast, visit: Visit) -> None:
    made(app, cast)
    reporter = visit("reporter")
    reporter.get("/submissions")
    with statements() as one:
        reporter.get("/submissions")
    for _ in range(4):
        made(app, cast)
    with statements() as five:
        reporter.get("/submissions")
    assert len(five) == len(one) <= 12


def test_after_all_this_the_trail_is_sound(app: Flask, cast: Cast, visit: Visit) -> None:
    number = made(app, cast)
    reporter = visit("reporter")
    reporter.send(f"/submissions/{number}/editing", f"/submissions/{number}/revisions", title="换了一个题目写")
    reporter.send(f"/submissions/{number}/submittal", f"/submissions/{number}/submittals", oath="y")
    with app.app_context():
        operations.recall(cast.actor("reporter"), db.session.get_one(Submission, number), None, "再改")
        assert a_text(cast).title
        assert verify().findings == []
