"""Findings where people meet them."""

import pytest

from town_portal.proofreading.rules.finding import Family, Finding, Severity
from town_portal.submissions.rules.spotted import (
    AROUND,
    Answer,
    answer_to,
    blocking,
    objection,
    spotted,
    still_open,
)

TEXT = "第一段的话。\n本季度受理咨询93件，其中来电47件、来访29件、留言18件。\n第三段"
SUM = Finding(Family.ARITH_SUM, TEXT.index("93"), TEXT.index("93") + 2, "合计不对", None, Severity.WARN)
PHONE = Finding(Family.PRIVACY_PHONE, 0, 3, "有手机号", None, Severity.BLOCK)
HINT = Finding(Family.PUNCT_WIDTH, 5, 6, "半角", "。", Severity.HINT)


def test_the_weightiest_comes_first_with_its_words_and_surroundings() -> None:
    found = spotted("正文", TEXT, [SUM, HINT, PHONE])
    assert [one.severity.value for one in found] == ["block", "warn", "hint"]
    figure = found[1]
    assert (figure.words, figure.before, len(figure.after)) == ("93", "本季度受理咨询", AROUND)
    assert "\n" not in figure.before + figure.after


def test_a_key_lasts_as_long_as_the_surroundings() -> None:
    first = spotted("正文", TEXT, [SUM])[0].key
    moved = f"新的开头。\n{TEXT}"
    shift = len(moved) - len(TEXT)
    again = Finding(SUM.family, SUM.start + shift, SUM.end + shift, "另一句话", None, SUM.severity)
    assert spotted("正文", moved, [again])[0].key == first
    assert spotted("标题", TEXT, [SUM])[0].key != first


DATE = Finding(Family.DATE_IMPOSSIBLE, 6, 8, "没有这一天", None, Severity.BLOCK)


def test_what_must_be_mended() -> None:
    found = spotted("正文", TEXT, [SUM, HINT, PHONE])
    assert [one.family for one in blocking(found)] == [Family.PRIVACY_PHONE]
    assert [one.weighs for one in found] == [True, True, False]


@pytest.mark.parametrize(
    ("finding", "reason", "drafting", "answer"),
    [
        (SUM, "", True, Answer.RIGHT),
        (SUM, "", False, Answer.RIGHT),
        (DATE, "闰月有这一天", True, Answer.CONTESTED),
        (DATE, "闰月有这一天", False, Answer.OVERRIDDEN),
        (DATE, "没错", False, None),  # says nothing
        (PHONE, "本人同意公开号码", True, None),
        (PHONE, "本人同意公开号码", False, None),
        (HINT, "就这样写吧", True, None),
    ],
)
def test_what_a_reply_means(finding: Finding, reason: str, drafting: bool, answer: Answer | None) -> None:
    assert answer_to(spotted("正文", TEXT, [finding])[0], reason, drafting=drafting) is answer


@pytest.mark.parametrize(
    ("finding", "said", "drafting", "open_"),
    [
        (SUM, (), False, True),
        (SUM, (Answer.RIGHT,), False, False),
        (DATE, (), True, True),
        (DATE, (Answer.CONTESTED,), True, False),
        (DATE, (Answer.CONTESTED,), False, True),
        (DATE, (Answer.CONTESTED, Answer.OVERRIDDEN), False, False),
        (PHONE, (Answer.CONTESTED, Answer.OVERRIDDEN), False, True),
        (PHONE, (Answer.CONTESTED, Answer.OVERRIDDEN), True, True),
        (HINT, (), False, False),
    ],
)
def test_what_keeps_a_text_from_going_on(
    finding: Finding, said: tuple[Answer, ...], drafting: bool, open_: bool
) -> None:
    one = spotted("正文", TEXT, [finding])[0]
    assert bool(still_open([one], {one.key: said}, drafting=drafting)) is open_


@pytest.mark.parametrize(
    ("findings", "drafting", "words"),
    [
        ([PHONE, DATE, SUM], False, "请退回修改：有手机号"),
        ([PHONE, DATE, SUM], True, "必须改掉，谁也不能放行：有手机号"),
        ([DATE, SUM], True, "写明理由请审核人定：没有这一天"),
        ([DATE, SUM], False, "请退回，或写明理由放行"),
        ([SUM], False, "1 处提示没有核对：合计不对"),
    ],
)
def test_the_weightiest_is_said_first(findings: list[Finding], drafting: bool, words: str) -> None:
    said = objection(spotted("正文", TEXT, findings), drafting=drafting)
    assert said is not None
    assert words in said


def test_nothing_open_is_no_objection() -> None:
    assert objection([]) is None
