"""The ranking as rows of text."""

from town_portal.statistics.rules.measures import Figures
from town_portal.statistics.rules.quarter import Quarter
from town_portal.statistics.rules.ranking import Contender, League, standings
from town_portal.statistics.rules.table import HEAD, change_words, rows


def test_one_line_for_each_unit() -> None:
    figures = Figures(submitted=9, published=8, first_pass=6, returns=3, amended=1, timely=5, late=5)
    found = rows(
        Quarter(2026, 3), standings([Contender(1, "洛洞村", League.VILLAGES, 1)], {1: figures}, {}), running=False
    )
    assert found == [
        HEAD,
        ("2026年第三季度", "村（社区）", "1", "洛洞村", "—", "9", "8", "6", "75%", "3", "1", "5", "5", "50%", "—"),
    ]


def test_a_running_quarter_says_so_in_every_line() -> None:
    found = rows(Quarter(2026, 3), standings([Contender(1, "洛洞村", League.VILLAGES, 1)], {}, {}), running=True)
    assert found[1][0] == "2026年第三季度（未结束，按目前数据）"
    assert found[1][8] == "—"


def test_changes_are_words_and_never_look_like_a_formula() -> None:
    assert [change_words(change) for change in (3, -2, 0, None)] == ["进 3", "退 2", "持平", "—"]
