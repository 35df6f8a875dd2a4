"""银行卡号: numbers of bank cards and of private accounts that stand in the open."""

import re
from collections.abc import Iterator

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.full_names import full_names
from town_portal.proofreading.rules.values.identifiers import Kind, identifiers
from town_portal.proofreading.rules.writing import Writing

_PRIVATE_ACCOUNT = re.compile(
    r"(?:户\s*名|收款人|持卡人|开户人|账户名称?|姓\s*名)\s*[:：为是]?\s*(?P<name>[\u4e00-\u9fff]{2,4})(?![\u4e00-\u9fff])"
    r"[^\d]{0,40}?[账帐卡]号\s*[:：为是]?\s*(?P<number>\d{12,21})(?!\d)"
)


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Every number that an issuer and a check digit, or the words before it, make a bank card's."""
    seen = set()
    for number in identifiers(writing.plain):
        if number.kind is Kind.BANK_CARD:
            seen.add(number.start)
            yield writing.finding(
                Family.PRIVACY_BANK,
                number.start,
                number.end,
                "这里是完整的银行卡号，公开前请删去，或只留最后四位。",
                f"{number.digits[:4]}{'*' * (len(number.digits) - 8)}{number.digits[-4:]}",
            )
    for match in writing.matches(_PRIVATE_ACCOUNT):
        named = any(full_names(writing.plain, *match.span("name"), lexicon.own_names))
        if named and match.start("number") not in seen:
            yield writing.finding(
                Family.PRIVACY_BANK, *match.span("number"), "这里是个人的银行账号，公开前请删去，或只留最后四位。"
            )
