"""The worker: publish what is due, seal the trail, read texts and attachments again, forget old technical rows."""

import logging
import threading
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import delete

from town_portal.accounts import operations as accounts
from town_portal.audit import operations as audit
from town_portal.audit.models import FormReceipt
from town_portal.config import Config
from town_portal.files import operations as files
from town_portal.files.store import Store
from town_portal.foundation import clock
from town_portal.foundation.db import bookkeeping, db
from town_portal.foundation.errors import Refused
from town_portal.inspection import operations as inspection
from town_portal.publishing import operations as publishing
from town_portal.publishing import queries as publishing_queries
from town_portal.submissions import operations as submissions

log = logging.getLogger(__name__)

EVERY = 5.0
"""Seconds between two looks."""
SEAL_EVERY = timedelta(minutes=10)
SWEEP_EVERY = timedelta(hours=1)
AT_ONCE = 10
"""Texts read in one look: less than a second, so that what is due waits for nothing."""
KEEP_RECEIPTS = timedelta(days=7)


class Worker:
    """Looks every few seconds; remembers only when it last did the slower things."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.sealed_at: datetime | None = None
        self.swept_at: datetime | None = None
        self.refused: dict[int, str] = {}
        """Scheduled items that a rule holds back, and why: told once, not at every look."""

    def look(self) -> int:
        """Do what is due now; returns how many items were published. Needs an application context."""
        published = self.publish_due()
        now = clock.now()
        if published or self.sealed_at is None or now - self.sealed_at >= SEAL_EVERY:
            audit.checkpoint(self.config.checkpoints, audit.open_key(self.config.keys))
            self.sealed_at = now
        self.read()
        if self.swept_at is None or now - self.swept_at >= SWEEP_EVERY:
            sweep(now)
            self.swept_at = now
        files.read_unread(Store(self.config.files))
        submissions.reckon_if_needed()
        db.session.remove()
        return published

    def run(self, app: Flask, stop: threading.Event) -> None:
        """Look again and again until told to stop. A failed look is logged and tried again."""
        while not stop.is_set():
            try:
                with app.app_context():
                    self.look()
            except Exception:
                log.exception("the worker's look failed; it will look again")
            stop.wait(EVERY)

    def publish_due(self) -> int:
        """Publish every scheduled item whose time has come; one that is refused stays and raises the alarm."""
        done, refused = 0, {}
        for submission_id in publishing_queries.due(clock.now()):
            try:
                done += publishing.publish_scheduled(submission_id) is not None
            except Refused as refusal:
                refused[submission_id] = refusal.reason
                if self.refused.get(submission_id) != refusal.reason:
                    log.error(  # noqa: TRY400 - a refusal is no fault of the program
                        "scheduled item %s was not published: %s", submission_id, type(refusal).__name__
                    )
            except Exception:
                log.exception("scheduled item %s was not published; the others go on", submission_id)
        self.refused = refused
        return done

    def read(self) -> None:
        """Read what was saved lately, and the next public texts of the night."""
        try:
            inspection.read_versions(AT_ONCE)
            inspection.go_on(AT_ONCE)
        except Exception:
            db.session.rollback()
            log.exception("reading failed; it goes on with the next look")


def sweep(now: datetime) -> None:
    """Forget receipts of forms and other technical rows past their use; the trail is never swept."""
    with bookkeeping() as session:
        session.execute(delete(FormReceipt).where(FormReceipt.at < now - KEEP_RECEIPTS))
    accounts.sweep()
