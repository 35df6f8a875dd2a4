"""The lists the town keeps."""

import pytest

from tests.house import tree
from town_portal.proofreading.rules.finding import NEVER_OVERRIDDEN
from town_portal.proofreading.rules.kinds import KINDS, Kind, TermKind, kind_named

SHIPPED = {path.stem for path in (tree.HOUSE / "proofreading" / "data").glob("*.csv")}


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.kind.value)
def test_a_list_explains_itself(kind: Kind) -> None:
    assert kind.about.endswith("。")
    assert kind.words
    assert kind.right or not kind.right_needed
    assert kind.note or not kind.notes
    assert kind.families or kind.kind is TermKind.EXCEPTIONS


def test_every_list_is_described_once() -> None:
    assert list(KINDS) == list(TermKind)
    assert len({kind.label for kind in TermKind}) == len(TermKind)


def test_what_is_edited_is_shipped_or_the_towns_alone() -> None:
    assert {kind.value for kind in TermKind} - SHIPPED == {"leaders", "exceptions"}


def test_no_list_can_free_personal_data_but_that_of_public_phones() -> None:
    for kind in KINDS.values():
        assert kind.kind is TermKind.PUBLIC_PHONES or not NEVER_OVERRIDDEN & set(kind.families)


def test_a_list_by_its_name() -> None:
    assert kind_named("typos") is KINDS[TermKind.TYPOS]
    assert kind_named("private_facts") is None
