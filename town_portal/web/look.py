"""Text size and contrast: plain links, kept in two cookies, so that they work without script."""

from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, request

CHOICES = {"ts": ("1", "2", "3"), "hc": ("0", "1")}
"""Text size (standard, large, very large) and high contrast; the first is what holds unasked."""
A_YEAR = 31_536_000
EXPORTING = "town_portal.exporting"
"""Set in the environment of a request that the house itself makes for its static copy; no reader can set it."""


def look(name: str) -> str:
    """How this page is to look: chosen with this request, else remembered, else the standard."""
    for value in (request.args.get(name), request.cookies.get(name)):
        if value in CHOICES[name]:
            return value
    return CHOICES[name][0]


def exporting() -> bool:
    """Is this page drawn for the static copy, where nothing answers?"""
    return bool(request.environ.get(EXPORTING))


def here(**changes: Any) -> str:
    """The address of this page with some of its arguments changed."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name not in {*changes, *CHOICES}]
    return f"{request.path}?{urlencode([*kept, *changes.items()])}"


def keep_look(app: Flask) -> None:
    """Remember a choice for the next pages, and give templates ``here()``."""
    app.jinja_env.globals.update(here=here, exporting=exporting)

    @app.after_request
    def remember(response: Response) -> Response:
        for name, values in CHOICES.items():
            if request.args.get(name) in values:
                response.set_cookie(
                    name,
                    request.args[name],
                    max_age=A_YEAR,
                    samesite="Lax",
                    secure=app.config["SESSION_COOKIE_SECURE"],
                )
        return response
