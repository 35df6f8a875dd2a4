"""Channel 消息通道, Contact 联系方式, and the technical rows of sending."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from town_portal.foundation.db import Bookkeeping, Json, Model, UtcDateTime, choice
from town_portal.network.models import Person
from town_portal.notifications.rules.fate import Fate
from town_portal.notifications.rules.kinds import FACTS, Audience, ChannelKind


class Channel(Model):
    """消息通道: one work group's robot, one mail box or one gateway by which messages leave the house."""

    __tablename__ = "channel"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    name: Mapped[str] = mapped_column(Text, unique=True)
    kind: Mapped[ChannelKind] = mapped_column(choice(ChannelKind))
    audience: Mapped[Audience] = mapped_column(choice(Audience))
    unit_ids: Mapped[list[int]] = mapped_column(Json, default=list)
    """Whose work group it is, where the audience is some units."""
    address: Mapped[str] = mapped_column(Text, default="")
    """Where to, without what is secret in it."""
    config: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """What else the kind needs and may be seen: ports, templates."""
    secret: Mapped[str] = mapped_column(Text)
    """The rest of the connection, sealed with the house's key (``foundation/sealed.py``)."""
    bytes_limit: Mapped[int | None]
    """Another limit than the kind's."""
    per_minute: Mapped[int | None]
    """Another rate than the kind's."""
    active: Mapped[bool] = mapped_column(default=True)

    __mapper_args__ = {"version_id_col": version}

    def __str__(self) -> str:
        return self.name

    @property
    def most_bytes(self) -> int:
        """How long a message may be, in bytes of UTF-8."""
        return self.bytes_limit or FACTS[self.kind].bytes_limit

    @property
    def rate(self) -> int:
        """How many messages may leave in any sixty seconds."""
        return self.per_minute or FACTS[self.kind].per_minute


class Contact(Model):
    """联系方式: how a person wants to be told, beside the portal. Who has none gets texts and no mail."""

    __tablename__ = "contact"

    # What may have to be erased is not bound into the trail (D4).
    __unbound__ = frozenset({"mail"})

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    mail: Mapped[str | None] = mapped_column(Text)
    wants_mail: Mapped[bool] = mapped_column(default=True)
    wants_sms: Mapped[bool] = mapped_column(default=True)
    wants_mention: Mapped[bool] = mapped_column(default=True)
    """To be called by @ in the work group; the message stands in it either way."""

    __mapper_args__ = {"version_id_col": version}

    person: Mapped[Person] = relationship()

    def __str__(self) -> str:
        return f"{self.person.name}的联系方式"


class OutboxMessage(Bookkeeping, Model):
    """待发消息: one message on one channel, written with the fact it tells of, carried out later."""

    __tablename__ = "outbox_message"
    __table_args__ = (
        UniqueConstraint("key", "channel_id", name="uq_outbox_message_key"),
        Index("ix_outbox_message_due", "channel_id", "fate", "next_at"),
        Index("ix_outbox_message_fate", "fate", "ended_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text)
    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """Who is told, or mentioned in the group. His phone and mail are looked up when it leaves."""
    subject: Mapped[str] = mapped_column(Text)
    lines: Mapped[list[str]] = mapped_column(Json)
    path: Mapped[str] = mapped_column(Text)
    urgent: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    not_before: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    fate: Mapped[Fate] = mapped_column(choice(Fate), default=Fate.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """Not tried before."""
    leased_by: Mapped[str | None] = mapped_column(Text)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """A worker has it in hand until then; a dead worker's messages are free afterwards."""
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was sent or put away."""
    reason: Mapped[str | None] = mapped_column(Text)
    """Why the last attempt failed, or why it was put away, in words for people."""
    provider_number: Mapped[str | None] = mapped_column(Text)
    """The number by which the service knows it."""

    channel: Mapped[Channel] = relationship()
    person: Mapped[Person | None] = relationship()

    def __str__(self) -> str:
        return f"消息 {self.id}"


_with_words = OutboxMessage.subject != ""  # not forgotten yet: what the sweep looks through
Index("ix_outbox_message_swept", OutboxMessage.ended_at, sqlite_where=_with_words, postgresql_where=_with_words)


class DeliveryAttempt(Bookkeeping, Model):
    """发送记录: one try on one channel. It counts for the rate from the moment it is taken in hand."""

    __tablename__ = "delivery_attempt"
    __table_args__ = (
        Index("ix_delivery_attempt_channel", "channel_id", "at"),
        Index("ix_delivery_attempt_at", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id"))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_message.id"))
    """None: a test."""
    number: Mapped[int] = mapped_column(default=1)
    """The how-manieth try of the message."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    delivered: Mapped[bool | None]
    """None while it is under way, and for ever when its worker died."""
    troubled: Mapped[bool] = mapped_column(default=False)
    """The channel was at fault, not the message: the next one waits a little."""
    words: Mapped[str] = mapped_column(Text, default="")

    def __str__(self) -> str:
        return "发送记录"
