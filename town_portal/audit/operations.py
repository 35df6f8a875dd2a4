"""Sealing the trail: a checkpoint is a file, it changes nothing in the database."""

import os
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from town_portal.audit import queries
from town_portal.audit.rules import chain
from town_portal.audit.rules.checkpoint import Checkpoint, read, signed
from town_portal.foundation.db import db

KEY, PUBLIC_KEY = "checkpoint.key", "checkpoint.pub"


def open_key(folder: Path) -> Ed25519PrivateKey:
    """The signing key in a folder; made on first use, readable by its owner only."""
    path = folder / KEY
    if path.exists():
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
        if not isinstance(key, Ed25519PrivateKey):
            raise ValueError(f"{path} holds no Ed25519 key")
        return key
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = Ed25519PrivateKey.generate()
    _write(
        path,
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
        0o600,
    )
    _write(
        folder / PUBLIC_KEY,
        key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo),
        0o644,
    )
    return key


def public_key(folder: Path) -> Ed25519PublicKey:
    """The key that checkpoints of this house are checked with."""
    key = serialization.load_pem_public_key((folder / PUBLIC_KEY).read_bytes())
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError(f"{folder / PUBLIC_KEY} holds no Ed25519 key")  # noqa: TRY004 - the file is wrong, not the program
    return key


def checkpoint(folder: Path, key: Ed25519PrivateKey) -> Path | None:
    """Sign the trail as it is now into ``<size>.txt`` in the folder; None when already there.

    Copy the folder off the machine: one copy out of reach is enough to prove a rollback.
    """
    end = queries.head()
    db.session.rollback()
    if end is None:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{end.seq:012d}.txt"
    if path.exists():
        return None
    point = Checkpoint(end.seq, chain.root(end.frontier_list()))
    _write(path, signed(point, key).encode(), 0o644)
    return path


def checkpoints(folder: Path, key: Ed25519PublicKey) -> list[Checkpoint]:
    """Every checkpoint in a folder, signatures checked; BadCheckpoint for a forged one."""
    return [read(path.read_text(), key) for path in sorted(folder.glob("*.txt"))]


def _write(path: Path, content: bytes, mode: int) -> None:
    """Whole or not at all: a full disk must not leave half a checkpoint that looks like a forged one."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
