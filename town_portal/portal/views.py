"""Pages the public reads; nobody signs in here."""

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, current_app, g, request, url_for
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.exceptions import NotFound

from town_portal.access.guard import requires
from town_portal.access.permissions import PUBLIC
from town_portal.corrections import operations as corrections
from town_portal.corrections import queries as correction_queries
from town_portal.corrections.forms import ReaderForm
from town_portal.foundation import clock
from town_portal.foundation.db import canonical
from town_portal.portal import queries
from town_portal.portal.queries import Branch, Choice, Frame
from town_portal.publishing import queries as publishing
from town_portal.search import queries as search_queries
from town_portal.settings import queries as settings
from town_portal.submissions.rules import markup
from town_portal.web.forms import clean
from town_portal.web.fresh import unless_known
from town_portal.web.look import exporting
from town_portal.web.paging import page_of, rows_of
from town_portal.web.respond import respond, see_other

bp = Blueprint("portal", __name__)

PAGE = 15
FRONT_NEWS, FRONT_NOTICES = 9, 6
LONGEST_SEARCH = 50


@bp.get("/portal")
@requires(PUBLIC)
def index() -> Response:
    """The first page: the lead, the newest, and the way to each column and village."""
    return unless_known(_version(), _index)


@bp.get("/portal/articles")
@requires(PUBLIC)
def articles() -> Response:
    """Every article of every column, and the search."""
    return unless_known(_version(), lambda: _list(None))


@bp.get("/portal/columns/<code>")
@requires(PUBLIC)
def column(code: str) -> Response:
    """The articles of one column, or of a whole group of columns."""
    branch = _frame().branch(code) or abort(404)
    return unless_known(_version(), lambda: _list(branch))


@bp.get("/portal/articles/<int:publication_id>")
@requires(PUBLIC)
def article(publication_id: int) -> Response:
    """One article as it was signed, with what belongs to it."""
    return unless_known(_version(), lambda: _article(publication_id))


@bp.get("/portal/search")
@requires(PUBLIC)
def search() -> Response:
    """Where to search from; in the static copy, why not from there."""
    return unless_known(_version(), lambda: respond("portal/search.html"))


@bp.get("/portal/reports")
@requires(PUBLIC)
def reports() -> Response:
    """The yearly reports, by year."""
    return unless_known(_version(), _reports)


@bp.get("/portal/suggestions")
@requires(PUBLIC)
def suggestions() -> Response:
    """Titles that hold what is being typed into the search."""
    typed = (clean(request.args.get("q")) or "")[:LONGEST_SEARCH]
    answer = respond("portal/_suggestions.html", titles=queries.suggested(typed) if len(typed) > 1 else [])
    answer.headers["Cache-Control"] = "public, max-age=60"
    return answer


@bp.get("/portal/feed.xml")
@requires(PUBLIC)
def feed() -> Response:
    """The newest articles as an Atom feed."""
    return unless_known(_version(), lambda: _feed(None))


@bp.get("/portal/columns/<code>/feed.xml")
@requires(PUBLIC)
def column_feed(code: str) -> Response:
    """The newest articles of one column, or of a group of columns, as an Atom feed."""
    branch = _frame().branch(code) or abort(404)
    return unless_known(_version(), lambda: _feed(branch))


@bp.get("/portal/sitemap.xml")
@requires(PUBLIC)
def sitemap() -> Response:
    """The parts of the map of the site, for those who look through it by machine."""
    return unless_known(_version(), _parts)


@bp.get("/portal/sitemap-<int:number>.xml")
@requires(PUBLIC)
def sitemap_part(number: int) -> Response:
    """One part of the map; 404 behind the last."""
    if not 1 <= number <= _map_parts():
        abort(404)
    return unless_known(_version(), lambda: _part(number))


@bp.get("/robots.txt")
@requires(PUBLIC)
def robots() -> Response:
    """What machines may look through: the portal, and nothing else."""
    return _plain("portal/robots.txt", "text/plain")


@bp.get("/portal/articles/<int:publication_id>/faults/new")
@requires(PUBLIC)
def new_fault(publication_id: int, form: ReaderForm | None = None, status: int = 200) -> Response:
    """The form in which a reader says what is wrong: no sign-in, no script, kept by nobody."""
    found = queries.article(publication_id) or abort(404)
    form = form or ReaderForm(formdata=None)
    if _age(form.stamp.data or "", publication_id) is None:  # a form drawn again is as old as it was
        form.stamp.data = str(_signer().dumps([publication_id, clock.now().timestamp()]))
    response = respond("portal/fault.html", status=status, article=found, form=form)
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/portal/articles/<int:publication_id>/faults")
@requires(PUBLIC)
def report_fault(publication_id: int) -> Response:
    """Take a reader's message; the answer is a receipt that says nothing itself."""
    publication = publishing.live_publication(publication_id) or abort(404)
    form = ReaderForm()
    if form.validate_on_submit():
        with form.taking_refusals():
            fault = corrections.report_by_reader(
                publication,
                form.words.data or "",
                form.contact.data or "",
                trap=form.site.data or "",
                seconds=_age(form.stamp.data or "", publication_id),
                address=request.remote_addr,
                keys=current_app.config["PORTAL"].keys,
            )
            return see_other(url_for(".receipt", receipt=fault.receipt))
    return new_fault(publication_id, form, 422)


@bp.get("/portal/faults/<receipt>")
@requires(PUBLIC)
def receipt(receipt: str) -> Response:
    """How a reader's message stands: received, mended, or found to be right."""
    fault = correction_queries.by_receipt(receipt) or abort(404)
    response = respond("portal/receipt.html", fault=fault)
    response.headers["Cache-Control"] = "no-store"
    return response


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="reader")


def _age(stamp: str, publication_id: int) -> float | None:
    """Seconds since the form was drawn; None where it is not ours."""
    try:
        number, made = _signer().loads(stamp)
    except (BadSignature, ValueError, TypeError):
        return None
    return float(clock.now().timestamp() - made) if number == publication_id else None


@bp.errorhandler(NotFound)
def missing(_error: NotFound) -> Response:
    """The public's page for what is not there, or not any more."""
    return respond("portal/missing.html", status=404)


@bp.context_processor
def shared() -> dict[str, Any]:
    """What the layout of every page of the portal needs."""
    frame = _frame()
    return {
        "summary": markup.summary,
        "frame": frame,
        "news": frame.branch(queries.NEWS),
        "notices": frame.branch(queries.NOTICES),
        "reports": _report_branch(),
        "online": settings.site()["online"],
        "static_host": urlsplit(settings.site()["static"]).netloc,
    }


def _report_branch() -> Branch | None:
    """The column in which yearly reports stand, where the setting names one that is open."""
    return _frame().branch(settings.site()["report_column"])


def _reports() -> Response:
    branch = _report_branch()
    lines = queries.everything_in(branch.ids) if branch else ()
    return respond("portal/reports.html", branch=branch, lines=lines)


def _feed(branch: Branch | None) -> Response:
    rows = queries.feed(branch.ids if branch else ())
    newest = max(
        (row.corrected_at or row.published_at for row in rows), default=clock.instant(date(clock.today().year, 1, 1))
    )
    return _plain("portal/feed.xml", "application/atom+xml", branch=branch, rows=rows, newest=newest)


def _map_parts() -> int:
    return max(1, -(-queries.count(_frame().version, Choice()) // queries.IN_MAP))


def _parts() -> Response:
    return _plain("portal/sitemap.xml", "application/xml", parts=range(1, _map_parts() + 1))


def _part(number: int) -> Response:
    return _plain("portal/sitemap_part.xml", "application/xml", first=number == 1, rows=queries.mapped(number))


def _plain(template: str, kind: str, **context: Any) -> Response:
    """A document that is no page; addresses in it begin as the reader's did, or as the setting says."""
    given = settings.value("portal_address")["url"].rstrip("/") or request.host_url.rstrip("/")
    answer = respond(template, base="" if exporting() else given, **context)
    answer.mimetype = kind
    return answer


def _version() -> tuple[object, ...]:
    """What a page depends on: its host stands in it; one with a question, on what can be found too."""
    asked = search_queries.version() if request.args.get("q") else None
    return _frame().version, canonical(settings.site()), asked, request.host


def _frame() -> Frame:
    if "portal_frame" not in g:
        g.portal_frame = queries.frame()
    frame: Frame = g.portal_frame
    return frame


def _index() -> Response:
    news, notices = (_frame().branch(code) for code in (queries.NEWS, queries.NOTICES))
    lead = queries.lead(news.id) if news else None
    lines = queries.newest(news.id, FRONT_NEWS + 1) if news else ()
    return respond(
        "portal/index.html",
        lead=lead,
        news_lines=[line for line in lines if lead is None or line.id != lead.id][:FRONT_NEWS],
        notice_lines=queries.newest(notices.id, FRONT_NOTICES) if notices else (),
    )


def _list(branch: Branch | None) -> Response:
    years = queries.years(_frame().version)
    choice = _choice(branch, years)
    if choice.words:
        return _found(branch, choice, years)
    total = queries.count(_frame().version, choice)
    found = page_of(queries.lines(choice), scalars=False, size=PAGE, total=total)
    return respond("portal/list.html", branch=branch, choice=choice, years=years, found=found)


def _found(branch: Branch | None, choice: Choice, years: list[int]) -> Response:
    """What holds the words of a choice, wherever they stand: titles first, then texts and attachments."""
    hits = queries.found(choice)
    page = rows_of(hits.keys, PAGE)
    return respond(
        "portal/results.html",
        branch=branch,
        choice=choice,
        years=years,
        hits=hits,
        found=replace(page, rows=queries.results(page.rows, hits.question)),
    )


def _choice(branch: Branch | None, years: list[int]) -> Choice:
    unit, year = request.args.get("unit", ""), request.args.get("year", 0, type=int)
    words = (clean(request.args.get("q")) or "")[:LONGEST_SEARCH].split()
    return Choice(
        column_ids=branch.ids if branch else (),
        unit=unit if _frame().has_unit(unit) else "",
        year=year if year in years else 0,
        words=tuple(words),
    )


def _article(publication_id: int) -> Response:
    found = queries.article(publication_id)
    if found is None:
        withdrawn = queries.withdrawn(publication_id) or abort(404)
        abort(respond("portal/withdrawn.html", status=410, withdrawn=withdrawn))
    return respond(
        "portal/article.html",
        article=found,
        attachments=queries.attachments(found.revision_id),
        neighbours=queries.neighbours(found.column_id, found.published_at, found.id),
    )
