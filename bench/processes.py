"""Server processes: started on a free port, held on one core, their CPU time and memory read."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEY = "a key for measuring only, more than thirty-two bytes long"
CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else [0]
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Server:
    """A process that answers on a port."""

    process: subprocess.Popen[bytes]
    port: int

    def cpu(self) -> float:
        """CPU time of all its threads so far, in milliseconds."""
        found = 0
        for path in Path(f"/proc/{self.process.pid}/task").glob("*/schedstat"):
            try:
                found += int(path.read_text().split()[0])
            except FileNotFoundError:  # a thread that has just ended
                continue
        return found / 1e6

    def memory(self) -> float:
        """Resident memory in MB."""
        return resident(self.process.pid)

    def stop(self) -> None:
        """Ask it to end, as a service manager would."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def resident(pid: int) -> float:
    """Resident memory of a process in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(**given: object) -> dict[str, str]:
    """This process's environment without what would configure a portal, and what is given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TOWN_PORTAL_", "PORT"))}
    return {
        **kept,
        "PYTHONPYCACHEPREFIX": str(ROOT / ".venv" / "pycache"),
        **{name: str(value) for name, value in given.items()},
    }


def portal_environment(data: Path, database: str, port: int) -> dict[str, str]:
    """What configures a portal for measuring: its worker stands apart, so that it does not count."""
    return environment(
        TOWN_PORTAL_DATA=data,
        TOWN_PORTAL_DATABASE=database,
        TOWN_PORTAL_SECRET_KEY=KEY,
        TOWN_PORTAL_WORKER="apart",
        PORT=port,
    )


def hold(pid: int, cores: Sequence[int]) -> None:
    """Hold a process on some cores, where the machine knows how."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(pid, cores)


def start(
    arguments: Sequence[str], environ: Mapping[str, str], cores: Sequence[int], **more: object
) -> subprocess.Popen[bytes]:
    """A Python process of this project, held on cores."""
    process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=dict(environ), **more)  # type: ignore[call-overload]
    hold(process.pid, cores)
    return process  # type: ignore[no-any-return]


def wait_until_answered(port: int, path: str, patience: float = PATIENCE) -> None:
    """Come back when the first request was answered."""
    until = time.monotonic() + patience
    while True:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", path)
            connection.getresponse().read()
            connection.close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return


@contextmanager
def portal(data: Path, database: str) -> Iterator[Server]:
    """The real server on a database."""
    port = free_port()
    with _running(["-m", "town_portal.server"], portal_environment(data, database, port), port, "/sign-in") as server:
        yield server


@contextmanager
def floors(database: str) -> Iterator[Server]:
    """The floors on the same database."""
    port = free_port()
    environ = environment(BENCH_DATABASE=database, BENCH_PORT=port)
    with _running(["-m", "bench.floors"], environ, port, "/f0") as server:
        yield server


@contextmanager
def _running(arguments: Sequence[str], environ: Mapping[str, str], port: int, path: str) -> Iterator[Server]:
    server = Server(start(arguments, environ, CORES[:1]), port)
    try:
        wait_until_answered(port, path)
        yield server
    finally:
        if (ended := server.process.poll()) is not None:
            print(f"{' '.join(arguments)} ended by itself: {ended}", file=sys.stderr)
        server.stop()
