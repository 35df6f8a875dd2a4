"""The publisher's desk: what waits, what has a set time, what was published."""

from flask import Blueprint, Response, abort, flash, url_for

from town_portal.access.guard import me, person, requires
from town_portal.access.permissions import Permission as P
from town_portal.accounts.identity import identified
from town_portal.audit import queries as trail
from town_portal.foundation import clock
from town_portal.publishing import operations, queries
from town_portal.publishing.forms import ButtonForm, PublishForm, ReturnForm, ScheduleForm, WithdrawForm
from town_portal.review.operations import return_for_revision
from town_portal.submissions import queries as submissions
from town_portal.submissions.models import Submission
from town_portal.submissions.rules.lifecycle import State
from town_portal.web.forms import VersionedForm
from town_portal.web.navigation import Entry
from town_portal.web.paging import page_of
from town_portal.web.respond import respond, see_other

bp = Blueprint("publishing", __name__)

MENU = (Entry("发布", "publishing.index", "send", (P.PUBLISH,), short="发布"),)


@bp.get("/publishing")
@requires(P.PUBLISH)
def index() -> Response:
    """Everything a publisher has before him, alarms first."""
    return respond(
        "publishing/index.html",
        awaiting=queries.awaiting(),
        scheduled=queries.scheduled(),
        missed=queries.missed(),
        page=page_of(queries.published_lately(person()), size=10),
    )


@bp.get("/publishing/<int:submission_id>")
@requires(P.PUBLISH)
def show(submission_id: int, status: int = 200, **forms: VersionedForm) -> Response:
    """One item before or after publication: the text, its signatures, and the acts."""
    submission = _load_to_show(submission_id)
    if submission.state not in (State.APPROVED, State.SCHEDULED, State.PUBLISHED, State.WITHDRAWN):
        for form in forms.values():
            form.say_refusals()
        return see_other(url_for("submissions.show", submission_id=submission_id))
    version = submission.version
    return respond(
        "publishing/show.html",
        status=status,
        submission=submission,
        revision=submission.revision,
        publication=queries.of_submission(submission_id),
        signatures=submissions.standing(submission),
        steps=submissions.steps(submission, submissions.signatures(submission_id)),
        events=trail.timeline("Submission", submission_id),
        publish_form=forms.get("publish_form") or PublishForm(version=version, formdata=None),
        schedule_form=forms.get("schedule_form") or ScheduleForm(version=version, formdata=None, prefix="s-"),
        withdraw_form=forms.get("withdraw_form") or WithdrawForm(version=version, formdata=None, prefix="w-"),
        return_form=forms.get("return_form") or ReturnForm(version=version, formdata=None, prefix="r-"),
        button_form=ButtonForm(version=version, formdata=None),
    )


@bp.post("/publishing/<int:submission_id>/publications")
@requires(P.PUBLISH)
def publish(submission_id: int) -> Response:
    """Publish now."""
    submission, form = _load(submission_id), PublishForm()
    form.check_seen(submission)
    actor = identified(me(), form.password, final=True) if form.validate_on_submit() else None
    if actor is not None:
        with form.taking_refusals():
            location = url_for(".show", submission_id=submission_id)
            publication = operations.publish(
                actor.at(answer=location), submission, form.version.data, form.note.data or ""
            )
            flash(
                f"已发布，索引号 {publication.index_number}。{'在黄金期内。' if publication.timely else '已过黄金期，记为不及时。'}"
            )
            return see_other(location)
    return show(submission_id, 422, publish_form=form)


@bp.post("/publishing/<int:submission_id>/schedules")
@requires(P.PUBLISH)
def schedule(submission_id: int) -> Response:
    """Publish at a set time."""
    submission, form = _load(submission_id), ScheduleForm(prefix="s-")
    form.check_seen(submission)
    actor = identified(me(), form.password, final=True) if form.validate_on_submit() else None
    if actor is not None:
        with form.taking_refusals():
            operations.schedule(actor, submission, form.version.data, form.moment())
            late = clock.day_of(form.moment()) > submission.golden_until
            flash("已定时，到时自动发布。错过时间会在这里报警。")
            if late:
                flash("注意：定的时间已过黄金期，会记为不及时。", "warning")
            return see_other(url_for(".show", submission_id=submission_id))
    return show(submission_id, 422, schedule_form=form)


@bp.post("/publishing/<int:submission_id>/unschedulings")
@requires(P.PUBLISH)
def unschedule(submission_id: int) -> Response:
    """Take the set time back."""
    submission, form = _load(submission_id), ButtonForm()
    operations.unschedule(me(), submission, form.version.data)
    flash("已取消定时，请另行发布。")
    return see_other(url_for(".show", submission_id=submission_id))


@bp.post("/publishing/<int:submission_id>/withdrawals")
@requires(P.PUBLISH)
def withdraw(submission_id: int) -> Response:
    """Take an article away from the public."""
    submission, form = _load(submission_id), WithdrawForm(prefix="w-")
    form.check_seen(submission)
    actor = identified(me(), form.password, final=True) if form.validate_on_submit() else None
    if actor is not None:
        with form.taking_refusals():
            operations.withdraw(actor, submission, form.version.data, form.reason.data or "")
            flash(f"已撤下，公众现在看不到了。改好要再发的，请{submission.unit.name}“复制为新稿”重新报送。")
            return see_other(url_for(".show", submission_id=submission_id))
    return show(submission_id, 422, withdraw_form=form)


@bp.post("/publishing/<int:submission_id>/returns")
@requires(P.PUBLISH)
def return_(submission_id: int) -> Response:
    """Send an approved item back."""
    submission, form = _load(submission_id), ReturnForm(prefix="r-")
    form.check_seen(submission)
    if form.validate_on_submit():
        with form.taking_refusals():
            return_for_revision(me(), submission, form.version.data, [], form.opinion.data or "")
            flash(f"已退回：{submission.title}。")
            return see_other(url_for(".index"))
    return show(submission_id, 422, return_form=form)


def _load(submission_id: int) -> Submission:
    return submissions.get(submission_id, person()) or abort(404)


def _load_to_show(submission_id: int) -> Submission:
    return submissions.get_to_show(submission_id, person()) or abort(404)
