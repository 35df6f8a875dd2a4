"""Sentences held against the tables.

A text is typed lines; 【全镇报送数】 in it is bound to the figure of that name and always shows its
value. A number that somebody typed is asked what it is about — whose, of what — by the words around
it: where the tables know that figure and say otherwise, the number is wrong, with the right one
beside it. A number that nothing in the tables answers to is left alone.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from hashlib import sha256

from town_portal.bulletins.rules.figures import (
    CHANGES,
    COMPARED,
    OFFICES,
    TOWN,
    VILLAGES,
    WORDS,
    Figure,
    Kind,
)

_TOKEN = re.compile(r"【([^【】\n]{1,40})】")
_NUMBER = re.compile(r"(?<![\d.A-Za-z])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?")
_NOT_A_COUNT = (
    "年",
    "月",
    "日",
    "号",
    "季度",
    "天",
    "时",
    "点",
    "个工作日",
    "个月",
    "元",
    "万",
    "版",
    "岁",
    "小时",
    "分钟",
)
_SENTENCE = re.compile(r"[^。！？\n]*[。！？\n]?")
_CLAUSE = re.compile(r"(?:[^，；：,;:]|(?<=\d)[,:](?=\d))*[，；：,;:]?")
_DEMANDS = ("不少于", "至少", "以上", "不超过", "不得超过", "以内", "达到", "争取", "力争", "要求")
"""What is asked for is not what was: such clauses tell no figures."""
_TOWN_WORDS = ("全镇", "各单位", "共")
_LEAGUE_WORDS = ((OFFICES, ("办公室",)), (VILLAGES, ("村（社区）", "各村", "村、社区", "村和社区")))


class Verdict(StrEnum):
    """What a place in a text turned out to be."""

    BOUND = "bound"
    """A figure of the tables, always right."""
    LOST = "lost"
    """Bound to a name the tables do not know."""
    WRONG = "wrong"
    """Typed, and the tables say otherwise."""
    ALLOWED = "allowed"
    """The same, and somebody said why it stays."""
    RIGHT = "right"
    """Typed, and the tables say the same."""
    FREE = "free"
    """Typed, and of nothing the tables hold."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a line: from where to where, what stands there, what it is, and the figure it is about."""

    line: int
    start: int
    end: int
    words: str
    verdict: Verdict
    figure: Figure | None = None
    mark: str = ""
    """By what it is known when somebody answers it: stays while the sentence and the right number stay."""

    @property
    def open(self) -> bool:
        """Must somebody do something before this may be issued?"""
        return self.verdict in (Verdict.WRONG, Verdict.LOST)


@dataclass(frozen=True, slots=True)
class _About:
    """What a sentence spoke of last: whose, and of what."""

    subject: str = TOWN
    kind: Kind | None = None


def read(text: str, figures: Iterable[Figure], allowed: Iterable[str] = ()) -> list[Spot]:
    """Every bound and every typed number of a text, in order. ``allowed``: marks of what was answered."""
    held = _Tables(figures)
    answered = frozenset(allowed)
    found: list[Spot] = []
    for number, line in enumerate(text.split("\n")):
        found += _read_line(number, line, held, answered)
    return found


class _Tables:
    def __init__(self, figures: Iterable[Figure]) -> None:
        self.figures = list(figures)
        self.by_name = {one.name: one for one in self.figures}
        self.by_place = {(one.subject, one.kind): one for one in self.figures}
        units = {
            one.subject: one.name.removesuffix(WORDS[one.kind].label)
            for one in self.figures
            if one.subject.startswith("unit-")
        }
        self.units = sorted(units.items(), key=lambda pair: -len(pair[1]))


def _read_line(number: int, line: str, held: _Tables, answered: frozenset[str]) -> list[Spot]:
    found: list[Spot] = []
    for sentence in _SENTENCE.finditer(line):
        about = _About()
        for clause in _CLAUSE.finditer(sentence[0]):
            if clause[0]:
                spots, about = _read_clause(number, sentence.start() + clause.start(), clause[0], about, held, answered)
                found += spots
    return found


def _read_clause(
    number: int, offset: int, clause: str, about: _About, held: _Tables, answered: frozenset[str]
) -> tuple[list[Spot], _About]:
    tokens = list(_TOKEN.finditer(clause))
    found = []
    for token in tokens:
        known = held.by_name.get(token[1])
        verdict = Verdict.BOUND if known else Verdict.LOST
        found.append(Spot(number, offset + token.start(), offset + token.end(), token[0], verdict, known))
    bare = _TOKEN.sub(lambda token: "　" * len(token[0]), clause)
    if any(words in bare for words in _DEMANDS):
        return found, about
    compared = any(words in bare for words in COMPARED)
    subject_here = _subject(bare, held)
    subject = subject_here or about.subject
    kind = about.kind
    for typed in _NUMBER.finditer(bare):
        after, before = bare[typed.end() :], bare[: typed.start()]
        if after.startswith(_NOT_A_COUNT) or (before.endswith(("第", "〔", "—", "-")) and not before.endswith(_RANKED)):
            continue
        spoken = _kind(before, after)
        kind = spoken or _closest(kind, after)
        own = _last_subject(before, held) or subject
        figure = _figure(held, own, kind, compared=compared)
        found.append(_judge(number, offset, typed, after, figure, clause, answered))
    said = _kind(bare, "")
    return sorted(found, key=lambda spot: spot.start), _About(_last_subject(bare, held) or subject, said or kind)


_MORE, _LESS = "多增升", "少减降"
_RANKED = ("排名第", "排第", "列第", "名列第")


def _subject(clause: str, held: _Tables) -> str | None:
    return _last_subject(clause, held)


def _last_subject(words: str, held: _Tables) -> str | None:
    """Whose the words speak of: the one named last; a unit goes before its league."""
    best: tuple[int, int, str] | None = None
    for subject, name in held.units:
        if (at := words.rfind(name)) >= 0:
            best = max(best or (-1, 0, ""), (at + len(name), len(name), subject))
    for subject, names in ((TOWN, _TOWN_WORDS), *_LEAGUE_WORDS):
        for name in names:
            if (at := words.rfind(name)) >= 0 and (best is None or at + len(name) > best[0]):
                best = (at + len(name), len(name), subject)
    return best[2] if best else None


def _kind(before: str, after: str) -> Kind | None:
    """Of what a number is: the measure named last before it that may be counted so, else the one right after."""
    best: tuple[int, int, Kind] | None = None
    for kind, word in WORDS.items():
        if after and not after.lstrip().startswith(word.after):
            continue
        for said in word.said:
            if (at := before.rfind(said)) >= 0:
                best = max(best or (-1, 0, kind), (at + len(said), len(said), kind))
    if best:
        return best[2]
    if after.startswith(("个单位", "个村", "个办公室")):
        return Kind.ZERO if "零报送" in after[:12] or "没有报送" in after[:12] else Kind.UNITS
    return None


def _closest(kind: Kind | None, after: str) -> Kind | None:
    """What was spoken of before, where a number may be counted so."""
    return kind if kind is not None and after.lstrip().startswith(WORDS[kind].after) else None


def _figure(held: _Tables, subject: str, kind: Kind | None, *, compared: bool) -> Figure | None:
    if kind is None:
        return None
    if compared:
        changed = CHANGES.get(kind)
        return held.by_place.get((TOWN, changed)) if changed and subject == TOWN else None
    return held.by_place.get((subject, kind))


def _judge(
    number: int,
    offset: int,
    typed: re.Match[str],
    after: str,
    figure: Figure | None,
    clause: str,
    answered: frozenset[str],
) -> Spot:
    words = typed[0]
    start, end = offset + typed.start(), offset + typed.end()
    if after.startswith(("%", "％")) and figure is not None and "%" in figure.value:
        words, end = words + after[0], end + 1
    if figure is None or figure.number is None:
        return Spot(number, start, end, words, Verdict.FREE)
    turned = False
    if figure.kind in CHANGES.values() and typed.start() and typed.string[typed.start() - 1] in _MORE + _LESS:
        start, words = start - 1, typed.string[typed.start() - 1] + words
        turned = (words[0] in _LESS) == figure.value.startswith("多")
    if same(typed[0], figure.number) and not turned:
        return Spot(number, start, end, words, Verdict.RIGHT, figure)
    mark = sha256(f"{clause.strip()}\n{words}\n{figure.key}\n{figure.value}".encode()).hexdigest()[:16]
    verdict = Verdict.ALLOWED if mark in answered else Verdict.WRONG
    return Spot(number, start, end, words, verdict, figure, mark)


def same(typed: str, number: str) -> bool:
    """Does a typed number say what the tables say, at the decimals it was typed with?"""
    said = Decimal(typed.replace(",", ""))
    exponent = said.as_tuple().exponent
    places = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    return said == abs(Decimal(number)).quantize(places, ROUND_HALF_UP) or said == abs(Decimal(number))


def bind(text: str, line: int, start: int, name: str, words: str) -> str:
    """The text with one typed number bound to a figure; unchanged where something else stands there by now."""
    lines = text.split("\n")
    if not 0 <= line < len(lines) or lines[line][start : start + len(words)] != words:
        return text
    lines[line] = f"{lines[line][:start]}【{name}】{lines[line][start + len(words) :]}"
    return "\n".join(lines)


def filled(text: str, figures: Iterable[Figure]) -> str:
    """The text as it is printed: every bound figure by its value; an unknown one stays as it is typed."""
    by_name: Mapping[str, str] = {one.name: one.value for one in figures}
    return _TOKEN.sub(lambda token: by_name.get(token[1], token[0]), text)


def open_words(spots: Iterable[Spot]) -> list[str]:
    """What has to be answered before a text may be issued, in words."""
    found = []
    for spot in spots:
        if spot.verdict is Verdict.LOST:
            found.append(f"{spot.words}在表里没有")
        elif spot.verdict is Verdict.WRONG and spot.figure is not None:
            found.append(f"文中写“{spot.words}”，表里{spot.figure.name}是“{spot.figure.value}”")
    return found


def pieces(text: str, spots: Iterable[Spot]) -> Iterator[tuple[str, list[tuple[str, Spot | None]]]]:
    """The text for a page: line by line (h1, h2 or p), cut into plain words and spots."""
    by_line: dict[int, list[Spot]] = {}
    for spot in spots:
        by_line.setdefault(spot.line, []).append(spot)
    for number, line in enumerate(text.split("\n")):
        kind = "h2" if line.startswith("## ") else "h1" if line.startswith("# ") else "p"
        at = {"h1": 2, "h2": 3, "p": 0}[kind]
        cut: list[tuple[str, Spot | None]] = []
        for spot in by_line.get(number, []):
            if spot.start > at:
                cut.append((line[at : spot.start], None))
            cut.append((spot.words, spot))
            at = spot.end
        if at < len(line):
            cut.append((line[at:], None))
        if cut:
            yield kind, cut


def offered(figures: Iterable[Figure]) -> list[tuple[str, list[Figure]]]:
    """The figures a writer may bind, in groups: the town, its leagues, each unit."""
    groups: dict[str, list[Figure]] = {}
    for one in figures:
        if one.subject.startswith("unit-"):
            name = one.name.removesuffix(WORDS[one.kind].label)
        else:
            name = {TOWN: "全镇", OFFICES: "办公室", VILLAGES: "村（社区）"}[one.subject]
        groups.setdefault(name, []).append(one)
    return list(groups.items())
