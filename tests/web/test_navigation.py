"""The menu: everybody's entries, under each heading once, folded where they are many."""

from town_portal.access.roles import Role
from town_portal.factory import MENU
from town_portal.web.navigation import FOLDED_FROM, folded, grouped, menu


def test_every_heading_stands_once_and_no_entry_is_lost() -> None:
    for role in Role:
        entries = menu(MENU, frozenset({role}))
        groups = grouped(entries)
        assert len({group.label for group in groups}) == len(groups)
        assert sorted(entry.label for group in groups for entry in group.entries) == sorted(
            entry.label for entry in entries
        )
        assert groups[0].label == "", "what is used every day needs no heading"


def test_only_a_long_menu_is_folded() -> None:
    assert not folded(MENU[:FOLDED_FROM])
    assert folded(menu(MENU, frozenset({Role.COORDINATOR})))


def test_a_group_is_open_on_the_pages_of_its_rooms() -> None:
    by_label = {group.label: group for group in grouped(MENU)}
    assert by_label["监督"].holds("corrections")
    assert not by_label["统计"].holds("corrections")
    assert not by_label["统计"].holds(None)
