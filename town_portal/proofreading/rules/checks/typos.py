"""Wrong characters 错别字: a sign that makes a word no word, 布署 for 部署.

Three ways, the surest first:
- pairs the town's list knows (``data/typos.csv``), unless the place is cut otherwise (来自｜已完成);
- idioms and the set phrases of official prose (``data/set_phrases.csv``) with one sign of the same
  sound or shape (再接再励, 扫黑险恶);
- two signs left alone, each a word of its own only by accident, that make a much used word when one
  of them is put right by sound or shape (发辉).

A language-model speller stands beside this check and reads what no list can hold.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.soundalikes import readings, shapes_of
from town_portal.proofreading.rules.values.alike import (
    Shapes,
    alike,
    by_head,
    by_tail,
    one_sign_apart,
)
from town_portal.proofreading.rules.values.kept import kept_for_lexicon
from town_portal.proofreading.rules.values.quotes import is_told_of
from town_portal.proofreading.rules.values.surnames import KIN, SURNAMES
from town_portal.proofreading.rules.values.vocabulary import vocabulary
from town_portal.proofreading.rules.values.words import Word, words_of
from town_portal.proofreading.rules.writing import Writing

IDIOM = 4
_BESIDE = 4
"""So many signs of a protected word may stand beside a slip."""
COMMON, BY_LOOKS = 1_000, 4_000
"""A word used so often is one that people mean, by its sound or by its looks."""
GAIN, GAIN_BY_LOOKS = 8.5, 10.0
"""By how much the meant word must be likelier than the two signs alone (natural logarithm)."""
RARE, LOOSE = 3, 100
"""An entry used no more is doubtful; parts used more stand together by their own meaning."""
BOUND = 0.2
"""Two signs that are words of their own in a larger share of their uses may stand side by side (传桶, 补免)."""
OFTEN = 200
"""Half an idiom that is used so often as a word is meant as one."""
NEIGHBOUR = 20
"""A word used so often claims a sign at the edge of a listed pair."""
CONFUSABLE = frozenset(
    {"反映反应", "法治法制", "制定制订", "权利权力", "检查检察", "巡查巡察", "督查督察", "考察考查", "报道报到",
     "启用起用", "形势形式", "界限界线", "以至以致", "度过渡过", "必须必需", "查看察看", "交流交留", "行使行驶", "做好作好", "连系联系"}
)  # fmt: skip
"""Pairs in which both are words: another check knows when one stands for the other."""

_NOT_ALONE = frozenset(
    "的了在是和有不为以上中下一二三四五六七八九十百千万亿个这那我你他她它们就都也又还要会能可应从到把被对向与及或而则等所"
    "由于其此并之者年月日时人大小多少好来去说地得着过很最更各每再第两几某曾将已未无非新老旧原本同因如若村镇县市省区"
)
"""Signs that stand alone in any sentence: next to them nothing is proved."""
_FUNCTION = frozenset("的了是有为在和与不一这那以能从再")
"""Signs that stand before and behind any phrase: they are no slip in one."""
_TITLES = frozenset({"同志", "先生", "女士", "书记", "主任", "镇长", "村民", "党员", "记者", "老人", "通讯员", "摄"})
_PLAIN_TAGS = frozenset({"n", "v", "vn", "a", "ad", "an", "d", "c", "b", "i", "l", "r", "vd", "f", "p"})


@dataclass(frozen=True, slots=True)
class Slip:
    """A stretch that is written wrongly and what is meant."""

    start: int
    end: int
    meant: str
    sure: bool


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """One finding for each wrong character, outside the names of the town."""
    words = words_of(writing, lexicon)
    taken = [False] * (len(writing.plain) + 1)
    shapes = _shapes(lexicon)
    for slips in (_listed(writing, lexicon, words), _phrases(writing, lexicon, words), _lonely(words, shapes)):
        for slip in slips:
            if any(taken[slip.start : slip.end]) or is_told_of(writing.plain, slip.start, slip.end):
                continue
            if _is_protected(writing.plain, slip, lexicon):
                continue
            taken[slip.start : slip.end] = [True] * (slip.end - slip.start)
            yield _finding(writing, slip)


def _is_protected(plain: str, slip: Slip, lexicon: Lexicon) -> bool:
    """Does the slip lie within a word that is never one?"""
    around = _protected(lexicon).finditer(plain, max(0, slip.start - _BESIDE), slip.end + _BESIDE)
    return any(term.start() <= slip.start and slip.end <= term.end() for term in around)


@kept_for_lexicon
def _protected(lexicon: Lexicon) -> re.Pattern[str]:
    words = sorted((term.words for term in lexicon.of("protected")), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)) or "(?!)")


def _finding(writing: Writing, slip: Slip) -> Finding:
    written = writing.plain[slip.start : slip.end]
    said = f"“{written}”应为“{slip.meant}”，请改正。" if slip.sure else f"“{written}”像是“{slip.meant}”之误，请核对。"
    return writing.finding(Family.WRONG_CHAR, slip.start, slip.end, said, slip.meant)


# Listed pairs


def _listed(writing: Writing, lexicon: Lexicon, words: tuple[Word, ...]) -> Iterator[Slip]:
    plain = writing.plain
    pairs, heads = _pairs(lexicon)
    inside = _inside(words, len(plain))
    for place in range(len(plain) - 1):
        for wrong in heads.get(plain[place : place + 2], ()):
            end = place + len(wrong)
            if plain.startswith(wrong, place) and not _cut_otherwise(plain, place, end, inside):
                yield Slip(place, end, pairs[wrong], sure=True)


@kept_for_lexicon
def _pairs(lexicon: Lexicon) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Wrong → right, and the wrong ones by their first two signs, the longest first."""
    pairs = {term.words: term.right for term in lexicon.of("typos")}
    return pairs, by_head(sorted(pairs, key=len, reverse=True))


def _inside(words: Iterable[Word], length: int) -> bytearray:
    """For each place: does it lie inside a word, so that nothing begins or ends there?"""
    inside = bytearray(length + 1)
    for word in words:
        for place in range(word.start + 1, word.end):
            inside[place] = 1
    return inside


def _cut_otherwise(plain: str, start: int, end: int, inside: bytearray) -> bool:
    """Do the signs at the edges belong to words that reach out of the stretch?"""
    use = vocabulary().use
    if inside[start] or inside[end]:
        return True
    if end - start > 2:
        return False
    before, after = plain[start - 1 : start + 1] if start else "", plain[end - 1 : end + 1]
    known = use(plain[start:end])
    return known > 0 and (use(before) > NEIGHBOUR + known or (len(after) == 2 and use(after) > NEIGHBOUR + known))


# Idioms and set phrases


@dataclass(frozen=True)
class _Phrases:
    """Fixed phrases of four signs and more, by their two ends: one wrong sign leaves one end whole."""

    heads: Mapping[str, list[str]]
    tails: Mapping[str, list[str]]
    known: frozenset[str]


@kept_for_lexicon
def _phrase_book(lexicon: Lexicon) -> _Phrases:
    town = {term.words for term in lexicon.of("set_phrases") if len(term.words) >= IDIOM}
    use = vocabulary().use
    idioms = (
        word
        for word, tag in vocabulary().tags.items()
        if tag == "i" and len(word) == IDIOM and use(word) > RARE and not _loose(word)
    )
    phrases = town.union(idioms)
    return _Phrases(by_head(phrases), by_tail(phrases), frozenset(phrases))


def _loose(idiom: str) -> bool:
    """Is an entry no fixed idiom but words that stand together often (一切都是, 为进一步)?"""
    use = vocabulary().use
    halves = use(idiom[:2]) > LOOSE and use(idiom[2:]) > LOOSE
    return halves or use(idiom[:3]) > LOOSE or use(idiom[1:]) > LOOSE


def _phrases(writing: Writing, lexicon: Lexicon, words: tuple[Word, ...]) -> Iterator[Slip]:
    plain = writing.plain
    inside = _inside(words, len(plain))
    book = _phrase_book(lexicon)
    shapes = _shapes(lexicon)
    for place in range(len(plain) - 1):
        pair = plain[place : place + 2]
        met = [(place, phrase) for phrase in book.heads.get(pair, ())]
        met += [(place + 2 - len(phrase), phrase) for phrase in book.tails.get(pair, ()) if place + 2 >= len(phrase)]
        slips = {
            slip
            for start, phrase in met
            if not inside[start]
            and not inside[min(start + len(phrase), len(plain))]
            and (slip := _near(plain, start, phrase, shapes, book.known))
        }
        if len(slips) == 1 and not any(plain.startswith(right, place) for right in book.heads.get(pair, ())):
            yield slips.pop()


def _near(plain: str, start: int, phrase: str, shapes: Shapes, known: frozenset[str]) -> Slip | None:
    """The slip, when a phrase stands at a place with one sign that is like the right one."""
    written = plain[start : start + len(phrase)]
    if len(written) < len(phrase) or written in known or written in vocabulary():
        return None
    place = one_sign_apart(written, phrase)
    if place is None or written[place] in _FUNCTION or not alike(written[place], phrase[place], shapes):
        return None
    if _both_words(written, phrase, place) or (len(phrase) == IDIOM and _word_there(written, place)):
        return None
    first, last = max(0, min(place - 1, len(phrase) - IDIOM)), min(len(phrase), max(place + 2, IDIOM))
    return Slip(start + first, start + last, phrase[first:last], sure=False)


def _both_words(written: str, phrase: str, place: int) -> bool:
    """Is the difference one between two words that other checks tell apart?"""
    return any(
        f"{phrase[at : at + 2]}{written[at : at + 2]}" in CONFUSABLE
        or f"{written[at : at + 2]}{phrase[at : at + 2]}" in CONFUSABLE
        for at in (place - 1, place)
        if at >= 0
    )


def _word_there(written: str, place: int) -> bool:
    """Is the half of an idiom that differs a good word, so that it may well be meant (成材之路)?"""
    return vocabulary().use(written[:2] if place < 2 else written[2:]) > OFTEN


@kept_for_lexicon
def _shapes(lexicon: Lexicon) -> Shapes:
    return shapes_of(term.words for term in lexicon.of("shapes"))


# Signs left alone


@cache
def _common() -> dict[str, list[str]]:
    """Much used words of two signs by pattern: one sign kept, the other by its sound."""
    patterns: dict[str, list[str]] = {}
    tags = vocabulary().tags
    for word, use in vocabulary().uses.items():
        if len(word) == 2 and use >= COMMON and tags[word] in _PLAIN_TAGS:
            first, second = word[0], word[1]
            patterns.setdefault(first + readings(second)[0], []).append(word)
            patterns.setdefault(readings(first)[0] + second, []).append(word)
    return patterns


def _lonely(words: tuple[Word, ...], shapes: Shapes) -> Iterator[Slip]:
    for at in range(len(words) - 1):
        first, second = words[at], words[at + 1]
        if not (_alone(first) and _alone(second)) or _in_a_name(words, at):
            continue
        written = first.text + second.text
        if _may_be_a_deed(written):
            continue
        free = sum(vocabulary().freedom(sign) for sign in written)
        meant = None if free > BOUND or written in vocabulary() else _meant(written, shapes)
        if meant:
            yield Slip(first.start, second.end, meant, sure=False)


def _may_be_a_deed(written: str) -> bool:
    """A clipped verb and its object, which anybody may put together: 拆旧, 疏果, 备种."""
    first, second = (vocabulary().tag(sign) for sign in written)
    return first[:1] == "v" and second[:1] in ("n", "v", "a")


def _alone(word: Word) -> bool:
    return len(word.text) == 1 and "\u4e00" <= word.text <= "\u9fff" and word.text not in _NOT_ALONE


def _in_a_name(words: tuple[Word, ...], at: int) -> bool:
    """Could the two signs at ``at`` be part of somebody's name?"""
    before = words[at - 1] if at else None
    after = words[at + 2] if at + 2 < len(words) else None
    if words[at].text in SURNAMES and words[at + 1].text in KIN:
        return True
    if before is not None and (_alone(before) or (before.text in SURNAMES)):
        return True
    if after is not None and _alone(after):
        return True
    lonely_after = after is not None and after.text in _TITLES
    opens = before is None or before.is_mark or before.text in _TITLES
    closes = after is None or after.is_mark
    return words[at].text in SURNAMES and (lonely_after or (opens and closes))


def _meant(written: str, shapes: Shapes) -> str | None:
    """The much used word that two lonely signs stand for; None when none stands out."""
    known = vocabulary()
    alone = sum(known.weights.get(sign, known.unknown) for sign in written)
    first, second = written[0], written[1]
    patterns = _common()
    by_sound = {*patterns.get(first + readings(second)[0], ()), *patterns.get(readings(first)[0] + second, ())}
    by_looks = {first + other for other in shapes.get(second, ())} | {other + second for other in shapes.get(first, ())}
    likely = [(known.weights[word] - alone, word) for word in by_sound]
    likely = [(gain, word) for gain, word in likely if gain >= GAIN]
    for word in by_looks - by_sound:
        if known.use(word) >= BY_LOOKS and known.tag(word) in _PLAIN_TAGS:
            gain = known.weights[word] - alone
            if gain >= GAIN_BY_LOOKS:
                likely.append((gain, word))
    return max(likely)[1] if likely else None
