"""What was found when: before handing in, by reviewers, after publication; and errors per 10,000 signs."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

PER = 10_000


@dataclass(frozen=True, slots=True)
class Seen:
    """A finding of a version as it was read: its key and its family."""

    key: str
    family: str


@dataclass(slots=True)
class Tally:
    """Counts of one unit, one family, or the town."""

    signs: int = 0
    """Signs of text published for the first time."""
    mended: int = 0
    """Found and gone before the text was handed in."""
    explained: int = 0
    """Still there when it was handed in: somebody said why."""
    returned: int = 0
    """Places reviewers marked, or returns without marks."""
    late: int = 0
    """Found after publication and not explained, and corrections."""

    @property
    def rate(self) -> float | None:
        """Errors after publication per 10,000 signs; None where nothing was published."""
        return self.late * PER / self.signs if self.signs else None


def whole(parts: Iterable[Tally]) -> Tally:
    """Several tallies in one."""
    sum_ = Tally()
    for part in parts:
        sum_.signs += part.signs
        sum_.mended += part.mended
        sum_.explained += part.explained
        sum_.returned += part.returned
        sum_.late += part.late
    return sum_


def gone(versions: Iterable[Collection[Seen]]) -> list[Seen]:
    """Of all that was found in any version, what the last one no longer holds; each finding once.

    ``versions`` are what was found in the versions saved before an item was first handed in, in order.
    """
    every: dict[str, Seen] = {}
    last: set[str] = set()
    for found in versions:
        every.update((one.key, one) for one in found)
        last = {one.key for one in found}
    return [one for key, one in every.items() if key not in last]
