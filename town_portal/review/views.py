"""What waits for me, and the page on which a reviewer decides."""

from contextlib import suppress
from dataclasses import replace
from typing import Any, TypeVar

from flask import Blueprint, Response, abort, flash, make_response, render_template, request, url_for

from town_portal.access.actor import Actor
from town_portal.access.guard import me, person, requires
from town_portal.access.permissions import Permission as P
from town_portal.access.roles import Role
from town_portal.accounts.identity import confirmed_lately, identified
from town_portal.audit import queries as trail
from town_portal.foundation.errors import Repeated
from town_portal.network import queries as network
from town_portal.network.models import UnitKind
from town_portal.review import operations, queries
from town_portal.review.forms import ReturningForm, ReviewForm, SigningForm
from town_portal.settings import queries as settings
from town_portal.submissions import queries as submissions
from town_portal.submissions.models import FindingAnswer, ReturnNote, Submission
from town_portal.submissions.rules import separation
from town_portal.submissions.rules.lifecycle import IN_REVIEW, State
from town_portal.submissions.rules.spotted import Spotted, still_open
from town_portal.web.forms import new_form_key
from town_portal.web.navigation import Entry
from town_portal.web.numbers import row_number
from town_portal.web.paging import page_of
from town_portal.web.respond import respond, see_other

bp = Blueprint("review", __name__)
AnyForm = TypeVar("AnyForm", bound=ReviewForm)

WAITING = (P.REVIEW, P.SUBMISSION_DRAFT, P.PUBLISH)
MENU = (
    Entry("待我办理", "review.queue", "check2-square", WAITING, short="待办", badge="waiting"),
    Entry("我办过的", "review.done", "journal-check", (P.REVIEW,), short="办过的"),
)


# -- what waits for me ---------------------------------------------------------------------------


@bp.get("/waiting")
@requires(*WAITING)
def queue() -> Response:
    """The list of what waits for me, the urgent lane first, then the least time left."""
    seq = trail.head_seq()
    waiting = queries.queue_for(person())
    done, minutes = queries.done_today(person())
    quick = queries.quick_for(waiting) if request.args.get("quick") == "1" else None
    return respond(
        "review/queue.html",
        "review/_list.html",
        rows=[row for row in queries.narrowed(waiting, **_filters()) if quick is None or row.id in quick],
        quick=quick,
        waiting_count=len(waiting),
        live_seen=f"{seq}.{queries.seen_mark(waiting)}",
        units=sorted({row.unit for row in waiting}),
        chosen=request.args,
        done=done,
        minutes=minutes,
    )


@bp.get("/waiting/pulse")
@requires(*WAITING)
def pulse() -> Response:
    """Did my list change? Costs two small reads when nothing happened anywhere."""
    head, _, mark = request.headers.get("X-Seen", "").partition(".")
    seq = trail.head_seq()
    if head == str(seq):
        return make_response("", 204)
    rows = queries.queue_for(person())
    now = queries.seen_mark(rows)
    if now == mark:
        response = make_response("", 204)
    else:
        response = make_response(render_template("review/_pulse.html", rows=rows, waiting_count=len(rows)))
    response.headers["X-Seen"] = f"{seq}.{now}"
    return response


@bp.get("/reviewed")
@requires(P.REVIEW)
def done() -> Response:
    """What I signed and what I sent back."""
    returned = request.args.get("kind") == "returned"
    found = queries.returned_by(person()) if returned else queries.signed_by(person())
    return respond("review/done.html", page=page_of(found, scalars=False), returned=returned)


# -- one item ------------------------------------------------------------------------------------


@bp.get("/review/<int:submission_id>")
@requires(P.REVIEW)
def show(submission_id: int, form: ReviewForm | None = None, status: int = 200) -> Response:
    """The text that is to be decided on, what changed in it, and the form to sign or return."""
    submission = _load_to_show(submission_id)
    if submission.state not in IN_REVIEW or not _waits_for_me(submission):
        if form is not None:
            form.say_refusals()
        return see_other(url_for("submissions.show", submission_id=submission_id))
    signatures = submissions.signatures(submission_id)
    notes = submissions.return_notes(submission_id)
    compared = _compared_with(submission, notes)
    view = request.args.get("v") or ("diff" if compared else "final")
    form = form or _form(SigningForm, submission)
    found, said = _found(submission, form)
    at, length, previous, following = queries.neighbours(person(), submission_id)
    return respond(
        "review/show.html",
        status=status,
        submission=submission,
        revision=submission.revision,
        view=view,
        compared=compared,
        difference=submissions.difference(compared, submission.revision) if compared and submission.revision else None,
        steps=submissions.steps(submission, signatures),
        signatures=signatures,
        proofed=queries.proof_of(submission, signatures),
        found=found,
        said=said,
        events=trail.timeline("Submission", submission_id),
        notes=notes,
        spent=submissions.golden_spent_of(submission),
        objection=_objection(submission),
        position=(at, length, previous, following),
        run=queries.quick_run(person(), decided) if (decided := _decided()) is not None else None,
        decided=decided,
        form=form,
        reasons=list(form.reasons.choices),
        needs_password=submission.state is State.THIRD_REVIEW or not confirmed_lately(person()),
    )


@bp.post("/review/<int:submission_id>/proofs")
@requires(P.REVIEW)
def proof(submission_id: int) -> Response:
    """Sign 校."""
    submission, form = _load(submission_id), _form(SigningForm)
    form.check_seen(submission)
    _found(submission, form)
    actor = identified(me(), form.password) if form.validate_on_submit() else None
    if actor is not None:
        location = url_for(".show", submission_id=submission_id, quick=_decided())
        with form.taking_refusals():
            operations.proof(
                actor.at(answer=location),
                submission,
                form.version.data,
                form.digest.data or "",
                form.opinion.data or "",
                form.replies,
            )
            flash("“校”已签字。看过全文后再签“审”。")
            return see_other(location)
    return show(submission_id, form, 422)


@bp.post("/review/<int:submission_id>/signatures")
@requires(P.REVIEW)
def sign(submission_id: int) -> Response:
    """Sign 审, and 校 before it where this reviewer does both."""
    submission, form = _load(submission_id), _form(SigningForm)
    form.check_seen(submission)
    _found(submission, form)
    final = submission.state is State.THIRD_REVIEW
    actor = identified(me(), form.password, final=final) if form.validate_on_submit() else None
    if actor is not None:
        location = _after(submission_id)
        given = (form.version.data, form.digest.data or "", form.opinion.data or "")
        with form.taking_refusals():
            if not queries.proof_of(submission):
                _proof_on_the_way(actor, submission, (*given, form.replies))
            operations.sign(actor.at(answer=location), submission, *given, form.cross_unit_id.data or None)
            flash(f"已签字通过：{submission.title}。现在是“{submission.state.label}”。")
            return see_other(location)
    return show(submission_id, form, 422)


@bp.post("/review/<int:submission_id>/returns")
@requires(P.REVIEW)
def return_(submission_id: int) -> Response:
    """Send the item back."""
    submission, form = _load(submission_id), _form(ReturningForm)
    form.check_seen(submission)
    form.text = submissions.text_to_mark(submission)
    if form.validate_on_submit():
        location = _after(submission_id)
        with form.taking_refusals():
            operations.return_for_revision(
                me().at(answer=location),
                submission,
                form.version.data,
                form.reasons.data or [],
                form.opinion.data or "",
                form.marks(),
            )
            flash(f"已退回：{submission.title}。已请{submission.unit.name}修改。")
            return see_other(location)
    return show(submission_id, form, 422)


@bp.post("/review/<int:submission_id>/claims")
@requires(P.REVIEW)
def claim(submission_id: int) -> Response:
    """Take one for myself."""
    form = _form(ReviewForm)
    operations.claim(me(), _load(submission_id), form.version.data)
    flash("您认领了这篇，同岗位的人会看到。不看了请点“放回”。")
    return see_other(url_for(".show", submission_id=submission_id))


@bp.post("/review/<int:submission_id>/releases")
@requires(P.REVIEW)
def release(submission_id: int) -> Response:
    """Put one back."""
    form = _form(ReviewForm)
    operations.release(me(), _load(submission_id), form.version.data)
    flash("已放回，同岗位的人都可以办。")
    return see_other(url_for(".show", submission_id=submission_id))


def _decided() -> int | None:
    """How many the reviewer has decided in a run through what is quick; None outside of one."""
    return request.args.get("quick", type=row_number)


def _after(submission_id: int) -> str:
    """Where a decision leads: to the queue, or in a run to the next quick one, and after the last to their list."""
    decided = _decided()
    if decided is None:
        return url_for(".queue")
    following = queries.quick_run(person(), decided).following(submission_id)
    if following is None:
        return url_for(".queue", quick=1)
    return url_for(".show", submission_id=following, quick=decided + 1)


def _proof_on_the_way(actor: Actor, submission: Submission, given: tuple[int | None, str, str, dict[str, str]]) -> None:
    """Sign 校 under a key of its own; a form that did so before goes on to 审, where it is answered."""
    own_key = replace(actor, form_key=f"{actor.form_key}/校") if actor.form_key else actor
    with suppress(Repeated):
        operations.proof(own_key, submission, *given)


def _filters() -> dict[str, Any]:
    return {
        "unit": request.args.get("unit", "")[:40],
        "due_today": request.args.get("due") == "today",
        "again": request.args.get("again") == "1",
    }


def _load(submission_id: int) -> Submission:
    return submissions.get(submission_id, person()) or abort(404)


def _load_to_show(submission_id: int) -> Submission:
    return submissions.get_to_show(submission_id, person()) or abort(404)


def _waits_for_me(submission: Submission) -> bool:
    role = submission.waiting_role
    return role is not None and person().post_for(role, submission.waiting_unit_id) is not None


def _form(kind: type[AnyForm], submission: Submission | None = None) -> AnyForm:
    form = kind()
    offices = {unit.id: unit.name for unit in network.units(UnitKind.OFFICE)}
    form.cross_unit_id.choices = {0: "不转", **offices}
    form.reasons.choices = {reason: reason for reason in settings.value("return_reasons")["reasons"]}
    if submission is not None:
        form.version.data, form.digest.data = submission.version, submission.digest
        form.form_key.data = new_form_key()
    return form


def _compared_with(submission: Submission, notes: list[ReturnNote]) -> Any:
    """What a reviewer compares a re-filed text with: the returned one; of a correction, the live one."""
    if notes and notes[0].revision_id != submission.revision_id:
        return notes[0].revision
    if submission.corrects_id is not None:
        return submissions.published_revision(submission)
    return None


def _found(submission: Submission, form: ReviewForm) -> tuple[list[Spotted], dict[str, list[FindingAnswer]]]:
    """What the proofreader finds today and what was said to it; what is left goes on the form."""
    if submission.revision is None:
        return [], {}
    found = submissions.spotted_in_revision(submission.revision, with_speller=True)
    said = submissions.answers_to(submission.revision.id) if any(one.weighs for one in found) else {}
    left = still_open(found, {key: [one.answer for one in given] for key, given in said.items()})
    form.offer(left, submissions.replies_before(submission.id, person().id or 0) if left else {})
    return found, said


def _objection(submission: Submission) -> str | None:
    role = submission.waiting_role or Role.HEAD
    post = person().post_for(role, submission.waiting_unit_id)
    persons = {one for one in (person().id, post.acting_for_id if post else None) if one is not None}
    return separation.objection(persons, submissions.hands(submission.id), submission.state)
