"""The question in each engine's language."""

from town_portal.search.rules.expression import POSTGRESQL, SQLITE, all_but_one, expression
from town_portal.search.rules.question import asked


def test_every_word_in_one_wording() -> None:
    question = asked("低保 镇")
    assert (
        expression(question, SQLITE, in_title=False)
        == '(("低保") OR ("低生" AND "保障" AND "最低" AND "活保" AND "生活")) AND (("镇"*))'
    )
    assert (
        expression(question, POSTGRESQL, in_title=True)
        == "(('t低保') | ('t低生' & 't保障' & 't最低' & 't活保' & 't生活')) & (('t镇':*))"
    )


def test_nothing_typed_gets_out_of_its_quotes() -> None:
    for language in (SQLITE, POSTGRESQL):
        written = expression(asked("\"') OR 1=1 -- 'x"), language, in_title=False)
        assert set(written) <= set("()\"':*&| ANDORorx1=") - {"="}


def test_all_pairs_but_any_one() -> None:
    assert all_but_one(["甲乙", "乙丙", "丙丁"], SQLITE) == (
        '("乙丙" AND "丙丁") OR ("甲乙" AND "丙丁") OR ("甲乙" AND "乙丙")'
    )
