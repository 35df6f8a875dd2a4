"""What a reader tells of a file: the words in it, where they stand, and what is wrong with it by itself."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

MOST_CHARACTERS = 120_000
"""Of one file: a list of 3,000 people. More is said to be unread; proofreading so much takes two seconds."""
MOST_CONCERNS = 40
READER = 1
"""Counts up when the readers learn to see more: kept contents of an older one are read again."""


class Kind(StrEnum):
    """What may be wrong with a file beside its words."""

    HIDDEN = "hidden"
    COMMENTS = "comments"
    CHANGES = "changes"
    EMBEDDED = "embedded"
    OUTSIDE = "outside"
    AUTHOR = "author"
    PLACE_DATA = "place_data"
    REMOVED = "removed"
    SCANNED = "scanned"
    UNREADABLE = "unreadable"
    UNREAD = "unread"

    @property
    def label(self) -> str:
        """The words in Chinese."""
        return {
            "hidden": "隐藏的内容",
            "comments": "批注",
            "changes": "修订痕迹",
            "embedded": "夹带的文件",
            "outside": "外部链接",
            "author": "作者信息",
            "place_data": "拍摄信息",
            "removed": "已去掉的信息",
            "scanned": "扫描件",
            "unreadable": "打不开",
            "unread": "没有读完",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Part:
    """Words that stand together, a line each. A sheet names its rows and columns: lines and the tabs in them."""

    place: str
    """In a clerk's words: 工作表“名单”, 第 3 页, 批注（王某）."""
    words: str
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    def place_of(self, at: int) -> str:
        """Where the sign number ``at`` of the words stands: 工作表“名单”第 12 行 D 列."""
        if not self.rows:
            return self.place
        before = self.words[:at]
        row = self.rows[before.count("\n")]
        column = self.columns[before.rpartition("\n")[2].count("\t")]
        return f"{self.place}{row} {column}"


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing that is wrong with a file by itself."""

    kind: Kind
    place: str
    words: str
    """What it is about, as short as a line."""
    message: str
    """A full sentence in Chinese: what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything a reader told of one file."""

    parts: tuple[Part, ...] = ()
    concerns: tuple[Concern, ...] = ()

    @property
    def characters(self) -> int:
        """How many signs were read, blanks left out."""
        return sum(len("".join(part.words.split())) for part in self.parts)


def as_plain(told: Part | Concern) -> dict[str, Any]:
    """A part or a concern as plain values, to be kept and sent."""
    return asdict(told)


def from_plain(told: Iterable[Mapping[str, Any]]) -> Contents:
    """The contents whose parts and concerns were made plain, in any order."""
    parts, concerns = [], []
    for one in told:
        if "kind" in one:
            concerns.append(Concern(Kind(one["kind"]), one["place"], one["words"], one["message"]))
        else:
            parts.append(Part(one["place"], one["words"], tuple(one["rows"]), tuple(one["columns"])))
    return Contents(tuple(parts), tuple(concerns))


def all_plain(contents: Contents) -> list[dict[str, Any]]:
    """Everything of a file as plain values, as ``from_plain`` takes it."""
    return [*map(as_plain, contents.parts), *map(as_plain, contents.concerns)]


def unread(place: str) -> Concern:
    """The concern that the rest of a file was not read."""
    return Concern(
        Kind.UNREAD,
        place,
        place,
        "文件太大或太复杂，机器只读了一部分，后面的没有检查。请分成几个小文件，或者逐页人工核对。",
    )


def unreadable(
    why: str = "这个文件机器打不开，里面的内容没有检查，读者也可能打不开。请打开看看，另存一份再传。",
) -> Concern:
    """The concern that a file could not be read at all."""
    return Concern(Kind.UNREADABLE, "文件", "打不开", why)


def shortened(words: str, most: int = 40) -> str:
    """One line of some words."""
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def listed(names: Iterable[str], most: int = 6) -> str:
    """Some names for a sentence: 甲、乙等 9 个."""
    given = list(names)
    told = "、".join(given[:most])
    return told if len(given) <= most else f"{told}等 {len(given)} 个"
