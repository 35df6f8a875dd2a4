"""Conditions 条件: the words by which a text allows, demands, forbids or limits something.

What must be, what may be, from where to where a figure reaches, who is meant. Offsets are those of the text given.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_CONDITION = re.compile(
    r"不应当|不应该|不得|不能|不可以?|不予|不准|不许|禁止|严禁|无需|不需要?|不用|不再"
    r"|应当|应该|必须|务必|须|需要|可以|准予|允许|免费|自愿|强制|限期"
    r"|不超过|不少于|不低于|不高于|不满|未满|年满|以上|以下|以内|以外|之内|之前|之后|起至|截至|截止"
    r"|仅限|限于|凡是?|除外|除了?|或者?|并且|且|同时|全部|部分|均|至少|最多"
    r"|本[村镇县市省]户籍|户籍|常住|低保|脱贫户?|五保|特困|残疾|退役军人"
)
"""``不`` comes first: 不得 and 得 mean opposite things."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One such word where it stands."""

    start: int
    end: int
    words: str


def conditions(text: str) -> Iterator[Condition]:
    """Every word that sets a condition, in order."""
    for match in _CONDITION.finditer(text):
        yield Condition(match.start(), match.end(), match.group())
