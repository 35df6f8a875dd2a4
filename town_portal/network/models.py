"""Unit 单位, Person 人员, Post 任职."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from town_portal.access.actor import HeldPost
from town_portal.access.roles import Role
from town_portal.foundation.db import Model, UtcDateTime, choice


class UnitKind(StrEnum):
    """What sort of unit it is; offices and villages rank in leagues of their own."""

    OFFICE = "office"
    VILLAGE = "village"
    COMMUNITY = "community"

    @property
    def label(self) -> str:
        """The kind in Chinese."""
        return {"office": "办公室", "village": "村", "community": "社区"}[self.value]


class Unit(Model):
    """单位: an office of the town, or a village or community."""

    __tablename__ = "unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text, unique=True)
    full_name: Mapped[str] = mapped_column(Text)
    kind: Mapped[UnitKind] = mapped_column(choice(UnitKind))
    division_code: Mapped[str | None] = mapped_column(Text)
    coordinating: Mapped[bool] = mapped_column(default=False)
    """The office that publishes and coordinates (镇党政和人大办公室)."""
    placeholder_name: Mapped[bool] = mapped_column(default=False)
    """The name is an example until the town confirms it."""
    pinyin: Mapped[str] = mapped_column(Text, default="")
    """Sort key: Chinese sorts alike on every engine."""
    closed_on: Mapped[date | None]

    def __str__(self) -> str:
        return self.name


class Person(Model):
    """人员: somebody with an account of his own. Without a post of today he may do nothing."""

    __tablename__ = "person"

    # D4: what may have to be erased is not bound into the trail.
    __unbound__ = frozenset({"phone"})

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    phone: Mapped[str] = mapped_column(Text, unique=True)
    """The sign-in name: eleven digits."""
    pinyin: Mapped[str] = mapped_column(Text, default="")
    active: Mapped[bool] = mapped_column(default=True)
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime)

    posts: Mapped[list["Post"]] = relationship(
        back_populates="person", foreign_keys="Post.person_id", order_by="Post.starts_on"
    )

    def __str__(self) -> str:
        return self.name


class Post(Model):
    """任职: a role in a unit from one day to another, perhaps in place of somebody on leave."""

    __tablename__ = "post"
    __table_args__ = (
        CheckConstraint("ends_on is null or ends_on >= starts_on", name="ends_after_start"),
        Index("ix_post_person", "person_id"),
        Index("ix_post_unit_role", "unit_id", "role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    role: Mapped[Role] = mapped_column(choice(Role))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    """The last day of the post, that day included."""
    deputy: Mapped[bool] = mapped_column(default=False)
    acting_for_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """Leave cover: the person this post stands in for."""
    reason: Mapped[str | None] = mapped_column(Text)

    person: Mapped[Person] = relationship(back_populates="posts", foreign_keys=[person_id])
    unit: Mapped[Unit] = relationship()
    acting_for: Mapped[Person | None] = relationship(foreign_keys=[acting_for_id])

    def held(self) -> HeldPost:
        """The post as an actor carries it."""
        absent = self.acting_for.name if self.acting_for else None
        return HeldPost(
            self.id, self.role, self.unit_id, self.unit.name, self.unit.kind.value, absent, self.acting_for_id
        )

    def __str__(self) -> str:
        return f"{self.person.name} 任 {self.unit.name}{self.role.label}"


class Leave(Model):
    """请假: the days on which somebody is away. Who covers for him is a post of its own."""

    __tablename__ = "leave"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        Index("ix_leave_person", "person_id", "starts_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    """The last day away, that day included."""
    reason: Mapped[str] = mapped_column(Text, default="")
    cancelled: Mapped[bool] = mapped_column(default=False)
    """It was called off before it began."""

    __mapper_args__ = {"version_id_col": version}

    person: Mapped[Person] = relationship()

    def __str__(self) -> str:
        return f"{self.person.name}请假"
