"""Questions about uploads."""

from pathlib import Path

import pytest

from tests.cast import Cast
from tests.portal.articles import add_document, add_photo
from town_portal.files import queries
from town_portal.files.rules.contents.contents import READER
from town_portal.files.store import Store
from town_portal.foundation.db import bookkeeping


def test_an_upload_is_found_by_its_token_and_its_number(town: Cast, tmp_path: Path) -> None:
    file = add_photo(town, tmp_path)
    assert queries.by_token(file.token) is file
    assert queries.get(file.id) is file
    assert queries.by_token("0" * 32) is None
    assert queries.get(file.id + 1) is None


def test_bytes_that_are_gone_or_changed_are_named(town: Cast, tmp_path: Path) -> None:
    whole, gone, changed = add_photo(town, tmp_path), add_document(town, tmp_path), add_document(town, tmp_path)
    store = Store(tmp_path)
    assert queries.broken(store) == []
    store.remove(gone.token)
    store.path(changed.token).write_bytes(b"something else")
    assert [(file.id, words) for file, words in queries.broken(store)] == [
        (gone.id, "文件不见了"),
        (changed.id, "文件内容被改动"),
    ]
    assert whole.id not in {file.id for file, _ in queries.broken(store)}


def test_a_reading_is_known_by_digest_and_reader(town: Cast, tmp_path: Path) -> None:
    file = add_document(town, tmp_path)
    assert queries.reading(file.id) == (file.sha256, READER)
    assert queries.reading(file.id + 1) is None
    assert queries.kept_contents([file.id, file.id + 1]).keys() == {file.id}


def test_the_newest_unread_attachment_comes_first(town: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_photo(town, tmp_path)
    first, second = add_document(town, tmp_path), add_document(town, tmp_path)
    assert queries.next_unread() is None
    monkeypatch.setattr(queries, "READER", READER + 1)
    assert queries.next_unread() is second
    with bookkeeping():
        queries.kept_contents([second.id])[second.id].reader = READER + 1
    assert queries.next_unread() is first
