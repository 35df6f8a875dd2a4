"""Tellings 说数: how many of what a text tells, so that two places of it can be held against each other. Pure.

A telling is a figure with the least and the greatest number its words allow, the noun it counts, and
the scope it is told of: a part (其中), each (每), last year (去年), planned (计划). Two tellings are of the
same things only when their nouns are the same; whether they contradict is for the check to say.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import combinations

from town_portal.proofreading.rules.values.facts import clause_at
from town_portal.proofreading.rules.values.figures import Figure, figures

_KINDS = frozenset({"person", "money", "length", "area", "volume", "mass"})
_THINGS = frozenset(
    "人次 人份 车次 户次 个 户 家 间 条 件 宗 起 份 张 本 册 套 台 辆 部 场 处 座 栋 幢 棵 株 头 只 羽 尾 匹 根 块 项 门 节 堂 "
    "篇 则 幅 面 盏 支 组 枚 袋 箱 包 桶 瓶 盒 车 艘 架 把 顶 双 对 段 眼 所 桌 筐 村 支队 口 方 床 盆 捆 篮 杯 碗".split()
)
_ALWAYS_KNOWN = frozenset(("money", "length", "area", "volume", "mass"))
"""Kinds whose figures may be told of a thing without naming it again: 这笔130万元, 这条3公里的路."""

_FLOOR = frozenset("超过 超出 超 逾 突破 多达 至少 最少 起码 不少于 不低于 不下于 不下 不止 多于 大于 高于 上".split())
_CEILING = frozenset("近乎 几乎 将近 接近 几近 近 不足 不到 不满 低于 少于 小于 至多 最多 不超过".split())
_ROUND = 10_000
_BY_CHANCE = 2
_FEW, _WIDE, _LOOSE = Decimal("0.8"), Decimal("1.2"), Decimal("1.5")

_LINK = re.compile(
    r"(?:总?共计?|合计|总计|一共|累计|约|近|超过?|逾|达到?|高达|多达|有|了|为|是|计|的|数量|人数|名额|已|就|足足|整整|将近|大约|：)+$"
)
_ATTRIBUTE = re.compile(
    r"^多?(?:参[加与][\u4e00-\u9fff]{0,5}的|(?:参[赛训会演评保]|与会|到场|入围|受[表奖训灾助益]|获奖|新[种栽建修装购增]|涉事|相关|优秀|崭新|[新大小好]|老(?!人|年|师|党|乡|板|兵|伯|百姓|区))的?|参[加与]的)"
    r"(?=[\u4e00-\u9fff]{2})"
)
_OF_WHAT = re.compile(r"^(?:长|宽|高|大|深)?的(?:崭?新|大|小)?(?P<noun>[\u4e00-\u9fff]{2,})")
_MORE_NOUN = re.compile(
    r"^(?:代表|干部|家[长庭属]|骨干|志愿|教师|队[员伍长]|成员|人员|子女|之家|户|员|者|队|长(?!势)|工作|带头|积极|老|青|女|男|负责|服务|企业"
    r"|组[长织]|党|群众|和|、|及|与|村|社区|学生|儿童|园|树|苗|节|基地|合作社|厂|店|产业|种植)"
)
"""What makes another noun of the one before it: 群众 and 群众代表."""
_VERBAL = re.compile(
    r"^(?:参|到|出席|经过|同台|展开|齐聚|前来|在|的|为|将|和|与|及|被|从|向|是|也|都|均|已|进行|获|得|开展|围绕|现场|共|用于|给|等|左右|以"
    r"|报名|热情|积极|踊跃|捐|观看|齐|汇|一[起同道]|争|激|比|切|角逐|上|下|前|后|来|于|并|且|时|内|之|全部|发|放|送|组织|举|召|全员|纷纷|一致|先后|陆续|共同|就|便|只|有|没|不|还|再|又|中|里|外)"
)
_DEED = re.compile(
    r"参加|参与|参赛|参会|参训|与会|出席|到场|报名|捐款|种下|种植|栽下|栽种|清理|发放|募集|筹集|观看|培训"
)
_BODIES = frozenset("班村组队")
"""What is counted by 个 and named with one sign."""
_REMEMBERED = 8
_DOING = re.compile(r"(?:参加|参与|出席|前来|到场)(?:了|本次|此次|这次)?(?:活动|会议|培训|比赛|演练|义诊|讲座|仪式)?$")
_NOUN_REACH = 4
"""So many signs of attributes may stand before the noun that is counted: 名参训种植户."""

_SCOPES = (
    (
        "part",
        r"其中|另[有外]?|此外|还有|除|其余|其他|余下|剩|部分|优秀|先进|[一二三]等奖|获奖|冠军|晋级|决赛|淘汰|缺席|请假|退出|未|尚|不合格|存在",
    ),
    (
        "each",
        r"每(?!一?(?:人|户|家|位|个人)[都皆也捧领获拿签按])|平均|人均|户均|日均|月均|均|各(?!村|办|位|类|界|级|方|种|支|项|部)|分别|单个|一(?:户|人|天|亩|斤)",
    ),
    ("past", r"去年|上年|前年|往年|历年|往届|上届|上月|上季|同期|原[有来定先]|曾|此前|以前|当年|\d{4}年|年[初底末]"),
    ("total", r"今年以来|截至|截止|累计|年内|全年|上半年|下半年|季度|月[底末初]|历时|连续"),
    ("plan", r"计划|预计|预期|拟|将|目标|力争|不少于|至少|上限|最多|应[到缴急参交]|名额|需要|还[需要]"),
    (
        "change",
        r"新增|增加|增至|增长|扩大|扩[种建招]|减少|下降|提高|追加|再|又|比(?!赛|武|拼)|同比|环比|翻|提升|升至|降至|由\D{0,6}$",
    ),
    (
        "turn",
        r"首[日批场轮期]|次日|第[一二三四五六七八九十\d]+[天日轮批场期组次阶年]|前[一二三四五六七八九十\d]|后[一二三四五六七八九十\d]|[一二三四][期组队]|[甲乙丙A-D]组|(?<![一个])[上下]午|晚上|早上|(?:开幕|节日|假期|首)\S{0,2}当[天日]|[一二两三四五六七八九十\d]天",
    ),
    ("wide", r"全县|全市|全省|全国|县里|县级|市级|省级|国家级|该村|本村|我村|全村"),
)
_WORDED = frozenset({"wide", "turn", "past"})
"""Scopes that are the same only when they are said in the same words."""
_SCOPE = {name: re.compile(words) for name, words in _SCOPES}


@dataclass(frozen=True, slots=True)
class Telling:
    """So many of something: 约60余名志愿者 is 60 to 90 persons, followed by 志愿者."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    figure: Figure

    @property
    def before(self) -> str:
        """The words before the figure, back to a mark or another figure."""
        return self.figure.lead

    @property
    def after(self) -> str:
        """The words behind the unit, up to a mark or another figure."""
        return self.figure.tail

    @property
    def kind(self) -> str:
        """person, money …, or the measure word."""
        return self.figure.kind

    @property
    def exact(self) -> bool:
        """Said without a hedge?"""
        return self.figure.exact

    def agrees_with(self, other: "Telling") -> bool:
        """Can both be the same number, but for rounding where one is said in rounder numbers?"""
        if self.low <= other.high and other.low <= self.high:
            return True
        steps = sorted((self.figure.base_step, other.figure.base_step))
        return steps[0] < steps[1] and abs(self.low - other.low) * 2 < steps[1]

    def turned_from(self, other: "Telling") -> bool:
        """Are these the figures of the other in another order: 64 for 46?"""
        mine, yours = _digits(self), _digits(other)
        size = max(len(mine), len(yours))
        mine, yours = (_padded(digits, one, size) for digits, one in ((mine, self), (yours, other)))
        return self.exact and other.exact and mine != yours and len(mine) > 1 and sorted(mine) == sorted(yours)

    @property
    def long(self) -> bool:
        """Has it three figures that say something, so that two such do not meet by chance?"""
        return len(_digits(self)) > _BY_CHANCE


def _digits(one: Telling) -> str:
    value = one.figure.value
    return f"{value:f}".replace(".", "") if value < _ROUND else _significant(value)


def _padded(digits: str, one: Telling, size: int) -> str:
    """420万 beside 402万: the noughts at the end that the other has figures for."""
    return digits.ljust(size, "0") if one.figure.value >= _ROUND and len(digits) == size - 1 else digits


@lru_cache(maxsize=16)
def tellings(text: str) -> tuple[Telling, ...]:
    """Every telling of a text, in order. 一 of something is no count but a way of speaking."""
    return tuple(_told(text))


def _told(text: str) -> Iterator[Telling]:
    for figure in figures(text):
        if figure.kind not in _KINDS and figure.unit not in _THINGS:
            continue
        if figure.value == 0 or (figure.chinese and figure.value == 1) or figure.unit in ("号", "例"):
            continue
        low, high = _reach(figure)
        yield Telling(figure.start, figure.end, low, high, figure)


def _reach(figure: Figure) -> tuple[Decimal, Decimal]:
    """The least and the greatest number a figure's words allow."""
    value, factor = figure.base, figure.base / figure.value
    if figure.high is not None:
        return value, figure.high * factor
    if figure.before in _FLOOR or figure.odd or figure.after in ("以上", "多", "有余", "开外", "出头", "不止"):
        low = value * (_FEW if figure.odd == "几" else 1)
        return low, value * (2 if len(_significant(figure.value)) == 1 else _LOOSE)
    if figure.before in _CEILING or figure.after in ("以下", "以内", "之内"):
        return value * _FEW, value
    return (value, value) if figure.exact else (value * _FEW, value * _WIDE)


def _significant(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", "").strip("0")


# Of the same things --------------------------------------------------------------------------------


def same_things(one: Telling, other: Telling, text: str, other_text: str) -> bool:
    """Is the same kind of thing counted? Decided by the noun behind the unit, or before the figure."""
    if one.kind != other.kind:
        return False
    if measure_of(one, clause_at(other_text, other.start, other.end)) or measure_of(
        other, clause_at(text, one.start, one.end)
    ):
        return True
    first, second = (_noun_after(telling) for telling in (one, other))
    if one.kind == "个" and one.after[:1] in _BODIES and one.after[:1] == other.after[:1]:
        return not any(_MORE_NOUN.match(telling.after[1:]) for telling in (one, other))
    if first and second:
        if one.kind == "户" and _common(first, second) > 1:
            return True
        heads = [_noun_before(telling) for telling in (one, other)]
        if _names(second, heads[0]) or _names(first, heads[1]):
            return True
        return _same_noun(first, second) or (one.kind == "支" and "队" in first[:3] and "队" in second[:3])
    heads = [_noun_before(telling) if not after else "" for telling, after in ((one, first), (other, second))]
    if first or second:
        return _names(first or second, heads[0] or heads[1])
    if heads[0] or heads[1]:
        return _ends_alike(heads[0], heads[1])
    deeds, others = (
        set(_DEED.findall(clause_at(words, telling.start, telling.end)))
        for words, telling in ((text, one), (other_text, other))
    )
    return one.kind == "person" and bool(deeds & others)


_TAKES_PART = re.compile(r"(?:参[加与]|到场|与会|出席)(?!过)")
_TOOK_PART = re.compile(
    r"^多?(?:参[训会赛加演]|与会|到场|受训)的?(?!单位|村|队|企业|家庭|[党团]员|代表)[\u4e00-\u9fff]{2}"
)


def all_who_came(one: Telling, other: Telling) -> bool:
    """Is one the number of those who came (120人参加), the other told of who came (150名参训学员)?"""
    bare = one.kind == other.kind == "person" and _TAKES_PART.match(one.after)
    return bool(bare) and _TOOK_PART.match(other.after) is not None


def measure_of(one: Telling, clause: str) -> bool:
    """Is one the measure of what another's clause names: 230平方米的文化室 and 文化室建筑面积320平方米?"""
    found = _OF_WHAT.match(one.after)
    return found is not None and one.kind in _ALWAYS_KNOWN and found["noun"][:2] in clause


def nameless(one: Telling) -> bool:
    """Is it told with no noun of its own, or only with its kind's: 这笔130万元, 3.2公里长的路?"""
    return one.kind in _ALWAYS_KNOWN or not (_noun_after(one) or _noun_before(one))


def _noun_after(one: Telling) -> str:
    """What follows the unit, if it is a noun: 队伍参加比赛 of 8支参赛队伍参加比赛."""
    words = _ATTRIBUTE.sub("", one.after, count=1)
    return "" if len(words) < 2 or _VERBAL.match(words) else words


def _noun_before(one: Telling) -> str:
    """The words before the figure without what links them to it: 发放宣传单 of 发放宣传单共200份."""
    words = _LINK.sub("", one.before)
    return "" if words.endswith("这") or _DOING.search(words) else words


def _same_noun(first: str, second: str) -> bool:
    """Do two stretches begin with the same noun, one perhaps with an attribute, and end it at the same place?"""
    for at, longer, shorter in (
        (0, first, second),
        *((n, a, b) for n in range(1, _NOUN_REACH) for a, b in ((first, second), (second, first))),
    ):
        size = _common(longer[at:], shorter)
        if size >= 2 and not any(_MORE_NOUN.match(words) for words in (longer[at + size :], shorter[size:])):
            return True
    return False


def _common(one: str, other: str) -> int:
    """How many signs two stretches have in common at their beginning."""
    places = zip(one, other, strict=False)
    return next((place for place, (a, b) in enumerate(places) if a != b), min(len(one), len(other)))


def _names(after: str, before: str) -> bool:
    """Does what stands before one figure end with the noun that stands behind the other?"""
    for at in range(_NOUN_REACH):
        for size in range(min(len(after) - at, 8), 1, -1):
            if before.endswith(after[at : at + size]):
                return not _MORE_NOUN.match(after[at + size :])
    return False


def _ends_alike(one: str, other: str) -> bool:
    """Do two stretches end with the same noun?"""
    return _common(one[::-1], other[::-1]) >= 2


def other_noun(one: Telling, other: Telling) -> bool:
    """Do both name what they count, and name different things?"""
    if one.kind in ("株", "棵"):
        return False
    first, second = (_noun_after(telling) or _noun_before(telling) for telling in (one, other))
    return bool(first) and bool(second) and not set(first) & set(second)


_CHOSEN = re.compile(
    r"分[两二三四五六\d]+[期批步](?=[拨付实进完到])|(?<=中)(?:[评遴挑推]?选|评|挑|筛|产生|抽|脱颖)[^，。；]*$"
)
"""从123件作品中选出获奖作品30件: what is chosen out of them is a part, not they."""

# Scope -------------------------------------------------------------------------------------------


def scope(text: str, one: Telling) -> frozenset[str]:
    """Of what a telling is told: part, each, total, plan, change; and in so many words when and how wide."""
    clause = _CHOSEN.sub("", clause_at(text, one.start, one.end))
    names = {name for name, words in _SCOPE.items() if words.search(clause)}
    worded = {found for name in names & _WORDED for found in _SCOPE[name].findall(clause)}
    return frozenset((names - _WORDED) | worded | (names & {"turn", "past"}))


def worked_out(one: Telling, others: Sequence[Telling]) -> bool:
    """Is a figure the sum of others, or the difference of two?"""
    values = [other.figure.base for other in others if other.exact][-_REMEMBERED:]
    sums = {sum(some) for size in (2, 3, 4) for some in combinations(values, size)}
    gaps = {abs(a - b) for a, b in combinations(values, 2)}
    return one.figure.base in sums | gaps
