"""标题形式: the form of a title.

It is too long or too short, ends with a mark, carries what is left of a file's name, says 关于…关于 or
names town, county and city in the wrong order.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.quotes import pairs
from town_portal.proofreading.rules.writing import Writing

_SHORTEST = 6
_LONGEST = 40
_HOPELESS = 300
"""So long is no title; it is told and not looked into."""

_FINAL_MARK = re.compile(r"[。，、；：,.;:]+(?=[”’》）\s]*$)|(?<=[^…])…(?=\s*$)|[-—_]+\s*$")

_DRAFT = (
    r"(?:最终|最新|终|定|初|草|二|三|修改|审核|送审|上报|报送|校对|待审|领导审|发布|改)(?:稿|版)"
    r"|[一二三四五六1-9]稿|终版|改后|已改|已审|未审|已校|已阅|副本|复件|定|改|终|final"
)
_RESIDUE = re.compile(
    r"(?<=[\u4e00-\u9fff\d）)])(?:docx?|wps|pdf)(?=\s*$)|\s*[【\[（(](?:新|最新|更新|热|置顶|推荐|待发|急|加急|图文|转载?)[】\]）)]"
    r"|\s*\.(?:docx?|wps|pdf|xlsx?|pptx?|txt|jpe?g|png|html?|rar|zip)(?![a-z])"
    rf"|\s*[（(【\[](?:{_DRAFT})\d{{0,2}}[）)】\]]"
    r"|\s*[（(](?:[\d.]{1,8}|第?[一二三四五六]次?)(?:修|改|稿)改?[）)]|第[一二三四五六\d]稿(?=\s*$)"
    r"|\s*[（(]\d{1,2}[）)](?=\s*(?:$|\.))"
    rf"|[-_－—\s]+(?:{_DRAFT})\d{{0,2}}(?=$|[-_.（(\s\d])"
    r"|(?:最终|最新|终|定|初|草|修改|审核|送审|上报|报送|校对|待审)(?:稿|版)\d{0,2}(?=\s*(?:$|[-_.（(\d]))"
    r"|[-_\s]*(?<![A-Za-z])v\d{1,2}(?:\.\d{1,2})*(?=$|[-_.（(\s])"
    r"|[-_\s（(]*(?<!\d)20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)[-_）)]*"
    r"|^\s*20\d{2}[-./]\d{1,2}[-./]\d{1,2}[-_\s]*"
    r"|^\s*0\d[0-3]\d(?=[-_\s\u4e00-\u9fff])[-_\s]*"
    r"|^\s*\d{1,3}[-_]+|^(?:副本|复件)|\d\.\d版(?=\s*$)|[（(][^（）()]{0,6}已[阅审改][）)]"
    r"|新建 ?[A-Za-z ]{0,20}文档|_+|^(?:标题|题目|转发|回复|答复|Re|Fw|Fwd)[:：]\s*"
    r"|^\s*(?:附件?\s*\d{0,2}|信息稿?|新闻稿|通讯稿?|稿件|供稿|投稿|来稿|报送稿?|正文|主题|文件名|稿名|题名|拟稿|待发)\s*[:：]\s*"
    r"|^\s*(?:[排拼制改]版)?(?:[定终初改]稿|修改稿|送审稿|最终版)(?:改|修|终|新)?(?:\d{1,2}|(?<=改)(?=[\u4e00-\u9fff]))[-_：:\s]*"
    r"|^\s*[排拼]版(?:[定终初改]稿|改)\d{0,2}[-_：:\s]*",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,2}[）)]|\d{1,2}[.、](?!\d))"
)

_ABOUT = "关于"
_PASSES_ON = re.compile(r"转发|批转|印发|转印|答复|复函|批复|同意|废止|修改|贯彻|学习")
_TWICE = re.compile(r"的的|的(通知|公告|通告|公示|通报|方案|意见|报告|函|决定|请示)的?\1$")
_BLANKS = re.compile(r"(?<=\S)(?: {2,}|[　\t]+|\s*\n\s*)(?=\S)")


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """What is wrong with the form of a title; of a body nothing is said."""
    if not writing.is_title or not writing.plain.strip():
        return
    if len(writing.plain) > _HOPELESS:
        yield _too_long(writing, len(writing.plain))
        return
    for rule in (_length, _marks, _residue, _wording, _order):
        yield from rule(writing, lexicon)


def _length(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """Longer than forty signs or shorter than six, what is left of a file's name not counted."""
    title = _RESIDUE.sub("", writing.plain).strip()
    size = len(title)
    if size > _LONGEST:
        yield _too_long(writing, size)
    elif size < _SHORTEST:
        yield _finding(writing, 0, len(writing.plain), f"标题只有 {size} 个字，太短了，请写明谁做了什么事。")


def _too_long(writing: Writing, size: int) -> Finding:
    said = f"标题有 {size} 个字，太长了，请压缩到 {_LONGEST} 个字以内。"
    return _finding(writing, 0, len(writing.plain), said)


def _marks(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """A mark at the end, a full stop in the middle, one pair around the whole; ？ ！ and —— may stand."""
    title = writing.plain
    final = _FINAL_MARK.search(title)
    if final:
        yield _finding(writing, *final.span(), f"标题末尾不用“{final.group().strip()}”，请删去。", "")
    within = re.search(r"[。；](?=.*[\u4e00-\u9fff])", title)
    if within and not any(pair.start < within.start() < pair.close for pair in pairs(title, "“《（")):
        yield _finding(writing, *within.span(), f"标题中间不用“{within.group()}”，请改用空格或逗号。")
    start, end = len(title) - len(title.lstrip()), len(title.rstrip())
    whole = next((pair for pair in pairs(title, "《【“") if (pair.start, pair.end) == (start, end)), None)
    if whole:
        said = f"整个标题不用加“{whole.opener}{whole.closer}”，请去掉。"
        yield _finding(writing, start, end, said, title[start + 1 : end - 1])


def _residue(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """.docx, 终稿, V2, (1), 20260312: one finding from the first to the last that stand together."""
    spans: list[tuple[int, int]] = []
    for match in writing.matches(_RESIDUE):
        start, end = match.span()
        if not match.group().strip():
            continue
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    for start, end in spans:
        said = f"“{writing.plain[start:end].strip()}”像是文件名里留下的，请删去。"
        yield _finding(writing, start, end, said, "")
    numbered = _NUMBERED.match(writing.plain)
    if numbered:
        yield _finding(writing, *numbered.span(), f"标题前不用序号“{numbered.group().strip()}”，请删去。", "")


def _wording(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001
    """关于…关于 of one title (another title's own 关于 stands in 《》), words twice, wide blanks."""
    title = writing.plain
    quoted = [(pair.start, pair.end) for pair in pairs(title, "《〈“")]
    places = [
        match.start()
        for match in re.finditer(_ABOUT, title)
        if not any(start < match.start() < end for start, end in quoted)
    ]
    for first, second in pairwise(places):
        between = title[first + len(_ABOUT) : second]
        if not _PASSES_ON.search(between) or between in ("印发", "转发", "做好", "开展"):
            yield _finding(writing, first, second + len(_ABOUT), "标题里有两个“关于”，请去掉一个。")
            break
    twice = _TWICE.search(title)
    if twice:
        yield _finding(writing, *twice.span(), f"“{twice.group()}”重复了，请删去多余的字。")
    for match in _BLANKS.finditer(title):
        yield _finding(writing, *match.span(), "标题里的空格太多，请只留一个或改用逗号。", " ")


def _order(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """佛冈县清远市: the smaller place before the larger one."""
    ranks = [name for name in (lexicon.province, lexicon.city, lexicon.county, lexicon.town) if name]
    places = [*ranks, *lexicon.villages, *lexicon.communities]
    for depth, small in enumerate(places):
        for large in ranks[: min(depth, len(ranks))]:
            at = writing.plain.find(small + large)
            if at >= 0:
                end = at + len(small) + len(large)
                yield _finding(writing, at, end, f"地名应从大到小写作“{large}{small}”。", large + small)


def _finding(writing: Writing, start: int, end: int, said: str, right: str | None = None) -> Finding:
    return writing.finding(Family.TITLE_FORMAT, start, end, said, right)
