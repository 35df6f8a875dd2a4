"""The schema's history: in order, up and down, the same as the models, and hard on what was recorded."""

import re
import runpy
from collections.abc import Iterator
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Table, func, inspect, select, text
from sqlalchemy.exc import DatabaseError

from tests.builders import a_submission
from tests.cast import Cast
from tests.conftest import ON_POSTGRESQL, Databases, open_house
from tests.house import tree
from tests.house.uploads import an_illustrated_item
from tests.proofreading.terms import a_leader, a_proposal
from tests.releases.out import a_release, a_text
from town_portal.audit import queries as trail
from town_portal.foundation.db import Base, db
from town_portal.submissions.rules.lifecycle import State

VERSIONS = tree.ROOT / "migrations" / "versions"
SCHEMA = "0001"
APPEND_ONLY = (
    "audit_event",
    "credit",
    "credit_decision",
    "finding_answer",
    "release_text",
    "return_note",
    "revision",
    "revision_file",
    "scheme_decision",
    "scheme_version",
    "signature",
    "stored_file",
)


def test_numbers_follow_each_other_and_the_head_file_knows_the_last() -> None:
    files = sorted(VERSIONS.glob("*.py"))
    numbers = [path.name.split("_")[0] for path in files]
    assert numbers == [f"{number:04}" for number in range(1, len(files) + 1)]
    for path, before in zip(files, [None, *numbers], strict=False):
        migration = runpy.run_path(str(path))
        assert (migration["revision"], migration["down_revision"]) == (path.name.split("_")[0], before)
    head = (tree.ROOT / "migrations" / "head.txt").read_text(encoding="utf-8").strip()
    assert head in (numbers[-1], files[-1].stem)


def test_migrations_know_no_model() -> None:
    """A model changes with the house; a migration must do in ten years what it does today."""
    for path in VERSIONS.glob("*.py"):
        assert "town_portal" not in path.read_text(encoding="utf-8"), path.name


@pytest.fixture
def bare(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The portal on a migrated, empty database, inside its context."""
    address = databases.fresh(with_cast=False)
    app = open_house(tmp_path_factory.mktemp("bare"), address)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    databases.drop(address)


def tables() -> set[str]:
    """The tables there are."""
    db.session.rollback()
    found = set(inspect(db.engine).get_table_names()) - {"alembic_version"}
    db.engine.dispose()
    return found


def differences() -> list[Any]:
    """What the models have and the schema has not, or the other way round."""
    db.session.rollback()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, Base.metadata)


def triggers() -> set[tuple[str, str]]:
    """(table, verb) of every trigger, on either engine."""
    if ON_POSTGRESQL:
        asked = "select event_object_table, event_manipulation from information_schema.triggers"
        rows = db.session.execute(text(asked)).all()
        return {(table, verb) for table, verb in rows}
    rows = db.session.execute(text("select tbl_name, sql from sqlite_master where type = 'trigger'")).all()
    return {(table, re.search(r"BEFORE (\w+)", sql)[1]) for table, sql in rows}  # type: ignore[index]


def test_down_to_nothing_and_up_again(bare: Flask) -> None:
    complete = tables()
    downgrade(revision="base")
    assert tables() == set()
    upgrade()
    assert tables() == complete == {table.name for table in Base.metadata.tables.values()}


def test_the_schema_is_that_of_the_models(bare: Flask) -> None:
    assert differences() == []


def test_every_foreign_key_is_there(bare: Flask) -> None:
    """Keys by what they bind, checks by name: Alembic does not compare checks at all."""
    found = inspect(db.engine)
    for table in Base.metadata.tables.values():
        wanted = {(key.parent.name, key.column.table.name) for key in table.foreign_keys}
        there = {(key["constrained_columns"][0], key["referred_table"]) for key in found.get_foreign_keys(table.name)}
        assert there == wanted, table.name
        checks = {check["name"] for check in found.get_check_constraints(table.name)}
        named = {str(one.name) for one in table.constraints if one.__visit_name__ == "check_constraint" and one.name}
        assert named <= checks, table.name
    db.engine.dispose()


def test_triggers_stand_on_everything_that_was_recorded(bare: Flask) -> None:
    assert triggers() == {(table, verb) for table in APPEND_ONLY for verb in ("UPDATE", "DELETE")}


def counted() -> dict[str, int]:
    """The rows of every table."""
    return {table.name: db.session.scalar(select(func.count()).select_from(table)) or 0 for table in _tables()}


def _tables() -> list[Table]:
    return list(Base.metadata.sorted_tables)


NEWS = (
    "今天上午，洛洞村干部到河边清理水草，沿线道路恢复了通行。",
    "今天下午，洛洞村请镇卫生院的医生到文化室坐诊，为老人量血压、讲用药。",
    "今天一早，洛洞村把新修的水渠试了水，下游的稻田都灌上了。",
)
"""Texts in which the proofreader finds nothing to answer."""


def test_data_goes_down_and_up_unharmed(town: Cast) -> None:
    for state, text_ in zip((State.DRAFT, State.RETURNED, State.PUBLISHED), NEWS, strict=True):
        a_submission(town, state, body_html=f"<p>{text_}</p>")
    before, root = counted(), trail.verify()
    assert root.sound
    assert all(before[table] for table in ("submission", "revision", "signature", "return_note", "audit_event"))
    db.session.remove()
    downgrade(revision=SCHEMA)
    assert triggers() == set()
    db.session.remove()
    upgrade()
    assert counted() == before
    after = trail.verify()
    assert after.sound
    assert (after.root, after.events, after.rows) == (root.root, root.events, root.rows)
    a_submission(town)
    assert trail.verify().sound


def test_nobody_goes_down_over_what_was_signed(town: Cast) -> None:
    for _ in range(2):  # the second repeats the first, which is a warning to be answered
        a_submission(town, State.SECOND_REVIEW)
    assert counted()["finding_answer"]
    db.session.remove()
    with pytest.raises(SystemExit):
        downgrade(revision=SCHEMA)
    assert counted()["finding_answer"]


def test_nobody_goes_down_over_what_two_people_decided(town: Cast) -> None:
    a_proposal(town, a_leader("黎文澍", "镇党委书记", 1))
    before = counted()
    db.session.remove()
    with pytest.raises(SystemExit):
        downgrade(revision=SCHEMA)
    assert counted() == before


@pytest.mark.parametrize("statement", ["update {} set id = id", "delete from {}"])
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_what_was_recorded_cannot_be_changed(table: str, statement: str, recorded: Flask) -> None:
    words = statement.format(table).replace("id = id", "seq = seq" if table == "audit_event" else "id = id")
    with recorded.app_context(), db.engine.connect() as connection:
        with pytest.raises(DatabaseError, match="append-only"):
            connection.execute(text(words))
        connection.rollback()


@pytest.fixture(scope="module")
def recorded(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A house in which every append-only table has a row."""
    address = databases.fresh(with_cast=True)
    app = open_house(tmp_path_factory.mktemp("recorded"), address)
    with app.app_context():
        cast = Cast()
        an_illustrated_item(app, cast, State.RETURNED)
        for _ in range(2):  # the second repeats the first: a warning that is answered
            a_submission(cast, State.SECOND_REVIEW)
        a_text(cast, a_release(cast))
        assert all(counted()[table] for table in APPEND_ONLY)
        db.session.remove()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    databases.drop(address)
