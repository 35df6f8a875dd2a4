"""Examples are an entry's own tests."""

from datetime import date

import pytest

from tests.proofreading.terms import BAD, GOOD, SLIP, a_leader, an_entry
from town_portal.proofreading.rules.entry import TermEntry
from town_portal.proofreading.rules.finding import Family, Finding, Severity, found
from town_portal.proofreading.rules.kinds import TermKind
from town_portal.proofreading.rules.trial import day_of_trial, failures

TODAY = date(2026, 4, 16)


def reading(**findings: Finding) -> object:
    """An engine that finds one thing in a sentence that has a word, else nothing."""
    return lambda sentence: [one for word, one in findings.items() if word in sentence]


def slip(sentence: str, family: Family = Family.WRONG_CHAR, severity: Severity | None = None) -> Finding:
    """A finding at 粉蕉基地, or at 香蕉基地."""
    place = max(sentence.find("粉蕉基地"), sentence.find("香蕉基地"))
    return found(family, (place, place + 4), "写错了，请改正。", severity=severity)


def test_an_entry_that_proves_itself() -> None:
    assert failures(SLIP, reading(粉蕉=slip(BAD))) == []  # type: ignore[arg-type]


def test_a_bad_example_that_is_not_found_is_said_with_what_was() -> None:
    (silent,) = failures(SLIP, lambda _sentence: [])
    assert silent == f"错的例句“{BAD}”没有报“错别字”，现在什么也没报。"
    (other,) = failures(SLIP, reading(粉蕉=slip(BAD, Family.PLACE_NAME)))  # type: ignore[arg-type]
    assert "现在报的是“粉蕉基地”（地名：写错了，请改正）。" in other


def test_a_good_example_must_be_free_of_all_but_hints() -> None:
    (one,) = failures(SLIP, reading(粉蕉=slip(BAD), 香蕉=slip(GOOD, Family.PLACE_NAME)))  # type: ignore[arg-type]
    assert one.startswith(f"对的例句“{GOOD}”不应该报")
    hint = slip(GOOD, Family.MISSING_ELEMENT, Severity.HINT)
    assert failures(SLIP, reading(粉蕉=slip(BAD), 香蕉=hint)) == []  # type: ignore[arg-type]


def test_an_exception_answers_only_for_its_own_words() -> None:
    exception = TermEntry(TermKind.EXCEPTIONS, "粉蕉基地", "wrong_char", good=(BAD,))
    assert failures(exception, reading(粉蕉=slip(BAD, Family.PLACE_NAME))) == []  # type: ignore[arg-type]
    assert failures(exception, reading(粉蕉=slip(BAD))) != []  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", [TermKind.TYPOS, TermKind.EXCEPTIONS])
def test_no_example_tells_of_a_person(kind: TermKind) -> None:
    """Not even in a sentence that is to be found as wrong, nor in one that an exception came from."""
    right = "wrong_char" if kind is TermKind.EXCEPTIONS else "香蕉基地"
    entry = an_entry(kind=kind, right=right, bad=(BAD,), good=())
    private = slip(BAD, Family.PRIVACY_PHONE)
    (one,) = failures(entry, reading(粉蕉=private))  # type: ignore[arg-type]
    assert one == f"例句“{BAD}”里有个人手机号，大家都会看到，请换一句。"


def test_what_is_switched_off_is_not_tried() -> None:
    assert failures(an_entry(off=True), lambda _sentence: []) == []


@pytest.mark.parametrize(
    ("entry", "day"),
    [
        (SLIP, TODAY),
        (an_entry(valid_from=date(2026, 5, 1)), date(2026, 5, 1)),
        (an_entry(valid_from=date(2020, 1, 1), valid_to=date(2020, 12, 31)), date(2020, 12, 31)),
        (a_leader("黎文澍", "镇长", 1, None, date(2025, 1, 1)), date(2025, 1, 1)),
        (TermEntry(TermKind.LAWS, "旧法", valid_to=date(2020, 1, 1)), TODAY),
    ],
)
def test_the_day_of_the_trial(entry: TermEntry, day: date) -> None:
    assert day_of_trial(entry, TODAY) == day
