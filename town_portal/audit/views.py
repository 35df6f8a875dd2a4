"""Pages of the trail."""

from flask import Blueprint, Response, abort

from town_portal.access.guard import requires
from town_portal.access.permissions import Permission as P
from town_portal.web.navigation import Entry

bp = Blueprint("audit", __name__)

MENU = (Entry("留痕", "audit.index", "shield-check", (P.TRAIL_READ,), "监督"),)


@bp.get("/trail")
@requires(P.TRAIL_READ)
def index() -> Response:
    """Every act, newest first."""
    abort(404)


@bp.get("/trail/events/<int:seq>")
@requires(P.TRAIL_READ)
def show(seq: int) -> Response:
    """One act in full."""
    abort(404)


@bp.get("/trail/verification")
@requires(P.TRAIL_READ)
def verification() -> Response:
    """Check the whole trail."""
    abort(404)
