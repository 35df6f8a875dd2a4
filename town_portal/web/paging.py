"""One page of a select()."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from sqlalchemy import Select, func, select

from town_portal.foundation.db import db
from town_portal.web.look import here

SIZE = 20


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of one page and how to reach the others."""

    rows: Sequence[Any]
    number: int
    total: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def window(self) -> list[int | None]:
        """The numbers to show; None stands for a gap."""
        near = {1, self.pages, *range(max(1, self.number - 2), min(self.pages, self.number + 2) + 1)}
        shown: list[int | None] = []
        for number in sorted(near):
            if shown and shown[-1] is not None and number - shown[-1] > 1:
                shown.append(None)
            shown.append(number)
        return shown

    def link(self, number: int) -> str:
        """The address of another page, with today's filters."""
        return here(page=number)


def page_of(
    statement: Select[*tuple[Any, ...]], *, scalars: bool = True, size: int = SIZE, total: int | None = None
) -> Page:
    """The page that ``?page=`` asks for; a number past the end shows the last page.

    ``total`` saves the counting where the number of rows is known.
    """
    if total is None:
        total = db.session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    last = max(1, -(-total // size))
    number = min(max(1, request.args.get("page", 1, type=int)), last)
    result = db.session.execute(statement.limit(size).offset((number - 1) * size))
    return Page(list(result.scalars() if scalars else result), number, total, size)


def rows_of(rows: Sequence[Any], size: int = SIZE) -> Page:
    """The page that ``?page=`` asks for of rows that are at hand; a number past the end shows the last page."""
    number = min(max(1, request.args.get("page", 1, type=int)), max(1, -(-len(rows) // size)))
    return Page(rows[(number - 1) * size : number * size], number, len(rows), size)
