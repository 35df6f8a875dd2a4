"""合计不符: totals that are not the sum of their parts.

Finds: parts that do not add up to their total, in either order; a part larger than its whole; what is
left over; before, after and the change between; so much each times how many; sums written with signs;
numbers of things announced and named; tables and lists in lines. Silent wherever the parts may be
incomplete (等, 其余, 另有), may overlap (党员 and 退役军人) or are rough.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from math import prod

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.enumerations import enumerations
from town_portal.proofreading.rules.values.figures import (
    DIGITS,
    PERCENT,
    POINTS,
    TIMES,
    Figure,
    figures,
    passages,
    said,
    within,
)
from town_portal.proofreading.rules.values.parts import (
    GENERIC,
    comparable,
    equal,
    fractional,
    opposed,
    overlapping,
    said_as,
    slack,
    total_of,
    unfit,
)
from town_portal.proofreading.rules.values.tallies import wrong_tallies
from town_portal.proofreading.rules.writing import Writing

Fault = tuple[int, int, str]
"""Where, and what to say."""

MOST = 40
"""More figures than this in one sentence are a table run together: nothing is decided."""

_SUM = re.compile(
    r"(?<!公)(?<!中)(?<!党)共(?!建|产|享|治|青|富|同|商|和国|赢|识|性|鸣|育|创)|合计|总计|累计|总(?:数|额|量|人数|户数|面积|投资|长|里程|产量|收入|支出|产值|票数|分|的|和)"
    r"|加起来|合起来|加在一起|合在一起|算在一起|凑在一起|凑起来|加一块|拢共|满打满算|累加|相加|合为|全天|全年|全部算|[两三四五六](?:项|者|类|处|天|场|笔|村|家|地|校|组|队|片|人)(?:合"
    r"|加|共|凑|总)|凑[了成齐足]|汇成|组成的?$|[一两三四五六]天下来|前后一共|全[镇村校组](?:人口|户数|面积|耕地)|总起来|归总|汇总|统算|里外里|正好|刚好|恰好"
)
_GROWING = re.compile(r"累计|全年|年内|今年以来|全天")
_WHOLE = re.compile(
    r"共(?!建|产|享|治|青|富|同|商|和国|识)|总|合计|累计|全[镇村县校组园区家]|名额|分配|应|计划|任务|目标|原有|原本|本有|本来|原先|起初|年初|期初|库存|储备|募|筹|采购|购进|购入|购置"
    r"|买|领|收到|受理|接到|接收|收集|征集"
    r"|登记|排查|发现|摸排|下达|预算|安排|需|全部|收入|进账|到账|有|一行|借|拨|运来|运进|进货|带来|印|发出|收"
)
_DONE = re.compile(
    r"已|完成|办结|发放|发出|发|用|使用|支出|花|售|卖|销|整改|处理|解决|到位|到|交|送|分|拨付|拨|付|签|收回|化解|修复|安装|栽|种|领走|借出|搬|拆|办|结|清|改|批|审|调走|走|捐|赠"
)
_LEFT = re.compile(
    r"剩|余下|余(?=\D{0,4}$)|结余|结存|尚余|仍余|余额|其余|还差|尚差|尚缺|还缺|缺口|差(?=$|了$)|待(?:办|改|处理|整改|发|解决|建|签|完成)"
    r"|未(?=\S)|没(?:有)?(?=\S)|(?:还|尚|仍)有|在办|正在|手头(?:还)?有|留存|留下|剔除|缺席|请假|缺勤|缺"
)
_BREAK = re.compile(
    r"其中|这里面|这里头|这里边|里面|里头|里边|之中|当中|内含|内有|分别|包括|包含|涵盖|：|:|（|\(|——"
    r"|组成|构成|分为|分成|具体|细分|细看|拆开|即|计有|(?:^|[^其])中(?=，|,)|[里内](?=，|,)|的有|来看|划分|按"
)
_CLOSED = re.compile(r"（[^（）]*）|\([^()]*\)")
_EXACT_BREAK = re.compile(r"：|:|（|\(|组成|构成|分为|分成|分别|拆开|即|划分|——")
_LOOSE_BREAK = re.compile(r"包括|包含|涵盖|内含|内有")
_OPEN = re.compile(
    r"(?<![一二三四五六七特高中初上下优平同均相甲乙丙劣])等(?!奖|级|候|待|于|额|次|效|同|值|离|级|外|我|你|他)|……|另有|另外|此外|除此|不含|不包括|主要|大多|多数|部分(?=是|为"
    r"|来自)|有的|可多选|重复|交叉|兼(?!职)|既"
    r"|叠加|重叠|均有|都有"
    r"|(?:其余|其他|其它|剩下|余下|剩余)(?![^，。；\d]{0,8}[\d一二两三四五六七八九十百])"
)
_FOREIGN = re.compile(
    r"同比|环比|比去年|比上|较上|较去|较年|增长|增加|减少|下降|上升|每|人均|户均|平均|均(?=\D{0,2}$)|占(?!道|地|用|了)|去年|上年|上月|上季度|截至|约定|奖励|补贴|(?:^|并|还|后|又)(?:解决"
    r"|整改|办结|发放|开展|组织|出动)|覆盖|惠及|受益|带动|距"
    r"|标准|不少于|至少|上限|最高"
)
_COMPARED = re.compile(
    r"同比|环比|比去年|比上|较上|较去|较年|增长|增加|减少|下降|上升|每|人均|户均|平均|占|标准|最高|至少"
)
_PERSONAL = re.compile(
    r"共[^，。]{0,4}(?:服务|走访|慰问|接待|帮助|帮扶|惠及|转移|救助|劝导|疏散|护送|受益|检查|清理|培训|宣传|教育|检测|解决|整改|吸引|带动|覆盖)"
)
_BRACKETS = {"（": 1, "(": 1, "）": -1, ")": -1}


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Every total, difference, product, count or table that does not come out."""
    del lexicon
    text = writing.plain
    taken: list[tuple[int, int]] = []
    for start, end, message in _faults(text):
        if not any(start < other_end and other_start < end for other_start, other_end in taken):
            taken.append((start, end))
            yield writing.finding(Family.ARITH_SUM, start, end, message)


def _faults(text: str) -> Iterator[Fault]:
    for tally in wrong_tallies(text):
        yield tally.start, tally.end, f"{tally.what}得 {tally.right}，写的是 {tally.written}，请核对。"
    for start, end in _stretches(text):
        spoken = [one for one in within(text, start, end) if one.unit not in _RATIOS]
        every = [one for one in _labelled(text, spoken) if not _ordinal(one) and not _pointed(one, spoken)]
        if not 2 <= len(every) <= MOST:
            continue
        for frame in _FRAMES:
            yield from frame(text, every)
        yield from _each(text, spoken)
    yield from _enumerated(text)
    every = [one for one in figures(text)[:_FEW_ENOUGH] if one.unit not in _RATIOS]
    yield from _dealt_out(text, every)
    yield from _put_together(text, every)


_FEW_ENOUGH = 200
_DEALT = re.compile(
    r"[\u4e00-\u9fff“”]{0,8}?(?:被|已|将|全部|陆续|先后|分批)*(?:分别)?(?:分|送|发|运|拨|配|投|派|捐)[给到往至送发配放赠达]{0,3}了?(?:全镇|镇里|辖区)?的?$"
)
_RECEIVERS = frozenset(("个", "所", "家", "户", "村", "支", "位", "名", "处", "间"))
_MARKS = re.compile(r"[^，。；\d]{0,10}(?:[：，:]|，其中)")
_MOST_RECEIVERS = 12


def _dealt_out(text: str, every: list[Figure]) -> Iterator[Fault]:
    """一千份爱心包分送到四个村：300份、260份、240份、220份: as many parts as there are receivers."""
    for place, (whole, count) in enumerate(pairwise(every)):
        parts = every[place + 2 : place + 2 + min(int(count.value), _MOST_RECEIVERS)]
        if count.unit not in _RECEIVERS or not 2 <= count.value <= _MOST_RECEIVERS or len(parts) != count.value:
            continue
        if not (_DEALT.fullmatch(text[whole.end : count.start]) and whole.exact and whole.value > 1):
            continue
        if not _MARKS.match(text, count.end) or not _one_list(text, whole, parts, every[place + 2 + len(parts) :]):
            continue
        total = total_of(parts)
        if not equal(total, whole, parts):
            wrong = f"各项相加是 {said_as(total, whole)}，总数写的是 {said_as(whole.base, whole)}，请核对。"
            yield parts[0].start - len(parts[0].lead), parts[-1].end, wrong


def _one_list(text: str, whole: Figure, parts: Sequence[Figure], following: Sequence[Figure]) -> bool:
    """Are these the members of one list, all of the whole's kind, and no more of them behind?"""
    if not all(one.exact and one.unit == whole.unit and "每" not in one.lead for one in parts):
        return False
    if any(
        len(text[one.end : other.start]) > _SEAM or "。" in text[one.end : other.start]
        for one, other in pairwise(parts)
    ):
        return False
    if re.match(r"等|……", text[parts[-1].end :]):
        return False
    goes_on = following and following[0].unit == whole.unit and len(text[parts[-1].end : following[0].start]) <= _SEAM
    return not (goes_on and not re.search(r"[。；]", text[parts[-1].end : following[0].start]))


_SEAM = 14
_TOGETHER = re.compile(
    r"(?P<n>[两二三四五六七八])(?:个|条|所|家|项|户|笔|处|支|间|块|类|名|位)?[\u4e00-\u9fff]{0,4}?"
    r"(?:加在一起|加起来|合起来|合在一[起块]儿?|相加|凑在一[起块]儿?|放在一[起块]儿?|算在一[起块]儿?|加一[起块]儿?)"
)


def _put_together(text: str, every: list[Figure]) -> Iterator[Fault]:
    """18户，23户，9户。三个村加在一起，…共52户: the last so many figures and their total."""
    for match in _TOGETHER.finditer(text):
        count = DIGITS[match["n"]]
        whole = next((one for one in every if one.start >= match.end()), None)
        earlier = [one for one in every if one.end <= match.start()]
        if whole is None or whole.start - match.end() > _REACH_OF_TOTAL or "。" in text[match.end() : whole.start]:
            # or the figures follow the words: 三条路合在一块儿算：东街500米，西街620米，北街380米，总长1600米
            yield from _spelt_out(text, every, match, count)
            continue
        parts = [one for one in earlier if one.unit == whole.unit and one.kind == whole.kind][-count:]
        if (
            len(parts) != count
            or match.start() - parts[0].start > _REACH_OF_PARTS
            or not _one_list(text, whole, parts, ())
        ):
            yield from _spelt_out(text, every, match, count)
            continue
        total = total_of(parts)
        if whole.exact and not equal(total, whole, parts) and total * 2 > whole.base and whole.base * 2 > total:
            wrong = f"前面各项相加是 {said_as(total, whole)}，合计写的是 {said_as(whole.base, whole)}，请核对。"
            yield parts[0].start, whole.end, wrong


def _spelt_out(text: str, every: list[Figure], match: re.Match[str], count: int) -> Iterator[Fault]:
    following = [one for one in every if one.start >= match.end()][: count + 1]
    if len(following) != count + 1:
        return
    *parts, whole = following
    near = whole.end - match.end() <= _REACH_OF_PARTS and not re.search(r"[。；]", text[match.end() : whole.start])
    if near and _SUM.search(whole.lead) and whole.exact and _one_list(text, whole, parts, ()):
        total = total_of(parts)
        if not equal(total, whole, parts):
            wrong = f"前面各项相加是 {said_as(total, whole)}，合计写的是 {said_as(whole.base, whole)}，请核对。"
            yield parts[0].start, whole.end, wrong


_REACH_OF_TOTAL = 20
_REACH_OF_PARTS = 90


_CARRIED = re.compile(
    r"\s*(?:(?:这|在|而|即)?(?:其中|这里面|这里头|里面|里头|当中)|按|分(?!别对)|从\S{1,8}看|具体|细分|包括|上述|以上|合计|总计|共计?(?!产|同|青)|一共|总共|加起来"
    r"|合起来|算下来|两项|三项|四项|总数|总的|剩|余|其余|尚|还|现|目前|已|男|来[电访]|未|结余|拢共|累计"
    r"|(?:到\S{1,3}，)?\d+[名人支位][^，。]{0,6}(?:无一|悉数|全员|全部)|[一两三四五六]天下来)"
)


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Sentences, each with the next ones when those carry the count on."""
    sentences = passages(text)
    place = 0
    while place < len(sentences):
        start, end = sentences[place]
        last = place
        while last + 1 < len(sentences) and last - place < 3 and text[end - 1] != "\n":
            if not _CARRIED.match(text, end) and text[end - 1] not in "？?":
                break
            last += 1
            end = sentences[last][1]
        if last > place:
            yield start, end
        yield from sentences[place : last + 1]
        place = last + 1


def _labelled(text: str, spoken: Sequence[Figure]) -> Iterator[Figure]:
    """The figures, each with the group before it among its words: 一组2万元."""
    last: Figure | None = None
    for one in spoken:
        if last is not None and last.end == one.start and _ordinal(last):
            yield replace(one, lead=last.lead + text[last.start : last.end])
        else:
            yield one
        last = one


def _pointed(one: Figure, spoken: Sequence[Figure]) -> bool:
    """Is a figure the one before said again: 签约的有280户，这280户…?"""
    if not one.lead.endswith(("这", "那", "这些", "上述")):
        return False
    return any(other.end <= one.start and other.base == one.base and other.kind == one.kind for other in spoken)


_RATIOS = frozenset({POINTS, TIMES, "番"})
_ORDINAL = frozenset("期批组班级轮类队")
_LABELLED = re.compile(r"(?:其中|由|给|发给|拨给|分给|奖给|第|[，、和与及])*")
"""其中一组2万元: the group is named, and its figure follows."""
_GROUP = re.compile(r"^(?:小?组|小?队|村|班|片区|点|店|厂|场)(?=合起|加起|共|一共|总|合计)")
_HEADING = re.compile(r"合计|共计|共|一共|总共|拢共|凑|总计|加起来|加在一起|合起来|相加|总和|合在一起|合")


def _ordinal(one: Figure) -> bool:
    """Is it no number of things: 一期投资…, 两项合计…?"""
    if one.value > 12:
        return False
    if not one.lead.strip("和与及”“") and _HEADING.match(one.tail):
        return True
    if not one.chinese:
        return False
    if one.unit in ("项", "类", "者", "处", "笔", "场", "天", "个") and _HEADING.match(_GROUP.sub("", one.tail)):
        return True
    if one.unit not in _ORDINAL:
        return False
    return (not one.lead.strip("和与及”“") and bool(one.tail)) or bool(not one.tail and _LABELLED.fullmatch(one.lead))


def _depth(text: str, start: int, end: int) -> int:
    """How many brackets are opened and not closed between two places."""
    return sum(_BRACKETS.get(sign, 0) for sign in text[start:end])


# Total first -------------------------------------------------------------------------------------


def _whole_and_parts(text: str, every: list[Figure]) -> Iterator[Fault]:
    """共93件，其中来电47件、来访29件、网络留言18件."""
    for place, whole in enumerate(every[:-1]):
        if unfit(whole) or whole.value < 2 or _FOREIGN.search(whole.lead, max(0, len(whole.lead) - 4)):
            continue
        gap = text[whole.end : every[place + 1].start]
        broken = _BREAK.search(_CLOSED.sub(lambda found: "·" * len(found.group()), gap))
        if "。" in gap and not _CARRIED.match(gap, gap.index("。") + 1):
            continue
        parts, open_ = _parts(text, whole, every[place + 1 :], broken)
        if not parts or any(equal(total_of(parts[: n + 1]), whole, parts) for n in range(1, len(parts))):
            continue
        if (
            len(parts) == 1
            and parts[0].base > whole.base
            and re.search(r"。\s*(?:其余|剩|余)", text[whole.end : parts[0].start])
        ):
            continue  # the rest of something told before
        fault = _judged(text, whole, parts, every[:place], gap, broken, open_)
        if fault:
            yield whole.start, parts[-1].end, fault


def _parts(
    text: str, whole: Figure, following: list[Figure], broken: re.Match[str] | None
) -> tuple[list[Figure], bool]:
    """The figures that may be parts of a total, and whether more of them may be missing."""
    parts: list[Figure] = []
    inner = int(bool(broken and broken.group() in ("（", "(")))
    last = whole.end
    for one in following:
        depth = _depth(text, whole.end, one.start)
        if depth > inner or one.unit == PERCENT:
            continue
        between = text[last : one.start]
        if depth < inner or (
            parts
            and (
                _ends_list(between)
                or _turns(text, whole, parts, one)
                or _FOREIGN.search(one.lead)
                or _SUM.search(one.lead)
            )
        ):
            break
        if not parts and (_FOREIGN.search(one.lead) or (_SUM.search(one.lead) and not broken)):
            return [], True
        if _idle(one, whole):
            continue
        if not one.alike(whole) or (one.unit == "" and whole.measured):
            return parts, bool(parts) and any(later.alike(whole) for later in following[following.index(one) :])
        if not one.exact or (parts and "其中" in between) or _OPEN.search(text, one.start - len(one.lead), one.end):
            return parts, True
        parts.append(one)
        last = one.end
    if not parts:
        return [], True
    seam = text[whole.end : parts[-1].end] + re.split(r"[。！？\n]", text[parts[-1].end : parts[-1].end + 16])[0]
    return parts, _OPEN.search(seam) is not None


def _turns(text: str, whole: Figure, parts: list[Figure], one: Figure) -> bool:
    """Does 实际 or a 分号 end the list, its parts having stood with lesser marks between them?"""
    seams = [text[left.end : right.start] for left, right in pairwise([whole, *parts])][1:]
    if re.match(r"实际|最终|最后", one.lead):
        return True
    return "；" in text[parts[-1].end : one.start] and len(parts) > 1 and not all("；" in seam for seam in seams)


def _idle(one: Figure, whole: Figure) -> bool:
    """Is a figure only a turn of speech between others: 一天卖出的总数?"""
    return one.chinese and one.value <= 1 and not one.alike(whole)


def _ends_list(between: str) -> bool:
    """Does a list end between two figures?"""
    return "。" in between and not re.search(r"。\s*(?:其余|剩|余|还有|女|来|未|另)", between)


def _judged(
    text: str,
    whole: Figure,
    parts: list[Figure],
    earlier: list[Figure],
    gap: str,
    broken: re.Match[str] | None,
    open_: bool,
) -> str | None:
    """What is wrong with a total and its parts, if anything is for certain."""
    total = total_of(parts)
    if _TWICE.search(text, whole.end, min(len(text), parts[-1].end + 20)):
        return None
    if not comparable(whole, parts) and not (broken and broken.group() == "其中"):
        return None
    if broken and _INSIDE_OF.search(gap[: broken.end()]):
        return None
    if broken and not (_LOOSE_BREAK.search(gap) and whole.unit in GENERIC):
        larger = next((part for part in parts if part.base > whole.base + slack(whole, [part])), None)
        if larger and _really_part(text, whole, larger, earlier, broken):
            return f"其中一项是 {said(larger.value)}，比总数 {said(whole.value)} 还大，请核对。"
    if open_ and total <= whole.base:
        return None
    if len(parts) < 2 or any(equal(total, one, parts) for one in earlier if one.exact and one.alike(whole)):
        return None
    both = opposed(parts) or (broken is not None and _named_before(text, whole, parts))
    if overlapping(parts) and not both:
        return None
    wrong = f"各项相加是 {said_as(total, whole)}，合计写的是 {said_as(whole.base, whole)}，请核对。"
    near = abs(total - whole.base) <= whole.base * Decimal("0.4")
    if not broken:
        close = abs(total - whole.base) <= whole.base * Decimal("0.15")
        headed = bool(_SUM.search(whole.lead) or _WHOLE.search(whole.lead))
        listed = len(parts) > 2 and close and headed and all(len(part.lead) <= 13 for part in parts)
        return wrong if (both and near and _beside(text, parts)) or listed else None
    if total > whole.base:
        return wrong if total <= whole.base * 3 else None
    complete = both or _EXACT_BREAK.search(gap) or _LEFT.search(parts[-1].lead)
    if len(parts) == 2:
        return wrong if complete and near else None
    return wrong if total >= whole.base * Decimal("0.7") else None


_INSIDE_OF = re.compile(r"在[^，。]{1,10}[里中]$")
"""坐在联络站里 is where they are, not what they are part of."""


_TWICE = re.compile(r"均有|都有|重叠|叠加|交叉|多选|重复|兼有")
"""Some are counted in two parts."""


def _named_before(text: str, whole: Figure, parts: Sequence[Figure]) -> bool:
    """Was each part named before the total, so that together they are all of it: 党员、代表和学生共135人?"""
    head = re.split(r"[，。；：\n]", text[max(0, whole.start - 60) : whole.start])[-1]
    names = [re.sub(r"^其中|[有是为]$", "", part.lead) for part in parts]
    return len(names) > 1 and all(len(name) > 1 and name in head for name in names)


def _beside(text: str, parts: Sequence[Figure]) -> bool:
    return all(len(text[one.end : other.start]) <= 14 for one, other in pairwise(parts))


def _really_part(text: str, whole: Figure, part: Figure, earlier: list[Figure], broken: re.Match[str]) -> bool:
    """Is it this total the larger part belongs to?"""
    if any(one.alike(whole) and one.base >= part.base for one in earlier):
        return False
    if (
        broken.group() in ("其中", "中", "里", "之中", "当中", "里面", "里头", "这里面", "这里头")
        or broken.group()[-1:] == "中"
    ):
        return part.unit == whole.unit or part.kind == whole.kind
    if broken.group() in ("（", "("):
        return whole.kind == part.kind and text[whole.end : part.start].count("，") == 0
    return False


# Parts first -------------------------------------------------------------------------------------


def _parts_and_whole(text: str, every: list[Figure]) -> Iterator[Fault]:
    """一等奖1名、二等奖2名、三等奖3名，共7名."""
    for place, whole in enumerate(every):
        cue = _SUM.search(whole.lead) or re.match(r"的?(?:总|合计|总计)|\w{0,6}(?:无一|悉数|全员|全部到)", whole.tail)
        if not cue or place < 2 or unfit(whole) or _FOREIGN.search(whole.lead):
            continue
        parts = _before(text, whole, every[:place])
        if len(parts) < 2 or any(equal(total_of(parts[n:]), whole, parts) for n in range(len(parts) - 1)):
            continue
        total = total_of(parts)
        if _LOST.search("".join(part.label for part in parts)) and _balances([parts[0]], parts[1:], whole):
            continue
        growing = _GROWING.search(whole.lead) is not None and not opposed(parts)
        listed = len(parts) > 2 and abs(total - whole.base) <= whole.base * Decimal("0.15")
        if growing and total <= whole.base and not listed:
            continue
        if not comparable(whole, parts) or (_PERSONAL.search(whole.lead) and not opposed(parts)):
            continue
        if overlapping(parts) and not opposed(parts):
            continue
        if abs(total - whole.base) > whole.base * Decimal("0.4") or _later_breakdown(text, whole, every[place + 1 :]):
            continue
        said_wrong = f"前面各项相加是 {said_as(total, whole)}，合计写的是 {said_as(whole.base, whole)}，请核对。"
        yield parts[0].start, whole.end, said_wrong


_LOST = re.compile(r"坏|拆|退|减|损|换|修|淘汰|报废|走了|卖|用掉|死")
"""Things that were lost are no part of what there is."""


def _before(text: str, whole: Figure, earlier: list[Figure]) -> list[Figure]:
    """The figures before a total that may be its parts."""
    parts: list[Figure] = []
    bracketed: list[Figure] = []
    right = whole.start
    for one in reversed(earlier):
        depth = -_depth(text, one.end, whole.start)
        if depth == 1 and one.alike(whole) and one.exact and "。" not in text[one.end : whole.start]:
            bracketed.insert(0, one)
        if one.unit == PERCENT or depth > 0:
            continue
        between = text[one.end : right]
        if _idle(one, whole):
            continue
        if not one.alike(whole) or not one.exact or _FOREIGN.search(one.lead) or "；" in between[:-12]:
            break
        if _OPEN.search(between) or (parts and _ends_list(between)):
            return []
        if (
            len(parts) > 1
            and one.unit in GENERIC
            and one.kind != "person"
            and one.tail
            and whole.tail
            and not set(one.tail) & set(whole.tail[:6])
        ):
            break
        if parts and _SUM.search(one.lead) and text[one.end] != "、":  # 共有党员25人、群众30人: a part, not the total
            break
        parts.insert(0, one)
        right = one.start
        if "其中" in one.lead:
            break
    return parts if parts or len(bracketed) < 2 else bracketed


def _later_breakdown(text: str, whole: Figure, later: list[Figure]) -> bool:
    return bool(later) and "其中" in text[whole.end : later[0].start]


# What is left ------------------------------------------------------------------------------------


def _left_over(text: str, every: list[Figure]) -> Iterator[Fault]:
    """收入10万元，支出3万元，结余8万元."""
    for place, left in enumerate(every):
        cue = _LEFT.search(left.lead) or re.match(r"(?:\S{0,3})?(?:没|未|尚未|还没|在办|待|结余|剩)", left.tail)
        if not cue or unfit(left):
            continue
        if place < 2:
            yield from _left_first(text, every, left)
            continue
        before = [one for one in every[:place] if one.alike(left) and one.unit != PERCENT]
        if len(before) < 2 or not all(one.exact and not unfit(one) for one in before):
            continue
        if _OPEN.search(text[before[0].start : left.end]) or any(_COMPARED.search(one.lead) for one in (*before, left)):
            continue
        if (flow := _flow(before, left)) is not None:
            yield from flow
            continue
        if len(before) == 2:
            whole, done = before
            if whole.base <= done.base or not _spent(whole, done, left):
                continue
        else:
            whole = next((one for one in reversed(before[:-1]) if _WHOLE.search(one.lead)), before[0])
            if not _WHOLE.search(whole.lead) or whole.base < max(one.base for one in before):
                continue
        middle = before[before.index(whole) + 1 :]
        beside = [one for one in every[place + 1 :] if one.alike(left) and one.exact]
        if any(total_of([*middle, left, *beside[: n + 1]]) == whole.base for n in range(len(beside))):
            continue
        if _balances([*before[: before.index(whole)], whole], middle, left) or overlapping([*middle, left]):
            continue
        rest = said_as(whole.base - total_of(middle), left)
        if whole.base <= total_of(middle):
            continue
        yield whole.start, left.end, f"{said(whole.value)} 减去前面各项应是 {rest}，写的是 {said(left.value)}，请核对。"


_IN = re.compile(
    r"结余|结转|库存|期初|原有|购进|收入|购入|新购|入库|进货|拨入|募集|筹集|捐赠|收到|到账|追加|接收|补充|运来|进账|采购|筹|新进|买进|领回"
)
_OUT = re.compile(
    r"支出|领用|发放|使用|用去|用于|用掉|花|售|卖|销|出库|消耗|拨付|付|损耗|借出|发出|送出|调出|捐出|分发|用了"
)


def _flow(before: Sequence[Figure], left: Figure) -> Iterator[Fault] | None:
    """上月库存60瓶，本月购进40瓶，领用35瓶，结存75瓶: what came in less what went out. None where that is not said."""
    signs = [(bool(_IN.search(one.lead)), bool(_OUT.search(one.lead))) for one in before]
    if len(before) < 3 or signs[0] != (True, False) or any(came == went for came, went in signs) or signs[-1][0]:
        return None
    rest = sum((one.base if came else -one.base for one, (came, _) in zip(before, signs, strict=True)), Decimal(0))
    if abs(rest - left.base) <= slack(left, before) or rest < 0:
        return iter(())
    words = f"收进的减去用掉的应是 {said_as(rest, left)}，写的是 {said(left.value)}，请核对。"
    return iter([(before[0].start, left.end, words)])


_OF_A_HUNDRED = re.compile(r"百分制|(?:满分|总分)(?:为|是)?(?:100|一百)分")


def _of_a_hundred(text: str, every: list[Figure]) -> Iterator[Fault]:
    """百分制：数量40分、质量35分、时效30分."""
    points = [one for one in every if one.unit == "分" and one.exact and one.value < 100]
    if len(points) < 2:
        return
    head, seam = text[max(0, points[0].start - 40) : points[0].start], text[points[0].end : points[-1].end]
    closed = not _OPEN.search(seam + text[points[-1].end : points[-1].end + 8]) and not re.search(
        r"附加|加分|扣", head + seam
    )
    total = total_of(points)
    reached = re.search(r"平均|最高|最低|以上|以下|成绩|得了?$|考了", head[-6:] + seam)
    if _OF_A_HUNDRED.search(head) and closed and not reached and total != 100 and total > 70:
        yield points[0].start, points[-1].end, f"百分制各项相加应是 100 分，写的相加是 {said(total)} 分，请核对。"


def _left_first(text: str, every: list[Figure], left: Figure) -> Iterator[Fault]:
    """办结40件，剩12件在办，收到的一共才50件."""
    three = [one for one in every if one.alike(left) and one.exact and not unfit(one)]
    if len(three) != 3 or len([one for one in every if one.alike(left)]) != 3:
        return
    if not re.search(r"剩|余|没|未|在办|还差", left.label) or any(_COMPARED.search(one.lead) for one in three):
        return
    whole = max(three, key=lambda one: one.base)
    done = next(one for one in three if one is not whole and one is not left) if whole is not left else left
    span = sorted(three, key=lambda one: one.start)
    if whole is left or not _WHOLE.search(whole.lead) or not _DONE.search(done.label) or _GROWING.search(whole.lead):
        return
    if _OPEN.search(text[span[0].start : span[-1].end]) or whole.base == done.base + left.base:
        return
    total = said_as(done.base + left.base, whole)
    yield span[0].start, span[-1].end, f"两项相加是 {total}，总数写的是 {said(whole.value)}，请核对。"


def _spent(whole: Figure, done: Figure, left: Figure) -> bool:
    """Is the second figure what was done or used of the first, and the third what then remains?"""
    strong = re.search(r"剩|结|余|还差|尚差|尚缺|还缺|缺口|请假|缺席|没|未", left.label)
    own = bool(_DONE.search(done.lead)) or bool(re.match(r"\S{0,6}(?:已|完|了|掉|到|办)", done.tail))
    headed = bool(_WHOLE.search(whole.lead)) or "中" in whole.tail[:6] or "里" in whole.tail[:6]
    if strong:
        return headed or (own and not _DONE.search(whole.lead))
    near = abs(whole.base - done.base - left.base) * 5 <= whole.base and "有" in left.lead and "正在" not in left.label
    return headed and (own or near)


def _balances(wholes: Sequence[Figure], middle: Sequence[Figure], left: Figure) -> bool:
    """Does any reading of the figures come out?"""
    if len(middle) > 10:
        return True
    starts = {wholes[-1].base, total_of(wholes)}
    reach = {Decimal(0)}
    for one in middle:
        reach |= {value + one.base for value in reach} | {value - one.base for value in reach}
    near = slack(left, [wholes[-1], *middle])
    return any(abs(start - spent - left.base) <= near for start in starts for spent in reach)


# Before, after, change ---------------------------------------------------------------------------

_UP = r"纳入|新聘|新招|新进|吸纳|吸收|增聘|新增|增加|增添|增设|增派|增|新添|又添|添|多出|多|新建|新设|扩|上升|上涨|提高|净增|扩招|补充|加|涨|引进|又来"
_DOWN = r"减少|减|下降|降低|缩短|压缩|少|撤销|撤|拆除|拆|关停|退出|核减|净减|缩|淘汰"
_BEFORE_CUE = re.compile(
    r"(?:由|从)[^，。至到]{0,12}$|原有|原来|原先|原(?=\D{0,3}$)|此前|之前|以前|过去|去年|上年|上月|上季度|上一?年度|上期|年初|期初|前年|早先|起初|最初|最早|开始时|本来(?:只)?有"
)
_AFTER_CUE = re.compile(
    r"(?:增加?长?|减少?|上升|下降|提高|提升|扩大?展?充?|降低?|涨|缩(?:减|短)?|升|变|达|调整?|发展|压减?)(?:至|到|为|成)了?(?:\d{4}年|今年|目前|如今"
    r"|现在)?\D{0,3}$|现有|目前|现在|如今|眼下|今年|本月|本季度|达到?了?\D{0,2}$|现已|总数(?:为|是)"
)
_CHANGE_CUE = re.compile(
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:了|出|加|出了|建|设)?(?![^，。]{{0,3}}(?:至|到|为))[^至到为\d，。]{{0,6}}$"
)


def _changed(text: str, every: list[Figure]) -> Iterator[Fault]:
    """由原来的12个增加到18个，增加了5个."""
    for place, change in enumerate(every):
        cue = _CHANGE_CUE.search(change.lead)
        if not cue or re.search(r"支出|收入", change.lead) or _unfit_change(change) or len(every) < 3:
            continue
        near = [one for one in every[max(0, place - 3) : place + 4] if one is not change and one.alike(change)]
        before = _only(one for one in near if _role(one) == "before")
        after = _only(one for one in near if _role(one) == "after") or _compared(every, before)
        if not before or not after or _unfit_change(before) or _unfit_change(after):
            continue
        span = sorted((before, after, change), key=lambda one: one.start)
        between = text[span[0].end : span[-1].start]
        if "。" in between and not _CARRIED.match(between, between.index("。") + 1):
            continue
        if _mixed_changes(near, before, after, change):
            continue
        truth = after.base - before.base
        signed = change.base if cue["up"] else -change.base
        if abs(abs(truth) - change.base) > slack(change, [before, after]):
            words = f"从 {said(before.value)} 到 {said(after.value)} 相差 {said_as(abs(truth), change)}"
            yield span[0].start, span[-1].end, f"{words}，写的是 {said(change.value)}，请核对。"
        elif truth * signed < 0:
            words = "减少" if truth < 0 else "增加"
            yield span[0].start, span[-1].end, f"从 {said(before.value)} 到 {said(after.value)} 是{words}，请核对方向。"


def _compared(every: Sequence[Figure], before: Figure | None) -> Figure | None:
    """签到42人，比通知的45人少了4人: what is held against something stands before it."""
    if before is None or not re.search(r"(?:比|较)[^，。]{0,10}$", before.lead):
        return None
    earlier = [one for one in every if one.end <= before.start and one.alike(before) and not _role(one)]
    return earlier[-1] if len(earlier) == 1 else None


def _mixed_changes(near: Sequence[Figure], before: Figure, after: Figure, change: Figure) -> bool:
    """Are there other figures that make up the difference together with the change?"""
    swings = {change.base, -change.base}
    for one in near:
        if one not in (before, after, change):
            swings |= {swing + one.base for swing in swings} | {swing - one.base for swing in swings}
    return len(swings) > 2 and after.base - before.base in swings


def _unfit_change(figure: Figure) -> bool:
    return not figure.exact or figure.unit == PERCENT


def _role(figure: Figure) -> str:
    """Is it the value before a change or the one after it?"""
    if _AFTER_CUE.search(figure.lead):
        return "before" if re.search(r"去年|上年|上月|原", figure.lead) else "after"
    if _BEFORE_CUE.search(figure.lead) or re.search(r"(?:比|较)[^，。]{1,10}的$", figure.lead):
        return "before"
    return ""


def _only(found: Iterable[Figure]) -> Figure | None:
    """The only one, or None."""
    every = list(found)
    return every[0] if len(every) == 1 else None


# Votes -------------------------------------------------------------------------------------------

_VOTES = re.compile(r"赞成|同意|反对|不同意|弃权")
_VOTERS = re.compile(r"代表|发出|选票|投票|参加|到会|出席|实到|参会|收回|有效|会员|党员|户代表|表决|到场")


def _voted(text: str, every: list[Figure]) -> Iterator[Fault]:
    """代表86人参加投票，赞成80票、反对5票、弃权3票."""
    votes = [one for one in every if one.unit in ("票", "人", "名", "张", "") and _VOTES.search(one.lead)]
    if len(votes) != 3 or not all(one.exact for one in votes):
        return
    voters = [
        one
        for one in every
        if one not in votes and one.kind in ("person", "票", "张", "份", "户") and _VOTERS.search(one.label)
    ]
    before = [one for one in voters if one.end <= votes[0].start]
    whole = before[-1] if before else next(iter(voters), None)
    if whole is None or not whole.exact or not _VOTERS.search(whole.label):
        return
    total = total_of(votes)
    spoilt = re.search(r"废|无效|未投|缺席|空白", text[whole.end : votes[-1].end + 20])
    if total > whole.value or (total < whole.value and not spoilt):
        words = f"三种票相加是 {said(total)}，投票的是 {said(whole.value)}，请核对。"
        yield min(whole.start, votes[0].start), max(whole.end, votes[-1].end), words


# So much each ------------------------------------------------------------------------------------

_BASES = (
    "个村|村|个|名|位|人|户|家|亩|公斤|斤|吨|平方米|米|公里|天|日|月|年|周|次|场|期|节|课|株|棵|头|只|台|辆|套|份|本|张|盒|箱|袋|桶|件|组|班|队|点|所|间|盏|支|条|车|趟|度|幢|栋"
    "|批|轮|片|桌|排|行"
)
_EACH = re.compile(rf"每一?(?P<base>{_BASES})")
_LISTED_WITH = re.compile(r"[^，。；\d]{0,10}(?:、|和|及|以及|与)[^，。；\d]{0,4}")
"""10个办公室、21个村各1名: each of both."""
_MEAN = re.compile(r"(?P<base>[人户村组亩店校班])均|平均每?一?(?P<other>[人户村组亩天个名家])?")
_SLASH = re.compile(rf"\s?(?:/|每|一)一?(?P<base>{_BASES})|的?(?P<unit>单价)")
_LIMIT = re.compile(r"最高|不超过|至少|不少于|不低于|最多|起步|标准(?:为|是)?$|封顶|上限|限")
_PRODUCT = re.compile(r"缴|交|共|合计|总|累计|需|发放|支出|补贴|花|等于|达|计|就是|领|支付|收|用|付|得|为|合")
_PERSONS = frozenset("人名位")


def _each(text: str, every: list[Figure]) -> Iterator[Fault]:
    """每户200元，50户共发放12000元."""
    for place, rate in enumerate(every):
        if not rate.exact or rate.unit == PERCENT or not rate.base:
            continue
        bases, mean = _bases(rate, text)
        counts = [_count_for(text, base, rate, every, place) for base in bases]
        if not bases or not counts or any(count is None for count in counts):
            continue
        times = [count for count in counts if count is not None]
        whole = _product_of(text, rate, times, every)
        if whole is None:
            continue
        product = rate.base * prod(count.value for count in times)
        if abs(product - whole.base) > _rounding(rate, whole, product, mean=mean):
            span = sorted((rate, whole, *times), key=lambda one: one.start)
            words = " × ".join([said(rate.value), *(said(count.value) for count in times)])
            yield (
                span[0].start,
                span[-1].end,
                f"{words} 应为 {said_as(product, whole)}，写的是 {said(whole.value)}，请核对。",
            )


def _rounding(rate: Figure, whole: Figure, product: Decimal, *, mean: bool) -> Decimal:
    """How far a product may be from the total by rounding alone."""
    rounded = whole.base_step / 2 if whole.base_step > 1 or fractional(whole) else Decimal(0)
    spread = rate.base_step * product / rate.base
    if mean:
        return max(rounded, spread)
    return max(rounded, spread / 2) if fractional(rate) else rounded


def _bases(rate: Figure, text: str) -> tuple[list[str], bool]:
    """What a figure is given for each of, and whether it is only a mean."""
    if _LIMIT.search(rate.lead[-8:]) or _LIMIT.match(rate.tail):
        return [], False
    if found := [match["base"] for match in _EACH.finditer(rate.lead)]:
        return found, False
    if mean := _MEAN.search(rate.lead):
        base = mean["base"] or mean["other"]
        return ([base] if base else []), True
    if slash := _SLASH.match(text, rate.end):
        return [slash["base"] or ""], False
    if re.search(r"单价(?:为|是)?$", rate.lead):
        return [""], False
    if re.search(r"各(?:[^，。各]{0,4})$", rate.lead):
        return ["各"], False
    return [], False


def _count_for(text: str, base: str, rate: Figure, every: list[Figure], place: int) -> Figure | None:
    """The figure that says how many of them there are."""
    if base == "各":
        before = every[place - 1] if place else None
        fit = (
            before
            and before.exact
            and not before.measured
            and rate.start - before.end <= 14
            and before.kind != rate.kind
        )
        earlier = every[place - 2] if place > 1 else None
        if before and earlier and _LISTED_WITH.fullmatch(text, earlier.end, before.start):
            return None
        return before if fit and before and "。" not in text[before.end : rate.start] and before.unit else None
    fits = [
        one
        for one in every
        if one is not rate
        and one.start != rate.end
        and one.exact
        and _is_base(one, base, rate)
        and not _EACH.search(one.lead[-4:])
    ]
    values = {one.value for one in fits}
    return fits[0] if len(values) == 1 else None


def _is_base(one: Figure, base: str, rate: Figure) -> bool:
    if not base:
        return not one.measured and one.unit != PERCENT and one.kind != rate.kind
    if one.kind == rate.kind and rate.kind != "":
        return False
    if base in _PERSONS:
        return one.kind == "person" or (base == "名" and one.unit == "名")
    if base in ("天", "日"):
        return one.kind == "days"
    if base == "月":
        return one.unit == "个月"
    if base in ("户", "家"):
        return one.unit in ("户", "家") and one.unit == base
    if base == "个":
        noun = re.search(r"每一?个(\S)", rate.lead)
        return noun is not None and one.unit == "个" and noun[1] in one.tail[:4]
    if base in ("个村", "村", "组", "班", "队", "点", "店", "校", "所", "间"):
        return one.unit == base or (one.unit in ("个", "所", "家") and base[-1] in one.tail[:5])
    return one.unit == base


def _product_of(text: str, rate: Figure, times: list[Figure], every: list[Figure]) -> Figure | None:
    """The figure that should be the product."""
    fits = [
        one
        for one in every
        if one is not rate and one not in times and one.exact and one.kind == rate.kind and one.unit != ""
        and one.base > rate.base and not _bases(one, text)[0]
    ]  # fmt: skip
    after = [one for one in fits if one.start > rate.start and _PRODUCT.search(one.lead)] or [
        one for one in fits if _PRODUCT.search(one.lead)
    ]
    if len(after) != 1 and len(fits) == 1:
        expected = rate.base * prod(count.value for count in times)
        after = [one for one in fits if abs(one.base - expected) * 4 <= expected]
    if len(after) != 1 or len({one.value for one in fits}) > 1:
        return None
    others = [one for one in every if one is not rate and _bases(one, text)[0] and one.kind == rate.kind]
    left, right = sorted((rate, after[0]), key=lambda one: one.start)
    if (
        others
        or _OPEN.search(text[left.end : right.start])
        or re.search(r"另|外加|加上|连同", text[left.end : right.start])
    ):
        return None
    return after[0]


def _enumerated(text: str) -> Iterator[Fault]:
    for one in enumerations(text):
        if one.wrong:
            named = one.least if one.least == one.most or one.least > one.said else one.most
            yield one.start, one.end, f"说的是 {one.said} 个，列出来的是 {named} 个，请核对。"


_FRAMES: tuple[Callable[[str, list[Figure]], Iterator[Fault]], ...] = (
    _whole_and_parts,
    _parts_and_whole,
    _voted,
    _left_over,
    _of_a_hundred,
    _changed,
)
