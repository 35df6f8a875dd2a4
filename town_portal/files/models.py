"""StoredFile 文件: what was uploaded, as it was stored."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from town_portal.foundation.db import Model, UtcDateTime, choice


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
