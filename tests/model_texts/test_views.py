"""Pages of the model texts."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.browsing import post
from tests.cast import Cast
from tests.model_texts.test_operations import a_model
from town_portal.model_texts import operations, queries

SignedIn = Callable[[str], FlaskClient]
GIVEN = {
    "kind": "visit",
    "name": "走访老党员",
    "title": "【单位】走访老党员【人数】名",
    "body": "走访老党员【人数】名，送上【内容】。",
    "hint": "走访了谁",
    "column_id": "",
}


@pytest.fixture
def number(app: Flask, cast: Cast) -> int:
    """The number of a model text."""
    with app.app_context():
        return a_model(cast).id


def test_an_empty_house_takes_the_shipped_ones(signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    assert "收下自带的范文" in client.get("/model-texts").text
    assert post(client, "/model-text-sets").location == "/model-texts"
    page = client.get("/model-texts").text
    assert "财务公开" in page
    assert "已收下 16 篇范文" in page
    assert "收下自带的范文" not in page
    assert post(client, "/model-text-sets").status_code == 409


def test_a_model_text_is_added(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    assert "【地点】" in client.get("/model-texts/new").text
    with app.app_context():
        column = str(cast.column("gzdt").id)
    assert post(client, "/model-texts", {**GIVEN, "column_id": column}).location == "/model-texts"
    page = client.get("/model-texts").text
    assert "范文“走访老党员”已加上" in page
    assert "工作动态" in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "请写名称"),
        ({"name": "长" * 21}, "名称最多 20 个字"),
        ({"title": ""}, "请写标题"),
        ({"body": ""}, "请写正文"),
        ({"kind": "nonsense"}, "tp-err"),
        ({"column_id": "999"}, "tp-err"),
        ({"body": "到会【多少】人"}, "校对也查不出来"),
    ],
)
def test_mistakes_are_said_on_the_form(signed_in: SignedIn, wrong: dict[str, str], words: str) -> None:
    answer = post(signed_in("coordinator"), "/model-texts", {**GIVEN, **wrong})
    assert answer.status_code == 422
    assert words in answer.text
    assert "走访了谁" in answer.text, "what was typed stays"


def test_a_model_text_is_revised(number: int, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    path = f"/model-texts/{number}"
    assert "到会党员【人数】人。" in client.get(path).text
    given = {**GIVEN, "version": "1"}
    assert post(client, f"{path}/revisions", {**given, "body": ""}).status_code == 422
    assert post(client, f"{path}/revisions", given).location == "/model-texts"
    assert "走访老党员" in client.get(path).text
    assert post(client, f"{path}/revisions", {**given, "name": "又改"}).status_code == 409


def test_a_model_text_is_retired_and_brought_back(app: Flask, number: int, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    path = f"/model-texts/{number}"
    assert post(client, f"{path}/retirements").location == "/model-texts"
    assert "已停用" in client.get("/model-texts").text
    page = client.get(path).text
    assert "恢复以后才能修改" in page
    assert "<textarea" not in page
    assert post(client, f"{path}/restorations").location == "/model-texts"
    assert "恢复以后才能修改" not in client.get(path).text
    with app.app_context():
        assert len(queries.in_use()) == 1


def test_who_comes_in(number: int, signed_in: SignedIn) -> None:
    for key in ("reporter", "head", "leader", "publisher", "administrator", "auditor"):
        client = signed_in(key)
        for path in ("/model-texts", "/model-texts/new", f"/model-texts/{number}"):
            assert client.get(path).status_code == 403
        assert post(client, "/model-texts", GIVEN).status_code == 403
    client = signed_in("coordinator")
    assert client.get("/model-texts/999").status_code == 404
    for act in ("revisions", "retirements", "restorations"):
        assert post(client, f"/model-texts/999/{act}").status_code == 404


def test_a_form_sent_twice_adds_one(app: Flask, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    for _ in range(2):
        assert post(client, "/model-texts", {**GIVEN, "form_key": "one"}).location == "/model-texts"
    with app.app_context():
        assert operations.queries.has_any()
        assert len(queries.in_use()) == 1
