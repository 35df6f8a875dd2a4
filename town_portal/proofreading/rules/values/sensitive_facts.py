"""Sensitive facts: what is told of somebody's health, childhood, offences, sufferings, means or home.

Words the town keeps (kind of term ``private_facts``, ``right`` naming the kind of fact) and, beside them,
what cannot be listed: ages, school classes, sums of money, addresses, “患…病”.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from town_portal.proofreading.rules.lexicon import Term

PRIVATE_FACTS = "private_facts"


class FactKind(StrEnum):
    """What a fact is about; the values are those of the list of words."""

    ILLNESS = "illness"
    CHILD = "child"
    OFFENDER = "offender"
    VICTIM = "victim"
    HARDSHIP = "hardship"
    BIRTH = "birth"
    HOME = "home"
    ADDRESS = "address"
    PLATE = "plate"

    @property
    def label(self) -> str:
        """The words in Chinese."""
        return {
            "illness": "病情或残疾情况",
            "child": "未成年人的年龄、学校或身世",
            "offender": "违法、矫正或信访情况",
            "victim": "受害、伤亡或家事",
            "hardship": "家庭经济或低保情况",
            "birth": "出生年月",
            "home": "家庭住址",
            "address": "家庭住址",
            "plate": "车牌号",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact where it stands."""

    start: int
    end: int
    kind: FactKind


_DIGIT = "〇零一二三四五六七八九十百两"
_CLAUSE = "[^，。；！？\n,;]"
_CLASS = rf"[（(]?[\d{_DIGIT}]{{1,3}}[)）]?班"
_SCHOOL = r"(?:小学|中学|学校|幼儿园|初中|高中)"
_SUM = r"(?:\d[\d.,]*|[一二三四五六七八九十两几数百千]+)[多余来]?[万千百]?[多余]?元|[一二三四五六七八九十两几数]+[多余]?[万千百][多余]?块?"
_DOOR = (
    rf"(?:[A-Za-z\d{_DIGIT}-]+(?:号|栋|幢|座|单元|室|房|楼|巷|弄|组|队|屯|社(?!区))"
    r"|[\u4e00-\u9fff]{1,4}(?:组|自然村|村民小组|生产队|屯|小区))"
)
_DWELLING = (
    r"家住|现住|现居|住在|居住[在于地]?|住址|家庭地址|户籍地址|(?<=[（(])(?:家庭)?(?:地址|住所)|户籍所在地|户籍|户口所在地|住所地?|住处|[租暂]住|住于|家在|老家在|寄住|借住|蜗居|挤在"
    r"|住(?![院房户宅建宿进上])"
)
_BEARER = "(?:患者|病人|患儿|人员|对象|人|者|老人|儿童|家庭)?"
_BORNE_BY_A_NOUN = frozenset({FactKind.ILLNESS, FactKind.OFFENDER, FactKind.VICTIM, FactKind.HARDSHIP})
_PATTERNS: dict[FactKind, str] = {
    FactKind.ILLNESS: (
        rf"(?:[身罹]患|患[有上了过]?|得(?:[了过上]|的是)|查出|确诊|诊断|突发|突患|感染(?!者)|染[上病])(?:为|出|是|患)?{_CLAUSE}{{0,8}}?"
        r"(?:[癌瘤症炎疾](?![结状控])|病(?![人友虫毒房情历期])|[脑心]梗|卒中|[心肾]衰|结核|溢血|出血|衰竭|硬化|障碍|阳性|登革热|手足口)"
        r"|[\u4e00-\u9fff]癌(?:[早中晚]期)?|先天性[\u4e00-\u9fff]{1,8}"
        rf"|(?:[{_DIGIT}1-4]级)?(?:肢体|视力|听力|言语|智力|精神|多重|身体|[腿腰手脚]部|腿脚|[上下]肢|[轻中重]度|终身)[{_DIGIT}1-4]?级?残疾"
        rf"|[{_DIGIT}1-4]级残疾|(?:肢体|视力|听力|言语|智力|精神|多重)[一二三四1-4]级|[肢智听视]残[一二三四1-4]级|双目失明|盲人(?!按摩|道|门球|协会)"
        rf"|(?<![其集空当心])中风|(?<!严)重病|(?<![扩重])大病"
        rf"|[做行]了?{_CLAUSE}{{0,8}}?(?:手术|结扎|人流|透析)|(?:锯掉|截去|切除|断){_CLAUSE}{{0,4}}?(?:腿|手臂|手指|脚|胃|肾|乳房)|(?:不能|无法|难以)自理|失去[了]?(?:双|左|右|一[只条])?(?:腿|臂|手|眼|脚|目)|功能不全|大出血|妊娠|宫外孕|(?:尿检|检测|呈){_CLAUSE}{{0,4}}阳性|(?:限制|无|丧失){_CLAUSE}{{0,3}}民事行为能力|携带{_CLAUSE}{{0,8}}(?:基因|病毒)|服(?:农药|毒)"
    ),
    FactKind.CHILD: (
        rf"(?<![\d{_DIGIT}.])(?:1[0-7]|[1-9]|十[一二三四五六七]?|[一二三四五六七八九])(?:周岁|岁[半多]?)|(?<!\d)\d{{1,2}}个?月大"
        rf"|(?<!大学)(?<!大){_SCHOOL}?[一二三四五六七八九1-9]年级(?:{_CLASS})?"
        rf"|[初高][一二三](?:{_CLASS}|年级(?:{_CLASS})?|(?=[）)]|学生|的?[男女][孩生]|同学))"
        r"|[读念上](?:小学|初中|高中|初[一二三]|高[一二三]|幼儿园|[大中小]班)(?!时|期间|那|后)"
        rf"|{_SCHOOL}{_CLAUSE}{{0,3}}(?:就读|读书|上学|念书|在读|学生)|{_SCHOOL}{_CLASS}|{_SCHOOL}[大中小]班"
        rf"|[一二三四五六七八九]年?[（(]\d{{1,2}}[)）]班|(?:失踪|走失|溺水|落水|被拐|受害|患病|留守|困境|孤残)的?[男女]?(?:儿童|[童孩]|学生)"
        rf"|20[12]\d年(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?(?:出生|生(?![产活态效物意长成]))"
        rf"|就读(?:于|在)?{_CLAUSE}{{0,14}}?{_SCHOOL}|[小初高]中?学?生(?=[\u4e00-\u9fff])"
    ),
    FactKind.OFFENDER: (
        rf"被(?:公安|警方|派出所|民警|法院){_CLAUSE}{{0,6}}?(?:抓|处罚|判)|(?:涉嫌|因|犯){_CLAUSE}{{0,8}}?(?:盗窃|诈骗|抢[劫夺]|故意伤害"
        rf"|斗殴|贩毒|酒驾|醉驾|肇事|寻衅滋事|传销|强奸|纵火|猥亵)罪?(?!案)|吸食{_CLAUSE}{{0,4}}(?:K粉|冰毒|海洛因|大麻|麻古)|打伤|(?:盗窃|诈骗|强奸|抢劫|贩毒|赌博){_CLAUSE}{{0,4}}被(?:抓|捕|刑|判)|从{_CLAUSE}{{0,6}}(?:监狱|看守所|戒毒所){_CLAUSE}{{0,3}}(?:出来|释放|回来|归来)|(?:盗窃|偷|诈骗|纵火|打人){_CLAUSE}{{0,8}}的(?=[是系])|(?<!被)偷(?:了|走)(?!税)|酒后驾[车驶]|[到去向][省市县京]{{0,2}}(?:信访局|信访部门|信访办)(?:反映|投诉|上访|申诉)"
    ),
    FactKind.VICTIM: (
        rf"遭[受到遇]?{_CLAUSE}{{0,6}}?(?:家暴|性侵|诈骗|殴打|打骂|虐待|侵害|猥亵|霸凌|欺凌|骚扰|恐吓|威胁|遗弃|车祸|[毒暴]打)|(?:车祸|火灾|事故|爆炸){_CLAUSE}{{0,3}}(?:去世|身亡|致残|受伤|住院|丧生)"
        r"|(?:丈夫|妻子|老伴|父亲|母亲|父母|儿子|女儿|爸爸|妈妈)[^，。；！？\n,;]{0,10}?(?:去世|过世|早逝|离世|病故|双亡|改嫁|离家)|离过[^，。；]{0,3}婚"
        rf"|被{_CLAUSE}{{1,8}}?(?:拐|侵犯|欺负|打骂|骚扰|恐吓|遗弃|性侵|强奸|骗走|骗了|诈骗|猥亵|殴打|打伤|砍伤|虐待)"
    ),
    FactKind.HARDSHIP: (
        r"(?:欠[下了着款债]?|负债|债务|借款|借了|存款|积蓄|月入|月薪|月工资|工资|月收入|年收入|家庭收入|总收入|纯收入|人均年?收入|家庭收入)"
        rf"{_CLAUSE}{{0,10}}?(?:{_SUM})|(?:特困)?供养对象|(?<=[\s，,、；:：])(?:五保|低保|特困)(?=[\s，,、；。]|$)"
        rf"|欠[下了着][^，。；！？\n]{{0,6}}债"
        rf"|每月{_CLAUSE}{{0,4}}(?:不[到足]|仅|只有?)(?:有|领)?(?:{_SUM})|(?:领(?:取|着)?|靠){_CLAUSE}{{0,6}}低保"
        rf"|(?:没有|无|没)(?:一分钱|任何|半点)?(?:积蓄|存款)"
    ),
    FactKind.BIRTH: (
        r"(?:19[3-9]\d|20[01]\d)年\d{1,2}月(?:\d{1,2}日)?(?:出生|生(?![产活态效物意长成日]))"
        r"|(?:出生(?:年月日?|日期|于)?|生于)[:：为\s]{0,2}(?:19[3-9]\d|20[01]\d)(?:年\d|[.\-/]\d)"
    ),
    FactKind.HOME: (
        rf"(?:{_DWELLING})[为是在于:：\s]{{0,3}}[^，。；！？\n,;:：]{{0,24}}?{_DOOR}(?:[\d{_DIGIT}-]+(?:号|栋|幢|座|单元|室|房|楼))*"
    ),
    FactKind.PLATE: (
        r"(?:车牌号?码?|号牌)?[为是:：]?[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][ ·•.]?(?=[A-Z]*\d)[A-HJ-NP-Z\d]{5,6}(?![A-Za-z\d])"
    ),
    FactKind.ADDRESS: (
        rf"[\u4e00-\u9fff]{{2,6}}?(?:村|社区|圩|街|路|巷|组|队|小区|花园)[^，。；！？\n,;:：]{{0,8}}?[\d{_DIGIT}]+(?:号|栋|室|房)"
    ),
}
_MATTER = (
    "防|预防|筛查|知识|讲座|科普|宣传|专科|专家|门诊|义诊|疫苗|工作|保障|政策|机构|医院|中心|事业|联合会|联络|专职|专委|专干|运动|之家|康复"
    "|家庭医生|日活动|危害|检测|条例|委员会|管理|小组|教育|法|局|所民警|津贴|补助|抚恤|军人|评定|鉴定|等级|程度|保险|人群|用品|案件|警示|登记"
    r"|数|标准|办理|复核|认定|家属|电话|渠道|事项|办公室|管控|摸排|排查|台账|[一二三四五六七八九十百\d]+[余多]?[名户人位]"
)
_NOT_THE_FACT: dict[FactKind, re.Pattern[str]] = {
    kind: re.compile(rf"(?:{words})")
    for kind, words in {
        FactKind.ILLNESS: _MATTER,
        FactKind.CHILD: (
            "以[上下内]|[至到起及时]|[-—~～]|那年|开始|就|便|之[前后]|[前后]|儿童|人群|组|学龄|入伍|参军|参加|从|的?年纪"
            "|们|家长|代表|课|语文|数学|英语|班主任|[^，。]{0,4}(?:老师|教师)|[^，。]{0,2}级长"
        ),
        FactKind.OFFENDER: _MATTER,
        FactKind.VICTIM: _MATTER,
        FactKind.HARDSHIP: _MATTER,
        FactKind.BIRTH: "以[前后]|[前后]",
        FactKind.HOME: "线|楼?镇政府|镇|办公|的?办|楼?服务中心",
        FactKind.PLATE: "[^，。；\n]{0,8}(?:公务用?车|执法车|洒水车|垃圾车|消防车|救护车|公交)",
        FactKind.ADDRESS: "线|楼?镇政府|镇|办公|的?办|楼?服务中心",
    }.items()
}


def sensitive_facts(plain: str, terms: Iterable[Term]) -> list[Fact]:
    """The facts of a text, in its order. ``terms`` are the words the town keeps."""
    pattern, doors = _compiled(tuple((term.words, term.right) for term in terms))
    facts = list(_matches(pattern, plain))
    addresses = (
        door
        for door in _matches(doors, plain)
        if not any(door.start < fact.end and fact.start < door.end for fact in facts)
    )
    return sorted((*facts, *addresses), key=lambda fact: fact.start)


def _matches(pattern: re.Pattern[str], plain: str) -> Iterator[Fact]:
    for match in pattern.finditer(plain):
        kind = FactKind(match.lastgroup or "")
        if not _NOT_THE_FACT[kind].match(plain, match.end()):
            yield Fact(match.start(), match.end(), kind)


@lru_cache(maxsize=4)
def _compiled(words: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """An expression for all kinds, each a group of its name, longer words first; and one for addresses.

    An address begins anywhere in its words, so it would swallow what stands before it.
    """
    groups = {}
    for kind in FactKind:
        listed = sorted((word for word, of in words if of == kind.value), key=len, reverse=True)
        words_of_kind = "|".join([_PATTERNS[kind], *map(re.escape, listed)])
        bearer = _BEARER if kind in _BORNE_BY_A_NOUN else ""
        groups[kind] = f"(?P<{kind.value}>(?:{words_of_kind}){bearer})"
    doors = re.compile(groups.pop(FactKind.ADDRESS))
    return re.compile("|".join(groups.values())), doors
