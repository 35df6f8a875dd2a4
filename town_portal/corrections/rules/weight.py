"""How much a change weighs: by what the proofreader reads out of both texts, never by its length.

Figures, amounts, dates, names and conditions are read with the proofreader's own eyes; where any of them
differs, the change is a major one and the public is told (更正说明).
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import zip_longest

from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values import dates, facts, figures
from town_portal.proofreading.rules.values.conditions import conditions
from town_portal.proofreading.rules.writing import Writing


class Value(StrEnum):
    """What kind of value differs."""

    FIGURES = "figures"
    AMOUNTS = "amounts"
    DATES = "dates"
    NAMES = "names"
    CONDITIONS = "conditions"

    @property
    def label(self) -> str:
        """The word in Chinese."""
        return {"figures": "数字", "amounts": "金额", "dates": "日期时间", "names": "名称", "conditions": "条件"}[
            self.value
        ]


@dataclass(frozen=True, slots=True)
class Changed:
    """One value that differs: what stood there and what stands there now; either may be empty."""

    kind: Value
    before: str
    after: str

    def plain(self) -> dict[str, str]:
        """As it is stored."""
        return {"kind": self.kind.label, "before": self.before, "after": self.after}


@dataclass(frozen=True, slots=True)
class Told:
    """A text as the public reads it."""

    title: str
    body: str
    """Its words without markup."""
    day: date | None = None
    """The day of publication, by which its dates are completed."""


Seen = tuple[str, str]
"""(what a value means, the words it is written in)."""


def changed_values(old: Told, new: Told, lexicon: Lexicon) -> list[Changed]:
    """The values in which two texts differ, kind by kind; empty when only words differ."""
    found: list[Changed] = []
    for kind, read in _READERS.items():
        before, after = list(read(old, lexicon)), list(read(new, lexicon))
        gone, come = _left_over(before, after), _left_over(after, before)
        found += [Changed(kind, one or "", other or "") for one, other in zip_longest(gone, come)]
    return found


def _left_over(these: Iterable[Seen], those: Iterable[Seen]) -> list[str]:
    """The words of the values that stand here oftener than there."""
    spare = Counter(meaning for meaning, _ in those)
    words = []
    for meaning, written in these:
        if spare[meaning]:
            spare[meaning] -= 1
        else:
            words.append(written)
    return words


def _both(told: Told) -> tuple[Writing, Writing]:
    return Writing(told.title, told.day, is_title=True), Writing(told.body, told.day, told.title)


def _figures(told: Told, *, money: bool) -> Iterable[Seen]:
    for writing in _both(told):
        for one in figures.figures(writing.plain):
            if (one.kind == "money") is money:
                meaning = f"{one.before}|{one.value.normalize()}|{one.high}|{one.odd}|{one.unit}|{one.after}"
                yield meaning, writing.plain[max(0, one.start - len(one.before)) : one.end] + one.after


def _dates(told: Told, _lexicon: Lexicon) -> Iterable[Seen]:
    for writing in _both(told):
        read = dates.read(writing)
        for one in read.dates:
            yield f"{one.year}-{one.month}-{one.day}{one.part}{one.year_words}", read.text[one.start : one.end]
        for time in read.times:
            yield f"{time.period}{time.hour}:{time.minute}", read.text[time.start : time.end]
        for weekday in read.weekdays:
            yield f"{weekday.week}/{weekday.days}", read.text[weekday.start : weekday.end]
        for relative in read.relatives:
            words = read.text[relative.start : relative.end]
            yield words, words


def _names(told: Told, lexicon: Lexicon) -> Iterable[Seen]:
    for writing in _both(told):
        text = writing.plain
        for name in sorted(lexicon.own_names, key=len, reverse=True):
            for _ in range(text.count(name)):
                yield name, name
            text = text.replace(name, "\n" * len(name))  # 洛洞村 is not 洛洞 as well
        for person in facts.people(writing.plain):
            if person.name not in lexicon.own_names:
                yield person.name, person.name


def _conditions(told: Told, _lexicon: Lexicon) -> Iterable[Seen]:
    for writing in _both(told):
        for one in conditions(writing.plain):
            yield one.words, one.words


_READERS: dict[Value, Callable[[Told, Lexicon], Iterable[Seen]]] = {
    Value.FIGURES: lambda told, _: _figures(told, money=False),
    Value.AMOUNTS: lambda told, _: _figures(told, money=True),
    Value.DATES: _dates,
    Value.NAMES: _names,
    Value.CONDITIONS: _conditions,
}
