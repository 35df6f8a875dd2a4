"""Listed term 词条 and term proposal 词条提议: what the town keeps in its lists, and how it came there."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from town_portal.foundation.db import Json, Model, UtcDateTime, choice
from town_portal.network.models import Person, Unit
from town_portal.proofreading.rules.entry import TermEntry
from town_portal.proofreading.rules.kinds import TermKind


class TermState(StrEnum):
    """Where a term, or the proposal it came with, stands."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    RETIRED = "retired"
    """Another term took its place (never a proposal's state)."""

    @property
    def label(self) -> str:
        """The state in Chinese."""
        return {"proposed": "待确认", "confirmed": "已确认", "rejected": "未同意", "retired": "已替换"}[self.value]


class TermProposal(Model):
    """词条提议: one or many terms of one list, proposed by one person, in force when another has confirmed them all."""

    __tablename__ = "term_proposal"
    __table_args__ = (
        CheckConstraint("state <> 'retired'", name="never_retired"),
        CheckConstraint("state = 'proposed' or decided_at is not null", name="decided_has_time"),
        Index("ix_term_proposal_state", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """The coordinating office: its people decide."""
    kind: Mapped[TermKind] = mapped_column(choice(TermKind))
    reason: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text, default="")
    """The name of the file it was read from; empty when it was typed."""
    state: Mapped[TermState] = mapped_column(choice(TermState), default=TermState.PROPOSED)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposed_for_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """Whom the proposer stood in for."""
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refusal: Mapped[str] = mapped_column(Text, default="")
    """Why it was turned down."""

    terms: Mapped[list["ListedTerm"]] = relationship(back_populates="proposal", order_by="ListedTerm.id")
    proposed_by: Mapped[Person] = relationship(foreign_keys=proposed_by_id)
    decided_by: Mapped[Person | None] = relationship(foreign_keys=decided_by_id)

    __mapper_args__ = {"version_id_col": version}

    def __str__(self) -> str:
        first = self.terms[0].words
        return f"{self.kind.label}“{first}”" + (f"等 {len(self.terms)} 条" if len(self.terms) > 1 else "")


class ListedTerm(Model):
    """词条: one entry of a list with its days, its owner and its examples. A change is a new row."""

    __tablename__ = "listed_term"
    __table_args__ = (
        CheckConstraint("valid_to is null or valid_from is null or valid_to >= valid_from", name="ends_after_start"),
        Index("ix_listed_term_list", "state", "kind", "words"),
        Index("ix_listed_term_proposal", "proposal_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    proposal_id: Mapped[int] = mapped_column(ForeignKey("term_proposal.id"))
    kind: Mapped[TermKind] = mapped_column(choice(TermKind))
    words: Mapped[str] = mapped_column(Text)
    right: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int | None]
    """The place in the order of leaders."""
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    """The last day, that day included."""
    off: Mapped[bool] = mapped_column(default=False)
    """It says that the words are in the list no longer."""
    bad: Mapped[list[str]] = mapped_column(Json)
    """Sentences that must be found."""
    good: Mapped[list[str]] = mapped_column(Json)
    """Sentences that must not be found."""
    owner_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    state: Mapped[TermState] = mapped_column(choice(TermState), default=TermState.PROPOSED)

    proposal: Mapped[TermProposal] = relationship(back_populates="terms")
    owner: Mapped[Unit] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def entry(self) -> TermEntry:
        """The term as the rules know it."""
        return TermEntry(
            self.kind, self.words, self.right, self.note, self.position, self.valid_from, self.valid_to, self.off,
            tuple(self.bad), tuple(self.good), self.owner_id,
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind.label}“{self.words}”"
