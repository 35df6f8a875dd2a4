"""Rates have denominators; figures add up; every measure is explained."""

from fractions import Fraction

import pytest

from town_portal.statistics.rules.measures import (
    DEFINITIONS,
    MINIMUM,
    NOTHING,
    Figures,
    Measure,
    Rate,
    family_of,
    total,
)


def test_nothing_of_nothing_has_no_value() -> None:
    rate = Rate(0, 0)
    assert (rate.value, rate.percent, rate.words) == (None, None, "—")


def test_too_few_have_no_value() -> None:
    assert Rate(MINIMUM - 1, MINIMUM - 1).value is None
    assert Rate(MINIMUM, MINIMUM).percent == 100


@pytest.mark.parametrize(
    ("part", "whole", "percent"), [(0, 3, 0), (1, 3, 33), (2, 3, 67), (1, 8, 13), (3, 8, 38), (1, 200, 1), (30, 42, 71)]
)
def test_per_cent_is_rounded_half_up(part: int, whole: int, percent: int) -> None:
    assert Rate(part, whole).percent == percent
    assert Rate(part, whole).value == Fraction(part, whole)
    assert Rate(part, whole).words == f"{percent}%"


def test_rates_of_figures() -> None:
    figures = Figures(submitted=9, published=8, first_pass=6, returns=3, amended=1, timely=5, late=5)
    assert figures.first_pass_rate == Rate(6, 8)
    assert figures.timely_rate == Rate(5, 10)
    assert figures.reworked == 2


def test_figures_add_up() -> None:
    one = Figures(1, 2, 3, 4, 5, 6, 7)
    assert one + one == Figures(2, 4, 6, 8, 10, 12, 14)
    assert total([one, one, NOTHING]) == one + one
    assert total([]) == NOTHING
    assert NOTHING.empty
    assert not one.empty


def test_every_measure_is_defined_in_words() -> None:
    assert set(DEFINITIONS) == set(Measure)
    for measure, definition in DEFINITIONS.items():
        assert definition.measure is measure
        assert definition.sentence.endswith("。")


def test_the_parts_of_a_rate_know_it() -> None:
    assert family_of(Measure.LATE) is DEFINITIONS[Measure.TIMELY]
    assert family_of(Measure.FIRST_PASS) is DEFINITIONS[Measure.FIRST_PASS]
    assert family_of(Measure.RETURNS) is None
    assert DEFINITIONS[Measure.TIMELY].rate_label == "黄金期内发布率"
