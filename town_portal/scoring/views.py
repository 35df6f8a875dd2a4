"""Pages of the room: the quarter by points, one unit's sheet, the items behind a line, the scheme, the register."""

from fractions import Fraction
from typing import Any

from flask import Blueprint, Response, abort, flash, request, url_for

from town_portal.access.guard import me, person, requires
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import allows
from town_portal.columns import queries as column_queries
from town_portal.foundation import clock
from town_portal.network import queries as network
from town_portal.scoring import operations, queries
from town_portal.scoring.forms import CreditForm, DecisionForm, ProposalForm, RefusalForm
from town_portal.scoring.models import Credit, SchemeVersion
from town_portal.scoring.rules import editing, preview, words
from town_portal.scoring.rules.scheme import (
    KINDS,
    SEVERITIES,
    Effect,
    Fact,
    Part,
    Scheme,
    Share,
    Span,
    TieBreak,
    figure,
)
from town_portal.statistics import queries as statistics
from town_portal.statistics.rules.quarter import Quarter
from town_portal.statistics.rules.ranking import League
from town_portal.web.navigation import Entry
from town_portal.web.numbers import row_number
from town_portal.web.respond import respond, see_other

bp = Blueprint("scoring", __name__)

MENU = (
    Entry("季度评分", "scoring.index", "list-ol", (P.STATISTICS_READ,), group="统计"),
    Entry("评分办法", "scoring.schemes", "journal-text", (P.SCHEME_PROPOSE, P.SCHEME_CONFIRM), group="统计"),
    Entry("加减分登记", "scoring.register", "plus-lg", (P.CREDIT_ENTER, P.CREDIT_CONFIRM), group="统计"),
)
PLACES = {
    "SchemeVersion": lambda scheme_id: url_for("scoring.scheme", scheme_id=scheme_id),
    "Credit": lambda credit_id: url_for("scoring.credit", credit_id=credit_id),
}


# -- what came of a quarter ----------------------------------------------------------------------


@bp.get("/scoring")
@requires(P.STATISTICS_READ)
def index() -> Response:
    """A quarter by points: both leagues, who is not ranked and why, who handed in nothing."""
    quarter = _quarter()
    result = queries.result_or_none(quarter)
    before = queries.result_or_none(quarter.previous)
    former = {one.unit_id: one.rank for one in before.scores} if before else {}
    chosen = request.args.get("league", "")
    return respond(
        "scoring/index.html",
        **_frame(quarter),
        result=result,
        version=queries.version_for(quarter),
        former=former,
        compared=before is not None,
        leagues=[League(chosen)] if chosen in set(League) else list(League),
        chosen=chosen if chosen in set(League) else "all",
        all_leagues=list(League),
        explained=words.ending(result.scheme) if result else [],
    )


@bp.get("/scoring/units/<int:unit_id>")
@requires(P.STATISTICS_READ)
def unit(unit_id: int) -> Response:
    """One unit's sheet: every line with its arithmetic, its rank, what would lift it."""
    quarter = _quarter()
    found = network.unit(unit_id) or abort(404)
    result = queries.result_or_none(quarter)
    score = result.of(unit_id) if result else None
    if result is not None and score is None:
        abort(404)
    before = queries.result_or_none(quarter.previous)
    return respond(
        "scoring/unit.html",
        **_frame(quarter),
        unit=found,
        result=result,
        score=score,
        former=before.of(unit_id) if before else None,
        neighbours=_neighbours(result, unit_id) if result else [],
        lifts=queries.lifts(unit_id, quarter),
        sections=_sections(result.scheme, score) if result and score else [],
        whole=[line for line in score.lines if line.part is None] if score else [],
        shares=_shares(result.scheme, score) if result and score else [],
    )


@bp.get("/scoring/units/<int:unit_id>/lines/<line_key>")
@requires(P.STATISTICS_READ)
def line(unit_id: int, line_key: str) -> Response:
    """The items behind one line of a unit's sheet, as far as this person may see them."""
    quarter = _quarter()
    found = network.unit(unit_id) or abort(404)
    score = queries.score_of(unit_id, quarter) or abort(404)
    asked = next((one for one in score.lines if one.key == line_key), None) or abort(404)
    return respond(
        "scoring/line.html",
        **_frame(quarter),
        unit=found,
        line=asked,
        behind=queries.behind(asked, person()),
    )


# -- the scheme ----------------------------------------------------------------------------------


@bp.get("/scoring/schemes")
@requires(P.STATISTICS_READ)
def schemes() -> Response:
    """The scheme in force in plain words, and every version there was."""
    running = Quarter.containing(clock.today())
    held = queries.version_for(running)
    shipped = queries.shipped()
    return respond(
        "scoring/schemes.html",
        held=held,
        running=running,
        versions=queries.versions(),
        waiting=queries.waiting_scheme(),
        may_propose=allows(person().roles, P.SCHEME_PROPOSE),
        shipped=shipped,
        shipped_notes=queries.notes(),
        **_told(held.scheme if held else shipped),
    )


@bp.get("/scoring/schemes/new")
@requires(P.SCHEME_PROPOSE)
def new() -> Response:
    """A copy of a scheme to change: of a version, or of the one that comes with the house."""
    base = request.args.get("base", type=row_number)
    version = _version(base) if base else None
    return _editor(editing.fields_of(version.scheme if version else queries.shipped()), version)


@bp.post("/scoring/schemes/drafts")
@requires(P.SCHEME_PROPOSE)
def draft() -> Response:
    """What is typed, with one more rule or section, or tried on the last quarter; nothing is kept."""
    fields, act = _typed(), request.form.get("act", "")
    if act == "preview":
        form = _proposal_form()
        with form.taking_refusals():
            tried = Scheme.from_plain(editing.plain_of(fields))
            return _editor(fields, _base(), form, tried=tried)
        return _editor(fields, _base(), form, status=422)
    section = act.removeprefix("add.")
    grown = editing.grown(fields, "section" if act == "section" else request.form.get(f"{section}.add", ""), section)
    return _editor(grown, _base(), _proposal_form())


@bp.post("/scoring/schemes")
@requires(P.SCHEME_PROPOSE)
def propose() -> Response:
    """Propose what is typed."""
    fields, form = _typed(), _proposal_form()
    if form.validate():
        starts = Quarter.parse(form.starts.data) or abort(404)
        with form.taking_refusals():
            place = url_for(".schemes")
            version = operations.propose(
                me().at(answer=place), editing.plain_of(fields), starts, form.reason.data, _base()
            )
            flash(f"{version}已送出，等另一位领导确认后执行。")
            return see_other(url_for(".scheme", scheme_id=version.id))
    return _editor(fields, _base(), form, status=422)


@bp.get("/scoring/schemes/<int:scheme_id>")
@requires(P.STATISTICS_READ)
def scheme(scheme_id: int, form: RefusalForm | None = None, status: int = 200) -> Response:
    """One version: its words, what it changes, what it would have made of the last quarter, the decision."""
    version = _version(scheme_id)
    last = Quarter.containing(clock.today()).previous
    return respond(
        "scoring/scheme.html",
        status=status,
        version=version,
        changes=words.changes(
            version.based_on.scheme if version.based_on else None, version.scheme, queries.column_names()
        )
        if version.based_on
        else [],
        may_confirm=version.waiting and allows(person().roles, P.SCHEME_CONFIRM),
        own=person().id in (version.proposed_by_id, version.proposed_for_id),
        form=form or RefusalForm(),
        last=last,
        moved=_moved(version.scheme, last),
        may_propose=allows(person().roles, P.SCHEME_PROPOSE),
        **_told(version.scheme),
    )


@bp.post("/scoring/schemes/<int:scheme_id>/confirmations")
@requires(P.SCHEME_CONFIRM, sure=True)
def confirm(scheme_id: int) -> Response:
    """Put a proposed version in force."""
    version, place = _version(scheme_id), url_for(".scheme", scheme_id=scheme_id)
    DecisionForm()
    operations.confirm(me().at(answer=place), version)
    flash(f"{version}已确认，从{version.quarter.label}起按它排名。")
    return see_other(place)


@bp.post("/scoring/schemes/<int:scheme_id>/rejections")
@requires(P.SCHEME_CONFIRM, sure=True)
def reject(scheme_id: int) -> Response:
    """Turn a proposed version down."""
    form, version = RefusalForm(), _version(scheme_id)
    if not form.validate():
        return scheme(scheme_id, form, 422)
    place = url_for(".scheme", scheme_id=scheme_id)
    operations.reject(me().at(answer=place), version, form.reason.data)
    flash(f"没有同意{version}，理由已记下。")
    return see_other(place)


# -- credits -------------------------------------------------------------------------------------


@bp.get("/scoring/credits")
@requires(P.STATISTICS_READ)
def register(form: CreditForm | None = None, status: int = 200) -> Response:
    """The register of a quarter, and the form for another entry."""
    quarter = _quarter()
    version = queries.version_for(quarter)
    matters = version.scheme.matters if version else {}
    may_enter = allows(person().roles, P.CREDIT_ENTER)
    if form is None and may_enter and matters:
        form = _credit_form(matters)
    return respond(
        "scoring/register.html",
        status=status,
        **_frame(quarter),
        credits=queries.credits_of(quarter),
        matters=matters,
        version=version,
        form=form if may_enter and matters else None,
    )


@bp.post("/scoring/credits")
@requires(P.CREDIT_ENTER)
def enter() -> Response:
    """Enter something that brings or costs points."""
    matters = {
        name: points for one in queries.versions() if one.confirmed for name, points in one.scheme.matters.items()
    }
    form = _credit_form(matters)
    if form.validate_on_submit():
        chosen = network.unit(form.unit_id.data) or abort(404)
        with form.taking_refusals():
            place = url_for(".register", quarter=Quarter.containing(form.happened_on.data).key)
            entered = operations.enter_credit(
                me().at(answer=place),
                chosen,
                form.matter.data,
                form.happened_on.data,
                form.words.data,
                form.evidence.data,
                form.times.data,
            )
            flash(f"{entered}已登记，等另一位领导确认后计分。")
            return see_other(place)
    return register(form, 422)


@bp.get("/scoring/credits/<int:credit_id>")
@requires(P.STATISTICS_READ)
def credit(credit_id: int, form: RefusalForm | None = None, status: int = 200) -> Response:
    """One entry: what it is about, its evidence, who said what to it."""
    found = _credit(credit_id)
    version = queries.version_for(Quarter.containing(found.happened_on))
    points = version.scheme.matters.get(found.matter) if version else None
    return respond(
        "scoring/credit.html",
        status=status,
        credit=found,
        quarter=Quarter.containing(found.happened_on),
        points=None if points is None else figure(points * found.times),
        may_decide=allows(person().roles, P.CREDIT_CONFIRM),
        own=person().id in (found.proposed_by_id, found.proposed_for_id),
        form=form or RefusalForm(),
    )


@bp.post("/scoring/credits/<int:credit_id>/confirmations")
@requires(P.CREDIT_CONFIRM)
def confirm_credit(credit_id: int) -> Response:
    """Let an entry count."""
    found, place = _credit(credit_id), url_for(".credit", credit_id=credit_id)
    operations.confirm_credit(me().at(answer=place), found)
    flash(f"{found}已确认，现在计分。")
    return see_other(place)


@bp.post("/scoring/credits/<int:credit_id>/rejections")
@requires(P.CREDIT_CONFIRM)
def reject_credit(credit_id: int) -> Response:
    """Turn an entry down."""
    form, found = RefusalForm(), _credit(credit_id)
    if not form.validate():
        return credit(credit_id, form, 422)
    place = url_for(".credit", credit_id=credit_id)
    operations.reject_credit(me().at(answer=place), found, form.reason.data)
    flash(f"没有同意{found}，理由已记下。")
    return see_other(place)


@bp.post("/scoring/credits/<int:credit_id>/revocations")
@requires(P.CREDIT_CONFIRM)
def revoke_credit(credit_id: int) -> Response:
    """Take a confirmed entry back."""
    form, found = RefusalForm(), _credit(credit_id)
    if not form.validate():
        return credit(credit_id, form, 422)
    place = url_for(".credit", credit_id=credit_id)
    operations.revoke_credit(me().at(answer=place), found, form.reason.data)
    flash(f"{found}已撤销，不再计分。")
    return see_other(place)


# -- the editor ----------------------------------------------------------------------------------


def _typed() -> dict[str, str]:
    return {key: value for key, value in request.form.items() if key not in ("csrf_token", "form_key", "act")}


def _base() -> SchemeVersion | None:
    base = request.form.get("base", type=row_number)
    return queries.version(base) if base else None


def _proposal_form() -> ProposalForm:
    form = ProposalForm()
    running = Quarter.containing(clock.today())
    # Only a house without any scheme may begin with what is over.
    first = running if queries.has_scheme() else min(statistics.first_quarter(), running)
    form.offer([running, running.next, *(one for one in statistics.quarters() if first <= one < running)])
    return form


def _editor(
    fields: dict[str, str],
    base: SchemeVersion | None,
    form: ProposalForm | None = None,
    *,
    tried: Scheme | None = None,
    status: int = 200,
) -> Response:
    last = Quarter.containing(clock.today()).previous
    columns = [(column.code, column.name) for column in column_queries.leaves()]
    return respond(
        "scoring/edit.html",
        status=status,
        fields=fields,
        base=base,
        form=form or _proposal_form(),
        sheets=editing.sheets(fields, columns, queries.channel_names()),
        added=editing.ADDED,
        ties=range(editing.MOST_TIES),
        choices={
            "parts": list(Part),
            "facts": [Fact.SUBMITTED, Fact.PUBLISHED],
            "spans": list(Span),
            "shares": list(Share),
            "effects": list(Effect),
            "ties": list(TieBreak),
            "kinds": KINDS,
            "severities": SEVERITIES,
        },
        last=last,
        tried=tried,
        moved=_moved(tried, last) if tried else [],
    )


# -- what pages need -----------------------------------------------------------------------------


def _quarter() -> Quarter:
    """The quarter the address names, the running one by default; 404 for one yet to come."""
    running = Quarter.containing(clock.today())
    key = request.args.get("quarter")
    quarter = running if key is None else Quarter.parse(key)
    if quarter is None or quarter > running:
        abort(404)
    return quarter


def _frame(quarter: Quarter) -> dict[str, Any]:
    return {
        "quarter": quarter,
        "quarters": statistics.quarters(),
        "running": quarter.running(clock.today()),
        "own_units": frozenset(post.unit_id for post in person().posts),
        "parts": list(Part),
        "Part": Part,
        "figure": figure,
    }


def _told(found: Scheme) -> dict[str, Any]:
    """A scheme for the page that explains it."""
    most = words.most(found)
    return {
        "told": words.told(found, queries.column_names()),
        "ending": words.ending(found),
        "most": None if most is None else figure(most),
        "scheme": found,
        "figure": figure,
    }


def _moved(after: Scheme, quarter: Quarter) -> list[preview.Moved]:
    """What a scheme would make of a quarter, against what holds for it."""
    if not statistics.figures(quarter)[quarter]:
        return []
    return preview.compared(queries.result_or_none(quarter), queries.result_by(after, quarter))


def _sections(found: Scheme, score: Any) -> list[tuple[Any, list[Any], str]]:
    """(section, its lines, its points) in the scheme's order."""
    rows = []
    for section in found.sections:
        lines = [one for one in score.lines if one.section == section.name and one.part is not None]
        rows.append((section, lines, figure(sum(one.points for one in lines))))
    return rows


def _shares(found: Scheme, score: Any) -> list[tuple[Part, str, str | None, int | None]]:
    """(part, points, the most there is, share of it) of each side of the work the scheme knows."""
    rows = []
    for part in Part:
        sections = [section for section in found.sections if section.part is part]
        if not sections:
            continue
        caps = [section.cap * section.weight / 100 for section in sections if section.cap is not None]
        most = sum(caps, Fraction(0)) if len(caps) == len(sections) else None
        have = score.parts.get(part, Fraction(0))
        share = round(100 * max(have, Fraction(0)) / most) if most else None
        rows.append((part, score.part(part), figure(most) if most is not None else None, share))
    return rows


def _neighbours(result: Any, unit_id: int) -> list[Any]:
    """The units just above and below in the league, itself in the middle."""
    score = result.of(unit_id)
    league = [one for one in result.leagues[score.league] if one.rank is not None]
    place = next((number for number, one in enumerate(league) if one.unit_id == unit_id), None)
    if place is None:
        return []
    first = max(0, min(place - 2, len(league) - 5))
    return league[first : first + 5]


def _credit_form(matters: dict[str, Any]) -> CreditForm:
    form = CreditForm()
    form.offer(network.units(), matters)
    return form


def _version(scheme_id: int) -> SchemeVersion:
    return queries.version(scheme_id) or abort(404)


def _credit(credit_id: int) -> Credit:
    return queries.credit(credit_id) or abort(404)
