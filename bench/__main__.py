"""``python -m bench``: see the package's own words."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack

from bench import __doc__ as words
from bench import crowd, finding, houses, pages, processes, proofreading, table, upkeep, wire
from bench.houses import House
from bench.measuring import Pair, measure
from bench.pages import Counter, Portal
from bench.table import Line

SMALL, FINDING, LARGE, FULL = 5_000, 20_000, 100_000, 1_000_000
LATER = "P17 Lighthouse: not in this release."
ALL = tuple(f"P{number}" for number in range(1, 23) if number != 17)


def main() -> None:
    """Measure, print the table, and say with --check whether all targets are met."""
    asked = _arguments()
    names = set(asked.rows or ALL)
    processes.hold(0, processes.CORES[1:] or processes.CORES)
    lines = sorted(_lines(names, asked.rounds, FULL if asked.full else LARGE), key=lambda line: int(line.id[1:]))
    print(table.printed(lines))
    print(LATER)
    missed = [line for line in lines if line.passed is False]
    print(
        f"{len(missed)} of {sum(line.passed is not None for line in lines)} miss their targets."
        if missed
        else "All targets are met."
    )
    if asked.check and missed:
        sys.exit(1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bench", description=words, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rows", nargs="*", type=str.upper, choices=[*ALL, []], metavar="P…", help="only these rows")
    parser.add_argument("--check", action="store_true", help="leave with 1 where a target is missed")
    parser.add_argument("--full", action="store_true", help="a million items instead of a hundred thousand")
    parser.add_argument("--rounds", type=int, default=6, help="rounds in rotation (6)")
    return parser.parse_args()


def _lines(names: set[str], rounds: int, size: int) -> Iterator[Line]:
    if names & {"P21", "P22"}:
        yield from (line for line in proofreading.lines() if line.id in names)
    if "P11" in names:
        yield from finding.lines(size if size == FULL else FINDING)
    if names <= {"P11", "P21", "P22"}:
        return
    with ExitStack() as stack:
        large = _open(stack, houses.on_sqlite(size))
        small = _open(stack, houses.on_sqlite(SMALL)) if names & {"P12", "P13", "P20"} else large
        floors = stack.enter_context(processes.floors(large.house.database))
        counter = Counter(large)
        pairs = _wanted(names, pages.reading(large, floors, counter))
        if "P12" in names:
            pairs += [pair() for pair in pages.growing(small, large, "P12", "growth", 1.25)]
        if "P13" in names:
            other = _open(stack, houses.on_postgresql(SMALL))
            pairs += [pair() for pair in pages.growing(small, other, "P13", "PostgreSQL", 2.0)]
        yield from map(table.line_of, measure(pairs, rounds))
        pairs = _wanted(names, pages.writing(large, floors, counter))
        if "P12" in names:
            pairs += [pair() for pair in pages.growing_acts(small, large)]
        yield from map(table.line_of, measure(pairs, rounds))
        if "P7" in names:
            yield pages.right_to_the_last_digit(large)
        if "P18" in names:
            yield from upkeep.memory(large)
        if names & {"P15", "P16"}:
            yield from (line for line in wire.visits(large) if line.id in names)
        if "P4" in names:
            yield crowd.watching(large)
        if "P14" in names:
            yield crowd.scaling(large)
        if "P20" in names:
            yield upkeep.second_start(small.house)
    if "P19" in names:
        with houses.on_sqlite(houses.WITH_TRAIL) as house:
            yield from upkeep.trail_lines(house)


def _open(stack: ExitStack, house: object) -> Portal:
    """A house with the real server on it."""
    opened: House = stack.enter_context(house)  # type: ignore[arg-type]
    return Portal(opened, stack.enter_context(processes.portal(opened.data, opened.database))).admit()


def _wanted(names: set[str], found: Iterator[tuple[str, Callable[[], Pair]]]) -> list[Pair]:
    return [make() for name, make in found if name in names]


if __name__ == "__main__":
    main()
