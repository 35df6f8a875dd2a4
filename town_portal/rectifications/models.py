"""Rectification 整改事项, its answers and their evidence."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from town_portal.files.models import StoredFile
from town_portal.foundation.db import Model, UtcDateTime, choice
from town_portal.network.models import Person, Unit
from town_portal.rectifications.rules.lifecycle import DONE, RUNNING, WITH_UNIT, RectificationState
from town_portal.rectifications.rules.source import Source


class Rectification(Model):
    """整改事项: what a unit has to put right, and until when."""

    __tablename__ = "rectification"
    __table_args__ = (
        UniqueConstraint("year", "serial"),
        CheckConstraint("state not in ('closed', 'cancelled') or closed_at is not null", name="end_has_time"),
        CheckConstraint("state <> 'answered' or check_due_on is not null", name="answer_has_limit"),
        Index("ix_rectification_unit", "unit_id", "state"),
        Index("ix_rectification_source", "source", "source_id"),
        Index("ix_rectification_opened", "opened_on", "unit_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    year: Mapped[int]
    serial: Mapped[int]
    """Counts from 1 in every year; numbers are never used twice."""
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """Who has to put it right."""
    matter: Mapped[str] = mapped_column(Text)
    """What is wrong, in one line."""
    demand: Mapped[str] = mapped_column(Text)
    """What has to be done, and what shows that it was."""
    source: Mapped[Source] = mapped_column(choice(Source))
    source_id: Mapped[int | None]
    """The thing it came from, in the room the source names."""
    source_words: Mapped[str] = mapped_column(Text, default="")
    """What that thing is called, such as 2026年第三季度工作通报."""
    state: Mapped[RectificationState] = mapped_column(choice(RectificationState), default=RectificationState.OPEN)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_on: Mapped[date]
    """The day in Shanghai."""
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    with_unit_since: Mapped[datetime] = mapped_column(UtcDateTime)
    """Since when the unit has had it: opened, or sent back."""
    due_on: Mapped[date]
    """The last day for an answer, as it stands now."""
    first_due_on: Mapped[date]
    """The same as it was set first: what was extended is seen."""
    check_due_on: Mapped[date | None]
    """The last day for looking at the answer."""
    asked_until: Mapped[date | None]
    """To which day the unit asked to move the limit; it may ask once."""
    asked_reason: Mapped[str | None] = mapped_column(Text)
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    granted: Mapped[bool | None]
    """What was said to it; empty until somebody has."""
    granted_words: Mapped[str | None] = mapped_column(Text)
    granted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Accepted, or called off."""
    closed_on: Mapped[date | None]
    cancelled_reason: Mapped[str | None] = mapped_column(Text)

    __mapper_args__ = {"version_id_col": version}

    unit: Mapped[Unit] = relationship()
    opened_by: Mapped[Person | None] = relationship(foreign_keys=[opened_by_id])
    asked_by: Mapped[Person | None] = relationship(foreign_keys=[asked_by_id])
    granted_by: Mapped[Person | None] = relationship(foreign_keys=[granted_by_id])
    answers: Mapped[list["RectificationAnswer"]] = relationship(
        back_populates="rectification", order_by="RectificationAnswer.round"
    )

    def __str__(self) -> str:
        return f"{self.number}：{self.matter}"

    @property
    def number(self) -> str:
        """As in 整改〔2026〕12号."""
        return f"整改〔{self.year}〕{self.serial}号"

    @property
    def with_unit(self) -> bool:
        """Does the unit have to do something?"""
        return self.state in WITH_UNIT

    @property
    def running(self) -> bool:
        """Is it neither accepted nor called off?"""
        return self.state in RUNNING

    @property
    def done(self) -> bool:
        """Is it accepted or called off?"""
        return self.state in DONE

    @property
    def extension_open(self) -> bool:
        """Does a wish for more time wait for a word?"""
        return self.asked_at is not None and self.granted is None and self.with_unit

    @property
    def answer(self) -> "RectificationAnswer | None":
        """The newest answer."""
        return self.answers[-1] if self.answers else None

    @property
    def answered_on(self) -> date | None:
        """The day of the newest answer."""
        return self.answer.answered_on if self.answer else None

    @property
    def late(self) -> bool | None:
        """Was the first answer later than the limit that held then? None while there is no answer."""
        return self.answers[0].answered_on > self.answers[0].due_on if self.answers else None

    def overdue(self, today: date) -> bool:
        """Does the unit owe an answer that is past its limit?"""
        return self.with_unit and today > self.due_on


class RectificationAnswer(Model):
    """整改答复: what a unit says it did, and what who looked at it said."""

    __tablename__ = "rectification_answer"
    __table_args__ = (
        UniqueConstraint("rectification_id", "round"),
        CheckConstraint("accepted is null or checked_at is not null", name="check_has_time"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    rectification_id: Mapped[int] = mapped_column(ForeignKey("rectification.id"))
    round: Mapped[int]
    """1 for the first answer, 2 for the one after it was sent back."""
    text: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date]
    """The limit it was given under."""
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_on: Mapped[date]
    answered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    accepted: Mapped[bool | None]
    """What who looked at it said; empty until somebody has."""
    opinion: Mapped[str | None] = mapped_column(Text)
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    __mapper_args__ = {"version_id_col": version}

    rectification: Mapped[Rectification] = relationship(back_populates="answers")
    answered_by: Mapped[Person] = relationship(foreign_keys=[answered_by_id])
    checked_by: Mapped[Person | None] = relationship(foreign_keys=[checked_by_id])
    files: Mapped[list["RectificationFile"]] = relationship(order_by="RectificationFile.position")

    def __str__(self) -> str:
        return f"第 {self.round} 次答复"


class RectificationFile(Model):
    """整改附件: a photo or a document that shows what was done."""

    __tablename__ = "rectification_file"
    __table_args__ = (UniqueConstraint("answer_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("rectification_answer.id"))
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    position: Mapped[int]

    file: Mapped[StoredFile] = relationship()

    def __str__(self) -> str:
        return self.file.name
