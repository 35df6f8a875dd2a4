"""The source tree as the house tests read it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "town_portal"
TESTS = ROOT / "tests"
TEMPLATES = ROOT / "templates"


@cache
def modules(folder: Path = HOUSE) -> tuple[Path, ...]:
    """Every Python file of a folder."""
    return tuple(sorted(folder.rglob("*.py")))


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def templates() -> tuple[Path, ...]:
    """Every template."""
    return tuple(sorted(TEMPLATES.rglob("*.html")))


def name_of(path: Path) -> str:
    """A file's path inside the tree."""
    return path.relative_to(ROOT).as_posix()


def rooms() -> list[str]:
    """The packages of the house."""
    return sorted(path.parent.name for path in HOUSE.glob("*/__init__.py"))


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def word(node: ast.expr) -> str:
    """The last name of a called thing: ``x.y.z()`` gives z."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def sentences(path: Path) -> Iterator[tuple[int, str]]:
    """(line, text) of every string people may read: no docstrings; a placeholder is ``□``."""
    tree = parsed(path)
    silent = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    parts = {part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)} - silent
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, "".join(part.value if isinstance(part, ast.Constant) else "□" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in silent | parts:
            yield node.lineno, node.value
