"""The draw: which public texts are looked at. Pure, exact, and computed again by anybody from what is published.

What is published before: the list (every candidate with its unit; of every unit its weight and what it is still owed),
and the list's digest. What comes after: the seed. Nobody who fixed the list knew the seed, and nobody who knew the seed
could change the list. Everything below is SHA-256 and fractions; there is no other chance in it.

1. **Weight.** A unit weighs 100, and for each confirmed fault of the past months so many more, up to a most.
2. **Share.** Of ``size`` texts a unit with candidates should get ``size × weight ÷ all weights``, and never more than it
   has; what is over goes to the others by their weights.
3. **Owed.** What a unit was due in its last draw, less what was drawn of it then; 0 before its first. Who was drawn is
   below nothing, and waits until the others had their turn.
4. **Due.** Share plus owed, at most what the unit has. So that all dues add up to ``size``, what is missing is added (and
   what is too much taken off) by the weights, nobody above what he has.
5. **Claim.** The dues are all lowered by one amount, none below nothing, until they add up to ``size``: those who have
   waited longest come first. *A unit's claim is exactly the number of texts drawn of it on average*; each of its texts is
   drawn with the probability claim ÷ candidates.
6. **Units.** The units are put in the order of ``H(unit:<number>)`` and their claims laid end to end; at
   ``start + 0, start + 1, …`` with ``start = H(start) ÷ 2²⁵⁶`` a text is taken of the unit that lies there. So a unit gets
   its claim rounded down or up, never anything else.
7. **Texts.** Of a unit's candidates those with the smallest ``H(text:<number>)`` are taken.

``H(words)`` is the SHA-256 of ``<seed>|<digest of the list>|<words>`` (UTF-8), read as a whole number.

A claim is never above the due (dues above nothing add up to at least ``size``, so they are lowered), so what a unit is owed is always more
than −1: in any number of draws no unit gets a whole text more than it was due. (``tests/spot_checks/rules/test_draw.py``)
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Any

from town_portal.foundation.errors import Refused

BASE = 100
"""What a unit without faults weighs."""
WHOLE = 2**256
NOUGHT = Fraction(0)
ALGORITHM = "town_portal 抽查 1"
"""Stands in every list: a list is drawn by the rule it was published with."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A public text that may be drawn."""

    number: int
    """Of the publication."""
    unit_id: int
    index_number: str
    title: str
    published_on: str
    """ISO day."""


@dataclass(frozen=True, slots=True)
class Bearing:
    """A unit in the draw: its faults, and what it is owed from the draws before."""

    unit_id: int
    name: str
    faults: int
    weight: int
    owed: Fraction = NOUGHT


@dataclass(frozen=True, slots=True)
class Lots:
    """The list as it is published before the seed is known."""

    size: int
    candidates: tuple[Candidate, ...]
    units: tuple[Bearing, ...]

    def to_plain(self) -> dict[str, Any]:
        """The list as JSON holds it; fractions as a/b."""
        return {
            "algorithm": ALGORITHM,
            "size": self.size,
            "candidates": [
                [one.number, one.unit_id, one.index_number, one.title, one.published_on]
                for one in sorted(self.candidates, key=lambda one: one.number)
            ],
            "units": [
                [one.unit_id, one.name, one.faults, one.weight, str(one.owed)]
                for one in sorted(self.units, key=lambda one: one.unit_id)
            ],
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Lots":
        """The list as it was published; ValueError for one of another rule."""
        if plain["algorithm"] != ALGORITHM:
            raise ValueError(f"unknown rule of drawing: {plain['algorithm']}")
        return cls(
            plain["size"],
            tuple(Candidate(*row) for row in plain["candidates"]),
            tuple(
                Bearing(unit, name, faults, weight, Fraction(owed))
                for unit, name, faults, weight, owed in plain["units"]
            ),
        )

    @property
    def text(self) -> str:
        """The very characters whose digest is published."""
        return json.dumps(self.to_plain(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @property
    def digest(self) -> str:
        """SHA-256 of the text, in hexadecimal digits."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def counts(self) -> dict[int, int]:
        """Unit → how many candidates it has."""
        found: defaultdict[int, int] = defaultdict(int)
        for one in self.candidates:
            found[one.unit_id] += 1
        return dict(found)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a unit had and got in a draw."""

    unit_id: int
    candidates: int
    share: Fraction
    """What its weight gives it."""
    due: Fraction
    """With what it was owed."""
    claim: Fraction
    """How many texts of it are drawn on average, exactly."""
    drawn: int
    owed_after: Fraction

    @property
    def chance(self) -> Fraction:
        """With what probability each of its texts was drawn."""
        return self.claim / self.candidates if self.candidates else NOUGHT


@dataclass(frozen=True, slots=True)
class Draw:
    """What was drawn."""

    start: Fraction
    numbers: tuple[int, ...]
    """Of the publications, unit by unit, in the order in which they were taken."""
    outcomes: tuple[Outcome, ...]

    def of_unit(self, unit_id: int) -> Outcome:
        """One unit's line."""
        return next(one for one in self.outcomes if one.unit_id == unit_id)


def weight(faults: int, percent: int, most: int) -> int:
    """What a unit with so many faults weighs: each counts ``percent``, no more than ``most`` of them."""
    return BASE + percent * min(faults, most)


def check_size(size: int, candidates: int) -> None:
    """Refused unless there is something to draw and enough to draw it from."""
    if candidates == 0:
        raise Refused("这段时间没有可以抽的信息，请换一段时间。")
    if not 1 <= size <= candidates:
        raise Refused(f"这段时间可以抽的有 {candidates} 条，抽几条要在 1—{candidates} 之间。")


def shares(lots: Lots) -> dict[int, Fraction]:
    """Unit → how many texts its weight gives it, never more than it has; they add up to the size."""
    counts = lots.counts
    return _filled(
        {one.unit_id: Fraction(one.weight) for one in lots.units if counts.get(one.unit_id)}, counts, lots.size
    )


def dues(lots: Lots) -> dict[int, Fraction]:
    """Unit with candidates → its share with what it is owed; they add up to the size, nobody above what he has."""
    counts, shared = lots.counts, shares(lots)
    units = [one for one in lots.units if one.unit_id in shared]
    found = {one.unit_id: min(Fraction(counts[one.unit_id]), shared[one.unit_id] + one.owed) for one in units}
    weights = {one.unit_id: Fraction(one.weight) for one in units}
    missing = lots.size - sum(found.values(), NOUGHT)
    if missing < 0:
        whole = sum(weights.values(), NOUGHT)
        return {unit: due + missing * weights[unit] / whole for unit, due in found.items()}
    added = _filled(weights, {unit: counts[unit] - due for unit, due in found.items()}, missing)
    return {unit: due + added[unit] for unit, due in found.items()}


def claims(lots: Lots) -> dict[int, Fraction]:
    """Unit with candidates → how many texts of it are drawn on average; they add up to the size."""
    due = dues(lots)
    level, above = NOUGHT, NOUGHT
    for count, one in enumerate(sorted(due.values(), reverse=True), 1):
        above += one
        if one <= (above - lots.size) / count:
            break
        level = (above - lots.size) / count
    return {unit: max(NOUGHT, one - level) for unit, one in due.items()}


def _filled(
    wanted: Mapping[int, Fraction], room: Mapping[int, Fraction | int], size: Fraction | int
) -> dict[int, Fraction]:
    """``size`` divided in the proportion of what is wanted, nobody above his room. There must be room enough."""
    found: dict[int, Fraction] = dict.fromkeys(wanted, NOUGHT)
    open_, left = set(wanted), Fraction(size)
    while left > 0:
        whole = sum((wanted[unit] for unit in open_), NOUGHT)
        full = {unit for unit in open_ if left * wanted[unit] / whole >= room[unit]}
        for unit in full or open_:
            found[unit] = Fraction(room[unit]) if full else left * wanted[unit] / whole
        if not full:
            break
        left -= sum((found[unit] for unit in full), NOUGHT)
        open_ -= full
    return found


def number_of(seed: str, digest: str, words: str) -> int:
    """The whole number that stands for some words in this draw."""
    return int.from_bytes(hashlib.sha256(f"{seed}|{digest}|{words}".encode()).digest(), "big")


def taken(ordered: Sequence[tuple[int, Fraction]], start: Fraction) -> dict[int, int]:
    """Unit → how many of the points start, start + 1, … lie in its stretch, the stretches laid end to end."""
    found, end = {}, NOUGHT
    for unit, width in ordered:
        before, end = end, end + width
        found[unit] = ceil(end - start) - ceil(before - start)
    return found


def draw(lots: Lots, seed: str) -> Draw:
    """The texts a seed draws from a list. The same list and seed give the same texts, everywhere and always."""
    check_size(lots.size, len(lots.candidates))
    digest, claimed, shared, due = lots.digest, claims(lots), shares(lots), dues(lots)
    order = sorted(claimed, key=lambda unit: number_of(seed, digest, f"unit:{unit}"))
    start = Fraction(number_of(seed, digest, "start"), WHOLE)
    counts = taken([(unit, claimed[unit]) for unit in order], start)
    by_unit: defaultdict[int, list[Candidate]] = defaultdict(list)
    for one in lots.candidates:
        by_unit[one.unit_id].append(one)
    numbers: list[int] = []
    for unit in order:
        numbers += _smallest(by_unit[unit], counts[unit], seed, digest)
    return Draw(
        start,
        tuple(numbers),
        tuple(
            Outcome(
                one.unit_id,
                len(by_unit[one.unit_id]),
                shared.get(one.unit_id, NOUGHT),
                due.get(one.unit_id, one.owed),
                claimed.get(one.unit_id, NOUGHT),
                counts.get(one.unit_id, 0),
                due.get(one.unit_id, one.owed) - counts.get(one.unit_id, 0),
            )
            for one in lots.units
        ),
    )


def _smallest(candidates: Iterable[Candidate], count: int, seed: str, digest: str) -> list[int]:
    ranked = sorted((number_of(seed, digest, f"text:{one.number}"), one.number) for one in candidates)
    return [number for _, number in ranked[:count]]
