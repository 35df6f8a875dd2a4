"""P18–P20: memory, the trail, the second start."""

import os
import signal
import subprocess
import time
from statistics import median

from sqlalchemy import func, select

from bench.houses import House
from bench.pages import Portal
from bench.processes import CORES, ROOT, Server, free_port, portal_environment, start, wait_until_answered
from bench.table import Line
from town_portal.access.actor import Actor
from town_portal.audit import queries as trail
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import unit_of_work
from town_portal.factory import create_app
from town_portal.foundation import clock
from town_portal.foundation.db import bookkeeping, db
from town_portal.network.models import Person
from town_portal.submissions.models import WorkingCopy

TOUCH = Action("touch_bench", "测量")
APPENDS = 60


def memory(portal: Portal) -> list[Line]:
    """P18: what the processes hold after all that was asked of them."""
    environ = {**portal_environment(portal.house.data, portal.house.database, free_port()), "FLASK_APP": "wsgi"}
    worker = Server(start(["-m", "flask", "worker"], environ, CORES), 0)
    time.sleep(6)
    held = worker.memory()
    worker.process.kill()
    worker.process.wait()
    return [
        Line(
            "P18",
            "memory of the web process",
            "",
            f"{portal.server.memory():.0f} MB",
            "",
            "≤ 150 MB",
            portal.server.memory() <= 150,
        ),
        Line(
            "P18",
            "memory of the worker",
            "",
            f"{held:.0f} MB",
            "",
            "≤ 500 MB",
            held <= 500,
            "no language model in this release",
        ),
    ]


def trail_lines(house: House) -> list[Line]:
    """P19: verifying the chain, and what an event adds to an act."""
    app = create_app(house.config())
    with app.app_context():
        started = time.process_time()
        report = trail.verify(with_rows=False)
        rate = report.events / (time.process_time() - started)
        plain, recorded = _appending()
        db.session.remove()
        db.engine.dispose()
    adds = [with_event - without for with_event, without in zip(recorded, plain, strict=True)]
    sound = "sound" if report.sound else "NOT SOUND"
    return [
        Line(
            "P19", "verify the chain", "", f"{rate:,.0f} events/s", "", "≥ 50,000 events/s", rate >= 50_000 and report.sound,
            f"{report.events:,} events, {sound}",
        ),
        Line(
            "P19", "an event on top of an act", f"{median(plain):.2f} ms", f"+{median(adds):.2f} ms", "", "≤ 0.3 ms",
            median(adds) <= 0.3, f"{min(adds):.2f}–{max(adds):.2f}",
        ),
    ]  # fmt: skip


def _appending() -> tuple[list[float], list[float]]:
    """CPU milliseconds of a durable write without an event, and with one; in turn."""
    person_id = db.session.scalar(select(func.min(Person.id))) or 0
    actor = Actor(id=person_id, name="测量")
    plain, recorded = [], []
    for number in range(APPENDS):
        started = time.process_time()
        with bookkeeping() as session:
            person = session.get(Person, person_id)
            session.add(WorkingCopy(person_id=person_id, slot=-2 * number - 1, fields={}, saved_at=clock.now()))
        plain.append((time.process_time() - started) * 1000)
        started = time.process_time()
        with unit_of_work(actor) as work:
            person = db.session.get(Person, person_id)
            db.session.add(WorkingCopy(person_id=person_id, slot=-2 * number - 2, fields={}, saved_at=clock.now()))
            work.record(TOUCH, person)
        recorded.append((time.process_time() - started) * 1000)
    return plain[5:], recorded[5:]


def second_start(house: House) -> Line:
    """P20: ``make run`` on a house that stands, to the first answered request."""
    port = free_port()
    environ = portal_environment(house.data, house.database, port)
    done = [argument for name in (".venv/.installed", "static/vendor/manifest.json") for argument in ("-o", name)]
    started = time.monotonic()
    make = subprocess.Popen(
        ["make", "-s", *done, "run"], cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        wait_until_answered(port, "/sign-in")
        took = time.monotonic() - started
    finally:
        os.killpg(make.pid, signal.SIGTERM)
        make.wait()
    return Line("P20", "second start, to the first answer", "", f"{took:.1f} s", "", "≤ 5 s", took <= 5)
