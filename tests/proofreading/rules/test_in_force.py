"""What the lists hold on a day."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as some

from tests.proofreading.terms import SLIP, a_leader, an_entry
from town_portal.proofreading.rules import in_force
from town_portal.proofreading.rules.entry import TermEntry
from town_portal.proofreading.rules.finding import NEVER_OVERRIDDEN, Family
from town_portal.proofreading.rules.kinds import TermKind
from town_portal.proofreading.rules.lexicon import Term

SHIPPED = (Term("typos", "布署", "部署"), Term("laws", "旧法", valid_from=date(2000, 1, 1)))
MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)


def typos(entries: list[TermEntry], day: date) -> dict[str, str]:
    """The slips that checks know on a day."""
    since = in_force.epoch(in_force.edges(entries), day)
    terms = in_force.terms_on(SHIPPED, entries, since)
    assert all(term.valid_on(day) for term in terms)
    return {term.words: term.right for term in terms if term.kind == "typos"}


def test_without_entries_what_is_shipped_holds() -> None:
    assert typos([], MARCH) == {"布署": "部署"}
    assert in_force.edges([]) == ()


def test_an_entry_holds_from_its_first_to_its_last_day() -> None:
    entry = an_entry(valid_from=MARCH, valid_to=APRIL)
    known = [("粉蕉基地" in typos([entry], day)) for day in (date(2026, 2, 28), MARCH, APRIL, date(2026, 4, 2))]
    assert known == [False, True, True, False]


def test_an_entry_takes_the_place_of_what_is_shipped_from_its_first_day_on() -> None:
    entry = TermEntry(TermKind.TYPOS, "布署", "布置", valid_from=APRIL, valid_to=MAY)
    assert [typos([entry], day).get("布署") for day in (MARCH, APRIL, MAY, date(2026, 5, 2))] == [
        "部署", "布置", "布置", None,
    ]  # fmt: skip
    assert in_force.left_of_shipped(SHIPPED, [entry])[0].valid_to == date(2026, 3, 31)


def test_what_is_switched_off_holds_on_no_day() -> None:
    entry = TermEntry(TermKind.TYPOS, "布署", "部署", off=True, valid_from=APRIL)
    assert typos([entry], MARCH) == {}
    assert [term.words for term in in_force.left_of_shipped(SHIPPED, [entry])] == ["旧法"]


def test_a_law_stays_known_with_its_own_days() -> None:
    entry = TermEntry(TermKind.LAWS, "旧法", "新法", valid_from=date(2000, 1, 1), valid_to=MARCH)
    assert in_force.edges([entry]) == ()
    assert Term("laws", "旧法", "新法", "", date(2000, 1, 1), MARCH) in in_force.terms_on(SHIPPED, [entry], MAY)
    assert len(in_force.terms_on(SHIPPED, [entry], MAY)) == 2


def test_leaders_of_all_days_stand_in_their_order() -> None:
    entries = [
        a_leader("钟启桓", "镇长", 2, APRIL),
        a_leader("黎文澍", "镇党委书记", 1),
        TermEntry(TermKind.LEADERS, "退了", "镇长", position=2, off=True),
    ]
    found = in_force.leaders(entries)
    assert [leader.name for leader in found] == ["黎文澍", "钟启桓"]
    assert [leader.valid_on(MARCH) for leader in found] == [True, False]


def test_exceptions_hold_in_their_family_protected_words_in_all() -> None:
    entries = [
        TermEntry(TermKind.EXCEPTIONS, "禾塘", "wrong_char", valid_to=MARCH),
        TermEntry(TermKind.EXCEPTIONS, "身份证", "privacy_id"),
        TermEntry(TermKind.PROTECTED, "粉葛"),
    ]
    terms = in_force.terms_on((), entries, MARCH)
    allowed = in_force.exceptions_on(terms, entries, MARCH)
    assert (Family.WRONG_CHAR, "禾塘") in allowed
    assert (Family.OMISSION, "禾塘") not in allowed
    assert {family for family, words in allowed if words == "粉葛"} == set(Family) - NEVER_OVERRIDDEN
    assert not {family for family, _ in allowed} & NEVER_OVERRIDDEN
    assert (Family.WRONG_CHAR, "禾塘") not in in_force.exceptions_on(terms, entries, APRIL)


def test_as_it_would_be_with_more_in_force() -> None:
    later = an_entry(right="芭蕉基地", valid_from=APRIL)
    both = in_force.with_proposed([SLIP], [later])
    assert [(entry.right, entry.valid_to) for entry in both] == [
        ("香蕉基地", date(2026, 3, 31)),
        ("芭蕉基地", None),
    ]
    assert in_force.with_proposed([SLIP], [an_entry(right="芭蕉基地")]) == [an_entry(right="芭蕉基地")]


days = some.dates(date(2020, 1, 1), date(2030, 12, 31))
spans = some.tuples(some.none() | days, some.none() | days).filter(lambda span: None in span or span[0] <= span[1])


@given(some.lists(spans, max_size=6), days)
def test_one_lexicon_serves_every_day_of_an_epoch(found: list[tuple[date | None, date | None]], day: date) -> None:
    entries = [an_entry(words=f"错{number}", valid_from=one, valid_to=last) for number, (one, last) in enumerate(found)]
    since = in_force.epoch(in_force.edges(entries), day)
    assert since <= day
    assert {entry for entry in entries if entry.holds_on(day)} == {entry for entry in entries if entry.holds_on(since)}
