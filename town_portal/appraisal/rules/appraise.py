"""A year's appraisal from what was counted. Exact fractions; each part is rounded once, and the parts add up to the total.

* **Quarters.** A unit's points of a quarter against the best of its league, in hundredths: the best has 100, nothing and
  less has 0. The mean of the quarters that are counted. A veto makes its quarter 0.
* **Rectifications.** Of what had to be answered in the year, the share that was answered within its limit and not sent back.
* **Spot checks.** Of its texts that were looked at, the share in which nothing was found.

A part without anything to judge by (nothing to put right, no text drawn) is left out, and its weight goes to the other
parts in their proportion: nobody gains or loses by the lot.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from town_portal.statistics.rules.ranking import League

NOUGHT, FULL = Fraction(0), Fraction(100)
PLACES = 100
"""Points are rounded to hundredths."""


class Part(StrEnum):
    """What a year is judged by."""

    QUARTERS = "quarters"
    RECTIFICATIONS = "rectifications"
    SPOT_CHECKS = "spot_checks"

    @property
    def label(self) -> str:
        """The part in Chinese."""
        return {"quarters": "季度得分", "rectifications": "整改落实", "spot_checks": "质量抽查"}[self.value]

    @property
    def heads(self) -> tuple[str, ...]:
        """What the columns of its evidence are called."""
        return {
            "quarters": ("季度", "本单位得分", "同类最高分", "折成百分", "依据"),
            "rectifications": ("编号", "整改事项", "答复期限", "结果", "按期"),
            "spot_checks": ("抽查", "信息", "检查日期", "结果", "合格"),
        }[self.value]


@dataclass(frozen=True, slots=True)
class Judged:
    """One thing a part rests on, in words, and what it counts, in hundredths."""

    cells: tuple[str, ...]
    value: Fraction


@dataclass(frozen=True, slots=True)
class Entry:
    """A unit and everything its year rests on."""

    unit_id: int
    unit: str
    league: League
    order: int
    evidence: Mapping[Part, tuple[Judged, ...]]
    vetoed: tuple[str, ...] = ()
    """Quarters with a veto."""


@dataclass(frozen=True, slots=True)
class Line:
    """One part of a unit's year."""

    part: Part
    weight: Fraction
    """As it counts for this unit."""
    value: Fraction | None
    """In hundredths, exact; None without anything to judge by."""
    points: Fraction
    """Weight × value, rounded."""
    evidence: tuple[Judged, ...]

    @property
    def words(self) -> str:
        """How the points come about."""
        if self.value is None:
            return "没有可以考核的事项，权重按比例分给其他各项"
        return f"{shown(self.value)} × {shown(self.weight)}% ＝ {shown(self.points)}"


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit's year."""

    unit_id: int
    unit: str
    league: League
    lines: tuple[Line, ...]
    total: Fraction
    vetoed: tuple[str, ...] = ()
    rank: int | None = None
    """None where nothing could be judged, or no quarter where quarters weigh."""

    def line(self, part: Part) -> Line:
        """One part of it."""
        return next(one for one in self.lines if one.part is part)


@dataclass(frozen=True, slots=True)
class Appraisal:
    """A year of all units."""

    year: int
    as_of: date
    weights: Mapping[Part, int]
    basis: tuple[tuple[str, str], ...]
    """Quarter → where its points come from."""
    standings: tuple[Standing, ...]

    @property
    def leagues(self) -> dict[League, tuple[Standing, ...]]:
        """The units of each league by rank."""
        return {league: tuple(one for one in self.standings if one.league is league) for league in League}

    def of(self, unit_id: int) -> Standing | None:
        """One unit's year."""
        return next((one for one in self.standings if one.unit_id == unit_id), None)

    def to_plain(self) -> dict[str, Any]:
        """The year as plain JSON values, exact: fractions as numerator/denominator."""
        return {
            "year": self.year,
            "as_of": self.as_of.isoformat(),
            "weights": {part.value: weight for part, weight in self.weights.items()},
            "basis": [list(one) for one in self.basis],
            "standings": [
                {
                    "unit_id": one.unit_id,
                    "unit": one.unit,
                    "league": one.league.value,
                    "total": str(one.total),
                    "vetoed": list(one.vetoed),
                    "rank": one.rank,
                    "lines": [
                        {
                            "part": line.part.value,
                            "weight": str(line.weight),
                            "value": None if line.value is None else str(line.value),
                            "points": str(line.points),
                            "evidence": [[list(each.cells), str(each.value)] for each in line.evidence],
                        }
                        for line in one.lines
                    ],
                }
                for one in self.standings
            ],
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Appraisal":
        """The same year again."""
        return cls(
            plain["year"],
            date.fromisoformat(plain["as_of"]),
            {Part(part): weight for part, weight in plain["weights"].items()},
            tuple((quarter, words) for quarter, words in plain["basis"]),
            tuple(
                Standing(
                    one["unit_id"],
                    one["unit"],
                    League(one["league"]),
                    tuple(
                        Line(
                            Part(line["part"]),
                            Fraction(line["weight"]),
                            None if line["value"] is None else Fraction(line["value"]),
                            Fraction(line["points"]),
                            tuple(Judged(tuple(cells), Fraction(value)) for cells, value in line["evidence"]),
                        )
                        for line in one["lines"]
                    ),
                    Fraction(one["total"]),
                    tuple(one["vetoed"]),
                    one["rank"],
                )
                for one in plain["standings"]
            ),
        )

    @property
    def digest(self) -> str:
        """SHA-256 of the plain values."""
        text = json.dumps(self.to_plain(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def appraise(
    year: int, as_of: date, weights: Mapping[Part, int], basis: Sequence[tuple[str, str]], entries: Iterable[Entry]
) -> Appraisal:
    """The year of all units, each league by rank; equal totals share a rank."""
    judged = [_judged(one, weights) for one in sorted(entries, key=lambda one: one.order)]
    found: list[Standing] = []
    for league in League:
        own = [one for one in judged if one.league is league]
        counted = [one for one in own if _ranked(one, weights)]
        found += [
            replace(one, rank=1 + sum(other.total > one.total for other in counted))
            for one in sorted(counted, key=lambda one: -one.total)
        ]
        found += [one for one in own if one not in counted]
    return Appraisal(year, as_of, dict(weights), tuple(basis), tuple(found))


def _ranked(one: Standing, weights: Mapping[Part, int]) -> bool:
    """Is there enough to compare a unit by? Without any quarter one drawn text would decide a whole year."""
    if weights[Part.QUARTERS]:
        return one.line(Part.QUARTERS).value is not None
    return any(line.value is not None for line in one.lines)


def _judged(entry: Entry, weights: Mapping[Part, int]) -> Standing:
    present = [part for part in Part if entry.evidence.get(part) and weights[part]]
    whole = sum(weights[part] for part in present)
    lines = []
    for part in Part:
        evidence = entry.evidence.get(part, ())
        if part in present:
            weight = Fraction(weights[part] * 100, whole)
            value = sum((one.value for one in evidence), NOUGHT) / len(evidence)
            lines.append(Line(part, weight, value, rounded(weight * value / 100), evidence))
        else:
            lines.append(Line(part, NOUGHT, None, NOUGHT, evidence))
    total = sum((line.points for line in lines), NOUGHT)
    return Standing(entry.unit_id, entry.unit, entry.league, tuple(lines), total, entry.vetoed)


def hundredths(points: Fraction, best: Fraction) -> Fraction:
    """Points against the best of a league: 100 for the best, 0 for nothing and less."""
    return NOUGHT if best <= 0 or points <= 0 else points * 100 / best


def rounded(value: Fraction) -> Fraction:
    """A value at two decimals, halves away from nought."""
    whole, rest = divmod(abs(value) * PLACES, 1)
    size = Fraction(int(whole) + (rest >= Fraction(1, 2)), PLACES)
    return -size if value < 0 else size


def shown(value: Fraction) -> str:
    """A value with two decimals, as it stands in every table."""
    size = rounded(value) * PLACES
    sign, digits = ("−" if size < 0 else ""), abs(int(size))
    return f"{sign}{digits // PLACES}.{digits % PLACES:02}"


@dataclass(frozen=True, slots=True)
class Moved:
    """A unit whose year would come out otherwise today."""

    unit: str
    part: str
    was: str
    now: str


def differences(frozen: Appraisal, today: Appraisal) -> list[Moved]:
    """What differs between the year as it was closed and as it would come out now."""
    found = []
    for one in frozen.standings:
        other = today.of(one.unit_id)
        if other is None:
            found.append(Moved(one.unit, "单位", "在列", "不在列"))
            continue
        pairs = [(line.part.label, line.points, other.line(line.part).points) for line in one.lines]
        found += [
            Moved(one.unit, name, shown(was), shown(now))
            for name, was, now in (*pairs, ("总分", one.total, other.total))
            if was != now
        ]
    return found
