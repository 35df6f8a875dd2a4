"""The tools find nothing: what they may overlook stands in pyproject.toml, each with its reason."""

import re
import subprocess
import sys
import tomllib

import pytest

from tests.house import tree


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """One tool over the tree."""
    return subprocess.run([sys.executable, "-m", *command], cwd=tree.ROOT, capture_output=True, text=True, check=False)


def test_ruff_finds_nothing() -> None:
    done = run("ruff", "check", "--no-cache", "--output-format", "concise", ".")
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]


def test_the_code_is_formatted() -> None:
    done = run("ruff", "format", "--no-cache", "--check", ".")
    files = [line for line in done.stdout.splitlines() if not line.startswith(" ")]
    assert done.returncode == 0, "\n".join(files[-60:]) + done.stderr[-1000:]


@pytest.mark.slow
def test_mypy_finds_nothing() -> None:
    done = run("mypy")
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]


def test_every_exception_has_its_reason() -> None:
    """A rule that is switched off says why on its line."""
    words = (tree.ROOT / "pyproject.toml").read_text(encoding="utf-8")
    configured = tomllib.loads(words)["tool"]["ruff"]["lint"]
    assert configured["select"] == ["ALL"]
    ignored = words[words.index("\nignore = [") : words.index("[tool.ruff.lint.pydocstyle]")]
    for line in ignored.splitlines():
        assert not line.startswith("    ") or re.search(r"  # \w", line), line


def test_every_silenced_line_names_its_rule() -> None:
    """Silence is for one rule on one line, never for all of them."""
    for path in (*tree.modules(), *tree.modules(tree.TESTS)):
        if path.name == "test_lint.py":
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for sign, named in (("# noqa", r"# noqa: [A-Z]+\d+"), ("# type: ignore", r"# type: ignore\[[a-z-]+")):
                assert sign not in line or re.search(named, line), f"{tree.name_of(path)}:{number}"
