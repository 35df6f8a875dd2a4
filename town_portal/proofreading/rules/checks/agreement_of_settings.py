"""前后不一致: where and when one event takes place, and whose a thing is, told in two ways.

A hall named where the event is held and another where its 现场 is; the hour after 时间： and another hour at
which all begins 准时; 石门村的长者饭堂 that becomes 田心村长者饭堂; 陈伯 who goes on speaking as 林伯; a label with
its figure in a table and the same label with the figures of it in another order. Nothing is said where a
text tells of two of the kind.
"""

import re
from collections.abc import Callable, Iterator

from town_portal.proofreading.rules.checks.agreement import LONGEST
from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.facts import SURNAMES
from town_portal.proofreading.rules.values.tellings import Telling, tellings
from town_portal.proofreading.rules.writing import Writing

_MOST = 60
_TWO_SIGNS = 2
_HALLS = (
    "会议室|会议厅|报告厅|礼堂|文化站|文化室|活动室|活动中心|广场|操场|小学|中学|幼儿园|祠堂|服务中心|村委会|公园|饭堂|食堂|书屋|戏台|体育馆|篮球场|球场|敬老院|卫生院|图书室|图书馆|文化楼|大榕树下|榕树下"
    "|实践所|实践站|法庭|派出所|基地|果园|农场|市场|码头|电影院|展厅|教室|讲习所|党校|文化中心|会堂|会场"
)
_EVENTS = "讲座|培训班?|活动|会议|比赛|仪式|义诊|演练|晚会|宣讲会?|座谈会|大会|典礼|课堂|党课|运动会|招聘会|推介会|音乐会|分享会|茶话会"
_HALL = rf"(?P<hall>(?:[\u4e00-\u9fff\d]{{0,12}}?)(?:{_HALLS})(?:[一二三四五\d][楼层]|[东南西北]侧|[东南西北]门)?(?:[\u4e00-\u9fff]{{0,4}}(?:{_HALLS}))?)"
_HELD_AT = re.compile(rf"[在于]{_HALL}[里内上]?(?:隆重|顺利|成功|如期)?(?:举行|举办|召开|开展|启动|开讲|开幕|拉开)")
_SCENE_AT = re.compile(
    rf"(?:现场|会场|地点|活动|讲座|培训|比赛|会议|仪式)(?:就|都)?(?:设|安排|放|定|选|摆)在(?:了)?{_HALL}"
    rf"|(?<![\u4e00-\u9fff]){_HALL.replace('hall', 'hall2')}[里内上]的?(?:这[场次])?(?:{_EVENTS})(?:现场)?(?=[，在气热人掌坐挤])"
    rf"|(?:^|(?<=[。\n]))在?{_HALL.replace('hall', 'hall3')}[里内上外前]，"
)
_MOVED = re.compile(
    r"分会场|随后|之后|接着|来到|走进|前往|移[到至师]|转[到至场]|改[到在为至]|原定|次日|第二[天场站]|另[一设]|两[个处]|分别|下一站|会后|先后|实地|参观|分组|同时在|各会场|备用|雨天|室内"
)


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Every second telling of a place, an hour, an owner or a labelled figure that contradicts the first."""
    if writing.is_title or len(writing.plain) > LONGEST:
        return
    for rule in _RULES:
        yield from rule(writing, lexicon)


def _halls(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """在镇政府三楼会议室举办讲座。讲座现场设在镇文化站一楼."""
    text = writing.plain
    held = list(writing.matches(_HELD_AT))
    if len(held) != 1 or _MOVED.search(text):
        return
    hall = held[0]["hall"]
    for scene in writing.matches(_SCENE_AT):
        which = next(name for name in ("hall", "hall2", "hall3") if scene[name])
        if scene.start() > held[0].end() and not _shares(hall, scene[which]):
            said = f"前面写在{hall}，这里写在{scene[which]}，请核对地点。"
            yield writing.finding(Family.INCONSISTENT, *scene.span(which), said)
            return


def _shares(one: str, other: str) -> bool:
    """Have two names of places two signs on end in common (镇政府会议室, 政府会议室)?"""
    bare, longer = (re.sub(r"^(?:汤塘|全|本)?镇|村$", "", name) for name in (one, other))
    if (
        bare[:2] != longer[:2]
        and re.search(r"(?:小学|中学|村|社区)", bare)
        and re.search(r"(?:小学|中学|村|社区)", longer)
    ):
        return False
    return any(bare[at : at + _TWO_SIGNS] in longer for at in range(len(bare) - 1))


_HOUR = r"(?:上午|下午|晚上?|早上|中午)?(?P<{0}>\d{{1,2}}|[一二三四五六七八九十两]{{1,3}})(?:[时点](?:(?P<{0}m>\d{{1,2}})分|(?P<{0}h>半)|整)?|[:：](?P<{0}n>\d\d))"
_LABEL_HOUR = re.compile(rf"时间[为：:]\s?[^\n，。；]{{0,18}}?{_HOUR.format('a')}(?!\s?[-—~～至到])")
_BEGINS = re.compile(
    rf"(?:于|在)[^，。；\n]{{0,10}}?{_HOUR.format('b')}(?:准时|正式)(?:开始|召开|举行|参[加会]|开幕|出席|到[会场])"
)
_EARLIER = re.compile(r"签到|入场|集合|提前|候场|检票|到达|报到|彩排")


def _hours(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """时间：4月9日上午9时, and 会议于当日上午10时准时开始."""
    labels, begins = list(writing.matches(_LABEL_HOUR)), list(writing.matches(_BEGINS))
    if len(labels) != 1 or len(begins) != 1 or labels[0].end() > begins[0].start():
        return
    label, begin = labels[0], begins[0]
    if _EARLIER.search(begin.group()) or label["a"].isdigit() != begin["b"].isdigit():
        return
    first, second = (
        (m[k], m[k + "m"] or m[k + "n"] or ("30" if m[k + "h"] else "0")) for m, k in ((label, "a"), (begin, "b"))
    )
    if (first[0].lstrip("0"), int(first[1])) != (second[0].lstrip("0"), int(second[1])) and not _twelve(first, second):
        said = f"前面写“{label.group()}”，这里写“{begin.group()}”，请核对时间。"
        yield writing.finding(Family.INCONSISTENT, *begin.span(), said)


def _twelve(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Is one 15时 and the other 下午3时?"""
    return one[0].isdigit() and (int(one[0]) - int(other[0])) % 12 == 0 and int(one[1]) == int(other[1])


_OTHERS = re.compile(
    r"邻村|来自|参观|学习|借鉴|像|比|和|与|及|、|另外|同样|也有|联合|结对|取经|对手|对阵|还有|分别|两村|各村|隔壁|兄弟|胜|击败|力克|险胜|交手"
)


def _owners(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """石门村的长者饭堂 in the beginning, and once 田心村长者饭堂: one of them is left from another text."""
    text = writing.plain
    named = {name: text.count(name) for name in (*lexicon.villages, *lexicon.communities) if name in text}
    if len(named) != _TWO_SIGNS:
        return
    first, second = sorted(named, key=text.index)
    if named[second] != 1 or first not in writing.title or second in writing.title:
        return
    at = text.index(second)
    thing = re.match(r"的?(?P<thing>[\u4e00-\u9fff]{3,8})", text[at + len(second) :])
    before = re.findall(rf"{re.escape(first)}的?([\u4e00-\u9fff]{{3,8}})", writing.title + "\n" + text[:at])
    if not thing or _OTHERS.search(text[max(0, at - 8) : at] + text[at + len(second) : at + len(second) + 12]):
        return
    if any(_begins_alike(thing["thing"], owned) for owned in before):
        said = f"前面写的是{first}，这里写的是{second}，请核对。"
        yield writing.finding(Family.INCONSISTENT, at, at + len(second), said)


_VERBS = re.compile(
    r"开展|召开|举[办行]|组织|党[支总]|代表|[^，。]{0,2}队|选手|村民|党员|干部|群众|两委|驻村|位于|共有|[一的]|村[支主]"
)


def _begins_alike(one: str, other: str) -> bool:
    return one[:3] == other[:3] and not _VERBS.match(one)


_KIN = r"(?:伯|叔|婶|姨|嫂|大爷|大娘|大妈|大叔|大婶|奶奶|爷爷|阿婆|婆婆|阿公|阿姨|师傅|老板|老师|医生|大姐|大哥)"
_CALLED = re.compile(rf"(?<![\u4e00-\u9fff]的)(?P<name>[{''.join(sorted(SURNAMES))}])(?P<kin>{_KIN})(?!子|伯|叔)")
_SPEAKS_ON = re.compile(r"[，]?(?:[一]?边|笑|说|乐|高兴|感慨|激动|告诉|介绍|坦言|算|指着|掰着|抹|拍|竖起|连连|眯)")
_COMES_IN = re.compile(
    r"(?:民|户|员|农|主|邻居|隔壁|老伴|儿子|女儿|媳妇|家住|同村|一旁|旁边|身边|对面|还有|像|和|与|跟|、|的|叫|位|名|同行|另一位|这时|随行|前来)[，]?$"
)


def _people_called(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """走进陈伯的果园。…”林伯一边说: the one person of a text has another name at the end of what he says."""
    text = writing.plain
    called = list(writing.matches(_CALLED))
    names = {match["name"] for match in called}
    if len(names) != _TWO_SIGNS or len({match["kin"] for match in called}) != 1:
        return
    later = next(match for match in called if match["name"] != called[0]["name"])
    if sum(match["name"] == later["name"] for match in called) != 1 or called[-1] is not later:
        return
    head = text[max(0, later.start() - 6) : later.start()]
    quoted = head.endswith("”") or re.search(r"[。”\n]$", head)
    if quoted and _SPEAKS_ON.match(text, later.end()) and not _COMES_IN.search(head):
        said = f"前面写{called[0].group()}，这里写{later.group()}，请核对是不是同一个人。"
        yield writing.finding(Family.INCONSISTENT, *later.span(), said)


_LABEL_LINK = re.compile(r"(?:共计?|总?计|合计|约|为|是|有|达到?|了|[：|\s])+$")
_SHORTEST_LABEL = 4


def _labels(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """|村集体全年收入|38.6万元| and 全年收入36.8万元: one label, the figures of the other in another order."""
    text = writing.plain
    told = [(one, label) for one in tellings(text)[:_MOST] if one.exact and (label := _label(text, one))]
    for place, (later, label) in enumerate(told):
        for one, other in told[:place]:
            alike = min(len(label), len(other)) >= _SHORTEST_LABEL and (other.endswith(label) or label.endswith(other))
            if alike and one.kind == later.kind and later.turned_from(one) and later.figure.unit == one.figure.unit:
                said = f"前面写“{other}{text[one.start : one.end]}”，这里写“{text[later.start : later.end]}”，请核对。"
                yield writing.finding(Family.INCONSISTENT, later.start, later.end, said)
                return


_ANOTHER_TIME = re.compile(r"去年|上年|比|同期|上月|前年|往年|\d{4}年|各|每|第[一二三四五六七八九十]|[一二三四]季度")


_WHOSE = re.compile(r"^(?:说明|注|本表|表内|本村|全村|该村|我镇|全镇)+")


def _label(text: str, one: Telling) -> str:
    """What stands before a figure in its clause or in the cell before; empty where it is of another time."""
    head = _LABEL_LINK.sub("", text[max(0, one.start - 24) : one.start])
    words = re.split(r"[，。；、：|\n（）\d]", head)[-1]
    return "" if _ANOTHER_TIME.search(words) else _WHOSE.sub("", words)


_RULES: tuple[Callable[[Writing, Lexicon], Iterator[Finding]], ...] = (
    _halls,
    _hours,
    _owners,
    _people_called,
    _labels,
)
