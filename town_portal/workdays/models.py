"""YearNotice 放假通知, CalendarDay 日历日."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from town_portal.foundation.db import Model, UtcDateTime


class YearNotice(Model):
    """放假通知: one year's notice is loaded, so that the year is no longer an estimate."""

    __tablename__ = "year_notice"
    __table_args__ = (CheckConstraint("year between 2000 and 2100", name="sensible_year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    year: Mapped[int] = mapped_column(unique=True)
    source: Mapped[str] = mapped_column(Text)
    """The notice in words, with its day."""
    loaded_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __mapper_args__ = {"version_id_col": version}

    def __str__(self) -> str:
        return f"{self.year} 年放假安排"


class CalendarDay(Model):
    """日历日: a day of which a notice or an amendment speaks; all other days follow the week."""

    __tablename__ = "calendar_day"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(unique=True)
    works: Mapped[bool]
    name: Mapped[str] = mapped_column(Text)
    """What people call it: 国庆节放假, 调休上班."""
    reason: Mapped[str | None] = mapped_column(Text)
    """Why a single day was amended; None when it stands in the year's notice."""

    def __str__(self) -> str:
        return f"{self.day.year}年{self.day.month}月{self.day.day}日"
