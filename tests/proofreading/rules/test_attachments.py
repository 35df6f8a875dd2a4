"""What attachments are looked at for."""

import pytest

from town_portal.proofreading.rules import attachments
from town_portal.proofreading.rules.engine import CHECKS, proofread
from town_portal.proofreading.rules.finding import Family, Severity
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.writing import Writing

STYLE = {
    Family.MISSING_ELEMENT,
    Family.TITLE_FORMAT,
    Family.PUNCT_PAIR,
    Family.PUNCT_USAGE,
    Family.PUNCT_WIDTH,
    Family.NEAR_DUP,
}


def found(words: str) -> list[tuple[Family, Severity]]:
    """(family, weight in an attachment) of everything found."""
    told = proofread(Writing(words), Lexicon(), (), attachments.CHECKS)
    return [(one.family, attachments.weight(one)) for one in told]


def test_every_check_is_one_of_the_engine() -> None:
    assert set(attachments.CHECKS) < set(CHECKS)


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
