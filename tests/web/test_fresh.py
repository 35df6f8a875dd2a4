"""Pages that are asked for every time and sent only when something changed."""

from collections.abc import Iterator

import pytest
from flask import Flask, Response
from werkzeug.exceptions import NotFound

from town_portal.web import fresh
from town_portal.web.fresh import unless_known


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    fresh._kept.clear()
    yield
    fresh._kept.clear()


def ask(app: Flask, version: str, path: str = "/portal", known: str = "", body: str = "page") -> Response:
    """One request for a page of some version."""
    with app.test_request_context(path, headers={"If-None-Match": known} if known else {}):
        return unless_known(version, lambda: Response(body, mimetype="text/html"))


def test_the_same_version_of_the_same_address_is_304(app: Flask) -> None:
    first = ask(app, "1")
    assert first.get_data(as_text=True) == "page"
    assert ask(app, "1", known=first.headers["ETag"]).status_code == 304


@pytest.mark.parametrize(("version", "path"), [("2", "/portal"), ("1", "/portal?q=x"), ("1", "/portal/articles")])
def test_another_version_or_address_is_another_page(app: Flask, version: str, path: str) -> None:
    tag = ask(app, "1").headers["ETag"]
    assert ask(app, version, path, known=tag).status_code == 200


def test_a_drawn_page_is_kept_for_its_version(app: Flask) -> None:
    ask(app, "1", body="first")
    assert ask(app, "1", body="never drawn").get_data(as_text=True) == "first"
    assert ask(app, "2", body="second").get_data(as_text=True) == "second"


def test_what_is_not_there_is_not_kept(app: Flask) -> None:
    def missing() -> Response:
        raise NotFound

    with app.test_request_context("/portal"), pytest.raises(NotFound):
        unless_known("1", missing)
    assert fresh._kept == {}


def test_only_so_many_pages_are_kept(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fresh, "KEPT_PAGES", 3)
    for number in range(10):
        ask(app, str(number))
    assert len(fresh._kept) == 3
