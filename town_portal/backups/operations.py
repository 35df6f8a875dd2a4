"""Making a backup and going back to one. Both are files: neither changes a row of the house that is open.

A backup holds the database as it stood at one moment, every upload, the keys and the checkpoints, and is
encrypted for a key whose other half lies outside of the machine. On PostgreSQL the rows are carried into
an SQLite file first, so that a backup of either engine can be restored on either.
"""

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from flask_migrate import upgrade
from sqlalchemy import inspect, text
from sqlalchemy.exc import SQLAlchemyError

from town_portal.audit import operations as audit
from town_portal.audit import queries as trail
from town_portal.audit.rules import chain
from town_portal.audit.rules.checkpoint import BadCheckpoint
from town_portal.backups import archive, queries
from town_portal.backups.carriage import carry, empty
from town_portal.backups.queries import ENDING, NOTE, RECIPIENTS, Backup
from town_portal.backups.rules.manifest import DATABASE, FOLDERS, BadBackup, Entry, Manifest
from town_portal.backups.rules.retention import kept
from town_portal.config import Config
from town_portal.files import queries as files
from town_portal.files.store import Store
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.foundation.errors import Refused
from town_portal.search import operations as search

House = Any
"""An opened house, as the factory makes it."""
LIVE = "town_portal.db"
_DRAFT, _LOCK = ".draft-", ".lock"
_NO_KEY = (
    "还没有备份密钥，不能做备份。请在服务器上运行 flask --app wsgi backup new-key 文件名，把生成的文件抄到别处保管。"
)


_open: list[Callable[[Config], House]] = []


def open_by(factory: Callable[[Config], House]) -> None:
    """Say how another house is opened: a restored one, or an SQLite file for the rows of PostgreSQL."""
    _open[:] = [factory]


def new_key(config: Config, place: Path) -> str:
    """Make a key: the half that opens backups into a file at ``place``, the other half stays with the house.

    Refused inside the data folder, where it would be lost together with what it opens, and where a file
    lies already. Earlier keys go on being able to open what is made from now on.
    """
    place = place.absolute()
    if place.is_relative_to(config.data):
        raise Refused("备份密钥不能放在数据文件夹里，机器坏了会一起丢。请换一个地方，比如 U 盘。")
    identity, recipient = archive.new_identity()
    try:
        _write(place, f"{identity}\n")
    except FileExistsError:
        raise Refused("那里已经有一个文件，没有覆盖。请换一个文件名。") from None
    except OSError as error:
        raise Refused(f"密钥文件写不到那里（{error.strerror}）。请换一个文件夹。") from error
    lines = [*queries.recipients(config), recipient]
    config.keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = config.keys / f".{RECIPIENTS}.{secrets.token_hex(4)}"
    _write(draft, "\n".join(lines) + "\n")
    draft.replace(config.keys / RECIPIENTS)
    return recipient


def make(config: Config, alive: Callable[[], None] = lambda: None) -> Backup:
    """Make a backup now, while people write; it is read back, copied to the second place, and old ones go.

    Refused without a key, while another is being made, and when the disk is full: then nothing half done stays.
    """
    made_for = queries.recipients(config)
    if not made_for:
        raise Refused(_NO_KEY)
    config.backups.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone(config.backups):
        for left in config.backups.glob(f"{_DRAFT}*"):
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        work = config.backups / f"{_DRAFT}{secrets.token_hex(4)}"
        work.mkdir(mode=0o700)
        try:
            backup = _made(config, made_for, work, alive)
            if config.backup_copies:
                _copy(backup, config.backup_copies)
        except OSError as error:
            raise Refused(
                f"备份没有做成：{error.strerror or error}。请看备份文件夹所在的磁盘还有没有空间，再运行一次。"
            ) from error
        finally:
            shutil.rmtree(work, ignore_errors=True)
        for folder in filter(None, (config.backups, config.backup_copies)):
            _tidy(folder)
    return backup


def make_if_wanted(config: Config, alive: Callable[[], None]) -> int:
    """The night's backup: 1 when made, 0 in a house for trying that has no key; a real house without one is refused."""
    if not config.production and not queries.recipients(config):
        return 0
    make(config, alive)
    return 1


def verify(config: Config, backup: Path, key: Path) -> Manifest:
    """Open a backup in a place of its own and hold it against its list, its trail and its uploads; then forget it.

    Refused with the reason when it could not be restored from.
    """
    with _unpacked(config, backup, key) as (manifest, _house):
        return manifest


def restore(config: Config, backup: Path, key: Path, *, instead: bool = False) -> Manifest:
    """Put the house as it was in the place of an empty one; only after everything was found sound.

    With ``instead`` what is there is put aside (SQLite; never deleted). Refused while there is anything,
    and on PostgreSQL whenever its database is not empty. The server and its workers must not be running.
    """
    sqlite = db.engine.dialect.name == "sqlite"
    here = occupied()
    if here and not (instead and sqlite):
        raise Refused(
            "这里已经有数据，没有动它。确实要换成备份里的，请先停掉网站，再加 --instead（现有数据会移到一边，不会删除）。"
            if sqlite
            else "这个 PostgreSQL 数据库不是空的，没有动它。请新建一个空的数据库，改好 TOWN_PORTAL_DATABASE 再恢复。"
        )
    with _unpacked(config, backup, key) as (manifest, house):
        if not sqlite:
            _carry_here(house)
        db.session.remove()
        db.engine.dispose()
        _move_in(config, house, aside=sqlite)
    if manifest.engine != db.engine.dialect.name:
        search.start_anew()
    return manifest


def occupied() -> bool:
    """Does the house this process opened hold anything? A database without tables is empty."""
    try:
        if not inspect(db.engine).has_table("audit_event"):
            return False
        with db.engine.connect() as connection:
            return not empty(connection)
    except SQLAlchemyError:
        return True


# -- making ---------------------------------------------------------------------------------------


def _made(config: Config, made_for: list[str], work: Path, alive: Callable[[], None]) -> Backup:
    audit.checkpoint(config.checkpoints, audit.open_key(config.keys))
    now, database = clock.now(), work / DATABASE
    _room_for(config)
    seq, root, revision = _snapshot(config, database, work)
    alive()
    name = f"town-portal-{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}{ENDING}"
    draft = work / name
    parts = [(DATABASE, database), *_lying(config)]
    engine = db.engine.dialect.name

    def listed(entries: dict[str, Entry]) -> Manifest:
        return Manifest(made_at=now, revision=revision, engine=engine, seq=seq, root=root, entries=entries)

    written = archive.write(draft, made_for, parts, listed, alive)
    if Entry(draft.stat().st_size, archive.sha256_of(draft)) != written:
        raise Refused("备份写下去和读出来的不一样，磁盘可能有问题。请检查磁盘，再运行一次。")
    note = {"made_at": now.isoformat(), "size": written.size, "sha256": written.sha256, "seq": seq, "root": root,
            "revision": revision}  # fmt: skip
    place = config.backups / name
    draft.replace(place)
    _write(place.with_name(name + NOTE), json.dumps(note, indent=1) + "\n")
    _sync(config.backups)
    return next(one for one in queries.backups(config.backups) if one.name == name)


def _snapshot(config: Config, database: Path, work: Path) -> tuple[int, str, str]:
    """The database of one moment as an SQLite file; the end of its trail and its schema."""
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")  # VACUUM wants no transaction around it, and makes its own
            connection.exec_driver_sql("VACUUM INTO ?", (str(database),))
            connection.exec_driver_sql("BEGIN")
        house = _house(config, work, database)
    else:
        house = _house(config, work, database)
        with house.app_context():
            upgrade()
            inside = db.engine
        with (
            db.engine.connect().execution_options(isolation_level="REPEATABLE READ") as source,
            inside.begin() as target,
        ):
            carry(source, target)
    with house.app_context():
        try:
            trouble = db.session.scalars(text("PRAGMA integrity_check")).all()
            if trouble != ["ok"]:
                raise Refused("数据库自检没有通过，没有做成备份。请保护好现场，马上联系维护人员。")
            end = trail.head()
            seq, root = (end.seq, chain.root(end.frontier_list())) if end else (0, "")
            revision = db.session.scalar(text("select version_num from alembic_version")) or ""
        finally:
            _close()
    return seq, root, revision


def _lying(config: Config) -> Iterator[tuple[str, Path]]:
    """Uploads, keys and checkpoints, by the names they have in a backup; half-written ones are left out."""
    for folder in FOLDERS:
        base = config.data / folder
        for path in sorted(base.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                yield f"{folder}/{path.relative_to(base).as_posix()}", path


def _room_for(config: Config) -> None:
    """Refused when the disk cannot take the snapshot and the backup."""
    live = Path(db.engine.url.database or "") if db.engine.dialect.name == "sqlite" else None
    database = live.stat().st_size if live and live.exists() else 0
    wanted = 2 * database + sum(path.stat().st_size for _, path in _lying(config))
    left = queries.room_left(config.backups)
    if left < wanted * 1.05:
        raise Refused(
            f"磁盘空间不够，没有做备份：大约要 {_megabytes(wanted)} MB，还剩 {_megabytes(left)} MB。"
            "请清理磁盘，或者用 TOWN_PORTAL_BACKUPS 换一个备份文件夹。"
        )


def _copy(backup: Backup, folder: Path) -> None:
    """The same file in the second place, read back; its note comes last."""
    if not folder.is_dir():
        raise Refused(f"备份做好了，但抄不到第二个地方：文件夹 {folder} 不在。请检查网络盘有没有接上。")
    draft = folder / f"{_DRAFT}{backup.name}"
    try:
        shutil.copyfile(backup.path, draft)
        draft.chmod(0o600)
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        if archive.sha256_of(draft) != backup.sha256:
            raise Refused("抄到第二个地方的备份和原来的不一样。请检查那边的磁盘，再运行一次。")
        draft.replace(folder / backup.name)
        shutil.copyfile(backup.path.with_name(backup.name + NOTE), folder / (backup.name + NOTE))
        _sync(folder)
    except OSError as error:
        raise Refused(
            f"备份做好了，但抄不到第二个地方（{error.strerror}）。请检查那边的空间和权限，再运行一次。"
        ) from error
    finally:
        draft.unlink(missing_ok=True)


def _tidy(folder: Path) -> None:
    """Old backups go by the rule; what has no note of ours is not ours to delete."""
    found = queries.backups(folder)
    staying = kept(one.made_at for one in found if one.whole)
    for one in found:
        if one.whole and one.made_at not in staying:
            one.path.unlink(missing_ok=True)
            one.path.with_name(one.name + NOTE).unlink(missing_ok=True)


# -- going back -----------------------------------------------------------------------------------


@contextmanager
def _unpacked(config: Config, backup: Path, key: Path) -> Iterator[tuple[Manifest, House]]:
    """A backup opened beside the house, brought to today's schema and found sound; it goes away afterwards."""
    config.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    place = config.data / f".restoring-{secrets.token_hex(4)}"
    place.mkdir(mode=0o700)
    try:
        manifest = _opened(backup, key, place)
        (place / DATABASE).rename(place / LIVE)
        house = _house(config, place, place / LIVE)
        with house.app_context():
            try:
                _check(manifest, house)
            finally:
                _close()
        yield manifest, house
    except OSError as error:
        raise Refused(f"没有恢复：{error.strerror or error}。请检查磁盘空间和权限，再试一次。") from error
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _opened(backup: Path, key: Path, place: Path) -> Manifest:
    try:
        lines = [line for line in key.read_text(encoding="utf-8").split("\n") if line.startswith("AGE-SECRET-KEY-")]
    except (OSError, UnicodeDecodeError):
        raise Refused("密钥文件读不出来。请检查文件名。") from None
    if not backup.is_file():
        raise Refused("没有这份备份。请检查文件名。")
    try:
        return archive.unpack(backup, lines, place)
    except (BadBackup, archive.NotOurKeyError) as error:
        raise Refused(str(error)) from error


def _check(manifest: Manifest, house: House) -> None:
    """Bring the opened house to today's schema; Refused unless trail, rows and uploads are sound."""
    config: Config = house.config["PORTAL"]
    try:
        if db.session.scalars(text("PRAGMA integrity_check")).all() != ["ok"]:
            raise Refused("备份里的数据库坏了，不能用。请换一份。")
        db.session.rollback()
        _close()
        upgrade()
    except SQLAlchemyError as error:
        raise Refused("备份里的数据库打不开，不能用。请换一份。") from error
    except SystemExit as error:  # how the migrations say that they do not know this schema
        raise Refused(f"这份备份来自更新的版本（{manifest.revision}）。请先升级系统，再恢复。") from error
    try:
        points = (
            audit.checkpoints(config.checkpoints, audit.public_key(config.keys)) if config.checkpoints.exists() else []
        )
    except (BadCheckpoint, OSError, ValueError) as error:
        raise Refused("备份里的存证对不上，不能用。请换一份，并报告分管领导。") from error
    report = trail.verify(points)
    lost = files.broken(Store(config.files))
    if not report.sound or report.events != manifest.seq or lost:
        words = report.findings[0].words if report.findings else lost[0][1] if lost else "留痕条数和清单不一样"
        raise Refused(f"备份里的数据和留痕对不上（{words}），不能用。请换一份，并报告分管领导。")


def _carry_here(house: House) -> None:
    """The opened house's rows into the empty PostgreSQL of this one."""
    upgrade()
    with house.app_context():
        source = db.engine
    with source.connect() as here, db.engine.begin() as there:
        if not empty(there):
            raise Refused("这个 PostgreSQL 数据库不是空的，没有动它。请新建一个空的数据库再恢复。")
        carry(here, there)
    source.dispose()


def _move_in(config: Config, house: House, *, aside: bool) -> None:
    """What is there goes aside, the opened house comes in; the database last: with it everything is there."""
    opened: Config = house.config["PORTAL"]
    former = config.data / f"before-restore-{clock.now():%Y%m%dT%H%M%SZ}"
    live = Path(db.engine.url.database or "") if aside else None
    leaving = [config.data / folder for folder in FOLDERS]
    if live:
        leaving = [live, *(live.with_name(live.name + rest) for rest in ("-wal", "-shm")), *leaving]
    for path in leaving:
        if path.exists():
            former.mkdir(mode=0o700, exist_ok=True)
            shutil.move(path, former / path.name)
    for folder in FOLDERS:
        if (opened.data / folder).exists():
            shutil.move(opened.data / folder, config.data / folder)
    if live:
        shutil.move(opened.data / LIVE, live)
    _sync(config.data)


# -- tools ----------------------------------------------------------------------------------------


def _house(config: Config, data: Path, database: Path) -> House:
    """Another house on an SQLite file, with its own folder of uploads, keys and checkpoints."""
    [factory] = _open
    return factory(replace(config, data=data, database=f"sqlite:///{database}"))


def _close() -> None:
    """Let go of the house's database, and leave one file of it: no second one beside it holds rows."""
    db.session.remove()
    with db.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
        connection.exec_driver_sql("BEGIN")
    db.engine.dispose()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One at a time on a machine; a lock that a dead process had is free."""
    with (folder / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused("正在做另一份备份。请等它做完再来。") from None
        yield


def _write(place: Path, words: str) -> None:
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        _all_down(file, words)


def _all_down(file: IO[str], words: str) -> None:
    file.write(words)
    file.flush()
    os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _megabytes(number: float) -> int:
    return round(number / 1024 / 1024) or 1
