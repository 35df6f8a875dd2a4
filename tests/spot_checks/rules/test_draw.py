"""The draw: reproducible, exact on average, fair over many draws.

The expectations are computed apart from the engine: by adding up over every place the start can have, and by a second,
plain writing of the published rule.
"""

import hashlib
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from town_portal.foundation.errors import Refused
from town_portal.spot_checks.rules import draw as rule
from town_portal.spot_checks.rules.draw import Bearing, Candidate, Lots


def a_list(counts: list[int], size: int, weights: list[int] | None = None, owed: list[Fraction] | None = None) -> Lots:
    """Units 1, 2, … with so many candidates each."""
    weights, owed = weights or [100] * len(counts), owed or [Fraction(0)] * len(counts)
    candidates = [
        Candidate(unit * 100 + number, unit, f"TT/2026-{unit}{number:02}", f"第{number}篇", "2026-07-01")
        for unit, count in enumerate(counts, 1)
        for number in range(count)
    ]
    units = [Bearing(unit, f"第{unit}村", 0, weights[unit - 1], owed[unit - 1]) for unit in range(1, len(counts) + 1)]
    return Lots(size, tuple(candidates), tuple(units))


@st.composite
def lists(draw: st.DrawFn) -> Lots:
    """Any list that can be drawn from."""
    counts = draw(st.lists(st.integers(0, 8), min_size=1, max_size=12).filter(any))
    size = draw(st.integers(1, sum(counts)))
    each = {"min_size": len(counts), "max_size": len(counts)}
    weights = draw(st.lists(st.sampled_from([100, 150, 200, 300]), **each))
    owed = draw(st.lists(st.integers(-49, 150).map(lambda number: Fraction(number, 50)), **each))
    return a_list(counts, size, weights, owed)


def unit_of(number: int) -> int:
    return number // 100


# -- reproducible ------------------------------------------------------------------------------


@given(lists(), st.text(min_size=1, max_size=20))
@settings(max_examples=150, deadline=None)
def test_the_same_list_and_seed_draw_the_same_and_the_list_survives_its_publication(lots: Lots, seed: str) -> None:
    again = Lots.from_plain(lots.to_plain())
    assert again.digest == lots.digest == hashlib.sha256(lots.text.encode()).hexdigest()
    shuffled = replace(lots, candidates=lots.candidates[::-1], units=lots.units[::-1])
    assert shuffled.digest == lots.digest
    first, second = rule.draw(lots, seed), rule.draw(again, seed)
    assert (first.numbers, first.start) == (second.numbers, second.start)
    assert rule.draw(shuffled, seed).numbers == first.numbers
    assert len(set(first.numbers)) == lots.size


def by_the_published_words(lots: Lots, seed: str) -> set[int]:
    """Steps 6 and 7 as somebody outside would write them, walking point by point."""

    def H(words: str) -> int:  # noqa: N802 - its name in the published rule
        return int(hashlib.sha256(f"{seed}|{lots.digest}|{words}".encode()).hexdigest(), 16)

    claims = rule.claims(lots)
    found: set[int] = set()
    end = Fraction(0)
    points = [Fraction(H("start"), 2**256) + step for step in range(lots.size)]
    for unit in sorted(claims, key=lambda unit: H(f"unit:{unit}")):
        begin, end = end, end + claims[unit]
        got = sum(begin <= point < end for point in points)
        own = sorted((one.number for one in lots.candidates if one.unit_id == unit), key=lambda text: H(f"text:{text}"))
        found |= set(own[:got])
    return found


@given(lists(), st.integers(0, 99_999))
@settings(max_examples=100, deadline=None)
def test_somebody_outside_computes_the_same(lots: Lots, seed: int) -> None:
    assert set(rule.draw(lots, f"{seed:05}").numbers) == by_the_published_words(lots, f"{seed:05}")


def test_a_draw_is_the_same_for_ever() -> None:
    """Written down when the rule was made: a change of it would break what was published."""
    lots = a_list([3, 5, 2, 4], 5, [100, 200, 100, 150], [Fraction(0), Fraction(-1, 2), Fraction(1, 4), Fraction(1, 4)])
    assert lots.digest == DIGEST
    assert rule.draw(lots, "0 7 3 1 9").numbers == DRAWN


# -- exact on average --------------------------------------------------------------------------


@given(lists())
@settings(max_examples=150, deadline=None)
def test_claims_are_the_exact_average_over_every_start(lots: Lots) -> None:
    claims = rule.claims(lots)
    assert sum(claims.values()) == lots.size
    ordered = sorted(claims.items())
    ends, at = [Fraction(0)], Fraction(0)
    for _, width in ordered:
        at += width
        ends.append(at)
    edges = sorted({end % 1 for end in ends} | {Fraction(0), Fraction(1)})
    average: Counter[int] = Counter()
    for low, high in pairwise(edges):  # between two edges the outcome does not change
        got = rule.taken(ordered, (low + high) / 2)
        assert sum(got.values()) == lots.size
        for unit, count in got.items():
            assert abs(count - claims[unit]) < 1
            average[unit] += count * (high - low)
    assert all(average[unit] == claims[unit] for unit in claims)


@given(lists())
@settings(max_examples=150, deadline=None)
def test_shares_follow_weights_and_nobody_gets_more_than_he_has(lots: Lots) -> None:
    counts, shares, dues = lots.counts, rule.shares(lots), rule.dues(lots)
    assert sum(shares.values()) == sum(dues.values()) == lots.size
    weights = {one.unit_id: one.weight for one in lots.units}
    not_full = [unit for unit in shares if shares[unit] < counts[unit]]
    assert len({shares[unit] / weights[unit] for unit in not_full}) <= 1
    for unit, claim in rule.claims(lots).items():
        assert 0 <= claim <= counts[unit]
        assert shares[unit] <= counts[unit]
        assert dues[unit] <= counts[unit]
        assert claim <= max(dues[unit], 0)


def test_the_chance_of_a_text_is_what_is_said() -> None:
    """20,000 seeds: every text's share of them lies within four and a half standard deviations of its chance."""
    lots = a_list([6, 3, 9, 1], 4, [100, 300, 100, 200], [Fraction(0), Fraction(-1, 3), Fraction(1, 3), Fraction(0)])
    tries = 20_000
    found: Counter[int] = Counter()
    for seed in range(tries):
        found.update(rule.draw(lots, f"{seed:05}").numbers)
    outcomes = {one.unit_id: one for one in rule.draw(lots, "0").outcomes}
    for one in lots.candidates:
        chance = float(outcomes[one.unit_id].chance)
        allowed = 4.5 * sqrt(tries * chance * (1 - chance)) + 1e-9
        assert abs(found[one.number] - tries * chance) <= allowed, one
    assert sum(found.values()) == 4 * tries


# -- fair over many draws ----------------------------------------------------------------------


@given(
    st.lists(st.lists(st.integers(0, 5), min_size=6, max_size=6).filter(any), min_size=1, max_size=20),
    st.lists(st.sampled_from([100, 150, 200, 300]), min_size=6, max_size=6),
    st.data(),
)
@settings(max_examples=60, deadline=None)
def test_nobody_is_ever_a_whole_text_ahead(rounds: list[list[int]], weights: list[int], data: st.DataObject) -> None:
    owed = [Fraction(0)] * 6
    for number, counts in enumerate(rounds):
        size = data.draw(st.integers(1, min(sum(counts), 4)))
        lots = a_list(counts, size, weights, owed)
        drawn = rule.draw(lots, str(number))
        owed = [drawn.of_unit(unit).owed_after for unit in range(1, 7)]
        assert all(one > -1 for one in owed)
        for unit in range(1, 7):
            if not counts[unit - 1]:
                assert drawn.of_unit(unit).owed_after == lots.units[unit - 1].owed


def test_who_was_drawn_waits_for_the_others() -> None:
    """31 units of one weight, 5 texts a time, 40 draws: all within one text of their share, hardly anybody twice running.

    A plain lottery would draw some 32 units twice running.
    """
    owed, got, last, twice = [Fraction(0)] * 31, Counter[int](), set[int](), 0
    for number in range(40):
        drawn = rule.draw(a_list([10] * 31, 5, None, owed), str(number))
        units = {unit_of(one) for one in drawn.numbers}
        twice += len(units & last)
        got.update(units)
        owed, last = [drawn.of_unit(unit).owed_after for unit in range(1, 32)], units
        assert sum(owed) == 0
        assert all(-1 < one < 1 for one in owed)
    assert set(got.values()) <= {5, 6, 7}, got
    assert twice <= 5


def test_faults_weigh() -> None:
    """Twice the weight, twice the texts, in the long run and within one."""
    owed, got = [Fraction(0)] * 4, Counter[int]()
    for number in range(50):
        drawn = rule.draw(a_list([20] * 4, 2, [100, 100, 100, 200], owed), str(number))
        got.update(unit_of(one) for one in drawn.numbers)
        owed = [drawn.of_unit(unit).owed_after for unit in range(1, 5)]
    assert [rule.weight(faults, 50, 4) for faults in (0, 1, 4, 9)] == [100, 150, 300, 300]
    assert all(abs(got[unit] - 20) <= 2 for unit in (1, 2, 3)), got
    assert abs(got[4] - 40) <= 2, got


# -- refusals ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "candidates", "words"), [(1, 0, "没有可以抽的"), (0, 5, "1—5"), (6, 5, "1—5")])
def test_what_cannot_be_drawn(size: int, candidates: int, words: str) -> None:
    with pytest.raises(Refused, match=words):
        rule.check_size(size, candidates)


def test_a_list_of_another_rule_is_not_drawn_by_this_one() -> None:
    plain = a_list([1], 1).to_plain() | {"algorithm": "别的"}
    with pytest.raises(ValueError, match="unknown rule"):
        Lots.from_plain(plain)


DIGEST = "73e71785dd2cda6de96f9507c919e4739b645828eecc350fd5ef83e31daf659b"
DRAWN = (301, 201, 203, 402, 100)
