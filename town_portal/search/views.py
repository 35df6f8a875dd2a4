"""检索 for those inside: every item one may see, by what stands in its text and attachments."""

from dataclasses import replace

from flask import Blueprint, Response, request

from town_portal.access.guard import person, requires
from town_portal.access.permissions import Permission as P
from town_portal.search import queries
from town_portal.search.queries import Found
from town_portal.web.forms import clean
from town_portal.web.navigation import Entry
from town_portal.web.paging import rows_of
from town_portal.web.respond import respond

bp = Blueprint("search", __name__)

MENU = (Entry("检索", "search.index", "search", (P.SUBMISSION_READ,)),)
LONGEST = 50
PAGE = 15


@bp.get("/search")
@requires(P.SUBMISSION_READ)
def index() -> Response:
    """What this person may see and fits the question, best first."""
    typed = (clean(request.args.get("q")) or "")[:LONGEST]
    hits = queries.find_visible(typed, person()) if typed else Found()
    page = rows_of(hits.keys, PAGE)
    items = queries.items(page.rows, person()) if page.rows else []
    return respond(
        "search/index.html",
        "search/_results.html",
        typed=typed,
        hits=hits,
        found=replace(page, rows=[(item, queries.shown_item(item, hits.question)) for item in items]),
    )
