"""What the figures would be today, held against those that were issued: unit by unit, figure by figure."""

from collections.abc import Iterable
from dataclasses import dataclass

from town_portal.bulletins.rules.figures import Figure, Kind
from town_portal.scoring.rules.score import Ref, Score


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure that would be another one today."""

    name: str
    kind: Kind
    subject: str
    then: str
    today: str


def moved(then: Iterable[Figure], today: Iterable[Figure]) -> list[Moved]:
    """Every figure that differs, in the order of the frozen ones; what is only on one side counts as —."""
    now = {one.key: one for one in today}
    frozen = {one.key: one for one in then}
    found = [
        Moved(one.name, one.kind, one.subject, one.value, now[one.key].value if one.key in now else "—")
        for one in frozen.values()
        if one.key not in now or now[one.key].value != one.value
    ]
    return found + [
        Moved(one.name, one.kind, one.subject, "—", one.value) for key, one in now.items() if key not in frozen
    ]


@dataclass(frozen=True, slots=True)
class Items:
    """Of one line of a unit's score: how many items stand behind it now that did not, and the other way round."""

    what: str
    more: tuple[Ref, ...]
    fewer: tuple[Ref, ...]


def items(then: Score, today: Score) -> list[Items]:
    """Line by line, the items that came or went."""
    old, new = ({one.key: one for one in score.lines} for score in (then, today))
    found = []
    for key in dict.fromkeys((*old, *new)):
        was = set(old[key].items) if key in old else set()
        has = set(new[key].items) if key in new else set()
        if was != has:
            line = new.get(key) or old[key]
            found.append(
                Items(
                    f"{line.rule}：{line.what}" if line.what else line.rule,
                    tuple(sorted(has - was)),
                    tuple(sorted(was - has)),
                )
            )
    return found
