"""Faults of the invented year: when, from whom, and how far each has come. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from town_portal.corrections.rules.fault import FaultCause, FaultOrigin
from town_portal.corrections.rules.replacement import Change

STEPS = ("report", "confirm", "propose", "sign", "answer", "close", "case")
"""What happens to a fault one after the other."""
LATER = {"report": 0, "confirm": 22, "propose": 65, "sign": 88, "answer": 1530, "close": 2980, "case": 3010}
"""Minutes after the first word about it."""


@dataclass(frozen=True, slots=True)
class PlayedFault:
    """One fault: days before today, who found it, what caused it, after which step it stands still."""

    days: int
    origin: FaultOrigin
    cause: FaultCause
    last: str
    figures: bool
    """A figure was wrong; else only words."""


_O, _C = FaultOrigin, FaultCause
FAULTS = (
    PlayedFault(212, _O.MONITOR, _C.FIGURES, "case", figures=True),
    PlayedFault(168, _O.READER, _C.FIGURES, "case", figures=True),
    PlayedFault(131, _O.SUPERIOR, _C.WORDING, "close", figures=False),
    PlayedFault(96, _O.READER, _C.OTHER, "dismiss", figures=False),
    PlayedFault(74, _O.OWN, _C.FIGURES, "case", figures=True),
    PlayedFault(47, _O.MONITOR, _C.WORDING, "close", figures=False),
    PlayedFault(26, _O.READER, _C.FIGURES, "answer", figures=True),
    PlayedFault(6, _O.SPOT_CHECK, _C.FIGURES, "sign", figures=True),
    PlayedFault(2, _O.MONITOR, _C.WORDING, "propose", figures=False),
    PlayedFault(2, _O.OWN, _C.FIGURES, "confirm", figures=True),
    PlayedFault(1, _O.READER, _C.OTHER, "report", figures=False),
)
_FIGURE = re.compile(r"[\u4e00-\u9fff]{2,4}(\d{2,3})[户人亩米盏株份册]")
_WORDS = re.compile(r"[\u4e00-\u9fff]{3}\u4e86(?=[\u4e00-\u9fff]{3})")


def steps_of(fault: PlayedFault) -> Iterator[tuple[str, int]]:
    """(step, minutes after the first word) of a fault, in order."""
    for step in STEPS:
        yield step, LATER[step]
        if fault.last == "dismiss" and step == "report":
            yield "dismiss", LATER["confirm"]
            return
        if step == fault.last:
            return


def working_day(day: date) -> date:
    """The day, or the Friday before where it is a weekend's."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def changes(text: str, *, figures: bool) -> Iterator[Change]:
    """Small changes a text allows, each at a place that is there once."""
    for match in (_FIGURE if figures else _WORDS).finditer(text):
        words = match.group()
        if text.count(words) == 1:
            after = words.replace(match[1], str(int(match[1]) + 1)) if figures else words[:-1]
            yield Change(words, after)
