"""银行卡号: numbers of bank cards and of private accounts that stand in the open."""

import re
from collections.abc import Iterator

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.full_names import full_names
from town_portal.proofreading.rules.values.identifiers import Kind, identifiers
from town_portal.proofreading.rules.values.records import records
from town_portal.proofreading.rules.writing import Writing

_ACCOUNT_MESSAGE = "这里是个人的银行账号，公开前请删去，或只留最后四位。"
_PRIVATE_ACCOUNT = re.compile(
    r"(?:户\s*名|收款人|持卡人|开户人|账户名称?|姓\s*名)\s*[:：为是]?\s*(?P<name>[\u4e00-\u9fff]{2,4})(?![\u4e00-\u9fff])"
    r"[^\d]{0,40}?[账帐卡]号\s*[:：为是]?\s*(?P<number>\d{12,21})(?!\d)"
)
_ACCOUNT = re.compile(r"(?:[账帐][户号]|户头|存折|卡号)[:：为是]{0,2}(?P<number>\d{12,21})(?!\d)")
_PAID_TO = re.compile(
    r"(?:[账帐][户号]|户头|存折号?码?|折号|(?<![书禁员证交C])卡号|[汇打转存拨]到|[汇打转存付划]入|[汇转拨付划]至|转给|打给|代发(?:到|至|[账帐]户)?|发放(?:到|至))"
    r"(?:[账帐][户号]|卡号|号码|银行卡|存折|个人|尾号前|是|为|：|:|“|（|\s){0,4}(?P<number>\d(?:[ \-\n]?\d){11,24})(?![\d.])"
)
"""Where money is to go, and nothing in the sentence says that it is an institution's."""
_INSTITUTION = re.compile(
    r"对公|单位|公司|企业|厂(?!房)|合作社|经联社|联[合]?社(?!区)|财政|专户|专用|基金|慈善|红十字|协会|商会|联合会|工会|学校|小学|中学|幼儿园|村民?委员?会?|居委|居民委员会|理事会|经济社|人民政府|镇政府|办公室"
    r"|[税务政]局|服务中心|医院|卫生院|法院|国库|缴[款费存]|税|保证金|竞买|租金|合同|订单|编号"
)
_PUBLIC_ACCOUNT = re.compile(r"对公|单位|公司|合作社|财政|专户|基金|学校|村委|镇")
_OF_A_PERSON = re.compile(r"(?:存折|折子|个人|本人|户主|老人|村民|农户|[\u4e00-\u9fff]某)[^。；\n]*$")
_IN_HALVES = re.compile(
    r"(?:卡|[账帐][号户])[^。；\n\d]{0,8}前[四六八十]?\d?位[^\d。\n]{0,5}\d{4,10}[，,、；;][^\d。\n]{0,8}(?P<number>\d{8,15})(?!\d)"
)
"""The first signs and the rest, told apart."""
_SENTENCE_REACH = 24
_CLAUSE_MARK = re.compile(r"[，。；：\n]")
_OWNER_REACH = 48
_REACH = 16
_ACCOUNT_COLUMN = re.compile(r"[账帐][号户]|卡号|存折|一卡通|一折通")
_ACCOUNT_CELL = re.compile(r"\d[\d \-]{10,26}\d")
_PERSON_CELL = re.compile(r"[\u4e00-\u9fff]{1,2}[某×X]{1,2}[\u4e00-\u9fff]?")


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
    plain = writing.plain
    for match in writing.matches(_PRIVATE_ACCOUNT):
        if match.start("number") not in seen and any(full_names(plain, *match.span("name"), lexicon.own_names)):
            seen.add(match.start("number"))
            yield writing.finding(Family.PRIVACY_BANK, *match.span("number"), _ACCOUNT_MESSAGE)
    for start, end in _of_a_table(plain, lexicon):
        if start not in seen:
            seen.add(start)
            yield writing.finding(Family.PRIVACY_BANK, start, end, _ACCOUNT_MESSAGE)
    for match in writing.matches(_ACCOUNT):
        first = max(0, match.start() - _REACH)
        first = max([first, *(mark.end() for mark in _CLAUSE_MARK.finditer(plain, first, match.start()))])
        private = any(full_names(plain, first, match.start(), lexicon.own_names)) or _OF_A_PERSON.search(
            plain, max(0, match.start() - _SENTENCE_REACH), match.start()
        )
        if private and match.start("number") not in seen and not _PUBLIC_ACCOUNT.search(plain, first, match.start()):
            yield writing.finding(Family.PRIVACY_BANK, *match.span("number"), _ACCOUNT_MESSAGE)
            seen.add(match.start("number"))
    for match in writing.matches(_IN_HALVES):
        yield writing.finding(Family.PRIVACY_BANK, *match.span("number"), _ACCOUNT_MESSAGE)
    for match in writing.matches(_PAID_TO):
        known = any(match.start("number") <= place < match.end("number") for place in seen)
        if not known and not _INSTITUTION.search(_around(plain, match)):
            yield writing.finding(Family.PRIVACY_BANK, *match.span("number"), _ACCOUNT_MESSAGE)


def _around(plain: str, match: re.Match[str]) -> str:
    """The sentences a number stands in, the lines above and below among them."""
    first = max(plain.rfind("。", 0, match.start()), match.start() - _OWNER_REACH, 0)
    end = plain.find("。", match.end())
    return plain[first : min(end if end >= 0 else len(plain), match.end() + _OWNER_REACH)]


def _of_a_table(plain: str, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """The accounts of a table whose rows are people."""
    for row in records(plain):
        accounts = [
            entry for entry in row if _ACCOUNT_COLUMN.search(entry.heading) and _ACCOUNT_CELL.fullmatch(entry.words)
        ]
        who = next((entry for entry in row if entry.names), None)
        if not accounts or who is None:
            continue
        person = _PERSON_CELL.fullmatch(who.words)
        if person or any(name.end == who.end for name in full_names(plain, who.start, who.end, lexicon.own_names)):
            yield from ((entry.start, entry.end) for entry in accounts)
