"""Attachments are read in pieces, and nothing is lost between them."""

import re
from collections.abc import Iterator

import pytest

from town_portal.proofreading.rules.finding import Family, Finding, Severity
from town_portal.proofreading.rules.pieces import PIECE, assembled, pieces, weight

NUMBER = "441821199001011239"


def numbers(words: str) -> Iterator[Finding]:
    """Finds every such number."""
    for one in re.finditer(NUMBER, words):
        yield Finding(Family.PRIVACY_ID, *one.span(), "删去。", severity=Severity.BLOCK)


def test_pieces_end_between_lines() -> None:
    words = "".join(f"第{number}行的字\n" for number in range(2_000))
    cut = list(pieces(words))
    assert "".join(piece for _, piece in cut) == words
    assert all(len(piece) <= PIECE and words[start:].startswith(piece) for start, piece in cut)
    assert all(piece.endswith("\n") for _, piece in cut)


@pytest.mark.parametrize("before", range(PIECE - 40, PIECE + 40, 7))
def test_nothing_is_lost_or_said_twice_at_a_cut(before: int) -> None:
    words = "甲" * before + NUMBER + "乙" * 9_000
    (one,) = assembled(words, numbers, lambda _words: ())
    assert words[one.start : one.end] == NUMBER


def test_tables_are_read_whole() -> None:
    seen: list[str] = []
    words = "行\n" * 9_000
    assembled(words, lambda _piece: (), lambda whole: seen.append(whole) or ())
    assert seen == [words]


@pytest.mark.parametrize(
    ("family", "weighs"),
    [(Family.SECRECY, Severity.BLOCK), (Family.PRIVACY_ID, Severity.BLOCK), (Family.PLACEHOLDER, Severity.WARN)],
)
def test_only_personal_data_and_secrecy_stop_an_attachment(family: Family, weighs: Severity) -> None:
    assert weight(Finding(family, 0, 1, "错。", severity=Severity.BLOCK)) is weighs
    assert weight(Finding(family, 0, 1, "错。", severity=Severity.HINT)) is Severity.HINT
