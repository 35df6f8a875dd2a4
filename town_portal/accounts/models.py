"""Credential 凭据, and the technical rows of signing in."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from town_portal.foundation.db import Bookkeeping, Json, Model, UtcDateTime
from town_portal.network.models import Person


class Credential(Model):
    """凭据: how a person proves who he is. The password itself is nowhere."""

    __tablename__ = "credential"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    password_hash: Mapped[str | None] = mapped_column(Text)
    """argon2id; None until the person has chosen one by his one-time link."""
    must_change: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    former_hashes: Mapped[list[str]] = mapped_column(Json, default=list)
    link_hash: Mapped[str | None] = mapped_column(Text, unique=True)
    """SHA-256 of the one-time link's secret."""
    link_expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship()

    def __str__(self) -> str:
        return f"{self.person.name}的账户"


class SignInSession(Bookkeeping, Model):
    """One browser that is signed in. Only the hash of its token is kept."""

    __tablename__ = "sign_in_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(Text, unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reauthenticated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    former_hash: Mapped[str | None] = mapped_column(Text, index=True)
    """The token before the last rotation: good for requests then under way, and for nothing else."""
    rotated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    address: Mapped[str | None] = mapped_column(Text)
    agent: Mapped[str | None] = mapped_column(Text)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_why: Mapped[str | None] = mapped_column(Text)


class SignInFailure(Bookkeeping, Model):
    """A failed try, counted for the lock-out. The name that was typed is kept as a hash."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (
        Index("ix_sign_in_failure_login", "login_hash", "at"),
        Index("ix_sign_in_failure_address", "address", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    login_hash: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text)
    forgiven: Mapped[bool] = mapped_column(default=False)
    """An administrator unlocked the account after this try."""

    def __str__(self) -> str:
        return "登录尝试"
