"""Spotted: a finding of the proofreader where it stands in an item, for people to look at and answer."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from town_portal.files.rules.contents.contents import Kind
from town_portal.proofreading.rules.finding import NEVER_OVERRIDDEN, Family, Finding, Severity

AROUND = 12
"""Signs of the text shown before and after the words that are meant."""
SHORTEST_REASON = 4
"""Signs of a reason that says something."""
WEIGHTS = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.HINT: 2}


class Answer(StrEnum):
    """What can be said to a finding instead of mending it."""

    RIGHT = "right"
    CONTESTED = "contested"
    OVERRIDDEN = "overridden"

    @property
    def label(self) -> str:
        """The words in Chinese."""
        return {"right": "看过，没有错", "contested": "没有写错，请审核人定", "overridden": "审核人放行"}[self.value]


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
    def weighs(self) -> bool:
        """Has to be mended or answered; a hint has not."""
        return self.severity is not Severity.HINT

    @property
    def waivable(self) -> bool:
        """A reviewer may let it pass with a reason: anything but personal data, secrecy and a file not read yet."""
        waived = isinstance(self.family, Family) and self.family not in NEVER_OVERRIDDEN
        return self.severity is Severity.BLOCK and waived

    @property
    def exceptable(self) -> bool:
        """The town may decide that these words are no error: anything that weighs but personal data and secrecy."""
        return self.weighs and isinstance(self.family, Family) and self.family not in NEVER_OVERRIDDEN

    @property
    def key(self) -> str:
        """The same for the same finding in the same surroundings: what an answer is given to."""
        told = f"{self.place}|{self.family}|{self.before}|{self.words}|{self.after}"
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def spotted(place: str, text: str, findings: Iterable[Finding]) -> list[Spotted]:
    """The findings of one text with their words, the weightiest first."""
    found = [one_spotted(place, text, one) for one in findings]
    return sorted(found, key=lambda one: WEIGHTS[one.severity])


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


def answer_to(one: Spotted, reason: str, *, drafting: bool) -> Answer | None:
    """What a reply means: a tick under a warning, a reason under what must be mended. None: it says nothing.

    The drafter's reason asks the reviewer, a reviewer's lets the words pass. Personal data and
    secrecy take no reply, nor do hints.
    """
    if one.severity is Severity.WARN:
        return Answer.RIGHT
    if one.waivable and len(reason) >= SHORTEST_REASON:
        return Answer.CONTESTED if drafting else Answer.OVERRIDDEN
    return None


def still_open(
    found: Iterable[Spotted], said: Mapping[str, Collection[Answer]], *, drafting: bool = False
) -> list[Spotted]:
    """The findings that keep a text from going on; ``said`` holds the answers by the findings' keys.

    A warning is settled by anybody who looked at it. What must be mended is settled by a reviewer's
    reason; the drafter's carries it as far as the reviewer. Personal data and secrecy by nothing.
    """
    enough = {Answer.OVERRIDDEN, Answer.CONTESTED} if drafting else {Answer.OVERRIDDEN}
    return [
        one
        for one in found
        if (one.severity is Severity.WARN and not said.get(one.key))
        or (one.severity is Severity.BLOCK and not (one.waivable and enough.intersection(said.get(one.key, ()))))
    ]


def objection(open_: Iterable[Spotted], *, drafting: bool = False) -> str | None:
    """Why a text with these findings does not go on, and what to do; None when none is left."""
    left = list(open_)
    never = [one for one in left if one.severity is Severity.BLOCK and not one.waivable]
    must = [one for one in left if one.waivable]
    warned = [one for one in left if one.severity is Severity.WARN]
    if never:
        way = "必须改掉，谁也不能放行" if drafting else "谁也不能放行，请退回修改"
        return f"有 {len(never)} 处个人信息或涉密标志，{way}：{_first(never)}"
    if must:
        way = "必须改；确实没有写错的，写明理由请审核人定" if drafting else "必须改。请退回，或写明理由放行"
        return f"有 {len(must)} 处{way}：{_first(must)}"
    if warned:
        return f"还有 {len(warned)} 处提示没有核对：{_first(warned)}"
    return None


def _first(spotted_: list[Spotted]) -> str:
    return "；".join(one.message for one in spotted_[:3])
