"""Quarters are made of Shanghai days."""

from datetime import UTC, date, datetime

import pytest

from town_portal.statistics.rules.quarter import Quarter, since


@pytest.mark.parametrize(
    ("number", "first", "last"),
    [
        (1, date(2026, 1, 1), date(2026, 3, 31)),
        (2, date(2026, 4, 1), date(2026, 6, 30)),
        (3, date(2026, 7, 1), date(2026, 9, 30)),
        (4, date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_first_and_last_day(number: int, first: date, last: date) -> None:
    quarter = Quarter(2026, number)
    assert (quarter.first, quarter.last) == (first, last)
    assert Quarter.containing(first) == Quarter.containing(last) == quarter


def test_it_begins_and_ends_at_midnight_in_shanghai() -> None:
    quarter = Quarter(2026, 3)
    assert quarter.start == datetime(2026, 6, 30, 16, tzinfo=UTC)
    assert quarter.end == datetime(2026, 9, 30, 16, tzinfo=UTC)
    assert quarter.end == quarter.next.start


def test_neighbours_cross_the_year() -> None:
    assert Quarter(2026, 1).previous == Quarter(2025, 4)
    assert Quarter(2025, 4).next == Quarter(2026, 1)
    assert Quarter(2026, 3).previous == Quarter(2026, 2)
    assert Quarter(2026, 3).next == Quarter(2026, 4)


def test_words() -> None:
    assert Quarter(2026, 3).label == "2026年第三季度"
    assert Quarter(2026, 3).mark == "26三"
    assert Quarter(2026, 3).key == "2026-3"


def test_a_key_comes_back() -> None:
    assert Quarter.parse("2026-3") == Quarter(2026, 3)


@pytest.mark.parametrize(
    "key", ["", "2026", "2026-0", "2026-5", "2026-33", "1999-1", "２０26-1", "2026-3\n", "x2026-3"]
)
def test_junk_is_no_quarter(key: str) -> None:
    assert Quarter.parse(key) is None


def test_going_back_ends_with_itself() -> None:
    assert Quarter(2026, 2).back(3) == (Quarter(2025, 4), Quarter(2026, 1), Quarter(2026, 2))


def test_since_lists_the_newest_first() -> None:
    assert since(Quarter(2025, 4), Quarter(2026, 2)) == (Quarter(2026, 2), Quarter(2026, 1), Quarter(2025, 4))
    assert since(Quarter(2026, 2), Quarter(2026, 2)) == (Quarter(2026, 2),)


def test_running_on_its_first_and_last_day_only() -> None:
    quarter = Quarter(2026, 3)
    assert quarter.running(date(2026, 7, 1))
    assert quarter.running(date(2026, 9, 30))
    assert not quarter.running(date(2026, 6, 30))
    assert not quarter.running(date(2026, 10, 1))
