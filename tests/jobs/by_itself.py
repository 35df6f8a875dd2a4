"""``python -m tests.jobs.by_itself``: brings up workers with jobs of the tests', each in a process of its own.

Every job writes a line to ``lines.txt`` in the data folder: a write that is there when the power goes.
"""

import json
import os
import sys
import time
from dataclasses import replace
from datetime import datetime, timedelta

from town_portal.factory import create_app
from town_portal.jobs.executor import Executor
from town_portal.jobs.operations import TIMETABLE, Turn
from town_portal.jobs.rules.timetable import Every, Job

HOUR = timedelta(hours=1)


def say(turn: Turn, words: str) -> None:
    """One line: words, the slot, who."""
    handle = os.open(turn.config.data / "lines.txt", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(handle, f"{words} {turn.slot.isoformat()} {os.getpid()}\n".encode())
    os.close(handle)


def tick(turn: Turn) -> int:
    """Says so."""
    say(turn, "tick")
    return 1


def sleep(turn: Turn) -> int:
    """Takes two seconds."""
    say(turn, "asleep")
    time.sleep(2)
    say(turn, "awake")
    return 1


def hang(turn: Turn) -> int:
    """Never comes back."""
    say(turn, "hangs")
    time.sleep(1000)
    return 0


def job(name: str, does: object, seconds: float, lease: float = 60) -> Job:
    """A job of the tests'."""
    return Job(name=name, label=name, does=does, rhythm=Every(timedelta(seconds=seconds)),  # type: ignore[arg-type]
               lease=timedelta(seconds=lease), alarm=HOUR)  # fmt: skip


JOBS = {one.name: one for one in (job("tick", tick, 2), job("sleep", sleep, 3600), job("hang", hang, 3600, 2))}
JOBS["publish"] = replace(TIMETABLE[0], lease=timedelta(seconds=3))
assert JOBS["publish"].name == "publish"


def work(names: list[str]) -> int:
    """Work until told to stop: at the house's jobs, or at those named."""
    app = create_app()
    return 0 if Executor(app, timetable=[JOBS[name] for name in names] or TIMETABLE).work_until_told() else 2


def nursery() -> None:
    """Read orders, a line of JSON each, and answer each with a line.

    ``{"start": [job, …], "environment": {…}, "log": path}`` is answered with the number of a new process;
    ``{"wait": number}`` with how it ended, -1 when it did not within half a minute. A process that has imported
    everything brings up another in a tenth of a second.
    """
    for line in sys.stdin:
        order = json.loads(line)
        if "wait" in order:
            print(ended(order["wait"]), flush=True)
            continue
        number = os.fork()
        if not number:
            os.environ.update(order["environment"])
            log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            os.dup2(log, 2)
            os.dup2(os.open(os.devnull, os.O_RDWR), 0)
            code = 1
            try:
                code = work(order["start"])
            finally:
                sys.stderr.flush()
                os._exit(code)
        print(number, flush=True)


def ended(number: int) -> int:
    """The exit code of a process, as subprocess has it."""
    for _ in range(600):
        found, status = os.waitpid(number, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.05)
    return -1


def lines(text: str, word: str) -> list[tuple[datetime, int]]:
    """(slot, process) of every line that begins with a word."""
    split = [line.split() for line in text.splitlines()]
    return [(datetime.fromisoformat(slot), int(pid)) for said, slot, pid in split if said == word]


if __name__ == "__main__":
    nursery()
