"""单位不对: a unit that cannot belong to the thing, and a value that is off by its scale.

Finds: 面积1200米, 全长3亩, 3.5万吨门诊量, 村民120吨, 生猪500名; an age of 350, a rate of 850%, a village
meeting of 300,000, a rainfall of 50 metres; 350万元 that is 350元 further on. What things are measured in
and between which bounds stands in ``data/measured_things.csv``, ``measured_nouns.csv``, ``scale_bounds.csv``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon, Term
from town_portal.proofreading.rules.values.figures import PERCENT, Figure, figures, said
from town_portal.proofreading.rules.writing import Writing

THINGS = "measured_things"
"""Kind of terms: words for a measure, with the kinds of unit it may have."""
NOUNS = "measured_nouns"
"""Kind of terms: things, with the class they belong to."""
BOUNDS = "scale_bounds"
"""Kind of terms: words for a measure, with ``least..most unit``."""

Fault = tuple[int, int, str, str | None]

_KINDS = {
    "length": "米、公里",
    "area": "平方米、亩、公顷",
    "volume": "立方米",
    "mass": "公斤、吨",
    "money": "元、万元",
    "time": "小时、分钟",
    "person": "人、人次",
    "heat": "℃",
    "energy": "千瓦时",
    "power": "千瓦",
    "age": "岁",
    "days": "天",
    "book": "册、本",
    "ratio": "百分比",
    "years": "年",
}
_SQUARE = {"米": "平方米", "公里": "平方公里", "千米": "平方千米", "平方米": "米", "平方公里": "公里", "立方米": "米"}
_LINK = (
    r"(?:总|约|近|超|不得|不能|不可|每(?:秒|小时|分钟)|共|已|仅|就|也|只|合计|共计|总计|一共|累计|达到?|高达|多达|超过|将近|大约|有|为|是|在|计|：|:|足足|足有|零下|骤降至|保持在|维持在|稳定在|控制在|保持|降至|降到|升至"
    r"|升到|骤降|回落至|飙升至|整整|不少于|最高|突破|扩大到|增加到|提高到|新增|增加|达到了|了|均|还|不到|不足|才|只有|一度|升|能|可){0,4}\s?"
)
_DEED = r"(?:清淤|疏浚|疏通|修复|维修|硬化|铺设|延伸|贯通|修缮|加固){0,2}"
"""What is done to a thing may stand between it and its figure: 灌渠清淤3.2公里."""
_TOWN_MEETING = re.compile(
    r"(?:会议|培训|讲座|宣讲|座谈会|课堂|比赛|演练|义诊|茶话会|村民大会|党课|主题党日|活动|晚会|分享会|运动会|村|支部|小学|学校|祠堂|文化室|现场)"
)
_GATHERED = re.compile(
    r"(?:坐了|来了|挤满|站满|涌入|吸引|组织|召集|发动|参加|参与|到场|出席|动员|共|有|培训|前来|聚集|近|超)(?:了)?$"
)
_RANGE = re.compile(r"(?P<least>-?[\d.]*)\.\.(?P<most>[\d.]*) (?P<unit>\S+)")


_DONE, _EACH = "动", "每"
"""Notes of terms: a thing that is a verb; a bound that holds for what is told of one (每斤卖到…)."""


@dataclass(frozen=True)
class Bound:
    """Between which values a measure lies."""

    name: str
    least: Decimal | None
    most: Decimal | None
    unit: str
    each: bool


@dataclass(frozen=True)
class _Knowledge:
    """What the terms say, made ready for matching."""

    things: dict[str, frozenset[str]]
    verbs: frozenset[str]
    """Of the things, what is done and not what is measured: nothing may follow its figure."""
    nouns: dict[str, str]
    bounds: tuple[Bound, ...]
    before: re.Pattern[str]
    noun_before: re.Pattern[str]
    noun_after: re.Pattern[str]
    thing_after: re.Pattern[str]
    small: re.Pattern[str]
    """Things one can carry, or nearly."""


@lru_cache(maxsize=4)
def _knowledge(things: tuple[Term, ...], nouns: tuple[Term, ...], bounds: tuple[Term, ...]) -> _Knowledge:
    names = "|".join(sorted((term.words for term in things), key=len, reverse=True)) or r"(?!)"
    classes = "|".join(sorted((term.words for term in nouns), key=len, reverse=True)) or r"(?!)"
    return _Knowledge(
        {term.words: frozenset(term.right.split()) for term in things},
        frozenset(term.words for term in things if term.note == _DONE),
        {term.words: term.right for term in nouns},
        tuple(bound for term in bounds if (bound := _bound(term))),
        re.compile(rf"(?P<thing>{names}){_LINK}$"),
        re.compile(rf"(?P<noun>{classes}){_DEED}{_LINK}$"),
        re.compile(rf"的?(?P<noun>{classes})(?P<rest>.*)", re.DOTALL),
        re.compile(rf"的?(?P<thing>{names})"),
        re.compile("|".join(term.words for term in nouns if term.right in ("thing", "paper", "plant")) or r"(?!)"),
    )


def _bound(term: Term) -> Bound | None:
    found = _RANGE.fullmatch(term.right)
    if not found:
        return None
    least, most = (Decimal(found[name]) if found[name] else None for name in ("least", "most"))
    return Bound(term.words, least, most, found["unit"], term.note == _EACH)


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Every figure whose unit or size cannot be that of the thing it measures."""
    known = _knowledge(*(lexicon.of(kind, writing.day) for kind in (THINGS, NOUNS, BOUNDS)))
    text = writing.plain
    taken: list[tuple[int, int]] = []
    for start, end, message, right in _faults(text, known):
        if not any(start < other_end and other_start < end for other_start, other_end in taken):
            taken.append((start, end))
            yield writing.finding(Family.UNIT_SCALE, start, end, message, right)


def _faults(text: str, known: _Knowledge) -> Iterator[Fault]:
    every = figures(text)
    for one in every:
        yield from _measure(text, one, known)
        yield from _thing(text, one, known)
        yield from _size(text, one, known)
        yield from _side(text, one)
        yield from _verb(text, one)
        yield from _topic(text, one)
        yield from _weighed(text, one)
        yield from _done_in(text, one)
    yield from _turns(text, every)
    yield from _jumps(text, every, known)


# Units -------------------------------------------------------------------------------------------

_AWAY = re.compile(r"距|离|沿|宽|深|高|厚|外|旁|每|均|时速|长|从|至|到|间隔|相隔|按|向|补|奖|罚|租|价")


def _measure(text: str, one: Figure, known: _Knowledge) -> Iterator[Fault]:
    """面积1200米; 3.5万吨门诊量."""
    if one.kind in ("days", "years") or (one.kind == "time" and one.tail):
        return
    if one.kind not in (*_KINDS, "percent") and not (
        one.kind and one.unit in ("头", "只", "台", "辆", "条", "棵", "株", "吨")
    ):
        return
    written = text[one.start : one.end]
    if match := known.before.search(one.lead):
        name = match["thing"]
        if name in known.verbs and not _alone(text, one):
            return
        if not _fits(one, known.things[name]) and _plainly(one, name, text):
            yield one.start, one.end, _say(name, known.things[name], written), _mended(text, one, known.things[name])
        return
    if (match := known.thing_after.match(one.tail)) and _ends(one.tail[match.end() :]):
        name = match["thing"]
        if (
            one.kind == "age"
            or name in known.verbs
            or name in ("投资", "收入", "资金", "经费", "距离", "人口", "面积", "高度", "深度", "年龄", "产值", "产量")
        ):
            return
        if not _fits(one, known.things[name]) and (one.measured or one.unit in ("头", "辆")):
            yield one.start, one.end + match.end(), _say(name, known.things[name], written), None


def _ends(rest: str) -> bool:
    return not rest or not rest[0].isalnum() or rest[0] in "的已达是和"


def _alone(text: str, one: Figure) -> bool:
    """Does nothing follow a figure that it might count: 造林300亩, not 播种300公斤种子?"""
    return not one.tail.strip("左右余多") and text[one.end : one.end + 1] not in ("(", "（", "/")


def _fits(one: Figure, kinds: frozenset[str]) -> bool:
    if one.kind == "percent":
        return kinds != {"heat"}
    return one.kind in kinds or not one.kind


def _plainly(one: Figure, name: str, text: str) -> bool:
    """Is the figure the measure's own, not that of something said next?"""
    if re.match(r"(?:宽|高|深|长|外|内|处|远|范围|以外|之外|/|每|／)", one.tail):
        return False
    if re.search(r"\s$", text[: one.start]) and one.kind in ("person", "money") and "\n" not in text:
        return False
    if one.tail[:1] == "的" and name in ("投资", "资金", "收入", "补贴资金"):
        return False
    if name in ("人数", "人口", "总人口", "总人数", "常住人口", "户籍人口") and one.unit not in _NEVER_PEOPLE:
        return False
    return not (name == "投资" and text[one.end : one.end + 1] == "多")


_NEVER_PEOPLE = frozenset("吨 公斤 千克 斤 亩 公顷 平方米 公里 米 千米 立方米 升 头 只 辆 台 条 棵 株 元 小时".split())


def _say(name: str, kinds: frozenset[str], written: str) -> str:
    units = "，或".join(_KINDS.get(kind, kind) for kind in sorted(kinds))
    return f"“{name}”的单位应是{units}，写的是“{written}”，请核对。"


def _mended(text: str, one: Figure, kinds: frozenset[str]) -> str | None:
    """面积1200米 is 1200平方米 for certain; nothing else is."""
    better = _SQUARE.get(one.unit, "")
    if (kinds == {"area"} and one.kind == "length" and better) or (kinds == {"length"} and one.unit == "平方米"):
        return text[one.start : one.end - len(one.unit)] + better
    return None


_WRONG = {
    "people": frozenset(
        "册 份 本 盏 张 平方公里 厘米 公顷 千瓦时 吨 公斤 千克 斤 亩 公顷 平方米 公里 千米 米 立方米 升 头 只 匹 辆 台 棵 株 毫米 小时".split()
    ),
    "animal": frozenset("名 位 辆 台 棵 株 公里 千米 米 平方米 平方公里 公顷 立方米 栋 座 盏 岁 户 ℃".split()),
    "plant": frozenset("名 位 人 头 只 辆 台 栋 匹 公里 小时 人次".split()),
    "vehicle": frozenset("名 位 头 只 匹 棵 株 亩 公顷 平方米 栋 人次".split()),
    "line": frozenset("平方公里 人次 名 位 亩 公顷 吨 公斤 千克 斤 升 头 只 棵 株 岁 立方米 小时".split()),
    "pipe": frozenset("亩 公顷 平方米 平方公里 公斤 升 头 只 棵 株 岁 小时".split()),
    "land": frozenset("米 公里 千米 厘米 毫米 吨 升 头 只 辆 小时 立方米".split()),
    "grain": frozenset("米 公里 千米 厘米 平方米 平方公里 名 位 岁 小时 ℃ 头 辆".split()),
    "paper": frozenset(
        "公里 千米 米 厘米 吨 公斤 千克 斤 克 亩 公顷 平方米 平方公里 立方米 升 岁 小时 ℃ 头 匹 尾 位 名 人 人次 棵 株 户次".split()
    ),
    "bulk": frozenset(
        "公里 千米 米 厘米 毫米 亩 公顷 平方米 平方公里 岁 小时 ℃ 头 只 匹 尾 位 名 人 人次 户 棵 株 盏".split()
    ),
    "waste": frozenset(
        "公里 千米 米 厘米 毫米 亩 公顷 平方公里 岁 小时 ℃ 头 只 匹 尾 位 名 人 人次 棵 株 盏 册".split()
    ),
    "water": frozenset("公里 千米 亩 公顷 平方公里 岁 小时 头 只 匹 尾 位 名 人 人次 棵 株 盏 册 辆".split()),
    "thing": frozenset("公里 千米 吨 公斤 千克 斤 克 亩 公顷 平方公里 立方米 升 岁 小时 ℃ 头 匹 尾 位".split()),
    "food": frozenset("米 公里 千米 厘米 平方米 平方公里 亩 公顷 名 位 岁 小时 ℃ 头 辆".split()),
    "goods": frozenset("头 只 辆 台 米 公里 千米 厘米 平方公里 名 位 岁 小时 ℃ 头 辆".split()),
    "crop": frozenset("米 公里 千米 厘米 头 只 辆 台 小时 立方米".split()),
}
_PLAIN_VERB = re.compile(
    r"(?:已|全部|均|都|同时|陆续|参加|参与|到场|前来|到会|报名|受益|出席|观看|接受|听|体验|入住|返乡|等$|进行|完成|出栏|存栏|栽种|驶|出动|待命|投入|建成|通车|硬化|竣工|平整|复耕|丰收"
    r"|收割|种植|插秧|测|量[血体]|免费|提供|上门|上路|劝导|讲解|解决|办理|看病|送去|发放|撤离|转移)"
)
_GATHER = re.compile(
    r"投入|吸引|组织|发动|邀请|接待|培训|动员|疏散|转移|召集|慰问|救助|惠及|走访|服务|聚集|安排|出动|出栏|存栏|饲养|养殖|栽|种|植|购置|调集|修建|新建|硬化|铺设|清理|疏通|建成|改造|维修|架设"
    r"|安装|开垦|复耕|整治|拥有|现有|共有|有|建设|流转|收割|投放|调运|修复|新修|拓宽|打通|清淤"
)


_BEASTS = frozenset("头只匹棵株")
_LEFT_OUT = frozenset("人 户 米 厘米 小时 元 公里 毫米".split())
"""Units that may well stand before a noun they do not count: 50公里群众性徒步."""
_STATED = re.compile(r"(?:达到?|共计|超过|突破|总数(?:为|是)?|多达|高达)(?:了|约|近)?$")
_CALLED = re.compile(
    r"出动|惠及|转移|接诊|抽调|调派|聚拢|救出|投入|全[镇村]|现有|吸引|组织|发动|邀请|接待|动员|疏散|召集|聚集|参加|到场|共有"
)
_ALONG = re.compile(r"[河渠沟路道岸圳线溪江堤]|两侧|沿")
"""清理河道淤泥3公里 measures the river."""
_RIDING = re.compile(r"乘|坐|驾|搭|每(?![天日年月周次])|均|单个|各")


def _thing(text: str, one: Figure, known: _Knowledge) -> Iterator[Fault]:
    """村民120吨; 500名生猪; 道路3亩."""
    written = text[one.start : one.end]
    if match := known.noun_before.search(one.lead):
        if one.unit in _WRONG[known.nouns[match["noun"]]] and _counts_before(one, match, known):
            yield one.start, one.end, _mismatch(match["noun"], written), None
    elif (match := known.noun_after.match(one.tail)) and _counts_after(one, match, known):
        yield one.start, one.end + match.end("noun"), _mismatch(match["noun"], written), None


def _counts_before(one: Figure, match: re.Match[str], known: _Knowledge) -> bool:
    """Does a figure count the noun before it, and not something of it or beside it?"""
    if one.tail.strip("左右余多") and not _PLAIN_VERB.match(one.tail):
        return False
    class_, head = known.nouns[match["noun"]], one.lead[: match.start()]
    if _RIDING.search(head[-6:]):
        return False
    if class_ in ("waste", "bulk", "water") and one.kind == "length" and _ALONG.search(head):
        return False
    if class_ != "people":
        return not (class_ in ("land", "line", "crop") and _AWAY.search(one.lead[max(0, match.start() - 6) :]))
    if one.measured and one.kind != "money" and _STATED.search(one.lead):
        return True
    if one.measured and not _CALLED.search(head):
        return False
    return not head or _GATHER.search(head[-10:]) is not None


def _counts_after(one: Figure, match: re.Match[str], known: _Knowledge) -> bool:
    """Does a figure count the noun after it, where nothing follows but what the noun does?"""
    class_, rest = known.nouns[match["noun"]], match["rest"]
    if class_ in ("goods", "thing", "paper") or one.unit not in _WRONG[class_] or one.lead.endswith(("每", "/", "按")):
        return False
    if class_ in ("food", "grain") and not (one.kind in ("length", "age") and one.unit != "里"):
        return False
    if class_ in ("land", "crop", "line") and (one.kind in ("mass", "volume") or _AWAY.search(one.lead[-6:])):
        return False
    if class_ in ("people", "plant", "animal", "vehicle") and one.unit in _LEFT_OUT:
        return False
    if class_ == "people" and one.unit in _BEASTS and not re.match(r"\S{0,8}的|家|户", rest):
        return True
    return not rest or _PLAIN_VERB.match(rest) is not None or rest[0] in "和与及"


def _mismatch(noun: str, written: str) -> str:
    return f"“{noun}”不能用“{written}”来计，请核对单位。"


_SIDE = re.compile(
    rf"(?:(?<![拓放加])宽|拓宽(?:至|到)|(?<![资加])深|(?<![丰雄])厚|[路渠线河桥堤坝墙巷带沟街网管道]长|(?:[楼墙坝塔杆坡山树]|建筑|房屋|大厦)高){_LINK}$"
)
_TALL = re.compile(rf"(?<![提新升更较创增最产量价值拔])(?:(?<!比)高|长|厚|深){_LINK}$")
UP_TO = 14
"""So far apart at most stand the two ends of what grew: 由5亩逐步扩大到现在的50亩."""
_WEIGHS = re.compile(rf"(?<![多几双加倍慎敬尊注看偏严贵稳轻比])重(?:量)?{_LINK}$")
_WALKED = re.compile(r"(?:^|[要天已共能得们他她者员日次趟回])(?:走|跑|爬|步行|骑行)(?:上|了|过|完|约|近)*$")
_ON_THE_WAY = re.compile(
    r"(?:从[^，。]{2,16}到[^，。]{2,18}|赶到|车程|路程|来回)，?(?:只|仅|才|全程|大约|大概|也就)*(?:要|需要?|用|花)了?$"
)
_GREW = re.compile(r"身高[^。；\d]{0,14}(?:长到|长高到|蹿到|最高的?(?:有|达|是)?|高达)了?$")
_CROWD = re.compile(
    r"(?:客流|人流|游客|读者|观众|香客)(?!量?[^，。]{0,4}(?:中心|驿站|停车))[^，。；\d]{0,10}(?:有|达到?|超过?|突破|是|为)$"
)
_NARROW, _THIN = Decimal("0.3"), Decimal(20000)
_BROAD = re.compile(r"宽的?\S{0,4}(?:路|道|桥|河|渠|街|巷)")
_YIELD = re.compile(
    r"[每一]亩(?:地|[\u4e00-\u9fff]{2,3}?)?(?:能|可|大约|最多|差不多)?(?:收|产|采|摘|打|挖|出)[^，。]{0,4}$"
)
_LIQUID = re.compile(r"(?:水|油|大米|米|面粉|粮食|稻谷|化肥|农药|饲料|沙|水泥)(?=[，。、；]|$)")
_OF_THE_FIELD = re.compile(r"[收割种插播栽耕管][^，。；、]{0,4}$")
_GRAIN = re.compile(r"粮食|稻谷")
"""抢收二十亩稻谷: the field's, not the barn's."""
_PER_PERSON = re.compile(r"每[名人户位][^，。]{0,10}(?:补助|补贴|奖励|资助|慰问金?|发放)$")
_AWAY_FROM = re.compile(rf"(?:距离?|相距|离)[^，。；、]{{0,12}}?{_LINK}$")
_SIDE_AFTER = re.compile(r"(?:长|宽|深|厚|高)(?=[，。；、的）]|$)")
_FLAT = frozenset(("area", "mass", "volume"))


def _side(text: str, one: Figure) -> Iterator[Fault]:
    """桥宽6公斤; 这条渠有12亩长."""
    if one.kind == "length" and re.match(r"大(?=[，。；、的）]|$)", one.tail):
        yield one.start, one.end + 1, f"大小用平方米、亩来量，写的是“{text[one.start : one.end]}”，请核对单位。", None
    if one.kind in _FLAT and _AWAY_FROM.search(one.lead) and not one.tail.strip("左右余多远处的"):
        yield one.start, one.end, f"距离用米、公里来量，写的是“{text[one.start : one.end]}”，请核对单位。", None
        return
    written = text[one.start : one.end]
    if one.kind in ("mass", "volume") and (_WALKED.search(one.lead) or _ON_THE_WAY.search(text[: one.start][-48:])):
        yield one.start, one.end, f"路程用公里、米，时间用分钟、小时，写的是“{written}”，请核对单位。", None
        return
    if one.kind in ("mass", "area", "volume") and _GREW.search(text[: one.start][-30:]) and not one.tail:
        yield one.start, one.end, f"身高用米、厘米来量，写的是“{written}”，请核对单位。", None
        return
    if (
        one.kind in ("mass", "length", "area", "volume")
        and one.unit != "方"
        and _CROWD.search(one.lead)
        and not one.tail
    ):
        yield one.start, one.end, f"人流用人次来计，写的是“{written}”，请核对单位。", None
        return
    if one.kind in ("length", "area", "volume") and _WEIGHS.search(one.lead) and not one.tail.strip("左右"):
        yield one.start, one.end, f"重量用公斤、吨来量，写的是“{written}”，请核对单位。", None
        return
    if one.kind == "length" and one.base < _NARROW and _BROAD.match(one.tail):
        yield one.start, one.end, f"路、桥的宽写的是“{written}”，不合常理，请核对单位。", None
        return
    if one.kind == "mass" and one.base > _THIN and _YIELD.search(text, max(0, one.start - 16), one.start):
        yield one.start, one.end, f"一亩的产量写的是“{written}”，不合常理，请核对单位。", None
        return
    if (
        one.kind in ("length", "area", "time")
        and _LIQUID.match(one.tail)
        and not re.search(r"[长宽深高距离]", one.lead[-4:])
        and not (one.kind == "area" and _OF_THE_FIELD.search(one.lead) and _GRAIN.match(one.tail))
    ):
        yield one.start, one.end, f"这里不能用“{written}”来计，请核对单位。", None
        return
    if one.kind in ("length", "area", "volume") and _PER_PERSON.search(one.lead) and not one.tail:
        yield one.start, one.end, f"每人（户）得到的写的是“{written}”，请核对单位。", None
        return
    tall = _TALL.search(one.lead) and not one.tail and not re.search(r"比|较|增|每|产", one.lead)
    if one.kind in _FLAT and (tall or _SIDE.search(one.lead) or _SIDE_AFTER.match(one.tail)):
        yield (
            one.start,
            one.end,
            f"长、宽、高、深用米、公里来量，写的是“{text[one.start : one.end]}”，请核对单位。",
            None,
        )


_PERSON_END = re.compile(rf"(?:户|手|员|者|人|工|队|家|民|众|师|生|代表|干部|骨干|能人|专家|带头人|[的了]){_LINK}$")
_BY_VERB: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (
        re.compile(
            r"(?:施肥|施用[^，。；、]{0,4}肥|播撒|喷洒|收割|收获|抢收|采摘|能摘|摘[了下得]|采收|产出)[^，。；、]{0,8}$"
        ),
        frozenset("公里 千米 米 厘米 名 位 小时 岁".split()),
    ),
    (
        re.compile(
            r"(?:加工|生产|出产|收购|销售|卖出|产出|售出)(?![^，。；、]*(?:用房|厂房|基地|车间|路|场|区|线|园|棚|用地|面积))[^，。；、]{0,8}$"
        ),
        frozenset("公里 千米 米 厘米 平方米 平方公里 公顷 小时 岁 ℃ 名 位".split()),
    ),
    (
        re.compile(r"(?:拆除|平整|粉刷|搭建|铺设|维修|加固)[^，。；、]{0,8}$"),
        frozenset("升 公斤 斤 岁 小时 头 只 匹 名 位 ℃".split()),
    ),
    (
        re.compile(r"(?:[能可年日月共总]产|酿)(?!生|出|业)[^，。；、]{0,4}$"),
        frozenset("公里 千米 米 厘米 名 位 小时 岁 ℃ 平方公里".split()),
    ),
    (
        re.compile(r"(?:停水|停电|断水|断电|停气)[^，。；、]{0,4}$"),
        frozenset("公里 千米 米 平方米 亩 公斤 吨 名 位".split()),
    ),
    (
        re.compile(r"(?:接诊|收治|就诊|义诊|诊疗|接种|接访|走访慰问)[^，。；、]{0,6}$"),
        frozenset("吨 公斤 千克 斤 亩 公里 千米 米 平方米 立方米 头 只 辆 台 棵".split()),
    ),
    (
        re.compile(r"(?:种下|栽下|栽种|种植|补植|补种|植下|栽植|种上|栽上)[^，。；、]{0,10}$"),
        frozenset("名 位 人 头 只 辆 台 公里 千米 小时 人次".split()),
    ),
    (
        re.compile(r"(?:种植|栽种|种下|铺种)(?![^，。；、]*[收产卖销摘的])[^，。；、]{1,6}$"),
        frozenset("公斤 千克 斤 吨".split()),
    ),
    (
        re.compile(r"(?:抽水|抽排|抽排水|喷水)[^，。；、]{0,2}$"),
        frozenset("公里 千米 米 平方米 亩 公顷 平方公里".split()),
    ),
    (
        re.compile(r"(?:饲养|存栏|出栏|放养|养殖|(?<![保培休疗赡抚教营供护])养了?(?!护|老|生|路))[^，。；、]{0,8}$"),
        frozenset("名 位 辆 台 公里 千米 米 平方公里 小时 岁 ℃".split()),
    ),
    (
        re.compile(
            r"(?:储备|采购|购置|发放|捐赠|配送|领取|赠送|送去|送上|捐出|募集)(?![^，。；、]*(?:缆|管|线|网|带|绳|路|布))[^，。；、]{0,10}$"
        ),
        frozenset("公里 千米 平方公里 公顷 小时 岁 ℃".split()),
    ),
)


def _verb(text: str, one: Figure) -> Iterator[Fault]:
    """种下黄花风铃木60名: what is done to a thing says what it cannot be counted in."""
    if one.tail.strip("左右余多") and not _PLAIN_VERB.match(one.tail):
        return
    for verb, wrong in _BY_VERB:
        if one.unit in wrong and verb.search(one.lead) and not _PERSON_END.search(one.lead):
            yield one.start, one.end, f"这里不能用“{text[one.start : one.end]}”来计，请核对单位。", None
            return


_ONLY_LINK = re.compile(rf"{_LINK}(?:长达|长有|全长)?")
_TOPIC = re.compile(
    r"(?:^|[。！？\n”])(?:[^，。！？\n]{0,10}?的|这[条段]|那[条段]|一条)?(?P<noun>[\u4e00-\u9fff]{0,4}[路渠道沟圳堤管巷街])"
    r"(?=从|自|由|沿|绕|穿|通往|通到|通向|伸向|连[接通着起]|蜿蜒|贯穿|全线|一直)[^，。！？；\n]{0,24}，$"
)
_SCALED = re.compile(r"过[了完]?[秤磅]|称[重了出得]|上秤|磅秤")


def _topic(text: str, one: Figure) -> Iterator[Fault]:
    """这条机耕路从村口伸到山脚，足足有3.6亩: what the clause before spoke of."""
    if one.unit not in _WRONG["line"] or not one.measured or one.tail.strip("左右余多长"):
        return
    if _ONLY_LINK.fullmatch(one.lead):
        at = one.start - len(one.lead)
        if match := _TOPIC.search(text, max(0, at - 44), at):
            yield one.start, one.end, _mismatch(match["noun"], text[one.start : one.end]), None


def _weighed(text: str, one: Figure) -> Iterator[Fault]:
    """一天过秤的粉葛足有两万多亩: what was put on the scales has a weight."""
    if one.kind in ("length", "area", "heat", "age") and _SCALED.search(one.lead):
        yield one.start, one.end, f"过秤的用斤、公斤、吨来计，写的是“{text[one.start : one.end]}”，请核对单位。", None


_SPACE = frozenset(("length", "area"))
_MATTER = frozenset(("mass", "volume"))
_FOOD_AFTER = r"(?:[\u4e00-\u9fff]{0,2}(?:荔枝|龙眼|柑|橘|橙|粉葛|花生|红薯|稻谷|大米|蔬菜|青菜|菜心|生姜|玉米|瓜|果|茶叶|鸡蛋|蜂蜜|鱼|肉|青草|饲料|饭|面|粽))"
_WAYS: tuple[tuple[re.Pattern[str], frozenset[str], re.Pattern[str], str], ...] = (
    (
        re.compile(r"(?:卖[了出掉]?|售出了?|吃[了掉]?|喂[了掉]?|寄[了出]|装[了上]|收获了?)(?:约|近)?$"),
        _SPACE,
        re.compile(_FOOD_AFTER),
        "这里说的是东西的多少",
    ),
    (
        re.compile(r"水位[^，。；]{0,6}以每(?:个?小时|分钟|天|秒)$"),
        _MATTER | {"area"},
        re.compile(r"的?速度|$"),
        "水位涨落用米、厘米来量",
    ),
    (
        re.compile(r"(?:[每单一][条根块段件面张]|[全总净通])(?:长|宽|高|深|厚)(?:约|近|达|为|度)?$"),
        _MATTER | {"area"},
        re.compile(r"$"),
        "长、宽、高、深用米来量",
    ),
    (
        re.compile(r"(?<![车人客物电])流量(?:达到?|为|约|近|高达|降至|升至|每秒|每小时|[是了])*$"),
        _SPACE,
        re.compile(r"$"),
        "水流量用立方米每秒来量",
    ),
    (re.compile(r"零下(?:约|近)?$"), _SPACE | _MATTER, re.compile(r"$|以下|左右"), "零下说的是温度"),
    (
        re.compile(r"(?:巡[山逻查护线河堤]|徒步|骑行|步行|长跑)(?:了|约|近|往返|单程)*$"),
        _MATTER,
        re.compile(r"$|[，。以]"),
        "路程用公里、米来量",
    ),
    (
        re.compile(r"(?<![\u4e00-\u9fff]{4}的)连片(?:约|近|达)?$"),
        _MATTER | {"length"},
        re.compile(r"$|的?[^，。]{0,6}(?:田|园|花海|基地|林|地)"),
        "连片的地用亩来量",
    ),
    (
        re.compile(r"(?:延伸|蜿蜒|全长|绵延)(?:了|约|近|达|至)*$"),
        _MATTER,
        re.compile(r""),
        "路、岸的长短用公里、米来量",
    ),
    (
        re.compile(r"(?:延伸|蜿蜒|全长)(?:了|约|近|达)*$"),
        frozenset(("area",)),
        re.compile(r""),
        "路、岸的长短用公里、米来量",
    ),
    (
        re.compile(r"(?:早餐|午餐|晚餐|盒饭|快餐|套餐|爱心餐|营养餐)(?:约|近|共|达)?$"),
        _SPACE | {"heat", "age"},
        re.compile(r"$"),
        "餐食用份来计",
    ),
    (
        re.compile(r"(?<![每个])(?:床位|座位|车位|泊位|摊位|展位|工位|学位)(?:约|近|共|达|总数|合计)?$"),
        _SPACE | _MATTER | {"heat", "age"},
        re.compile(r"$"),
        "这里应以个来计",
    ),
    (
        re.compile(r"(?:社员|会员|组员|队员|员工|职工|学员)(?:约|近|共|达|有)?$"),
        _SPACE | _MATTER,
        re.compile(r"$"),
        "这里应以人来计",
    ),
)
"""What is done with things, what it cannot be measured in, and what may stand behind the figure."""
_ON_THE_SCALES = re.compile(r"(?:秤杆|秤上|磅秤|上秤|过秤|一称|称一称|电子秤)[^，。；]{0,8}，$")


def _done_in(text: str, one: Figure) -> Iterator[Fault]:
    """卖了3200亩荔枝; 零下18公里; 延伸4.5亩: the word before a figure says what it cannot be measured in."""
    if not one.measured:
        return
    written = text[one.start : one.end]
    for way, kinds, behind, said_of in _WAYS:
        if (
            one.kind in kinds
            and one.unit not in ("里", "里路", "方")
            and way.search(one.lead)
            and behind.match(one.tail)
        ):
            yield one.start, one.end, f"{said_of}，写的是“{written}”，请核对单位。", None
            return
    at = one.start - len(one.lead)
    if one.kind in _SPACE and _ONLY_LINK.fullmatch(one.lead) and _ON_THE_SCALES.search(text[max(0, at - 20) : at]):
        yield one.start, one.end, f"过秤的用斤、公斤、吨来计，写的是“{written}”，请核对单位。", None


_TURNED = re.compile(
    r"(?:[左右余多]|的)*(?:逐步|一举|直接|已|再)?(?:增容|扩容|扩建|提高|提升|增加|扩大|增长|上升|上涨|升|涨|拓宽|加宽|延长|延伸|加深|加高|降低|下降|降|减少|减|缩短|缩小|压缩|变|改|扩|跌|回落|调整|达)?(?:到|至|为|成)(?:了|现在的|如今的|目前的|今年的|约|近)*$"
)
_TURNS_FROM = re.compile(r"(?:由|从)[^，。；]{0,10}$")
_OF_ONE_KIND = frozenset(("length", "area", "volume", "mass", "money", "power", "energy", "heat", "person"))


def _turns(text: str, every: tuple[Figure, ...]) -> Iterator[Fault]:
    """由200千伏安增容到400千米: what grew or shrank keeps its kind of unit."""
    for one, other in pairwise(every):
        if one.kind == other.kind or not {one.kind, other.kind} <= _OF_ONE_KIND or "万" in (one.unit, other.unit):
            continue
        if (
            _TURNS_FROM.search(one.lead)
            and other.start - one.end <= UP_TO
            and _TURNED.match(text[one.end : other.start])
        ):
            said_of = f"前面是“{text[one.start : one.end]}”，后面是“{text[other.start : other.end]}”"
            yield other.start, other.end, f"{said_of}，单位不是一类，请核对。", None


# Sizes -------------------------------------------------------------------------------------------

_RATE_NAMES = re.compile(
    r"(?:满意|合格|覆盖|普及|入户|知晓|参与|参保|参会|到会|出勤|办结|回复|整改|及时|达标|成活|接种|入学|就业|通过|优良|到位|安装|建成|签约|处理|化解|成功|完成|回收|好评|见面|上线|收缴"
    r"|绿化|硬化|森林覆盖|处置|调解|受理|开工|竣工|参赛|投票|参选)(?:率|度)"
)


_MORE_THAN_COME = Decimal(30_000_000)
_EVERYWHERE = re.compile(
    r"全国|我国|全球|世界|全省|广东|大湾区|网络|网民|用户|全网|播放|点击|浏览|阅读|流量|中国|国家|春运|铁路|14亿|直播"
)
_RAIN = re.compile(rf"(?:降雨量?|雨量|雨强|降水量?){_LINK}$")
_DEAR = Decimal(300_000)
_ONE_THING = re.compile(
    rf"[每一](?:个|盏|台|套|件|张|把|只|块|支|条|本|幅)(?:的?(?:造价|单价|售价|成本|价格|定价|价))?{_LINK}$"
)
_FAR_FROM_EACH = 10
_PER_HEAD = re.compile(
    r"每(?:户|人|位|名|家)(?![^，。；]*(?:补偿|赔偿|贷|授信|投资|产值|收入|营业|年))[^，。；]{0,10}(?:慰问|补助|补贴|奖励|低保|养老|救助|资助|助学|津贴|生活费|高龄|红包|发放|领)"
)


def _size(text: str, one: Figure, known: _Knowledge) -> Iterator[Fault]:
    """An age of 350; a rate of 850%; a meeting of 300,000."""
    written = text[one.start : one.end]
    if (
        one.unit == PERCENT
        and one.value > 200
        and _RATE_NAMES.search(one.lead)
        and not re.search(r"增|提高|升", one.lead[-4:])
    ):
        yield one.start, one.end, f"这个比率不会超过 100%，写的是“{written}”，请核对。", None
        return
    for bound in known.bounds:
        if not (_told_of_one(text, one, bound) if bound.each else _bounded(text, one, bound.name, bound.unit)):
            continue
        value = _in_unit(one, bound.unit)
        if value is None:
            continue
        if (bound.most is not None and value > bound.most) or (bound.least is not None and value < bound.least):
            yield one.start, one.end, f"“{bound.name}”写的是“{written}”，不合常理，请核对数值和单位。", None
            return
    if one.kind == "money" and one.value > _DEAR and _ONE_THING.search(one.lead) and known.small.search(one.lead):
        yield one.start, one.end, f"一件的价钱写的是“{written}”，不合常理，请核对数值和单位。", None
    if one.kind == "money" and one.value > 200000 and _PER_HEAD.search(one.lead):
        yield one.start, one.end, f"每户（人）“{written}”，不合常理，请核对数值和单位。", None
    if one.kind == "person" and one.value >= _MORE_THAN_COME and not _EVERYWHERE.search(text):
        yield one.start, one.end, f"写的是“{written}”，一个镇没有这么多人，请核对。", None
    if one.kind == "length" and one.unit in ("厘米", "cm", "米") and _RAIN.search(one.lead):
        yield one.start, one.end, f"雨量用毫米来量，写的是“{written}”，请核对单位。", None
    if (
        one.kind == "person"
        and one.value >= 200000
        and re.search(r"(?:容纳|容得下|坐得?下|可坐|能坐)(?:约|近)?$", one.lead)
    ):
        yield one.start, one.end, f"一处地方容纳“{written}”，不合常理，请核对数值。", None
    if (
        one.kind == "person"
        and one.unit != "位"
        and one.value >= 50000
        and _GATHERED.search(one.lead)
        and _meeting(text, one)
    ):
        yield one.start, one.end, f"一场活动写的是“{written}”，不合常理，请核对。", None


def _bounded(text: str, one: Figure, name: str, unit: str) -> bool:
    """Is a figure the measure a bound is about?"""
    if name == unit:
        return one.unit in (unit, "周岁") and not re.search(
            r"树|古|龄|榕|樟|祠|屋|桥", one.label + text[max(0, one.start - 12) : one.start]
        )
    head = text[max(0, one.start - len(name) - 14) : one.start]
    return name in head and _measured_by(name).search(head) is not None


_NOT_OF_ONE = re.compile(r"[共总计的，。；、：\d]|合计|年|到账|一天|全|收入|产值|投资|奖励|积分")


def _told_of_one(text: str, one: Figure, bound: Bound) -> bool:
    """Is a figure the price (or the distance) of one: 每斤卖到十二万元, 每两盏之间相隔30公里?"""
    head = text[max(0, one.start - len(bound.name) - _FAR_FROM_EACH) : one.start]
    at = head.rfind(bound.name)
    return at >= 0 and not _NOT_OF_ONE.search(head, at + len(bound.name))


@cache
def _measured_by(name: str) -> re.Pattern[str]:
    """A measured thing right before its figure."""
    return re.compile(rf"{name}{_LINK}(?:的)?{_LINK}$")


def _in_unit(one: Figure, unit: str) -> Decimal | None:
    """The value of a figure in a unit; None for another kind."""
    like = Figure(0, 0, Decimal(1), Decimal(1), unit)
    if unit == "人" and one.unit == "人次":
        return one.value
    if unit == "℃":
        return one.value if one.unit in ("℃", "度", "摄氏度") else None
    return one.base / like.base if one.kind == like.kind else None


def _meeting(text: str, one: Figure) -> bool:
    left = max(text.rfind(mark, 0, one.start) for mark in "。！？\n") + 1
    stretch = text[left : one.end + 20]
    return _TOWN_MEETING.search(stretch) is not None and not re.search(
        r"累计|人次|全县|全市|全省|全国|线上|直播|网络|年|全网|在线|点击|播放|覆盖|惠及|旅客|游客|春运", stretch
    )


# Jumps -------------------------------------------------------------------------------------------


def _jumps(text: str, every: tuple[Figure, ...], known: _Knowledge) -> Iterator[Fault]:
    """总投资350万元 here, 总投资350元 there."""
    seen: dict[tuple[str, str], Figure] = {}
    for one in every[:400]:
        match = known.before.search(one.lead)
        if match is None or not one.measured:
            continue
        key = (match["thing"], text[one.start : one.number_end].rstrip("万亿千百"))
        first = seen.setdefault(key, one)
        if first is one or first.kind != one.kind or first.base == one.base:
            continue
        small, large = sorted((first.base, one.base))
        if small and large / small >= 1000:
            written, other = text[one.start : one.end], text[first.start : first.end]
            yield (
                one.start,
                one.end,
                f"前面写的是“{other}”，这里是“{written}”，相差 {said(large / small)} 倍，请核对单位。",
                None,
            )
