"""ReleaseChannel 发布渠道, Release 渠道发布, ReleaseText 渠道文稿, LinkCheck 链接检查."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from town_portal.files.models import StoredFile
from town_portal.foundation.db import Bookkeeping, Json, Model, UtcDateTime, choice
from town_portal.network.models import Person, Unit
from town_portal.publishing.models import Publication
from town_portal.releases.rules.channel import Medium, Tier
from town_portal.releases.rules.lifecycle import ReleaseState


class ReleaseChannel(Model):
    """发布渠道: a place beyond the portal where articles run, with the tier of government it belongs to."""

    __tablename__ = "release_channel"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    code: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text, unique=True)
    tier: Mapped[Tier] = mapped_column(choice(Tier))
    medium: Mapped[Medium] = mapped_column(choice(Medium))
    selects: Mapped[bool] = mapped_column(default=False)
    """It is sent texts and takes them or not (采用); the others are posted to."""
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    """The last day it was worked; None while it is."""
    position: Mapped[int]

    __mapper_args__ = {"version_id_col": version}

    def __str__(self) -> str:
        return self.name

    def open_on(self, day: date) -> bool:
        """Is it worked on a day?"""
        return self.opened_on <= day and (self.closed_on is None or day <= self.closed_on)

    @property
    def open(self) -> bool:
        """Has nobody closed it?"""
        return self.closed_on is None

    @property
    def out(self) -> str:
        """The word for what came out there."""
        return "已采用" if self.selects else "已发布"


Channel = ReleaseChannel
"""As other rooms call it; ``notifications`` has channels of another kind (消息通道)."""


class Release(Model):
    """渠道发布: one article on one channel, from the plan to the proof that it came out, or that it did not."""

    __tablename__ = "release"
    __table_args__ = (
        UniqueConstraint("publication_id", "channel_id"),
        CheckConstraint("state <> 'released' or released_at is not null", name="released_has_time"),
        CheckConstraint("state not in ('dropped','recalled') or reason <> ''", name="ended_has_reason"),
        Index("ix_release_state", "state", "channel_id", "publication_id"),
        Index("ix_release_released", "released_at", "state", "unit_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id"))
    channel_id: Mapped[int] = mapped_column(ForeignKey("release_channel.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """Whose article it is."""
    state: Mapped[ReleaseState] = mapped_column(choice(ReleaseState), default=ReleaseState.PLANNED)
    planned_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """Until when the next step is done: post or send it, learn the answer, check a report."""
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it came out there, as far as it is known; the day counts."""
    adopted: Mapped[bool] = mapped_column(default=False)
    """The channel chose it (采用)."""
    url: Mapped[str] = mapped_column(Text, default="")
    shot_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    """A screenshot of how it looks there."""
    text_number: Mapped[int | None]
    """Which of the channel's own texts ran; None: the signed one, or it was not said."""
    digest: Mapped[str] = mapped_column(Text, default="")
    """Of the signed text it ran with, or was made from."""
    recorded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reported_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reported_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    corrected_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    recalled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why it is not to run there, was declined, or was taken back."""
    note: Mapped[str] = mapped_column(Text, default="")
    """Where it comes from, such as the list it was imported from."""

    __mapper_args__ = {"version_id_col": version}

    publication: Mapped[Publication] = relationship()
    channel: Mapped[ReleaseChannel] = relationship()
    unit: Mapped[Unit] = relationship()
    shot: Mapped[StoredFile | None] = relationship()
    sent_by: Mapped[Person | None] = relationship(foreign_keys=[sent_by_id])
    recorded_by: Mapped[Person | None] = relationship(foreign_keys=[recorded_by_id])
    reported_by: Mapped[Person | None] = relationship(foreign_keys=[reported_by_id])

    def __str__(self) -> str:
        return f"{self.channel.name}：{self.publication.title}"

    @property
    def ran(self) -> bool:
        """It is out there."""
        return self.state is ReleaseState.RELEASED

    @property
    def word(self) -> str:
        """Its state in the words of its channel."""
        return self.channel.out if self.ran else self.state.label

    @property
    def lacks(self) -> list[str]:
        """What still proves nothing: link, screenshot."""
        return [word for word, there in (("链接", self.url), ("截图", self.shot_id)) if not there] if self.ran else []


class ReleaseText(Model):
    """渠道文稿: the words an article runs with on one channel, made from one signed text. Never changed."""

    __tablename__ = "release_text"
    __table_args__ = (UniqueConstraint("release_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"))
    number: Mapped[int]
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    base_digest: Mapped[str] = mapped_column(Text)
    """Of the signed text it was made from."""
    title: Mapped[str] = mapped_column(Text)
    body_html: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(Text)
    found: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    """What the proofreader found and what was said to it."""
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)

    made_by: Mapped[Person] = relationship()

    def __str__(self) -> str:
        return self.title


class LinkCheck(Bookkeeping, Model):
    """The last looks at a release's link: what a machine saw, and will see again."""

    __tablename__ = "link_check"

    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), primary_key=True, autoincrement=False)
    url: Mapped[str] = mapped_column(Text)
    checked_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    broken: Mapped[bool] = mapped_column(default=False)
    words: Mapped[str] = mapped_column(Text, default="")
    failures: Mapped[int] = mapped_column(default=0)
    """In a row."""
    broken_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
