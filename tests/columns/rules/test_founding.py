"""The tree as the source report has it, 六(五)."""

from town_portal.columns.rules.founding import TREE
from town_portal.columns.rules.naming import check_code, check_hint, check_name

PLANNED = [planned for parent, children in TREE for planned in (parent, *children)]


def test_four_blocks_and_seven_columns() -> None:
    assert [parent.name for parent, _ in TREE] == ["机构信息", "规章文件", "财政信息", "其他"]
    assert [child.name for _, children in TREE for child in children] == [
        "机构信息",
        "领导分工",
        "内设机构",
        "其他文件",
        "部门预决算与“三公”经费",
        "工作动态",
        "通知公告",
    ]


def test_codes_are_unique_and_names_fit() -> None:
    assert len({planned.code for planned in PLANNED}) == len(PLANNED)
    for planned in PLANNED:
        assert check_code(planned.code) == planned.code
        assert check_name(planned.name) == planned.name
        assert check_hint(planned.hint) == planned.hint


def test_every_column_tells_the_drafter_what_belongs_there() -> None:
    assert all(child.hint for _, children in TREE for child in children)
