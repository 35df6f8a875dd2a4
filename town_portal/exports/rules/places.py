"""Where a page of the portal lies in the folder, and how one file of it names another."""

import posixpath
import re
from urllib.parse import parse_qsl, quote, urlsplit

FEED, MAP, ROBOTS = "feed.xml", "sitemap.xml", "robots.txt"
_CODE = r"[A-Za-z0-9_-]{1,40}"
_LOOK = ("ts", "hc")


def place(address: str) -> str | None:
    """The file of a page by its address (path and question), such as ``/portal/articles?page=2``; None: not exported.

    Lists may be narrowed by a unit or a year, not by both, and a search is no file.
    """
    parts = urlsplit(address)
    asked = {name: value for name, value in parse_qsl(parts.query) if name not in _LOOK}
    number = asked.pop("page", "1")
    if not re.fullmatch(r"[1-9]\d{0,5}", number):
        return None
    leaf = "index.html" if number == "1" else f"page-{number}.html"
    if parts.path == "/portal/articles":
        return _list(asked, leaf)
    if asked or (number != "1" and not re.fullmatch(rf"/portal/columns/{_CODE}", parts.path)):
        return None
    if found := re.fullmatch(rf"/portal/columns/({_CODE})", parts.path):
        return f"columns/{found[1]}/{leaf}"
    return _alone(parts.path)


def _list(asked: dict[str, str], leaf: str) -> str | None:
    asked = {name: value for name, value in asked.items() if value}
    if not asked:
        return f"articles/{leaf}"
    folders = {"unit": "units", "year": "years"}
    if len(asked) > 1 or not asked.keys() <= folders.keys():
        return None
    ((name, value),) = asked.items()
    return f"{folders[name]}/{value}/{leaf}" if re.fullmatch(_CODE, value) else None


def _alone(path: str) -> str | None:
    fixed = {
        "/portal": "index.html",
        "/portal/search": "search.html",
        "/portal/reports": "reports.html",
        "/portal/feed.xml": FEED,
        "/portal/sitemap.xml": MAP,
    }
    if path in fixed:
        return fixed[path]
    for pattern, made in (
        (r"/portal/articles/(\d{1,10})", "articles/{}.html"),
        (rf"/portal/columns/({_CODE})/feed\.xml", "columns/{}/feed.xml"),
        (r"/portal/sitemap-(\d{1,6})\.xml", "sitemap-{}.xml"),
        (r"/static/([A-Za-z0-9._-]{1,60})", "static/{}"),
    ):
        if found := re.fullmatch(pattern, path):
            return made.format(found[1])
    return None


def address_of(link: str) -> str:
    """The address to ask for: a link without its anchor and without what only changes the look."""
    parts = urlsplit(link)
    if parts.path.startswith("/static/"):  # its question is the edition, which a folder has one of
        return parts.path
    asked = [
        (name, value)
        for name, value in parse_qsl(parts.query)
        if name not in _LOOK and value and (name, value) != ("page", "1")
    ]
    query = "&".join(f"{quote(name)}={quote(value)}" for name, value in sorted(asked))
    return f"{parts.path}?{query}" if query else parts.path


def relative(here: str, there: str, anchor: str = "") -> str:
    """How a file of the folder names another: ``../static/app.css``, signs of other scripts as %XX."""
    way = posixpath.relpath(there, posixpath.dirname(here) or ".")
    return quote(way) + (f"#{anchor}" if anchor else "")


def absolute(base: str, there: str) -> str:
    """The same under the address the folder is served at."""
    return f"{base.rstrip('/')}/{quote(there)}"
