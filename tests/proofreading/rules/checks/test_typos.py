"""Words written with a wrong sign."""

import pytest

from tests.proofreading.say import found, silent
from town_portal.proofreading.rules.checks.typos import check


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("会议对下一步工作进行了布署。", "布署"),
        ("各村加强秸杆禁烧巡查。", "秸杆"),
        ("施工队已完成路灯按装。", "按装"),
        ("干部群众不能有松驰思想。", "松驰"),
    ],
)
def test_what_is_wrong_is_found(text: str, wrong: str) -> None:
    said = found(check, text)
    assert any(family == "wrong_char" and (wrong in words or words in wrong) for family, words in said), said


def test_what_is_right_stays_silent() -> None:
    silent(
        check,
        [
            "会议对下一步工作进行了部署。",
            "各村加强秸秆禁烧巡查。",
            "湴江村、脉塘村干部到潖江巡河。",
        ],
    )
