"""Column 栏目."""

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from town_portal.foundation.db import Model


class Column(Model):
    """栏目: two levels; items stand in the second."""

    __tablename__ = "column_tree"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(Text, unique=True)
    """Stable short name for addresses, such as gzdt."""
    name: Mapped[str] = mapped_column(Text)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("column_tree.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    open: Mapped[bool] = mapped_column(default=True)
    office_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    """The 对口办公室 that is suggested for items of this column."""
    hint: Mapped[str] = mapped_column(Text, default="")
    """What belongs here, in words for the drafter."""
    version: Mapped[int] = mapped_column(server_default="1")

    __mapper_args__ = {"version_id_col": version}
    __unbound__ = frozenset({"version"})
    """It came after the first rows, whose digests do not know it."""

    def __str__(self) -> str:
        return self.name
