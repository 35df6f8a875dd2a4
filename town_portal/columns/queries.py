"""Questions to the column tree."""

from sqlalchemy import select

from town_portal.columns.models import Column
from town_portal.foundation.db import db


def tree() -> list[tuple[Column, list[Column]]]:
    """The open columns as (parent, children), both in order: one statement."""
    rows = _open()
    children: dict[int | None, list[Column]] = {}
    for row in rows:
        children.setdefault(row.parent_id, []).append(row)
    return [(parent, children.get(parent.id, [])) for parent in children.get(None, [])]


def leaves() -> list[Column]:
    """The open columns in which items stand, in the order of the tree."""
    return [child for _, children in tree() for child in children]


def by_code(code: str) -> Column | None:
    """One column, open or closed, by its short name such as gzdt."""
    return db.session.scalar(select(Column).where(Column.code == code))


def get(column_id: int) -> Column | None:
    """One column, open or closed."""
    return db.session.get(Column, column_id)


def closed() -> list[Column]:
    """The columns that take no new items, by name."""
    return list(db.session.scalars(select(Column).where(Column.open.is_(False)).order_by(Column.code)))


def has_any() -> bool:
    """Has a tree been founded?"""
    return db.session.scalar(select(Column.id).limit(1)) is not None


def open_children(column_id: int) -> list[Column]:
    """The open columns under a column."""
    return [row for row in _open() if row.parent_id == column_id]


def named(name: str, parent_id: int | None) -> Column | None:
    """The open column of this name at one place of the tree."""
    return next((row for row in _open() if row.parent_id == parent_id and row.name == name), None)


def _open() -> list[Column]:
    return list(db.session.scalars(select(Column).where(Column.open).order_by(Column.position, Column.id)))
