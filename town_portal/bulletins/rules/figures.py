"""The figures of a bulletin: what the tables say, each with a name that a sentence can be bound to.

``of`` makes them from a scored quarter; they are plain values, so that an issued bulletin keeps
exactly these.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from town_portal.scoring.rules.scheme import Fact, figure
from town_portal.scoring.rules.score import Result, Score
from town_portal.statistics.rules.ranking import League

F = Fact
BEST = 3
"""How many are named as the first of their league."""


class Kind(StrEnum):
    """What is measured; the value stands in a figure's key."""

    UNITS = "units"
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    ADOPTION = "adoption"
    FIRST_PASS = "first_pass"  # noqa: S105 - a measure
    TIMELY = "timely"
    LATE = "late"
    RETURNS = "returns"
    AMENDED = "amended"
    ADOPTED = "adopted"
    FAULTS = "faults"
    ZERO = "zero"
    SCORE = "score"
    RANK = "rank"
    SUBMITTED_CHANGE = "submitted_change"
    PUBLISHED_CHANGE = "published_change"
    ORDERED = "ordered"
    DONE = "done"
    OVERDUE = "overdue"
    NAMES = "names"


K = Kind


@dataclass(frozen=True, slots=True)
class Word:
    """How a measure is called and counted in sentences."""

    label: str
    """In a figure's name: 报送数."""
    said: tuple[str, ...]
    """What a sentence says when it speaks of it, the most telling first."""
    after: tuple[str, ...]
    """What may stand after its number."""


_ITEMS = ("条", "件", "篇", "则")
WORDS: dict[Kind, Word] = {
    K.UNITS: Word("单位数", ("单位",), ("个",)),
    K.SUBMITTED: Word("报送数", ("报送", "上报", "报来"), _ITEMS),
    K.PUBLISHED: Word("采用数", ("采用发布", "采用", "发布"), _ITEMS),
    K.ADOPTION: Word("采用率", ("采用率",), ("%", "％")),
    K.FIRST_PASS: Word("一次通过率", ("一次通过率", "一次通过"), ("%", "％")),
    K.TIMELY: Word("三天内发布率", ("三天内发布率", "黄金期内发布率", "及时率", "三天内发布"), ("%", "％")),
    K.LATE: Word("逾期数", ("逾期", "超过三天", "不及时"), _ITEMS),
    K.RETURNS: Word("退回次数", ("退回",), ("次", "条", "件")),
    K.AMENDED: Word("撤改数", ("撤改", "撤下", "更正"), _ITEMS),
    K.ADOPTED: Word("上级采用数", ("上级渠道采用", "渠道采用", "上级采用"), _ITEMS),
    K.FAULTS: Word("差错数", ("差错",), ("处", "个", "条")),
    K.ZERO: Word("零报送单位数", ("零报送", "没有报送"), ("个",)),
    K.SCORE: Word("得分", ("综合分", "得分", "总分"), ("分",)),
    K.RANK: Word("名次", ("排名第", "名次", "排第", "列第"), ("名", "位")),
    K.SUBMITTED_CHANGE: Word("报送比上季", (), _ITEMS),
    K.PUBLISHED_CHANGE: Word("采用比上季", (), _ITEMS),
    K.ORDERED: Word("上期整改事项数", ("整改事项", "整改"), ("项", "件")),
    K.DONE: Word("上期整改销号数", ("销号", "办结"), ("项", "件")),
    K.OVERDUE: Word("上期整改超期数", ("超期",), ("项", "件")),
    K.NAMES: Word("名单", (), ()),
}

CHANGES = {K.SUBMITTED: K.SUBMITTED_CHANGE, K.PUBLISHED: K.PUBLISHED_CHANGE}
COMPARED = ("比上季", "较上季", "环比", "比上期", "较上期")
COUNTS: dict[Kind, Fact] = {
    K.SUBMITTED: F.SUBMITTED,
    K.PUBLISHED: F.PUBLISHED,
    K.LATE: F.LATE,
    K.RETURNS: F.RETURNS,
    K.AMENDED: F.AMENDED,
    K.ADOPTED: F.ADOPTED,
    K.FAULTS: F.FAULT,
}
"""Measures that are plain counts of one fact."""
RATES: dict[Kind, tuple[Fact, tuple[Fact, ...]]] = {
    K.ADOPTION: (F.PUBLISHED, (F.SUBMITTED,)),
    K.FIRST_PASS: (F.FIRST_PASS, (F.PUBLISHED,)),
    K.TIMELY: (F.TIMELY, (F.TIMELY, F.LATE)),
}
"""Measures that are shares: above the line, below it."""

TOWN, OFFICES, VILLAGES = "town", "offices", "villages"
SUBJECTS = {TOWN: "全镇", OFFICES: "办公室", VILLAGES: "村（社区）"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the tables."""

    key: str
    """As in town.submitted, unit-12.score: the same for every quarter."""
    name: str
    """What it is called where a sentence is bound to it; no two are called alike."""
    kind: Kind
    subject: str
    """town, offices, villages, or unit-12."""
    value: str
    """What is printed: 195, 73.3%, 98.5, 多24."""
    number: str | None = None
    """The number in it, exact decimal text; None for words."""


def percent(part: int, whole: int) -> Decimal | None:
    """A share in per cent with one decimal, halves up; None without anything to divide by."""
    if not whole:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Righted:
    """上期督促整改, counted: how many were ordered, are done, and past their limit."""

    ordered: int = 0
    done: int = 0
    overdue: int = 0


def of(result: Result, before: Result | None, righted: Righted) -> list[Figure]:
    """Every figure of a quarter. ``before``: the quarter before it, for comparisons; None where there is none."""
    found = [
        *_group(TOWN, result.scores),
        *_group(OFFICES, result.leagues[League.OFFICES]),
        *_group(VILLAGES, result.leagues[League.VILLAGES]),
        _count(TOWN, K.ZERO, len(result.zero_filing)),
        _names("零报送单位", [name for _, name in result.zero_filing]),
        _names("黄金期外发布较多的单位", _most(result.scores, F.LATE)),
        _names("退回较多的单位", _most(result.scores, F.RETURNS)),
        _names("有差错的单位", _most(result.scores, F.FAULT, 31)),
    ]
    if before is not None:
        for kind, change in CHANGES.items():
            now, then = (_sum(one.scores, COUNTS[kind]) for one in (result, before))
            found.append(_moved(change, now - then))
    for kind, count in ((K.ORDERED, righted.ordered), (K.DONE, righted.done), (K.OVERDUE, righted.overdue)):
        found.append(Figure(f"{TOWN}.{kind}", WORDS[kind].label, kind, TOWN, str(count), str(count)))
    for league, scores in result.leagues.items():
        found.append(_names(f"{league.label}前{BEST}名", [one.unit for one in scores if one.rank and one.rank <= BEST]))
    for score in result.scores:
        found += _group(f"unit-{score.unit_id}", (score,), score.unit)
        found.append(_exact(f"unit-{score.unit_id}", K.SCORE, score.total, score.unit))
        if score.rank is not None:
            found.append(_count(f"unit-{score.unit_id}", K.RANK, score.rank, score.unit))
    return found


def _group(subject: str, scores: Iterable[Score], name: str = "") -> list[Figure]:
    scores = tuple(scores)
    found = [] if name else [_count(subject, K.UNITS, len(scores))]
    found += [_count(subject, kind, _sum(scores, fact), name) for kind, fact in COUNTS.items()]
    for kind, (part, whole) in RATES.items():
        share = percent(_sum(scores, part), sum(_sum(scores, one) for one in whole))
        words, number = ("—", None) if share is None else (f"{share}%", str(share))
        found.append(Figure(f"{subject}.{kind}", _called(subject, kind, name), kind, subject, words, number))
    return found


def _sum(scores: Iterable[Score], fact: Fact) -> int:
    return sum(score.figures.get(fact, 0) for score in scores)


def _called(subject: str, kind: Kind, name: str) -> str:
    return f"{name or SUBJECTS[subject]}{WORDS[kind].label}"


def _count(subject: str, kind: Kind, count: int, name: str = "") -> Figure:
    return Figure(f"{subject}.{kind}", _called(subject, kind, name), kind, subject, str(count), str(count))


def _exact(subject: str, kind: Kind, value: Fraction, name: str) -> Figure:
    words = figure(value)
    return Figure(f"{subject}.{kind}", _called(subject, kind, name), kind, subject, words, words.replace("−", "-"))


def _moved(kind: Kind, by: int) -> Figure:
    words = f"多{by}" if by >= 0 else f"少{-by}"
    return Figure(f"{TOWN}.{kind}", WORDS[kind].label, kind, TOWN, words, str(abs(by)))


def _names(name: str, names: Sequence[str]) -> Figure:
    return Figure(f"names.{name}", name, K.NAMES, TOWN, "、".join(names) or "无")


def _most(scores: Iterable[Score], fact: Fact, most: int = BEST) -> list[str]:
    having = [one for one in scores if one.figures.get(fact, 0)]
    return [one.unit for one in sorted(having, key=lambda one: (-one.figures.get(fact, 0), one.order))[:most]]


def to_plain(figures: Iterable[Figure]) -> list[list[Any]]:
    """The figures as plain JSON values."""
    return [[one.key, one.name, one.kind.value, one.subject, one.value, one.number] for one in figures]


def from_plain(plain: Iterable[Sequence[Any]]) -> list[Figure]:
    """The same figures again."""
    return [Figure(key, name, Kind(kind), subject, value, number) for key, name, kind, subject, value, number in plain]
