"""Pages of the lists that texts are held against."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, abort, flash, request, url_for

from town_portal.access.guard import me, requires
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import allows, post_reaching
from town_portal.network.rules import table_file
from town_portal.proofreading import operations, queries
from town_portal.proofreading.forms import (
    BatchForm,
    DecisionForm,
    EntryForm,
    ExceptionForm,
    ImportForm,
    OffForm,
    RejectForm,
    form_for,
)
from town_portal.proofreading.models import ListedTerm, TermProposal, TermState
from town_portal.proofreading.rules import comparison, term_file
from town_portal.proofreading.rules.entry import TermEntry
from town_portal.proofreading.rules.finding import Family
from town_portal.proofreading.rules.kinds import KINDS, Kind, TermKind, kind_named
from town_portal.web.navigation import Entry
from town_portal.web.paging import rows_of
from town_portal.web.respond import download, respond, see_other

bp = Blueprint("proofreading", __name__)

MENU = (Entry("校对词库", "proofreading.index", "journal-text", (P.SUBMISSION_READ,), "设置"),)
PLACES = {
    "TermProposal": lambda proposal_id: url_for("proofreading.proposal", proposal_id=proposal_id),
    "ListedTerm": lambda term_id: url_for("proofreading.term", term_id=term_id),
}


# -- reading ------------------------------------------------------------------------------------


@bp.get("/lexicon")
@requires(P.SUBMISSION_READ)
def index() -> Response:
    """Every list in figures, and what waits for a confirmation."""
    return respond(
        "proofreading/index.html",
        figures=queries.figures(),
        waiting=queries.waiting(),
        may=_may(),
    )


@bp.get("/lexicon/<word_list>")
@requires(P.SUBMISSION_READ)
def show(word_list: str) -> Response:
    """One list, searched and narrowed down."""
    kind = _kind(word_list)
    q, shown = request.args.get("q", "").strip(), request.args.get("show", "")
    lines = queries.lines(kind.kind)
    found = [line for line in lines if line.answers_to(q, shown)]
    return respond(
        "proofreading/show.html",
        "proofreading/_list.html",
        kind=kind,
        page=rows_of(found),
        counts={key: sum(line.answers_to("", key) for line in lines) for key in queries.SHOWN},
        q=q,
        shown=shown,
        choices=queries.SHOWN,
        family=Family,
        may=_may(),
    )


@bp.get("/lexicon/terms/<int:term_id>")
@requires(P.SUBMISSION_READ)
def term(term_id: int) -> Response:
    """One row of a list with its examples, and everything that was proposed under its words."""
    row = queries.term(term_id) or abort(404)
    return respond(
        "proofreading/term.html",
        row=row,
        kind=KINDS[row.kind],
        columns=comparison.columns(row.entry, queries.unit_names()),
        story=queries.story(row),
        may=_may(),
    )


@bp.get("/lexicon/exports/<word_list>.<any(csv,xlsx):kind>")
@requires(P.SUBMISSION_READ)
def export(word_list: str, kind: str) -> Response:
    """A list as a file that can be changed and imported again; ``?town=1``: without what is shipped."""
    listed = _kind(word_list)
    rows = term_file.table_of(listed, queries.file_rows(listed.kind, of_town=bool(request.args.get("town"))))
    name = listed.kind.label
    content = table_file.write_csv(rows) if kind == "csv" else table_file.write_workbook(name, rows)
    return download(content, f"{name}.{kind}", table_file.TYPES[kind])


# -- proposing ----------------------------------------------------------------------------------


@bp.get("/lexicon/<word_list>/new")
@requires(P.TERM_PROPOSE)
def new(word_list: str) -> Response:
    """The form for an entry: a new one, or a change of a row (?term=) or of what is shipped (?shipped=)."""
    kind = _kind(word_list)
    base = _base(kind)
    form = form_for(kind, base)
    if base is None:  # what another page knows already: the words, what is right, why
        for name in ("words", "right", "reason"):
            if name in form and request.args.get(name):
                form[name].data = request.args[name][:200]
    return _form_page(kind, form, base)


@bp.post("/lexicon/<word_list>/proposals")
@requires(P.TERM_PROPOSE)
def propose(word_list: str) -> Response:
    """Propose one entry."""
    kind = _kind(word_list)
    form = form_for(kind)
    if form.validate():
        with form.taking_refusals():
            return _proposed(operations.propose(me(), [(1, form.entry)], form.reason.data))
    return _form_page(kind, form, _base(kind), 422)


@bp.get("/lexicon/<word_list>/ends")
@requires(P.TERM_PROPOSE)
def ends(word_list: str) -> Response:
    """The question why an entry is to be in its list no longer."""
    kind = _kind(word_list)
    return _off_page(_base(kind) or abort(404), OffForm(formdata=None))


@bp.post("/lexicon/<word_list>/ends")
@requires(P.TERM_PROPOSE)
def switch_off(word_list: str) -> Response:
    """Propose that an entry is in its list no longer."""
    kind = _kind(word_list)
    base, form = _base(kind) or abort(404), OffForm()
    if form.validate():
        with form.taking_refusals():
            return _proposed(operations.propose(me(), [(1, replace(base, off=True))], form.reason.data))
    return _off_page(base, form, 422)


@bp.get("/lexicon/not-errors/new")
@requires(P.EXCEPTION_PROPOSE)
def new_exception() -> Response:
    """The form for 不是错, filled with what an item's page knows (?family=, ?words=, ?sentence=)."""
    return _exception_page(ExceptionForm(formdata=None, data=request.args.to_dict()))


@bp.post("/lexicon/not-errors")
@requires(P.EXCEPTION_PROPOSE)
def propose_exception() -> Response:
    """Propose that some words are no error."""
    form = ExceptionForm()
    if form.validate():
        with form.taking_refusals():
            return _proposed(
                operations.propose_exception(
                    me(), Family(form.family.data), form.words.data, form.reason.data, form.sentence.data
                )
            )
    return _exception_page(form, 422)


# -- deciding -----------------------------------------------------------------------------------


@bp.get("/lexicon/proposals/<int:proposal_id>")
@requires(P.SUBMISSION_READ)
def proposal(proposal_id: int, form: RejectForm | None = None, status: int = 200) -> Response:
    """One proposal: every line before and after, and the decision."""
    found = _proposal(proposal_id)
    actor = me()
    return respond(
        "proofreading/proposal.html",
        status=status,
        proposal=found,
        kind=KINDS[found.kind],
        compared=_compared(found),
        may_confirm=found.state is TermState.PROPOSED and post_reaching(actor, P.TERM_CONFIRM, found) is not None,
        own=actor.id in (found.proposed_by_id, found.proposed_for_id),
        form=form or RejectForm(version=found.version),
    )


@bp.post("/lexicon/proposals/<int:proposal_id>/confirmations")
@requires(P.TERM_CONFIRM, sure=True)
def confirm(proposal_id: int) -> Response:
    """Put a proposal in force."""
    form, found = DecisionForm(), _proposal(proposal_id)
    place = url_for(".proposal", proposal_id=proposal_id)
    operations.confirm(me().at(answer=place), found, form.version.data)
    flash(f"{found}已确认，按写明的日子生效。")
    return see_other(place)


@bp.post("/lexicon/proposals/<int:proposal_id>/rejections")
@requires(P.TERM_CONFIRM, sure=True)
def reject(proposal_id: int) -> Response:
    """Turn a proposal down."""
    form, found = RejectForm(), _proposal(proposal_id)
    if not form.validate():
        return proposal(proposal_id, form, 422)
    place = url_for(".proposal", proposal_id=proposal_id)
    operations.reject(me().at(answer=place), found, form.reason.data, form.version.data)
    flash(f"没有同意{found}，理由已记下。")
    return see_other(place)


# -- files --------------------------------------------------------------------------------------


@bp.get("/lexicon/<word_list>/imports")
@requires(P.TERM_PROPOSE)
def imports(word_list: str) -> Response:
    """The form for a file of entries."""
    return _import_page(_kind(word_list), ImportForm(formdata=None))


@bp.post("/lexicon/<word_list>/imports")
@requires(P.TERM_PROPOSE)
def preview(word_list: str) -> Response:
    """What a file would change, line by line; nothing is kept."""
    kind, form = _kind(word_list), ImportForm()
    if not form.validate():
        return _import_page(kind, form, 422)
    with form.taking_refusals():
        name = form.file.data.filename or ""
        content = form.file.data.read(table_file.MOST_BYTES + 1)
        looked_at = queries.preview(kind, table_file.read(name, content, term_file.LIMITS))
        return _preview_page(kind, looked_at, _batch(kind, looked_at, name), 422 if looked_at.refused else 200)
    return _import_page(kind, form, 422)


@bp.post("/lexicon/<word_list>/imports/proposals")
@requires(P.TERM_PROPOSE)
def propose_import(word_list: str) -> Response:
    """Propose everything a file would change, as one batch."""
    kind, form = _kind(word_list), BatchForm()
    table = table_file.read("x.csv", (form.table.data or "").encode(), term_file.LIMITS)
    looked_at = queries.preview(kind, table)
    if form.validate() and not looked_at.refused:
        with form.taking_refusals():
            source = (form.source.data or "")[:100]
            return _proposed(operations.propose(me(), looked_at.lines, form.reason.data, source))
    return _preview_page(kind, looked_at, form, 422)


# -- shared -------------------------------------------------------------------------------------


def _kind(name: str) -> Kind:
    return kind_named(name) or abort(404)


def _proposal(proposal_id: int) -> TermProposal:
    return queries.proposal(proposal_id) or abort(404)


def _may() -> dict[str, bool]:
    """What the person may do on these pages, for the buttons."""
    roles = me().roles
    return {"propose": allows(roles, P.TERM_PROPOSE), "exception": allows(roles, P.EXCEPTION_PROPOSE)}


def _base(kind: Kind) -> TermEntry | None:
    """The entry that is to be changed or ended: a confirmed row, or what is shipped; None for a new one."""
    if request.args.get("term"):
        row: ListedTerm | None = queries.term(request.args.get("term", 0, type=int))
        return row.entry if row and row.kind is kind.kind and row.state is TermState.CONFIRMED else abort(404)
    words = request.args.get("shipped")
    return (queries.shipped(kind.kind, words) or abort(404)) if words else None


def _meant() -> dict[str, str]:
    """The part of the address that names the entry which is to be changed or ended."""
    return {name: request.args[name] for name in ("term", "shipped") if name in request.args}


def _proposed(found: TermProposal) -> Response:
    flash(f"{found}已送出，等另一位同事确认后生效。")
    return see_other(url_for(".proposal", proposal_id=found.id))


def _form_page(kind: Kind, form: EntryForm, base: TermEntry | None, status: int = 200) -> Response:
    return respond("proofreading/entry.html", status=status, kind=kind, form=form, base=base, meant=_meant())


def _off_page(base: TermEntry, form: OffForm, status: int = 200) -> Response:
    columns = comparison.columns(base, queries.unit_names())
    return respond(
        "proofreading/off.html",
        status=status,
        kind=KINDS[base.kind],
        base=base,
        meant=_meant(),
        columns=columns,
        form=form,
    )


def _exception_page(form: ExceptionForm, status: int = 200) -> Response:
    return respond("proofreading/exception.html", status=status, form=form, kind=KINDS[TermKind.EXCEPTIONS])


def _import_page(kind: Kind, form: ImportForm, status: int = 200) -> Response:
    return respond(
        "proofreading/imports.html", status=status, kind=kind, form=form, head=term_file.head(kind),
        most=term_file.MOST_CHANGES, rows=term_file.LIMITS.rows,
    )  # fmt: skip


def _preview_page(kind: Kind, looked_at: queries.Preview, form: BatchForm, status: int) -> Response:
    names = queries.unit_names()
    compared = [(line, comparison.differences(line.before, line.entry, names)) for line in looked_at.changing]
    return respond(
        "proofreading/preview.html", status=status, kind=kind, preview=looked_at, compared=compared, form=form
    )


def _batch(kind: Kind, looked_at: queries.Preview, name: str) -> BatchForm:
    """The form that carries what would change from the preview to the proposal."""
    names = queries.unit_names()
    rows = [(line.entry, names.get(line.entry.owner_id or 0, "")) for line in looked_at.changing]
    table = table_file.write_csv(term_file.table_of(kind, rows)).decode("utf-8-sig")
    return BatchForm(formdata=None, data={"table": table, "source": name})


def _compared(found: TermProposal) -> list[dict[str, Any]]:
    """Every line of a proposal with what it changes; of a decided one its content."""
    names = queries.unit_names()
    pairs = queries.changes(found) if found.state is TermState.PROPOSED else [(row, None) for row in found.terms]
    return [
        {
            "row": row,
            "before": before,
            "differences": comparison.differences(before, row.entry, names),
            "lasts_until": before and before.lasts_until(row.entry),
        }
        for row, before in pairs
    ]
