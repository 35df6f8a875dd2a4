"""Two leagues; competition ranking; units without a rate stand behind."""

from town_portal.statistics.rules.measures import Figures
from town_portal.statistics.rules.ranking import Contender, League, Sorting, ordered, ranks, standings

V, O = League.VILLAGES, League.OFFICES  # noqa: E741 - V and O name the leagues


def village(number: int) -> Contender:
    return Contender(number, f"{number}村", V, number)


def office(number: int) -> Contender:
    return Contender(number, f"{number}办", O, number)


def counted(published: int, timely: int = 0, late: int = 0, first_pass: int = 0) -> Figures:
    return Figures(published=published, timely=timely, late=late, first_pass=first_pass)


def test_more_published_stands_higher() -> None:
    assert ranks([village(1), village(2)], {1: counted(4), 2: counted(5)}) == {2: 1, 1: 2}


def test_equal_counts_are_decided_by_timeliness_then_by_first_pass() -> None:
    found = ranks(
        [village(1), village(2), village(3)],
        {1: counted(5, 4, 1, 5), 2: counted(5, 5, 0, 1), 3: counted(5, 4, 1, 4)},
    )
    assert found == {2: 1, 1: 2, 3: 3}


def test_ties_share_a_rank_and_the_next_is_left_out() -> None:
    found = ranks(
        [village(number) for number in (1, 2, 3, 4)], {1: counted(9), 2: counted(5), 3: counted(5), 4: counted(1)}
    )
    assert found == {1: 1, 2: 2, 3: 2, 4: 4}


def test_rates_are_compared_exactly() -> None:
    found = ranks([village(1), village(2)], {1: counted(3, 997, 3), 2: counted(3, 998, 2)})
    assert found == {2: 1, 1: 2}


def test_a_unit_without_a_rate_stands_behind_a_bad_one() -> None:
    assert ranks([village(1), village(2)], {1: counted(2, 2, 0), 2: counted(2, 0, 3)}) == {2: 1, 1: 2}


def test_a_unit_of_which_nothing_was_counted_is_ranked_too() -> None:
    assert ranks([village(1), village(2)], {2: counted(1)}) == {2: 1, 1: 2}


def test_leagues_are_ranked_apart() -> None:
    rows = standings([office(1), village(2), office(3), village(4)], {1: counted(9), 3: counted(1), 4: counted(2)}, {})
    assert [(row.unit.unit_id, row.rank, row.of) for row in rows] == [(4, 1, 2), (2, 2, 2), (1, 1, 2), (3, 2, 2)]


def test_ties_are_listed_in_the_towns_order() -> None:
    later, sooner = Contender(1, "甲", V, 8), Contender(2, "乙", V, 3)
    assert [row.unit for row in standings([later, sooner], {}, {})] == [sooner, later]


def test_change_is_against_the_quarter_before() -> None:
    now = {1: counted(5), 2: counted(3), 3: counted(1)}
    before = {1: counted(1), 2: counted(3), 3: counted(5)}
    rows = standings([village(1), village(2), village(3)], now, before)
    assert [row.change for row in rows] == [2, 0, -2]


def test_no_change_when_nothing_was_counted_before() -> None:
    rows = standings([village(1), office(2)], {1: counted(5)}, {2: counted(1)})
    assert [row.change for row in rows] == [None, 0]


def test_sorting_keeps_the_rank_and_puts_the_most_first() -> None:
    now = {1: Figures(published=5, returns=1), 2: Figures(published=3, returns=4), 3: Figures(published=1, returns=4)}
    rows = standings([village(1), village(2), village(3)], now, {})
    found = ordered(rows, Sorting.RETURNS)
    assert [(row.unit.unit_id, row.rank) for row in found] == [(2, 2), (3, 3), (1, 1)]
    assert [row.rank for row in ordered(found, Sorting.RANK)] == [1, 2, 3]


def test_sorting_by_a_rate_puts_units_without_one_last() -> None:
    now = {1: counted(9), 2: counted(5, 1, 3, 2), 3: counted(4, 3, 1, 4)}
    rows = standings([village(1), village(2), village(3)], now, {})
    assert [row.unit.unit_id for row in ordered(rows, Sorting.TIMELY)] == [3, 2, 1]
    assert [row.unit.unit_id for row in ordered(rows, Sorting.FIRST_PASS)] == [3, 2, 1]
    assert [row.unit.unit_id for row in ordered(rows, Sorting.SUBMITTED)] == [1, 2, 3]
