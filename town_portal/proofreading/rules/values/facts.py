"""Facts 事实: what a text states and another place of it can contradict - days, people, places.

Every fact knows where it stands. Nothing is judged here; what may be compared with what is for the
check to say.
"""

import re
from dataclasses import dataclass

from town_portal.proofreading.rules.lexicon import Lexicon

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_DAY = re.compile(
    r"(?:(?P<year>20\d\d|二[〇零]二[〇零一二三四五六七八九])年)?"
    r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月"
    r"(?P<day>3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])[日号](?![线楼门])"
)

SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦马苗方俞任袁柳史唐费薛雷贺倪汤"
    "滕罗毕郝邬安常傅卞齐康伍余元顾孟黄穆萧尹姚邵汪祁毛狄米贝戴宋庞熊纪舒项祝董梁杜阮蓝闵季贾江童郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍"
    "虞万柯卢莫房缪解应宗丁邓洪包左石崔龚程邢裴陆荣翁甄封芮靳段焦侯全班仲宁仇甘厉祖武符刘景詹龙叶黎白蒲邰赖卓屠池乔谭温庄晏柴瞿阎"
    "连习艾容向古易廖居衡步耿满匡文寇广阙东欧利师巩聂关麦邝冼邹植区曾岑"
)
"""The surnames of the region, one sign each."""

_ROLES = (
    "村支书|支书|村主任|副支书|大姐|大嫂|阿姨|师傅|老板|店主|护林员|村民|居民|群众|志愿者|党员|老人|学生|同学|教师|老师|校长|医生|护士|农户|果农|种植户|养殖户|负责人|书记|主任|副主任|委员|干部"
    "|网格员|队长|队员|组长|经理|总经理|董事长|会长|所长|副所长|站长|园长|院长|代表|选手|驻村工作队员|驻村第一书记|镇长|副镇长|主席|先生|女士|乡贤|企业家|技术员|农技员|讲师|律师|民警"
)
_SAYS = "说|表示|介绍|告诉|笑着|带|坦言|感慨|感叹|回忆|高兴|激动|一边|带领|认为|指出|强调|称|道|家"
_NAME = r"[\u4e00-\u9fff]{2,3}?"
_NAMED_BEFORE = re.compile(
    rf"(?:{_ROLES}|我叫|他叫|她叫|名叫)(?P<name>{_NAME})(?=(?:{_SAYS}|同志|（|，|、|。|；|等|和|与|在|为|向|从|被|的|是|也|正|到|就|主持|出席|参加|作|获)|$)"
)
_NAMED_AFTER = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<name>[\u4e00-\u9fff]{2,3}?)(?:同志|先生|女士|老师|医生|书记|主任|队长|老人|激动地|高兴地|笑着)?"
    r"(?:说|表示|介绍|告诉|坦言|感慨|感叹|回忆)"
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar as a text writes it; ``year`` when it is written."""

    start: int
    end: int
    month: int
    day: int
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name where a role or a verb of speech shows that it is one."""

    start: int
    end: int
    name: str


def chinese_number(words: str) -> int | None:
    """The value of a numeral under a hundred thousand, 一百二十 or 二十五; None when it is not one."""
    total, digit = 0, None
    for sign in words:
        if sign in _DIGITS:
            if digit not in {None, 0}:
                return None
            digit = _DIGITS[sign]
        elif sign in _POWERS:
            total += (1 if digit is None else digit) * _POWERS[sign]
            digit = None
        else:
            return None
    return total + (digit or 0)


_PLACE = re.compile(
    r"(?!走进|来到|进入|建设|打造|这个|整个|.在)[\u4e00-\u9fff]{2}(?:小学|中学|幼儿园|片区|基地|公司|标段|路段|河段|项目|工程|合作社)"
)
_CLAUSE_MARK = re.compile(r"[，。；！？\n]")
_CLAUSE = 60


def days(text: str) -> list[Day]:
    """Every day with its month, in figures or in Chinese numerals, in order."""
    return [
        Day(
            match.start(),
            match.end(),
            _small(match.group("month")),
            _small(match.group("day")),
            _year(match.group("year")),
        )
        for match in _DAY.finditer(text)
    ]


def _small(words: str) -> int:
    return int(words) if words.isdigit() else chinese_number(words) or 0


def _year(words: str | None) -> int | None:
    if not words:
        return None
    return int("".join(sign if sign.isdigit() else str(_DIGITS[sign]) for sign in words))


def people(text: str) -> list[Person]:
    """The people a text names, in order, wherever a role or a verb of speech shows a name."""
    found = {
        match.span("name"): match.group("name")
        for pattern in (_NAMED_BEFORE, _NAMED_AFTER)
        for match in pattern.finditer(text)
        if match.group("name")[0] in SURNAMES
    }
    return [Person(start, end, name) for (start, end), name in sorted(found.items())]


def clause_at(text: str, start: int, end: int) -> str:
    """The part of a sentence around a stretch, from mark to mark."""
    before, after = text[max(0, start - _CLAUSE) : start], text[end : end + _CLAUSE]
    left, right = _CLAUSE_MARK.split(before)[-1], _CLAUSE_MARK.split(after, maxsplit=1)[0]
    return left + text[start:end] + right


def told_places(clause: str, lexicon: Lexicon) -> frozenset[str]:
    """The villages, communities and towns a clause names, and its schools, firms and sections of road."""
    names = (*lexicon.villages, *lexicon.communities, *lexicon.other_towns)
    return frozenset({name for name in names if name in clause} | set(_PLACE.findall(clause)))
