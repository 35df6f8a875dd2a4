"""Fault 差错, FixProposal 改正方案, ChannelCheck 渠道核销, FaultCase 案例, ReaderKnock 读者来访."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from town_portal.corrections.rules.fault import FaultCause, FaultOrigin, FaultSeverity, FixWay
from town_portal.corrections.rules.lifecycle import FaultState
from town_portal.foundation.db import Bookkeeping, Json, Model, UtcDateTime, choice
from town_portal.network.models import Person, Unit
from town_portal.publishing.models import Publication
from town_portal.submissions.models import Revision, Submission

Severity = FaultSeverity
"""As other rooms call it."""


class Fault(Model):
    """差错: something wrong in a text the public reads, from the first word about it to the closed ticket.

    What a reader wrote, and how to reach him, stays here: neither goes to the trail, into lists or into reminders.
    """

    __tablename__ = "fault"
    __table_args__ = (
        CheckConstraint(
            "state in ('reported','dismissed') or (confirmed_at is not null and severity is not null)",
            name="confirmed_has_time",
        ),
        CheckConstraint("state <> 'dismissed' or dismissed_reason <> ''", name="dismissed_has_reason"),
        CheckConstraint(
            "state not in ('fixed','answered','closed') or (fixed_at is not null and way is not null)",
            name="fixed_has_time",
        ),
        CheckConstraint("state <> 'closed' or (closed_at is not null and cause is not null)", name="closed_has_cause"),
        Index("ix_fault_state", "state", "unit_id", "found_at"),
        Index("ix_fault_confirmed", "confirmed_at", "state", "unit_id"),
        Index("ix_fault_publication", "publication_id", "state"),
        Index("ix_fault_source", "source"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    number: Mapped[str] = mapped_column(Text, unique=True)
    state: Mapped[FaultState] = mapped_column(choice(FaultState), default=FaultState.REPORTED)
    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id"))
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    """The item that was published first."""
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    """The version in which it stands."""
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """The unit the text comes from."""

    origin: Mapped[FaultOrigin] = mapped_column(choice(FaultOrigin))
    words: Mapped[str] = mapped_column(Text)
    """What is wrong, as whoever found it wrote it down."""
    source: Mapped[str] = mapped_column(Text, default="")
    """Where it comes from outside this room, such as ``late_finding:12`` or ``spot_check:7``; one ticket each."""
    receipt: Mapped[str | None] = mapped_column(Text, unique=True)
    """By what a reader asks how it stands; says nothing itself."""
    contact: Mapped[str | None] = mapped_column(Text)
    """How to reach the reader, sealed; None where he left nothing."""
    reported_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    found_at: Mapped[datetime] = mapped_column(UtcDateTime)

    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    matter: Mapped[str] = mapped_column(Text, default="")
    """What is wrong, in the office's words."""
    way: Mapped[FixWay | None] = mapped_column(choice(FixWay))
    """How it is to be mended; once it is mended, how it was."""
    severity: Mapped[FaultSeverity | None] = mapped_column(choice(FaultSeverity))
    severity_by_rule: Mapped[FaultSeverity | None] = mapped_column(choice(FaultSeverity))
    severity_proposed: Mapped[FaultSeverity | None] = mapped_column(choice(FaultSeverity))
    """What somebody wants it to be instead, until another one decides."""
    severity_proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    severity_reason: Mapped[str] = mapped_column(Text, default="")
    cause: Mapped[FaultCause | None] = mapped_column(choice(FaultCause))

    fixed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    fixed_revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    """The version that took its place; None when it was withdrawn."""
    fixed_in_working: Mapped[int | None]
    """Working minutes from the first word to the mended text."""
    changed: Mapped[list[dict[str, str]]] = mapped_column(Json, default=list)
    """Values that differ between the two versions: [{"kind", "before", "after"}, …]."""

    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    dismissed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    dismissed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    dismissed_reason: Mapped[str] = mapped_column(Text, default="")

    __mapper_args__ = {"version_id_col": version}

    publication: Mapped[Publication] = relationship()
    submission: Mapped[Submission] = relationship()
    unit: Mapped[Unit] = relationship()
    revision: Mapped[Revision] = relationship(foreign_keys=[revision_id])
    fixed_revision: Mapped[Revision | None] = relationship(foreign_keys=[fixed_revision_id])
    reported_by: Mapped[Person | None] = relationship(foreign_keys=[reported_by_id])
    confirmed_by: Mapped[Person | None] = relationship(foreign_keys=[confirmed_by_id])
    severity_proposed_by: Mapped[Person | None] = relationship(foreign_keys=[severity_proposed_by_id])
    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id])
    closed_by: Mapped[Person | None] = relationship(foreign_keys=[closed_by_id])
    dismissed_by: Mapped[Person | None] = relationship(foreign_keys=[dismissed_by_id])

    def __str__(self) -> str:
        return f"差错 {self.number}"

    @property
    def minutes(self) -> int | None:
        """Minutes the public still read it after it was found; None while it does."""
        return None if self.fixed_at is None else max(0, round((self.fixed_at - self.found_at).total_seconds() / 60))


class FixProposal(Model):
    """改正方案: the changed words one person proposes for a public text, and what another one says to them."""

    __tablename__ = "fix_proposal"
    __table_args__ = (
        CheckConstraint("(decided_at is null) = (signed is null)", name="decided_has_answer"),
        Index("ix_fix_proposal_fault", "fault_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    fault_id: Mapped[int] = mapped_column(ForeignKey("fault.id"))
    base_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    """The live version it starts from."""
    changes: Mapped[list[dict[str, str]]] = mapped_column(Json)
    """[{"before": words of the text, "after": what they become}, …]."""
    title: Mapped[str] = mapped_column(Text)
    body_html: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(Text)
    """Of the whole text as it would be public: what both of them sign."""
    values: Mapped[list[dict[str, str]]] = mapped_column(Json)
    """Figures, names, dates, amounts and conditions that differ: with any, the public is told."""
    note: Mapped[str] = mapped_column(Text, default="")
    """What the public is told."""
    found: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    """校对清单 of the changed text, and what the proposer said to it."""
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposed_by_name: Mapped[str] = mapped_column(Text)
    proposed_post: Mapped[str] = mapped_column(Text)
    proposed_acting_for: Mapped[str | None] = mapped_column(Text)
    proposed_acting_for_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    proposed_authentication: Mapped[str] = mapped_column(Text)
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    signed: Mapped[bool | None]
    """Did the other one sign it? None while it waits."""
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why it was not signed."""

    __mapper_args__ = {"version_id_col": version}

    fault: Mapped[Fault] = relationship()
    base: Mapped[Revision] = relationship()
    proposed_by: Mapped[Person] = relationship(foreign_keys=[proposed_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])


class ChannelCheck(Model):
    """渠道核销: one channel where the faulty text ran, and who saw that it is mended or gone there."""

    __tablename__ = "channel_check"
    __table_args__ = (
        UniqueConstraint("fault_id", "name"),
        CheckConstraint("(done_at is null) = (outcome = '')", name="done_has_outcome"),
        Index("ix_channel_check_open", "done_at", "fault_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    fault_id: Mapped[int] = mapped_column(ForeignKey("fault.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(Text)
    """The channel as it was called; the release it belongs to stands in ``release_id``."""
    release_id: Mapped[int | None]
    url: Mapped[str] = mapped_column(Text, default="")
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    outcome: Mapped[str] = mapped_column(Text, default="")
    """How it was done there, in words."""

    __mapper_args__ = {"version_id_col": version}

    fault: Mapped[Fault] = relationship()
    done_by: Mapped[Person | None] = relationship()

    def __str__(self) -> str:
        return self.name


class FaultCase(Model):
    """警示案例: a fault others can learn from, without names."""

    __tablename__ = "fault_case"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    fault_id: Mapped[int] = mapped_column(ForeignKey("fault.id"), unique=True)
    title: Mapped[str] = mapped_column(Text)
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    cause: Mapped[FaultCause] = mapped_column(choice(FaultCause))
    lesson: Mapped[str] = mapped_column(Text)
    prepared_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    prepared_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __mapper_args__ = {"version_id_col": version}

    fault: Mapped[Fault] = relationship()
    prepared_by: Mapped[Person] = relationship()

    def __str__(self) -> str:
        return self.title


class ReaderKnock(Bookkeeping, Model):
    """One message a reader sent, by the network it came from: kept for a day, against floods."""

    __tablename__ = "reader_knock"
    __table_args__ = (Index("ix_reader_knock_network", "network", "at"), Index("ix_reader_knock_at", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    network: Mapped[str] = mapped_column(Text)
    """A keyed digest of the network's address, not the address."""
