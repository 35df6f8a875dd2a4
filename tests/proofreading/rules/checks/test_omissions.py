"""A sign that was left out."""

import pytest

from tests.proofreading.say import found, silent
from town_portal.proofreading.rules.checks.omissions import check


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("会议传学习了上级文件精神。", "传学习"),
    ],
)
def test_what_is_wrong_is_found(text: str, wrong: str) -> None:
    said = found(check, text)
    assert any(family == "omission" and (wrong in words or words in wrong) for family, words in said), said


def test_what_is_right_stays_silent() -> None:
    silent(
        check,
        [
            "会议传达学习了上级文件精神。",
            "镇委召开了专题会议。",
        ],
    )
