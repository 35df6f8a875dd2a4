"""The same said twice."""

import pytest

from tests.proofreading.say import found, silent
from town_portal.proofreading.rules.checks.repeats import check


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("会议要求各村进行进行全面排查。", "进行进行"),
        ("镇里先后先后召开三次会议。", "先后先后"),
    ],
)
def test_what_is_wrong_is_found(text: str, wrong: str) -> None:
    said = found(check, text)
    assert any(family == "dup_text" and (wrong in words or words in wrong) for family, words in said), said


def test_what_is_right_stays_silent() -> None:
    silent(
        check,
        [
            "村里的的确良布料老物件被收进了村史馆。",
            "家家户户都挂起了灯笼。",
            "干部一步一步把路探清楚。",
        ],
    )
