"""Pages of the calendar."""

from flask import Blueprint, Response, flash, request, url_for
from werkzeug.datastructures import MultiDict

from town_portal.access.guard import me, requires
from town_portal.access.permissions import SIGNED_IN
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import allows
from town_portal.foundation import clock
from town_portal.web.navigation import Entry
from town_portal.web.respond import respond, see_other
from town_portal.workdays import operations, queries
from town_portal.workdays.forms import DayForm, ExplainForm, NoticeForm
from town_portal.workdays.rules import year as years
from town_portal.workdays.rules.explain import explain as explained

bp = Blueprint("workdays", __name__)

MENU = (Entry("工作日历", "workdays.index", "calendar3", (P.NETWORK_READ,), "设置"),)


def calendar_page(year: int) -> str:
    """The address of a year."""
    return url_for("workdays.index", year=year)


def _page_of_notice(notice_id: int) -> str:
    notice = queries.get_notice(notice_id)
    return calendar_page(notice.year) if notice else url_for("workdays.index")


def _page_of_day(day_id: int) -> str:
    row = queries.get_day(day_id)
    return calendar_page(row.day.year) if row else url_for("workdays.index")


PLACES = {"YearNotice": _page_of_notice, "CalendarDay": _page_of_day}


@bp.get("/workdays")
@requires(SIGNED_IN)
def index() -> Response:
    """A year at a glance."""
    calendar, today = queries.calendar(), clock.today()
    year = request.args.get("year", today.year, type=int)
    year = min(max(year, queries.FIRST_YEAR), queries.LAST_YEAR)
    return respond(
        "workdays/index.html",
        year=year,
        years=range(max(year - 2, queries.FIRST_YEAR), min(year + 2, queries.LAST_YEAR) + 1),
        calendar=years.at_a_glance(calendar, year),
        amendments=queries.amendments(year),
        notices=queries.notices(),
        may_amend=allows(me().roles, P.CALENDAR_AMEND),
    )


@bp.get("/workdays/explain")
@requires(SIGNED_IN)
def explain() -> Response:
    """A limit, day by day."""
    asked = request.args if "start" in request.args else MultiDict({"start": str(clock.today()), "count": "20"})
    form = ExplainForm(asked, meta={"csrf": False})
    calendar = queries.calendar()
    sound = form.validate()
    days = explained(calendar, form.start.data, form.count.data) if sound else []
    estimated = sorted({day.day.year for day in days if not calendar.is_confirmed(day.day.year)})
    shown = {"form": form, "days": days, "estimated": estimated}
    return respond("workdays/explain.html", "workdays/_explain.html", 200 if sound else 422, **shown)


@bp.get("/workdays/year-notices")
@requires(P.CALENDAR_AMEND)
def new_notice(form: NoticeForm | None = None, status: int = 200) -> Response:
    """The form for a year's notice, beside what is loaded."""
    form = form or NoticeForm(year=request.args.get("year", clock.today().year + 1, type=int))
    return respond("workdays/new_notice.html", status=status, form=form, notices=queries.notices())


@bp.post("/workdays/year-notices")
@requires(P.CALENDAR_AMEND)
def load_year() -> Response:
    """Load a year's notice."""
    form = NoticeForm()
    if not form.validate():
        return new_notice(form, 422)
    year, place = form.year.data, calendar_page(form.year.data)
    amended = queries.amendments(year)
    operations.load_year(me().at(answer=place), year, form.rows, form.source.data)
    flash(f"{year} 年的放假安排已载入，{len(form.rows)} 天。")
    if amended:
        flash(f"之前单独调整的 {len(amended)} 天已由通知代替，仍需调整的请重新调整。", "warning")
    return see_other(place)


@bp.get("/workdays/days")
@requires(P.CALENDAR_AMEND)
def new_day(form: DayForm | None = None, status: int = 200) -> Response:
    """The form to amend one day."""
    return respond("workdays/new_day.html", status=status, form=form or DayForm())


@bp.post("/workdays/days")
@requires(P.CALENDAR_AMEND)
def amend_day() -> Response:
    """Amend one day."""
    form = DayForm()
    if not form.validate():
        return new_day(form, 422)
    place = calendar_page(form.day.data.year)
    works = form.works.data == "1"
    row = operations.amend_day(me().at(answer=place), form.day.data, works, form.name.data, form.reason.data)
    flash(f"{row}已改为“{row.name}”。")
    return see_other(place)
