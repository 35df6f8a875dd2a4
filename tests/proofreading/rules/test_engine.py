"""Every check in turn; one fault said once."""

from collections.abc import Iterator

from town_portal.proofreading.rules.engine import Check, proofread
from town_portal.proofreading.rules.finding import Family, Finding, Severity
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.writing import Writing

TEXT = Writing("一二三四五六七八九十")


def saying(*findings: Finding) -> Check:
    """A check that says these."""

    def check(_writing: Writing, _lexicon: Lexicon) -> Iterator[Finding]:
        yield from findings

    return check


def one(family: Family, start: int, end: int, severity: Severity = Severity.WARN) -> Finding:
    return Finding(family, start, end, "x", None, severity)


def families(*findings: Finding, exceptions: tuple[tuple[Family, str], ...] = ()) -> list[str]:
    return [found.family.value for found in proofread(TEXT, Lexicon(), exceptions, [saying(*findings)])]


def test_findings_stand_in_the_order_of_the_text() -> None:
    assert families(one(Family.DUP_TEXT, 6, 8), one(Family.ARITH_SUM, 0, 2)) == ["arith_sum", "dup_text"]


def test_one_fault_is_said_once_by_the_weightiest_then_the_shortest() -> None:
    block = one(Family.PRIVACY_ID, 0, 9, Severity.BLOCK)
    assert families(one(Family.ARITH_SUM, 2, 4), block) == ["privacy_id"]
    assert families(one(Family.ARITH_SUM, 0, 6), one(Family.WRONG_CHAR, 2, 4)) == ["wrong_char"]
    assert families(one(Family.ARITH_SUM, 0, 2), one(Family.WRONG_CHAR, 2, 4)) == ["arith_sum", "wrong_char"]


def test_what_is_about_the_whole_text_stands_beside_the_rest() -> None:
    whole = one(Family.NEAR_DUP, 0, 10)
    assert families(whole, one(Family.WRONG_CHAR, 2, 4)) == ["near_dup", "wrong_char"]


def test_what_the_town_decided_to_be_no_error_stays_silent() -> None:
    assert families(one(Family.WRONG_CHAR, 2, 4), exceptions=((Family.WRONG_CHAR, "三四"),)) == []
    assert families(one(Family.WRONG_CHAR, 2, 4), exceptions=((Family.DUP_TEXT, "三四"),)) == ["wrong_char"]
