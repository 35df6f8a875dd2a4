"""What a list of entries would change."""

from dataclasses import replace
from datetime import date

import pytest

from tests.proofreading.terms import SLIP, a_leader, an_entry
from town_portal.proofreading.rules.entry import TermEntry
from town_portal.proofreading.rules.kinds import TermKind
from town_portal.proofreading.rules.lexicon import Term
from town_portal.proofreading.rules.plan import Change, Lists, Planned, plan

SHIPPED = (Term("typos", "布署", "部署"),)
OWN = replace(SLIP, owner_id=1)


def planned(*entries: TermEntry, waiting: set[tuple[str, str, str]] | None = None) -> list[Planned]:
    """What would become of entries beside one slip of the town's and one that is shipped."""
    return plan(list(enumerate(entries, 2)), Lists([OWN], SHIPPED, waiting or set()))


def change(entry: TermEntry) -> Change:
    """What would become of one entry."""
    return planned(entry)[0].change


def test_new_changed_and_unchanged() -> None:
    assert change(an_entry(words="粉蕉苗")) is Change.NEW
    assert change(replace(OWN, right="芭蕉基地")) is Change.CHANGED
    assert change(replace(OWN, owner_id=2)) is Change.CHANGED
    assert change(OWN) is Change.UNCHANGED
    assert change(SLIP) is Change.UNCHANGED, "an owner who is not named stays"


def test_what_is_shipped_is_changed_by_an_entry_of_the_same_words() -> None:
    shipped = TermEntry(TermKind.TYPOS, "布署", "部署", owner_id=1)
    assert change(shipped) is Change.UNCHANGED, "no examples are asked of what stays as it is"
    off = planned(replace(shipped, off=True))[0]
    assert (off.change, off.before and off.before.owner_id) == (Change.CHANGED, None)
    assert "例句" in planned(replace(shipped, right="布置"))[0].reason


def test_a_change_from_a_later_day_lets_the_old_one_last() -> None:
    line = planned(replace(OWN, right="芭蕉基地", valid_from=date(2026, 1, 1)))[0]
    assert (line.change, line.lasts_until) == (Change.CHANGED, "原来的用到 2025年12月31日")
    assert planned(an_entry(words="粉蕉苗"))[0].lasts_until == ""


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (an_entry(words="粉蕉苗", right=""), "请写“应为”"),
        (an_entry(words="没有的", off=True), "没有“没有的”这一条，不用停用"),
    ],
)
def test_a_refused_line_says_why(entry: TermEntry, words: str) -> None:
    line = planned(entry)[0]
    assert (line.line, line.change) == (2, Change.REFUSED)
    assert words in line.reason


def test_two_lines_of_one_thing_and_a_thing_that_waits() -> None:
    twice = planned(an_entry(words="粉蕉苗"), an_entry(words="粉蕉苗", right="芭蕉苗"))
    assert [line.change for line in twice] == [Change.NEW, Change.REFUSED]
    assert twice[1].reason == "和第 2 行写的是同一条"
    waits = planned(an_entry(words="粉蕉苗"), waiting={("typos", "粉蕉苗", "")})[0]
    assert "已有一份提议在等确认" in waits.reason


def test_an_entry_over_two_terms_of_office_is_refused() -> None:
    terms = [a_leader("钟启桓", "副镇长", 5, None, date(2024, 1, 1)), a_leader("钟启桓", "镇长", 2, date(2024, 1, 2))]
    line = plan([(1, a_leader("钟启桓", "镇长", 2))], Lists(terms, (), set()))[0]
    assert "和已有的 2 条“钟启桓”日期重叠" in line.reason
