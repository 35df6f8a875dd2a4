"""Attached: what the proofreader says about one attachment, with the place in the file where it stands."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from town_portal.files.rules.contents.contents import Concern, Contents, Kind, listed
from town_portal.proofreading.rules.finding import Finding, Severity
from town_portal.submissions.rules.spotted import Spotted, one_spotted

MOST_SHOWN = 3
"""Findings of one family in one file that are shown one by one: a list of names has thousands."""
_HINTS = frozenset({Kind.AUTHOR, Kind.REMOVED})


@dataclass(frozen=True, slots=True)
class Attached:
    """One attachment after it was read: what was read in it, in words, and what was found."""

    told: str
    found: tuple[Spotted, ...]

    @property
    def counts(self) -> list[tuple[Severity, int]]:
        """How many findings of each weight, the weightiest first; a weight without any is left out."""
        counted = Counter(one.severity for one in self.found)
        return [(severity, counted[severity]) for severity in Severity if counted[severity]]


def attached(name: str, contents: Contents, findings_in: Callable[[str], Iterable[Finding]]) -> Attached:
    """The findings and concerns of an attachment, the weightiest first; ``findings_in`` proofreads some words."""
    found = [*_counted(name, _findings(name, contents, findings_in)), *(_worry(name, one) for one in contents.concerns)]
    order = list(Severity)
    places = listed(dict.fromkeys(part.place for part in contents.parts))
    told = f"机器读了 {contents.characters:,} 字：{places}" if contents.parts else "机器没有读到文字"
    return Attached(told, tuple(sorted(found, key=lambda one: order.index(one.severity))))


def not_read(name: str) -> Attached:
    """An attachment that was not read yet goes nowhere."""
    words = "这个附件还在检查，请等一两分钟，刷新后再送审。"
    waiting = Spotted(_place(name), Kind.UNREAD, Severity.BLOCK, name, "", "", words, None)
    return Attached("机器还没有读", (waiting,))


def _place(name: str, inside: str = "") -> str:
    return f"附件《{name}》{inside}"


def _findings(name: str, contents: Contents, findings_in: Callable[[str], Iterable[Finding]]) -> Iterator[Spotted]:
    for part in contents.parts:
        for one in findings_in(part.words):
            yield replace(one_spotted(_place(name, part.place_of(one.start)), part.words, one), suggestion=None)


def _counted(name: str, found: Iterable[Spotted]) -> Iterator[Spotted]:
    """The first few of each family; of the others how many there are, at the place of the next one."""
    seen: Counter[str] = Counter()
    next_ones: dict[str, Spotted] = {}
    for one in found:
        seen[one.family] += 1
        if seen[one.family] <= MOST_SHOWN:
            yield one
        else:
            next_ones.setdefault(one.family, one)
    for family, one in next_ones.items():
        left = seen[family] - MOST_SHOWN
        message = f"《{name}》里还有 {left} 处“{one.family.label}”，从这一处起，请逐处检查。"
        yield replace(one, message=message)


def _worry(name: str, concern: Concern) -> Spotted:
    severity = Severity.HINT if concern.kind in _HINTS else Severity.WARN
    return Spotted(_place(name, concern.place), concern.kind, severity, concern.words, "", "", concern.message, None)
