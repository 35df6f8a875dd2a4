"""The same strict headers on every answer, errors and files included."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from town_portal.config import Config
from town_portal.factory import create_app
from town_portal.web.headers import CONTENT_SECURITY_POLICY, HEADERS

EXACT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)


def test_the_policy_is_exactly_the_strict_one() -> None:
    assert CONTENT_SECURITY_POLICY == EXACT


@pytest.mark.parametrize(
    "path", ["/sign-in", "/portal", "/nowhere", "/submissions", "/static/app.css", "/files/" + "0" * 32]
)
def test_every_answer_to_a_stranger_carries_them(client: FlaskClient, path: str) -> None:
    answer = client.get(path, buffered=True)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value, (path, name)
    assert "charset" in answer.headers["Content-Type"] or answer.mimetype not in ("text/html", "text/css")


@pytest.mark.parametrize("path", ["/", "/submissions", "/waiting", "/account", "/submissions/999999"])
def test_pages_of_somebody_signed_in_are_never_stored(signed_in: Callable[[str], FlaskClient], path: str) -> None:
    answer = signed_in("reporter").get(path)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"] == EXACT


def test_behind_tls_the_cookie_is_bound_to_the_host(tmp_path: Path) -> None:
    app = create_app(
        Config(
            data=tmp_path,
            database=f"sqlite:///{tmp_path}/x.db",
            secret_key="k" * 8 + "0123456789abcdefghijklmn",
            tls=True,
        )
    )
    assert app.config["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert app.config["SESSION_COOKIE_SECURE"]
    answer = app.test_client().get("/static/app.css", buffered=True)
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
