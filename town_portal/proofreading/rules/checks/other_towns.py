"""别镇地名: another town's name that was left in where the own town is meant.

Another town may be named for many reasons: it is a guest, a partner, a neighbour, where somebody comes
from, where a road leads. A text in which it takes part is left alone. A finding needs the other town in
a place that only the own town can fill: it plans what comes next, it does or has what this town's news tells
of, its people profit from what was done here, our leaders speak of it as of their own, its people are addressed,
it signs or supplies the text, it is host to the county's visitors whom our leaders receive, it is said to own one
of our villages, markets or leaders.

What only looks like a slip because of where it stands in this town's news is to be looked at, and does not block.
"""

import re
from collections.abc import Iterable, Iterator

from town_portal.proofreading.rules.finding import Family, Finding, Severity
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.kept import kept_for_lexicon
from town_portal.proofreading.rules.values.names import exact_mentions, in_office, kinds_held, name_at, titles
from town_portal.proofreading.rules.values.stretches import sentence_at
from town_portal.proofreading.rules.values.vocabulary import LONGEST, vocabulary
from town_portal.proofreading.rules.writing import Writing

_PARTNER_BEFORE = re.compile(
    r"(?:(?<![统用得受入一])到|(?<!依法)对|[与和同跟及、赴往至从经由比距向像如帮予的原]|来自|途[经径]|经过|抵达|走进|参观|考察|学习|借鉴|观摩|支援|援助|帮扶"
    r"|结对|毗邻|邻近|相邻|紧邻|接壤|靠近|临近|周边|附近|邻镇|兄弟镇|相比|较之?|不如|[优高低强弱]于|邀请|联合|会同|协同|携手|联动|对接"
    r"|对阵|迎战|战胜|不敌|连接|通往|开往|流经|辐射|[家现]住|嫁到|调[任往]|籍贯|祖籍|户籍|感谢|落户|[运销送转]往)(?:我县|县)?$"
)
_PARTNER_BEHIND = re.compile(
    r"[、与和同跟及]|以及|代表|队(?!伍)|选手|[考参]\w团|一行|客[人商]|游客|嘉宾|方向|[东南西北一]侧|[交相接]\w?[界邻壤]|毗[邻连]|[籍则也等段某等]|人士"
    r"|的?(?:做法|经验|兄弟|朋友)|应邀|学习[考交]|参观|考察|前?来[我访到参]|前来|派[出员人]|路段|境内(?!河道|的[垃违])|中学|中心小学|卫生院|派出所|市场|收费站|高速"
    r"|(?:近[期日])?发[生布]|介绍|分享|组队|组团|发来|赠送|老乡|娘家|同样|[以]?\d(?!\d{3}年|\d?个(?:行政)?村)|[获夺摘]|排名|位[于居列]|一[名位家]|[男女]子"
)
_SEVERAL_TOWNS = re.compile(
    r"[两二三四五六各]个?镇|两地|三地|双方|邻镇|兄弟乡?镇|跨镇|镇际|友谊赛|交叉[检互]|互[学访检]|结对|对口|[交]界|毗邻|接壤|联防|联动|联合|联谊"
    r"|区域协作|[来]访|取经|传经|全县[^。]{0,6}(?:镇|排名)|排名|名列|[冠亚季]军|参赛|比赛|雨量|降[雨水]|毫米|风力|停[电水]|绕行|警情|事故"
)
_PLAN = r"下一?步|接下来|下一?阶段|今后|未来|往后"
_PLANNED = re.compile(rf"(?:{_PLAN})[，,]?$")
_CLAUSE_HEAD = re.compile(
    r"(?:[。；！？\n“：，]|近[日年]|日前|近期|今年|以来|年来|连日|随后|目前|同时|此外|当[天日]|据悉|[月日午]|期间|一直|下一?步|接下来|今后)$"
)
_INTENDS = re.compile(
    r"(?:党委|党委、?政府)?(?:还|也)?将(?:以|继续|持续|进一步|不断|常态化|严格|切实|积极|加大|坚持|深化|充分|全力|认真|一如既往|始终|紧紧|大力|深入|把|对|组织|开展|加[强快]|推[进动]|结合|围绕|聚焦|通过|按照|坚决)"
)
_WELCOME = re.compile(r"欢迎[^。；，]{0,14}(?:到|来|来到|走进)$|(?<!人大)(?<!党)代表$")
_SPREAD = re.compile(r"(?:吹遍|洒满|传遍|香飘|响彻|遍布|走遍)$")
_EVERYWHERE = re.compile(r"的?(?:每一?个?角落|大地|千家万户|家家户户)")
_MADE_INTO = re.compile(r"(?:打造|建设|建成|发展)")
_IMPROVED = re.compile(
    r"[^，。；]{0,14}(?:意识|能力|水平|素质|面貌|环境|条件|质量|秩序|氛围|[^，。；]{0,2}感)(?:得到|得以|有了|明显|显著|进一步|大幅|有效|更加)?了?[^，。；]{0,5}"
    r"(?:提升|增强|提高|改善|优化|好转|浓厚|向好|巩固)"
    r"|[^，。；]{0,14}(?:焕然一新|大变样|换新颜|换了模样|更上一层楼|迈上新台阶)"
)
_TAKES_ROOT = re.compile(r"(?:营造|掀起|形成|落地|生根|蔚然|引起了?热烈|取得了?(?:良好|显著|明显))")
_LEARNING = re.compile(r"(?:到|赴|来|走进)[^。；]{0,14}?(?:参观|考察|学习|交流|观摩|取经|座谈|对接|比赛|慰问)")
_BODY = re.compile(
    r"(?:党委、?政府|党委|镇委|人民政府|政府|人大|纪委|团委|妇联)?"
    r"(?:[\u4e00-\u9fff]{2,10}?(?:办公室|中心组?|实践[所站]|执法队|支部|领导小组|指挥部|三防办)|[\u4e00-\u9fff]{2,6}站)?"
    r"(?:的?(?:工作|技术)人员|的?(?:党员)?干部|全体\w{2,4})?[，,]?"
    r"(?:今年|近[日年]|日前|目前|上半年|本周|截至目前|\d{1,2}月\d{1,2}日)?(?:以来)?[，,]?(?:共|已|累计|先后|还|也|一定|坚决)*"
)
_STATES = frozenset("是有在来去为获位属距等可能")
_WILL = re.compile(r"(?:还|也)?(?:将|要|会|拟|计划|继续|持续|进一步|以(?!及|[东西南北内外]))")
_GAIN = re.compile(
    r"(?:增强|提升|提高|推动|促进|助力|助推|营造|筑牢|维护|保障|改善|擦亮|打造|夯实|激发|绘就|展现|展示|守护|护航|赋能|服务|丰富|满足|方便|带动"
    r"|加快|凝聚|谱写|书写|推进|构建|树立|支撑|造福|惠及|点亮|照亮|扮靓|确保|守住|做[好实强优]|抓[好实]|分析|走遍|覆盖|清理|整治|接待|劝导|换来的?是|标志着|走访|慰问|看望|(?:运用|用|投入|落实|投身)到|(?:依法|现场)对|[为让使给])(?:了|出|好|起)?(?:切实|新时代|全体|广大|平安|美丽|和谐|幸福|文明|法治)?$"
)
_NEEDS_A_GAIN = frozenset("为让使给带方服确走覆清接劝对依现看慰")
_GAINED = re.compile(
    r"的?(?:(?:全体|广大|辖区|境内|圩[镇容貌]|各族|各界|基层|党员|农村)|[乡村居]民|群众|干部|人民|百姓|老百姓|青少年|儿童|妇女|老[年]?人|孩子|学生|师生|家庭|农户|企业|经济|社会|乡村|高质量"
    r"|[产工农]业|生态|环境|文化|旅游|营商|圩镇|人居|发展|建设|各项|[^，。；]{1,8}(?:水平|氛围|面貌|底色|形象|新篇章|新局面|新画卷|防线|名片|动能|力量|贡献))"
)
_ADDRESSED = re.compile(
    r"(?:全[镇体]|上下|各级|广大|各村|各(?:办公室|单位|部门|党?支部|企业|学校)|辖区[内各广全居群企]|(?:村民|居民)朋友|\d+个村)"
)
_INVITED = re.compile(r"(?:请|望|通知|告知|提醒|致|敬告|呼吁|号召|面向|组织|发动)$")
_VISIT = re.compile(r"(?:[省市县]委?[^，。；\n]{0,24}?)(?:到|赴|来到|深入|莅临|在)$")
_LISTING = frozenset("、和与及")
_RECEIVED = re.compile(r"陪同|参加(?:调研|活动|检查)")
_IN_ANOTHER = re.compile(r"(?:（|隶属于?|属于?|位于|地处|是)$")
_STRETCH = re.compile(r"的|段|境内的?")
_LEADER_OF = re.compile(r"[\u4e00-\u9fff]{0,8}?(?:长|书记|主任|总?指挥)")
_WITHOUT_RANK = re.compile(
    r"(?:建设|打造|建成|共建|描绘|绘就|擦亮|扮靓|[为让把])(?:全体|广大|一个)?(?:平安|美丽|幸福|文明|和谐|法治|活力|魅力|宜居)$"
)
_GOODS = re.compile(
    r"(?:荔枝|粉葛|温泉|砂糖橘|农[产特]品|农业|人民|人(?!民)|群众|百姓|乡村|产业|文旅|品牌|高质量|振兴|形象)"
)
_CALLED = re.compile(r"同志|副?书记|副?镇长|主席|委员")
_OBEYED = re.compile(r"(?:统一到|围绕|按照|根据|响应|落实|贯彻|服从|听从|紧跟)$")
_DECIDED = re.compile(r"(?:党委|镇委|政府|人民政府)[^，。；]{0,8}(?:部署|要求|安排|决策|号召|工作)")
_PRAISED_BY = re.compile(r"(?:得到|受到|赢得)了?(?:全体|广大)?$")
_PRAISE = re.compile(
    r"的?(?:全体|广大)?(?:参[保会训赛]|办事|受益|受助|留守|外来)?(?:[乡村居]民|群众|干部|家长|师生|老百姓)[^，。；]{0,10}(?:好评|欢迎|点赞|称赞|认可|支持|肯定)"
)
_REPORTED_TO = re.compile(
    r"(?:(?:材料|名单|情况|台账|表格?|信息|报告|方案|总结|数据|线索|意见|申请)[^，。；]{0,6}[报交送]|[报交送上汇反][报交送总馈]*[至到给]|(?:应|须|可|请|均|需)[^，。；\n]{0,6}[到至往向])$"
)
_TO_DO_THERE = re.compile(
    r"[^，。；\n]{0,14}?(?:办理|申请|登记|备案|领取|申领|报名|提出|反映|报告|核实|更正|缴)|[^，。；\n]{0,12}(?:办公室|办)(?=[，。；（(\n]|$)"
)
_OTHERS_MATTER = re.compile(r"户籍|户口|居民可|跨镇|就近|通办|转[至到]|移[交送]")
_ONE_OF_US = re.compile(
    r"的?一[名员位个][^，。；\n]{0,4}(?:信息员|干部|党员|网格员|工作人员|志愿者|公务员|村民|社工|教师)"
)
_GIVEN_OUT = re.compile(r"[^。；\n]{0,40}?(?:公布|公示|通报|公告|印发|公开|报告|发布|说明)(?:如下|给你们)")
_OF_THIS_SEASON = re.compile(
    r"(?:镇委|党委、?(?:镇?政府)?)的?(?:坚强|正确)?领导下|本(?:季度|年度|月|周)|这[片方][热沃土]"
)
_OUR_LEADER_SAYS = re.compile(r"(?:强调|要求|指出|表示|勉励|希望|提出|指示)[^。；\n]*$")
_SPOKEN_OF = re.compile(r"(?:对|就|围绕)$")
_ITS_WORK = re.compile(r"[^，。；]{0,20}工作[^，。；]{0,8}(?:提出|作出|作了|进行|给予)")
_CHAIRED_IN = re.compile(r"(?:人民政府|政府|党委)[^。；\n]{0,40}?主持")
_SUPPLIED = re.compile(
    r"(?:来源|供稿|通讯员|撰稿|图文?|摄影|作者|发布单位|[主承协]办(?:单位)?|咨询|拨打|致电|联系|反馈[至到]|报[至到送]+)(?:单位)?[：:/ （]*(?:中共)?$"
)
_SUPPLIES = re.compile(r"(?:融媒体?中心|宣传?(?:办|[）)])|供稿|讯(?=[ 　]))")
_STAFF = re.compile(r"(?:党政|领导)*班子成员|机关干部|全体(?:干部|党员|网格员|工作人员)|各(?:村|办公室|部门)")
_NAMED_FOR_A_REASON = re.compile(
    r"(?:[在离应接受从因我咱们去被由]|位于|批复了?|通报|（|离开|受理|设在|起于|止于|邀|据)(?:来自)?$"
)
_GOVERNS = re.compile(r"党委|镇委|政府|人民政府|[\u4e00-\u9fff]{2,10}办公室")
_GOVERNS_OR_SERVES = re.compile(rf"{_GOVERNS.pattern}|便民服务中心|党群服务中心|办事大厅")
_OUR_TOWN = re.compile(r"[我本]镇")
_ITS_OWN = re.compile(
    r"[\u4e00-\u9fff]{2,3}(?:村|社区)(?!（)|(?:的?[几一两多]家|霜冻|出现|规上|工业|[\u4e00-\u9fff]{2,6}[路街]|气温|最[高低]|发出|发布|水厂|敬老院|法庭|[\u4e00-\u9fff]{2,4}基地)|的?[^，。；]{0,12}?(?:先生|女士|老[板伯人师]|大[哥姐爷妈叔伯]|阿[姨伯婆叔]|[姐哥叔伯婶]|某|商|客|户|队|选手|学生|亲戚|朋友|战友|做法|经验|模式|邀请|支[持援]|帮助|距离|交通)"
)
_SIGNED = re.compile(r"(?:人民政府|委员会|党委|[\u4e00-\u9fff]{2,12}办公室)(?:办公室)?[ \t]*(?=\n|$)")
_STRANGER = re.compile(
    rf"(?:{_PLAN})[，,]?(?P<town>(?P<stem>[\u4e00-\u9fff]{{2}})镇)(?:党委|政府|人民政府|党委、?政府)?(?:还|也)?将"
)
_NO_TOWN = frozenset("各乡村城集圩我本该全两小古名重强特新建")


@kept_for_lexicon
def _towns(lexicon: Lexicon) -> re.Pattern[str] | None:
    names = "|".join(map(re.escape, lexicon.other_towns))
    return re.compile(f"(?:{re.escape(lexicon.county)})?(?P<town>{names})") if names else None


@kept_for_lexicon
def _stems(lexicon: Lexicon) -> re.Pattern[str] | None:
    """Other towns without 镇: ordinary words too, so only beside what a town alone can have."""
    stems = "|".join(re.escape(name[:-1]) for name in lexicon.other_towns)
    return re.compile(f"(?P<town>{stems})(?!镇)") if stems else None


@kept_for_lexicon
def _our_places(lexicon: Lexicon) -> re.Pattern[str]:
    """Our villages and leaders: who acts among them is at home."""
    names = (lexicon.town[:-1], *lexicon.villages, *(leader.name for leader in lexicon.leaders))
    return _any_of(names)


@kept_for_lexicon
def _our_leaders(lexicon: Lexicon) -> re.Pattern[str]:
    return _any_of(leader.name for leader in lexicon.leaders)


@kept_for_lexicon
def _ours(lexicon: Lexicon) -> re.Pattern[str]:
    """What a text of this town names: the town, its villages and leaders."""
    leaders = (leader.name for leader in lexicon.leaders)
    return _any_of((lexicon.town, lexicon.town[:-1], "我镇", "本镇", "全镇", *lexicon.villages, *leaders))


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(name) for name in names if name) or "$.")


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Other towns' names in places that only this town can fill."""
    text, pattern = writing.plain, _towns(lexicon)
    mentions = list(pattern.finditer(text)) if pattern else []
    partners = {match["town"] for match in mentions if _is_partner(text, match)}
    agents = {match["town"] for match in mentions if _is_agent(text, match)}
    told = [match.start() for match in _ours(lexicon).finditer(text)] if mentions else []
    led = _places_before_our_leaders(writing, lexicon) if mentions else frozenset[int]()
    for match in mentions:
        ours = (
            match.end() in led
            or _decides_here(text, match)
            or _owns_ours(text, match, lexicon)
            or _speaks_as_host(text, match)
        )
        alone = match["town"] not in partners and not _SEVERAL_TOWNS.search(sentence_at(writing, match.start())[1])
        if (
            ours
            or _receives_visitors(writing, match, lexicon)
            or _is_led_by_ours(writing, match, lexicon)
            or (alone and (_stands_for_us(text, match) or _works_here(text, match, lexicon)))
            or (alone and len(agents) == 1 and _is_agent(text, match) and _is_our_news(writing, match, told, lexicon))
        ):
            yield _finding(writing, *match.span("town"), lexicon)
        elif alone and len({other["town"] for other in mentions}) == 1 and _seems_ours(writing, match, told, lexicon):
            yield _finding(writing, *match.span("town"), lexicon, Severity.WARN)
    for match in _STRANGER.finditer(text):
        town = match["town"]
        if town not in (lexicon.town, *lexicon.other_towns) and not _NO_TOWN & set(match["stem"]):
            yield _finding(writing, *match.span("town"), lexicon)
    yield from _without_rank(writing, lexicon)


def _finding(writing: Writing, start: int, end: int, lexicon: Lexicon, severity: Severity = Severity.BLOCK) -> Finding:
    written = writing.plain[start:end]
    message = f"这里说的应是本镇，却写成了“{written}”，请核对是否从别处抄来。"
    right = lexicon.town if written.endswith("镇") else lexicon.town[:-1]
    return writing.finding(Family.OTHER_TOWN, start, end, message, right, severity)


def _before(text: str, match: re.Match[str], reach: int = 14) -> str:
    return text[max(0, match.start() - reach) : match.start()]


def _stands_for_us(text: str, match: re.Match[str]) -> bool:
    """Does it sign, intend, profit, or is it addressed or obeyed, as only the own town can?"""
    if _signs(text, match) or _profits(text, match) or _is_addressed(text, match) or _is_obeyed(text, match):
        return True
    if _is_where_to_go(text, match) or _rules_here(text, match):
        return True
    return _heads(text, match) and bool(_INTENDS.match(text, match.end()) or _IMPROVED.match(text, match.end()))


def _is_where_to_go(text: str, match: re.Match[str]) -> bool:
    """Are papers handed in there, is the writer one of its people, or is its matter given out by the text?"""
    before = _before(text, match)
    if before.endswith(("作为", "身为")) and _ONE_OF_US.match(text, match.end()):
        return True
    if before.endswith(("现将", "特将", "现就")) and _GIVEN_OUT.match(text, match.end()):
        return True
    told = _REPORTED_TO.search(before) is not None and _GOVERNS_OR_SERVES.match(text, match.end()) is not None
    return told and _TO_DO_THERE.match(text, match.end()) is not None and not _OTHERS_MATTER.search(text)


_RULES_BY = (
    (re.compile(r"由$"), re.compile(r"(?:人民政府|政府|党委|[\u4e00-\u9fff]{2,10}办公室|便民服务中心)?负责解释")),
    (
        re.compile(r"经(?:中共)?$"),
        re.compile(
            r"(?:党委|政府|人民政府|党政)(?:班子)?(?:\w{0,2}会议?)?[^，。]{0,4}(?:研究|审议|讨论|同意|批准|审核)"
        ),
    ),
    (re.compile(r"[（(]$"), re.compile(r"[\u4e00-\u9fff]{0,12}(?:供稿|供图|撰稿|报道)[）)]")),
    (
        re.compile(
            r"(?:清理|整治|清扫|清洗|巡查|修复|扮靓|点亮|硬化|亮化|(?:均|都|全部)(?:位于|处在|分布在|集中在))[了出遍]?$"
        ),
        re.compile(r"(?:主干道|主次干道|圩镇|辖区|全域|沿线|各村|境内|主要(?:道路|路段|街)|范围|街巷|大街小巷)"),
    ),
    (re.compile(r"(?:让|使)$"), re.compile(r"的[^，。；]{1,8}更")),
    (re.compile(r"建设(?:更加|好|一个|新时代)?(?:美丽|平安|幸福|文明|和谐|法治|富裕)(?:的|新)?$"), re.compile(r"")),
)
"""What stands before a town that rules the place a text is of, and what behind it."""
_DECIDES_HERE = _RULES_BY[:3]
"""Of these, what leaves no other town in it."""
_PRAISES = re.compile(
    r"(?:参[保会训赛]|办事|受益)?(?:[乡村居]民|群众|家长|师生)(?:们)?(?:连连|纷纷|频频|齐声)?(?:点赞|称赞|叫好|竖起[^，。]{0,4}拇指|称好)(?=[，。！；])"
)


def _rules_here(text: str, match: re.Match[str]) -> bool:
    """Does it explain, approve and supply what is published here, or are its streets those that were swept?"""
    before = _before(text, match)
    if _heads(text, match) and _PRAISES.match(text, match.end()):
        return True
    return any(head.search(before) and behind.match(text, match.end()) for head, behind in _RULES_BY)


def _decides_here(text: str, match: re.Match[str]) -> bool:
    before = _before(text, match)
    return any(head.search(before) and behind.match(text, match.end()) for head, behind in _DECIDES_HERE)


_ITS_PEOPLE = re.compile(
    r"的?(?:党员|机关|镇村)?(?:干部|工作人员|网格员|执法人员|执法队员|巡查队员|值守人员)[^，。；]{0,10}?(?:[在到]|来到|走进|深入)"
)
_GUEST_REACH = 40
_GUESTS = re.compile(r"跟班|学习|交流|挂职|参观|参加|取经|考察|观摩|支援|帮忙|慰问|对接|座谈|作客|做客|开会|培训")
_ITS_SEAT = re.compile(
    r"[\u4e00-\u9fff]{0,8}(?:中心|办公室|大厅|服务站|人民政府|政府)(?:就)?(?:设在|位于|搬到|迁到|设于|在)"
)


def _works_here(text: str, match: re.Match[str], lexicon: Lexicon) -> bool:
    """Are its officers at work, or its counters open, in one of our places?"""
    if _GUESTS.search(text, match.end(), match.end() + _GUEST_REACH):
        return False
    for pattern in (_ITS_PEOPLE, _ITS_SEAT):
        done = pattern.match(text, match.end())
        if done and any(text.startswith(name, done.end()) for name in _names_of_ours(lexicon)):
            return True
    return False


@kept_for_lexicon
def _names_of_ours(lexicon: Lexicon) -> tuple[str, ...]:
    return (lexicon.town, lexicon.town[:-1], *lexicon.villages, *lexicon.communities, *lexicon.places)


def _heads(text: str, match: re.Match[str]) -> bool:
    """Does it stand at the head of a clause?"""
    return not text[: match.start()].strip() or text[match.start() - 1] in "。；！？\n，：“"


def _is_obeyed(text: str, match: re.Match[str]) -> bool:
    """Are its decisions followed, or its season summed up, or is it thanked by those it served?"""
    before = _before(text, match)
    if _OBEYED.search(before) and _DECIDED.match(text, match.end()):
        return True
    return bool(_OF_THIS_SEASON.match(text, match.end())) or bool(
        _PRAISED_BY.search(before) and _PRAISE.match(text, match.end())
    )


def _speaks_as_host(text: str, match: re.Match[str]) -> bool:
    """Is it said to be us, are guests welcomed to it, or is something to be felt all over it?"""
    before = _before(text, match, 20)
    if _EVERYWHERE.match(text, match.end()) or _SPREAD.search(before) or _WELCOME.search(before):
        return True
    if before.endswith(("我镇（", "本镇（", "全镇（")):
        return True
    if before.endswith(("把", "将")) and _MADE_INTO.match(text, match.end()):
        return True
    return before.endswith("在") and bool(_TAKES_ROOT.match(text, match.end()))


def _is_led_by_ours(writing: Writing, match: re.Match[str], lexicon: Lexicon) -> bool:
    """Does one of our leaders judge its work, chair its meeting or hold its office?"""
    text, leaders = writing.plain, _our_leaders(lexicon)
    start, sentence = sentence_at(writing, match.start())
    if _SPOKEN_OF.search(_before(text, match)) and leaders.search(sentence[: match.start() - start]):
        return bool(_ITS_WORK.match(text, match.end()))
    if text[: match.start()].endswith("在") and leaders.search(sentence[match.end() - start :]):
        return bool(_CHAIRED_IN.match(text, match.end()))
    office = _LEADER_OF.match(text, match.end())
    return office is not None and leaders.match(text, office.end()) is not None


def _seems_ours(writing: Writing, match: re.Match[str], told: list[int], lexicon: Lexicon) -> bool:
    """Does it stand, in a text that tells of us, where we would stand?"""
    text = writing.plain
    start, sentence = sentence_at(writing, match.start())
    before = sentence[: match.start() - start]
    said = _OUR_LEADER_SAYS.search(before)
    if said and _our_leaders(lexicon).search(before) and not _ours(lexicon).search(sentence, match.end() - start):
        return True
    if writing.is_title and not told and _is_agent(text, match):
        return not before.strip()
    if not (told or _ours(lexicon).search(writing.title)):
        return False
    if _SUPPLIED.search(_before(text, match)) or _SUPPLIES.match(text, match.end()):
        return True
    if _STAFF.match(text, match.end()) and _our_leaders(lexicon).search(text):
        return True
    if lexicon.town[:-1] in sentence or _OUR_TOWN.search(sentence) or _LEARNING.search(sentence):
        return False
    placed = _heads(text, match) or text[: match.start()].endswith("是") or _GOVERNS.match(text, match.end())
    if not placed or _NAMED_FOR_A_REASON.search(_before(text, match)):
        return False
    return not _ITS_OWN.match(text, match.end())


def _without_rank(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """美丽迳头, 让高岗荔枝…: a town named without 镇 that is praised or furthered as one's own."""
    text, pattern = writing.plain, _stems(lexicon)
    for match in pattern.finditer(text) if pattern else ():
        before = _before(text, match)
        furthered = _GAIN.search(before) and _GOODS.match(text, match.end())
        several = _SEVERAL_TOWNS.search(sentence_at(writing, match.start())[1])
        if not several and (furthered or _WITHOUT_RANK.search(before)):
            yield _finding(writing, *match.span("town"), lexicon, Severity.WARN)


def _is_partner(text: str, match: re.Match[str]) -> bool:
    """Does what stands beside the name say that this town takes part, or is only a direction?"""
    before = text[max(0, match.start() - 12) : match.start()]
    return bool(_PARTNER_BEFORE.search(before) or _PARTNER_BEHIND.match(text, match.end()))


def _is_agent(text: str, match: re.Match[str]) -> bool:
    """Does the town, at the head of a clause, do something?"""
    head = text[max(0, match.start() - 40) : match.start()]
    if head and not _CLAUSE_HEAD.search(head):
        return False
    body = _BODY.match(text, match.end())
    place = body.end() if body else match.end()
    return bool(_WILL.match(text, place)) or text.startswith("关于", place) or _is_act(text, place)


def _is_act(text: str, place: int) -> bool:
    """Does a word of doing, or how it is done, stand here?"""
    words = (text[place : place + length] for length in range(min(LONGEST, len(text) - place), 1, -1))
    known = next((word for word in words if word in vocabulary()), "")
    return bool(known) and known[0] not in _STATES and vocabulary().tag(known)[:1] in ("v", "d", "p", "i", "l", "a")


def _is_our_news(writing: Writing, match: re.Match[str], told: list[int], lexicon: Lexicon) -> bool:
    """Does the text, or its title, tell of this town? What a town plans next is always its own plan."""
    before = writing.plain[max(0, match.start() - 12) : match.start()]
    if _PLANNED.search(before) or _ours(lexicon).search(writing.title):
        return True
    start, sentence = sentence_at(writing, match.start())
    heading = sentence.rfind("：", 0, match.start() - start) + 1
    start, sentence = start + heading, sentence[heading:]
    if lexicon.town in sentence or _LEARNING.search(sentence):
        return False
    inside = _our_places(lexicon).search(sentence, match.end() - start)
    return bool(inside) or (bool(told) and (told[0] < start or told[-1] >= start + len(sentence)))


def _owns_ours(text: str, match: re.Match[str], lexicon: Lexicon) -> bool:
    """Is one of our villages or markets said to be the other town's?"""
    stretch = _STRETCH.match(text, match.end())
    place = stretch.end() if stretch else match.end()
    before = _before(text, match)
    if any(text.startswith(name, place) for name in (*lexicon.villages, *lexicon.communities)):
        return not before.endswith("与")
    held = _IN_ANOTHER.search(before)
    markets = tuple(place for place in lexicon.places if place.endswith("圩"))
    return held is not None and before[: held.start()].endswith(lexicon.villages + markets)


def _places_before_our_leaders(writing: Writing, lexicon: Lexicon) -> frozenset[int]:
    """Where another town's name would end that stands before one of our leaders with his own title."""
    leaders = in_office(lexicon, writing.day)
    found: set[int] = set()
    for named in exact_mentions(writing.plain, leaders):
        if _CALLED.match(writing.plain, named.end):
            found.add(named.start)
    for title in titles(writing.plain, lexicon):
        mention = name_at(writing.plain, title.end, frozenset(), leaders, lexicon)
        if mention and mention.exact and title.kinds <= kinds_held(mention.leader, lexicon):
            found |= {title.start, title.start + 1}
    return frozenset(found)


def _receives_visitors(writing: Writing, match: re.Match[str], lexicon: Lexicon) -> bool:
    """Do the county's people visit this town in the company of our own leaders?"""
    start, sentence = sentence_at(writing, match.start())
    before, behind = sentence[: match.start() - start], sentence[match.start() - start :]
    listed = writing.plain[match.end() : match.end() + 1] in _LISTING
    if listed or not _VISIT.search(before) or _ours(lexicon).search(before):
        return False
    return bool(_RECEIVED.search(behind)) and bool(_ours(lexicon).search(behind))


def _profits(text: str, match: re.Match[str]) -> bool:
    """Do the town's people or its progress profit from what was done?"""
    before = text[max(0, match.start() - 14) : match.start()]
    gain = _GAIN.search(before)
    if gain is None:
        return False
    return gain.group()[0] not in _NEEDS_A_GAIN or bool(_GAINED.match(text, match.end()))


def _is_addressed(text: str, match: re.Match[str]) -> bool:
    """Are the town's people or offices asked or told?"""
    before = text[max(0, match.start() - 4) : match.start()]
    called = not before or before[-1] in "\n。，：；“" or bool(_INVITED.search(before))
    return called and bool(_ADDRESSED.match(text, match.end()))


def _signs(text: str, match: re.Match[str]) -> bool:
    """Does the town sign the text, on a line of its own behind it?"""
    line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
    return bool(
        text[: match.start()].strip() and line.strip() in ("", "中共") and "\n" in text[: match.start()]
    ) and bool(_SIGNED.match(text, match.end()))
