"""Pages of the bulletins: the list, one of them with its acts, its words, its paper."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, abort, flash, request, url_for

from town_portal.access.guard import me, person, requires
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import allows
from town_portal.accounts.identity import identified
from town_portal.audit import queries as trail
from town_portal.bulletins import operations, queries
from town_portal.bulletins.forms import (
    ButtonForm,
    CompileForm,
    DiscardForm,
    IssueForm,
    ObjectionForm,
    RectificationForm,
    ReplyForm,
    TextForm,
)
from town_portal.bulletins.models import Bulletin, Objection
from town_portal.bulletins.rules import binding
from town_portal.bulletins.rules.lifecycle import BulletinState
from town_portal.documents import press
from town_portal.documents.rules import word
from town_portal.documents.rules.paper import Heading, Paper, Table, day_words, numbered, title_lines
from town_portal.foundation import clock
from town_portal.foundation.errors import Refused
from town_portal.rectifications.rules import terms
from town_portal.settings import queries as settings
from town_portal.statistics.rules.quarter import Quarter
from town_portal.web.forms import Form
from town_portal.web.navigation import Entry
from town_portal.web.paging import page_of
from town_portal.web.respond import download, respond, see_other
from town_portal.workdays import queries as workdays

bp = Blueprint("bulletins", __name__)

MENU = (Entry("工作通报", "bulletins.index", "file-earmark-text", (P.BULLETIN_READ,), group="统计", short="通报"),)
PLACES = {"Bulletin": lambda id: url_for("bulletins.show", bulletin_id=id)}


@bp.get("/bulletins")
@requires(P.BULLETIN_READ)
def index(form: CompileForm | None = None, status: int = 200) -> Response:
    """Every bulletin this person may see, and a new one for who compiles."""
    actor = person()
    page = page_of(queries.listed(actor))
    quarters = queries.quarters_to_compile() if allows(actor.roles, P.BULLETIN_COMPILE) else []
    return respond(
        "bulletins/index.html",
        status=status,
        page=page,
        tallies=queries.tallies(page.rows),
        own=queries.own_units(actor),
        deliveries={one.id: _own_deliveries(one) for one in page.rows},
        quarters=quarters,
        form=form or _compile_form(quarters),
        today=clock.today(),
    )


@bp.post("/bulletins")
@requires(P.BULLETIN_COMPILE)
def compile_bulletin() -> Response:
    """Take a quarter's figures and write the usual sentences."""
    form = _compile_form(queries.quarters_to_compile())
    if form.validate_on_submit():
        with form.taking_refusals():
            quarter = Quarter.parse(form.quarter.data) or abort(404)
            found = operations.compile_bulletin(me(), quarter, form.because.data or "")
            flash("已取数并写好初稿。文字可以改，带底色的数字始终和表里一致。")
            return see_other(url_for(".edit", bulletin_id=found.id))
    return index(form, 422)


@bp.get("/bulletins/<int:bulletin_id>")
@requires(P.BULLETIN_READ)
def show(bulletin_id: int, forms: dict[str, Form] | None = None, status: int = 200) -> Response:
    """One bulletin: where it stands, what this person can do, its words, and what would differ today."""
    found, actor, given = _found(bulletin_id), person(), forms or {}
    own = queries.own_units(actor)
    sees_all = bool(actor.roles & set(queries.MAKERS))
    return respond(
        "bulletins/show.html",
        status=status,
        one=found,
        lines=_lines(queries.paper(found)),
        paper=queries.paper(found),
        result=found.result,
        own=own,
        own_figures={unit: _figures_of(found, unit) for unit in own},
        deliveries=queries.deliveries(found),
        objections=queries.objections(found, None if sees_all else own),
        sees_all=sees_all,
        may_compile=allows(actor.roles, P.BULLETIN_COMPILE),
        may_issue=allows(actor.roles, P.BULLETIN_ISSUE),
        has_hand=actor.id in found.hands,
        why_not=queries.why_not_issue(found) if found.state is BulletinState.CONSULTING else [],
        open_spots=sum(spot.open for spot in queries.spots(found)) if found.open else 0,
        replaced_by=queries.replaced_by(found),
        differs=queries.today(found) if found.frozen else None,
        rectified=queries.rectified_from(found) if found.frozen else [],
        events=trail.timeline("Bulletin", found.id),
        today=clock.today(),
        can_print=press.able(),
        objection_forms={unit: _objection_form(found, unit, given.get(f"objection-{unit}")) for unit in own},
        reply_form=given.get("reply"),
        new_reply=lambda objection: ReplyForm(version=objection.version, formdata=None),
        issue_form=given.get("issue") or IssueForm(version=found.version, formdata=None),
        discard_form=given.get("discard") or DiscardForm(version=found.version, formdata=None, prefix="d-"),
        button_form=ButtonForm(version=found.version, formdata=None),
        wrong=next(iter(given.values()), None),
    )


@bp.get("/bulletins/<int:bulletin_id>/text")
@requires(P.BULLETIN_COMPILE)
def edit(bulletin_id: int, form: TextForm | None = None, status: int = 200) -> Response:
    """Its words beside its figures: what is wrong stands in red with the right figure."""
    found = _found(bulletin_id)
    if not found.open:
        return see_other(url_for(".show", bulletin_id=bulletin_id))
    form = form or TextForm(formdata=None, obj=found, version=found.version)
    return respond("bulletins/edit.html", "bulletins/_check.html", status, form=form, **_checked(found, form.text.data))


@bp.post("/bulletins/<int:bulletin_id>/checks")
@requires(P.BULLETIN_COMPILE)
def check_text(bulletin_id: int) -> Response:
    """What is typed, held against the tables without being saved."""
    found, form = _found(bulletin_id), TextForm()
    return respond("bulletins/edit.html", "bulletins/_check.html", form=form, **_checked(found, form.text.data or ""))


@bp.post("/bulletins/<int:bulletin_id>/text")
@requires(P.BULLETIN_COMPILE)
def revise(bulletin_id: int) -> Response:
    """Save the words."""
    found, form = _found(bulletin_id), TextForm()
    form.check_seen(found)
    if form.validate_on_submit():
        with form.taking_refusals():
            bind, allow = request.form.get("bind", ""), request.form.get("allow", "")
            reason = request.form.get(f"reason-{allow}", "")
            title, text = form.title.data or "", form.text.data or ""
            operations.revise(me(), found, form.version.data, title, text, bind=bind, allow=allow, reason=reason)
            flash("已改成表里的数字，以后随表变动。" if bind else "已保存，数字已和表核对。")
            return see_other(url_for(".edit", bulletin_id=bulletin_id))
    return edit(bulletin_id, form, 422)


@bp.post("/bulletins/<int:bulletin_id>/figures")
@requires(P.BULLETIN_COMPILE)
def recompile(bulletin_id: int) -> Response:
    """Take the figures anew."""
    found, form = _found(bulletin_id), ButtonForm()
    moved = operations.recompile(me(), found, form.version.data)
    flash(f"已重新取数，{moved} 个数字有变化，文中绑定的数字已跟着变。" if moved else "已重新取数，数字没有变化。")
    return see_other(url_for(".show", bulletin_id=bulletin_id))


@bp.post("/bulletins/<int:bulletin_id>/consultations")
@requires(P.BULLETIN_COMPILE)
def open_objections(bulletin_id: int) -> Response:
    """Show the draft to the units."""
    found, form = _found(bulletin_id), ButtonForm()
    operations.open_objections(me(), found, form.version.data)
    flash("已发给各单位核对，到期前会提醒他们。")
    return see_other(url_for(".show", bulletin_id=bulletin_id))


@bp.post("/bulletins/<int:bulletin_id>/units/<int:unit_id>/objections")
@requires(P.BULLETIN_RECEIVE)
def object_to(bulletin_id: int, unit_id: int) -> Response:
    """Contest a figure."""
    found = _found(bulletin_id)
    form = _objection_form(found, unit_id)

    def act() -> None:
        operations.object_to(me(), found, unit_id, form.key.data, form.reason.data or "", form.claimed.data or "")
        flash("异议已交给统筹办公室，答复后会显示在这里。")

    return _done(bulletin_id, f"objection-{unit_id}", form, act)


@bp.post("/bulletins/<int:bulletin_id>/units/<int:unit_id>/agreements")
@requires(P.BULLETIN_RECEIVE)
def agree(bulletin_id: int, unit_id: int) -> Response:
    """Our figures are right."""
    operations.agree(me(), _found(bulletin_id), unit_id)
    flash("已记下：本单位数字核对无误。")
    return see_other(url_for(".show", bulletin_id=bulletin_id))


@bp.post("/bulletins/<int:bulletin_id>/units/<int:unit_id>/receipts")
@requires(P.BULLETIN_RECEIVE)
def acknowledge(bulletin_id: int, unit_id: int) -> Response:
    """We got it."""
    operations.acknowledge(me(), _found(bulletin_id), unit_id)
    flash("已签收。")
    return see_other(url_for(".show", bulletin_id=bulletin_id))


@bp.post("/bulletins/<int:bulletin_id>/objections/<int:objection_id>/acceptances")
@requires(P.BULLETIN_COMPILE)
def accept(bulletin_id: int, objection_id: int) -> Response:
    """The unit is right."""
    return _answer(bulletin_id, objection_id, accepted=True)


@bp.post("/bulletins/<int:bulletin_id>/objections/<int:objection_id>/rejections")
@requires(P.BULLETIN_COMPILE)
def reject(bulletin_id: int, objection_id: int) -> Response:
    """The figure stays."""
    return _answer(bulletin_id, objection_id, accepted=False)


def _answer(bulletin_id: int, objection_id: int, *, accepted: bool) -> Response:
    objection = _objection(bulletin_id, objection_id)
    form = ReplyForm()
    form.check_seen(objection)

    def act() -> None:
        operations.answer(me(), objection, form.version.data, accepted=accepted, reply=form.reply.data or "")
        flash("已采纳。请在来源处改好数据，再“重新取数”。" if accepted else "已答复，维持原来的数字。")

    return _done(bulletin_id, "reply", form, act)


@bp.post("/bulletins/<int:bulletin_id>/issues")
@requires(P.BULLETIN_ISSUE)
def issue(bulletin_id: int) -> Response:
    """Number, date and freeze it."""
    found, form = _found(bulletin_id), IssueForm()
    form.check_seen(found)
    actor = identified(me(), form.password, final=True) if form.validate_on_submit() else None
    if actor is not None:
        with form.taking_refusals():
            operations.issue(actor, found, form.version.data)
            flash(f"已印发，{found.number}。各单位会收到签收提醒。")
            return see_other(url_for(".show", bulletin_id=bulletin_id))
    return show(bulletin_id, {"issue": form}, 422)


@bp.post("/bulletins/<int:bulletin_id>/discards")
@requires(P.BULLETIN_COMPILE)
def discard(bulletin_id: int) -> Response:
    """Throw the draft away."""
    found, form = _found(bulletin_id), DiscardForm(prefix="d-")
    form.check_seen(found)

    def act() -> None:
        operations.discard(me(), found, form.version.data, form.reason.data or "")
        flash("这份通报稿已作废。")

    return _done(bulletin_id, "discard", form, act)


@bp.get("/bulletins/<int:bulletin_id>/rectifications/new")
@requires(P.BULLETIN_COMPILE)
def new_rectification(bulletin_id: int, form: RectificationForm | None = None, status: int = 200) -> Response:
    """Ask a unit named in it to put something right."""
    found = _found(bulletin_id)
    if form is None:
        form = _rectification_form(found)
        form.due_on.data = terms.due(workdays.calendar(), settings.value("rectification"), clock.today())
        form.unit_id.data = request.args.get("unit", type=int)
    return respond("bulletins/rectification.html", status=status, one=found, form=form)


@bp.post("/bulletins/<int:bulletin_id>/rectifications")
@requires(P.BULLETIN_COMPILE)
def order_rectification(bulletin_id: int) -> Response:
    """Send it to the unit."""
    found = _found(bulletin_id)
    form = _rectification_form(found)
    if form.validate_on_submit():
        with form.taking_refusals():
            ordered = operations.order_rectification(
                me(), found, form.unit_id.data or 0, form.matter.data or "", form.demand.data or "", form.due_on.data
            )
            flash(f"{ordered.number}已发给{ordered.unit.name}，整改情况会列入下期通报。")
            return see_other(url_for(".show", bulletin_id=bulletin_id))
    return new_rectification(bulletin_id, form, 422)


# -- on paper --------------------------------------------------------------------------------------


@bp.get("/bulletins/<int:bulletin_id>/paper")
@requires(P.BULLETIN_READ)
def paper(bulletin_id: int) -> Response:
    """The paper as a page, to read and to print."""
    found = _found(bulletin_id)
    queries.check_paper(found)
    printed = queries.paper(found)
    return respond(
        "bulletins/paper.html",
        one=found,
        paper=printed,
        lines=_lines(printed),
        title_lines=title_lines(printed.title),
        day_words=day_words,
    )


@bp.get("/bulletins/<int:bulletin_id>/paper.docx")
@requires(P.BULLETIN_READ)
def docx(bulletin_id: int) -> Response:
    """The paper as .docx."""
    found = _found(bulletin_id)
    queries.check_paper(found)
    return download(word.docx(queries.paper(found)), f"{_file_name(found)}.docx", word.TYPE)


@bp.get("/bulletins/<int:bulletin_id>/paper.pdf")
@requires(P.BULLETIN_READ)
def pdf(bulletin_id: int) -> Response:
    """The paper as .pdf, where this machine can make one; else how to get one."""
    found = _found(bulletin_id)
    queries.check_paper(found)
    content = word.docx(queries.paper(found))
    try:
        return download(press.pdf(content), f"{_file_name(found)}.pdf", press.TYPE)
    except Refused as refusal:
        flash(refusal.reason, "warning")
        return see_other(url_for(".show", bulletin_id=bulletin_id))


@bp.get("/bulletins/<int:bulletin_id>/notices/<int:unit_id>.docx")
@requires(P.BULLETIN_READ)
def notice(bulletin_id: int, unit_id: int) -> Response:
    """零报送单位告知书 for one unit."""
    found = _found(bulletin_id)
    sees_all = bool(person().roles & set(queries.MAKERS))
    if not (sees_all or unit_id in queries.own_units(person())):
        abort(404)
    letter_ = queries.notice(found, unit_id) or abort(404)
    return download(word.docx(letter_), f"零报送单位告知书（{letter_.to}）.docx", word.TYPE)


@bp.get("/bulletins/<int:bulletin_id>/differences")
@requires(P.BULLETIN_READ)
def differences(bulletin_id: int) -> Response:
    """What an issued bulletin would say today, unit by unit, with how many items came or went."""
    found = _found(bulletin_id)
    if not found.frozen:
        abort(404)
    return respond("bulletins/differences.html", one=found, differs=queries.today(found, with_items=True))


def _file_name(bulletin: Bulletin) -> str:
    return f"{bulletin.number or '征求意见稿'} {bulletin.title}".replace("/", "-")


# -- what the pages are filled with -------------------------------------------------------------------


def _found(bulletin_id: int) -> Bulletin:
    return queries.get(bulletin_id, person()) or abort(404)


def _objection(bulletin_id: int, objection_id: int) -> Objection:
    return queries.objection(_found(bulletin_id), objection_id) or abort(404)


def _done(bulletin_id: int, name: str, form: Form, act: Callable[[], None]) -> Response:
    """Do it and go back, or show the page again with what is wrong."""
    if form.validate_on_submit():
        with form.taking_refusals():
            act()
            return see_other(url_for(".show", bulletin_id=bulletin_id))
    return show(bulletin_id, {name: form}, 422)


def _compile_form(quarters: list[Quarter]) -> CompileForm:
    form = CompileForm()
    form.offer((one.key, one.label) for one in quarters)
    return form


def _objection_form(bulletin: Bulletin, unit_id: int, given: Form | None = None) -> Any:
    if given is not None:
        return given
    form = ObjectionForm(prefix=f"u{unit_id}-")
    form.offer(_figures_of(bulletin, unit_id))
    return form


def _rectification_form(bulletin: Bulletin) -> RectificationForm:
    form = RectificationForm()
    form.offer((one.unit_id, one.unit) for one in sorted(bulletin.result.scores, key=lambda one: one.order))
    return form


def _figures_of(bulletin: Bulletin, unit_id: int) -> list[Any]:
    return [one for one in bulletin.figures if one.subject == f"unit-{unit_id}"]


def _own_deliveries(bulletin: Bulletin) -> list[Any]:
    return [found for unit in queries.own_units(person()) if (found := queries.delivery(bulletin, unit))]


def _lines(paper: Paper) -> list[tuple[int, str]]:
    """The body for a page: (level of a heading or 0, words with their number)."""
    numbers = numbered(block for block in paper.blocks if isinstance(block, Heading))
    return [
        (block.level, next(numbers)) if isinstance(block, Heading) else (0, block.words)
        for block in paper.blocks
        if not isinstance(block, Table)
    ]


def _checked(bulletin: Bulletin, text: str | None) -> dict[str, Any]:
    """A text in pieces for the page, and what has to be answered in it."""
    figures = bulletin.figures
    found = binding.read(text or "", figures, bulletin.allowed)
    return {
        "one": bulletin,
        "pieces": list(binding.pieces(text or "", found)),
        "spots": found,
        "wrong_spots": [spot for spot in found if spot.open],
        "saved": text == bulletin.text,
        "groups": binding.offered(figures),
        "button_form": ButtonForm(version=bulletin.version, formdata=None),
    }
