"""What the house does by itself, and how a slot comes to one worker among many."""

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from tests.builders import a_submission, surely
from tests.cast import Cast
from tests.events import newest
from tests.portal.articles import add_document
from town_portal.audit import operations as audit
from town_portal.audit import queries as trail
from town_portal.audit.models import FormReceipt
from town_portal.columns import operations as columns
from town_portal.config import Config
from town_portal.files import queries as files
from town_portal.foundation import clock
from town_portal.foundation.db import bookkeeping, db
from town_portal.foundation.errors import Refused
from town_portal.jobs import operations as jobs
from town_portal.jobs import queries
from town_portal.jobs.models import JobRun, WorkerBeat
from town_portal.jobs.rules.timetable import Every, Job, RunOutcome
from town_portal.publishing import operations as publishing
from town_portal.publishing import queries as publishing_queries
from town_portal.submissions.rules.lifecycle import State

S = State
DONE, FAILED, LOST = RunOutcome.DONE, RunOutcome.FAILED, RunOutcome.LOST
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
NAMED = {job.name: job for job in jobs.TIMETABLE}


@pytest.fixture
def config(app: Flask) -> Config:
    """Of the house under test."""
    found: Config = app.config["PORTAL"]
    return found


def a_job(does: Callable[[jobs.Turn], int | None], **given: Any) -> Job:
    """A job of the test's own, every ten seconds."""
    return Job(**{"name": "own", "label": "试", "does": does, "rhythm": Every(10 * SECOND), "alarm": HOUR, **given})


def runs(name: str = "own") -> list[JobRun]:
    """The rows of a job, the oldest slot first."""
    found = select(JobRun).where(JobRun.name == name).order_by(JobRun.slot)
    return list(db.session.scalars(found.execution_options(populate_existing=True)))


def checkpoints(config: Config) -> list[Path]:
    """What was sealed so far."""
    return sorted(config.checkpoints.iterdir()) if config.checkpoints.exists() else []


def test_every_job_of_the_house_runs_and_runs_once_a_slot(town: Cast, config: Config) -> None:
    names = [job.name for job in jobs.TIMETABLE]
    assert len(set(names)) == len(names)
    with clock.stopped_at(clock.now()):
        assert {job.name for job, _ in jobs.whats_due(jobs.TIMETABLE)} == set(names)
        assert {jobs.take(job, "w", config) for job in jobs.TIMETABLE} == {DONE}
        assert jobs.whats_due(jobs.TIMETABLE) == []
        assert {jobs.take(job, "w", config) for job in jobs.TIMETABLE} == {None}


def test_what_is_due_is_published_once(town: Cast, config: Config) -> None:
    first, second = a_submission(town, S.SCHEDULED).id, a_submission(town, S.SCHEDULED).id
    publish = NAMED["publish"]
    assert jobs.take(publish, "w", config) is DONE
    assert runs("publish")[0].count == 0
    with clock.stopped_at(clock.now() + 2 * HOUR):
        assert jobs.take(publish, "w", config) is DONE
        assert runs("publish")[-1].count == 2
        assert jobs.take(publish, "w", config) is None
    published = [publishing_queries.submission(number) for number in (first, second)]
    assert [item.state for item in published if item] == [S.PUBLISHED, S.PUBLISHED]
    assert newest().actor_name == "系统"


def test_publishing_is_wanted_as_soon_as_a_time_has_come(town: Cast, config: Config) -> None:
    item = a_submission(town, S.SCHEDULED)
    assert item.scheduled_at is not None
    publish, at = NAMED["publish"], item.scheduled_at
    with clock.stopped_at(at - 3 * SECOND):
        jobs.take(publish, "w", config)
    with clock.stopped_at(at - SECOND):
        assert jobs.whats_due((publish,)) == []
    with clock.stopped_at(at + 2 * SECOND):
        assert [job for job, _ in jobs.whats_due((publish,))] == [publish]


def test_a_question_is_asked_once_a_slot(town: Cast, config: Config) -> None:
    asked = []
    job = a_job(lambda _: 0, rest=HOUR, wanted=lambda last: bool(asked.append(last)))
    answered: dict[str, Any] = {}
    now = clock.now()
    with clock.stopped_at(now):
        jobs.take(job, "w", config)
    with clock.stopped_at(now + 20 * SECOND):
        assert [jobs.whats_due((job,), answered) for _ in range(3)] == [[], [], []]
    assert len(asked) == 1
    with clock.stopped_at(now + 40 * SECOND):
        jobs.whats_due((job,), answered)
    assert len(asked) == 2


def test_a_question_that_fails_is_answered_by_running(
    town: Cast, config: Config, caplog: pytest.LogCaptureFixture
) -> None:
    broken = a_job(lambda _: 0, rest=HOUR, wanted=lambda last: 1 // 0)
    jobs.take(broken, "w", config)
    with clock.stopped_at(clock.now() + 20 * SECOND):
        assert [job.name for job, _ in jobs.whats_due((broken, NAMED["sweep"]))] == ["own", "sweep"]
    assert "could not be found out" in caplog.text


def test_an_attachment_nobody_has_read_is_read(town: Cast, config: Config) -> None:
    number = add_document(town, config.files).id
    with bookkeeping() as session:
        session.delete(files.kept_contents([number])[number])
    assert files.reading(number) is None
    assert jobs.take(NAMED["read_attachments"], "w", config) is DONE
    assert (files.reading(number) is not None, runs("read_attachments")[0].count) == (True, 1)


def test_a_refused_item_stays_and_alarms_and_keeps_nobody_else_waiting(
    town: Cast, config: Config, caplog: pytest.LogCaptureFixture
) -> None:
    barred = a_submission(town, S.SCHEDULED, column_id=town.column("tzgg").id)
    good = a_submission(town, S.SCHEDULED)
    columns.close_column(town.actor("coordinator"), town.column("tzgg"))
    with clock.stopped_at(clock.now() + 2 * HOUR):
        assert jobs.take(NAMED["publish"], "w", config) is DONE
        assert [item.id for item in publishing_queries.missed()] == [barred.id]
    assert (barred.state, good.state) == (S.SCHEDULED, S.PUBLISHED)
    assert barred.title not in caplog.text
    with clock.stopped_at(clock.now() + 2 * HOUR + 20 * SECOND):
        assert jobs.whats_due((NAMED["publish"],)) == [], "refused: tried again once a minute, not every two seconds"
    with clock.stopped_at(clock.now() + 2 * HOUR + 70 * SECOND):
        assert len(jobs.whats_due((NAMED["publish"],))) == 1


def test_an_item_at_which_the_program_fails_is_told_and_the_others_go_on(
    town: Cast, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = [a_submission(town, S.SCHEDULED) for _ in range(2)]
    broken, publish = items[0].id, publishing.publish_scheduled

    def fails_at_one(number: int) -> Any:
        return 1 // 0 if number == broken else publish(number)

    monkeypatch.setattr(publishing, "publish_scheduled", fails_at_one)
    with clock.stopped_at(clock.now() + 2 * HOUR):
        assert jobs.take(NAMED["publish"], "w", config) is FAILED
    assert [item.state for item in items] == [S.SCHEDULED, S.PUBLISHED]
    assert runs("publish")[0].reason == "有 1 篇到点的稿件因程序出错没有发布，其余已办。"


def test_the_trail_is_sealed_from_time_to_time_and_after_publishing(town: Cast, config: Config) -> None:
    now, seal = clock.now(), NAMED["seal"]
    item = a_submission(town, S.SCHEDULED)
    with clock.stopped_at(now):
        assert jobs.take(seal, "w", config) is DONE
    sealed = checkpoints(config)
    assert sealed
    with clock.stopped_at(now + 6 * SECOND):
        assert jobs.whats_due((seal,)) == []
    with clock.stopped_at(now + 11 * MINUTE):
        assert jobs.take(seal, "w", config) is DONE
    assert checkpoints(config) == sealed, "nothing new to seal"
    at = item.scheduled_at
    assert at is not None
    with clock.stopped_at(at + SECOND):
        jobs.take(seal, "w", config)
        jobs.take(NAMED["publish"], "w", config)
    before = len(checkpoints(config))
    with clock.stopped_at(at + 10 * SECOND):
        assert jobs.take(seal, "w", config) is DONE
    assert len(checkpoints(config)) == before + 1
    points = audit.checkpoints(config.checkpoints, audit.public_key(config.keys))
    assert trail.verify(points).findings == []


def test_a_night_that_finds_the_trail_damaged_says_so(town: Cast, config: Config) -> None:
    a_submission(town, S.PUBLISHED)
    jobs.take(NAMED["seal"], "w", config)
    assert jobs.take(NAMED["verify"], "w", config) is DONE
    assert runs("verify")[0].count == trail.head_seq()
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("DROP TRIGGER audit_event_no_delete")
        else:
            connection.exec_driver_sql("DROP TRIGGER audit_event_append_only ON audit_event")
        connection.exec_driver_sql(f"DELETE FROM audit_event WHERE seq = {trail.head_seq()}")
        connection.commit()
    db.session.rollback()
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        assert jobs.take(NAMED["verify"], "w", config) is FAILED
        assert "留痕核验发现" in runs("verify")[-1].reason


def test_old_technical_rows_are_forgotten_and_events_never(town: Cast, config: Config) -> None:
    item = a_submission(town, S.APPROVED)
    publishing.publish(surely(town.actor("publisher")).at(form_key="k"), item, item.version)
    now = clock.now()
    idle, busy = a_job(lambda _: 0), a_job(lambda _: 3, name="busy")
    for job in (idle, busy):
        jobs.take(job, "w", config)
    jobs.beat("w", "m", inside=False, started_at=now)

    def left() -> list[int | None]:
        return [db.session.scalar(select(func.count()).select_from(kind)) for kind in (FormReceipt, JobRun, WorkerBeat)]

    before = trail.head_seq()
    for days, rest in (
        (0, [1, 2, 1]),
        (1.5, [1, 2, 0]),
        (3, [1, 1, 0]),
        (8, [0, 1, 0]),
        (29, [0, 1, 0]),
        (31, [0, 0, 0]),
    ):
        jobs.forget(now + timedelta(days=days))
        assert left() == rest, days
    assert trail.head_seq() == before


# -- leases -----------------------------------------------------------------------------------------


def test_a_failure_is_written_down_in_words_and_tried_again_later(town: Cast, config: Config) -> None:
    now = clock.now()
    broken = a_job(lambda _: 1 // 0)
    with clock.stopped_at(now):
        assert jobs.take(broken, "w", config) is FAILED
    with clock.stopped_at(now + 14 * SECOND):
        assert jobs.take(broken, "w", config) is None
    with clock.stopped_at(now + 16 * SECOND):
        assert jobs.take(a_job(lambda _: 7), "w", config) is DONE
    first, second = runs()
    assert (first.outcome, first.reason) == (FAILED, "程序出错（ZeroDivisionError），请维护人员看日志。")
    assert (second.outcome, second.count, second.reason) == (DONE, 7, "")


def test_failures_are_counted_on_from_slot_to_slot_and_the_newest_is_remembered(town: Cast, config: Config) -> None:
    now, broken = clock.now(), a_job(lambda _: 1 // 0, rhythm=Every(SECOND), alarm=HOUR)
    tried = []
    for second in range(0, 1200, 5):
        with clock.stopped_at(now + second * SECOND):
            if jobs.take(broken, "w", config) is FAILED:
                tried.append(second)
    assert tried == [0, 15, 75, 315, 1035]  # 15, 60, 240 seconds, then a fifth of the alarm
    assert [(run.attempts, run.outcome) for run in runs()] == [(4, FAILED), (5, FAILED)]
    with clock.stopped_at(now + 2000 * SECOND):
        assert jobs.take(a_job(lambda _: 7, rhythm=Every(SECOND), alarm=HOUR), "w", config) is DONE
    with clock.stopped_at(now + 2010 * SECOND):
        jobs.take(broken, "w", config)
    assert [(run.attempts, run.outcome) for run in runs()] == [(5, FAILED), (6, DONE), (1, FAILED)]


def test_a_slot_that_failed_is_begun_again_in_its_own_row(town: Cast, config: Config) -> None:
    now, rare = clock.now(), {"rhythm": Every(timedelta(days=1000))}
    with clock.stopped_at(now):
        jobs.take(a_job(lambda _: 1 // 0, **rare), "w", config)
    with clock.stopped_at(now + MINUTE):
        assert jobs.take(a_job(lambda _: 1, **rare), "w", config) is DONE
    assert [(run.attempts, run.outcome, run.reason) for run in runs()] == [(2, DONE, "")]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Refused("今天不行。"), "今天不行。"),
        (OperationalError("select 1", {}, Exception("secret")), "数据库连不上，或者正忙着。"),
        (TimeoutError("10.0.0.1"), "磁盘、文件或者网络出了问题。"),
        (MemoryError(), "内存不够用。"),
        (KeyError("张三"), "程序出错（KeyError），请维护人员看日志。"),
    ],
)
def test_why_it_failed_is_told_without_what_the_program_said(error: Exception, words: str) -> None:
    assert jobs.reason_of(error) == words


def test_a_lease_that_ran_out_is_another_ones_and_who_comes_back_changes_nothing(town: Cast, config: Config) -> None:
    now = clock.now()
    job = a_job(lambda _: 0, lease=MINUTE, rhythm=Every(HOUR))
    slot = job.rhythm.slot(now)
    with clock.stopped_at(now):
        lost = jobs.claim(job, slot, "first")
        assert lost is not None
        assert jobs.claim(job, slot, "second") is None
    with clock.stopped_at(now + 59 * SECOND):
        assert jobs.claim(job, slot, "second") is None
        jobs.renew(job, *lost)
    with clock.stopped_at(now + 118 * SECOND):
        assert jobs.claim(job, slot, "second") is None
    with clock.stopped_at(now + 120 * SECOND):
        theirs = jobs.claim(job, slot, "second")
        assert theirs == (lost[0], 2)
        with pytest.raises(jobs.LeaseLostError):
            jobs.renew(job, *lost)
        assert jobs.finish(*lost, DONE) is None
        assert jobs.finish(*theirs, DONE, count=5) is DONE
    assert [(run.leased_by, run.attempts, run.count) for run in runs()] == [("second", 2, 5)]


def test_one_slot_of_a_job_at_a_time_and_a_lost_one_is_written_off(town: Cast, config: Config) -> None:
    now, job = clock.now(), a_job(lambda _: 0, lease=MINUTE)
    slot = job.rhythm.slot(now)
    with clock.stopped_at(now):
        assert jobs.claim(job, slot, "first")
        assert jobs.claim(job, slot + 10 * SECOND, "second") is None, "the slot before is under way"
    with clock.stopped_at(now + 2 * MINUTE):
        assert jobs.take(job, "second", config) is DONE
    assert [(run.leased_by, run.outcome) for run in runs()] == [("first", LOST), ("second", DONE)]
    assert runs()[0].reason == "办到一半进程断了，后来的一次接着办。"


def test_a_job_that_notices_that_it_is_in_other_hands_stops(town: Cast, config: Config) -> None:
    went_on = []

    def slow(turn: jobs.Turn) -> None:
        with clock.stopped_at(clock.now() + 10 * MINUTE):
            assert jobs.claim(job, job.rhythm.slot(clock.now()), "other")
            turn.renew()
        went_on.append(1)

    job = a_job(slow)
    assert jobs.take(job, "w", config) is None
    assert went_on == []
    assert [run.outcome for run in runs()] == [LOST, None]


def test_of_many_workers_one_takes_a_slot(town: Cast, app: Flask, config: Config) -> None:
    db.session.rollback()
    job, done, results = a_job(lambda _: done.append(1), rhythm=Every(timedelta(days=1000))), [], []
    start = threading.Barrier(8)

    def take(number: int) -> None:
        with app.app_context():
            start.wait()
            results.append(jobs.take(job, f"w{number}", config))
            db.session.remove()

    threads = [threading.Thread(target=take, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(done), results.count(DONE), results.count(None)) == (1, 1, 7)


def test_two_publishers_publish_once(town: Cast, app: Flask, config: Config) -> None:
    """Even where a lease ran out while its holder was at work."""
    number = a_submission(town, S.SCHEDULED).id
    later = clock.now() + 2 * HOUR
    db.session.rollback()
    results: list[int] = []

    def publish() -> None:
        with app.app_context(), clock.stopped_at(later):
            results.append(jobs.publish_due(jobs.Turn(config, later, lambda: None)))
            db.session.remove()

    threads = [threading.Thread(target=publish) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(results) == 1
    db.session.expire_all()
    assert publishing_queries.of_submission(number) is not None
    assert trail.verify().findings == []


def test_a_worker_is_seen_until_it_signs_off(town: Cast) -> None:
    now = clock.now()
    jobs.beat("w", "m", inside=True, started_at=now)
    with clock.stopped_at(now + 30 * SECOND):
        jobs.beat("w", "m", inside=True, started_at=now)
    with clock.stopped_at(now + 89 * SECOND):
        assert [(one.name, one.started_at) for one in queries.workers()] == [("w", now)]
        jobs.sign_off("w")
        assert queries.workers() == []
