"""The trail's tables: events, the head of the chain, receipts of forms."""

import json
from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from town_portal.audit.rules.telling import SURE, Told, told
from town_portal.foundation.db import Bookkeeping, Model, UtcDateTime


class AuditEvent(Bookkeeping, Model):
    """留痕记录: one act. Names are copied in, so that it reads the same in ten years.

    Append-only three times over: the session guard, database triggers, and the unique
    ``previous``, so that the chain cannot fork. ``rows`` binds every row the act wrote.
    """

    __tablename__ = "audit_event"
    __table_args__ = (
        Index("ix_audit_event_subject", "subject_kind", "subject_id", "seq"),
        Index("ix_audit_event_actor", "actor_id", "seq"),
        Index("ix_audit_event_action", "action", "seq"),
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(Text)
    actor_post: Mapped[str | None] = mapped_column(Text)
    acting_for: Mapped[str | None] = mapped_column(Text)
    session: Mapped[str | None] = mapped_column(Text)
    address: Mapped[str | None] = mapped_column(Text)
    authentication: Mapped[str | None] = mapped_column(Text)
    action: Mapped[str] = mapped_column(Text)
    label: Mapped[str] = mapped_column(Text)
    subject_kind: Mapped[str] = mapped_column(Text)
    subject_id: Mapped[int | None]
    subject_name: Mapped[str] = mapped_column(Text)
    unit_id: Mapped[int | None]
    form_key: Mapped[str | None] = mapped_column(Text)
    detail: Mapped[str] = mapped_column(Text)
    """Canonical JSON, kept as text: it is hashed as it stands."""
    rows: Mapped[str] = mapped_column(Text)
    """Canonical JSON: [[table, key, digest or null when deleted], …]."""
    previous: Mapped[str] = mapped_column(Text, unique=True)
    leaf: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(Text)

    @property
    def told(self) -> Told:
        """The event's detail, for people."""
        return told(self.action, self.detail)

    @property
    def surely(self) -> str | None:
        """How surely the person was known, in words."""
        return SURE.get(self.authentication or "", self.authentication)

    @property
    def bound_rows(self) -> list[list[str | None]]:
        """[table, key, digest or None when deleted] of every row the act wrote."""
        rows: list[list[str | None]] = json.loads(self.rows)
        return rows


class AuditHead(Bookkeeping, Model):
    """The end of the chain: one row, rewritten with every event."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    digest: Mapped[str] = mapped_column(Text)
    frontier: Mapped[str] = mapped_column(Text)

    def frontier_list(self) -> list[str]:
        """The roots of the perfect subtrees, largest first."""
        roots: list[str] = json.loads(self.frontier)
        return roots


class FormReceipt(Bookkeeping, Model):
    """A form that had its effect: sent again, it gets the same answer and no second effect."""

    __tablename__ = "form_receipt"
    __table_args__ = (UniqueConstraint("actor_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    actor_id: Mapped[int]
    key: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    location: Mapped[str | None] = mapped_column(Text)
    event_seq: Mapped[int | None] = mapped_column(ForeignKey("audit_event.seq"))
