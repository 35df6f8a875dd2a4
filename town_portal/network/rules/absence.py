"""Who does the work of somebody on leave, and on which days nobody does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from town_portal.access.roles import Role
from town_portal.network.rules.appointment import Tenure

DAY = timedelta(days=1)
LONGEST_REASON = 100
CAN_WAIT = frozenset({Role.AUDITOR})
"""Nothing waits for them: their leave needs no cover."""


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody is away from one day to another, both included."""

    person_id: int
    starts_on: date
    ends_on: date
    id: int = 0

    def on(self, day: date) -> bool:
        """Is he away on a day?"""
        return self.starts_on <= day <= self.ends_on


def stand_ins(post: Tenure, day: date, posts: Iterable[Tenure], absences: Iterable[Absence]) -> list[Tenure]:
    """Who does the work of a post on a day without its holder, leave covers first, each person once.

    Whoever else holds the same role in the same unit and is not away himself: the one who stands in
    for him, then a deputy or a second holder.
    """
    away = {absence.person_id for absence in absences if absence.on(day)}
    able = [
        held
        for held in posts
        if (held.unit_id, held.role) == (post.unit_id, post.role)
        and held.person_id != post.person_id
        and held.person_id not in away
        and held.on(day)
    ]
    able.sort(key=lambda held: (held.acting_for_id != post.person_id, held.deputy))
    return list({held.person_id: held for held in reversed(able)}.values())[::-1]


def bare_since(
    post: Tenure, absence: Absence, today: date, posts: Sequence[Tenure], absences: Sequence[Absence]
) -> date | None:
    """The first day of the stretch on which nobody does the work of a post; None when somebody always does.

    Looks at what is left of the absence; a stretch that has begun is told from its beginning, so
    that its first day stays the same while it lasts. Days on which the post is not held do not count.
    """
    if post.acting_for_id is not None or post.role in CAN_WAIT:
        return None
    seat = [held for held in posts if (held.unit_id, held.role) == (post.unit_id, post.role)]
    first: date | None = None
    day = max(absence.starts_on, post.starts_on)
    last = min(absence.ends_on, post.ends_on or date.max)
    while day <= last:
        if stand_ins(post, day, seat, absences):
            first = None
        else:
            first = first or day
            if day >= today:
                return first
        day += DAY
    return None
