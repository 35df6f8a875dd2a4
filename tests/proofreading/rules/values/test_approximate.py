"""Phrases with slips in them."""

import pytest

from tests.proofreading.say import LEXICON
from town_portal.proofreading.rules.values.approximate import Edit, Phrases, Skeleton, Tolerance, differences
from town_portal.proofreading.rules.values.likeness import likeness_of

LONG = "百县千镇万村高质量发展工程"
PHRASES = Phrases(dict.fromkeys(["三会一课", LONG, "铸牢中华民族共同体意识"], Tolerance()), likeness_of(LEXICON))


def slips(text):
    return [(text[slip.start : slip.end], slip.phrase) for slip in PHRASES.slips(Skeleton(text))]


@pytest.mark.parametrize(
    ("text", "written", "phrase"),
    [
        ("落实三会一科制度", "三会一科", "三会一课"),
        ("落实“三会”两课制度", "三会”两课", "三会一课"),
        ("落实三课一会制度", "三课一会", "三会一课"),
        ("推进百县千镇万村高质量工程", "百县千镇万村高质量工程", LONG),
        ("推进百镇千县万村高质量发展工程", "百镇千县万村高质量发展工程", LONG),
        ("筑牢中国民族共同体意识", "筑牢中国民族共同体意识", "铸牢中华民族共同体意识"),
    ],
)
def test_a_slip(text, written, phrase):
    assert slips(text) == [(written, phrase)]


@pytest.mark.parametrize(
    "text",
    ["三会一课", LONG, "“三会一课”", "增强中华民族共同体意识", "三会。一科", "三会一好", "", "百县千镇", "会三、课一"],
)
def test_no_slip(text):
    assert slips(text) == []


@pytest.mark.parametrize(
    ("right", "written", "edits"),
    [
        ("甲乙丙", "甲丁丙", (Edit(1, "乙", "丁"),)),
        ("甲乙丙", "甲丙", (Edit(1, "乙", ""),)),
        ("甲乙丙", "甲乙丁丙", (Edit(2, "", "丁"),)),
        ("甲乙丙", "甲乙丙", ()),
        ("甲乙丙丁", "戊己庚辛", None),
    ],
)
def test_differences(right, written, edits):
    assert differences(right, written, 2) == edits
