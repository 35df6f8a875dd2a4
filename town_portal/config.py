"""Configuration, read once from the environment; half a configuration is refused at start.

``TOWN_PORTAL_DATA``      one folder for database, files, keys and checkpoints (default: ./var)
``TOWN_PORTAL_DATABASE``  a SQLAlchemy address (default: SQLite inside the data folder)
``TOWN_PORTAL_MODE``      ``local`` (default) or ``production``
``TOWN_PORTAL_SECRET_KEY``           at least 32 bytes; must be given in production
``TOWN_PORTAL_SECRET_KEY_FALLBACKS`` former keys, comma-separated, for rotation
``TOWN_PORTAL_HOSTS``     the names the portal answers to, comma-separated; must be given in production
``TOWN_PORTAL_PROXY``     address of the trusted reverse proxy (default: none; X-Forwarded-* is ignored)
``TOWN_PORTAL_STAFF_NETWORKS`` networks the staff side answers to, comma-separated (default: all)
``TOWN_PORTAL_TLS``       ``1`` when the portal is reached by https only (cookie prefix, HSTS)
``TOWN_PORTAL_WORKER``    ``inside`` (default: within the server) or ``apart`` (own processes: ``flask worker``)
``TOWN_PORTAL_BACKUPS``   folder of the backups (default: ``backups`` in the data folder)
``TOWN_PORTAL_BACKUP_COPIES`` a folder on another machine each backup is copied to (default: none)
``TOWN_PORTAL_QUEUE``     ``redis://…`` to hand jobs to workers by Redis (default: by the database, or a file beside SQLite)
``PORT``                  where the server listens (default: 8000)
"""

import importlib.util
import ipaddress
import os
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

KEY_BYTES = 32


class BadConfiguration(Exception):
    """The environment does not make sense; the words say what to set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What the house needs to know before it opens."""

    data: Path
    database: str
    secret_key: str
    secret_key_fallbacks: tuple[str, ...] = ()
    production: bool = False
    hosts: tuple[str, ...] = ()
    proxy: str | None = None
    staff_networks: tuple[str, ...] = ()
    tls: bool = False
    worker_inside: bool = True
    queue: str | None = None
    backup_folder: Path | None = None
    backup_copies: Path | None = None
    port: int = 8000
    testing: bool = False

    @property
    def files(self) -> Path:
        """Where uploads lie."""
        return self.data / "files"

    @property
    def keys(self) -> Path:
        """Where the checkpoint key lies."""
        return self.data / "keys"

    @property
    def checkpoints(self) -> Path:
        """Where signed checkpoints are written; copy it off the machine."""
        return self.data / "checkpoints"

    @property
    def backups(self) -> Path:
        """Where backups are written; each is encrypted for a key that is kept elsewhere."""
        return self.backup_folder or self.data / "backups"

    @property
    def queue_file(self) -> Path:
        """Where jobs are handed to workers on SQLite; it may be deleted at any time."""
        return self.data / "queue.db"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Config":
        """Read and check the environment; BadConfiguration says in words what is missing."""
        given = {name.removeprefix("TOWN_PORTAL_"): value for name, value in environ.items() if value}
        data = Path(given.get("DATA", "var")).absolute()
        mode = given.get("MODE", "local")
        if mode not in ("local", "production"):
            raise BadConfiguration(f"TOWN_PORTAL_MODE is {mode!r}; it takes local or production")
        production = mode == "production"
        key = given.get("SECRET_KEY")
        if production:
            if not key:
                raise BadConfiguration("production needs TOWN_PORTAL_SECRET_KEY (at least 32 random bytes)")
            if not _list(given, "HOSTS"):
                raise BadConfiguration("production needs TOWN_PORTAL_HOSTS, the names the portal answers to")
        if key is not None and (len(key.encode()) < KEY_BYTES or len(set(key)) < 10):
            raise BadConfiguration("TOWN_PORTAL_SECRET_KEY is too weak: at least 32 random bytes")
        networks = _list(given, "STAFF_NETWORKS")
        for network in networks:
            try:
                ipaddress.ip_network(network)
            except ValueError as error:
                raise BadConfiguration(f"TOWN_PORTAL_STAFF_NETWORKS: {error}") from error
        worker = given.get("WORKER", "inside")
        if worker not in ("inside", "apart"):
            raise BadConfiguration(f"TOWN_PORTAL_WORKER is {worker!r}; it takes inside or apart")
        queue = given.get("QUEUE")
        if queue is not None and not queue.startswith(("redis://", "rediss://")):
            raise BadConfiguration(
                "TOWN_PORTAL_QUEUE takes the address of a Redis (redis://… or rediss://…) or nothing"
            )
        if queue is not None and importlib.util.find_spec("redis") is None:
            raise BadConfiguration("TOWN_PORTAL_QUEUE names a Redis, but the package redis is not installed")
        port = given.get("PORT", "8000")
        if not port.isdigit() or not 0 < int(port) < 65536:
            raise BadConfiguration(f"PORT is {port!r}; it takes a port number")
        return cls(
            data=data,
            database=given.get("DATABASE") or f"sqlite:///{data / 'town_portal.db'}",
            secret_key=key or _local_key(data),
            secret_key_fallbacks=_list(given, "SECRET_KEY_FALLBACKS"),
            production=production,
            hosts=_list(given, "HOSTS"),
            proxy=given.get("PROXY"),
            staff_networks=networks,
            tls=given.get("TLS") == "1",
            worker_inside=worker == "inside",
            queue=queue,
            backup_folder=_folder(given, "BACKUPS"),
            backup_copies=_folder(given, "BACKUP_COPIES"),
            port=int(port),
        )


def _list(given: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in given.get(name, "").split(",") if part.strip())


def _folder(given: Mapping[str, str], name: str) -> Path | None:
    return Path(given[name]).absolute() if name in given else None


def _local_key(data: Path) -> str:
    """A key of this machine's own, made on first use; production never takes it."""
    path = data / "keys" / "session.key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text()
