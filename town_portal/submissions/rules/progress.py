"""Where an item is on its way, as people read it: each step done, now, late, or to come."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class StepShown:
    """One dot of the chain."""

    title: str
    kind: str
    """done | now | over | todo."""
    who: str = ""
    at: datetime | None = None
    """When it was done (UTC)."""
    due_at: datetime | None = None
    """Until when it should be done (UTC), for the step at hand."""
