"""算账: sums in signs, tables and lines."""

import pytest

from town_portal.proofreading.rules.values.tables import tables
from town_portal.proofreading.rules.values.tallies import wrong_tallies

TABLE = "村\t男\t女\t合计\n石门村\t12\t10\t22\n田心村\t8\t9\t{row}\n合计\t20\t{column}\t39"


@pytest.mark.parametrize(
    "text, right",
    (
        ("47+29+18=93", "94"),
        ("3×15=50", "45"),
        ("128条，其中3+4+9+71+40", "127"),
        (TABLE.format(row=17, column=18), "19"),
        (TABLE.format(row=18, column=19), "17"),
        ("|类|数|\n|---|---|\n|甲|12|\n|乙|18|\n|合计|31|", "30"),
        ("来信：12件\n来访：18件\n合计：31件", "30"),
        ("共受理31件，其中：\n来信12件\n来访18件", "30"),
    ),
)
def test_what_does_not_come_out(text, right):
    assert right in [one.right for one in wrong_tallies(text)]


@pytest.mark.parametrize(
    "text",
    (
        "47+29+18=94",
        "“100-1=0”的道理",
        "“1+3+5”模式",
        TABLE.format(row=17, column=19),
        "村\t户数\t比例\n甲\t12\t50%\n乙\t12\t50%\n合计\t24\t100%",
        "一、培训30人\n二、走访20户\n三、发放50份",
        "项目\t数量\n总数\t30\n其中：女\t12",
    ),
)
def test_what_comes_out(text):
    assert not list(wrong_tallies(text))


def test_a_table_is_three_lines_of_as_many_cells():
    (rows,) = tables("前文\n甲\t1\n乙\t2\n丙\t3\n后文")
    assert [[cell.words for cell in row] for row in rows] == [["甲", "1"], ["乙", "2"], ["丙", "3"]]
    assert not list(tables("甲\t1\n乙\t2"))
