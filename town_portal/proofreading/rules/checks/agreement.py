"""前后不一致: one fact told in two ways - in the title and the body, or in two places of the body.

Compared are counts of the same things, the day and the village of the event, the number of its 届, its
length, sums of money in the same part, the host, the room, and names that differ by one sign. Two values
are one fact only when nothing between them says otherwise: another place, another time, a part (其中), a
total over time (累计), each, before and after, planned and done. When in doubt nothing is said.
"""

import re
from collections.abc import Callable, Iterator
from itertools import combinations

from pypinyin import lazy_pinyin

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.facts import (
    SURNAMES,
    Count,
    Day,
    Person,
    chinese_number,
    clause_at,
    counts,
    days,
    people,
)
from town_portal.proofreading.rules.writing import Writing

_UNDERLINED = 32
_LONGEST = 20_000
"""A text longer than this is no item; its places are not held against each other."""

_MOST = 80
_FEW = 12
_SENTENCE = 80
_SIDE_BY_SIDE = 6

_OTHER_DAY = re.compile(
    r"至|[—～~-]|到|起|前|后|截|期|发布|印发|通知|去年|上年|报名|公示|[（(]|次日|第二天|将|预计|当年|曾|改|推迟|提前|原定|出生|首批"
)
_EVENT_OF_DAY = re.compile(
    r"(?:当天|上午|下午|晚上?)?的(比赛|活动|会议|培训|演练|仪式|座谈|讲座|义诊|调研|走访|宣讲|龙舟赛|宣传|义卖|晚会)"
)
_EDITION = re.compile(r"第([一二三四五六七八九十]{1,3}|\d{1,2})届([\u4e00-\u9fff]{0,6})")
_EARLIER = re.compile(r"上届|往届|历届|此前|以前|去年|上次|从|到|至|自|明年|下届|曾|和|、|继|后")
_SEVERAL = re.compile(r"(?:村|社区)(?:等|、)|[二两三四五六七八九十\d]个?村|[一各]村")
_PLACE = re.compile(r"[\u4e00-\u9fff]{2}(?:小学|中学|幼儿园|片区|基地|公司|标段|路段|河段|项目|工程)")
_MEASURES = {
    "总投资": "投资", "投资": "投资", "总造价": "投资", "造价": "投资", "投入资金": "投资", "共投入": "投资", "耗资": "投资",
    "全长": "长", "总长": "长", "全程": "长", "总长度": "长", "占地面积": "占地", "占地": "占地", "总面积": "面积", "种植面积": "种植", "建筑面积": "建筑面积",
    "为期": "为期", "历时": "为期", "持续": "为期", "善款": "善款", "募集": "善款", "筹集": "善款", "筹得": "善款", "募得": "善款",
    "捐款": "善款", "总收入": "收入", "集体收入": "收入", "总产值": "产值",
}  # fmt: skip
_MEASURE = re.compile(
    rf"({'|'.join(sorted(_MEASURES, key=len, reverse=True))})(?:资金|善款|总额|金额|捐款)?[共约达近超为是了合计总]{{0,3}}$"
)
_LASTING = re.compile(r"([\u4e00-\u9fff]{2})(?<!次)(?:为期|历时|持续)")
_PART = re.compile(
    r"其中|首期|一期|二期|三期|前期|已[投完支]|完成投|追加|再|另|每|计划|预计|县|市级|省级|上级|财政|自筹|村里|增加|减少|由|去年|上年|比"
    r"|累计|截至|个人|第[一二三四五六七八九十\d]|[甲乙AB]|段|各|分别|先后|两次|支线|人均|户均"
)
_ORGAN = re.compile(
    r"镇?(?:妇联|团委|工会|总工会|武装部|派出所|司法所|供电所|卫生院|敬老院|残联|关工委|文联|科协|侨联|商会|纪委|人大|民政办|统战办"
    r"|[\u4e00-\u9fff]{2,6}办公室|(?:应急|党建|平安法治|规划建设|综治|农业农村|公共服务)办)"
)
_ACTING = re.compile(
    rf"(?<![在到于])({_ORGAN.pattern})(?=组织|开展|举办|举行|召开|主办|承办|联合|邀请|走[进访]|赴|到|深入|慰问|启动|开设|牵头|主持|发起|办|送|带领|发放|调解)"
)
_HOSTED = re.compile(rf"(?:由|，|。|；|^)({_ORGAN.pattern})(主办|承办|举办|牵头|组织)")
_ROOM = re.compile(
    r"([一二三四五六七八九十\d]{1,2}[楼层])(?:大|小|多功能|党员)?(会议室|报告厅|礼堂|活动室|会议厅|多功能厅)"
)
_MANY_ROOMS = re.compile(r"分会场|分别|备用|改[到在为]|原定|两个会场|分组")
_FULL_NAME = 3
_BEHIND_NAME = r"(?=[，。、；：（]|说|表示|介绍|告诉|坦言|感慨|激动|高兴|笑|带|的|在|和|与|等|同志|老人|带|一家|家|也|还|都|就|正|又|已|是|为|把|向|对|从|$)"
_INTRODUCED = re.compile(r"(?:民|者|员|书记|主任|生|师|户|人|长|经理|代表|先生|女士|和|与|、)$")
_NO_NAME = frozenset("说表介告的在和与等同是有也为把向对从带一老家们先女")
_AGE = re.compile(
    r"(\d{1,3})岁(?:高龄)?的?(?:[村居]民|老人|老党员|党员|村里的|果农|农户)?"
    r"([\u4e00-\u9fff](?:大爷|大娘|大妈|大叔|奶奶|爷爷|阿婆|伯|婶|[\u4e00-\u9fff]{1,2}))(?=[，。、说的在是表介告坐笑拉高激还也都])"
)
_HARD = re.compile(r"^([zcs])h")
_SOFT = re.compile(r"ng$")


_ELSEWHERE = re.compile(
    r"其中|另[有外]?|此外|还有|除|去年|上年|前年|往年|历年|往届|上届|今年以来|截至|截止|累计|目前|已有|现有|原[有来定]|各\d|每|平均|人均|分别"
    r"|首[日批场轮期]|次日|第[一二三四五六七八九十\d]+[天日轮批场期组次阶]|前[一二三四五六七八九十\d]|后[一二三四五六七八九十\d]|一期|二期|三期"
    r"|计划|预计|预期|拟|将|目标|力争|不少于|至少|上限|最多|新增|增加|增至|增长|扩大|减少|下降|达到|由|从.*到|比(?!赛)|同比|环比|全县|全市|全省|全国|县里"
    r"|[甲乙丙ABC一二三四]组|获奖|获|晋级|淘汰|优秀|表彰|评选|评出|一部分|部分|余下|剩余|其余|尚|未|缺席|年[初底末]|月[初底末]|季度|一等|二等|三等"
    r"|上午|下午|晚上|其一|退出|追加|再|又"
)
_WHOLE = re.compile(r"共|这|全体|全部|所有|一行|总|本次|此次|合计|现场|到场|与会|参[加赛会训与]|出席")
_TAKING_PART = re.compile(
    r"参[加赛会训与]|到场|与会|出席|吸引|来自|组织|共|齐聚|汇聚|动员|发动|邀请|投入|种|发放|走访|慰问|清理|排查|捐|募|有"
)

_MODIFIER = re.compile(
    r"^(?:参[赛会训演加与]|与会|到场|入围)的?(?=队|人员|选手|学员|代表|干部|队员|群众|党员|村民|企业|单位|农户|志愿)"
)
_MORE_NOUN = re.compile(
    r"^(?:代表|干部|家[长庭属]|骨干|志愿|教师|队[员伍长]|成员|人员|子女|之家|户|员|者|队|长|工作|带头|积极|老|青|女|男|负责|服务|企业"
    r"|组[长织]|党|群众|和|、|及|与|村|社区|学生|儿童)"
)
"""What makes another noun of the one before it: 群众 and 群众代表."""
_VERBAL = re.compile(
    r"^(?:参|到|出席|经过|同台|展开|齐聚|前来|在|的|为|将|和|与|及|被|从|向|是|也|都|均|已|进行|获|得|开展|围绕|现场|共|用于|给|等|左右|以"
    r"|报名|热情|积极|踊跃|捐|观看|齐|汇|一[起同道]|争|激|比|切|角逐|上|下|前|后|来|于|并|且|时|内|之)"
)
_DEED = re.compile(r"参加|参与|参赛|参会|参训|与会|出席|到场|报名|捐款|种下|种植|栽下|栽种|清理|发放|募集|筹集|观看")
_FREE = re.compile(r"(?:^|共|有|约|计|达|了|到|吸引|组织|来自|参加|参与|参训|培训|捐款|人数|规模|动员|邀请|的)$")
_TOTAL = re.compile(r"(?:总?共计?|合计|总计|一共)$")
_LEADING_VERB = re.compile(
    r"^.*(?:发放|派发|分发|赠送|种下|种植|栽[下种植]|清[理除运]|排查|发现|整改|走访|慰问|悬挂|张贴|出动|投入"
    r"|修[建复缮]|新[建增设]|安装|检查|募[集得]|筹[集得]|捐[赠出]|共|的|了|约|近|达)"
)
_PEOPLE = frozenset("人名位")
_ITSELF = frozenset(("人", "人次", "元", "公里", "千米", "米", "亩", "平方米", "天", "小时", "届"))
"""Units that need no noun behind them."""
_TELLING = frozenset(("支", "户", "株", "棵", "公里", "亩", "场", "元"))
"""Units that leave little doubt what is counted, when a text counts only once with them."""


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Every second telling of a fact that contradicts the first."""
    if writing.is_title or len(writing.plain) > _LONGEST:
        return
    for rule in _RULES:
        yield from rule(writing, lexicon)


def _counts_of_title(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """8支队伍 in the title (or under a picture), 10支队伍 in the body."""
    text = writing.plain
    body = counts(text)
    for line in (writing.title, *writing.captions):
        for stated in counts(line):
            if _ELSEWHERE.search(line) or any(stated.agrees_with(count) for count in body if _alike(stated, count)):
                continue
            same = [count for count in body if _same_things(stated, count, line, text)]
            alone = [count for count in body if count.unit == stated.unit]
            if not same and stated.unit in _TELLING and len(alone) == 1 and not _other_noun(stated, alone[0]):
                same = alone
            told = [count for count in same if not _ELSEWHERE.search(clause_at(text, count.start, count.end))]
            if told:
                said = f"标题（图片说明）写“{_words(line, stated)}”，这里写“{_words(text, told[0])}”，请核对。"
                yield _finding(writing, told[0].start, told[0].end, said)


def _counts_of_body(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """8支队伍 first, then 10支队伍 of the same text."""
    text = writing.plain
    found = counts(text)[:_MOST]
    for place, later in enumerate(found):
        before = found[:place]
        if any(later.agrees_with(count) for count in before if _same_things(count, later, text, text)):
            continue
        earlier = next((count for count in before if _contradicts(writing, lexicon, count, later)), None)
        if earlier is not None:
            said = f"前面写“{_words(text, earlier)}”，这里写“{_words(text, later)}”，请核对。"
            yield _both(writing, (earlier.start, earlier.end), (later.start, later.end), said)


def _contradicts(writing: Writing, lexicon: Lexicon, earlier: Count, later: Count) -> bool:
    """Are two counts of the same things, told of the same whole, different?"""
    text = writing.plain
    if earlier.agrees_with(later) or not _same_things(earlier, later, text, text):
        return False
    first, second = clause_at(text, earlier.start, earlier.end), clause_at(text, later.start, later.end)
    if first == second or _ELSEWHERE.search(first) or _ELSEWHERE.search(second):
        return False
    if _named_places(second, lexicon) - _named_places(first, lexicon) or not _TAKING_PART.search(first):
        return False
    same_sentence = not re.search(r"[。！？；\n]", text[earlier.end : later.start])
    whole = bool(_WHOLE.search(second))
    return whole if same_sentence else whole or later.low > earlier.high


def _alike(one: Count, other: Count) -> bool:
    return one.unit == other.unit or {one.unit, other.unit} <= _PEOPLE


def _same_things(one: Count, other: Count, text: str, other_text: str) -> bool:
    """Is the same kind of thing counted? Decided by the noun behind the unit, or before the figure."""
    if not _alike(one, other):
        return False
    first, second = _noun_after(one), _noun_after(other)
    if first and second:
        return _same_noun(first, second) or (one.unit == "支" and "队" in first[:3] and "队" in second[:3])
    heads = [_noun_before(count) if not after else "" for count, after in ((one, first), (other, second))]
    if first or second:
        head = heads[0] or heads[1]
        return len(head) >= 2 and (first or second).startswith(head)
    if heads[0] or heads[1]:
        return heads[0] == heads[1]
    deeds, others = (
        set(_DEED.findall(clause_at(words, count.start, count.end)))
        for words, count in ((text, one), (other_text, other))
    )
    return one.unit == "人" == other.unit and bool(deeds & others)


def _noun_after(count: Count) -> str:
    """What follows the unit, if it is a noun: 队伍参加比赛 of 8支参赛队伍参加比赛."""
    if count.unit in _ITSELF:
        return ""
    words = _MODIFIER.sub("", count.after)
    return "" if len(words) < 2 or _VERBAL.match(words) else words


def _noun_before(count: Count) -> str:
    """宣传单 of 发放宣传单200份."""
    words = _TOTAL.sub("", count.before)
    if _FREE.search(words):
        return ""
    return _LEADING_VERB.sub("", words)


def _same_noun(first: str, second: str) -> bool:
    """Do two stretches begin with the same noun, and end it at the same place?"""
    size = next((place for place, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), None)
    size = min(len(first), len(second)) if size is None else size
    return size >= 2 and not any(_MORE_NOUN.match(words[size:]) for words in (first, second))


def _other_noun(one: Count, other: Count) -> bool:
    """Do both name what they count, and name different things?"""
    if one.unit in {"株", "棵"}:
        return False
    first, second = (_noun_after(count) or _noun_before(count) for count in (one, other))
    return bool(first) and bool(second) and not set(first) & set(second)


def _words(text: str, count: Count) -> str:
    return text[count.start : count.end] + count.after[:2]


def _days_of_event(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """One day in the title, and the body knows only another."""
    titled, told = days(writing.title), days(writing.plain)
    if len(titled) != 1 or not told or any(_same_day(titled[0], day) for day in told):
        return
    distinct = {(day.month, day.day) for day in told}
    clause = clause_at(writing.plain, told[0].start, told[0].end)
    if len(distinct) == 1 and not _OTHER_DAY.search(clause) and not _OTHER_DAY.search(writing.title):
        title_words = writing.title[titled[0].start : titled[0].end]
        words = writing.plain[told[0].start : told[0].end]
        yield _finding(writing, told[0].start, told[0].end, f"标题写“{title_words}”，正文写“{words}”，请核对日期。")


def _days_of_body(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """3月12日，…举办比赛。…3月13日的比赛: the same event on another day."""
    text = writing.plain
    told = days(text)
    for first, second in combinations(told[:_FEW], 2):
        if _same_day(first, second) or any(_OTHER_DAY.search(clause_at(text, day.start, day.end)) for day in told):
            continue
        event = _EVENT_OF_DAY.match(text, second.end)
        if event and event.group(1) in _clause_and_next(text, first) and len(told) == 2:
            said = f"前面写“{text[first.start : first.end]}”，这里写“{text[second.start : second.end]}”，请核对日期。"
            yield _both(writing, (first.start, first.end), (second.start, second.end), said)


def _same_day(one: Day, other: Day) -> bool:
    return (one.month, one.day) == (other.month, other.day)


def _clause_and_next(text: str, day: Day) -> str:
    """The sentence from a day on."""
    return re.split(r"[。！？\n]", text[day.end : day.end + _SENTENCE], maxsplit=1)[0]


def _villages(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """大埔村 in the title, and the body knows only 升平村."""
    own = (*lexicon.villages, *lexicon.communities)
    titled = [name for name in own if name in writing.title]
    if len(titled) != 1 or _bare(titled[0]) in writing.plain or _SEVERAL.search(writing.title + writing.plain):
        return
    told = {name: place for name in own if (place := writing.plain.find(name)) >= 0}
    if len(told) == 1:
        name, place = next(iter(told.items()))
        yield _finding(writing, place, place + len(name), f"标题写的是{titled[0]}，正文写的是{name}，请核对。")


def _bare(name: str) -> str:
    return name.removesuffix("社区").removesuffix("村")


def _named_places(clause: str, lexicon: Lexicon) -> set[str]:
    names = (*lexicon.villages, *lexicon.communities, *lexicon.other_towns)
    return {name for name in names if name in clause} | set(_PLACE.findall(clause))


def _ordinals(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """第三届 of the title (or first named), 第四届 of the same thing later."""
    text = writing.plain
    titled, told = _editions(writing.title), _editions(text)
    for stated in titled[:1]:
        if told and all(number != stated[0] for number, *_ in told) and _one_event(stated, told[0]):
            _, _, start, end = told[0]
            said = f"标题写“{writing.title[stated[2] : stated[3]]}”，正文写“{text[start:end]}”，请核对。"
            yield _finding(writing, start, end, said)
            return
    for first, second in combinations(told[:_FEW], 2):
        if first[0] != second[0] and first[1] and first[1] == second[1] and not _past(text, first, second):
            said = f"前面写“{text[first[2] : first[3]]}”，这里写“{text[second[2] : second[3]]}”，请核对。"
            yield _both(writing, first[2:], second[2:], said)
            return


Edition = tuple[int, str, int, int]


def _editions(text: str) -> list[Edition]:
    """(number, what follows, start, end) of every 第…届."""
    found = []
    for match in _EDITION.finditer(text):
        number = match.group(1)
        value = int(number) if number.isdigit() else chinese_number(number)
        if value:
            found.append((value, match.group(2)[:3], match.start(), match.end(1) + 1))
    return found


def _one_event(one: Edition, other: Edition) -> bool:
    return one[1] == other[1] or not one[1] or not other[1] or bool(set(one[1]) & set(other[1]))


def _past(text: str, *told: Edition) -> bool:
    return any(_EARLIER.search(clause_at(text, start, end)) for _, _, start, end in told)


def _measures(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """总投资30万元 and 总投资35万元, 全长5公里 and 全长8公里, 为期3天 and 为期5天, of one thing."""
    told: dict[tuple[str, str], Count] = {}
    text = writing.plain
    for line, counted in ((writing.title, counts(writing.title)), (text, counts(text)[:_MOST])):
        for count in counted:
            named = _MEASURE.search(count.before)
            clause = clause_at(line, count.start, count.end)
            if not named or _PART.search(clause):
                continue
            key = (_MEASURES[named.group(1)], count.unit)
            first = told.setdefault(key, count)
            if first.agrees_with(count) or line is writing.title or _of_another(first, count):
                continue
            if first not in counts(writing.title):
                before = clause_at(text, first.start, first.end)
                if _named_places(before, lexicon) != _named_places(clause, lexicon):
                    continue
                said = f"前面写“{_words(text, first)}”，这里写“{_words(text, count)}”，请核对{named.group(1)}。"
                yield _both(writing, (first.start, first.end), (count.start, count.end), said)
            else:
                said = (
                    f"标题写“{_words(writing.title, first)}”，这里写“{_words(text, count)}”，请核对{named.group(1)}。"
                )
                yield _finding(writing, count.start, count.end, said)


def _of_another(one: Count, other: Count) -> bool:
    """培训为期3天 and 活动为期5天, 投入30万元修路 and 投入20万元建桥 are two things."""
    if one.after and other.after and not set(one.after) & set(other.after):
        return True
    first, second = (_LASTING.search(count.before) for count in (one, other))
    return bool(first and second and first.group(1) != second.group(1))


def _hosts(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """镇妇联 acts in the title, and in the body only 镇团委 does."""
    titled, told = _organs(writing.title), _organs(writing.plain[: _SENTENCE * 3])
    names = {name for name, _ in told}
    if len({name for name, _ in titled}) != 1 or len(names) != 1:
        return
    name, (other, place) = titled[0][0], told[0]
    if _short_form(name, other) or _short_form(other, name) or name in writing.plain:
        return
    yield _finding(writing, place, place + len(other), f"标题写的是{name}，正文写的是{other}，请核对。")


def _organs(text: str) -> list[tuple[str, int]]:
    return [(match.group(1), match.start(1)) for match in _ACTING.finditer(text)]


def _short_form(short: str, long: str) -> bool:
    """应急办 of 应急管理办公室: every sign in its order."""
    signs = iter(long)
    return all(sign in signs for sign in short)


def _organisers(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """由镇妇联主办 and later 镇团委主办: two hosts of one event."""
    found = [(match.group(1), match.group(2), match.start(1)) for match in writing.matches(_HOSTED)]
    for first, second in combinations(found[:_FEW], 2):
        if first[1] != second[1] or _short_form(first[0], second[0]) or _short_form(second[0], first[0]):
            continue
        said = f"前面写{first[0]}{first[1]}，这里写{second[0]}{second[1]}，请核对。"
        spans = [(place, place + len(name)) for name, _, place in (first, second)]
        yield _both(writing, spans[0], spans[1], said)


def _rooms(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """三楼会议室 and 二楼会议室 of one meeting."""
    if _MANY_ROOMS.search(writing.plain):
        return
    found = [(match.group(1), match.group(2), *match.span()) for match in writing.matches(_ROOM)]
    for first, second in combinations(found[:_FEW], 2):
        if first[1] == second[1] and _floor(first[0]) != _floor(second[0]):
            said = f"前面写“{first[0]}{first[1]}”，这里写“{second[0]}{second[1]}”，请核对地点。"
            yield _both(writing, (first[2], first[3]), (second[2], second[3]), said)
            return


def _floor(words: str) -> str:
    number = words.rstrip("楼层")
    return str(chinese_number(number) or number)


def _names(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """李晓梅 and 李小梅: one person spelt in two ways.

    A name that sounds like one before it is the same person's; a name of another sound only where nobody
    is introduced by it, for 村民陈伟明 and 村民陈伟强 may be brothers.
    """
    text = writing.plain
    told: dict[str, Person] = {}
    for person in people(text)[:_MOST]:
        if len(person.name) == _FULL_NAME and person.name not in lexicon.own_names:
            told.setdefault(person.name, person)
    for person in list(told.values())[:_FEW]:
        for second in _respelt(text, person):
            said = f"前面写“{person.name}”，这里写“{second.name}”，请核对是不是同一个人。"
            if not _together(text, person, second):
                yield _both(writing, (person.start, person.end), (second.start, second.end), said)
                return
    for stated in people(writing.title):
        if len(stated.name) == _FULL_NAME and stated.name not in text:
            for second in _respelt(text, Person(0, 0, stated.name)):
                said = f"标题写“{stated.name}”，这里写“{second.name}”，请核对是不是同一个人。"
                yield _finding(writing, second.start, second.end, said)
                return


def _respelt(text: str, person: Person) -> Iterator[Person]:
    """Names later in the text that differ from a person's by one sign."""
    surname, first, second = tuple(person.name)
    pattern = re.compile(
        rf"{surname}(?:{first}(?!{second})([\u4e00-\u9fff])|(?!{first})([\u4e00-\u9fff]){second}){_BEHIND_NAME}"
    )
    for match in pattern.finditer(text, person.end):
        sign = match.group(1) or match.group(2)
        instead = second if match.group(1) else first
        introduced = _INTRODUCED.search(text, max(0, match.start() - 4), match.start())
        if sign not in _NO_NAME and (not introduced or _sounds_alike(sign, instead)):
            yield Person(match.start(), match.start() + _FULL_NAME, text[match.start() : match.start() + _FULL_NAME])


def _sounds_alike(one: str, other: str) -> bool:
    first, second = (_SOFT.sub("n", _HARD.sub(r"\1", "".join(lazy_pinyin(sign)))) for sign in (one, other))
    return first == second


def _together(text: str, first: Person, second: Person) -> bool:
    """Named side by side they are two people."""
    between = text[first.end : second.start]
    return len(between) <= _SIDE_BY_SIDE and not re.search(r"[。！？”“\n]", between)


def _ages(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """78岁的李大爷 and 82岁的李大爷."""
    told: dict[str, re.Match[str]] = {}
    for match in writing.matches(_AGE):
        if match.group(2)[0] not in SURNAMES:
            continue
        first = told.setdefault(match.group(2), match)
        if first.group(1) != match.group(1):
            said = f"{match.group(2)}前面写{first.group(1)}岁，这里写{match.group(1)}岁，请核对。"
            yield _both(writing, (first.start(), first.end(1) + 1), (match.start(), match.end(1) + 1), said)


def _both(writing: Writing, first: tuple[int, int], second: tuple[int, int], said: str) -> Finding:
    """The second place, or both when they stand close together."""
    near = second[1] - first[0] <= _UNDERLINED
    return _finding(writing, first[0] if near else second[0], second[1], said)


def _finding(writing: Writing, start: int, end: int, said: str) -> Finding:
    return writing.finding(Family.INCONSISTENT, start, end, said)


_RULES: tuple[Callable[[Writing, Lexicon], Iterator[Finding]], ...] = (
    _counts_of_title,
    _counts_of_body,
    _days_of_event,
    _days_of_body,
    _villages,
    _ordinals,
    _measures,
    _hosts,
    _organisers,
    _rooms,
    _names,
    _ages,
)
