"""One way to write: a unit of work commits, a lifecycle changes states, nothing else does."""

import ast

from tests.house import tree

COMMITTERS = {"town_portal/audit/unit_of_work.py", "town_portal/foundation/db.py"}

BOOKKEEPERS = {
    "town_portal/files/operations.py": {"read_unread": "what a machine read in a file, and may read again"},
    "town_portal/accounts/operations.py": {
        "_count": "a try is written down before it is looked at",
        "_prove_in_turn": "and forgiven when it was right",
        "confirm_identity": "when the password was given again in a session",
        "sweep": "old sessions and failures",
    },
    "town_portal/accounts/queries.py": {"touch": "when a session was last seen; the guard asks on every request"},
    "town_portal/corrections/operations.py": {"_knock": "that a network sent a message, against floods"},
    "town_portal/inspection/operations.py": {
        "read_versions": "what a machine finds in a version, and may find again",
        "go_on": "how far a night has come",
    },
    "town_portal/search/operations.py": {
        "index": "what a version is found by, and may be made again",
        "start_anew": "and be forgotten for that",
    },
    "town_portal/notifications/operations.py": {
        "_put_away_expired": "nobody wants to be told any more",
        "_take": "a worker has it in hand",
        "_mark": "how an attempt ended",
        "_give_back": "and when there was none",
        "sweep": "old attempts, and words nobody needs",
    },
    "town_portal/jobs/operations.py": {
        "forget": "receipts of forms, runs and workers past their use",
        "claim": "who has a slot of a job",
        "_mine": "until when, and how it ended",
        "beat": "that a worker is alive",
        "sign_off": "that it ended in good order",
    },
    "town_portal/releases/operations.py": {"_note": "what a machine saw behind a link, and will see again"},
    "town_portal/submissions/operations.py": {
        "_keep": "typed and not yet saved",
        "put_report_away": "a note that was read",
        "drop_working_copy": "typed and given up",
    },
}


def places_of(name: str) -> set[tuple[str, str]]:
    """(file, function) of every call of a function of this name."""
    return {
        (tree.name_of(path), function.name)
        for path in tree.modules()
        for function in ast.walk(tree.parsed(path))
        if isinstance(function, ast.FunctionDef)
        for call in tree.calls(function)
        if tree.word(call.func) == name
    }


def test_only_the_unit_of_work_commits() -> None:
    assert {file for file, _ in places_of("commit")} == COMMITTERS


def test_nobody_flushes_around_the_frame() -> None:
    """Only the frame and the operations inside it decide when rows reach the database."""
    found = {file for file, _ in places_of("flush")}
    assert {file for file in found if not file.endswith("/operations.py")} <= {
        "town_portal/audit/unit_of_work.py",
        "town_portal/files/store.py",  # bytes to the disk, not rows
        "town_portal/backups/archive.py",
        "town_portal/foundation/sealed.py",
    }


def test_only_the_lifecycle_changes_the_state_of_an_item() -> None:
    found = {
        tree.name_of(path)
        for path in tree.modules()
        for node in ast.walk(tree.parsed(path))
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Attribute) and target.attr == "state"
    }
    # A setting or a term is no thing with a life: it is proposed once and decided once.
    decided = {"town_portal/settings/operations.py", "town_portal/proofreading/operations.py"}
    assert found <= {"town_portal/workflow/lifecycle.py"} | decided
    assert "town_portal/workflow/lifecycle.py" in found


def test_nobody_sets_a_state_by_name() -> None:
    for path in tree.modules():
        for call in tree.calls(tree.parsed(path)):
            named = [part.value for part in call.args if isinstance(part, ast.Constant)]
            assert not (tree.word(call.func) == "setattr" and "state" in named), tree.name_of(path)


def test_bookkeeping_is_done_where_it_is_listed() -> None:
    listed = {(file, function) for file, functions in BOOKKEEPERS.items() for function in functions}
    assert places_of("bookkeeping") == listed


def test_no_sql_by_hand() -> None:
    """Text statements pass the session's guard unseen."""
    found = {
        tree.name_of(path)
        for path in tree.modules()
        for call in tree.calls(tree.parsed(path))
        if tree.word(call.func) in ("text", "exec_driver_sql", "executescript") and not _of_a_model(call)
    }
    # The engine's settings; resetting the demo drops every table, its trail with them; and a backup
    # reads the engine's own check, and sets PostgreSQL's counters in a house that was empty.
    assert found <= {
        "town_portal/foundation/db.py",
        "town_portal/demo/operations.py",
        "town_portal/backups/carriage.py",
        "town_portal/backups/operations.py",
    }


def _of_a_model(call: ast.Call) -> bool:
    """``form.text(…)`` and the like are no statements."""
    return isinstance(call.func, ast.Attribute) and call.func.attr == "text"


def test_an_operation_calls_no_operation() -> None:
    """Inside a unit of work the frame refuses it; here it is refused before it runs."""
    for path in tree.HOUSE.glob("*/operations.py"):
        if path.parent.name in ("demo", "jobs"):
            continue  # they play the part of a view: one operation after the other
        module = tree.parsed(path)
        own = {function.name for function in module.body if isinstance(function, ast.FunctionDef)}
        writing = {
            function.name
            for function in module.body
            if isinstance(function, ast.FunctionDef)
            and any(tree.word(call.func) == "unit_of_work" for call in tree.calls(function))
        }
        for block in (node for node in ast.walk(module) if isinstance(node, ast.With)):
            if not any(tree.word(item.context_expr.func) == "unit_of_work" for item in block.items
                       if isinstance(item.context_expr, ast.Call)):  # fmt: skip
                continue
            called = {call.func.id for call in tree.calls(block) if isinstance(call.func, ast.Name)}
            assert not called & own & writing, f"{tree.name_of(path)}:{block.lineno}"
