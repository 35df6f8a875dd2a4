"""The catalogue itself: what is shipped must pass its own checks."""

import re

import pytest

from town_portal.settings.rules.catalogue import CATALOGUE, DRAFTER_FIRST, ROUTES, THREE_REVIEWERS
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
    assert set(leaves(key.default)) == {field.path for field in key.fields}
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
