"""Questions about uploads."""

from pathlib import Path

from tests.cast import Cast
from tests.portal.articles import add_document, add_photo
from town_portal.files import queries
from town_portal.files.store import Store


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
