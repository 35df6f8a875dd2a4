"""Lines in columns."""

from town_portal.proofreading.rules.values.tables import tables

TEXT = "收支情况：\n项目\t金额\n村集体收入\t120\n支出\t80\n以上公示。"


def test_cells_are_read_with_their_places() -> None:
    found = list(tables(TEXT))
    assert len(found) == 1
    assert [len(row) for row in found[0]] == [2, 2, 2]


def test_prose_is_no_table() -> None:
    assert list(tables("今天上午，村里开会。\n下午巡河。")) == []
