"""Pages of the year: the table of all units, one unit with its evidence, workbooks, closing."""

from flask import Blueprint, Response, abort, flash, request, url_for

from town_portal.access.guard import me, person, requires
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import allows
from town_portal.appraisal import operations, queries
from town_portal.appraisal.forms import CloseForm
from town_portal.appraisal.models import AppraisalYear
from town_portal.appraisal.rules import sheets
from town_portal.appraisal.rules.appraise import Appraisal, Part, differences, shown
from town_portal.documents.rules import workbook
from town_portal.foundation import clock
from town_portal.web.navigation import Entry
from town_portal.web.respond import download, respond, see_other

bp = Blueprint("appraisal", __name__)

MENU = (Entry("年度考核", "appraisal.index", "journal-check", (P.APPRAISAL_READ,), group="统计"),)
PLACES = {"AppraisalYear": lambda _id: url_for("appraisal.index")}


@bp.get("/appraisals")
@requires(P.APPRAISAL_READ)
def index() -> Response:
    """The newest year that is over, or the one that was asked for."""
    years = queries.years()
    usual = next((year for year in years if year < clock.today().year), years[0])
    return show(request.args.get("year", usual, type=int))


@bp.get("/appraisals/<int:number>")
@requires(P.APPRAISAL_READ)
def show(number: int, form: CloseForm | None = None, status: int = 200) -> Response:
    """The table of a year: as it was closed, or as it stands."""
    appraisal, row = _year(number)
    actor = person()
    may_close = allows(actor.roles, P.APPRAISAL_CLOSE) and row is None and number < clock.today().year
    return respond(
        "appraisal/index.html",
        status=status,
        appraisal=appraisal,
        closed=row,
        years=queries.years(),
        parts=[part for part in Part if appraisal.weights[part]],
        shown=shown,
        moved=differences(appraisal, queries.now(number)) if row else [],
        seen={one.unit_id for one in appraisal.standings if queries.may_see(actor, one.unit_id)},
        form=form or CloseForm(formdata=None, seen=appraisal.digest),
        may_close=may_close and any(one.rank for one in appraisal.standings),
        may_export=allows(actor.roles, P.APPRAISAL_EXPORT),
        running=number >= clock.today().year,
    )


@bp.get("/appraisals/<int:number>/units/<int:unit_id>")
@requires(P.APPRAISAL_READ)
def unit(number: int, unit_id: int) -> Response:
    """One unit's year with everything it rests on."""
    appraisal, row = _year(number)
    standing = appraisal.of(unit_id)
    if standing is None or not queries.may_see(person(), unit_id):
        abort(404)
    return respond("appraisal/unit.html", appraisal=appraisal, one=standing, closed=row, shown=shown)


@bp.get("/appraisals/<int:number>/units/<int:unit_id>/workbook")
@requires(P.APPRAISAL_READ)
def unit_workbook(number: int, unit_id: int) -> Response:
    """The same as .xlsx."""
    appraisal, row = _year(number)
    standing = appraisal.of(unit_id)
    if standing is None or not queries.may_see(person(), unit_id):
        abort(404)
    content = workbook.workbook(sheets.of_unit(appraisal, standing, _note(appraisal, row)))
    return download(content, f"{standing.unit}{number}年度绩效考核.xlsx", workbook.TYPE)


@bp.get("/appraisals/<int:number>/workbook")
@requires(P.APPRAISAL_EXPORT)
def town_workbook(number: int) -> Response:
    """The year of all units as .xlsx, with a sheet of evidence for each part."""
    appraisal, row = _year(number)
    content = workbook.workbook(sheets.of_town(appraisal, _note(appraisal, row)))
    return download(content, f"{number}年度绩效考核.xlsx", workbook.TYPE)


@bp.post("/appraisals/<int:number>/closings")
@requires(P.APPRAISAL_CLOSE)
def close(number: int) -> Response:
    """Freeze the year."""
    form = CloseForm()
    if form.validate_on_submit():
        with form.taking_refusals():
            operations.close(me(), number, form.seen.data or "", form.words.data or "")
            flash(f"{number} 年度考核已定稿，数字不会再变。")
            return see_other(url_for(".show", number=number))
        form.seen.data = _year(number)[0].digest
    return show(number, form, 422)


def _year(year: int) -> tuple[Appraisal, AppraisalYear | None]:
    """A year as it was closed, else as it stands now; 404 for one nobody knows."""
    if year not in queries.years():
        abort(404)
    row = queries.closed(year)
    return (row.appraisal if row else queries.now(year)), row


def _note(appraisal: Appraisal, row: AppraisalYear | None) -> str:
    if row is None:
        day = appraisal.as_of
        return f"未定稿，按 {day.year}年{day.month}月{day.day}日的数据。"
    day = clock.day_of(row.closed_at)
    return f"{row.closed_by.name} {day.year}年{day.month}月{day.day}日定稿，校验值 {row.digest}"
