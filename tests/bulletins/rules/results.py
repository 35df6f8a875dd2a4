"""A scored quarter of a small town, by hand."""

from datetime import date
from fractions import Fraction

from town_portal.scoring.queries import shipped
from town_portal.scoring.rules.scheme import Fact, Part
from town_portal.scoring.rules.score import Line, Result, Score
from town_portal.statistics.rules.quarter import Quarter
from town_portal.statistics.rules.ranking import League

QUARTER = Quarter(2026, 3)


def score(unit_id: int, unit: str, league: League, rank: int | None, total: str, *refs: int, **facts: int) -> Score:
    """One unit's score with one line."""
    line = Line(
        "计分表",
        "算式",
        len(refs),
        Fraction(total),
        tuple(("submission", one) for one in refs),
        "s0.r0.0",
        "数量",
        Part.QUANTITY,
        "采用发布",
    )
    return Score(
        unit_id=unit_id,
        unit=unit,
        league=league,
        parts={part: Fraction(total) if part is Part.QUANTITY else Fraction(0) for part in Part},
        lines=(line,),
        total=Fraction(total),
        order=unit_id,
        figures={Fact(name): number for name, number in facts.items()},
        rank=rank,
        of=2,
    )


def result(*, more: int = 0, zero: bool = True) -> Result:
    """Two villages and an office; 官山村 with ``more`` items than it had."""
    refs = tuple(range(1, 8 + more))
    return Result(
        quarter=QUARTER,
        scheme_version=2,
        scheme=shipped(),
        scores=(
            score(
                5,
                "官山村",
                League.VILLAGES,
                1,
                "98.5",
                *refs,
                submitted=7 + more,
                published=6,
                first_pass=5,
                timely=5,
                late=1,
                returns=2,
            ),
            score(6, "四九社区", League.VILLAGES, 2 if not zero else None, "4", submitted=0 if zero else 1),
            score(
                1,
                "党政和人大办公室",
                League.OFFICES,
                1,
                "90",
                9,
                submitted=3,
                published=3,
                first_pass=3,
                timely=3,
                fault=1,
                amended=1,
            ),
        ),
        zero_filing=((6, "四九社区"),) if zero else (),
        as_of=date(2026, 10, 8),
    )
