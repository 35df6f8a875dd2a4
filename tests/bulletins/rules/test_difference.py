from tests.bulletins.rules.results import result
from town_portal.bulletins.rules.difference import Moved, items, moved
from town_portal.bulletins.rules.figures import Figure, Kind, Righted, of


def test_nothing_moved_is_no_difference() -> None:
    assert moved(of(result(), None, Righted()), of(result(), None, Righted())) == []


def test_a_later_item_moves_the_unit_its_league_and_the_town() -> None:
    found = {
        one.name: (one.then, one.today)
        for one in moved(of(result(), None, Righted()), of(result(more=1), None, Righted()))
    }
    assert found["官山村报送数"] == ("7", "8")
    assert found["村（社区）报送数"] == ("7", "8")
    assert found["全镇报送数"] == ("10", "11")
    assert "党政和人大办公室报送数" not in found


def test_a_figure_that_is_gone_or_new_is_told() -> None:
    one = Figure("unit-1.rank", "甲村名次", Kind.RANK, "unit-1", "1", "1")
    assert moved([one], []) == [Moved("甲村名次", Kind.RANK, "unit-1", "1", "—")]
    assert moved([], [one]) == [Moved("甲村名次", Kind.RANK, "unit-1", "—", "1")]


def test_items_that_came_and_went_are_counted_line_by_line() -> None:
    then, today = result().scores[0], result(more=2).scores[0]
    (found,) = items(then, today)
    assert (found.what, len(found.more), len(found.fewer)) == ("计分表：采用发布", 2, 0)
    assert items(today, today) == []
