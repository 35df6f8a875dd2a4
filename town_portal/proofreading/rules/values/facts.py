"""Facts 事实: what a text states and another place of it can contradict - counts of things, days, people.

Every fact knows where it stands. Nothing is judged here; what may be compared with what is for the
check to say.
"""

import re
from dataclasses import dataclass

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}

_UNITS = (
    "人次|车次|户次|平方米|平方公里|立方米|公里|千米|公斤|万元|亿元|小时|分钟|课时|个月|人|名|位|个|支|户|家|棵|株|辆|台|套|份|册|本|条"
    "|件|场|次|批|届|天|米|亩|吨|斤|元|处|所|间|座|栋|幢|盏|面|幅|块|项|宗|起|例|组|对|袋|箱|桶|瓶|只|头|尾|羽|盒|张|篇|节|门|堂|层|艘|颗|枚|期"
)
_COUNT = re.compile(
    r"(?P<before>约|近|超过|超|逾|达|不少于|至少|上)?(?<![第\d.])"
    r"(?P<number>\d[\d,]*(?:\.\d+)?|[零一二三四五六七八九十百千两]{1,9}(?<![一]))"
    rf"(?P<large>[百千万亿])?(?P<after>余|多|来|几)?(?P<large_after>[万亿])?(?P<unit>{_UNITS})(?P<more>[余多])?"
)
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
    "村民|居民|群众|志愿者|党员|老人|学生|同学|教师|老师|校长|医生|护士|农户|果农|种植户|养殖户|负责人|书记|主任|副主任|委员|干部"
    "|网格员|队长|队员|组长|经理|总经理|董事长|会长|所长|副所长|站长|园长|院长|代表|选手|驻村工作队员|驻村第一书记|镇长|副镇长|主席|先生|女士|乡贤|企业家|技术员|农技员|讲师|律师|民警"
)
_SAYS = "说|表示|介绍|告诉|笑着|带|坦言|感慨|感叹|回忆|高兴|激动|一边|带领|认为|指出|强调|称|道|家"
_NAME = r"[\u4e00-\u9fff]{2,3}?"
_NAMED_BEFORE = re.compile(
    rf"(?:{_ROLES})(?P<name>{_NAME})(?=(?:{_SAYS}|同志|（|，|、|。|；|等|和|与|在|为|向|从|被|的|是|也|正|到|就|主持|出席|参加|作|获)|$)"
)
_NAMED_AFTER = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<name>[\u4e00-\u9fff]{2,3}?)(?:同志|先生|女士|老师|医生|书记|主任|队长|老人|激动地|高兴地|笑着)?"
    r"(?:说|表示|介绍|告诉|坦言|感慨|感叹|回忆)"
)


@dataclass(frozen=True, slots=True)
class Count:
    """So many of something: 约 60 余名志愿者 is 60 to 120 of unit 名, followed by 志愿者."""

    start: int
    end: int
    """Behind the unit."""
    low: float
    high: float
    unit: str
    before: str
    """The words before the figure, back to the last mark."""
    after: str
    """The words behind the unit, up to the next mark."""

    def agrees_with(self, other: "Count") -> bool:
        """Can both be the same number?"""
        return self.low <= other.high and other.low <= self.high


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


def counts(text: str) -> list[Count]:
    """Every count of a text, in order. 一 of something is no count but a way of speaking."""
    return [count for match in _COUNT.finditer(text) if (count := _count(text, match)) is not None]


def _count(text: str, match: re.Match[str]) -> Count | None:
    number, unit = match.group("number"), match.group("unit")
    value: float | None
    value = float(number.replace(",", "")) if number[0].isdigit() else chinese_number(number)
    if value is None or value == 0:
        return None
    for large in (match.group("large"), match.group("large_after")):
        if large:
            value *= (_LARGE | _POWERS)[large]
    if unit in {"万元", "亿元"}:
        value *= _LARGE[unit[0]]
        unit = "元"
    low, high = _about(value, match)
    return Count(
        match.start(), match.end(), low, high, unit, _words_before(text, match.start()), _words_after(text, match.end())
    )


def _about(value: float, match: re.Match[str]) -> tuple[float, float]:
    """The least and the greatest number that the words allow; round numerals (百亩, 千人) are loose."""
    before, number = match.group("before") or "", match.group("number")
    if match.group("after") or match.group("more") or before in {"超过", "超", "逾", "上", "不少于", "至少"}:
        return value, value * 2 if number[-1] in "十百千" else value * 1.5
    if before == "近":
        return value * 0.8, value
    if before == "约":
        return value * 0.8, value * 1.2
    if number in {"百", "千", "十"} or (not number[0].isdigit() and number[-1] in "百千"):
        return value * 0.8, value * 2
    return value, value


_BREAK = re.compile(r"[，。；：！？、\n（）《》“”(),;:]")
_REACH = 14
_CLAUSE_MARK = re.compile(r"[，。；！？\n]")
_CLAUSE = 60


def _words_before(text: str, place: int) -> str:
    words = text[max(0, place - _REACH) : place]
    breaks = [match.end() for match in _BREAK.finditer(words)]
    return words[breaks[-1] :] if breaks else words


def _words_after(text: str, place: int) -> str:
    words = text[place : place + _REACH]
    stop = _BREAK.search(words)
    return words[: stop.start()] if stop else words


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
