"""What attachments are looked at for."""

from datetime import date

import pytest

from tests.stopwatch import stopped
from town_portal.proofreading.rules import attachments
from town_portal.proofreading.rules.engine import CHECKS, Check, proofread
from town_portal.proofreading.rules.finding import Family, Finding, Severity
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.pieces import Reading, assembled
from town_portal.proofreading.rules.writing import Writing

STYLE = {
    Family.MISSING_ELEMENT,
    Family.TITLE_FORMAT,
    Family.PUNCT_PAIR,
    Family.PUNCT_USAGE,
    Family.PUNCT_WIDTH,
    Family.NEAR_DUP,
}


def findings(words: str, day: date | None = None, lexicon: Lexicon | None = None) -> list[Finding]:
    """What is found in one part, read as the other process reads it."""

    def read(checks: tuple[Check, ...]) -> Reading:
        return lambda some: proofread(Writing(some, day), lexicon or Lexicon(), (), checks)

    return assembled(words, read(attachments.CHECKS), read(attachments.TABLES))


def found(words: str) -> list[tuple[Family, Severity]]:
    """(family, weight in an attachment) of everything found."""
    return [(one.family, one.severity) for one in findings(words)]


def test_every_check_is_one_of_the_engine() -> None:
    assert {*attachments.CHECKS, *attachments.TABLES} < set(CHECKS)


@pytest.mark.parametrize(
    ("words", "family"),
    [
        ("张三\t441821199001011239", Family.PRIVACY_ID),
        ("联系人：张三，手机13812345678", Family.PRIVACY_PHONE),
        ("机密★1年", Family.SECRECY),
    ],
)
def test_personal_data_and_secrecy_stop_an_attachment(words: str, family: Family) -> None:
    assert (family, Severity.BLOCK) in found(words)


@pytest.mark.parametrize(
    ("words", "family"),
    [
        ("评审时间：2026年2月30日", Family.DATE_IMPOSSIBLE),
        ("由XX村负责。", Family.PLACEHOLDER),
        ("村\t人数\n甲村\t12\n乙村\t15\n合计\t30", Family.ARITH_SUM),
    ],
)
def test_all_else_is_asked_about(words: str, family: Family) -> None:
    assert found(words) == [(family, Severity.WARN)]


def test_style_is_its_authors_own() -> None:
    assert not {family for family, _ in found("报名表,（请用黑笔填写\n姓名：\n村：，。")} & STYLE


@pytest.mark.parametrize("again", ["9", "1\t", "0 ", "9-", "1,", "村", "合计\t", "_", "（", "年"])
def test_a_text_that_repeats_itself_takes_no_time(again: str) -> None:
    words = (again * 120_000)[:120_000]
    with stopped() as watch:
        findings(words, date(2026, 11, 23), Lexicon(villages=("汤塘村",), places=("汤塘大道",)))
    assert watch.seconds < 8
