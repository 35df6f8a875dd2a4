"""Who does the jobs: a looker that knows what is due, and huey's hands that take it and do it.

huey carries (job, slot) from the looker to a hand, in this process or another, and nothing depends on what it
remembers: what is due is computed from the rows again every second, so a lost task is offered again and a task
too many is refused when a hand tries to take the slot. It loses the running task when a process is killed;
the lease in our own row does not.
"""

import hashlib
import hmac
import json
import logging
import os
import secrets
import signal
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime

from flask import Flask
from huey import PostgresHuey, RedisHuey, SqliteHuey
from huey.api import Huey
from huey.consumer import Consumer
from huey.registry import Message
from huey.serializer import Serializer
from sqlalchemy import make_url

from town_portal.config import Config
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.jobs import operations
from town_portal.jobs.rules.timetable import Job

log = logging.getLogger(__name__)

LOOK_EVERY = 1.0
"""Seconds between two looks; with the slots of two seconds what is due begins within five."""
BEAT_EVERY = 15.0
OFFER_AGAIN = 5.0
"""Seconds after which a task that nobody took is offered again."""
IDLE_POLL = 0.75
"""Seconds an idle hand sleeps at most; huey would let it grow to ten."""
PATIENCE = 30.0
"""Seconds that jobs under way are given to end when the worker is told to."""
QUEUE = "town_portal"


class Notes(Serializer):
    """Tasks as signed JSON of (task, job, slot): what was not written with the house's key is never looked into.

    huey's own signed serializer would still unpickle.
    """

    def __init__(self, secret: str) -> None:
        super().__init__()
        self.key = hashlib.blake2b(secret.encode(), person=b"jobs").digest()

    def _sum(self, text: bytes) -> bytes:
        return hmac.new(self.key, text, hashlib.sha256).hexdigest().encode()

    def _serialize(self, data: Message) -> bytes:
        text = json.dumps([data.id, data.name, *data.args]).encode()
        return self._sum(text) + text

    def _deserialize(self, data: bytes) -> Message:
        sum_, text = bytes(data[:64]), bytes(data[64:])
        if not hmac.compare_digest(sum_, self._sum(text)):
            raise ValueError("a task that this house did not write")
        number, name, job, slot = json.loads(text)
        return Message(id=number, name=name, eta=None, retries=0, retry_delay=0, args=(job, slot), kwargs={})  # type: ignore[call-arg]


def open_queue(config: Config) -> Huey:
    """The way from lookers to hands: Redis if one is named, else the database's own, else a file beside SQLite."""
    given = {"results": False, "serializer": Notes(config.secret_key)}
    if config.queue:
        return RedisHuey(QUEUE, url=config.queue, blocking=False, **given)
    url = make_url(config.database)
    if url.get_backend_name() == "postgresql":
        dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
        return _patiently(lambda: PostgresHuey(QUEUE, dsn=dsn, blocking=False, **given))
    config.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        return SqliteHuey(QUEUE, filename=str(config.queue_file), fsync=False, **given)
    except sqlite3.DatabaseError:
        _throw_away(config)
        return SqliteHuey(QUEUE, filename=str(config.queue_file), fsync=False, **given)


def _patiently(opened: Callable[[], Huey]) -> Huey:
    """Two workers that start at once make the same tables; one of them is told that they are there."""
    for wait in (0.2, 0.5, 1.0):
        try:
            return opened()
        except Exception:  # noqa: BLE001 - the last try says it
            time.sleep(wait)
    return opened()


def _throw_away(config: Config) -> None:
    for rest in ("", "-wal", "-shm"):
        config.queue_file.with_name(config.queue_file.name + rest).unlink(missing_ok=True)


class Hands(Consumer):
    """huey's consumer inside a process whose signals belong to somebody else."""

    def _set_signal_handlers(self) -> None:
        """The server or the command decides when to end."""


class Executor:
    """One worker: looks, offers, takes, and says that it is alive.

    There is a hand for every job, and a job has one hand at most: a job that hangs holds up nothing but itself.
    """

    def __init__(self, app: Flask, *, inside: bool = False, timetable: Sequence[Job] = operations.TIMETABLE) -> None:
        self.app = app
        self.config: Config = app.config["PORTAL"]
        self.inside = inside
        self.timetable = {job.name: job for job in timetable}
        self.machine = socket.gethostname()
        self.name = f"{self.machine[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
        self.queue = open_queue(self.config)
        self.task = self.queue.task(name="run_job")(self.run)
        self.hands = Hands(
            self.queue,
            workers=len(self.timetable),
            periodic=False,
            initial_delay=0.1,
            max_delay=IDLE_POLL,
            scheduler_interval=60,
            shutdown_timeout=PATIENCE,
        )
        self.stopping = threading.Event()
        self.looker = threading.Thread(target=self._look_on, name="looker", daemon=True)
        self._lock = threading.Lock()
        self._under_way: set[str] = set()
        self._offered: dict[str, tuple[datetime, float]] = {}
        self._answered: dict[str, datetime] = {}
        self._file: int | None = None

    def start(self) -> None:
        """Begin to look and to work, in threads of this process."""
        logging.getLogger("huey").setLevel(logging.CRITICAL)  # it tells of every fault with a stack; we say it in words
        self.hands.start()
        self.looker.start()

    def stop(self) -> bool:
        """Take nothing more and let what is under way end; False when it did not end in time.

        What had not ended begins anew elsewhere when its lease has run out.
        """
        self.stopping.set()
        self.hands.stop(graceful=True)
        self.looker.join(PATIENCE)
        ended = not self._under_way
        try:
            with self.app.app_context():
                operations.sign_off(self.name)
                db.session.remove()
        except Exception:
            log.exception("the worker could not sign off")
        if not ended:
            log.error("ended with jobs under way: %s", ", ".join(sorted(self._under_way)))
        return ended

    def work_until_told(self) -> bool:
        """Be a process of its own until SIGTERM or Ctrl-C; False when jobs under way did not end in time."""
        told = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: told.set())
        self.start()
        while not told.wait(1):
            pass
        return self.stop()

    # -- the looker -------------------------------------------------------------------------------

    def _look_on(self) -> None:
        started_at, seen, health = clock.now(), -BEAT_EVERY, time.monotonic()
        while not self.stopping.is_set():
            begun = time.monotonic()
            try:
                with self.app.app_context():
                    if begun - seen >= BEAT_EVERY:
                        operations.beat(self.name, self.machine, inside=self.inside, started_at=started_at)
                        seen = begun
                    self.look()
                    db.session.remove()
                if begun - health >= BEAT_EVERY:
                    self.hands.check_worker_health()
                    health = begun
            except Exception:
                log.exception("the worker's look failed; it will look again")
            self.stopping.wait(max(0.1, LOOK_EVERY - (time.monotonic() - begun)))

    def look(self) -> list[str]:
        """Offer what is due; returns the names. Needs an application context."""
        self._mend()
        now, offered = time.monotonic(), []
        for job, slot in operations.whats_due(tuple(self.timetable.values()), self._answered):
            before = self._offered.get(job.name)
            if job.name in self._under_way or (before and before[0] == slot and now - before[1] < OFFER_AGAIN):
                continue
            self.task(job.name, slot.isoformat())
            self._offered[job.name] = (slot, now)
            offered.append(job.name)
        return offered

    def _mend(self) -> None:
        """On SQLite: go over to the new file when the old one was deleted, and replace one that cannot be read."""
        if not isinstance(self.queue, SqliteHuey):
            return
        storage = self.queue.storage
        try:
            if not self.config.queue_file.exists():
                self._file = None
                storage.close()
                storage.initialize_schema()
            self._keep_file()
            storage.queue_size()
        except sqlite3.DatabaseError:
            log.warning("the queue's file could not be read; a new one is made, nothing is lost")
            storage.close()
            _throw_away(self.config)
            storage.initialize_schema()

    def _keep_file(self) -> None:
        """Another worker may have made the file anew."""
        number = self.config.queue_file.stat().st_ino
        if self._file not in (None, number):
            self.queue.storage.close()
        self._file = number

    # -- the hands --------------------------------------------------------------------------------

    def run(self, name: str, _slot: str) -> None:
        """What a hand does with a task: take the job if it is its turn still. Never raises."""
        job = self.timetable.get(name)
        with self._lock:
            if job is None or name in self._under_way or self.stopping.is_set():
                return
            self._under_way.add(name)
        try:
            with self.app.app_context():
                try:
                    operations.take(job, self.name, self.config)
                finally:
                    db.session.remove()
        except Exception:
            log.exception("job %s could not be taken; it is offered again", name)
        finally:
            with self._lock:
                self._under_way.discard(name)
