"""Imports go down, only addresses go up. The floors stand in pyproject.toml."""

import ast
import re
import subprocess
import sys
from pathlib import Path

from tests.house import tree

FRONT = {"access", "web", "foundation", "workflow"}
"""Rooms without furniture: each has a contract of its own, or one file."""

HEAVY = ("town_portal/cli.py",)
"""It brings the proofreader's checks, with 300 MB of lists, only for the command that reads."""


def test_the_contracts_hold() -> None:
    # In a process of its own: the linter switches off every logger of the one it runs in.
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=tree.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:]


def test_every_room_has_its_furniture_checked() -> None:
    words = (tree.ROOT / "pyproject.toml").read_text(encoding="utf-8")
    furniture = re.search(r'id = "furniture".*?containers = \[(.*?)\]', words, re.DOTALL)
    assert furniture
    checked = set(re.findall(r'"town_portal\.(\w+)"', furniture[1]))
    assert checked == set(tree.rooms()) - FRONT


def test_the_workflow_is_one_line_and_one_shape() -> None:
    """The line that changes a state, and the shape of what is owed: every room above speaks in them."""
    assert [path.name for path in tree.modules(tree.HOUSE / "workflow")] == ["__init__.py", "duty.py", "lifecycle.py"]


def test_the_house_is_not_imported_inside_a_function() -> None:
    """The linter sees it, a reader does not. A heavy library may wait until it is needed."""
    for path in tree.modules():
        functions = (node for node in ast.walk(tree.parsed(path)) if isinstance(node, ast.FunctionDef))
        for node in (inner for function in functions for inner in ast.walk(function)):
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names]
                assert tree.name_of(path) in HEAVY or not [name for name in names if name.startswith("town_portal")], (
                    f"{tree.name_of(path)}:{node.lineno}"
                )


def test_a_room_begins_with_its_docstring_only() -> None:
    for room in tree.rooms():
        body = tree.parsed(tree.HOUSE / room / "__init__.py").body
        assert len(body) == 1, f"town_portal/{room}/__init__.py holds more than its docstring"
        assert re.search(r"[\u4e00-\u9fff]", body[0].value.value), f"{room} lacks its Chinese name"  # type: ignore[attr-defined]
