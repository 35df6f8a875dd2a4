"""AppraisalYear 年度考核结果."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from town_portal.appraisal.rules.appraise import Appraisal
from town_portal.foundation.db import Json, Model, UtcDateTime
from town_portal.network.models import Person


class AppraisalYear(Model):
    """年度考核结果: a year as it was closed. Nothing of it changes afterwards."""

    __tablename__ = "appraisal_year"

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(unique=True)
    plain: Mapped[dict[str, Any]] = mapped_column(Json)
    """Every figure with what it rests on (``rules/appraise.py``)."""
    digest: Mapped[str] = mapped_column(Text)
    closed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    words: Mapped[str] = mapped_column(Text, default="")

    closed_by: Mapped[Person] = relationship()

    def __str__(self) -> str:
        return f"{self.year}年度绩效考核"

    @property
    def appraisal(self) -> Appraisal:
        """The year as plain values."""
        return Appraisal.from_plain(self.plain)
