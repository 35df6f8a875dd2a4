"""Who stands where: two leagues, each ranked by itself.

Where a scheme of points (评分办法) holds, it says who stands where, and who is not ranked at all; its
``Place`` comes from the room above. For a quarter without one a unit ranks by 采用发布, then by 黄金期内发布率, then by
一次通过率. Units alike in all three share a rank, and the next rank is left out (1, 2, 2, 4). A
unit without a rate stands behind every unit with one. Units that share a rank are listed in the
town's own order (their codes).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from town_portal.statistics.rules.measures import NOTHING, Figures, Rate

BY_SCHEME = "按评分办法的总分排名，点“得分”看每一分怎么来的。"
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
class Place:
    """Where the scheme of points puts a unit: its rank among so many, its points, or why it has no rank."""

    rank: int | None
    of: int
    total: Fraction
    because: str = ""

    @property
    def shown(self) -> str:
        """The points as people write them: 86.5."""
        number = Decimal(self.total.numerator) / Decimal(self.total.denominator)
        text = f"{number:.4f}".rstrip("0").rstrip(".")
        return "0" if text == "-0" else text.replace("-", "−")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a unit stands in its league in one quarter."""

    unit: Contender
    figures: Figures
    rank: int | None
    """None for a unit that the scheme of points does not rank."""
    of: int
    """How many units of the league are ranked."""
    change: int | None
    """Ranks gained since the quarter before (lost: negative); None when there is nothing to compare with."""
    place: Place | None = None
    """What the scheme of points says; None for a quarter without one."""

    @property
    def last(self) -> int:
        """Its rank, or behind everybody who has one."""
        return self.rank if self.rank is not None else self.of + 1


def ranks(contenders: Iterable[Contender], figures: Mapping[int, Figures]) -> dict[int, int]:
    """Unit id → rank in its league."""
    found: dict[int, int] = {}
    for rivals in _leagues(contenders).values():
        keys = sorted(_merit(figures.get(rival.unit_id, NOTHING)) for rival in rivals)
        for rival in rivals:
            found[rival.unit_id] = keys.index(_merit(figures.get(rival.unit_id, NOTHING))) + 1
    return found


def standings(
    contenders: Sequence[Contender],
    now: Mapping[int, Figures],
    before: Mapping[int, Figures],
    places: Mapping[int, Place] | None = None,
    former: Mapping[int, Place] | None = None,
) -> list[Standing]:
    """Every unit's standing, villages first, each league by rank and then in the town's order.

    ``before`` holds the figures of the previous quarter; a league of which nothing was counted
    then has no change to show. ``places``, ``former``: what the scheme of points says of this quarter
    and of the previous one; ranks that came about in two ways are not compared.
    """
    new, old = _placed(contenders, now, places), _placed(contenders, before, former)
    alike = (places is None) == (former is None)
    found: list[Standing] = []
    for rivals in _leagues(contenders).values():
        known = alike and any(not before.get(rival.unit_id, NOTHING).empty for rival in rivals)
        ranked = sum(new[rival.unit_id] is not None for rival in rivals)
        rows = [
            Standing(
                unit=rival,
                figures=now.get(rival.unit_id, NOTHING),
                rank=new[rival.unit_id],
                of=ranked,
                change=_gained(new[rival.unit_id], old[rival.unit_id]) if known else None,
                place=places.get(rival.unit_id) if places is not None else None,
            )
            for rival in rivals
        ]
        found += sorted(rows, key=lambda row: (row.last, row.unit.order))
    return found


def _placed(
    contenders: Sequence[Contender], figures: Mapping[int, Figures], places: Mapping[int, Place] | None
) -> dict[int, int | None]:
    if places is None:
        return {**ranks(contenders, figures)}
    return {rival.unit_id: places[rival.unit_id].rank if rival.unit_id in places else None for rival in contenders}


def _gained(new: int | None, old: int | None) -> int | None:
    return None if new is None or old is None else old - new


def ordered(rows: Iterable[Standing], by: Sorting) -> list[Standing]:
    """Standings of one league with the most of a measure first; equals keep the order of rank."""
    ranked = sorted(rows, key=lambda row: (row.last, row.unit.order))
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
