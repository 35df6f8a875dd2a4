"""Every word of the code has its Chinese word, and keeps it."""

import ast
import re
from collections import defaultdict
from enum import StrEnum

import pytest

from tests.house import tree
from tests.house.test_actions import actions
from town_portal import glossary
from town_portal.access.permissions import Permission
from town_portal.access.roles import Role
from town_portal.factory import create_app
from town_portal.foundation.db import Base
from town_portal.submissions.rules.lifecycle import State

assert create_app  # imported so that every model is known

KINDS = {
    "rooms": glossary.ROOMS,
    "models": glossary.MODELS,
    "roles": glossary.ROLES,
    "permissions": glossary.PERMISSIONS,
    "states": glossary.STATES,
    **glossary.CHOICES,
}


def choices() -> dict[str, type[StrEnum]]:
    """The labelled choices that stand in models."""
    found = {}
    for mapper in Base.registry.mappers:
        for column in mapper.columns:
            enum = getattr(column.type, "enum_class", None)
            if enum is not None and enum not in (Role, State):
                found[enum.__name__] = enum
    return found


def test_every_room_is_named_as_it_names_itself() -> None:
    assert sorted(glossary.ROOMS) == tree.rooms()
    for room, name in glossary.ROOMS.items():
        docstring = ast.get_docstring(tree.parsed(tree.HOUSE / room / "__init__.py")) or ""
        assert docstring.startswith(f"{name}:"), f"{room} calls itself {docstring[:12]}"


def test_every_model_is_named() -> None:
    models = {mapper.class_.__name__ for mapper in Base.registry.mappers}
    assert set(glossary.MODELS) == models


def test_models_say_their_name() -> None:
    """A model of business says its Chinese word in its docstring; technical rows may stay English."""
    for mapper in Base.registry.mappers:
        said = re.match(r"([\u4e00-\u9fff]+): ", mapper.class_.__doc__ or "")
        if said:
            assert said[1] == glossary.MODELS[mapper.class_.__name__]


@pytest.mark.parametrize(
    ("words", "enum"),
    [(glossary.ROLES, Role), (glossary.PERMISSIONS, Permission), (glossary.STATES, State)],
    ids=["roles", "permissions", "states"],
)
def test_labels_are_those_of_the_code(words: dict[str, str], enum: type[StrEnum]) -> None:
    assert words == {member.value: member.label for member in enum}  # type: ignore[attr-defined]


def test_choices_are_those_of_the_code() -> None:
    assert {
        name: {member.value: member.label for member in enum}  # type: ignore[attr-defined]
        for name, enum in choices().items()
    } == glossary.CHOICES


def test_actions_are_those_of_the_code() -> None:
    labels = defaultdict(list)
    for action in actions():
        if action.label not in labels[action.name]:
            labels[action.name].append(action.label)
    told = {name: list(words) if isinstance(words, tuple) else [words] for name, words in glossary.ACTIONS.items()}
    assert {name: sorted(words) for name, words in told.items()} == {
        name: sorted(words) for name, words in labels.items()
    }


@pytest.mark.parametrize("kind", KINDS)
def test_one_word_for_one_thing(kind: str) -> None:
    words = KINDS[kind]
    assert len(set(words.values())) == len(words), f"two {kind} share a Chinese word"
    for english, chinese in words.items():
        assert re.search(r"[\u4e00-\u9fff]", chinese), english


def test_one_word_across_kinds() -> None:
    """A Chinese word that stands in several kinds means the same thing in all of them."""
    same = {
        "设置": {"settings", "Setting"},
        "栏目": {"columns", "Column"},
        "文件": {"files", "StoredFile"},
        "范文": {"model_texts", "ModelText"},
        "稿件": {"submissions", "Submission"},
        # The act and what it makes, the room and its right.
        "发布": {"publishing", "publish", "publication"},
        "渠道发布": {"releases", "Release", "channel_release"},
        "催办": {"remind", "remind_by_hand"},
        "提醒": {"Reminder", "remind"},
        "稍后提醒": {"Snooze", "snooze"},
        "发布后疑点": {"LateFinding", "late_finding"},
        "任职": {"Post", "appoint"},
        "已撤下": {"withdrawn"},
        "确认设置": {"setting.confirm", "confirm_setting"},
        "提出设置": {"setting.propose", "propose_setting"},
        "确认评分办法": {"scheme.confirm", "confirm_scheme"},
        "提出评分办法": {"scheme.propose", "propose_scheme"},
        "确认加减分": {"credit.confirm", "confirm_credit"},
        "登记加减分": {"credit.enter", "enter_credit"},
        "工作通报": {"bulletins", "Bulletin"},
        "编制通报": {"bulletin.compile", "compile_bulletin"},
        "印发通报": {"bulletin.issue", "issue_bulletin", "issuing"},
        "静态导出": {"exports", "SiteExport"},
        "签收通报": {"acknowledge_bulletin", "receipt"},
    }
    meaning = defaultdict(set)
    told = {
        name: label
        for name, labels in glossary.ACTIONS.items()
        for label in ((labels,) if isinstance(labels, str) else labels)
    }
    for words in (*KINDS.values(), told):
        for english, chinese in words.items():
            meaning[chinese].add(english)
    assert {word: names for word, names in meaning.items() if len(names) > 1} == {
        word: names for word, names in same.items() if len(names) > 1
    }
