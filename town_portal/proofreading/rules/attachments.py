"""What attachments are looked at for: facts that may not go out or cannot be right; style is their authors' own.

An attachment is a hundred times as long as a text, and may be written by somebody who means harm: it is looked at
in pieces, so that no check that walks back and forth in what it reads takes long.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

from town_portal.proofreading.rules.checks import (
    bank_cards,
    hidden_signs,
    identity_numbers,
    impossible_dates,
    leaders,
    organs,
    other_towns,
    phones,
    placeholders,
    places,
    private_facts,
    secrecy,
    sensitive,
    slogans,
    sums,
    weekdays,
)
from town_portal.proofreading.rules.engine import Check, proofread
from town_portal.proofreading.rules.finding import NEVER_OVERRIDDEN, Family, Finding, Severity
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.writing import Writing

CHECKS: tuple[Check, ...] = (
    bank_cards.check,
    hidden_signs.check,
    identity_numbers.check,
    impossible_dates.check,
    leaders.check,
    organs.check,
    other_towns.check,
    phones.check,
    placeholders.check,
    places.check,
    private_facts.check,
    secrecy.check,
    sensitive.check,
    slogans.check,
    weekdays.check,
)
TABLES: tuple[Check, ...] = (sums.check,)
"""What needs all lines of a table at once."""
PIECE, SEAM = 4_000, 100
"""Signs of one piece; and of the piece before that are read again where a line had to be cut."""


def findings(
    words: str, day: date | None, lexicon: Lexicon, exceptions: Collection[tuple[Family, str]] = ()
) -> list[Finding]:
    """Everything found in one part of an attachment, in its order, each with the weight it has there."""
    found = set(proofread(Writing(words, day), lexicon, exceptions, TABLES))
    for start, piece in pieces(words):
        for one in proofread(Writing(piece, day), lexicon, exceptions, CHECKS):
            found.add(replace(one, start=start + one.start, end=start + one.end))
    weighed = [replace(one, severity=weight(one)) for one in found]
    return sorted(weighed, key=lambda one: (one.start, one.end, one.family))


def pieces(words: str) -> Iterator[tuple[int, str]]:
    """The words cut between lines, or within a line that is longer than a piece: (where it begins, the piece)."""
    start = 0
    while len(words) - start > PIECE:
        cut = words.rfind("\n", start, start + PIECE) + 1
        within = cut <= start
        end = start + PIECE if within else cut
        yield start, words[start:end]
        start = end - SEAM if within else end
    yield start, words[start:]


def weight(finding: Finding) -> Severity:
    """How much a finding weighs in an attachment.

    Personal data and secrecy stop it, as everywhere. All else is asked about only: an attachment may be a blank
    form, or a county's table that names every town, and nobody here may change it.
    """
    if finding.severity is Severity.BLOCK and finding.family not in NEVER_OVERRIDDEN:
        return Severity.WARN
    return finding.severity
