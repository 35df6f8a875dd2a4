"""The list of what was published before this system, as a table: every cell read, every fault told with its place.

One line is an item on one channel; an item that ran on several has several lines with the same title, unit, column and
day. A line without a channel is an item of the portal alone, one without a column ran on channels alone.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from town_portal.foundation.errors import Refused
from town_portal.releases.rules import link, list_file

HEAD = ("标题", "单位", "栏目", "发布日期", "网址", "渠道", "渠道发布时间", "渠道链接")
NEEDED = ("标题", "单位", "栏目", "发布日期")
EXAMPLES = (
    ("洛洞村开展秋收农技培训", "洛洞村", "工作动态", "2025-11-03", "", "佛冈发布", "2025-11-04", ""),
    ("洛洞村开展秋收农技培训", "洛洞村", "工作动态", "2025-11-03", "", "清远日报", "2025-11-06", ""),
    ("关于春节期间烟花爆竹管理的通告", "党政和人大办公室", "通知公告", "2025-01-20", "", "", "", ""),
)
EXPLAINED = (
    ("标题", "必填", "当时发布的标题，最多 200 个字。"),
    ("单位", "必填", "报送单位，写“单位与人员”里的名称、全称或代码。"),
    ("栏目", "在门户发过的必填", "写“栏目”里的名称或代码；只在别的渠道发、没有上门户的空着，这时渠道必填。"),
    ("发布日期", "必填", "门户上的发布日期，写成 2025-11-03；没有上门户的写最早发出的那天。"),
    ("网址", "可不填", "门户上那一页的地址，以 http:// 或 https:// 开头。"),
    ("渠道", "可不填", "发过的渠道，写“发布渠道”里的名称。发过几个渠道就写几行，前四列照抄。"),
    ("渠道发布时间", "填了渠道的必填", "2025-11-04，或者 2025-11-04 09:30（带钟点的请把单元格设成文本）。"),
    ("渠道链接", "可不填", "那个渠道上的地址，以 http:// 或 https:// 开头。"),
)
LONGEST_TITLE = 200
_MOMENT = re.compile(r"(?P<day>\S+)(?:\s+(?P<hour>\d{1,2})[:：](?P<minute>\d{2})(?::\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that cannot be taken."""

    line: int
    column: str
    words: str


@dataclass(frozen=True, slots=True)
class PastRow:
    """One line that makes sense by itself."""

    line: int
    title: str
    unit: str
    column: str
    day: date
    url: str
    channel: str
    channel_at: datetime | None
    """Wall-clock time of Shanghai; midnight where only the day is told."""
    channel_url: str


def read(table: Sequence[Sequence[str]], today: date) -> tuple[list[PastRow], list[Fault]]:
    """The lines of a table with its head first, and the faults of its cells; Refused when the head is another."""
    head = [cell.strip() for cell in table[0]]
    if missing := [name for name in NEEDED if name not in head]:
        raise Refused(f"第一行要有列名，缺“{'”“'.join(missing)}”。请下载模板，对照着填。")
    places = {name: head.index(name) for name in HEAD if name in head}
    good: list[PastRow] = []
    faults: list[Fault] = []
    for number, row in enumerate(table[1:], 2):
        given = dict.fromkeys(HEAD, "")
        given |= {name: row[place].strip() for name, place in places.items() if place < len(row)}
        if not any(given.values()):
            continue
        reader = _Reader(number, given, today)
        line = reader.row()
        faults += reader.faults
        if not reader.faults:
            good.append(line)
    if not good and not faults:
        raise Refused("文件里只有列名，没有内容。请照模板从第二行起填写。")
    return good, faults


class _Reader:
    """The cells of one line."""

    def __init__(self, line: int, given: dict[str, str], today: date) -> None:
        self.line, self.given, self.today = line, given, today
        self.faults: list[Fault] = []

    def row(self) -> PastRow:
        given = self.given
        for name in ("标题", "单位"):
            if not given[name]:
                self._say(name, "没有填")
        if len(given["标题"]) > LONGEST_TITLE:
            self._say("标题", f"超过 {LONGEST_TITLE} 个字")
        if not given["栏目"] and not given["渠道"]:
            self._say("栏目", "栏目和渠道都没有填，至少要填一个")
        if not given["渠道"]:
            for name in ("渠道发布时间", "渠道链接"):
                if given[name]:
                    self._say("渠道", f"填了{name}，没有填渠道")
        return PastRow(
            self.line,
            given["标题"],
            given["单位"],
            given["栏目"],
            self._moment("发布日期").date(),
            self._url("网址"),
            given["渠道"],
            self._moment("渠道发布时间") if given["渠道"] else None,
            self._url("渠道链接"),
        )

    def _moment(self, name: str) -> datetime:
        words = self.given[name]
        found = _MOMENT.fullmatch(words)
        if not words or found is None:
            self._say(name, "没有填" if not words else f"“{words}”看不懂，写成 2025-11-03 这样")
            return datetime.combine(self.today, time())
        try:
            day = list_file.day(found["day"])
            at = datetime.combine(day, time(int(found["hour"] or 0), int(found["minute"] or 0)))
        except (Refused, ValueError):
            self._say(name, f"“{words}”看不懂，写成 2025-11-03 这样")
            return datetime.combine(self.today, time())
        if day > self.today:
            self._say(name, f"{day} 还没有到")
        elif day.year < 2000:
            self._say(name, f"{day.year} 年太早，请核对")
        return at

    def _url(self, name: str) -> str:
        words = self.given[name]
        try:
            return link.tidy(words) if words else ""
        except Refused as refusal:
            self._say(name, refusal.reason)
            return ""

    def _say(self, name: str, words: str) -> None:
        self.faults.append(Fault(self.line, name, words))


def plain(rows: Iterable[PastRow]) -> list[list[str | int]]:
    """Lines as values a form can carry."""
    return [
        [one.line, one.title, one.unit, one.column, one.day.isoformat(), one.url, one.channel,
         one.channel_at.isoformat() if one.channel_at else "", one.channel_url]
        for one in rows
    ]  # fmt: skip


def from_plain(values: Iterable[Sequence[str | int]]) -> list[PastRow]:
    """The same lines again."""
    return [
        PastRow(
            int(line), str(title), str(unit), str(column), date.fromisoformat(str(day)), str(url), str(channel),
            datetime.fromisoformat(str(at)) if at else None, str(channel_url),
        )
        for line, title, unit, column, day, url, channel, at, channel_url in values
    ]  # fmt: skip
