"""What the public reads: plain columns of live publications, few statements a page.

The digest at the end of the trail changes with every act, so it is the version of everything
shown here. What is the same on every page is kept in memory under that digest, never longer.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Engine,
    Row,
    Select,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
    union_all,
)

from town_portal.audit import queries as trail
from town_portal.columns import queries as columns
from town_portal.columns.models import Column
from town_portal.files.models import FileKind, StoredFile
from town_portal.foundation import clock
from town_portal.foundation.db import UtcDateTime, db
from town_portal.network import queries as network
from town_portal.network.models import Unit, UnitKind
from town_portal.publishing.models import Publication, Standing
from town_portal.search import queries as search
from town_portal.search.models import SearchDoc
from town_portal.search.queries import Found, Shown
from town_portal.search.rules.question import Question
from town_portal.submissions.models import Revision, RevisionFile
from town_portal.submissions.rules import markup

Line: TypeAlias = Row[*tuple[Any, ...]]

SUGGESTED = 8
IN_FEED = 30
IN_MAP = 20_000
"""Addresses of one part of the map; the protocol allows 50,000."""
NEWS, NOTICES = "gzdt", "tzgg"
"""The columns that stand on the first page: 工作动态 and 通知公告."""

# What is asked most is put together once, of bare columns.
_P, _U, _R = Publication.__table__.c, Unit.__table__.c, Revision.__table__.c
_F, _S = RevisionFile.__table__.c, StoredFile.__table__.c
_C, _G = Column.__table__.c, Column.__table__.alias("column_group").c
_LIVE = _P.standing == Standing.LIVE
_NEWEST = (_P.published_at.desc(), _P.id.desc())
_IN_COLUMN = _P.column_id == bindparam("column")

_LINE = (
    select(_P.id, _P.title, _P.published_on, _U.name.label("unit"))
    .select_from(Publication.__table__.join(Unit.__table__, _U.id == _P.unit_id))
    .where(_LIVE)
    .order_by(*_NEWEST)
)
_RESULT = (
    select(
        _P.id,
        _P.title,
        _P.published_on,
        _P.revision_id,
        _P.index_number,
        _R.body_html,
        _U.name.label("unit"),
        _C.name.label("column"),
    )
    .select_from(Publication.__table__)
    .join(Revision.__table__, _R.id == _P.revision_id)
    .join(Unit.__table__, _U.id == _P.unit_id)
    .join(Column.__table__, _C.id == _P.column_id)
    .where(_LIVE)
)
_FEED = (
    select(_P.id, _P.title, _P.published_at, _P.corrected_at, _U.name.label("unit"), _R.body_html, _R.source)
    .select_from(Publication.__table__)
    .join(Revision.__table__, _R.id == _P.revision_id)
    .join(Unit.__table__, _U.id == _P.unit_id)
    .where(_LIVE)
    .order_by(*_NEWEST)
)
_MAP = select(_P.id, _P.published_at, _P.corrected_at).where(_LIVE).order_by(_P.id)
_NEWEST_LINES = _LINE.where(_IN_COLUMN)

_STORY = (
    select(_P.id, _P.title, _R.body_html)
    .select_from(Publication.__table__.join(Revision.__table__, _R.id == _P.revision_id))
    .where(_LIVE, _IN_COLUMN)
    .order_by(*_NEWEST)
    .limit(1)
)
_PICTURED = (
    _STORY.add_columns(_S.token, _S.width, _S.height)
    .join(RevisionFile.__table__, and_(_F.revision_id == _R.id, _F.kind == FileKind.PICTURE))
    .join(StoredFile.__table__, _S.id == _F.file_id)
    .order_by(_F.position)
)

_ARTICLE = (
    select(
        _P.id,
        _P.title,
        _P.column_id,
        _C.code.label("column_code"),
        _C.name.label("column"),
        _G.name.label("group"),
        _P.index_number,
        _P.event_on,
        _P.published_at,
        _P.corrected_at,
        _P.correction_note,
        _P.revision_id,
        _R.body_html,
        _R.source,
        _U.name.label("unit"),
    )
    .select_from(Publication.__table__)
    .join(Revision.__table__, _R.id == _P.revision_id)
    .join(Unit.__table__, _U.id == _P.unit_id)
    .join(Column.__table__, _C.id == _P.column_id)
    .outerjoin(_G.id.table, _G.id == _C.parent_id)
    .where(_LIVE, _P.id == bindparam("number"))
)
_ATTACHMENTS = (
    select(_F.name, _S.token, _S.size)
    .select_from(RevisionFile.__table__.join(StoredFile.__table__, _S.id == _F.file_id))
    .where(_F.revision_id == bindparam("revision"), _F.kind == FileKind.ATTACHMENT)
    .order_by(_F.position)
)


def _side(name: str, condition: ColumnElement[bool], *order: ColumnElement[Any]) -> Select[Any]:
    column = select(literal(name).label("side"), _P.id, _P.title).where(_LIVE, _IN_COLUMN, condition)
    return select(column.order_by(*order).limit(1).subquery())


_AT = bindparam("at", type_=UtcDateTime())
_NUMBER: BindParameter[int] = bindparam("number")
_NEIGHBOURS = union_all(
    _side("newer", and_(_P.published_at >= _AT, or_(_P.published_at > _AT, _P.id > _NUMBER)), _P.published_at, _P.id),
    _side("older", and_(_P.published_at <= _AT, or_(_P.published_at < _AT, _P.id < _NUMBER)), *_NEWEST),
)


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
    """What every page shares: the tree, the units, and the version of it all."""

    version: str
    tree: tuple[Branch, ...]
    units: tuple[tuple[str, str, bool], ...]
    """(code, name, is a village or community) in the town's order."""

    def branch(self, code: str) -> Branch | None:
        """An open column by its code, on either level."""
        return next((branch for branch in self._branches() if branch.code == code), None)

    def has_unit(self, code: str) -> bool:
        """Is there an open unit of this code?"""
        return any(code == known for known, _, _ in self.units)

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
    """What is looked for in the texts; a list with words comes from the search."""

    def conditions(self) -> list[ColumnElement[bool]]:
        """Column, unit and year as conditions on publications and their units."""
        found: list[ColumnElement[bool]] = []
        if self.column_ids:
            found.append(_P.column_id.in_(self.column_ids))
        if self.unit:
            found.append(_U.code == self.unit)
        if self.year:
            start, end = clock.instant(date(self.year, 1, 1)), clock.instant(date(self.year + 1, 1, 1))
            found += [_P.published_at >= start, _P.published_at < end]
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
    return Frame(version, tree, units)


def years(version: str) -> list[int]:
    """The years there can be articles of, newest first."""
    return list(range(clock.today().year, _first_year(db.engine, version) - 1, -1))


@lru_cache(maxsize=4)
def _first_year(_source: Engine, _version: str) -> int:
    first = db.session.scalar(select(func.min(_P.published_at)).where(_LIVE))
    return clock.day_of(first or clock.now()).year


def lines(choice: Choice) -> Select[Any]:
    """The articles of a list, newest first, as a statement to page through."""
    return _LINE.where(*choice.conditions())


def count(version: str, choice: Choice) -> int:
    """How many articles a list has; counted once for every version of the house."""
    return _count(db.engine, version, choice)


@lru_cache(maxsize=512)
def _count(_source: Engine, _version: str, choice: Choice) -> int:
    counted = select(func.count()).select_from(Publication.__table__).where(_LIVE, *choice.conditions())
    if choice.unit:
        counted = counted.join(Unit.__table__, _U.id == _P.unit_id)
    return db.session.scalar(counted) or 0


def feed(column_ids: Sequence[int]) -> Sequence[Line]:
    """The newest articles with their texts, of some columns or of all."""
    narrowed = _FEED.where(_P.column_id.in_(column_ids)) if column_ids else _FEED
    return db.session.execute(narrowed.limit(IN_FEED)).all()


def mapped(number: int) -> Sequence[Line]:
    """The articles of the n-th part of the map of the site, counted from 1: (id, published at, corrected at)."""
    return db.session.execute(_MAP.limit(IN_MAP).offset((number - 1) * IN_MAP)).all()


def found(choice: Choice) -> Found:
    """The numbers of the articles that hold the words of a choice, best first."""
    return search.find(" ".join(choice.words), lambda documents: _public(documents, choice))


def suggested(typed: str) -> list[str]:
    """Titles that hold what was typed so far."""
    return search.titles(typed, lambda documents: _public(documents, Choice()), SUGGESTED)


def _public(documents: Select[*tuple[Any, ...]], choice: Choice) -> Select[*tuple[Any, ...]]:
    """Live publications of a choice, joined to documents by the version the public reads."""
    return (
        documents.with_only_columns(_P.id, _P.title, _P.published_on, maintain_column_froms=True)
        .join(Publication.__table__, _P.revision_id == SearchDoc.revision_id)
        .join(Unit.__table__, _U.id == _P.unit_id)
        .where(_LIVE, *choice.conditions())
    )


def results(keys: Sequence[int], question: Question) -> list[tuple[Line, Shown]]:
    """Articles of these numbers, in the order given, each with why it was found."""
    rows = {row.id: row for row in db.session.execute(_RESULT.where(_P.id.in_(keys)))}
    files: dict[int, list[RevisionFile]] = defaultdict(list)
    attached = select(RevisionFile).where(
        RevisionFile.revision_id.in_([row.revision_id for row in rows.values()]),
        RevisionFile.kind == FileKind.ATTACHMENT,
    )
    for file in db.session.scalars(attached.order_by(RevisionFile.position)):
        files[file.revision_id].append(file)
    return [
        (row, search.shown(row.title, row.body_html, files[row.revision_id], question))
        for row in (rows[key] for key in keys if key in rows)
    ]


def everything_in(column_ids: Sequence[int]) -> Sequence[Line]:
    """All articles of some columns, newest first; for columns of a few dozen such as yearly reports."""
    return db.session.execute(_LINE.where(_P.column_id.in_(column_ids))).all()


def newest(column_id: int, limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """The newest articles of one column."""
    return db.session.execute(_NEWEST_LINES.limit(limit), {"column": column_id}).all()


def lead(column_id: int) -> Lead | None:
    """The newest article of a column that has a picture, else simply the newest."""
    if row := db.session.execute(_PICTURED, {"column": column_id}).first():
        alt = next((block.alt for block in markup.pictures(row.body_html) if block.token == row.token), "")
        return Lead(row.id, row.title, markup.summary(row.body_html), row.token, alt, row.width, row.height)
    if row := db.session.execute(_STORY, {"column": column_id}).first():
        return Lead(row.id, row.title, markup.summary(row.body_html))
    return None


def article(publication_id: int) -> Row[*tuple[Any, ...]] | None:
    """One live article with its text; None when the public may not read it."""
    return db.session.execute(_ARTICLE, {"number": publication_id}).first()


def withdrawn(publication_id: int) -> Row[*tuple[Any, ...]] | None:
    """What the public is told in the place of an article that went: the day and the notice, nothing of its text.

    None where nothing is told: personal data, secrecy, or no notice was due.
    """
    gone = select(_P.withdrawn_at, _P.withdrawal_notice).where(
        _P.id == publication_id, _P.standing == Standing.WITHDRAWN, _P.withdrawal_notice != ""
    )
    return db.session.execute(gone).first()


def attachments(revision_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """The files under a text: shown name, token, size in bytes."""
    return db.session.execute(_ATTACHMENTS, {"revision": revision_id}).all()


def neighbours(column_id: int, published_at: datetime, publication_id: int) -> dict[str, Row[*tuple[Any, ...]]]:
    """The articles above and below one in its column's list: "newer" and "older", as far as there are any."""
    place = {"column": column_id, "at": published_at, "number": publication_id}
    return {row.side: row for row in db.session.execute(_NEIGHBOURS, place)}
