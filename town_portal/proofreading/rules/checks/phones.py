"""个人手机号: mobile numbers that are not on the town's list of public ones, and telephones at home."""

import re
from collections.abc import Iterator

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.identifiers import Kind, identifiers
from town_portal.proofreading.rules.writing import Writing

PUBLIC_PHONES = "public_phones"
"""The kind of term that allows a mobile number: ``words`` is the number, in any spacing."""

_HOME = re.compile(
    r"(?:宅电|家庭电话|住宅电话|家里电话|家里的电话|家中电话|家里座机|家中座机)(?:号码?)?[为是:：\s(（]{0,3}"
    r"(?P<number>(?:0\d{2,3}[-\s]?)?\d{7,8})(?!\d)"
)


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Every mobile number that the town did not make public itself."""
    allowed = {re.sub(r"\D", "", term.words) for term in lexicon.of(PUBLIC_PHONES, writing.day)}
    for number in identifiers(writing.plain):
        if number.kind is Kind.MOBILE and number.digits not in allowed:
            yield writing.finding(
                Family.PRIVACY_PHONE,
                number.start,
                number.end,
                "这里是完整的手机号，请删去或改用办公电话；对外的值班手机请先登记到公开号码表。",
                f"{number.digits[:3]}****{number.digits[-4:]}",
            )
    for match in writing.matches(_HOME):
        yield writing.finding(
            Family.PRIVACY_PHONE, *match.span("number"), "这里是私人家里的电话，公开前请删去或改用办公电话。"
        )
