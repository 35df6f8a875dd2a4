"""A Word file becomes a draft, or takes the place of one's text: whole, once, or not at all."""

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from tests.browsing import post
from tests.builders import a_submission, a_text
from tests.cast import Cast
from tests.events import newest
from tests.files.rules import word_samples as w
from tests.files.rules.word_samples import document, p, picture
from tests.refusals import refused
from tests.scene import made
from town_portal.audit import queries as trail
from town_portal.files import operations as files
from town_portal.files.models import StoredFile
from town_portal.files.store import Store
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.foundation.errors import Forbidden, Moved, Stale
from town_portal.submissions import operations, queries
from town_portal.submissions.models import Submission, WorkingCopy
from town_portal.submissions.operations import WordFile
from town_portal.submissions.rules import markup
from town_portal.submissions.rules.lifecycle import State

SignedIn = Callable[[str], FlaskClient]
TITLE = p("洛洞村修好了水渠", style="title")
WORDS = "今天上午，洛洞村组织村民清理水渠 1200 米。"


def phone_photo() -> bytes:
    """A photo that knows where it was taken."""
    out, exif = io.BytesIO(), Image.Exif()
    exif.get_ifd(0x8825)[2] = (23.0, 43.0, 12.0)
    Image.new("RGB", (64, 48), "green").save(out, "JPEG", exif=exif)
    return out.getvalue()


def news(*more: str, photos: dict[str, bytes] | None = None, **parts: str) -> bytes:
    """A Word file with a title, a paragraph, and a photo with its caption."""
    shown = photos or {"a.jpg": phone_photo()}
    body = TITLE + p(WORDS) + "".join(p(picture(f"rId{n}")) + p("图1 清理现场") for n in range(10, 10 + len(shown)))
    return document(body + "".join(more), shown, **parts)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return Store(tmp_path / "files")


def begun(cast: Cast, store: Store, content: bytes, key: str = "reporter") -> Submission:
    """A draft of 洛洞村 from a Word file."""
    file = WordFile("清渠.docx", content)
    return operations.draft_from_word(cast.actor(key), store, cast.unit("C03").id, file, a_text(cast))


def nothing_is_left(store: Store) -> bool:
    """No bytes, no rows."""
    return list(store.tokens()) == [] and db.session.query(StoredFile).count() == 0


# -- the operations ------------------------------------------------------------------------------


def test_a_word_file_becomes_a_draft(town: Cast, store: Store) -> None:
    before = trail.head_seq()
    item = begun(town, store, news(w.p(w.deleted("不要的字")), comments='<w:comment w:author="陈"/>'))
    assert (item.state, item.title, item.revision.number) == (State.DRAFT, "洛洞村修好了水渠", 1)
    (photo,) = markup.pictures(item.revision.body_html)
    assert (photo.text, photo.alt) == ("图1 清理现场", "")
    assert markup.words(item.revision.body_html).startswith(WORDS)
    report = queries.import_report(item.id)
    assert report is not None
    assert report.file_name == "清渠.docx"
    assert any("修订" in line for line in report.lines["warnings"])
    assert any("批注 1 条" in line for line in report.lines["warnings"])
    assert trail.head_seq() == before + 1, "one act, with its photos"
    event = newest()
    assert (event.action, event.label, event.subject_kind) == ("import_word", "导入文稿", "Submission")
    detail = json.loads(event.detail)
    assert (detail["file"], detail["pictures"], len(detail["sha256"])) == ("清渠.docx", 1, 64)
    assert trail.verify().sound


def test_a_photo_comes_in_without_its_place(town: Cast, store: Store) -> None:
    item = begun(town, store, news())
    (photo,) = markup.pictures(item.revision.body_html)
    kept = Image.open(io.BytesIO(store.get(photo.token or "")))
    assert not kept.getexif()
    assert {file.file.token for file in item.revision.files} == {photo.token}


def test_a_photo_that_cannot_be_drawn_is_told_and_the_rest_comes(town: Cast, store: Store) -> None:
    item = begun(town, store, news(photos={"a.jpg": phone_photo(), "b.jpg": phone_photo()[:400]}))
    assert len(markup.pictures(item.revision.body_html)) == 1
    assert "图片 1 张打不开或太大，请另传" in queries.import_report(item.id).lines["dropped"]  # type: ignore[union-attr]
    assert len(list(store.tokens())) == 2, "the photo and its small form"


def test_photos_whose_turn_does_not_come_are_told(town: Cast, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_SECONDS", 0)
    item = begun(town, store, news())
    assert "图1 清理现场" in markup.words(item.revision.body_html)
    assert queries.import_report(item.id).lines["dropped"] == ["图片 1 张打不开或太大，请另传"]  # type: ignore[union-attr]


def test_who_does_not_report_for_the_unit_begins_nothing(town: Cast, store: Store) -> None:
    before = trail.head_seq()
    with refused("任职不能对这一件“写稿报送”", Forbidden):
        begun(town, store, news(), "other_reporter")
    assert trail.head_seq() == before
    assert nothing_is_left(store)


def test_a_refused_file_leaves_nothing(town: Cast, store: Store) -> None:
    before = trail.head_seq()
    with refused("没有可以导入的文字"):
        begun(town, store, document(p()))
    assert trail.head_seq() == before
    assert nothing_is_left(store)


def test_what_fails_after_the_photos_takes_them_away_again(
    town: Cast, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations, "_keep_report", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        begun(town, store, news())
    assert nothing_is_left(store)
    assert db.session.query(Submission).count() == 0


def test_a_file_takes_the_place_of_a_text_and_the_versions_stay(town: Cast, store: Store) -> None:
    item = a_submission(town, title="原来的题目")
    operations.replace_from_word(town.actor("reporter"), store, item, WordFile("清渠.docx", news()), item.version)
    assert (item.title, item.revision.number, item.revision.secrecy_cleared) == ("洛洞村修好了水渠", 2, False)
    assert queries.revision(item.id, 1).title == "原来的题目"  # type: ignore[union-attr]
    assert json.loads(newest().detail)["revision"] == 2
    plain = WordFile("一段.docx", document(p(WORDS)))
    operations.replace_from_word(town.actor("reporter"), store, item, plain, item.version)
    assert item.title == "洛洞村修好了水渠", "a file without a title changes none"
    report = queries.import_report(item.id)
    assert report is not None
    assert report.file_name == "一段.docx", "the report on the newest file"
    assert trail.verify().sound


def test_signatures_fall_with_the_text(town: Cast, store: Store) -> None:
    item = a_submission(town, State.RETURNED)
    operations.replace_from_word(town.actor("reporter"), store, item, WordFile("清渠.docx", news()), item.version)
    assert json.loads(newest().detail)["fallen"] == ["李月娥（一审一校·校）", "李月娥（一审一校·审）"]


def test_what_is_not_with_its_drafter_is_not_replaced(town: Cast, store: Store) -> None:
    item = a_submission(town, State.SECOND_REVIEW)
    with refused("不能修改", Moved):
        operations.replace_from_word(town.actor("reporter"), store, item, WordFile("a.docx", news()), item.version)
    assert nothing_is_left(store)


def test_of_two_the_second_is_told(town: Cast, store: Store) -> None:
    item = a_submission(town)
    with pytest.raises(Stale):
        operations.replace_from_word(town.actor("reporter"), store, item, WordFile("a.docx", news()), item.version - 1)
    assert nothing_is_left(store)


def test_typing_that_was_not_saved_is_not_covered_up(town: Cast, store: Store) -> None:
    item = a_submission(town)
    operations.keep_working_copy(town.actor("reporter"), item.id, item.version, {"title": "写到一半"})
    with refused("写了还没有保存的内容"):
        operations.replace_from_word(town.actor("reporter"), store, item, WordFile("a.docx", news()), item.version)
    assert queries.last_number(item.id) == 1
    assert db.session.query(WorkingCopy).count() == 1


def test_the_report_is_put_away_by_those_who_write_it(town: Cast, store: Store) -> None:
    item = begun(town, store, news())
    with refused("任职不能", Forbidden):
        operations.put_report_away(town.actor("other_reporter"), item)
    operations.put_report_away(town.actor("deputy_reporter"), item)
    operations.put_report_away(town.actor("reporter"), item)
    assert queries.import_report(item.id) is None


# -- the pages -----------------------------------------------------------------------------------


def sent(client: FlaskClient, content: bytes, name: str = "清渠.docx", path: str = "", **given: Any) -> Any:
    """Choose a file and send the form, as a browser without script does."""
    page = client.get(path or "/submissions/new/word").text
    key = re.search(r'name="form_key"[^>]*value="([^"]+)"', page)
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)
    usual = {"event_on": clock.today().isoformat(), "form_key": key and key[1], "version": version and version[1]}
    fields = {name: value for name, value in {**usual, **given}.items() if value is not None}
    target = f"{path}s" if path else "/submissions/word-files"
    return post(client, target, {**fields, "file": (io.BytesIO(content), name)}, content_type="multipart/form-data")


@pytest.fixture
def facts(app: Flask, cast: Cast) -> dict[str, str]:
    """What the form asks beside the file."""
    with app.app_context():
        return {"unit_id": str(cast.unit("C03").id), "counterpart_id": str(cast.unit("B05").id)}


def test_a_file_is_chosen_and_the_editor_opens_with_its_report(facts: dict[str, str], signed_in: SignedIn) -> None:
    client = signed_in("reporter")
    assert "只要 .docx" in client.get("/submissions/new/word").text
    answer = sent(client, news(), name="文件夹/清渠.docx", **facts)
    assert (answer.status_code, answer.location) == (303, "/submissions/1/editing")
    page = client.get(answer.location).text
    for words in ("“清渠.docx”的内容已带进来", "导入报告", "洛洞村修好了水渠", "对照过了，收起报告"):
        assert words in page, re.findall(r"“[^”]*”的内容", page)
    assert post(client, "/submissions/1/import-report/dismissals").location == "/submissions/1/editing"
    assert "导入报告" not in client.get("/submissions/1/editing").text


def test_the_form_suggests_the_office_of_the_last_item(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    made(app, cast)
    page = signed_in("reporter").get("/submissions/new/word").text
    assert re.search(r'<option value="\d+" selected>农业农村办公室', page)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"counterpart_id": "0"}, "请选对口办公室"),
        ({"event_on": ""}, "请选事情发生的日期"),
        ({"unit_id": "1"}, "unit_id"),
    ],
)
def test_what_the_form_asks_for(
    app: Flask, facts: dict[str, str], signed_in: SignedIn, given: dict[str, str], words: str
) -> None:
    answer = sent(signed_in("reporter"), news(), **{**facts, **given})
    assert answer.status_code == 422
    assert words in answer.text


def test_a_file_over_the_limit_of_a_request_is_told_what_to_do(signed_in: SignedIn) -> None:
    sent_off = {"data": bytes(26 * 1024 * 1024), "content_type": "application/x-www-form-urlencoded"}
    answer = signed_in("reporter").post("/submissions/word-files", **sent_off)
    assert answer.status_code == 413
    assert "文件太大，没有传上来" in answer.text
    assert "压缩图片" in answer.text


def test_no_file_is_said(facts: dict[str, str], signed_in: SignedIn) -> None:
    answer = post(signed_in("reporter"), "/submissions/word-files", facts)
    assert answer.status_code == 422
    assert "请选一个 Word 文件" in answer.text


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1WordDocument", "简报.doc", "“简报.doc”是旧格式"),
        (b"%PDF-1.7\n", "简报.pdf", "“简报.pdf”是 PDF"),
        (b"", "简报.docx", "“简报.docx”是空文件"),
    ],
)
def test_a_refused_file_is_said_on_the_form(
    app: Flask, facts: dict[str, str], signed_in: SignedIn, content: bytes, name: str, words: str
) -> None:
    answer = sent(signed_in("reporter"), content, name, **facts)
    assert answer.status_code == 422
    assert words in answer.text
    assert "没有办成" in answer.text
    with app.app_context():
        assert db.session.query(Submission).count() == 0


def test_a_form_sent_twice_makes_one_item(app: Flask, facts: dict[str, str], signed_in: SignedIn) -> None:
    client = signed_in("reporter")
    first = sent(client, news(), form_key="the-same-key", **facts)
    second = sent(client, news(), form_key="the-same-key", **facts)
    assert (first.location, second.location) == ("/submissions/1/editing", "/submissions/1")
    with app.app_context():
        assert db.session.query(Submission).count() == 1
        assert db.session.query(StoredFile).count() == 1
        assert len(list(app.extensions["store"].tokens())) == 2


def test_a_file_replaces_a_text_by_the_page(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    number = made(app, cast, title="原来的题目")
    client = signed_in("reporter")
    path = f"/submissions/{number}/word-file"
    assert path in client.get(f"/submissions/{number}/editing").text
    assert "《原来的题目》现在的正文会换成文件里的内容" in client.get(path).text
    assert sent(client, b"%PDF-1.7\n", "a.pdf", path).status_code == 422
    answer = sent(client, news(), path=path)
    assert (answer.status_code, answer.location) == (303, f"/submissions/{number}/editing")
    assert "洛洞村修好了水渠" in client.get(answer.location).text
    assert sent(client, news(), path=path, version="1").status_code == 409


def test_before_replacing_the_page_asks_for_what_was_not_saved(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    number = made(app, cast)
    with app.app_context():
        operations.keep_working_copy(cast.actor("reporter"), number, 1, {"title": "写到一半"})
    path = f"/submissions/{number}/word-file"
    page = signed_in("reporter").get(path).text
    assert "写了还没有保存的内容" in page
    assert 'type="file"' not in page
    answer = sent(signed_in("reporter"), news(), path=path)
    assert answer.status_code == 422
    assert "请先回去保存" in answer.text


def test_who_comes_to_replace(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    number = made(app, cast, State.SECOND_REVIEW)
    path = f"/submissions/{number}/word-file"
    assert signed_in("reporter").get(path).location == f"/submissions/{number}"
    assert signed_in("other_reporter").get(path).status_code == 404
    assert signed_in("head").get(path).status_code == 403
