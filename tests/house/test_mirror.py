"""Tests mirror the house: no rule, operation, query or view file without its test file."""

from tests.house import tree

FURNITURE = ("operations.py", "queries.py", "views.py")
MISSING: frozenset[str] = frozenset()


TOGETHER = {
    "town_portal/files/rules/contents/": "tests/files/rules/test_contents.py",
    "town_portal/files/rules/word/": "tests/files/rules/test_word_file.py",
}
"""The parts of one reader are tried through its front."""


def wanted() -> dict[str, str]:
    """The test file of every file that needs one."""
    mirror = {}
    for path in tree.modules():
        inside = path.relative_to(tree.HOUSE)
        is_rule = inside.parts[1:2] == ("rules",) and path.name != "__init__.py"
        is_furniture = len(inside.parts) == 2 and path.name in FURNITURE
        if is_rule or is_furniture:
            name = tree.name_of(path)
            together = next((test for parts, test in TOGETHER.items() if name.startswith(parts)), None)
            mirror[name] = together or f"tests/{inside.parent.as_posix()}/test_{path.name}"
    return mirror


def test_every_file_has_its_tests() -> None:
    missing = {test for test in wanted().values() if not (tree.ROOT / test).exists()}
    assert missing <= MISSING, sorted(missing - MISSING)
    assert missing >= MISSING, f"written meanwhile; take off the list: {sorted(MISSING - missing)}"


def test_every_test_file_has_tests() -> None:
    for path in tree.TESTS.rglob("test_*.py"):
        assert "def test_" in path.read_text(encoding="utf-8"), tree.name_of(path)


def test_no_test_is_left_out_of_sight() -> None:
    """A folder of tests without __init__.py would hide one of two files of the same name."""
    for folder in {path.parent for path in tree.TESTS.rglob("test_*.py")}:
        assert (folder / "__init__.py").exists(), tree.name_of(folder)
