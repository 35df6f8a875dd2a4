"""The database itself refuses to change or delete what was recorded."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from tests.audit.acts import some_history
from tests.cast import Cast
from tests.portal.articles import put_article
from town_portal.foundation.db import db

GUARDED = (
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


def refuses(statement: str) -> None:
    """The statement is refused by a trigger."""
    db.session.rollback()
    with pytest.raises(DatabaseError, match="append-only"), db.engine.begin() as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize("statement", ["update audit_event set label = 'x'", "delete from audit_event where seq = 2"])
def test_events_stay(town: Cast, statement: str) -> None:
    some_history(town)
    refuses(statement)


@pytest.mark.parametrize("statement", ["update revision set title = 'x'", "delete from revision"])
def test_versions_stay(town: Cast, statement: str) -> None:
    put_article(town)
    refuses(statement)


def test_every_guarded_table_has_its_triggers(town: Cast) -> None:
    if db.engine.dialect.name == "sqlite":
        found = db.session.scalars(text("select name from sqlite_master where type = 'trigger'")).all()
        assert set(found) == {f"{table}_no_{verb}" for table in GUARDED for verb in ("update", "delete")}
    else:
        found = db.session.scalars(text("select tgrelid::regclass::text from pg_trigger where not tgisinternal")).all()
        assert sorted(found) == sorted(GUARDED)
