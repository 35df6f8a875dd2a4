"""The folder on the disk: a new one is written beside the old one and takes its place when it is whole."""

import fcntl
import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from town_portal.exports.rules import manifest
from town_portal.exports.rules.manifest import Manifest
from town_portal.foundation.errors import Refused

PACKED = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".zip", ".docx", ".xlsx", ".pptx", ".gz"})
TOP = "公开门户"


class Aside:
    """A folder under way. Files equal to those of the former export are taken over, not written."""

    def __init__(self, folder: Path, *, full: bool) -> None:
        self.folder = folder
        self.new = folder.with_name(folder.name + ".new")
        self.old = folder.with_name(folder.name + ".old")
        self.former = _manifest_in(folder) or Manifest({})
        self.full = full
        self.files: dict[str, str] = {}
        self.written = self.bytes = 0

    def put(self, place: str, content: bytes) -> None:
        """A file of the folder, unchanged ones by the very bytes that lay there before."""
        digest, path = manifest.digest(content), self.new / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        self.files[place] = digest
        self.bytes += len(content)
        if not (self._same(place, digest) and _linked(self.folder / place, path)):
            path.write_bytes(content)
            self.written += 1

    def _same(self, place: str, digest: str) -> bool:
        if self.full or self.former.files.get(place) != digest:
            return False
        try:
            return manifest.digest((self.folder / place).read_bytes()) == digest
        except OSError:
            return False

    @property
    def removed(self) -> int:
        """Files of the former export that are gone."""
        return len(self.former.files.keys() - self.files.keys())

    def swap(self, listed: Manifest) -> None:
        """Write the list last, see everything onto the disk, and take the former folder's place."""
        (self.new / manifest.NAME).write_bytes(listed.written())
        os.sync()
        if self.folder.exists():
            self.folder.rename(self.old)
        self.new.rename(self.folder)
        shutil.rmtree(self.old, ignore_errors=True)


@contextmanager
def aside(folder: Path, *, full: bool) -> Iterator[Aside]:
    """A new folder beside ``folder``; what went wrong before is cleared up first, what goes wrong now leaves no trace.

    Refused: the folder's parent is not there, the folder holds something else, another export writes it now.
    """
    folder = folder.absolute()
    if not folder.name or not folder.parent.is_dir():
        raise Refused(f"没有“{folder.parent}”这个文件夹，请先建好再导出。")
    if folder.is_symlink() or folder.is_file():
        raise Refused(f"“{folder}”不是普通文件夹，请换一个位置。")
    with folder.with_name(f".{folder.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refused("另一次导出正在写这个文件夹，等它做完再来。") from None
        made = Aside(folder, full=full)
        _clear_up(made)
        if folder.exists() and _manifest_in(folder) is None and any(folder.iterdir()):
            raise Refused(f"“{folder}”里有别的文件，不是上一次的导出。请换一个空文件夹。")
        made.former = _manifest_in(folder) or Manifest({})
        made.new.mkdir()
        try:
            yield made
        finally:
            shutil.rmtree(made.new, ignore_errors=True)


def _clear_up(made: Aside) -> None:
    """After a power cut: the former folder is put back if the new one had not taken its place yet."""
    if made.old.exists() and not made.folder.exists():
        made.old.rename(made.folder)
    for rest in (made.new, made.old):
        if rest.exists():
            shutil.rmtree(rest)


def _manifest_in(folder: Path) -> Manifest | None:
    try:
        return manifest.read((folder / manifest.NAME).read_bytes())
    except OSError:
        return None


def _linked(there: Path, here: Path) -> bool:
    """The same file under both names, or a copy with its time where the disk knows no links."""
    try:
        os.link(there, here)
    except OSError:
        try:
            shutil.copy2(there, here)
        except OSError:
            return False
    return True


def pack(folder: Path, target: Path) -> int:
    """The folder as one .zip, written beside and put in place whole; its size in bytes."""
    draft = target.with_name(target.name + ".new")
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as package:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            how = zipfile.ZIP_STORED if path.suffix.lower() in PACKED else zipfile.ZIP_DEFLATED
            package.write(path, f"{TOP}/{path.relative_to(folder).as_posix()}", how)
    draft.replace(target)
    return target.stat().st_size
