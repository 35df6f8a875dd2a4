"""银行卡号: numbers of bank cards and of private accounts that stand in the open."""

from collections.abc import Iterator

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.identifiers import Kind, identifiers
from town_portal.proofreading.rules.writing import Writing


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Every number that an issuer and a check digit, or the words before it, make a bank card's."""
    del lexicon
    for number in identifiers(writing.plain):
        if number.kind is Kind.BANK_CARD:
            yield writing.finding(
                Family.PRIVACY_BANK,
                number.start,
                number.end,
                "这里是完整的银行卡号，公开前请删去，或只留最后四位。",
                f"{number.digits[:4]}{'*' * (len(number.digits) - 8)}{number.digits[-4:]}",
            )
