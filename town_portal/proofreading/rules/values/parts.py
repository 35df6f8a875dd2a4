"""Parts 分项: what may be said of the figures that stand beside a total. Pure.

Whether they can be added, how far rounding may carry their sum, whether two of them are all there is
(男 and 女), and whether somebody may be counted twice (党员 and 妇女).
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from town_portal.proofreading.rules.values.figures import PERCENT, Figure, said

_ASPECTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(words))
    for name, words in (
        ("party", "党员|团员|群众|民主党派|无党派|非党"),
        ("sex", "男|女"),
        ("age", "岁|老人|老年|青年|青少年|儿童|未成年|中年|年轻|小孩|孩子|大人|成人|成年"),
        ("school", "大学|本科|大专|高中|学历|研究生|初中|小学|硕士|中专"),
        ("army", "退役|退伍|复员|军"),
        ("need", "低保|特困|脱贫|五保|困难|孤儿|监测"),
        ("health", "残疾|残障|失能|患病"),
        ("people", "少数民族|侨"),
        ("moving", "外出|流动|务工|返乡|在外|外来|本地|本村|本镇"),
        ("office", "镇干部|村干部|干部|代表|教师|老师|学生|家长|职工|志愿者|网格员|队员|医护|民警|民兵|乡贤|企业"),
    )
)
_PAIRS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(one), re.compile(other))
    for one, other in (
        ("男", "女"),
        ("已|办结|完成|整改到位|化解|通过|实到|到场|到会", "未|没|待|正在|尚|在办|还有|还在|请假|缺|剩|余下|其余"),
        ("线上|网上|网络|远程", "线下|现场|窗口|当面"),
        ("(?<!不)合格|达标|及格", "不合格|不达标|未达标|不及格"),
        ("(?<!不)满意", "不满意"),
        ("同意|赞成", "反对|不同意|不赞成"),
        ("本地|本县|本镇|本村|镇内|县内|户籍|常住", "外地|外县|外来|外镇|外村|镇外|县外|流动|非户籍"),
        ("党员", "非党员|群众"),
        ("新建|新增|新开|新(?!塘|村)", "改建|扩建|续建|改造|旧|原有|老(?!人)|翻新|提升"),
        ("(?<!无)有效", "无效|废"),
        ("公办", "民办"),
        ("上午", "下午"),
        ("上半年", "下半年"),
        ("自然人|个人", "法人|单位|企业|组织"),
        ("成人|大人|家长|成年", "孩子|儿童|学生|小孩|未成年"),
        ("现金|转账", "转账|实物|物资|现金"),
        ("集体", "个人|农户|个体"),
        ("国有", "民营"),
        ("室内", "室外"),
        ("水田", "旱地"),
        ("城镇|城区|圩镇|圩区", "农村|乡村|村"),
        ("正式", "预备"),
        ("大型|大车|大客|大(?=\\D?$)", "小型|小车|小客|小(?=\\D?$)"),
        ("财政|上级|中央|省级|补助", "自筹|自有|社会|村集体|群众"),
        ("村", "社区"),
        ("白天|日间", "夜间|晚上"),
        ("干部", "群众|村民"),
        ("保留|继续|维持", "取消|退出|停|清退"),
        ("队长|组长|领队", "队员|组员|成员"),
        ("采纳|吸收", "不采纳|未采纳|不予|留作"),
        ("专职", "兼职"),
        ("(?<!不)合格|通过|有效|受理|批准|录用|收下", "退回|驳回|不予|退|作废|返工|淘汰|剔除"),
        ("大人", "小孩|孩子"),
        ("外出|在外|务工", "在家|留守|留村"),
        ("工作日|平日|平时", "周末|节假日|双休"),
        ("一[标号组队班区片]|第一|首", "二[标号组队班区片]|第二|尾|末"),
        ("东", "西"),
        ("南", "北"),
        ("甲", "乙"),
        ("内(?!科)", "外(?!科)"),
        ("左", "右"),
    )
)
_FOUND = re.compile(r"(?:发现|排查出?|查出|存在|整改|解决|收集|反映)(?P<what>[^，。]{2,4})$")
_FEW = 3
GENERIC = frozenset({"个", "", "项", "处", "家", "次", "场", "种", "类", "间", "条", "件", "名", "座"})


def slack(whole: Figure, parts: Sequence[Figure]) -> Decimal:
    """How far a sum may be from its total by rounding alone.

    Beside 1.8万 a 2万 is a 2.0万: what is written with a point says how finely all were counted. Of two or three
    such figures a whole step is no rounding any more.
    """
    steps = [part.base_step for part in parts]
    if any(fractional(one) for one in (whole, *parts)):
        finest = min(whole.base_step, *steps)
        if whole.base_step > max(steps):
            return max(whole.base_step / 2, finest)
        return finest * (len(steps) / Decimal(2) if len(steps) > _FEW else Decimal("0.9"))
    if whole.base_step > max(steps):
        return max(whole.base_step, *steps) * (len(steps) if len(steps) > 2 else 1) / 2
    return Decimal(0)


def fractional(figure: Figure) -> bool:
    """Was it written with a decimal point?"""
    return figure.step not in (Decimal(1), Decimal(10000), Decimal(10**8))


def equal(total: Decimal, whole: Figure, parts: Sequence[Figure]) -> bool:
    """Is a sum its total, but for rounding?"""
    return abs(total - whole.base) <= slack(whole, parts)


def total_of(parts: Iterable[Figure]) -> Decimal:
    """The sum of figures, in base units."""
    return sum((part.base for part in parts), Decimal(0))


def opposed(parts: Sequence[Figure]) -> bool:
    """Are the parts two sides of one thing, so that together they are all of it: 男 and 女?"""
    if len(parts) != 2:
        return False
    one, other = parts[0].label, parts[1].label
    if _denied(parts[0].lead, parts[1].lead) or _denied(parts[1].lead, parts[0].lead):
        return True
    return any(
        (a.search(one) and b.search(other) and not (b.search(one) and a.search(other)))
        or (b.search(one) and a.search(other) and not (a.search(one) and b.search(other)))
        for a, b in _PAIRS
    )


def _denied(one: str, other: str) -> bool:
    """Is the one the other with 非, 不, 未 or 无 before it: 经营性自建房, 非经营性自建房?"""
    words = re.sub(r"^(?:其中|和|与|及)|[有是为]$", "", one)
    return len(words) > 1 and any(sign + words in other for sign in "非不未无")


def overlapping(parts: Sequence[Figure]) -> bool:
    """May somebody be counted in two of the parts: 党员 and 妇女?"""
    if parts[0].kind not in ("person", "户", "人次", "个", ""):
        return False
    labels = [_own_words(part) for part in parts]
    if sum("以上" in label for label in labels) > 1 or sum("以下" in label for label in labels) > 1:
        return True
    aspects = [_aspect(label) for label in labels]
    named = {aspect for aspect in aspects if aspect not in ("", "office")}
    return len(named) > 1 or (len(named) == 1 and len(set(aspects)) > 1 and sum(one in named for one in aspects) == 1)


def _own_words(part: Figure) -> str:
    return part.lead if part.lead.strip("有是为的 ") else part.tail


def _aspect(label: str) -> str:
    return next((name for name, words in _ASPECTS if words.search(label)), "")


def comparable(whole: Figure, parts: Sequence[Figure]) -> bool:
    """Can the total be a total of these: the same unit, or things called alike where the unit is a general one?"""
    if whole.unit not in GENERIC:
        return True
    nouns = [part.tail.strip() for part in parts]
    if all(nouns) and not whole.tail.strip() and all(part.unit != whole.unit for part in parts):
        counted = _FOUND.search(whole.lead)
        return counted is None or any(set(counted["what"]) & set(noun[:6]) for noun in nouns)
    if not all(nouns) or not whole.tail.strip():
        return True
    return any(set(noun[:4]) & set(whole.tail[:8]) for noun in nouns) or len(set(nouns)) == 1


def unfit(figure: Figure) -> bool:
    """Is it no figure to be added: rough, a rate, an age, a time?"""
    return (
        not figure.exact or figure.unit in (PERCENT, "岁", "周岁", "年", "月", "℃", "度", "点") or figure.kind == "time"
    )


def said_as(base: Decimal, like: Figure) -> str:
    """A value in base units, said in the unit of a figure."""
    return said(base * like.value / like.base) if like.base else said(base)
