"""Who may look at a drawn text, and what a result needs."""

import pytest

from town_portal.access.actor import Actor, HeldPost
from town_portal.access.roles import Role
from town_portal.foundation.errors import Refused
from town_portal.spot_checks.rules import checking
from town_portal.spot_checks.rules.checking import CheckResult, Mark

LINES = ["没有错别字", "数字对"]
HEAD = Actor(id=5, name="某人", posts=(HeldPost(1, Role.HEAD, 7, "某办", "office"),))


@pytest.mark.parametrize(("unit", "hands", "words"), [(8, {5}, "经手过"), (7, set(), "您所在单位")])
def test_nobody_looks_at_his_own(unit: int, hands: set[int], words: str) -> None:
    with pytest.raises(Refused, match=words):
        checking.check_person(HEAD, unit, hands)


def test_others_may() -> None:
    checking.check_person(HEAD, 8, {6})


def test_a_result_follows_from_the_answers() -> None:
    good, bad = {1: Mark.GOOD, 2: Mark.NONE}, {1: Mark.GOOD, 2: Mark.BAD}
    assert checking.check_marks(LINES, good, CheckResult.NOTHING, "  ") == ""
    assert checking.check_marks(LINES, bad, CheckResult.FAULT, " 数字写错了 ") == "数字写错了"
    for marks, result, note, words in (
        ({1: Mark.GOOD}, CheckResult.NOTHING, "", "第 2 项"),
        (bad, CheckResult.NOTHING, "", "不能是"),
        (good, CheckResult.RECTIFICATION, "做法不对", "标出是哪一项"),
        (bad, CheckResult.FAULT, "错", "写明发现"),
        (bad, CheckResult.FAULT, "错" * 501, "最多 500"),
    ):
        with pytest.raises(Refused, match=words):
            checking.check_marks(LINES, marks, result, note)
