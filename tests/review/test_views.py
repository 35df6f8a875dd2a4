"""What waits for me, and the page on which a reviewer decides."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.browsing import post
from tests.builders import BODY
from tests.cast import Cast
from tests.http import ClientVisitor, shown
from tests.scene import PASSWORD, give_passwords, made
from tests.statements import statements
from town_portal.access.roles import Role
from town_portal.audit.queries import head_seq, timeline
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.network import operations as network
from town_portal.submissions import queries
from town_portal.submissions.models import Importance, Submission
from town_portal.submissions.rules.lifecycle import State

S = State
SignedIn = Callable[[str], FlaskClient]
Visit = Callable[[str], ClientVisitor]
FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def visit(signed_in: SignedIn) -> Visit:
    """Somebody of the cast, signed in, walking pages."""
    return lambda key: ClientVisitor(signed_in(key))


def state_of(app: Flask, number: int) -> State:
    """An item's state now."""
    with app.app_context():
        return db.session.get_one(Submission, number).state


def signed(app: Flask, number: int) -> list[tuple[str, str]]:
    """(stage, act) of every signature."""
    with app.app_context():
        return [(one.stage.value, one.act.value) for one in queries.signatures(number)]


def seq(app: Flask) -> int:
    """The number of the newest event."""
    with app.app_context():
        return head_seq()


# -- what waits for me ------------------------------------------------------------------------------


def test_the_queue_as_page_and_fragment(app: Flask, cast: Cast, visit: Visit) -> None:
    made(app, cast, S.SECOND_REVIEW)
    head = visit("head")
    page = head.get("/waiting")
    assert (page.status, page.text.count("<h1")) == (200, 1)
    assert "待我办理 1 件" in page.text
    assert "洛洞村开展秋收农技培训" in page.text
    fragment = head.get("/waiting", **FRAGMENT).text
    assert fragment.lstrip().startswith('<div id="review-list"')
    assert "<h1" not in fragment
    assert "洛洞村开展秋收农技培训" not in visit("other_head").get("/waiting").text


@pytest.mark.parametrize("query", ["unit=洛洞村", "due=today", "again=1", "unit=%00&due=x&again=x"])
def test_a_narrowed_queue(app: Flask, cast: Cast, visit: Visit, query: str) -> None:
    number = made(app, cast, S.SECOND_REVIEW)
    with app.app_context():  # before the day's work begins an item is due on the same day
        due = db.session.get_one(Submission, number).stage_due_at
        today = due is not None and clock.local(due).date() == clock.today()
    page = visit("head").get(f"/waiting?{query}")
    assert page.status == 200
    assert ("洛洞村开展秋收农技培训" in page.text) == (query == "unit=洛洞村" or (query == "due=today" and today))


def test_who_has_a_queue(visit: Visit) -> None:
    for key in ("reporter", "head", "leader", "principal", "publisher"):
        assert visit(key).get("/waiting").status == 200
    for key in ("coordinator", "auditor", "administrator", "idler"):
        assert visit(key).get("/waiting").status == 403
        assert visit(key).get("/waiting/pulse").status == 403


def seen_on(text: str) -> str:
    """The mark a page carries for its pulse."""
    found = re.search(r'data-seen="([^"]+)"', text)
    assert found
    return found[1]


def test_the_pulse_is_silent_until_the_list_changes(app: Flask, cast: Cast, visit: Visit) -> None:
    head = visit("head")
    seen = seen_on(head.get("/waiting").text)
    assert head.get("/waiting/pulse", **{"X-Seen": seen}).status == 204
    made(app, cast)  # something happened, but not to this list
    answer = head.get("/waiting/pulse", **{"X-Seen": seen})
    assert answer.status == 204
    seen = answer.headers["X-Seen"]
    made(app, cast, S.SECOND_REVIEW)
    answer = head.get("/waiting/pulse", **{"X-Seen": seen})
    assert answer.status == 200
    assert "待我办理 1 件" in answer.text
    assert "列表有变化，现在 1 件" in answer.text
    assert head.get("/waiting/pulse", **{"X-Seen": answer.headers["X-Seen"]}).status == 204
    for odd in ("", "x", "1", ".", "9999.zz"):
        assert head.get("/waiting/pulse", **{"X-Seen": odd}).status == 200


def test_what_the_queue_and_its_pulse_cost(app: Flask, cast: Cast, visit: Visit) -> None:
    for _ in range(3):
        made(app, cast, S.SECOND_REVIEW)
    head = visit("head")
    seen = seen_on(head.get("/waiting").text)
    with statements() as sent:
        head.get("/waiting")
    assert len(sent) <= 8, "\n".join(sent)
    with statements() as sent:
        assert head.get("/waiting/pulse", **{"X-Seen": seen}).status == 204
    assert len(sent) <= 3, "\n".join(sent)


def test_what_i_did(app: Flask, cast: Cast, visit: Visit) -> None:
    made(app, cast, S.THIRD_REVIEW, title="签过的这一篇")
    made(app, cast, S.RETURNED, title="退过的这一篇")
    head = visit("head")
    assert "签过的这一篇" in head.get("/reviewed").text
    assert "退过的这一篇" in head.get("/reviewed?kind=returned").text
    assert "签过的这一篇" not in visit("second_head").get("/reviewed").text
    assert visit("reporter").get("/reviewed").status == 403


# -- the page of decision -----------------------------------------------------------------------------


def test_the_page_shows_what_is_to_be_decided_on(app: Flask, cast: Cast, visit: Visit) -> None:
    number = made(app, cast, S.SECOND_REVIEW)
    page = visit("head").get(f"/review/{number}")
    assert (page.status, page.text.count("<h1")) == (200, 1)
    assert BODY in page.text
    fields = dict(page.form(f"/review/{number}/signatures").fields)
    with app.app_context():
        item = db.session.get_one(Submission, number)
        assert (fields["digest"], fields["version"]) == (item.digest, str(item.version))


def test_it_opens_only_for_whom_it_waits(app: Flask, cast: Cast, visit: Visit) -> None:
    number = made(app, cast, S.SECOND_REVIEW)
    assert visit("other_head").get(f"/review/{number}").status == 404
    leader = visit("leader").get(f"/review/{number}")
    assert (leader.status, leader.location) == (303, f"/submissions/{number}")
    for key in ("reporter", "publisher", "coordinator", "auditor", "administrator"):
        assert visit(key).get(f"/review/{number}").status == 403
    assert visit("head").get("/review/999").status == 404


def test_a_refiled_text_shows_what_changed(app: Flask, cast: Cast, visit: Visit) -> None:
    number = made(app, cast, S.RETURNED)
    reporter = visit("reporter")
    path = f"/submissions/{number}"
    text = "今天上午，洛洞村联合镇农业农村办公室在村文化室开展农技培训，服务农户 86 户，发放技术手册 120 册。"
    assert reporter.send(f"{path}/editing", f"{path}/revisions", body_text=text).status == 303
    assert reporter.send(f"{path}/submittal", f"{path}/submittals", oath="y").status == 303
    head = visit("head")
    page = head.get(f"/review/{number}")
    assert re.search(r"<del>.*?</span>68</del><ins>.*?</span>86</ins>", page.text)
    assert "上次陈志明退回：数据请核对（这次改了 1 处）" in shown(page.text)
    assert "改前" in head.get(f"/review/{number}?v=side").text
    assert "86 户" in head.get(f"/review/{number}?v=final").text
    assert head.get(f"/review/{number}?v=nonsense").status == 200


def test_a_correction_is_compared_with_what_is_public(app: Flask, cast: Cast, visit: Visit) -> None:
    number = made(app, cast, S.PUBLISHED)
    reporter = visit("reporter")
    editing = reporter.send(f"/submissions/{number}", f"/submissions/{number}/corrections").location
    correction = editing.removesuffix("/editing")
    reporter.send(editing, f"{correction}/revisions", title="洛洞村开展冬收农技培训", secrecy_cleared="y")
    assert reporter.send(f"{correction}/submittal", f"{correction}/submittals", oath="y").status == 303
    page = visit("head").get(correction.replace("submissions", "review"))
    assert "和网上公开的那一版比" in page.text
    assert re.search(r"<del>.*?</span>秋</del><ins>.*?</span>冬</ins>", page.text)


@pytest.mark.parametrize("state", [S.SECOND_REVIEW, S.CROSS_REVIEW, S.THIRD_REVIEW])
def test_what_the_page_costs(app: Flask, cast: Cast, visit: Visit, state: State) -> None:
    number = made(app, cast, state)
    visitor = visit({S.SECOND_REVIEW: "head", S.CROSS_REVIEW: "other_head", S.THIRD_REVIEW: "leader"}[state])
    visitor.get(f"/review/{number}")
    with statements() as sent:
        assert visitor.get(f"/review/{number}").status == 200
    assert len(sent) <= 15, "\n".join(sent)


# -- signing ------------------------------------------------------------------------------------------


def test_one_press_signs_proof_and_review(app: Flask, cast: Cast, visit: Visit) -> None:
    number = made(app, cast, S.SECOND_REVIEW)
    head = visit("head")
    answer = head.send(f"/review/{number}", f"/review/{number}/signatures", oath="y")
    assert (answer.status, answer.location) == (303, "/waiting")
    assert state_of(app, number) is S.THIRD_REVIEW
    assert signed(app, number)[2:] == [("second_review", "proof"), ("second_review", "review")]
    assert "已签字通过：洛洞村开展秋收农技培训。现在是“待三审三校”。" in head.get("/waiting").text


def test_proof_alone_and_review_by_a_colleague(app: Flask, cast: Cast, visit: Visit) -> None:
    number = made(app, cast, S.SECOND_REVIEW)
    answer = visit("second_head").send(f"/review/{number}", f"/review/{number}/proofs", oath="y")
    assert (answer.status, answer.location) == (303, f"/review/{number}")
    head = visit("head")
    assert "何思源" in shown(head.get(f"/review/{number}").text)
    assert head.send(f"/review/{number}", f"/review/{number}/signatures", oath="y").status == 303
    assert signed(app, number)[2:] == [("second_review", "proof"), ("second_review", "review")]


def test_signing_needs_the_oath_and_the_right_password(app: Flask, cast: Cast, visit: Visit) -> None:
    number = made(app, cast, S.THIRD_REVIEW)
    with app.app_context():
        give_passwords(cast, "leader")
    leader = visit("leader")
    path, action = f"/review/{number}", f"/review/{number}/signatures"
    for given, words in (
        ({"password": PASSWORD}, "请先勾选“我已看完”"),
        ({"oath": "y"}, "请输入登录密码"),
        ({"oath": "y", "password": "wrong password"}, "密码不对"),
        ({"oath": "y", "password": PASSWORD, "opinion": "长" * 501}, "500 字以内"),
    ):
        answer = leader.send(path, action, **given)
        assert (answer.status, words in answer.text) == (422, True), words
        assert len(signed(app, number)) == 4
    assert leader.send(path, action, oath="y", password=PASSWORD).status == 303
    assert state_of(app, number) is S.APPROVED


def test_an_earlier_stage_takes_a_recent_proof_of_identity_only_for_a_while(
    app: Flask, cast: Cast, visit: Visit
) -> None:
    number = made(app, cast, S.SECOND_REVIEW)
    head = visit("head")
    with clock.stopped_at(clock.now() + timedelta(minutes=11)):
        answer = head.send(f"/review/{number}", f"/review/{number}/signatures", oath="y")
    assert answer.status == 422
    assert "请输入登录密码" in answer.text


def test_a_signed_session_goes_on_under_another_cookie(app: Flask, cast: Cast, visit: Visit) -> None:
    number = made(app, cast, S.THIRD_REVIEW)
    with app.app_context():
        give_passwords(cast, "leader")
    leader = visit("leader")
    with leader.client.session_transaction() as session:
        before = session["_user_id"]
    assert leader.send(f"/review/{number}", f"/review/{number}/signatures", oath="y", password=PASSWORD).status == 303
    with leader.client.session_transaction() as session:
        assert session["_user_id"] != before
    assert leader.get("/waiting").status == 200


@pytest.mark.parametrize("noun", ["signatures", "proofs", "returns", "claims"])
def test_who_is_slower_is_told_who_when_and_what(app: Flask, cast: Cast, visit: Visit, noun: str) -> None:
    number = made(app, cast, S.SECOND_REVIEW)
    second = visit("second_head")
    opened = second.get(f"/review/{number}")
    assert visit("head").send(f"/review/{number}", f"/review/{number}/signatures", oath="y").status == 303
    for given in ({"oath": "y", "opinion": "退"}, {}):
        answer = second.post(f"/review/{number}/{noun}", opened.form(f"/review/{number}/{noun}").filled(**given))
        assert answer.status == 409
        assert re.search(r"陈志明.*农业农村办公室 · 部门负责人.*今天 \d\d:\d\d 办了“.*二审通过", shown(answer.text))
    assert state_of(app, number) is S.THIRD_REVIEW


def test_the_same_form_again_gets_the_same_answer(app: Flask, cast: Cast, visit: Visit) -> None:
    number = made(app, cast, S.SECOND_REVIEW)
    head = visit("head")
    for noun, given in (("proofs", {"oath": "y"}), ("signatures", {"oath": "y"})):
        opened = head.get(f"/review/{number}")
        filled = opened.form(f"/review/{number}/{noun}").filled(**given)
        first = head.post(f"/review/{number}/{noun}", filled)
        before = seq(app)
        for _ in range(3):
            again = head.post(f"/review/{number}/{noun}", filled)
            assert (again.status, again.location) == (first.status, first.location) == (303, first.location)
        assert seq(app) == before
    assert len(signed(app, number)) == 4


def test_one_form_for_both_acts_sent_again_signs_once(app: Flask, cast: Cast, visit: Visit) -> None:
    number = made(app, cast, S.SECOND_REVIEW)
    head = visit("head")
    filled = head.get(f"/review/{number}").form(f"/review/{number}/signatures").filled(oath="y")
    answers = [head.post(f"/review/{number}/signatures", filled) for _ in range(3)]
    assert {(answer.status, answer.location) for answer in answers} == {(303, "/waiting")}
    assert len(signed(app, number)) == 4


def test_sending_an_item_across(app: Flask, cast: Cast, visit: Visit) -> None:
    number = made(app, cast, S.SECOND_REVIEW)
    with app.app_context():
        office, none = cast.unit("B10").id, cast.unit("C01").id
    head = visit("head")
    path, action = f"/review/{number}", f"/review/{number}/signatures"
    assert head.send(path, action, oath="y", cross_unit_id=none).status == 422
    assert head.send(path, action, oath="y", cross_unit_id=office).status == 303
    assert state_of(app, number) is S.CROSS_REVIEW


# -- returning, claiming --------------------------------------------------------------------------------


def test_returning(app: Flask, cast: Cast, visit: Visit) -> None:
    number = made(app, cast, S.SECOND_REVIEW)
    head = visit("head")
    path, action = f"/review/{number}", f"/review/{number}/returns"
    answer = head.send(path, action)
    assert answer.status == 422
    assert "退回必须写意见" in answer.text
    answer = head.send(path, action, opinion="请核对", note_2="与表格不一致")
    assert answer.status == 422
    assert "请把要改的原文也抄上" in answer.text
    assert dict(answer.form(action).fields)["note_2"] == "与表格不一致"
    assert head.send(path, action, reasons=["不在单子上的理由"]).status == 422
    answer = head.send(path, action, opinion="请核对", quote_1="86 户")
    assert answer.status == 422
    assert "“86 户”在稿件里找不到" in answer.text
    assert dict(answer.form(action).fields)["opinion"] == "请核对", "what was typed stays"
    assert state_of(app, number) is S.SECOND_REVIEW
    answer = head.send(path, action, reasons=["有错别字"], quote_1="68 户", note_1="与表格不一致")
    assert (answer.status, answer.location) == (303, "/waiting")
    assert "已退回：洛洞村开展秋收农技培训。已请洛洞村修改。" in head.get("/waiting").text
    page = visit("reporter").get(f"/submissions/{number}/editing").text
    assert "有错别字" in page
    assert re.search(r"<mark[^>]*>68 户<sup>1</sup></mark>", page)
    assert "与表格不一致" in page


def test_claiming_and_releasing(app: Flask, cast: Cast, visit: Visit) -> None:
    number = made(app, cast, S.SECOND_REVIEW)
    head, second = visit("head"), visit("second_head")
    assert head.send(f"/review/{number}", f"/review/{number}/claims").status == 303
    assert "陈志明已认领" in shown(second.get("/waiting").text)
    answer = second.send(f"/review/{number}", f"/review/{number}/signatures", oath="y")
    assert answer.status == 422
    assert "陈志明已经认领了这篇" in answer.text
    assert head.send(f"/review/{number}", f"/review/{number}/releases").status == 303
    assert second.send(f"/review/{number}", f"/review/{number}/signatures", oath="y").status == 303


def test_whose_hand_is_on_it_gets_no_form_but_the_reason(app: Flask, cast: Cast, visit: Visit) -> None:
    with app.app_context():
        network.appoint(cast.actor("administrator"), cast.person("head"), cast.unit("B05"), Role.LEADER, clock.today())
    number = made(app, cast, S.THIRD_REVIEW)
    page = visit("head").get(f"/review/{number}")
    assert "您已经在“二审二校”签过字" in page.text
    assert f"/review/{number}/signatures" not in page.text


# -- the five questions ---------------------------------------------------------------------------------

NOUNS = ("proofs", "signatures", "returns", "claims", "releases")


@pytest.mark.parametrize("noun", NOUNS)
def test_an_act_is_not_opened_needs_the_role_and_hides_foreign_rows(
    app: Flask, cast: Cast, signed_in: SignedIn, noun: str
) -> None:
    number = made(app, cast, S.SECOND_REVIEW)
    before = seq(app)
    path = f"/review/{number}/{noun}"
    assert signed_in("head").get(path).status_code == 405
    data = {"oath": "y", "opinion": "x"}
    for key in ("reporter", "publisher", "coordinator", "auditor", "administrator"):
        assert post(signed_in(key), path, data).status_code == 403
    foreign = post(signed_in("other_head"), path, data)
    assert foreign.status_code == 404
    assert "洛洞村开展秋收农技培训" not in foreign.text
    with app.app_context():
        digest = db.session.get_one(Submission, number).digest
    with app.app_context():
        give_passwords(cast, "leader")
    not_yet = post(signed_in("leader"), path, {**data, "digest": digest, "password": PASSWORD})
    assert not_yet.status_code == 403
    assert "任职不能" in not_yet.text
    with app.app_context():
        assert [event.action for event in timeline("Submission", number)] == ["submit", "draft"]
    assert state_of(app, number) is S.SECOND_REVIEW
    assert before > 0


@pytest.mark.parametrize("noun", NOUNS)
def test_the_wrong_state_is_a_refusal(app: Flask, cast: Cast, signed_in: SignedIn, noun: str) -> None:
    number = made(app, cast, S.PUBLISHED)
    before = seq(app)
    assert post(signed_in("head"), f"/review/{number}/{noun}", {"oath": "y", "opinion": "x"}).status_code == 409
    assert seq(app) == before


# -- 即办即审 -------------------------------------------------------------------------------------------

SHORT = {
    "洛洞村清淤水渠": "<p>今天上午，洛洞村组织群众清理村口水渠，出动 30 人，清出淤泥 12 吨。</p>",
    "洛洞村开展防汛演练": "<p>今天下午，应急小分队在河堤演练转移群众，检查沙袋和水泵，全程 40 分钟。</p>",
    "洛洞村老人免费体检": "<p>今天，镇卫生院医生来到村里，为 56 位老人量血压、测血糖，讲解用药知识。</p>",
}


def test_what_is_quick_is_listed_with_its_reason(app: Flask, cast: Cast, visit: Visit) -> None:
    ditch, drill, doctor = SHORT
    made(app, cast, S.SECOND_REVIEW, title=ditch, body_html=SHORT[ditch])
    made(app, cast, S.SECOND_REVIEW, title="洛洞村开展秋收农技培训长稿", body_html=BODY * 12)
    major = {"importance": Importance.MAJOR, "cross_unit_id": 3}
    made(app, cast, S.SECOND_REVIEW, title=drill, body_html=SHORT[drill], **major)
    page = visit("head").get("/waiting?quick=1").text
    assert ditch in page
    assert "长稿" not in page
    assert drill not in page
    assert doctor not in page
    assert re.search(r"\d+ 字，没有照片，没有附件，校对没有疑点", page)
    fragment = visit("head").get("/waiting?quick=1", **FRAGMENT).text
    assert fragment.lstrip().startswith('<div id="review-list"')


def test_after_one_the_next_quick_one_opens(app: Flask, cast: Cast, visit: Visit) -> None:
    first, second, third = (
        made(app, cast, S.SECOND_REVIEW, title=title, body_html=body) for title, body in SHORT.items()
    )
    head = visit("head")
    page = head.get(f"/review/{first}?quick=0").text
    assert "第 1 件，共 3 件" in page
    answer = head.send(f"/review/{first}?quick=0", f"/review/{first}/signatures?quick=0", oath="y")
    assert (answer.status, answer.location) == (303, f"/review/{second}?quick=1")
    page = head.get(answer.location).text
    assert "第 2 件，共 3 件" in page
    assert f'action="/review/{second}/signatures?quick=1"' in page
    assert f'href="/review/{third}?quick=1"' in page, "passed over: the next one"
    answer = head.send(f"/review/{second}?quick=1", f"/review/{second}/returns?quick=1", opinion="数据请核对")
    assert (answer.status, answer.location) == (303, f"/review/{third}?quick=2")
    assert "第 3 件，共 3 件" in head.get(answer.location).text
    answer = head.send(f"/review/{third}?quick=2", f"/review/{third}/signatures?quick=2", oath="y")
    assert (answer.status, answer.location) == (303, "/waiting?quick=1")
    assert "没有即办的了" in head.get(answer.location).text


def test_the_list_of_what_is_quick_costs_a_fixed_number_the_second_time(app: Flask, cast: Cast, visit: Visit) -> None:
    for n in "三四五":
        made(app, cast, S.SECOND_REVIEW, title=f"洛洞村清淤水渠{n}公里", body_html=BODY * 12)
    head = visit("head")
    head.get("/waiting?quick=1")
    with statements() as sent:
        head.get("/waiting?quick=1")
    assert len(sent) <= 10, "\n".join(sent)
