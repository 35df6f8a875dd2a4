"""An attachment that is spoken of and not there."""

import pytest

from tests.proofreading.say import LEXICON
from town_portal.proofreading.rules.checks.missing_attachments import check
from town_portal.proofreading.rules.writing import Writing

SPOKEN_OF = (
    "中标结果详见附件。",
    "请符合条件的村民填写附件1，于5月20日前交到村委会。",
    "报名表可下载附件2。",
    "有关要求公示如下，名单见附表。",
    "现将名单公示如下。\n附件：2026年低保名单.xlsx",
    "现将名单公示如下。\n　　附件1：名单",
)
OTHER = (
    "全村新装路灯附件30套，由镇里统一采购。",
    "电动车附件店要备足灭火器。",
    "附近的村民都来看戏。",
)


def said(text: str, attachments: int | None = 0) -> list[str]:
    """The words that are meant."""
    return [text[one.start : one.end] for one in check(Writing(text, attachments=attachments), LEXICON)]


@pytest.mark.parametrize("text", SPOKEN_OF)
def test_what_is_spoken_of_and_not_there(text: str) -> None:
    assert len(said(text)) == 1
    assert "附" in said(text)[0]


@pytest.mark.parametrize("text", SPOKEN_OF)
@pytest.mark.parametrize("attachments", [1, None])
def test_where_files_are_there_or_nobody_knows(text: str, attachments: int | None) -> None:
    assert said(text, attachments) == []


@pytest.mark.parametrize("text", OTHER)
def test_other_words_stay_silent(text: str) -> None:
    assert said(text) == []


def test_a_flood_of_one_sign_is_answered() -> None:
    assert said("附" * 20_000) == []
