"""A quarter by points, from rows that operations made."""

from datetime import date
from fractions import Fraction

import pytest

from tests.cast import Cast
from tests.scoring.schemes import a_credit, a_scheme_in_force
from tests.statistics.town import an_article, at, handed_in, published, returned
from town_portal.foundation.errors import Refused
from town_portal.scoring import operations, queries
from town_portal.scoring.rules.scheme import Part
from town_portal.scoring.rules.score import Result, Score
from town_portal.statistics import queries as statistics
from town_portal.statistics.rules.quarter import Quarter

Q1, Q2 = Quarter(2026, 1), Quarter(2026, 2)


def score(town: Cast, quarter: Quarter, today: str, unit: str = "C03") -> Score:
    """A unit's score as it is seen on a day."""
    with at(today):
        found = queries.result(quarter).of(town.unit(unit).id)
    assert found is not None
    return found


def test_without_a_scheme_there_is_no_result(town: Cast) -> None:
    with pytest.raises(Refused, match="还没有评分办法"):
        queries.result(Q2)
    assert queries.places(Q2) is None


def test_three_good_items_of_a_village_are_full_marks(town: Cast) -> None:
    with at("2026-01-02"):
        a_scheme_in_force(town)
    for day in ("2026-04-08", "2026-05-12", "2026-06-10"):
        an_article(town, day, day, day)
    found = score(town, Q2, "2026-07-02")
    assert (found.total, found.rank) == (100, 1)
    assert {part: found.parts[part] for part in Part} == {
        Part.QUANTITY: 30, Part.QUALITY: 40, Part.TIMELINESS: 30, Part.BONUS: 0,
    }  # fmt: skip


def test_every_line_names_its_rule_and_its_items(town: Cast) -> None:
    with at("2026-01-02"):
        a_scheme_in_force(town)
    item = handed_in(town, "2026-04-08", "2026-04-08")
    returned(town, item, "2026-04-09", "2026-04-13")
    published(town, item, "2026-04-20 10:00")
    with at("2026-07-02"):
        found = queries.score_of(town.unit("C03").id, Q2)
    assert found is not None
    told = {line.what: (line.words, line.points, line.items) for line in found.lines}
    ref = (("submission", item.id),)
    assert told["采用发布任务"] == ("任务 3 条，完成 1 条：30 × 1 ÷ 3 ＝ 10 分", 10, ref)
    assert told["空白月"] == ("5月、6月一条也没有：2 个月，每月扣 3 分，扣 6 分", -6, ref)
    assert told["一次通过率"][0] == "一次通过 0 ÷ 采用发布 1 ＝ 0%；40 × 0 ÷ 1 ＝ 0 分"
    assert told["黄金期内发布率"][1:] == (0, ref)
    assert told["迟 8 天以上"] == ("1 件，每件扣 1 分，扣 1 分", -1, ref)
    assert found.total == sum(line.points for line in found.lines) == 4


def test_a_running_month_is_not_blank_yet(town: Cast) -> None:
    with at("2026-01-02"):
        a_scheme_in_force(town)
    an_article(town, "2026-04-08", "2026-04-08", "2026-04-08")
    assert "空白月" not in {line.what for line in score(town, Q2, "2026-05-31").lines}
    assert "空白月" in {line.what for line in score(town, Q2, "2026-06-01").lines}


def test_a_credit_counts_from_its_confirmation_to_its_revocation(town: Cast) -> None:
    with at("2026-01-02"):
        a_scheme_in_force(town)
    an_article(town, "2026-04-08", "2026-04-08", "2026-04-08")
    before = score(town, Q2, "2026-07-02").total
    with at("2026-06-30 16:00"):
        entered = a_credit(town, "约稿按时交", date(2026, 6, 30), times=2)
    assert score(town, Q2, "2026-07-02").total == before + 4
    with at("2026-07-02"):
        operations.revoke_credit(town.actor("leader"), entered, "登错了单位")
    assert score(town, Q2, "2026-07-02").total == before


def test_who_handed_in_nothing_is_told_and_not_ranked(town: Cast) -> None:
    with at("2026-01-02"):
        a_scheme_in_force(town)
    an_article(town, "2026-04-08", "2026-04-08", "2026-04-08")
    with at("2026-07-02"):
        result = queries.result(Q2)
    assert town.unit("C01").name in [name for _, name in result.zero_filing]
    silent = result.of(town.unit("C01").id)
    assert silent is not None and silent.rank is None and "没有报送" in silent.unranked_because


def test_rolled_up_and_item_by_item_are_the_same(town: Cast) -> None:
    with at("2026-01-02"):
        a_scheme_in_force(town)
    an_article(town, "2026-04-08", "2026-04-08", "2026-04-20")
    an_article(town, "2026-05-08", "2026-05-08", "2026-05-09", by="office_reporter", unit="B05")
    with at("2026-07-02"):
        rolled, single = queries.result(Q2), queries.result(Q2, with_items=True)
    assert [(one.unit_id, one.total, one.rank) for one in rolled.scores] == [
        (one.unit_id, one.total, one.rank) for one in single.scores
    ]
    assert [[(line.words, line.points) for line in one.lines] for one in rolled.scores] == [
        [(line.words, line.points) for line in one.lines] for one in single.scores
    ]
    assert Result.from_plain(single.to_plain()) == single


def test_statistics_rank_by_points_where_a_scheme_holds(town: Cast) -> None:
    an_article(town, "2026-04-08", "2026-04-08", "2026-04-08")
    with at("2026-04-20"):
        before = statistics.standing_of(town.unit("C03").id, Q2)
        a_scheme_in_force(town)
        after = statistics.standing_of(town.unit("C03").id, Q2)
    assert before is not None and before.place is None and before.of == 2
    assert after is not None and after.place is not None
    assert (after.rank, after.of, after.place.total) == (1, 1, Fraction(80))


def test_a_lift_is_what_the_engine_would_make_of_it(town: Cast) -> None:
    with at("2026-01-02"):
        a_scheme_in_force(town)
    an_article(town, "2026-04-08", "2026-04-08", "2026-04-08")
    with at("2026-04-20"):
        lifts = queries.lifts(town.unit("C03").id, Q2)
        now = queries.result(Q2).of(town.unit("C03").id)
    assert now is not None
    best = lifts[0]
    assert best.gain > 0 and best.total == now.total + best.gain
    an_article(town, "2026-04-21", "2026-04-21", "2026-04-21")
    one_more = next(one for one in lifts if one.what.startswith("再报 1 条"))
    assert score(town, Q2, "2026-04-22").total == one_more.total
