"""Signed checkpoints: the text that leaves the machine and makes a rewritten history visible.

The form is C2SP tlog-checkpoint: origin, size, base64 root, an empty line, and an Ed25519
signature line. Any Ed25519 tool can check it without this software.
"""

import base64
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ORIGIN = "town-portal/trail"


class BadCheckpoint(ValueError):
    """The text is no checkpoint of ours, or its signature is wrong."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The trail had this Merkle root when it had this many events."""

    size: int
    root: str

    def body(self) -> str:
        """The text that is signed."""
        return f"{ORIGIN}\n{self.size}\n{base64.b64encode(bytes.fromhex(self.root)).decode()}\n"


def _key_hash(key: Ed25519PublicKey) -> bytes:
    raw = key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return hashlib.sha256(ORIGIN.encode() + b"\n\x01" + raw).digest()[:4]


def signed(checkpoint: Checkpoint, key: Ed25519PrivateKey) -> str:
    """The checkpoint's full text with its signature line."""
    signature = _key_hash(key.public_key()) + key.sign(checkpoint.body().encode())
    return f"{checkpoint.body()}\n— {ORIGIN} {base64.b64encode(signature).decode()}\n"


def read(text: str, key: Ed25519PublicKey) -> Checkpoint:
    """The checkpoint in a text, after its signature was checked; BadCheckpoint otherwise."""
    body, gap, line = text.partition("\n\n")
    parts = body.split("\n")
    try:
        origin, size, root = parts
        dash, name, encoded = line.strip().split(" ")
        raw = base64.b64decode(encoded, validate=True)
        checkpoint = Checkpoint(int(size), base64.b64decode(root, validate=True).hex())
    except ValueError as error:
        raise BadCheckpoint("this is not a checkpoint") from error
    if not gap or (origin, dash, name) != (ORIGIN, "—", ORIGIN):
        raise BadCheckpoint("this is not a checkpoint of this trail")
    if raw[:4] != _key_hash(key):
        raise BadCheckpoint("signed with another key")
    try:
        key.verify(raw[4:], checkpoint.body().encode())
    except InvalidSignature as error:
        raise BadCheckpoint("the signature is wrong") from error
    return checkpoint
