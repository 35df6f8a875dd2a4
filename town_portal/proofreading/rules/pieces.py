"""Pieces of an attachment: what is read at once, and how much a finding weighs there.

An attachment is a hundred times as long as a text, and may be written by somebody who means harm: it is looked at
in pieces, so that no check that walks back and forth in what it reads takes long.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from town_portal.proofreading.rules.finding import NEVER_OVERRIDDEN, Finding, Severity

PIECE, SEAM = 4_000, 100
"""Signs of one piece; and of the piece before that are read again where a line had to be cut."""
Reading = Callable[[str], Iterable[Finding]]


def assembled(words: str, read_piece: Reading, read_tables: Reading) -> list[Finding]:
    """Everything found in one part of an attachment, in its order, each with the weight it has there.

    ``read_piece`` reads a piece, ``read_tables`` all the words: a table is added up from its first line to its last.
    """
    found = set(read_tables(words))
    for start, piece in pieces(words):
        found |= {replace(one, start=start + one.start, end=start + one.end) for one in read_piece(piece)}
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
