"""P4, P14: many browsers at once, and two processes behind one socket."""

import re
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from random import Random
from statistics import median

from bench.browser import Browser, NotAnAnswer
from bench.filling import PASSWORD
from bench.measuring import percentile
from bench.pages import FRAGMENT, Portal, taken
from bench.processes import CORES, KEY, Server, environment, start, wait_until_answered
from bench.table import Line

BROWSERS = 150
EVERY = 2.0
"""Seconds between two looks of an open page (data-every in the templates)."""
IDLE = 12.0
"""Seconds for which nothing happens."""
CHANGES = 4
SPAN = 3.0
"""Seconds of one round of load."""


class Watcher(threading.Thread):
    """One open page: asks every two seconds whether its list changed."""

    def __init__(self, browser: Browser, seen: str, phase: float, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.browser, self.seen, self.phase, self.stop = browser, seen, phase, stop
        self.noticed: list[float] = []

    def run(self) -> None:
        """Look until told to stop."""
        pause = self.phase
        while not self.stop.wait(pause):
            started = time.monotonic()
            answer = self.browser.request("GET", "/waiting/pulse", headers={**FRAGMENT, "X-Seen": self.seen})
            if answer.status not in (200, 204):
                raise NotAnAnswer(f"the pulse answered {answer.status}")
            self.seen = answer.headers.get("x-seen", self.seen)
            if answer.status == 200:
                self.noticed.append(time.monotonic())
            pause = max(0.0, EVERY - (time.monotonic() - started))


def watching(portal: Portal) -> Line:
    """P4: 150 browsers with the same list open, and a change."""
    lots, stop = Random(1), threading.Event()
    seen = portal.seen()
    people = [portal.house.facts.phones[key] for key in ("reader", "reader 2")]
    watchers = [
        Watcher(Browser(portal.server.port).sign_in(people[number % 2], PASSWORD), seen, lots.random() * EVERY, stop)
        for number in range(BROWSERS)
    ]
    for watcher in watchers:
        watcher.start()
    time.sleep(2 * EVERY)
    before = portal.server.cpu()
    time.sleep(IDLE)
    share = (portal.server.cpu() - before) / IDLE / 10
    changes = portal.acts(
        "drafter", "/submissions/{}/submittals", ((n, {}) for n in taken(portal.house.facts.to_reader))
    )
    time.sleep(2 * EVERY)  # the first act of the probe was a change too
    late: list[float] = []
    for _ in range(CHANGES):
        for watcher in watchers:
            watcher.noticed.clear()
        changes.send()
        changed = time.monotonic()
        time.sleep(2 * EVERY)
        late += [watcher.noticed[0] - changed if watcher.noticed else float("inf") for watcher in watchers]
    stop.set()
    for watcher in watchers:
        watcher.join()
    p50, p95, last = percentile(late, 0.5), percentile(late, 0.95), max(late)
    return Line(
        "P4",
        f"{BROWSERS} open browsers, a change",
        "",
        f"p95 {p95:.2f} s, idle {share:.0f} %",
        "",
        "p95 ≤ 3 s, idle ≤ 15 % of a core",
        p95 <= 3 and share <= 15,
        f"p50 {p50:.2f} s, last {last:.2f} s",
    )


def scaling(portal: Portal) -> Line:
    """P14: the same load on one process, and on two that share a socket."""
    rates: dict[int, list[float]] = {1: [], 2: []}
    cookie = "; ".join(f"{name}={value}" for name, value in portal.by("reader").cookies.items())
    with ExitStack() as stack:
        ports = {count: stack.enter_context(_sharing(portal, count)) for count in rates}
        pages = {count: {_rows(port, cookie) for _ in range(6)} for count, port in ports.items()}
        for _ in range(4):
            for count, port in ports.items():
                rates[count].append(_load(port, cookie))
    ratios = [two / one for one, two in zip(rates[1], rates[2], strict=True)]
    same = len(pages[1] | pages[2]) == 1
    return Line(
        "P14",
        "two processes, one socket",
        f"1: {median(rates[1]):.0f}/s",
        f"2: {median(rates[2]):.0f}/s",
        f"{median(ratios):.2f}",
        "≥ 1.7 ×, same results",
        median(ratios) >= 1.7 and same,
        f"{min(ratios):.2f}–{max(ratios):.2f}; {len(CORES)} cores for servers and client together",
    )


@contextmanager
def _sharing(portal: Portal, count: int) -> Iterator[int]:
    """So many server processes on one listening socket; answers with its port."""
    with socket.socket() as listening, ExitStack() as stack:
        listening.bind(("127.0.0.1", 0))
        listening.listen(1024)
        listening.set_inheritable(True)
        environ = environment(
            TOWN_PORTAL_DATA=portal.house.data,
            TOWN_PORTAL_DATABASE=portal.house.database,
            TOWN_PORTAL_SECRET_KEY=KEY,
            TOWN_PORTAL_WORKER="apart",
            BENCH_SOCKET=listening.fileno(),
        )
        port = int(listening.getsockname()[1])
        for number in range(count):
            cores = [CORES[number % len(CORES)]]
            process = start(["-m", "bench.shared"], environ, cores, pass_fds=(listening.fileno(),))
            stack.callback(Server(process, port).stop)
        wait_until_answered(port, "/sign-in")
        time.sleep(3)  # until the second one listens too
        yield port


def _load(port: int, cookie: str) -> float:
    """Answers a second, to a few clients each with a connection for every request."""
    environ = environment(BENCH_COOKIE=cookie)
    client = start(["-m", "bench.client", str(port), str(SPAN)], environ, CORES, stdout=subprocess.PIPE)
    return int(client.communicate()[0]) / SPAN


def _rows(port: int, cookie: str) -> tuple[str, ...]:
    """What the queue shows, whichever process answers."""
    text = Browser(port).get("/waiting", {"Cookie": cookie}).text
    return tuple(re.findall(r'id="review-row-(\d+)"', text))
