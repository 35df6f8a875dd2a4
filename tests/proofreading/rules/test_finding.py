"""Families, their words and weights."""

import pytest

from town_portal.proofreading.rules.finding import NEVER_OVERRIDDEN, Family, Severity, found


def test_there_are_the_families_of_the_study() -> None:
    assert len(Family) == 39


@pytest.mark.parametrize("family", Family)
def test_every_family_has_words_and_a_weight(family: Family) -> None:
    assert family.label
    assert family.severity in Severity
    assert family.severity.label


def test_labels_are_told_apart() -> None:
    assert len({family.label for family in Family}) == len(Family)


def test_what_is_never_overridden_blocks() -> None:
    assert {family.severity for family in NEVER_OVERRIDDEN} == {Severity.BLOCK}
    assert {family.value for family in NEVER_OVERRIDDEN} == {
        "privacy_id", "privacy_phone", "privacy_bank", "privacy_personal", "secrecy",
    }  # fmt: skip


def test_a_finding_weighs_as_its_family_unless_it_says_otherwise() -> None:
    assert found(Family.PRIVACY_ID, (0, 3), "x").blocks
    assert not found(Family.FIXED_PHRASE, (0, 3), "x", severity=Severity.WARN).blocks
