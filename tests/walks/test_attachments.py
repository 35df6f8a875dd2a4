"""An attachment on its way: a hidden sheet keeps an item at home, the cleaned file lets it go."""

import io
from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from tests.cast import Cast
from tests.files.rules import attachment_samples as a
from tests.files.rules.attachment_samples import ID_NUMBER, workbook
from tests.http import ClientVisitor, Page, shown
from tests.scene import made
from tests.submissions.test_views import state_of
from town_portal.files.models import FileContents
from town_portal.files.operations import read_unread
from town_portal.foundation.db import bookkeeping, db
from town_portal.submissions import queries
from town_portal.submissions.models import FindingAnswer
from town_portal.submissions.rules.lifecycle import State

SignedIn = Callable[[str], FlaskClient]
ROWS = [["村", "户数"], ["洛洞村", 12], ["汤塘社区", 15]]


def attach(visitor: ClientVisitor, number: int, name: str, content: bytes, *, keep: bool = True) -> Page:
    """Save an item with one more attachment, as the editor's form does."""
    fields = visitor.get(f"/submissions/{number}/editing").form(f"/submissions/{number}/revisions").filled()
    sent = MultiDict((key, value) for key, value in fields if keep or key != "keep")
    sent.add("uploads", (io.BytesIO(content), name))
    answer = visitor.client.post(f"/submissions/{number}/revisions", data=sent, content_type="multipart/form-data")
    return Page(answer.status_code, answer.text, answer.location or "")


def test_a_hidden_sheet_of_id_numbers_is_not_handed_in(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    number = made(app, cast)
    reporter = ClientVisitor(signed_in("reporter"))
    dirty = workbook(*ROWS, change=a.draft_sheet("hidden", ["姓名", "身份证号"], ["张三", ID_NUMBER]))
    assert attach(reporter, number, "补贴名单.xlsx", dirty).status == 303

    opened = reporter.get(f"/submissions/{number}/editing")
    editor = shown(opened.text)
    assert "工作表“名单”、隐藏的工作表“底稿”" in editor
    assert "身份证号（隐藏的工作表“底稿”第 2 行 B 列）" in editor
    found = shown(
        reporter.client.post(
            f"/proofreading/{number}",
            data=MultiDict(opened.form(f"/submissions/{number}/revisions").filled()),
        ).text
    )
    assert "附件《补贴名单.xlsx》隐藏的工作表“底稿”第 2 行 B 列" in found

    path, action = f"/submissions/{number}/submittal", f"/submissions/{number}/submittals"
    page = shown(reporter.get(path).text)
    assert "附件《补贴名单.xlsx》隐藏的工作表“底稿”第 2 行 B 列" in page
    assert "有 2 行内容，会跟着文件一起公开" in page
    refused = reporter.send(path, action, oath="y")
    assert refused.status == 422
    assert "处必须改" in shown(refused.text)
    assert state_of(app, number)[0] is State.DRAFT

    assert attach(reporter, number, "补贴名单.xlsx", workbook(*ROWS), keep=False).status == 303
    assert "没有发现问题" in shown(reporter.get(f"/submissions/{number}/editing").text)
    assert reporter.send(path, action, oath="y").status == 303
    assert state_of(app, number)[0] is not State.DRAFT


def test_what_only_has_to_be_looked_at_is_answered_one_by_one(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    number = made(app, cast)
    reporter = ClientVisitor(signed_in("reporter"))
    attach(reporter, number, "户数.xlsx", workbook(*ROWS, change=a.draft_sheet("veryHidden", ["算法", "备用"])))
    path, action = f"/submissions/{number}/submittal", f"/submissions/{number}/submittals"
    assert reporter.send(path, action, oath="y", answered=None).status == 422
    assert reporter.send(path, action, oath="y").status == 303
    with app.app_context():
        answers = db.session.query(FindingAnswer).all()
        told = [(one.place, one.family) for one in answers if one.place.startswith("附件")]
    assert told == [("附件《户数.xlsx》深度隐藏的工作表“底稿”", "hidden")]


def test_a_file_that_would_act_is_refused_in_words_and_loses_nothing(
    app: Flask, cast: Cast, signed_in: SignedIn
) -> None:
    number = made(app, cast, title="洛洞村修好了水渠")
    reporter = ClientVisitor(signed_in("reporter"))
    answer = attach(reporter, number, "名单.xlsx", a.rezipped(workbook(*ROWS), {"xl/macrosheets/sheet1.xml": "<a/>"}))
    assert answer.status == 422
    assert "“名单.xlsx”带有宏，不能传" in shown(answer.text)
    assert "洛洞村修好了水渠" in answer.text
    assert state_of(app, number)[2] == 1


def test_an_attachment_nobody_has_read_waits_for_its_reader(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    number = made(app, cast)
    reporter = ClientVisitor(signed_in("reporter"))
    attach(reporter, number, "户数.xlsx", workbook(*ROWS))
    with app.app_context(), bookkeeping() as session:
        session.delete(session.query(FileContents).one())
    path, action = f"/submissions/{number}/submittal", f"/submissions/{number}/submittals"
    assert reporter.send(path, action, oath="y").status == 422
    with app.app_context():
        assert read_unread(app.extensions["store"])
        assert not read_unread(app.extensions["store"])
    assert reporter.send(path, action, oath="y").status == 303


def test_a_file_is_proofread_once(app: Flask, cast: Cast, signed_in: SignedIn, monkeypatch) -> None:
    number = made(app, cast)
    reporter = ClientVisitor(signed_in("reporter"))
    attach(reporter, number, "户数.xlsx", workbook(*ROWS, ["一次", 1]))
    calls = []
    once = queries.proofreading.findings_in_attachment
    monkeypatch.setattr(
        queries.proofreading, "findings_in_attachment", lambda *given: calls.append(given) or once(*given)
    )
    for _ in range(3):
        assert reporter.get(f"/submissions/{number}/submittal").status == 200
    assert len(calls) <= 1
