"""身份证号: numbers of ID cards, of passports, permits and certificates of disability that stand in the open."""

import re
from collections.abc import Iterator

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.identifiers import Kind, identifiers
from town_portal.proofreading.rules.writing import Writing

_OTHER_PAPERS = re.compile(
    r"(?:护照|通行证|回乡证|台胞证|军官证|士兵证|军人证|居留证|居住证)(?:[（(]证)?(?:证件)?(?:号码?|编号)?[为是:：\s(（]{0,3}"
    r"(?P<number>[A-Za-z\u4e00-\u9fff]{0,2}第?\d{7,9})(?!\d)"
    r"|残疾人?证(?:号码?|编号)?[为是:：\s(（]{0,3}(?P<disabled>\d{17}[\dXx]\d{2})(?!\d)"
)


_SECOND_HALF = re.compile(
    r"身份证[^。；\n]{0,30}?(?<!\d)(?P<number>(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx])(?![\dA-Za-z])"
)
"""A birthday and the last four signs, parted from the region by words."""


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Every number of a person's papers."""
    del lexicon
    for number in identifiers(writing.plain):
        if number.kind is Kind.ID_CARD:
            yield writing.finding(
                Family.PRIVACY_ID,
                number.start,
                number.end,
                "这里是完整的身份证号，公开前请删去，或只留前后几位、中间用星号代替。",
                _masked(number.digits),
            )
    for match in writing.matches(_SECOND_HALF):
        yield writing.finding(
            Family.PRIVACY_ID, *match.span("number"), "这里是身份证号的后十二位，公开前请删去或遮去中间几位。"
        )
    for match in writing.matches(_OTHER_PAPERS):
        yield writing.finding(
            Family.PRIVACY_ID,
            *match.span(match.lastgroup or 0),
            "这里是个人证件的完整号码，公开前请删去或遮去中间几位。",
        )


def _masked(digits: str) -> str:
    """The number with its birthday hidden."""
    return f"{digits[:6]}{'*' * (len(digits) - 10)}{digits[-4:]}"
