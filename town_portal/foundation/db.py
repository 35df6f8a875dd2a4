"""The database, opened one way only.

SQLite runs in WAL mode with ``synchronous=FULL``; a transaction that will write says so first
(``writing()``) and takes the write lock at its start, because a read transaction that upgrades
fails at once with "database is locked". PostgreSQL runs at READ COMMITTED.
"""

import json
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import Enum as PyEnum
from typing import TYPE_CHECKING, Any, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Engine, Enum, MetaData, Text, event
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from town_portal.foundation.errors import UnrecordedWrite

try:
    from pysqlite3 import dbapi2 as sqlite
except ImportError:  # no wheel for this machine: the standard library's SQLite serves
    import sqlite3 as sqlite  # type: ignore[no-redef]

BUSY_MILLISECONDS = 15_000


class Base(DeclarativeBase):
    """The root of every model; constraint names are the same on every engine."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True)

if TYPE_CHECKING:

    class Model(Base):
        """What ``db.Model`` is to a type checker."""

        __abstract__ = True
else:
    Model = db.Model


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC instant, stored without its zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Any) -> datetime | None:
        """To the database: an instant without its zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Any) -> datetime | None:
        """From the database: an aware instant."""
        return value and value.replace(tzinfo=UTC)


class Json(TypeDecorator[Any]):
    """A value kept as canonical JSON text, the same bytes on every engine."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Any) -> str | None:
        """To the database: canonical text."""
        return None if value is None else canonical(value)

    def process_result_value(self, value: str | None, _dialect: Any) -> Any:
        """From the database: the value."""
        return None if value is None else json.loads(value)


def canonical(value: Any) -> str:
    """JSON with sorted keys, no spaces and real characters: equal values give equal bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def choice(enum: type[PyEnum]) -> Enum:
    """A column of an enum's values, kept as text."""
    return Enum(
        enum,
        native_enum=False,
        length=32,
        validate_strings=True,
        values_callable=lambda members: [member.value for member in members],
    )


_writing: ContextVar[bool] = ContextVar("writing", default=False)


@contextmanager
def writing() -> Iterator[None]:
    """Transactions begun inside take the write lock at their start."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


def engine_options(url: str) -> dict[str, Any]:
    """How the engine for this address is opened."""
    quiet = {"hide_parameters": True}  # what people wrote never stands in a log
    if url.startswith("sqlite"):
        return {"module": sqlite, "pool_size": 32, "max_overflow": 32, **quiet}
    return {"isolation_level": "READ COMMITTED", "pool_size": 16, "max_overflow": 16, "pool_pre_ping": True, **quiet}


@event.listens_for(Engine, "connect")
def _prepare(connection: Any, _record: Any) -> None:
    if not isinstance(connection, sqlite.Connection):  # type: ignore[attr-defined]
        return
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        f"busy_timeout={BUSY_MILLISECONDS}",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: Any) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


@contextmanager
def at_one_moment() -> Iterator[Session]:
    """A session of its own that reads everything as it stands now, whatever is written meanwhile.

    SQLite reads so within one transaction; PostgreSQL is told to.
    """
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        with Session(connection) as session:
            yield session


# -- read once, good until the transaction ends or writes -----------------------------------------

_READ = "read"
Found = TypeVar("Found")


def read_once(key: Hashable, read: Callable[[], Found]) -> Found:
    """What ``read`` returns, asked once in a transaction; a write or the transaction's end forgets it.

    For small facts that one act asks for again and again: settings, the calendar's version, hands.
    """
    kept: dict[Hashable, Any] = db.session().info.setdefault(_READ, {})
    if key not in kept:
        kept[key] = read()
    found: Found = kept[key]
    return found


@event.listens_for(Session, "after_flush")
@event.listens_for(Session, "after_transaction_end")
def _forget_what_was_read(session: Session, *_context: Any) -> None:
    session.info.pop(_READ, None)


# -- the lock on every door but unit_of_work() and bookkeeping() ------------------------------

WORK = "work"  # the recorded work this session is doing; set by audit.unit_of_work
KEEPING = "bookkeeping"


class Bookkeeping:
    """Marks a table that holds no business fact: it may change without an audit event.

    Sessions, form receipts, typed but unsaved text. Such rows are written inside
    ``bookkeeping()`` or beside the facts of a unit of work.
    """


@contextmanager
def bookkeeping() -> Iterator[Session]:
    """One transaction for technical rows only; a business fact in it is refused."""
    session = db.session()
    if WORK in session.info:
        raise UnrecordedWrite("bookkeeping inside a unit of work: just add the row")
    session.rollback()
    session.info[KEEPING] = True
    try:
        with writing():
            yield session
            session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        del session.info[KEEPING]


@event.listens_for(Session, "before_flush")
def _refuse_unrecorded_rows(session: Session, _context: Any, _instances: Any) -> None:
    if WORK in session.info:
        session.info[WORK].note(session)
        return
    for row in (*session.new, *session.dirty, *session.deleted):
        if not (KEEPING in session.info and isinstance(row, Bookkeeping)):
            raise UnrecordedWrite(f"{type(row).__name__} written outside unit_of_work()")


@event.listens_for(Session, "do_orm_execute")
def _refuse_unrecorded_statements(state: Any) -> None:
    if not (state.is_insert or state.is_update or state.is_delete):
        return
    mapper = state.bind_mapper
    if mapper is None or not issubclass(mapper.class_, Bookkeeping):
        raise UnrecordedWrite("bulk statements cannot be recorded; change rows one by one")
    if not (KEEPING in state.session.info or WORK in state.session.info):
        raise UnrecordedWrite(f"{mapper.class_.__name__} written outside bookkeeping()")
