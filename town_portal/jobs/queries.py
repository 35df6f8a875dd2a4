"""Questions about the house's own work: what ran when, who is alive, what has gone without success for too long."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select

from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.jobs.models import JobRun, WorkerBeat
from town_portal.jobs.rules.timetable import Job, RunOutcome, late, rhythm, span

ALIVE = timedelta(minutes=1)
"""A worker not seen for so long is taken for gone."""


@dataclass(frozen=True, slots=True)
class Line:
    """One job as the page shows it."""

    job: Job
    rhythm: str
    under_way: JobRun | None
    """The run somebody has now; a lease that ran out is nobody's."""
    succeeded: JobRun | None
    failed: JobRun | None
    """The newest run that failed or was lost, if any is remembered."""
    next_at: datetime
    late: bool

    @property
    def at_once(self) -> bool:
        """Does it come as soon as there is something to do?"""
        return self.job.wanted is not None

    @property
    def failing(self) -> bool:
        """Has it failed since it last succeeded?"""
        return self.failed is not None and (self.succeeded is None or self.failed.id > self.succeeded.id)


def last_runs(names: Iterable[str]) -> dict[str, JobRun]:
    """The newest run of each job."""
    return _newest(names)


def board(timetable: Sequence[Job]) -> list[Line]:
    """Every job: when it last succeeded and failed, and when it comes next."""
    now, names = clock.now(), [job.name for job in timetable]
    last = last_runs(names)
    succeeded = _newest(names, JobRun.outcome == RunOutcome.DONE)
    failed = _newest(names, JobRun.outcome.in_((RunOutcome.FAILED, RunOutcome.LOST)))
    watched = _watched_since(workers())
    lines = []
    for job in timetable:
        newest, done = last.get(job.name), succeeded.get(job.name)
        running = newest if newest and newest.finished_at is None and newest.lease_until > now else None
        lines.append(
            Line(
                job=job,
                rhythm=rhythm(job),
                under_way=running,
                succeeded=done,
                failed=failed.get(job.name),
                next_at=max(job.rhythm.after(now), done.started_at + job.rest)
                if job.rest and done
                else job.rhythm.after(now),
                late=late(job, done.finished_at if done else None, watched, now),
            )
        )
    return lines


def workers() -> list[WorkerBeat]:
    """The workers seen lately, the oldest first."""
    alive = WorkerBeat.seen_at > clock.now() - ALIVE
    return list(db.session.scalars(select(WorkerBeat).where(alive).order_by(WorkerBeat.started_at, WorkerBeat.name)))


def alarms(timetable: Sequence[Job]) -> list[str]:
    """What is wrong with the house's own work, in words; nothing when all is well."""
    alive, now = workers(), clock.now()
    succeeded = _newest((job.name for job in timetable), JobRun.outcome == RunOutcome.DONE)
    found = [] if alive else ["后台任务没有在运行，定时发布这些事都停着。"]
    for job in timetable:
        done = succeeded.get(job.name)
        if late(job, done.finished_at if done else None, _watched_since(alive), now):
            found.append(f"后台任务“{job.label}”已经超过 {span(job.alarm)}没有办成。")
    return found


def _watched_since(alive: list[WorkerBeat]) -> datetime | None:
    return alive[0].started_at if alive else None


def _newest(names: Iterable[str], *conditions: ColumnElement[bool]) -> dict[str, JobRun]:
    """The run of the newest slot of each job, of those that meet the conditions: one seek in the index for each."""
    numbers = [
        select(JobRun.id)
        .where(JobRun.name == name, *conditions)
        .order_by(JobRun.slot.desc())
        .limit(1)
        .correlate(None)
        .scalar_subquery()
        for name in names
    ]
    found = db.session.scalars(select(JobRun).where(JobRun.id.in_(numbers)).execution_options(populate_existing=True))
    return {run.name: run for run in found}
