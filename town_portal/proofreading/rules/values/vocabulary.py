"""Vocabulary 词典: the words of modern Chinese with how often each is used and what part of speech it is.

Read once, on first use, from the dictionary that comes with jieba (MIT): its file is opened, the
library itself is not imported. About half a second; after that everything is answered from memory.
"""

import math
import sys
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

LONGEST = 8
"""Longer entries are names of offices and firms; what is in them is found word by word."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every word with its use and its part of speech."""

    uses: Mapping[str, int]
    """Word → how often it was counted."""
    tags: Mapping[str, str]
    """Word → part of speech: n noun, v verb, vn verb and noun, a adjective, d adverb, i idiom, …"""
    weights: Mapping[str, float]
    """Word → logarithm of its share of all text."""
    reach: Mapping[str, int]
    """First two signs → length of the longest word that begins with them."""
    within: Mapping[str, int]
    """Sign → how often it was counted inside longer words."""
    unknown: float
    """The weight of a sign that stands in no list."""

    def __contains__(self, word: str) -> bool:
        return word in self.uses

    def tag(self, word: str) -> str:
        """The part of speech of a word; empty when it is unknown."""
        return self.tags.get(word, "")

    def freedom(self, sign: str) -> float:
        """Of all the uses of a sign, the share in which it is a word of its own."""
        alone = self.use(sign)
        return alone / (alone + self.within.get(sign, 0) or 1)

    def use(self, word: str) -> int:
        """How often a word was counted."""
        return self.uses.get(word, 0)


@cache
def vocabulary() -> Vocabulary:
    """The dictionary, read on first use."""
    uses: dict[str, int] = {}
    tags: dict[str, str] = {}
    reach: dict[str, int] = {}
    within: dict[str, int] = defaultdict(int)
    with _file().open(encoding="utf-8") as lines:
        for line in lines:
            word, use, tag = line.split()
            length = len(word)
            if length > LONGEST:
                continue
            uses[word] = int(use)
            tags[word] = sys.intern(tag)
            if length > 1:
                for sign in word:
                    within[sign] += uses[word]
                head = word[:2]
                if reach.get(head, 0) < length:
                    reach[head] = length
    whole = math.log(sum(uses.values()))
    weights = {word: math.log(use or 1) - whole for word, use in uses.items()}
    return Vocabulary(uses, tags, weights, reach, within, -whole)


def _file() -> Path:
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("jieba")
    return Path(spec.origin).with_name("dict.txt")
