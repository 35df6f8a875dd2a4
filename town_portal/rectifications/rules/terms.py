"""The words and days of a rectification: how long, until when, how much later.

All days are working days of the calendar in force, counted from the day after (第二天起算).
"""

from collections.abc import Mapping
from datetime import date

from town_portal.foundation.errors import Refused
from town_portal.workdays.rules.calendar import Calendar

LONGEST_MATTER = 200
LONGEST_TEXT = 2000
LONGEST_REASON = 300
SHORTEST = 4
"""Fewer characters say nothing."""
MOST_FILES = 9


def due(calendar: Calendar, setting: Mapping[str, int], today: date) -> date:
    """The last day of a rectification that is opened today."""
    return calendar.add(today, setting["days"])


def check_due(calendar: Calendar, setting: Mapping[str, int], answered_on: date) -> date:
    """The last day on which an answer is looked at."""
    return calendar.add(answered_on, setting["check_days"])


def latest(calendar: Calendar, setting: Mapping[str, int], due_on: date) -> date:
    """How far a limit may be moved."""
    return calendar.add(due_on, setting["extension_days"])


def check_due_day(calendar: Calendar, today: date, due_on: date) -> None:
    """Refused unless a limit lies ahead and falls on a day on which somebody works."""
    if due_on <= today:
        raise Refused("整改期限要晚于今天。")
    if not calendar.is_workday(due_on):
        raise Refused(f"{due_on.month}月{due_on.day}日是{calendar.day_name(due_on)}，请选一个工作日。")


def check_extension(calendar: Calendar, setting: Mapping[str, int], due_on: date, today: date, until: date) -> None:
    """Refused unless the new day is later than the old, still ahead, a working day and not too far."""
    if today > due_on:
        raise Refused("期限已过，不能再申请延期。请尽快答复，说明做到哪一步。")
    if until <= due_on:
        raise Refused("延期后的日子要晚于原来的期限。")
    check_due_day(calendar, today, until)
    last = latest(calendar, setting, due_on)
    if until > last:
        raise Refused(f"最多延 {setting['extension_days']} 个工作日，到 {last.month}月{last.day}日为止。")


def check_words(what: str, text: str, longest: int) -> str:
    """A text without blanks at its ends; Refused when it says nothing or too much."""
    text = text.strip()
    if len(text) < SHORTEST:
        raise Refused(f"请写清{what}，至少 {SHORTEST} 个字。")
    if len(text) > longest:
        raise Refused(f"{what}最多 {longest} 个字，现在 {len(text)} 个字。")
    return text
