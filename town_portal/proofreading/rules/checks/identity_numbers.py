"""身份证号: numbers of ID cards, of passports, permits and certificates of disability that stand in the open."""

import re
from collections.abc import Iterator

from town_portal.proofreading.rules.finding import Family, Finding, Severity
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.identifiers import Kind, identifiers
from town_portal.proofreading.rules.writing import Writing

_OTHER_PAPERS = re.compile(
    r"(?:护照|通行证|回乡证|台胞证|军官证|士兵证|军人证|居留证|居住证)(?:[（(]证)?(?:证件)?(?:号码?|编号)?[为是:：\s(（]{0,3}"
    r"(?P<number>[A-Za-z\u4e00-\u9fff]{0,2}第?\d{7,9})(?!\d)"
    r"|残疾人?证(?:号码?|编号)?[为是:：\s(（]{0,3}(?P<disabled>\d{17}[\dXx]\d{2})(?!\d)"
)
_MORE_PAPERS = re.compile(
    r"(?:社会?保障?卡|医保卡|诊疗卡|就诊卡|户口[簿本]|结婚证|离婚证|出生(?:医学)?证明|永久居留(?:身份)?证|驾驶证|优待证|老年证|独生子女证)"
    r"(?:字?号码?|编号|卡号|档案编?号|证号)[为是:：\s(（]{0,3}(?P<number>[A-Za-z]{0,3}\d[\d-]{6,20}\d)(?![\d*])"
)
_HIDDEN_IN_PART = re.compile(r"(?<![\dA-Za-z*])(?P<number>[1-8]\d{5}[\d*×●•]{11}[\dXx*×●•])(?![\dA-Za-z*×])")
_BIRTHDAY = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_STARS = frozenset("*×●•")
_FEW_STARS = 3
"""So few hidden signs are found again in a moment."""


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
    for match in writing.matches(_HIDDEN_IN_PART):
        severity = _still_told(match["number"])
        if severity:
            yield writing.finding(
                Family.PRIVACY_ID,
                *match.span("number"),
                "这个身份证号遮得不够，出生年月日或大部分号码仍看得出来，请把中间八位遮去。",
                severity=severity,
            )
    for match in writing.matches(_MORE_PAPERS):
        yield writing.finding(
            Family.PRIVACY_ID, *match.span("number"), "这里是个人证件的完整号码，公开前请删去或遮去中间几位。"
        )
    for match in writing.matches(_OTHER_PAPERS):
        yield writing.finding(
            Family.PRIVACY_ID,
            *match.span(match.lastgroup or 0),
            "这里是个人证件的完整号码，公开前请删去或遮去中间几位。",
        )


def _still_told(number: str) -> Severity | None:
    """What a number hidden in part still tells: nearly all of it, a birthday, or nothing."""
    stars = sum(sign in _STARS for sign in number)
    if stars == 0:
        return None
    if stars <= _FEW_STARS:
        return Severity.BLOCK
    return Severity.WARN if _BIRTHDAY.fullmatch(number[6:14]) else None


def _masked(digits: str) -> str:
    """The number with its birthday hidden."""
    return f"{digits[:6]}{'*' * (len(digits) - 10)}{digits[-4:]}"
