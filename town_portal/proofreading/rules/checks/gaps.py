"""Gaps 缺字: places where the grammar of a closed class wants a word that is not there.

- 们 behind half a word for people: 志愿们, 村们;
- a number straight before people or things, without its measure word: 走访28困难家庭, 420党员;
- an hour without 时, a sum of money or a count without its unit: 上午9开始, 增收12以上, 发放宣传资料300，;
- half a conjunction: 不仅…，而提高了…; 因为…，所…;
- a leader without what was done: 黎文澍会议并讲话;
- a frame whose last word lost a sign: 在…的带，; 三多月; 全排查.

Silent in titles and tables, where measure words and units are left out on purpose.
"""

import re
from collections.abc import Iterator

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.kept import kept_for_lexicon
from town_portal.proofreading.rules.values.vocabulary import vocabulary
from town_portal.proofreading.rules.writing import Writing

Gap = tuple[int, int, str | None]
"""Start, end and what should stand there when that is certain."""

_PEOPLE = (
    "志愿者 村民 居民 孩子 干部 党员 队员 学员 学生 同学 同志 代表 老师 老人 家长 群众 农民 农户 游客 选手 医生 护士 民警 战士 工人 环卫工 "
    "职工 员工 商户 业主 乡亲 乡贤 妇女 青年 少年 儿童 朋友 邻居 专家 教师 嘉宾 委员 观众 听众 读者 客人 顾客 市民 司机 师傅 伙伴 队友 战友 "
    "网格员 护林员 巡河员 宣讲员 讲解员 调解员 技术员 农技员 消防员 救援人员 工作人员 医护人员 退役军人 老党员 小朋友 大学生 驻村队员 理事 组员 学子 "
    "社工 医师 宣传员 保洁员 安全员 信息员 辅导员 果农 菜农 茶农 种植户 养殖户 脱贫户 社员 会员 团员 旅客 乘客 考生 新生 舞者 歌手 摊主 店主"
).split()
_HALVES = {word[:lost] + word[lost + 1 :]: word for word in _PEOPLE for lost in range(1, len(word))}
"""What is left of a word for people → the word; its first sign stays, so that 民们 in 村民们 is none."""
_MANY = re.compile("(?P<half>{})(?P<many>们)".format("|".join(sorted(_HALVES, key=len, reverse=True))))
_KIND = re.compile("[人员者民众长师生友工兵士子童姐妹弟兄哥爸妈爷奶婆公叔伯姨婶娃官手客属农干委]")

_COUNTED = {
    "名": "党员|干部|群众|志愿者|村民|学生|老人|居民|学员|代表|退役军人|儿童|妇女|老党员|医护人员|工作人员|网格员|队员|职工|师生|选手|青年|"
    "留守儿童|困难群众|独居老人|残疾人|环卫工人|护林员|村干部|镇村干部|党员干部|教师|家长|民兵|民警|消防员|技术人员|群众代表|党员代表",
    "户": "困难户|脱贫户|农户|困难家庭|低保户|特困户|监测户|种植户|养殖户|商户|危房户|困难党员家庭|军属|五保户",
    "处": "隐患|安全隐患|问题隐患|违建|隐患点|地质灾害点|卫生死角|风险隐患",
    "宗": "矛盾纠纷|纠纷|信访案件|信访件",
    "家": "企业|商铺|餐饮店|合作社|农家乐|民宿|规上企业|加油站|网吧",
    "盏": "路灯|太阳能路灯",
    "条": "意见建议|问题线索|水渠|村道|标语|横幅",
    "份": "宣传资料|宣传单|宣传手册|调查问卷|倡议书|承诺书|慰问品",
}
"""Measure word → what is counted by it and hardly ever stands straight behind a number."""
_UNMEASURED = re.compile(
    r"(?<![\d.\-—~～+＋/第:：“（(年月日时A-Za-z])(?P<number>\d{1,4})(?:"
    + "|".join(f"(?P<m{number}>{nouns})" for number, nouns in enumerate(_COUNTED.values()))
    + ")"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_MEASURES = tuple(_COUNTED)

_HOUR = re.compile(
    r"(?:上午|下午|早上|晚上|凌晨|中午|傍晚|早晨|清晨)(?P<hour>[1-9]|1\d|2[0-4])(?=开始|举行|准时|召开|集合|到|[，。；]|在|起|前|正式|许|左右|整(?![改治合体个]))"
)
_MONEY = re.compile(
    r"(?:增收|收入|投资|资金|补贴|补助|奖补|产值|销售额|租金|分红|捐款|善款|慰问金|经费|贷款|营业额|罚款|节约成本)(?:总额|额)?"
    r"(?:约|近|达到?|超过?|超|共计|共|为|合计|累计|了){0,3}(?P<sum>\d+(?:\.\d+)?)(?P<more>余|多)?(?=[，。；](?!\d)|以上|左右)(?!以上文化)"
)
_COUNT = re.compile(
    r"(?:发放|派发|张贴|悬挂|排查|整改|走访|慰问|清运|种植|种下|惠及|接待|收集|转移|出动|化解|拆除|安装|更换|解答|培训)(?:了|出|到)?"
    r"(?P<what>[^，。；：！？\n\d%％|]{2,12}?)(?P<count>\d{2,5})(?P<more>余|多)?(?=[，。；](?!\d))"
)
_BARE = re.compile(r"\d(?:余|多)?(?=[，。；）])(?![，。；）]\d)")
_NO_COUNT = re.compile("号|电话|热线|编|率|第|代码|年|月|日|从|由|至|到|达标|系数|指数|比|为")

_CONJUNCTION = re.compile(
    r"(?:不仅|不但|不光)[^，。；！？\n]{2,30}，(?P<a>而)(?=提高|提升|增强|促进|推动|带动|方便|改善|丰富|拉近|节约|减少|增加|让|使|为|能|会|要|可以|有效|大大|极大|进一步|有利|拓宽|解决|营造|激发)"
    r"|(?:因为|由于)[^，。；！？\n]{2,30}，(?P<b>所)(?=大家|我们|他|她|村|镇|要|必须|才|就|不|没|很|这|那|今|每|孩子|老人|群众)"
    r"|(?:虽然|尽管)[^，。；！？\n]{2,30}，(?P<c>但)(?=$)"
    r"|(?:只有)[^，。；！？\n]{2,30}，(?P<d>能)(?=[^，。；！？\n]{2,})"
    r"|(?:^|[。；，\n])(?P<e>从)(?=(?:提升|增强|推动|促进|带动|实现|确保|达到)[^，。；！？\n]{2,20}(?:[。；\n]|$))"
)
_JOINED = {"a": "而且", "b": "所以"}

_WITHOUT_DEED = re.compile(
    r"(?:书记|镇长|主席|主任|委员|部长|局长|县长|校长|所长|站长|同志)(?P<lost>(?:[主持出席参加]?(?=会议|大会|座谈会|动员会|推进会|部署会|培训会|活动|仪式)))"
    r"(?P<held>会议|大会|座谈会|动员会|推进会|部署会|培训会|活动|仪式)并(?:讲话|致辞|作|宣布|强调)"
)
_UNDER = re.compile(
    r"(?:^|[，。；、\n]|(?<=[\u4e00-\u9fff]))(?P<frame>在[^，。；！？\n在]{2,24}?的(?P<half>带|引|推|支|帮|见|指|努|关|配|影|感|号|督|组)(?P<under>下)?(?=，))"
)
_UNDER_WHAT = {"见": "见证", "支": "支持", "努": "努力", "关": "关心", "配": "配合", "组": "组织", "督": "督促"}
_LONG = re.compile(
    r"(?:[一二两三四五六七八九几]|(?<!\d)\d{1,2})(?P<more>多)(?=月(?!份|饼|日)|星期|小时(?!候))|(?:[一二两三四五六七八九几])(?P<half>半)(?=月(?![刊亮底初中末]))"
)
_WHOLLY = re.compile(
    r"(?<=[行展了要，。；并、好再])(?P<whole>全)(?=(?:排查|推进|开展|加强|整治|清理|检查|实施|提升|深化|推行|推广|摸排|落实|部署|清查|起底排查)(?!覆盖))"
    r"(?<!健全)(?<!安全)(?<!完全)(?<!保全)(?<!齐全)(?<!周全)"
)
_COMMITTEES = re.compile(r"村?[“\"](?P<two>两)[”\"](?=班子|干部|换届|成员|委员)")


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """One finding for each place where the grammar wants a word that is not there."""
    if writing.is_title:
        return
    plain = writing.plain
    reached = -1
    for start, end, meant in sorted(_gaps(plain, lexicon)):
        if start < reached or _in_table(plain, start):
            continue
        reached = end
        written = plain[start:end]
        said = f"“{written}”漏了字，应为“{meant}”，请补上。" if meant else f"“{written}”这里像是漏了字，请补上。"
        yield writing.finding(Family.OMISSION, start, end, said, meant)


def _gaps(plain: str, lexicon: Lexicon) -> Iterator[Gap]:
    yield from _many(plain)
    yield from _numbers(plain)
    for match in _CONJUNCTION.finditer(plain):
        name = match.lastgroup or "a"
        if name in _JOINED:
            yield *match.span(name), _JOINED[name]
    deeds = (*_WITHOUT_DEED.finditer(plain), *(_named_deeds(lexicon).finditer(plain) if lexicon.leaders else ()))
    for match in deeds:
        yield match.start("lost"), match.end("held"), None
    for match in _UNDER.finditer(plain):
        half = match["half"]
        yield match.start("half"), match.end(), f"{_UNDER_WHAT[half]}下" if half in _UNDER_WHAT else None
    for match in _LONG.finditer(plain):
        name = match.lastgroup or "more"
        yield match.start(), match.end(), f"{match.group()[:-1]}个{match.group()[-1]}" if name == "more" else None
    for match in _WHOLLY.finditer(plain):
        yield *match.span("whole"), "全面"
    for match in _COMMITTEES.finditer(plain):
        yield *match.span("two"), "两委"


@kept_for_lexicon
def _named_deeds(lexicon: Lexicon) -> re.Pattern[str]:
    names = "|".join(sorted({re.escape(leader.name) for leader in lexicon.leaders}))
    return re.compile(_WITHOUT_DEED.pattern.replace("书记|镇长", f"{names}|书记|镇长", 1))


def _many(plain: str) -> Iterator[Gap]:
    """志愿们: what is left of a word for people, before 们."""
    use = vocabulary().use
    for match in _MANY.finditer(plain):
        half, start = match["half"], match.start()
        before = plain[start - 1 : start] if start else ""
        whole = len(half) > 1 and _KIND.fullmatch(half[-1]) and half in vocabulary()
        joined = use(before + half[0]) > 0 and "\u4e00" <= before <= "\u9fff"
        if not whole and not (len(half) == 1 and (_KIND.fullmatch(half) or joined)):
            yield start, match.end(), f"{_HALVES[half]}们"


def _numbers(plain: str) -> Iterator[Gap]:
    """A number without the measure word or the unit that it wants."""
    for match in _UNMEASURED.finditer(plain):
        if _YEAR.fullmatch(match["number"]):
            continue
        measure = _MEASURES[int((match.lastgroup or "m0")[1:])]
        number = match["number"]
        yield match.start(), match.end(), f"{number}{measure}{plain[match.start() + len(number) : match.end()]}"
    for match in _HOUR.finditer(plain):
        yield match.start(), match.end(), f"{match.group()}时"
    for match in _MONEY.finditer(plain):
        if not _listed(plain, match.start()):
            yield *match.span("sum"), None
    for match in _COUNT.finditer(plain):
        if not _NO_COUNT.search(match["what"]) and not _listed(plain, match.start()):
            yield *match.span("count"), None


def _listed(plain: str, place: int) -> bool:
    """Are the numbers of a line counted in a unit that is told once, or without any (土地租金9600，利息收入0)?"""
    line = plain[plain.rfind("\n", 0, place) + 1 :].split("\n", 1)[0]
    return "单位" in line or len(_BARE.findall(line)) > 1


def _in_table(plain: str, place: int) -> bool:
    line = plain[plain.rfind("\n", 0, place) + 1 :].split("\n", 1)[0]
    return "|" in line or "\t" in line
