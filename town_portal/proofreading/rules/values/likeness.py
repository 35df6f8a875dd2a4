"""Likeness 形近音近: may one sign have been put for another? By sound, near sound, or shape."""

import re
from collections.abc import Iterable
from functools import lru_cache

from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.soundalikes import near_sounds, readings, shapes_of
from town_portal.proofreading.rules.values.kept import kept_for_lexicon


class Likeness:
    """Which signs are taken for each other. ``groups``: strings of signs of a similar shape."""

    def __init__(self, groups: Iterable[str]) -> None:
        self._shapes = shapes_of(groups)

    def alike(self, one: str, other: str) -> bool:
        """Are two signs the same, of a similar sound, or of a similar shape?"""
        return one == other or other in self._shapes.get(one, ()) or sound_alike(one, other)

    def words_alike(self, one: str, other: str) -> bool:
        """Are two different words of one length alike sign by sign?"""
        return one != other and len(one) == len(other) and all(map(self.alike, one, other))


@lru_cache(maxsize=20_000)
def sound_alike(one: str, other: str) -> bool:
    """Do two signs sound the same, or nearly so (zh/z, ang/an …)?"""
    heard = set(readings(other))
    return any(near_sounds(sound) & heard for sound in readings(one))


@kept_for_lexicon
def likeness_of(lexicon: Lexicon) -> Likeness:
    """The likeness that a lexicon's terms of kind ``lookalikes`` give."""
    return Likeness(term.words for term in lexicon.terms if term.kind == "lookalikes")


HAN = "\u3400-\u9fff"


def differing(one: str, other: str) -> int | None:
    """In how many signs do two words of one length differ? None when their lengths do."""
    if len(one) != len(other):
        return None
    return sum(left != right for left, right in zip(one, other, strict=True))


def in_order(short: str, long: str) -> bool:
    """Do all signs of the one stand in the other, in their order: 应急办 and 应急管理办公室?"""
    signs = iter(long)
    return all(sign in signs for sign in short)


def one_sign_open(words: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern for every word with any one of its signs left open; group 1 is what stands there.

    Places may overlap. None when there are no words.
    """
    shapes = {
        f"{re.escape(word[:place])}[{HAN}]{re.escape(word[place + 1 :])}"
        for word in words
        for place in range(len(word))
    }
    return re.compile(f"(?=({'|'.join(sorted(shapes))}))") if shapes else None
