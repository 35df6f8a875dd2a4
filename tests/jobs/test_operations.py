"""The worker: publishes what is due, seals the trail, reads old attachments, forgets old technical rows."""

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

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
from town_portal.jobs import operations as jobs
from town_portal.publishing import operations as publishing
from town_portal.publishing import queries as publishing_queries
from town_portal.submissions.rules.lifecycle import State

S = State


@pytest.fixture
def worker(app: Flask) -> jobs.Worker:
    """A worker of the house under test."""
    config: Config = app.config["PORTAL"]
    return jobs.Worker(config)


def checkpoints(worker: jobs.Worker) -> list[Path]:
    """What was sealed so far."""
    folder = worker.config.checkpoints
    return sorted(folder.iterdir()) if folder.exists() else []


def test_what_is_due_is_published_once(town: Cast, worker: jobs.Worker) -> None:
    first, second = a_submission(town, S.SCHEDULED).id, a_submission(town, S.SCHEDULED).id
    assert worker.look() == 0
    with clock.stopped_at(clock.now() + timedelta(hours=2)):
        assert worker.look() == 2
        assert worker.look() == 0
    published = [publishing_queries.submission(number) for number in (first, second)]
    assert [item.state for item in published if item] == [S.PUBLISHED, S.PUBLISHED]
    assert newest().actor_name == "系统"


def test_an_attachment_nobody_has_read_is_read(town: Cast, worker: jobs.Worker) -> None:
    number = add_document(town, worker.config.files).id
    with bookkeeping() as session:
        session.delete(files.kept_contents([number])[number])
    assert files.reading(number) is None
    worker.look()
    assert files.reading(number) is not None


def test_a_refused_item_stays_and_alarms_and_keeps_nobody_else_waiting(
    town: Cast, worker: jobs.Worker, caplog: pytest.LogCaptureFixture
) -> None:
    barred = a_submission(town, S.SCHEDULED, column_id=town.column("tzgg").id)
    good = a_submission(town, S.SCHEDULED)
    columns.close_column(town.actor("coordinator"), town.column("tzgg"))
    with clock.stopped_at(clock.now() + timedelta(hours=2)):
        assert [worker.publish_due() for _ in range(3)] == [1, 0, 0]
        assert [item.id for item in publishing_queries.missed()] == [barred.id]
    assert (barred.state, good.state) == (S.SCHEDULED, S.PUBLISHED)
    assert caplog.text.count(f"scheduled item {barred.id} was not published") == 1, "told once, not at every look"
    assert barred.title not in caplog.text


def test_the_trail_is_sealed_from_time_to_time_and_after_publishing(town: Cast, worker: jobs.Worker) -> None:
    now = clock.now()
    a_submission(town, S.SCHEDULED)
    with clock.stopped_at(now):
        worker.look()
        sealed = checkpoints(worker)
        assert sealed
        worker.look()
        assert checkpoints(worker) == sealed
    with clock.stopped_at(now + timedelta(hours=2)):
        worker.look()
    assert len(checkpoints(worker)) == len(sealed) + 1
    points = audit.checkpoints(worker.config.checkpoints, audit.public_key(worker.config.keys))
    assert trail.verify(points).findings == []


def test_a_checkpoint_unmasks_a_trail_that_was_rolled_back(town: Cast, worker: jobs.Worker) -> None:
    a_submission(town, S.PUBLISHED)
    worker.look()
    points = audit.checkpoints(worker.config.checkpoints, audit.public_key(worker.config.keys))
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("DROP TRIGGER audit_event_no_delete")
        else:
            connection.exec_driver_sql("DROP TRIGGER audit_event_append_only ON audit_event")
        connection.exec_driver_sql(f"DELETE FROM audit_event WHERE seq = {trail.head_seq()}")
        connection.commit()
    db.session.rollback()
    assert not trail.verify(points).sound


def test_old_receipts_are_forgotten_and_events_never(town: Cast) -> None:
    item = a_submission(town, S.APPROVED)
    publishing.publish(surely(town.actor("publisher")).at(form_key="k"), item, item.version)

    def receipts() -> int | None:
        return db.session.scalar(select(func.count()).select_from(FormReceipt))

    before = trail.head_seq()
    jobs.sweep(clock.now() + timedelta(days=6))
    assert receipts() == 1
    jobs.sweep(clock.now() + timedelta(days=8))
    assert (receipts(), trail.head_seq()) == (0, before)


def test_a_failed_look_is_logged_and_another_follows(
    app: Flask, worker: jobs.Worker, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stop, looks = threading.Event(), []

    def look() -> int:
        looks.append(1)
        if len(looks) == 1:
            raise OSError("the disk is full")
        stop.set()
        return 0

    monkeypatch.setattr(jobs, "EVERY", 0.01)
    monkeypatch.setattr(worker, "look", look)
    worker.run(app, stop)
    assert len(looks) == 2
    assert "the disk is full" in caplog.text


def test_two_workers_publish_once(town: Cast, app: Flask, worker: jobs.Worker) -> None:
    item = a_submission(town, S.SCHEDULED)
    number = item.id
    later = clock.now() + timedelta(hours=2)
    db.session.rollback()
    results: list[Any] = []

    def look() -> None:
        with app.app_context(), clock.stopped_at(later):
            results.append(jobs.Worker(worker.config).publish_due())
            db.session.remove()

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(results) == 1
    db.session.expire_all()
    assert publishing_queries.of_submission(number) is not None
    assert trail.verify().findings == []
