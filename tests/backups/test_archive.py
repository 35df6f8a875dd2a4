"""The encrypted file: what goes in comes out, and nothing else does."""

import io
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pyrage
import pytest

from town_portal.backups import archive
from town_portal.backups.rules.manifest import BadBackup, Entry, Manifest


def listed(entries: dict[str, Entry]) -> Manifest:
    """A list of these entries."""
    return Manifest(
        made_at=datetime(2026, 1, 1, tzinfo=UTC), revision="1", engine="sqlite", seq=0, root="", entries=entries
    )


@pytest.fixture
def keys() -> tuple[str, str]:
    """A key's two halves."""
    return archive.new_identity()


@pytest.fixture
def backup(tmp_path: Path, keys: tuple[str, str]) -> Path:
    """A backup of a database of a megabyte and a file."""
    (tmp_path / "db").write_bytes(b"SECRET ROW " * 100_000)
    (tmp_path / "up").write_bytes(b"a picture")
    place = tmp_path / "one.backup"
    parts = [("database.sqlite", tmp_path / "db"), ("files/ab/abcd", tmp_path / "up")]
    written = archive.write(place, [keys[1]], parts, listed)
    assert written == Entry(place.stat().st_size, archive.sha256_of(place))
    return place


def into(tmp_path: Path) -> Path:
    """An empty folder."""
    place = tmp_path / "opened"
    place.mkdir()
    return place


def test_what_went_in_comes_out(tmp_path: Path, backup: Path, keys: tuple[str, str]) -> None:
    assert b"SECRET" not in backup.read_bytes()
    manifest = archive.unpack(backup, [keys[0]], into(tmp_path))
    assert set(manifest.entries) == {"database.sqlite", "files/ab/abcd"}
    assert (tmp_path / "opened/database.sqlite").read_bytes() == (tmp_path / "db").read_bytes()
    assert (tmp_path / "opened/files/ab/abcd").read_bytes() == b"a picture"


def test_another_key_does_not_open_it(tmp_path: Path, backup: Path) -> None:
    with pytest.raises(archive.NotOurKeyError, match="打不开"):
        archive.unpack(backup, [archive.new_identity()[0]], into(tmp_path))


@pytest.mark.parametrize("keep", [0, 10, 300, 70_000, 500_000, -1])
def test_a_cut_backup_is_refused(tmp_path: Path, backup: Path, keys: tuple[str, str], keep: int) -> None:
    backup.write_bytes(backup.read_bytes()[:keep])
    with pytest.raises((BadBackup, archive.NotOurKeyError)):
        archive.unpack(backup, [keys[0]], into(tmp_path))


@pytest.mark.parametrize("place", [30, 400, 100_000, -3])
def test_one_changed_byte_is_noticed(tmp_path: Path, backup: Path, keys: tuple[str, str], place: int) -> None:
    content = bytearray(backup.read_bytes())
    content[place] ^= 1
    backup.write_bytes(content)
    with pytest.raises((BadBackup, archive.NotOurKeyError)):
        archive.unpack(backup, [keys[0]], into(tmp_path))


def forged(place: Path, recipient: str, members: list[tuple[tarfile.TarInfo, bytes]]) -> Path:
    """A backup as somebody else could make one: the recipient is no secret."""
    packed = io.BytesIO()
    with tarfile.open(mode="w", fileobj=packed) as tar:
        for about, content in members:
            about.size = len(content)
            tar.addfile(about, io.BytesIO(content))
    place.write_bytes(pyrage.encrypt(packed.getvalue(), [pyrage.x25519.Recipient.from_str(recipient)]))
    return place


def link(name: str, to: str) -> tarfile.TarInfo:
    """A symbolic link in a tar."""
    about = tarfile.TarInfo(name)
    about.type, about.linkname = tarfile.SYMTYPE, to
    return about


def test_nothing_climbs_out_of_the_folder(tmp_path: Path, keys: tuple[str, str]) -> None:
    place = into(tmp_path)
    for members in (
        [(tarfile.TarInfo("../out"), b"x")],
        [(tarfile.TarInfo("/tmp/out"), b"x")],
        [(link("files/a", "/etc"), b"")],
        [(tarfile.TarInfo("keys/a"), b"x"), (tarfile.TarInfo("keys/a"), b"y")],
        [(tarfile.TarInfo("keys/b"), b"x")],
        [],
    ):
        with pytest.raises(BadBackup):
            archive.unpack(forged(tmp_path / "forged", keys[1], members), [keys[0]], place)
    assert not (tmp_path / "out").exists()


def test_a_full_disk_leaves_nothing_half_done(tmp_path: Path, keys: tuple[str, str]) -> None:
    (tmp_path / "db").write_bytes(b"x" * 3_000_000)
    parts = [("database.sqlite", tmp_path / "db"), ("files/ab/gone", tmp_path / "gone")]
    with pytest.raises(OSError, match="gone"):
        archive.write(tmp_path / "one", [keys[1]], parts, listed)
    assert not (tmp_path / "one").exists()
    with pytest.raises(OSError, match="No space left"):
        to_a_full_device(keys, parts)


def to_a_full_device(keys: tuple[str, str], parts: list[tuple[str, Path]]) -> None:
    """What the writing does when the device takes no byte more."""
    with Path("/dev/full").open("wb", buffering=0) as full:
        target = archive._Hashing(full)
        recipients = [pyrage.x25519.Recipient.from_str(keys[1])]
        with archive._piped(lambda source: pyrage.encrypt_io(source, target, recipients)) as sink:
            archive._pack(sink, parts[:1], listed, lambda: None)
