"""Sending forms the way a browser does: with the token of a page it has open."""

import re
from collections.abc import Mapping
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

TOKEN = r'"X-CSRFToken":"([^"]+)"'


def post(
    client: FlaskClient, path: str, data: Mapping[str, Any], page: str = "/workdays", **fields: str
) -> TestResponse:
    """POST a form with the CSRF token of an open page; ``fields`` are added to the data."""
    found = re.search(TOKEN, client.get(page).text)
    token = {"csrf_token": found[1]} if found else {}
    return client.post(path, data={**data, **fields, **token})
