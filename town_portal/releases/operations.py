"""The verbs of channels: plan, send, record, decline, report, confirm, adapt, prove, recall, correct; and lists."""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from town_portal.access.actor import SYSTEM, Actor
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import check
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import Work, unit_of_work
from town_portal.files.models import StoredFile
from town_portal.files.operations import pictures_put
from town_portal.files.rules import sniff
from town_portal.files.store import Store
from town_portal.foundation import clock
from town_portal.foundation.db import bookkeeping, canonical, db
from town_portal.foundation.errors import Moved, Refused
from town_portal.network import queries as network
from town_portal.publishing.models import Publication, Standing
from town_portal.releases import couriers, queries
from town_portal.releases.models import LinkCheck, Release, ReleaseChannel, ReleaseText
from town_portal.releases.rules import link
from town_portal.releases.rules.channel import USUAL, Medium, Tier
from town_portal.releases.rules.lifecycle import LIFECYCLE, ReleaseState
from town_portal.releases.rules.link import Look
from town_portal.submissions.models import Revision
from town_portal.submissions.queries import answers_to, spotted_in
from town_portal.submissions.rules import markup, plain_text
from town_portal.submissions.rules.spotted import Spotted, answer_to, objection, still_open

FOUND_CHANNELS = Action("found_release_channels", "建立发布渠道")
OPEN_CHANNEL = Action("open_release_channel", "新增发布渠道")
CHANGE_CHANNEL = Action("change_release_channel", "修改发布渠道")
CLOSE_CHANNEL = Action("close_release_channel", "停用发布渠道")
REOPEN_CHANNEL = Action("reopen_release_channel", "恢复发布渠道")
PLAN = Action(queries.PLANNING, "安排渠道")
PROVE = Action("prove_release", "补充链接截图")
ADAPT = Action("adapt_text", "改写渠道文稿")
IMPORT = Action("import_releases", "导入渠道清单")

S = ReleaseState
SLACK = timedelta(minutes=5)
"""So far may a colleague's clock be ahead."""
SHORTEST = 4
"""Signs of a reason that says something."""
LONGEST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Shot:
    """A screenshot as it was uploaded, and where its bytes go."""

    store: Store
    name: str
    content: bytes


# -- channels ----------------------------------------------------------------------------------


def found_channels(actor: Actor) -> list[ReleaseChannel]:
    """The four channels the town works (the source report). Refused where there are channels already."""
    with unit_of_work(actor) as work:
        if queries.has_channels():
            raise Moved("发布渠道已经建立过，请一个一个新增。")
        unit = network.coordinating_unit()
        post = None if actor is SYSTEM else check(actor, P.RELEASE_CHANNEL_MANAGE, unit)
        today = clock.day_of(work.at)
        found = [
            ReleaseChannel(
                code=one.code, name=one.name, tier=one.tier, medium=one.medium, selects=one.selects,
                opened_on=today, position=position,
            )
            for position, one in enumerate(USUAL, 1)
        ]  # fmt: skip
        db.session.add_all(found)
        db.session.flush()
        work.record(FOUND_CHANNELS, unit, post=post, channels=[one.name for one in found])
    return found


def open_channel(actor: Actor, name: str, tier: Tier, medium: Medium, *, selects: bool) -> ReleaseChannel:
    """A channel more, at the end of the list."""
    with unit_of_work(actor) as work:
        post = check(actor, P.RELEASE_CHANNEL_MANAGE, network.coordinating_unit())
        known = queries.channels(everything=True)
        _check_name(name, known)
        position = max((one.position for one in known), default=0) + 1
        made = ReleaseChannel(
            code=f"q{position}", name=name, tier=tier, medium=medium, selects=selects,
            opened_on=clock.day_of(work.at), position=position,
        )  # fmt: skip
        while made.code in {one.code for one in known}:
            made.code += "x"
        db.session.add(made)
        db.session.flush()
        work.record(OPEN_CHANNEL, made, post=post, tier=tier.value, medium=medium.value, selects=selects)
    return made


def change_channel(
    actor: Actor, channel: ReleaseChannel, seen: int | None, name: str, tier: Tier, medium: Medium, *, selects: bool
) -> None:
    """Another name, tier or kind; what was recorded there counts by the tier the channel has now."""
    with unit_of_work(actor, on=channel, seen=seen) as work:
        post = check(actor, P.RELEASE_CHANNEL_MANAGE, network.coordinating_unit())
        _check_name(name, [one for one in queries.channels(everything=True) if one.id != channel.id])
        before = [channel.name, channel.tier.value, channel.medium.value, channel.selects]
        channel.name, channel.tier, channel.medium, channel.selects = name, tier, medium, selects
        after = [name, tier.value, medium.value, selects]
        work.record(CHANGE_CHANNEL, channel, post=post, before=before, after=after)


def close_channel(actor: Actor, channel: ReleaseChannel, seen: int | None) -> None:
    """Nothing is planned there any more; what was recorded stays. Refused while something is under way there."""
    with unit_of_work(actor, on=channel, seen=seen) as work:
        post = check(actor, P.RELEASE_CHANNEL_MANAGE, network.coordinating_unit())
        if not channel.open:
            raise Moved("这个渠道已经停用。")
        if left := queries.numbers_by_channel().get(channel.id, (0, 0))[1]:
            raise Refused(f"“{channel}”还有 {left} 件没有办完，先登记结果或写明不发，再停用。")
        channel.closed_on = clock.day_of(work.at)
        work.record(CLOSE_CHANNEL, channel, post=post)


def reopen_channel(actor: Actor, channel: ReleaseChannel, seen: int | None) -> None:
    """Work it again."""
    with unit_of_work(actor, on=channel, seen=seen) as work:
        post = check(actor, P.RELEASE_CHANNEL_MANAGE, network.coordinating_unit())
        if channel.open:
            raise Moved("这个渠道正在用。")
        channel.closed_on = None
        work.record(REOPEN_CHANNEL, channel, post=post)


def _check_name(name: str, others: Sequence[ReleaseChannel]) -> None:
    if not 2 <= len(name) <= 20:
        raise Refused("渠道名称写 2 到 20 个字。")
    if set(name) & set("：:、，,；;"):
        raise Refused("渠道名称里不要有冒号、顿号和逗号。")
    if name in {one.name for one in others}:
        raise Refused(f"已经有“{name}”这个渠道。")


# -- plans -------------------------------------------------------------------------------------


def plan(actor: Actor, publication: Publication, channel_ids: Collection[int]) -> list[Release]:
    """Plan an article for more channels; those it is planned for already stay as they are."""
    with unit_of_work(actor, on=publication) as work:
        post = check(actor, P.RELEASE, publication)
        _check_live(publication)
        there = {one.channel_id for one in queries.of_publication(publication.id)}
        chosen = [one for one in queries.channels() if one.id in channel_ids and one.id not in there]
        if not chosen:
            raise Refused("请勾选还没有安排的渠道。")
        made = _planned(publication, chosen, work)
        work.record(PLAN, publication, post=post, channels=[one.name for one in chosen])
    return made


def plan_by_itself(limit: int = 50) -> int:
    """The system's job: plan what was published lately by the setting of its column; how many articles."""
    waiting = [(one.id, [at.id for at in chosen]) for one, chosen in queries.unplanned(clock.now())[:limit]]
    for number, channel_ids in waiting:
        publication = db.session.get_one(Publication, number)
        with unit_of_work(SYSTEM, on=publication) as work:
            chosen = [one for one in queries.channels() if one.id in channel_ids]
            there = {one.channel_id for one in queries.of_publication(number)}
            _planned(publication, [one for one in chosen if one.id not in there], work)
            work.record(PLAN, publication, channels=[one.name for one in chosen])
    return len(waiting)


def _planned(publication: Publication, chosen: Sequence[ReleaseChannel], work: Work) -> list[Release]:
    due = queries.due_at(S.PLANNED, work.at)
    made = [_new(publication, one, work.at, due) for one in chosen]
    db.session.add_all(made)
    db.session.flush()
    return made


def _new(publication: Publication, channel: ReleaseChannel, at: datetime, due: datetime) -> Release:
    return Release(
        publication_id=publication.id, channel_id=channel.id, unit_id=publication.unit_id, state=S.PLANNED,
        planned_at=at, due_at=due, adopted=False, url="", digest="", reason="", note="",
    )  # fmt: skip


def drop(actor: Actor, release: Release, seen: int | None, reason: str) -> None:
    """It is not to run there after all."""
    with unit_of_work(actor, on=release, seen=seen) as work:
        _check_reason(reason)
        move = LIFECYCLE.take(release, "drop_release", actor)
        release.reason = reason
        work.record(move, release, reason=reason)


def resume(actor: Actor, release: Release, seen: int | None) -> None:
    """Plan it again."""
    with unit_of_work(actor, on=release, seen=seen) as work:
        _check_live(release.publication)
        _check_open(release.channel)
        move = LIFECYCLE.take(release, "resume_release", actor)
        release.reason, release.planned_at = "", work.at
        release.due_at = queries.due_at(S.PLANNED, work.at)
        work.record(move, release)


# -- what becomes of it ------------------------------------------------------------------------


def send(actor: Actor, release: Release, seen: int | None) -> None:
    """The text was sent to a channel that chooses; its answer is awaited."""
    with unit_of_work(actor, on=release, seen=seen) as work:
        _check_live(release.publication)
        _check_open(release.channel)
        if not release.channel.selects:
            raise Refused(f"“{release.channel}”是自己发布的渠道，不用报送，发出后登记发布。")
        move = LIFECYCLE.take(release, "send_release", actor)
        release.sent_at, release.sent_by_id = work.at, actor.id
        release.due_at = queries.due_at(S.SENT, work.at)
        _keep_text(release)
        work.record(move, release, digest=release.digest, text=release.text_number)


def record(
    actor: Actor, release: Release, seen: int | None, at: datetime, url: str = "", shot: Shot | None = None
) -> None:
    """It came out there at an instant (UTC; midnight of Shanghai where only the day is known).

    Link and screenshot may follow; they are chased. Refused for a time that has not come or lies before the event,
    and for a link no browser opens.
    """
    with _with_shot(actor, release, shot) as file, unit_of_work(actor, on=release, seen=seen) as work:
        move = LIFECYCLE.take(release, "record_release", actor)
        if not release.digest:
            _keep_text(release)
        _came_out(actor, release, work, at, url, file)
        work.record(move, release, **_facts(release, file))


def enter(actor: Actor, found: Sequence[Publication], channel_id: int, day: date, url: str, number: int) -> Release:
    """One line of many: plan the one article that was found where it is not planned, and record it.

    Two acts of their own; ``number`` is the line's, so that one form sent twice has its effect once in each line.
    """
    if len(found) != 1:
        raise Refused(
            f"有 {len(found)} 篇对得上，请写全标题或索引号" if found else "没有找到这一篇，请写标题里的字，或者索引号"
        )
    (publication,), key = found, (actor.form_key or "")[:48]
    release = queries.on_channel(publication.id, channel_id)
    if release is None:
        (release,) = plan(actor.at(form_key=key and f"{key}-p{number}"), publication, [channel_id])
    record(actor.at(form_key=key and f"{key}-r{number}"), release, None, clock.instant(day), url)
    return release


def decline(actor: Actor, release: Release, seen: int | None, reason: str = "") -> None:
    """The channel did not take it."""
    with unit_of_work(actor, on=release, seen=seen) as work:
        move = LIFECYCLE.take(release, "decline_release", actor)
        release.reason, release.recorded_at, release.recorded_by_id = reason, work.at, actor.id
        work.record(move, release, reason=reason)


def take_back(actor: Actor, release: Release, seen: int | None, reason: str) -> None:
    """What was recorded is wrong: it goes back to where it was before."""
    with unit_of_work(actor, on=release, seen=seen) as work:
        _check_reason(reason)
        before = {**_facts(release, None), "state": release.state.value}
        target = S.SENT if release.state is S.DECLINED or release.sent_at else S.PLANNED
        move = LIFECYCLE.take(release, "take_back_release", actor, target)
        _forget_record(release, target, work.at)
        work.record(move, release, reason=reason, before=before)


def report(
    actor: Actor,
    publication: Publication,
    channel: ReleaseChannel,
    at: datetime,
    url: str = "",
    shot: Shot | None = None,
) -> Release:
    """A unit tells that its article came out on a channel; the coordinating office looks and confirms.

    Refused without a link or a screenshot: there must be something to look at.
    """
    release = queries.on_channel(publication.id, channel.id)
    with _with_shot(actor, publication, shot) as file, unit_of_work(actor, on=publication) as work:
        if not (url or file):
            raise Refused("报告采用要附链接或截图，不然没法核实。")
        release = queries.on_channel(publication.id, channel.id)
        if release is None:
            _check_open(channel)
            release = _new(publication, channel, work.at, work.at)
            db.session.add(release)
        move = LIFECYCLE.take(release, "report_adoption", actor)
        release.reported_at, release.reported_by_id = work.at, actor.id
        release.due_at, release.reason = queries.due_at(S.REPORTED, work.at), ""
        _set_facts(release, publication, work, at, url, file)
        db.session.flush()
        work.record(move, release, post=check(actor, P.RELEASE_REPORT, publication), **_facts(release, file))
    return release


def confirm(actor: Actor, release: Release, seen: int | None) -> None:
    """The coordinating office looked: it is as the unit reported."""
    with unit_of_work(actor, on=release, seen=seen) as work:
        move = LIFECYCLE.take(release, "confirm_adoption", actor)
        if release.reported_by_id == actor.id:
            raise Refused("这条采用是您自己报告的，请另一位同事核实。")
        if not release.digest:
            _keep_text(release)
        release.adopted = True
        release.recorded_at, release.recorded_by_id = work.at, actor.id
        release.due_at = queries.due_at(S.RELEASED, work.at)
        work.record(move, release, **_facts(release, None))


def reject(actor: Actor, release: Release, seen: int | None, reason: str) -> None:
    """It is not as the unit reported."""
    with unit_of_work(actor, on=release, seen=seen) as work:
        _check_reason(reason)
        before, reporter = _facts(release, None), release.reported_by_id
        target = S.SENT if release.sent_at else S.PLANNED
        move = LIFECYCLE.take(release, "reject_adoption", actor, target)
        _forget_record(release, target, work.at)
        release.reason = reason
        work.record(move, release, reason=reason, before=before, reporter=reporter)


def prove(actor: Actor, release: Release, seen: int | None, url: str = "", shot: Shot | None = None) -> None:
    """Add or replace the link or the screenshot of what came out."""
    with _with_shot(actor, release, shot) as file, unit_of_work(actor, on=release, seen=seen) as work:
        post = check(actor, P.RELEASE, release)
        if not release.ran:
            raise Moved(f"这一件现在是“{release.state.label}”，没有链接可补。")
        if not file and url == release.url:
            raise Refused("没有新的链接，也没有新的截图。")
        before = {"url": release.url, "shot": release.shot_id}
        if url:
            release.url = link.tidy(url)
        _keep_shot(release, file)
        work.record(PROVE, release, post=post, before=before, **_facts(release, file))


def recall(actor: Actor, release: Release, seen: int | None, reason: str) -> None:
    """It was taken away there; it no longer counts."""
    with unit_of_work(actor, on=release, seen=seen) as work:
        _check_reason(reason)
        move = LIFECYCLE.take(release, "recall_release", actor)
        release.recalled_at, release.reason = work.at, reason
        work.record(move, release, reason=reason, **_facts(release, None))


def correct(
    actor: Actor, release: Release, seen: int | None, note: str, url: str = "", shot: Shot | None = None
) -> None:
    """The channel shows the corrected text, or a correction beside the old one; ``note`` says which and how."""
    with _with_shot(actor, release, shot) as file, unit_of_work(actor, on=release, seen=seen) as work:
        _check_reason(note)
        move = LIFECYCLE.take(release, "correct_release", actor)
        before = release.digest
        release.corrected_at = work.at
        release.digest, release.text_number = release.publication.revision.digest, None
        if url:
            release.url = link.tidy(url)
        _keep_shot(release, file)
        work.record(move, release, note=note, before=before, **_facts(release, file))


# -- a channel's own text ----------------------------------------------------------------------


def findings_in(release: Release, title: str, body_html: str) -> list[Spotted]:
    """What the proofreader finds in a channel's text, the same checks as in a 稿件; Refused when it cannot read."""
    return [one for one in spotted_in(title, body_html, day=release.publication.published_on) if one.weighs]


def left_open(release: Release, found: Sequence[Spotted], replies: Mapping[str, str]) -> list[Spotted]:
    """The findings nobody has answered: not the reviewers of the signed text where the same words stand, nor ``replies``."""
    said = {key: [given.answer for given in all_] for key, all_ in answers_to(release.publication.revision_id).items()}
    for one in found:
        if one.key in replies and (answer := answer_to(one, replies[one.key], drafting=False)):
            said.setdefault(one.key, []).append(answer)
    return still_open(found, said)


def body_of(lines: str, revision: Revision) -> str:
    """The HTML of typed lines; what is unchanged keeps the markup of the signed text."""
    return markup.sanitised(plain_text.from_text(lines, revision.body_html))


def adapt(
    actor: Actor, release: Release, seen: int | None, title: str, lines: str, replies: Mapping[str, str]
) -> ReleaseText:
    """Keep the words an article runs with on a channel, made from the signed text as it is now.

    The proofreader reads them as it reads a 稿件: personal data and secrecy pass nobody. Refused when nothing differs
    from the signed text, and once the text has run.
    """
    check(actor, P.RELEASE, release)
    revision_id, body_html = release.publication.revision_id, body_of(lines, release.publication.revision)
    found = findings_in(release, title, body_html)
    if words := objection(left_open(release, found, replies)):
        raise Refused(words)
    with unit_of_work(actor, on=release, seen=seen) as work:
        post = check(actor, P.RELEASE, release)
        publication = release.publication
        _check_live(publication)
        if release.state not in (S.PLANNED, S.SENT):
            raise Moved(f"这一件现在是“{release.state.label}”，文稿不能再改。")
        if publication.revision_id != revision_id:
            raise Moved("门户上的文稿刚更正过，请按新的重改。")
        revision = publication.revision
        if (title, body_html) == (revision.title, revision.body_html):
            raise Refused("和签发的文稿一样，不用另存，直接复制就行。")
        made = ReleaseText(
            release_id=release.id,
            number=len(queries.texts_of([release.id]).get(release.id, ())) + 1,
            revision_id=revision_id,
            base_digest=revision.digest,
            title=title,
            body_html=body_html,
            digest=hashlib.sha256(canonical([title, body_html, revision.digest]).encode()).hexdigest(),
            found=[_line(one, replies) for one in found],
            made_by_id=actor.id or 0,
            made_at=work.at,
        )
        db.session.add(made)
        db.session.flush()
        work.record(ADAPT, release, post=post, number=made.number, digest=made.digest, base=made.base_digest)
    return made


def _line(one: Spotted, replies: Mapping[str, str]) -> dict[str, str | None]:
    return {
        "key": one.key,
        "place": one.place,
        "family": one.family.value,
        "severity": one.severity.value,
        "words": one.words,
        "message": one.message,
        "said": replies.get(one.key),
    }


# -- lists -------------------------------------------------------------------------------------


def import_list(actor: Actor, taken: Sequence[queries.Taken], source: str) -> int:
    """Record what a list tells, all lines that were taken, in one act; how many. Later chasing leaves them alone."""
    with unit_of_work(actor) as work:
        unit = network.coordinating_unit()
        post = check(actor, P.RELEASE, unit)
        fresh, gone = queries.matched([one.listed for one in taken])
        if gone:
            raise Moved("清单里有的刚被别人登记过，请再导入一次。")
        if not fresh:
            raise Refused("清单里没有可以导入的行。")
        for line in fresh:
            release = line.release or _new(line.publication, line.channel, work.at, work.at)
            db.session.add(release)
            _imported(actor, release, line, work, source)
        work.record(IMPORT, unit, post=post, source=source, lines=len(fresh))
    return len(fresh)


def _imported(actor: Actor, release: Release, line: queries.Taken, work: Work, source: str) -> None:
    move = "confirm_adoption" if release.state is S.REPORTED else "record_release"
    LIFECYCLE.take(release, move, actor)
    release.released_at, release.adopted = clock.instant(line.listed.day), line.channel.selects
    release.url = line.listed.url
    release.recorded_at, release.recorded_by_id, release.due_at = work.at, actor.id, work.at
    release.note = f"清单导入：{source}"[:200]


# -- links -------------------------------------------------------------------------------------


def check_links(limit: int, trusted: frozenset[str] = frozenset()) -> int:
    """Look at the next links of listed hosts; how many. Nothing is contacted while the list is empty.

    What was seen is a note beside the release, no fact of its own: it may be seen again at any time.
    """
    hosts, done = queries.link_hosts(), 0
    for number, url in queries.links_due(clock.now(), limit):
        db.session.rollback()  # no transaction is held open while the world answers
        _note(number, url, couriers.look(url, hosts, trusted))
        done += 1
    return done


def _note(number: int, url: str, look: Look) -> None:
    now = clock.now()
    with bookkeeping() as session:
        row = session.get(LinkCheck, number) or LinkCheck(release_id=number, url="", failures=0, broken=False)
        if row.url != url:
            row.url, row.failures, row.broken_since = url, 0, None
        row.failures = 0 if look.seen is link.Seen.FINE else row.failures + 1
        row.broken = link.broken(look, row.failures)
        row.broken_since = (row.broken_since or now) if row.broken else None
        row.checked_at, row.words = now, look.words
        session.add(row)


# -- what they share ---------------------------------------------------------------------------


@contextmanager
def _with_shot(actor: Actor, thing: Release | Publication, shot: Shot | None) -> Iterator[StoredFile | None]:
    """The screenshot drawn anew, its bytes put; they go again when the act inside fails."""
    if shot is None:
        yield None
        return
    if not sniff.sniff(shot.content, shot.name).picture:
        raise Refused(f"“{shot.name}”不是图片。截图请选 JPG 或 PNG。")
    with pictures_put(actor, shot.store, thing.unit_id, [(shot.name, shot.content)]) as (file,):
        if file is None:
            raise Refused(f"“{shot.name}”这张图读不出来，请重新截一张。")
        yield file


def _came_out(actor: Actor, release: Release, work: Work, at: datetime, url: str, file: StoredFile | None) -> None:
    _set_facts(release, release.publication, work, at, url, file)
    release.adopted = release.channel.selects
    release.recorded_at, release.recorded_by_id = work.at, actor.id
    release.due_at, release.reason = queries.due_at(S.RELEASED, work.at), ""


def _set_facts(
    release: Release, publication: Publication, work: Work, at: datetime, url: str, file: StoredFile | None
) -> None:
    if at > work.at + SLACK:
        raise Refused("发布时间还没有到，请核对。")
    if clock.day_of(at) < publication.event_on:
        raise Refused(f"发布时间早于事件日期（{publication.event_on.month}月{publication.event_on.day}日），请核对。")
    release.released_at, release.url = at, link.tidy(url) if url else ""
    _keep_shot(release, file)


def _keep_shot(release: Release, file: StoredFile | None) -> None:
    """The row of a screenshot, where one came, and the release's way to it."""
    if file is not None:
        db.session.add(file)
        db.session.flush()
        release.shot_id = file.id


def _keep_text(release: Release) -> None:
    """Note which text goes out: the channel's own where it fits the signed one as it is now, else the signed one."""
    revision = release.publication.revision
    text = queries.fitting(queries.texts_of([release.id]).get(release.id, []), revision)
    release.text_number, release.digest = (text.number if text else None), revision.digest


def _forget_record(release: Release, state: ReleaseState, at: datetime) -> None:
    release.released_at = release.shot_id = release.recorded_at = release.recorded_by_id = None
    release.reported_at = release.reported_by_id = None
    release.url, release.adopted, release.reason = "", False, ""
    release.due_at = queries.due_at(state, at)


def _facts(release: Release, file: StoredFile | None) -> dict[str, Any]:
    return {
        "publication": release.publication_id,
        "released_at": release.released_at,
        "url": release.url,
        "shot": release.shot_id,
        "shot_sha256": file.sha256 if file else None,
        "digest": release.digest,
        "text": release.text_number,
    }


def _check_live(publication: Publication) -> None:
    if publication.standing is not Standing.LIVE:
        raise Moved("这篇在门户上已经撤下，不能再往渠道发。")


def _check_open(channel: ReleaseChannel) -> None:
    if not channel.open:
        raise Moved(f"“{channel}”已经停用。")


def _check_reason(words: str) -> None:
    if len(words) < SHORTEST:
        raise Refused(f"请写明原因，至少 {SHORTEST} 个字。")
