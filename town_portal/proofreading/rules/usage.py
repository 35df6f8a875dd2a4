"""Usage 用语: which words stand side by side in the prose of townships, and how often.

A language model of general texts finds 水圳 and 备汛 strange. These counts, of texts that were approved,
lend it the words and the turns of the town.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from town_portal.proofreading.rules.values.words import cut

START = "^"
"""Stands before the first word of a run."""
_DISCOUNT = 0.6
_RUN = re.compile(r"[\u4e00-\u9fff]+")


class Usage:
    """Shares of words behind other words. ``pairs``: (word before, word) → how often they were counted."""

    def __init__(self, pairs: Mapping[tuple[str, str], int]) -> None:
        uses: Counter[str] = Counter()
        before: Counter[str] = Counter()
        kinds: Counter[str] = Counter()
        for (first, second), count in pairs.items():
            uses[second] += count
            before[first] += count
            kinds[first] += 1
        whole = sum(uses.values()) or 1
        self._uses = uses
        self._alone = {word: count / whole for word, count in uses.items()}
        self._rest = {first: _DISCOUNT * kinds[first] / count for first, count in before.items()}
        self._together = {pair: (count - _DISCOUNT) / before[pair[0]] for pair, count in pairs.items()}

    def count(self, word: str) -> int:
        """How often a word was counted."""
        return self._uses.get(word, 0)

    def share(self, before: str, word: str) -> float:
        """How likely a word follows another, 0 to 1."""
        alone = self._alone.get(word)
        if alone is None:
            return 0.0
        return self._together.get((before, word), 0.0) + self._rest.get(before, 1.0) * alone


def counted(texts: Iterable[str]) -> Counter[tuple[str, str]]:
    """How often words stand side by side in texts."""
    pairs: Counter[tuple[str, str]] = Counter()
    for run in (run.group() for text in texts for run in _RUN.finditer(text)):
        pairs.update(pairwise((START, *cut(run))))
    return pairs


def written(pairs: Mapping[tuple[str, str], int]) -> Iterator[str]:
    """Counts as lines of a file, ``word before<TAB>word<TAB>count``, in their order."""
    for (first, second), count in sorted(pairs.items()):
        yield f"{first}\t{second}\t{count}"


def read(lines: Iterable[str]) -> dict[tuple[str, str], int]:
    """The counts that ``written`` wrote."""
    rows = (line.rstrip("\n").split("\t") for line in lines)
    return {(first, second): int(count) for first, second, count in rows}
