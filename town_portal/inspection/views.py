"""Pages of the inspection: what was found after publication, and the quarter's figures of 校对."""

from flask import Blueprint, Response, abort, flash, request, url_for

from town_portal.access.guard import me, person, requires
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import allows
from town_portal.inspection import operations, queries
from town_portal.inspection.forms import DismissForm
from town_portal.web.navigation import Entry
from town_portal.web.paging import page_of
from town_portal.web.respond import respond, see_other

bp = Blueprint("inspection", __name__)

MENU = (Entry("发布后巡检", "inspection.index", "binoculars", (P.SUBMISSION_READ,), group="监督", short="巡检"),)
PLACES = {"LateFinding": lambda id: url_for("inspection.index", _anchor=f"f{id}")}


@bp.get("/inspections")
@requires(P.SUBMISSION_READ)
def index(form: DismissForm | None = None, wanted: int | None = None, status: int = 200) -> Response:
    """What the nights found in public texts this person may see."""
    everything = request.args.get("all") == "1"
    return respond(
        "inspection/index.html",
        status=status,
        page=page_of(queries.late_findings(person(), everything=everything)),
        everything=everything,
        round=queries.last_round(),
        may_dismiss=allows(person().roles, P.PUBLISH),
        may_ticket=allows(person().roles, P.FAULT_HANDLE),
        form=form,
        wanted=wanted,
        blank=DismissForm(formdata=None),
    )


@bp.post("/inspections/<int:finding_id>/dismissals")
@requires(P.PUBLISH)
def dismiss(finding_id: int) -> Response:
    """Say why a finding is no error."""
    finding = queries.late_finding(finding_id, person()) or abort(404)
    form = DismissForm()
    if form.validate_on_submit():
        with form.taking_refusals():
            operations.dismiss(me(), finding, form.version.data, form.reason.data or "")
            flash("已记下说明，这一处不再提醒。")
            return see_other(url_for(".index"))
    return index(form, finding_id, 422)
