"""Acts on the column tree. The cast's house has 其他 with 工作动态 and 通知公告."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from tests.cast import Cast
from town_portal.access.actor import SYSTEM
from town_portal.audit.models import AuditEvent
from town_portal.audit.queries import head_seq, verify
from town_portal.columns import operations, queries
from town_portal.columns.models import Column
from town_portal.foundation.db import db
from town_portal.foundation.errors import Forbidden, Refused


def newest() -> AuditEvent:
    """The event at the end of the trail."""
    return db.session.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(1)).one()


def test_a_column_is_opened(town: Cast) -> None:
    office = town.unit("B05")
    column = operations.open_column(
        town.actor("coordinator"), " ncsw ", " 农村事务 ", town.column("qt"), 3, office.id, " 三资、低保 "
    )
    assert (column.code, column.name, column.hint, column.office_id) == ("ncsw", "农村事务", "三资、低保", office.id)
    assert [leaf.code for leaf in queries.leaves()] == ["gzdt", "tzgg", "ncsw"]
    assert (newest().action, newest().label, newest().subject_name) == ("open_column", "开设栏目", "农村事务")
    assert verify().sound


def test_a_top_column_is_opened(town: Cast) -> None:
    operations.open_column(town.actor("coordinator"), "gk", "公开指南")
    assert [parent.code for parent, _ in queries.tree()] == ["gk", "qt"]


@pytest.mark.parametrize(
    ("code", "name", "parent", "words"),
    [
        ("gzdt", "新栏目", "qt", "代码“gzdt”已经用过"),
        ("xlm", "工作动态", "qt", "同一处已有“工作动态”"),
        ("xlm", "新栏目", "gzdt", "栏目只有两级"),
        ("新", "新栏目", "qt", "代码要用"),
        ("xlm", " ", "qt", "栏目名要有"),
    ],
)
def test_what_opening_is_refused_for(town: Cast, code: str, name: str, parent: str, words: str) -> None:
    before = head_seq()
    with pytest.raises(Refused, match=words):
        operations.open_column(town.actor("coordinator"), code, name, town.column(parent))
    assert head_seq() == before


def test_nothing_is_opened_under_a_closed_column(town: Cast) -> None:
    coordinator = town.actor("coordinator")
    top = operations.open_column(coordinator, "gk", "公开指南")
    operations.close_column(coordinator, top)
    with pytest.raises(Refused, match="在用的一级栏目"):
        operations.open_column(coordinator, "xlm", "新栏目", top)
    with pytest.raises(Refused, match="已经用过"):
        operations.open_column(coordinator, "gk", "公开指南")


def test_one_name_may_stand_at_two_places(town: Cast) -> None:
    column = operations.open_column(town.actor("coordinator"), "jgxx", "其他", town.column("qt"))
    assert column.name == "其他"


def test_a_column_is_renamed(town: Cast) -> None:
    column = operations.rename_column(town.actor("coordinator"), town.column("gzdt"), " 镇村动态 ")
    assert (column.code, column.name) == ("gzdt", "镇村动态")
    assert '"former":"工作动态"' in newest().detail
    assert verify().sound


@pytest.mark.parametrize(("name", "words"), [("工作动态", "已经叫"), ("通知公告", "同一处已有"), ("", "栏目名要有")])
def test_what_renaming_is_refused_for(town: Cast, name: str, words: str) -> None:
    before = head_seq()
    with pytest.raises(Refused, match=words):
        operations.rename_column(town.actor("coordinator"), town.column("gzdt"), name)
    assert head_seq() == before


def test_a_column_is_arranged(town: Cast) -> None:
    office = town.unit("B05")
    column = operations.arrange_column(town.actor("coordinator"), town.column("gzdt"), 9, office.id, " 近期办了什么 ")
    assert (column.position, column.office_id, column.hint) == (9, office.id, "近期办了什么")
    assert [leaf.code for leaf in queries.leaves()] == ["tzgg", "gzdt"]
    assert newest().label == "调整栏目"


@pytest.mark.parametrize(
    ("position", "hint", "words"), [(1, "", "和原来一样"), (0, "", "排序要在"), (1, "长" * 101, "写稿提示最多")]
)
def test_what_arranging_is_refused_for(town: Cast, position: int, hint: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        operations.arrange_column(town.actor("coordinator"), town.column("gzdt"), position, None, hint)


def test_a_column_is_closed(town: Cast) -> None:
    column = operations.close_column(town.actor("coordinator"), town.column("gzdt"))
    assert not column.open
    assert [leaf.code for leaf in queries.leaves()] == ["tzgg"]
    assert queries.by_code("gzdt") is column
    assert (newest().action, newest().label) == ("close_column", "停用栏目")


def test_a_closed_column_is_opened_again(town: Cast) -> None:
    coordinator = town.actor("coordinator")
    column = operations.close_column(coordinator, town.column("gzdt"))
    assert operations.reopen_column(coordinator, column).open
    assert (newest().action, newest().label) == ("reopen_column", "恢复栏目")
    with pytest.raises(Refused, match="没有停用"):
        operations.reopen_column(coordinator, column)
    assert verify().sound


def test_what_reopening_is_refused_for(town: Cast) -> None:
    coordinator, parent, column = town.actor("coordinator"), town.column("qt"), town.column("gzdt")
    operations.close_column(coordinator, column)
    operations.open_column(coordinator, "xdt", column.name, parent)
    with pytest.raises(Refused, match="同一处已有"):
        operations.reopen_column(coordinator, column)
    for other in queries.open_children(parent.id):
        operations.close_column(coordinator, other)
    operations.close_column(coordinator, parent)
    with pytest.raises(Refused, match="上级栏目“其他”已停用"):
        operations.reopen_column(coordinator, column)


def test_a_column_with_open_children_stays_open(town: Cast) -> None:
    coordinator, parent = town.actor("coordinator"), town.column("qt")
    with pytest.raises(Refused, match="下面还有 2 个在用的栏目"):
        operations.close_column(coordinator, parent)
    operations.close_column(coordinator, town.column("gzdt"))
    operations.close_column(coordinator, town.column("tzgg"))
    operations.close_column(coordinator, parent)
    assert queries.tree() == []


ACTS: list[Callable[[Any, Column], object]] = [
    lambda actor, column: operations.rename_column(actor, column, "新名称"),
    lambda actor, column: operations.arrange_column(actor, column, 9, None, "提示"),
    operations.close_column,
]
TREE_ACTS: list[Callable[[Any, Column], object]] = [
    lambda actor, _: operations.open_column(actor, "xlm", "新栏目"),
    lambda actor, _: operations.found_tree(actor),
]


@pytest.mark.parametrize("act", ACTS)
def test_a_closed_column_stays_as_it_is(town: Cast, act: Callable[[Any, Column], object]) -> None:
    coordinator = town.actor("coordinator")
    column = operations.close_column(coordinator, town.column("gzdt"))
    with pytest.raises(Refused, match="已经停用"):
        act(coordinator, column)


@pytest.mark.parametrize("key", ["reporter", "leader", "publisher", "administrator", "auditor", "idler"])
def test_only_the_coordinator_changes_the_tree(town: Cast, key: str) -> None:
    actor = town.actor(key)
    before = head_seq()
    for act in (*ACTS, *TREE_ACTS):
        with pytest.raises(Forbidden):
            act(actor, town.column("gzdt"))
    assert head_seq() == before


def test_the_tree_is_founded_in_one_act(database: object) -> None:
    before = head_seq()
    operations.found_tree(SYSTEM)
    assert head_seq() == before + 1
    assert [(parent.code, [child.code for child in children]) for parent, children in queries.tree()] == [
        ("jg", ["jgxx", "ldfg", "nsjg"]),
        ("gz", ["qtwj"]),
        ("cz", ["czxx"]),
        ("qt", ["gzdt", "tzgg"]),
    ]
    assert newest().label == "建立栏目树"
    assert verify().sound


def test_a_tree_is_founded_once(town: Cast) -> None:
    with pytest.raises(Refused, match="已经建好"):
        operations.found_tree(town.actor("coordinator"))
