"""Where the marks of a chart stand: positions out of figures, nothing of paper or screen.

Bars are drawn inside table rows as wide as the row lets them be, so their positions are per cent of
the width (0 to 100, two decimals). Small lines stand in a box of their own, in its own units.
Equal figures get equal marks, whoever draws them; what is not nought is never drawn as nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

FULL = 100
LEAST = Fraction(1)
"""The thinnest mark of something that is there: one per cent."""

Amount = int | Fraction


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the width, in per cent."""

    x: float
    width: float

    @property
    def end(self) -> float:
        """Where it ends."""
        return round(self.x + self.width, 2)


def bar(value: Amount, most: Amount) -> Mark:
    """One bar from the left; the longest of its kind fills the width. Below nought there is none."""
    return Mark(0, _share(value, most))


def stack(values: Sequence[Amount], most: Amount) -> tuple[Mark, ...]:
    """Parts one behind the other. A part below nought takes no place; parts of nothing have no width.

    ``most`` is what fills the width; the ends of the parts are rounded, not the parts, so no gap shows.
    """
    ends = [Fraction(0)]
    for value in values:
        ends.append(ends[-1] + max(Fraction(value), Fraction(0)))
    scale = max(Fraction(most), ends[-1])
    at = [float(round(end * FULL / scale, 2)) if scale > 0 else 0.0 for end in ends]
    return tuple(Mark(start, round(end - start, 2)) for start, end in pairwise(at))


@dataclass(frozen=True, slots=True)
class Move:
    """From where to where something went, in per cent of the width."""

    before: float | None
    now: float
    most: int = FULL

    @property
    def left(self) -> float:
        """Where the line between them begins."""
        return self.now if self.before is None else min(self.before, self.now)

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.now if self.before is None else max(self.before, self.now)


def move(before: Amount | None, now: Amount, most: Amount) -> Move:
    """The two dots of a change; without a figure of before there is one. Half a dot of room at both ends."""

    def place(value: Amount) -> float:
        return round(3 + 0.94 * _exact(value, most), 2)

    return Move(None if before is None else place(before), place(now))


@dataclass(frozen=True, slots=True)
class Spark:
    """A small line: its dots in a box of ``width`` by ``height``, with holes where nothing is known."""

    width: int
    height: int
    dots: tuple[tuple[float, float] | None, ...]

    @property
    def lines(self) -> tuple[tuple[float, float, float, float], ...]:
        """The stretches between dots that stand next to each other."""
        return tuple((*one, *two) for one, two in pairwise(self.dots) if one and two)

    @property
    def last(self) -> tuple[float, float] | None:
        """The newest dot."""
        return self.dots[-1] if self.dots else None


def spark(values: Sequence[Amount | None], width: int = 96, height: int = 28, margin: int = 5) -> Spark:
    """A small line over as many dots as there are values, nought at the bottom, the largest at the top."""
    known = [value for value in values if value is not None]
    most = max([*known, 0])
    step = Fraction(width - 2 * margin, max(len(values) - 1, 1))
    floor, room = height - margin, height - 2 * margin
    return Spark(
        width,
        height,
        tuple(
            None
            if value is None
            else (
                float(round(margin + step * number, 1)),
                float(round(floor - room * Fraction(max(value, 0), 1) / most, 1)) if most > 0 else float(floor),
            )
            for number, value in enumerate(values)
        ),
    )


def longest(values: Iterable[Amount]) -> Amount:
    """The value that fills the width of several bars; one, where there is none to fill it."""
    return max([*values, 0]) or 1


def _share(value: Amount, most: Amount) -> float:
    if value <= 0:
        return 0.0
    share = Fraction(value) * FULL / max(Fraction(most), Fraction(value))
    return float(round(max(share, LEAST), 2))


def _exact(value: Amount, most: Amount) -> float:
    if value <= 0 or most <= 0:
        return 0.0
    return float(min(Fraction(value) / Fraction(most), Fraction(1)) * FULL)
