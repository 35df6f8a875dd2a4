"""Where a rectification comes from."""

from town_portal.rectifications.rules.source import BY_HAND, LABELS, PAGES, Source


def test_every_source_has_its_word_and_what_comes_of_itself_has_its_page() -> None:
    assert set(LABELS) == set(Source)
    assert {Source.BULLETIN, Source.SPOT_CHECK} <= set(PAGES)
    assert not {Source.BULLETIN, Source.SPOT_CHECK} & set(BY_HAND)
    assert [one.label for one in BY_HAND] == ["上级检查", "栏目检查", "差错处理", "日常检查"]
