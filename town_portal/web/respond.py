"""Page, fragment or file, and where to go after an act. The only reader of HX- headers."""

import io
from typing import Any

from flask import Response, make_response, redirect, render_template, request, send_file


def wants_fragment() -> bool:
    """Whether htmx asks for a part of the page it already shows, not for a whole page (Back, boost)."""
    whole_page = ("HX-Boosted", "HX-History-Restore-Request")
    return request.headers.get("HX-Request") == "true" and not any(name in request.headers for name in whole_page)


def respond(page: str, fragment: str | None = None, /, status: int = 200, **context: Any) -> Response:
    """Render the page, or its fragment when htmx asked for it; both from the same context."""
    template = fragment if fragment and wants_fragment() else page
    response = make_response(render_template(template, **context), status)
    response.vary.add("HX-Request")
    return response


def download(content: bytes, name: str, kind: str) -> Response:
    """A file to save under a name, kept by nobody on the way; ``kind`` is its media type."""
    response = send_file(io.BytesIO(content), kind, as_attachment=True, download_name=name)
    response.headers["Cache-Control"] = "no-store"
    return response


def see_other(location: str) -> Response:
    """After an act: go and look (303), so that a reload repeats nothing."""
    response = make_response(redirect(location, code=303))
    response.vary.add("HX-Request")
    return response


def go_to(location: str, status: int = 303) -> Response:
    """Send the whole browser to another page, from a fragment request too."""
    if wants_fragment():
        response = make_response("", 204)
        response.headers["HX-Redirect"] = location
        return response
    return make_response(redirect(location, code=status))


def trigger(response: Response, events: str) -> Response:
    """Tell the page's script that something happened (the answer's HX-Trigger)."""
    response.headers["HX-Trigger"] = events
    return response
