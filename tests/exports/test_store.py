"""The folder on the disk."""

from pathlib import Path

import pytest

from town_portal.exports import store
from town_portal.exports.rules.manifest import Manifest
from town_portal.foundation.errors import Refused


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "thesis.docx").write_text("别人的")
    with pytest.raises(Refused, match="别的文件"), store.aside(folder, full=False):
        raise AssertionError
    assert (folder / "thesis.docx").exists()
    with pytest.raises(Refused, match="请先建好"), store.aside(tmp_path / "no" / "site", full=False):
        raise AssertionError
    link = tmp_path / "link"
    link.symlink_to(folder)
    with pytest.raises(Refused, match="不是普通文件夹"), store.aside(link, full=False):
        raise AssertionError


def test_two_do_not_write_one_folder(tmp_path: Path) -> None:
    one, other = (store.aside(tmp_path / "site", full=False) for _ in range(2))
    with one, pytest.raises(Refused, match="另一次导出"), other:
        raise AssertionError


def test_a_folder_that_knows_no_links_gets_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "site"
    for _ in range(2):
        with store.aside(folder, full=False) as made:
            made.put("a/b.html", b"one")
            made.swap(Manifest(dict(made.files)))
        monkeypatch.setattr(store.os, "link", _refuse)
    assert made.written == 0
    assert (folder / "a" / "b.html").read_bytes() == b"one"


def _refuse(*_: object) -> None:
    raise OSError("no links here")
