"""A browser's habits for tests: being signed in, and sending forms with the token of an open page."""

import re
from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cast import PEOPLE, open_session

TOKEN = re.compile(r'"X-CSRFToken":"([^"]+)"|name="csrf_token"[^>]*?value="([^"]+)"')
PAGES = ("/more", "/sign-in", "/passwords")


def browser(app: Flask, key: str | None = None) -> FlaskClient:
    """A browser: somebody of the cast is signed in, or nobody."""
    client = app.test_client()
    if key is not None:
        with app.app_context():
            token = open_session(PEOPLE[key][1])
        with client.session_transaction() as session:
            session["_user_id"] = token
    return client


def token_of(client: FlaskClient) -> str:
    """The CSRF token of a page this browser can open."""
    for page in PAGES:
        found = TOKEN.search(client.get(page).text)
        if found:
            return found[1] or found[2]
    raise AssertionError("no page with a token opens")


def post(client: FlaskClient, url: str, data: Mapping[str, Any] | None = None, **options: Any) -> TestResponse:
    """POST a form the way a browser does; ``options`` go to the client (headers, follow_redirects)."""
    return client.post(url, data={"csrf_token": token_of(client), **(data or {})}, **options)
