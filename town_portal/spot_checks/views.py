"""Pages of spot checks: the list, one check, one drawn text, and the draw computed again for anybody inside."""

from collections.abc import Callable
from datetime import timedelta

from flask import Blueprint, Response, abort, current_app, flash, request, url_for

from town_portal.access.guard import me, person, requires
from town_portal.access.permissions import SIGNED_IN
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import allows
from town_portal.audit import queries as trail
from town_portal.foundation import clock
from town_portal.settings import queries as settings
from town_portal.spot_checks import operations, queries
from town_portal.spot_checks.forms import DrawForm, PlanForm, ResultForm, WordsForm, marks_of
from town_portal.spot_checks.models import SpotCheck, SpotCheckItem
from town_portal.spot_checks.rules import checking
from town_portal.spot_checks.rules.checking import CheckResult, Mark
from town_portal.spot_checks.rules.seed import LATER, SeedKind
from town_portal.web.forms import VersionedForm
from town_portal.web.navigation import Entry
from town_portal.web.respond import download, respond, see_other

bp = Blueprint("spot_checks", __name__)

MENU = (Entry("质量抽查", "spot_checks.index", "hand-index", (P.SPOT_CHECK_READ,), group="监督"),)
PLACES = {
    "SpotCheck": lambda id: url_for("spot_checks.show", check_id=id),
    "SpotCheckItem": lambda id: url_for("spot_checks.item", item_id=id),
}
USUAL_SIZE = 10


@bp.get("/spot-checks")
@requires(P.SPOT_CHECK_READ)
def index() -> Response:
    """Every spot check, with what came of it."""
    return respond(
        "spot_checks/index.html",
        checks=queries.all_checks(),
        waiting=queries.waiting_for_draw(),
        may_run=allows(person().roles, P.SPOT_CHECK_RUN),
        results=CheckResult,
    )


@bp.get("/spot-checks/new")
@requires(P.SPOT_CHECK_RUN)
def new(form: PlanForm | None = None, status: int = 200) -> Response:
    """From what, how many, and where the seed comes from."""
    if form is None:
        last = clock.today() - timedelta(days=1)
        form = PlanForm(formdata=None, first=last - timedelta(days=89), last=last, size=USUAL_SIZE)
    return respond(
        "spot_checks/new.html",
        status=status,
        form=form,
        later=LATER,
        setting=settings.value("spot_check"),
        waiting=queries.waiting_for_draw(),
    )


@bp.post("/spot-checks")
@requires(P.SPOT_CHECK_RUN)
def seal() -> Response:
    """Fix the list before the seed is known."""
    form = PlanForm()
    if form.validate_on_submit():
        with form.taking_refusals():
            found = operations.seal(me(), form.plan)
            flash(f"{found}的名单已封存，谁也改不了了。等种子出来就可以抽。")
            return see_other(url_for(".show", check_id=found.id))
    return new(form, 422)


@bp.get("/spot-checks/<int:check_id>")
@requires(P.SPOT_CHECK_READ)
def show(check_id: int, forms: dict[str, VersionedForm] | None = None, status: int = 200) -> Response:
    """One check: its list, its seed, what was drawn and found."""
    check, given, actor = _check(check_id), forms or {}, person()
    missing = max(0, (check.seed_seq or 0) - trail.head_seq())
    early = check.seed_on is not None and clock.today() < check.seed_on
    return respond(
        "spot_checks/show.html",
        status=status,
        check=check,
        lots=check.lots,
        missing=missing,
        early=early,
        public=check.seed_kind is SeedKind.PUBLIC,
        rectifications=queries.rectifications_of(check.items),
        fault_page="corrections.show" in current_app.view_functions,
        results=CheckResult,
        may_run=allows(actor.roles, P.SPOT_CHECK_RUN),
        may_check=allows(actor.roles, P.SPOT_CHECK_CHECK),
        events=trail.timeline("SpotCheck", check.id),
        draw_form=given.get("draw") or DrawForm(formdata=None, version=check.version),
        finish_form=given.get("finish") or WordsForm(formdata=None, version=check.version),
        abandon_form=given.get("abandon") or WordsForm(formdata=None, version=check.version),
        wrong=next(iter(given.values()), None),
    )


@bp.get("/spot-checks/<int:check_id>/report")
@requires(P.SPOT_CHECK_READ)
def report(check_id: int) -> Response:
    """What was found, on paper."""
    check = _drawn(check_id)
    return respond(
        "spot_checks/report.html",
        check=check,
        lots=check.lots,
        rectifications=queries.rectifications_of(check.items),
        results=CheckResult,
        marks=Mark,
    )


@bp.get("/spot-checks/<int:check_id>/proof")
@requires(SIGNED_IN)
def proof(check_id: int) -> Response:
    """The draw computed again before the reader's eyes, from what was published."""
    check = _drawn(check_id)
    lots = check.lots
    return respond(
        "spot_checks/proof.html",
        check=check,
        lots=lots,
        proof=queries.proof(check),
        names={one.unit_id: one for one in lots.units},
        titles={one.number: one for one in lots.candidates},
        public=check.seed_kind is SeedKind.PUBLIC,
    )


@bp.get("/spot-checks/<int:check_id>/list.json")
@requires(SIGNED_IN)
def listed(check_id: int) -> Response:
    """The very characters whose digest was published, to be computed by anybody's own means."""
    check = _check(check_id)
    return download(check.lots.text.encode(), f"{check.year}-{check.serial}.json", "application/json")


@bp.post("/spot-checks/<int:check_id>/draws")
@requires(P.SPOT_CHECK_RUN)
def draw(check_id: int) -> Response:
    """Draw."""
    check, form = _check(check_id), DrawForm()

    def act() -> None:
        operations.draw_now(me(), check, form.version.data, form.number.data or "")
        flash(f"抽出 {check.size} 条，请安排没有经手的人检查。")

    return _done(check_id, "draw", form, act)


@bp.post("/spot-checks/<int:check_id>/completions")
@requires(P.SPOT_CHECK_RUN)
def finish(check_id: int) -> Response:
    """Everything was looked at."""
    check, form = _check(check_id), WordsForm()

    def act() -> None:
        operations.finish(me(), check, form.version.data, form.words.data or "")
        flash(f"{check}已办结。")

    return _done(check_id, "finish", form, act)


@bp.post("/spot-checks/<int:check_id>/abandonments")
@requires(P.SPOT_CHECK_RUN)
def abandon(check_id: int) -> Response:
    """Give the list up before its seed has come."""
    check, form = _check(check_id), WordsForm()

    def act() -> None:
        operations.abandon(me(), check, form.version.data, form.words.data or "")
        flash(f"{check}已作废，名单和理由留在记录里。")

    return _done(check_id, "abandon", form, act)


def _done(check_id: int, name: str, form: VersionedForm, act: Callable[[], None]) -> Response:
    if form.validate_on_submit():
        with form.taking_refusals():
            act()
            return see_other(url_for(".show", check_id=check_id))
    return show(check_id, {name: form}, 422)


@bp.get("/spot-checks/items/<int:item_id>")
@requires(P.SPOT_CHECK_READ)
def item(item_id: int, form: ResultForm | None = None, status: int = 200) -> Response:
    """One drawn text beside its checklist."""
    found, actor = _item(item_id), person()
    check = found.check
    sent = marks_of(request.form, len(check.checklist or []))
    may_check = allows(actor.roles, P.SPOT_CHECK_CHECK) and found.result is None
    left = [one for one in check.items if one.result is None and one.id != found.id]
    return respond(
        "spot_checks/item.html",
        status=status,
        item=found,
        check=check,
        form=form or ResultForm(formdata=None, version=found.version),
        sent=sent,
        marks=Mark,
        results=CheckResult,
        may_check=may_check,
        why_not=checking.why_not(actor, found.unit_id, queries.hands_on(found.submission_id)) if may_check else None,
        rectification=queries.rectifications_of([found]).get(found.id),
        fault_page="corrections.show" in current_app.view_functions,
        next=next((one for one in left if one.position > found.position), left[0] if left else None),
    )


@bp.post("/spot-checks/items/<int:item_id>/results")
@requires(P.SPOT_CHECK_CHECK)
def record(item_id: int) -> Response:
    """What was found."""
    found, form = _item(item_id), ResultForm()
    if form.validate_on_submit():
        with form.taking_refusals():
            marks = marks_of(request.form, len(found.check.checklist or []))
            words = (form.note.data or "", form.demand.data or "")
            result: CheckResult = form.result.data
            operations.record(me(), found, form.version.data, result, marks, *words)
            flash(f"已记下：{result.label}。")
            return see_other(url_for(".show", check_id=found.check_id))
    return item(item_id, form, 422)


def _check(check_id: int) -> SpotCheck:
    return queries.get(check_id) or abort(404)


def _drawn(check_id: int) -> SpotCheck:
    check = _check(check_id)
    return check if check.seed is not None else abort(404)


def _item(item_id: int) -> SpotCheckItem:
    return queries.item(item_id) or abort(404)
