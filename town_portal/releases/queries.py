"""Questions about releases: what is planned where, what came out, what still proves nothing."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from town_portal.access.actor import Actor
from town_portal.access.roles import Role
from town_portal.audit.models import AuditEvent
from town_portal.columns.models import Column
from town_portal.files.rules import sniff
from town_portal.files.store import Store
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.network.models import Unit
from town_portal.publishing.models import Publication, Standing
from town_portal.releases.models import LinkCheck, Release, ReleaseChannel, ReleaseText
from town_portal.releases.rules import due as due_rules
from town_portal.releases.rules import layout, link, list_file, parcel, plan
from town_portal.releases.rules.channel import Tier
from town_portal.releases.rules.lifecycle import OPEN, ReleaseState
from town_portal.releases.rules.list_file import ListedRelease, RefusedLine
from town_portal.settings import queries as settings
from town_portal.submissions.models import Revision
from town_portal.submissions.queries import visible, working_time
from town_portal.workflow.duty import Duty, DutyKind, Limits, Page

S = ReleaseState
PLANNING = "plan_releases"
"""The name of the act that plans an article for channels; its subject is the article."""
PLANNED_FOR = timedelta(days=30)
"""How long after its publication an article is planned by itself: a changed plan does not reach far back."""
LOOKED_AT_EVERY = timedelta(days=7)
BROKEN_AT_EVERY = timedelta(days=1)


class Show(StrEnum):
    """Which releases the list shows."""

    TODO = "todo"
    SENT = "sent"
    REPORTED = "reported"
    PROOF = "proof"
    BROKEN = "broken"
    ALL = "all"

    @property
    def label(self) -> str:
        """The words on its tab."""
        return {
            "todo": "待发布、待报送",
            "sent": "等采用结果",
            "reported": "待核实",
            "proof": "缺链接或截图",
            "broken": "链接打不开",
            "all": "全部",
        }[self.value]


# -- what counts -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Counted:
    """One release that counts: it ran, and nobody took it back."""

    submission_id: int
    publication_id: int
    unit_id: int
    channel_id: int
    channel: str
    tier: Tier
    day: date
    """Of Shanghai, on which it came out there."""


def counted(first: date, last: date) -> list[Counted]:
    """What came out on all channels from one day to another (Shanghai, both included), in order: one statement."""
    found = (
        select(
            Publication.submission_id,
            Release.publication_id,
            Release.unit_id,
            Release.channel_id,
            ReleaseChannel.name,
            ReleaseChannel.tier,
            Release.released_at,
        )
        .select_from(Release)
        .join(Release.channel)
        .join(Release.publication)
        .where(
            Release.state == S.RELEASED,
            Release.released_at >= clock.instant(first),
            Release.released_at < clock.end_of(last),
        )
        .order_by(Release.released_at, Release.id)
    )
    return [
        Counted(submission, publication, unit, channel, name, tier, clock.day_of(at))
        for submission, publication, unit, channel, name, tier, at in db.session.execute(found)
        if at
    ]


# -- channels ----------------------------------------------------------------------------------


def channels(*, everything: bool = False) -> list[ReleaseChannel]:
    """The channels in their order; only those that are worked unless ``everything``."""
    found = select(ReleaseChannel).order_by(ReleaseChannel.position, ReleaseChannel.id)
    return list(db.session.scalars(found if everything else found.where(ReleaseChannel.closed_on.is_(None))))


def channel(channel_id: int) -> ReleaseChannel | None:
    """One channel."""
    return db.session.get(ReleaseChannel, channel_id)


def has_channels() -> bool:
    """Was any channel ever set up?"""
    return db.session.scalar(select(ReleaseChannel.id).limit(1)) is not None


def numbers_by_channel() -> dict[int, tuple[int, int]]:
    """Channel → (how many came out there, how many are planned or under way)."""
    ran = func.count().filter(Release.state == S.RELEASED)
    rows = select(Release.channel_id, ran, func.count().filter(Release.state.in_(OPEN))).group_by(Release.channel_id)
    return {number: (out, open_) for number, out, open_ in db.session.execute(rows)}


def _plan() -> dict[str, tuple[str, ...]]:
    return plan.by_column(settings.value("release_plan")["columns"])


# -- releases ----------------------------------------------------------------------------------

_PROOFLESS = and_(Release.state == S.RELEASED, or_(Release.url == "", Release.shot_id.is_(None)))
_PROVABLE = and_(_PROOFLESS, Release.note == "")
"""What came in by a list of last year is not chased for a screenshot nobody can take any more."""
_BROKEN = and_(
    Release.state == S.RELEASED,
    select(LinkCheck.release_id)
    .where(LinkCheck.release_id == Release.id, LinkCheck.url == Release.url, LinkCheck.broken)
    .exists(),
)
_CONDITIONS: dict[Show, ColumnElement[bool]] = {
    Show.TODO: Release.state == S.PLANNED,
    Show.SENT: Release.state == S.SENT,
    Show.REPORTED: Release.state == S.REPORTED,
    Show.PROOF: _PROVABLE,
    Show.BROKEN: _BROKEN,
    Show.ALL: Release.state.in_(tuple(S)),
}


def releases(actor: Actor, show: Show, channel_id: int | None = None) -> Select[Release]:
    """The releases of articles an actor may see: open ones by their limit, others the newest first."""
    found = (
        select(Release)
        .join(Release.publication)
        .join(Publication.submission)
        .where(visible(actor), _CONDITIONS[show])
        .options(
            contains_eager(Release.publication),
            joinedload(Release.channel),
            joinedload(Release.unit),
            joinedload(Release.recorded_by),
        )
    )
    if channel_id is not None:
        found = found.where(Release.channel_id == channel_id)
    if show is Show.ALL:
        return found.order_by(func.coalesce(Release.released_at, Release.planned_at).desc(), Release.id.desc())
    return found.order_by(Release.due_at, Release.id)


def figures(actor: Actor) -> dict[Show, int]:
    """How many releases every list would show, in one statement."""
    counts = [func.count().filter(condition) for condition in _CONDITIONS.values()]
    rows = (
        select(*counts)
        .select_from(Release)
        .join(Release.publication)
        .join(Publication.submission)
        .where(visible(actor))
    )
    return dict(zip(_CONDITIONS, db.session.execute(rows).one(), strict=True))


@dataclass(frozen=True, slots=True)
class Ran:
    """Where an item runs or is to run, for its own page."""

    channel: str
    word: str
    out: bool
    at: datetime | None
    url: str
    publication_id: int


def ran_on(submission_id: int) -> list[Ran]:
    """The channels of the article an item became, in their order; dropped plans are left out. One statement."""
    found = (
        select(Release)
        .join(Release.publication)
        .join(Release.channel)
        .where(Publication.submission_id == submission_id, Release.state != S.DROPPED)
        .options(contains_eager(Release.channel))
        .order_by(ReleaseChannel.position, ReleaseChannel.id)
    )
    return [
        Ran(one.channel.name, one.word, one.ran, one.released_at if one.ran else None, one.url, one.publication_id)
        for one in db.session.scalars(found)
    ]


def publication(publication_id: int, actor: Actor) -> Publication | None:
    """One article with its text, if the actor may see its item."""
    found = (
        select(Publication)
        .join(Publication.submission)
        .where(visible(actor), Publication.id == publication_id)
        .options(
            contains_eager(Publication.submission),
            joinedload(Publication.unit),
            joinedload(Publication.column),
            joinedload(Publication.revision).selectinload(Revision.files),
        )
    )
    return db.session.scalar(found)


def release(release_id: int, actor: Actor) -> Release | None:
    """One release, if the actor may see its item."""
    found = (
        select(Release)
        .join(Release.publication)
        .join(Publication.submission)
        .where(visible(actor), Release.id == release_id)
        .options(contains_eager(Release.publication).joinedload(Publication.revision), joinedload(Release.channel))
    )
    return db.session.scalar(found)


def of_publication(publication_id: int) -> list[Release]:
    """Everything planned or recorded of one article, in the order of channels."""
    found = (
        select(Release)
        .join(Release.channel)
        .where(Release.publication_id == publication_id)
        .options(
            contains_eager(Release.channel),
            joinedload(Release.recorded_by),
            joinedload(Release.reported_by),
            joinedload(Release.sent_by),
            joinedload(Release.shot),
        )
        .order_by(ReleaseChannel.position, ReleaseChannel.id)
    )
    return list(db.session.scalars(found))


def on_channel(publication_id: int, channel_id: int) -> Release | None:
    """What is known of one article on one channel."""
    found = (Release.publication_id == publication_id, Release.channel_id == channel_id)
    return db.session.scalar(select(Release).where(*found))


def texts_of(release_ids: Iterable[int]) -> dict[int, list[ReleaseText]]:
    """Release → the texts that were made for it, the newest first."""
    found = (
        select(ReleaseText)
        .where(ReleaseText.release_id.in_(tuple(release_ids)))
        .options(joinedload(ReleaseText.made_by))
        .order_by(ReleaseText.number.desc())
    )
    made: dict[int, list[ReleaseText]] = {}
    for text in db.session.scalars(found):
        made.setdefault(text.release_id, []).append(text)
    return made


def fitting(texts: Sequence[ReleaseText], revision: Revision) -> ReleaseText | None:
    """The newest of a channel's texts that was made from the signed text as it is now."""
    return next((text for text in texts if text.base_digest == revision.digest), None)


def checks_of(releases_: Iterable[Release]) -> dict[int, LinkCheck]:
    """Release → the last look at the link it has now."""
    urls = {one.id: one.url for one in releases_ if one.url}
    if not urls:
        return {}
    found = db.session.scalars(select(LinkCheck).where(LinkCheck.release_id.in_(urls)))
    return {one.release_id: one for one in found if one.url == urls[one.release_id]}


def due_at(state: ReleaseState, since: datetime) -> datetime:
    """Until when (UTC) the next step of a release is done, by the limits in force."""
    return due_rules.due(state, since, settings.value("release_limits"), working_time())


def file_visible(actor: Actor, file_id: int) -> bool:
    """Is a file the screenshot of a release whose article the actor may see?"""
    found = (
        select(Release.id)
        .join(Release.publication)
        .join(Publication.submission)
        .where(Release.shot_id == file_id, visible(actor))
        .limit(1)
    )
    return db.session.scalar(found) is not None


def unplanned(now: datetime) -> list[tuple[Publication, list[ReleaseChannel]]]:
    """Live articles of columns with a plan for which nothing is planned yet, the oldest first, with their channels.

    Only of the last ``PLANNED_FOR``, and for channels that were worked when they were published.
    """
    wanted, worked = _plan(), channels()
    if not wanted or not worked:
        return []
    found = (
        select(Publication)
        .join(Publication.column)
        .outerjoin(Release, Release.publication_id == Publication.id)
        .where(
            Publication.standing == Standing.LIVE,
            Publication.published_at > now - PLANNED_FOR,
            Publication.published_at <= now,
            Column.name.in_(wanted),
            Release.id.is_(None),
        )
        .options(contains_eager(Publication.column))
        .order_by(Publication.id)
    )
    planned = []
    for one in db.session.scalars(found):
        for_it = [at for at in worked if at.name in wanted[one.column.name] and at.open_on(one.published_on)]
        if for_it:
            planned.append((one, for_it))
    return planned


def open_ones() -> list[Release]:
    """Every release of a live article that is planned or sent, the oldest first."""
    found = (
        select(Release)
        .join(Release.publication)
        .where(Release.state.in_((S.PLANNED, S.SENT)), Publication.standing == Standing.LIVE)
        .options(contains_eager(Release.publication).joinedload(Publication.column), joinedload(Release.channel))
        .order_by(Release.id)
    )
    return list(db.session.scalars(found))


def live_before(moment: datetime) -> list[Publication]:
    """What is public and was published before an instant (UTC), in order."""
    found = (
        select(Publication)
        .where(Publication.standing == Standing.LIVE, Publication.published_at < moment)
        .options(joinedload(Publication.column))
        .order_by(Publication.id)
    )
    return list(db.session.scalars(found))


def live_of_unit(unit_id: int) -> list[Publication]:
    """What is public of a unit, the newest first."""
    found = select(Publication).where(Publication.standing == Standing.LIVE, Publication.unit_id == unit_id)
    return list(db.session.scalars(found.order_by(Publication.published_at.desc()).limit(20)))


# -- bulk entry and lists ----------------------------------------------------------------------


def found_by_words(words: str, actor: Actor) -> list[Publication]:
    """Articles by their 索引号, or by words of their title, the newest first; the title itself before the others."""
    number = words.strip()
    if not number:
        return []
    rows = (
        select(Publication)
        .join(Publication.submission)
        .where(
            visible(actor), or_(Publication.index_number == number, Publication.title.contains(number, autoescape=True))
        )
        .options(joinedload(Publication.unit))
        .order_by(Publication.published_at.desc())
        .limit(20)
    )
    found = list(db.session.scalars(rows))
    exact = [one for one in found if number in (one.index_number, one.title)]
    return exact or found


@dataclass(frozen=True, slots=True)
class Taken:
    """A line of a list with the article and the channel it is about."""

    listed: ListedRelease
    publication: Publication
    channel: ReleaseChannel
    release: Release | None
    """What is planned of it already."""


def matched(lines: Iterable[ListedRelease]) -> tuple[list[Taken], list[RefusedLine]]:
    """Lines held against articles, channels and what is recorded: taken, or refused with words. Three statements."""
    known = {one.name: one for one in channels(everything=True)}
    by_title: dict[str, list[Publication]] = {}
    by_number: dict[str, Publication] = {}
    for one in db.session.scalars(select(Publication)):
        by_title.setdefault(list_file.same_title(one.title), []).append(one)
        by_number[one.index_number] = one
    there = {(one.publication_id, one.channel_id): one for one in db.session.scalars(select(Release))}
    taken, refused, seen = [], [], set[tuple[int, int]]()
    for line in lines:
        at = known.get(line.channel)
        found = by_title.get(list_file.same_title(line.title), []) if line.title else []
        article = by_number.get(line.index_number) if line.index_number else found[0] if len(found) == 1 else None
        why = ""
        if at is None:
            why = f"没有“{line.channel}”这个发布渠道，请先在“发布渠道”里新增，或改成已有的名称"
        elif article is None and line.index_number:
            why = "没有这个索引号"
        elif article is None:
            why = f"有 {len(found)} 篇同名，请写上索引号" if found else "门户上没有这个标题，请核对标题，或写上索引号"
        else:
            before = there.get((article.id, at.id))
            if (article.id, at.id) in seen:
                why = "这份清单里有重复的行"
            elif before is not None and before.state not in OPEN:
                why = f"已经登记过：{before.state.label}"
            elif line.day > clock.today():
                why = "发布日期还没有到"
            elif line.day < article.event_on:
                why = f"发布日期早于事件日期（{article.event_on}）"
            else:
                seen.add((article.id, at.id))
                taken.append(Taken(line, article, at, before))
                continue
        refused.append(RefusedLine(line.line, line.title or line.index_number, line.channel, why))
    return taken, refused


# -- links -------------------------------------------------------------------------------------


def link_hosts() -> frozenset[tuple[str, int]]:
    """Which hosts the machine may look at; none by default."""
    return link.allowed(settings.value("link_check")["hosts"])


def links_due(now: datetime, limit: int) -> list[tuple[int, str]]:
    """(release, link) to be looked at: links to listed hosts, a week after the last look, a day when it was not fine."""
    hosts = link_hosts()
    if not hosts:
        return []
    names = {name if port in (80, 443) else f"{name}:{port}" for name, port in hosts}
    leads = [
        or_(Release.url.startswith(begin + "/"), Release.url.startswith(begin + "?"), Release.url == begin)
        for name in sorted(names)
        for begin in (f"https://{name}", f"http://{name}")
    ]
    rows = (
        select(Release.id, Release.url)
        .outerjoin(LinkCheck, LinkCheck.release_id == Release.id)
        .where(
            Release.state == S.RELEASED,
            or_(*leads),
            or_(
                LinkCheck.release_id.is_(None),
                LinkCheck.url != Release.url,
                LinkCheck.checked_at <= now - LOOKED_AT_EVERY,
                and_(LinkCheck.failures > 0, LinkCheck.checked_at <= now - BROKEN_AT_EVERY),
            ),
        )
        .order_by(LinkCheck.checked_at, Release.id)
        .limit(limit)
    )
    return [(number, url) for number, url in db.session.execute(rows) if link.target(url, hosts)]


# -- duties ------------------------------------------------------------------------------------

_KINDS = {S.PLANNED: DutyKind.CHANNEL_RELEASE, S.SENT: DutyKind.CHANNEL_ANSWER, S.REPORTED: DutyKind.CHANNEL_ANSWER}


def duties(limits: Limits) -> list[Duty]:
    """What the coordinating office owes on channels, one duty for each article and sort. Two statements."""
    found = (
        select(
            Release.publication_id, Publication.title, Unit.name, Release.state, ReleaseChannel.name,
            Release.due_at, Release.planned_at, Release.sent_at, Release.reported_at, Release.recorded_at,
        )
        .select_from(Release)
        .join(Release.channel)
        .join(Release.publication)
        .join(Release.unit)
        .where(or_(and_(Release.state.in_(OPEN), Publication.standing == Standing.LIVE), _PROVABLE))
        .order_by(Release.publication_id, ReleaseChannel.position, Release.id)
    )  # fmt: skip
    owed: dict[tuple[DutyKind, int], list[_Owed]] = {}
    for number, title, unit, state, name, due, planned, sent, reported, recorded in db.session.execute(found):
        kind = _KINDS.get(state, DutyKind.CHANNEL_PROOF)
        since = {S.PLANNED: planned, S.SENT: sent, S.REPORTED: reported}.get(state, recorded) or planned
        owed.setdefault((kind, number), []).append(_Owed(title, unit, name, since, due))
    return [_duty(kind, number, lines, limits) for (kind, number), lines in owed.items()] + _broken(limits)


@dataclass(frozen=True, slots=True)
class _Owed:
    title: str
    unit: str
    channel: str
    since: datetime
    due_at: datetime


def _duty(kind: DutyKind, number: int, lines: Sequence[_Owed], limits: Limits, key: str = "", words: str = "") -> Duty:
    return Duty(
        key=key or f"{kind.value}:{number}",
        kind=kind,
        what=lines[0].title,
        page=Page("releases.show", "publication_id", number),
        unit=lines[0].unit,
        seat=(Role.PUBLISHER, limits.coordinating_id),
        above=(Role.COORDINATOR, limits.coordinating_id),
        since=min(line.since for line in lines),
        due_at=min(line.due_at for line in lines),
        words=words or "、".join(line.channel for line in lines),
    )


def _broken(limits: Limits) -> list[Duty]:
    """Links that no longer open: mend them, or say that the article is gone there."""
    found = (
        select(
            Release.publication_id,
            Publication.title,
            Unit.name,
            ReleaseChannel.name,
            LinkCheck.broken_since,
            Release.id,
        )
        .select_from(LinkCheck)
        .join(Release, Release.id == LinkCheck.release_id)
        .join(Release.channel)
        .join(Release.publication)
        .join(Release.unit)
        .where(LinkCheck.broken, Release.state == S.RELEASED, LinkCheck.url == Release.url)
        .order_by(Release.id)
    )
    return [
        _duty(
            DutyKind.CHANNEL_PROOF,
            number,
            [_Owed(title, unit, name, since, due_at(S.RELEASED, since))],
            limits,
            f"broken_link:{release_id}:{since:%Y%m%d%H%M}",
            f"{name}的链接打不开",
        )
        for number, title, unit, name, since, release_id in db.session.execute(found)
        if since
    ]


# -- words for the pages -----------------------------------------------------------------------


def plan_in_words() -> list[str]:
    """The lines of the plan in force."""
    lines: list[str] = settings.value("release_plan")["columns"]
    return lines


def unknown_in_plan() -> list[str]:
    """Channels the plan names that nobody works."""
    there = {one.name for one in channels()}
    return sorted({name for names in _plan().values() for name in names} - there)


def hosts_in_words() -> list[str]:
    """The lines of the allow-list in force."""
    lines: list[str] = settings.value("link_check")["hosts"]
    return lines


def events_of(publication_id: int, release_ids: Collection[int]) -> list[AuditEvent]:
    """What was done to an article's releases, newest first."""
    rows = select(AuditEvent).where(
        or_(
            and_(AuditEvent.subject_kind == "Release", AuditEvent.subject_id.in_(release_ids)),
            and_(
                AuditEvent.subject_kind == "Publication",
                AuditEvent.subject_id == publication_id,
                AuditEvent.action == PLANNING,
            ),
        )
    )
    return list(db.session.scalars(rows.order_by(AuditEvent.seq.desc())))


# -- what leaves the house as a file -----------------------------------------------------------


def file_name(publication: Publication, words: str, ending: str) -> str:
    """The name of a file about an article, for people: day, title, what it is."""
    return f"{publication.published_on:%Y%m%d} {parcel.tame(publication.title, 40)}（{parcel.tame(words, 20)}）{ending}"


def picture_package(publication: Publication, store: Store) -> bytes:
    """The pictures of the signed text as a .zip, numbered in their order. FileNotFoundError when one is gone."""
    parts = _pictures(publication.revision, store, "")
    return parcel.packed(parcel.tame(publication.title, 40), parts, clock.local(publication.published_at))


def county_package(publication: Publication, store: Store) -> bytes:
    """An article for the county's portal as a .zip: page, plain text, pictures, attachments, facts, list with digests."""
    revision = publication.revision
    pictures, shown = _pictures(revision, store, "图片/"), layout.pictures(revision.body_html)
    names = {one.token: part.name for one, part in zip(shown, pictures, strict=True)}
    files = [
        parcel.Part(f"附件/{parcel.tame_file(one.name)}", store.get(one.file.token)) for one in revision.attachments
    ]
    files = parcel.without_doubles(files)
    facts = _facts(publication, [part.name for part in pictures], [part.name for part in files])
    parts = [
        parcel.Part("正文.html", layout.county_page(revision.title, revision.body_html, names, facts).encode()),
        parcel.Part(
            "正文.txt", ("\ufeff" + layout.plain(revision.title, revision.body_html, revision.source)).encode()
        ),
        parcel.Part("信息要素.txt", parcel.lines(facts)),
        parcel.Part("信息要素.json", parcel.facts(facts)),
        *pictures,
        *files,
    ]
    head = (publication.title, f"索引号：{publication.index_number}", f"签发稿摘要（SHA-256）：{revision.digest}")
    folder = f"{publication.published_on:%Y%m%d} {parcel.tame(publication.title, 40)}"
    return parcel.packed(folder, [*parts, parcel.listed(parts, head)], clock.local(publication.published_at))


def _pictures(revision: Revision, store: Store, folder: str) -> list[parcel.Part]:
    files = {one.file.token: one.file for one in revision.files}
    return [
        parcel.Part(
            folder + parcel.numbered(one.number, one.caption or "图片", sniff.PICTURES[files[one.token].media_type]),
            store.get(one.token),
        )
        for one in layout.pictures(revision.body_html)
    ]


def _facts(publication: Publication, pictures: list[str], files: list[str]) -> dict[str, Any]:
    revision, site = publication.revision, settings.value("site")
    told = {
        "标题": publication.title,
        "索引号": publication.index_number,
        "栏目": publication.column.name,
        "发布机构": site["organ"],
        "来源": revision.source or publication.unit.full_name,
        "报送单位": publication.unit.full_name,
        "公开属性": revision.attribute.label,
        "事件日期": publication.event_on.isoformat(),
        "发布时间": clock.local(publication.published_at).strftime("%Y-%m-%d %H:%M"),
        "图片": pictures,
        "附件": files,
        "签发稿摘要": revision.digest,
    }
    if publication.corrected_at:
        told["更正时间"] = clock.local(publication.corrected_at).strftime("%Y-%m-%d %H:%M")
        told["更正说明"] = publication.correction_note or ""
    return told
