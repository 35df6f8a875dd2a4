"""What the demo is made of, and whether it is loaded."""

import csv
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select

from town_portal.access.roles import Role
from town_portal.audit.models import AuditEvent
from town_portal.demo.rules import corpus
from town_portal.demo.rules.corpus import Item
from town_portal.demo.rules.pace import Pace
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.network import queries as network
from town_portal.network.rules import roster_file
from town_portal.proofreading import queries as proofreading
from town_portal.proofreading.rules import term_file
from town_portal.proofreading.rules.entry import TermEntry
from town_portal.proofreading.rules.kinds import KINDS, TermKind
from town_portal.settings.rules.catalogue import CATALOGUE
from town_portal.workdays import queries as workdays
from town_portal.workdays.rules import notice_file
from town_portal.workdays.rules.calendar import Calendar
from town_portal.workdays.rules.notice_file import Row
from town_portal.workdays.rules.working_time import WorkingTime

PASSWORD = "Lychee-2026-Demo"
"""Of every account of the demo; it stands on the sign-in page and is no secret."""
FOUNDING = "found_demo"
"""The name of the act with which the demo begins its trail."""

_HERE = Path(__file__).parent
_NOTICES = _HERE.parent / "workdays" / "notices"

FACES: tuple[tuple[Role, str], ...] = (
    (Role.REPORTER, "C03"),
    (Role.HEAD, "B05"),
    (Role.LEADER, "B05"),
    (Role.PRINCIPAL, "B01"),
    (Role.COORDINATOR, "B01"),
    (Role.PUBLISHER, "B01"),
    (Role.ADMINISTRATOR, "B01"),
    (Role.AUDITOR, "B03"),
)
"""The posts whose holders visitors are offered, one for each role."""


class Account(NamedTuple):
    """Somebody a visitor can sign in as."""

    role: str
    unit: str
    name: str
    phone: str
    password: str


def people() -> roster_file.Table:
    """The invented people and their posts, as a table that ``network.import_people`` takes."""
    with (_HERE / "people.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def leaders() -> list[tuple[int, TermEntry]]:
    """The invented leaders as (line, entry), as an import of 领导名录 reads them."""
    with (_HERE / "leaders.csv").open(encoding="utf-8", newline="") as file:
        read, faults = term_file.entries_of(KINDS[TermKind.LEADERS], list(csv.reader(file)), proofreading.owners())
    if faults:
        raise ValueError(faults[0].words)
    return read


def items(now: datetime) -> list[Item]:
    """The corpus as it stands at an instant (UTC): moved to end there, in the order of days."""
    lines = [
        line
        for path in sorted((_HERE / "corpus").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return corpus.read(lines, clock.day_of(now))


def notices() -> list[tuple[int, list[Row], str]]:
    """The shipped notices on days off as (year, days, source), oldest first."""
    found = []
    for path in sorted(_NOTICES.glob("*.csv")):
        text = path.read_text(encoding="utf-8")
        found.append((int(path.stem), notice_file.parse(text), notice_file.source_of(text)))
    return found


def pace(now: datetime) -> Pace:
    """The times of the demo's town, with the shipped notices and the shipped office hours."""
    days = [row for _, rows, _ in notices() for row in rows]
    calendar = Calendar(
        days={day: works for day, works, _ in days},
        confirmed=[year for year, _, _ in notices()],
        statutory=workdays.statutory_days(),
    )
    return Pace(now, WorkingTime(calendar, CATALOGUE["working_hours"].default))


def loaded() -> bool:
    """Does the trail begin with the demo?"""
    return db.session.scalar(select(AuditEvent.action).where(AuditEvent.seq == 1)) == FOUNDING


def accounts() -> list[Account]:
    """One person for each role; nobody unless the demo is loaded."""
    if not loaded():
        return []
    today = clock.today()
    units = {unit.code: unit for unit in network.units()}
    return [
        Account(role.label, units[code].name, person.name, person.phone, PASSWORD)
        for role, code in FACES
        for person in network.holders(today, role, units[code].id)[:1]
    ]
