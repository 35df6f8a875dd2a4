"""Words for moments, spans and sizes, as people here say them."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from flask import Flask
from markupsafe import Markup, escape

from town_portal.foundation import clock

WEEKDAYS = "一二三四五六日"
ONE_DAY = timedelta(days=1)


def day(value: date | datetime | None) -> str:
    """今天 / 昨天 / 明天, else 4月16日, with the year when it is not this one."""
    if value is None:
        return ""
    on = clock.day_of(value) if isinstance(value, datetime) else value
    today = clock.today()
    near = {0: "今天", -1: "昨天", 1: "明天"}.get((on - today).days)
    if near:
        return near
    return f"{on.month}月{on.day}日" if on.year == today.year else f"{on.year}年{on.month}月{on.day}日"


def moment(value: datetime | None) -> str:
    """今天 10:31, 4月16日 10:31."""
    if value is None:
        return ""
    here = clock.local(value)
    return f"{day(here.date())} {here.hour:02}:{here.minute:02}"


def full_moment(value: datetime | None) -> str:
    """2026年4月16日 10:31:05, for records."""
    if value is None:
        return ""
    here = clock.local(value)
    return f"{here.year}年{here.month}月{here.day}日 {here:%H:%M:%S}"


def minute(value: datetime | None) -> str:
    """2026年4月16日 10:31."""
    return f"{full_day(clock.day_of(value))} {clock.local(value):%H:%M}" if value else ""


def stamp(value: datetime) -> str:
    """2026-04-16 10:31, in Shanghai: the form that government sites use in their meta tags."""
    return f"{clock.local(value):%Y-%m-%d %H:%M}"


def full_day(value: date | None) -> str:
    """2026年4月16日."""
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


def weekday(value: date) -> str:
    """星期四."""
    return f"星期{WEEKDAYS[value.weekday()]}"


def on_weekday(value: datetime) -> str:
    """星期四, of the day in Shanghai that an instant falls on."""
    return weekday(clock.day_of(value))


def clock_time(value: datetime, of: date | None = None) -> str:
    """10:31 in Shanghai; the midnight that ends the day ``of`` is 24:00."""
    here = clock.local(value)
    return "24:00" if of is not None and here.date() > of else f"{here:%H:%M}"


def span(value: timedelta) -> str:
    """3 天, 2 小时 10 分, 25 分; never seconds."""
    minutes = max(0, int(value.total_seconds() // 60))
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    if days:
        return f"{days} 天 {hours} 小时" if hours and days < 3 else f"{days} 天"
    if hours:
        return f"{hours} 小时 {minutes} 分" if minutes and hours < 3 else f"{hours} 小时"
    return f"{minutes} 分"


def span_days(value: timedelta) -> str:
    """2.4 天, 5 小时, 25 分: natural time, in one unit, so that parts compare."""
    if value >= ONE_DAY:
        return f"{value / ONE_DAY:.1f} 天"
    return span(value) if value < timedelta(hours=1) else f"{value / timedelta(hours=1):.1f} 小时"


def working_span(minutes: int | None, minutes_a_day: int = 390) -> str:
    """Working time: 1.5 个工作日, 2 小时 10 分（工作时间）."""
    if minutes is None:
        return ""
    if minutes >= minutes_a_day:
        return f"{minutes / minutes_a_day:.1f} 个工作日"
    return span(timedelta(minutes=minutes))


def left(due: datetime) -> str:
    """What is left until a limit, or by how much it is past: 剩 3 小时 / 明天 10:30 前 / 超时 2 小时."""
    now = clock.now()
    if due < now:
        return f"超时 {span(now - due)}"
    if due - now < ONE_DAY and clock.day_of(due) == clock.day_of(now):
        return f"剩 {span(due - now)}"
    return f"{moment(due)} 前"


def urgency_of(due: datetime, entered: datetime | None = None) -> str:
    """One of over | soon | '' — soon when due today or when under a third of the limit is left."""
    now = clock.now()
    if due < now:
        return "over"
    if due - now < ONE_DAY and clock.day_of(due) == clock.day_of(now):
        return "soon"
    if entered is not None and (due - now) * 3 < due - entered:
        return "soon"
    return ""


def days_left(until: date) -> str:
    """The golden period at a glance: 剩 2 天 / 今天截止 / 已过 3 天."""
    days = (until - clock.today()).days
    if days < 0:
        return f"已过 {-days} 天"
    return "今天截止" if days == 0 else f"剩 {days} 天"


def golden_left(until: date) -> str:
    """The golden period in days and hours: 剩 2 天 9 小时 / 今天截止，剩 9 小时 / 已过 3 天."""
    left_ = clock.end_of(until) - clock.now()
    if left_ <= timedelta():
        return days_left(until)
    hours = int(left_.total_seconds() // 3600)
    if hours >= 24:
        return f"剩 {hours // 24} 天" + (f" {hours % 24} 小时" if hours % 24 else "")
    return f"今天截止，剩 {hours} 小时" if hours else "今天截止，剩不到 1 小时"


def late_by(until: date, on: date | None) -> str:
    """How publication met the golden period: 及时 / 迟 2 天."""
    days = ((on or clock.today()) - until).days
    return f"迟 {days} 天" if days > 0 else "及时"


def this_hour() -> datetime:
    """The present hour, for what is drawn once in each."""
    return clock.now().replace(minute=0, second=0, microsecond=0)


def size(value: int) -> str:
    """18 KB, 2.4 MB."""
    return f"{max(1, round(value / 1024))} KB" if value < 1024 * 1024 else f"{value / 1024 / 1024:.1f} MB"


def percent(part: int, whole: int) -> str:
    """71%, or — when there is nothing to divide by."""
    return f"{round(100 * part / whole)}%" if whole else "—"


def iso(value: datetime | date | None) -> str:
    """For <time datetime>."""
    if isinstance(value, datetime):
        return f"{value.isoformat()[:19]}Z"
    return value.isoformat() if value else ""


def breaks(text: str) -> Markup:
    """Plain text with its line breaks; everything else escaped."""
    return Markup("<br>").join(escape(line) for line in text.split("\n"))


def stored_html(revision: Any) -> Markup:
    """The text of a saved version as it stands: it was sanitised before it was stored and signed.

    The only place that marks text as safe. Takes the version, never loose text; the template puts
    it into a container with ``hx-disable``.
    """
    return Markup(revision.body_html)  # noqa: S704 - see above  # noqa: S704 - see above


def kept(draw: Callable[..., Any]) -> Callable[..., Any]:
    """A macro that depends on nothing but its arguments: drawn once for each of them."""
    return lru_cache(maxsize=1_000, typed=True)(draw)


def this_minute() -> datetime:
    """The present minute, for what is drawn once in each."""
    return clock.now().replace(second=0, microsecond=0)


def add_filters(app: Flask) -> None:
    """Give them to the templates."""
    names: tuple[Any, ...] = (
        day, moment, full_moment, full_day, weekday, span, working_span, left, urgency_of, days_left, size,
        percent, iso, breaks, stored_html, minute, stamp, on_weekday, clock_time,
        golden_left, late_by, span_days,
    )  # fmt: skip
    app.jinja_env.filters.update({filter_.__name__: filter_ for filter_ in names})
    app.jinja_env.globals.update(
        now=clock.now, today=clock.today, this_minute=this_minute, this_hour=this_hour, kept=kept
    )
