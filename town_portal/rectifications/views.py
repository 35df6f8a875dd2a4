"""Pages of what has to be put right: the list, one thing with its acts, and its notice on paper."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, request, url_for
from werkzeug.datastructures import FileStorage

from town_portal.access.guard import me, person, requires
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import allows, reaches
from town_portal.audit import queries as trail
from town_portal.files import operations as files
from town_portal.files.store import Store
from town_portal.foundation import clock
from town_portal.foundation.errors import Refused
from town_portal.network import queries as network
from town_portal.rectifications import operations, queries
from town_portal.rectifications.forms import (
    AcceptForm,
    AnswerForm,
    DecisionForm,
    ExtensionForm,
    OrderForm,
    ReasonForm,
    SendBackForm,
)
from town_portal.rectifications.models import Rectification
from town_portal.rectifications.queries import Wanted
from town_portal.rectifications.rules import terms
from town_portal.rectifications.rules.source import PAGES, Source
from town_portal.settings import queries as settings
from town_portal.web.forms import VersionedForm
from town_portal.web.navigation import Entry
from town_portal.web.paging import page_of
from town_portal.web.respond import respond, see_other
from town_portal.workdays import queries as workdays

bp = Blueprint("rectifications", __name__)

MENU = (
    Entry("督促整改", "rectifications.index", "check2-square", (P.RECTIFICATION_READ,), group="监督", short="整改"),
)
PLACES = {"Rectification": lambda id: url_for("rectifications.show", rectification_id=id)}

TABS = (("running", "办理中"), ("overdue", "已超期"), ("answered", "待核查"), ("done", "已办结"), ("all", "全部"))


@bp.get("/rectifications")
@requires(P.RECTIFICATION_READ)
def index() -> Response:
    """What has to be put right, as far as this person may see it."""
    actor, which = person(), request.args.get("which", "running")
    source = request.args.get("source", "")
    wanted = Wanted(
        which if which in dict(TABS) else "running",
        request.args.get("unit", type=int),
        Source(source) if source in set(Source) else None,
    )
    return respond(
        "rectifications/index.html",
        page=page_of(queries.search(actor, wanted)),
        wanted=wanted,
        tabs=TABS,
        counts=queries.counts(actor),
        units=network.units(),
        sources=Source,
        may_open=allows(actor.roles, P.RECTIFICATION_OPEN),
        sees_all=bool(actor.roles & set(queries.EVERYTHING)),
        today=clock.today(),
    )


@bp.get("/rectifications/new")
@requires(P.RECTIFICATION_OPEN)
def new(form: OrderForm | None = None, status: int = 200) -> Response:
    """Ask a unit to put something right; unit and words may come with the address."""
    if form is None:
        form = _order_form()
        form.due_on.data = terms.due(workdays.calendar(), settings.value("rectification"), clock.today())
        form.unit_id.data = request.args.get("unit", type=int)
        form.matter.data = request.args.get("matter", "")[: terms.LONGEST_MATTER]
    return respond("rectifications/new.html", status=status, form=form, setting=settings.value("rectification"))


@bp.post("/rectifications")
@requires(P.RECTIFICATION_OPEN)
def open_one() -> Response:
    """Send it to the unit."""
    form = _order_form()
    if form.validate_on_submit():
        with form.taking_refusals():
            found = operations.open_one(me(), form.order)
            flash(f"{found.number}已发给{found.unit.name}，信息员会收到提醒。")
            return see_other(url_for(".show", rectification_id=found.id))
    return new(form, 422)


@bp.get("/rectifications/<int:rectification_id>")
@requires(P.RECTIFICATION_READ)
def show(rectification_id: int, forms: dict[str, VersionedForm] | None = None, status: int = 200) -> Response:
    """One thing to put right: what is asked, what was answered, what was said to it, and what this person can do."""
    found, actor = _found(rectification_id), person()
    given = forms or {}
    may_answer = any(reaches(post, P.RECTIFICATION_ANSWER, found) for post in actor.posts)
    may_check = allows(actor.roles, P.RECTIFICATION_CHECK)
    calendar, setting = workdays.calendar(), settings.value("rectification")
    return respond(
        "rectifications/show.html",
        status=status,
        one=found,
        events=trail.timeline("Rectification", found.id),
        source_page=_source_page(found),
        today=clock.today(),
        may_answer=may_answer and found.with_unit,
        may_ask=may_answer and found.with_unit and found.asked_at is None and not found.overdue(clock.today()),
        may_check=may_check,
        why_not=queries.why_not_check(actor, found) if may_check else None,
        may_cancel=allows(actor.roles, P.RECTIFICATION_OPEN) and found.with_unit,
        latest=terms.latest(calendar, setting, found.due_on),
        working_days=calendar.between(clock.today(), found.due_on),
        answer_form=given.get("answer") or AnswerForm(formdata=None, version=found.version),
        extension_form=given.get("extension") or ExtensionForm(formdata=None, version=found.version),
        accept_form=given.get("accept") or AcceptForm(formdata=None, version=found.version),
        back_form=given.get("back")
        or SendBackForm(formdata=None, version=found.version, due_on=terms.due(calendar, setting, clock.today())),
        decision_form=given.get("decision") or DecisionForm(formdata=None, version=found.version),
        cancel_form=given.get("cancel") or ReasonForm(formdata=None, version=found.version),
        wrong=next(iter(given.values()), None),
    )


@bp.get("/rectifications/<int:rectification_id>/notice")
@requires(P.RECTIFICATION_READ)
def notice(rectification_id: int) -> Response:
    """The notice on paper, with what was answered and found."""
    found = _found(rectification_id)
    return respond("rectifications/notice.html", one=found, events=trail.timeline("Rectification", found.id)[::-1])


@bp.post("/rectifications/<int:rectification_id>/answers")
@requires(P.RECTIFICATION_ANSWER)
def answer(rectification_id: int) -> Response:
    """Say what was done."""
    found, form = _found(rectification_id), AnswerForm()

    def act() -> None:
        form.check_seen(found)
        numbers = _uploaded(form, found.unit_id)
        operations.answer(me(), found, form.version.data, form.text.data or "", numbers)
        flash("已答复，等统筹办公室核查。")

    return _done(found, "answer", form, act)


@bp.post("/rectifications/<int:rectification_id>/acceptances")
@requires(P.RECTIFICATION_CHECK)
def accept(rectification_id: int) -> Response:
    """Find it good."""
    found, form = _found(rectification_id), AcceptForm()

    def act() -> None:
        operations.accept(me(), found, form.version.data, form.opinion.data or "")
        flash(f"{found.number}核查通过，已销号。")

    return _done(found, "accept", form, act)


@bp.post("/rectifications/<int:rectification_id>/returns")
@requires(P.RECTIFICATION_CHECK)
def send_back(rectification_id: int) -> Response:
    """Find it wanting."""
    found, form = _found(rectification_id), SendBackForm()

    def act() -> None:
        operations.send_back(me(), found, form.version.data, form.opinion.data or "", form.day)
        flash(f"已退回{found.unit.name}重新整改。")

    return _done(found, "back", form, act)


@bp.post("/rectifications/<int:rectification_id>/extensions")
@requires(P.RECTIFICATION_ANSWER)
def ask_for_time(rectification_id: int) -> Response:
    """Ask for more time, once."""
    found, form = _found(rectification_id), ExtensionForm()

    def act() -> None:
        operations.ask_for_time(me(), found, form.version.data, form.until.data, form.reason.data or "")
        flash("延期申请已送统筹办公室。批下来以前，仍按原来的期限。")

    return _done(found, "extension", form, act)


@bp.post("/rectifications/<int:rectification_id>/extension-grants")
@requires(P.RECTIFICATION_CHECK)
def grant(rectification_id: int) -> Response:
    """Give the time that was asked for."""
    return _decide(rectification_id, granted=True)


@bp.post("/rectifications/<int:rectification_id>/extension-refusals")
@requires(P.RECTIFICATION_CHECK)
def decline(rectification_id: int) -> Response:
    """Say why there is no more time."""
    return _decide(rectification_id, granted=False)


@bp.post("/rectifications/<int:rectification_id>/cancellations")
@requires(P.RECTIFICATION_OPEN)
def cancel(rectification_id: int) -> Response:
    """Call it off."""
    found, form = _found(rectification_id), ReasonForm()

    def act() -> None:
        operations.cancel(me(), found, form.version.data, form.reason.data or "")
        flash(f"{found.number}已撤销，理由留在记录里。")

    return _done(found, "cancel", form, act)


def _decide(rectification_id: int, *, granted: bool) -> Response:
    found, form = _found(rectification_id), DecisionForm()

    def act() -> None:
        operations.decide_time(me(), found, form.version.data, granted=granted, words=form.words.data or "")
        flash("已同意延期，期限已改。" if granted else "已回复不同意延期，期限不变。")

    return _done(found, "decision", form, act)


def _done(found: Rectification, name: str, form: VersionedForm, act: Callable[[], None]) -> Response:
    """One act of the page: done, or the page again with what is wrong beside what was typed."""
    rectification_id = found.id
    if form.validate_on_submit():
        with form.taking_refusals():
            act()
            return see_other(url_for(".show", rectification_id=rectification_id))
    return show(rectification_id, {name: form}, 422)


def _found(rectification_id: int) -> Rectification:
    return queries.get(rectification_id, person()) or abort(404)


def _order_form() -> OrderForm:
    form = OrderForm()
    form.offer(network.units())
    return form


def _source_page(found: Rectification) -> str | None:
    """The address of what it came from, where that room is open in this house."""
    endpoint, name = PAGES.get(found.source, ("", ""))
    if found.source_id is None or endpoint not in current_app.view_functions:
        return None
    values: dict[str, Any] = {name: found.source_id}
    return url_for(endpoint, **values)


def _uploaded(form: AnswerForm, unit_id: int) -> list[int]:
    store: Store = current_app.extensions["store"]
    sent = [
        (taken_in, upload)
        for taken_in, field in ((files.upload_picture, form.photos), (files.upload_attachment, form.documents))
        for upload in field.data or []
        if isinstance(upload, FileStorage) and upload.filename
    ]
    if len(sent) > terms.MOST_FILES:
        raise Refused(f"照片和文件一共最多 {terms.MOST_FILES} 个，您选了 {len(sent)} 个。")
    return [taken_in(person(), store, unit_id, upload.filename or "", upload.read()).id for taken_in, upload in sent]
