from decimal import Decimal

import pytest

from tests.bulletins.rules.results import result
from town_portal.bulletins.rules import figures
from town_portal.bulletins.rules.figures import Figure, Righted, from_plain, of, percent, to_plain


def held(before: bool = True) -> dict[str, Figure]:
    return {one.name: one for one in of(result(), result(more=2) if before else None, Righted(4, 3, 1))}


def test_the_town_and_its_leagues_add_up() -> None:
    found = held()
    assert found["全镇报送数"].value == "10"
    assert int(found["村（社区）报送数"].value) + int(found["办公室报送数"].value) == 10
    assert (found["全镇单位数"].value, found["村（社区）单位数"].value) == ("3", "2")
    assert found["全镇采用率"].value == "90.0%"
    assert found["全镇三天内发布率"].value == "88.9%"
    assert found["全镇零报送单位数"].value == "1"


def test_a_unit_has_its_points_and_its_rank_and_one_without_a_rank_has_none() -> None:
    found = held()
    assert (found["官山村得分"].value, found["官山村名次"].value) == ("98.5", "1")
    assert "四九社区名次" not in found
    assert found["四九社区采用率"].value == "—"


def test_names_are_bound_too() -> None:
    found = held()
    assert found["零报送单位"].value == "四九社区"
    assert found["村（社区）前3名"].value == "官山村"
    assert found["有差错的单位"].value == "党政和人大办公室"


def test_comparison_says_more_or_less_and_is_left_out_without_a_quarter_before() -> None:
    assert held()["报送比上季"].value == "少2"
    assert held()["采用比上季"].value == "多0"
    assert "报送比上季" not in held(before=False)


def test_what_was_to_be_put_right_is_counted() -> None:
    found = held()
    assert [found[name].value for name in ("上期整改事项数", "上期整改销号数", "上期整改超期数")] == ["4", "3", "1"]


def test_no_two_are_called_alike_and_plain_values_give_the_same_again() -> None:
    found = of(result(), result(), Righted())
    assert len({one.name for one in found}) == len({one.key for one in found}) == len(found)
    assert from_plain(to_plain(found)) == found


@pytest.mark.parametrize(
    "part, whole, share", [(0, 0, None), (1, 3, "33.3"), (2, 3, "66.7"), (1, 800, "0.1"), (3, 3, "100.0")]
)
def test_shares_are_rounded_halves_up(part: int, whole: int, share: str | None) -> None:
    assert percent(part, whole) == (None if share is None else Decimal(share))


def test_every_measure_has_its_word() -> None:
    assert set(figures.WORDS) == set(figures.Kind)
