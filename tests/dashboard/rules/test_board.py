"""Arithmetic of the board."""

from fractions import Fraction

from town_portal.dashboard.rules.board import KINDS, Quality, Time, What, per_ten_thousand, timed
from town_portal.statistics.rules.measures import Rate
from town_portal.submissions.rules.lifecycle import State


def test_every_list_is_explained() -> None:
    assert set(KINDS) == set(What)
    assert all(kind.sentence.endswith("。") for kind in KINDS.values())


def test_times_are_added_up_and_their_middle_found() -> None:
    time = timed({10: (2, 0), 100: (1, 1)}, pending=2)
    assert time == Time(done=3, spent=120, late=1, pending=2, middle=Fraction(10))
    assert time.mean == 40
    assert time.in_time == 2
    assert time.overdue == 3
    assert time.overdue_rate == Rate(3, 5)


def test_of_nothing_there_is_no_time() -> None:
    time = timed({})
    assert time == Time()
    assert time.mean is None
    assert time.middle is None


def test_errors_for_ten_thousand_signs_halves_up() -> None:
    assert per_ten_thousand(3, 0) == "—"
    assert per_ten_thousand(0, 500) == "0.00"
    assert per_ten_thousand(1, 10_000) == "1.00"
    assert per_ten_thousand(1, 80_000) == "0.13"
    assert per_ten_thousand(2, 3_000) == "6.67"


def test_what_was_found_adds_up_over_families_and_stages() -> None:
    found = Quality({"typo": (1, 2, 3), "law": (4, 0, 1)}, {State.SECOND_REVIEW: 2, State.APPROVED: 1}, 6, 20_000)
    assert (found.mended, found.explained, found.late, found.returned) == (5, 2, 4, 3)
    assert found.share(found.after) == "3.00"
