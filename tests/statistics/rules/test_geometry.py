"""Positions of marks: nothing sticks out, nothing is lost, equals look equal."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from town_portal.statistics.rules import geometry
from town_portal.statistics.rules.geometry import Mark, Move

AMOUNTS = st.integers(-50, 10_000) | st.fractions(-50, 10_000, max_denominator=60)


def test_the_longest_bar_fills_the_width_and_half_is_half() -> None:
    assert geometry.bar(8, 8) == Mark(0, 100)
    assert geometry.bar(4, 8) == Mark(0, 50)
    assert geometry.bar(0, 8) == Mark(0, 0)
    assert geometry.bar(-3, 8) == Mark(0, 0)


def test_what_is_there_is_seen() -> None:
    assert geometry.bar(1, 100_000).width == 1


def test_a_bar_beyond_the_most_only_fills_the_width() -> None:
    assert geometry.bar(9, 8) == Mark(0, 100)
    assert geometry.bar(9, 0) == Mark(0, 100)


def test_parts_stand_one_behind_the_other() -> None:
    assert geometry.stack([1, 2, 1], 8) == (Mark(0, 12.5), Mark(12.5, 25), Mark(37.5, 12.5))


def test_a_part_below_nought_takes_no_place() -> None:
    assert geometry.stack([Fraction(1, 2), -3, Fraction(1, 2)], 1) == (Mark(0, 50), Mark(50, 0), Mark(50, 50))


def test_parts_of_nothing_have_no_width() -> None:
    assert geometry.stack([0, 0], 0) == (Mark(0, 0), Mark(0, 0))


@given(st.lists(AMOUNTS, max_size=6), AMOUNTS)
def test_parts_touch_and_stay_within(values: list[Fraction], most: Fraction) -> None:
    marks = geometry.stack(values, most)
    assert len(marks) == len(values)
    at = 0.0
    for value, mark in zip(values, marks, strict=True):
        assert mark.x == at
        assert mark.width >= 0
        if value <= 0:
            assert mark.width == 0
        at = mark.end
    assert at <= 100


@given(st.lists(AMOUNTS, min_size=1, max_size=30))
def test_bars_keep_the_order_of_their_figures(values: list[Fraction]) -> None:
    most = geometry.longest(values)
    widths = [geometry.bar(value, most).width for value in sorted(values)]
    assert widths == sorted(widths)
    assert all(0 <= width <= 100 for width in widths)
    if max(values) > 0:
        assert widths[-1] == 100


def test_a_change_goes_from_one_dot_to_the_other() -> None:
    assert geometry.move(0, 10, 10) == Move(3, 97)
    assert (geometry.move(10, 0, 10).left, geometry.move(10, 0, 10).right) == (3, 97)
    assert geometry.move(None, 5, 10) == Move(None, 50)
    assert geometry.move(0, 0, 0) == Move(3, 3)
    alone = geometry.move(None, 5, 10)
    assert alone.left == alone.right == 50


def test_a_small_line_runs_from_edge_to_edge_with_nought_at_the_bottom() -> None:
    line = geometry.spark([0, 5, 10], 100, 30, 5)
    assert line.dots == ((5, 25), (50, 15), (95, 5))
    assert line.lines == ((5, 25, 50, 15), (50, 15, 95, 5))
    assert line.last == (95, 5)


def test_a_hole_breaks_the_line() -> None:
    line = geometry.spark([4, None, 4, 4])
    assert line.dots[1] is None
    assert len(line.lines) == 1


def test_a_line_of_noughts_lies_on_the_floor_and_of_nothing_is_empty() -> None:
    assert {y for _, y in filter(None, geometry.spark([0, 0]).dots)} == {23}
    assert geometry.spark([]).last is None
    assert geometry.spark([None]).last is None
    assert geometry.spark([3]).dots == ((5, 5),)


@given(st.lists(st.none() | st.integers(0, 10**6), max_size=12))
def test_every_dot_lies_in_the_box(values: list[int | None]) -> None:
    for dot in filter(None, geometry.spark(values).dots):
        assert 5 <= dot[0] <= 91
        assert 5 <= dot[1] <= 23


def test_the_longest_of_nothing_is_one() -> None:
    assert geometry.longest([]) == 1
    assert geometry.longest([0, 0]) == 1
    assert geometry.longest([2, 7]) == 7
