"""前后不一致: people and organs of one event told in two ways.

A name spelt in two ways, an age, who chaired, who hosted. Two people may well have names that look
alike: a name that sounds like one before it is the same person's, a name of another sound only where
nobody is introduced by it.
"""

import re
from collections.abc import Callable, Iterator
from itertools import combinations

from pypinyin import lazy_pinyin

from town_portal.proofreading.rules.checks.agreement import LONGEST
from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.facts import SURNAMES, Person, chinese_number, people
from town_portal.proofreading.rules.values.likeness import in_order
from town_portal.proofreading.rules.values.names import Mention, exact_mentions
from town_portal.proofreading.rules.writing import Writing

_MOST = 80
_FEW = 12
_LEAD = 240
_SIDE_BY_SIDE = 6

_ORGAN = re.compile(
    r"镇?(?:妇联|团委|工会|总工会|武装部|派出所|司法所|供电所|卫生院|敬老院|残联|关工委|文联|科协|侨联|商会|纪委|人大|民政办|统战办|退役军人服务站|市场监管所|税务分局|水利所|林业站"
    r"|[\u4e00-\u9fff]{2,6}办公室|(?:应急|党建|平安法治|规划建设|综治|农业农村|公共服务)办)"
)
_ACTING = re.compile(
    rf"(?<![在到于])({_ORGAN.pattern})(?=(?:[在于][^，。；]{{1,14}}?)?(?:组织|开展|举办|举行|召开|主办|承办|联合|邀请|走[进访]|赴|到|深入|慰问|启动|开设|牵头|主持|发起|办|送|带领|发放|调解|检查|督查|巡查|排查|调研|对))"
)
_HOSTED = re.compile(
    rf"(?:由|，|。|；|^)(?P<who>{_ORGAN.pattern})(?P<how>主办|承办|举办|牵头|组织)"
    rf"|(?P<who2>{_ORGAN.pattern})作为(?:本次|此次)?(?:活动|比赛|培训)?的?(?P<how2>主办|承办)(?:单位|方)"
    rf"|(?P<how3>主办|承办)(?:单位|方)(?:为|是|：)?(?P<who3>{_ORGAN.pattern})"
)
_FULL_NAME = 3
_BEHIND_NAME = r"(?=老师|医生|师傅|主任|书记|[，。、；：（]|说|表示|介绍|告诉|坦言|感慨|激动|高兴|笑|带|的|在|和|与|等|同志|老人|带|一家|家|也|还|都|就|正|又|已|是|为|把|向|对|从|$)"
_INTRODUCED = re.compile(
    r"(?:民|者|员|书记|支书|医|警|匠|手|老兵|教练|主任|生|师|户|人|长|经理|代表|先生|女士|和|与|、)$"
)
_NO_NAME = frozenset("说表介告的在和与等同是有也为把向对从带一老家们先女")
_NUMBER = r"(?:\d{1,3}|[一二三四五六七八九十百零]{2,5})"
_SURNAME = "".join(sorted(SURNAMES))
_AGE = re.compile(
    rf"(?P<age>{_NUMBER})岁(?:高龄)?的?(?:[村居]民|老人|老党员|党员|村里的|果农|农户)?"
    rf"(?P<name>[{_SURNAME}](?:大爷|大娘|大妈|大叔|奶奶|爷爷|阿婆|婆婆|阿公|阿姨|伯|婶|叔|[\u4e00-\u9fff]{1, 2}))(?=[，。、说的在是表介告坐笑拉高激还也都正就已又家一住从把])"
)
_HOSTS = re.compile(r"由(?P<who>[^，。；]{2,40}?)(?:共同|联合)?(?:主办|举办)")
_THE_HOST = re.compile(rf"主办(?:方|单位)(?:的|汤塘镇|佛冈县汤塘镇)?(?P<who>{_ORGAN.pattern})")
_AGE_AFTER = re.compile(
    rf"(?P<name>[{_SURNAME}](?:大爷|大娘|大妈|大叔|奶奶|爷爷|阿婆|婆婆|阿公|阿姨|伯伯?|婶|叔|[\u4e00-\u9fff]{1, 2}))"
    rf"(?:老人)?(?:今年|现年|已经?|快|刚满|，今年|，现年)(?:已?经?)?(?P<age>{_NUMBER})岁"
)
_THIS_AGE = re.compile(rf"这位(?:已经?|年过)?(?P<age>{_NUMBER})岁(?:高龄)?的")
_SPEAKER = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<name>[\u4e00-\u9fff]{3})(?:激动地|高兴地|笑着|感慨地|边\S{1,4}边|一边\S{1,6}一边|自豪地|开心地)?"
    r"(?:说|表示|介绍|告诉|坦言|感慨|感叹|回忆|算了|补充|笑道|道)"
)
_SEVERAL_MEETINGS = re.compile(r"分别|先后主持|两场|次日|第二天|随后召开|分组|另外|下午[^。]{0,20}主持|分会场")
_INTRODUCED_NAME = re.compile(
    r"(?:村民|党员|书记|主任|委员|医生|护士|教师|老师|志愿者|种植户|养殖户|老人|果农|队长|组长|经理|会长|所长|站长|校长|院长|专家|教授|主席|代表|老兵|同志|网格员|护林员|主持人)"
    rf"(?P<name>[{_SURNAME}][\u4e00-\u9fff]{{2}})"
)
_HARD = re.compile(r"^([zcs])h")
_SOFT = re.compile(r"ng$")


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Every person or organ told otherwise than before."""
    if writing.is_title or len(writing.plain) > LONGEST:
        return
    for rule in _RULES:
        yield from rule(writing, lexicon)


def _hosts(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """镇妇联 acts in the title, and in the body only 镇团委 does."""
    titled, told = _organs(writing.title), _organs(writing.plain[:_LEAD])
    names = {name for name, _ in told}
    if len({name for name, _ in titled}) != 1 or len(names) != 1:
        return
    name, (other, place) = titled[0][0], told[0]
    if in_order(name, other) or in_order(other, name) or name in writing.plain:
        return
    yield writing.finding(
        Family.INCONSISTENT, place, place + len(other), f"标题写的是{name}，正文写的是{other}，请核对。"
    )


def _organs(text: str) -> list[tuple[str, int]]:
    return [(match.group(1), match.start(1)) for match in _ACTING.finditer(text)]


def _named_host(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """由镇团委、汤塘中学联合举办 and 主办方镇妇联: a host nobody named before."""
    hosted = _HOSTS.search(writing.plain)
    for match in writing.matches(_THE_HOST) if hosted else ():
        who = match["who"].removeprefix("镇")
        if hosted and match.start() > hosted.end() and who not in writing.plain[: match.start()]:
            said = f"前面写“{hosted.group()}”，这里的主办方是{match['who']}，请核对。"
            yield writing.finding(Family.INCONSISTENT, *match.span("who"), said)
            return


def _host(match: re.Match[str]) -> tuple[str, str, int]:
    """Who, in which part, and where it stands."""
    at = next(number for number in ("", "2", "3") if match[f"who{number}"])
    return match[f"who{at}"], match[f"how{at}"], match.start(f"who{at}")


def _organisers(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """由镇妇联主办 and later 镇团委主办: two hosts of one event."""
    found = [_host(match) for match in writing.matches(_HOSTED)]
    for first, second in combinations(found[:_FEW], 2):
        if first[1] != second[1] or in_order(first[0], second[0]) or in_order(second[0], first[0]):
            continue
        said = f"前面写{first[0]}{first[1]}，这里写{second[0]}{second[1]}，请核对。"
        spans = [(place, place + len(name)) for name, _, place in (first, second)]
        yield writing.both(Family.INCONSISTENT, spans[0], spans[1], said)


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
            both_often = text.count(person.name) > 1 and text.count(second.name) > 1
            if not both_often and not _together(text, person, second):
                yield writing.both(Family.INCONSISTENT, (person.start, person.end), (second.start, second.end), said)
                return
    for stated in people(writing.title):
        if len(stated.name) == _FULL_NAME and stated.name not in text:
            for second in _respelt(text, Person(0, 0, stated.name)):
                said = f"标题写“{stated.name}”，这里写“{second.name}”，请核对是不是同一个人。"
                yield writing.finding(Family.INCONSISTENT, second.start, second.end, said)
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


def _spelt_by_sound(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """老党员谭德旺 and 谭德望: who was introduced, written once more with a sign of the same sound."""
    text = writing.plain
    introduced = {match["name"]: match for match in reversed(list(writing.matches(_INTRODUCED_NAME)))}
    for name, match in list(introduced.items())[:_FEW]:
        if name in lexicon.own_names:
            continue
        surname, first, second = tuple(name)
        pattern = re.compile(
            rf"{surname}(?:{first}(?!{second})(?P<last>[\u4e00-\u9fff])|(?!{first})(?P<mid>[\u4e00-\u9fff]){second})"
        )
        for other in pattern.finditer(text):
            sign, instead = (other["last"], second) if other["last"] else (other["mid"], first)
            earlier, later = sorted((match.span("name"), other.span()))
            two = (Person(*place, text[slice(*place)]) for place in (earlier, later))
            if not _sounds_alike(sign, instead) or _together(text, *two):
                continue
            said = (
                f"前面写“{text[earlier[0] : earlier[1]]}”，这里写“{text[later[0] : later[1]]}”，请核对是不是同一个人。"
            )
            yield writing.both(Family.INCONSISTENT, earlier, later, said)
            return


def _speakers(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """村民陈桂芳种粉葛。…陈桂芬说: who speaks without being introduced has been named before."""
    text = writing.plain
    for speaker in writing.matches(_SPEAKER):
        name = speaker["name"]
        if name[0] not in SURNAMES or name in lexicon.own_names or text.count(name) > 1:
            continue
        surname, first, second = tuple(name)
        pattern = re.compile(rf"{surname}(?:{first}(?!{second})[\u4e00-\u9fff]|(?!{first})[\u4e00-\u9fff]{second})")
        for match in pattern.finditer(text, 0, speaker.start()):
            if match.group()[-1] not in _NO_NAME and _INTRODUCED.search(text, max(0, match.start() - 4), match.start()):
                said = f"前面写“{match.group()}”，这里写“{name}”，请核对是不是同一个人。"
                yield writing.both(Family.INCONSISTENT, match.span(), speaker.span("name"), said)
                return


def _chairs(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """会议由朱语桐主持。冯韵宁在主持会议时强调: two chairs of one meeting."""
    text = writing.plain
    if _SEVERAL_MEETINGS.search(text):
        return
    chairs = [one for one in exact_mentions(text, list(lexicon.leaders)) if _chaired(text, one)]
    for first, second in combinations(chairs[:_FEW], 2):
        deed = _chaired(text, first)
        if first.leader != second.leader and deed == _chaired(text, second):
            done = deed.partition("|")[0]
            said = f"前面写{first.leader.name}{done}，这里写{second.leader.name}{done}，请核对。"
            yield writing.both(Family.INCONSISTENT, (first.start, first.end), (second.start, second.end), said)
            return


_DEEDS = ("主持", "主讲|讲党课|授课|讲授党课")


def _chaired(text: str, one: Mention) -> str:
    """What of an event somebody did that only one does; empty for nothing of the kind."""
    for deed in _DEEDS:
        after = re.match(rf"(?:同志)?在?(?:{deed})(?:了|召开|会议|本次|此次|时|。|，|并)", text[one.end : one.end + 10])
        before = re.search(
            rf"(?:{deed})(?:会议|仪式|活动|培训|座谈会)?的[^，。]{{0,20}}$", text[max(0, one.start - 30) : one.start]
        )
        if after or before:
            return deed
    return ""


def _leaders(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """黎文澍到石门村调研 in the title, and the body knows only 钟启桓."""
    text = writing.plain
    titled = exact_mentions(writing.title, list(lexicon.leaders))
    told = exact_mentions(text, list(lexicon.leaders))
    if not titled or not told or told[0].start > _LEAD:
        return
    missing = [one for one in titled if one.leader.name not in text]
    strangers = [one for one in told if one.leader.name not in writing.title]
    if len(titled) == len(missing) == 1 and len(strangers) == len(told):
        first = strangers[0]
        said = f"标题写的是{missing[0].leader.name}，正文写的是{first.leader.name}，请核对。"
        yield writing.finding(Family.INCONSISTENT, first.start, first.end, said)


def _sounds_alike(one: str, other: str) -> bool:
    first, second = (_SOFT.sub("n", _HARD.sub(r"\1", "".join(lazy_pinyin(sign)))) for sign in (one, other))
    return first == second


def _together(text: str, first: Person, second: Person) -> bool:
    """Named side by side they are two people."""
    between = text[first.end : second.start]
    return len(between) <= _SIDE_BY_SIDE and not re.search(r"[。！？”“\n]", between)


def _ages(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """78岁的李大爷 and 李大爷今年82岁."""
    told: dict[str, re.Match[str]] = {}
    for match in sorted((*writing.matches(_AGE), *writing.matches(_AGE_AFTER)), key=lambda match: match.start("age")):
        name, age = match["name"], match["age"]
        if name[0] not in SURNAMES:
            continue
        first = told.setdefault(name, match)
        if _years(first) != _years(match) and not re.search(r"时|那年|当年|年仅|岁起|出嫁|参军|入党", match.group()):
            said = f"{name}前面写{first['age']}岁，这里写{age}岁，请核对。"
            yield writing.both(Family.INCONSISTENT, _aged(first), _aged(match), said)

    aged = sorted(told.values(), key=lambda match: match.start("age"))
    for match in writing.matches(_THIS_AGE):
        before = [one for one in aged if one.end() <= match.start()]
        if len(before) == 1 and _years(before[0]) != _years(match):
            said = f"{before[0]['name']}前面写{before[0]['age']}岁，这里写{match['age']}岁，请核对。"
            yield writing.both(Family.INCONSISTENT, _aged(before[0]), _aged(match), said)


def _years(match: re.Match[str]) -> int | None:
    words = match["age"]
    return int(words) if words.isdigit() else chinese_number(words)


def _aged(match: re.Match[str]) -> tuple[int, int]:
    return match.start("age"), match.end("age") + 1


_RULES: tuple[Callable[[Writing, Lexicon], Iterator[Finding]], ...] = (
    _hosts,
    _organisers,
    _named_host,
    _names,
    _spelt_by_sound,
    _ages,
    _speakers,
    _chairs,
    _leaders,
)
