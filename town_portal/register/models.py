"""HistoryImport 历史导入, PastItem 历史信息, PastRelease 历史渠道发布."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from town_portal.columns.models import Column
from town_portal.foundation.db import Model, UtcDateTime
from town_portal.network.models import Person, Unit
from town_portal.releases.models import ReleaseChannel


class HistoryImport(Model):
    """历史导入: one file of what was published before this system; revoked as a whole or not at all."""

    __tablename__ = "history_import"
    __table_args__ = (CheckConstraint("revoked_at is null or reason <> ''", name="revoked_has_reason"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    file_name: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(Text)
    """Of the file."""
    items: Mapped[int]
    releases: Mapped[int]
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    imported_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(Text, default="")

    __mapper_args__ = {"version_id_col": version}

    imported_by: Mapped[Person | None] = relationship(foreign_keys=[imported_by_id])
    revoked_by: Mapped[Person | None] = relationship(foreign_keys=[revoked_by_id])

    def __str__(self) -> str:
        return f"导入：{self.file_name}"


class PastItem(Model):
    """历史信息: an item published before this system, as the list tells it. Its text is not here. Never changed."""

    __tablename__ = "past_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("history_import.id"), index=True)
    line: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    title_key: Mapped[str] = mapped_column(Text)
    """By which titles are held together."""
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    column_id: Mapped[int | None] = mapped_column(ForeignKey("column_tree.id"))
    """None: it was not on the portal, only on channels."""
    published_on: Mapped[date] = mapped_column(index=True)
    url: Mapped[str] = mapped_column(Text, default="")

    unit: Mapped[Unit] = relationship()
    column: Mapped[Column | None] = relationship()
    source: Mapped[HistoryImport] = relationship()

    def __str__(self) -> str:
        return self.title


class PastRelease(Model):
    """历史渠道发布: where such an item ran besides. Never changed."""

    __tablename__ = "past_release"
    __table_args__ = (UniqueConstraint("import_id", "item_id", "channel_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("history_import.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("past_item.id"), index=True)
    channel_id: Mapped[int] = mapped_column(ForeignKey("release_channel.id"), index=True)
    released_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    url: Mapped[str] = mapped_column(Text, default="")
    line: Mapped[int]

    item: Mapped[PastItem] = relationship()
    channel: Mapped[ReleaseChannel] = relationship()
    source: Mapped[HistoryImport] = relationship()

    def __str__(self) -> str:
        return f"{self.channel.name}：{self.item.title}"
