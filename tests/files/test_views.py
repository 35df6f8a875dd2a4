"""Serving uploads to exactly those who may see them, and taking photos in."""

import io
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask, session
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from PIL import Image
from werkzeug.test import TestResponse

from tests.cast import Cast
from tests.portal.articles import BODY, add_document, add_photo, figure, photo, put_article, take_away
from town_portal.access.actor import SYSTEM
from town_portal.accounts.models import Credential
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import unit_of_work
from town_portal.factory import NO_SIGN_OF_LIFE
from town_portal.files.models import StoredFile
from town_portal.files.views import NOTHING_ACTS
from town_portal.foundation.db import db

SignIn = Callable[[str], FlaskClient]
NEVER = "0" * 32


@dataclass(frozen=True)
class Files:
    """Addresses of uploads in every standing, and the article of the public ones."""

    public_photo: str
    public_document: str
    loose: str
    article: int


@pytest.fixture
def files(app: Flask, cast: Cast) -> Files:
    """A live article with a photo and a document; a photo of the reporter in no text at all."""
    with app.app_context():
        folder = app.extensions["store"].folder
        shown, document = add_photo(cast, folder, width=1000, height=600), add_document(cast, folder)
        loose = add_photo(cast, folder)
        body = BODY + figure(shown)
        article = put_article(cast, body=body, files=((shown, shown.token), (document, "名册.pdf")))
        return Files(*(f"/files/{file.token}" for file in (shown, document, loose)), article)


# -- who may see what ----------------------------------------------------------------------------


def test_everybody_sees_what_stands_in_a_live_article(client: FlaskClient, files: Files) -> None:
    assert client.get(files.public_photo).status_code == 200
    assert client.get(files.public_document).status_code == 200


def test_a_file_in_no_text_is_its_uploaders_alone(client: FlaskClient, files: Files, signed_in: SignIn) -> None:
    assert client.get(files.loose).status_code == 404
    assert signed_in("reporter").get(files.loose).status_code == 200
    for key in ("deputy_reporter", "head", "coordinator", "publisher", "administrator", "auditor", "idler"):
        assert signed_in(key).get(files.loose).status_code == 404, key


def test_a_withdrawn_articles_files_are_gone_for_the_public_at_once(
    app: Flask, client: FlaskClient, files: Files, signed_in: SignIn
) -> None:
    tag = client.get(files.public_photo).headers["ETag"]
    with app.app_context():
        take_away(files.article)
    for path in (files.public_photo, files.public_document, f"{files.public_photo}?size=s"):
        assert client.get(path).status_code == 404
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 404
    for key in ("deputy_reporter", "auditor", "coordinator"):
        assert signed_in(key).get(files.public_photo).status_code == 200, key
    for key in ("administrator", "idler", "other_reporter"):
        assert signed_in(key).get(files.public_photo).status_code == 404, key


@pytest.mark.parametrize("token", [NEVER, "x", "..%2f..%2fkeys%2fsession.key", "%00", f"{NEVER}-s", "文件"])
def test_an_unknown_name_is_404_like_a_hidden_one(client: FlaskClient, cast: Cast, token: str) -> None:
    assert client.get(f"/files/{token}").status_code == 404


def test_the_small_form_has_no_address_of_its_own(client: FlaskClient, files: Files) -> None:
    assert client.get(f"{files.public_photo}-s").status_code == 404


def test_a_person_who_must_change_his_password_sees_what_the_public_sees(
    app: Flask, cast: Cast, files: Files, signed_in: SignIn
) -> None:
    with app.app_context():
        person_id = cast.person("reporter").id
        with unit_of_work(SYSTEM) as work:
            credential = Credential(person_id=person_id, must_change=True)
            db.session.add(credential)
            db.session.flush()
            work.record(Action("must_change_in_test", "要改密码"), credential)
    browser = signed_in("reporter")
    assert browser.get(files.loose).status_code == 404
    assert browser.get(files.public_photo).status_code == 200


# -- how it is served ----------------------------------------------------------------------------


def test_a_picture_is_shown_in_place(client: FlaskClient, files: Files) -> None:
    answer = client.get(files.public_photo)
    assert answer.mimetype == "image/jpeg"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert Image.open(io.BytesIO(answer.data)).size == (1000, 600)


def test_a_small_picture_is_smaller(client: FlaskClient, files: Files) -> None:
    answer = client.get(f"{files.public_photo}?size=s")
    assert Image.open(io.BytesIO(answer.data)).size == (480, 288)
    assert answer.headers["ETag"] != client.get(files.public_photo).headers["ETag"]


def test_an_attachment_is_saved_under_its_name_and_never_opened_in_place(client: FlaskClient, files: Files) -> None:
    for path in (files.public_document, f"{files.public_document}?size=s"):
        answer = client.get(path)
        assert answer.mimetype == "application/pdf"
        header = answer.headers["Content-Disposition"]
        assert header.startswith("attachment;")
        assert "filename*=UTF-8''%E5%90%8D%E5%86%8C" in header


@pytest.mark.parametrize("name", ["public_photo", "public_document"])
def test_nothing_in_a_file_can_act(client: FlaskClient, files: Files, name: str) -> None:
    headers = client.get(getattr(files, name)).headers
    assert headers["Content-Security-Policy"] == NOTHING_ACTS
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_public_files_are_asked_for_and_staff_files_never_kept(
    client: FlaskClient, files: Files, signed_in: SignIn
) -> None:
    first = client.get(files.public_photo)
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get(files.public_photo, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert signed_in("reporter").get(files.loose).headers["Cache-Control"] == "no-store"


def test_bytes_that_are_gone_are_404_and_no_fault(app: Flask, client: FlaskClient, files: Files) -> None:
    app.extensions["store"].remove(files.public_photo.rsplit("/", 1)[1])
    assert client.get(files.public_photo).status_code == 404


def test_looking_at_a_file_is_no_sign_of_life(app: Flask) -> None:
    assert "files.show" in NO_SIGN_OF_LIFE


# -- taking photos in ----------------------------------------------------------------------------


def send(browser: FlaskClient, content: bytes | None, name: str = "春耕.jpg", **headers: str) -> TestResponse:
    """Post a photo as the editor does."""
    token = csrf(browser)
    data = {} if content is None else {"file": (io.BytesIO(content), name)}
    return browser.post("/pictures", data=data, headers={"X-CSRFToken": token, **headers})


def csrf(browser: FlaskClient) -> str:
    """The token of a browser's session."""
    with browser.application.test_request_context():
        token = generate_csrf()
        raw = session["csrf_token"]
    with browser.session_transaction() as kept:
        kept["csrf_token"] = raw
    return token


def test_a_photo_is_taken_in_and_answered_with_its_figure(app: Flask, signed_in: SignIn, cast: Cast) -> None:
    browser = signed_in("reporter")
    answer = send(browser, photo(), **{"HX-Request": "true"})
    assert answer.status_code == 201
    assert answer.text.strip().startswith('<figure id="files-picture"><img src="/files/')
    assert 'alt="" width="60" height="40"' in answer.text
    with app.app_context():
        file = db.session.query(StoredFile).one()
        assert (file.uploaded_by_id, file.unit_id) == (cast.person("reporter").id, cast.unit("C03").id)
        token = file.token
    assert browser.get(f"/files/{token}").status_code == 200


def test_without_script_the_answer_is_a_page(signed_in: SignIn) -> None:
    answer = send(signed_in("reporter"), photo())
    assert answer.status_code == 201
    assert "照片传上了" in answer.text
    assert 'id="files-picture"' in answer.text


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "还没有选照片"), (b"", "空文件"), (b"MZ not a photo", "不能传"), (b"%PDF-1.7", "不是照片")],
)
def test_what_is_no_photo_is_refused_in_words(app: Flask, signed_in: SignIn, content: bytes | None, words: str) -> None:
    answer = send(signed_in("reporter"), content, **{"HX-Request": "true"})
    assert answer.status_code == 422
    assert "data-message" in answer.text
    assert words in answer.text
    with app.app_context():
        assert db.session.query(StoredFile).count() == 0
        assert list(app.extensions["store"].tokens()) == []


def test_a_photo_without_a_token_is_refused(signed_in: SignIn) -> None:
    answer = signed_in("reporter").post("/pictures", data={"file": (io.BytesIO(photo()), "a.jpg")})
    assert answer.status_code == 400


@pytest.mark.parametrize("key", ["head", "leader", "coordinator", "publisher", "administrator", "auditor", "idler"])
def test_only_reporters_send_photos(signed_in: SignIn, key: str) -> None:
    assert send(signed_in(key), photo()).status_code == 403


def test_photos_are_not_sent_by_get(signed_in: SignIn) -> None:
    assert signed_in("reporter").get("/pictures").status_code == 405
