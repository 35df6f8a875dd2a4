"""Actions: what an event says was done."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """A stable English name for the code and a Chinese label for people."""

    name: str
    label: str
