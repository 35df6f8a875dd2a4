"""SiteExport 静态导出."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from town_portal.exports.rules.manifest import ExportState
from town_portal.foundation.db import Json, Model, UtcDateTime, choice
from town_portal.network.models import Person


class SiteExport(Model):
    """静态导出: the public side written as a folder, once: who asked, what came of it."""

    __tablename__ = "site_export"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """None: by command."""
    full: Mapped[bool] = mapped_column(default=False)
    """Every file written anew."""
    folder: Mapped[str] = mapped_column(Text, default="")
    """Where to, by command; empty: the portal's own folder, offered as a .zip."""
    state: Mapped[ExportState] = mapped_column(choice(ExportState), default=ExportState.WAITING, index=True)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    figures: Mapped[dict[str, int]] = mapped_column(Json, default=dict)
    """pages, files, written, kept, removed, bytes."""
    problems: Mapped[list[str]] = mapped_column(Json, default=list)
    outside: Mapped[list[str]] = mapped_column(Json, default=list)
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why it was not made."""

    __mapper_args__ = {"version_id_col": version}

    asked_by: Mapped[Person | None] = relationship()

    def __str__(self) -> str:
        return "公开门户静态页面"

    def figure(self, name: str) -> Any:
        """One figure of the result; 0 where there is none."""
        return self.figures.get(name, 0)
