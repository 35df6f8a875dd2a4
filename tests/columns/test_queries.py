"""Questions to the column tree."""

from sqlalchemy import event

from tests.cast import Cast
from town_portal.access.actor import SYSTEM
from town_portal.columns import operations, queries
from town_portal.foundation.db import db


def test_the_tree_in_order(town: Cast) -> None:
    assert [(parent.code, [child.code for child in children]) for parent, children in queries.tree()] == [
        ("qt", ["gzdt", "tzgg"])
    ]
    assert [leaf.name for leaf in queries.leaves()] == ["工作动态", "通知公告"]


def test_the_tree_is_one_statement(database: object) -> None:
    operations.found_tree(SYSTEM)
    statements: list[str] = []
    listen = lambda *args: statements.append(args[2])
    event.listen(db.engine, "before_cursor_execute", listen)
    assert len(queries.leaves()) == 7
    event.remove(db.engine, "before_cursor_execute", listen)
    assert len([statement for statement in statements if statement.startswith("SELECT")]) == 1


def test_one_column(town: Cast) -> None:
    column = queries.by_code("gzdt")
    assert column is not None
    assert queries.get(column.id) is column
    assert queries.by_code("nothing") is None
    assert queries.get(999) is None


def test_closed_columns_are_listed_apart(town: Cast) -> None:
    assert queries.closed() == []
    operations.close_column(town.actor("coordinator"), town.column("tzgg"))
    assert [column.code for column in queries.closed()] == ["tzgg"]


def test_an_empty_house(database: object) -> None:
    assert queries.tree() == []
    assert queries.leaves() == []
    assert not queries.has_any()
