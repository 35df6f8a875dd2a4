"""双人复核: whoever wrote a text, or signed one stage of it, signs no other stage.

Neither through a deputy's post, a second post, nor as leave cover for one of those hands.
"""

from collections.abc import Collection, Iterable, Sequence

from town_portal.foundation.errors import Refused
from town_portal.submissions.rules.lifecycle import State

Hands = Iterable[tuple[int, State]]
"""(person, DRAFT for writing or the stage that was signed)."""


def objection(persons: Collection[int], hands: Hands, stage: State) -> str | None:
    """Why these persons (the signer and whomever he stands in for) may not sign a stage; None if they may."""
    for person, touched in hands:
        if person not in persons:
            continue
        if touched is State.DRAFT:
            return "这篇稿件您写过或改过（或者您代的就是写稿人），不能自己签。请由本岗位其他人签，或请党政和人大办公室安排代理。"
        if touched is not stage:
            return f"您已经在“{touched.label.removeprefix('待')}”签过字，同一篇不能签两道。请由本岗位其他人签。"
    return None


def check(persons: Collection[int], hands: Hands, stage: State) -> None:
    """Refuse a signature that would join two hands in one."""
    if reason := objection(persons, hands, stage):
        raise Refused(reason)


def unstaffed(signers: Sequence[Collection[int]]) -> int | None:
    """The first stage that nobody could sign, when no person may sign two; None when all can be staffed.

    ``signers`` are the people of each stage's post against whom there is no objection.
    """
    for length in range(1, len(signers) + 1):
        if not _match([set(people) for people in signers[:length]]):
            return length - 1
    return None


def _match(choices: Sequence[set[int]], taken: frozenset[int] = frozenset()) -> bool:
    if not choices:
        return True
    return any(_match(choices[1:], taken | {person}) for person in choices[0] - taken)
