"""When a job's turn comes: slots, what was missed, back-off, leases, alarms.

Everything the house does by itself is cut into slots: an instant belongs to exactly one slot of a job,
every worker on every machine computes the same one, and a slot is run once. Instants are UTC; days and
times of day are those of Asia/Shanghai.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

from town_portal.foundation import clock

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST_WAIT = timedelta(seconds=15)
"""How long a job that failed waits before it is tried again; each further try waits four times as long."""
LONGEST_WAIT = timedelta(hours=1)
TRIES_BEFORE_ALARM = 5
"""So often at least it is tried before it has gone without success for too long."""


class RunOutcome(StrEnum):
    """How a run ended."""

    DONE = "done"
    FAILED = "failed"
    LOST = "lost"

    @property
    def label(self) -> str:
        """The outcome in Chinese."""
        return {"done": "办完", "failed": "没有办成", "lost": "中途断了"}[self.value]


@dataclass(frozen=True, slots=True)
class Every:
    """One slot after the other, each as long as the others, counted from 1970 on."""

    length: timedelta

    def slot(self, moment: datetime) -> datetime:
        """The beginning of the slot an instant belongs to."""
        return moment - (moment - _EPOCH) % self.length

    def after(self, moment: datetime) -> datetime:
        """The beginning of the next slot."""
        return self.slot(moment) + self.length


@dataclass(frozen=True, slots=True)
class Daily:
    """A slot a day, from a time of day in Shanghai until the same time of the next day."""

    at: time

    def slot(self, moment: datetime) -> datetime:
        """The beginning of the slot an instant belongs to: today's, or yesterday's before the time has come."""
        today = clock.day_of(moment)
        begins = clock.instant(today, self.at)
        return begins if begins <= moment else clock.instant(today - timedelta(days=1), self.at)

    def after(self, moment: datetime) -> datetime:
        """The beginning of the next slot."""
        return clock.instant(clock.day_of(self.slot(moment)) + timedelta(days=1), self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Something the house does by itself again and again."""

    name: str
    label: str
    rhythm: Every | Daily
    does: Callable[..., int | None]
    """Does it, and says how much there was to do. It is given its turn."""
    alarm: timedelta
    """So long without success is an alarm."""
    lease: timedelta = timedelta(minutes=5)
    """So long it belongs to who began it, counted from its last sign of life; then another may begin it."""
    rest: timedelta | None = None
    """So long a slot may go by unused after a success, while there is nothing to do."""
    wanted: Callable[[datetime], bool] | None = None
    """Whether there is something to do, of a job that rests: asked with when it was last begun; only reads."""


@dataclass(frozen=True, slots=True)
class Last:
    """The newest run of a job, as far as its next turn depends on it."""

    slot: datetime
    started_at: datetime
    lease_until: datetime
    finished_at: datetime | None = None
    outcome: RunOutcome | None = None
    attempts: int = 1


def due(
    job: Job, last: Last | None, now: datetime, wanted: Callable[[datetime], bool] | None = None
) -> datetime | None:
    """The slot to run now, or None.

    Slots that were missed are not made up for: the newest is run, once. A run whose lease ran out was lost with
    its worker, and is begun again. A failure is tried again, later and later. ``wanted`` is the job's own
    question unless told otherwise; it is asked only where the answer matters.
    """
    slot = job.rhythm.slot(now)
    if last is None:
        return slot
    if last.finished_at is None:
        return slot if last.lease_until <= now else None
    if last.outcome is RunOutcome.FAILED:
        return slot if again_at(job, last.finished_at, last.attempts) <= now else None
    if slot <= last.slot and last.outcome is RunOutcome.DONE:
        return None
    wanted = wanted or job.wanted
    if job.rest and wanted and last.outcome is RunOutcome.DONE and now < last.started_at + job.rest:
        return slot if wanted(last.started_at) else None
    return slot


def again_at(job: Job, failed_at: datetime, attempts: int) -> datetime:
    """When a job that failed so many times in a row is tried again: later and later, several times before its alarm."""
    times: int = 4 ** min(attempts - 1, 9)
    return failed_at + min(FIRST_WAIT * times, LONGEST_WAIT, job.alarm / TRIES_BEFORE_ALARM)


def late(job: Job, succeeded_at: datetime | None, watched_since: datetime | None, now: datetime) -> bool:
    """Has it gone without success for too long?

    A job that never succeeded is counted from when somebody began to watch; None: nobody watches, which is an
    alarm of its own.
    """
    since = succeeded_at or watched_since
    return since is not None and now - since > job.alarm


def span(length: timedelta) -> str:
    """A length of time in words: the largest unit that divides it."""
    seconds = round(length.total_seconds())
    for unit, word in ((86_400, "天"), (3_600, "小时"), (60, "分钟")):
        if seconds >= unit and seconds % unit == 0:
            return f"{seconds // unit} {word}"
    return f"{seconds} 秒"


def rhythm(job: Job) -> str:
    """How often a job has its turn, in words."""
    if isinstance(job.rhythm, Daily):
        return f"每天 {job.rhythm.at:%H:%M}"
    if job.rest and job.wanted:
        return f"有事就办，最少每 {span(job.rest)}看一次"
    return f"每 {span(job.rhythm.length)}"
