"""What people of the demo say."""

import json
from random import Random

import pytest

from tests.demo.rules.test_corpus import item
from town_portal.demo.rules import words
from town_portal.settings.rules.catalogue import CATALOGUE
from town_portal.submissions.rules.lifecycle import State


@pytest.mark.parametrize(
    ("said", "reasons"),
    [
        ("“翻梨”为错别字，应为“翻犁”。", ("有错别字",)),
        ("合计与分项不符，请核对。", ("数据前后不一致",)),
        ("村名有误，误写为“大浦村”。", ("有错别字", "时间、地点或人名要核对")),
        ("请补充做法。", ("表述不规范",)),
    ],
)
def test_stock_reasons_fit_the_fault(said: str, reasons: tuple[str, ...]) -> None:
    fault = {"stage": "head", "reason": said, "wrong": "a", "right": "68户都通知到"}
    assert words.reasons(item(fault=fault)) == reasons


def test_stock_reasons_are_those_of_the_settings() -> None:
    stock = CATALOGUE["return_reasons"].default["reasons"]
    assert {reason for reason, _ in words._REASONS} <= set(stock)


def test_the_quote_is_what_stood_in_the_text() -> None:
    fault = {"stage": "head", "reason": "错", "wrong": "{d+1}前报名", "right": "{d-2}前报名"}
    assert words.quote(item(fault=fault)) == "4月15日前报名"
    assert words.quote(item(fault=None)) == ""


def test_a_correction_says_what_was_wrong_and_what_is_right() -> None:
    assert words.correction(item()) == "更正文中“68户没有通知到”一处，应为“68户都通知到”。"
    assert words.correction(item(fault=None)) == ""


def test_every_stage_has_opinions() -> None:
    for stage in (State.SECOND_REVIEW, State.CROSS_REVIEW, State.THIRD_REVIEW):
        assert words.opinion(stage, Random(1)) in words.SIGNED[stage]


def test_no_word_ends_in_half_width_punctuation() -> None:
    said = json.dumps([words.PROOFED, list(words.SIGNED.values()), words.WITHDRAWN, words.RECALLED], ensure_ascii=False)
    assert "。" in said
    assert not set(said) & set("!?;")
