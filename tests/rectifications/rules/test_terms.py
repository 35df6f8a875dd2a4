"""Days and words of a rectification."""

from datetime import date

import pytest

from town_portal.foundation.errors import Refused
from town_portal.rectifications.rules import terms
from town_portal.workdays.rules.calendar import Calendar

SETTING = {"days": 10, "check_days": 3, "extension_days": 5}
CALENDAR = Calendar({date(2026, 10, day): False for day in range(1, 8)} | {date(2026, 10, 10): True})


def test_days_are_working_days_from_the_second_day() -> None:
    # 30 September; the days off of October; Saturday the 10th is worked.
    assert terms.due(CALENDAR, SETTING, date(2026, 9, 30)) == date(2026, 10, 20)
    assert terms.check_due(CALENDAR, SETTING, date(2026, 9, 30)) == date(2026, 10, 10)
    assert terms.latest(CALENDAR, SETTING, date(2026, 9, 30)) == date(2026, 10, 13)


def test_a_limit_lies_ahead_on_a_working_day() -> None:
    terms.check_due_day(CALENDAR, date(2026, 9, 30), date(2026, 10, 8))
    with pytest.raises(Refused, match="晚于今天"):
        terms.check_due_day(CALENDAR, date(2026, 9, 30), date(2026, 9, 30))
    with pytest.raises(Refused, match="10月1日是放假"):
        terms.check_due_day(CALENDAR, date(2026, 9, 30), date(2026, 10, 1))


@pytest.mark.parametrize(
    ("until", "today", "words"),
    [
        (date(2026, 10, 8), date(2026, 9, 29), None),
        (date(2026, 10, 13), date(2026, 9, 30), None),
        (date(2026, 10, 14), date(2026, 9, 30), "最多延 5 个工作日，到 10月13日"),
        (date(2026, 9, 30), date(2026, 9, 29), "晚于原来的期限"),
        (date(2026, 10, 9), date(2026, 10, 1), "期限已过"),
    ],
)
def test_how_far_a_limit_moves(until: date, today: date, words: str | None) -> None:
    if words is None:
        terms.check_extension(CALENDAR, SETTING, date(2026, 9, 30), today, until)
        return
    with pytest.raises(Refused, match=words):
        terms.check_extension(CALENDAR, SETTING, date(2026, 9, 30), today, until)


def test_words_say_something_and_not_too_much() -> None:
    assert terms.check_words("理由", "  栏目没有更新  ", 10) == "栏目没有更新"
    with pytest.raises(Refused, match="至少 4 个字"):
        terms.check_words("理由", "好  ", 10)
    with pytest.raises(Refused, match="最多 5 个字，现在 6"):
        terms.check_words("理由", "一二三四五六", 5)
