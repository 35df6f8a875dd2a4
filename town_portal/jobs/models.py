"""JobRun 任务记录, WorkerBeat 工作进程."""

from datetime import datetime

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from town_portal.foundation.db import Bookkeeping, Model, UtcDateTime, choice
from town_portal.jobs.rules.timetable import Last, RunOutcome


class JobRun(Bookkeeping, Model):
    """任务记录: one slot of a job, who has it, until when, and what became of it.

    The database lets a slot be run once, and one slot of a job at a time: whoever writes the row has the work.
    """

    __tablename__ = "job_run"
    __table_args__ = (UniqueConstraint("name", "slot"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(32))
    slot: Mapped[datetime] = mapped_column(UtcDateTime)
    leased_by: Mapped[str] = mapped_column(Text)
    lease_until: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=1)
    """How often it was begun, failures of the slots right before counted in; whoever comes back after another began it anew finds another number."""
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[RunOutcome | None] = mapped_column(choice(RunOutcome))
    count: Mapped[int] = mapped_column(default=0)
    """How much there was to do."""
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why it was not done, in words; never what the program or a text said."""

    @property
    def last(self) -> Last:
        """What the next turn depends on."""
        return Last(self.slot, self.started_at, self.lease_until, self.finished_at, self.outcome, self.attempts)


_unfinished = JobRun.finished_at.is_(None)
Index("ix_job_run_under_way", JobRun.name, unique=True, sqlite_where=_unfinished, postgresql_where=_unfinished)


class WorkerBeat(Bookkeeping, Model):
    """工作进程: a worker that is alive, or was lately."""

    __tablename__ = "worker_beat"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    machine: Mapped[str] = mapped_column(Text)
    inside: Mapped[bool]
    """Within the server, or by itself."""
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
