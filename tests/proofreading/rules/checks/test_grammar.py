"""Clear faults of grammar."""

import pytest

from tests.proofreading.say import found, silent
from town_portal.proofreading.rules.checks.grammar import check


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("通过开展专项整治，使圩镇秩序明显好转。", "通过开展专项整治，使"),
        ("这样做的目的是为了保障安全。", "目的是为了"),
    ],
)
def test_what_is_wrong_is_found(text: str, wrong: str) -> None:
    said = found(check, text)
    assert any(family == "grammar" and (wrong in words or words in wrong) for family, words in said), said


def test_what_is_right_stays_silent() -> None:
    silent(
        check,
        [
            "通过开展专项整治，圩镇秩序明显好转。",
            "要防止再次发生险情。",
        ],
    )
