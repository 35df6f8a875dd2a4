"""Questions about faults. Every reading for a person starts from ``visible_to(person)``."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from town_portal.access.actor import Actor
from town_portal.corrections.models import Fault
from town_portal.corrections.rules.fault import FaultCause, FaultOrigin, FaultSeverity
from town_portal.corrections.rules.lifecycle import COUNTED
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.submissions.queries import visible


@dataclass(frozen=True, slots=True)
class CountedFault:
    """A fault that counts against a unit."""

    fault_id: int
    number: str
    submission_id: int
    unit_id: int
    severity: FaultSeverity
    cause: FaultCause | None
    origin: FaultOrigin
    day: date
    """The day in Shanghai on which it was confirmed."""


def counted(first: date, last: date) -> list[CountedFault]:
    """The faults confirmed from one day to another (both included, Shanghai), in that order; dismissed ones never."""
    rows = db.session.execute(
        select(
            Fault.id,
            Fault.number,
            Fault.submission_id,
            Fault.unit_id,
            Fault.severity,
            Fault.cause,
            Fault.origin,
            Fault.confirmed_at,
        )
        .where(
            Fault.state.in_(COUNTED),
            Fault.confirmed_at >= clock.instant(first),
            Fault.confirmed_at < clock.instant(last + timedelta(days=1)),
        )
        .order_by(Fault.confirmed_at, Fault.id)
    )
    return [
        CountedFault(number, name, item, unit, severity or FaultSeverity.MINOR, cause, origin, clock.day_of(at))
        for number, name, item, unit, severity, cause, origin, at in rows
        if at is not None
    ]


def visible_to(actor: Actor) -> Select[Fault]:
    """The faults of items an actor may see."""
    return (
        select(Fault)
        .join(Fault.submission)
        .where(visible(actor))
        .options(contains_eager(Fault.submission), joinedload(Fault.publication), joinedload(Fault.unit))
    )


def get(fault_id: int, actor: Actor) -> Fault | None:
    """One fault, if the actor may see its item."""
    return db.session.scalar(visible_to(actor).where(Fault.id == fault_id))


def of_source(source: str) -> Fault | None:
    """The ticket that was opened for a thing of another room, such as ``late_finding:12``."""
    return db.session.scalar(select(Fault).where(Fault.source == source).order_by(Fault.id.desc()).limit(1))


def by_receipt(receipt: str) -> Fault | None:
    """The fault a reader asks about by his receipt."""
    return db.session.scalar(select(Fault).where(Fault.receipt == receipt))


def of_submission(submission_id: int) -> Sequence[Fault]:
    """All faults of an item, the newest first."""
    found = select(Fault).where(Fault.submission_id == submission_id).order_by(Fault.id.desc())
    return db.session.scalars(found).all()
