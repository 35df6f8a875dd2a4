"""Questions to the model texts."""

from dataclasses import replace

from tests.cast import Cast
from tests.model_texts.test_operations import WORDING
from town_portal.model_texts import operations, queries
from town_portal.model_texts.rules.kind import EventKind


def test_an_empty_house(town: Cast) -> None:
    assert not queries.has_any()
    assert queries.in_use() == queries.retired() == []
    assert queries.get(1) is None


def test_they_stand_by_kind_and_the_retired_apart(town: Cast) -> None:
    keeper = town.actor("coordinator")
    notice = operations.add(keeper, replace(WORDING, kind=EventKind.NOTICE, name="停水"))
    second = operations.add(keeper, replace(WORDING, name="两委会"))
    first = operations.add(keeper, WORDING)
    old = operations.retire(keeper, operations.add(keeper, replace(WORDING, name="旧的")))
    assert queries.in_use() == [second, first, notice]
    assert queries.retired() == [old]
    assert queries.has_any()
    assert queries.named(EventKind.MEETING, "党员大会") is first
    assert queries.named(EventKind.MEETING, "旧的") is None
    assert queries.get(old.id) is old
