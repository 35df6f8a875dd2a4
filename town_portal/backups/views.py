"""The page 备份: what there is, and what to do when it is not enough."""

from flask import Blueprint, Response, current_app

from town_portal.access.guard import requires
from town_portal.access.permissions import Permission as P
from town_portal.backups import queries
from town_portal.config import Config
from town_portal.web.navigation import Entry
from town_portal.web.respond import respond

bp = Blueprint("backups", __name__)

MENU = (Entry("备份", "backups.index", "archive", (P.JOBS_READ,), group="设置"),)


@bp.get("/backups")
@requires(P.JOBS_READ)
def index() -> Response:
    """The backups, the newest first; whether there is a key, a second place, and a recent one."""
    config: Config = current_app.config["PORTAL"]
    return respond(
        "backups/index.html",
        backups=queries.backups(config.backups),
        copied=queries.copied(config),
        keys=len(queries.recipients(config)),
        second_place=config.backup_copies,
        overdue=queries.overdue(config),
    )
