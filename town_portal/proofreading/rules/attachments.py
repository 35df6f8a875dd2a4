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
    private_rows,
    secrecy,
    sensitive,
    slogans,
    sums,
    weekdays,
)
from town_portal.proofreading.rules.engine import Check

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
    weekdays.check,
)
TABLES: tuple[Check, ...] = (private_rows.check, sums.check)
"""What needs all lines of a table at once."""
