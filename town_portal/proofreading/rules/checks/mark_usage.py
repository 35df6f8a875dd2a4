"""标点用法: marks that are there and paired, but not as GB/T 15834 uses them.

顿号 between 《》《》 or “”“”, dots for an ellipsis, two marks in one place, 。 on the wrong side of ”,
a colon within a colon's reach, 顿号 before 和, a comma at a paragraph's end, ？ after an indirect
question, －－ for ——, a wrong mark after a heading's number, and numbers that skip (一、三、).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.quotes import Pair, pairings, pairs
from town_portal.proofreading.rules.writing import Writing

_UNDERLINED = 32
_FAR = 100
_OPENER = {"”": "“", "》": "《", "’": "‘", "〉": "〈"}
_DIGIT = {sign: value for value, sign in enumerate("一二三四五六七八九", 1)}

_LINKED = re.compile(r"([”》’〉])、(?=[“《‘〈])")
_ANNOTATED = re.compile(r"[”》][^”》“《。；！？\n]{1,30}、(?=[“《])")

_DOTS = re.compile(r"\.{2,}|。{2,}|…+|·{3,}")
_CONTENTS_PAGE = re.compile(r" ?\d+ *(?:\n|$)")

_RUN_OF_MARKS = re.compile(r"[，、；：。！？,;](?: ?[，、；：。！？,;])+")
_EXCLAIMED = re.compile(r"[！？]{1,3}")
_INSIDE_OPENING = re.compile(r"[（“《‘【〈][，。、；：！？,;](?![”’》〉）】！？])")
_BEFORE_CLOSING = re.compile(r"[，、；：][）》】〉]")
_LINE_START = re.compile(r"(?:^|\n)[ 　]*([，。、；：！？])")
_OUTER_STOP = re.compile(r"[。！？]）。(?=$|\n)|。”[。，、；]|(?<=：)“[^”\n]{1,200}[！？]”。")
_SPOKEN = re.compile(
    r"(?:[说道问答称]|表示|告诉记者|介绍|感慨|感叹|坦言|直言|称赞)"
    r"：“(?=[^”\n]{0,300}[，。])[^”\n]{4,300}[^”\n。！？…—，；]”(?P<stop>。)"
)
_SPOKEN_FIRST = re.compile(
    r"(?:^|(?<=[。！？\n”]))[ 　]*“(?=[^”\n]{0,300}[，。？！])[^”\n]{4,300}[^”\n。！？…—，；]”(?P<stop>。)"
    r"(?=[^，。；！？\n]{1,16}(?:说|道|表示|介绍|感慨|笑着|指着|告诉|一边|一面))"
)
_SLOGAN = re.compile(
    r"(?:坚持|秉持|本着|落实|做到|做好|实现|贯彻|围绕|按照|遵循|树立|践行|推行|开展|实行|确保|达到|弘扬|发扬|打造|构建|建立|形成"
    r"|推动|强化|突出|紧扣|聚焦|牢记|要求|[以为是即])“[^”“。！？：\n]{2,40}(?P<stop>。”)"
)
_STOP_THEN_OF = re.compile(r"。”(?=的(?![士确])|这一)")
_SAID_COMMA = re.compile(r"(?:[说道问答]|表示|告诉记者)(，)“[^”\n]{5,200}[。！？…]”")

_ETC = re.compile(r"、[^，。；：！？\n、]{1,12}(?:等等?…+|…+等(?![级候待]))")
_LIST_AND = re.compile(
    r"、(?:和(?![平谐解睦美气善蔼缓煦约乐顺县龙安兴田丰盛合畅声局议亲面尚弦衷风而服谁他她你我它])|及(?![时格早第物])|以及|与(?![会时众其否谁他她你我它])"
    r"|或者?(?![许])|等(?![级候待同于价量效额式距高]))"
)
_LINKED_CLAUSE = re.compile(r"、(?:从而|进而|因此|因而|所以|但是|然而|不过|而且|并且|他们|她们|我们)")

_COLON = re.compile(r"：")
_ANNOUNCES = re.compile(
    r"(?:指出|强调|要求|认为|表示|明确|提出|通知|部署|介绍|建议|决定|倡议|说|称|道|如下|以下[\u4e00-\u9fff]{0,8}"
    r"|[几一二两三四五六七八九十\d]+个?(?:点|项|条|方面|步骤|环节|重点|关键|措施|到位|任务|问题|内容|要求|意见)"
    r"|有[二两三四五六七八]|包括|做到|分别是|即|就是|分为|突出|聚焦|围绕)$"
)

_DANGLING = re.compile(r"[，、](?=[ 　]*$)")
_LONG_LINE = 20

_ASKED = re.compile(
    r"(?P<verb>询问|问(?=[他她]|村民|群众|老人|工作人员|干部|农户|居民)|问起|问及|了解|摸清|摸排|排查|核实|弄清|搞清|查清|查明|掌握|讨论|商讨|商量|研究|探讨|调查|打听|咨询|思考"
    r"|不知道|不清楚|不明白|不了解|不确定|想知道|想了解)(?P<asked>[^，。；：！？\n]{0,40})？"
)
_ASKING = frozenset(("询问", "打听", "咨询", "问"))
_WHETHER = re.compile(r"是否|有没有|能不能|会不会|要不要|是不是|能否|可否")
_WHAT = re.compile(r"(?:怎么|怎样|如何|什么|为何|为什么|哪些|哪里|多少).{2}")
_CAREFULLY = re.compile(
    r"仔细|详细|认真|逐|一一|专题|共同|一起|重点|现场|进一步|深入|不知道|不清楚|不明白|想知道|想了解"
)
_ASKS = re.compile(
    r"是否|有没有|能不能|会不会|是不是|能否|可否|怎么|怎样|如何|什么|为何|哪|谁|难道|何|请问|究竟|到底|吗"
)
_ADDRESSED = re.compile(r"[你您咱]|大家|我们|朋友们|同志们")
_MOOD = re.compile(r"[吗呢吧啊呀么]$")

_DOUBLE_HYPHEN = re.compile(r"(?<=[\u4e00-\u9fff”》）])-{2,}(?=[\u4e00-\u9fff“《（])")
_RANGE = re.compile(r"\d[月日时点分年%℃号]?(——|--|～～|~~)\d{1,4}(?=[月日时点分年%℃号:：，。）]|$)")

_HEADINGS = (
    (
        re.compile(r"(?:^|\n)[ 　]*(([一二三四五六七八九十]{1,3})(?:[，,.：:]|、[、，.]))(?![一二三四五六七八九十\d])"),
        "、",
    ),
    (re.compile(r"(?:^|[\n。；：])[ 　]*(([（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)])[、，,.：:])"), ""),
    (re.compile(r"(?:^|[\n。；：])[ 　]*(([①-⑳])[、，.：])"), ""),
    (re.compile(r"(?:^|\n)[ 　]*((\d{1,2})[、，：。])(?=[\u4e00-\u9fff“《])"), "."),
    (
        re.compile(
            r"(?:^|[\n。；：，])[ 　]*((第[一二三四五六七八九十]{1,2}|其[一二三四五]|首先|其次|最后)、)"
            r"(?![第其再最一二三四五六七八九十])"
        ),
        "，",
    ),
)
"""What stands at a line's or a sentence's start: (number with a wrong mark), and the mark that is right."""


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001 - marks need no names
    """Every mark of a text that stands where the standard would have another, or none."""
    for rule in _RULES:
        yield from rule(writing)


def _between_titles(writing: Writing) -> Iterator[Finding]:
    """《甲》、《乙》. In a list that has other words between the marks 顿号 are right."""
    text = writing.plain
    ends = {pair.start: pair.end for pair in pairs(text, "“《‘〈")}
    chain: list[re.Match[str]] = []
    for match in _LINKED.finditer(text):
        if chain and not _neighbours(text, chain[-1], match):
            yield from _chain(writing, chain, ends)
            chain = []
        chain.append(match)
    if chain:
        yield from _chain(writing, chain, ends)


def _neighbours(text: str, first: re.Match[str], second: re.Match[str]) -> bool:
    """Do two 顿号 stand on both sides of one marked item?"""
    between = text[first.end() : second.end()]
    return "\n" not in between and sum(between.count(sign) for sign in "”》’〉") == 1


def _chain(writing: Writing, chain: list[re.Match[str]], ends: dict[int, int]) -> Iterator[Finding]:
    """One finding for a list of marked items. ``ends`` tells where the pair that opens at a place ends."""
    text, start, end = writing.plain, chain[0].start(), chain[-1].end() + 1
    head = text.rfind(_OPENER[chain[0].group(1)], max(0, start - _FAR), start)
    tail = ends.get(end - 1, end)
    if text[head - 1 : head] == "、" or text[tail : tail + 1] in {"、", "（", "("}:
        return
    if _ANNOTATED.search(text, max(0, head - _FAR), head):
        return
    if end - start > _UNDERLINED:
        end = chain[0].end() + 1
    stretch = text[start:end]
    said = f"“{stretch[0]}”和“{stretch[-1]}”之间一般不用顿号，请删去顿号。"
    yield _finding(writing, start, end, said, _LINKED.sub(r"\1", stretch))


def _ellipsis(writing: Writing) -> Iterator[Finding]:
    text = writing.plain
    for match in _DOTS.finditer(text):
        dots, start, end = match.group(), *match.span()
        if dots in {"……", "…………"} or (dots[0] == "." and not _beside_chinese(text, start, end)):
            continue
        if _CONTENTS_PAGE.match(text, end):
            continue
        if dots in {"..", "。。"}:
            yield _finding(writing, start, end, "句号重复了，请只留一个“。”。", "。")
        else:
            yield _finding(writing, start, end, "省略号应为六个点“……”，请改正。", "……")


def _beside_chinese(text: str, start: int, end: int) -> bool:
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    return any("\u4e00" <= sign <= "\u9fff" or sign in "，。；：？！”“、》" for sign in around)


def _two_marks(writing: Writing) -> Iterator[Finding]:
    """，。 and the like; ？！ and ！！ are marks of their own."""
    for match in writing.matches(_RUN_OF_MARKS):
        marks = match.group()
        if _EXCLAIMED.fullmatch(marks) or set(marks) == {"。"} or marks.isascii():
            continue
        yield _finding(writing, *match.span(), f"这里连用了两个标点“{marks}”，请只留一个。")


def _beside_brackets(writing: Writing) -> Iterator[Finding]:
    paired = {pair.start for pairing in pairings(writing.plain) for pair in pairing.pairs}
    for match in writing.matches(_INSIDE_OPENING):
        if match.start() not in paired:
            continue
        yield _finding(writing, *match.span(), f"“{match.group()[0]}”后面不能紧跟标点，请核对。")
    for match in writing.matches(_BEFORE_CLOSING):
        yield _finding(writing, *match.span(), f"“{match.group()[1]}”前面的“{match.group()[0]}”多余，请删去。")
    for match in writing.matches(_LINE_START):
        yield _finding(writing, *match.span(1), f"一行的开头不能是“{match.group(1)}”，请核对。")


def _stops_and_quotes(writing: Writing) -> Iterator[Finding]:
    """。 inside ” when the whole sentence is quoted, outside when it is a part."""
    for match in writing.matches(_OUTER_STOP):
        start = max(match.start(), match.end() - 3)
        yield _finding(writing, start, match.end(), "引号（括号）里面已有句末标点，外面的标点请删去。")
    for match in chain(writing.matches(_SPOKEN), writing.matches(_SPOKEN_FIRST)):
        start, end = match.start("stop") - 1, match.end("stop")
        yield _finding(writing, start, end, "整句引用的话，句号应放在引号里面。", "。”")
    for match in writing.matches(_SLOGAN):
        start, end = match.span("stop")
        if _ends_sentence(writing.plain, end):
            yield _finding(writing, start, end, "只引用了句子的一部分，句号应放在引号外面。", "”。")
    for match in writing.matches(_STOP_THEN_OF):
        yield _finding(writing, *match.span(), "引号后面句子还没完，引号里的句号请删去。", "”")
    for match in writing.matches(_SAID_COMMA):
        start, end = match.span(1)
        yield _finding(writing, start, end + 1, "直接引用说话人的整句话，前面应用冒号。", "：“")


def _ends_sentence(text: str, place: int) -> bool:
    following = text[place : place + 1]
    return following != "的" and (following in {"", "\n", " "} or "\u4e00" <= following <= "\u9fff")


def _lists(writing: Writing) -> Iterator[Finding]:
    for match in writing.matches(_ETC):
        end = match.end()
        start = max(match.start() + 1, end - 5)
        yield _finding(writing, start, end, "“等”和省略号意思重复，请只留一个。")
    for pattern, said in (
        (_LIST_AND, "“{word}”前面不用顿号，请删去顿号。"),
        (_LINKED_CLAUSE, "“{word}”前面是分句，请把顿号改成逗号。"),
    ):
        for match in writing.matches(pattern):
            word = match.group()[1:]
            right = word if pattern is _LIST_AND else f"，{word}"
            yield _finding(writing, *match.span(), said.format(word=word), right)


def _colons(writing: Writing) -> Iterator[Finding]:
    """会议强调：要做好以下工作：… Labels (时间：…，地点：…) announce nothing."""
    text = writing.plain
    for start, end in writing.sentences:
        colons = [match.end() for match in _COLON.finditer(text, start, end)]
        for first, second in pairwise(colons):
            between = text[first:second]
            if any(sign in between for sign in "“”\n"):
                continue
            if all(_ANNOUNCES.search(text, max(start, place - 13), place - 1) for place in (first, second)):
                from_first = second - first < _UNDERLINED
                said = "一个句子里不宜连用两个冒号，请把其中一个改成逗号。"
                yield _finding(writing, first - 1 if from_first else second - 1, second, said)


def _dangling(writing: Writing) -> Iterator[Finding]:
    """A paragraph that ends with a comma; verses and lists of items are short."""
    text, paragraphs = writing.plain, [] if writing.is_title else writing.paragraphs
    for place, (start, end) in enumerate(paragraphs):
        match = _DANGLING.search(text, max(start, end - 4), end)
        if not match:
            continue
        last = place + 1 == len(paragraphs)
        if last or (end - start >= _LONG_LINE and "。" in text[start:end]):
            yield _finding(writing, *match.span(), f"段落不能以“{match.group()}”结束，请改成句号。", "。")


def _indirect_questions(writing: Writing) -> Iterator[Finding]:
    """逐户了解群众是否知晓政策？ tells of a question and asks none."""
    text = writing.plain
    for start, end in writing.sentences:
        if "？" not in text[start:end]:
            continue
        for match in _ASKED.finditer(text, start, end):
            before = text[max(start, match.start() - _FAR) : match.start()]
            clause, asked = re.split(r"[，；：。]", before)[-1].strip(), match.group("asked")
            if "“" not in before and len(clause) >= 2 and _is_indirect(clause, match.group("verb"), asked):
                said = "这里是陈述句，只是说到一个问题，请把问号改成句号。"
                yield _finding(writing, match.end() - 1, match.end(), said, "。")


def _is_indirect(clause: str, verb: str, asked: str) -> bool:
    """Is the question only told of? ``clause`` stands before the verb, ``asked`` behind it."""
    if _ASKS.search(clause) or _ADDRESSED.search(clause + asked) or _MOOD.search(asked):
        return False
    told = verb in _ASKING or asked.startswith("了") or _CAREFULLY.search(clause + verb)
    return bool(_WHETHER.search(asked) or (told and _WHAT.search(asked)))


def _dashes(writing: Writing) -> Iterator[Finding]:
    for match in writing.matches(_DOUBLE_HYPHEN):
        yield _finding(writing, *match.span(), "破折号应为“——”，请改正。", "——")
    for match in writing.matches(_RANGE):
        said = f"表示起止用一个“—”或“～”，请把“{match.group(1)}”改正。"
        yield _finding(writing, *match.span(), said)


def _nested(writing: Writing) -> Iterator[Finding]:
    """A pair within a pair of the same form, and ‘’ where nothing is around them."""
    text = writing.plain
    for pairing in pairings(text):
        around: list[Pair] = []
        for pair in pairing.pairs:
            around = [outer for outer in around if outer.close > pair.start]
            if pair.opener in "“《" and any(outer.opener == pair.opener for outer in around):
                yield from _same_form(writing, pair, around[-1])
            if pair.opener == "‘" and not writing.is_title and not any(outer.opener == "“" for outer in around):
                yield from _single(writing, pair)
            if len(around) < _UNDERLINED:
                around.append(pair)


def _same_form(writing: Writing, pair: Pair, outer: Pair) -> Iterator[Finding]:
    if outer.start + 1 == pair.start and outer.close == pair.end:
        return
    form = {"“": "‘’", "《": "〈〉"}[pair.opener]
    start, end = (pair.start, pair.end) if pair.end - pair.start <= _UNDERLINED else (pair.start, pair.start + 1)
    inside = writing.plain[pair.start + 1 : pair.close]
    right = f"{form[0]}{inside}{form[1]}" if end == pair.end else None
    yield _finding(writing, start, end, f"{pair.opener}{pair.closer}里面再用时，里层应为“{form}”。", right)


def _single(writing: Writing, pair: Pair) -> Iterator[Finding]:
    inside = writing.plain[pair.start + 1 : pair.close]
    if pair.closer == "’" and 2 <= len(inside) <= _UNDERLINED and "\u4e00" <= inside[0] <= "\u9fff":
        yield _finding(writing, pair.start, pair.end, "外层引号应为双引号“”。", f"“{inside}”")


def _heading_marks(writing: Writing) -> Iterator[Finding]:
    """一、 （一） 1. （1） ① 第一， : each number has its own mark behind it, or none."""
    for pattern, mark in _HEADINGS:
        for match in writing.matches(pattern):
            right = match.group(2) + mark
            said = f"序号应写作“{right}”，请改正。" if mark else f"序号“{right}”后面不加标点，请删去。"
            yield _finding(writing, *match.span(1), said, right)


@dataclass(frozen=True, slots=True)
class _Level:
    """One way of numbering: the numbers found by ``pattern`` count up by one from the first."""

    pattern: re.Pattern[str]
    within: int
    """How deep it lies: a number of a higher level lets it begin again."""


_LEVELS = (
    _Level(re.compile(r"(?:^|\n)[ 　]*(?P<n>[一二三四五六七八九十]{1,3})、"), 0),
    _Level(re.compile(r"(?:^|\n)[ 　]*[（(](?P<n>[一二三四五六七八九十]{1,3})[）)]"), 1),
    _Level(re.compile(r"(?:^|\n)[ 　]*(?P<n>\d{1,2})[.．、](?![\d])"), 2),
    _Level(re.compile(r"(?:^|\n)[ 　]*[（(](?P<n>\d{1,2})[）)]"), 3),
    _Level(re.compile(r"(?<![\u4e00-\u9fff])(?P<n>[一二三四五六七八九十])是"), 4),
    _Level(re.compile(r"(?:^|[\n。；：])第(?P<n>[一二三四五六七八九十])，"), 4),
    _Level(re.compile(r"(?:^|[\n。；：])其(?P<n>[一二三四五])[，、是]"), 4),
)


def _sequence(writing: Writing) -> Iterator[Finding]:
    """一、 then 三、: a heading is missing, or its number is wrong."""
    for level in _LEVELS:
        last = 0
        fresh = -1
        for match in writing.matches(level.pattern):
            number = _value(match.group("n"))
            started, fresh = fresh, match.end()
            if number is None or number == 1 or not last or _passed_higher(writing, level, started, match.start()):
                last = number if number == 1 else 0
                continue
            if number != last + 1:
                said = f"这里的序号是“{match.group('n')}”，按顺序应是第{last + 1}个，请核对。"
                yield _finding(writing, *match.span("n"), said)
            last = number


def _value(numeral: str) -> int | None:
    """一 to 九十九, or figures."""
    if numeral.isdigit():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    if len(tens) > 1 or len(ones) > 1:
        return None
    return (_DIGIT.get(tens, 1) * 10 if ten else 0) + _DIGIT.get(ones, 0)


def _passed_higher(writing: Writing, level: _Level, start: int, end: int) -> bool:
    """Does a number of a higher level stand between two places?"""
    higher = (other.pattern for other in _LEVELS if other.within < level.within)
    return any(pattern.search(writing.plain, start, end) for pattern in higher)


def _finding(writing: Writing, start: int, end: int, said: str, right: str | None = None) -> Finding:
    return writing.finding(Family.PUNCT_USAGE, start, end, said, right)


_RULES: tuple[Callable[[Writing], Iterator[Finding]], ...] = (
    _between_titles,
    _ellipsis,
    _two_marks,
    _beside_brackets,
    _stops_and_quotes,
    _lists,
    _colons,
    _dangling,
    _indirect_questions,
    _dashes,
    _nested,
    _heading_marks,
    _sequence,
)
