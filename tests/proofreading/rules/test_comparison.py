"""An entry beside what it takes the place of."""

from dataclasses import replace

from tests.proofreading.terms import BAD, GOOD, SLIP
from town_portal.proofreading.rules.comparison import Difference, columns, differences
from town_portal.proofreading.rules.entry import TermEntry
from town_portal.proofreading.rules.kinds import TermKind

OWNERS = {7: "党政和人大办公室"}


def test_of_a_new_entry_what_it_says() -> None:
    assert differences(None, replace(SLIP, owner_id=7), OWNERS) == [
        Difference("应为", "", "香蕉基地"),
        Difference("负责单位", "", "党政和人大办公室"),
        Difference("错的例句", "", BAD),
        Difference("对的例句", "", GOOD),
    ]


def test_of_a_changed_entry_what_differs() -> None:
    assert differences(SLIP, replace(SLIP, right="芭蕉基地", off=True), OWNERS) == [
        Difference("应为", "香蕉基地", "芭蕉基地"),
        Difference("停用", "否", "是"),
    ]


def test_a_family_is_said_in_chinese() -> None:
    assert columns(TermEntry(TermKind.EXCEPTIONS, "禾塘", "wrong_char"), OWNERS)["疑点类别"] == "错别字"
