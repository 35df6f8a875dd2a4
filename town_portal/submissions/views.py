"""Pages of items: lists, the editor, one item, its versions, handing in."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, request, url_for
from werkzeug.datastructures import FileStorage

from town_portal.access.guard import me, person, requires
from town_portal.access.permissions import Permission as P
from town_portal.access.roles import Role
from town_portal.accounts.identity import confirmed_lately, identified
from town_portal.audit import queries as trail
from town_portal.audit.unit_of_work import first_answer
from town_portal.columns import queries as columns
from town_portal.files import operations as files
from town_portal.files.store import Store
from town_portal.foundation import clock
from town_portal.foundation.errors import Repeated
from town_portal.model_texts import queries as model_texts
from town_portal.model_texts.models import ModelText
from town_portal.model_texts.rules import blanks
from town_portal.network import queries as network
from town_portal.network.models import UnitKind
from town_portal.proofreading.language_model import is_there
from town_portal.settings import queries as settings
from town_portal.submissions import operations, queries
from town_portal.submissions.forms import (
    NOTHING,
    DraftForm,
    ForeseenDayForm,
    NewWordForm,
    PlainForm,
    ReasonForm,
    SubmitForm,
    WordForm,
)
from town_portal.submissions.models import Revision, Submission
from town_portal.submissions.rules import comparison, markup, plain_text
from town_portal.submissions.rules.lifecycle import EDITABLE, State
from town_portal.submissions.rules.plain_text import picture as picture_html
from town_portal.submissions.rules.reckoning import SETTINGS
from town_portal.web.filters import full_day
from town_portal.web.forms import clean
from town_portal.web.navigation import Entry
from town_portal.web.numbers import row_number
from town_portal.web.paging import page_of
from town_portal.web.respond import respond, see_other
from town_portal.workdays import queries as workdays

bp = Blueprint("submissions", __name__)

MENU = (
    Entry("写信息", "submissions.new", "pencil-square", (P.SUBMISSION_DRAFT,), short="写信息"),
    Entry("稿件", "submissions.index", "files", (P.SUBMISSION_READ,), short="稿件"),
)
PLACES = {"Submission": lambda id: url_for("submissions.show", submission_id=id)}


def load(submission_id: int) -> Submission:
    """The item of an address to act on, or 404 when it is not there for this person."""
    return queries.get(submission_id, person()) or abort(404)


def load_to_show(submission_id: int) -> Submission:
    """The same with everything a page shows of it."""
    return queries.get_to_show(submission_id, person()) or abort(404)


# -- lists -------------------------------------------------------------------------------------


@bp.get("/submissions")
@requires(P.SUBMISSION_READ)
def index() -> Response:
    """The items this person may see, with filters."""
    chosen = request.args.get("state", "")
    states = [State(chosen)] if chosen in set(State) else []
    found = queries.search(
        person(),
        words=(clean(request.args.get("q")) or "")[:60],
        states=states,
        unit_id=request.args.get("unit", type=row_number),
        column_id=request.args.get("column", type=row_number),
        drafter_id=person().id if request.args.get("mine") else None,
    )
    return respond(
        "submissions/index.html",
        "submissions/_list.html",
        page=page_of(found),
        states=list(State),
        units=network.units(),
        leaves=columns.leaves(),
        chosen=request.args,
    )


# -- the editor --------------------------------------------------------------------------------


@bp.get("/submissions/new")
@requires(P.SUBMISSION_DRAFT)
def new() -> Response:
    """The ways to begin: what was typed and not saved, an empty form, a Word file, a model text, a draft."""
    return respond(
        "submissions/new.html",
        copy=queries.working_copy(person().id or 0, NOTHING),
        models=model_texts.in_use(),
        drafts=queries.of_my_units(person(), (State.RETURNED, State.DRAFT)),
    )


@bp.get("/submissions/new/models/<int:model_text_id>")
@requires(P.SUBMISSION_DRAFT)
def model_text(model_text_id: int) -> Response:
    """A model text to look at: what to ask first, the day and the unit, and the words with their blanks."""
    model = _model_in_use(model_text_id) or abort(404)
    return respond(
        "submissions/model_text.html",
        model=model,
        blocks=markup.blocks(plain_text.from_text(model.body)),
        units=_my_units(),
        copy=queries.working_copy(person().id or 0, NOTHING),
    )


@bp.get("/submissions/new/blank")
@requires(P.SUBMISSION_DRAFT)
def blank() -> Response:
    """An empty form, one begun from a model text, or what was typed and not saved last time."""
    form = _draft_form()
    _suggest(form)
    copy = queries.working_copy(person().id or 0, NOTHING)
    if copy is not None:
        form.show_kept(copy.fields)
    elif model := _model_in_use(request.args.get("model", type=row_number)):
        _begin_from_model(form, model)
    else:
        _begin_in_column(form)
    return _editor(form, None, copy)


@bp.post("/submissions")
@requires(P.SUBMISSION_DRAFT)
def create() -> Response:
    """Save a new item as its first version."""
    form = _draft_form()
    if form.validate_on_submit():
        with form.taking_refusals(), _kept_until_saved(NOTHING, form):
            body, attachments = _with_uploads(form, None)
            submission = operations.draft(me(), form.unit_id.data, form.text(body, attachments))
            return _after_saving(submission)
    return _editor(form, None, None, 422)


@bp.get("/submissions/<int:submission_id>/editing")
@requires(P.SUBMISSION_DRAFT)
def edit(submission_id: int) -> Response:
    """The form with the newest version, or with what this person typed and did not save."""
    submission = load_to_show(submission_id)
    if submission.state not in EDITABLE or submission.unit_id not in person().units_as(Role.REPORTER):
        return see_other(url_for(".show", submission_id=submission_id))
    form = _draft_form(submission)
    copy = queries.working_copy(person().id or 0, submission_id)
    if submission.revision is not None:
        form.show(submission.revision)
        form.keep.data = [file.file_id for file in submission.revision.attachments]
    if copy is not None:
        form.show_kept(copy.fields)
    form.version.data = submission.version
    return _editor(form, submission, copy)


@bp.post("/submissions/<int:submission_id>/revisions")
@requires(P.SUBMISSION_DRAFT)
def update(submission_id: int) -> Response:
    """Save a new version; nothing is saved when nothing changed."""
    submission = load(submission_id)
    form = _draft_form(submission)
    if form.validate_on_submit():
        base = submission.revision.body_html if submission.revision else ""
        with form.taking_refusals(), _kept_until_saved(submission_id, form, base):
            body, attachments = _with_uploads(form, submission.revision)
            text = form.text(body, attachments)
            if submission.revision is not None and text == operations.text_of(submission.revision):
                operations.drop_working_copy(person(), submission_id)
            else:
                operations.revise(me(), submission, text, form.version.data)
            return _after_saving(submission)
    return _editor(form, submission, None, 422)


@bp.post("/working-copies/<int:slot>")
@requires(P.SUBMISSION_DRAFT)
def keep_working_copy(slot: int) -> Response:
    """Autosave: keep what is being typed; tell when somebody else saved meanwhile."""
    submission = load(slot) if slot else None
    form = _draft_form(submission)
    base = submission.revision.body_html if submission and submission.revision else ""
    try:
        copy = operations.keep_working_copy(me(), slot, form.version.data, form.kept(base), form.follows.data or "")
    except operations.Elsewhere as other:
        return respond("submissions/_save.html", "submissions/_save.html", status=409, elsewhere=other.copy)
    quicker = None
    if copy and submission and form.version.data and form.version.data != submission.version:
        quicker = trail.latest("Submission", submission.id)
    return respond("submissions/_save.html", "submissions/_save.html", copy=copy, quicker=quicker, late=copy is None)


@bp.post("/proofreading/<int:slot>")
@requires(P.SUBMISSION_DRAFT)
def proofread(slot: int) -> Response:
    """What the proofreader finds in what is being typed; keeps nothing."""
    submission = load(slot) if slot else None
    form = _draft_form(submission)
    base = submission.revision.body_html if submission and submission.revision else ""
    kept = [(number, form.keep.choices[number]) for number in form.keep.data or [] if number in form.keep.choices]
    earlier = queries.prior(submission) if submission else ()
    title, body = form.title.data or "", markup.sanitised(form.html(base))
    found = queries.spotted_in(title, body, kept, prior=earlier, with_speller=True)
    return respond(
        "submissions/_found.html",
        "submissions/_found.html",
        found=found,
        checked_at=clock.now(),
        speller=is_there(),
        empty=not title and not markup.words(body).strip(),
    )


@bp.post("/working-copies/<int:slot>/discarding")
@requires(P.SUBMISSION_DRAFT)
def drop_working_copy(slot: int) -> Response:
    """Forget what was typed and not saved."""
    operations.drop_working_copy(person(), slot)
    return see_other(url_for(".edit", submission_id=slot) if slot else url_for(".new"))


# -- from a Word file --------------------------------------------------------------------------


@bp.get("/submissions/new/word")
@requires(P.SUBMISSION_DRAFT)
def word_file(form: NewWordForm | None = None, status: int = 200) -> Response:
    """Choose a Word file to begin an item from."""
    return respond("submissions/word_file.html", status=status, form=form or _new_word_form(), submission=None)


@bp.post("/submissions/word-files")
@requires(P.SUBMISSION_DRAFT)
def begin_from_word() -> Response:
    """A new item with the text and the pictures of a Word file."""
    form = _new_word_form()
    if form.validate_on_submit():
        usual = _usual(form.unit_id.data)
        with form.taking_refusals():
            facts = form.facts(usual.column_id, usual.source)
            submission = operations.draft_from_word(me(), _store(), form.unit_id.data, form.word, facts)
            return see_other(url_for(".edit", submission_id=submission.id))
    return word_file(form, 422)


@bp.get("/submissions/<int:submission_id>/word-file")
@requires(P.SUBMISSION_DRAFT)
def other_word_file(submission_id: int, form: WordForm | None = None, status: int = 200) -> Response:
    """Choose a Word file whose text takes the place of an item's."""
    submission = load(submission_id)
    if submission.state not in EDITABLE or submission.unit_id not in person().units_as(Role.REPORTER):
        return see_other(url_for(".show", submission_id=submission_id))
    return respond(
        "submissions/word_file.html",
        status=status,
        form=form or WordForm(version=submission.version, formdata=None),
        submission=submission,
        unsaved=queries.working_copy(person().id or 0, submission_id),
    )


@bp.post("/submissions/<int:submission_id>/word-files")
@requires(P.SUBMISSION_DRAFT)
def replace_from_word(submission_id: int) -> Response:
    """Put the text of a Word file in the place of an item's."""
    submission, form = load(submission_id), WordForm()
    if form.validate_on_submit():
        actor = me().at(answer=url_for(".edit", submission_id=submission_id))
        with form.taking_refusals():
            operations.replace_from_word(actor, _store(), submission, form.word, form.version.data)
            return see_other(url_for(".edit", submission_id=submission_id))
    return other_word_file(submission_id, form, 422)


@bp.post("/submissions/<int:submission_id>/import-report/dismissals")
@requires(P.SUBMISSION_DRAFT)
def put_report_away(submission_id: int) -> Response:
    """Put the report on a Word file away."""
    operations.put_report_away(person(), load(submission_id))
    return see_other(url_for(".edit", submission_id=submission_id))


# -- one item ----------------------------------------------------------------------------------


@bp.get("/submissions/<int:submission_id>")
@requires(P.SUBMISSION_READ)
def show(submission_id: int, status: int = 200, **forms: Any) -> Response:
    """One item: the text as it would be published, where it is, and its whole trace."""
    submission = load_to_show(submission_id)
    signatures, events = queries.signatures(submission_id), queries.history(submission)
    return respond(
        "submissions/show.html",
        status=status,
        submission=submission,
        revision=submission.revision,
        steps=queries.steps(submission, signatures),
        signatures=signatures,
        events=events,
        spent=queries.golden_spent_of(submission, events),
        ran=current_app.extensions["ran_on"](submission_id)
        if submission.state in (State.PUBLISHED, State.WITHDRAWN)
        else (),
        notes=queries.return_notes(submission_id)[:1] if submission.state is State.RETURNED else [],
        marked_lines=queries.marked_lines,
        relatives=queries.relatives(submission, person()),
        moves=_moves(submission),
        recall_form=forms.get("recall_form") or ReasonForm(version=submission.version, formdata=None),
        discard_form=forms.get("discard_form") or ReasonForm(version=submission.version, formdata=None, prefix="d-"),
        plain_form=PlainForm(version=submission.version, formdata=None),
    )


@bp.get("/submissions/<int:submission_id>/limits")
@requires(P.SUBMISSION_READ)
def limits(submission_id: int) -> Response:
    """Why the limit of the stage at hand, and the golden period, end when they do: day by day."""
    submission = load_to_show(submission_id)
    return respond(
        "submissions/limits.html",
        "submissions/_limits.html",
        submission=submission,
        step=queries.step_explained(submission),
        golden=queries.golden_explained(submission),
        spent=queries.golden_spent_of(submission, queries.history(submission)),
        title=queries.stage_title,
        notices=workdays.notices(),
    )


@bp.get("/submissions/reckoning")
@requires(P.CALENDAR_AMEND, P.SETTING_PROPOSE, P.SETTING_CONFIRM)
def reckoning() -> Response:
    """Before it is decided: how many open items a proposed setting, or another day on the calendar, would move."""
    setting = settings.get(request.args.get("setting", 0, type=row_number))
    form = ForeseenDayForm(request.args, meta={"csrf": False})
    if setting is not None and setting.key in SETTINGS:
        found = queries.foreseen_setting(setting, person())
    elif form.validate():
        found = queries.foreseen_day(form.day.data, form.works.data == "1", person())
    else:
        abort(404)
    return respond("submissions/reckoning.html", found=found, setting=setting, title=queries.stage_title)


@bp.get("/submissions/<int:submission_id>/submittal")
@requires(P.SUBMISSION_DRAFT)
def submittal(submission_id: int, form: SubmitForm | None = None, status: int = 200) -> Response:
    """Before handing in: what is missing, the way it will go, the drafter's signature."""
    submission = load_to_show(submission_id)
    if submission.state not in EDITABLE or submission.revision is None:
        if form is not None:
            form.say_refusals()
        return see_other(url_for(".show", submission_id=submission_id))
    found = queries.spotted_in_revision(submission.revision, with_speller=True)
    form = form or SubmitForm(version=submission.version)
    form.offer(found, queries.replies_before(submission_id, person().id or 0))
    return respond(
        "submissions/submittal.html",
        status=status,
        submission=submission,
        revision=submission.revision,
        issues=queries.readiness_issues(submission.revision),
        found=found,
        steps=queries.planned_steps(submission),
        drafter_signs=bool(settings.route()["drafter_signs"]),
        form=form,
        needs_password=not confirmed_lately(person()),
    )


@bp.post("/submissions/<int:submission_id>/submittals")
@requires(P.SUBMISSION_DRAFT)
def submit(submission_id: int) -> Response:
    """Hand an item in."""
    submission, form = load(submission_id), SubmitForm()
    form.check_seen(submission)
    if submission.revision is not None:
        form.offer(queries.spotted_in_revision(submission.revision), {})
        form.form_errors = [issue.words for issue in queries.readiness_issues(submission.revision)]
    ready = form.validate_on_submit() and not form.form_errors
    actor = identified(me(), form.password) if ready else None
    if actor is not None:
        location = url_for(".show", submission_id=submission_id)
        with form.taking_refusals():
            operations.submit(
                actor.at(answer=location),
                submission,
                form.version.data,
                form.opinion.data or "",
                form.replies,
            )
            flash("已送审。下面能看到现在由谁办、什么时候前办完。")
            return see_other(location)
    return submittal(submission_id, form, 422)


@bp.post("/submissions/<int:submission_id>/recalls")
@requires(P.SUBMISSION_DRAFT)
def recall(submission_id: int) -> Response:
    """Take an item back."""
    submission, form = load(submission_id), ReasonForm()
    if form.validate_on_submit():
        with form.taking_refusals():
            operations.recall(me(), submission, form.version.data, form.reason.data or "")
            flash("已撤回，可以修改了。")
            return see_other(url_for(".edit", submission_id=submission_id))
    return show(submission_id, 422, recall_form=form)


@bp.post("/submissions/<int:submission_id>/discards")
@requires(P.SUBMISSION_DRAFT)
def discard(submission_id: int) -> Response:
    """Give an item up."""
    submission, form = load(submission_id), ReasonForm(prefix="d-")
    if form.validate_on_submit():
        with form.taking_refusals():
            operations.discard(me(), submission, form.version.data, form.reason.data or "")
            flash("已作废，留痕里还查得到。")
            return see_other(url_for(".index"))
    return show(submission_id, 422, discard_form=form)


@bp.post("/submissions/<int:submission_id>/copies")
@requires(P.SUBMISSION_DRAFT)
def copy_as_new(submission_id: int) -> Response:
    """A new draft with the same text."""
    units = person().units_as(Role.REPORTER)
    copy = operations.copy_as_new(me(), load(submission_id), units[0])
    flash("这是复制出来的新稿。请改标题、日期和内容，再重新做保密审查。")
    return see_other(url_for(".edit", submission_id=copy.id))


@bp.post("/submissions/<int:submission_id>/corrections")
@requires(P.SUBMISSION_DRAFT)
def correct(submission_id: int) -> Response:
    """A draft that will replace a published text."""
    correction = operations.correct(me(), load(submission_id))
    flash("已起草更正稿。改好后送审，审定发布前，网上还是原来的内容。")
    return see_other(url_for(".edit", submission_id=correction.id))


# -- versions ----------------------------------------------------------------------------------


@bp.get("/submissions/<int:submission_id>/revisions")
@requires(P.SUBMISSION_READ)
def revisions(submission_id: int) -> Response:
    """Every version of an item, to choose two for comparison."""
    submission = load_to_show(submission_id)
    return respond("submissions/revisions.html", submission=submission, revisions=queries.revisions(submission_id))


@bp.get("/submissions/<int:submission_id>/revisions/<int:number>")
@requires(P.SUBMISSION_READ)
def revision(submission_id: int, number: int) -> Response:
    """One version as it was."""
    submission = load_to_show(submission_id)
    found = queries.revision(submission_id, number) or abort(404)
    return respond("submissions/revision.html", submission=submission, revision=found)


@bp.get("/submissions/<int:submission_id>/comparison")
@requires(P.SUBMISSION_READ)
def compare(submission_id: int) -> Response:
    """Two versions against each other: fields, text, pictures, attachments."""
    submission = load_to_show(submission_id)
    newest = queries.last_number(submission_id)
    new_ = queries.revision(submission_id, request.args.get("new", newest, type=row_number)) or abort(404)
    old = _compared_with(submission, request.args.get("old", ""), new_)
    return respond(
        "submissions/comparison.html",
        submission=submission,
        old=old,
        new=new_,
        difference=queries.difference(old, new_),
        revisions=queries.revisions(submission_id),
        published=queries.published_revision(submission),
    )


@bp.get("/submissions/<int:submission_id>/sign-off-sheet")
@requires(P.SUBMISSION_READ)
def sign_off_sheet(submission_id: int) -> Response:
    """审核单: everything that was signed, and what is needed to check it, on paper."""
    submission = load_to_show(submission_id)
    return respond(
        "submissions/sign_off_sheet.html",
        submission=submission,
        revision=submission.revision,
        signatures=queries.signatures(submission_id),
        events=list(reversed(trail.timeline("Submission", submission_id))),
        visits=queries.visits(submission_id),
        head=trail.head(),
    )


# -- what the views share ----------------------------------------------------------------------


def _store() -> Store:
    store: Store = current_app.extensions["store"]
    return store


def _my_units() -> dict[int, str]:
    """The units this person reports for, in the order of the network."""
    mine = person().units_as(Role.REPORTER)
    return {unit.id: unit.name for unit in network.units() if unit.id in mine}


def _offices() -> dict[int, str]:
    return {NOTHING: "请选一个办公室", **{unit.id: unit.name for unit in network.units(UnitKind.OFFICE)}}


def _new_word_form() -> NewWordForm:
    form = NewWordForm(event_on=clock.today())
    form.unit_id.choices, form.counterpart_id.choices = _my_units(), _offices()
    if len(form.unit_id.choices) == 1 and not form.is_submitted():
        form.unit_id.data = next(iter(form.unit_id.choices))
        form.counterpart_id.data = _usual(form.unit_id.data).counterpart_id
    return form


def _draft_form(submission: Submission | None = None) -> DraftForm:
    form = DraftForm()
    units = {submission.unit_id: submission.unit.name} if submission else _my_units()
    form.unit_id.choices = units
    form.column_id.choices = {column.id: column.name for column in columns.leaves()}
    form.counterpart_id.choices = form.cross_unit_id.choices = _offices()
    kept = submission.revision.attachments if submission and submission.revision else []
    form.keep.choices = {file.file_id: file.name for file in kept}
    if len(units) == 1 and not form.unit_id.data:
        form.unit_id.data = next(iter(units))
    return form


def _suggest(form: DraftForm) -> None:
    """Fill in what a reporter would choose himself."""
    form.event_on.data = clock.today()
    usual = _usual(form.unit_id.data)
    form.source.data, form.column_id.data = usual.source, usual.column_id
    form.counterpart_id.data = usual.counterpart_id


def _model_in_use(model_text_id: int | None) -> ModelText | None:
    model = model_texts.get(model_text_id) if model_text_id else None
    return model if model is not None and model.in_use else None


def _begin_from_model(form: DraftForm, model: ModelText) -> None:
    """Put a model's words into an empty form, with the day and the unit that were asked for first."""
    unit_id = request.args.get("unit", type=row_number)
    if unit_id in form.unit_id.choices:
        form.unit_id.data = unit_id
        _suggest(form)
    form.event_on.data = request.args.get("on", clock.today(), type=date.fromisoformat)
    known = {blanks.DAY: full_day(form.event_on.data)}
    if form.unit_id.data in form.unit_id.choices:
        known[blanks.UNIT] = form.unit_id.choices[form.unit_id.data]
    form.title.data = blanks.filled(model.title, known)
    form.show_body(plain_text.from_text(blanks.filled(model.body, known)))
    form.model_text_id.data = model.id
    if model.column is not None and model.column.open:
        form.column_id.data = model.column_id


def _begin_in_column(form: DraftForm) -> None:
    """Choose the column that was asked for, and the office it belongs to."""
    column = next((one for one in columns.leaves() if one.id == request.args.get("column", type=row_number)), None)
    if column is not None:
        form.column_id.data = column.id
        form.counterpart_id.data = column.office_id or form.counterpart_id.data


@dataclass(frozen=True, slots=True)
class _Usual:
    """What the next item of a unit will probably have in common with its last."""

    source: str = ""
    column_id: int | None = None
    counterpart_id: int = NOTHING


def _usual(unit_id: int | None) -> _Usual:
    unit = network.unit(unit_id) if unit_id else None
    if unit is None:
        return _Usual()
    last = queries.last_of_unit(unit.id)
    news = last.column if last and last.column.open else columns.by_code("gzdt")
    if unit.kind is UnitKind.OFFICE:
        office = unit.id
    elif last is not None:
        office = last.counterpart_id
    else:
        office = (news and news.office_id) or NOTHING
    return _Usual(unit.name, news.id if news else None, office)


def _editor(form: DraftForm, submission: Submission | None, copy: Any, status: int = 200) -> Response:
    current = submission.revision if submission else None
    collided = bool(copy and submission and copy.base_version not in (None, submission.version))
    return respond(
        "submissions/editor.html",
        status=status,
        form=form,
        submission=submission,
        revision=current,
        copy=copy,
        model=model_texts.get(form.model_text_id.data) if form.model_text_id.data else None,
        report=queries.import_report(submission.id) if submission else None,
        quicker=trail.latest("Submission", submission.id) if collided and submission else None,
        difference=comparison.compare(current.body_html, copy.fields.get("body_html", ""))
        if collided and current
        else [],
        note=next(iter(queries.return_notes(submission.id)), None)
        if submission and submission.state is State.RETURNED
        else None,
        leaves=columns.leaves(),
        marked_lines=queries.marked_lines,
        attachment_read=queries.attachment_read,
    )


@contextmanager
def _kept_until_saved(slot: int, form: DraftForm, base: str = "") -> Iterator[None]:
    """Keep what was typed in case saving it is refused; a form that was saved before leaves nothing behind."""
    if answered := first_answer(me()):
        raise answered
    # Saving says what is wrong by itself; what another window holds there stays as it is.
    with suppress(operations.Elsewhere):
        operations.keep_working_copy(me(), slot, form.version.data, form.kept(base), form.follows.data or "")
    try:
        yield
    except Repeated:
        operations.drop_working_copy(person(), slot)
        raise


def _with_uploads(form: DraftForm, base: Revision | None) -> tuple[str, tuple[tuple[int, str], ...]]:
    """The body with photos sent along without script, and all attachments kept and new."""
    body = form.html(base.body_html if base else "")
    store, unit_id = _store(), form.unit_id.data
    for upload in _sent(form.photos.data):
        photo = files.upload_picture(person(), store, unit_id, upload.filename or "", upload.read())
        block = markup.Block("figure", f'<img width="{photo.width}" height="{photo.height}">', [], photo.token)
        body += picture_html(block, "", "")
    named = form.keep.choices
    kept = [(file_id, named[file_id]) for file_id in form.keep.data or [] if file_id in named]
    for upload in _sent(form.uploads.data):
        file = files.upload_attachment(person(), store, unit_id, upload.filename or "", upload.read())
        kept.append((file.id, file.name))
    return markup.sanitised(body), tuple(kept)


def _sent(uploads: list[Any] | None) -> list[FileStorage]:
    return [upload for upload in uploads or [] if isinstance(upload, FileStorage) and upload.filename]


def _after_saving(submission: Submission) -> Response:
    if request.form.get("then") == "submit":
        return see_other(url_for(".submittal", submission_id=submission.id))
    flash("已保存。")
    return see_other(url_for(".edit", submission_id=submission.id))


def _moves(submission: Submission) -> dict[str, bool]:
    """Which buttons this person gets; the operations decide again."""
    reports = submission.unit_id in person().units_as(Role.REPORTER)
    state = submission.state
    return {
        "edit": reports and state in EDITABLE,
        "recall": reports and state.value.endswith("_review"),
        "discard": reports and state in EDITABLE,
        "copy": bool(person().units_as(Role.REPORTER)),
        "correct": reports and state is State.PUBLISHED,
        "review": submission.waiting_role is not None
        and state.value.endswith("_review")
        and person().post_for(submission.waiting_role, submission.waiting_unit_id) is not None,
        "publish": Role.PUBLISHER in person().roles and state in (State.APPROVED, State.SCHEDULED, State.PUBLISHED),
    }


def _compared_with(submission: Submission, wanted: str, new_: Revision) -> Revision:
    if wanted == "public":
        return queries.published_revision(submission) or abort(404)
    number = request.args.get("old", max(1, new_.number - 1), type=row_number)
    return queries.revision(submission.id, number) or abort(404)
