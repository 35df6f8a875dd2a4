"""Two words that are both right, and one that fits."""

import pytest

from tests.proofreading.say import found, silent
from town_portal.proofreading.rules.checks.confusions import check


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("截止目前，全镇共完成村道亮化12公里。", "截止"),
        ("请有意向的商户按期交纳摊位租金税费。", "交纳"),
        ("村里贴出招领启示。", "启示"),
    ],
)
def test_what_is_wrong_is_found(text: str, wrong: str) -> None:
    said = found(check, text)
    assert any(family == "word_confusion" and (wrong in words or words in wrong) for family, words in said), said


def test_what_is_right_stays_silent() -> None:
    silent(
        check,
        [
            "截至6月30日，项目已完成投资约六成；报名工作至7月10日截止。",
            "党员按时交纳党费，企业依法缴纳社会保险费。",
            "大家从这件事里得到启示。",
        ],
    )
