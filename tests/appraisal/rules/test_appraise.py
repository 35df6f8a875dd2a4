"""A year from what was counted: exact, in hundredths, the parts adding up to the total."""

from datetime import date
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from town_portal.appraisal.rules import appraise
from town_portal.appraisal.rules.appraise import Appraisal, Entry, Judged, Part, rounded, shown
from town_portal.statistics.rules.ranking import League

WEIGHTS = {Part.QUARTERS: 70, Part.RECTIFICATIONS: 15, Part.SPOT_CHECKS: 15}
DAY = date(2026, 1, 15)


def judged(*values: int | Fraction) -> tuple[Judged, ...]:
    return tuple(Judged((f"第{number}件",), Fraction(value)) for number, value in enumerate(values, 1))


def entry(
    unit: int, quarters: tuple = (), rectified: tuple = (), checked: tuple = (), league: League = League.VILLAGES
):
    evidence = {
        Part.QUARTERS: judged(*quarters),
        Part.RECTIFICATIONS: judged(*rectified),
        Part.SPOT_CHECKS: judged(*checked),
    }
    return Entry(unit, f"第{unit}村", league, unit, evidence)


def a_year(*entries: Entry) -> Appraisal:
    return appraise.appraise(2025, DAY, WEIGHTS, [("2025年第一季度", "第 1 版评分办法")], entries)


def test_a_year_by_hand() -> None:
    """Quarters 100, 80, 90, 70 → 85; two of three in time; one clean text of one: 59.50 + 10.00 + 15.00."""
    year = a_year(entry(1, (100, 80, 90, 70), (100, 100, 0), (100,)))
    one = year.of(1)
    assert one is not None
    assert [(line.value, line.points) for line in one.lines] == [
        (Fraction(85), Fraction(119, 2)),
        (Fraction(200, 3), Fraction(10)),
        (Fraction(100), Fraction(15)),
    ]
    assert shown(one.total) == "84.50"


def test_a_part_without_anything_to_judge_gives_its_weight_to_the_others() -> None:
    """70 and 15 of 85: 82.35 % and 17.65 %."""
    one = a_year(entry(1, (100,), (0,))).of(1)
    assert one is not None
    assert [shown(line.weight) for line in one.lines] == ["82.35", "17.65", "0.00"]
    assert (shown(one.total), one.lines[2].words[:2]) == ("82.35", "没有")
    nothing = a_year(entry(1)).of(1)
    assert nothing is not None
    assert (nothing.rank, nothing.total) == (None, 0)


def test_leagues_rank_apart_and_equal_totals_share_a_rank() -> None:
    year = a_year(
        entry(1, (80,)),
        entry(2, (100,)),
        entry(3, (80,)),
        entry(4),
        entry(5, (10,)),
        entry(6, (5,), league=League.OFFICES),
    )
    assert [(one.unit_id, one.rank) for one in year.leagues[League.VILLAGES]] == [
        (2, 1),
        (1, 2),
        (3, 2),
        (5, 4),
        (4, None),
    ]
    assert [(one.unit_id, one.rank) for one in year.leagues[League.OFFICES]] == [(6, 1)]


values = st.lists(st.fractions(0, 100, max_denominator=400), max_size=5).map(tuple)


@given(st.lists(st.tuples(values, values, values), min_size=1, max_size=6))
@settings(max_examples=100, deadline=None)
def test_what_is_shown_adds_up_and_survives_freezing(units: list[tuple]) -> None:
    year = a_year(*(entry(number, *parts) for number, parts in enumerate(units, 1)))
    again = Appraisal.from_plain(year.to_plain())
    assert (again, again.digest) == (year, year.digest)
    assert appraise.differences(year, again) == []
    for one in year.standings:
        assert sum(Fraction(shown(line.points)) for line in one.lines) == Fraction(shown(one.total)) == one.total
        weights = sum(line.weight for line in one.lines)
        assert weights in (0, 100)
        assert (one.rank is not None) == (one.line(Part.QUARTERS).value is not None)
        assert 0 <= one.total <= Fraction(10001, 100)


def test_hundredths_and_rounding() -> None:
    assert appraise.hundredths(Fraction(30), Fraction(40)) == 75
    assert [appraise.hundredths(Fraction(a), Fraction(b)) for a, b in ((-1, 10), (0, 0), (5, 0))] == [0, 0, 0]
    assert [rounded(Fraction(number, 1000)) for number in (5, -5, 4)] == [Fraction(1, 100), Fraction(-1, 100), 0]
    assert [shown(Fraction(number, 1000)) for number in (12345, -5, 0)] == ["12.35", "−0.01", "0.00"]


def test_what_differs_today_is_said_unit_by_unit() -> None:
    frozen = a_year(entry(1, (100,), (100,)), entry(2, (50,)))
    today = a_year(entry(1, (100,), (100, 0)))
    assert [(one.unit, one.part, one.was, one.now) for one in appraise.differences(frozen, today)] == [
        ("第1村", "整改落实", "17.65", "8.82"),
        ("第1村", "总分", "100.00", "91.17"),
        ("第2村", "单位", "在列", "不在列"),
    ]
