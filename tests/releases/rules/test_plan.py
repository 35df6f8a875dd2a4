"""Lines of a plan."""

import pytest

from town_portal.releases.rules.plan import by_column


@pytest.mark.parametrize(
    "line", ["通知公告：佛冈通、佛冈发布", "通知公告:佛冈通，佛冈发布", " 通知公告 ： 佛冈通 ;佛冈发布 "]
)
def test_a_line_is_read_as_people_write_it(line: str) -> None:
    assert by_column([line]) == {"通知公告": ("佛冈通", "佛冈发布")}


def test_what_says_nothing_is_left_out_and_lines_add_up() -> None:
    assert by_column(["工作动态", "：佛冈通", "工作动态：", ""]) == {}
    assert by_column(["工作动态：佛冈通", "工作动态：南方+"]) == {"工作动态": ("佛冈通", "南方+")}
