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


_ACCOUNT = re.compile(
    r"(?P<of>(?:微信|支付宝|V信|威信|微信或?QQ|QQ|扣扣|企鹅|抖音|钉钉)(?:号码?|ID|[账帐]号)?|(?<![A-Za-z])(?:vx|wx|wechat)(?:号|ID)?"
    r"|(?:加我?|[+])[Vv](?:信)?)(?P<gap>(?:同?为|[是:：\s(（]){0,3})(?P<number>[A-Za-z][A-Za-z0-9_-]{5,19}|[1-9]\d{4,10})(?![A-Za-z0-9_@.])",
    re.IGNORECASE,
)
_OFFICIAL = re.compile(r"公众|官方|政务|企业|服务号|订阅号|客服|办公|工作|单位|群$|视频$|值班|热线|平台|镇|县|局")
_NUMERAL_ACCOUNT = re.compile(r"QQ|扣扣|企鹅", re.IGNORECASE)
_SHORT = re.compile(r"(?<!农信)(?<!短信)短号[为是:：\s(（]{0,3}(?P<number>[5-8]\d{3,5})(?!\d)")
_OFFICE = re.compile(r"办公|公务|值班|座机|办公室|窗口|中心")
_REACH = 10
_MOBILE_LENGTH = 11
_HIDDEN_IN_PART = re.compile(r"(?<![\d*])1[3-9]\d[\d*×]{8}(?![\d*×])")
_FEW_STARS = 3
_IN_HALVES = re.compile(
    r"(?:手机|电话|号码)[^。；\n\d]{0,8}(?:前[三七六八\d]位|开头|前面)?[^。；\n\d]{0,4}(?P<first>1[3-9]\d{1,6})(?:[^\d。；\n]{0,6}[，,、；][^\d。；\n]{0,4}中间?[^\d。；\n]{0,4}(?P<middle>\d{4}))?[^\d。；\n]{0,6}[，,、；][^\d。；\n]{0,4}"
    r"(?:[中后末尾][^\d。；\n]{0,5})(?P<last>\d{4,8})(?!\d)"
)
_TOLD_SIGNS = 10


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
    for match in writing.matches(_HIDDEN_IN_PART):
        if 0 < sum(sign in "*×" for sign in match.group()) <= _FEW_STARS:
            yield writing.finding(
                Family.PRIVACY_PHONE, *match.span(), "这个手机号遮得不够，请把中间四位遮去，或改用办公电话。"
            )
    for match in writing.matches(_IN_HALVES):
        if sum(len(match[part] or "") for part in ("first", "middle", "last")) >= _TOLD_SIGNS:
            yield writing.finding(
                Family.PRIVACY_PHONE,
                match.start("first"),
                match.end("last"),
                "两段合起来是手机号，请删去或遮去中间四位。",
            )
    for match in writing.matches(_HOME):
        yield writing.finding(
            Family.PRIVACY_PHONE, *match.span("number"), "这里是私人家里的电话，公开前请删去或改用办公电话。"
        )
    for match in writing.matches(_ACCOUNT):
        before = writing.plain[max(0, match.start() - _REACH) : match.start()]
        of_figures = match["number"].isdigit()
        if _OFFICIAL.search(before) or (
            of_figures and (len(match["number"]) == _MOBILE_LENGTH or not _NUMERAL_ACCOUNT.search(match["of"]))
        ):
            continue
        if not (match["gap"] or of_figures or match["of"][-1:] in "号D信"):
            continue
        yield writing.finding(
            Family.PRIVACY_PHONE,
            *match.span("number"),
            "这里是个人的微信、QQ等账号，公开前请删去或改用单位的联系方式。",
        )
    for match in writing.matches(_SHORT):
        if not _OFFICE.search(writing.plain, max(0, match.start() - _REACH), match.start()):
            yield writing.finding(
                Family.PRIVACY_PHONE, *match.span("number"), "这里是个人手机的短号，公开前请删去或改用办公电话。"
            )
