"""前后不一致: what is known of a thing, taken up again with another value.

A fact is what is told of somebody or something once: an age, a length, a term, a place to come to, the name of a
firm. Whoever takes it up again - 这位七十六岁的老人, 2.9公里长的灌渠, 120天的工期, 粤和农业 - means the first telling.
Each rule aligns two tellings by their subject (who or what) and their attribute (how old, how long, for how
long); it speaks only where the text tells of one such subject.
"""

import re
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import NamedTuple

from town_portal.proofreading.rules.checks.agreement import LONGEST
from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.facts import chinese_number
from town_portal.proofreading.rules.values.figures import Figure, figures
from town_portal.proofreading.rules.values.likeness import likeness_of, sound_alike
from town_portal.proofreading.rules.writing import Writing


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Every known fact that comes back with another value."""
    if writing.is_title or len(writing.plain) > LONGEST:
        return
    for rule in _RULES:
        yield from rule(writing, lexicon)


# How old ------------------------------------------------------------------------------------------

_YEARS = r"(?P<age>\d{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]十?|九十|一百[零一二三四五六七八九]{0,2})"
_AGED = re.compile(
    rf"(?<![\d一二三四五六七八九十百.])(?:年过|年近|快|已|今年|现年|刚满|高龄|年届|年逾)*{_YEARS}岁(?!以[上下内]|[至到起半多来]|[-—~～])"
)
_THIS_ONE = re.compile(r"(?:这[位名个](?:已经?|年过|年近)?|(?:如今|今年|现在|眼下|已经?)，?)$")
_OLD = re.compile(
    r"老人|老党员|老兵|老支书|阿婆|婆婆|奶奶|爷爷|大爷|大娘|阿公|阿伯|伯|婶|老汉|老师傅|老太|寿星|老校长|老教师|老艺人|老农|老裁缝|老木匠"
)
_YOUNG = re.compile(r"小伙|姑娘|青年|大学生|孩子|少年|女孩|男孩|学生")
_THEN = re.compile(
    r"那年|时|当年|年仅|就|便|从|曾|起|出嫁|参军|入党|以前|岁月|相差|大\S{0,2}岁|小\S{0,2}岁|去世|享年|牺牲"
)
_OTHERS = re.compile(r"老伴|妻子|丈夫|儿子|女儿|母亲|父亲|孙|弟|妹|哥|姐|搭档|邻居|另[一外]|两位|二人|夫妻|双胞胎")
_CLAUSE = re.compile(r"[，。；！？：\n“”]")


def _ages(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """今年78岁的老党员罗伯 … 这位七十六岁的老人: one person of a text has two ages."""
    text = writing.plain
    told = list(_AGED.finditer(text))
    if not 2 <= len(told) <= 3 or _OTHERS.search(text, told[0].start(), told[-1].end()):
        return
    first = told[0]
    for later in told[1:]:
        ages = [_number(match["age"]) for match in (first, later)]
        around = [text[max(0, match.start() - 10) : match.end() + 12] for match in (first, later)]
        taken_up = _THIS_ONE.search(text, max(0, later.start() - 8), later.start())
        same_age_group = all(map(_OLD.search, around)) or all(map(_YOUNG.search, around))
        if ages[0] == ages[1] or not taken_up or not same_age_group or any(map(_THEN.search, around)):
            continue
        said = f"前面写{first.group()}，这里写{later.group()}，请核对是不是同一个人。"
        yield writing.finding(Family.INCONSISTENT, later.start("age"), later.end(), said)


def _number(words: str) -> int | None:
    return int(words) if words.isdigit() else chinese_number(words)


# How long, for how long ---------------------------------------------------------------------------

_ATTRIBUTES = (
    "工期|教龄|党龄|工龄|军龄|护林|库容|合同期|租期|租赁期|承包期|任期|保修期|质保期|保质期|公示期|学制|票价|单价|门票|租金|押金|定金|保证金|月租|年租|报名费|起薪|月薪|底薪|车程|航程|赛程|射程"
    "|补助标准|补贴标准|收购价|保底价|成交价|中标价|合同价|报价|预算|投资额|总投资|工程款|善款|奖金|面积|容量|蓄水量|库容|床位|座位|功率|限速|限高|限重|载重"
)
_STATED = re.compile(
    rf"(?P<attribute>{_ATTRIBUTES})(?:总?共|仅|只|才|长|长达|达到?|高达|约|为|是|有|定为|定在|：|:|\s)*$"
)
_TAKEN_UP = re.compile(rf"的(?P<attribute>{_ATTRIBUTES})")
_SIDE = re.compile(
    r"(?P<thing>[\u4e00-\u9fff]{1,8}?)(?:全|总)?(?P<side>长|宽|高|深)(?:度)?(?:总?共|仅|只|约|为|是|有|达|：|:)*$"
)
_SIDE_TAKEN_UP = re.compile(r"(?P<side>长|宽|高|深)的(?P<thing>[\u4e00-\u9fff]{1,8})")
_DOING = {"从教": "教龄", "任教": "教龄", "执教": "教龄", "入党": "党龄", "参加工作": "工龄"}
_DONE_FOR = re.compile(rf"(?P<deed>{'|'.join(_DOING)})(?:已|近|整整|满|了|有|足足)*$")
_PARTIAL = re.compile(
    r"每|平均|其中|另|再|还|已|剩|余|原[来定先]?|改为|调整|延长|缩短|提前|压缩|增加|减少|比|第[一二三]期|[一二三]期|分别|各|最[高低长短]|以上|以下|不少于|不超过|至少|计划|预计|合计|加起来|两座|首付|一半|去年|上年"
)


class _Fact(NamedTuple):
    """So much of an attribute of a thing."""

    figure: Figure
    attribute: str
    thing: str
    known: bool
    """Taken up as known already: 120天的工期."""


def _attributes(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """工期90天 and 120天的工期; 这座桥长42米 and 45米长的桥."""
    text = writing.plain
    facts = list(_facts(text))
    for place, later in enumerate(facts):
        same = [
            one for one in facts[:place] if one.attribute == later.attribute and one.figure.kind == later.figure.kind
        ]
        if not later.known or not same or len({one.figure.base for one in same}) != 1:
            continue
        first = same[-1]
        if first.figure.base == later.figure.base or not (first.figure.exact and later.figure.exact):
            continue
        if first.thing and later.thing and first.thing[-1] not in later.thing:
            continue
        between = text[first.figure.end : later.figure.start]
        clauses = [_clause(text, one.figure) for one in (first, later)]
        if any(map(_PARTIAL.search, clauses)) or re.search(r"延长|缩短|提前|另[一外]|调整|追加", between):
            continue
        words = [text[one.figure.start : one.figure.end] for one in (first, later)]
        yield writing.finding(
            Family.INCONSISTENT,
            later.figure.start,
            later.figure.end,
            f"前面写{first.thing}{first.attribute}{words[0]}，这里写{words[1]}，请核对。",
        )


def _facts(text: str) -> Iterator[_Fact]:
    for one in figures(text):
        before = text[max(0, one.start - 24) : one.start]
        after = text[one.end : one.end + 12]
        if match := _STATED.search(before):
            yield _Fact(one, match["attribute"], "", known=False)
        elif match := _DONE_FOR.search(before):
            yield _Fact(one, _DOING[match["deed"]], "", known=False)
        elif match := _TAKEN_UP.match(after):
            yield _Fact(one, match["attribute"], "", known=True)
        elif match := _SIDE_TAKEN_UP.match(after):
            yield _Fact(one, match["side"], match["thing"].rstrip("上里旁边通"), known=True)
        elif (match := _SIDE.search(one.lead)) and one.kind == "length":
            yield _Fact(one, match["side"], match["thing"], known=False)


def _clause(text: str, one: Figure) -> str:
    return (
        _CLAUSE.split(text[max(0, one.start - 24) : one.start])[-1]
        + text[one.start : one.end]
        + _CLAUSE.split(text[one.end : one.end + 24])[0]
    )


# Where to come ------------------------------------------------------------------------------------

_HALL_ENDS = "会议室|会议厅|报告厅|礼堂|文化站|文化室|活动室|活动中心|广场|操场|小学|中学|幼儿园|祠堂|服务中心|村委会|居委会|公园|饭堂|书屋|戏台|体育馆|球场|敬老院|卫生院|图书馆|图书分馆|分馆|文化楼|榕树下|实践所|实践站|党校|会堂|镇政府|派出所|供销社|码头"
_HALL = rf"(?P<hall>[\u4e00-\u9fff]{{0,8}}?(?:{_HALL_ENDS})(?:[一二三四五\d]楼)?(?:[\u4e00-\u9fff]{{0,4}}(?:{_HALL_ENDS}))?)"
_HELD_AT = re.compile(
    rf"(?:(?:地点|考点|会场|现场|考场|接种点|义诊点)?(?:统一)?(?:设在|设于|定在|安排在|放在|选在)|(?:地点|地址|会场|考点)\s?[：:为是在]{{1,2}})(?:了)?{_HALL}"
    rf"|[在于]{_HALL.replace('hall', 'hall2')}(?:里|内)?(?:举[行办]|召开|进行|开展)"
)
_COME_TO = re.compile(
    rf"(?:请|须|需|应|务必|凭)[^，。；\n]{{0,22}}?(?:前往|[到赴去在]){_HALL}(?:里|内|门口|门前|集中|现场|凭证|持证|统一|准时|签到处)*(?P<what>参[加会训赛]|报到|候考|候诊|排队|就诊|集合|入场|签到|听[讲课]|观看|应考|体检|应检|接种|面试|笔试|培训|开会)"
)
_FOR_SOME = re.compile(
    r"成绩|合格者|不便|如[需果有]|转|补办|另|雨天|备用|原定|改[到在为]|分[别两会]|其他|其余|各自|就近|先到|再到|然后"
)
_TITLED_HALL = re.compile(rf"(?:^|[\s：，])(?:汤塘镇|我镇)?{_HALL}(?:里|内|前|上)(?=[\u4e00-\u9fff])")
_BODY_HALL = re.compile(rf"(?:^|[，。；\s]){_HALL}(?:的[\u4e00-\u9fff]{{2,4}})?(?:里|内|前|上)")


def _halls(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """地点设在镇卫生院 … 请前往四九小学参加体检; 镇文化站里迎新春 over 四九小学的礼堂里年味十足."""
    text = writing.plain
    held = list(_HELD_AT.finditer(text))
    if len(held) == 1 and not _FOR_SOME.search(text):
        place = held[0]["hall"] or held[0]["hall2"]
        for come in _COME_TO.finditer(text, held[0].end()):
            if not _one_place(place, come["hall"]):
                said = f"前面写地点在{place}，这里写到{come['hall']}{come['what']}，请核对地点。"
                yield writing.finding(Family.INCONSISTENT, *come.span("hall"), said)
                return
    titled = _TITLED_HALL.search(writing.title)
    body = _BODY_HALL.search(text[:80]) if titled else None
    if titled and body and not _one_place(titled["hall"], body["hall"]):
        core = re.sub(r"^(?:汤塘|全|本|我)?镇", "", titled["hall"])
        if core not in text and not _FOR_SOME.search(text):
            said = f"标题写在{titled['hall']}，正文写在{body['hall']}，请核对地点。"
            yield writing.finding(Family.INCONSISTENT, *body.span("hall"), said)


def _one_place(one: str, other: str) -> bool:
    """Have two names of places two signs on end in common?"""
    bare, longer = (re.sub(r"^(?:本次|活动|统一|汤塘|全|本|我)*镇?(?:的)?", "", name) for name in (one, other))
    pairs = {bare[at : at + 2] for at in range(len(bare) - 1)} - {"小学", "中学", "文化", "服务", "中心"}
    return any(pair in longer for pair in pairs) or bare == longer


# Whose name ---------------------------------------------------------------------------------------

_FIRM_ENDS = "农业|农牧|种养|科技|实业|建设|建筑|工程|文旅|旅游|生态|食品|物业|环保|商贸|贸易|电子|制衣|家具|酒店|民宿|农庄|山庄|果园|农场|茶业|合作社|公司|慈善会|基金会|商会|超市|药店|饭店|宾馆|书院|书屋"
_FIRM = re.compile(rf"(?P<core>[\u4e00-\u9fff]{{2}})(?P<end>{_FIRM_ENDS})")


def _firms(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """粤禾农业 and then 粤和农业: a firm whose name is spelt by sound or by shape."""
    text = writing.plain
    alike = likeness_of(lexicon).alike
    found = list(_FIRM.finditer(text))[:40]
    for first, later in combinations(found, 2):
        one, other = first["core"], later["core"]
        if one == other or first["end"] != later["end"] or text.count(other + later["end"]) > 1:
            continue
        differ = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
        if len(differ) != 1 or not (sound_alike(*differ[0]) or alike(*differ[0])):
            continue
        together = later.start() - first.end() < 8 and re.search(r"[、和与及]", text[first.end() : later.start()])
        if not together and not {one, other} & _WORDS:
            said = f"前面写“{first.group()}”，这里写“{later.group()}”，请核对名称。"
            yield writing.finding(Family.INCONSISTENT, *later.span(), said)
            return


_WORDS = frozenset(
    "建设 现代 发展 特色 智慧 绿色 高效 生态 休闲 观光 乡村 本地 当地 重点 水利 土地 供水 道路 一般 种植 养殖".split()
)


# How many of those already told -------------------------------------------------------------------

_OPENS_WITH = re.compile(
    r"^[^，。！？；\n\d]{1,12}的(?P<many>(?:\d{1,4}|[一二三四五六七八九十百两零]{1,6}))(?P<unit>[户名个位家])(?P<noun>[\u4e00-\u9fff]{1,6})"
)
_TITLED_MANY = re.compile(
    r"(?P<many>\d{1,4}|[一二三四五六七八九十百两零]{1,6})(?P<unit>[户名个位家])(?P<noun>[\u4e00-\u9fff]{1,6})"
)
_PEOPLE = frozenset("名个位")
_HUMAN = re.compile(
    r"人|孩子|学生|学员|儿童|老人|村民|群众|代表|队员|选手|青年|党员|职工|者|生|农户|家庭|户|工匠|教师|战士|新兵"
)
_BOTH = 2
_SOME_ONLY = re.compile(r"首批|其中|部分|当场|又|还|先|名(?:优秀|先进)|第[一二三]|剩|余|另")


def _opening(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """石门村12户受灾群众搬入新居 over 搬进新房的二十一户人家: the body opens with the very people of the title."""
    body, titled = _OPENS_WITH.match(writing.plain), list(_TITLED_MANY.finditer(writing.title))
    if not body or len(titled) != 1:
        return
    stated = titled[0]
    kinds = [
        ("户",) if unit == "户" else tuple(_PEOPLE) if unit in _PEOPLE else (unit,)
        for unit in (stated["unit"], body["unit"])
    ]
    numbers = [number for match in (stated, body) if (number := _number(match["many"]))]
    human = all(_HUMAN.search(match["noun"] + match["unit"]) for match in (stated, body))
    if kinds[0] != kinds[1] or len(set(numbers)) < _BOTH or not human or min(numbers) < _BOTH:
        return
    rest = writing.plain[body.end() :]
    if any(words in rest for words in (stated["many"] + stated["unit"],)) or _SOME_ONLY.search(body.group() + rest[:8]):
        return
    said = f"标题写“{stated.group()}”，正文写“{body['many']}{body['unit']}”，请核对。"
    yield writing.finding(Family.INCONSISTENT, body.start("many"), body.end("unit"), said)


_RULES: tuple[Callable[[Writing, Lexicon], Iterator[Finding]], ...] = (
    _ages,
    _attributes,
    _halls,
    _firms,
    _opening,
)
