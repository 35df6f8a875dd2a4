"""Notice 提醒单, Reminder 提醒, Snooze 稍后提醒, CalendarFeed 日历订阅."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from town_portal.foundation.db import Json, Model, UtcDateTime, choice
from town_portal.network.models import Person
from town_portal.workflow.duty import DutyKind


class Notice(Model):
    """提醒单: what one person was told in one round, or by hand; his press says that he read it."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_person", "person_id", "at"),
        Index("ix_notice_at", "at"),
        Index("ix_notice_unread", "acknowledged_at", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    subject: Mapped[str] = mapped_column(Text)
    lines: Mapped[list[str]] = mapped_column(Json)
    """Its text as it stood in the portal, with titles and words."""
    ways: Mapped[list[str]] = mapped_column(Json)
    """The ways it went, the portal left out: group, sms, mail."""
    urgent: Mapped[bool] = mapped_column(default=False)
    sender_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """Who reminded by hand; None: the ladder did."""
    acknowledged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __mapper_args__ = {"version_id_col": version}

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    sender: Mapped[Person | None] = relationship(foreign_keys=[sender_id])
    reminders: Mapped[list["Reminder"]] = relationship(back_populates="notice", order_by="Reminder.id")

    def __str__(self) -> str:
        return self.subject


class Reminder(Model):
    """提醒: one duty told to one person by one rung of the ladder. Never changed, never told twice.

    A limit that moved is told again when it comes nearer: the limit is a part of what was told.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("duty_key", "person_id", "rung", "due_at"),
        Index("ix_reminder_notice", "notice_id"),
        Index("ix_reminder_at", "at", "person_id", "duty_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    duty_key: Mapped[str] = mapped_column(Text)
    rung: Mapped[int]
    """How far the clock had run (``Rung``)."""
    kind: Mapped[DutyKind | None] = mapped_column(choice(DutyKind))
    """What is owed; None for a day's digest."""
    what: Mapped[str] = mapped_column(Text)
    page: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """Nothing reads it, nothing is written there any more; rows of the beginning are bound to the trail with it."""
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """The limit it was told of; of a digest the end of its day."""

    notice: Mapped[Notice] = relationship(back_populates="reminders")


class Snooze(Model):
    """稍后提醒: until when a person does not want to be told of a duty again. Rungs above him go on."""

    __tablename__ = "snooze"
    __table_args__ = (Index("ix_snooze_person", "person_id", "duty_key", "until"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    duty_key: Mapped[str] = mapped_column(Text)
    what: Mapped[str] = mapped_column(Text)
    until: Mapped[datetime] = mapped_column(UtcDateTime)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)

    def __str__(self) -> str:
        return self.what


class CalendarFeed(Model):
    """日历订阅: a secret address under which a person's calendar program reads his due dates."""

    __tablename__ = "calendar_feed"
    __table_args__ = (
        CheckConstraint("revoked_at is null or revoked_at >= made_at", name="revoked_after_made"),
        Index("ix_calendar_feed_person", "person_id", "revoked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    token_hash: Mapped[str] = mapped_column(Text, unique=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship()

    def __str__(self) -> str:
        return "日历订阅地址"
