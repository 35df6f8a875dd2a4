"""What another scheme would make of the same quarter: who moves, and what moves him."""

from dataclasses import dataclass
from fractions import Fraction

from town_portal.scoring.rules.scheme import Part, figure
from town_portal.scoring.rules.score import Result, Score
from town_portal.statistics.rules.ranking import League


@dataclass(frozen=True, slots=True)
class Moved:
    """One unit before and after."""

    unit_id: int
    unit: str
    league: League
    before: Score | None
    after: Score
    because: tuple[str, ...]
    """What changed in its points, the most first: 质量 −6 分."""

    @property
    def change(self) -> int | None:
        """Ranks gained (lost: negative); None where it was, or is, not ranked."""
        if self.before is None or self.before.rank is None or self.after.rank is None:
            return None
        return self.before.rank - self.after.rank

    @property
    def gain(self) -> Fraction | None:
        """Points gained; None where there was no score before."""
        return None if self.before is None else self.after.total - self.before.total


def compared(before: Result | None, after: Result) -> list[Moved]:
    """Every unit as it stands after, with where it stood before."""
    found = []
    for score in after.scores:
        old = before.of(score.unit_id) if before is not None else None
        found.append(Moved(score.unit_id, score.unit, score.league, old, score, _because(old, score)))
    return found


def _because(old: Score | None, new: Score) -> tuple[str, ...]:
    """The differences rule by rule: what stands under one name counts as one."""
    if old is None:
        return tuple(f"{part.label} {new.part(part)}" for part in Part if new.parts.get(part))
    was, now = _by_rule(old), _by_rule(new)
    moved = [(now.get(name, Fraction(0)) - was.get(name, Fraction(0)), name) for name in {**was, **now}]
    moved = sorted((one for one in moved if one[0]), key=lambda one: (-abs(one[0]), one[1]))
    return tuple(f"{name} {'+' if gain > 0 else ''}{figure(gain)}" for gain, name in moved)


def _by_rule(score: Score) -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    for line in score.lines:
        name = f"{line.section}·{line.rule}" if line.section else line.rule
        found[name] = found.get(name, Fraction(0)) + line.points
    return found
