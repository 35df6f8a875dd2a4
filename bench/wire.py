"""P15, P16: the bytes of a first and of a repeated visit, counted from the answers as a browser gets them."""

import re
from urllib.parse import urljoin

from bench.browser import Browser
from bench.filling import PASSWORD
from bench.pages import Portal
from bench.table import Line

ASSETS = re.compile(r'<(?:link[^>]*href|script[^>]*src|use[^>]*href|img[^>]*src|body[^>]*data-icons)="([^"#]+)')
KB = 1024


class Visit:
    """What one browser fetched: every file once, for assets are kept by their address."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.kept: set[str] = set()
        self.files: list[tuple[str, int]] = []

    def open(self, path: str) -> None:
        """A page, and what it refers to and is not kept yet."""
        answer = self.browser.open(path)
        self.files.append((path, answer.bytes))
        for found in dict.fromkeys(ASSETS.findall(answer.text)):
            address = urljoin(path, found)
            if address not in self.kept:
                asset = self.browser.get(address)
                self.files.append((address, asset.bytes))
                if "immutable" in asset.headers.get("cache-control", ""):
                    self.kept.add(address)

    @property
    def size(self) -> float:
        """KB over the wire, heads included."""
        return sum(size for _, size in self.files) / KB


def visits(portal: Portal) -> list[Line]:
    """The first visit up to the queue, the editor's page, and the queue again."""
    first = Visit(Browser(portal.server.port))
    first.open("/sign-in?next=/waiting")
    first.browser.post(
        "/sign-in", {"login": portal.house.facts.phones["reader"], "password": PASSWORD, "next": "/waiting"}
    )
    first.open("/waiting")
    again = Visit(first.browser)
    again.kept = first.kept
    again.open("/waiting")
    editor = Visit(Browser(portal.server.port))
    editor.browser.cookies = dict(portal.by("drafter").cookies)
    editor.open("/submissions/new/blank")
    return [
        _line("P15", "first visit, sign-in → queue", first, 100, 6, "; the form's own POST apart"),
        _line("P15", "editor page, nothing kept", editor, 250, None),
        _line("P16", "queue again", again, 8, 1),
    ]


def _line(id_: str, what: str, visit: Visit, most: int, requests: int | None, more: str = "") -> Line:
    count = len(visit.files)
    return Line(
        id_,
        what,
        "",
        f"{visit.size:.1f} KB, {count} requests",
        "",
        f"≤ {most} KB" + (f", ≤ {requests} requests" if requests else ""),
        visit.size <= most and (requests is None or count <= requests),
        ", ".join(f"{path.split('?')[0].rsplit('/', 1)[-1] or '/'} {size / KB:.1f}" for path, size in visit.files)
        + more,
    )
