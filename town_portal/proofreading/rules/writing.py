"""Writing: a text as the checks read it. Normalised once, with the way back to where each sign stood.

Full-width figures and letters become half-width, signs that nobody sees fall away. Chinese
punctuation stays as it is: two checks are about nothing else.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from town_portal.proofreading.rules.finding import Family, Finding, Severity, found

_FIRST_WIDE, _LAST_WIDE, _WIDER = "\uff01", "\uff5e", 0xFEE0
UNDERLINED = 32
"""So many signs at most are marked for a fault of two places."""
INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad")
_KEPT_WIDE = frozenset("，。；：？！（）【】《》“”‘’、…—～·　￥")
_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；]?[”’）]*")


_FOLDED: dict[int, str | None] = {
    **{
        ord(sign): chr(ord(sign) - _WIDER)
        for sign in map(chr, range(ord(_FIRST_WIDE), ord(_LAST_WIDE) + 1))
        if sign not in _KEPT_WIDE
    },
    **{ord(sign): None for sign in INVISIBLE},
    ord("\u00a0"): " ",
}
"""A full-width letter, figure or sign of reckoning → its half-width twin; signs that nobody sees → nothing."""


@dataclass(frozen=True)
class Writing:
    """One text and what is known about it.

    ``text`` is what was given; all checks read ``plain`` and answer in its places, which
    ``Writing.finding`` carries back.
    """

    text: str
    day: date | None = None
    """The day of publishing, as far as it is known: what a text is judged by."""
    title: str = ""
    """The title above a body; empty when the text is the title itself."""
    is_title: bool = False
    prior: tuple[str, ...] = ()
    """Earlier items, for 雷同."""
    captions: tuple[str, ...] = ()
    attachments: int | None = None
    """How many files go with the text; None where nobody knows."""
    halfwidth_source: bool = False
    """The text was taken from a source that folds punctuation; its width says nothing."""
    _places: list[int] = field(default_factory=list, compare=False, repr=False)

    @cached_property
    def plain(self) -> str:
        """The normalised text."""
        seen: Sequence[int] = range(len(self.text))
        if not INVISIBLE.isdisjoint(self.text):
            seen = [place for place in seen if self.text[place] not in INVISIBLE]
        self._places[:] = [*seen, len(self.text)]
        return self.text.translate(_FOLDED)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of ``plain`` stands in the text as it was given."""
        _ = self.plain
        if start >= end:
            return self._places[start], self._places[start]
        return self._places[start], self._places[end - 1] + 1

    def finding(
        self,
        family: Family,
        start: int,
        end: int,
        message: str,
        suggestion: str | None = None,
        severity: Severity | None = None,
    ) -> Finding:
        """A finding at a stretch of ``plain``."""
        return found(family, self.span(start, end), message, suggestion, severity)

    def both(self, family: Family, first: tuple[int, int], second: tuple[int, int], message: str) -> Finding:
        """A finding about two places of ``plain``: at both when they stand close together, else at the second."""
        near = second[1] - first[0] <= UNDERLINED
        return self.finding(family, first[0] if near else second[0], second[1], message)

    def matches(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Every match of a pattern in ``plain``."""
        return pattern.finditer(self.plain)

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """The sentences of ``plain`` as (start, end), their final marks included."""
        return [match.span() for match in _SENTENCE.finditer(self.plain) if match.group().strip()]

    @cached_property
    def paragraphs(self) -> list[tuple[int, int]]:
        """The paragraphs of ``plain`` as (start, end)."""
        return [match.span() for match in re.finditer(r"[^\n]+", self.plain)]
