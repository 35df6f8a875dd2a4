"""的, 地 and 得."""

import pytest

from tests.proofreading.say import found, silent
from town_portal.proofreading.rules.checks.particles import check


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("代表们仔细的查看了项目现场。", "的"),
        ("党员干部认真的开展入户宣传。", "的"),
    ],
)
def test_what_is_wrong_is_found(text: str, wrong: str) -> None:
    said = found(check, text)
    assert any(family == "de_particle" and (wrong in words or words in wrong) for family, words in said), said


def test_what_is_right_stays_silent() -> None:
    silent(
        check,
        [
            "大家度过了认真的一天。",
            "他们的确认真地查看了现场。",
            "村里的路修得又平又宽。",
        ],
    )
