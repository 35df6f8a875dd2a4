"""What the public reads: plain columns of live publications, few statements a page.

The digest at the end of the trail changes with every act, so it is the version of everything
shown here. What is the same on every page is kept in memory under that digest, never longer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Engine, Row, Select, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from town_portal.audit import queries as trail
from town_portal.columns import queries as columns
from town_portal.columns.models import Column
from town_portal.files.models import FileKind, StoredFile
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.network import queries as network
from town_portal.network.models import Unit, UnitKind
from town_portal.publishing.models import Publication, Standing
from town_portal.submissions.models import Revision, RevisionFile
from town_portal.submissions.rules import markup

NEWS, NOTICES = "gzdt", "tzgg"
"""The columns that stand on the first page: 工作动态 and 通知公告."""

_Group = aliased(Column)
_LIVE = Publication.standing == Standing.LIVE
_NEWEST = (Publication.published_at.desc(), Publication.id.desc())
_P, _U = Publication.__table__.c, Unit.__table__.c
_LINE = (
    select(_P.id, _P.title, _P.published_on, _U.name.label("unit"))
    .select_from(Publication.__table__.join(Unit.__table__, _U.id == _P.unit_id))
    .where(_LIVE)
    .order_by(*_NEWEST)
)
"""A line of a list. Of bare columns, because lists are read most."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A column with the columns under it."""

    id: int
    code: str
    name: str
    leaves: tuple["Branch", ...] = ()

    @property
    def ids(self) -> tuple[int, ...]:
        """The columns whose articles are shown under this one."""
        return (self.id, *(leaf.id for leaf in self.leaves))


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page shares: the tree, the units, the first year, and the version of it all."""

    version: str
    tree: tuple[Branch, ...]
    units: tuple[tuple[str, str, bool], ...]
    """(code, name, is a village or community) in the town's order."""
    first_year: int

    def branch(self, code: str) -> Branch | None:
        """An open column by its code, on either level."""
        return next((branch for branch in self._branches() if branch.code == code), None)

    def has_unit(self, code: str) -> bool:
        """Is there an open unit of this code?"""
        return any(code == known for known, _, _ in self.units)

    def years(self) -> list[int]:
        """The years there can be articles of, newest first."""
        return list(range(clock.today().year, self.first_year - 1, -1))

    def _branches(self) -> Iterator[Branch]:
        for group in self.tree:
            yield group
            yield from group.leaves


@dataclass(frozen=True, slots=True)
class Choice:
    """Which articles a list shows; everything when nothing is chosen."""

    column_ids: tuple[int, ...] = ()
    unit: str = ""
    year: int = 0
    words: tuple[str, ...] = ()

    def conditions(self) -> list[ColumnElement[bool]]:
        """The choice as conditions on publications and their units."""
        found: list[ColumnElement[bool]] = [Publication.title.contains(word, autoescape=True) for word in self.words]
        if self.column_ids:
            found.append(Publication.column_id.in_(self.column_ids))
        if self.unit:
            found.append(Unit.code == self.unit)
        if self.year:
            start, end = clock.instant(date(self.year, 1, 1)), clock.instant(date(self.year + 1, 1, 1))
            found += [Publication.published_at >= start, Publication.published_at < end]
        return found


@dataclass(frozen=True, slots=True)
class Lead:
    """The story at the top of the first page; with its first picture when it has one."""

    id: int
    title: str
    summary: str
    token: str | None = None
    alt: str = ""
    width: int | None = None
    height: int | None = None


def frame() -> Frame:
    """The shared frame as it is now: one statement as long as nothing was done."""
    return _frame(db.engine, trail.head_digest())


@lru_cache(maxsize=4)
def _frame(_source: Engine, version: str) -> Frame:
    tree = tuple(
        Branch(
            group.id,
            group.code,
            group.name,
            tuple(Branch(leaf.id, leaf.code, leaf.name) for leaf in leaves),
        )
        for group, leaves in columns.tree()
    )
    units = tuple((unit.code, unit.name, unit.kind is not UnitKind.OFFICE) for unit in network.units())
    first = db.session.scalar(select(func.min(Publication.published_at)).where(_LIVE))
    return Frame(version, tree, units, clock.day_of(first or clock.now()).year)


def lines(choice: Choice) -> Select[Any]:
    """The articles of a list, newest first, as a statement to page through."""
    return _LINE.where(*choice.conditions())


def count(version: str, choice: Choice) -> int:
    """How many articles a list has; counted once for every version of the house."""
    return _count(db.engine, version, choice)


@lru_cache(maxsize=512)
def _count(_source: Engine, _version: str, choice: Choice) -> int:
    counted = select(func.count()).select_from(Publication).where(_LIVE, *choice.conditions())
    if choice.unit:
        counted = counted.join(Unit, Unit.id == Publication.unit_id)
    return db.session.scalar(counted) or 0


def newest(column_id: int, limit: int) -> Sequence[Row[Any]]:
    """The newest articles of one column."""
    return db.session.execute(_LINE.where(Publication.column_id == column_id).limit(limit)).all()


def lead(column_id: int) -> Lead | None:
    """The newest article of a column that has a picture, else simply the newest."""
    story = (
        select(Publication.id, Publication.title, Revision.body_html)
        .join(Revision, Revision.id == Publication.revision_id)
        .where(_LIVE, Publication.column_id == column_id)
        .order_by(*_NEWEST)
        .limit(1)
    )
    pictured = (
        story.add_columns(StoredFile.token, StoredFile.width, StoredFile.height)
        .join(RevisionFile, and_(RevisionFile.revision_id == Revision.id, RevisionFile.kind == FileKind.PICTURE))
        .join(StoredFile, StoredFile.id == RevisionFile.file_id)
        .order_by(RevisionFile.position)
    )
    if row := db.session.execute(pictured).first():
        alt = next((block.alt for block in markup.pictures(row.body_html) if block.token == row.token), "")
        return Lead(row.id, row.title, markup.summary(row.body_html), row.token, alt, row.width, row.height)
    if row := db.session.execute(story).first():
        return Lead(row.id, row.title, markup.summary(row.body_html))
    return None


def article(publication_id: int) -> Row[Any] | None:
    """One live article with its text; None when the public may not read it."""
    return db.session.execute(
        select(
            Publication.id,
            Publication.title,
            Publication.column_id,
            Column.code.label("column_code"),
            Column.name.label("column"),
            _Group.name.label("group"),
            Publication.index_number,
            Publication.event_on,
            Publication.published_at,
            Publication.corrected_at,
            Publication.correction_note,
            Publication.revision_id,
            Revision.body_html,
            Revision.source,
            Unit.name.label("unit"),
        )
        .join(Revision, Revision.id == Publication.revision_id)
        .join(Unit, Unit.id == Publication.unit_id)
        .join(Column, Column.id == Publication.column_id)
        .outerjoin(_Group, _Group.id == Column.parent_id)
        .where(_LIVE, Publication.id == publication_id)
    ).first()


def attachments(revision_id: int) -> Sequence[Row[Any]]:
    """The files under a text: shown name, token, size in bytes."""
    return db.session.execute(
        select(RevisionFile.name, StoredFile.token, StoredFile.size)
        .join(StoredFile, StoredFile.id == RevisionFile.file_id)
        .where(RevisionFile.revision_id == revision_id, RevisionFile.kind == FileKind.ATTACHMENT)
        .order_by(RevisionFile.position)
    ).all()


def neighbours(column_id: int, published_at: datetime, publication_id: int) -> dict[str, Row[Any]]:
    """The articles above and below one in its column's list: "newer" and "older", as far as there are any."""
    at, number = Publication.published_at, Publication.id
    newer = and_(at >= published_at, or_(at > published_at, number > publication_id))
    older = and_(at <= published_at, or_(at < published_at, number < publication_id))
    sides = (
        _side("newer", column_id, newer).order_by(at, number).limit(1).subquery(),
        _side("older", column_id, older).order_by(*_NEWEST).limit(1).subquery(),
    )
    rows = db.session.execute(union_all(*(select(side) for side in sides)))
    return {row.side: row for row in rows}


def _side(name: str, column_id: int, condition: ColumnElement[bool]) -> Select[Any]:
    return select(literal(name).label("side"), Publication.id, Publication.title).where(
        _LIVE, Publication.column_id == column_id, condition
    )
