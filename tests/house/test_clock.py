"""Only foundation/clock.py reads the time; whoever needs it takes it from there."""

import ast

from tests.house import tree

READERS = {"now", "today", "utcnow", "utcfromtimestamp", "fromtimestamp", "time", "time_ns", "localtime", "gmtime"}
SOURCES = {"datetime", "date", "dt", "time"}


def test_only_the_clock_reads_the_time() -> None:
    found = {
        f"{tree.name_of(path)}:{call.lineno}"
        for path in (*tree.modules(), *tree.modules(tree.TESTS))
        for call in tree.calls(tree.parsed(path))
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in READERS
        and isinstance(call.func.value, ast.Name | ast.Attribute)
        and tree.word(call.func.value) in SOURCES
    }
    assert {place.split(":")[0] for place in found} == {"town_portal/foundation/clock.py"}, found


def test_the_database_is_not_asked_for_the_time() -> None:
    for path in tree.modules():
        for call in tree.calls(tree.parsed(path)):
            if isinstance(call.func, ast.Attribute) and tree.word(call.func.value) == "func":
                assert call.func.attr not in ("now", "current_timestamp", "current_date"), tree.name_of(path)
