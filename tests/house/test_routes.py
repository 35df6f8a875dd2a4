"""Addresses: nouns in kebab-case, typed ids, a stored list; and reading changes nothing.

Write the list anew with ``python -m tests.house.test_routes``.
"""

import ast
import re

from flask import Flask

from tests.house import tree
from tests.house.town import Town, Walk
from town_portal.config import Config
from town_portal.factory import create_app

STORED = tree.ROOT / "tests" / "house" / "routes.txt"
WORD = re.compile(r"[a-z]+(-[a-z]+)*(\.[a-z]+)?")
WORDS_OF_ADDRESSES = {"token", "secret", "key", "code", "name", "word_list", "channel_kind", "line_key", "receipt"}
"""Arguments that are no row numbers: our own names, tokens, and keys of lists in the code."""

VERBS = {
    "add", "amend", "appoint", "approve", "assign", "cancel", "change", "check", "claim", "close", "confirm",
    "correct", "create", "delete", "disable", "discard", "do", "edit", "enable", "end", "export", "get", "import",
    "issue", "keep", "make", "move", "open", "post", "propose", "publish", "put", "recall", "reject", "release",
    "relieve", "remove", "rename", "return", "revise", "save", "schedule", "send", "set", "sign", "submit",
    "unlock", "update", "upload", "withdraw",
}  # fmt: skip


def listed(app: Flask) -> list[str]:
    """One line a route: method, address, endpoint."""
    return sorted(
        f"{method} {rule.rule} {rule.endpoint}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    )


def test_the_stored_list_is_the_one_in_force(house: Flask) -> None:
    stored, present = STORED.read_text(encoding="utf-8").splitlines(), listed(house)
    changed = [f"- {line}" for line in stored if line not in present] + [
        f"+ {line}" for line in present if line not in stored
    ]
    assert not changed, "read these lines, then write the list anew (see above):\n" + "\n".join(changed)


def test_only_reading_and_sending() -> None:
    """HTML forms know two methods; so does the house."""
    for line in STORED.read_text(encoding="utf-8").splitlines():
        assert line.split()[0] in ("GET", "POST"), line


def test_words_are_kebab_case_and_ids_typed(house: Flask) -> None:
    for rule in house.url_map.iter_rules():
        assert rule.rule == "/" or not rule.rule.endswith("/"), rule.rule
        for part in rule.rule.strip("/").split("/"):
            for kind, name in re.findall(r"<(?:([^>:]+):)?(\w+)>", part):
                assert kind or name in WORDS_OF_ADDRESSES, f"{rule.rule}: {name} has no type"
                assert kind != "int" or name.endswith("_id") or name in ("number", "seq", "slot"), rule.rule
            plain = re.sub(r"<[^>]*>", "x", part)
            assert not plain or WORD.fullmatch(plain), f"{rule.rule}: {plain}"


def test_a_post_goes_to_a_noun(house: Flask) -> None:
    for rule in house.url_map.iter_rules():
        if "POST" in (rule.methods or set()):
            words = [part for part in rule.rule.split("/") if part and not part.startswith("<")]
            assert words[-1].split(".")[0] not in VERBS, rule.rule


def test_no_address_answers_both_ways_from_one_view(house: Flask) -> None:
    for rule in house.url_map.iter_rules():
        assert len((rule.methods or set()) & {"GET", "POST"}) == 1, rule.endpoint


def test_views_are_short(house: Flask) -> None:
    """A view loads, calls, answers. Counted are statements, not lines."""
    for path in tree.HOUSE.glob("*/views.py"):
        for function in (node for node in tree.parsed(path).body if isinstance(node, ast.FunctionDef)):
            routed = any(tree.word(call) in ("get", "post") for one in function.decorator_list
                         if isinstance(one, ast.Call) for call in [one.func])  # fmt: skip
            if routed:
                told = sum(isinstance(node, ast.stmt) for node in ast.walk(function)) - 2
                assert told <= 18, f"{tree.name_of(path)}: {function.name} has {told} statements"


def test_reading_changes_nothing(walk: Walk) -> None:
    """Every page of every role, on rows that are there: no event, no change of a row, no fault."""
    faults = [page.text for page in walk.pages if page.status >= 500]
    assert not faults, "\n".join(faults)
    assert walk.after == walk.before


def test_a_row_number_no_column_holds_is_an_unknown_page(furnished: Town) -> None:
    for number in ("0", "99999999999999999999", "-1", "1e3"):
        status, _, _ = furnished.get("auditor", f"/submissions/{number}")
        assert status == 404, number


if __name__ == "__main__":  # pragma: no cover
    STORED.write_text("\n".join(listed(create_app(Config.from_environment()))) + "\n", encoding="utf-8")
