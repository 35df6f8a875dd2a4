"""Rounds at an hour in which nobody is left in peace."""

from datetime import datetime, timedelta

from sqlalchemy import select

from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.network.models import Person
from town_portal.reminders import operations, queries
from town_portal.reminders.models import Notice


def a_working_afternoon() -> datetime:
    """Three o'clock on the next working day."""
    calendar, today = queries.terms().calendar, clock.today()
    days = (today + timedelta(days=number) for number in range(1, 20))
    return clock.instant(next(day for day in days if calendar.is_workday(day))) + timedelta(hours=15)


def a_round() -> None:
    """A round on that afternoon."""
    with clock.stopped_at(a_working_afternoon()):
        operations.go_round()


def a_notice(person: Person) -> Notice:
    """What somebody was told by such a round."""
    person_id = person.id
    a_round()
    return db.session.scalars(select(Notice).where(Notice.person_id == person_id)).one()
