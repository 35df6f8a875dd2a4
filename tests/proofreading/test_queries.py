"""What texts are held against: the terms shipped with the product, and the town's lists."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import Cast
from tests.proofreading.terms import a_leader, a_proposal, an_entry, confirmed
from tests.statements import statements
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.proofreading import operations, queries
from town_portal.proofreading.queries import DATA, shipped_terms
from town_portal.proofreading.rules.entry import TermEntry
from town_portal.proofreading.rules.kinds import TermKind


def test_every_list_is_read_and_every_line_says_something() -> None:
    kinds = {term.kind for term in shipped_terms()}
    lists = {path.stem for path in DATA.glob("*.csv")}
    assert lists - kinds <= {"public_phones"}, "empty until the town fills it"
    assert all(term.words.strip() for term in shipped_terms())


def test_no_line_stands_twice() -> None:
    seen = [(term.kind, term.words, term.right, term.note, term.valid_from) for term in shipped_terms()]
    assert len(seen) == len(set(seen))


# -- the town's lists ------------------------------------------------------------------------------


def test_one_lexicon_serves_until_something_is_decided(town: Cast) -> None:
    known = queries.lexicon()
    assert queries.lexicon() is known
    confirmed(town)
    changed = queries.lexicon()
    assert changed is not known
    assert queries.lexicon(clock.today() - timedelta(days=400)) is changed


def test_a_lexicon_costs_one_statement_more_however_long_the_lists_are(town: Cast) -> None:
    confirmed(town)
    queries.lexicon()
    db.session.rollback()
    with statements() as asked:
        for _ in range(3):
            queries.lexicon()
            queries.exceptions()
    assert sum("term_proposal" in one for one in asked) == 1
    assert len(asked) <= 3, "the units, the settings, the state of the lists"
    assert not any("listed_term" in one for one in asked)


def test_names_of_places_hold_on_their_days(town: Cast) -> None:
    first = clock.today() - timedelta(days=5)
    confirmed(town, TermEntry(TermKind.OTHER_TOWNS, "新丰镇", valid_from=first))
    assert "新丰镇" in queries.lexicon(first).other_towns
    assert "新丰镇" not in queries.lexicon(first - timedelta(days=1)).other_towns


def test_the_towns_leaders_are_its_own(town: Cast) -> None:
    """No invented name is held against the texts of a house that has entered none."""
    assert queries.lexicon().leaders == ()


def test_a_list_shows_what_waits_first_and_its_figures_are_its_lines(town: Cast) -> None:
    confirmed(town)
    a_proposal(town, an_entry(words="粉蕉苗", right="香蕉苗", bad=("村民领到粉蕉苗。",), good=("村民领到香蕉苗。",)))
    lines = queries.lines(TermKind.TYPOS)
    assert [line.standing for line in lines[:2]] == ["waiting", "holds"]
    assert [line.answers_to("粉蕉", "town") for line in lines[:3]] == [True, True, False]
    found = next(one for one in queries.figures() if one.kind.kind is TermKind.TYPOS)
    assert (found.waiting, found.of_town) == (1, 1)
    assert found.holding == sum(line.standing == "holds" for line in lines)


def test_what_was_turned_down_is_shown_only_when_asked_for(town: Cast) -> None:
    proposal = a_proposal(town, a_leader("黎文澍", "镇党委书记", 1))
    operations.reject(town.actor("publisher"), proposal, "还没有任职文件", proposal.version)
    (line,) = queries.lines(TermKind.LEADERS)
    assert (line.standing, line.answers_to("", ""), line.answers_to("", "rejected")) == ("rejected", False, True)
    assert queries.file_rows(TermKind.LEADERS) == []


@pytest.mark.parametrize(
    ("changes", "standing"),
    [
        ({}, "holds"),
        ({"off": True}, "off"),
        ({"valid_from": date(2999, 1, 1)}, "coming"),
        ({"valid_to": date(2000, 1, 1)}, "over"),
    ],
)
def test_how_an_entry_stands(changes: dict[str, Any], standing: str) -> None:
    assert queries.standing(an_entry(**changes), clock.today()) == standing


def test_the_story_of_an_entry(town: Cast) -> None:
    (old,) = confirmed(town)
    (new,) = confirmed(town, an_entry(right="芭蕉基地", good=("到芭蕉基地查看。",)))
    assert queries.story(old) == [new, old]
