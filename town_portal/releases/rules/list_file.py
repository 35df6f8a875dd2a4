"""A list of what came out, as a table: read line by line, each line taken or refused with words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from town_portal.foundation.errors import Refused
from town_portal.releases.rules import link

HEAD = ("标题", "索引号", "渠道", "发布日期", "链接")
NEEDED = ("渠道", "发布日期")
EXAMPLE = ("洛洞村开展秋收农技培训", "", "佛冈发布", "2025-11-03", "https://mp.weixin.qq.com/s/…")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


@dataclass(frozen=True, slots=True)
class ListedRelease:
    """One line that makes sense by itself."""

    line: int
    title: str
    index_number: str
    channel: str
    day: date
    url: str


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """One line that was not taken, and why."""

    line: int
    title: str
    channel: str
    why: str


def read(table: Sequence[Sequence[str]]) -> tuple[list[ListedRelease], list[RefusedLine]]:
    """The lines of a table with its head first; Refused when the head names no channel or no day."""
    head = [cell.strip() for cell in table[0]]
    if missing := [name for name in NEEDED if name not in head]:
        raise Refused(f"第一行要有列名，缺“{'”“'.join(missing)}”。请对照模板：{'、'.join(HEAD)}")
    if "标题" not in head and "索引号" not in head:
        raise Refused("第一行要有“标题”或“索引号”，不然不知道是哪一篇。")
    places = {name: head.index(name) for name in HEAD if name in head}
    good, bad = [], []
    for number, row in enumerate(table[1:], 2):
        given = {name: row[place].strip() if place < len(row) else "" for name, place in places.items()}
        if not any(given.values()):
            continue
        try:
            good.append(_line(number, given))
        except Refused as refusal:
            bad.append(RefusedLine(number, given.get("标题", ""), given["渠道"], refusal.reason))
    return good, bad


def _line(number: int, given: dict[str, str]) -> ListedRelease:
    title, index_number = given.get("标题", ""), given.get("索引号", "")
    if not title and not index_number:
        raise Refused("没有写标题，也没有写索引号")
    if not given["渠道"]:
        raise Refused("没有写渠道")
    url = given.get("链接", "")
    return ListedRelease(
        number, title, index_number, given["渠道"], day(given["发布日期"]), link.tidy(url) if url else ""
    )


def day(words: str) -> date:
    """A day as people write it; Refused for anything else."""
    found = _DAY.fullmatch(words.strip().split(" ")[0]) if words.strip() else None
    if found is None:
        raise Refused("发布日期要写成 2025-11-03 这样")
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        raise Refused(f"没有 {words} 这一天") from None


def same_title(title: str) -> str:
    """A title without blanks and with one kind of quotation marks and brackets: by which titles are held together."""
    return re.sub(r"\s+", "", title).translate(str.maketrans("“”‘’（）：，！？", "\"\"''():,!?"))
