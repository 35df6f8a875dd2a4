"""The demo's texts: a line of the corpus as an item, and its words as they read for its day.

A text names the day of its event by placeholders ({d}, {d+7}, {y}, {m}, {w}, {ym}), so that it stays
true when the whole history is moved. A fault is a snippet that a careless first version had wrong.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from html import escape
from typing import Any

ANCHOR = date(2026, 11, 23)
"""The day before which the corpus ends."""
TODAY = "today"
"""The date of an item whose event falls on the day it is drafted, whenever the demo is loaded."""
WEEK = 7
FORTNIGHT = 14
WEEKDAYS = "一二三四五六日"

_PLACEHOLDER = re.compile(r"\{(d|y|m|w|ym)([+-]\d+)?\}")


@dataclass(frozen=True, slots=True)
class Fault:
    """What the first version had wrong, at which stage it is found, and the reviewer's words."""

    stage: str
    """head | leader | cross | publisher."""
    reason: str
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture in a text: its caption, what is to be seen, and the kind of scene."""

    caption: str
    alt: str
    scene: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn figure as it lies in the store."""

    token: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One event of the town and the text about it. ``unit`` and ``office`` are codes of units."""

    key: str
    unit: str
    office: str
    column: str
    day: date
    title: str
    source: str
    blocks: tuple[Any, ...]
    major: bool = False
    urgent: str = ""
    fault: Fault | None = None
    pinned: bool = False
    """The event's day is the day of the draft."""

    @property
    def figures(self) -> list[Figure]:
        """The pictures of the text, in order."""
        return [
            Figure(block["fig"], block["alt"], block["scene"])
            for block in self.blocks
            if isinstance(block, dict) and "fig" in block
        ]

    @property
    def careless(self) -> "Item":
        """The item as it was before its fault was found."""
        if self.fault is None:
            return self
        if self.fault.right in self.title:
            return replace(self, title=self.title.replace(self.fault.right, self.fault.wrong))
        return replace(self, blocks=tuple(_spoilt(block, self.fault) for block in self.blocks))

    @property
    def unfinished(self) -> "Item":
        """The item without its last piece, as it is saved half-way."""
        return replace(self, blocks=self.blocks[:-1]) if len(self.blocks) > 1 else self


def parse(line: str, today: date) -> Item:
    """One line of the corpus."""
    given = json.loads(line)
    pinned = given["date"] == TODAY
    return Item(
        key=f"{given['unit']}/{given['date']}/{given['title']}",
        unit=given["unit"],
        office=given["office"],
        column=given["column"],
        day=today if pinned else date.fromisoformat(given["date"]),
        title=given["title"],
        source=given["source"],
        blocks=tuple(given["body"]),
        major=given["importance"] == "major",
        urgent=given["urgent"] or "",
        fault=Fault(**given["fault"]) if given["fault"] else None,
        pinned=pinned,
    )


def shift(today: date) -> timedelta:
    """Whole weeks that bring the end of the corpus nearest to today; weekdays stay what they are."""
    return timedelta(weeks=round((today - ANCHOR).days / WEEK))


def read(lines: Iterable[str], today: date) -> list[Item]:
    """The corpus moved to today: nothing of a day after today, in the order of days."""
    moved = shift(today)
    items = [parse(line, today) for line in lines if line.strip()]
    items = [item if item.pinned else replace(item, day=item.day + moved) for item in items]
    return sorted((item for item in items if item.day <= today), key=lambda item: (item.day, item.key))


def thinned(items: Sequence[Item], today: date, every: int) -> list[Item]:
    """The items of the last fortnight, the first of each unit, and each n-th of the others."""
    units: set[str] = set()
    kept = []
    for number, item in enumerate(items):
        if number % every == 0 or today - item.day <= timedelta(days=FORTNIGHT) or item.unit not in units:
            kept.append(item)
        units.add(item.unit)
    return kept


def filled(text: str, day: date) -> str:
    """A text with its placeholders written out for the day of the event."""

    def words(found: re.Match[str]) -> str:
        meant = day + timedelta(days=int(found[2] or 0))
        return {
            "d": f"{meant.month}月{meant.day}日",
            "y": str(meant.year),
            "m": f"{meant.month}月",
            "w": f"星期{WEEKDAYS[meant.weekday()]}",
            "ym": f"{meant.year}年{meant.month}月",
        }[found[1]]

    return _PLACEHOLDER.sub(words, text)


def title(item: Item) -> str:
    """The title as it reads."""
    return filled(item.title, item.day)


def html(item: Item, pictures: Sequence[Picture] = ()) -> str:
    """The text as the editor would hand it over; one stored picture for each figure."""
    waiting = iter(pictures)
    return filled("".join(_piece(block, waiting) for block in item.blocks), item.day)


def _piece(block: Any, pictures: Any) -> str:
    if isinstance(block, str):
        return f"<p>{escape(block)}</p>"
    match block:
        case {"h": heading}:
            return f"<h2>{escape(heading)}</h2>"
        case {"list": lines}:
            return f"<ul>{''.join(f'<li><p>{escape(line)}</p></li>' for line in lines)}</ul>"
        case {"table": {"head": head, "rows": rows}}:
            body = "".join(_row("td", row) for row in rows)
            return f"<table><thead>{_row('th', head)}</thead><tbody>{body}</tbody></table>"
        case {"fig": caption, "alt": alt}:
            picture = next(pictures)
            return (
                f'<figure><img src="/files/{picture.token}" alt="示意插画：{escape(alt)}" width="{picture.width}"'
                f' height="{picture.height}"><figcaption>{escape(caption)}</figcaption></figure>'
            )
    raise ValueError(f"a piece of no known kind: {block}")


def _row(cell: str, values: Sequence[str]) -> str:
    return f"<tr>{''.join(f'<{cell}>{escape(value)}</{cell}>' for value in values)}</tr>"


def _spoilt(block: Any, fault: Fault) -> Any:
    if isinstance(block, str):
        return block.replace(fault.right, fault.wrong)
    if "list" in block:
        return {"list": [line.replace(fault.right, fault.wrong) for line in block["list"]]}
    return block
