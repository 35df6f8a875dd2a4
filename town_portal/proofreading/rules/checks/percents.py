"""百分比不符: rates, shares, growth and multiples that do not follow from the figures beside them.

Finds: a rate that is not part over whole; a growth or a fall that is not the change over what was before;
倍, 番, 成, 一半 and 几分之几; percentage points between two rates; a % where percentage points are meant;
shares of one whole that make more than all of it; a rate above all there can be. Rounding up or down is
right; what is rough (约) is left alone, what is a bound (超, 近) is held to it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.figures import (
    PERCENT,
    POINTS,
    TIMES,
    Figure,
    figures,
    passages,
    said,
    within,
)
from town_portal.proofreading.rules.values.parts import opposed, overlapping
from town_portal.proofreading.rules.values.tallies import wrong_rates
from town_portal.proofreading.rules.writing import UNDERLINED, Writing

MOST = 24
"""More figures than this in one sentence: nothing is decided."""

_UP = "增长|增加|增产|增收|上升|上涨|提高|提升|攀升|增幅|涨幅|扩大|多了|多出|净增|增|涨|升|高出|高了"
_DOWN = "节约|节省|节支|下降|减少|降低|下滑|回落|缩短|缩减|压减|压缩|降幅|减幅|减产|跌|降|减|少了|低了|省"
_CHANGE = re.compile(
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:了|幅度?|率|比例|近|超|超过|约|资金|成本|开支|经费|支出|费用|时间){{0,2}}(?:为|是|达到?|高达|的比例为)?(?:近|超|约|将近|超过)?$"
    r"|(?:同比|环比|比去年|比上年|较去年|较上年|较上月)(?P<bare>[+-]?)$"
)
_CHANGE_AFTER = re.compile(r"的?(?:(?P<up>增长率?|增幅|涨幅|升幅)|(?P<down>降幅|减幅|跌幅|下降))")
_REACHED = re.compile(r"(?:至|(?<!达)到|为)\D{0,4}$")
_RATE_AFTER = re.compile(r"的(?P<stem>\w{1,6}?)(?:率|度|比例)(?=[，。；、]|$)")
"""96%的按期办结率: the rate named behind its figure."""
_BARE_SHARE = re.compile(r"(?:恰好|正好|刚好|恰|足足|整整|还差|还剩|还有|尚有|剩下|已达|已有|只占|仅占|占|就占|不过)?")
_ONLY_SHARE = re.compile(r"(?:[都均就]?(?:流转|签|完成|参|报|同意|到|办|装|用上|搬|脱|入|通过|解决|化解)\S{0,6})?")
_RATE = re.compile(
    r"(?P<stem>\w{1,6}?)(?:率|度|比例|占比|比重)(?:已?经?(?:高|只|仅|也|就)?(?:达到?|为|是|有|约|只有|超过?|近|突破|在|：|:|至|到|才|写的是|算下来|算出来|算"
    r"|报的是)){0,2}(?:了)?\D{0,2}$"
)
_SHARE = re.compile(
    r"占|比例|比重|完成(?:了)?(?:率|全部|全年|年度|总|计划|任务|\D{0,8}的)|相当于|即$|也就是|达(?:到)?(?:了)?(?:总|全|任务|计划|应)\D{0,8}的?$|(?:总"
    r"|全)\S{0,8}的(?:近|超)?$"
    r"|^(?:完成|已完成|达到?|进度|只有|仅|实现)\D{0,6}$|进度"
)
_OF_WHOLE = re.compile(r"(?:占|相当于|完成了?|达到?)[^，。；]{0,20}的(?:近|将近|超过?|约)?$")
_SHARE_AFTER = re.compile(
    r"即|也就是|的?(?:党员|群众|村民|农户|学生|代表|居民|户|人|任务|进度|目标|计划|比例|占比|参|受|出|到|满|合|办|完)"
)
_WHOLE = re.compile(
    r"应|计划|任务|目标|共|总|参评|参赛|参训|参选|在校|常住|全(?:镇|村|县|校|部|年|体)|需|收到|受理|接到|登记|发放|发出|抽查|抽检|检查|摸排|排查|调查|走访|回收|收回|参加|参考|参会|下达|建档|名下|户籍|在册|指标"
    r"|符合|原有|有"
)
_DONE = re.compile(
    r"已|完成|实|评出|评为|评上|流转|租出|办结|建成|到会|到场|出席|合格|达标|满意|参保|签|整改|解决|化解|通过|其中|接种|覆盖|发放|到位|安装|改造|入户|录入|收回|回收|参与|就业|脱贫|入库|缴|交|有效|拨付|支出|栽"
    r"|种|成活|毕业|上线|办|改|修|复|装|做完|搞定|拿下|落实"
)
_ABSENT = re.compile(r"未|没|不(?=合格|满意|达标|及格|同意)|缺|请假|剩|还有|尚有|待|差|余|落下|下剩|除|死")
_INSIDE = re.compile(r"^\S{0,10}?(?:中|里|内|里头|里面|当中)(?=，|,|$)?")
_BEFORE_CUE = re.compile(
    r"(?:由|从)[^，。至到]{0,14}$|原有|原来|原先|此前|以前|过去|去年|上年|上月|上一?季度|上期|上一年|前年|同期|年初|起初|最初|昨年|头年|往年|前一年|改造前"
    r"|\d{4}年(?!度?(?:计划|任务))"
)
_AFTER_CUE = re.compile(
    r"(?:增加?长?|减少?|上升|下降|提高|提升|扩大?展?|降低?|涨|缩(?:减|短)?|升|变|达|调整?|发展|压减?)(?:至|到|为|成)了?(?:\d{4}年|今年|目前|如今|现在)?\D{0,3}$"
    r"|现有|目前|现在|如今|眼下|今年|本月|本季度|本年|今|当年|改造后|达到?了?\D{0,3}$"
)
_OPEN = re.compile(r"左右|上下")
_FLOOR = frozenset("超过 超出 超 逾 突破 不低于 不少于 至少 高于 不下 不下于 大于 多于".split())
_CEILING = frozenset("近 将近 接近 不足 不到 低于 几近 少于 小于 不满".split())
_UNBOUND = re.compile(
    r"增长|增加|增幅|提高|上升|同比|环比|超额|利润率|收益率|负债率|上座率|产出率|回报率|涨|升|扩|翻|完成|达产|杠杆|浓度|湿度|酒精|执行率|使用率|利用率|达成率|比去|较|计划|目标|任务"
)
_CAPPED = re.compile(
    r"(?:满意(?:度|率)|合格率|覆盖率|普及率|入户率|知晓率|参与率|参保率|参会率|到会率|出勤率|办结率|回复率|答复率|整改率|及时率|达标率|成活率|接种率|入学率|就业率|通过率|优良率|到位率|安装率"
    r"|建成率|签约率|处理率|处置率|化解率|调解率|成功率|升学率|巩固率|回收率|中签率|好评率|见面率|上线率|建档率|收缴率|缴费率|化率|盖率|格率|意率|意度|标率|结率|勤率|保率|种率|活率|会率|占比"
    r"|比重|比例|占[^，。]{0,10})"
    r"(?:已?(?:经)?(?:高)?(?:达到?|为|是|超过?|：|:|至|到|提升至|提高到|的))?了?$"
)
_DECREASE_BARE = re.compile(rf"(?:{_DOWN})(?:了|幅度?(?:为|达)|率(?:为|达))?(?:近|超|约)?$")
_DOUBLED = re.compile(
    r"翻(?:了|了整整|整整)?(?P<n>[一两二三四五\d])?番|增长?加?(?:了)?(?P<once>一倍)|是\D{0,8}?的(?P<twice>两倍)"
)
_HALVED = re.compile(
    r"(?:减少|下降|降低|缩短|缩减|压减|减|降|少)(?:了)?(?:整整)?一半|减半|(?:下降|减少|缩短|降低|减)(?:了)?(?P<fraction>[二三四五六七八九十]分之[一二三四五六七八九])"
)
_MAJOR = re.compile(r"(?:已|均)?(?:过半|超过?半数?|超过?一半|半数以上|一半以上|逾半|大半)")
_SLASHED = re.compile(r"(?<![\d./-])(?P<part>\d{1,6})\s?/\s?(?P<whole>\d{1,6})(?![\d./])")


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Every percentage or multiple that the figures beside it do not bear out."""
    del lexicon
    text = writing.plain
    taken: list[tuple[int, int]] = []
    for start, end, message in _faults(text):
        if not any(start < other_end and other_start < end for other_start, other_end in taken):
            taken.append((start, end))
            yield writing.finding(Family.ARITH_PERCENT, start, end, message)


Fault = tuple[int, int, str]


def _faults(text: str) -> Iterator[Fault]:
    sentences = passages(text)
    for place, (start, end) in enumerate(sentences):
        inside = within(text, start, end)
        if not inside or len(inside) > MOST:
            continue
        yield from _points(inside)
        yield from _shares(text, inside)
        for one in inside:
            if one.unit == PERCENT:
                yield from _percentage(text, inside, one, _context(text, sentences, place))
            elif one.unit == TIMES:
                yield from _multiple(text, inside, one)
        yield from _doubled(text, inside, start, end)
        yield from _slashed(text, inside, start, end)
        yield from _majority(text, inside, start, end)
    yield from _too_much(text)
    for tally in wrong_rates(text):
        yield tally.start, tally.end, f"{tally.what}得 {tally.right}，写的是 {tally.written}，请核对。"


def _context(text: str, sentences: Sequence[tuple[int, int]], place: int) -> list[Figure]:
    """The figures of the sentences just before, where this one has too few to judge by."""
    start = sentences[max(0, place - 2)][0]
    floor = text.rfind("\n", 0, sentences[place][0]) + 1
    found = within(text, max(start, floor), sentences[place][0])
    return found if len(found) <= 4 else []


# One percentage ----------------------------------------------------------------------------------


def _percentage(text: str, inside: list[Figure], one: Figure, before: list[Figure]) -> Iterator[Fault]:
    """A rate, share, growth or fall against the counts of its sentence."""
    if (
        one.high is not None
        or one.before in ("约", "大约", "大概", "约莫", "差不多", "估计", "上")
        or _OPEN.match(one.after)
    ):
        return
    counts = _counts(inside if _change_of(one) else _of_clause(text, inside, one))
    if change := _change_of(one):
        yield from _growth(text, inside, one, change)
        return
    rate = _RATE.search(one.lead) or _RATE_AFTER.match(one.tail)
    if not rate and not _is_share_of(text, one):
        return
    if rate and _SAVED.search(rate["stem"]):
        yield from _growth(text, inside, one, -1)
        return
    if len(counts) < 2:
        counts = _counts([*before, *inside])
        if len(counts) != 2 or not (rate or _done_of_plan(one, counts)):
            return
    if len(counts) > 8 or any(_CHANGE.search(other.lead) for other in counts):
        return
    stem = rate["stem"] if rate else ""
    both = _one_of_both(one, counts)
    pair = _stated(text, one, counts) or both or _linked(one, counts, stem)
    if pair is None and _done_of_plan(one, counts):
        pair = counts[1], counts[0]
    if pair is None or _own_subject(one, pair[0]):
        return
    meant = [pair[0].base * 100 / pair[1].base] if pair is both else _ratios(counts, pair)
    if any(_agrees(ratio, one) for ratio in meant):
        return
    part, whole = pair
    truth = part.base * 100 / whole.base
    if rate and _ABSENT.search(part.label) and not _ABSENT.search(rate["stem"]):
        truth = 100 - truth
    span = sorted((part, whole, one), key=lambda figure: figure.start)
    words = f"按 {said(part.value)} 和 {said(whole.value)} 算是 {_percent(truth, one)}，写的是 {_written(text, one)}，请核对。"
    far = span[-1].end - span[0].start > UNDERLINED + len(words) // 8
    yield (span[1] if far else span[0]).start, span[-1].end, words


def _is_share_of(text: str, one: Figure) -> bool:
    """Is a percentage said to be a share of something?"""
    before = _SHARE.search(one.lead) or _OF_WHOLE.search(text, max(0, one.start - 30), one.start)
    if before is not None or _SHARE_AFTER.match(one.tail) is not None:
        return True
    alone = one.step > 1 and _BARE_SHARE.fullmatch(one.lead) is not None
    return alone and _ONLY_SHARE.fullmatch(one.tail) is not None


def _of_clause(text: str, inside: list[Figure], one: Figure) -> list[Figure]:
    """The figures between two 分号, where a rate has a count of its own there."""
    left = text.rfind("；", inside[0].start, one.start)
    right = text.find("；", one.end, inside[-1].end)
    own = [other for other in inside if left < other.start and (right < 0 or other.start < right)]
    return own if len(_counts(own)) > 0 else inside


_PLAN_SAID = re.compile(r"计划|任务|目标|要|需|应|总共|全长|一共|指标")


def _done_of_plan(one: Figure, counts: Sequence[Figure]) -> bool:
    """计划更换40公里。…已铺设26公里，完成了八成: what is done now of what was planned before."""
    if len(counts) != 2:
        return False
    whole, part = counts
    done = re.search(r"完成|进度|实现|达到?", one.lead) is not None
    planned = _PLAN_SAID.search(whole.lead) is not None and whole.alike(part) and part.base < whole.base
    return done and planned and _DONE.search(part.lead) is not None


def _one_of_both(one: Figure, counts: Sequence[Figure]) -> tuple[Figure, Figure] | None:
    """男选手45人，女选手15人，女选手占三成: of two sides the one that is named, of both together."""
    if len(counts) != 2 or not counts[0].alike(counts[1]) or not opposed(counts) or not _SHARE.search(one.lead):
        return None
    named = [count for count in counts if count.lead and count.lead[-2:] in one.lead]
    if len(named) != 1 or counts[0].lead[-2:] == counts[1].lead[-2:]:
        named = [count for count in counts if count.lead and count.lead[:2] in one.lead]
    if len(named) != 1:
        return None
    both = replace(counts[0], value=(counts[0].base + counts[1].base) * counts[0].value / counts[0].base)
    return named[0], both


def _counts(inside: Iterable[Figure]) -> list[Figure]:
    """The exact counts of a sentence: what a rate may be made of."""
    return [
        one
        for one in inside
        if one.exact
        and not (one.chinese and one.value == 1)
        and one.unit not in (PERCENT, POINTS, TIMES, "年", "岁", "周岁", "℃", "度", "番")
        and one.value > 0
    ]


_REST = re.compile(r"余下|剩下|剩余|其余|尚有|还有")


def _ratios(counts: Sequence[Figure], pair: tuple[Figure, Figure]) -> Iterator[Decimal]:
    """Everything a percentage may mean between some counts, of which a pair is likeliest."""
    apart = not _is_part(*pair) or any(_REST.search(one.label) for one in pair)
    for one, other in combinations(counts, 2):
        if not one.alike(other):
            continue
        small, large = sorted((one.base, other.base))
        yield small * 100 / large
        yield 100 - small * 100 / large
        yield large * 100 / small
        if apart:
            yield small * 100 / (small + large)
            yield large * 100 / (small + large)
    if len(counts) > 6:
        return
    for three in combinations(counts, 3):
        if not (three[0].alike(three[1]) and three[1].alike(three[2])):
            continue
        a, b, c = (figure.base for figure in three)
        for part, whole in ((a + b, c), (a + c, b), (b + c, a), (a, a + b + c), (b, a + b + c), (c, a + b + c)):
            yield part * 100 / whole
        for part, whole in ((a, b + c), (b, a + c), (c, a + b)):
            yield part * 100 / whole
        yield (a + b) * 100 / (a + b + c)
        yield (a + c) * 100 / (a + b + c)
        yield (b + c) * 100 / (a + b + c)


def _agrees(truth: Decimal, one: Figure) -> bool:
    """Is a percentage what it should be, rounded either way, or within the bound it is said with?"""
    if one.before in _FLOOR or one.after in ("以上", "有余", "不止", "多", "开外") or one.odd in ("多", "余"):
        reach = Decimal(10) if one.step >= 5 else Decimal(5)
        return one.value - one.step / 10 <= truth <= one.value + reach
    if one.before in _CEILING or one.after in ("以下", "以内"):
        return (
            one.value - 10 <= truth < one.value + one.step / 10
            if one.before not in ("低于", "不足")
            else truth <= one.value
        )
    return abs(truth - one.value) < one.step


def _linked(one: Figure, counts: list[Figure], stem: str) -> tuple[Figure, Figure] | None:
    """The part and the whole a rate is of, when that is plain: named by it, or by 应 and 已, or part of the other."""
    pairs = [
        (small, large)
        for a, b in combinations(counts, 2)
        if a.alike(b) and a.base != b.base
        for small, large in [(a, b) if a.base < b.base else (b, a)]
    ]
    if len({figure.kind for figure in counts}) > 1 and not pairs:
        return None
    core = stem[-2:]
    named = [pair for pair in pairs if core and _named(core, *pair)]
    planned = [pair for pair in pairs if _is_part(pair[0], pair[1])]
    if len(pairs) == 1:
        small, large = pairs[0]
        near = abs(small.base * 100 / large.base - one.value) <= 15 and one.value != 100 and len(one.lead) <= 6
        inside = _INSIDE.match(large.tail) is not None and small.start > large.start
        return (
            pairs[0] if named or (planned and (not core or inside)) or (near and _of_all(stem, small, large)) else None
        )
    if not pairs:
        return None
    both = [pair for pair in planned if pair in named] or (planned if not stem else named if core else [])
    if not both:
        return None
    return min(both, key=lambda pair: abs(pair[0].start - one.start) + abs(pair[1].start - one.start))


def _own_subject(one: Figure, part: Figure) -> bool:
    """Is a share said of something else than the part: 其中表示满意的占96%?"""
    subject = re.match(r"(?:其中|且|而|并)?(?P<words>[^占]{3,})占", one.lead)
    return subject is not None and not ((set(subject["words"]) - set("的人户中数比例率有")) & set(part.label))


_SAVED = re.compile(r"(?:核减|审减|节支|节[水能电约]|减排|降低|压减|下降|减少|降耗)$")


def _stated(text: str, one: Figure, counts: Sequence[Figure]) -> tuple[Figure, Figure] | None:
    """The part and the whole of “甲占乙的P%”, with both figures."""
    found = _OF_WHOLE.search(text, max(0, one.start - 30), one.start)
    wholes = [count for count in counts if found and count.start > found.start() and count.end <= one.start]
    parts = [count for count in counts if found and count.end <= found.start() and wholes and count.alike(wholes[0])]
    if len(wholes) != 1 or not parts or parts[-1].base > wholes[0].base:
        return None
    return parts[-1], wholes[0]


_ACTUAL = re.compile(r"已|实|完成|到位|只有|仅|拿下|搞定|做完|落实")
_PLANNED = re.compile(r"应|计划|任务|目标|需|指标|下达|总数")
_PLAIN_RATES = frozenset("完成 覆盖 执行 达成 落实 推进 实现 到位".split())


def _named(core: str, small: Figure, large: Figure) -> bool:
    """Is a rate named after what was counted: 建成率 after 已建成, or is it the plain rate of done to planned?"""
    if set(core) & set(small.label) or (_ABSENT.search(small.label) and set(core) & set(large.label)):
        return True
    planned = _PLANNED.search(large.lead) is not None
    return (planned and _ACTUAL.search(small.label) is not None) or (core in _PLAIN_RATES and _is_part(small, large))


def _of_all(stem: str, small: Figure, large: Figure) -> bool:
    """Has a rate no other subject than the two counts before it?"""
    return 0 < len(stem) <= 3 or (
        not stem
        and large.start < small.start
        and re.search(rf"(?:{_WHOLE.pattern})|[村镇组班]$|社区$", large.lead) is not None
    )


def _is_part(small: Figure, large: Figure) -> bool:
    """Do the words make the one a part of the other?"""
    if small.start > large.start and (_INSIDE.match(large.tail) or small.lead.startswith("其中")):
        return True
    done = _DONE.search(small.label) or _ABSENT.search(small.label)
    return bool(done and (_WHOLE.search(large.lead) or _WHOLE.search(large.tail[:6])))


# Growth ------------------------------------------------------------------------------------------


def _change_of(one: Figure) -> int:
    """1 for a growth, -1 for a fall, 0 for neither; 2 for a bare 同比, which may be either."""
    if _REACHED.search(one.lead) and not re.search(r"(?:幅度?|率|比例)\D{0,4}$", one.lead):
        return 0
    match = _CHANGE.search(one.lead) or _CHANGE_AFTER.match(one.tail)
    if not match:
        return 0
    if match["up"]:
        return 1
    return -1 if match["down"] else 2


def _growth(text: str, inside: list[Figure], one: Figure, change: int) -> Iterator[Fault]:
    """今年120件，去年100件，增长25%."""
    rates = [other for other in inside if other.unit == PERCENT and other is not one and other.exact]
    if rates:
        yield from _points_meant(text, rates, one)
        if len(rates) > 1 or not _counts(inside):
            return
    counts = [_in_clause(text, count) for count in _counts(inside)]
    if _other_subject(text, one.lead, min((other.start for other in counts), default=0), one.start - len(one.lead)):
        return
    before = _cued(counts, "before")
    after = _cued(counts, "after")
    delta = [other for other in counts if _DELTA.search(other.lead)]
    if len(counts) > 6:
        return
    old, new = _ends(counts, before, after, delta, change)
    if old is None or new is None or old <= 0:
        return
    truth = (new - old) * 100 / old
    if change in (1, -1) and truth * change < 0 and abs(truth) >= 1:
        words = "下降" if truth < 0 else "增长"
        first = min(counts, key=lambda figure: figure.start)
        yield (
            min(first.start, one.start),
            max(one.end, max(counts, key=lambda figure: figure.end).end),
            f"按前后两个数算是{words} {_percent(abs(truth), one)}，请核对方向。",
        )
        return
    if _agrees(abs(truth), one):
        return
    if _loose(counts, before, after) and any(_agrees(ratio, one) for ratio in _swings(counts)):
        return
    used = [figure for figure in counts if figure in (*before, *after, *delta)] or counts
    first = min((*used, one), key=lambda figure: figure.start)
    last = max((*used, one), key=lambda figure: figure.end)
    yield first.start, last.end, f"按前后两个数算是 {_percent(abs(truth), one)}，写的是 {_written(text, one)}，请核对。"


def _in_clause(text: str, one: Figure) -> Figure:
    """A figure with its whole clause before it where a turn of speech cut it: 去年一亩粉葛收三千斤."""
    head = re.split(r"[，,、；;。：:！？\n]", text[max(0, one.start - 30) : one.start])[-1]
    if len(head) > len(one.lead) and re.fullmatch(r"\D*[每一][亩户人年月天季次场][^\d一二三四五六七八九十]*", head):
        return replace(one, lead=head)
    return one


_FILLER = re.compile(
    rf"同比|环比|(?:比|较|与)[^，。]{{0,8}}(?:相比|同期)?|{_UP}|{_DOWN}|年均|实现|意味着|等于|相当于|一年|两年|三年|两相比较|相比|整整|足足|正好|幅度?|净|又|也|就|并"
    rf"|且|则|竟|共|总|约|了|达到?|为|是|率|一共|去年|上年|今年|同期|算下来|一下子|[年月]|足|的|高|近|超过?|反而|合计|资金|成本|开支|经费|费用"
)


def _other_subject(text: str, lead: str, first: int, until: int) -> bool:
    """Is a change said of something else than the counts before it: 企业增加到18家，产值增长…?"""
    subject = re.sub(r"\W", "", _FILLER.sub("", lead))
    if len(subject) < 2:
        return False
    head = text[max(0, first - 30) : until]
    return not (set(subject[-2:]) - set("量数率额值")) & set(head) and first < until


_DELTA = re.compile(rf"(?:{_UP}|{_DOWN})(?:了|加|出|出了)?\D{{0,2}}$(?<!至)(?<!到)(?<!为)")


_YEAR = re.compile(r"(\d{4})年\D{0,12}$")


def _cued(counts: Sequence[Figure], which: str) -> list[Figure]:
    """The counts of before or of after a change; of two with years the earlier is before."""
    dated = [(int(found[1]), one) for one in counts if (found := _YEAR.search(one.lead))]
    if len(dated) == 2 and dated[0][0] != dated[1][0]:
        ends = sorted(dated, key=lambda pair: pair[0])
        return [ends[0][1] if which == "before" else ends[1][1]]
    return [one for one in counts if _end_of(one) == which]


_BUDGETED = re.compile(r"(?:计划|预算|概算|控制价)(?:投入|投资|支出|资金|使用|安排)?(?:为|是|约)?$")
_SPENT = re.compile(
    r"(?:结算|决算|审定)(?:价|金额)?(?:为|是)?$|(?:实际|最终|只|仅)(?:支出|投入|使用|花费?|支付|用了?|开支)(?:为|是|了)?$"
)


def _end_of(one: Figure) -> str:
    """Is a count the one before a change or after it?"""
    if _DELTA.search(one.lead):
        return ""
    lead = one.lead
    if _AFTER_CUE.search(lead) and not re.search(r"(?:去年|上年|上月|同期|原来)\D{0,8}$", lead):
        return "after"
    if _SPENT.search(lead):
        return "after"
    return "before" if _BEFORE_CUE.search(lead) or _BUDGETED.search(lead) else ""


def _ends(
    counts: Sequence[Figure],
    before: Sequence[Figure],
    after: Sequence[Figure],
    delta: Sequence[Figure],
    change: int,
) -> tuple[Decimal | None, Decimal | None]:
    """The values before and after a change, said or worked out."""
    if len(before) == 1 and len(after) == 1 and before[0].alike(after[0]):
        return before[0].base, after[0].base
    plain = [figure for figure in counts if figure not in delta]
    if len(before) == 1 and len(plain) == 2:
        other = next(figure for figure in plain if figure is not before[0])
        if other.alike(before[0]) and _since(other, before[0]):
            return before[0].base, other.base
    if len(delta) == 1 and change in (1, -1):
        swing = delta[0].base * change
        if len(before) == 1 and before[0].alike(delta[0]) and len(plain) == 1:
            return before[0].base, before[0].base + swing
        if len(plain) == 1 and plain[0].alike(delta[0]) and not before and plain[0].base > delta[0].base:
            return plain[0].base - swing, plain[0].base
    return None, None


def _since(now: Figure, then: Figure) -> bool:
    """Is a count said of now, while the other is marked as of then?"""
    same = re.sub(r"\W", "", now.lead)[-2:] == re.sub(r"\W", "", then.lead)[-2:]
    return same or bool(re.search(r"比|较|同期|去年|上年|上一|原|上月|\d年|前|与", then.lead))


def _loose(counts: Sequence[Figure], before: Sequence[Figure], after: Sequence[Figure]) -> bool:
    return len(counts) > 2 or not (before and after)


def _swings(counts: Sequence[Figure]) -> Iterator[Decimal]:
    """Every change in percent between two counts, from the marked base first."""
    for one, other in combinations(counts, 2):
        if one.alike(other):
            marked = [figure for figure in (one, other) if _end_of(figure) == "before"]
            for base in marked or [one, other]:
                yield abs(one.base - other.base) * 100 / base.base


# Percentage points -------------------------------------------------------------------------------


def _points(inside: Sequence[Figure]) -> Iterator[Fault]:
    """由85%提高到92%，提高了8个百分点."""
    for place, one in enumerate(inside):
        if one.unit != POINTS or not one.exact:
            continue
        rates = [other for other in inside if other.unit == PERCENT and other.exact]
        if len(rates) > 2:
            rates = [other for other in inside[max(0, place - 2) : place] if other.unit == PERCENT and other.exact]
        if len(rates) != 2 or not _two_times(rates):
            continue
        gap = abs(rates[0].value - rates[1].value)
        if gap != one.value and abs(gap - one.value) >= max(one.step, rates[0].step, rates[1].step) / 2:
            span = sorted((*rates, one), key=lambda figure: figure.start)
            words = f"{said(rates[0].value)}% 和 {said(rates[1].value)}% 相差 {said(gap)} 个百分点，写的是 {said(one.value)}，请核对。"
            yield span[0].start, span[-1].end, words


def _two_times(rates: Sequence[Figure]) -> bool:
    """Are two rates one thing at two times?"""
    ends = {_rate_end(one) for one in rates}
    return "before" in ends and len(ends) == 2


def _rate_end(one: Figure) -> str:
    if _AFTER_CUE.search(one.lead) and not re.search(r"去年|上年|上月|同期|原来", one.lead):
        return "after"
    return "before" if _BEFORE_CUE.search(one.lead) else ""


def _points_meant(text: str, rates: Sequence[Figure], one: Figure) -> Iterator[Fault]:
    """由85%提高到92%，提高了7%: percentage points are meant."""
    if len(rates) != 2 or not _two_times(rates) or not one.exact:
        return
    old, new = sorted(rates, key=lambda rate: _rate_end(rate) != "before")
    gap = abs(new.value - old.value)
    relative = gap * 100 / old.value if old.value else Decimal(0)
    if _agrees(relative, one) and (gap != one.value or abs(relative - one.value) < one.step / 10):
        return
    span = sorted((*rates, one), key=lambda figure: figure.start)
    if gap == one.value:
        words = f"{said(old.value)}% 到 {said(new.value)}% 相差的是 {said(gap)} 个百分点，不是 {said(one.value)}%，请改为百分点。"
    else:
        words = f"{said(old.value)}% 到 {said(new.value)}% 相差 {said(gap)} 个百分点，写的是 {_written(text, one)}，请核对。"
    yield span[0].start, span[-1].end, words


# Multiples ---------------------------------------------------------------------------------------


def _multiple(text: str, inside: list[Figure], one: Figure) -> Iterator[Fault]:
    """由20亩扩大到60亩，增加了3倍; 今年60件，是去年20件的2倍."""
    if not one.exact:
        return
    counts = [other for other in inside if other.exact or (other.before == "约" and other.high is None)]
    counts = [other for other in counts if other.unit not in (PERCENT, POINTS, TIMES, "年", "岁", "番") and other.value]
    if len(counts) != 2 or not counts[0].alike(counts[1]):
        return
    before, after = _cued(counts, "before"), _cued(counts, "after")
    grown = re.search(rf"(?:{_UP})(?:了|幅)?(?:整整|达|为)?$", one.lead) is not None
    of = re.search(r"(?:是|为|相当于|达到?|等于)[^，。]{0,12}(?:的)?$", one.lead) is not None or one.lead.endswith("的")
    if not (grown or of):
        return
    if len(before) == 1:
        old = before[0]
        new = next(figure for figure in counts if figure is not old)
    elif of and not before and not after:
        small, large = sorted(counts, key=lambda figure: figure.base)
        old, new = small, large
    else:
        return
    if new.base <= old.base:
        return
    truth = (new.base - old.base) / old.base if grown else new.base / old.base
    slack = Decimal("0.5") if one.step >= 1 else one.step
    if any(not figure.exact for figure in counts):
        slack += truth / 10
    if abs(truth - one.value) >= slack:
        span = sorted((*counts, one), key=lambda figure: figure.start)
        yield span[0].start, span[-1].end, f"按前后两个数算是 {said(truth)} 倍，写的是 {_written(text, one)}，请核对。"


def _doubled(text: str, inside: list[Figure], start: int, end: int) -> Iterator[Fault]:
    """由20万元增加到30万元，翻了一番; 由30天缩短到10天，缩短了一半."""
    counts = _counts(inside)
    counts = [one for one in counts if one.unit != "番" and not _HALVED.search(text, one.start - 4, one.end + 4)]
    for match in [*_DOUBLED.finditer(text, start, end), *_HALVED.finditer(text, start, end)]:
        pair = [one for one in counts if not (match.start() <= one.start < match.end())]
        if len(pair) != 2 or not pair[0].alike(pair[1]):
            continue
        before = _cued(pair, "before")
        if len(before) != 1:
            continue
        old, new = before[0], next(one for one in pair if one is not before[0])
        seam = text[pair[-1].end : match.start()] if match.start() > pair[-1].end else ""
        if "，" in seam and _other_subject(text, seam.rpartition("，")[2], pair[0].start, pair[-1].end):
            continue
        factor = _factor(match)
        if factor is None or old.base == 0:
            continue
        truth = new.base / old.base
        if abs(truth - factor) > factor * Decimal("0.06"):
            span = (min(pair[0].start, match.start()), max(pair[1].end, match.end()))
            words = (
                f"{said(old.value)} 的 {said(round(factor, 2))} 倍应为 {said(old.value * factor)}"
                f"，写的是 {said(new.value)}，请核对“{match.group()}”。"
            )
            yield *span, words


def _factor(match: re.Match[str]) -> Decimal | None:
    """How many times the value before a change is after it."""
    if match.re is _HALVED:
        if not match["fraction"]:
            return Decimal("0.5")
        fraction = figures(match["fraction"])
        return 1 - fraction[0].value / 100 if fraction else None
    if match["once"] or match["twice"]:
        return Decimal(2)
    times = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5}.get(match["n"] or "一")
    return Decimal(2) ** (times or int(match["n"]))


def _slashed(text: str, inside: list[Figure], start: int, end: int) -> Iterator[Fault]:
    """办结率98%（38/40）."""
    for match in _SLASHED.finditer(text, start, end):
        rates = [one for one in inside if one.unit == PERCENT and one.exact and abs(one.start - match.start()) < 20]
        if len(rates) != 1 or not _RATE.search(rates[0].lead) or int(match["whole"]) == 0:
            continue
        truth = Decimal(match["part"]) * 100 / Decimal(match["whole"])
        if truth <= 100 and not _agrees(truth, rates[0]):
            span = sorted((match.span(), (rates[0].start, rates[0].end)))
            words = f"{match.group()} 是 {_percent(truth, rates[0])}，写的是 {_written(text, rates[0])}，请核对。"
            yield span[0][0], span[1][1], words


_HALF = re.compile(r"(?:占|完成|拿下)(?:了|到|比)?(?:正好|恰好)?(?:一半|半数)|(?:正好|恰好|刚好)(?:是|占|为)?一半")


def _majority(text: str, inside: list[Figure], start: int, end: int) -> Iterator[Fault]:
    """40户中已签18户，签约过半."""
    counts = _counts(inside)
    if len(counts) != 2 or not counts[0].alike(counts[1]):
        return
    small, large = sorted(counts, key=lambda one: one.base)
    half = _HALF.search(text, start, end)
    if half and small.base != large.base and abs(small.base * 100 / large.base - 50) > 5:
        span = (min(small.start, half.start()), max(large.end, half.end()))
        yield *span, f"{said(small.value)} 不是 {said(large.value)} 的一半，请核对“{half.group()}”。"
        return
    match = _MAJOR.search(text, start, end)
    if match and _is_part(small, large) and not _ABSENT.search(small.label) and small.base * 2 < large.base:
        span = (min(small.start, match.start()), max(large.end, match.end()))
        yield *span, f"{said(small.value)} 不到 {said(large.value)} 的一半，请核对“{match.group()}”。"


# Shares ------------------------------------------------------------------------------------------

_NOT_SHARE = re.compile(rf"率|度|{_UP}|{_DOWN}|同比|环比|可多选|折|进度|完成")


def _shares(text: str, inside: list[Figure]) -> Iterator[Fault]:
    """赞成占65%、反对占25%、弃权占15%."""
    shares: list[Figure] = []
    for one in [*inside, None]:
        if one is not None and one.unit == PERCENT and _is_share(text, shares, one):
            shares.append(one)
            continue
        if one is not None and shares and one.unit not in (PERCENT, POINTS):
            continue
        if not _of_two_kinds(inside, shares):
            yield from _over_all(text, shares)
        shares = [one] if one is not None and one.unit == PERCENT and _is_share(text, [], one) else []


def _of_two_kinds(inside: Sequence[Figure], shares: Sequence[Figure]) -> bool:
    """妇女2人，占40%，党员4人，占80%: each share has a count of its own, and somebody may be in both."""
    own = [
        max(
            (one for one in inside if one.end <= share.start and one.unit != PERCENT),
            key=lambda one: one.start,
            default=None,
        )
        for share in shares
    ]
    counted = [one for one in own if one is not None]
    return len(counted) > 1 and len({one.start for one in counted}) == len(shares) and overlapping(counted)


def _is_share(text: str, shares: Sequence[Figure], one: Figure) -> bool:
    if not one.exact or _NOT_SHARE.search(one.lead):
        return False
    if not shares:
        return True
    gap = text[shares[-1].end : one.start]
    return "其中" not in gap and len(gap) <= 24 and "。" not in gap and "；" not in gap[:-16]


def _over_all(text: str, shares: Sequence[Figure]) -> Iterator[Fault]:
    if len(shares) < 2 or not (_said_as_shares(text, shares) or re.search(r"剩|其余|余下", shares[-1].lead)):
        return
    total = sum((one.value for one in shares), Decimal(0))
    rest = re.search(r"剩|其余|余下|其他", shares[-1].lead) is not None
    slack = max(one.step for one in shares) * len(shares) / 2
    seam = text[max(0, shares[0].start - 24) : shares[-1].end + 16]
    if re.search(r"多选|重复|兼|同时|既|交叉", seam) or any(one.value > 100 for one in shares):
        return
    short = len(shares) >= 3 and 90 <= total < 100 - slack and not re.search(r"等|其他|其余|主要|左右|约|另|；", seam)
    if total > 100 + slack or short or (rest and total < 100 - slack):
        yield shares[0].start, shares[-1].end, f"各部分占比相加是 {said(total)}%，应为 100%，请核对。"


def _said_as_shares(text: str, shares: Sequence[Figure]) -> bool:
    """Are the percentages said to be parts of one thing?"""
    chosen = sum(re.match(r"(?:的\S{1,4}?)?(?:选择|认为|表示|觉得|选)", one.tail) is not None for one in shares)
    if chosen >= 3:
        return True
    marked = sum("占" in one.lead or "比例" in one.lead or "比重" in one.lead for one in shares)
    head = text[max(0, shares[0].start - 24) : shares[0].start]
    listed = re.search(r"分别|其中|占比|构成|比例|结构|结果|分布|各占|组成", head) is not None
    return marked >= 2 or (marked >= 1 and len(shares) >= 3) or (listed and len(shares) >= 2 and _distinct(shares))


def _distinct(shares: Sequence[Figure]) -> bool:
    return all(one.lead.strip("、，和 ") or index for index, one in enumerate(shares))


def _too_much(text: str) -> Iterator[Fault]:
    """满意率达105%; 下降120%."""
    for one in figures(text):
        if one.unit != PERCENT or one.value <= 100 or one.high is not None:
            continue
        capped = _CAPPED.search(one.lead) and one.value <= 200 and not _UNBOUND.search(one.lead)
        if capped:
            yield _head(text, one), one.end, f"这个比率不会超过 100%，写的是 {_written(text, one)}，请核对。"
        elif _DECREASE_BARE.search(one.lead) and not re.search(rf"{_UP}", one.lead[-4:]):
            yield _head(text, one), one.end, f"减少不会超过 100%，写的是 {_written(text, one)}，请核对。"


def _head(text: str, one: Figure) -> int:
    """Where the words that name a rate begin."""
    found = re.search(r"[^\s，。；、：]{1,8}$", text[max(0, one.start - 8) : one.start])
    return one.start - len(found.group()) if found else one.start


def _percent(value: Decimal, like: Figure) -> str:
    """A percentage with one place more than its like, without needless zeros."""
    places = 1 if like.step >= 1 else 2
    return f"{said(round(value, places))}%"


def _written(text: str, one: Figure) -> str:
    return text[one.start : one.end]
