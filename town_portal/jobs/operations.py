"""What the house does by itself, and the rows by which one worker among many knows that it is its turn.

A job never starts from what a queue remembers: its turn is computed from the clock and the last row, and
whoever writes the row has the work until its lease runs out. The clocks of several machines are to be set by
the network; a difference shorter than a lease does no harm.
"""

import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, and_, delete, or_, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from town_portal.accounts import operations as accounts
from town_portal.audit import operations as audit
from town_portal.audit import queries as trail
from town_portal.audit.models import FormReceipt
from town_portal.backups import operations as backups
from town_portal.config import Config
from town_portal.corrections import operations as corrections
from town_portal.corrections import queries as correction_queries
from town_portal.exports import operations as exports
from town_portal.exports import queries as export_queries
from town_portal.files import operations as files
from town_portal.files import queries as file_queries
from town_portal.files.store import Store
from town_portal.foundation import clock
from town_portal.foundation.db import bookkeeping, db
from town_portal.foundation.errors import Refused
from town_portal.inspection import operations as inspection
from town_portal.inspection import queries as inspection_queries
from town_portal.jobs import queries
from town_portal.jobs.models import JobRun, WorkerBeat
from town_portal.jobs.rules.timetable import Daily, Every, Job, RunOutcome, due
from town_portal.notifications import operations as notifications
from town_portal.notifications import queries as notification_queries
from town_portal.publishing import operations as publishing
from town_portal.publishing import queries as publishing_queries
from town_portal.releases import operations as releases
from town_portal.releases import queries as release_queries
from town_portal.reminders import operations as reminders
from town_portal.search import operations as search
from town_portal.search import queries as search_queries
from town_portal.submissions import operations as submissions
from town_portal.submissions import queries as submission_queries

log = logging.getLogger(__name__)

AT_ONCE = 10
"""Texts or files read in one run: about a second."""
INDEXED_AT_ONCE = 200
"""Texts made findable in one run: about a second."""
KEEP_RECEIPTS = timedelta(days=7)
KEEP_RUNS = timedelta(days=30)
KEEP_IDLE_RUNS = timedelta(days=2)
"""Runs that found nothing to do; there are thousands a day."""
KEEP_BEATS = timedelta(days=1)
LATE_COMMIT = timedelta(minutes=1)
"""So long after its time an act may still become visible: it waited for its turn to write."""


class LeaseLostError(RuntimeError):
    """The run took longer than its lease and another worker has begun it anew: whoever notices stops."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What a job is given: the house, and the way to say that it is still alive."""

    config: Config
    slot: datetime
    renew: Callable[[], None]
    """Said between two pieces of work; LeaseLostError when the work is in other hands."""


# -- the jobs -------------------------------------------------------------------------------------


def publish_due(turn: Turn) -> int:
    """Publish every scheduled item whose time has come; one that is refused stays, the desk tells of it."""
    done = broken = 0
    for submission_id in publishing_queries.due(clock.now()):
        turn.renew()
        try:
            done += publishing.publish_scheduled(submission_id) is not None
        except Refused as refusal:
            log.warning("scheduled item %s was not published: %s", submission_id, type(refusal).__name__)
        except Exception:
            db.session.rollback()
            log.exception("scheduled item %s was not published; the others go on", submission_id)
            broken += 1
    if broken:
        raise Refused(f"有 {broken} 篇到点的稿件因程序出错没有发布，其余已办。")
    return done


def newly_due(last: datetime) -> bool:
    """Has an item's time come since publishing was last begun? Refused ones are tried again once a minute."""
    return publishing_queries.due_since(last - LATE_COMMIT, clock.now())


def seal(turn: Turn) -> int:
    """Sign the trail as it is."""
    return audit.checkpoint(turn.config.checkpoints, audit.open_key(turn.config.keys)) is not None


def newly_published(last: datetime) -> bool:
    """Was anything published since the trail was last sealed?"""
    return publishing_queries.published_since(last - timedelta(seconds=15))


def verify(turn: Turn) -> int:
    """Recompute the trail and hold it against what was sealed; returns its length, refused when it is damaged."""
    folder = turn.config.checkpoints
    points = audit.checkpoints(folder, audit.public_key(turn.config.keys)) if folder.exists() else []
    report = trail.verify(points)
    if not report.sound:
        raise Refused(f"留痕核验发现 {len(report.findings)} 处不对，请保护好现场，运行 audit verify 看是哪几处。")
    return report.events


def read_versions(turn: Turn) -> int:
    """Read what was saved lately, for the figures."""
    turn.renew()
    return inspection.read_versions(AT_ONCE)


def inspect(turn: Turn) -> int:
    """Read the next public texts of the night."""
    turn.renew()
    return inspection.go_on(AT_ONCE)


def read_attachments(turn: Turn) -> int:
    """Read attachments that no reader, or an older one, has read."""
    store = Store(turn.config.files)
    for done in range(AT_ONCE):
        turn.renew()
        if not files.read_unread(store):
            return done
    return AT_ONCE


def plan_releases(turn: Turn) -> int:
    """Plan what was published lately for the channels of its column."""
    turn.renew()
    return releases.plan_by_itself()


def check_links(turn: Turn) -> int:
    """Look at links of listed hosts, a few at a time."""
    done = 0
    for _ in range(AT_ONCE):
        turn.renew()
        if not releases.check_links(1):
            break
        done += 1
    return done


def make_export(turn: Turn) -> int:
    """Make the static copy somebody asked for."""
    turn.renew()
    return exports.make_waiting(turn.config.data, turn.renew)


def index(turn: Turn) -> int:
    """Make what was saved lately findable."""
    turn.renew()
    return search.index(INDEXED_AT_ONCE)


def remind(turn: Turn) -> int:
    """One round of the ladder."""
    turn.renew()
    return reminders.go_round()


def deliver(turn: Turn) -> int:
    """Carry out what waits in the outbox. A run of its own name, so that what a dead one had in hand comes free."""
    turn.renew()
    return notifications.deliver(f"{turn.slot:%m%d%H%M%S}-{secrets.token_hex(4)}", clock.now(), turn.config.keys)


def back_up(turn: Turn) -> int:
    """The night's backup; a house for trying that has no key makes none."""
    return backups.make_if_wanted(turn.config, turn.renew)


def sweep(_turn: Turn) -> int:
    """Forget receipts of forms and other technical rows past their use; the trail is never swept."""
    notifications.sweep(clock.now())
    return forget(clock.now()) + accounts.sweep()


def forget(now: datetime) -> int:
    """Forget old receipts, runs and workers; how many rows went."""
    idle = and_(JobRun.outcome == RunOutcome.DONE, JobRun.count == 0, JobRun.finished_at < now - KEEP_IDLE_RUNS)
    old = (
        delete(FormReceipt).where(FormReceipt.at < now - KEEP_RECEIPTS),
        delete(JobRun).where(or_(JobRun.finished_at < now - KEEP_RUNS, idle)),
        delete(WorkerBeat).where(WorkerBeat.seen_at < now - KEEP_BEATS),
    )
    with bookkeeping() as session:
        return sum(_rows(session.execute(statement)) for statement in old)


def _seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def _minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def _hours(number: float) -> timedelta:
    return timedelta(hours=number)


# A job more is a line more. What it calls must bear to be called again: after a power cut it is.
TIMETABLE: tuple[Job, ...] = (
    Job(name="publish", label="到点发布", does=publish_due, rhythm=Every(_seconds(2)), rest=_minutes(1),
        wanted=newly_due, lease=_seconds(45), alarm=_minutes(5)),
    Job(name="seal", label="给留痕签存证", does=seal, rhythm=Every(_seconds(5)), rest=_minutes(10),
        wanted=newly_published, lease=_minutes(2), alarm=_hours(1)),
    Job(name="reckon", label="按新的日历和设置重算时限", does=lambda _: submissions.reckon_if_needed(), rhythm=Every(_seconds(5)),
        rest=_minutes(10), wanted=lambda _: submission_queries.reckoning_needed(), alarm=_hours(1)),
    Job(name="plan_releases", label="给新发布的信息安排渠道", does=plan_releases, rhythm=Every(_seconds(5)), rest=_minutes(10),
        wanted=newly_published, alarm=_hours(1)),
    Job(name="check_links", label="检查渠道链接", does=check_links, rhythm=Every(_minutes(1)), rest=_hours(1),
        wanted=lambda _: bool(release_queries.links_due(clock.now(), 1)), alarm=_hours(12)),
    Job(name="remind", label="提醒催办", does=remind, rhythm=Every(_minutes(1)), alarm=_minutes(15)),
    Job(name="deliver", label="发出消息", does=deliver, rhythm=Every(_seconds(5)), rest=_minutes(5),
        wanted=lambda _: bool(notification_queries.channels_due(clock.now())), lease=_minutes(3), alarm=_minutes(30)),
    Job(name="read_versions", label="通读新存的稿子", does=read_versions, rhythm=Every(_seconds(5)), rest=_minutes(5),
        wanted=lambda _: inspection_queries.saved_since_read(), alarm=_hours(1)),
    Job(name="inspect", label="夜间巡检", does=inspect, rhythm=Every(_seconds(5)), rest=_minutes(5),
        wanted=lambda _: inspection.under_way(), alarm=_hours(1)),
    Job(name="read_attachments", label="读附件内容", does=read_attachments, rhythm=Every(_seconds(5)), rest=_minutes(10),
        wanted=lambda _: file_queries.next_unread() is not None, alarm=_hours(2)),
    Job(name="index", label="让新稿子能检索到", does=index, rhythm=Every(_seconds(3)), rest=_minutes(5),
        wanted=lambda _: search_queries.something_new(), alarm=_hours(1)),
    Job(name="export", label="制作静态页面", does=make_export, rhythm=Every(_seconds(5)), rest=_hours(1),
        wanted=lambda _: export_queries.waiting() is not None, lease=_minutes(10), alarm=_hours(6)),
    Job(name="settle_faults", label="登记已改正的差错", does=lambda _: corrections.settle_all(), rhythm=Every(_minutes(1)),
        rest=_minutes(10), wanted=lambda _: bool(correction_queries.to_settle()), alarm=_hours(1)),
    Job(name="verify", label="每夜核验留痕", does=verify, rhythm=Daily(time(2, 30)), lease=_hours(1), alarm=_hours(50)),
    Job(name="back_up", label="每夜备份", does=back_up, rhythm=Daily(time(1, 30)), lease=_hours(1), alarm=_hours(26)),
    Job(name="sweep", label="清理过期的技术数据", does=sweep, rhythm=Every(_hours(1)), alarm=_hours(6)),
)  # fmt: skip


# -- whose turn it is -------------------------------------------------------------------------------


def whats_due(timetable: Sequence[Job], answered: dict[str, datetime] | None = None) -> list[tuple[Job, datetime]]:
    """The jobs whose turn it is now, each with its slot. A question that fails keeps no other job waiting.

    ``answered`` remembers for which slot a job said that it had nothing to do: it is asked once a slot.
    """
    now, lasts, found = clock.now(), queries.last_runs(job.name for job in timetable), []
    for job in timetable:
        last = lasts.get(job.name)
        try:
            slot = due(job, last.last if last else None, now, _once_a_slot(job, now, answered))
        except Exception:
            db.session.rollback()
            log.exception("whether job %s has something to do could not be found out: it is run", job.name)
            slot = job.rhythm.slot(now)
        if slot is not None:
            found.append((job, slot))
    db.session.rollback()
    return found


def _once_a_slot(job: Job, now: datetime, answered: dict[str, datetime] | None) -> Callable[[datetime], bool] | None:
    wanted = job.wanted
    if wanted is None or answered is None:
        return wanted
    slot = job.rhythm.slot(now)

    def ask(last: datetime) -> bool:
        if answered.get(job.name) == slot:
            return False
        if wanted(last):
            return True
        answered[job.name] = slot
        return False

    return ask


def take(job: Job, who: str, config: Config) -> RunOutcome | None:
    """Run a job if it is its turn and nobody else has it; how it ended, None when it was not ours.

    A failure is written down in words and never raised: other jobs go on.
    """
    mine = whats_due((job,))
    begun = claim(job, slot := mine[0][1], who) if mine else None
    if begun is None:
        return None
    turn = Turn(config, slot, lambda: renew(job, *begun))
    try:
        count = job.does(turn) or 0
    except LeaseLostError:
        db.session.rollback()
        log.warning("job %s took longer than its lease; another worker has it now", job.name)
        return None
    except Exception as error:
        db.session.rollback()
        if isinstance(error, Refused):
            log.error("job %s was refused: %s", job.name, error.reason)  # noqa: TRY400 - no fault of the program
        else:
            log.exception("job %s failed; it will be tried again", job.name)
        return finish(*begun, RunOutcome.FAILED, reason=reason_of(error))
    return finish(*begun, RunOutcome.DONE, count=count)


def claim(job: Job, slot: datetime, who: str) -> tuple[int, int] | None:
    """Make a slot one's own: (number of the run, which attempt it is). None when another was quicker.

    Conditional statements in one transaction; of any number of workers the database lets one through. A run
    of another slot whose lease ran out is written off. Failures are counted on from slot to slot, so that the
    next try comes later and later.
    """
    now = clock.now()
    mine = {"leased_by": who, "lease_until": now + job.lease, "started_at": now}
    unfinished = and_(JobRun.name == job.name, JobRun.finished_at.is_(None))
    write_off = (
        update(JobRun)
        .where(unfinished, JobRun.lease_until <= now, JobRun.slot != slot)
        .values(finished_at=now, outcome=RunOutcome.LOST, reason="办到一半进程断了，后来的一次接着办。")
    )
    again = (
        update(JobRun)
        .where(
            JobRun.name == job.name,
            JobRun.slot == slot,
            or_(and_(JobRun.finished_at.is_(None), JobRun.lease_until <= now), JobRun.outcome != RunOutcome.DONE),
        )
        .values(**mine, attempts=JobRun.attempts + 1, finished_at=None, outcome=None, reason="")
        .returning(JobRun.id, JobRun.attempts)
    )
    try:
        with bookkeeping() as session:
            session.execute(write_off, execution_options={"synchronize_session": False})
            taken = session.execute(again, execution_options={"synchronize_session": False}).one_or_none()
            if taken is not None:
                return (taken.id, taken.attempts)
            run = JobRun(name=job.name, slot=slot, attempts=_failures(job.name, slot) + 1, count=0, reason="", **mine)
            session.add(run)
            session.flush()
            return (run.id, run.attempts)
    except IntegrityError:
        return None


def _failures(name: str, slot: datetime) -> int:
    """How often a job failed in a row until now, whatever its slots; of these failures the newest is remembered."""
    last = queries.last_runs([name]).get(name)
    if last is None or last.outcome is not RunOutcome.FAILED or last.slot >= slot:
        return 0
    former = delete(JobRun).where(JobRun.name == name, JobRun.outcome == RunOutcome.FAILED, JobRun.id != last.id)
    db.session.execute(former, execution_options={"synchronize_session": False})
    return last.attempts


def renew(job: Job, number: int, attempt: int) -> None:
    """Keep the lease of a run for longer; LeaseLostError when it is no longer ours."""
    if not _mine(number, attempt, lease_until=clock.now() + job.lease):
        raise LeaseLostError(job.name)


def finish(number: int, attempt: int, outcome: RunOutcome, *, count: int = 0, reason: str = "") -> RunOutcome | None:
    """Write down how a run ended; None when another worker has begun it anew meanwhile."""
    values = {"finished_at": clock.now(), "outcome": outcome, "count": int(count), "reason": reason}
    return outcome if _mine(number, attempt, **values) else None


def _mine(number: int, attempt: int, **values: Any) -> bool:
    ours = (JobRun.id == number, JobRun.attempts == attempt, JobRun.finished_at.is_(None))
    with bookkeeping() as session:
        return _rows(session.execute(update(JobRun).where(*ours).values(**values))) == 1


def reason_of(error: Exception) -> str:
    """Why a job failed, for the administrator; what the program said may hold what people wrote, so it stays out."""
    if isinstance(error, Refused):
        return error.reason
    if isinstance(error, DBAPIError):
        return "数据库连不上，或者正忙着。"
    if isinstance(error, MemoryError):
        return "内存不够用。"
    if isinstance(error, OSError):
        return "磁盘、文件或者网络出了问题。"
    return f"程序出错（{type(error).__name__}），请维护人员看日志。"


# -- who is alive -----------------------------------------------------------------------------------


def beat(name: str, machine: str, *, inside: bool, started_at: datetime) -> None:
    """Say that a worker is alive."""
    with bookkeeping() as session:
        row = session.get(WorkerBeat, name) or WorkerBeat(
            name=name, machine=machine, inside=inside, started_at=started_at
        )
        row.seen_at = clock.now()
        session.add(row)


def sign_off(name: str) -> None:
    """A worker ends in good order."""
    with bookkeeping() as session:
        session.execute(delete(WorkerBeat).where(WorkerBeat.name == name))


def _rows(result: Any) -> int:
    return cast(CursorResult[Any], result).rowcount
