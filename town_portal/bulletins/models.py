"""Bulletin 工作通报, Objection 异议, Delivery 送达."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from town_portal.bulletins.rules import figures
from town_portal.bulletins.rules.figures import Figure
from town_portal.bulletins.rules.lifecycle import FROZEN, OPEN, BulletinState
from town_portal.foundation.db import Json, Model, UtcDateTime, choice
from town_portal.network.models import Person, Unit
from town_portal.scoring.rules.score import Result
from town_portal.statistics.rules.quarter import Quarter


class Bulletin(Model):
    """工作通报: a quarter's figures and what is said of them. Once issued nothing of it changes but that it is replaced."""

    __tablename__ = "bulletin"
    __table_args__ = (
        CheckConstraint(
            "state not in ('issued', 'replaced') or (number is not null and digest is not null)",
            name="issued_is_numbered",
        ),
        CheckConstraint("state <> 'consulting' or closes_on is not null", name="window_has_end"),
        Index("ix_bulletin_quarter", "quarter_key", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    quarter_key: Mapped[str] = mapped_column(Text)
    state: Mapped[BulletinState] = mapped_column(choice(BulletinState), default=BulletinState.COMPILING)
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    """Typed lines with bound figures (``rules/binding.py``)."""
    result_plain: Mapped[dict[str, Any]] = mapped_column(Json)
    """The scored quarter as plain values: what the tables say."""
    figures_plain: Mapped[list[list[Any]]] = mapped_column(Json)
    """Every figure a sentence may be bound to."""
    rectified: Mapped[list[list[str]]] = mapped_column(Json)
    """The rows of 上期督促整改情况."""
    look: Mapped[dict[str, Any]] = mapped_column(Json)
    """The setting of its paper, as it held when the figures were taken."""
    allowed: Mapped[dict[str, str]] = mapped_column(Json)
    """Mark of a typed number → why it stays as it is."""
    compiled_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When the figures were taken."""
    compiled_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    """Who took them last."""
    hands: Mapped[list[int]] = mapped_column(Json)
    """Everybody who compiled it or wrote in it: none of them issues it."""
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closes_on: Mapped[date | None]
    """The last day for objections."""
    issue_by: Mapped[date | None]
    """The day it should be issued by."""
    year: Mapped[int | None]
    serial: Mapped[int | None]
    number: Mapped[str | None] = mapped_column(Text, unique=True)
    issued_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    issued_on: Mapped[date | None]
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    acknowledge_by: Mapped[date | None]
    trail_size: Mapped[int | None]
    """How many records the trail had before the issuing, and the digest at its end: printed on the paper."""
    trail_digest: Mapped[str | None] = mapped_column(Text)
    digest: Mapped[str | None] = mapped_column(Text)
    """Of everything that was issued."""
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("bulletin.id"))
    replaces_because: Mapped[str | None] = mapped_column(Text)
    discarded_because: Mapped[str | None] = mapped_column(Text)

    __mapper_args__ = {"version_id_col": version}

    compiled_by: Mapped[Person] = relationship(foreign_keys=[compiled_by_id])
    issued_by: Mapped[Person | None] = relationship(foreign_keys=[issued_by_id])
    replaces: Mapped["Bulletin | None"] = relationship(remote_side="Bulletin.id")

    def __str__(self) -> str:
        return f"{self.quarter.label}工作通报"

    @property
    def quarter(self) -> Quarter:
        """The quarter it is about."""
        found = Quarter.parse(self.quarter_key)
        if found is None:
            raise ValueError(self.quarter_key)
        return found

    @property
    def result(self) -> Result:
        """The figures as they were taken."""
        return Result.from_plain(self.result_plain)

    @property
    def figures(self) -> list[Figure]:
        """Every figure of it."""
        return figures.from_plain(self.figures_plain)

    @property
    def open(self) -> bool:
        """May its words change still?"""
        return self.state in OPEN

    @property
    def frozen(self) -> bool:
        """Was it issued?"""
        return self.state in FROZEN

    def add_hand(self, person_ids: Iterable[int | None]) -> None:
        """Remember who wrote in it."""
        self.hands = sorted({*self.hands, *(one for one in person_ids if one is not None)})


class Objection(Model):
    """异议: a unit says that a figure is wrong, and the office what it makes of that."""

    __tablename__ = "objection"
    __table_args__ = (
        CheckConstraint("accepted is null or (reply <> '' and answered_at is not null)", name="answer_has_words"),
        Index("ix_objection_bulletin", "bulletin_id", "unit_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    bulletin_id: Mapped[int] = mapped_column(ForeignKey("bulletin.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    figure_key: Mapped[str] = mapped_column(Text)
    figure_name: Mapped[str] = mapped_column(Text)
    stated: Mapped[str] = mapped_column(Text)
    """What the draft said when it was contested."""
    claimed: Mapped[str] = mapped_column(Text, default="")
    """What the unit says it should be; may be empty."""
    reason: Mapped[str] = mapped_column(Text)
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    raised_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    accepted: Mapped[bool | None]
    reply: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    __mapper_args__ = {"version_id_col": version}

    bulletin: Mapped[Bulletin] = relationship()
    unit: Mapped[Unit] = relationship()
    raised_by: Mapped[Person] = relationship(foreign_keys=[raised_by_id])
    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id])

    def __str__(self) -> str:
        return f"{self.figure_name}的异议"

    @property
    def word(self) -> str:
        """How it stands, in Chinese."""
        return {None: "待答复", True: "已采纳", False: "未采纳"}[self.accepted]


class Delivery(Model):
    """通报送达: that a unit was shown the draft, found it right, and got the issued bulletin."""

    __tablename__ = "bulletin_delivery"
    __table_args__ = (UniqueConstraint("bulletin_id", "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    bulletin_id: Mapped[int] = mapped_column(ForeignKey("bulletin.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    acknowledged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    acknowledged_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    __mapper_args__ = {"version_id_col": version}

    bulletin: Mapped[Bulletin] = relationship()
    unit: Mapped[Unit] = relationship()
    agreed_by: Mapped[Person | None] = relationship(foreign_keys=[agreed_by_id])
    acknowledged_by: Mapped[Person | None] = relationship(foreign_keys=[acknowledged_by_id])

    def __str__(self) -> str:
        return f"{self.unit.name}签收"
