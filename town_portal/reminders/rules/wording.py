"""The words of a letter. Its subject says how many and how bad, each line one duty.

Nothing more of an unpublished item than its title leaves the portal; whether the title does, and
what somebody said with it, is the setting ``outside``. Neither does where it holds personal data.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from town_portal.foundation.clock import day_of, local
from town_portal.reminders.rules.ladder import Rung
from town_portal.reminders.rules.round import Letter, Line
from town_portal.workflow.duty import Duty, DutyKind

MOST_LINES = 8
LONGEST_TITLE = 40
LONGEST_WORDS = 60
ONE_DAY = timedelta(days=1)
ONE_MINUTE = timedelta(minutes=1)

KEPT_BACK = "（内容含个人信息或不宜外发，请到门户看）"


class Detail(StrEnum):
    """How much of a thing a letter says."""

    WORDS = "words"
    """Its title, and what was said with it."""
    TITLES = "titles"
    NOTHING = "nothing"
    """Neither: only what is to be done, and until when."""


@dataclass(frozen=True, slots=True)
class Telling:
    """How a letter is put into words at one instant (UTC)."""

    now: datetime
    detail: Detail = Detail.WORDS
    names: Mapping[int, str] = field(default_factory=dict)
    """Person → name, for letters about what others owe."""
    kept_back: Callable[[str], bool] = lambda _: False
    """Says of a title or of words that they must stay inside."""


@dataclass(frozen=True, slots=True)
class Worded:
    """A letter as text: the subject, and its lines."""

    subject: str
    lines: tuple[str, ...]


def worded(letter: Letter, telling: Telling) -> Worded:
    """The text of a letter."""
    alone = len(letter.lines) == 1
    lines = [_line(line, telling, headed=not alone) for line in letter.lines[:MOST_LINES]]
    if len(letter.lines) > MOST_LINES:
        lines.append(f"还有 {len(letter.lines) - MOST_LINES} 件，请到门户“提醒”里看。")
    if letter.digest is not None:
        told = {line.duty.key for line in letter.lines}
        rest = [duty for duty in letter.digest if duty.key not in told]
        room = max(0, MOST_LINES - len(letter.lines))
        if rest and letter.lines and room:
            lines.append("手头还有：")
        lines += [f"{_urgent(duty)}{_described(duty, telling)}" for duty in rest[:room]]
        if len(rest) > room:
            lines.append(f"另有 {len(rest) - room} 件，请到门户“提醒”里看。")
    return Worded(subject(letter, telling.now), tuple(lines))


def subject(letter: Letter, now: datetime) -> str:
    """督办, 已超时, 今日待办 or 新到, and how many. That it is urgent stands beside it, wherever it is shown."""
    if letter.digest is not None and not letter.lines:
        late = sum(duty.due_at < now for duty in letter.digest)
        return f"今日待办 {len(letter.digest)} 件" + (f"，其中 {late} 件已超时" if late else "")
    if len(letter.lines) == 1:
        (only,) = letter.lines
        return f"{_head(only)}：{only.duty.label}"
    if letter.lines and all(line.owners for line in letter.lines):
        return f"{len(letter.lines)} 件事超时，请您督促"
    parts = [
        f"{count} 件{word}" for word, rungs in _GROUPS if (count := sum(line.rung in rungs for line in letter.lines))
    ]
    return f"{len(letter.lines)} 件事请您办：{'、'.join(parts)}"


_GROUPS = (
    ("超时督办", (Rung.SUPERIOR,)),
    ("超时", (Rung.DUE, Rung.DEPUTY)),
    ("快到时限", (Rung.BEFORE,)),
    ("时限过半", (Rung.HALF,)),
    ("新到", (Rung.ARRIVED,)),
)


def _head(line: Line) -> str:
    if line.vacant:
        return "没有人在岗，请安排"
    if line.duty.kind is DutyKind.REVISION and line.rung is Rung.ARRIVED:
        return "被退回"
    return line.rung.label


def _line(line: Line, telling: Telling, *, headed: bool) -> str:
    """The head stands in the subject already where it is the only line."""
    head = f"{_urgent(line.duty)}{_head(line)}：" if headed else ""
    return f"{head}{_described(line.duty, telling)}{_owed_by(line, telling)}{_said(line, telling)}"


def _described(duty: Duty, telling: Telling) -> str:
    unit = f"（{duty.unit}）" if duty.unit else ""
    return f"{duty.label}{_named(duty, telling)}{unit}，{left(duty.due_at, telling.now)}。"


def _named(duty: Duty, telling: Telling) -> str:
    if telling.detail is Detail.NOTHING or not duty.what or telling.kept_back(duty.what):
        return ""
    what = cut(duty.what, LONGEST_TITLE)
    return f"：{what}" if duty.kind in _NO_TEXTS else f"《{what}》"


_NO_TEXTS = (
    DutyKind.CONFIRMATION,
    DutyKind.RHYTHM,
    DutyKind.COLUMN,
    DutyKind.NETWORK,
    DutyKind.RECTIFICATION,
    DutyKind.RECTIFICATION_CHECK,
    DutyKind.SPOT_CHECK,
)
"""What is owed there has no title to stand in 书名号."""


def _owed_by(line: Line, telling: Telling) -> str:
    names = [telling.names[person] for person in line.owners if person in telling.names]
    return f"经办：{'、'.join(names)}。" if names else ""


def _said(line: Line, telling: Telling) -> str:
    duty = line.duty
    if not duty.words or line.rung is Rung.SUPERIOR or telling.detail is not Detail.WORDS:
        return ""
    words = KEPT_BACK if telling.kept_back(duty.words) else f"“{cut(' '.join(duty.words.split()), LONGEST_WORDS)}”"
    return f"{duty.sender}说：{words}" if duty.sender else words


def _urgent(duty: Duty) -> str:
    return "【紧急】" if duty.urgent else ""


def cut(text: str, longest: int) -> str:
    """A text of at most so many characters, the last one … when it was longer."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def left(due_at: datetime, now: datetime) -> str:
    """今天 17:30 前（还剩 1 小时）, 11月24日 10:30 前, 已超时 2 小时: it stays true when it is read late."""
    if timedelta() <= now - due_at < ONE_MINUTE:
        return f"{_moment(due_at, now)} 刚到期"
    if now >= due_at:
        return f"{_moment(due_at, now)} 到期，已超时 {span(now - due_at)}"
    if due_at - now < ONE_MINUTE:
        return f"{_moment(due_at, now)} 前（马上到期）"
    soon = due_at - now < ONE_DAY and day_of(due_at) == day_of(now)
    return f"{_moment(due_at, now)} 前" + (f"（还剩 {span(due_at - now)}）" if soon else "")


def span(time: timedelta) -> str:
    """3 天, 2 小时 10 分, 25 分."""
    minutes = max(0, int(time.total_seconds() // 60))
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    if days:
        return f"{days} 天"
    if hours:
        return f"{hours} 小时 {minutes} 分" if minutes and hours < 3 else f"{hours} 小时"
    return f"{minutes} 分钟"


def _moment(moment: datetime, now: datetime) -> str:
    """On a wall clock in Shanghai; midnight belongs to the day that ends with it."""
    here = local(moment)
    if (here.hour, here.minute, here.second) == (0, 0, 0):
        return f"{_day(here.date() - ONE_DAY, day_of(now))} 24:00"
    return f"{_day(here.date(), day_of(now))} {here:%H:%M}"


def _day(day: date, today: date) -> str:
    near = {0: "今天", 1: "明天", -1: "昨天"}.get((day - today).days)
    return near or (f"{day.month}月{day.day}日" if day.year == today.year else f"{day.year}年{day.month}月{day.day}日")
