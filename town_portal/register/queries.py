"""Questions to the register: what ran where, a year in numbers, what a list of former years would bring."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Integer, Row, Select, Text, cast, extract, func, literal, null, select, union_all
from sqlalchemy.orm import joinedload

from town_portal.access.actor import Actor
from town_portal.columns import queries as columns
from town_portal.columns.models import Column
from town_portal.files.models import StoredFile
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.network import queries as network
from town_portal.network.models import Unit
from town_portal.publishing.models import Publication, Standing
from town_portal.register.models import HistoryImport, PastItem, PastRelease
from town_portal.register.rules.figures import Line, YearFigures
from town_portal.register.rules.history_file import Fault, PastRow
from town_portal.releases import queries as releases
from town_portal.releases.models import Release, ReleaseChannel
from town_portal.releases.rules.lifecycle import ReleaseState
from town_portal.releases.rules.list_file import same_title
from town_portal.submissions.queries import visible

IMPORTED = "imported"
MOST_IN_FILE = 20_000
"""Lines of one workbook that leaves the house."""

# -- the register -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Choice:
    """Which lines of the register are asked for; all when nothing is chosen."""

    channel_id: int | None = None
    unit_id: int | None = None
    state: str = ""
    first: date | None = None
    last: date | None = None
    """Days of Shanghai on which it came out, or was planned where it has not."""
    shots: bool = False
    """Only what has a screenshot."""


def register(actor: Actor, choice: Choice) -> Select[Any]:
    """The lines of the register an actor may see, the newest first: releases of the house and imported ones.

    Columns: kind (``own`` or ``imported``), id, title, unit, channel, state, at, url, shot (token), publication_id,
    submission_id, import_id, selects.
    """
    at = func.coalesce(Release.released_at, Release.planned_at).label("at")
    own = (
        select(
            literal("own").label("kind"), Release.id.label("id"), Publication.title.label("title"),
            Unit.name.label("unit"), ReleaseChannel.name.label("channel"), cast(Release.state, Text).label("state"),
            at, Release.url.label("url"), StoredFile.token.label("shot"),
            Release.publication_id.label("publication_id"), Publication.submission_id.label("submission_id"),
            cast(null(), Integer).label("import_id"), ReleaseChannel.selects.label("selects"),
        )
        .select_from(Release)
        .join(Release.publication)
        .join(Publication.submission)
        .join(Release.unit)
        .join(Release.channel)
        .outerjoin(Release.shot)
        .where(visible(actor))
    )  # fmt: skip
    past = (
        select(
            literal(IMPORTED), PastRelease.id, PastItem.title, Unit.name, ReleaseChannel.name, literal(IMPORTED),
            PastRelease.released_at, PastRelease.url, cast(null(), Text), cast(null(), Integer),
            cast(null(), Integer), PastRelease.import_id, ReleaseChannel.selects,
        )
        .select_from(PastRelease)
        .join(PastRelease.item)
        .join(PastRelease.source)
        .join(PastItem.unit)
        .join(PastRelease.channel)
        .where(HistoryImport.revoked_at.is_(None))
    )  # fmt: skip
    if choice.channel_id is not None:
        own, past = (
            own.where(Release.channel_id == choice.channel_id),
            past.where(PastRelease.channel_id == choice.channel_id),
        )
    if choice.unit_id is not None:
        own, past = own.where(Release.unit_id == choice.unit_id), past.where(PastItem.unit_id == choice.unit_id)
    if choice.first is not None:
        start = clock.instant(choice.first)
        own, past = own.where(at.element >= start), past.where(PastRelease.released_at >= start)
    if choice.last is not None:
        end = clock.end_of(choice.last)
        own, past = own.where(at.element < end), past.where(PastRelease.released_at < end)
    if choice.shots:
        own, past = own.where(Release.shot_id.is_not(None)), past.where(literal(1) == 0)
    if choice.state == IMPORTED:
        own = own.where(literal(1) == 0)
    elif choice.state:
        own, past = own.where(Release.state == ReleaseState(choice.state)), past.where(literal(1) == 0)
    both = union_all(own, past).subquery()
    return select(both).order_by(both.c.at.desc(), both.c.kind, both.c.id.desc())


def lines(actor: Actor, choice: Choice) -> Sequence[Row[Any]]:
    """All lines of a choice, as many as a workbook takes."""
    return db.session.execute(register(actor, choice).limit(MOST_IN_FILE)).all()


def word(line: Any) -> str:
    """The state of a line in Chinese."""
    if line.kind == IMPORTED:
        return "导入（已发布）"
    if line.state == ReleaseState.RELEASED.value:
        return "已采用" if line.selects else "已发布"
    return ReleaseState(line.state).label


def units() -> list[Unit]:
    """The units a line may be of."""
    return network.units()


# -- a year in numbers ------------------------------------------------------------------------


def years() -> list[int]:
    """The years something is known of, newest first."""
    found = {clock.today().year}
    for day in (Publication.published_on, PastItem.published_on):
        found |= {int(year) for year in db.session.scalars(select(extract("year", day)).distinct())}
    return sorted(found, reverse=True)


def year(number: int) -> YearFigures:
    """What was published in a year: live articles of the house, and imported items that stand."""
    first, last = date(number, 1, 1), date(number, 12, 31)
    own = Counter[tuple[int, int]]()
    counted = select(Publication.column_id, Publication.unit_id, func.count()).where(
        Publication.published_on.between(first, last), Publication.standing == Standing.LIVE
    )
    for column, unit, count in db.session.execute(counted.group_by(Publication.column_id, Publication.unit_id)):
        own[column, unit] = count
    past = Counter[tuple[int, int]]()
    rows = (
        select(PastItem.column_id, PastItem.unit_id, func.count())
        .join(PastItem.source)
        .where(
            PastItem.published_on.between(first, last),
            PastItem.column_id.is_not(None),
            HistoryImport.revoked_at.is_(None),
        )
        .group_by(PastItem.column_id, PastItem.unit_id)
    )
    for leaf, unit, count in db.session.execute(rows):
        past[leaf or 0, unit] = count
    return YearFigures(number, _by_column(own, past), _by_unit(own, past), _by_channel(first, last))


def _by_column(own: Counter[tuple[int, int]], past: Counter[tuple[int, int]]) -> tuple[Line, ...]:
    found = {row.id: row for row in db.session.scalars(select(Column))}
    order = [leaf.id for _, leaves in columns.tree() for leaf in leaves]
    used = [number for number in found if any(number == column for column, _ in (*own, *past))]
    mine, theirs = _summed(own, 0), _summed(past, 0)
    return tuple(
        Line(found[number].name, mine[number], theirs[number], _parent(found, number))
        for number in dict.fromkeys((*order, *used))
    )


def _parent(found: dict[int, Column], number: int) -> str:
    above = found[number].parent_id
    return found[above].name if above in found and above is not None else found[number].name


def _by_unit(own: Counter[tuple[int, int]], past: Counter[tuple[int, int]]) -> tuple[Line, ...]:
    mine, theirs = _summed(own, 1), _summed(past, 1)
    known = {unit.id: unit.name for unit in db.session.scalars(select(Unit))}
    order = [unit.id for unit in network.units()]
    return tuple(
        Line(known[number], mine[number], theirs[number])
        for number in dict.fromkeys((*order, *mine, *theirs))
        if mine[number] or theirs[number]
    )


def _summed(counts: Counter[tuple[int, int]], place: int) -> Counter[int]:
    found = Counter[int]()
    for key, count in counts.items():
        found[key[place]] += count
    return found


def _by_channel(first: date, last: date) -> tuple[Line, ...]:
    own = Counter(one.channel_id for one in releases.counted(first, last))
    rows = (
        select(PastRelease.channel_id, func.count())
        .join(PastRelease.source)
        .where(
            PastRelease.released_at >= clock.instant(first),
            PastRelease.released_at < clock.end_of(last),
            HistoryImport.revoked_at.is_(None),
        )
        .group_by(PastRelease.channel_id)
    )
    past = Counter({number: count for number, count in db.session.execute(rows)})
    return tuple(
        Line(one.name, own[one.id], past[one.id], one.tier.label)
        for one in releases.channels(everything=True)
        if one.open or own[one.id] or past[one.id]
    )


# -- what a list would bring ------------------------------------------------------------------


@dataclass(slots=True)
class PlannedItem:
    """An item of a list, with where it ran; ``known``: the imported item it adds channels to."""

    row: PastRow
    unit: Unit
    column: Column | None
    known: PastItem | None = None
    releases: list[tuple[ReleaseChannel, datetime, PastRow]] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """What a list would bring: items, lines that bring nothing (with words), faults that stop it."""

    items: list[PlannedItem] = field(default_factory=list)
    told: list[tuple[int, str, str]] = field(default_factory=list)
    """(line, title, why it brings nothing)."""
    faults: list[Fault] = field(default_factory=list)

    @property
    def fresh(self) -> int:
        """Items that are new."""
        return sum(one.known is None for one in self.items)

    @property
    def on_portal(self) -> int:
        """New items that count as published on the portal."""
        return sum(one.known is None and one.column is not None for one in self.items)

    @property
    def channels(self) -> int:
        """Releases that are new."""
        return sum(len(one.releases) for one in self.items)

    def counts(self, by: str) -> list[tuple[str, int]]:
        """New items by ``column``, ``unit`` or ``year``, or releases by ``channel``; the most first."""
        found: Counter[str] = Counter()
        for one in self.items:
            if by == "channel":
                found.update(channel.name for channel, _, _ in one.releases)
            elif one.known is None:
                words = {
                    "column": one.column.name if one.column else "没有上门户",
                    "unit": one.unit.name,
                    "year": f"{one.row.day.year} 年",
                }
                found[words[by]] += 1
        return found.most_common()


def planned(rows: Iterable[PastRow]) -> Plan:
    """Lines held against units, columns, channels, articles of the house and former imports."""
    rows = list(rows)
    plan, names = Plan(), _Names()
    if not rows:
        return plan
    first, last = min(one.day for one in rows), max(one.day for one in rows)
    here = _articles_of(first, last)
    known, ran = _imported(first, last)
    by_key: dict[Key, PlannedItem] = {}
    for row in rows:
        unit, column, channel, faults = names.of(row)
        plan.faults += faults
        if faults or unit is None:
            continue
        key = _key(row.title, row.day, unit.id, column.id if column else None)
        if (key[0], row.day) in here:
            plan.told.append((row.line, row.title, "本系统发布过这一篇，不重复登记；渠道请用“渠道发布”的导入清单"))
            continue
        one = by_key.get(key)
        if one is None:
            one = by_key[key] = PlannedItem(row, unit, column, known.get(key))
            plan.items.append(one)
        elif channel is None:
            plan.told.append((row.line, row.title, "文件里写了两次"))
        if channel is None:
            continue
        if one.known is not None and (one.known.id, channel.id) in ran:
            plan.told.append((row.line, row.title, f"以前导入过：{channel.name}"))
        elif any(other.id == channel.id for other, _, _ in one.releases):
            plan.told.append((row.line, row.title, f"文件里写了两次：{channel.name}"))
        elif row.channel_at is not None:
            at = clock.instant(row.channel_at.date(), row.channel_at.time())
            one.releases.append((channel, at, row))
    for one in [one for one in plan.items if one.known is not None and not one.releases]:
        plan.items.remove(one)
        if not any(line == one.row.line for line, _, _ in plan.told):
            plan.told.append((one.row.line, one.row.title, "以前导入过"))
    plan.told.sort()
    return plan


Key = tuple[str, date, int, int | None]


def _key(title: str, day: date, unit_id: int, column_id: int | None) -> Key:
    return same_title(title), day, unit_id, column_id


class _Names:
    """Units, columns and channels by every name they may be called by."""

    def __init__(self) -> None:
        self.units: dict[str, Unit] = {}
        for unit in db.session.scalars(select(Unit).order_by(Unit.id)):
            for name in (unit.name, unit.full_name, unit.code):
                self.units.setdefault(name, unit)
        self.columns: dict[str, list[Column]] = defaultdict(list)
        rows = {row.id: row for row in db.session.scalars(select(Column).order_by(Column.position, Column.id))}
        leaves = [row for row in rows.values() if row.parent_id is not None]
        for leaf in leaves:
            self.columns[leaf.name].append(leaf)
            self.columns[leaf.code].append(leaf)
        for leaf in leaves:  # a first-level name stands for its only column
            group = rows[leaf.parent_id or 0]
            if not any(one.name == group.name for one in leaves):
                self.columns[group.name].append(leaf)
        self.channels = {one.name: one for one in releases.channels(everything=True)}

    def of(self, row: PastRow) -> tuple[Unit | None, Column | None, ReleaseChannel | None, list[Fault]]:
        unit, faults, column, channel = self.units.get(row.unit), [], None, None
        if unit is None:
            faults.append(Fault(row.line, "单位", f"没有叫“{row.unit}”的单位，请写“单位与人员”里的名称"))
        if row.column:
            found = self.columns.get(row.column, [])
            column = found[0] if len(found) == 1 else None
            if not found:
                faults.append(Fault(row.line, "栏目", f"没有叫“{row.column}”的栏目，请写“栏目”里的名称"))
            elif column is None:
                names = "、".join(one.name for one in found)
                faults.append(Fault(row.line, "栏目", f"“{row.column}”下有几个栏目，请写到具体的：{names}"))
        if row.channel:
            channel = self.channels.get(row.channel)
            if channel is None:
                faults.append(
                    Fault(row.line, "渠道", f"没有叫“{row.channel}”的渠道，请先在“发布渠道”里新增，或改成已有的名称")
                )
        return unit, column, channel, faults


def _articles_of(first: date, last: date) -> set[tuple[str, date]]:
    rows = select(Publication.title, Publication.published_on).where(Publication.published_on.between(first, last))
    return {(same_title(title), day) for title, day in db.session.execute(rows)}


def _imported(first: date, last: date) -> tuple[dict[Key, PastItem], set[tuple[int, int]]]:
    stands = HistoryImport.revoked_at.is_(None)
    items = select(PastItem).join(PastItem.source).where(stands, PastItem.published_on.between(first, last))
    known = {
        (one.title_key, one.published_on, one.unit_id, one.column_id): one
        for one in db.session.scalars(items.order_by(PastItem.id.desc()))
    }
    ran = (
        select(PastRelease.item_id, PastRelease.channel_id)
        .join(PastRelease.source)
        .join(PastRelease.item)
        .where(stands, PastItem.published_on.between(first, last))
    )
    return known, {(item, channel) for item, channel in db.session.execute(ran)}


# -- imports ----------------------------------------------------------------------------------


def imports() -> Sequence[HistoryImport]:
    """Every import, newest first."""
    found = select(HistoryImport).options(joinedload(HistoryImport.imported_by))
    return db.session.scalars(found.order_by(HistoryImport.id.desc())).all()


def history_import(import_id: int) -> HistoryImport | None:
    """One import."""
    return db.session.get(HistoryImport, import_id)


def items_of(import_id: int) -> Select[Any]:
    """The items an import brought, in the order of its lines."""
    return (
        select(PastItem)
        .where(PastItem.import_id == import_id)
        .options(joinedload(PastItem.unit), joinedload(PastItem.column))
        .order_by(PastItem.line, PastItem.id)
    )


def releases_of(item_ids: Iterable[int]) -> dict[int, list[PastRelease]]:
    """Item → where it ran, by imports that stand."""
    found: dict[int, list[PastRelease]] = defaultdict(list)
    rows = (
        select(PastRelease)
        .join(PastRelease.source)
        .where(PastRelease.item_id.in_(list(item_ids)))
        .options(joinedload(PastRelease.channel))
        .order_by(PastRelease.released_at, PastRelease.id)
    )
    for row in db.session.scalars(rows):
        found[row.item_id].append(row)
    return found


def depends_on(import_id: int) -> int:
    """How many releases of other imports that stand belong to items of this one."""
    rows = (
        select(func.count())
        .select_from(PastRelease)
        .join(PastRelease.item)
        .join(PastRelease.source)
        .where(PastItem.import_id == import_id, PastRelease.import_id != import_id, HistoryImport.revoked_at.is_(None))
    )
    return db.session.scalar(rows) or 0
