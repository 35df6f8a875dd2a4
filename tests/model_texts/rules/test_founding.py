"""The shipped model texts."""

import re

import pytest

from town_portal.columns.rules.founding import TREE
from town_portal.model_texts.rules.founding import SHIPPED
from town_portal.model_texts.rules.kind import EventKind
from town_portal.model_texts.rules.wording import Wording, checked

WORDINGS = [wording for _, wording in SHIPPED]


def test_there_is_one_for_every_kind() -> None:
    assert {wording.kind for wording in WORDINGS} == set(EventKind)
    names = [(wording.kind, wording.name) for wording in WORDINGS]
    assert len(set(names)) == len(names) >= 12


def test_their_columns_are_founded() -> None:
    assert {code for code, _ in SHIPPED} <= {child.code for _, children in TREE for child in children}


@pytest.mark.parametrize("wording", WORDINGS, ids=lambda wording: wording.name)
def test_every_blank_is_caught_and_every_fact_is_one(wording: Wording) -> None:
    assert checked(wording) == wording
    assert wording.hint
    facts = re.sub(r"【[^】]*】|(?m:^\d+\. )|\| \d+ \||24小时", "", wording.title + wording.body)
    assert not re.search(r"\d", facts), "an invented figure"
