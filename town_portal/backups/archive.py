"""A backup as a file: a tar, encrypted with age while it is written, so that nothing lies open on a disk.

Anybody with the key and the programs ``age`` and ``tar`` can open one without this software.
"""

import hashlib
import os
import tarfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pyrage

from town_portal.backups.rules.manifest import LIST, BadBackup, Entry, Manifest, allowed, compare
from town_portal.backups.rules.manifest import read as read_list

_LONGEST_LIST = 64 * 1024 * 1024
_AT_ONCE = 1024 * 1024


class NotOurKeyError(ValueError):
    """The key does not open this backup."""


def new_identity() -> tuple[str, str]:
    """A new key: what opens backups, and what they are made for."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def write(
    place: Path,
    recipients: Sequence[str],
    parts: Iterable[tuple[str, Path]],
    listed: Callable[[dict[str, Entry]], Manifest],
    alive: Callable[[], None] = lambda: None,
) -> Entry:
    """Write a backup of these parts (name, file) to a place that does not exist yet; its size and SHA-256.

    ``listed`` makes the list, which goes in last; ``alive`` is said between two parts. OSError as the
    disk gives it; what was begun is removed.
    """
    made_for = [pyrage.x25519.Recipient.from_str(line) for line in recipients]
    try:
        with place.open("xb") as file:
            place.chmod(0o600)
            target = _Hashing(file)
            with _piped(lambda source: pyrage.encrypt_io(source, target, made_for)) as sink:
                _pack(sink, parts, listed, alive)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        place.unlink(missing_ok=True)
        raise
    return target.entry


def unpack(backup: Path, identities: Sequence[str], into: Path) -> Manifest:
    """Open a backup into an empty folder and hold every file against the list in it.

    NotOurKeyError, or BadBackup for one that is cut, changed, or holds what no backup of ours does.
    """
    try:
        keys = [pyrage.x25519.Identity.from_str(line) for line in identities]
    except pyrage.IdentityError as error:
        raise NotOurKeyError("密钥文件里不是备份密钥。") from error
    found: dict[str, Entry] = {}
    manifest: Manifest | None = None
    with backup.open("rb") as file, _drawn(lambda sink: pyrage.decrypt_io(file, sink, keys)) as source:
        try:
            with tarfile.open(mode="r|", fileobj=source) as tar:
                for member in tar:
                    content = tar.extractfile(member) if member.isreg() else None
                    if content is None or manifest is not None:
                        raise BadBackup("备份里有不该有的东西，不能用。请换一份。")
                    if member.name == LIST:
                        manifest = read_list(content.read(_LONGEST_LIST))
                    elif allowed(member.name) and member.name not in found:
                        found[member.name] = _lay_down(content, into / member.name)
                    else:
                        raise BadBackup("备份里有不该有的文件，不能用。请换一份。")
        except tarfile.TarError as error:
            raise BadBackup("备份不完整或者被改动过，打不开。请换一份。") from error
    if manifest is None:
        raise BadBackup("备份不完整：没有清单。请换一份。")
    compare(manifest, found)
    return manifest


def sha256_of(file: Path) -> str:
    """The SHA-256 of a file's content."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _pack(
    sink: IO[bytes],
    parts: Iterable[tuple[str, Path]],
    listed: Callable[[dict[str, Entry]], Manifest],
    alive: Callable[[], None],
) -> None:
    entries: dict[str, Entry] = {}
    with tarfile.open(mode="w|", fileobj=sink, bufsize=_AT_ONCE) as tar:
        for name, part in parts:
            alive()
            with part.open("rb") as content:
                about = tarfile.TarInfo(name)
                about.size = os.fstat(content.fileno()).st_size
                counted = _Hashing(content)
                tar.addfile(about, counted)
                entries[name] = counted.entry
        words = listed(entries).words().encode()
        about = tarfile.TarInfo(LIST)
        about.size = len(words)
        tar.addfile(about, _Bytes(words))  # type: ignore[arg-type]


def _lay_down(content: IO[bytes], place: Path) -> Entry:
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    counted = _Hashing(content)
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        while part := counted.read(_AT_ONCE):
            file.write(part)
        file.flush()
        os.fsync(file.fileno())
    return counted.entry


class _Hashing:
    """A file that counts and hashes what goes through it, either way."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._sum, self._size = file, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        return self._seen(self._file.read(size))

    def write(self, part: bytes) -> int:
        self._file.write(part)
        return len(self._seen(bytes(part)))

    def flush(self) -> None:
        self._file.flush()

    def _seen(self, part: bytes) -> bytes:
        self._sum.update(part)
        self._size += len(part)
        return part

    @property
    def entry(self) -> Entry:
        return Entry(self._size, self._sum.hexdigest())


class _Bytes:
    """Bytes to be read once."""

    def __init__(self, words: bytes) -> None:
        self._rest = memoryview(words)

    def read(self, size: int) -> bytes:
        part, self._rest = self._rest[:size], self._rest[size:]
        return bytes(part)


class _Beside(threading.Thread):
    """Does the other half of a pipe's work and keeps what went wrong."""

    def __init__(self, does: Callable[[Any], object], end: IO[bytes]) -> None:
        super().__init__(name="backup", daemon=True)
        self._does, self._end = does, end
        self.trouble: BaseException | None = None

    def run(self) -> None:
        """Work until done, and let go of the pipe in any case."""
        try:
            with self._end:
                self._does(self._end)
        except BaseException as error:  # noqa: BLE001 - told by whoever waits for it
            self.trouble = error


@contextmanager
def _piped(encrypt: Callable[[IO[bytes]], object]) -> Iterator[IO[bytes]]:
    """The end to write to; what is written goes through ``encrypt`` meanwhile. Its trouble is told first."""
    source, sink = os.pipe()
    beside = _Beside(encrypt, os.fdopen(source, "rb"))
    beside.start()
    try:
        with os.fdopen(sink, "wb") as end:
            yield end
    except OSError:
        beside.join()
        if beside.trouble:
            raise OSError(str(beside.trouble)) from beside.trouble
        raise
    finally:
        beside.join()
    if beside.trouble:
        raise OSError(str(beside.trouble)) from beside.trouble


@contextmanager
def _drawn(decrypt: Callable[[IO[bytes]], object]) -> Iterator[IO[bytes]]:
    """The end to read from; what ``decrypt`` gives comes out. A wrong key or a broken file is told first."""
    source, sink = os.pipe()
    beside = _Beside(decrypt, os.fdopen(sink, "wb"))
    beside.start()
    end = os.fdopen(source, "rb")
    try:
        yield end
        while end.read(_AT_ONCE):  # to the end: what follows the list is authenticated too
            pass
    except BadBackup as error:
        end.close()
        beside.join()
        raise _told(beside.trouble, error) from error
    finally:
        end.close()
        beside.join()
    if beside.trouble:
        raise _told(beside.trouble, BadBackup("备份不完整或者被改动过，打不开。请换一份。")) from beside.trouble


def _told(trouble: BaseException | None, otherwise: ValueError) -> ValueError:
    """A key that does not fit, said as such."""
    if isinstance(trouble, pyrage.DecryptError) and "key" in str(trouble).lower():
        return NotOurKeyError("这把密钥打不开这份备份。请用做备份时的密钥。")
    return otherwise
