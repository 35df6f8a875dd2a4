"""Our stylesheet, scripts and icons: served from here, named by their content, kept by browsers.

Set-up builds them into ``static/vendor`` with a manifest of hashes (static/src/build.mjs).
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, request, send_from_directory, url_for
from markupsafe import Markup

from town_portal.access.guard import requires
from town_portal.access.permissions import PUBLIC

VENDOR = Path(__file__).resolve().parents[2] / "static" / "vendor"
A_YEAR = 31_536_000


@cache
def _manifest() -> dict[str, dict[str, Any]]:
    files: dict[str, dict[str, Any]] = json.loads((VENDOR / "manifest.json").read_text())["files"]
    return files


@cache
def _version(name: str) -> str:
    digest: str = _manifest()[name]["sha384"]
    return digest.removeprefix("sha384-")[:12].replace("+", "-").replace("/", "_")


@cache
def integrity(name: str) -> str:
    """The SRI hash of an asset."""
    digest: str = _manifest()[name]["sha384"]
    return digest


@cache
def asset(name: str) -> str:
    """The address of an asset, with its content's hash, so that it may be kept for a year."""
    return f"/static/{name}?v={_version(name)}"


@cache
def icon(name: str, classes: str = "") -> Markup:
    """An icon from our sprite: drawn once, for a page shows hundreds of the same few."""
    return Markup('<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>').format(
        f"tp-ico {classes}".rstrip(), asset("icons.svg"), name
    )


def serve_assets(app: Flask) -> None:
    """Hang the one static route and give templates ``asset()``, ``integrity()`` and the icons."""
    app.jinja_env.globals.update(asset=asset, integrity=integrity, drawn_icon=icon)

    @app.get("/static/<path:name>")
    @requires(PUBLIC)
    def static(name: str) -> Response:
        if name not in _manifest():
            abort(404)
        zipped = "gzip" in request.accept_encodings
        response = send_from_directory(
            VENDOR, f"{name}.gz" if zipped else name, mimetype=_TYPES[Path(name).suffix], conditional=True
        )
        if zipped:
            response.headers["Content-Encoding"] = "gzip"
        response.vary.add("Accept-Encoding")
        if request.args.get("v") == _version(name):
            response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
        else:
            response.headers["Cache-Control"] = "no-cache"
        return response

    @app.get("/favicon.ico")
    @requires(PUBLIC)
    def favicon() -> Response:
        return app.redirect(url_for("static", name="icons.svg"))  # type: ignore[return-value]


_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
