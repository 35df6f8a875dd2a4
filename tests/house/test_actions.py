"""Actions are the words of the trail: one name, one meaning, and a Chinese label."""

import importlib
import re
from collections import defaultdict

from tests.house import tree
from town_portal.audit.rules.action import Action
from town_portal.workflow.lifecycle import Lifecycle

TOLD_APART = {
    # A name that starts from several states says in its label where it started.
    "submit": {"送审", "修改后重报"},
    "sign": {"一审通过", "二审通过", "交叉审核通过", "三审通过"},
    "return": {"一审退回", "二审退回", "交叉审核退回", "三审退回", "发布前退回"},
    "publish": {"发布", "定时发布"},
}


def actions() -> list[Action]:
    """Every action of the house: constants of the operations, and moves."""
    found: dict[int, Action] = {}
    for path in tree.HOUSE.glob("*/operations.py"):
        module = importlib.import_module(f"town_portal.{path.parent.name}.operations")
        found |= {id(value): value for value in vars(module).values() if isinstance(value, Action)}
    moves = [move for lifecycle in lifecycles() for move in lifecycle]
    return [*found.values(), *moves]


def lifecycles() -> list[Lifecycle]:
    """The lifecycle of every room that has one."""
    names = [path.parents[1].name for path in sorted(tree.HOUSE.glob("*/rules/lifecycle.py"))]
    return [importlib.import_module(f"town_portal.{name}.rules.lifecycle").LIFECYCLE for name in names]


def test_there_are_actions() -> None:
    assert len(actions()) > 40


def test_one_name_has_one_label_or_the_listed_ones() -> None:
    labels = defaultdict(set)
    for action in actions():
        labels[action.name].add(action.label)
    assert {name: found for name, found in labels.items() if len(found) > 1} == TOLD_APART


def test_one_label_has_one_name() -> None:
    names = defaultdict(set)
    for action in actions():
        names[action.label].add(action.name)
    assert not {label: found for label, found in names.items() if len(found) > 1}


def test_names_are_english_and_labels_chinese() -> None:
    for action in actions():
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", action.name), action
        assert re.fullmatch(r"[\u4e00-\u9fff]{2,12}", action.label), action


def test_an_action_is_made_once_and_used() -> None:
    """An action nobody records would be a promise nobody keeps."""
    for path in tree.HOUSE.glob("*/operations.py"):
        words = path.read_text(encoding="utf-8")
        for constant in re.findall(r"^(\w+) = Action\(", words, re.MULTILINE):
            assert len(re.findall(rf"\b{constant}\b", words)) > 1, f"{tree.name_of(path)}: {constant}"
