"""Pages of supervision: how sound the network is, and which columns grow old."""

from flask import Blueprint, Response, request

from town_portal.access.guard import person, requires
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import allows
from town_portal.settings import queries as settings
from town_portal.supervision import queries
from town_portal.supervision.rules import gaps
from town_portal.supervision.rules.gaps import GapKind
from town_portal.web.navigation import Entry
from town_portal.web.respond import respond

bp = Blueprint("supervision", __name__)

MENU = (
    Entry("网络健康", "supervision.health", "diagram-3", (P.SUPERVISION_READ,), group="监督"),
    Entry("报送进度", "supervision.rhythm", "calendar3", (P.SUPERVISION_READ,), group="监督"),
    Entry("栏目更新", "supervision.columns", "clock-history", (P.SUPERVISION_READ, P.PUBLISH), group="监督"),
)


@bp.get("/supervision/network")
@requires(P.SUPERVISION_READ)
def health() -> Response:
    """Every unit: what is vacant, who is silent, who is away without cover, and who must do what."""
    found = queries.health()
    wanted = request.args.get("kind")
    kind = GapKind(wanted) if wanted in set(GapKind) else None
    actor = person()
    return respond(
        "supervision/health.html",
        health=found,
        shown=found.only(kind),
        kind=kind,
        kinds=GapKind,
        words=gaps.words,
        terms=settings.value("supervision"),
        may_manage=allows(actor.roles, P.NETWORK_MANAGE),
        may_read_settings=allows(actor.roles, P.SETTING_PROPOSE, P.SETTING_CONFIRM),
    )


@bp.get("/supervision/rhythm")
@requires(P.SUPERVISION_READ)
def rhythm() -> Response:
    """Every unit: what it has to hand in within its period, and how much it did."""
    progress = queries.progress()
    short = [(unit, lines) for unit, lines in progress if any(line.missing for line in lines)]
    everything = request.args.get("all") == "1"
    return respond(
        "supervision/rhythm.html",
        progress=progress if everything else short,
        short=len(short),
        count=len(progress),
        everything=everything,
        unknown=queries.listed().unknown,
        may_read_settings=allows(person().roles, P.SETTING_PROPOSE, P.SETTING_CONFIRM),
    )


@bp.get("/supervision/columns")
@requires(P.SUPERVISION_READ, P.PUBLISH)
def columns() -> Response:
    """Every column: its newest article, how long it has, and who owes the next."""
    return respond(
        "supervision/columns.html",
        columns=queries.column_health(),
        setting=settings.value("freshness"),
        may_manage=allows(person().roles, P.COLUMN_MANAGE),
    )
