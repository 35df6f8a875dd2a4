"""Every row, from one engine to the other."""

from dataclasses import replace
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, select

from tests.audit.acts import some_history
from tests.builders import a_submission
from tests.cast import Cast
from town_portal.audit import queries as trail
from town_portal.backups.carriage import carry, empty
from town_portal.config import Config
from town_portal.factory import create_app
from town_portal.foundation.db import Base, db
from town_portal.submissions.rules.lifecycle import State


def counted() -> dict[str, int]:
    """Rows of every table of the open house."""
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
    }


def test_another_house_holds_the_same_rows_and_its_trail_is_sound(app: Flask, town: Cast, tmp_path: Path) -> None:
    some_history(town)
    a_submission(town, State.PUBLISHED)
    here: Config = app.config["PORTAL"]
    before, head = counted(), trail.head_digest()
    db.session.rollback()
    source = db.engine
    other = create_app(replace(here, data=tmp_path / "other", database=f"sqlite:///{tmp_path / 'other.db'}"))
    with other.app_context():
        upgrade()
        with db.engine.begin() as target:
            assert empty(target)
            with source.connect() as connection:
                assert carry(connection, target) == sum(before.values())
            assert not empty(target)
        assert counted() == before
        assert trail.head_digest() == head
        assert trail.verify().sound
        db.session.remove()
        db.engine.dispose()
