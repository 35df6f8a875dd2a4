"""A year from the rows: quarters, what was put right, what was drawn; and who sees what."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import pytest

from tests.builders import a_submission
from tests.cast import Cast
from tests.rectifications.orders import DONE, a_rectification, at
from tests.scoring.schemes import a_scheme_in_force
from tests.spot_checks.checks import a_drawn_check, looked_at
from town_portal.appraisal import queries
from town_portal.appraisal.rules.appraise import FULL, NOUGHT, Part
from town_portal.foundation import clock
from town_portal.rectifications import operations as rectifications
from town_portal.scoring import queries as scoring
from town_portal.spot_checks.rules.checking import CheckResult
from town_portal.statistics.rules.quarter import Quarter
from town_portal.submissions.rules.lifecycle import State


@pytest.fixture
def year(town: Cast) -> Iterator[Cast]:
    """2026 with something in it, looked at in 2027."""
    with clock.stopped_at(at(date(2025, 12, 1))):
        a_scheme_in_force(town)
    with clock.stopped_at(at(date(2026, 3, 2))):
        a_submission(town, State.PUBLISHED)
        a_submission(town, State.PUBLISHED, title="洛洞村开展春耕农技培训")
        a_submission(town, State.PUBLISHED, by="office_reporter", unit="B05", title="农业农村办公室检查春耕农机")
        first, second = a_drawn_check(town).items
        looked_at(town, first)
        looked_at(town, second, CheckResult.RECTIFICATION)
        mine = a_rectification(town)
        rectifications.answer(town.actor("reporter"), mine, None, DONE)
        rectifications.accept(town.actor("coordinator"), mine, None)
        late = a_rectification(town, matter="另一件事没有办")
    with clock.stopped_at(at(date(2026, 4, 10))):
        rectifications.answer(town.actor("reporter"), late, None, DONE)
    with clock.stopped_at(at(date(2027, 1, 12))):
        yield town


def test_the_year_counts_what_the_rooms_count(year: Cast) -> None:
    found = queries.now(2026)
    village = found.of(year.unit("C03").id)
    assert village is not None
    quarters = village.line(Part.QUARTERS).evidence
    assert [one.cells[0] for one in quarters] == [f"2026年第{number}季度" for number in "一二三四"]
    result = scoring.result(Quarter(2026, 1))
    best = max(one.total for one in result.scores if one.league is village.league)
    own = result.of(village.unit_id)
    assert own is not None
    assert quarters[0].value == (own.total * 100 / best if own.total > 0 else 0)
    rectified = [one for one in village.line(Part.RECTIFICATIONS).evidence if "抽查发现" not in one.cells[1]]
    assert [(one.cells[3], one.value) for one in rectified] == [("已销号", FULL), ("超期答复", NOUGHT)]
    checked = [one for standing in found.standings for one in standing.line(Part.SPOT_CHECKS).evidence]
    assert sorted(one.value for one in checked) == [NOUGHT, FULL]
    assert sum(line.points for line in village.lines) == village.total
    assert Fraction(village.line(Part.QUARTERS).weight) > 0


def test_only_quarters_that_are_over_count(year: Cast) -> None:
    with clock.stopped_at(at(date(2026, 5, 5))):
        found = queries.now(2026)
        assert [words for _, words in found.basis][1:] == ["还没有结束", "还没有开始", "还没有开始"]
        one = found.of(year.unit("C03").id)
        assert one is not None
        assert len(one.line(Part.QUARTERS).evidence) == 1
    assert 2026 in queries.years()


@pytest.mark.parametrize(
    ("key", "seen"),
    [
        ("reporter", {"C03"}), ("head", {"B05"}), ("leader", {"B05", "B01"}), ("publisher", set()),
        ("coordinator", {"C03", "B05", "C01"}), ("principal", {"C03", "B05", "C01"}), ("auditor", {"C03", "B05", "C01"}),
        ("administrator", set()),
    ],
)  # fmt: skip
def test_who_sees_what_a_year_rests_on(town: Cast, key: str, seen: set[str]) -> None:
    units = {code for code in ("C03", "B05", "C01", "B01") if queries.may_see(town.actor(key), town.unit(code).id)}
    assert seen <= units
    assert units - seen <= {"B01"}
