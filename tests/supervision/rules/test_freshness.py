"""How fresh a column is."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from town_portal.settings.rules.catalogue import CATALOGUE
from town_portal.supervision.rules.freshness import Light, Terms, read

DAY = timedelta(days=1)
SETTING = CATALOGUE["freshness"].default
NEWS, OTHER = Terms.of(SETTING, "工作动态", "gzdt"), Terms.of(SETTING, "通知公告", "tzgg")
LAST = date(2026, 11, 1)


def test_news_has_a_fortnight_and_the_rest_half_a_year() -> None:
    assert (Terms(14, 12, 14), Terms(180, 144, 14)) == (NEWS, OTHER)
    assert Terms.of({**SETTING, "news": {"columns": ["gzdt"], "days": 14}}, "工作动态", "gzdt").days == 14


@pytest.mark.parametrize(
    ("days", "light", "left"),
    [(0, Light.GREEN, 14), (11, Light.GREEN, 3), (12, Light.AMBER, 2), (14, Light.AMBER, 0), (15, Light.RED, -1)],
)
def test_a_news_column_by_days(days: int, light: Light, left: int) -> None:
    found = read(NEWS, LAST, LAST, LAST + days * DAY)
    assert (found.light, found.left, found.used) == (light, left, days)
    assert light.owed == (light is not Light.GREEN)


def test_an_empty_column_is_a_fault_at_once() -> None:
    found = read(OTHER, None, LAST, LAST)
    assert (found.light, found.used, found.amber_on, found.until) == (Light.BLANK, None, LAST, LAST + 14 * DAY)
    assert found.light.label == "空白栏目"


@given(st.integers(1, 400), st.integers(10, 100), st.integers(0, 800))
def test_amber_comes_before_red_and_lights_only_get_worse(days: int, share: int, used: int) -> None:
    setting = {"news": {"columns": [], "days": 1}, "other": {"days": days}, "blank": {"days": 14}, "amber": share}
    terms = Terms.of(setting, "x")
    found = read(terms, LAST, LAST, LAST + used * DAY)
    assert (found.light is Light.RED) == (used > days)
    assert (found.light is Light.AMBER) == (used <= days and used * 100 >= days * share)
    assert found.amber_on <= found.until
    assert found.until == LAST + days * DAY


def test_a_column_that_was_emptied_has_its_time_from_that_day() -> None:
    emptied = LAST + 90 * DAY
    found = read(OTHER, None, LAST, emptied + 3 * DAY, emptied)
    assert (found.light, found.since, found.until, found.left) == (Light.BLANK, emptied, emptied + 14 * DAY, 11)
    assert read(OTHER, None, LAST, LAST, LAST - DAY).since == LAST
    assert read(OTHER, LAST, LAST, LAST, emptied).since == LAST
