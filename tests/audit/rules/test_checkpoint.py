"""Signed checkpoints: read back, and every forgery refused."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from town_portal.audit.rules.checkpoint import ORIGIN, BadCheckpoint, Checkpoint, read, signed

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
POINT = Checkpoint(137, "ab" * 32)
TEXT = signed(POINT, KEY)


def test_what_was_signed_is_read_back() -> None:
    assert read(TEXT, KEY.public_key()) == POINT


def test_the_form_is_that_of_the_standard() -> None:
    origin, size, root, gap, line, end = TEXT.split("\n")
    assert (origin, size, gap, end) == (ORIGIN, "137", "", "")
    assert base64.b64decode(root).hex() == POINT.root
    assert line.startswith(f"— {ORIGIN} ")
    assert len(base64.b64decode(line.split(" ")[2])) == 4 + 64


def test_another_key_is_not_believed() -> None:
    with pytest.raises(BadCheckpoint, match="another key"):
        read(TEXT, STRANGER.public_key())


@pytest.mark.parametrize(
    "forged",
    [
        TEXT.replace("137", "138"),
        TEXT.replace(POINT.body().split("\n")[2], base64.b64encode(bytes(32)).decode()),
    ],
)
def test_a_changed_body_has_a_wrong_signature(forged: str) -> None:
    with pytest.raises(BadCheckpoint, match="signature is wrong"):
        read(forged, KEY.public_key())


@pytest.mark.parametrize(
    "junk",
    [
        "",
        "hello",
        TEXT.replace("137", "many"),
        TEXT.replace("\n\n", "\n"),
        TEXT.replace("— ", ""),
        TEXT.replace(ORIGIN, "somebody/else"),
        POINT.body() + "\n— town-portal/trail not-base64!\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(junk: str) -> None:
    with pytest.raises(BadCheckpoint):
        read(junk, KEY.public_key())
