"""What is measured, in words and in numbers.

Every measure belongs to a unit and a quarter of Shanghai days. An item lies in exactly one
quarter of every measure, and what happens after a quarter's end does not change its figures:

- an item is 报送 in the quarter of its first handing in, whatever became of it later;
- it is 采用发布 in the quarter of its publication, even if it was withdrawn later;
- a timely item counts for timeliness in the quarter of its publication, a late one in the quarter
  in which it became late: the first day on which it was handed in, its golden days were over and
  it was not public. Publishing it in a later quarter does not count it a second time.

Only a corrected event date reaches back: lateness is counted from the day on which the thing happened,
not from the day somebody wrote by mistake.

更正稿 are counted once, as 发布后撤改 of the item they correct, and nowhere else.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum
from fractions import Fraction

MINIMUM = 3
"""A rate of fewer items than this says nothing and is not ranked by."""


class Measure(StrEnum):
    """One countable thing; the value is its name in addresses."""

    SUBMITTED = "submitted"
    PUBLISHED = "published"
    FIRST_PASS = "first-pass"
    REWORKED = "reworked"
    RETURNS = "returns"
    AMENDED = "amended"
    TIMELY = "timely"
    LATE = "late"
    REPORTED_LATE = "reported-late"


M = Measure


@dataclass(frozen=True, slots=True)
class Definition:
    """A measure for people: its name, what one of it is called, and what exactly is counted."""

    measure: Measure
    label: str
    one: str
    sentence: str
    of: tuple[Measure, ...] = ()
    """For a rate: the measures that make up its denominator; the measure itself is the numerator."""

    @property
    def rate_label(self) -> str:
        """The name of the rate: 一次通过率."""
        return f"{self.label}率"


DEFINITIONS: dict[Measure, Definition] = {
    definition.measure: definition
    for definition in (
        Definition(
            M.SUBMITTED,
            "报送",
            "件",
            "第一次送审的日子在本季度的稿件。退回后再报、撤回后再报都不重复算；后来存档或作废的也算报送过。更正稿不算。",
        ),
        Definition(
            M.PUBLISHED,
            "采用发布",
            "条",
            "发布的日子在本季度的信息。后来撤下的仍算发布过，另记一条“发布后撤改”。更正稿替换原文，不另算一条。",
        ),
        Definition(
            M.FIRST_PASS,
            "一次通过",
            "条",
            "本季度发布的信息里，从报送到发布一次也没有被退回的。一次通过率 ＝ 一次通过 ÷ 采用发布。信息员自己撤回不算退回。",
            (M.FIRST_PASS, M.REWORKED),
        ),
        Definition(M.REWORKED, "退回过再发布", "条", "本季度发布的信息里，发布前被退回过至少一次的。"),
        Definition(
            M.RETURNS,
            "退回",
            "次",
            "本季度里审核人或发布员退回稿件的次数，一件被退回两次算两次。更正稿被退回不算。",
        ),
        Definition(
            M.AMENDED,
            "发布后撤改",
            "条",
            "本季度里被撤下或者被更正的信息，不论哪个季度发布的。同一条在本季度改了几次、改了又撤，都只算一条。",
        ),
        Definition(
            M.TIMELY,
            "黄金期内发布",
            "条",
            "在黄金期内（事件当天起，到规定的最后一天为止）发布的信息，算在发布的季度。"
            "黄金期内发布率 ＝ 黄金期内发布 ÷（黄金期内发布 ＋ 逾期）。",
            (M.TIMELY, M.LATE),
        ),
        Definition(
            M.LATE,
            "逾期",
            "件",
            "已经报送、主动公开、过了黄金期还没有发布的稿件，不论后来发没发布。算在变成逾期的那一天所在的季度"
            "（黄金期的第二天；那时还没报送的，算报送那天），后面的季度发布了也不再算第二次。"
            "季度结束前作废的，以及存档不上网的，不算。",
        ),
        Definition(M.REPORTED_LATE, "报来已过黄金期", "件", "本季度报送的稿件里，第一次送审时黄金期已经过了的。"),
    )
}


def family_of(measure: Measure) -> Definition | None:
    """The rate a measure is a part of; None for a bare count."""
    return next((definition for definition in DEFINITIONS.values() if measure in definition.of), None)


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of a whole. Fewer than ``MINIMUM`` in the whole give no value."""

    part: int
    whole: int

    @property
    def value(self) -> Fraction | None:
        """The exact share, or None when there are too few to speak of one."""
        return Fraction(self.part, self.whole) if self.whole >= MINIMUM else None

    @property
    def percent(self) -> int | None:
        """The share in whole per cent, halves rounded up; None when there is no value."""
        return (200 * self.part + self.whole) // (2 * self.whole) if self.whole >= MINIMUM else None

    @property
    def words(self) -> str:
        """71%, or — when there is no value."""
        return "—" if self.percent is None else f"{self.percent}%"


@dataclass(frozen=True, slots=True)
class Figures:
    """The counts of one unit, or of several together, in one quarter. They add up."""

    submitted: int = 0
    published: int = 0
    first_pass: int = 0
    returns: int = 0
    amended: int = 0
    timely: int = 0
    late: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*(getattr(self, name) + getattr(other, name) for name in COUNTED))

    @property
    def reworked(self) -> int:
        """Published after at least one return."""
        return self.published - self.first_pass

    @property
    def first_pass_rate(self) -> Rate:
        """一次通过率."""
        return Rate(self.first_pass, self.published)

    @property
    def timely_rate(self) -> Rate:
        """黄金期内发布率."""
        return Rate(self.timely, self.timely + self.late)

    @property
    def empty(self) -> bool:
        """Nothing at all happened."""
        return self == NOTHING


COUNTED = tuple(field.name for field in fields(Figures))
NOTHING = Figures()


def total(figures: Iterable[Figures]) -> Figures:
    """Several figures as one."""
    return sum(figures, NOTHING)
