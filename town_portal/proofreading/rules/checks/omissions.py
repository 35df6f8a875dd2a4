"""Omissions 漏字: a sign or a word that fell out.

- set phrases of official prose (``data/set_phrases.csv``) with one sign gone, where half of a broken
  word is left over: 传学习, 贯彻落各项, 新时代文明践所;
- a verb of which only one sign is left, seen by what it governs: 召了会议, 开了…活动, 取了…成效;
- the opening formulas 据统计、会议指出、截至目前 without their last sign;
- a frame without its end: 在…的领导， without 下, 对…进行， without its verb, 5月12上午 without 日,
  a firm's 有限 without 公司.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from town_portal.proofreading.rules.checks.confusions import Rule, pattern_of
from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.noise import NUMERALS
from town_portal.proofreading.rules.values.kept import kept_for_lexicon
from town_portal.proofreading.rules.values.vocabulary import vocabulary
from town_portal.proofreading.rules.values.words import Word, cut, words_of
from town_portal.proofreading.rules.writing import Writing

SHORTEST = 4
"""A phrase must be so long that what is left of it is still known."""
BOUND, HALF_BOUND = 0.085, 0.2
"""In how many of its uses a sign is a word of its own: the fewer, the more it proves that a sign is missing."""
ROOM = 12
"""How far behind a verb its object may stand."""

_MARKS = "，。；、！？：）”\n"
_FREE = frozenset(
    "的了在是和有不为以上中下一二三四五六七八九十个这那我你他她它们就都也又还要会能可应从到把被对向与及或而则等所由于其此并之者年月"
    "日时人大小多少好来去说地得着过很最更各每再将已未无新老做办抓讲看走听想用给让使叫请送买卖写读学打开关放收发进出入回起坐住"
    "吃喝问答带找做干当像比按照因如若但且即虽既除自经同跟村镇县市省区户名条件次项种类级"
)
"""Signs that stand alone in any sentence: left over, they prove nothing."""


_LETS_BEGIN = frozenset("的了要和并与及在对为把将是")
"""Signs behind which a phrase begins; any other sign alone may be its own first half (三｜防演练)."""
_BOUND_SIGNS = frozenset(
    "础措践障骤隐署纠氛督善务施构况律织续态迅迫绍频谓默恐映彻诺誉绪览弃估违污悲乏稀愤肃循扰励奋雅殊询启聚释"
    "授络延径判烈序垃圾"
)
"""Signs that are hardly ever a word: alone between two whole words, one of them has lost its other half."""
_ALSO_VERBS = frozenset("施聚授释善督弃循启扰络")
"""Of these, what clipped prose uses as verbs: with an object behind they prove nothing (施分蘖肥, 督进度)."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Where something fell out, and what should stand there when that is certain."""

    start: int
    end: int
    meant: str | None = None


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """One finding for each place where something is missing."""
    plain = writing.plain
    words = words_of(writing, lexicon)
    edges = {word.start for word in words} | {len(plain)}
    reached = -1
    gaps = [
        *_broken_phrases(plain, words, lexicon),
        *_halves(words),
        *_stubs(plain, edges),
        *_formulas(plain),
        *_frames(plain, edges),
        *_endings(plain),
        *_town(plain, edges, lexicon),
        *_listed(plain, edges, lexicon),
    ]
    for gap in sorted(gaps, key=lambda gap: (gap.start, -gap.end)):
        if gap.start < reached:
            continue
        reached = gap.end
        written = plain[gap.start : gap.end]
        said = (
            f"“{written}”漏了字，应为“{gap.meant}”，请补上。" if gap.meant else f"“{written}”这里像是漏了字，请补上。"
        )
        yield writing.finding(Family.OMISSION, gap.start, gap.end, said, gap.meant)


# Set phrases


@dataclass(frozen=True, slots=True)
class _Broken:
    """A set phrase without one sign: the rest of the word that broke, and what fell out."""

    phrase: str
    lost: int
    """Place of the lost sign in the phrase."""
    rest: int
    """Where the other sign of the broken word stands in what is left."""


@kept_for_lexicon
def _breakings(lexicon: Lexicon) -> dict[str, dict[str, _Broken]]:
    """What is left of each phrase when a sign falls out, by its first two signs."""
    known = {term.words for term in lexicon.of("set_phrases")}
    phrases = {phrase for phrase in known if len(phrase) >= SHORTEST}
    by_head: dict[str, dict[str, _Broken]] = {}
    for phrase in sorted(phrases):
        for left, broken in _breaks(phrase):
            if left not in known and left not in vocabulary():
                by_head.setdefault(left[:2], {}).setdefault(left, broken)
    return by_head


def _breaks(phrase: str) -> Iterator[tuple[str, _Broken]]:
    at = 0
    for word in cut(phrase):
        halves = range(at, at + len(word) - 1, 2)
        if len(word) == 3 and word[:2] not in vocabulary():
            halves = range(0)
        for half in halves:
            for lost in (half, half + 1):
                yield phrase[:lost] + phrase[lost + 1 :], _Broken(phrase, lost, half)
        at += len(word)


def _broken_phrases(plain: str, words: tuple[Word, ...], lexicon: Lexicon) -> Iterator[Gap]:
    heads = _breakings(lexicon)
    alone = {word.start: word.text for word in words if len(word.text) == 1}
    behind_sign = {
        word.end for word in words if len(word.text) == 1 and not word.is_mark and word.text not in _LETS_BEGIN
    }
    for place in range(len(plain) - 2):
        for left, broken in heads.get(plain[place : place + 2], {}).items():
            counted = broken.lost < 2 and place and plain[place - 1] in NUMERALS
            if not plain.startswith(left, place) or counted or (broken.lost == 0 and place in behind_sign):
                continue
            rest = alone.get(place + broken.rest)
            if rest and rest not in _FREE and _lost(plain, place, left, broken, vocabulary().freedom(rest)):
                yield Gap(place, place + len(left), broken.phrase)


def _lost(plain: str, place: int, left: str, broken: _Broken, freedom: float) -> bool:
    """Is the sign really lost: not outside the phrase, and the rest no word of its own or of its neighbours?"""
    phrase, end = broken.phrase, place + len(left)
    after = plain[end : end + 1]
    use = vocabulary().use
    closed = not after or after in _MARKS
    long = len(phrase) > SHORTEST
    if broken.lost == len(phrase) - 1:
        joined = after == phrase[-1] or use(left[-1] + after) > 0
        return not joined and freedom <= (HALF_BOUND if closed else HALF_BOUND / 2 if long else 0)
    if broken.lost == 0:
        before = plain[place - 1 : place] if place else ""
        return freedom <= BOUND and before not in (phrase[0], "）") and not use(before + left[0])
    if broken.rest == len(left) - 1 and use(left[-1] + after):
        return False
    if long:
        return freedom <= HALF_BOUND
    if broken.lost < 2:
        return not _slogan(phrase) and freedom <= (HALF_BOUND if vocabulary().tag(phrase[:2]) == "v" else BOUND)
    return freedom <= (HALF_BOUND if closed else BOUND)


def _slogan(phrase: str) -> bool:
    """Would a loss in the first word leave a clipped slogan of verb and object (落责任, 优服务)?"""
    return vocabulary().tag(phrase[2:]) in ("n", "vn", "an")


# Half a word


def _halves(words: tuple[Word, ...]) -> Iterator[Gap]:
    """A sign that is no word, alone between whole words: 安全施已到位, 消除患。"""
    for before, word, after in zip(words, words[1:], words[2:], strict=False):
        joined = vocabulary().use(before.text[-1] + word.text) or vocabulary().use(word.text + after.text[0])
        if (
            word.text in _BOUND_SIGNS
            and not joined
            and _whole_word(before)
            and (_whole_word(after) or after.text in _MARKS)
            and not (word.text in _ALSO_VERBS and _whole_word(after))
        ):
            yield Gap(word.start, word.end)


def _whole_word(word: Word) -> bool:
    return len(word.text) > 1 and "\u4e00" <= word.text[0] <= "\u9fff" and not word.tag.startswith(("nr", "ns", "nz"))


# Verbs of which one sign is left

_OBJECT = rf"(?=[^，。；！？\n]{{0,{ROOM}}}?"
_STUBS = tuple(
    (re.compile(pattern + ")"), meant)
    for pattern, meant in (
        (rf"(?<![重应奉征])召(?:集)?了?{_OBJECT}(?:会议?|大会|座谈会|推进会|例会|培训班)", "召开"),
        (rf"开了{_OBJECT}(?:活动|行动|检查|整治|演练|排查|工作|服务|调研|走访|宣讲|巡查|执法|竞赛|普查|清理)(?=[，。；、！]|$|的)", "开展了"),
        (rf"开(?=[\u4e00-\u9fff“”]{{2,{ROOM}}}(?:宣传活动|主题活动|志愿服务活动|专项行动|专项整治|应急演练|消防演练|安全检查|大排查|走访活动|系列活动|主题党日活动)", "开展"),
        (rf"部了{_OBJECT}工作", "部署了"),
        (rf"贯了{_OBJECT}", "贯彻了"),
        (rf"研了{_OBJECT}(?:工作|问题|方案|措施|部署)", "研究了"),
        (rf"展了{_OBJECT}(?:活动|工作|行动|检查|排查|整治|宣传)", "开展了"),
        (rf"慰了{_OBJECT}", "慰问了"),
        (rf"检了{_OBJECT}", "检查了"),
        (rf"督了{_OBJECT}", "督促了"),
        (rf"维了{_OBJECT}", "维护了"),
        (rf"营了{_OBJECT}", "营造了"),
        (rf"营(?=(?:了|良好|浓厚|安全|和谐|稳定|清朗)[^，。；]{{0,{ROOM}}}?(?:氛围|环境)", "营造"),
        (rf"优了{_OBJECT}", "优化了"),
        (rf"培了{_OBJECT}", "培训了"),
        (rf"践了{_OBJECT}", "践行了"),
        (rf"协了{_OBJECT}", "协调了"),
        (rf"取了{_OBJECT}(?:成效|成绩|进展|成果|突破|胜利|效果|实效)", "取得了"),
        (rf"获了{_OBJECT}(?:好评|认可|肯定|荣誉|称号)", "获得了"),
        (rf"受了{_OBJECT}(?:好评|欢迎|肯定|关注|重视|赞誉|表彰|点赞)", "受到了"),
        (rf"得了{_OBJECT}(?:支持|肯定|认可|解决|保障|改善|响应|拥护|落实|提升|提高|好转)", "得到了"),
        (rf"发了{_OBJECT}(?:作用|优势|潜力|带头作用)", "发挥了"),
        (rf"促了{_OBJECT}", "促进了"),
        (rf"推了{_OBJECT}(?:建设|发展|进程|落实|振兴|整治|工作|开展)", "推进了"),
        (rf"提了{_OBJECT}(?:能力|水平|意识|质量|效率|素质|满意度|幸福感|获得感|安全感)(?=[，。；、]|$)", "提高了"),
        (rf"增了{_OBJECT}(?:意识|信心|本领|能力|凝聚力)", "增强了"),
        (rf"加了(?=对[^，。；]{{2,{ROOM}}}(?:管理|监管|检查|宣传|教育|监督|管控|保护)", "加强了"),
        (rf"排了{_OBJECT}隐患", "排查了"),
        (rf"整了{_OBJECT}(?:环境|秩序|乱象|市容|村容)", "整治了"),
        (rf"解了{_OBJECT}(?:问题|困难)", "解决了"),
        (rf"(?<=[细入真面场步先仅家地])解了{_OBJECT}(?:情况|需求|诉求|进展|现状|进度|想法|意愿|需要|长势|收成|近况|生活|身体|政策|做法|经验|历史)", "了解了"),
        (r"走了(?=[^，。；]{0,6}(?:困难群众|困难户|老党员|脱贫户|农户|商户)", "走访了"),
        (rf"制了{_OBJECT}(?:方案|计划|措施|预案|制度)", "制定了"),
        (r"悬了?(?=[^，。；]{0,6}(?:横幅|标语|条幅)", "悬挂"),
        (rf"完了(?=[^，。；]{{0,{ROOM}}}(?:任务|整改|目标|换届|建设)(?=[，。；、]|$)", "完成了"),
    )
)  # fmt: skip
"""What is left of a verb with its object. The longer phrases stand in the town's own list."""
_STUB_HEADS = re.compile("[召开部贯研展慰检督维营优培践协取获受得发促推提增加排整解走制签悬完]")
_MANNER = "认真|严格|全面|切实|扎实|坚决|不折不扣地?|不断|进一步|持续|深入|有效|着力|大力|积极|稳步|有力|逐步|加快|继续|充分|抓紧|要|以便|努力"
_CLIPPED = re.compile(
    rf"(?:{_MANNER})(?:"
    r"(?P<a>落)(?=各项|上级|中央|省委|市委|县委|镇党委|会议|文件|政策|措施|要求|部署|精神|制度|规定|任务|主体责任|属地责任|安全生产)"
    r"|(?P<b>提)(?=[^，。；、]{0,8}(?:能力|水平|意识|质量|效率|素质|满意度|幸福感|获得感|安全感)[，。；]|[^，。；、]{0,8}(?:能力|水平)(?:和|与))"
    r"|(?P<c>推)(?=[^，。；、]{0,8}(?:建设|发展|进程|振兴|整治)[，。；])"
    r"|(?P<d>加)(?=对[^，。；]{2,12}(?:管理|监管|检查|宣传|教育|监督|管控|保护|力度)|力度|各项)"
    r"|(?P<e>增)(?=[^，。；、]{0,8}(?:意识|信心|本领|凝聚力)[，。；])"
    r"|(?P<f>促)(?=[^，。；、]{0,8}(?:发展|和谐|稳定|就业|增收)[，。；])"
    r"|(?P<g>发)(?=[^，。；、]{2,10}(?:作用|优势)[，。；])"
    r"|(?P<h>贯|彻|践|召|研|慰)(?=[\u4e00-\u9fff]{2})"
    r"|(?P<i>解)(?=[^，。；、]{2,10}(?:问题|困难|难题)[，。；])"
    r"|(?P<j>做)(?=[^，。；、好]{2,8}(?:保障|宣传|排查|防范|准备)工作[，。；])(?=安全|各项|防汛|应急|后勤|疫情|服务)"
    r")"
)
_NOT_CLIPPED = re.compile(
    r"落[户地款叶脚后实到成选]|提[升高前出供倡炼质速级档]|推[进动行广送介出荐]|加[强大快入上以装固工班速]|增[强加长进设收添补值]|"
    r"促[进成使就销]|发[挥辉晖展放动布现生送出起扬掘言]|解[决读除答释散放剖]|召[开集回唤]|研[究判发讨学制修读]|慰[问藉劳]|践[行诺约]|贯[彻穿通]|彻[底查夜]"
)
_SHORT_FORMS = re.compile(
    r"(?<![收捕缴])获感|(?:(?<=[，。；、\n])|^)进步(?=压实|加强|提升|完善|推进|强化|落实|深化|优化|规范|健全|增强|扩大|明确|细化)|为推动高质发展|高质发展|立立改|问导向|"
    r"广大员干部|执(?=24小时|二十四小时)|截至日前为|脱贫攻坚果|未成人(?=保护|的|思想|权益)|村民委会|居民委会|网格化服管|(?<=[\u4e00-\u9fff])办室(?![内外里])"
)
_SHORT_MEANT = {
    "进步": "进一步",
    "高质发展": "高质量发展",
    "立立改": "立行立改",
    "问导向": "问题导向",
    "广大员干部": "广大党员干部",
    "执": "执行",
    "为推动高质发展": "为推动高质量发展",
    "截至日前为": "截至目前",
    "脱贫攻坚果": "脱贫攻坚成果",
    "办室": "办公室",
    "获感": "获得感",
    "未成人": "未成年人",
    "村民委会": "村民委员会",
    "居民委会": "居民委员会",
    "网格化服管": "网格化服务管理",
}
_HALF_STEP = re.compile(
    r"进一(?=[加推完提强落深规压优健巩抓增扩促明细改贯督发拓做激夯筑凝统][强进动善升高化实入范紧全固大确彻促挥展好发牢聚一])"
)


def _stubs(plain: str, edges: set[int]) -> Iterator[Gap]:
    """One sign of a verb, alone, before what the whole verb governs."""
    for head in _STUB_HEADS.finditer(plain):
        start = head.start()
        if start not in edges or start + 1 not in edges:
            continue
        for pattern, meant in _STUBS:
            match = pattern.match(plain, start)
            if match:
                yield Gap(start, match.end(), meant)
                break
    for match in _CLIPPED.finditer(plain):
        start = match.start(match.lastgroup or 0)
        if start in edges and start + 1 in edges and not _NOT_CLIPPED.match(plain, start):
            yield Gap(start, start + 1)
    for match in _SHORT_FORMS.finditer(plain):
        yield Gap(match.start(), match.end(), _SHORT_MEANT[match.group()])
    for match in _HALF_STEP.finditer(plain):
        yield Gap(match.start(), match.end(), "进一步")


# What is left of a word, in the contexts of the list

CLIPPED = "clipped"
"""Kind of terms: what is left of a word, the word, and where it stands for it (contexts as in ``confusions``)."""


@kept_for_lexicon
def _contexts(lexicon: Lexicon) -> list[tuple[Rule, re.Pattern[str]]]:
    return [
        (Rule(term.words, pattern := pattern_of(term.note, term.words, {}), term.right, "<_" in term.note), pattern)
        for term in lexicon.of(CLIPPED)
    ]


def _listed(plain: str, edges: set[int], lexicon: Lexicon) -> Iterator[Gap]:
    """视无异议, 高度重安全生产: a word of which the context shows that it is only the rest of one."""
    for rule, pattern in _contexts(lexicon):
        for match in pattern.finditer(plain) if rule.written in plain else ():
            start, end = match.span("w")
            if start in edges or not rule.begins:
                yield Gap(start, end, rule.right)


# Formulas

_OPENERS = re.compile(
    r"据(?P<a>统|了|介|报|通)(?=，)"
    r"|(?:会议|书记|镇长|同志|主席|负责人|会上)(?P<b>指|强|认|表)(?=[，：])"
    r"|会议(?P<b2>要)(?=[，：])"
    r"|截[至止]目(?=[，\d全已我])(?!前)"
    r"|(?:^|[。\n])(?P<c>近|日)(?=，)"
    r"|(?:^|[，。；\n])下一(?=，)"
    r"|(?:^|[，。；\n])与此同(?=，)"
    r"|(?:^|[，。；\n])目(?=，)"
    r"|(?<!\d)(?:1[0-2]|0?[1-9])月(?:3[01]|[12]\d|0?[1-9])(?=上午|下午|晚上|凌晨|中午|傍晚|清晨|，|（星期|当天|起，)"
)
_FORMULAS = {
    "据统": "据统计", "据了": "据了解", "据介": "据介绍", "据报": "据报道", "据通": "据通报", "截至目": "截至目前", "截止目": "截至目前",
    "会议指": "会议指出", "会议强": "会议强调", "会议认": "会议认为", "会议表": "会议表示", "会议要": "会议要求", "下一": "下一步",
    "与此同": "与此同时", "近": "近日",
}  # fmt: skip


def _formulas(plain: str) -> Iterator[Gap]:
    """Opening formulas and dates whose last sign is gone."""
    for match in _OPENERS.finditer(plain):
        words = match.group().lstrip("，。；\n")
        start = match.end() - len(words)
        yield Gap(start, match.end(), f"{words}日" if words[0].isdigit() else _FORMULAS.get(words))


# Frames

_UNDER = re.compile(
    r"(?:^|(?<=[，。；：！？\n们队组员]))在[^，。；！？\n中上下里时后内]{2,24}?的(?:正确|坚强|大力|悉心|精心|有力|统一|共同|积极|热情|关心|关怀|全力|"
    r"具体|科学|高度|倾力|鼎力|无私|亲切|和|与|、)*(?:领导|带领|指导|帮助|支持|关心|关怀|推动|努力|见证|配合|组织|号召|指引|部署|安排|"
    r"统筹|协调|陪同|监督|参与|重视)(?=，)"
)
_HAS_VERB = re.compile("得到|受到|给予|寻求|获得|接受|离不开|需要|位|读|职|建|于|此|场|岗|校|家")
_ABOUT_WHAT = re.compile(
    r"(?:^|(?<=[，。；\n]))(?P<link>并|还|同时)(?=(?:下一步|下阶段|下一阶段|当前|近期|今后|节日期间)[^，。；！？\n对就将把为]{0,10}"
    r"(?:工作|任务|事项)(?:进行|作出|作|做)了)"
)
_NOTHING_DONE = re.compile(r"对[^，。；！？\n]{2,25}?进行了?(?=[，。；！\n]|$)")
_UNDER_WAY = re.compile(
    r"正|有序|顺利|持续|继续|如期|仍|还在|陆续|同步|同时|按计划|按时|开始|紧张|稳步|工作|活动|比赛|项目|会议|整治|施工|建设|演练|抗|赛|照常"
)
_FIRM = re.compile(
    r"(?:科技|农业|实业|食品|建材|贸易|生态|旅游|建筑|工程|文化|传媒|电子|制造|投资|物业|环保|化工|塑料|服饰|医药|物流|股份|家具|陶瓷|置业|"
    r"农牧|水务|燃气|电器|五金|纸业|印刷|餐饮|酒店|置业|饲料|种业|发展|建设|服务|管理|开发)有限"
    r"(?:(?=的(?:总经理|董事长|负责人|老板|员工|厂房|车间|工人|产品|法定代表人|总))|(?=总经理|董事长|负责人|法定代表人|员工|厂长|捐赠|捐款))"
)


def _frames(plain: str, edges: set[int]) -> Iterator[Gap]:
    """Frames whose end is gone."""
    for match in _UNDER.finditer(plain):
        if not _HAS_VERB.search(match.group(), 1):
            tail = plain[match.end() - 2 : match.end()]
            yield Gap(match.end() - 2, match.end(), f"{tail}下")
    for match in _ABOUT_WHAT.finditer(plain):
        yield Gap(*match.span("link"), f"{match['link']}对")
    for match in _NOTHING_DONE.finditer(plain):
        if match.start() in edges and not _UNDER_WAY.search(match.group()):
            yield Gap(match.start(), match.end())
    for match in _FIRM.finditer(plain):
        yield Gap(match.end() - 2, match.end(), "有限公司")


_ENDINGS = "感力"
_ENDED = "获得感 幸福感 安全感 归属感 认同感 责任感 使命感 荣誉感 凝聚力 战斗力 向心力 执行力 创造力 组织力 号召力 影响力".split()
_UNENDED = re.compile(
    "(?P<first>{words})(?=、(?:{words})[{ends}])|(?<=[{ends}]、)(?P<last>{words})(?=[，。；！]|$|不断|持续|明显|更|显著|就)".format(
        words="|".join(word[:2] for word in _ENDED), ends=_ENDINGS
    )
)


def _endings(plain: str) -> Iterator[Gap]:
    """获得、幸福感、安全感: a member of a list without the sign that its neighbours end with."""
    for match in _UNENDED.finditer(plain):
        yield Gap(*match.span(), next(word for word in _ENDED if word.startswith(match.group())))


def _town(plain: str, edges: set[int], lexicon: Lexicon) -> Iterator[Gap]:
    """汤镇: the town's name without one of its signs, alone as a name stands alone."""
    name = lexicon.town
    for left in {name[:place] + name[place + 1 :] for place in range(len(name) - 1)} if len(name) > 2 else ():
        for match in re.finditer(f"(?<![\u4e00-\u9fff]){left}(?![\u957f\u59d4])", plain):
            if match.start() in edges:
                yield Gap(*match.span(), name)
