"""What a text is found by: pairs of neighbouring signs, so that no dictionary has to know a village's name.

A word of the question is in a text if all its pairs are (and, as pairs may stand apart, if the word itself
is found when the text is looked at again). Writing is made alike first: full-width and half-width, capital and small
letters; signs that are neither letters nor digits part words.
"""

import unicodedata
from collections.abc import Iterable, Iterator

TITLE = "t"
"""Stands before the pairs of a title, so that they can be asked for by themselves."""
LONGEST_BODY = 60_000
"""Signs of one text that are looked at; a longer one is found by its beginning."""


def alike(text: str) -> str:
    """The text as it is compared: letters and digits of one form, one blank where anything else stood."""
    signs = (sign if sign.isalnum() else " " for sign in unicodedata.normalize("NFKC", text).lower())
    return " ".join("".join(signs).split())


def alike_with_places(text: str) -> tuple[str, list[int]]:
    """The text as it is compared, sign by sign, and where each sign stood in what was given."""
    signs: list[str] = []
    places: list[int] = []
    for place, original in enumerate(text):
        for sign in unicodedata.normalize("NFKC", original).lower():
            if sign.isalnum():
                signs.append(sign)
                places.append(place)
            elif signs and signs[-1] != " ":
                signs.append(" ")
                places.append(place)
    return "".join(signs), places


def grams(compared: str) -> Iterator[str]:
    """The pairs of a text made alike, and the last sign of each word by itself, in order, repeated as they come."""
    for word in compared.split():
        for at in range(len(word) - 1):
            yield word[at : at + 2]
        yield word[-1]


def tokens(title: str, body: str) -> list[str]:
    """Everything a text is kept under, each once; both parts made alike before. A title's pairs are also the text's."""
    of_title = list(grams(title))
    return sorted({*of_title, *grams(body), *(TITLE + gram for gram in of_title)})


def wanted(word: str, *, in_title: bool) -> list[str]:
    """What a text must be kept under to hold a word (made alike, without blanks); one that ends in * is a beginning.

    A single sign is the beginning of a pair, or the last of its word.
    """
    before = TITLE if in_title else ""
    if len(word) == 1:
        return [f"{before}{word}*"]
    return sorted({before + word[at : at + 2] for at in range(len(word) - 1)})


def holds(compared: str, words: Iterable[str]) -> bool:
    """Does a text made alike hold every one of the words?"""
    return all(word in compared for word in words)
