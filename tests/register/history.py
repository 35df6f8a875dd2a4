"""Lists of former years."""

from datetime import date

from tests.cast import Cast
from tests.releases.out import the_channels
from town_portal.columns import operations as columns
from town_portal.foundation import clock
from town_portal.register import operations, queries
from town_portal.register.models import HistoryImport
from town_portal.register.rules import history_file
from town_portal.register.rules.history_file import HEAD, PastRow

Cells = tuple[str, ...]

REPORT = {"机构信息": 2, "规章文件": 2, "财政信息": 7, "工作动态": 62, "通知公告": 42}
"""2025 by the classes of the source report: 115 items."""
CHANNELS = ("佛冈发布", "佛冈通", "清远日报", "南方+")
UNITS = ("洛洞村", "汤塘社区", "党政和人大办公室", "农业农村办公室", "应急管理办公室")


def grow_tree(cast: Cast) -> None:
    """The columns of the report beside those of the cast."""
    actor = cast.actor("coordinator")
    for code, name, leaf, words in (
        ("jg", "机构信息", "jgxx", "机构信息"),
        ("gz", "规章文件", "qtwj", "其他文件"),
        ("cz", "财政信息", "czxx", "部门预决算与“三公”经费"),
    ):
        columns.open_column(actor, leaf, words, columns.open_column(actor, code, name))


def the_year_2025() -> list[Cells]:
    """A list of the year as the town kept it: 115 items, 156 releases on four channels, some of them there alone."""
    rows: list[Cells] = []
    number = 0
    for column, count in REPORT.items():
        for _ in range(count):
            number += 1
            day = date(2025, 1 + number % 12, 1 + number % 28).isoformat()
            head = (f"2025 年第 {number} 条", UNITS[number % 5], column, day, "")
            ran = [CHANNELS[place % 4] for place in range(number, number + (2 if number % 5 == 0 else 1))]
            rows += [(*head, name, day, f"https://example.com/{number}") for name in ran]
    rows += [
        (f"只在渠道发的第 {place} 条", "洛洞村", "", "2025-06-01", "", CHANNELS[place % 4], "2025-06-02 09:30", "")
        for place in range(18)
    ]
    return rows


def read(rows: list[Cells]) -> list[PastRow]:
    """The lines of a list without faults."""
    good, faults = history_file.read([list(HEAD), *map(list, rows)], clock.today())
    assert faults == []
    return good


def imported(cast: Cast, rows: list[Cells], name: str = "2025.xlsx") -> HistoryImport:
    """A list taken in by the coordinating office."""
    lines = read(rows)
    plan = queries.planned(lines)
    return operations.import_history(cast.actor("coordinator"), lines, name, "0" * 64, (plan.fresh, plan.channels))


def a_history(cast: Cast) -> HistoryImport:
    """A small import."""
    the_channels(cast)
    return imported(
        cast,
        [
            (
                "洛洞村去年的培训",
                "洛洞村",
                "工作动态",
                "2025-03-04",
                "https://example.com/1",
                "佛冈发布",
                "2025-03-05",
                "",
            ),
            ("去年的通告", "B01", "tzgg", "2025-03-06", "", "", "", ""),
        ],
    )
