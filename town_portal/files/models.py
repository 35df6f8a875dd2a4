"""StoredFile 文件: what was uploaded, as it was stored."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from town_portal.files.rules.contents.contents import Contents, from_plain
from town_portal.foundation.db import Bookkeeping, Json, Model, UtcDateTime, choice


class FileKind(StrEnum):
    """A picture is re-encoded and shown; anything else is handed out as it is."""

    PICTURE = "picture"
    ATTACHMENT = "attachment"

    @property
    def label(self) -> str:
        """The kind in Chinese."""
        return {"picture": "照片", "attachment": "附件"}[self.value]


class StoredFile(Model):
    """文件: immutable; its bytes lie in the store under ``token``, never under a user's name."""

    __tablename__ = "stored_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(Text, unique=True)
    kind: Mapped[FileKind] = mapped_column(choice(FileKind))
    sha256: Mapped[str] = mapped_column(Text)
    size: Mapped[int]
    media_type: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    """The name it came with, tamed; for people only."""
    width: Mapped[int | None]
    height: Mapped[int | None]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)

    def __str__(self) -> str:
        return self.name


class FileContents(Bookkeeping, Model):
    """What a machine read in an attachment, once, so that no check ever opens the file again.

    No fact of its own: it follows from the bytes, whose digest is on the trail, and may be read again at any time.
    """

    __tablename__ = "file_contents"

    id: Mapped[int] = mapped_column(primary_key=True)
    stored_file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), unique=True)
    reader: Mapped[int]
    """Which reader read it; what an older one read is read again."""
    told: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    """Parts and concerns as plain values."""
    read_at: Mapped[datetime] = mapped_column(UtcDateTime)

    file: Mapped[StoredFile] = relationship()

    @property
    def contents(self) -> Contents:
        """The parts and concerns."""
        return from_plain(self.told)
