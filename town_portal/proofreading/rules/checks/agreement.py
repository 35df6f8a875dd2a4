"""前后不一致: one number told in two ways - in the title and the body, or in two places of the body.

Compared are counts of the same things, and lengths, areas and sums of money told of one measure. Two
values are one fact only when nothing between them says otherwise: another place, another time, a part
(其中), a total over time (累计), each, before and after, planned and done. When in doubt nothing is said.
Days and places are held against each other in ``agreement_of_events``, people in ``agreement_of_people``.
"""

import re
from collections.abc import Iterator, Sequence

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.facts import clause_at, days, told_places
from town_portal.proofreading.rules.values.tellings import (
    Telling,
    all_who_came,
    measure_of,
    nameless,
    other_noun,
    same_things,
    scope,
    tellings,
    worked_out,
)
from town_portal.proofreading.rules.writing import Writing

LONGEST = 20_000
"""A text longer than this is no item; its places are not held against each other."""
_MOST = 80
_OPENING = 120
"""Where a text tells what its title says."""
_NEAR = 160
"""这笔… points back no farther than this."""

_WHOLE = re.compile(r"共|这|全体|全部|所有|一行|总|本次|此次|合计|现场|到场|与会|参[加赛会训与]|出席|全员|悉数|无一")
_ALL = re.compile(r"共|这|全体|全部|所有|一行|总|合计|全员|悉数|无一")
_MANIFOLD = 3
"""So many times as much is the total of things told one by one."""
_TAKING_PART = re.compile(
    r"参[加赛会训与]|到场|与会|出席|吸引|来自|组织|共|齐聚|汇聚|动员|发动|邀请|投入|出动|种|发放|走访|慰问|清理|排查|捐|募|有|携带|调集|调派|[调派借请开]来|养|建|装|设|配|栽|摘|收|买|购|人数"
)
_POINTED = re.compile(
    r"(?:(?<![到在从对])这|上述|(?<=[，。；])该)(?:批|笔|些|条|座|支|片|块|队|家|个)?(?P<side>长|宽|高|深|占地|投资|总投资)?$"
)
_GIVEN = re.compile(
    r"(?:参[加赛训会]|到场|[种栽植]下|发放|发出|募[集得]|筹[集得]|捐[赠出来]?|安装|装上|建成|种植|清理|排查|[检抽]查|走访|出动|投入|收到|收回"
    r"|转移|组织|带来|送来|购买|采购)[到出了上]?的$"
)
_OUT_OF = re.compile(r"^(?:最终)?从\S{1,12}[中里]脱颖而出")
"""从14支队伍中脱颖而出 is said of all of them."""
_JOINED_BY = re.compile(r"增[调派加援]|又[来调派添]|支援|加入|补充|陆续|另")
_DONE_FOR = re.compile(r"(?:^|[并还])[为给对向把]$")
"""走访困难老党员28名，为38名困难老党员送上…: no more than there were."""
_SOME_OF_THEM = re.compile(r"有|全[村镇校]|应|计划|参|选|报名|已|未")
"""共有学生860人，680名学生参加午托: some of them."""
_OWNER = re.compile(r"^(?P<who>[老小阿][\u4e00-\u9fff]|[\u4e00-\u9fff]{1,3}(?:伯|叔|婶|嫂|家|队|组|班))的$")
_STOP = re.compile(r"[。！？；\n]")
_GIVEN_AFTER = re.compile(r"参[赛会训演加]|与会|到场|受[检查]")
_ANOTHER_WHOLE = frozenset({"part", "each", "past", "turn"})
_MEASURES = {
    "总投资": "投资", "投资": "投资", "总造价": "投资", "造价": "投资", "投入资金": "投资", "共投入": "投资", "耗资": "投资",
    "全长": "长", "总长": "长", "全程": "长", "总长度": "长", "占地面积": "占地", "占地": "占地", "总面积": "面积", "种植面积": "种植",
    "建筑面积": "建筑面积", "善款": "善款", "募集": "善款", "筹集": "善款", "筹得": "善款", "募得": "善款", "捐款": "善款",
    "总收入": "收入", "集体收入": "收入", "总产值": "产值",
}  # fmt: skip
_NAMED_AFTER = re.compile(
    r"的?(总投资|投资|造价|总造价|善款|捐款|产值|总产值)(?:资金|额)?(?=已|全部|均|将|由|，|。|；|$|里|中)"
)
_MEASURE = re.compile(
    rf"({'|'.join(sorted(_MEASURES, key=len, reverse=True))})(?:资金|善款|总额|金额|捐款)?[共约达近超为是了合计总]{{0,3}}$"
)
_INSIDE_OF_IT = re.compile(r"[内里中]的?[\u4e00-\u9fff]{2,6}?(?:占地|建筑面积|全长|总长)[^，。]{0,4}$")
"""广场内的舞台占地120平方米 is no second telling of 广场."""
_GIVER = re.compile(r"(?P<who>[\u4e00-\u9fff]{2})(?:捐款|捐资|捐赠)")
_PART = re.compile(
    r"其中|首期|一期|二期|三期|前期|已[投完支]|完成投|追加|再|另|每|计划|预计|县|市级|省级|上级|财政|自筹|村里|增加|减少|由|去年|上年|比"
    r"|累计|截至|个人|第[一二三四五六七八九十\d]|[甲乙AB]|段|各|分别|先后|两次|支线|人均|户均"
)
_TELLING_KINDS = frozenset(("支", "户", "株", "棵", "length", "area", "场", "money"))
"""Kinds that leave little doubt what is counted, when a text counts only once with them."""


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Every second telling of a number that contradicts the first."""
    if writing.is_title or len(writing.plain) > LONGEST:
        return
    yield from _title_and_body(writing)
    yield from _within_body(writing, lexicon)
    yield from _measures(writing, lexicon)


def _title_and_body(writing: Writing) -> Iterator[Finding]:
    """8支队伍 in the title (or under a picture), 10支队伍 in the body."""
    text = writing.plain
    body = tellings(text)
    for line in (writing.title, *writing.captions):
        for stated in tellings(line):
            kin = [telling for telling in body if telling.kind == stated.kind]
            if any(stated.agrees_with(telling) for telling in kin) or worked_out(stated, kin):
                continue
            same = [telling for telling in kin if same_things(stated, telling, line, text)]
            if not same and stated.kind in _TELLING_KINDS and len(kin) == 1 and kin[0].start < _OPENING:
                same = [telling for telling in kin if not other_noun(stated, telling)]
            apart = [scope(line, stated) ^ scope(text, telling) for telling in same]
            told = [
                telling
                for telling, words in zip(same, apart, strict=True)
                if not {word for word in words - {"total"} if not (word in line and word in text)}
            ]
            if told:
                said = f"标题（图片说明）写“{_words(line, stated)}”，这里写“{_words(text, told[0])}”，请核对。"
                yield _finding(writing, told[0].start, told[0].end, said)


def _within_body(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """8支队伍 first, then 10支队伍 of the same text."""
    text = writing.plain
    found = tellings(text)[:_MOST]
    for place, later in enumerate(found):
        kin = [telling for telling in found[:place] if telling.kind == later.kind]
        if worked_out(later, kin):
            continue
        same = [telling for telling in kin if same_things(telling, later, text, text) or all_who_came(telling, later)]
        if any(later.agrees_with(telling) for telling in same):
            continue
        earlier = next((one for one in same if _contradicts(text, lexicon, one, later)), None)
        earlier = earlier or _pointed_at(text, kin, same, later) or _more_than_all(text, kin, later)
        if (
            earlier is None
            and len(kin) == 1
            and later.long
            and later.turned_from(kin[0])
            and _STOP.search(text, kin[0].end, later.start)
        ):
            earlier = kin[0] if not (scope(text, kin[0]) | scope(text, later)) & _ANOTHER_WHOLE else None
        if earlier is not None:
            said = f"前面写“{_words(text, earlier)}”，这里写“{_words(text, later)}”，请核对。"
            yield writing.both(Family.INCONSISTENT, (earlier.start, earlier.end), (later.start, later.end), said)


def _contradicts(text: str, lexicon: Lexicon, earlier: Telling, later: Telling) -> bool:
    """Are two counts of the same things, told of the same whole, different?"""
    first, second = clause_at(text, earlier.start, earlier.end), clause_at(text, later.start, later.end)
    if first == second:
        return False
    if _OUT_OF.search(first) is None and _OUT_OF.search(second):
        return not scope(text, earlier) & _ANOTHER_WHOLE
    if _elsewhere(text, lexicon, earlier, later):
        return False
    apart = scope(text, earlier) ^ scope(text, later)
    if all_who_came(earlier, later) and not apart & _ANOTHER_WHOLE:
        return later.low > earlier.high or bool(_ALL.search(second))
    begins = text[later.start - 1 : later.start] == "，" and not _SOME_OF_THEM.search(first + later.after[:8])
    if later.turned_from(earlier) and (
        begins or _STOP.search(text, earlier.end, later.start) or measure_of(later, first)
    ):
        return not apart & _ANOTHER_WHOLE
    if apart or not _TAKING_PART.search(first):
        return False
    larger = later.low > earlier.high
    if larger and _JOINED_BY.search(text, earlier.end, later.start):
        return False
    if larger and later.low > earlier.high * _MANIFOLD:
        return False
    if larger and earlier.exact and later.exact and _DONE_FOR.search(later.before):
        return True
    whole = bool((_WHOLE if larger else _ALL).search(second)) or _given(text, later)
    same_sentence = not _STOP.search(text, earlier.end, later.start)
    return whole if same_sentence else whole or larger


def _elsewhere(text: str, lexicon: Lexicon, earlier: Telling, later: Telling) -> bool:
    """Is the second told of another place or another day than the first?"""
    first, second = (_up_to(text, one) for one in (earlier, later))
    if told_places(second, lexicon) - told_places(first, lexicon):
        return True
    owner = _OWNER.search(later.before)
    if owner and not _given(text, later) and owner["who"] not in text[: earlier.end]:
        return True
    dates, others = ({(day.month, day.day) for day in days(words)} for words in (first, second))
    return bool(dates and others - dates)


def _up_to(text: str, one: Telling) -> str:
    """The sentence of a telling up to the mark behind it."""
    return _STOP.split(text[: one.start])[-1] + clause_at(text, one.start, one.end)


def _given(text: str, later: Telling) -> bool:
    """Is it said as known already: 参训的68名, 发放的800份?"""
    before = text[max(0, later.start - 8) : later.start]
    return _GIVEN.search(before) is not None or _GIVEN_AFTER.match(later.after) is not None


def _pointed_at(text: str, kin: Sequence[Telling], same: Sequence[Telling], later: Telling) -> Telling | None:
    """What 这笔130万元 points back to, where nothing told before agrees with it."""
    planted = later.kind in ("棵", "株") and len(kin) == 1 and (_given(text, later) or _saplings(kin[0], later))
    pointed = _POINTED.search(text, max(0, later.start - 8), later.start)
    together = later.before.endswith("一行") and later.kind == "person" and len(kin) == 1
    together = together and not _ANOTHER_PARTY.search(text, kin[0].end, later.start)
    if not (planted or pointed or together):
        return None
    if pointed and pointed["side"]:
        kin = [telling for telling in kin if telling.before.endswith(pointed["side"])]
        same = kin
    if any(later.agrees_with(telling) for telling in kin) or "each" in scope(text, later):
        return None
    near = [one for one in (same or kin) if later.start - one.end <= _NEAR and "each" not in scope(text, one)]
    if not near or not (same or planted or together or nameless(later) or nameless(near[-1])):
        return None
    return near[-1]


_ANOTHER_PARTY = re.compile(r"次日|第二天|又[有来]|另[有一]|随后|下午|晚上|[一二]组")
_SAPLINGS = re.compile(r"(?:新|小)?(?:树苗|苗木|新苗|小树|幼苗|树)(?!种|木园)")
_PLANTED = re.compile(r"(?:种|栽|植)下?了?[^，。]{0,8}$")


def _saplings(planted: Telling, later: Telling) -> bool:
    """种下黄花风铃木800株 and 600株树苗: the only trees there are."""
    return _PLANTED.search(planted.before) is not None and _SAPLINGS.match(later.after) is not None


_WHOLE_OF = re.compile(r"全[村镇组]|[村镇]里|辖区|村内")
_NOT_TODAY = frozenset({"past", "plan", "change", "total"})


def _more_than_all(text: str, kin: Sequence[Telling], later: Telling) -> Telling | None:
    """全村共有农户320户, and then 380户农户 of it."""
    if later.kind not in ("户", "person") or scope(text, later) & _NOT_TODAY:
        return None
    for one in kin:
        clause = clause_at(text, one.start, one.end)
        if not (_WHOLE_OF.search(clause) and _ALL.search(clause)) or scope(text, one) & _NOT_TODAY:
            continue
        if later.low > one.high and later.exact and same_things(one, later, text, text):
            return one
    return None


def _measures(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """总投资30万元 and 总投资35万元, 全长5公里 and 全长8公里, of one thing."""
    told: dict[tuple[str, str], Telling] = {}
    text = writing.plain
    titled = tellings(writing.title)
    for line, counted in ((writing.title, titled), (text, tellings(text)[:_MOST])):
        for telling in counted:
            named = _MEASURE.search(telling.before) or _NAMED_AFTER.match(telling.after)
            clause = clause_at(line, telling.start, telling.end)
            if not named or _PART.search(clause):
                continue
            first = told.setdefault((_MEASURES[named.group(1)], telling.kind), telling)
            if line is text and first not in titled and _listed_apart(text, first, telling):
                continue
            inside = _INSIDE_OF_IT.search(telling.before) is not None
            if inside or first.agrees_with(telling) or line is writing.title or _of_another(first, telling):
                continue
            if first in titled:
                said = (
                    f"标题写“{_words(writing.title, first)}”，这里写“{_words(text, telling)}”，请核对{named.group(1)}。"
                )
                yield _finding(writing, telling.start, telling.end, said)
            elif told_places(clause_at(text, first.start, first.end), lexicon) >= told_places(clause, lexicon):
                said = f"前面写“{_words(text, first)}”，这里写“{_words(text, telling)}”，请核对{named.group(1)}。"
                yield writing.both(Family.INCONSISTENT, (first.start, first.end), (telling.start, telling.end), said)


_ITEM = re.compile(
    r"[ \t　]*(?:[一二三四五六七八九十\d]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|[^，。；：\n]{2,14}：|[-•●·*])"
)


def _listed_apart(text: str, one: Telling, other: Telling) -> bool:
    """Do they stand in two items of a list, each of which tells of its own thing?"""
    starts = [text.rfind("\n", 0, telling.start) + 1 for telling in (one, other)]
    return starts[0] != starts[1] and all(_ITEM.match(text, start) for start in starts)


def _of_another(one: Telling, other: Telling) -> bool:
    """投入30万元修路 and 投入20万元建桥 are two things, 企业捐款 and 乡贤捐款 two givers."""
    givers = [_GIVER.search(telling.before) for telling in (one, other)]
    if all(givers) and len({giver["who"] for giver in givers if giver}) > 1:
        return True
    return bool(one.after and other.after and not set(one.after[:14]) & set(other.after[:14]))


def _words(text: str, telling: Telling) -> str:
    return text[telling.start : telling.end] + re.split(r"[的\W]", telling.after)[0][:4]


def _finding(writing: Writing, start: int, end: int, said: str) -> Finding:
    return writing.finding(Family.INCONSISTENT, start, end, said)
