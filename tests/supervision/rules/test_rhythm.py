"""Periods, targets and what is still owed."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from town_portal.foundation.clock import instant
from town_portal.settings.rules.catalogue import CATALOGUE
from town_portal.supervision.rules.rhythm import Period, Span, Standing, Target, listed, targets

DAY = timedelta(days=1)
NOVEMBER = Period(Span.MONTH, date(2026, 11, 1), date(2026, 11, 30))
DEFAULT = CATALOGUE["rhythm"].default


@given(st.sampled_from(Span), st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_a_period_holds_its_day_and_no_other_months(span: Span, day: date) -> None:
    period = Period.containing(span, day)
    assert period.first <= day <= period.last
    inside = {(period.first + number * DAY).month for number in range((period.last - period.first).days + 1)}
    assert len(inside) == (1 if span is Span.MONTH else 3)
    assert (period.first.day, (period.last + DAY).day) == (1, 1)
    assert span is Span.MONTH or period.first.month in (1, 4, 7, 10)
    assert Period.containing(span, period.last) == period
    assert Period.containing(span, period.last + DAY).first == period.last + DAY


def test_periods_have_names() -> None:
    assert Period.containing(Span.MONTH, date(2026, 11, 23)) == NOVEMBER
    assert (NOVEMBER.key, NOVEMBER.start) == ("2026-11", instant(date(2026, 11, 1)))
    assert Period.containing(Span.QUARTER, date(2026, 11, 23)).key == "2026-q4"
    assert Period.containing(Span.QUARTER, date(2026, 1, 1)).key == "2026-q1"


def test_what_is_owed_is_said_in_numbers() -> None:
    target = Target(3, NOVEMBER, 2)
    begun = Standing(target, 0, None)
    assert (begun.missing, begun.words, begun.since) == (2, "本月还差 2 篇，已报 0 篇", NOVEMBER.start)
    filed_at = instant(date(2026, 11, 9))
    half = Standing(target, 1, filed_at)
    assert (half.words, half.since) == ("本月还差 1 篇，已报 1 篇", filed_at)
    assert begun.key != half.key
    done = Standing(target, 3, filed_at)
    assert (done.missing, done.words) == (0, "本月已报 3 篇，够数了")
    column = Target(3, Period.containing(Span.QUARTER, date(2026, 11, 1)), 1, 7, "通知公告")
    assert Standing(column, 0, None).words == "本季度“通知公告”还差 1 篇，已报 0 篇"
    assert Standing(column, 0, None).key == "rhythm:3:7:2026-q4:0"


def test_lines_name_a_unit_and_a_column() -> None:
    units, columns = {"洛洞村": 3, "C03": 3}, {"通知公告": 7, "tzgg": 7}
    found = listed(["洛洞村：通知公告", "C03: tzgg", "没有的村：通知公告", "洛洞村"], units, columns)
    assert found.pairs == ((3, 7),)
    assert found.unknown == ("没有的村：通知公告", "洛洞村")


def test_everybody_has_his_target() -> None:
    found = targets(DEFAULT, {1: "office", 3: "village"}, [(3, 7), (99, 7)], {7: "通知公告"}, date(2026, 11, 23))
    assert [(one.unit_id, one.wanted, one.period.key, one.column_id) for one in found] == [
        (1, 3, "2026-11", None),
        (3, 2, "2026-11", None),
        (3, 1, "2026-q4", 7),
    ]
    nothing = {**DEFAULT, "village": {"items": 0, "period": "month"}}
    assert [one.unit_id for one in targets(nothing, {1: "office", 3: "village"}, [], {}, date(2026, 11, 23))] == [1]
