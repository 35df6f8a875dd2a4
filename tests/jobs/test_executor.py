"""Workers as they are: processes that are killed, told to stop, kept waiting, robbed of their queue."""

import json
import os
import pickle
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.builders import a_submission, surely
from tests.cast import Cast
from tests.conftest import ON_POSTGRESQL, Databases, open_house
from tests.http import ROOT, Server
from tests.jobs.by_itself import job, lines, tick
from town_portal.audit import queries as trail
from town_portal.audit.models import AuditEvent
from town_portal.config import Config
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.jobs import executor as executors
from town_portal.jobs.executor import Executor, Notes
from town_portal.jobs.models import JobRun, WorkerBeat
from town_portal.jobs.operations import TIMETABLE
from town_portal.jobs.rules.timetable import RunOutcome
from town_portal.publishing import operations as publishing
from town_portal.publishing.models import Publication
from town_portal.submissions.rules.lifecycle import State

SECRET = "a key for tests only, forty bytes long!!"
on_a_file = pytest.mark.skipif(ON_POSTGRESQL, reason="PostgreSQL keeps the queue itself")


class Nursery:
    """Brings up workers quickly; see ``by_itself``."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.jobs.by_itself"],
            cwd=ROOT,
            env={name: value for name, value in os.environ.items() if not name.startswith("TOWN_PORTAL_")},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, **order: Any) -> int:
        """Give an order; its answer."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def close(self) -> None:
        """No more children."""
        self.process.communicate(timeout=30)


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    """One for all tests of this file."""
    nursery = Nursery()
    yield nursery
    nursery.close()


@dataclass
class Works:
    """A house and the workers of it that run."""

    data: Path
    address: str
    house: Flask
    nursery: Nursery
    running: set[int] = field(default_factory=set)

    @property
    def environment(self) -> dict[str, str]:
        """What a worker is told of the house."""
        return {
            "TOWN_PORTAL_DATA": str(self.data),
            "TOWN_PORTAL_DATABASE": self.address,
            "TOWN_PORTAL_SECRET_KEY": SECRET,
        }

    def start(self, *jobs: str) -> int:
        """A worker with some jobs of the tests', or with all of the house's; the number of its process."""
        log = str(self.data / "worker.log")
        number = self.nursery.ask(start=jobs, environment=self.environment, log=log)
        self.running.add(number)
        return number

    def tell(self, number: int, signal_: signal.Signals = signal.SIGTERM) -> None:
        """Send a signal."""
        os.kill(number, signal_)

    def end(self, number: int) -> int:
        """Wait for its end; the exit code."""
        self.running.discard(number)
        return self.nursery.ask(wait=number)

    def kill(self) -> None:
        """Everybody's power goes."""
        for number in list(self.running):
            self.tell(number, signal.SIGKILL)
            self.end(number)

    @property
    def said(self) -> str:
        """What the jobs wrote."""
        path = self.data / "lines.txt"
        return path.read_text() if path.exists() else ""

    @property
    def log(self) -> str:
        """What the workers logged."""
        path = self.data / "worker.log"
        return path.read_text() if path.exists() else ""

    @contextmanager
    def inside(self) -> Iterator[Cast]:
        """An application context in the test's own process."""
        with self.house.app_context():
            yield Cast()
            db.session.remove()

    def ask(self, statement: Any) -> list[Any]:
        """Rows, as they are now."""
        with self.inside():
            return list(db.session.scalars(statement))

    def wait(self, true: Callable[[], object], seconds: float = 120) -> None:
        """Until something is so."""
        until = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < until, self.log + self.said
            time.sleep(0.05)


@pytest.fixture
def works(databases: Databases, nursery: Nursery, tmp_path: Path) -> Iterator[Works]:
    """A house with the standing cast, and nobody at work yet."""
    address = databases.fresh(with_cast=True)
    house = open_house(tmp_path / "data", address)
    works = Works(tmp_path / "data", address, house, nursery)
    yield works
    works.kill()
    with house.app_context():
        db.engine.dispose()
    databases.drop(address)


def items_due(works: Works, many: int, seconds: float = 0) -> tuple[list[int], datetime]:
    """Items whose time comes in so many seconds, or has just come; and when that is."""
    with works.inside() as cast:
        items = [a_submission(cast, State.APPROVED, title=f"断电试验第 {serial} 篇到点发布") for serial in range(many)]
        then = clock.now() + timedelta(seconds=seconds)
        with clock.stopped_at(then - timedelta(minutes=10)):  # a time that is past by now was to come when it was set
            for item in items:
                publishing.schedule(surely(cast.actor("publisher")), item, item.version, then)
        return [item.id for item in items], then


def is_done(works: Works, *names: str) -> Callable[[], bool]:
    """Has each job of these names a run that was done?"""
    found = select(JobRun.name).where(JobRun.outcome == RunOutcome.DONE).distinct()
    return lambda: set(names) <= set(works.ask(found))


@pytest.mark.slow
def test_two_workers_run_every_slot_once(works: Works) -> None:
    both = [works.start("tick") for _ in range(2)]
    works.wait(lambda: len(lines(works.said, "tick")) >= 5)
    for number in both:
        works.tell(number)
    assert [works.end(number) for number in both] == [0, 0]
    slots = Counter(slot for slot, _ in lines(works.said, "tick"))
    assert set(slots.values()) == {1}
    assert slots.keys() == {run.slot for run in works.ask(select(JobRun))}


@pytest.mark.slow
def test_the_commands_workers_share_the_houses_jobs_and_sign_off(works: Works) -> None:
    names = [job.name for job in TIMETABLE]
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]
    own = {name: value for name, value in os.environ.items() if not name.startswith("TOWN_PORTAL_")}
    log = subprocess.DEVNULL
    both = [subprocess.Popen(command, cwd=ROOT, env={**own, **works.environment}, stderr=log) for _ in range(2)]
    try:
        works.wait(is_done(works, *names))
        works.wait(lambda: len(works.ask(select(WorkerBeat))) == 2)
        for process, number in zip(both, (signal.SIGTERM, signal.SIGINT), strict=True):
            process.send_signal(number)
        assert [process.wait(30) for process in both] == [0, 0]
    finally:
        for process in both:
            process.kill()
            process.wait(30)
    assert works.ask(select(WorkerBeat)) == []
    rows = works.ask(select(JobRun))
    assert max(Counter((run.name, run.slot) for run in rows).values()) == 1
    assert {run.outcome for run in rows} == {RunOutcome.DONE}


def publish_while_the_power_goes(works: Works, many: int, most: int, seed: int) -> None:
    """Kill the only worker at a random moment after each progress, until everything is published."""
    luck = random.Random(seed)
    numbers, _ = items_due(works, many)
    published = select(func.count()).select_from(Publication)
    works.start("publish")
    kills = 0
    while (before := works.ask(published)[0]) < many and kills < most:
        works.wait(lambda so_far=before: works.ask(published)[0] > so_far)  # type: ignore[misc]
        time.sleep(luck.uniform(0, 0.15))
        works.kill()
        kills += 1
        works.start("publish")
    works.wait(lambda: works.ask(published)[0] == many)
    works.wait(lambda: not works.ask(select(JobRun).where(JobRun.finished_at.is_(None))))
    works.kill()
    acts = Counter(works.ask(select(AuditEvent.subject_id).where(AuditEvent.action == "publish")))
    assert {number: acts[number] for number in numbers} == dict.fromkeys(numbers, 1)
    assert kills
    with works.inside():
        assert trail.verify().findings == []
        interrupted = (JobRun.outcome == RunOutcome.LOST) | (JobRun.attempts > 1)
        lost = db.session.scalar(select(func.count()).select_from(JobRun).where(interrupted))
    assert lost, "no kill met a job under way"


@pytest.mark.slow
def test_the_power_goes_while_what_is_due_is_published(works: Works) -> None:
    publish_while_the_power_goes(works, 8, 2, seed=20260908)


@pytest.mark.slow
@pytest.mark.skipif(
    "TOWN_PORTAL_SLOW" not in os.environ, reason="set TOWN_PORTAL_SLOW=1 to let the power go eight times"
)
def test_the_power_goes_again_and_again_while_what_is_due_is_published(works: Works) -> None:
    publish_while_the_power_goes(works, 30, 8, seed=random.randrange(10**6))


@pytest.mark.slow
def test_told_to_stop_it_ends_what_is_under_way(works: Works) -> None:
    number = works.start("sleep")
    works.wait(lambda: lines(works.said, "asleep"))
    works.tell(number)
    assert works.end(number) == 0
    assert lines(works.said, "awake") == lines(works.said, "asleep")
    assert [run.outcome for run in works.ask(select(JobRun))] == [RunOutcome.DONE]


@pytest.mark.slow
def test_a_job_that_hangs_holds_up_nothing_but_itself(works: Works) -> None:
    first = works.start("hang", "tick")
    works.wait(lambda: lines(works.said, "hangs") and len(lines(works.said, "tick")) >= 3)
    assert {pid for _, pid in lines(works.said, "hangs")} == {first}, "not again in the process it hangs in"
    second = works.start("hang", "tick")
    works.wait(lambda: len(lines(works.said, "hangs")) == 2)
    assert {pid for _, pid in lines(works.said, "hangs")} == {first, second}
    [run] = works.ask(select(JobRun).where(JobRun.name == "hang"))
    assert (run.attempts, run.finished_at) == (2, None)


@pytest.mark.slow
@on_a_file
def test_a_queue_that_is_deleted_or_damaged_loses_nothing(works: Works) -> None:
    queue = works.data / "queue.db"
    queue.parent.mkdir(exist_ok=True)
    queue.write_bytes(b"no database " * 500)
    works.start("tick")
    for harm in (queue.unlink, lambda: queue.write_bytes(b"damaged " * 1000), queue.unlink):
        so_far = len(lines(works.said, "tick"))
        works.wait(lambda so_far=so_far: len(lines(works.said, "tick")) >= so_far + 2)  # type: ignore[misc]
        harm()
    so_far = len(lines(works.said, "tick"))
    works.wait(lambda: len(lines(works.said, "tick")) >= so_far + 2)
    assert set(Counter(slot for slot, _ in lines(works.said, "tick")).values()) == {1}


@pytest.mark.slow
def test_what_is_due_begins_within_five_seconds_after_idle_minutes(works: Works) -> None:
    works.start()
    works.wait(is_done(works, "publish"))
    time.sleep(5)
    [number], then = items_due(works, 1, seconds=3)
    works.wait(lambda: works.ask(select(Publication)))
    [publication] = works.ask(select(Publication))
    assert publication.submission_id == number
    assert timedelta(0) <= publication.published_at - then < timedelta(seconds=5)


@pytest.mark.slow
def test_the_server_has_its_own_worker_and_ends_it_in_order(works: Works) -> None:
    server = Server(works.data, works.address)
    server.start()
    try:
        beats = select(WorkerBeat).where(WorkerBeat.inside)
        works.wait(lambda: works.ask(beats))
        works.wait(lambda: server.browser().get("/health").status == 200)
        assert server.browser().get("/health").text == "ok\n"
        server.stop()
        assert works.ask(beats) == []
    finally:
        server.kill()


# -- inside this process ----------------------------------------------------------------------------


@pytest.fixture
def idle(app: Flask) -> Iterator[Executor]:
    """A worker that was not started."""
    worker = Executor(app, timetable=[job("tick", tick, 2)])
    yield worker
    worker.queue.storage.close()


def test_a_task_is_job_and_slot_signed_and_nothing_else(idle: Executor) -> None:
    idle.task("tick", "2026-09-08T04:00:00+00:00")
    [data] = idle.queue.storage.enqueued_items()
    assert b'"run_job", "tick", "2026-09-08T04:00:00+00:00"]' in bytes(data).replace(b"town_portal.jobs.executor.", b"")
    task = idle.queue.dequeue()
    assert task.args == ("tick", "2026-09-08T04:00:00+00:00")


class Harm:
    """What unpickling would do."""

    def __reduce__(self) -> Any:
        return (os.mkdir, ("/tmp/town-portal-was-harmed",))


@pytest.mark.parametrize("foreign", [pickle.dumps(Harm()), b"", b"x" * 64, b"0" * 64 + b'["1", "run_job", "tick", ""]'])
def test_what_the_house_did_not_write_is_not_looked_into(idle: Executor, foreign: bytes) -> None:
    for data in (foreign, Notes("another secret, also quite long ....")._sum(foreign) + foreign):
        idle.queue.storage.enqueue(data)
        with pytest.raises(ValueError, match="did not write"):
            idle.queue.dequeue()
    assert not Path("/tmp/town-portal-was-harmed").exists()


def test_what_is_due_is_offered_once_and_again_when_nobody_took_it(
    cast: Cast, app: Flask, idle: Executor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context(), clock.stopped_at(clock.now()):
        assert [idle.look() for _ in range(3)] == [["tick"], [], []]
        monkeypatch.setattr(executors, "OFFER_AGAIN", 0)
        assert idle.look() == ["tick"]
        assert idle.queue.storage.queue_size() == 2
        for _ in range(2):
            idle.queue.execute(idle.queue.dequeue())
        assert len(lines((idle.config.data / "lines.txt").read_text(), "tick")) == 1
        assert idle.look() == []


def test_a_task_of_a_job_that_is_no_more_is_let_go(app: Flask, idle: Executor) -> None:
    idle.run("yesterdays_job", "")
    with app.app_context():
        assert db.session.scalars(select(JobRun)).all() == []


def test_a_database_that_fails_is_logged_and_the_hand_lives_on(
    app: Flask, idle: Executor, caplog: pytest.LogCaptureFixture
) -> None:
    with app.app_context(), db.engine.connect() as connection:
        connection.exec_driver_sql("DROP TABLE job_run")
        connection.commit()
    idle.run("tick", "")
    assert "could not be taken" in caplog.text


@on_a_file
def test_a_queue_that_cannot_be_read_at_the_start_is_made_anew(app: Flask) -> None:
    config: Config = app.config["PORTAL"]
    config.queue_file.write_bytes(b"no database " * 500)
    queue = executors.open_queue(config)
    assert queue.storage.queue_size() == 0
    queue.storage.close()
    assert sqlite3.connect(config.queue_file).execute("PRAGMA integrity_check").fetchone() == ("ok",)
