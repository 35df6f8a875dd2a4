"""SearchDoc 检索文档: what a version of a text is found by. No fact of its own: it can be made anew from the versions."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table, Text, column
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column, registry

from town_portal.foundation.db import Bookkeeping, Model, UtcDateTime


class SearchDoc(Bookkeeping, Model):
    """A version of a text as it is looked through: letters and digits made alike, what its attachments show included.

    A version never changes, so neither does this; who may find it is asked of the item it belongs to, every time.
    """

    __tablename__ = "search_doc"
    __table_args__ = (
        Index("ix_search_doc_grams", "grams", postgresql_using="gin", sqlite_where=column("grams").is_not(None)),
        Index("ix_search_doc_waiting", "complete", "revision_id"),
    )

    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), primary_key=True, autoincrement=False)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    title: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    grams: Mapped[list[str] | None] = mapped_column(Text().with_variant(TSVECTOR(), "postgresql"))
    """On PostgreSQL, what it is kept under; SQLite keeps that in a table of its full-text machine."""
    complete: Mapped[bool]
    """Were all its attachments read when it was made?"""
    indexed_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class SearchGrams(Bookkeeping):
    """SQLite's full-text table, one row a document; ``search_grams`` is the column that takes commands."""

    rowid: int
    grams: str
    search_grams: str | None


GRAMS = Table(
    "search_grams",
    MetaData(),
    Column("rowid", Integer, primary_key=True),
    Column("grams", Text),
    Column("search_grams", Text),
)
registry().map_imperatively(SearchGrams, GRAMS)
