"""The catalogue itself: what is shipped must pass its own checks."""

import re

import pytest

from town_portal.settings.rules.catalogue import (
    CATALOGUE,
    DRAFTER_FIRST,
    GENERAL,
    ROUTES,
    THREE_REVIEWERS,
    route_key,
)
from town_portal.settings.rules.checking import check, leaves
from town_portal.submissions.rules.lifecycle import IN_REVIEW, State


@pytest.mark.parametrize("name", CATALOGUE)
def test_what_is_shipped_passes_its_own_checks(name: str) -> None:
    key = CATALOGUE[name]
    assert key.name == name
    check(key, key.default)


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_key_explains_itself(name: str) -> None:
    key = CATALOGUE[name]
    assert key.label
    assert re.search(r"[。”]$", key.explanation), "a whole sentence for the person who decides"
    assert re.match(r"\[[A-Z]\] \S|《|GB", key.evidence), "where the shipped value comes from"


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_value_has_its_field(name: str) -> None:
    key = CATALOGUE[name]
    assert set(leaves(key.default)) == {field.path for field in key.fields if not field.table or not field.optional}
    for field in key.fields:
        assert field.kind in ("text", "time", "number", "lines", "choice", "address")
        assert bool(field.choices) is (field.kind == "choice"), field.path
        assert field.label, field.path


def test_the_town_s_own_route_is_the_default() -> None:
    assert ROUTES[CATALOGUE["route"].default["preset"]] is DRAFTER_FIRST


@pytest.mark.parametrize("route", ROUTES.values(), ids=list(ROUTES))
def test_a_route_passes_the_three_reviews_in_their_order(route: dict) -> None:
    stages = [State(step["stage"]) for step in route["steps"]]
    if route["drafter_signs"]:
        stages.insert(0, State(route["drafter_signs"]))
    assert stages == [State.FIRST_REVIEW, State.SECOND_REVIEW, State.THIRD_REVIEW]
    assert set(stages) <= set(IN_REVIEW)


def test_the_second_route_puts_three_other_people_on_it() -> None:
    assert THREE_REVIEWERS["drafter_signs"] is None
    assert [step["role"] for step in THREE_REVIEWERS["steps"]] == ["head", "leader", "principal"]


def test_a_route_is_known_by_what_it_does() -> None:
    assert route_key(dict(DRAFTER_FIRST)) == "drafter_first"
    assert route_key({**THREE_REVIEWERS, "name": "换了名字"}) == "three_reviewers"
    assert route_key(None) is None
    assert route_key({"name": "早先的路线", "drafter_signs": None, "steps": []}) is None


def test_limits_stand_in_tables_by_route_and_kind() -> None:
    fields = CATALOGUE["step_limits"].fields
    tables = list(dict.fromkeys(field.table for field in fields))
    assert tables[0] == GENERAL
    assert tables[1:] == [f"{route['name']} · {kind}" for route in ROUTES.values() for kind in ("一般稿", "更正稿")]
    assert {field.row for field in fields if field.table == tables[1]} == {
        "二审二校", "三审三校", "交叉审核", "发布", "修改重报",
    }  # fmt: skip
    assert all(field.optional for field in fields if field.table != GENERAL)
