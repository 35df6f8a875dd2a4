"""The engine: every check in turn, one finding for one fault, in the order of the text."""

from collections.abc import Callable, Collection, Iterable, Iterator

from town_portal.proofreading.rules.checks import (
    agreement,
    agreement_of_counts,
    agreement_of_events,
    agreement_of_facts,
    agreement_of_people,
    agreement_of_settings,
    agreement_of_subjects,
    bank_cards,
    confidences,
    confusions,
    date_order,
    duplicates,
    elements,
    festivals,
    gaps,
    grammar,
    hidden_signs,
    identity_numbers,
    impossible_dates,
    laws,
    leaders,
    links,
    mark_usage,
    missing_attachments,
    number_forms,
    omissions,
    organs,
    other_towns,
    pairs,
    particles,
    percents,
    phones,
    placeholders,
    places,
    private_facts,
    private_rows,
    relative_days,
    repeats,
    scales,
    secrecy,
    sensitive,
    slogans,
    stale,
    sums,
    titles,
    typos,
    weekdays,
    widths,
)
from town_portal.proofreading.rules.finding import NEVER_OVERRIDDEN, Family, Finding, Severity
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.writing import Writing

Check = Callable[[Writing, Lexicon], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    agreement.check,
    agreement_of_counts.check,
    agreement_of_events.check,
    agreement_of_facts.check,
    agreement_of_people.check,
    agreement_of_settings.check,
    agreement_of_subjects.check,
    bank_cards.check,
    confidences.check,
    confusions.check,
    date_order.check,
    duplicates.check,
    elements.check,
    festivals.check,
    gaps.check,
    grammar.check,
    hidden_signs.check,
    identity_numbers.check,
    impossible_dates.check,
    laws.check,
    leaders.check,
    links.check,
    mark_usage.check,
    missing_attachments.check,
    number_forms.check,
    omissions.check,
    organs.check,
    other_towns.check,
    pairs.check,
    particles.check,
    percents.check,
    phones.check,
    placeholders.check,
    places.check,
    private_facts.check,
    private_rows.check,
    relative_days.check,
    repeats.check,
    scales.check,
    secrecy.check,
    sensitive.check,
    slogans.check,
    stale.check,
    sums.check,
    titles.check,
    typos.check,
    weekdays.check,
    widths.check,
)

_WEIGHT = {Severity.BLOCK: 2, Severity.WARN: 1, Severity.HINT: 0}
_WHOLE = frozenset({Family.NEAR_DUP, Family.MISSING_ELEMENT, Family.TITLE_FORMAT})
"""Families that are about the text as a whole: they stand beside whatever else is found in it."""


def proofread(
    writing: Writing,
    lexicon: Lexicon,
    exceptions: Collection[tuple[Family, str]] = (),
    checks: Iterable[Check] = CHECKS,
) -> list[Finding]:
    """Every finding in a text, in its order.

    Of findings that overlap the weightier stays, then personal data and secrecy, then the shorter: one
    fault is said once.
    ``exceptions`` are (family, words) the town decided to be no error.
    """
    found = {
        finding
        for check in checks
        for finding in check(writing, lexicon)
        if (finding.family, writing.text[finding.start : finding.end]) not in exceptions
    }
    kept: list[Finding] = []
    for finding in sorted(found, key=_rank):
        if finding.family in _WHOLE or not any(_same_fault(finding, other) for other in kept):
            kept.append(finding)
    return sorted(kept, key=lambda finding: (finding.start, finding.end, finding.family))


def _rank(finding: Finding) -> tuple[int, bool, int, int, str]:
    return (
        -_WEIGHT[finding.severity],
        finding.family not in NEVER_OVERRIDDEN,
        finding.end - finding.start,
        finding.start,
        finding.family,
    )


def _same_fault(finding: Finding, other: Finding) -> bool:
    if other.family in _WHOLE:
        return False
    return finding.start < other.end and other.start < finding.end
