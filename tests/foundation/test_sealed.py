"""Secrets at rest."""

import stat
import threading
from pathlib import Path

import pytest

from tests.refusals import Refused
from town_portal.foundation import sealed

WORDS = "密钥 secret"


def test_what_is_sealed_is_opened_and_looks_like_nothing(tmp_path: Path) -> None:
    first, second = sealed.seal(WORDS, tmp_path), sealed.seal(WORDS, tmp_path)
    assert first != second
    assert "secret" not in first
    assert {sealed.unseal(one, tmp_path) for one in (first, second)} == {WORDS}


def test_the_key_is_its_owners_only(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    sealed.seal(WORDS, folder)
    assert stat.S_IMODE((folder / sealed.KEY).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    sealed.add_key(folder)
    assert stat.S_IMODE((folder / sealed.KEY).stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == [sealed.KEY], "no draft stays behind"


def test_a_new_key_seals_and_the_old_ones_open(tmp_path: Path) -> None:
    old = sealed.seal(WORDS, tmp_path)
    sealed.add_key(tmp_path)
    assert sealed.unseal(old, tmp_path) == WORDS
    new = sealed.seal(WORDS, tmp_path)
    path = tmp_path / sealed.KEY
    path.write_text(path.read_text().split()[0])
    assert sealed.unseal(new, tmp_path) == WORDS
    with pytest.raises(Refused, match="用的不是同一个"):
        sealed.unseal(old, tmp_path)


def test_a_key_may_be_added_before_there_is_one(tmp_path: Path) -> None:
    sealed.add_key(tmp_path)
    assert sealed.unseal(sealed.seal(WORDS, tmp_path), tmp_path) == WORDS


def test_what_is_refused(tmp_path: Path) -> None:
    closed = sealed.seal(WORDS, tmp_path)
    (tmp_path / sealed.KEY).write_text("not a key")
    with pytest.raises(Refused, match="读不出来"):
        sealed.unseal(closed, tmp_path)
    with pytest.raises(Refused, match="读不出来"):
        sealed.seal(WORDS, tmp_path)
    (tmp_path / sealed.KEY).unlink()
    with pytest.raises(Refused, match="不见了"):
        sealed.unseal(closed, tmp_path)
    assert not (tmp_path / sealed.KEY).exists(), "no new key hides that the old one is gone"
    (tmp_path / sealed.KEY).mkdir()
    with pytest.raises(Refused, match="读不出来"):
        sealed.seal(WORDS, tmp_path)


def test_two_who_come_first_use_one_key(tmp_path: Path) -> None:
    ready, made = threading.Barrier(6), []

    def come() -> None:
        ready.wait()
        made.append(sealed.seal(WORDS, tmp_path))

    threads = [threading.Thread(target=come) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [sealed.unseal(one, tmp_path) for one in made] == [WORDS] * 6
