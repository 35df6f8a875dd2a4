"""Reading a text with everything there is: the checks and, where set-up brought it, the speller.

Heavy: it brings the vocabulary, the readings and the language model. Pages ask it through
``apart``; the batch command uses it as it is.
"""

from collections.abc import Collection
from pathlib import Path

from town_portal.proofreading.rules.engine import proofread
from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.vocabulary import vocabulary
from town_portal.proofreading.rules.writing import Writing
from town_portal.proofreading.speller import Speller, open_speller


def warmed(model: Path) -> Speller | None:
    """Load what reading needs; the speller, or None where set-up could not bring it."""
    vocabulary()
    return open_speller(model)


def read(
    speller: Speller | None,
    writing: Writing,
    lexicon: Lexicon,
    exceptions: Collection[tuple[Family, str]] = (),
    *,
    guesses: bool = False,
) -> tuple[list[Finding], list[Finding]]:
    """(what the checks find, what only the speller finds) in a text, each in its order."""
    found = proofread(writing, lexicon, exceptions)
    if speller is None or not guesses:
        return found, []
    guessed = proofread(writing, lexicon, exceptions, [speller.check])
    return found, [one for one in guessed if not any(_meet(one, other) for other in found)]


def _meet(one: Finding, other: Finding) -> bool:
    return one.start < other.end and other.start < one.end
