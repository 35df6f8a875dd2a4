"""Who stands where: two leagues, each ranked by itself.

Until a scoring scheme is settled a unit ranks by 采用发布, then by 黄金期内发布率, then by
一次通过率. Units alike in all three share a rank, and the next rank is left out (1, 2, 2, 4). A
unit without a rate stands behind every unit with one. Units that share a rank are listed in the
town's own order (their codes).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from town_portal.statistics.rules.measures import NOTHING, Figures, Rate

WORDS = "先比采用发布，再比黄金期内发布率，再比一次通过率；三项都一样的名次并列。"


class League(StrEnum):
    """Offices and villages have other work, so they are not compared with each other."""

    VILLAGES = "villages"
    OFFICES = "offices"

    @property
    def label(self) -> str:
        """The league in Chinese."""
        return {"villages": "村（社区）", "offices": "办公室"}[self.value]


class Sorting(StrEnum):
    """By what the rows of the ranking stand in order; the rank itself stays what it is."""

    RANK = "rank"
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    FIRST_PASS = "first-pass"
    RETURNS = "returns"
    AMENDED = "amended"
    TIMELY = "timely"


@dataclass(frozen=True, slots=True)
class Contender:
    """A unit as the ranking sees it. ``order`` is its place in the town's own order."""

    unit_id: int
    name: str
    league: League
    order: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a unit stands in its league in one quarter."""

    unit: Contender
    figures: Figures
    rank: int
    of: int
    """How many units the league has."""
    change: int | None
    """Ranks gained since the quarter before (lost: negative); None when nothing was counted then."""


def ranks(contenders: Iterable[Contender], figures: Mapping[int, Figures]) -> dict[int, int]:
    """Unit id → rank in its league."""
    found: dict[int, int] = {}
    for rivals in _leagues(contenders).values():
        keys = sorted(_merit(figures.get(rival.unit_id, NOTHING)) for rival in rivals)
        for rival in rivals:
            found[rival.unit_id] = keys.index(_merit(figures.get(rival.unit_id, NOTHING))) + 1
    return found


def standings(
    contenders: Sequence[Contender], now: Mapping[int, Figures], before: Mapping[int, Figures]
) -> list[Standing]:
    """Every unit's standing, villages first, each league by rank and then in the town's order.

    ``before`` holds the figures of the previous quarter; a league of which nothing was counted
    then has no change to show.
    """
    new, old = ranks(contenders, now), ranks(contenders, before)
    found: list[Standing] = []
    for rivals in _leagues(contenders).values():
        known = any(not before.get(rival.unit_id, NOTHING).empty for rival in rivals)
        found += [
            Standing(
                unit=rival,
                figures=now.get(rival.unit_id, NOTHING),
                rank=new[rival.unit_id],
                of=len(rivals),
                change=old[rival.unit_id] - new[rival.unit_id] if known else None,
            )
            for rival in sorted(rivals, key=lambda rival: (new[rival.unit_id], rival.order))
        ]
    return found


def ordered(rows: Iterable[Standing], by: Sorting) -> list[Standing]:
    """Standings of one league with the most of a measure first; equals keep the order of rank."""
    ranked = sorted(rows, key=lambda row: (row.rank, row.unit.order))
    if by is Sorting.RANK:
        return ranked
    return sorted(ranked, key=lambda row: _most_first(_amount(row.figures, by)))


def _leagues(contenders: Iterable[Contender]) -> dict[League, list[Contender]]:
    found: dict[League, list[Contender]] = {league: [] for league in League}
    for contender in contenders:
        found[contender.league].append(contender)
    return found


def _merit(figures: Figures) -> tuple[Fraction, ...]:
    return (
        _most_first(figures.published),
        _most_first(figures.timely_rate),
        _most_first(figures.first_pass_rate),
    )


def _amount(figures: Figures, by: Sorting) -> int | Rate:
    match by:
        case Sorting.FIRST_PASS:
            return figures.first_pass_rate
        case Sorting.TIMELY:
            return figures.timely_rate
    amount: int = getattr(figures, by.value)
    return amount


def _most_first(amount: int | Rate) -> Fraction:
    value = amount.value if isinstance(amount, Rate) else Fraction(amount)
    return Fraction(1) if value is None else -value
