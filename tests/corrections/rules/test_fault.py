"""How heavy a fault is, by rule."""

import pytest

from town_portal.corrections.rules.fault import FaultCause, FaultSeverity, severity_by_rule
from town_portal.proofreading.rules.finding import Family

S, C, F = FaultSeverity, FaultCause, Family


@pytest.mark.parametrize(
    ("families", "cause", "values", "severity"),
    [
        ([], None, False, S.MINOR),
        ([F.WRONG_CHAR], C.TYPO, False, S.MINOR),
        ([], C.FIGURES, True, S.MAJOR),
        ([F.PRIVACY_PHONE], None, False, S.MAJOR),
        ([], C.PRIVACY, False, S.MAJOR),
        ([F.SECRECY], None, True, S.SECRECY),
        ([F.PRIVACY_ID], C.SECRECY, False, S.SECRECY),
    ],
)
def test_secrecy_outweighs_values_and_personal_data(
    families: list[Family], cause: FaultCause | None, values: bool, severity: FaultSeverity
) -> None:
    assert severity_by_rule(families, cause, values=values) is severity
