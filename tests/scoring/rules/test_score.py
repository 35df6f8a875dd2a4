"""The engine: its properties on drawn facts, and the real schemes against what their towns published."""

import json
import random
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from town_portal.scoring.queries import SHIPPED
from town_portal.scoring.rules.scheme import Fact, Part, Scheme
from town_portal.scoring.rules.score import Count, Entrant, Period, Result, Score, lifts, ranked, score_all, score_unit
from town_portal.statistics.rules.quarter import Quarter
from town_portal.statistics.rules.ranking import League

F = Fact
OVER = Period(Quarter(2026, 1), date(2026, 4, 1))
VILLAGE, OFFICE = Entrant(1, "洛洞村", "village"), Entrant(2, "农业农村办公室", "office")


def data(name: str) -> dict[str, Any]:
    """A shipped file."""
    found: dict[str, Any] = json.loads((SHIPPED / f"{name}.json").read_text(encoding="utf-8"))
    return found


def scheme(name: str = "tangtang", **changes: Any) -> Scheme:
    """A shipped scheme, its frame perhaps changed."""
    return Scheme.from_plain(data(name)["scheme"] | changes)


def good(number: int = 1, month: int = 1) -> list[Count]:
    """Items handed in, published in time, never returned."""
    return [
        Count(F.SUBMITTED, "gzdt", number, month),
        Count(F.PUBLISHED, "gzdt", number, month),
        Count(F.FIRST_PASS, number=number),
        Count(F.TIMELY, number=number),
    ]


def total(counts: list[Count], by: Scheme | None = None, unit: Entrant = VILLAGE) -> Fraction:
    """The points of some facts."""
    return score_unit(by or scheme(), unit, counts, OVER).total


# -- what the eight places published -------------------------------------------------------------


def facts_of(case: dict[str, Any]) -> list[Count]:
    """The facts of a case in a data file."""
    found = []
    for fact in (F.SUBMITTED, F.PUBLISHED):
        given = case.get(fact.value, {})
        months = given if isinstance(given, dict) else {"1": given}
        found += [Count(fact, "*", number, int(month)) for month, number in months.items() if number]
    adopted = case.get("adopted", [])
    if isinstance(adopted, int):
        adopted = [["city", ""]] * adopted
    found += [Count(F.ADOPTED, tier, item=number, channel=channel) for number, (tier, channel) in enumerate(adopted, 1)]
    found += [Count(F.CREDIT, name, number) for name, number in case.get("credits", {}).items()]
    found += [Count(F.FAULT, severity, number) for severity, number in case.get("faults", {}).items()]
    found += [Count(F.LATE, str(days)) for days in case.get("late", [])]
    return found


ROWS = [(name, row) for name in ("s4", "s7", "s8") for row in data(name)["published_rows"]]
CASES = [(name, case) for name in ("s1", "s2", "s3", "s5", "s6") for case in data(name)["cases"]]


@pytest.mark.parametrize(("name", "row"), ROWS, ids=[f"{name} {row['unit']}" for name, row in ROWS])
def test_published_rows(name: str, row: dict[str, Any]) -> None:
    assert total(facts_of(row), scheme(name), OFFICE) == Fraction(row["total"])


@pytest.mark.parametrize(("name", "case"), CASES, ids=[f"{name} {case['what'][:20]}" for name, case in CASES])
def test_cases_reckoned_from_the_text(name: str, case: dict[str, Any]) -> None:
    found = score_unit(scheme(name), Entrant(1, "某单位", case["kind"]), facts_of(case), OVER)
    assert found.total == Fraction(case["total"])
    if "passed" in case:
        assert found.passed is case["passed"]


def test_the_published_ranks_of_s4_come_out() -> None:
    rows = data("s4")["published_rows"]
    units = [Entrant(number, row["unit"], "office", number) for number, row in enumerate(rows)]
    found = score_all(scheme("s4"), units[::-1], {n: facts_of(row) for n, row in enumerate(rows)}, OVER)
    assert [(one.unit, one.rank) for one in found] == [(row["unit"], row["rank"]) for row in rows]


def test_the_whole_rate_of_s7() -> None:
    whole = data("s7")["whole"]
    assert total(facts_of(whole), scheme("s7")) == Fraction(whole["total"])


def test_rows_of_s8_with_mixed_weights_are_not_pretended() -> None:
    for row in data("s8")["not_reproducible"]:
        assert total(facts_of(row), scheme("s8")) != Fraction(row["total"])


def test_who_filed_nothing_in_s8_is_not_ranked() -> None:
    found = score_all(scheme("s8"), [VILLAGE], {}, OVER)[0]
    assert found.rank is None and found.unranked_because == "本季度没有报送，不排名次"


# -- edges of single rules -----------------------------------------------------------------------


def test_flooding_does_not_pay() -> None:
    full = good(1, 1) + good(1, 2) + good(1, 3)
    assert total(full) == total(full + good(50, 3)) == 100


def test_an_item_counts_at_its_highest_tier_only_or_every_time() -> None:
    taken = [Count(F.ADOPTED, "county", item=7), Count(F.ADOPTED, "city", item=7), Count(F.ADOPTED, "county", item=8)]
    lines = {
        line.what: line.points for line in score_unit(scheme(), VILLAGE, taken, OVER).lines if line.rule == "渠道采用"
    }
    assert lines == {"县级采用": 1, "市级采用": 3}
    assert total(taken, scheme("s3"), OFFICE) == 6 - 3 + 35


def test_a_channel_of_its_own_comes_before_its_tier() -> None:
    assert total([Count(F.ADOPTED, "county", item=1, channel="区级理论调研")], scheme("s3"), OFFICE) == 6 - 3 + 20


def test_lateness_by_bands() -> None:
    found = score_unit(scheme(), VILLAGE, [Count(F.LATE, days) for days in ("1", "3", "4", "7", "8", "40")], OVER)
    lines = {line.what: (line.count, line.points) for line in found.lines if line.rule == "迟得久的另扣"}
    assert lines == {"迟 4—7 天": (2, -1), "迟 8 天以上": (2, -2)}


def test_secrecy_leaves_nothing_and_no_rank() -> None:
    found = score_all(scheme(), [VILLAGE], {1: [*good(3), Count(F.FAULT, "secrecy", refs=(("fault", 4),))]}, OVER)[0]
    assert (found.total, found.rank, found.vetoed_because) == (0, None, "泄密 1 处，一票否决")
    veto = found.lines[-1]
    assert veto.items == (("fault", 4),) and sum(line.points for line in found.lines) == 0


def test_a_veto_may_leave_the_points() -> None:
    other = scheme(vetoes=[{"fact": "fault", "tag": "major", "effect": "unranked"}])
    found = score_all(other, [VILLAGE], {1: [*good(3), Count(F.FAULT, "major")]}, OVER)[0]
    assert found.total > 0 and found.rank is None


def test_ties_go_on_and_then_share_a_rank() -> None:
    units = [Entrant(number, f"村{number}", "village", number) for number in range(1, 5)]
    counts = {1: good(3), 2: good(3), 3: good(2), 4: good(3)}
    assert [(one.unit_id, one.rank) for one in score_all(scheme(), units, counts, OVER)] == [
        (1, 1),
        (2, 1),
        (4, 1),
        (3, 4),
    ]
    by_number = scheme("s4", ties=["submitted"])
    counts = {1: [Count(F.PUBLISHED, number=2)], 2: [Count(F.PUBLISHED, number=2), Count(F.SUBMITTED)], 3: [], 4: []}
    assert [(one.unit_id, one.rank) for one in score_all(by_number, units, counts, OVER)] == [
        (2, 1),
        (1, 2),
        (3, 3),
        (4, 3),
    ]


def test_leagues_are_ranked_apart() -> None:
    found = score_all(scheme(), [VILLAGE, OFFICE], {1: good(3), 2: good(1)}, OVER)
    assert [(one.league, one.rank, one.of) for one in found] == [(League.VILLAGES, 1, 1), (League.OFFICES, 1, 1)]


def test_a_closed_unit_owes_nothing_afterwards() -> None:
    gone = Entrant(1, "旧村", "village", closed_on=date(2026, 1, 20))
    words = [line.words for line in score_unit(scheme(), gone, good(1, 1), OVER).lines]
    assert not any("一条也没有" in word for word in words)


def test_nothing_of_nothing_is_said_in_words() -> None:
    words = [line.words for line in score_unit(scheme(), VILLAGE, [], OVER).lines]
    assert "一次通过 0 ÷ 采用发布 0，没有可算的，记 0 分" in words


def test_a_running_quarter_takes_nothing_for_what_is_not_over() -> None:
    running = Period(Quarter(2026, 1), date(2026, 2, 28))
    found = score_unit(scheme("s6"), VILLAGE, good(40, 1), running)
    assert not [line for line in found.lines if line.points < 0 and line.rule == "每月不低于 40 条"]


# -- properties ----------------------------------------------------------------------------------

SCHEMES = {name: scheme(name) for name in ("tangtang", *(f"s{number}" for number in range(1, 9)))}
MATTERS = sorted({name for one in SCHEMES.values() for name in one.matters})
facts = st.one_of(
    st.builds(
        Count,
        st.sampled_from([F.SUBMITTED, F.PUBLISHED]),
        st.sampled_from(["gzdt", "tzgg"]),
        st.integers(1, 50),
        st.sampled_from([1, 2, 3]),
    ),
    st.builds(Count, st.sampled_from([F.FIRST_PASS, F.TIMELY, F.RETURNS, F.AMENDED]), st.just("*"), st.integers(1, 9)),
    st.builds(Count, st.just(F.LATE), st.integers(1, 90).map(str), st.integers(1, 5)),
    st.builds(
        Count,
        st.just(F.ADOPTED),
        st.sampled_from(["own", "county", "city", "province", "nation"]),
        item=st.integers(1, 6),
        channel=st.sampled_from(["", "常山政务", "区级理论调研"]),
    ),
    st.builds(Count, st.just(F.FAULT), st.sampled_from(["minor", "major", "secrecy"]), st.integers(1, 3)),
    st.builds(Count, st.just(F.CREDIT), st.sampled_from(MATTERS), st.integers(1, 3)),
)
bags = st.lists(facts, max_size=25)
any_scheme = st.sampled_from(sorted(SCHEMES)).map(lambda name: SCHEMES[name])
units = st.sampled_from([VILLAGE, OFFICE])


@given(any_scheme, units, bags, st.randoms())
def test_the_order_of_facts_is_of_no_matter(
    by: Scheme, unit: Entrant, counts: list[Count], lots: random.Random
) -> None:
    mixed = list(counts)
    lots.shuffle(mixed)
    assert score_unit(by, unit, mixed, OVER) == score_unit(by, unit, counts, OVER)


@given(any_scheme, units, bags)
def test_one_by_one_is_as_good_as_added_up(by: Scheme, unit: Entrant, counts: list[Count]) -> None:
    single = [
        Count(one.fact, one.tag, 1, one.month, one.item, one.channel) for one in counts for _ in range(one.number)
    ]
    whole, parts = score_unit(by, unit, counts, OVER), score_unit(by, unit, single, OVER)
    assert [(line.key, line.words, line.points) for line in whole.lines] == [
        (line.key, line.words, line.points) for line in parts.lines
    ]


@given(any_scheme, units, bags)
def test_lines_add_up_to_the_total_and_bounds_hold(by: Scheme, unit: Entrant, counts: list[Count]) -> None:
    found = score_unit(by, unit, counts, OVER)
    assert sum((line.points for line in found.lines), Fraction(0)) == found.total
    scale = 10**by.places
    assert all((line.points * scale).denominator == 1 for line in found.lines)
    assert by.cap is None or found.total <= by.cap
    assert by.floor is None or found.total >= by.floor
    for section in by.sections:
        points = sum((line.points for line in found.lines if line.section == section.name), Fraction(0))
        if section.weight == 100:
            assert section.cap is None or points <= section.cap
            assert section.floor is None or points >= section.floor
    assert len({line.key for line in found.lines}) == len(found.lines)


@given(any_scheme, units, bags, st.sampled_from([1, 2, 3]))
def test_a_good_item_never_costs_anything(by: Scheme, unit: Entrant, counts: list[Count], month: int) -> None:
    """Handed in, published in time, never returned: no scheme takes points for that, whatever else there is."""
    submitted = sum(one.number for one in counts if one.fact is F.SUBMITTED)
    published = sum(one.number for one in counts if one.fact is F.PUBLISHED)
    passed = sum(one.number for one in counts if one.fact is F.FIRST_PASS)
    if published > submitted or passed > published:  # no house has such figures: a rate above one can only fall
        return
    before, after = score_unit(by, unit, counts, OVER), score_unit(by, unit, [*counts, *good(1, month)], OVER)
    assert after.total >= before.total


@given(any_scheme, st.lists(bags, min_size=1, max_size=6))
def test_ranks_follow_the_points(by: Scheme, many: list[list[Count]]) -> None:
    entrants = [Entrant(number, f"村{number}", "village", number) for number in range(len(many))]
    found = [one for one in score_all(by, entrants, dict(enumerate(many)), OVER) if one.rank is not None]
    for better, worse in pairwise(found):
        assert better.total >= worse.total
        assert (better.rank or 0) <= (worse.rank or 0)
    assert [one.rank for one in found][:1] in ([], [1])


@given(any_scheme, bags)
def test_a_result_is_kept_and_read_again(by: Scheme, counts: list[Count]) -> None:
    scores = score_all(by, [VILLAGE, OFFICE], {1: counts}, OVER)
    result = Result(OVER.quarter, 3, by, scores, ((2, "农业农村办公室"),), OVER.today)
    assert Result.from_plain(json.loads(json.dumps(result.to_plain()))) == result


def test_what_lifts_is_tried_by_the_engine_itself() -> None:
    counts = {1: good(2), 3: good(3)}
    other = Entrant(3, "汤塘社区", "community")
    found = lifts(scheme(), [VILLAGE, other], counts, OVER, 1, names={"gzdt": "工作动态"}, empty_columns=["gzdt"])
    assert found[0].gain == max(one.gain for one in found)
    first = next(one for one in found if one.what.startswith("再报 1 条"))
    assert "任一栏目" in first.what
    again = score_all(scheme(), [VILLAGE, other], {**counts, 1: good(2) + good(1, 3)}, OVER)
    assert (first.total, first.rank) == next((one.total, one.rank) for one in again if one.unit_id == 1)


def test_where_columns_pay_differently_the_best_one_is_named() -> None:
    plain = scheme("s4").to_plain()
    plain["sections"][0]["rules"][0]["rows"].append({"tag": "gzdt", "points": "8"})
    found = lifts(Scheme.from_plain(plain), [VILLAGE], {}, OVER, 1, names={"gzdt": "工作动态"}, empty_columns=["gzdt"])
    assert next(one for one in found if "再报 1 条" in one.what).gain == 8
    assert any("还空着的“工作动态”栏目" in one.what for one in found)


def test_ranking_again_changes_nothing() -> None:
    scores: tuple[Score, ...] = score_all(scheme(), [VILLAGE, OFFICE], {1: good(3)}, OVER)
    assert ranked(scheme(), scores) == scores
    assert scores[0].part(Part.QUALITY) == "40"
