"""The page 后台任务, and one word about the house's health for those who watch over it from outside."""

from flask import Blueprint, Response
from sqlalchemy.exc import SQLAlchemyError

from town_portal.access.guard import requires
from town_portal.access.permissions import PUBLIC
from town_portal.access.permissions import Permission as P
from town_portal.foundation.db import db
from town_portal.jobs import queries
from town_portal.jobs.operations import TIMETABLE
from town_portal.web.navigation import Entry
from town_portal.web.respond import respond

bp = Blueprint("jobs", __name__)

MENU = (Entry("后台任务", "jobs.index", "clock-history", (P.JOBS_READ,), group="设置"),)


@bp.get("/jobs")
@requires(P.JOBS_READ)
def index() -> Response:
    """Each job: when it was last done, why it was not, when it comes next; and who is at work."""
    return respond(
        "jobs/index.html",
        lines=queries.board(TIMETABLE),
        workers=queries.workers(),
        alarms=queries.alarms(TIMETABLE),
    )


@bp.get("/health")
@requires(PUBLIC)
def health() -> Response:
    """``ok`` (200), or ``degraded`` (503): what is wrong stands on the page, not here."""
    try:
        well = not queries.alarms(TIMETABLE)
    except SQLAlchemyError:
        db.session.rollback()
        well = False
    return Response("ok\n" if well else "degraded\n", 200 if well else 503, content_type="text/plain; charset=utf-8")
