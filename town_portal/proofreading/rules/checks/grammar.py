"""Grammar 语病: a closed list of faults that can be told without understanding the text.

- a subject lost between two words that both want one: 通过……，使……; 在……下，让……;
- one denial too many: 防止……不再发生, 切忌不要, 缺乏……不足;
- two ways of saying it in one: 目的是为了, 原因是由于, 本着……为原则, 深受……所欢迎, 根据……显示;
- two sides held against one: 能否……，是……的保证;
- an object lost: 开展以……为主题。; a pair of conjunctions that do not fit: 只有……就;
- the same said twice in other words: 可以能够, 非常十分; an order turned round: 解决并发现.
"""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.words import Word, words_of
from town_portal.proofreading.rules.writing import Writing

Place = tuple[int, int, str]
"""Start, end and what to say."""

_CLAUSE_END = "，。；！？\n"


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """One finding for each fault."""
    plain = writing.plain
    words = words_of(writing, lexicon)
    reached = -1
    places = [place for rule in _RULES for place in rule(plain, words)]
    for start, end, said in sorted(places):
        if start >= reached:
            reached = end
            yield writing.finding(Family.GRAMMAR, start, end, said)


# A lost subject

_FRONTED = re.compile(
    r"(?:(?<=[。！？；\n：“])|^)(?P<time>(?:[^，。；！？\n]{0,14}?(?:日|近日|日前|以来|期间|同时|其中|年|月|上午|下午|此后|随后|目前|今年|近年来|"
    r"据悉|据了解|据介绍|为此|因此|此外|另外|这样|最终|最后|截至目前|一直以来|会后|会前|其间),?，)?"
    r"(?:为[^，。；！？\n]{2,30}，)?)(?P<start>(?:通过|经过|历经|随着|由于|根据|按照|鉴于|对于|关于)(?!了?解)[^，。；！？\n]{1,45}|"
    r"(?<![正实存现所内外])在(?!于)[^，。；！？\n]{2,40}(?:下|中|上|后|时|里|之际)|从[^，。；！？\n]{2,35}(?:中|里)|当[^，。；！？\n]{2,30}时)"
    r"(?P<more>(?:，(?:通过|经过|随着|由于|以及|在)[^，。；！？\n]{1,40}){0,3})，"
    r"(?P<cause>(?:也|更|都|又|还|从而|进而|进一步|充分|切实|不断|不仅|不但|有效地?|真正|大大|极大地?|逐步|能够?|可以?|就|便|才|终于|既){0,3}"
    r"(?:使得?|让|令|致使|促使))(?!用|命|者|馆|领|节|臣|团|劲|唤|出|坏|君|利|座|路|位|步)"
)
_FRONTED_WHOLE = re.compile(
    r"(?:(?<=[。！？；\n])|^)(?P<start>(?:通过|经过)(?!了?解)(?:这次|此次|本次|开展|举办|组织|加强|学习|持续|一系列|不断|多次|几|以上|近)"
    r"[^，。；！？\n使让令]{1,30}(?:使得?|让|令|致使))(?!用|命|者|馆|领|节|臣|团|劲|唤|出|坏|君|利|座|路|位|步)"
    r"(?![^，。；！？\n]*的(?:做法|方式|办法|形式|手段|目的|效果|方法|途径|措施|过程))"
)


def _lost_subject(plain: str, _words: tuple[Word, ...]) -> Iterator[Place]:
    said = "“{0}……{1}”连用，句子没有主语，请删去其中一个。"
    for match in _FRONTED.finditer(plain):
        head = match["start"]
        cause = match["cause"][-1:] if match["cause"][-1:] != "得" else match["cause"][-2:]
        if head.startswith(("在", "当")) and not _lean(head):
            continue
        yield match.start("start"), match.end("cause"), said.format(head[: 1 if head[0] in "在从当" else 2], cause)
    for match in _FRONTED_WHOLE.finditer(plain):
        whole = match["start"]
        yield match.start("start"), match.end("start"), said.format(whole[:2], whole[-1])


def _lean(head: str) -> bool:
    """Does 在…… lean on what follows, as help and lead do, and not merely name a time or a place?"""
    return re.search(
        r"(?:领导|带领|指导|帮助|支持|关心|关怀|推动|努力|配合|组织|号召|指引|部署|统筹|协调|监督|参与|重视|影响|带动|引导|鼓励|感召|"
        r"宣传|教育|作用|压力|背景|形势|情况|条件|前提|基础|保障|学习|培训|活动|实践|工作|交流|讲解|讲座|过程|故事|案例)[之]?[下中上里时]$",
        head,
    ) is not None  # fmt: skip


# One denial too many

_PREVENT = (
    r"(?:严防|谨防|防止|防范|避免|杜绝|预防|以防|以免|免得|阻止|遏制|制止|防|禁止|严禁|免除|坚决防止|坚决杜绝|忌)"
)
_HAPPEN = (
    r"(?:发生|出现|产生|引发|酿成|重演|反弹|回潮|复燃|蔓延|扩散|扩大|流入|造成|导致|形成|上当|受骗|泄露|泄漏|泄密|遗漏|漏报|瞒报|返贫|"
    r"溺水|死灰复燃|受到|遭受|遭到|伤害|受损|损失|流失|失控|失火|起火|丢失|误报|外流|外泄|倒塌|坍塌|滑坡|中毒|感染|传播|污染|浪费|迟报|脱岗|缺岗|走过场)"
)
_OVER_DENIED = re.compile(
    rf"(?P<prevent>{_PREVENT})(?P<middle>[^，。；！？\n：“”]{{0,30}}?)(?P<no>不(?:再次?|会|能|要|致|至于|得|被|受)?|没有再?|未)(?={_HAPPEN})"
)
_PROMISED = re.compile(r"确保|保证|保障|力争|做到|实现|坚决不|守住|杜绝|因|如果|若|要求")
_TWICE_DENIED = re.compile(
    r"(?:切忌|切勿|禁止|严禁|谨防|请勿|忌讳?|杜绝|防止|避免)(?:大家|群众|村民|游客|学生|孩子|任何人|任何单位|车辆|他人)?"
    r"(?:不要|不得|不准|不可(?!抗|控|预)|不许|勿要?|别(?![人的处])|不能再?(?=[\u4e00-\u9fff]))"
    r"|(?:拒绝|反对)(?:不要|不得|不准)"
    r"|无时无刻(?:都|总|皆|在|也在|地|没有)(?!不)(?:都|在)?|(?:难道|何尝)[^，。！？]{1,12}不能不"
)
_LACK = re.compile(r"(?:缺乏|缺少|欠缺)[^，。；！？\n、是和]{1,12}?(?:不足|不够|不强|不高|缺失)(?=[，。；、]|的|等|$)")


def _denials(plain: str, _words: tuple[Word, ...]) -> Iterator[Place]:
    for match in _OVER_DENIED.finditer(plain):
        if _PROMISED.search(match["middle"]) or match["middle"].endswith(("而", "若", "如", "的")):
            continue
        yield (
            match.start(),
            match.end(),
            f"“{match['prevent']}”已含否定，后面又用“{match['no']}”，意思反了，请删去“{match['no']}”。",
        )
    for match in _TWICE_DENIED.finditer(plain):
        yield match.start(), match.end(), f"“{match.group()}”否定重复，意思反了，请删去一处。"
    for match in _LACK.finditer(plain):
        yield match.start(), match.end(), "“缺乏”和“不足”“不够”说的是一个意思，请删去一处。"


# Two ways in one

_AIM = "“目的”和“为了”意思重复，请删去一个。"
_CAUSE = "“原因”和“由于”“因为”意思重复，请删去一个。"
_SO_BECAUSE = "“之所以”和“原因”意思重复，请删去一个。"
_BLAMED = "“由于……的原因”和“导致”混在一起，句子没有主语，请删去一处。"
_SAME = "这里意思重复，请删去多余的字。"
_MUST = r"(?:主要|就|也|都|正|无非|其实|不外乎|只|还|往往|一般|大多|多半|可能)?"
_BLENDS = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        (r"为了[^，。；！？\n]{1,12}起见", "“为了”和“为……起见”混在一起，请只用一种。"),
        (
            r"(?:开展|举办|举行|组织|召开)了?(?:一场|一次|系列)?(?!以)[“《][^”》\n]{2,20}[”》]为主题的",
            "“为主题”前面少了“以”，应为“以……为主题的”。",
        ),
        (r"(?:虽然|尽管)[^，。；！？\n]{2,20}，(?:而且|并且)", "“虽然”要和“但是”配，请改。"),
        (
            rf"(?:目的|用意|宗旨|意图|初衷|出发点)[^，。；！？\n是在为]{{0,6}}，?{_MUST}(?:是|在于)(?:主要|就是|要)?(?:为了|为的是|旨在)(?!谁)",
            _AIM,
        ),
        (
            r"(?:旨在|意在)(?:是)?为了|为了[^，。；！？\n]{2,25}为目的(?=[，。；]|$)|以[^，。；！？\n]{2,20}为目的是",
            _AIM,
        ),
        (r"之所以[^，。；！？\n]{1,25}的?目的是为了", _AIM),
        (
            (
                rf"(?<!究其)(?<!什么)(?:原因|缘由|起因|理由)[^，。；！？\n是在为]{{0,6}}，?{_MUST}(?:是|在于)(?:主要|大多|多|就是)?"
                r"(?:由于|因为|因)(?!素|地|人|材|势|小|此)"
            ),
            _CAUSE,
        ),
        (r"(?:由于|因为)[^，。；！？\n]{2,25}(?:的缘故|的原因)(?:所致|造成的|导致的|引起的)", _CAUSE),
        (r"之所以[^，。；！？\n]{1,25}，?的?原因是(?:由于|因为)", _CAUSE),
        (
            r"之所以[^，。；！？\n]{1,25}的(?:主要|根本|重要)?原因，?(?:就|正|主要)?(?:是|在于)(?!由于|因为)",
            _SO_BECAUSE,
        ),
        (
            r"(?:由于|因为|因)[^，。；！？\n]{2,25}的(?:缘故|原因)，(?:从而|所以|因此)?(?:导致|造成|致使|使得?|引发)",
            _BLAMED,
        ),
        (r"是[^，。；！？\n]{2,25}的(?:主要|根本|直接|重要)?原因(?:造成的|所致|导致的|引起的)", _CAUSE),
        (
            r"本着(?:以)?[^，。；！？\n]{2,25}为(?:原则|目的|宗旨|目标|主|理念|出发点|中心|导向)",
            "“本着……的原则”和“以……为原则”混在一起，请只用一种。",
        ),
        (
            r"围绕(?:着)?(?:以)?[^，。；！？\n的]{2,20}为(?:中心|主题|核心|主线|重点|目标)(?!的)(?=[，。；]|开展|展开|进行)",
            "“围绕……”和“以……为中心”混在一起，请只用一种。",
        ),
        (
            r"(?<!遵循)(?<!坚持)(?:按照|根据|依据|遵照)以?[^，。；！？\n]{2,20}为(?:原则|准则|宗旨)(?=[，。；])",
            "“按照……原则”和“以……为原则”混在一起，请只用一种。",
        ),
        (
            (
                r"深受[^，。；！？\n]{1,14}所(?:欢迎|喜爱|好评|爱戴|称赞|喜欢|赞誉|青睐|信赖|拥护)"
                r"|(?:受到|得到|赢得|获得)[^，。；！？\n]{1,14}所(?:欢迎|喜爱|好评|爱戴|称赞|喜欢|赞誉|青睐|认可|肯定)"
            ),
            "“受”和“所”混在一起，应为“深受……欢迎”或“为……所欢迎”。",
        ),
        (
            r"(?:根据|按照|依据)(?!.{0,3}《)[^，。；！？\n的]{2,18}(?:显示|表明)(?=[，：:])",
            "“根据……”和“……显示”混在一起，请删去“根据”。",
        ),
        (
            r"(?:关键|问题|难点|重点)[^，。；！？\n是在]{0,4}(?:在于是|是在于|就在于是)",
            "“在于”和“是”意思重复，请删去一个。",
        ),
        (
            r"(?:靠的是|依靠的?是)[^，。；！？\n]{2,25}(?:取得的|完成的|实现的|得来的|做到的)(?=[，。；]|$)",
            "“靠的是……”和“是靠……取得的”混在一起，请只用一种。",
        ),
        (
            r"(?<![是为，、])(?:(?<=会)|(?<=队)|(?<=组)|(?<=团)|(?<=班子)|(?<=机构)|(?<=系统)|(?<=部分)|(?<=代表))由[^，。；！？\n是]{2,30}(?:所)?(?:组成|构成)的(?=[。；！]|$)",
            "“由……组成的”后面缺了中心词，请改为“由……组成”。",
        ),
        (
            r"由[^，。；！？\n]{2,20}(?:所)?组成的?(?:成员|人员)组成(?=[，。；]|$)",
            "“由……组成”说了两遍，请删去一处。",
        ),
        (
            r"(?:防止|避免|以免)了?免[得于]|以免(?:防止|避免)|以防止?避免|(?:避免|防止)以免",
            "“避免”和“以免”意思重复，请删去一个。",
        ),
        (r"(?:遭到|受到|遭受)被|被(?:受到|遭到|遭受)", "“被”和“受到”意思重复，请删去一个。"),
        (
            r"对(?:于)?(?:能否|是否|能不能)[^，。；！？\n]{2,30}(?:充满|很有|抱有|有|满怀)了?(?:信心|希望)",
            "“能否”是两面，“信心”是一面，前后不相配。",
        ),
        (r"令人(?:感到)?堪忧|凯旋(?:而)?归来|胜利凯旋|莘莘学子们|(?:过高|不切实际|过分)的奢望", _SAME),
        (
            r"悬殊(?:很大|较大|巨大)|出乎[^，。]{0,6}意料之外|第一[部个]处女作|(?:更加|越发)(?:变本加厉|日益|越来越)",
            _SAME,
        ),
        (
            (
                r"(?:许多|不少|众多|大量|全体|各位|诸位|(?:数十|几十|多|(?<!\d)\d{1,7}[多余]?)[名位个])的?"
                r"(?:群众|村民|党员|干部|学生|代表|志愿者|居民|职工|游客|队员|老人|孩子|同志)们"
            ),
            "数量已经说明不止一个，后面不用“们”，请删去。",
        ),
    )
)


def _blends(plain: str, _words: tuple[Word, ...]) -> Iterator[Place]:
    for pattern, said in _BLENDS:
        for match in pattern.finditer(plain):
            yield match.start(), match.end(), said


# Two sides against one

_TWO_SIDES = re.compile(
    r"能否|是否|能不能|可否|有没有|是不是|成败|好坏|高低|优劣|得失|与否|快慢|强弱|大小|多少|深浅|远近|程度|如何|怎样|兴衰|存亡"
)
_TO_ONE = re.compile(
    r"(?P<start>能否|是否|能不能|可否|有没有|是不是|会不会)(?P<first>[^，。；！？\s]{2,35})，?(?P<link>(?:直接|将|也|都|往往|更|就)?"
    r"(?:是|成为|成了|将是|乃是|属于|(?<!个)有利于|有助于|能够?促进|能够?推动|能够?提高|保证了|体现了|可以使))(?P<second>[^，。；！？\n]{2,40})(?=[。；！\n，]|$)"
)
_ASSURANCE = re.compile(
    r"(?:保证|前提|基础|条件|保障|关键|根本|法宝|动力|途径|捷径|基石)(?:所在|之一)?$|^(?:有利于|有助于)"
)
_FROM_ONE = re.compile(
    r"(?P<first>(?:^|(?<=[。；！？\n，]))[^，。；！？\n]{2,30})，?是(?:我[镇村们]|全镇|本镇|当前|新时代)?(?P<two>能否|是否|能不能|可否)"
    r"[^，。；！？\n]{2,30}的(?:重要|根本|关键|首要|基本|必要)?(?:保证|前提|基础|条件|保障|关键|途径)"
)
_DEPENDS = re.compile(
    r"[^，。；！？\n]{2,20}的(?:提高|增强|改善|提升|实现|增长|进步|成功|完成)[，,]?(?:取决于|决定于)[^，。；！？\n]{0,8}?(?:能否|是否|有没有|能不能)"
)


def _sides(plain: str, _words: tuple[Word, ...]) -> Iterator[Place]:
    said = "“{0}”是两面，后面只说了一面，前后不相配，请改。"
    for match in _TO_ONE.finditer(plain):
        second = match["second"]
        link = match["link"]
        one_sided = _ASSURANCE.search(second) or "利于" in link or "助于" in link or "促进" in link or "推动" in link
        if (
            one_sided
            and not _TWO_SIDES.search(second)
            and not re.search(r"检验|衡量|考验|判断|试金石|标尺|问题|焦点", second)
        ):
            yield match.start(), match.end(), said.format(match["start"])
    for match in _FROM_ONE.finditer(plain):
        if not _TWO_SIDES.search(match["first"]):
            yield match.start("first"), match.end(), f"前面说的是一面，后面的“{match['two']}”是两面，前后不相配，请改。"
    for match in _DEPENDS.finditer(plain):
        yield match.start(), match.end(), "前面说的是一面，后面的“能否”是两面，前后不相配，请改。"


# A lost object, conjunctions, synonyms, order

_THEMED = re.compile(
    r"(?:组织开展|组织举办|开展|举办|组织|举行|召开)了?(?:一场|一次|一系列|系列)?以[^，。；！？\n]{2,30}为"
    r"(?:主题|内容|重点|载体|核心|主要内容)(?=[。；，\n]|$)"
)
_OBJECT_FOLLOWS = re.compile(
    r"，[^，。；！？\n]{0,16}(?:活动|培训|会议|讲座|宣传|宣讲|竞赛|比赛|行动|演出|课|会)(?:[，。；]|$)"
)
_PAIRS = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        (
            (
                r"只有(?!\d|[一二三四五六七八九十两几]|的|这|那)[^，。；！？\n]{2,30}，[^，。；！？\n才]{0,6}(?:就(?=能|会|可|一定|必|有)|便能|便可)"
                r"[^，。；！？\n才]{2,30}"
            ),
            "“只有”要和“才”配，写的是“就”，请改。",
        ),
        (
            r"只要[^，。；！？\n就便]{2,30}，[^，。；！？\n就便]{0,6}才(?=能|会|可|有)",
            "“只要”要和“就”配，写的是“才”，请改。",
        ),
        (r"(?:尽管|虽然|虽)[^，。；！？\n但却可]{2,30}，(?:因此|所以|因而|于是)", "“虽然”“尽管”要和“但是”配，请改。"),
        (
            r"(?:不仅|不但|不光(?!彩))[^，。；！？\n]{2,30}，(?:但(?!也|还|更)是?|所以|因此)",
            "“不仅”要和“而且”“还”配，请改。",
        ),
    )
)
_CLASSES = (
    "非常 十分 极其 极为 格外 尤其 特别", "逐步 逐渐 渐渐 日益 日渐 越来越 愈来愈", "必须 务必 必需", "能够 可以", "互相 相互 彼此",
    "已经 业已 早已", "即将 将要 就要", "曾经 曾", "共同 一起 一同 一道 共", "大约 大概 约", "首先 第一", "仍然 依然 依旧 仍旧",
    "全部 所有 一切", "立即 立刻 马上 随即", "经常 常常 时常 往往", "纷纷 陆续", "忽然 突然", "亲自 亲身", "过于 过分", "尤其 特别",
    "截至 截止", "因此 所以 因而", "但是 然而 可是 不过", "并且 而且", "如果 假如 倘若 要是", "或者 或", "以便 为了", "涉及 关于",
)  # fmt: skip
_CLASS_OF = {word: number for number, line in enumerate(_CLASSES) for word in line.split()}
_FINE_SECONDS = frozenset("特别 尤其 曾 约 共 或 一切 所有 全部 不过 第一".split())
_TURNED = re.compile(
    r"(?:解决|整改|处理|纠正|改正|消除|整治)(?:并|和|并且|、)(?:及时|主动|认真)?(?:发现|排查)(?:了|出)?(?!机制)|(?:落实|贯彻|执行)(?:并|和|并且)(?:认真)?(?:学习|传达)|"
    r"(?:通过|审议|讨论)(?:并|并且)(?:认真)?听取|通过(?:并|并且)(?:讨论|审议|酝酿)|(?:实施|落实|执行)(?:并|并且)(?:制定|制订|研究)|(?:运用|应用)(?:并|并且)(?:学习|掌握)|"
    r"(?:处理|查处)(?:并|并且)(?:调查|核查)|(?:推广|宣传)(?:并|并且)(?:总结|创造)|(?:使用|投用)(?:并|并且)(?:建成|验收|安装)|(?:完善|巩固)(?:并|并且)(?:建立|创建)"
)


def _lost_object(plain: str, _words: tuple[Word, ...]) -> Iterator[Place]:
    for match in _THEMED.finditer(plain):
        if not _OBJECT_FOLLOWS.match(plain, match.end()):
            yield match.start(), match.end(), "“以……为主题”后面少了中心词，如“的活动”，请补上。"


def _conjunctions(plain: str, _words: tuple[Word, ...]) -> Iterator[Place]:
    for pattern, said in _PAIRS:
        for match in pattern.finditer(plain):
            yield match.start(), match.end(), said


def _synonyms(_plain: str, words: tuple[Word, ...]) -> Iterator[Place]:
    for first, second in pairwise(words):
        kind = _CLASS_OF.get(first.text)
        if (
            kind is None
            or first.text == second.text
            or _CLASS_OF.get(second.text) != kind
            or second.text in _FINE_SECONDS
        ):
            continue
        yield first.start, second.end, f"“{first.text}”和“{second.text}”意思重复，请删去一个。"


def _order(plain: str, _words: tuple[Word, ...]) -> Iterator[Place]:
    for match in _TURNED.finditer(plain):
        yield match.start(), match.end(), f"“{match.group()}”先后颠倒，请调整语序。"


_RULES: tuple[Callable[[str, tuple[Word, ...]], Iterator[Place]], ...] = (
    _lost_subject, _denials, _blends, _sides, _lost_object, _conjunctions, _synonyms, _order,
)  # fmt: skip
