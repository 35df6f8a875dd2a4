"""Words that sound or look alike: what a hand on an input method takes for another.

An index over a vocabulary answers with same-length words one slip away: homophones, near sounds
(zh/z, ang/an …), or one sign of a similar shape.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import islice, product

from pypinyin import Style, lazy_pinyin, pinyin

MOST_READINGS = 3
MOST_COMBINED = 8
MOST_CHANGED = 2
LONGEST_PATTERN = 4
SHAPE, NEAR_SOUND = 1.3, 1.5
"""What one sign of a similar shape, or of a similar sound, weighs; a homophone weighs 1."""

_HISSING = (("zh", "z"), ("ch", "c"), ("sh", "s"))
_NASAL = ("ang", "eng", "ing")


@lru_cache(maxsize=25_000)
def readings(sign: str) -> tuple[str, ...]:
    """The ways a sign is read, without tones, the usual one first."""
    found = pinyin(sign, style=Style.NORMAL, heteronym=True)[0]
    return tuple(dict.fromkeys(found))[:MOST_READINGS]


@lru_cache(maxsize=2_000)
def near_sounds(sound: str) -> frozenset[str]:
    """A syllable and what the south hears as the same."""
    heard = {sound}
    for broad, narrow in _HISSING:
        if sound.startswith(broad):
            heard.add(narrow + sound[len(broad) :])
        elif sound.startswith(narrow):
            heard.add(broad + sound[len(narrow) :])
    for syllable in tuple(heard):
        for back in _NASAL:
            if syllable.endswith(back):
                heard.add(syllable[:-1])
            elif syllable.endswith(back[:-1]):
                heard.add(f"{syllable}g")
    return frozenset(heard)


def shapes_of(lines: Iterable[str]) -> dict[str, frozenset[str]]:
    """Sign → signs of a similar shape, from lines of groups."""
    alike: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        group = "".join(line.split())
        for sign in group:
            alike[sign].update(other for other in group if other != sign)
    return {sign: frozenset(others) for sign, others in alike.items()}


class Soundalikes:
    """A vocabulary by sound and by pattern. ``frequencies``: word → how often it is used."""

    def __init__(self, frequencies: Mapping[str, int], shapes: Mapping[str, frozenset[str]]) -> None:
        self._frequencies = frequencies
        self._shapes = shapes
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        self._by_pattern: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._signs_by_sound: dict[str, set[str]] = defaultdict(set)
        for word in frequencies:
            if len(word) < MOST_CHANGED:
                for sound in readings(word):
                    self._signs_by_sound[sound].add(word)
                continue
            self._by_sound[" ".join(lazy_pinyin(word))].append(word)
            if len(word) <= LONGEST_PATTERN:
                for place, sign in enumerate(word):
                    self._by_pattern[f"{word[:place]}*{word[place + 1 :]}"].append((sign, word))
        self._weights = lru_cache(maxsize=8_000)(self._weights_of)

    def of(self, words: str, most: int) -> list[tuple[str, float]]:
        """(word, weight of the slip) of what ``words`` may stand for, the likeliest first."""
        found = self._homophones(words)
        for place, sign in enumerate(words):
            near = self._by_pattern.get(f"{words[:place]}*{words[place + 1 :]}")
            if near:
                weights = self._weights(sign)
                for other, word in near:
                    if other in weights and word not in found and other != sign:
                        found[word] = weights[other]
        return sorted(found.items(), key=lambda pair: (pair[1], -self._frequencies[pair[0]]))[:most]

    def _homophones(self, words: str) -> dict[str, float]:
        sounds = {" ".join(sound) for sound in islice(product(*map(readings, words)), MOST_COMBINED)}
        found = {}
        for word in (word for sound in sounds for word in self._by_sound.get(sound, ())):
            changed = sum(one != other for one, other in zip(word, words, strict=False))
            if len(word) == len(words) and 0 < changed <= MOST_CHANGED:
                found[word] = float(changed)
        return found

    def _weights_of(self, sign: str) -> dict[str, float]:
        """What each sign that may stand for this one weighs."""
        heard = {near for sound in readings(sign) for near in near_sounds(sound)}
        weights = {other: NEAR_SOUND for sound in heard for other in self._signs_by_sound.get(sound, ())}
        return weights | dict.fromkeys(self._shapes.get(sign, ()), SHAPE)
