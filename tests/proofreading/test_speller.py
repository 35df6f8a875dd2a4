"""The language-model speller, with the real model where set-up brought it."""

from pathlib import Path

import pytest

from tests.proofreading.say import LEXICON, found, silent
from town_portal.proofreading.language_model import MODEL
from town_portal.proofreading.speller import Speller, open_speller


@pytest.fixture(scope="module")
def speller() -> Speller:
    """The speller on the model of an input method."""
    opened = open_speller(MODEL)
    if opened is None:
        pytest.skip("set-up could bring neither kenlm nor its model to this machine")
    return opened


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("要把学习成果转化为推功工作的具体举措。", "推功"),
        ("各村要加强秸杆禁烧的宣传教育。", "秸杆"),
    ],
)
def test_a_slip_is_found_and_mended(speller: Speller, text: str, wrong: str) -> None:
    assert ("wrong_char", wrong) in found(speller.check, text)


def test_clean_sentences_and_the_towns_names_stay_silent(speller: Speller) -> None:
    silent(
        speller.check,
        [
            "今天上午，洛洞村联合镇农业农村办公室在村文化室开展农技培训，服务农户68户，发放技术手册120册。",
            "湴江村、脉塘村、暖坑村干部到潖江沿线巡河。",
            "镇党委书记黎文澍，镇党委副书记、镇长钟启桓参加活动。",
        ],
    )


def test_there_is_none_without_a_model() -> None:
    assert open_speller(Path("nowhere.lm")) is None
    assert LEXICON.own_names
