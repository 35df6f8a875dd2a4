"""法规名称: titles of laws and regulations that are wrong, out of force, or stand with the wrong number or date.

Found: a title between 《》, or after 中华人民共和国, that is nearly a known one (《未成年保护法》, 《道路安全交通法》,
《中华人名共和国安全生产法》); 法 for what is a 条例; a law out of force on the publish date (《婚姻法》); the number of
another decree (国令第492号); a day of coming into force that is not its own; the same slips without 《》.

Silent: titles of provinces and cities, drafts and books, short forms without 《》, and what is said of a
law's former days or its end.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon, Term
from town_portal.proofreading.rules.values.approximate import Edit, Phrases, Tolerance, differences, skeleton_of
from town_portal.proofreading.rules.values.kept import kept_for_lexicon
from town_portal.proofreading.rules.values.likeness import Likeness, likeness_of
from town_portal.proofreading.rules.values.stretches import Stretches, sentence_at
from town_portal.proofreading.rules.writing import Writing

KIND = "laws"
"""Terms of this kind: ``words`` the full title, ``right`` its successor, ``note`` decree numbers and days in force."""

_STATE = "中华人民共和国"
_ENDINGS = ("法典", "办法", "法", "条例", "规定", "准则", "细则", "章程")
_MARKED = re.compile(r"《([^《》\n]{2,60})》")
_UNMARKED_FULL = re.compile(rf"(?<!《){_STATE}([\u4e00-\u9fff]{{2,24}}?(?:法典|法|条例))(?![律规院官庭制治学典定》])")
_TAIL = re.compile(r"[（(](?:试行|暂行|修正|修订|[^（）()]{0,4}\d{4}[^（）()]*|[^（）()]*修[正订][^（）()]*)[）)]$")
_REGION = re.compile(r"^[\u4e00-\u9fff]{2,6}?(?:省|市|县|自治区|自治州|区|镇)")
_NOT_THE_LAW = re.compile(
    r"草案|意见稿|释义|读本|解读|知识|宣传|手册|问答|学习|培训|案例|全书|汇编|百问|意见|通知|方案|实施细则|决定|解释|工作法|做法|方法|书法|看法|说法"
)
_ORDINARY_END = re.compile(r"(?:执|司|守|普|办|做|方|想|看|违|合|依|非|立|用|说|学|手|枪|书|疗|技|语)法$")
_FORMER = re.compile(
    r"废止|失效|不再|原《|原[有来]|旧|曾|当时|当年|此前|之前|以前|取代|代替|替代|修订前|修改|整合|编纂|合并|历史|沿革|年代|上升为|升格"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_APPLIED = re.compile(
    r"(?:根据|依据|依照|按照|遵照|违反|触犯|宣传|宣讲|学习|贯彻|普及|讲解|解读|咨询|执行|落实|《[^》]*》)[^，。；\n]{0,12}$"
)
_DECREE = re.compile(
    r"(?P<kind>国务院令|国令|主席令)[，,]?(?:第|〔?\d{4}〕?第?)(?P<number>\d{1,4}|[〇零一二三四五六七八九十百]{1,7})号"
)
_LISTED = re.compile(r"(旧令|国令|主席令)第(\d+)号")
_IN_FORCE = re.compile(r"施行(\d{4}-\d{2}-\d{2})")
_STARTS = re.compile(
    r"[^。；\n《]{0,12}?(?:自|从|于|将于|已于)?(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?:起|开始)?(?:正式|全面)?(?:施行|实施|生效)"
)
_LONG_CORE = 8
_MOST_TITLES = 300
"""No honest text names more."""
_LATEST_KNOWN = date(2026, 1, 1)
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0}


@dataclass(frozen=True)
class _Laws:
    """The known laws by what they are called without the state's name."""

    by_key: dict[str, Term]
    unmarked: Phrases
    ended: re.Pattern[str] | None


@kept_for_lexicon
def _laws(lexicon: Lexicon) -> _Laws:
    terms = [term for term in lexicon.terms if term.kind == KIND]
    by_key = {_key(term.words): term for term in terms}
    ended = [key for key, term in by_key.items() if term.valid_to]
    slips = Tolerance(like=5, other=6, count=6, two_like=99, two=99, three=99, gap=99)
    return _Laws(
        by_key,
        Phrases({key: slips for key in by_key if len(_core(key)) > 2}, likeness_of(lexicon)),
        re.compile(rf"(?<![动《])(?:{'|'.join(map(re.escape, ended))})(?![律规院官庭制学》])") if ended else None,
    )


def _key(title: str) -> str:
    return _TAIL.sub("", title.replace(" ", "")).removeprefix(_STATE)


def _ending(key: str) -> str:
    return next((ending for ending in _ENDINGS if key.endswith(ending)), "")


def _core(key: str) -> str:
    return key.removesuffix(_ending(key))


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Titles, numbers and days of laws that do not hold."""
    laws = _laws(lexicon)
    marked = list(islice(writing.matches(_MARKED), _MOST_TITLES))
    covered = Stretches(len(writing.plain))
    for match in marked:
        covered.add(*match.span())
        yield from _judge(writing, match.start(), match.end(), match.group(1), laws, likeness_of(lexicon))
    for match in islice(writing.matches(_UNMARKED_FULL), _MOST_TITLES):
        yield from _judge(writing, match.start(), match.end(), match.group(), laws, likeness_of(lexicon))
    yield from _unmarked_slips(writing, laws, covered)
    yield from _unmarked_ended(writing, laws, covered)
    yield from _decrees(writing, laws)
    yield from _days_in_force(writing, laws)


def _judge(writing: Writing, start: int, end: int, title: str, laws: _Laws, likeness: Likeness) -> Iterator[Finding]:
    """One title that stands as a title: in force, or nearly a known one?"""
    key = _key(title)
    term = laws.by_key.get(key)
    marks = ("《", "》") if writing.plain[start] == "《" else ("", "")
    if term is not None:
        if _is_over(term, writing, start):
            yield _over(writing, start, end, term, marks)
        return
    if _NOT_THE_LAW.search(title):
        return
    meant = _meant(title.replace(" ", ""), key, laws, likeness)
    if meant:
        right = f"{marks[0]}{_as_written(title, meant.words)}{marks[1]}"
        yield writing.finding(
            Family.LAW_TITLE, start, end, f"没有“{title}”这个名称，应是“{meant.words}”，请核对。", right
        )


def _is_regulation_called_measures(key: str, known: str) -> bool:
    """Is a long title of a 条例 written with 办法, and with at most one sign missing?"""
    return _ending(known) == "条例" and differences(_core(known), _core(key), 1) is not None


def _as_written(title: str, full: str) -> str:
    """The right title in the length the writer chose: with the state's name or without."""
    return full if title.startswith(("中华", "中国人民")) else full.removeprefix(_STATE)


def _meant(title: str, key: str, laws: _Laws, likeness: Likeness) -> Term | None:
    """The one law a title that is none can stand for."""
    for length in range(5, 9):
        rest = laws.by_key.get(title[length:])
        if rest and rest.words.startswith(_STATE) and differences(_STATE, title[:length], 2):
            return rest
    without = laws.by_key.get(key.replace("管理", "", 1))
    if without and "管理" in key and _ending(key) == "法":
        return without
    other = laws.by_key.get(f"{_core(key)}条例") if _ending(key) == "法" else None
    if title.startswith(_STATE) and _ending(key) in {"条例", "办法"}:
        other = laws.by_key.get(f"{_core(key)}法")
    if other is None and _ending(key) == "办法" and len(_core(key)) >= _LONG_CORE:
        other = next((laws.by_key[known] for known in laws.by_key if _is_regulation_called_measures(key, known)), None)
    if other:
        return other
    of_state = title.startswith(_STATE)
    costs = {
        known: cost
        for known in laws.by_key
        if (cost := _cost_of_slip(key, known, likeness, of_state=of_state)) is not None
    }
    nearest = [known for known, cost in costs.items() if cost == min(costs.values())]
    return laws.by_key[nearest[0]] if len(nearest) == 1 else None


def _cost_of_slip(key: str, known: str, likeness: Likeness, *, of_state: bool) -> int | None:
    """By how many edits a title is this law's with a slip; None when it is not. Long names may be more wrong."""
    if abs(len(key) - len(known)) > 4:
        return None
    if _is_doubled(key, known) or _has_misspelt_ending(key, known, likeness):
        return 1
    if _ending(key) != _ending(known) or _region(key) != _region(known):
        return None
    core, right = _core(key).removeprefix(_region(key)), _core(known).removeprefix(_region(known))
    if sorted(core) == sorted(right):
        return 1 if len(right) > 3 else None
    if of_state and len(core) > 3 and right.endswith(core):
        return len(right) - len(core)
    edits = differences(right, core, 4) if core and likeness.alike(core[0], right[0]) else None
    may_be_cut = (known.endswith("法") and len(core) > 1) or (len(right) > 7 and "法" not in right)
    small = bool(edits) and _is_small(edits or (), right, likeness, of_state=of_state, may_be_cut=may_be_cut)
    return len(edits or ()) if small else None


def _is_doubled(key: str, known: str) -> bool:
    """Does a title only say one of its signs twice?"""
    return any(key[place] == key[place - 1] and key[:place] + key[place + 1 :] == known for place in range(1, len(key)))


def _has_misspelt_ending(key: str, known: str, likeness: Likeness) -> bool:
    ending = _ending(known)
    return (
        len(key) == len(known)
        and key[: -len(ending)] == known[: -len(ending)]
        and likeness.words_alike(key[-len(ending) :], ending)
    )


def _region(key: str) -> str:
    found = _REGION.match(key)
    return found.group() if found else ""


def _is_small(edits: tuple[Edit, ...], right: str, likeness: Likeness, *, of_state: bool, may_be_cut: bool) -> bool:
    """Are these differences small for a name of this length?"""
    unlike = [edit for edit in edits if edit.right and edit.written and not likeness.alike(edit.right, edit.written)]
    changed = [edit for edit in edits if not (edit.right and edit.written)]
    if len(changed) > 1 and not (may_be_cut or of_state):
        return False
    if len(edits) <= 1 + (len(right) > 5) + (len(right) > 8) + of_state:
        if len(right) > 4 or (of_state and len(right) > 3):
            return len(unlike) <= 1
        return not unlike and (not changed or len(right) > 2 or of_state)
    cut_short = not any(edit.written for edit in edits) and edits[-1].place - edits[0].place == len(edits) - 1
    return cut_short and edits[0].place > 1 and may_be_cut


def _is_over(term: Term, writing: Writing, place: int) -> bool:
    """Is a law out of force on the day, and not told of as a thing of the past?"""
    if term.valid_to is None or (writing.day is not None and writing.day <= term.valid_to):
        return False
    sentence = sentence_at(writing, place)[1]
    if _FORMER.search(sentence) or (term.right and term.right.removeprefix(_STATE) in sentence):
        return False
    return not any(int(year) <= term.valid_to.year for year in _YEAR.findall(sentence))


def _over(writing: Writing, start: int, end: int, term: Term, marks: tuple[str, str]) -> Finding:
    right = f"{marks[0]}{_as_written(writing.plain[start:end].strip('《》'), term.right)}{marks[1]}"
    last = f"{term.valid_to:%Y年%-m月%-d日}" if term.valid_to else ""
    return writing.finding(
        Family.LAW_TITLE, start, end, f"“{term.words}”{last}后已不施行，现为“{term.right}”，请核对。", right
    )


def _unmarked_slips(writing: Writing, laws: _Laws, covered: Stretches) -> Iterator[Finding]:
    """Titles without 《》 that have one sign wrong or missing, or their parts in another order."""
    for slip in laws.unmarked.slips(skeleton_of(writing.plain)):
        written = writing.plain[slip.start : slip.end]
        if covered.touch(slip.start, slip.end) or _ending(written) != _ending(slip.phrase):
            continue
        if _ORDINARY_END.search(written) or any(not edit.right for edit in slip.edits):
            continue
        if writing.plain[slip.end : slip.end + 1] in tuple("规律治院制官学庭人典"):
            continue
        yield writing.finding(
            Family.LAW_TITLE, slip.start, slip.end, f"“{written}”写得不对，应是“{slip.phrase}”，请核对。", slip.phrase
        )


def _unmarked_ended(writing: Writing, laws: _Laws, covered: Stretches) -> Iterator[Finding]:
    """Laws out of force that are applied or taught without 《》."""
    for match in writing.matches(laws.ended) if laws.ended else ():
        term = laws.by_key[match.group()]
        if covered.touch(*match.span()):
            continue
        before = writing.plain[max(0, match.start() - 24) : match.start()]
        if _APPLIED.search(before) and not before.endswith(_STATE) and _is_over(term, writing, match.start()):
            yield _over(writing, *match.span(), term, ("", ""))


def _decrees(writing: Writing, laws: _Laws) -> Iterator[Finding]:
    """Decree numbers beside a title that are not those of the law."""
    for match in writing.matches(_DECREE):
        term = _title_beside(writing.plain, match, laws)
        numbers = _LISTED.findall(term.note) if term else []
        kind = "主席令" if match["kind"] == "主席令" else "国令"
        right = [number for listed, number in numbers if listed == kind]
        written = _number(match["number"])
        if term is None or not right or written in right:
            continue
        sentence = sentence_at(writing, match.start())[1]
        if _FORMER.search(sentence) or any(f"第{number}号" in sentence for number in right):
            continue
        if ("旧令", written) in numbers or _is_recent(term) or sorted(written) == sorted(right[-1]):
            yield writing.finding(
                Family.LAW_TITLE,
                *match.span(),
                f"“{term.words}”的文号是{kind}第{right[-1]}号，这里写的是第{written}号，请核对。",
            )


def _is_recent(term: Term) -> bool:
    """Passed or revised of late: its number is the only one in use."""
    days = [date.fromisoformat(day) for day in _IN_FORCE.findall(term.note)]
    return max((*days, term.valid_from or date.min)) >= date(2018, 1, 1)


def _title_beside(text: str, match: re.Match[str], laws: _Laws) -> Term | None:
    """The law whose title stands right before or right behind a number."""
    before = list(_MARKED.finditer(text, max(0, match.start() - 80), match.start()))
    behind = _MARKED.search(text, match.end(), match.end() + 60)
    if (
        before
        and len(text[before[-1].end() : match.start()]) <= 24
        and "。" not in text[before[-1].end() : match.start()]
    ):
        return laws.by_key.get(_key(before[-1].group(1)))
    if behind and behind.start() - match.end() <= 8:
        return laws.by_key.get(_key(behind.group(1)))
    return None


def _number(words: str) -> str:
    """The figure of a number in either script."""
    if words.isdigit():
        return str(int(words))
    if not set(words) & set("十百"):
        return "".join(str(_DIGITS[sign]) for sign in words)
    value = current = 0
    for sign in words:
        if sign in _DIGITS:
            current = _DIGITS[sign]
        else:
            value += (current or 1) * (100 if sign == "百" else 10)
            current = 0
    return str(value + current)


def _days_in_force(writing: Writing, laws: _Laws) -> Iterator[Finding]:
    """A day of coming into force that is not the law's own."""
    for title in writing.matches(_MARKED):
        term = laws.by_key.get(_key(title.group(1)))
        said = _STARTS.match(writing.plain, title.end()) if term else None
        if not term or not said or not term.valid_from or not _is_recent(term):
            continue
        days = {term.valid_from, *(date.fromisoformat(day) for day in _IN_FORCE.findall(term.note))}
        written = _day(said)
        if written and written not in days and written < _LATEST_KNOWN:
            right = f"{max(days):%Y年%-m月%-d日}"
            yield writing.finding(
                Family.LAW_TITLE,
                said.start("year"),
                said.end("day") + 1,
                f"“{term.words}”自{right}起施行，这里的日期不对，请核对。",
            )


def _day(said: re.Match[str]) -> date | None:
    try:
        return date(int(said["year"]), int(said["month"]), int(said["day"]))
    except ValueError:
        return None
