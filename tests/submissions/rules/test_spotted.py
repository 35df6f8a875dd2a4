"""Findings where people meet them."""

from town_portal.proofreading.rules.finding import Family, Finding, Severity
from town_portal.submissions.rules.spotted import AROUND, blocking, spotted, unanswered

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


def test_what_blocks_and_what_waits_for_an_answer() -> None:
    found = spotted("正文", TEXT, [SUM, HINT, PHONE])
    assert [one.family for one in blocking(found)] == [Family.PRIVACY_PHONE]
    assert [one.family for one in unanswered(found, ())] == [Family.ARITH_SUM]
    assert unanswered(found, {found[1].key}) == []
