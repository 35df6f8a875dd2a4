"""Carries every row of one database into another, whatever engines the two are on."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Column, Connection, Table, func, insert, select, text, update

from town_portal.foundation.db import Base

_AT_ONCE = 500


def carry(source: Connection, target: Connection) -> int:
    """Copy all rows of all tables into an empty database of the same schema; how many there were.

    Inside the transactions of the two connections: the caller commits, or nothing happened. A row that
    points at one that comes later is written first and told afterwards where to point.
    """
    carried = 0
    pointing: list[tuple[Table, Column[Any], Any, Any]] = []
    for table in Base.metadata.sorted_tables:
        loose = [column for column in table.columns if _points_ahead(table, column)]
        rows = source.execution_options(yield_per=_AT_ONCE).execute(select(table).order_by(*table.primary_key.columns))
        for part in rows.mappings().partitions(_AT_ONCE):
            values = [dict(row) for row in part]
            for column in loose:
                pointing += _loosened(table, column, values)
            target.execute(insert(table), values)
            carried += len(values)
    for table, column, key, value in pointing:
        target.execute(update(table).where(_key(table) == key).values({column: value}))
    if target.dialect.name == "postgresql":
        _count_on(target, Base.metadata.sorted_tables)
    return carried


def empty(connection: Connection) -> bool:
    """Is there no row in any table?"""
    return not any(connection.scalar(select(func.count()).select_from(table)) for table in Base.metadata.sorted_tables)


def _points_ahead(table: Table, column: Column[Any]) -> bool:
    order = {other.name: number for number, other in enumerate(Base.metadata.sorted_tables)}
    return any(order[key.column.table.name] >= order[table.name] for key in column.foreign_keys)


def _loosened(
    table: Table, column: Column[Any], rows: Iterable[dict[str, Any]]
) -> list[tuple[Table, Column[Any], Any, Any]]:
    """Take out what points ahead; a row of the same table that came before may stay."""
    within = any(key.column.table is table for key in column.foreign_keys)
    taken = []
    for row in rows:
        value, key = row[column.name], row[_key(table).name]
        if value is not None and not (within and value < key):
            taken.append((table, column, key, value))
            row[column.name] = None
    return taken


def _key(table: Table) -> Column[Any]:
    [key] = table.primary_key.columns
    return key


def _count_on(connection: Connection, tables: Iterable[Table]) -> None:
    """PostgreSQL gives the next number from a counter of its own."""
    for table in tables:
        for column in table.primary_key.columns:
            counter = connection.scalar(
                text("select pg_get_serial_sequence(:table, :column)"), {"table": table.name, "column": column.name}
            )
            if counter:
                newest = connection.scalar(select(func.max(column)))
                connection.execute(
                    text("select setval(:counter, :newest, :used)"),
                    {"counter": counter, "newest": newest or 1, "used": newest is not None},
                )
