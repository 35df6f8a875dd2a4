"""机构名称: names of organs that are wrong, cut short, no longer in use, or set under the wrong parent.

Found: own town, county or city with a wrong sign (佛岗县, 汤糖镇, 清源市) or of the wrong rank (汤塘乡人民政府); a
wrong parent (佛山市佛冈县, 清远市汤塘镇); own offices and other known organs with a slip (党政人大办公室,
纪检监查办公室); organs that a reform replaced before the publish date (工商局, 扶贫办).

Silent: former organs said to be former, told of years before the reform or of the reform itself, and the
buildings and streets that keep their names.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon, Term
from town_portal.proofreading.rules.values.approximate import Phrases, Slip, Tolerance, skeleton_of
from town_portal.proofreading.rules.values.kept import kept_for_lexicon
from town_portal.proofreading.rules.values.likeness import differing, likeness_of, one_sign_open
from town_portal.proofreading.rules.values.stretches import Stretches, sentence_at
from town_portal.proofreading.rules.values.vocabulary import vocabulary
from town_portal.proofreading.rules.writing import Writing

KIND = "organs"
"""Terms of this kind with a ``right`` name are names no longer, or never, in use; those without one are right."""

_PRECISE = Tolerance(other=7, count=99, two_like=99, two=99, three=99, gap=99)
_OWN = Tolerance(other=6, count=6, two=9, three=99, gap=99)
_RANKS = {
    "乡": "(?![村贤镇土里亲情间音愁风道下医野])", "县": "(?![道城域级乡])", "市": "(?![场民区内政容级监直辖])",
    "区": "(?![域块间内划位])", "街道": "(?=办|党工委|人大|社区)", "镇": "(?![域街区])",
}  # fmt: skip
_ANOTHER_ORGAN = frozenset("局院所站会厅委部处组室科")
_LONGER_NAME = frozenset("化电育乡检城")
_GOES_ON = {
    "部": "门分署位队",
    "局": "部面限势",
    "办": "法理事案学实结好完",
    "所": "以有需属谓做在",
    "会": "议员",
    "委": "员托书派",
}
_FORMER = re.compile(r"(?:原|前|旧|老|时任|当[年时]的?|曾[在任]|先后在|历任|前身[是为]?)[^，。；、]{0,8}$")
_JOINS = frozenset("等各的")
_WRONG_BODY = re.compile(
    r"(?:中共|中国共产党)(?:[\u4e00-\u9fff]{2,3}[省市县]){0,2}[\u4e00-\u9fff]{1,3}[省市县镇]人民(?:政府|委员会)"
)
_TOWN_OFFICE = re.compile(r"(?<=镇)[\u4e00-\u9fff]{6,12}?办公室")
_KEPT_NAME = re.compile(r"家属|宿舍|旧址|大院|大楼|小区|[老旧]楼|[路街巷]|公交|对面|[退离]休|时代|仓库|遗留|子弟|牌子")
_REFORM = re.compile(
    r"机构改革|合并|整合|组建|更名|改[称名为]|改组|撤销|划[入转归]|并入|前身|不再保留|取代|历史|沿革|档案|往事|[回记]忆|退休前"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_DECADES = re.compile(r"上世纪|\d0年代|[六七八九]十年代|改革开放初|民国|解放")
_FOREIGN_OWNER = re.compile(r"[县市省区](?:[\u4e00-\u9fff]{0,8}[局委办])?$")
_TWO = 2
_LONGEST_TITLE = 80
_NO_PLACE = frozenset("我本该各全城都超集菜县省地级区闹夜上某外")


@dataclass(frozen=True)
class _Names:
    """The names of organs, ready to be compared with."""

    own: Phrases
    known: Phrases
    replaced: re.Pattern[str] | None
    terms: dict[str, Term]
    current: re.Pattern[str]


@kept_for_lexicon
def _names(lexicon: Lexicon) -> _Names:
    organs = [term for term in lexicon.terms if term.kind == KIND]
    wrong = {term.words: term for term in organs if term.right}
    right = [term.words for term in organs if not term.right]
    likeness = likeness_of(lexicon)
    return _Names(
        Phrases(dict.fromkeys(lexicon.offices, _OWN), likeness),
        Phrases(dict.fromkeys((*right, lexicon.party_committee), _PRECISE), likeness),
        re.compile("|".join(sorted(map(re.escape, wrong), key=len, reverse=True))) if wrong else None,
        wrong,
        re.compile("|".join(sorted(map(re.escape, (*right, *lexicon.offices)), key=len, reverse=True)) or "$."),
    )


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Organs whose names do not hold on the day of publishing."""
    yield from _misspelt_own(writing, lexicon)
    yield from _wrong_rank(writing, lexicon)
    yield from _wrong_parent(writing, lexicon)
    said = Stretches(len(writing.plain))
    for slip in _slips(writing, lexicon):
        said.add(slip.start, slip.end)
        yield _slip(writing, slip)
    for match in writing.matches(_TOWN_OFFICE):
        office = _swollen(match.group(), lexicon)
        if office and not said.touch(*match.span()):
            said.add(*match.span())
            yield _misspelt(writing, match.start(), match.group(), office)
    for match in writing.matches(_WRONG_BODY):
        yield writing.finding(
            Family.ORG_NAME, *match.span(), f"“{match.group()}”把党委和政府写混了，请核对是哪一个机构。"
        )
    yield from _replaced(writing, lexicon, said)


def _swollen(written: str, lexicon: Lexicon) -> str | None:
    """The own office whose name stands in these words with two signs too many, as in 公共事务服务办公室."""
    for office in lexicon.offices:
        gap = len(written) - len(office)
        if gap == _TWO and not _JOINS & set(written):
            for place in range(1, len(office) - len("办公室")):
                if written[:place] + written[place + gap :] == office:
                    return office
    return None


def _misspelt_own(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Own town, county, city or a platform of theirs with one sign wrong."""
    text, likeness = writing.plain, likeness_of(lexicon)
    for name in (lexicon.town, lexicon.county, lexicon.city, lexicon.province, *lexicon.platforms):
        pattern = _one_sign_open(name)
        for match in pattern.finditer(text) if pattern else ():
            written = match.group(1)
            if written[-1] != name[-1] or written in lexicon.own_names or differing(written, name) != 1:
                continue
            if likeness.words_alike(written, name) and not vocabulary().use(written):
                yield _misspelt(writing, match.start(), written, name)
    yield from _misspelt_bare(writing, lexicon)


def _misspelt_bare(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """The county's name without 县 (佛岗): nothing else starts with its first sign and sounds like it."""
    stem = lexicon.county[:-1]
    for match in re.finditer(rf"(?<![大拜礼念成卧石]){re.escape(stem[:1])}[\u4e00-\u9fff](?!县)", writing.plain):
        written = match.group()
        if len(stem) == 2 and likeness_of(lexicon).words_alike(written, stem) and not vocabulary().use(written):
            yield _misspelt(writing, match.start(), written, stem)


_PATTERNS: dict[str, re.Pattern[str] | None] = {}


def _one_sign_open(name: str) -> re.Pattern[str] | None:
    if name not in _PATTERNS:
        _PATTERNS[name] = one_sign_open([name]) if len(name) > 2 else None
    return _PATTERNS[name]


def _misspelt(writing: Writing, start: int, written: str, right: str) -> Finding:
    return writing.finding(
        Family.ORG_NAME, start, start + len(written), f"“{written}”写错了，应为“{right}”，请改正。", right
    )


def _wrong_rank(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Own town, county or city with the sign of another rank: 汤塘乡, 佛冈市, 汤塘街道办事处."""
    for name in (lexicon.town, lexicon.county, lexicon.city):
        for match in _rank_pattern(name).finditer(writing.plain) if name else ():
            if not _told_of_the_past(writing, match.start(), 2000):
                yield _misspelt(writing, match.start(), match.group(), name)


@cache
def _rank_pattern(name: str) -> re.Pattern[str]:
    ranks = "|".join(rank + unless for rank, unless in _RANKS.items() if rank != name[-1])
    return re.compile(f"{re.escape(name[:-1])}(?:{ranks})")


@cache
def _under_another(name: str, ranks: str) -> re.Pattern[str]:
    return re.compile(rf"(?P<stem>[\u4e00-\u9fff]{{2}})(?P<rank>[{ranks}]){re.escape(name)}")


def _wrong_parent(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """The county under another city, the town under another county, or the smaller before the larger."""
    text = writing.plain
    for name, parent, ranks in (
        (lexicon.county, lexicon.city, "市"),
        (lexicon.town, lexicon.county, "县市区"),
        (lexicon.city, lexicon.province, "省"),
        (lexicon.county, lexicon.province, "省"),
    ):
        pattern = _under_another(name, ranks) if name else None
        for match in pattern.finditer(text) if pattern else ():
            written = match["stem"] + match["rank"]
            if written == parent or not (written == lexicon.city or _is_place(match["stem"])):
                continue
            if not likeness_of(lexicon).words_alike(written, parent):
                yield writing.finding(
                    Family.ORG_NAME, *match.span(), f"{name}属{parent}，不属“{written}”，请核对。", f"{parent}{name}"
                )
    for small, large in ((lexicon.town, lexicon.county), (lexicon.county, lexicon.city)):
        for match in re.finditer(re.escape(small + large), text) if small and large else ():
            yield writing.finding(
                Family.ORG_NAME, *match.span(), f"上下级写倒了，应为“{large}{small}”，请改正。", large + small
            )


def _is_place(stem: str) -> bool:
    """Can the two signs before 市 or 县 be a place, and not 全, 城 or an ordinary word?"""
    return not _NO_PLACE & set(stem) and vocabulary().tag(stem)[:2] in ("", "ns", "nr", "nz")


def _slips(writing: Writing, lexicon: Lexicon) -> Iterator[Slip]:
    """Own offices and known organs with a slip."""
    skeleton = skeleton_of(writing.plain)
    for slip in _names(lexicon).own.slips(skeleton):
        before = writing.plain[max(0, slip.start - 12) : slip.start].removesuffix(lexicon.county)
        foreign = _FOREIGN_OWNER.search(before) or before.endswith(lexicon.other_towns)
        too_many = {edit.written for edit in slip.edits if not edit.right}
        cut_off = len(slip.edits) > 1 and writing.plain[slip.end - 1] != slip.phrase[-1]
        if not (foreign or cut_off or too_many & (_ANOTHER_ORGAN | _JOINS)):
            yield slip
    for slip in _names(lexicon).known.slips(skeleton):
        if not _in_title(writing.plain, slip.start):
            yield slip


def _slip(writing: Writing, slip: Slip) -> Finding:
    written = writing.plain[slip.start : slip.end]
    return writing.finding(
        Family.ORG_NAME, slip.start, slip.end, f"“{written}”不是规范名称，应为“{slip.phrase}”，请核对。", slip.phrase
    )


def _replaced(writing: Writing, lexicon: Lexicon, said: Stretches) -> Iterator[Finding]:
    """Organs that gave way to others before the day of publishing, but for what is ``said`` already."""
    names, text = _names(lexicon), writing.plain
    current = Stretches(len(text))
    for match in names.current.finditer(text):
        current.add(*match.span())
    for match in names.replaced.finditer(text) if names.replaced else ():
        term = names.terms[match.group()]
        if not term.valid_on(writing.day) or current.hold(*match.span()) or said.touch(*match.span()):
            continue
        if _part_of_longer_name(text, match) or _of_former_days(writing, match, term):
            continue
        town = "镇" in term.note
        yield writing.finding(
            Family.ORG_NAME,
            *match.span(),
            f"“{term.words}”是旧称或误称（{term.note}），现为“{term.right}”，请核对。",
            None if town else term.right,
        )


def _part_of_longer_name(text: str, match: re.Match[str]) -> bool:
    before, behind = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if before in _LONGER_NAME and before:
        return True
    return bool(behind) and behind in _GOES_ON.get(match.group()[-1], "")


def _of_former_days(writing: Writing, match: re.Match[str], term: Term) -> bool:
    """Is the old name said of the old organ, or kept by a building?"""
    text = writing.plain
    if _FORMER.search(text[max(0, match.start() - 16) : match.start()]) or _KEPT_NAME.match(text, match.end()):
        return True
    if _in_title(text, match.start()):
        return True
    return term.valid_from is not None and _told_of_the_past(writing, match.start(), term.valid_from.year)


def _in_title(text: str, place: int) -> bool:
    """Does a place lie between 《》?"""
    return text.rfind("《", max(0, place - _LONGEST_TITLE), place) > text.rfind(
        "》", max(0, place - _LONGEST_TITLE), place
    )


def _told_of_the_past(writing: Writing, place: int, since: int) -> bool:
    """Does the sentence name a year up to then, or speak of history or of the reform?"""
    _, sentence = sentence_at(writing, place)
    if _REFORM.search(sentence) or _DECADES.search(sentence):
        return True
    return any(int(year) <= since for year in _YEAR.findall(sentence))
