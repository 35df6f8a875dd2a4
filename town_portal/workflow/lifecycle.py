"""A life as a table of moves. ``Lifecycle.take`` is the only line that changes a state."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from town_portal.access import policy
from town_portal.access.actor import SYSTEM, Actor
from town_portal.access.permissions import Permission
from town_portal.audit.rules.action import Action
from town_portal.foundation.errors import Moved


@dataclass(frozen=True, slots=True)
class Move(Action):
    """From where, to where, by whom, and the words for people, in one line.

    A move with several targets leaves the choice to the route of the thing at hand.
    """

    source: StrEnum
    targets: tuple[StrEnum, ...]
    permission: Permission


class Lifecycle:
    """All moves of one kind of thing."""

    def __init__(self, *moves: Move) -> None:
        self.moves = moves
        self._by_start = {(move.source, move.name): move for move in moves}
        if len(self._by_start) != len(moves):
            raise ValueError("two moves of one name start from one state")

    def __iter__(self) -> Iterator[Move]:
        return iter(self.moves)

    def find(self, state: StrEnum, name: str) -> Move:
        """The move of this name from this state; Moved when the table has none."""
        move = self._by_start.get((state, name))
        if move is None:
            raise Moved(f"这一件现在是“{state.label}”，不能这样办。请刷新页面看看最新情况。")  # type: ignore[attr-defined]
        return move

    def take(self, subject: Any, name: str, actor: Actor, target: StrEnum | None = None) -> Move:
        """Change the subject's state by a move, or refuse. Jobs of the system need no post."""
        move = self.find(subject.state, name)
        if actor is not SYSTEM:
            policy.check(actor, move.permission, subject)
        chosen = target or move.targets[0]
        if chosen not in move.targets or (target is None and len(move.targets) > 1):
            raise ValueError(f"{name} does not lead from {move.source} to {chosen}")
        subject.state = chosen
        return move
