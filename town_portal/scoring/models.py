"""SchemeVersion 评分办法, SchemeDecision 办法决定, Credit 加减分事项, CreditDecision 事项决定.

Rows are never changed or deleted (triggers): what becomes of a proposal is a row of its own.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from town_portal.foundation.db import Json, Model, UtcDateTime, choice
from town_portal.network.models import Person, Unit
from town_portal.scoring.rules.scheme import Scheme
from town_portal.statistics.rules.quarter import Quarter


class Verdict(StrEnum):
    """What a second person said, or what became of it later."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    REVOKED = "revoked"

    @property
    def label(self) -> str:
        """The word in Chinese."""
        return {"confirmed": "已确认", "rejected": "未同意", "revoked": "已撤销"}[self.value]


class SchemeVersion(Model):
    """评分办法: one version of it, as proposed. It holds from a quarter on once another person confirmed it."""

    __tablename__ = "scheme_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    """Counted from 1; a rejected proposal keeps its number."""
    plain: Mapped[dict[str, Any]] = mapped_column(Json)
    """The scheme as plain values (``rules/scheme.py``)."""
    valid_from: Mapped[date]
    """The first day of the first quarter it scores."""
    reason: Mapped[str] = mapped_column(Text)
    based_on_id: Mapped[int | None] = mapped_column(ForeignKey("scheme_version.id"))
    """The version it was changed from; None for one that began from a shipped scheme."""
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposed_for_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """For whom the proposer stood in."""
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    proposed_by: Mapped[Person] = relationship(foreign_keys=[proposed_by_id])
    based_on: Mapped["SchemeVersion | None"] = relationship(remote_side="SchemeVersion.id")
    decision: Mapped["SchemeDecision | None"] = relationship(back_populates="scheme", lazy="joined")

    def __str__(self) -> str:
        return f"第 {self.number} 版评分办法"

    @property
    def scheme(self) -> Scheme:
        """The scheme it holds."""
        return Scheme.from_plain(self.plain)

    @property
    def quarter(self) -> Quarter:
        """The first quarter it scores."""
        return Quarter.containing(self.valid_from)

    @property
    def waiting(self) -> bool:
        """Has nobody decided it yet?"""
        return self.decision is None

    @property
    def confirmed(self) -> bool:
        """Did a second person confirm it?"""
        return self.decision is not None and self.decision.verdict is Verdict.CONFIRMED


class SchemeDecision(Model):
    """办法决定: what the second person said to a proposed version."""

    __tablename__ = "scheme_decision"
    __table_args__ = (CheckConstraint("verdict <> 'rejected' or reason <> ''", name="rejected_has_reason"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme_version.id"), unique=True)
    verdict: Mapped[Verdict] = mapped_column(choice(Verdict))
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)

    scheme: Mapped[SchemeVersion] = relationship(back_populates="decision")
    decided_by: Mapped[Person] = relationship()


class Credit(Model):
    """加减分事项: something no count of items can know (约稿, 批示, 通报), with its evidence."""

    __tablename__ = "credit"
    __table_args__ = (
        CheckConstraint("times >= 1", name="at_least_once"),
        Index("ix_credit_happened", "happened_on", "unit_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(Text, unique=True)
    """As in 2026-014."""
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    matter: Mapped[str] = mapped_column(Text)
    """Its name in the scheme; that says how many points it brings."""
    happened_on: Mapped[date]
    """Decides the quarter."""
    times: Mapped[int] = mapped_column(default=1)
    words: Mapped[str] = mapped_column(Text)
    """What it was about."""
    evidence: Mapped[str] = mapped_column(Text)
    """Where that can be seen: a document's number, an address, whom to ask."""
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposed_for_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    unit: Mapped[Unit] = relationship()
    proposed_by: Mapped[Person] = relationship(foreign_keys=[proposed_by_id])
    decisions: Mapped[list["CreditDecision"]] = relationship(
        back_populates="credit", order_by="CreditDecision.id", lazy="selectin"
    )

    def __str__(self) -> str:
        return f"加减分事项 {self.number}"

    @property
    def verdict(self) -> Verdict | None:
        """What holds now; None while it waits for a second person."""
        return self.decisions[-1].verdict if self.decisions else None

    @property
    def word(self) -> str:
        """How it stands, in Chinese."""
        return self.verdict.label if self.verdict else "待确认"


class CreditDecision(Model):
    """事项决定: what the second person said to a credit, or that it was revoked afterwards."""

    __tablename__ = "credit_decision"
    __table_args__ = (
        UniqueConstraint("credit_id", "verdict"),
        CheckConstraint("verdict = 'confirmed' or reason <> ''", name="other_has_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    credit_id: Mapped[int] = mapped_column(ForeignKey("credit.id"))
    verdict: Mapped[Verdict] = mapped_column(choice(Verdict))
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)

    credit: Mapped[Credit] = relationship(back_populates="decisions")
    decided_by: Mapped[Person] = relationship()
