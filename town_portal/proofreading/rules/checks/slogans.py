"""固定表述: canonical political phrases that are not said as they have to be.

Found: a phrase nearly the canonical one by sound, shape, a sign too few or many, or in another order (筑牢中华民族
共同体意识, 百县千镇万村高质量工程, 三课一会); a known wrong form (terms with a ``right`` one); a list with a wrong, a
missing or a misplaced member (治理有力; 道路自信、理论自信、体制自信、文化自信); a wrong member among 四个意识、四个自信、
两个维护、两个确立, or one under another's verb; a plenum that has not been.

Silent: legitimate variants (terms of note 通行), partial quotation, phrases that only share words with a canonical one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.approximate import Phrases, Skeleton, Slip, Tolerance, skeleton_of
from town_portal.proofreading.rules.values.kept import kept_for_lexicon
from town_portal.proofreading.rules.values.likeness import Likeness, likeness_of
from town_portal.proofreading.rules.values.stretches import Stretches
from town_portal.proofreading.rules.writing import Writing

KIND = "slogans"
"""Terms of this kind: a canonical form (``note`` 专名, 专名定尾, 列举, 列举缺一不可, 通行 or none), or a wrong form with its ``right``."""

_ONLY_LIKE = Tolerance(other=99, count=99, two=99, three=99, gap=99)
_COUNTED = re.compile(r"[一两三四五六七八九十]个")
_QUOTES = "“”\"'‘’"
_DESIGNATION = "工作|工程|战略|行动|计划|项目|思想|理论|思维|思潮|精神|方略|主义|道路|观念|理念"
_RUN = re.compile(r"[\u4e00-\u9fff“”]{1,24}(?:(?:[、，,·]|\s|”“)[\u4e00-\u9fff“”]{1,24}){1,14}")
_MEMBER = re.compile(r"[\u4e00-\u9fff]+")
_MEMBERS = ("四个意识", "四个自信", "两个维护", "两个确立")
_ITS_VERB = {
    "增强": "四个意识", "树牢": "四个意识", "坚定": "四个自信", "做到": "两个维护", "践行": "两个维护",
    "领悟": "两个确立", "拥护": "两个确立", "捍卫": "两个确立",
}  # fmt: skip
_ALSO_SAID = frozenset({("增强", "四个自信"), ("树牢", "四个自信"), ("捍卫", "两个维护"), ("践行", "两个确立")})
_SAID = re.compile(
    r"(?P<verb>增强|树牢|坚定|做到|践行|领悟|拥护|捍卫)?了?(?P<open>[“\"‘])?(?P<words>[一两二三四五六七八九十][个种项大][\u4e00-\u9fff]{2})(?P<close>[”\"’])?"
)
_NEXT_MEMBER = re.compile(r"[、和]?[“\"‘]?[一两二三四五六七八九十]个")
_PLENUM = re.compile(r"(?P<congress>二十|十[一二三四五六七八九])届(?P<number>[一二三四五六七八九十])中全会")
_DIGITS = {sign: value for value, sign in enumerate("一二三四五六七八九十", 1)}
_MOST_PLENUMS = 7
_PLENUMS_SO_FAR = 4
_NEXT_PLENUM = date(2026, 8, 1)
"""The fifth plenum of the twentieth congress is not before this day."""


@dataclass(frozen=True)
class _Slogans:
    """The canonical phrases, ready to be compared with."""

    phrases: Phrases
    tails: dict[str, str]
    """What a name never ends without: 习近平新时代中国特色社会主义 → the whole name."""
    wrong: re.Pattern[str] | None
    rights: dict[str, str]
    lists: tuple[tuple[tuple[str, ...], bool], ...]
    """Members in order, and whether none may be missing."""


@kept_for_lexicon
def _slogans(lexicon: Lexicon) -> _Slogans:
    terms = [term for term in lexicon.terms if term.kind == KIND]
    canonical = [term for term in terms if not term.right]
    wrong = {Skeleton(term.words).signs: term.right for term in terms if term.right}
    phrases = {
        term.words: Tolerance() if term.note.startswith("专名") else _ONLY_LIKE
        for term in canonical
        if not term.note.startswith("列举")
    }
    return _Slogans(
        Phrases(phrases, likeness_of(lexicon)),
        {term.words[:-2]: term.words for term in canonical if term.note == "专名定尾"},
        re.compile("|".join(sorted(map(re.escape, wrong), key=len, reverse=True))) if wrong else None,
        wrong,
        tuple(
            (tuple(term.words.split("、")), term.note.endswith("缺一不可"))
            for term in canonical
            if term.note.startswith("列举")
        ),
    )


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Canonical phrases with a slip in them."""
    slogans, skeleton = _slogans(lexicon), skeleton_of(writing.plain)
    said = Stretches(len(writing.plain))
    for finding_places in (
        _wrong_forms(skeleton, slogans),
        _wrong_tails(skeleton, slogans),
        _slips(writing, skeleton, slogans),
    ):
        for start, end, right in finding_places:
            if not said.touch(start, end):
                said.add(start, end)
                yield _phrase(writing, start, end, right)
    yield from _lists(writing, slogans, likeness_of(lexicon))
    yield from _members(writing, likeness_of(lexicon))
    yield from _plenums(writing)


def _phrase(writing: Writing, start: int, end: int, right: str) -> Finding:
    written = writing.plain[start:end]
    plain = "".join(sign for sign in written if sign not in _QUOTES)
    return writing.finding(
        Family.FIXED_PHRASE,
        start,
        end,
        f"“{plain}”的规范表述是“{right}”，请改正。",
        right if plain == written else None,
    )


def _wrong_forms(skeleton: Skeleton, slogans: _Slogans) -> Iterator[tuple[int, int, str]]:
    for match in slogans.wrong.finditer(skeleton.signs) if slogans.wrong else ():
        right = slogans.rights[match.group()]
        bare = Skeleton(right).signs
        at = bare.find(match.group())
        if skeleton.unbroken(*match.span()) and not (at >= 0 and skeleton.signs.startswith(bare, match.start() - at)):
            yield *skeleton.span(*match.span()), right


def _wrong_tails(skeleton: Skeleton, slogans: _Slogans) -> Iterator[tuple[int, int, str]]:
    """A name whose last word is another: 百县千镇万村高质量发展战略."""
    for stem, whole in slogans.tails.items():
        for match in re.finditer(rf"{stem}(?:{_DESIGNATION})", skeleton.signs):
            if match.group() != whole and skeleton.unbroken(*match.span()):
                yield *skeleton.span(*match.span()), whole


def _slips(writing: Writing, skeleton: Skeleton, slogans: _Slogans) -> Iterator[tuple[int, int, str]]:
    for slip in slogans.phrases.slips(skeleton):
        if not _is_another_count(writing.plain, slip):
            yield slip.start, slip.end, slip.phrase


def _is_another_count(text: str, slip: Slip) -> bool:
    """三个全面, without quotation marks, may count something else."""
    counted = len(slip.edits) == 1 and slip.edits[0].place == 0 and _COUNTED.match(slip.phrase)
    return bool(counted) and text[slip.start - 1 : slip.start] not in tuple('“"‘')


def _lists(writing: Writing, slogans: _Slogans, likeness: Likeness) -> Iterator[Finding]:
    """Lists with a member that is not theirs, one too few, or another order."""
    for run in writing.matches(_RUN):
        items = [(match.start(), match.group()) for match in _MEMBER.finditer(writing.plain, *run.span())]
        listed = run.group()
        for members, complete in slogans.lists:
            if sum(member in listed for member in members) >= len(members) - 1:
                yield from _judge_list(writing, items, members, likeness, complete=complete)


def _judge_list(
    writing: Writing, items: list[tuple[int, str]], members: tuple[str, ...], likeness: Likeness, *, complete: bool
) -> Iterator[Finding]:
    placed = [(place, at, member) for place, item in items for at, member in _member_of(item, members)]
    known = [member for _, _, member in placed]
    if len(set(known)) != len(known) or not len(members) - 1 <= len(known):
        return
    start, end = placed[0][0] + placed[0][1], placed[-1][0] + placed[-1][1] + len(placed[-1][2])
    right = "、".join(members)
    order = [members.index(member) for member in known]
    if order != sorted(order):
        if len(members) > 3:
            yield _list(writing, start, end, f"次序或成员不对，规范表述是“{right}”，请核对。")
        return
    if len(known) == len(members):
        return
    missing = next(member for member in members if member not in known)
    stranger = _stranger(items, placed, members.index(missing), missing)
    if stranger and (len(members) > 3 or likeness.words_alike(stranger[1], missing)):
        place, written = stranger
        yield writing.finding(
            Family.FIXED_PHRASE,
            place,
            place + len(written),
            f"“{written}”应为“{missing}”，规范表述是“{right}”，请改正。",
            missing,
        )
    elif not stranger and complete and len(members[0]) > 2 and _ends_there(writing.plain, end):
        yield _list(writing, start, end, f"缺“{missing}”，规范表述是“{right}”，请核对。")


def _list(writing: Writing, start: int, end: int, message: str) -> Finding:
    return writing.finding(Family.FIXED_PHRASE, start, end, message)


def _member_of(item: str, members: tuple[str, ...]) -> list[tuple[int, str]]:
    """The member an item is, alone or with what comes before the first or behind the last."""
    found = [
        (0 if item.startswith(member) else len(item) - len(member), member)
        for member in members
        if item.startswith(member) or item.endswith(member)
    ]
    return sorted(found, key=lambda one: -len(one[1]))[:1]


def _stranger(
    items: list[tuple[int, str]], placed: list[tuple[int, int, str]], index: int, missing: str
) -> tuple[int, str] | None:
    """The item that stands where a member is missing, if one does and is something like it."""
    places = [place for place, _ in items]
    if index == 0:
        before = places.index(placed[0][0]) - 1
        if before < 0:
            return None
        place, item = items[before]
        cut = max(0, len(item) - len(missing))
        return (place + cut, item[cut:]) if set(item[cut:]) & set(missing) else None
    after = places.index(placed[index - 1][0]) + 1
    if after >= len(items):
        return None
    place, item = items[after]
    if index < len(placed) and place == placed[index][0]:
        return None
    written = item[: len(missing)] if index == len(placed) else item
    similar = set(written) & set(missing) or index < len(placed)
    return (place, written) if similar else None


def _ends_there(text: str, end: int) -> bool:
    return text[end : end + 1] not in tuple("、等")


def _members(writing: Writing, likeness: Likeness) -> Iterator[Finding]:
    """A wrong one among 四个意识、四个自信、两个维护、两个确立, known by its verb or its neighbours."""
    for start, end in writing.sentences:
        sentence = writing.plain[start:end]
        present = [member for member in _MEMBERS if member in sentence]
        for match in _SAID.finditer(sentence):
            shared = bool(_NEXT_MEMBER.match(sentence, match.end()))
            meant = None if shared and match["words"] in _MEMBERS else _member_meant(match, present, likeness)
            if meant:
                opened, closed = bool(match["open"]), bool(match["close"])
                right = f"{match['open'] or ''}{meant}{match['close'] or ''}"
                yield writing.finding(
                    Family.FIXED_PHRASE,
                    start + match.start("words") - opened,
                    start + match.end("words") + closed,
                    f"“{match['words']}”应为“{meant}”，请改正。",
                    right,
                )


def _member_meant(match: re.Match[str], present: list[str], likeness: Likeness) -> str | None:
    """The member that a verb or the neighbours ask for, when another stands there."""
    words, expected = match["words"], _ITS_VERB.get(match["verb"] or "")
    if words in _MEMBERS:
        wrong = expected and expected != words and (match["verb"], words) not in _ALSO_SAID
        return expected if wrong else None
    quoted = bool(match["open"])
    if expected and (quoted or present) and _resembles(words, expected, likeness):
        return expected
    if expected and expected not in present and len(present) > 1 and words[0] == expected[0]:
        return expected
    others = [member for member in _MEMBERS if member not in present and _resembles(words, member, likeness)]
    return others[0] if quoted and present and len(others) == 1 else None


def _resembles(words: str, member: str, likeness: Likeness) -> bool:
    """Has it the member's count and one of its signs, or its noun under another count?"""
    if words[2:] == member[2:]:
        return True
    shared = set(words[2:]) & set(member[2:])
    return words[0] == member[0] and (bool(shared) or any(map(likeness.alike, words[2:], member[2:])))


def _plenums(writing: Writing) -> Iterator[Finding]:
    """A plenum of a number that there has not been."""
    for match in writing.matches(_PLENUM):
        number = _DIGITS[match["number"]]
        early = writing.day is not None and writing.day < _NEXT_PLENUM
        if number > _MOST_PLENUMS or (match["congress"] == "二十" and number > _PLENUMS_SO_FAR and early):
            yield writing.finding(Family.FIXED_PHRASE, *match.span(), f"没有“{match.group()}”，请核对是哪一次全会。")
