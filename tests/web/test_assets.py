"""Assets are named by their content, kept for a year, and exactly what the manifest says."""

import base64
import gzip
import hashlib
import json

from flask import Flask
from flask.testing import FlaskClient

from town_portal.web.assets import VENDOR, asset

MANIFEST = json.loads((VENDOR / "manifest.json").read_text())


def test_every_file_has_the_bytes_of_the_manifest() -> None:
    for name, entry in MANIFEST["files"].items():
        content = (VENDOR / name).read_bytes()
        digest = base64.b64encode(hashlib.sha384(content).digest()).decode()
        assert entry["sha384"] == f"sha384-{digest}", name
        assert gzip.decompress((VENDOR / f"{name}.gz").read_bytes()) == content, name


def test_every_package_has_a_version_and_a_licence() -> None:
    assert MANIFEST["packages"]
    for package in MANIFEST["packages"]:
        assert package["name"] and package["version"] and package["licence"], package


def test_a_named_version_is_kept_for_a_year(app: Flask, client: FlaskClient) -> None:
    with app.test_request_context():
        address = asset("app.css")
    answer = client.get(address, headers={"Accept-Encoding": "gzip"}, buffered=True)
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_another_version_is_asked_for_again(client: FlaskClient) -> None:
    assert client.get("/static/app.css?v=old", buffered=True).headers["Cache-Control"] == "no-cache"


def test_only_what_was_built_is_served(client: FlaskClient) -> None:
    for name in ("../pyproject.toml", "manifest.json", "app.css.gz", "%2e%2e/wsgi.py", "src/build.mjs"):
        assert client.get(f"/static/{name}").status_code == 404, name
