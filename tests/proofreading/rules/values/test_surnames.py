"""Family names."""

from town_portal.proofreading.rules.values.surnames import SURNAMES


def test_names_of_the_town_begin_with_one() -> None:
    assert all(name[0] in SURNAMES for name in ("黎文澍", "钟启桓", "邝立衡", "温某兰", "李月娥", "陈志明"))


def test_common_words_do_not() -> None:
    assert not {"的", "了", "是", "村", "镇"} & set(SURNAMES)
