"""Pages of the quarter: the board, the list behind every number of it, its tables to take away."""

from functools import lru_cache
from typing import Any

from flask import Blueprint, Response, abort, render_template, request
from markupsafe import Markup

from town_portal.access.guard import person, requires
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import allows
from town_portal.columns import queries as columns
from town_portal.corrections.rules.fault import FaultCause
from town_portal.dashboard import queries
from town_portal.dashboard.rules import sheets
from town_portal.dashboard.rules.board import (
    EXCEPTIONS,
    FINDINGS,
    KINDS,
    ROLES,
    STAGE_NAMES,
    Slice,
    What,
    per_ten_thousand,
)
from town_portal.foundation import clock
from town_portal.inspection import queries as inspection
from town_portal.network.rules.table_file import TYPES
from town_portal.proofreading.rules.finding import Family
from town_portal.releases.rules.channel import Tier
from town_portal.scoring import queries as scoring
from town_portal.scoring.rules.scheme import Part
from town_portal.statistics import queries as statistics
from town_portal.statistics.rules import geometry
from town_portal.statistics.rules.measures import MINIMUM, Rate, total
from town_portal.statistics.rules.quarter import Quarter
from town_portal.submissions.rules.lifecycle import State
from town_portal.web.navigation import Entry
from town_portal.web.paging import page_of, rows_of
from town_portal.web.respond import download, respond

bp = Blueprint("dashboard", __name__)
KEPT = 64
"""Drawn boards that are kept: about 120 KB each."""
SIZE = 20

MENU = (Entry("季度看板", "dashboard.index", "speedometer2", (P.STATISTICS_READ,), group="统计"),)


@bp.get("/dashboard")
@requires(P.STATISTICS_READ)
def index() -> Response:
    """The quarter on one page."""
    quarter = _quarter()
    own = frozenset(post.unit_id for post in person().posts)
    sees_people = allows(person().roles, P.STATISTICS_EXPORT)
    board = _board(statistics.version(), f"{clock.now():%H:%M}", quarter, own, sees_people)
    return respond("dashboard/index.html", quarter=quarter, board=board)


@lru_cache(maxsize=KEPT)
def _board(_version: Any, _minute: str, quarter: Quarter, own: frozenset[int], sees_people: bool) -> Markup:
    """The page's figures, drawn once for all who read the same until anything is recorded, or a minute is over."""
    return Markup(  # noqa: S704 - a template of ours, escaped by Jinja
        render_template("dashboard/_board.html", **_figures(quarter), own_units=own, sees_people=sees_people)
    )


@bp.get("/dashboard/items")
@requires(P.STATISTICS_READ)
def items() -> Response:
    """The items behind a number of the board, as far as this person may see them."""
    quarter, asked = _quarter(), _asked()
    source = queries.source_of(asked, quarter) or abort(404)
    count, shown = statistics.tally_of(source, person())
    page = page_of(statistics.items_of(source, person()), scalars=False, total=shown, size=SIZE)
    return respond(
        "dashboard/items.html",
        **_heading(quarter, asked),
        total=count,
        hidden=count - shown,
        page=page,
        rows=queries.told(asked, page.rows),
        minutes_a_day=statistics.limits(quarter).minutes_a_day,
    )


@bp.get("/dashboard/findings")
@requires(P.STATISTICS_READ)
def findings() -> Response:
    """The errors behind a number of the proofreading, one each, as far as this person may see their items."""
    quarter, asked = _quarter(), _asked()
    if asked.what not in FINDINGS:
        abort(404)
    found = queries.findings(asked, quarter)
    seen = queries.seen((one.submission_id for one in found), person())
    page = rows_of([one for one in found if one.submission_id in seen], SIZE)
    return respond(
        "dashboard/findings.html",
        **_heading(quarter, asked),
        total=len(found),
        hidden=len(found) - page.total,
        page=page,
        submissions=seen,
        family_of=Family,
    )


@bp.get("/dashboard/tables.xlsx")
@requires(P.STATISTICS_EXPORT)
def tables() -> Response:
    """Every table of the board as a workbook, a sheet each; no cell runs in a spreadsheet."""
    quarter = _quarter()
    return download(sheets.workbook(_sheets(quarter)), f"dashboard-{quarter.key}.xlsx", TYPES["xlsx"])


def _quarter() -> Quarter:
    """The quarter the address names, the running one by default; 404 for one yet to come."""
    running = Quarter.containing(clock.today())
    key = request.args.get("quarter")
    quarter = running if key is None else Quarter.parse(key)
    if quarter is None or quarter > running:
        abort(404)
    return quarter


def _asked() -> Slice:
    """The number the address names; 404 for one that is not there."""
    what = request.args.get("what", "")
    if what not in set(What):
        abort(404)
    return Slice(What(what), request.args.get("which", ""), "late" in request.args)


def _figures(quarter: Quarter) -> dict[str, Any]:
    """Everything the board shows."""
    trend = statistics.trend(quarter)
    published, exceptions = queries.exceptions(quarter)
    limits = statistics.limits(quarter)
    stages, roles = queries.times(quarter)
    result = scoring.result_or_none(quarter)
    former = scoring.result_or_none(quarter.previous)
    standings = statistics.standings(quarter)
    year_ago = queries.year_before(quarter)
    return {
        "quarter": quarter,
        "quarters": statistics.quarters(),
        "running": quarter.running(clock.today()),
        "today": clock.today(),
        "minimum": MINIMUM,
        "trend": trend,
        "after": {one: queries.after_publication(one) for one in (quarter, quarter.previous, year_ago)},
        "year_ago": year_ago,
        "per_ten_thousand": per_ten_thousand,
        "leagues": _leagues(standings),
        "result": result,
        "former": former,
        "scores": {score.unit_id: score for score in result.scores} if result else {},
        "parts": tuple(Part),
        "reporting": statistics.steps_of(quarter, limits)[0],
        "stages": stages,
        "stage_names": STAGE_NAMES,
        "limits": limits,
        "minutes_a_day": limits.minutes_a_day,
        "roles": roles,
        "role_order": ROLES,
        "columns": queries.by_column(quarter),
        "channels": queries.by_channel(quarter),
        "tiers": tuple(Tier),
        "quality": queries.quality(quarter),
        "unread": inspection.saved_since_read(),
        "family_of": Family,
        "causes": queries.by_cause(quarter),
        "published": published,
        "exceptions": [(what, Rate(exceptions[what], published)) for what in EXCEPTIONS],
        "kinds": KINDS,
        "geometry": geometry,
    }


def _leagues(standings: list[Any]) -> list[tuple[Any, list[Any]]]:
    """(league, its rows) in the order of the ranking."""
    found: dict[Any, list[Any]] = {}
    for row in standings:
        found.setdefault(row.unit.league, []).append(row)
    return list(found.items())


def _sheets(quarter: Quarter) -> list[sheets.Sheet]:
    """The board's tables as rows of text and numbers."""
    figures = _figures(quarter)
    return sheets.of(
        figures,
        town={one: total(units.values()) for one, units in statistics.figures(*quarter.back(statistics.TREND)).items()},
    )


def _heading(quarter: Quarter, asked: Slice) -> dict[str, Any]:
    """What a list is called and how it is counted; 404 for one that is not there."""
    kind = KINDS[asked.what]
    which = _which(asked)
    label = f"{which} · {kind.label}" if which else kind.label
    return {
        "quarter": quarter,
        "running": quarter.running(clock.today()),
        "asked": asked,
        "label": label + "超时" * asked.late,
        "one": kind.one,
        "sentence": kind.sentence,
    }


def _which(asked: Slice) -> str:
    """The name of what was picked: a column, a channel, a stage, a family."""
    key = asked.which
    match asked.what:
        case What.COLUMN if key.isdigit():
            return str(columns.get(int(key)) or abort(404))
        case What.CHANNEL if key.isdigit():
            return queries.channel_name(int(key)) or abort(404)
        case What.TIER if key in set(Tier):
            return Tier(key).label
        case What.STAGE | What.RETURNED if key in {stage.value for stage in STAGE_NAMES}:
            return STAGE_NAMES[State(key)]
        case What.ROLE if key in {role.value for role in ROLES}:
            return next(role.label for role in ROLES if role.value == key)
        case What.FAULT if key == "open" or key in set(FaultCause):
            return FaultCause(key).label if key != "open" else "原因还没有写"
        case What.MENDED | What.EXPLAINED | What.LATE if key in set(Family):
            return Family(key).label
        case _ if not key:
            return ""
    return abort(404)
