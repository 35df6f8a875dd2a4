"""Text size, contrast, and links that keep a page's arguments."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from town_portal.web.look import here, look


@pytest.mark.parametrize(
    ("query", "cookie", "expected"),
    [("", "", "1"), ("", "ts=3", "3"), ("ts=2", "ts=3", "2"), ("ts=9", "ts=3", "3"), ("ts=9", "ts=x", "1")],
)
def test_what_was_chosen_now_counts_before_what_was_chosen_once(
    app: Flask, query: str, cookie: str, expected: str
) -> None:
    with app.test_request_context(f"/portal?{query}", headers={"Cookie": cookie}):
        assert look("ts") == expected


def test_links_keep_the_arguments_but_the_look(app: Flask) -> None:
    with app.test_request_context("/portal/articles?q=%E6%9D%91&page=2&ts=3&a=1&a=2"):
        assert here(page=5) == "/portal/articles?q=%E6%9D%91&a=1&a=2&page=5"
        assert here(ts=1) == "/portal/articles?q=%E6%9D%91&page=2&a=1&a=2&ts=1"


@pytest.mark.parametrize("query", ["_scheme=javascript&_external=1", "endpoint=x", "_anchor=x", "page_=1"])
def test_arguments_are_only_arguments(app: Flask, query: str) -> None:
    with app.test_request_context(f"/portal/articles?{query}"):
        assert here(page=2) == f"/portal/articles?{query}&page=2"


def test_a_choice_is_remembered_and_junk_is_not(client: FlaskClient) -> None:
    answer = client.get("/portal?ts=2&hc=maybe")
    cookies = answer.headers.getlist("Set-Cookie")
    assert len([cookie for cookie in cookies if cookie.startswith("ts=2;")]) == 1
    assert not [cookie for cookie in cookies if cookie.startswith("hc=")]
    assert 'class="tp-fs-2"' in answer.text
    assert 'class="tp-fs-2"' in client.get("/portal").text
