"""The first page, for each role, and the page behind 更多 on a phone."""

from typing import Any

from flask import Blueprint, Response

from town_portal.access.actor import Actor
from town_portal.access.guard import person, requires
from town_portal.access.permissions import SIGNED_IN
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import allows, post_reaching
from town_portal.access.roles import Role
from town_portal.audit import queries as trail
from town_portal.foundation import clock
from town_portal.inspection import queries as inspection
from town_portal.jobs import queries as jobs
from town_portal.jobs.operations import TIMETABLE
from town_portal.network import queries as network
from town_portal.proofreading import queries as proofreading
from town_portal.publishing import queries as publishing
from town_portal.review import queries as review
from town_portal.review.views import WAITING
from town_portal.settings import queries as settings
from town_portal.statistics import queries as statistics
from town_portal.statistics.rules.quarter import Quarter
from town_portal.submissions import queries as submissions
from town_portal.submissions.rules.lifecycle import State
from town_portal.supervision import queries as supervision
from town_portal.web.navigation import Entry
from town_portal.web.respond import respond
from town_portal.workdays import queries as workdays

bp = Blueprint("desk", __name__)

MENU = (Entry("工作台", "desk.index", "speedometer2", (*P,), short="工作台"),)
ROWS = 8


@bp.get("/")
@requires(SIGNED_IN)
def index() -> Response:
    """What waits for me, what of mine waits elsewhere, how my unit stands."""
    actor = person()
    seq = trail.head_seq()
    rows = review.queue_for(actor)
    return respond(
        "desk/index.html",
        day=clock.today(),
        rows=rows[:ROWS],
        waits=(waits := allows(actor.roles, *WAITING)),
        waiting_count=len(rows) if waits else None,
        live_seen=f"{seq}.{review.seen_mark(rows)}",
        notes=submissions.last_notes(row.id for row in rows if row.state is State.RETURNED),
        **_reporting(actor),
        **_coordinating(actor),
    )


@bp.get("/more")
@requires(SIGNED_IN)
def more() -> Response:
    """The whole menu, for phones."""
    return respond("desk/more.html")


def _reporting(actor: Actor) -> dict[str, Any]:
    """For a reporter: drafts, items on their way, the unit's standing."""
    units = actor.units_as(Role.REPORTER)
    if not units:
        return {"reports": False}
    drafts = submissions.of_my_units(actor, (State.DRAFT,))
    return {
        "reports": True,
        "drafts": drafts,
        "walking": submissions.on_their_way(actor),
        "standing": statistics.unit_standing(units[0], Quarter.containing(clock.today())),
        "rhythm": supervision.standings(
            {post.unit_id: post.unit_kind for post in actor.posts if post.role is Role.REPORTER}
        ),
        "unsaved": submissions.working_copy(actor.id or 0, 0),
        "nearest": next((item for item in drafts if item.golden_until >= clock.today()), None),
    }


def _coordinating(actor: Actor) -> dict[str, Any]:
    """For the coordinating office, leaders and the auditor: alarms and what they owe."""
    found: dict[str, Any] = {
        "missed": [],
        "stopped": [],
        "proposals": [],
        "terms": [],
        "late": 0,
        "vacancies": [],
        "unconfirmed": None,
    }
    if actor.roles & {Role.ADMINISTRATOR, Role.COORDINATOR}:
        found["stopped"] = jobs.alarms(TIMETABLE)
        found["may_see_jobs"] = allows(actor.roles, P.JOBS_READ)
    if allows(actor.roles, P.PUBLISH):
        found["missed"] = publishing.missed()
        found["late"] = inspection.open_count(actor)
    if allows(actor.roles, P.TERM_CONFIRM):
        found["terms"] = [
            one
            for one in proofreading.waiting()
            if one.proposed_by_id != actor.id and post_reaching(actor, P.TERM_CONFIRM, one)
        ]
    if allows(actor.roles, P.SETTING_CONFIRM):
        found["proposals"] = [one for one in settings.awaiting() if one.proposed_by_id != actor.id]
    if allows(actor.roles, P.CALENDAR_AMEND):
        year = clock.today().year
        calendar = workdays.calendar()
        late = clock.today().month >= 11
        found["unconfirmed"] = next((y for y in (year, year + late) if not calendar.is_confirmed(y)), None)
    if allows(actor.roles, P.NETWORK_MANAGE, P.CALENDAR_AMEND):
        found["vacancies"] = list(network.vacancies(clock.today()))
    if actor.roles & {Role.COORDINATOR, Role.PRINCIPAL, Role.LEADER}:
        found["overdue"] = submissions.overdue(actor, ROWS)
        found["by_state"] = submissions.counts_by_state(actor)
    return found
