"""Pairs of a floor and the portal, measured in turn: CPU time of the server process for one request."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter

from bench.browser import Answer
from bench.processes import Server

BURST = 150.0
"""Milliseconds of the server's time that one burst of requests is to take, about."""
LEAST, MOST = 5, 120
"""Requests in a burst."""


@dataclass(frozen=True, slots=True)
class Probe:
    """One request that can be sent again and again to one server."""

    server: Server
    send: Callable[[], Answer]


@dataclass(frozen=True, slots=True)
class Pair:
    """What is compared with what, and how many times the floor it may cost."""

    id: str
    what: str
    floor: str
    below: Probe
    ours: Probe
    most: float
    statements: int | None = None
    most_statements: int | None = None
    burst: int | None = None
    """Requests in a burst, where they are not to be had without end."""


@dataclass(slots=True)
class Measured:
    """The rounds of one pair."""

    pair: Pair
    below: list[float] = field(default_factory=list)
    ours: list[float] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)

    @property
    def ratios(self) -> list[float]:
        """Ours over the floor, round by round."""
        return [ours / below for ours, below in zip(self.ours, self.below, strict=True)]

    @property
    def ratio(self) -> float:
        """The median of the rounds."""
        return median(self.ratios)


def measure(pairs: Sequence[Pair], rounds: int) -> list[Measured]:
    """Every pair in every round, each round beginning with another one."""
    found = [Measured(pair) for pair in pairs]
    sizes = {id(pair): (_size(pair, pair.below), _size(pair, pair.ours)) for pair in pairs}
    for number in range(rounds):
        shift = number * max(1, len(found) // rounds) % max(1, len(found))
        for measured in found[shift:] + found[:shift]:
            below, ours = sizes[id(measured.pair)]
            measured.below.append(_burst(measured.pair.below, below, []))
            measured.ours.append(_burst(measured.pair.ours, ours, measured.latencies))
    return found


def _size(pair: Pair, probe: Probe) -> int:
    """Warm up, and find how many requests make a burst."""
    warming = 3 if pair.burst else LEAST
    once = _burst(probe, warming, [])
    return pair.burst or max(LEAST, min(MOST, round(BURST / max(once, 0.01))))


def _burst(probe: Probe, count: int, latencies: list[float]) -> float:
    """CPU milliseconds of the server for one request."""
    before = probe.server.cpu()
    for _ in range(count):
        started = perf_counter()
        probe.send()
        latencies.append((perf_counter() - started) * 1000)
    return (probe.server.cpu() - before) / count


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which a share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
