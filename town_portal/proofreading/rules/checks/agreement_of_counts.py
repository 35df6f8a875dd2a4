"""前后不一致: things told a second time as known, with another number than the first time.

52名代表到会 … 表决时，62名代表全部赞成: the second number stands where only something known can stand - at the
head of its clause, behind 这, 给, 对, 由, 走完 - and counts the same noun. More than there were is a slip; fewer is
one only when all of them are meant, or when the figures are those of the first in another order. Nothing is
said of a part, of each, of another time or place, of a sum, nor where a text tells of several such numbers.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from town_portal.proofreading.rules.checks.agreement import LONGEST
from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.facts import clause_at, days, told_places
from town_portal.proofreading.rules.values.tellings import Telling, same_things, tellings, worked_out
from town_portal.proofreading.rules.writing import Writing

_MOST = 60
_LARGEST = Decimal(3)
_NEARLY = Decimal("0.1")
_TWO_FIGURES = 10
_KNOWN_BEFORE = re.compile(
    r"(?:^|[这给对把将让被向请]|(?:^|图|看|送)[为到]|[走跑骑读看听吃打]完|(?:全部|所有|聘[用任]|录[用取]|参[加赛训会与]|到[场会]|获[奖评]|受[助表]|入[选围])的?)$"
)
_NOT_HEAD = re.compile(r"(?:、|和|及|与|分别|第|每|各|另|又|再|还有|新|增|其他|剩|余|约|近)$")
_OTHER_SCOPE = re.compile(
    r"其中|另[有外一]|此外|还有|其余|其他|余下|剩|部分|分别|每|平均|均[为达]|各(?!位|界|方)|去年|上年|前年|往年|历[年届]|上届|上月|同期|原[有来定先本]|曾|此前|以前|当年"
    r"|累计|截至|全年|年内|连续|计划|预计|目标|力争|应[到缴参]|名额|新[增添]|增[加至长派援]|扩|减|下降|追加|陆续|又有|再[有次]|同比|比[去上]|翻|[首次][日批场轮]|第[一二三四五六七八九十\d]"
    r"|上午|下午|晚上|[甲乙丙]组|全县|全市|全省|全国|[县市省][里级]|该村|全村|加入|补充|支援|一期|二期|两[次批天场]|缺席|请假|未|尚|不合格|至少|最多|不少于|不超过|共计?\d[^，。]{0,12}次|之一|合[计共]|批|其"
)
_ALL = re.compile(
    r"[^，。；、]{0,10}?(?:全部|全都|均|都|悉数|全数|无一|一致|轮流|轮番|一起|一同|齐声|纷纷|一个不少|一个不落|齐刷刷|站成|坐满|依次)"
)
_CHOSEN = re.compile(
    r"赞成|同意|反对|弃权|投|票|发[了言]|报名|合格|达标|完成|通过|获|晋级|入[选围]|当选|领|签|选|提出|表示|愿意|已经?|仍|只|仅|不|没|先行|优先|代表|率先|回复|反馈|整改|办结|修复|脱贫|搬|返|缴|取得|毕业|结业|考|达|超|住|有"
)
_SOME = re.compile(r"参|选|报|已|未|赞|同意|投|获|合格|达标|取得|有|住")
_OF_THEM = re.compile(r"中[有的选]?|里(?:有|的)|获|之")
_OUT_OF = re.compile(r"中，$|经(?:过)?[^，。]{0,10}(?:考|评|选|筛|审|面试|体检|预赛|角逐|测)[^，。]{0,6}，$")
_STOP = re.compile(r"[。！？\n；]")
_CAPTION = re.compile(r"图[为：]|图说|图片|合影")
_GIVING = re.compile(r"捐|募|善款|筹")
_COSTS = re.compile(r"投资|造价|投入|资金")
_PAID = re.compile(r"补[助贴]|发放|奖[励补]")


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Every second number of things that were told before, where it can be no other number."""
    text = writing.plain
    if writing.is_title or len(text) > LONGEST:
        return
    found = [one for one in tellings(text)[:_MOST] if one.exact]
    for place, later in enumerate(found):
        kin = [one for one in found[:place] if one.kind == later.kind]
        if not kin or any(later.agrees_with(one) for one in kin) or worked_out(later, kin):
            continue
        same = [one for one in kin if same_things(one, later, text, text)]
        if len({one.figure.base for one in same}) > 1:
            continue
        earlier = same[0] if same else None
        if earlier is not None and _is_another(text, lexicon, earlier, later):
            yield _finding(writing, earlier, later)
        elif len({one.figure.base for one in kin}) == 1 and _turned_about(text, lexicon, kin[-1], later):
            yield _finding(writing, kin[-1], later)


def _finding(writing: Writing, earlier: Telling, later: Telling) -> Finding:
    text = writing.plain
    said = (
        f"前面写“{text[earlier.start : earlier.end]}”，这里写“{text[later.start : later.end]}”，请核对是不是同一个数。"
    )
    return writing.finding(Family.INCONSISTENT, later.start, later.end, said)


def _is_another(text: str, lexicon: Lexicon, earlier: Telling, later: Telling) -> bool:
    """Are the same things told again as known, and is their number another?"""
    if _apart(text, lexicon, earlier, later) or not _is_known(text, later):
        return False
    first, second = earlier.figure.base, later.figure.base
    if later.turned_from(earlier) and first >= _TWO_FIGURES:
        return second > first or not _SOME.search(later.after[:10])
    if _CAPTION.search(clause_at(text, earlier.start, earlier.end)) and second > first * Decimal("1.5"):
        return False
    if second > first:
        return second < first * _LARGEST
    if _OUT_OF.search(text[max(0, later.start - 24) : later.start]):
        return False
    if _ALL.match(later.after) and not _OF_THEM.match(later.after):
        return True
    near = first - second <= first * _NEARLY
    return near and later.before == "" and not _CHOSEN.search(later.after) and first >= _TWO_FIGURES


def _turned_about(text: str, lexicon: Lexicon, earlier: Telling, later: Telling) -> bool:
    """97人次 and then 79人次, 5.6万元 and then 6.5万元: the figures of the first in another order, of one matter."""
    if not later.turned_from(earlier) or _apart(text, lexicon, earlier, later):
        return False
    if not _STOP.search(text, earlier.end, later.start) and earlier.kind != "money":
        return False
    if earlier.kind == "money":
        pair = [clause_at(text, one.start, one.end) for one in (earlier, later)]
        return any(all(words.search(clause) for clause in pair) for words in (_GIVING, _COSTS, _PAID))
    return later.before == "" and (not later.after or later.after[0] in "的，")


def _is_known(text: str, later: Telling) -> bool:
    """Does the number stand where something told before is taken up again?"""
    if _NOT_HEAD.search(later.before):
        return False
    if later.before == "":
        mark = text[later.start - 1 : later.start]
        return mark in "。，！？\n；：）”" and later.start > 0
    if later.after.startswith("的") and later.kind in ("length", "area", "money"):
        return True
    return _KNOWN_BEFORE.search(later.before) is not None


def _apart(text: str, lexicon: Lexicon, earlier: Telling, later: Telling) -> bool:
    """Is something said that makes two facts of them: a part, each, another day, another place?"""
    between = text[earlier.end : later.start]
    clauses = clause_at(text, earlier.start, earlier.end), _before(text, later) + later.after[:2]
    if "；" in between and earlier.before == "" == later.before:
        return True
    if _PLANNED.search(text[max(0, later.start - 14) : later.start]):
        return True
    if _FROM.search(earlier.before) or _LISTED.match(text, later.end):
        return True
    if earlier.kind in ("length", "area", "volume") and _SO_FAR.search(clauses[0]):
        return True
    if _OTHER_SCOPE.search(clauses[0]) or _OTHER_SCOPE.search(clauses[1]) or _JOINED.search(between):
        return True
    if told_places(clauses[1], lexicon) - told_places(text[: earlier.end + 20], lexicon):
        return True
    return bool({(day.month, day.day) for day in days(between)})


_PLANNED = re.compile(r"(?:计划|预计|目标|设计)[^。]{0,10}$")
_FROM = re.compile(r"[由从]$")
_LISTED = re.compile(r"[^\d，。；]{0,8}[、和及与]\d")
_SO_FAR = re.compile(r"已|完成|目前|修通|建成")
_JOINED = re.compile(r"增[调派加援]|又[来调派添有]|支援|加入|补充|陆续|另[有外]|其中|次日|第二天|[一二三]是|包括|分别")


def _before(text: str, later: Telling) -> str:
    """The clause of a number up to it."""
    return re.split(r"[，。；！？\n]", text[max(0, later.start - 40) : later.start])[-1]
