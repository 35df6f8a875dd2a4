"""Reading 通读, InspectionRound 巡检轮次, LateFinding 发布后疑点."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from town_portal.foundation.db import Bookkeeping, Json, Model, UtcDateTime, choice
from town_portal.network.models import Person, Unit
from town_portal.proofreading.rules.finding import NEVER_OVERRIDDEN, Family, Severity
from town_portal.publishing.models import Publication, Standing


class Reading(Bookkeeping, Model):
    """What the proofreader finds in a saved version: for the figures, computed from the version alone."""

    __tablename__ = "reading"

    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), primary_key=True, autoincrement=False)
    read_at: Mapped[datetime] = mapped_column(UtcDateTime)
    signs: Mapped[int]
    """Signs of its title and text."""
    found: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    """[{"key": …, "family": …}, …] of what weighs."""


class InspectionRound(Bookkeeping, Model):
    """How far a night's reading of everything public has come."""

    __tablename__ = "inspection_round"

    day: Mapped[date] = mapped_column(primary_key=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reached: Mapped[int] = mapped_column(default=0)
    """The number of the last publication read."""
    read: Mapped[int] = mapped_column(default=0)
    found: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    """Texts the proofreader could not read."""


class LateFinding(Model):
    """发布后疑点: what a nightly reading found in a public text and nobody had answered before."""

    __tablename__ = "late_finding"
    __table_args__ = (
        UniqueConstraint("revision_id", "key"),
        CheckConstraint("(dismissed_at is null) = (dismissed_reason is null)", name="dismissed_has_reason"),
        Index("ix_late_finding_open", "dismissed_at", "unit_id", "found_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    key: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)
    family: Mapped[Family] = mapped_column(choice(Family))
    severity: Mapped[Severity] = mapped_column(choice(Severity))
    words: Mapped[str] = mapped_column(Text)
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    message: Mapped[str] = mapped_column(Text)
    found_at: Mapped[datetime] = mapped_column(UtcDateTime)
    dismissed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    dismissed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    dismissed_reason: Mapped[str | None] = mapped_column(Text)

    __mapper_args__ = {"version_id_col": version}

    publication: Mapped[Publication] = relationship()
    unit: Mapped[Unit] = relationship()
    dismissed_by: Mapped[Person | None] = relationship()

    def __str__(self) -> str:
        return f"“{self.words}”"

    @property
    def mended(self) -> bool:
        """The public no longer reads the version it stands in."""
        return self.publication.revision_id != self.revision_id or self.publication.standing is not Standing.LIVE

    @property
    def open(self) -> bool:
        """Neither mended nor explained."""
        return self.dismissed_at is None and not self.mended

    @property
    def explainable(self) -> bool:
        """May be said to be no error: anything but personal data and secrecy."""
        return self.family not in NEVER_OVERRIDDEN
