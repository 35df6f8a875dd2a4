"""Pages a browser may keep, and must ask about every time: 304 while nothing has changed."""

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from flask import Response, current_app, request

from town_portal.foundation import clock
from town_portal.web.compression import packed, takes_gzip
from town_portal.web.look import CHOICES, exporting, look

ALWAYS_ASK = "public, max-age=0, must-revalidate"
KEPT_PAGES = 256
_kept: dict[tuple[str, bool], tuple[bytes, str]] = {}
"""Pages by their tag, plain or packed, and what they are (HTML, XML)."""


def unless_known(version: object, draw: Callable[[], Response]) -> Response:
    """The page that ``draw`` makes, or 304 when the browser holds it as it is now.

    ``version`` must change with everything the page shows. The day, the look and the edition of
    the program count by themselves, so what was taken away is gone at the next request. Pages
    drawn lately are kept under the same rule. Only for pages that are alike for everybody.
    """
    if exporting() or any(name in request.args for name in CHOICES):
        return draw()
    tag = _digest(version, clock.today(), request.full_path, *(look(name) for name in CHOICES), _edition())
    response = Response(status=304) if request.if_none_match.contains_weak(tag) else _page(tag, draw)
    response.headers.extend({"ETag": f'W/"{tag}"', "Cache-Control": ALWAYS_ASK, "Vary": "Cookie, Accept-Encoding"})
    return response


def _page(tag: str, draw: Callable[[], Response]) -> Response:
    key = tag, takes_gzip()
    kept = _kept.get(key)
    if kept is None:
        answer = draw()
        drawn = answer.get_data()
        kept = _keep(key, (packed(drawn, noise=False) if takes_gzip() else drawn, answer.mimetype or "text/html"))
    page, kind = kept
    return Response(page, mimetype=kind, headers={"Content-Encoding": "gzip"} if takes_gzip() else None)


def _keep(key: tuple[str, bool], page: tuple[bytes, str]) -> tuple[bytes, str]:
    while len(_kept) >= KEPT_PAGES:
        _kept.pop(next(iter(_kept)), None)
    _kept[key] = page
    return page


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


@cache
def _edition() -> str:
    """What the program's templates and assets are: another edition draws other pages."""
    root = Path(current_app.root_path)
    files = sorted((*(root / "templates").rglob("*.html"), root / "static" / "vendor" / "manifest.json"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
