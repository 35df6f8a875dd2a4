"""Who moves when the scheme changes, and what moves him."""

from datetime import date

from tests.scoring.rules.test_score import OVER, good, scheme
from town_portal.scoring.rules.preview import compared
from town_portal.scoring.rules.scheme import Fact, Scheme
from town_portal.scoring.rules.score import Count, Entrant, Result, score_all

UNITS = [Entrant(1, "洛洞村", "village", 1), Entrant(2, "汤塘社区", "community", 2)]
COUNTS = {1: [*good(3), Count(Fact.FAULT, "minor")], 2: good(2)}


def result(by: Scheme) -> Result:
    """The two units by a scheme."""
    return Result(OVER.quarter, 1, by, score_all(by, UNITS, COUNTS, OVER), (), date(2026, 4, 1))


def harder() -> Scheme:
    """Faults cost far more."""
    plain = scheme().to_plain()
    plain["sections"][1]["rules"][1]["rows"][0]["points"] = "-30"
    return Scheme.from_plain(plain)


def test_ranks_and_reasons() -> None:
    moved = {one.unit: one for one in compared(result(scheme()), result(harder()))}
    assert moved["洛洞村"].change == -1 and moved["洛洞村"].gain == -27
    assert moved["洛洞村"].because == ("质量·发布后的差错 −27",)
    assert moved["汤塘社区"].change == 1 and moved["汤塘社区"].because == ()


def test_against_nothing_the_parts_are_told() -> None:
    first = compared(None, result(scheme()))[0]
    assert first.before is None and first.change is None and first.gain is None
    assert first.because == ("数量 24", "质量 37", "时效 30")
