"""What the town knows, by its days."""

from datetime import date

from tests.proofreading.say import LEXICON
from town_portal.proofreading.rules.lexicon import Leader, Lexicon, Term, from_roster

MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


def test_a_roster_as_the_town_keeps_it() -> None:
    assert (LEXICON.town, LEXICON.county, LEXICON.city) == ("汤塘镇", "佛冈县", "清远市")
    assert len(LEXICON.villages) + len(LEXICON.communities) == 21
    assert len(LEXICON.offices) == 10
    assert LEXICON.leaders[0] == Leader("黎文澍", ("镇党委书记",), 1)


def test_names_are_protected_bare_and_whole() -> None:
    assert {"洛洞村", "洛洞", "汤塘社区", "潖江", "黎文澍", "党政和人大办公室"} <= LEXICON.own_names
    assert "" not in LEXICON.own_names


def test_terms_hold_for_their_days() -> None:
    old = Term("organs", "县工商局", valid_to=MAY)
    new = Term("organs", "县市场监督管理局", valid_from=JUNE)
    lexicon = Lexicon(terms=(old, new, Term("laws", "《民法典》")))
    assert lexicon.of("organs", MAY) == (old,)
    assert lexicon.of("organs", JULY) == (new,)
    assert lexicon.of("organs") == (new,), "without a day: what holds without an end"
    assert lexicon.of("nothing") == ()


def test_leaders_hold_for_their_days() -> None:
    roster = {"leaders": [{"name": "甲", "titles": ["镇长"], "order": 2, "from": "2026-06-01", "to": "2026-06-30"}]}
    leader = from_roster(roster).leaders[0]
    assert [leader.valid_on(day) for day in (MAY, JUNE, JULY, None)] == [False, True, False, False]
