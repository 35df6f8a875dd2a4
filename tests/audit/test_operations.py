"""Sealing the trail."""

import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import x25519

from tests.audit.acts import open_unit
from tests.cast import Cast
from town_portal.audit import operations, queries
from town_portal.audit.rules.checkpoint import BadCheckpoint


def test_the_key_is_made_once_and_its_owner_alone_can_read_it(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    key = operations.open_key(folder)
    again = operations.open_key(folder)
    assert key.private_bytes_raw() == again.private_bytes_raw()
    assert operations.public_key(folder).public_bytes_raw() == key.public_key().public_bytes_raw()
    assert stat.S_IMODE((folder / operations.KEY).stat().st_mode) == 0o600


def test_a_key_of_another_kind_is_refused(tmp_path: Path) -> None:
    stranger = x25519.X25519PrivateKey.generate()
    (tmp_path / operations.KEY).write_bytes(
        stranger.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    (tmp_path / operations.PUBLIC_KEY).write_bytes(
        stranger.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    with pytest.raises(ValueError, match="no Ed25519"):
        operations.open_key(tmp_path)
    with pytest.raises(ValueError, match="no Ed25519"):
        operations.public_key(tmp_path)


def test_an_empty_trail_has_nothing_to_seal(database: object, tmp_path: Path) -> None:
    assert operations.checkpoint(tmp_path, operations.open_key(tmp_path / "keys")) is None


def test_a_trail_is_sealed_once_for_every_length(town: Cast, tmp_path: Path) -> None:
    key = operations.open_key(tmp_path / "keys")
    folder = tmp_path / "points"
    path = operations.checkpoint(folder, key)
    assert path is not None
    assert path.name == f"{queries.head_seq():012d}.txt"
    assert operations.checkpoint(folder, key) is None
    open_unit("C06", "升平村")
    assert operations.checkpoint(folder, key) is not None
    points = operations.checkpoints(folder, key.public_key())
    assert [point.size for point in points] == [1, 2]
    assert points[-1].root == queries.verify().root


def test_sealing_leaves_no_event(town: Cast, tmp_path: Path) -> None:
    before = queries.head_seq()
    operations.checkpoint(tmp_path / "points", operations.open_key(tmp_path / "keys"))
    assert queries.head_seq() == before


def test_a_forged_checkpoint_is_refused(town: Cast, tmp_path: Path) -> None:
    key = operations.open_key(tmp_path / "keys")
    path = operations.checkpoint(tmp_path / "points", key)
    assert path is not None
    path.write_text(path.read_text().replace("\n1\n", "\n2\n"))
    with pytest.raises(BadCheckpoint):
        operations.checkpoints(tmp_path / "points", key.public_key())
