"""Nearly the same 近似: places where a text has a known phrase with a slip in it.

A phrase is sought by its parts: a slip leaves one half of it whole, two slips one third. What stands there
is compared sign by sign. Both ends must hold: the first and the last sign are those of the phrase or like
them by sound or shape. The same signs in another order are found too. Marks inside a phrase (、 “ ”, spaces)
count for nothing, but a phrase never runs over the end of a sentence.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from operator import sub

from town_portal.proofreading.rules.values.likeness import Likeness
from town_portal.proofreading.rules.values.stretches import Stretches

NUMERALS = frozenset("一二三四五六七八九十两百千万")
_SIGN = re.compile(r"[\u3400-\u9fff0-9A-Za-z]")
_BREAK = re.compile(r"[。！？；\n]")


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How long a phrase must be for a slip in it to be sure: with so many signs the rest speaks for itself."""

    like: int = 4
    """One sign for a like one, one numeral for another, or all signs in another order."""
    other: int = 7
    """One sign for any other."""
    count: int = 6
    """One sign missing or too many."""
    two_like: int = 7
    """Two signs for like ones."""
    two: int = 10
    three: int = 14
    gap: int = 10
    """Up to five signs on end missing."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One difference: a sign of the phrase (empty: one too many) and what is written (empty: one missing)."""

    place: int
    right: str
    written: str


@dataclass(frozen=True, slots=True)
class Slip:
    """A stretch of the text that nearly is a phrase. No edits: the same signs in another order."""

    start: int
    end: int
    phrase: str
    edits: tuple[Edit, ...]


class Skeleton:
    """A text without its marks, and where each remaining sign stood."""

    def __init__(self, text: str) -> None:
        found = list(_SIGN.finditer(text))
        self._text = text
        self._places = [match.start() for match in found]
        self.signs = "".join(match.group() for match in found)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the skeleton stands in the text."""
        return self._places[start], self._places[end - 1] + 1

    def between(self, start: int, end: int) -> str:
        """The text of a stretch of the skeleton, its marks included."""
        return self._text[slice(*self.span(start, end))]

    def unbroken(self, start: int, end: int) -> bool:
        """Is a stretch of the skeleton within one sentence?"""
        return not _BREAK.search(self._text, *self.span(start, end))


@lru_cache(maxsize=4)
def skeleton_of(text: str) -> Skeleton:
    """The skeleton of a text, which several checks of one text ask for."""
    return Skeleton(text)


@dataclass(frozen=True, slots=True)
class _Seed:
    """A part of a phrase, by which it is sought."""

    signs: str
    at: int
    phrase: str


class Phrases:
    """Known phrases, each with its tolerance, ready to be found with slips in them."""

    def __init__(self, phrases: Mapping[str, Tolerance], likeness: Likeness) -> None:
        self._likeness = likeness
        self._written = {Skeleton(phrase).signs: phrase for phrase in phrases}
        self._tolerances = {Skeleton(phrase).signs: tolerance for phrase, tolerance in phrases.items()}
        self._seeds: dict[str, list[_Seed]] = {}
        for signs in self._written:
            for seed in _seeds(signs, self._edits_allowed(signs)):
                self._seeds.setdefault(seed.signs[:2], []).append(seed)
        self._shuffled = {
            _weight(signs): signs for signs in self._written if len(signs) >= self._tolerances[signs].like
        }
        self._shuffled_lengths = sorted({len(signs) for signs in self._shuffled.values() if len(signs) < 16})

    def slips(self, skeleton: Skeleton) -> Iterator[Slip]:
        """Every slip in a text, the likeliest reading of each place, in no order."""
        signs = skeleton.signs
        readings, exact = self._readings(signs)
        readings += [(0, start, end, phrase, ()) for start, end, phrase in self._reordered(skeleton)]
        taken, right = Stretches(len(signs)), Stretches(len(signs))
        for start, end in exact:
            right.add(start, end)
        for _, start, end, phrase, edits in sorted(readings, key=lambda one: (one[0], -len(one[3]), one[1])):
            wrong = [start + edit.place for edit in edits] or range(start, end)
            if taken.touch(start, end) or not skeleton.unbroken(start, end):
                continue
            if any(right.touch(place, place + 1) for place in wrong):
                continue
            taken.add(start, end)
            yield Slip(*skeleton.span(start, end), self._written[phrase], edits)

    def _edits_allowed(self, phrase: str) -> int:
        tolerance = self._tolerances[phrase]
        two = min(tolerance.two, tolerance.two_like)
        return 1 + (len(phrase) >= two) + (len(phrase) >= tolerance.three)

    def _readings(self, signs: str) -> tuple[list[tuple[int, int, int, str, tuple[Edit, ...]]], list[tuple[int, int]]]:
        """(cost, start, end, phrase, edits) of every stretch with a slip, and the stretches that are right."""
        found = []
        exact = []
        seen: set[tuple[int, int, str]] = set()
        for place in range(len(signs) - 1):
            for seed in self._seeds.get(signs[place : place + 2], ()):
                if not signs.startswith(seed.signs, place):
                    continue
                if signs.startswith(seed.phrase, place - seed.at) and place >= seed.at:
                    exact.append((place - seed.at, place - seed.at + len(seed.phrase)))
                    continue
                for start, end in self._windows(seed, place, len(signs)):
                    if (start, end, seed.phrase) in seen:
                        continue
                    seen.add((start, end, seed.phrase))
                    edits = self._edits(seed.phrase, signs[start:end])
                    if edits:
                        found.append((len(edits), start, end, seed.phrase, edits))
        return found, exact

    def _windows(self, seed: _Seed, place: int, length: int) -> Iterator[tuple[int, int]]:
        """The stretches a phrase may take when a part of it stands at a place."""
        slack = self._edits_allowed(seed.phrase)
        missing = 5 if len(seed.phrase) >= self._tolerances[seed.phrase].gap else slack
        start, whole = place - seed.at, len(seed.phrase)
        if seed.at == 0:
            spans = [(start, start + whole + more) for more in range(-missing, slack + 1)]
        elif seed.at + len(seed.signs) == whole:
            spans = [(start - more, start + whole) for more in range(-missing, slack + 1)]
        else:
            drift = range(-slack, slack + 1)
            spans = [(start + left, start + whole + right) for left in drift for right in drift]
        return ((left, right) for left, right in spans if left >= 0 and right <= length and right - left > 2)

    def _edits(self, phrase: str, written: str) -> tuple[Edit, ...]:
        """The differences, when they are those of a slip; nothing otherwise."""
        alike = self._likeness.alike
        if not (alike(phrase[0], written[0]) and alike(phrase[-1], written[-1])):
            return ()
        edits = differences(phrase, written, 5)
        return edits if edits and self._is_slip(phrase, edits) else ()

    def _is_slip(self, phrase: str, edits: tuple[Edit, ...]) -> bool:
        length, tolerance = len(phrase), self._tolerances[phrase]
        if len(edits) == 1:
            edit = edits[0]
            if not edit.right or not edit.written:
                return length >= tolerance.count and f"{edit.right}{edit.written}" not in ("的", "了")
            return length >= (tolerance.like if self._is_like(edit) else tolerance.other)
        if sum(not edit.right for edit in edits) > 1 or (length < tolerance.three and self._says_another_word(edits)):
            return False
        if len(edits) == 2 and length < tolerance.two:
            return (
                length >= tolerance.two_like
                and all(edit.right and edit.written for edit in edits)
                and all(map(self._is_like, edits))
            )
        if len(edits) <= self._edits_allowed(phrase):
            return True
        first, last = edits[0].place, edits[-1].place
        gap = all(not edit.written for edit in edits) and last - first == len(edits) - 1
        return gap and length >= tolerance.gap and first > 1 and last < length - 2

    def _is_like(self, edit: Edit) -> bool:
        return self._likeness.alike(edit.right, edit.written) or {edit.right, edit.written} <= NUMERALS

    def _says_another_word(self, edits: tuple[Edit, ...]) -> bool:
        """Are two neighbouring signs both unlike what they should be?"""
        unlike = [edit.place for edit in edits if edit.right and edit.written and not self._is_like(edit)]
        return any(after - before == 1 for before, after in pairwise(unlike))

    def _reordered(self, skeleton: Skeleton) -> Iterator[tuple[int, int, str]]:
        """Stretches, without a comma in them, with all the signs of a phrase in another order."""
        signs = skeleton.signs
        sums = [0, *accumulate(map(hash, signs))]
        for length in self._shuffled_lengths:
            if self._shuffled.keys().isdisjoint(map(sub, sums[length:], sums)):
                continue
            for start, weight in enumerate(map(sub, sums[length:], sums)):
                phrase = self._shuffled.get(weight, "")
                if len(phrase) == length and self._is_reordered(phrase, skeleton, start):
                    yield start, start + length, phrase

    def _is_reordered(self, phrase: str, skeleton: Skeleton, start: int) -> bool:
        end = start + len(phrase)
        written = skeleton.signs[start:end]
        reordered = written not in self._written and sorted(written) == sorted(phrase)
        return reordered and not set("、，：") & set(skeleton.between(start, end))


def _weight(signs: str) -> int:
    return sum(map(hash, signs))


def _seeds(phrase: str, edits: int) -> Iterator[_Seed]:
    """Parts of a phrase: with so many slips one of them stays whole."""
    parts = min(edits + 1, len(phrase) // 2)
    for part in range(parts):
        start, end = part * len(phrase) // parts, (part + 1) * len(phrase) // parts
        yield _Seed(phrase[start:end], start, phrase)


def differences(right: str, written: str, most: int) -> tuple[Edit, ...] | None:
    """The fewest edits between two strings, in order; None when they are more than ``most``."""
    head = _common(right, written)
    tail = _common(right[head:][::-1], written[head:][::-1])
    left, other = right[head : len(right) - tail], written[head : len(written) - tail]
    if abs(len(left) - len(other)) > most or max(len(left), len(other)) > most * 4:
        return None
    costs = _costs(left, other)
    return _trace(left, other, costs, head) if costs[0][0] <= most else None


def _common(one: str, other: str) -> int:
    shortest = min(len(one), len(other))
    return next((place for place in range(shortest) if one[place] != other[place]), shortest)


def _costs(left: str, other: str) -> list[list[int]]:
    """``costs[i][j]``: the edits between ``left[i:]`` and ``other[j:]``."""
    costs = [[0] * (len(other) + 1) for _ in range(len(left) + 1)]
    for i in range(len(left), -1, -1):
        for j in range(len(other), -1, -1):
            if i == len(left) or j == len(other):
                costs[i][j] = len(left) - i + len(other) - j
            else:
                changed = costs[i + 1][j + 1] + (left[i] != other[j])
                costs[i][j] = min(changed, costs[i + 1][j] + 1, costs[i][j + 1] + 1)
    return costs


def _trace(left: str, other: str, costs: list[list[int]], head: int) -> tuple[Edit, ...]:
    edits = []
    i = j = 0
    while i < len(left) or j < len(other):
        here = costs[i][j]
        if i < len(left) and j < len(other) and costs[i + 1][j + 1] + (left[i] != other[j]) == here:
            if left[i] != other[j]:
                edits.append(Edit(head + i, left[i], other[j]))
            i, j = i + 1, j + 1
        elif i < len(left) and costs[i + 1][j] + 1 == here:
            edits.append(Edit(head + i, left[i], ""))
            i += 1
        else:
            edits.append(Edit(head + i, "", other[j]))
            j += 1
    return tuple(edits)
