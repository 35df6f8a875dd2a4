"""Identifiers: the long numbers of a text, told apart by how they are built.

An ID card number holds a region, a birthday and a check digit; a mobile number a network; a bank card
an issuer and a check digit. Codes of credit, projects, documents and filings look alike and are public:
they are recognised so that nothing else takes them for a person's.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

_CHINESE = "〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖⓪①②③④⑤⑥⑦⑧⑨"
_TO_DIGITS = str.maketrans(_CHINESE, "00012345678911234567890123456789")
_GROUP = re.compile(
    rf"(?:[0-9]+[{_CHINESE}]+){{2,}}[0-9]*|(?:[{_CHINESE}]+[0-9]+){{2,}}[{_CHINESE}]*|[0-9]+|[{_CHINESE}]+"
)
"""Digits that touch; Arabic and Chinese ones make one group only where they change often."""
_BETWEEN = frozenset(" \t\r\n　-‐‑‒–—―−_.·•/\\|,，、;；~～+*#()（）\ufe0f\u20e3")
_BETWEEN_LONGEST = 3


class Kind(StrEnum):
    """What a number is."""

    ID_CARD = "id_card"
    MOBILE = "mobile"
    BANK_CARD = "bank_card"


@dataclass(frozen=True, slots=True)
class Identifier:
    """One number. ``digits`` is it without the marks between."""

    kind: Kind
    start: int
    end: int
    digits: str


@dataclass(frozen=True, slots=True)
class _Group:
    """Digits that touch, in Arabic signs or in Chinese ones."""

    start: int
    end: int
    digits: str


class _Window:
    """Neighbouring groups of a run, read as one number."""

    def __init__(self, plain: str, run: list[_Group], first: int, last: int) -> None:
        groups = run[first : last + 1]
        self.plain, self._run, self._first, self._last = plain, run, first, last
        self.start, self.end = groups[0].start, groups[-1].end
        self.digits = "".join(group.digits for group in groups)
        self.shape = tuple(len(group.digits) for group in groups)
        self.gaps = [plain[one.end : following.start] for one, following in pairwise(groups)]

    @property
    def gap_before(self) -> str:
        """What divides it from the group before it; empty when there is none."""
        return self.plain[self._run[self._first - 1].end : self.start] if self._first else ""

    @property
    def gap_after(self) -> str:
        """What divides it from the next group; empty when there is none."""
        following = self.following
        return self.plain[self.end : following.start] if following else ""

    @property
    def following(self) -> _Group | None:
        """The next group of the run."""
        return self._run[self._last + 1] if self._last + 1 < len(self._run) else None

    @property
    def longer(self) -> "_Window":
        """The same with the next group."""
        return _Window(self.plain, self._run, self._first, self._last + 1)

    @property
    def whole_run(self) -> bool:
        """Is it all of its run, cut out of no longer one?"""
        return self._first == 0 and self._last == len(self._run) - 1

    def said_before(self, cue: re.Pattern[str], reach: int) -> bool:
        """Does a word stand before it, within so many signs?"""
        return cue.search(self.plain, max(0, self.start - reach), self.start) is not None

    def said_behind(self, cue: re.Pattern[str], reach: int) -> bool:
        """Does a word stand behind it, within so many signs?"""
        return cue.search(self.plain, self.end, self.end + reach) is not None

    @property
    def labelled_code(self) -> bool:
        """Do the words before it say that it is the number of a thing?"""
        return _CODE_LABEL.search(self.plain, max(0, self.start - _LABEL_REACH), self.start) is not None


@lru_cache(maxsize=8)
def identifiers(plain: str) -> tuple[Identifier, ...]:
    """Every personal number in a text, in its order. A stretch is one thing only."""
    found: list[Identifier] = []
    public = [match.span() for match in _PUBLIC.finditer(plain)]
    runs = [run for run in _runs(plain) if sum(len(group.digits) for group in run) >= _SHORTEST]
    for one_kind in (_identity_numbers, _bank_cards, _mobiles):
        for run in runs:
            for number in one_kind(plain, run):
                if not any(number.start < end and start < number.end for start, end in public):
                    found.append(number)
                    public.append((number.start, number.end))
    return tuple(sorted(found, key=lambda number: number.start))


_SHORTEST = 11


def _runs(plain: str) -> Iterator[list[_Group]]:
    """Groups of digits with nothing but spaces and dividing marks between them."""
    run: list[_Group] = []
    for match in _GROUP.finditer(plain):
        if run:
            gap = plain[run[-1].end : match.start()]
            if len(gap) > _BETWEEN_LONGEST or not _BETWEEN.issuperset(gap):
                yield run
                run = []
        run.append(_Group(match.start(), match.end(), match.group().translate(_TO_DIGITS)))
    if run:
        yield run


def _windows(plain: str, run: list[_Group], lengths: frozenset[int]) -> Iterator[_Window]:
    """Every stretch of groups that has one of these lengths."""
    longest = max(lengths)
    for first in range(len(run)):
        length = 0
        for last in range(first, len(run)):
            length += len(run[last].digits)
            if length > longest:
                break
            if length in lengths:
                yield _Window(plain, run, first, last)


# Public numbers

_PUBLIC = re.compile(
    r"(?<!\d)\d{4}-\d{6}-\d{2}-\d{2}-\d{6}(?!\d)"  # 投资项目代码
    r"|[〔\[【(（](?:19|20)\d\d[〕\]】)）]\s*(?:第\s*)?\d{1,6}\s*号"  # 文号, 案号
    r"|[\u4e00-\u9fff]ICP[备证]\s*[\d-]+号?|公网安备\s*\d+号?"
    r"|(?<![0-9A-Za-z])(?=\d*[A-HJ-NP-RTUWY])[159ANY][1-59]\d{6}[0-9A-HJ-NP-RTUW-Y]{10}(?![0-9A-Za-z])"  # 统一社会信用代码
)
_CODE_LABEL = re.compile(
    r"(?:编[号码]|代码|单号|文号|案号|批号|批次|标号|备案|合同|流水|序列|条码|条形码|登记|受理|许可证?|发票|税号|户号|表号"
    r"|设备|货号|档案|公告|公示|宗地|不动产|项目|箱号|机号|车架|追溯码|监督码|防伪码|招标|采购|验证码|快递|运单|订单|工单"
    r"|票号|群号|QQ群?|公众号|标识码|信用代码|产权|型号|资产)"
    r"(?:[证单]?[号码])?(?:号码)?(?:[为是:：\s(（第#№]|No\.?)*$",
    re.IGNORECASE,
)
_LABEL_REACH = 16


# ID cards

_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split()
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_X = re.compile(r"[ \t\n\-—.]?(?:[Xx×]|叉|艾克斯)(?![A-Za-z0-9])")
_ID_CUE = re.compile(
    r"身份证|身份号|公民身份|身份证明|证件号|证件号码|证号|学籍号|社会保障号|户口|\bID\b", re.IGNORECASE
)
_PERSON_CUE = re.compile(
    r"[\u4e00-\u9fff]某|户主|姓名|老人|老党员|申请人|低保|五保|特困|残疾人|参保|旧证|老证|一代证|档案|户籍|登记的|出生|[，,、（(\s][男女](?![\u4e00-\u9fff])"
)
"""Words of a person beside a number of fifteen digits, which has no check digit of its own."""
_OLD_ID_SHAPE = (6, 6, 3)
_ID_LENGTHS = frozenset({15, 17, 18})
_ID_SHAPES = frozenset({(18,), (17,), (6, 8, 4), (6, 8, 3), (6, 4, 4, 4), (6, 4, 4, 3), (14, 4), (6, 12), (6, 11)})
_TODDLERS = 2020
"""A number that another label calls a code, or whose check digit fails, is a person's only if that
person would be older than this: codes carry the date of their own year."""


def check_digit(seventeen: str) -> str:
    """The last sign of an ID card number, from the seventeen before it (GB 11643)."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, seventeen, strict=True))
    return _CHECKS[total % 11]


def _birthday(digits: str) -> date | None:
    """The birthday a number of 15, 17 or 18 digits holds, if its region and day are possible."""
    if digits[:2] not in _PROVINCES:
        return None
    day = f"19{digits[6:12]}" if len(digits) == 15 else digits[6:14]
    if not "1900" <= day[:4] <= "2099":
        return None
    try:
        return date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except ValueError:
        return None


def _identity_numbers(plain: str, run: list[_Group]) -> Iterator[Identifier]:
    taken = -1
    for window in _windows(plain, run, _ID_LENGTHS):
        if window.start < taken:
            continue
        end, digits = window.end, window.digits
        tail = _X.match(plain, end) if len(digits) == 17 else None
        if tail:
            end, digits = tail.end(), digits + "X"
        if _is_identity_number(window, digits):
            taken = end
            yield Identifier(Kind.ID_CARD, window.start, end, digits)


def _is_identity_number(window: _Window, digits: str) -> bool:
    born = _birthday(digits)
    called = window.said_before(_ID_CUE, 14)
    whole = len(window.shape) == 1
    if born is None:
        return called and whole and len(digits) == 18 and digits[:2] in _PROVINCES
    if len(digits) == 15:
        told = called or window.said_before(_ID_CUE, 60) or window.said_behind(_ID_CUE, 30)
        of_a_person = window.said_before(_PERSON_CUE, 24) or window.said_behind(_PERSON_CUE, 8)
        divided = whole or window.shape == _OLD_ID_SHAPE
        return (told or (of_a_person and divided)) and not window.labelled_code
    if called:
        return whole or len(digits) == 18
    if len(digits) != 18:
        return False
    grown = born.year < _TODDLERS
    if check_digit(digits[:17]) == digits[17]:
        return grown or not window.labelled_code
    divided = window.shape in _ID_SHAPES or window.whole_run
    return grown and divided and not window.labelled_code


# Bank cards

_BANK_LENGTHS = frozenset({16, 17, 18, 19})
_CARD_CUE = re.compile(
    r"储蓄|银行卡|(?<![员证书禁交C])卡号|储蓄卡|借记卡|信用卡|工资卡|一卡通|一折通|社保卡|存折|[账帐][号户]|开户|收款|汇款|汇入|汇到"
    r"|打[入到进]|转[我他她]|[转存汇付]入|转账|[转付存退汇]到|(?<![员名])卡(?![车片带口点])|折号|建行|招行|绿卡|农行|工行|建行|中行|交行|邮储|农商行|农商银行|农信社|信用社|银行"
)
_OWN_CARD_CUE = re.compile(
    r"(?:银行卡|(?<![员证书禁交C])卡号|储蓄卡|借记卡|信用卡|工资卡|存折|折号|一卡通|一折通|卡面|绿卡|(?<=[的张])卡)[^，。；！？\n]{0,12}$"
)
_BANK_GAP = frozenset(" \t\n\r　-–—·.")
_ODD_GAP = re.compile(r"[ 　\n]?([_/\\|,，、;；~～+*#])\1?[ 　\n]?")
"""Marks that divide a card number only for somebody who wants to hide it, or in a hurry."""
_GROUPS_OF_A_CARD = frozenset({3, 4, 5, 6, 7, 8})
_UNION_PAY = frozenset({16, 19})
"""The lengths of cards that begin with 62."""


def luhn(digits: str) -> bool:
    """Does the check digit of a card number agree (ISO/IEC 7812)?"""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _bank_cards(plain: str, run: list[_Group]) -> Iterator[Identifier]:
    taken = -1
    for window in _windows(plain, run, _BANK_LENGTHS):
        if window.start >= taken and _is_bank_card(window):
            whole = _whole_card(window)
            taken = whole.end
            yield Identifier(Kind.BANK_CARD, whole.start, whole.end, whole.digits)


def _whole_card(window: _Window) -> _Window:
    """4-4-4-4 may be the beginning of 4-4-4-4-3: the number goes on as long as its last group is short."""
    following = window.following
    goes_on = len(window.shape) > 1 and window.gap_after in {" ", "-"}
    if following and goes_on and len(following.digits) <= 3 and len(window.digits + following.digits) <= 19:
        return window.longer
    return window


def _is_bank_card(window: _Window) -> bool:
    digits = window.digits
    if len(set(digits)) == 1:
        return False
    if not all(_BANK_GAP.issuperset(gap) for gap in window.gaps):
        return _is_a_card_divided_oddly(window)
    if window.labelled_code and not window.said_before(_CARD_CUE, 8):
        return False
    told = window.said_before(_CARD_CUE, 40)
    if digits.startswith("62") and len(digits) in _UNION_PAY and window.whole_run:
        return True
    if not told and set(window.shape[:-1]) - {4} and set(window.shape) != {1}:
        return False
    if digits.startswith("62"):
        return told or luhn(digits)
    if window.whole_run and set(window.shape[:-1]) == {4} and luhn(digits) and digits[0] in "3456":
        return True
    if told and luhn(digits) and digits[0] in "34569":
        return True
    return window.said_before(_OWN_CARD_CUE, 24)


def _is_a_card_divided_oddly(window: _Window) -> bool:
    """6226_9018_3750_2644: one odd mark between all groups, an issuer, and words that speak of a card."""
    marks = {match[1] if (match := _ODD_GAP.fullmatch(gap)) else "" for gap in window.gaps}
    if len(marks) != 1 or "" in marks or not _GROUPS_OF_A_CARD.issuperset(window.shape[:-1]):
        return False
    issued = window.digits[0] in "3456" and window.digits[:2] not in {"30", "31", "32", "33", "34"}
    divided = max(window.shape) - min(window.shape[:-1]) < 4 and window.whole_run
    return issued and divided and window.said_before(_CARD_CUE, 24) and not _QUANTITY.match(window.plain, window.end)


# Mobile numbers

_ELEVEN = re.compile(r"1[3-9]\d{9}")
_MOBILE = re.compile(r"1(?:3\d|4[014-9]|5[0-35-9]|6[2567]|7[0-8]|8\d|9[0-35-9])\d{8}")
_PREFIX = re.compile(r"(?:(?:\+|00)?86|0)(?=1)")
_MOBILE_LENGTHS = frozenset({11, 12, 13, 15})
_PHONE_CUE = re.compile(
    r"电话|手机|联系|拨打|致电|来电|打给|微信|短信|号码|咨询|报名|联络|机主|tel|mobile|phone|[☎📱📞✆]", re.IGNORECASE
)
_PHONE_SHAPES = frozenset(
    {(11,), (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (3, 5, 3), (3, 4, 2, 2), (3, 2, 2, 2, 2), (5, 6)}
)
_QUANTITY = re.compile(
    r"(?:\.\d+)?\s*(?:多|余)?(?:次|人次|元|万|亿|吨|千瓦|度|立方|平方|亩|公里|千米|米|人(?!工)|户|件|条|株|斤|公斤|千克|字节|[%％‰+×÷=])"
)
_UNSURE_GAPS = frozenset("\n\t,，、")
_TIES = frozenset("-–—./_")
_WORD_BEFORE = re.compile(r"[A-Za-z]$")
_PHONE_WORD_BEFORE = re.compile(r"(?:tel|phone|mob|mobile|vx|wx|wechat|[tvqTVQ])$", re.IGNORECASE)


def _mobiles(plain: str, run: list[_Group]) -> Iterator[Identifier]:
    taken = -1
    for window in _windows(plain, run, _MOBILE_LENGTHS):
        bare = _bare_mobile(window) if window.start >= taken else None
        if bare:
            taken = window.end
            yield Identifier(Kind.MOBILE, window.start, window.end, bare)


def _bare_mobile(window: _Window) -> str | None:
    """The eleven digits of a mobile number, if the window is one."""
    prefix = _PREFIX.match(window.digits)
    bare = window.digits[prefix.end() :] if prefix else window.digits
    if not _ELEVEN.fullmatch(bare):
        return None
    told = window.said_before(_PHONE_CUE, 20)
    if not _divided_as_a_phone(window, prefix.end() if prefix else 0, told=told):
        return None
    if not told and (not _MOBILE.fullmatch(bare) or _QUANTITY.match(window.plain, window.end) or _in_a_word(window)):
        return None
    if window.labelled_code and not window.said_before(_PHONE_CUE, 8):
        return None
    return bare


def _in_a_word(window: _Window) -> bool:
    before = window.plain[max(0, window.start - 8) : window.start]
    return bool(_WORD_BEFORE.search(before)) and not _PHONE_WORD_BEFORE.search(before)


def _divided_as_a_phone(window: _Window, prefix: int, *, told: bool) -> bool:
    """Are the groups divided as people divide a telephone number, and not cut out of a longer code?"""
    shape, gaps = window.shape, "".join(window.gaps)
    if prefix:
        shape = shape[1:] if shape[0] == prefix else (shape[0] - prefix, *shape[1:])
    if shape == (11,):
        return True
    if not told and not _UNSURE_GAPS.isdisjoint(gaps):
        return False
    if ("." in gaps and shape != (3, 4, 4)) or _goes_on(window):
        return False
    return shape in _PHONE_SHAPES or set(shape) == {1} or (told and (shape[0] > 1 or window.gaps[0] in {"-", " "}))


def _goes_on(window: _Window) -> bool:
    """Is it tied to more digits on either side?"""
    if not _TIES.isdisjoint(window.gap_before + window.gap_after):
        return True
    return max(window.shape) == 1 and " " in {window.gap_before, window.gap_after}
