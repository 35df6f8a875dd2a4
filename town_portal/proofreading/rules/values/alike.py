"""Alike 形近音近: which signs a hand takes for one another, because they sound or look the same."""

from collections.abc import Iterable

from town_portal.proofreading.rules.values.likeness import sound_alike

Shapes = dict[str, frozenset[str]]


def one_sign_apart(written: str, meant: str) -> int | None:
    """The place of the only sign in which two words of one length differ; None when there is no such place."""
    differing = [place for place, (sign, other) in enumerate(zip(written, meant, strict=True)) if sign != other]
    return differing[0] if len(differing) == 1 else None


def alike(sign: str, other: str, shapes: Shapes) -> bool:
    """Does one sign sound or look like the other?"""
    return other in shapes.get(sign, ()) or sound_alike(sign, other)


def by_head(words: Iterable[str], size: int = 2) -> dict[str, list[str]]:
    """The words by their first signs, in the order they come."""
    heads: dict[str, list[str]] = {}
    for word in words:
        heads.setdefault(word[:size], []).append(word)
    return heads


def by_tail(words: Iterable[str], size: int = 2) -> dict[str, list[str]]:
    """The words by their last signs."""
    tails: dict[str, list[str]] = {}
    for word in words:
        tails.setdefault(word[-size:], []).append(word)
    return tails
