"""ModelText 范文."""

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from town_portal.columns.models import Column
from town_portal.foundation.db import Model, choice
from town_portal.model_texts.rules.kind import EventKind
from town_portal.model_texts.rules.wording import Wording


class ModelText(Model):
    """范文: the usual shape of a text for one kind of event, with blanks for its facts."""

    __tablename__ = "model_text"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    kind: Mapped[EventKind] = mapped_column(choice(EventKind))
    name: Mapped[str] = mapped_column(Text)
    """What it is for, such as 村民代表会议."""
    title: Mapped[str] = mapped_column(Text)
    """The usual title, with blanks."""
    body: Mapped[str] = mapped_column(Text)
    """Typed lines: ``## `` a heading, ``- `` a list, ``|…|`` a row of a table; blanks as in 【时间】."""
    hint: Mapped[str] = mapped_column(Text, default="")
    """What to ask before writing: when, where, who, how many."""
    column_id: Mapped[int | None] = mapped_column(ForeignKey("column_tree.id"))
    """The suggested column."""
    in_use: Mapped[bool] = mapped_column(default=True)

    __mapper_args__ = {"version_id_col": version}

    column: Mapped[Column | None] = relationship()

    def __str__(self) -> str:
        return self.name

    @property
    def wording(self) -> Wording:
        """Its words as plain values."""
        return Wording(
            kind=self.kind,
            name=self.name,
            title=self.title,
            body=self.body,
            hint=self.hint,
            column_id=self.column_id,
        )
