"""Looking at the trail in tests."""

import json
from typing import Any

from sqlalchemy import select

from tests.builders import Submission
from town_portal.audit.models import AuditEvent
from town_portal.audit.queries import timeline
from town_portal.foundation.db import db


def newest() -> AuditEvent:
    """The event at the end of the trail."""
    return db.session.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(1)).one()


def detail(event: AuditEvent | None = None) -> dict[str, Any]:
    """What an event tells, the newest one's when none is named."""
    told: dict[str, Any] = json.loads((event or newest()).detail)
    return told


def acts(item: Submission) -> list[str]:
    """The names of everything that was done to an item, in order."""
    return [event.action for event in reversed(timeline("Submission", item.id))]
