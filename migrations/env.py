"""Runs migrations inside the app, on the engine the app was given."""

from typing import Any

from alembic import context
from flask import current_app

from town_portal.foundation.db import db

config = context.config
target_metadata = db.metadata


def ours(_thing: Any, name: str | None, kind: str, reflected: bool, _other: Any) -> bool:
    """Tables no model has: huey's queue on PostgreSQL, of its own making; SQLite's full-text table and what is behind it."""
    return not (kind == "table" and reflected and (name or "").startswith(("huey_", "search_grams")))


def run() -> None:
    """Upgrade or downgrade in one transaction where the engine can."""
    engine = current_app.extensions["migrate"].db.engine
    options: dict[str, Any] = current_app.extensions["migrate"].configure_args
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        context.configure(connection=connection, target_metadata=target_metadata, include_object=ours, **options)
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
