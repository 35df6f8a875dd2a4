"""Setting 设置: one value of one key, in force from an instant on."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from town_portal.foundation.db import Json, Model, UtcDateTime, choice
from town_portal.settings.rules.catalogue import CATALOGUE


class SettingState(StrEnum):
    """Where a proposed value stands."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"

    @property
    def label(self) -> str:
        """The state in Chinese."""
        return {"proposed": "待确认", "confirmed": "已确认", "rejected": "未同意"}[self.value]


class Setting(Model):
    """设置: proposed by one person, in force only when another has confirmed it."""

    __tablename__ = "setting"
    __table_args__ = (
        CheckConstraint("state <> 'confirmed' or decided_at is not null", name="confirmed_has_time"),
        Index("ix_setting_key", "key", "state", "valid_from"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    key: Mapped[str] = mapped_column(Text)
    value: Mapped[dict[str, Any]] = mapped_column(Json)
    valid_from: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(Text)
    state: Mapped[SettingState] = mapped_column(choice(SettingState), default=SettingState.PROPOSED)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __mapper_args__ = {"version_id_col": version}

    def __str__(self) -> str:
        entry = CATALOGUE.get(self.key)
        return entry.label if entry else self.key
