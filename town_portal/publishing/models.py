"""Publication 发布信息, and the counters of 索引号."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from town_portal.columns.models import Column
from town_portal.foundation.db import Model, UtcDateTime, choice
from town_portal.network.models import Unit
from town_portal.publishing.rules.withdrawal import WithdrawalKind
from town_portal.submissions.models import Revision, Submission


class Standing(StrEnum):
    """Can the public read it?"""

    LIVE = "live"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The word in Chinese."""
        return {"live": "公开中", "withdrawn": "已撤下"}[self.value]


class Publication(Model):
    """发布信息: what the public reads. A correction puts another signed version in its place."""

    __tablename__ = "publication"
    __table_args__ = (
        CheckConstraint("standing <> 'withdrawn' or withdrawn_at is not null", name="withdrawn_has_time"),
        Index("ix_publication_column", "column_id", "standing", "published_at"),
        Index("ix_publication_unit", "unit_id", "published_on", "golden_until", "submission_id"),
        Index("ix_publication_withdrawn", "withdrawn_at", "submission_id", "unit_id"),
        Index("ix_publication_live", "standing", "published_at"),
        Index("ix_publication_on", "published_on", "unit_id", "column_id", "event_on", "golden_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), unique=True)
    """The item that was published first."""
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    """The version that is live."""
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    column_id: Mapped[int] = mapped_column(ForeignKey("column_tree.id"))
    title: Mapped[str] = mapped_column(Text)
    index_number: Mapped[str] = mapped_column(Text, unique=True)
    event_on: Mapped[date]
    golden_until: Mapped[date]
    """The last timely day, as it stood with the text: by the rule in force when that was saved."""
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_on: Mapped[date]
    publisher_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    standing: Mapped[Standing] = mapped_column(choice(Standing), default=Standing.LIVE)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_reason: Mapped[str | None] = mapped_column(Text)
    withdrawn_kind: Mapped[WithdrawalKind | None] = mapped_column(choice(WithdrawalKind))
    withdrawal_notice: Mapped[str] = mapped_column(Text, default="")
    """What stands in its place for the public; empty where nothing is to be said."""
    corrected_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    correction_note: Mapped[str | None] = mapped_column(Text)
    corrections: Mapped[int] = mapped_column(default=0)

    __later__ = {"withdrawn_kind": None, "withdrawal_notice": ""}

    __mapper_args__ = {"version_id_col": version}

    revision: Mapped[Revision] = relationship()
    submission: Mapped[Submission] = relationship()
    unit: Mapped[Unit] = relationship()
    column: Mapped[Column] = relationship()

    def __str__(self) -> str:
        return self.title

    @property
    def timely(self) -> bool:
        """Published within the golden days."""
        return self.published_on <= self.golden_until


class NumberSeries(Model):
    """The last serial of a year's 索引号; numbers are never used twice."""

    __tablename__ = "number_series"
    __table_args__ = (UniqueConstraint("name", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    name: Mapped[str] = mapped_column(Text)
    year: Mapped[int]
    last: Mapped[int]

    __mapper_args__ = {"version_id_col": version}
