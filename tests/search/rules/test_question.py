"""Reading a question."""

from town_portal.search.rules.question import MOST_WORDS, asked, loosely, same_as


def test_blanks_and_signs_part_words_and_each_brings_its_other_wordings() -> None:
    question = asked("“低保”  公示！")
    assert question.words == (("低保", "最低生活保障"), ("公示",))
    assert question.phrase == "低保 公示"
    assert question.wordings == ("最低生活保障", "低保", "公示")
    assert same_as("最低生活保障") == ("低保",)


def test_nothing_asks_for_nothing_and_much_is_cut() -> None:
    assert not asked("  ，。！ ")
    assert len(asked(" ".join("甲乙丙丁戊己庚辛")).words) == MOST_WORDS
    assert asked("通知 通知").own == ("通知",)


def test_little_words_are_left_out_on_the_second_try() -> None:
    assert loosely("道路命名的公示").own == ("道路命名", "公示")
    assert loosely("怎么办理低保").own == ("低保",)
    assert not loosely("道路命名")
