"""前后不一致: the day, the hour, the place or the theme of one event told in two ways.

Held against each other are the title and the body, and two places of the body that speak of one
occasion: the opening, the deadline, 这场义诊. Nothing is said where a change is told of (改, 推迟, 原定),
or where there are more days than one.
"""

import re
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from itertools import combinations

from town_portal.proofreading.rules.checks.agreement import LONGEST
from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.facts import Day, chinese_number, clause_at, days
from town_portal.proofreading.rules.writing import UNDERLINED, Writing

_FEW = 12
_A_FEW = 2
_SIDE_BY_SIDE = 6
_SENTENCE = 80

_OTHER_DAY = re.compile(
    r"至|[—～~-]|到|起|前|后|截|期|发布|印发|通知|去年|上年|报名|公示|[（(]|次日|第二天|将|预计|当年|曾|改|推迟|提前|原定|出生|首批"
)
_EVENT_OF_DAY = re.compile(
    r"(?:当天|上午|下午|晚上?)?(?:的|这[场次]|那[场次])([\u4e00-\u9fff]{0,4}?(?:比赛|活动|会议|培训|演练|仪式|座谈|讲座|义诊|调研|走访|宣讲|龙舟赛|宣传|义卖|晚会|宣讲会|开幕|开园|义演|巡查|慰问))"
)
_EVENT_ON_DAY = re.compile(
    r"(?:^|[。，；\n])(?:本次|此次|这次)?(会议|大会|活动|比赛|培训|演练|仪式|讲座|义诊|座谈会|晚会|运动会|文化节)[于在]$"
)
_HELD = re.compile(r"(?:上午|下午|晚上?|\d{1,2}[时点]|准时)*(?:举行|召开|举办|开展|开始|结束|开幕|落幕|圆满)")
_EVENT_NOUN = re.compile(
    r"培训|学习|比赛|训练|集训|行动|演练|展览|会议|夏令营|托管|宣讲|义诊|研学|展销|花市|排查|整治|文化节|旅游节|采摘节|活动"
)
_PARTLY = re.compile(r"第|每|前[一二两三\d]|后[一二两三\d]|首|其中|剩|原[计定]|延长|缩短|提前|计划|近|约|余")
_EDITION = re.compile(r"(?:第([一二三四五六七八九十]{1,3}|\d{1,2})|(首))届(?P<of>[\u4e00-\u9fff]{0,6})")
_EARLIER = re.compile(r"上届|往届|历届|此前|以前|去年|上次|从|到|至|自|明年|下届|曾|和|、|继|后")
_SEVERAL = re.compile(r"(?:村|社区)(?:等|、)|[二两三四五六七八九十\d]个?村|[一各]村")
_ROOM = re.compile(
    r"([一二三四五六七八九十\d]{1,2}[楼层])(?:大|小|多功能|党员)?(会议室|报告厅|礼堂|活动室|会议厅|多功能厅)"
)
_OCCASION = re.compile(
    r"开幕|闭幕|开园|开业|开赛|开讲|开学|启幕|举行|举办|召开|开展|义诊|报名|申报|申请|缴费|缴纳|提交|报送|征集|投票|公示|停水|停电|封路|封闭|领取|登记"
)
_DEADLINE_BEFORE = re.compile(r"(?:至|截至|截止[到于至为]?|截止(?:时间|日期)[为是：]?)$")
_DEADLINE_AFTER = re.compile(
    r"(?:\d{1,2}[时点]\S{0,3}|\d{1,2}:\d\d|下班|下午|当天|[（(]\S{1,4}[）)])?(?:前|之前|以前|止|截止)"
)
_APART = re.compile(
    r"改|推迟|延[期长]|提前|原[定计]|顺延|补报|补缴|逾期|第[一二三四五六七八九十\d]|[一二三]期|初赛|复赛|决赛|预赛|线[上下]|网上|现场|首批|分批|去年|上年|预备"
)
_HOUR = re.compile(
    r"(?<![\d:：])(?P<hour>\d{1,2})(?:[:：](?P<minute>\d{2})|[时点](?:(?P<minute2>\d{1,2})分?|(?P<half>半)|整|许|钟)?)(?![\d—~～-])"
)
_STARTS = re.compile(
    r"(?:，[^，。]{0,12}(?=集合|出发)|[，]?(?:活动|会议|比赛|仪式|培训|演练|义诊|讲座|晚会|典礼|宣讲会|[一正准式时]){0,4})"
    r"(?P<what>集合|出发|开始|开赛|开幕|开讲|开锣|拉开)"
)
_HALF_DAY = re.compile(r"(?P<half>上午|下午|晚上?)")
_HALF_DAY_OF = re.compile(
    r"(?:(?:当天|当日)(?P<half>上午|下午|晚上?)的?(?:这[场次])?|(?<![天日\d])(?P<half2>上午|下午|晚上?)的(?:这[场次])?)"
    r"(?P<what>会议|培训|比赛|活动|演练|义诊|讲座|宣讲|座谈|仪式|晚会|慰问|调研|宣传)"
)
_SIDE = re.compile(
    r"(?:位于|坐落在|坐落于|地处|建在|设在)(?P<of>[\u4e00-\u9fff]{2,6}?)(?P<side>[东西南北]|东南|东北|西南|西北)(?:侧|面|边|部|头|门)"
)
_QUOTED = re.compile(
    r"“(?P<quoted>[^“”]{4,24})”为?的?(?P<of>主题|合唱|歌咏|文艺|征文|书画|摄影|演讲|知识|活动|行动|宣传|系列|志愿|专项|培训|宣讲|比赛|晚会|党日)"
)
_THEME_ALIKE = 0.55
_PHONE = re.compile(r"(?<!\d)(?:0763-?)?(?P<line>[2-8]\d{6})(?!\d)")
_MANY_ROOMS = re.compile(r"分会场|分别|备用|改[到在为]|原定|两个会场|分组")


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Every second telling of an event's day, hour, place, number or theme that contradicts the first."""
    if writing.is_title or len(writing.plain) > LONGEST:
        return
    for rule in _RULES:
        yield from rule(writing, lexicon)


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
        yield writing.finding(
            Family.INCONSISTENT, told[0].start, told[0].end, f"标题写“{title_words}”，正文写“{words}”，请核对日期。"
        )


def _days_of_body(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """3月12日，…举办比赛。…3月13日的比赛: the same event on another day."""
    text = writing.plain
    told = days(text)
    for first, second in combinations(told[:_FEW], 2):
        if _same_day(first, second) or any(_OTHER_DAY.search(clause_at(text, day.start, day.end)) for day in told):
            continue
        event = _EVENT_OF_DAY.match(text, second.end)
        if event is None and _HELD.match(text, second.end):
            event = _EVENT_ON_DAY.search(text[: second.start])
        if event and event.group(1) in _clause_and_next(text, first) and len(told) == 2:
            said = f"前面写“{text[first.start : first.end]}”，这里写“{text[second.start : second.end]}”，请核对日期。"
            yield writing.both(Family.INCONSISTENT, (first.start, first.end), (second.start, second.end), said)


_DAY_ALONE = re.compile(
    r"(?<![月\d至到、和—~～-])(?P<day>\d{1,2})[日号](?:当天|上午|下午|晚上)?的(?P<what>[\u4e00-\u9fff]{2})"
)


def _days_alone(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """6月22日上午视察工地。…25日的视察: a day of the same event, without its month."""
    text = writing.plain
    told = days(text)
    if len({(day.month, day.day) for day in told}) != 1 or any(
        _OTHER_DAY.search(clause_at(text, day.start, day.end)) for day in told
    ):
        return
    for match in writing.matches(_DAY_ALONE):
        opening = _clause_and_next(text, told[0])
        if match.start() > told[0].end and int(match["day"]) != told[0].day and match["what"] in opening:
            said = f"前面写“{text[told[0].start : told[0].end]}”，这里写“{match['day']}日”，请核对日期。"
            yield writing.finding(Family.INCONSISTENT, match.start(), match.end("day") + 1, said)
            return


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
        yield writing.finding(
            Family.INCONSISTENT, place, place + len(name), f"标题写的是{titled[0]}，正文写的是{name}，请核对。"
        )


def _bare(name: str) -> str:
    return name.removesuffix("社区").removesuffix("村")


def _ordinals(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """第三届 of the title (or first named), 第四届 of the same thing later."""
    text = writing.plain
    titled, told = _editions(writing.title), _editions(text)
    for stated in titled[:1]:
        if told and all(number != stated[0] for number, *_ in told) and _one_event(stated, told[0]):
            _, _, start, end = told[0]
            said = f"标题写“{writing.title[stated[2] : stated[3]]}”，正文写“{text[start:end]}”，请核对。"
            yield writing.finding(Family.INCONSISTENT, start, end, said)
            return
    for first, second in combinations(told[:_FEW], 2):
        if first[0] != second[0] and first[1] and first[1] == second[1] and not _past(text, first, second):
            said = f"前面写“{text[first[2] : first[3]]}”，这里写“{text[second[2] : second[3]]}”，请核对。"
            yield writing.both(Family.INCONSISTENT, first[2:], second[2:], said)
            return


Edition = tuple[int, str, int, int]


def _editions(text: str) -> list[Edition]:
    """(number, what follows, start, end) of every 第…届."""
    found = []
    for match in _EDITION.finditer(text):
        number = match.group(1) or "1"
        value = int(number) if number.isdigit() else chinese_number(number)
        if value:
            found.append((value, match["of"][:3], match.start(), match.start("of")))
    return found


def _one_event(one: Edition, other: Edition) -> bool:
    return one[1] == other[1] or not one[1] or not other[1] or bool(set(one[1]) & set(other[1]))


def _past(text: str, *told: Edition) -> bool:
    return any(_EARLIER.search(clause_at(text, start, end)) for _, _, start, end in told)


def _rooms(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """三楼会议室 and 二楼会议室 of one meeting."""
    if _MANY_ROOMS.search(writing.plain):
        return
    found = [(match.group(1), match.group(2), *match.span()) for match in writing.matches(_ROOM)]
    for first, second in combinations(found[:_FEW], 2):
        if first[1] == second[1] and _floor(first[0]) != _floor(second[0]):
            said = f"前面写“{first[0]}{first[1]}”，这里写“{second[0]}{second[1]}”，请核对地点。"
            yield writing.both(Family.INCONSISTENT, (first[2], first[3]), (second[2], second[3]), said)
            return


def _floor(words: str) -> str:
    number = words.rstrip("楼层")
    return str(chinese_number(number) or number)


_LASTING = re.compile(
    r"(?:为期|历时|持续|共|共计)(?:了|近|约|整整)?(?P<for>\d{1,3}|[一二两三四五六七八九十]{1,3})(?P<unit>天|日|个月|周|年|学时|课时)(?!内|后|前|之)"
    r"|(?<![第前后近约\d头])(?P<of>\d{1,3}|[一二两三四五六七八九十]{1,3})(?P<unit2>天|日|个月|周|年|学时|课时)的(?P<what>(?:集中|专题|封闭|紧张)?"
    r"(?:培训|学习|比赛|活动|训练|集训|行动|演练|展览|节庆|会议|夏令营|托管班?|宣讲|义诊|研学|展销|花市|排查|整治))"
)


def _lengths(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """为期三天 and 五天的培训."""
    told = [match for match in writing.matches(_LASTING) if not _PARTLY.search(clause_at(writing.plain, *match.span()))]
    titled = [match for match in _LASTING.finditer(writing.title)]
    for first, second in combinations((*titled, *told)[:_FEW], 2):
        if second in titled or _length(first) == _length(second) or _length(first)[1] != _length(second)[1]:
            continue
        if _event_of(writing, first, titled) != _event_of(writing, second, titled):
            continue
        message = f"前面写“{first.group()}”，这里写“{second.group()}”，请核对。"
        start = second.start() if first in titled or second.end() - first.start() > UNDERLINED else first.start()
        yield writing.finding(Family.INCONSISTENT, start, second.end(), message)
        return


def _length(match: re.Match[str]) -> tuple[int, str]:
    words = match["for"] or match["of"]
    return int(words) if words.isdigit() else chinese_number(words) or 0, match["unit"] or match["unit2"]


def _event_of(writing: Writing, match: re.Match[str], titled: list[re.Match[str]]) -> str:
    """What lasts so long: 培训 of 培训为期3天, 为期3天的培训, 举办…培训班，为期3天."""
    text = writing.title if match in titled else writing.plain
    around = clause_at(text, *match.span())
    found = _EVENT_NOUN.findall(around) or _EVENT_NOUN.findall(text[: match.end()])
    return found[-1] if found else ""


def _occasions(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """报名至6月20日 and 6月25日前报名; 将于6月20日开幕 and 6月22日的开幕式."""
    text = writing.plain
    if _APART.search(text):
        return
    told = [(day, deadline, what) for day in days(text)[:_FEW] for deadline, what in [_occasion(text, day)] if what]
    for (first, early, what), (second, late, whats) in combinations(told, 2):
        if (
            _same_day(first, second)
            or early != late
            or not (what & whats if early else _one_opening(text, second, what))
        ):
            continue
        said = f"前面写“{text[first.start : first.end]}”，这里写“{text[second.start : second.end]}”，请核对日期。"
        yield writing.both(Family.INCONSISTENT, (first.start, first.end), (second.start, second.end), said)
        return


def _occasion(text: str, day: Day) -> tuple[bool, frozenset[str]]:
    """Is a day a deadline, and what is to be done by it or begins on it?"""
    deadline = _DEADLINE_AFTER.match(text, day.end) or _DEADLINE_BEFORE.search(text, max(0, day.start - 8), day.start)
    sentence = re.split(r"[。！？\n；]", text[day.end :])[0]
    before = re.split(r"[。！？\n；]", text[: day.start])[-1]
    if deadline:
        return True, frozenset(_OCCASION.findall(clause_at(text, day.start, day.end)))
    if _RANGE.match(text, day.end) or _RANGE_END.search(before):
        return False, frozenset()
    return False, frozenset(_OCCASION.findall(re.split("，", sentence)[0]))


_RANGE = re.compile(r"(?:上午|下午)?[至—~～到起-]")
_RANGE_END = re.compile(r"[至—~～到-]$")
_OPENINGS = frozenset("开幕 闭幕 开园 开业 开赛 开学 启幕".split())


def _one_opening(text: str, second: Day, what: frozenset[str]) -> bool:
    """Is the second day that of the same opening: 6月22日的开幕式?"""
    found = re.match(r"的?(?P<what>开幕|闭幕|开园|开业|开赛|开学|启幕)", text[second.end : second.end + 6])
    return found is not None and found["what"] in what & _OPENINGS


def _hours(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """上午9时开始 and 8时30分活动一开始."""
    text = writing.plain
    told = [match for match in writing.matches(_HOUR) if _STARTS.match(text, match.end())]
    if len(told) != _A_FEW or _APART.search(text):
        return
    first, second = told
    began = [_STARTS.match(text, match.end()) for match in told]
    if (
        len({one["what"] for one in began if one}) == 1
        and _minutes(first) % 720 != _minutes(second) % 720
        and not re.search(r"次日|第二天|签到|分别", text)
    ):
        said = f"前面写{first.group()}，这里写{second.group()}，请核对时间。"
        yield writing.both(Family.INCONSISTENT, first.span(), second.span(), said)


def _minutes(match: re.Match[str]) -> int:
    return int(match["hour"]) * 60 + (30 if match["half"] else int(match["minute"] or match["minute2"] or 0))


def _half_days(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """6月18日上午召开会议 and 当天下午的会议."""
    text = writing.plain
    halves = [match["half"][0] for match in writing.matches(_HALF_DAY)]
    first = next(writing.matches(_HALF_DAY), None)
    for later in writing.matches(_HALF_DAY_OF):
        half = (later["half"] or later["half2"])[0]
        if first is None or first.start() >= later.start() or halves.count(half) > 1 or half == first["half"][0]:
            continue
        opening = re.split(r"[。！？\n]", text[first.end() : later.start()])[0]
        if later["what"] in opening and not re.search(r"全天|一天|两场|分别|半天", text):
            said = f"前面写的是{first.group()}，这里写“{later.group()}”，请核对时间。"
            yield writing.finding(Family.INCONSISTENT, *later.span(), said)
            return


_TEAM = r"[\u4e00-\u9fff]{2,6}?队"
_BEAT = re.compile(
    rf"(?P<winner>{_TEAM})(?:最终|以|凭借)[^，。]{{0,12}}(?:胜|击败|力克|战胜|险胜|力压)(?:了)?(?P<loser>{_TEAM})[^。，]{{0,8}}，?(?:夺冠|捧杯|夺得|摘得|获得|拿下|登顶)"
)
_CHAMPION = re.compile(
    rf"(?:拿下|夺得|获得|摘得|捧得|斩获)(?:了)?冠军的(?P<team>{_TEAM})|冠军(?P<team2>{_TEAM})|(?P<team3>{_TEAM})(?:捧起冠军|夺冠|夺得冠军|捧杯|登顶)"
)


_BUILT = re.compile(
    r"(?:建|成立|创办|创建|落成|竣工|开业|投产)于(?P<year>(?:18|19|20)\d\d)年(?:\d{1,2}月)?的?(?P<of>[\u4e00-\u9fff]{0,2})"
    r"|(?<!从)(?P<year2>(?:18|19|20)\d\d)年(?:\d{1,2}月)?(?:始?建成?|修建|兴建|落成|成立|创办|创建)的(?P<of2>[\u4e00-\u9fff]{2})"
)


def _years_built(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """该水库始建于1958年。…建于1968年的水库."""
    told = list(writing.matches(_BUILT))
    if len(told) != _A_FEW or _built(told[0]) == _built(told[1]):
        return
    first, second = told
    of = second["of"] or second["of2"] or ""
    if len(of) == _A_FEW and of in writing.plain[: first.start()] and not re.search(r"[扩重改]建|迁", writing.plain):
        said = f"前面写{_built(first)}年，这里写{_built(second)}年，请核对。"
        spans = [match.span("year" if match["year"] else "year2") for match in told]
        yield writing.both(Family.INCONSISTENT, spans[0], spans[1], said)


def _built(match: re.Match[str]) -> str:
    return match["year"] or match["year2"]


_LIST_JOINT = re.compile(r"(?:村|社区)?(?:、|和|与|及|以及)")


def _lists_of_villages(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """田心村、黎安村、暖坑村三个村 and 田心、黎安、官山三个村: all but one the same."""
    text = writing.plain
    bare = sorted((_bare(name) for name in (*lexicon.villages, *lexicon.communities)), key=len, reverse=True)
    named = list(re.finditer("|".join(map(re.escape, bare)), text)) if bare else []
    lists: list[list[re.Match[str]]] = []
    for match in named:
        if lists and _LIST_JOINT.fullmatch(text, lists[-1][-1].end(), match.start()):
            lists[-1].append(match)
        else:
            lists.append([match])
    for first, second in combinations([one for one in lists if len(one) > _A_FEW], 2):
        one, other = ({match.group() for match in run} for run in (first, second))
        strangers = [match for match in second if match.group() not in one]
        if len(one) == len(other) and len(strangers) == 1 and text.count(strangers[0].group()) == 1:
            match = strangers[0]
            missing = next(iter(one - other))
            said = f"前面列的有{missing}，这里列的是{match.group()}，请核对。"
            yield writing.finding(Family.INCONSISTENT, *match.span(), said)
            return


def _champions(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """新塘村队险胜官山村队捧杯。拿下冠军的官山村队."""
    beaten = next(writing.matches(_BEAT), None)
    for match in writing.matches(_CHAMPION) if beaten else ():
        team = match["team"] or match["team2"] or match["team3"]
        if beaten and match.start() > beaten.end() and team == beaten["loser"]:
            said = f"前面写{beaten['winner']}战胜{team}，这里写{team}是冠军，请核对。"
            start = match.start() + match.group().rindex(team)
            yield writing.finding(Family.INCONSISTENT, start, start + len(team), said)
            return


def _sides(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """位于村委会东侧 and 位于村委会西侧."""
    told = list(writing.matches(_SIDE))
    if len(told) == _A_FEW and told[0]["of"] == told[1]["of"] and told[0]["side"] != told[1]["side"]:
        said = f"前面写“{told[0].group()}”，这里写“{told[1].group()}”，请核对位置。"
        yield writing.both(Family.INCONSISTENT, told[0].span(), told[1].span(), said)


def _themes(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """以“法润乡村”为主题 and “法润乡土”主题: one theme, quoted in two ways."""
    told = [(match["quoted"], match["of"]) for match in _QUOTED.finditer(writing.title)]
    for later in writing.matches(_QUOTED):
        theme, of = later["quoted"], later["of"]
        other = next((one for one, what in told if what == of and _nearly(theme, one)), None)
        if other is not None and all(_plain_words(theme) != _plain_words(one) for one, _ in told):
            said = f"前面写“{other}”，这里写“{theme}”，请核对主题。"
            yield writing.finding(Family.INCONSISTENT, *later.span("quoted"), said)
            return
        told.append((theme, of))


_THEME_IS = re.compile(
    r"(?:主题|口号|名)(?:[为是叫]|：)“(?P<theme>[^“”]{5,24})”|以“(?P<theme2>[^“”]{5,24})”为(?:主题|题)"
)
_ANY_QUOTED = re.compile(r"“(?P<words>[^“”]{5,24})”")


def _themes_misquoted(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """主题是“书香润童心” and a banner “书香润童年”: all but one sign the same."""
    stated = next(writing.matches(_THEME_IS), None)
    if stated is None:
        return
    theme = stated["theme"] or stated["theme2"]
    for match in writing.matches(_ANY_QUOTED):
        words = match["words"]
        if len(words) == len(theme) and sum(a != b for a, b in zip(words, theme, strict=True)) == 1:
            said = f"前面写的主题是“{theme}”，这里写“{words}”，请核对。"
            yield writing.finding(Family.INCONSISTENT, *match.span("words"), said)
            return


def _plain_words(theme: str) -> str:
    return re.sub(r"\W", "", theme)


def _nearly(one: str, other: str) -> bool:
    first, second = _plain_words(one), _plain_words(other)
    return first not in second and second not in first and SequenceMatcher(None, first, second).ratio() >= _THEME_ALIKE


def _phones(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """0763-4630012 and 0763-4630021: one line with two of its figures in another order."""
    told = list(writing.matches(_PHONE))[:_FEW]
    for first, second in combinations(told, 2):
        one, other = first["line"], second["line"]
        differing = [place for place in range(len(one)) if one[place] != other[place]]
        turned = len(differing) == _A_FEW and differing[1] - differing[0] == 1 and sorted(one) == sorted(other)
        if turned and second.start() - first.end() > _SIDE_BY_SIDE:
            said = f"前面写{first.group()}，这里写{second.group()}，请核对是不是同一个电话。"
            yield writing.finding(Family.INCONSISTENT, *second.span(), said)
            return


_RULES: tuple[Callable[[Writing, Lexicon], Iterator[Finding]], ...] = (
    _days_of_event,
    _days_of_body,
    _days_alone,
    _villages,
    _ordinals,
    _rooms,
    _lengths,
    _occasions,
    _hours,
    _half_days,
    _champions,
    _years_built,
    _lists_of_villages,
    _sides,
    _themes,
    _themes_misquoted,
    _phones,
)
