"""SpotCheck 抽查 and the texts it drew."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from town_portal.corrections.models import Fault
from town_portal.foundation.db import Json, Model, UtcDateTime, choice
from town_portal.network.models import Person, Unit
from town_portal.publishing.models import Publication
from town_portal.spot_checks.rules.checking import CheckResult
from town_portal.spot_checks.rules.draw import Lots
from town_portal.spot_checks.rules.lifecycle import SpotCheckState
from town_portal.spot_checks.rules.seed import SeedKind


class SpotCheck(Model):
    """质量抽查单: a list fixed before the seed was known, the seed, and what it drew."""

    __tablename__ = "spot_check"
    __table_args__ = (
        UniqueConstraint("year", "serial"),
        CheckConstraint("last_day >= first_day", name="ends_after_start"),
        CheckConstraint("state not in ('drawn', 'finished') or seed is not null", name="draw_has_seed"),
        CheckConstraint("seed_kind <> 'trail' or seed_seq is not null", name="trail_has_number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    year: Mapped[int]
    serial: Mapped[int]
    first_day: Mapped[date]
    """Drawn from what was published from this day …"""
    last_day: Mapped[date]
    """… to this one, both included."""
    size: Mapped[int]
    state: Mapped[SpotCheckState] = mapped_column(choice(SpotCheckState), default=SpotCheckState.SEALED)
    sealed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sealed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    listed: Mapped[dict[str, Any]] = mapped_column(Json)
    """The list as it is published: candidates, weights, what units are owed."""
    list_digest: Mapped[str] = mapped_column(Text)
    seed_kind: Mapped[SeedKind] = mapped_column(choice(SeedKind))
    seed_source: Mapped[str] = mapped_column(Text)
    """Where the seed will come from, in words, as it was said when the list was fixed."""
    seed_seq: Mapped[int | None]
    """The number of the act on the trail whose digest is the seed."""
    seed_on: Mapped[date | None]
    """The day on which the public number comes out."""
    seed: Mapped[str | None] = mapped_column(Text)
    drawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    drawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    due_on: Mapped[date | None]
    """The last day for looking at everything that was drawn."""
    checklist: Mapped[list[str] | None] = mapped_column(Json)
    """What is asked of every text, as it stood at the draw."""
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_words: Mapped[str | None] = mapped_column(Text)
    """The summary of a finished check; the reason of an abandoned one."""

    __mapper_args__ = {"version_id_col": version}

    sealed_by: Mapped[Person] = relationship(foreign_keys=[sealed_by_id])
    drawn_by: Mapped[Person | None] = relationship(foreign_keys=[drawn_by_id])
    items: Mapped[list["SpotCheckItem"]] = relationship(back_populates="check", order_by="SpotCheckItem.position")

    def __str__(self) -> str:
        return f"{self.year}年第 {self.serial} 次抽查"

    @property
    def lots(self) -> Lots:
        """The list as plain values."""
        return Lots.from_plain(self.listed)


class SpotCheckItem(Model):
    """抽中信息: one drawn text, and what was found."""

    __tablename__ = "spot_check_item"
    __table_args__ = (
        UniqueConstraint("check_id", "position"),
        UniqueConstraint("check_id", "publication_id"),
        CheckConstraint("result is null or checked_at is not null", name="result_has_time"),
        CheckConstraint("result <> 'fault' or fault_id is not null", name="fault_has_ticket"),
        Index("ix_spot_check_item_unit", "unit_id", "checked_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    check_id: Mapped[int] = mapped_column(ForeignKey("spot_check.id"))
    position: Mapped[int]
    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id"), index=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    result: Mapped[CheckResult | None] = mapped_column(choice(CheckResult))
    marks: Mapped[list[str] | None] = mapped_column(Json)
    """What was found on each line of the checklist, in its order."""
    note: Mapped[str | None] = mapped_column(Text)
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    checked_on: Mapped[date | None]
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    fault_id: Mapped[int | None] = mapped_column(ForeignKey("fault.id"))

    __mapper_args__ = {"version_id_col": version}

    check: Mapped[SpotCheck] = relationship(back_populates="items")
    publication: Mapped[Publication] = relationship()
    unit: Mapped[Unit] = relationship()
    checked_by: Mapped[Person | None] = relationship()
    fault: Mapped[Fault | None] = relationship()

    def __str__(self) -> str:
        return self.publication.title
