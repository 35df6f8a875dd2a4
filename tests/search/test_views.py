"""The page 检索."""

from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient

from tests.builders import a_submission
from tests.cast import Cast
from tests.portal.test_queries import statements
from town_portal.search import operations
from town_portal.submissions.rules.lifecycle import State

SignIn = Callable[[str], FlaskClient]


def test_found_items_are_shown_with_the_words_marked(app: Flask, signed_in: SignIn, cast: Cast) -> None:
    with app.app_context():
        number = a_submission(cast, State.SECOND_REVIEW, title="洛洞村开展秋收农技培训").id
        operations.index(10)
    page = signed_in("reporter").get("/search?q=农技 手册").text
    assert f'href="/submissions/{number}"' in page
    assert '<mark class="tp-hit">农技</mark>' in page
    assert '<mark class="tp-hit">手册</mark>' in page
    assert "共 1 件" in page


def test_an_empty_question_and_one_without_answer(signed_in: SignIn, cast: Cast) -> None:
    client = signed_in("reporter")
    assert "没有找到" not in client.get("/search").text
    page = client.get("/search?q=<b>没有").text
    assert "没有找到" in page and "<b>没有</b>" not in page.replace("<b>没有找到</b>", "")
    assert client.get("/search", query_string={"q": "x" * 500, "page": "99999"}).status_code == 200


def test_a_fragment_for_htmx(signed_in: SignIn, cast: Cast) -> None:
    answer = signed_in("reporter").get("/search?q=没有", headers={"HX-Request": "true", "HX-Target": "search-results"})
    assert answer.text.lstrip().startswith('<div id="search-results"')


def test_few_statements(app: Flask, signed_in: SignIn, cast: Cast) -> None:
    with app.app_context():
        for number in range(5):
            a_submission(cast, title=f"第{number}条培训消息")
        operations.index(10)
    client = signed_in("reporter")
    client.get("/search?q=培训")
    with app.app_context(), statements() as asked:
        client.get("/search?q=消息")
    assert 1 <= len(asked) <= 12
