"""Spotted: a finding of the proofreader where it stands in an item, for people to look at and answer."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from town_portal.files.rules.contents.contents import Kind
from town_portal.proofreading.rules.finding import Family, Finding, Severity

AROUND = 12
"""Signs of the text shown before and after the words that are meant."""
_ORDER = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.HINT: 2}


@dataclass(frozen=True, slots=True)
class Spotted:
    """One finding: ``place`` (标题, 正文, 附件名), the words that are meant, and what stands around them."""

    place: str
    family: Family | Kind
    """Of the words, or of what is wrong with an attachment as a file."""
    severity: Severity
    words: str
    before: str
    after: str
    message: str
    suggestion: str | None

    @property
    def key(self) -> str:
        """The same for the same finding in the same surroundings: what an answer is given to."""
        told = f"{self.place}|{self.family}|{self.before}|{self.words}|{self.after}"
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def spotted(place: str, text: str, findings: Iterable[Finding]) -> list[Spotted]:
    """The findings of one text with their words, the weightiest first."""
    found = [one_spotted(place, text, one) for one in findings]
    return sorted(found, key=lambda one: _ORDER[one.severity])


def one_spotted(place: str, text: str, one: Finding) -> Spotted:
    """A finding of a text with its words and what stands around them."""
    return Spotted(
        place,
        one.family,
        one.severity,
        text[one.start : one.end],
        text[max(0, one.start - AROUND) : one.start].rsplit("\n", 1)[-1],
        text[one.end : one.end + AROUND].split("\n", 1)[0],
        one.message,
        one.suggestion,
    )


def blocking(found: Iterable[Spotted]) -> list[Spotted]:
    """What must be mended before an item goes on."""
    return [one for one in found if one.severity is Severity.BLOCK]


def unanswered(found: Iterable[Spotted], answered: Collection[str]) -> list[Spotted]:
    """The warnings nobody has looked at yet; ``answered`` are their keys."""
    return [one for one in found if one.severity is Severity.WARN and one.key not in answered]
