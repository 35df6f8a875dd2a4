"""Where the bytes lie."""

import stat
from pathlib import Path

import pytest

from town_portal.files.store import Store


def test_what_is_put_is_got_back_and_taken_away(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("ab12", b"content")
    assert store.get("ab12") == b"content"
    assert list(store.tokens()) == ["ab12"]
    store.remove("ab12")
    store.remove("ab12")
    with pytest.raises(FileNotFoundError):
        store.get("ab12")


def test_a_token_is_never_written_twice(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("ab12", b"first")
    with pytest.raises(FileExistsError):
        store.put("ab12", b"second")
    assert store.get("ab12") == b"first"


def test_the_owner_alone_can_read(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("ab12", b"x")
    assert stat.S_IMODE(store.path("ab12").stat().st_mode) == 0o600


@pytest.mark.parametrize("token", ["", "-", "../keys", "a/b", ".", "a b"])
def test_a_token_that_is_no_token_leads_nowhere(tmp_path: Path, token: str) -> None:
    with pytest.raises(ValueError, match="letters and digits"):
        Store(tmp_path).path(token)
