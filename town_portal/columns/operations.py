"""Acts on the column tree. Codes stand in public addresses, so they never change."""

from town_portal.access.actor import SYSTEM, Actor, HeldPost
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import check
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import unit_of_work
from town_portal.columns import queries
from town_portal.columns.models import Column
from town_portal.columns.rules.founding import TREE, Planned
from town_portal.columns.rules.naming import check_code, check_hint, check_name, check_position
from town_portal.foundation.db import db
from town_portal.foundation.errors import Refused

OPEN_COLUMN = Action("open_column", "开设栏目")
RENAME_COLUMN = Action("rename_column", "栏目改名")
ARRANGE_COLUMN = Action("arrange_column", "调整栏目")
CLOSE_COLUMN = Action("close_column", "停用栏目")
REOPEN_COLUMN = Action("reopen_column", "恢复栏目")
FOUND_TREE = Action("found_tree", "建立栏目树")


def open_column(
    actor: Actor,
    code: str,
    name: str,
    parent: Column | None = None,
    position: int = 1,
    office_id: int | None = None,
    hint: str = "",
) -> Column:
    """Open a column at the top of the tree, or under a top one.

    ``office_id``: the unit suggested as 对口办公室. Refused: a code that was ever used, a name taken
    at this place, a parent that is closed or not at the top (two levels).
    """
    code, name = check_code(code), check_name(name)
    position, hint = check_position(position), check_hint(hint)
    with unit_of_work(actor) as work:
        post = _post(actor, parent)
        if parent is not None and (parent.parent_id is not None or not parent.open):
            raise Refused("栏目只有两级，请选一个在用的一级栏目作上级。")
        if queries.by_code(code):
            raise Refused(f"代码“{code}”已经用过，请换一个。")
        parent_id = parent.id if parent else None
        _check_free(name, parent_id)
        column = Column(code=code, name=name, parent_id=parent_id, position=position, office_id=office_id, hint=hint)
        db.session.add(column)
        work.record(OPEN_COLUMN, column, post=post, code=code, parent=parent and parent.name, office_id=office_id)
    return column


def rename_column(actor: Actor, column: Column, name: str, seen: int | None = None) -> Column:
    """Give a column another name; its code and its items stay. Refused: the same name, or one taken."""
    name = check_name(name)
    with unit_of_work(actor, on=column, seen=seen) as work:
        post = _post(actor, column)
        _check_open(column)
        if column.name == name:
            raise Refused(f"栏目已经叫“{name}”。")
        _check_free(name, column.parent_id)
        former, column.name = column.name, name
        work.record(RENAME_COLUMN, column, post=post, former=former, name=name)
    return column


def arrange_column(
    actor: Actor, column: Column, position: int, office_id: int | None, hint: str, seen: int | None = None
) -> Column:
    """Change a column's place among its neighbours, its 对口办公室, and its words for the drafter."""
    position, hint = check_position(position), check_hint(hint)
    with unit_of_work(actor, on=column, seen=seen) as work:
        post = _post(actor, column)
        _check_open(column)
        if (column.position, column.office_id, column.hint) == (position, office_id, hint):
            raise Refused("和原来一样，没有要改的地方。")
        column.position, column.office_id, column.hint = position, office_id, hint
        work.record(ARRANGE_COLUMN, column, post=post, position=position, office_id=office_id, hint=hint)
    return column


def close_column(actor: Actor, column: Column) -> Column:
    """Close a column to new items; what stands in it stays. Refused: open columns stand under it."""
    with unit_of_work(actor, on=column) as work:
        post = _post(actor, column)
        _check_open(column)
        if children := queries.open_children(column.id):
            raise Refused(f"“{column.name}”下面还有 {len(children)} 个在用的栏目，请先停用它们。")
        column.open = False
        work.record(CLOSE_COLUMN, column, post=post)
    return column


def reopen_column(actor: Actor, column: Column) -> Column:
    """Open a closed column again. Refused: it is open, its parent is closed, or its name was taken meanwhile."""
    with unit_of_work(actor, on=column) as work:
        post = _post(actor, column)
        if column.open:
            raise Refused(f"“{column.name}”没有停用，不用恢复。")
        parent = queries.get(column.parent_id) if column.parent_id else None
        if parent is not None and not parent.open:
            raise Refused(f"上级栏目“{parent.name}”已停用，请先恢复它。")
        _check_free(column.name, column.parent_id)
        column.open = True
        work.record(REOPEN_COLUMN, column, post=post)
    return column


def found_tree(actor: Actor) -> Column:
    """Found the town's tree in an empty house, in one act; answers its first column.

    Refused when there is any column already.
    """
    with unit_of_work(actor) as work:
        post = _post(actor, None)
        if queries.has_any():
            raise Refused("栏目树已经建好，不能再建一次。")
        parents = [_found(planned, position, None) for position, (planned, _) in enumerate(TREE, 1)]
        for parent, (_, children) in zip(parents, TREE, strict=True):
            for position, child in enumerate(children, 1):
                _found(child, position, parent.id)
        work.record(FOUND_TREE, parents[0], post=post, codes=[child.code for _, children in TREE for child in children])
    return parents[0]


def _found(planned: Planned, position: int, parent_id: int | None) -> Column:
    column = Column(code=planned.code, name=planned.name, hint=planned.hint, position=position, parent_id=parent_id)
    db.session.add(column)
    db.session.flush()
    return column


def _post(actor: Actor, subject: Column | None) -> HeldPost | None:
    return None if actor is SYSTEM else check(actor, P.COLUMN_MANAGE, subject)


def _check_open(column: Column) -> None:
    if not column.open:
        raise Refused(f"“{column.name}”已经停用，不能再改。")


def _check_free(name: str, parent_id: int | None) -> None:
    if queries.named(name, parent_id):
        raise Refused(f"同一处已有“{name}”，请换一个名称。")
