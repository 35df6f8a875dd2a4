"""One term as the town writes it."""

from datetime import date
from typing import Any

import pytest

from tests.proofreading.terms import SLIP, a_leader, an_entry
from town_portal.foundation.errors import Refused
from town_portal.proofreading.rules.entry import TermEntry, checked, family_of, from_term
from town_portal.proofreading.rules.finding import NEVER_OVERRIDDEN, Family
from town_portal.proofreading.rules.kinds import TermKind
from town_portal.proofreading.rules.lexicon import Term

NEW_YEAR = date(2026, 1, 1)


def test_blanks_are_tidied_and_examples_kept_once() -> None:
    entry = checked(an_entry(words=" 粉蕉基地 ", bad=(" 一。 ", "一。", ""), good=("二。",)))
    assert (entry.words, entry.bad, entry.good) == ("粉蕉基地", ("一。",), ("二。",))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"words": " "}, "请写“错的写法”"),
        ({"words": "粉"}, "至少两个字"),
        ({"words": "粉" * 81}, "最多 80 个字"),
        ({"words": "粉\n蕉"}, "看不见的字符或换行"),
        ({"words": "粉\u200b蕉"}, "看不见的字符或换行"),
        ({"right": ""}, "请写“应为”"),
        ({"right": "粉蕉基地"}, "写得一样"),
        ({"note": "说明"}, "没有说明这一栏"),
        ({"position": 1}, "只有领导名录有“排序”"),
        ({"valid_from": date(1026, 1, 1)}, "年份要在"),
        ({"valid_from": NEW_YEAR, "valid_to": date(2025, 12, 31)}, "最后一天不能早于第一天"),
        ({"bad": ()}, "请写一句“错的例句”"),
        ({"good": ()}, "请写一句“对的例句”"),
        ({"bad": ("一。",), "good": ("一。",)}, "既算错的又算对的"),
        ({"bad": tuple(f"{n}。" for n in range(9))}, "最多 8 句"),
        ({"bad": ("长" * 201,)}, "最多 200 个字"),
        ({"kind": TermKind.PROTECTED, "bad": ()}, "没有对应的正确写法"),
        ({"kind": TermKind.SLOGANS, "note": "随便"}, "“怎么比对”只能填"),
        ({"kind": TermKind.SLOGANS, "note": "误写", "right": ""}, "“误写”要写“规范写法”"),
        ({"kind": TermKind.SENSITIVE, "note": "称谓", "right": ""}, "“称谓”要写“换成”"),
        ({"kind": TermKind.SENSITIVE, "note": ""}, "“怎么提醒”只能填"),
        ({"kind": TermKind.EXCEPTIONS, "right": "colour"}, "没有“colour”这一类"),
        ({"kind": TermKind.YEARLY_WORK, "right": "春天"}, "“时节”写成 2-4 这样"),
    ],
)
def test_what_does_not_fit_is_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        checked(an_entry(**changes))


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (a_leader("Li", "镇长", 1), "只写汉字"),
        (a_leader("黎文澍", "", 1), "请写“职务”"),
        (a_leader("黎文澍", "镇长", 0), "“排序”要写"),
        (a_leader("黎文澍", "镇长", 100), "“排序”要写"),
        (TermEntry(TermKind.PUBLIC_PHONES, "0763-4261234", good=("值班。",)), "11 位数字"),
        (TermEntry(TermKind.PUBLIC_PHONES, "13826704412"), "请写一句“对的例句”"),
    ],
)
def test_leaders_and_phones_have_rules_of_their_own(entry: TermEntry, words: str) -> None:
    with pytest.raises(Refused, match=words):
        checked(entry)


def test_what_is_switched_off_needs_no_examples() -> None:
    assert checked(an_entry(off=True, bad=(), good=())).off


def test_a_name_of_a_minority_is_a_name() -> None:
    assert checked(a_leader("阿依古丽·买买提", "副镇长", 9)).words


@pytest.mark.parametrize("family", sorted(NEVER_OVERRIDDEN))
def test_personal_data_and_secrecy_are_always_errors(family: Family) -> None:
    with pytest.raises(Refused, match="不能列为“不是错”"):
        family_of(family.value)
    with pytest.raises(Refused, match="不能列为“不是错”"):
        checked(TermEntry(TermKind.EXCEPTIONS, "某人", family.value, good=("某人。",)))


def test_days_are_inclusive() -> None:
    entry = an_entry(valid_from=NEW_YEAR, valid_to=NEW_YEAR)
    assert entry.holds_on(NEW_YEAR)
    assert not entry.holds_on(date(2025, 12, 31))
    assert not entry.holds_on(date(2026, 1, 2))
    assert not an_entry(off=True).holds_on(NEW_YEAR)


def test_the_same_thing_on_a_common_day_meets() -> None:
    ended = an_entry(valid_to=date(2025, 12, 31))
    assert SLIP.meets(ended)
    assert not ended.meets(an_entry(valid_from=NEW_YEAR))
    assert not SLIP.meets(an_entry(words="别的"))
    one, other = (TermEntry(TermKind.EXCEPTIONS, "粉葛", family) for family in ("wrong_char", "omission"))
    assert not one.meets(other)


@pytest.mark.parametrize(
    ("old", "new", "last"),
    [
        (SLIP, an_entry(valid_from=NEW_YEAR), date(2025, 12, 31)),
        (an_entry(valid_from=NEW_YEAR), an_entry(valid_from=NEW_YEAR), None),
        (SLIP, SLIP, None),
        (an_entry(off=True), an_entry(valid_from=NEW_YEAR), None),
        (TermEntry(TermKind.LAWS, "某法"), TermEntry(TermKind.LAWS, "某法", valid_from=NEW_YEAR), None),
    ],
)
def test_what_was_right_before_stays_right_for_before(old: TermEntry, new: TermEntry, last: date | None) -> None:
    assert old.goes_on_until(new) == last
    assert old.lasts_until(new) == ("原来的用到 2025年12月31日" if last else "")


def test_a_shipped_term_is_an_entry_without_owner() -> None:
    entry = from_term(Term("laws", "某法", "新法", "第1号", NEW_YEAR, None))
    assert (entry.kind, entry.right, entry.note, entry.valid_from, entry.owner_id) == (
        TermKind.LAWS, "新法", "第1号", NEW_YEAR, None,
    )  # fmt: skip
    assert entry.term == Term("laws", "某法", "新法", "第1号", NEW_YEAR, None)
