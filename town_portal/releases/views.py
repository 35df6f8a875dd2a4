"""Pages of 渠道发布: the list of what is to be done, one page for each article, many lines at once, channels."""

import json
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, request, url_for

from town_portal.access.guard import me, person, requires
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import allows, post_reaching
from town_portal.files.store import Store
from town_portal.foundation import clock
from town_portal.foundation.errors import Refused
from town_portal.network.rules import table_file
from town_portal.publishing.models import Publication, Standing
from town_portal.releases import operations, queries
from town_portal.releases.forms import (
    ButtonForm,
    ChannelForm,
    CorrectedForm,
    EntriesForm,
    ListForm,
    NoteForm,
    PlanForm,
    ProofForm,
    ReasonForm,
    RecordForm,
    ReportForm,
    TextForm,
)
from town_portal.releases.models import Release, ReleaseChannel
from town_portal.releases.queries import Show
from town_portal.releases.rules import layout, list_file
from town_portal.releases.rules.channel import USUAL, Medium, Tier
from town_portal.releases.rules.list_file import RefusedLine
from town_portal.submissions.rules import comparison, plain_text
from town_portal.web.forms import Form, VersionedForm, new_form_key
from town_portal.web.navigation import Entry
from town_portal.web.paging import page_of
from town_portal.web.respond import download, respond, see_other

bp = Blueprint("releases", __name__)

MENU = (Entry("渠道发布", "releases.index", "globe", (P.SUBMISSION_READ,)),)
CHANNELS = (Entry("发布渠道", "releases.channels", "list-ul", (P.RELEASE_CHANNEL_MANAGE,), group="设置"),)
PLACES = {
    "Release": lambda id: url_for("releases.one", release_id=id),
    "ReleaseChannel": lambda _id: url_for("releases.channels"),
}
LISTS = table_file.Limits(rows=2_000, characters=500)
ZIP = "application/zip"


@bp.get("/releases")
@requires(P.SUBMISSION_READ)
def index() -> Response:
    """What waits on channels, by what is to be done; ``?show=`` and ``?channel=`` choose."""
    counts = queries.figures(person())
    asked = request.args.get("show", "")
    first = Show.TODO if counts[Show.TODO] or allows(person().roles, P.RELEASE) else Show.ALL
    show = Show(asked) if asked in tuple(Show) else first
    channel_id = request.args.get("channel", type=int)
    page = page_of(queries.releases(person(), show, channel_id), total=counts[show] if channel_id is None else None)
    return respond(
        "releases/index.html",
        show=show,
        shows=list(Show),
        counts=counts,
        page=page,
        checks=queries.checks_of(page.rows),
        channels=queries.channels(everything=True),
        channel_id=channel_id,
        may_record=allows(person().roles, P.RELEASE),
    )


@bp.get("/releases/<int:release_id>")
@requires(P.SUBMISSION_READ)
def one(release_id: int) -> Response:
    """The place of one release: on the page of its article."""
    release = _release(release_id)
    return see_other(url_for(".show", publication_id=release.publication_id, _anchor=f"r{release_id}"))


@bp.get("/releases/publications/<int:publication_id>")
@requires(P.SUBMISSION_READ)
def show(
    publication_id: int, status: int = 200, form: VersionedForm | Form | None = None, act: str = "", number: int = 0
) -> Response:
    """One article on all channels: state, copies, link, screenshot, and what can be done. ``form``: one that was refused."""
    publication = _publication(publication_id)
    releases = queries.of_publication(publication_id)
    texts = queries.texts_of(one.id for one in releases)
    planned = {one.channel_id for one in releases}
    worked = queries.channels()
    free, reportable = [one for one in worked if one.id not in planned], _reportable(worked, releases)
    can_record = post_reaching(person(), P.RELEASE, publication) is not None
    can_report = post_reaching(person(), P.RELEASE_REPORT, publication) is not None
    return respond(
        "releases/show.html",
        status=status,
        publication=publication,
        releases=releases,
        fitting={one.id: queries.fitting(texts.get(one.id, ()), publication.revision) for one in releases},
        texts=texts,
        checks=queries.checks_of(releases),
        live=publication.standing is Standing.LIVE,
        free=free,
        pictures=layout.pictures(publication.revision.body_html),
        copies={one.id: _copy(publication, texts.get(one.id, ())) for one in releases},
        events=queries.events_of(publication_id, [one.id for one in releases]),
        can_record=can_record,
        can_report=can_report and bool(reportable),
        form=form,
        act=act,
        number=number,
        blank=_blank,
        told=lambda event: json.loads(event.detail).get("channels", ()),
        plan_form=form if act == "plan" else _plan_form(free, fresh=True),
        report_form=form if act == "report" else _report_form(reportable, fresh=True),
    )


def _blank(act: str, release: Release) -> VersionedForm:
    """A fresh form for an act on a release."""
    made = FORMS[act](formdata=None, prefix=_prefix(act, release.id), version=release.version)
    if isinstance(made, RecordForm):
        made.day.data = clock.today()
    return made


FORMS: dict[str, type[VersionedForm]] = {
    "send": ButtonForm,
    "record": RecordForm,
    "decline": NoteForm,
    "drop": ReasonForm,
    "resume": ButtonForm,
    "take_back": ReasonForm,
    "confirm": ButtonForm,
    "reject": ReasonForm,
    "prove": ProofForm,
    "recall": ReasonForm,
    "correct": CorrectedForm,
}


def _prefix(act: str, number: int) -> str:
    return f"{act}-{number}-"


def _plan_form(free: list[ReleaseChannel], *, fresh: bool = False) -> PlanForm:
    form = PlanForm(formdata=None, prefix="plan-") if fresh else PlanForm(prefix="plan-")
    form.channels.choices = [(one.id, one.name) for one in free]
    return form


def _report_form(reportable: list[ReleaseChannel], *, fresh: bool = False) -> ReportForm:
    form = ReportForm(formdata=None, prefix="report-") if fresh else ReportForm(prefix="report-")
    form.channel_id.choices = [(one.id, one.name) for one in reportable]
    if fresh:
        form.day.data = clock.today()
    return form


def _reportable(worked: list[ReleaseChannel], releases: list[Release]) -> list[ReleaseChannel]:
    """The channels on which nothing is recorded or reported yet."""
    settled = {one.channel_id for one in releases if one.state.value not in ("planned", "sent", "declined")}
    return [one for one in worked if one.id not in settled]


def _copy(publication: Publication, texts: Any) -> dict[str, str]:
    """What is copied for a channel: its own text where that fits, else the signed one."""
    text, revision = queries.fitting(texts, publication.revision), publication.revision
    title, body = (text.title, text.body_html) if text else (revision.title, revision.body_html)
    return {
        "title": title,
        "rich": layout.rich(body, revision.source),
        "plain": layout.plain(title, body, revision.source),
    }


@bp.post("/releases/publications/<int:publication_id>/plans")
@requires(P.RELEASE)
def plan(publication_id: int) -> Response:
    """Plan an article for more channels."""
    publication = _publication(publication_id)
    planned = {one.channel_id for one in queries.of_publication(publication_id)}
    form = _plan_form([one for one in queries.channels() if one.id not in planned])
    if form.validate_on_submit():
        with form.taking_refusals():
            made = operations.plan(me(), publication, form.channels.data or ())
            flash(f"已安排 {len(made)} 个渠道。")
            return see_other(url_for(".show", publication_id=publication_id))
    return show(publication_id, 422, form, "plan")


@bp.post("/releases/publications/<int:publication_id>/adoptions")
@requires(P.RELEASE_REPORT)
def report(publication_id: int) -> Response:
    """A unit tells that its article was taken."""
    publication = _publication(publication_id)
    form = _report_form(_reportable(queries.channels(), queries.of_publication(publication_id)))
    if form.validate_on_submit():
        with form.taking_refusals():
            channel = queries.channel(form.channel_id.data) or abort(404)
            operations.report(me(), publication, channel, form.moment(), form.url.data or "", form.screenshot(_store()))
            flash("已报告。镇党政和人大办公室核实后算数。")
            return see_other(url_for(".show", publication_id=publication_id))
    return show(publication_id, 422, form, "report")


# -- acts on one release: one shape ------------------------------------------------------------

Do = Callable[[Release, Any], str]


def _act(release_id: int, name: str, do: Do) -> Response:
    """Take the form of an act, do it, go and look; what is refused stands in the form again."""
    release = _release(release_id)
    form = FORMS[name](prefix=_prefix(name, release_id))
    form.check_seen(release)
    publication_id = release.publication_id
    if form.validate_on_submit():
        with form.taking_refusals():
            flash(do(release, form))
            return see_other(url_for(".show", publication_id=publication_id, _anchor=f"r{release_id}"))
    return show(publication_id, 422, form, name, release_id)


@bp.post("/releases/<int:release_id>/sendings")
@requires(P.RELEASE)
def send(release_id: int) -> Response:
    """The text was sent to a channel that chooses."""

    def do(release: Release, form: Any) -> str:
        operations.send(me(), release, form.version.data)
        return "已登记报送。采用不采用，知道了再来登记。"

    return _act(release_id, "send", do)


@bp.post("/releases/<int:release_id>/records")
@requires(P.RELEASE)
def record(release_id: int) -> Response:
    """It came out."""

    def do(release: Release, form: Any) -> str:
        shot = form.screenshot(_store())
        operations.record(me(), release, form.version.data, form.moment(), form.url.data or "", shot)
        left = release.lacks
        return f"已登记。还缺{'和'.join(left)}，请尽快补上。" if left else "已登记。"

    return _act(release_id, "record", do)


@bp.post("/releases/<int:release_id>/declines")
@requires(P.RELEASE)
def decline(release_id: int) -> Response:
    """The channel did not take it."""

    def do(release: Release, form: Any) -> str:
        operations.decline(me(), release, form.version.data, form.reason.data or "")
        return "已登记未采用。"

    return _act(release_id, "decline", do)


@bp.post("/releases/<int:release_id>/drops")
@requires(P.RELEASE)
def drop(release_id: int) -> Response:
    """It is not to run there."""

    def do(release: Release, form: Any) -> str:
        operations.drop(me(), release, form.version.data, form.reason.data)
        return "已记下：不发这个渠道。"

    return _act(release_id, "drop", do)


@bp.post("/releases/<int:release_id>/resumptions")
@requires(P.RELEASE)
def resume(release_id: int) -> Response:
    """Plan it again."""

    def do(release: Release, form: Any) -> str:
        operations.resume(me(), release, form.version.data)
        return "已恢复，等着发布。"

    return _act(release_id, "resume", do)


@bp.post("/releases/<int:release_id>/returns")
@requires(P.RELEASE)
def take_back(release_id: int) -> Response:
    """What was recorded is wrong."""

    def do(release: Release, form: Any) -> str:
        operations.take_back(me(), release, form.version.data, form.reason.data)
        return "已退回登记以前的状态，原来登记的内容留痕可查。"

    return _act(release_id, "take_back", do)


@bp.post("/releases/<int:release_id>/confirmations")
@requires(P.RELEASE)
def confirm(release_id: int) -> Response:
    """It is as the unit reported."""

    def do(release: Release, form: Any) -> str:
        operations.confirm(me(), release, form.version.data)
        return "已核实，计入采用。"

    return _act(release_id, "confirm", do)


@bp.post("/releases/<int:release_id>/rejections")
@requires(P.RELEASE)
def reject(release_id: int) -> Response:
    """It is not as the unit reported."""

    def do(release: Release, form: Any) -> str:
        operations.reject(me(), release, form.version.data, form.reason.data)
        return "已记下：采用不属实。"

    return _act(release_id, "reject", do)


@bp.post("/releases/<int:release_id>/proofs")
@requires(P.RELEASE)
def prove(release_id: int) -> Response:
    """A link or a screenshot more."""

    def do(release: Release, form: Any) -> str:
        operations.prove(me(), release, form.version.data, form.url.data or "", form.screenshot(_store()))
        return "已补上。"

    return _act(release_id, "prove", do)


@bp.post("/releases/<int:release_id>/recalls")
@requires(P.RELEASE)
def recall(release_id: int) -> Response:
    """It was taken away there."""

    def do(release: Release, form: Any) -> str:
        operations.recall(me(), release, form.version.data, form.reason.data)
        return "已登记渠道撤回，不再计入采用。"

    return _act(release_id, "recall", do)


@bp.post("/releases/<int:release_id>/corrections")
@requires(P.RELEASE)
def correct(release_id: int) -> Response:
    """The channel shows the corrected text."""

    def do(release: Release, form: Any) -> str:
        shot = form.screenshot(_store())
        operations.correct(me(), release, form.version.data, form.reason.data, form.url.data or "", shot)
        return "已登记渠道更正。"

    return _act(release_id, "correct", do)


# -- texts and copies --------------------------------------------------------------------------


@bp.get("/releases/<int:release_id>/texts")
@requires(P.RELEASE)
def texts(release_id: int, form: TextForm | None = None, status: int = 200) -> Response:
    """The channel's own text, beside what it changes in the signed one."""
    release = _release(release_id)
    revision = release.publication.revision
    made = queries.texts_of([release_id]).get(release_id, [])
    if form is None:
        form, fits = TextForm(formdata=None, version=release.version), queries.fitting(made, revision)
        form.title.data = fits.title if fits else revision.title
        form.lines.data = plain_text.to_text(fits.body_html if fits else revision.body_html)
    body = operations.body_of(form.lines.data or "", revision)
    found = operations.findings_in(release, form.title.data or "", body)
    form.offer(operations.left_open(release, found, {}), {})
    return respond(
        "releases/texts.html",
        status=status,
        release=release,
        publication=release.publication,
        form=form,
        made=made,
        found=found,
        title=comparison.compare_words(revision.title, form.title.data or ""),
        lines=comparison.compare(revision.body_html, body),
        stale=bool(made) and queries.fitting(made, revision) is None,
    )


@bp.post("/releases/<int:release_id>/texts")
@requires(P.RELEASE)
def adapt(release_id: int) -> Response:
    """Keep the channel's own text; with ``look`` only show what it changes and what is found in it."""
    release, form = _release(release_id), TextForm()
    form.check_seen(release)
    revision = release.publication.revision
    found = operations.findings_in(release, form.title.data or "", operations.body_of(form.lines.data or "", revision))
    form.offer(operations.left_open(release, found, {}), {})
    if "look" in request.form:
        return texts(release_id, form)
    if form.validate_on_submit():
        with form.taking_refusals():
            operations.adapt(
                me(), release, form.version.data, form.title.data or "", form.lines.data or "", form.replies
            )
            flash("已保存渠道文稿，复制按钮用的就是这一版。")
            return see_other(url_for(".show", publication_id=release.publication_id, _anchor=f"r{release_id}"))
    return texts(release_id, form, 422)


@bp.get("/releases/<int:release_id>/copy.html")
@requires(P.SUBMISSION_READ)
def copy(release_id: int) -> Response:
    """The text with its styles inside, as a file: to be opened, marked and copied where there is no script."""
    release = _release(release_id)
    made = queries.texts_of([release_id]).get(release_id, [])
    content = _copy(release.publication, made)
    page = layout.page(content["title"], f"<h1>{content['title']}</h1>{content['rich']}")
    return download(page.encode(), queries.file_name(release.publication, release.channel.name, ".html"), "text/html")


@bp.get("/releases/publications/<int:publication_id>/pictures.zip")
@requires(P.SUBMISSION_READ)
def pictures(publication_id: int) -> Response:
    """The pictures of an article, numbered as they stand in it."""
    publication = _publication(publication_id)
    content = queries.picture_package(publication, _store())
    return download(content, queries.file_name(publication, "图片", ".zip"), ZIP)


@bp.get("/releases/publications/<int:publication_id>/package.zip")
@requires(P.SUBMISSION_READ)
def package(publication_id: int) -> Response:
    """Everything the county's portal is given of an article: text, pictures, attachments, facts, digests."""
    publication = _publication(publication_id)
    return download(
        queries.county_package(publication, _store()), queries.file_name(publication, "县门户", ".zip"), ZIP
    )


# -- many at once ------------------------------------------------------------------------------


@bp.get("/releases/entries")
@requires(P.RELEASE)
def entries(form: EntriesForm | None = None, status: int = 200) -> Response:
    """Many adoptions in a row."""
    form = form or EntriesForm(formdata=None)
    form.offer(queries.channels())
    return respond("releases/entries.html", status=status, form=form)


@bp.post("/releases/entries")
@requires(P.RELEASE)
def enter() -> Response:
    """Record every line that makes sense; the others come back with what is wrong."""
    form = EntriesForm()
    form.offer(queries.channels())
    if not form.validate_on_submit():
        return entries(form, 422)
    done, left = 0, []
    for number, row in enumerate(form.rows):
        if not row.form.filled:
            continue
        try:
            _enter(row.form, number)
            done += 1
        except Refused as refusal:
            left.append((row, refusal.reason))
    if not (done or left):
        form.form_errors.append("一行也没有填。")
        return entries(form, 422)
    if done:
        flash(f"已登记 {done} 条。")
    if not left:
        return see_other(url_for(".index", show=Show.PROOF.value))
    again = EntriesForm(formdata=None)
    again.offer(queries.channels())
    for row, (old, why) in zip(again.rows, left, strict=False):
        row.form.process(data={name: old.form[name].data for name in ("words", "channel_id", "day", "url")})
        row.form.words.errors = [why]
    again.offer(queries.channels())
    again.form_errors.append(
        f"有 {len(left)} 行没有登记，改好再交；别的行已经登记。" if done else "这些行没有登记，请改好再交。"
    )
    return entries(again, 422)


def _enter(row: Any, number: int) -> None:
    """One line: find the article, plan it where it is not planned, record it. Each act is an act of its own."""
    found = queries.found_by_words(row.words.data, person())
    if len(found) != 1:
        raise Refused(
            f"有 {len(found)} 篇对得上，请写全标题或索引号" if found else "没有找到这一篇，请写标题里的字，或者索引号"
        )
    publication, actor = found[0], me()
    release = queries.on_channel(publication.id, row.channel_id.data)
    key = f"{actor.form_key or ''}"[:56]
    if release is None:
        (release,) = operations.plan(actor.at(form_key=f"{key}-p{number}"), publication, [row.channel_id.data])
    at, url = clock.instant(row.day.data), row.url.data or ""
    operations.record(actor.at(form_key=f"{key}-r{number}"), release, None, at, url)


@bp.get("/releases/imports")
@requires(P.RELEASE)
def imports(
    form: ListForm | None = None, status: int = 200, refused: list[RefusedLine] | None = None, done: int | None = None
) -> Response:
    """Import a list of what came out."""
    return respond(
        "releases/imports.html",
        status=status,
        form=form or ListForm(formdata=None),
        head=list_file.HEAD,
        example=list_file.EXAMPLE,
        refused=refused,
        done=done,
    )


@bp.post("/releases/imports")
@requires(P.RELEASE)
def import_list() -> Response:
    """Take the lines that make sense; say of the others why not. The same list again brings nothing twice."""
    form = ListForm()
    if form.validate_on_submit():
        with form.taking_refusals():
            upload = form.file.data
            good, bad = list_file.read(table_file.read(upload.filename, upload.read(), LISTS))
            taken, refused = queries.matched(good)
            done = operations.import_list(me(), taken, upload.filename) if taken else 0
            return imports(None, 200, sorted(bad + refused, key=lambda line: line.line), done)
    return imports(form, 422)


@bp.get("/releases/imports/template.xlsx")
@requires(P.RELEASE)
def template() -> Response:
    """An empty list with its head and an example."""
    rows = [list_file.HEAD, list_file.EXAMPLE]
    return download(table_file.write_workbook("渠道清单", rows), "渠道清单模板.xlsx", table_file.TYPES["xlsx"])


# -- channels ----------------------------------------------------------------------------------


@bp.get("/release-channels")
@requires(P.RELEASE_CHANNEL_MANAGE)
def channels() -> Response:
    """All channels, and where a column's articles go by themselves."""
    return respond(
        "releases/channels.html",
        channels=queries.channels(everything=True),
        numbers=queries.numbers_by_channel(),
        plan=queries.plan_in_words(),
        unknown=queries.unknown_in_plan(),
        hosts=queries.hosts_in_words(),
        usual=USUAL,
        new_key=new_form_key,
    )


@bp.post("/release-channels/foundings")
@requires(P.RELEASE_CHANNEL_MANAGE)
def found() -> Response:
    """Set up the four the town works."""
    operations.found_channels(me())
    flash("已建立四个常用渠道。")
    return see_other(url_for(".channels"))


@bp.get("/release-channels/new")
@requires(P.RELEASE_CHANNEL_MANAGE)
def new_channel(form: ChannelForm | None = None, status: int = 200) -> Response:
    """A channel more."""
    return respond("releases/channel.html", status=status, form=form or ChannelForm(formdata=None), channel=None)


@bp.post("/release-channels")
@requires(P.RELEASE_CHANNEL_MANAGE)
def create_channel() -> Response:
    """Open it."""
    form = ChannelForm()
    if form.validate_on_submit():
        with form.taking_refusals():
            made = operations.open_channel(
                me(), form.name.data or "", Tier(form.tier.data), Medium(form.medium.data), selects=form.selects.data
            )
            flash(f"已新增“{made}”。")
            return see_other(url_for(".channels"))
    return new_channel(form, 422)


@bp.get("/release-channels/<int:release_channel_id>")
@requires(P.RELEASE_CHANNEL_MANAGE)
def edit_channel(release_channel_id: int, form: ChannelForm | None = None, status: int = 200) -> Response:
    """One channel, to be changed or closed."""
    channel = queries.channel(release_channel_id) or abort(404)
    if form is None:
        form = ChannelForm(
            formdata=None, version=channel.version, name=channel.name, tier=channel.tier.value,
            medium=channel.medium.value, selects=channel.selects,
        )  # fmt: skip
    return respond(
        "releases/channel.html", status=status, form=form, channel=channel,
        button=ButtonForm(formdata=None, version=channel.version),
    )  # fmt: skip


@bp.post("/release-channels/<int:release_channel_id>")
@requires(P.RELEASE_CHANNEL_MANAGE)
def change_channel(release_channel_id: int) -> Response:
    """Another name, tier or kind."""
    channel, form = queries.channel(release_channel_id) or abort(404), ChannelForm()
    form.check_seen(channel)
    if form.validate_on_submit():
        with form.taking_refusals():
            operations.change_channel(
                me(), channel, form.version.data, form.name.data or "", Tier(form.tier.data), Medium(form.medium.data),
                selects=form.selects.data,
            )  # fmt: skip
            flash("已修改。")
            return see_other(url_for(".channels"))
    return edit_channel(release_channel_id, form, 422)


@bp.post("/release-channels/<int:release_channel_id>/closings")
@requires(P.RELEASE_CHANNEL_MANAGE)
def close_channel(release_channel_id: int) -> Response:
    """Plan nothing there any more."""
    operations.close_channel(me(), queries.channel(release_channel_id) or abort(404), ButtonForm().version.data)
    flash("已停用，登记过的都还在。")
    return see_other(url_for(".channels"))


@bp.post("/release-channels/<int:release_channel_id>/reopenings")
@requires(P.RELEASE_CHANNEL_MANAGE)
def reopen_channel(release_channel_id: int) -> Response:
    """Work it again."""
    operations.reopen_channel(me(), queries.channel(release_channel_id) or abort(404), ButtonForm().version.data)
    flash("已恢复使用。")
    return see_other(url_for(".channels"))


def _publication(publication_id: int) -> Publication:
    return queries.publication(publication_id, person()) or abort(404)


def _release(release_id: int) -> Release:
    return queries.release(release_id, person()) or abort(404)


def _store() -> Store:
    store: Store = current_app.extensions["store"]
    return store
