"""Small recorded acts on units, people and columns, for the tests of the trail."""

from sqlalchemy import text

from tests.cast import Cast
from town_portal.access.actor import SYSTEM, Actor
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import unit_of_work
from town_portal.columns.models import Column
from town_portal.foundation.db import db
from town_portal.network.models import Unit, UnitKind

RENAME = Action("rename_unit_in_test", "改名")
OPEN = Action("open_unit_in_test", "增设单位")
DROP = Action("drop_column_in_test", "删除栏目")


def rename(unit: Unit, name: str, actor: Actor = SYSTEM, **detail: object) -> None:
    """Give a unit another name."""
    with unit_of_work(actor, on=unit) as work:
        unit.name = name
        work.record(RENAME, unit, **detail)


def open_unit(code: str, name: str, actor: Actor = SYSTEM) -> Unit:
    """A new village."""
    with unit_of_work(actor) as work:
        unit = Unit(code=code, name=name, full_name=f"汤塘镇{name}", kind=UnitKind.VILLAGE)
        db.session.add(unit)
        work.record(OPEN, unit)
    return unit


def drop_column(column: Column) -> None:
    """Delete a column for good."""
    with unit_of_work(SYSTEM) as work:
        db.session.delete(column)
        work.record(DROP, column)


def some_history(cast: Cast) -> None:
    """Seven acts: rows written, changed twice, deleted."""
    rename(cast.unit("C03"), "洛洞新村", cast.actor("coordinator"), reason="更名批复")
    open_unit("C04", "围镇村")
    rename(cast.unit("C04"), "围镇新村")
    drop_column(cast.column("tzgg"))
    rename(cast.unit("C03"), "洛洞村", cast.actor("auditor"))
    open_unit("C05", "大埔村", cast.actor("publisher"))


def behind_the_back(*statements: str, **values: object) -> None:
    """SQL past the house and its triggers, as somebody with the database password would do it."""
    db.session.rollback()
    with db.engine.begin() as connection:
        for statement in drop_triggers(connection.dialect.name):
            connection.execute(text(statement))
        for statement in statements:
            connection.execute(text(statement), values)
    db.session.rollback()


def drop_triggers(dialect: str) -> list[str]:
    """The statements that take the append-only triggers away."""
    with db.engine.connect() as connection:
        if dialect == "sqlite":
            names = connection.execute(text("select name from sqlite_master where type = 'trigger'")).scalars()
            return [f"drop trigger {name}" for name in names]
        rows = connection.execute(text("select tgname, tgrelid::regclass::text from pg_trigger where not tgisinternal"))
        return [f"drop trigger {name} on {table}" for name, table in rows]


def number(statement: str) -> int:
    """One number from the database."""
    found = db.session.scalar(text(statement))
    db.session.rollback()
    return int(found or 0)
