"""Reading a text with everything there is: the checks and, where set-up brought it, the speller.

Heavy: it brings the vocabulary, the readings and the language model. Pages ask it through
``apart``, which runs it as ``python -m town_portal.proofreading.reader PIPE MODEL``.
"""

import sys
from collections.abc import Collection
from multiprocessing.connection import Connection
from pathlib import Path

from town_portal.proofreading.apart import Answer, Asked, Kind
from town_portal.proofreading.rules.attachments import CHECKS as PIECES
from town_portal.proofreading.rules.attachments import TABLES
from town_portal.proofreading.rules.engine import CHECKS, Check, proofread
from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.vocabulary import vocabulary
from town_portal.proofreading.rules.writing import Writing
from town_portal.proofreading.speller import Speller, open_speller

__all__ = ["CHECKS", "PIECES", "TABLES", "read", "warmed"]


def warmed(model: Path) -> Speller | None:
    """Load what reading needs; the speller, or None where set-up could not bring it."""
    vocabulary()
    return open_speller(model)


def read(
    speller: Speller | None,
    writing: Writing,
    lexicon: Lexicon,
    exceptions: Collection[tuple[Family, str]] = (),
    checks: Collection[Check] = CHECKS,
    *,
    guesses: bool = False,
) -> tuple[list[Finding], list[Finding]]:
    """(what the checks find, what only the speller finds) in a text, each in its order."""
    found = proofread(writing, lexicon, exceptions, checks)
    if speller is None or not guesses:
        return found, []
    guessed = proofread(writing, lexicon, exceptions, [speller.check])
    return found, [one for one in guessed if not any(_meet(one, other) for other in found)]


def _meet(one: Finding, other: Finding) -> bool:
    return one.start < other.end and other.start < one.end


def serve(pipe: Connection, model: Path) -> None:
    """Load everything, say so, then read one text after another until the one that asks is gone."""
    speller = warmed(model)
    lexicon = Lexicon()
    pipe.send("ready")
    while True:
        try:
            asked = pipe.recv()
        except EOFError:
            return
        if isinstance(asked, Lexicon):
            lexicon = asked
        elif isinstance(asked, Asked):
            pipe.send(_answer(speller, asked, lexicon))


def _answer(speller: Speller | None, asked: Asked, lexicon: Lexicon) -> Answer | str:
    """What is found; the place in the code where a check failed instead, without a word of the text."""
    checks = {Kind.PIECE: PIECES, Kind.TABLES: TABLES}.get(asked.kind, CHECKS)
    try:
        return Answer(*read(speller, asked.writing, lexicon, asked.exceptions, checks, guesses=asked.guesses))
    except Exception as error:  # noqa: BLE001 - a fault of one check is told, the process goes on
        trace = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
        return f"{type(error).__name__} at {place}"


if __name__ == "__main__":
    serve(Connection(int(sys.argv[1])), Path(sys.argv[2]))
