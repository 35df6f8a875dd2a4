"""The one table that is printed."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from bench.measuring import Measured, percentile

HEADS = ("row", "what", "floor", "ours", "ratio", "target", "", "spread and more")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table; ``passed`` is None where there is nothing to pass."""

    id: str
    what: str
    floor: str = ""
    ours: str = ""
    ratio: str = ""
    target: str = ""
    passed: bool | None = None
    more: str = ""

    def cells(self) -> tuple[str, ...]:
        """The row as text."""
        verdict = {True: "pass", False: "MISS", None: "—"}[self.passed]
        return self.id, self.what, self.floor, self.ours, self.ratio, self.target, verdict, self.more


def line_of(measured: Measured) -> Line:
    """A measured pair as a row."""
    pair = measured.pair
    target, passed = f"≤ {pair.most:g} × {pair.floor}", measured.ratio <= pair.most
    ours = f"{_median(measured.ours):.2f} ms"
    if pair.statements is not None:
        ours += f", {pair.statements} st."
        if pair.most_statements is not None:
            target += f", ≤ {pair.most_statements} st."
            passed = passed and pair.statements <= pair.most_statements
    low, high = min(measured.ratios), max(measured.ratios)
    p50, p95, p99 = (percentile(measured.latencies, share) for share in (0.5, 0.95, 0.99))
    more = f"{low:.2f}–{high:.2f}; p50/95/99 {p50:.1f}/{p95:.1f}/{p99:.1f} ms"
    return Line(
        pair.id,
        pair.what,
        f"{pair.floor} {_median(measured.below):.2f} ms",
        ours,
        f"{measured.ratio:.2f}",
        target,
        passed,
        more,
    )


def printed(lines: Iterable[Line]) -> str:
    """All rows, in columns."""
    rows = [HEADS, *(line.cells() for line in lines)]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(HEADS))]
    return "\n".join(
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def _width(words: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in words)
