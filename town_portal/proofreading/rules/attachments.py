"""What attachments are looked at for: facts that may not go out or cannot be right; style is their authors' own."""

from town_portal.proofreading.rules.checks import (
    bank_cards,
    hidden_signs,
    identity_numbers,
    impossible_dates,
    leaders,
    organs,
    other_towns,
    phones,
    placeholders,
    places,
    private_facts,
    secrecy,
    sensitive,
    slogans,
    sums,
    weekdays,
)
from town_portal.proofreading.rules.engine import Check
from town_portal.proofreading.rules.finding import NEVER_OVERRIDDEN, Finding, Severity

CHECKS: tuple[Check, ...] = (
    bank_cards.check,
    hidden_signs.check,
    identity_numbers.check,
    impossible_dates.check,
    leaders.check,
    organs.check,
    other_towns.check,
    phones.check,
    placeholders.check,
    places.check,
    private_facts.check,
    secrecy.check,
    sensitive.check,
    slogans.check,
    sums.check,
    weekdays.check,
)


def weight(finding: Finding) -> Severity:
    """How much a finding weighs in an attachment.

    Personal data and secrecy stop it, as everywhere. All else is asked about only: an attachment may be a blank
    form, or a county's table that names every town, and nobody here may change it.
    """
    if finding.severity is Severity.BLOCK and finding.family not in NEVER_OVERRIDDEN:
        return Severity.WARN
    return finding.severity
