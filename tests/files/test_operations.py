"""Taking uploads in: the bytes first, then the row, or neither."""

import hashlib
import io
import json
from pathlib import Path

import pytest
from PIL import Image

from tests.cast import Cast
from tests.files.hostile import pdf_and_zip
from tests.files.rules.attachment_samples import draft_sheet, rezipped, workbook
from tests.files.rules.attachment_samples import photo as located
from tests.portal.articles import photo
from town_portal.audit import queries as trail
from town_portal.files import queries
from town_portal.files.models import FileKind, StoredFile
from town_portal.files.operations import THUMBNAIL, UPLOAD, read_unread, upload_attachment, upload_picture
from town_portal.files.rules.contents.contents import READER, Kind
from town_portal.files.store import Store
from town_portal.foundation.db import bookkeeping, db
from town_portal.foundation.errors import Refused, Repeated

PDF = b"%PDF-1.7\n%small\n"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return Store(tmp_path / "files")


def nothing_was_kept(store: Store) -> bool:
    """Neither bytes nor a row."""
    return list(store.tokens()) == [] and db.session.query(StoredFile).count() == 0


def test_a_photo_is_kept_redrawn_with_a_small_form(town: Cast, store: Store) -> None:
    actor = town.actor("reporter")
    file = upload_picture(actor, store, town.unit("C03").id, "C:\\照片\\春耕.JPEG", photo(3000, 1500))
    content = store.get(file.token)
    assert (file.kind, file.media_type, file.name) == (FileKind.PICTURE, "image/jpeg", "春耕.jpg")
    assert (file.width, file.height, file.size) == (1920, 960, len(content))
    assert file.sha256 == hashlib.sha256(content).hexdigest()
    assert Image.open(io.BytesIO(store.get(file.token + THUMBNAIL))).size == (480, 240)


def test_an_upload_leaves_one_event_with_its_digest(town: Cast, store: Store) -> None:
    before = trail.head_seq()
    file = upload_attachment(town.actor("reporter"), store, None, "名册.pdf", PDF)
    event = trail.latest("StoredFile", file.id)
    assert event is not None
    assert (event.seq, event.action) == (before + 1, UPLOAD.name)
    assert json.loads(event.detail) == {"kind": "attachment", "sha256": file.sha256, "size": len(PDF)}
    assert trail.verify().sound


def test_an_attachment_is_kept_byte_for_byte(town: Cast, store: Store) -> None:
    file = upload_attachment(town.actor("reporter"), store, None, "名册.doc", PDF)
    assert store.get(file.token) == PDF
    assert (file.kind, file.name, file.width) == (FileKind.ATTACHMENT, "名册.pdf", None)


def test_an_image_among_the_attachments_is_redrawn_too(town: Cast, store: Store) -> None:
    given = photo()
    file = upload_attachment(town.actor("reporter"), store, None, "扫描件.jpg", given + b"hidden behind it")
    assert (file.kind, file.media_type) == (FileKind.ATTACHMENT, "image/jpeg")
    assert b"hidden" not in store.get(file.token)


def test_what_is_no_photo_is_refused_as_photo(town: Cast, store: Store) -> None:
    before = trail.head_seq()
    with pytest.raises(Refused, match="不是照片"):
        upload_picture(town.actor("reporter"), store, None, "名册.pdf", PDF)
    assert trail.head_seq() == before
    assert nothing_was_kept(store)


def test_a_row_that_fails_takes_its_bytes_away(town: Cast, store: Store) -> None:
    actor = town.actor("reporter").at(form_key="once")
    upload_picture(actor, store, None, "a.jpg", photo())
    with pytest.raises(Repeated):
        upload_picture(actor, store, None, "a.jpg", photo())
    assert len(list(store.tokens())) == 2
    assert db.session.query(StoredFile).count() == 1


@pytest.mark.parametrize("failing", [1, 2])
def test_a_full_disk_is_told_in_words_and_leaves_nothing(
    town: Cast, store: Store, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    calls = []
    put = Store.put

    def full(self: Store, token: str, content: bytes) -> None:
        calls.append(token)
        if len(calls) == failing:
            raise OSError(28, "No space left on device")
        put(self, token, content)

    monkeypatch.setattr(Store, "put", full)
    with pytest.raises(Refused, match="磁盘满了"):
        upload_picture(town.actor("reporter"), store, None, "a.jpg", photo())
    assert nothing_was_kept(store)


def test_an_attachment_is_read_as_it_comes(town: Cast, store: Store) -> None:
    file = upload_attachment(town.actor("reporter"), store, None, "名单.xlsx", workbook(["村"], change=draft_sheet()))
    contents = queries.kept_contents([file.id])[file.id].contents
    assert [part.place for part in contents.parts] == ["工作表“名单”", "隐藏的工作表“底稿”"]
    assert [one.kind for one in contents.concerns] == [Kind.HIDDEN]
    assert trail.verify().sound


def test_an_image_among_the_attachments_tells_what_was_taken_off(town: Cast, store: Store) -> None:
    file = upload_attachment(town.actor("reporter"), store, None, "扫描件.jpg", located())
    concerns = queries.kept_contents([file.id])[file.id].contents.concerns
    assert [one.kind for one in concerns] == [Kind.REMOVED, Kind.SCANNED]
    assert not Image.open(io.BytesIO(store.get(file.token))).getexif()


def test_a_refused_attachment_leaves_nothing(town: Cast, store: Store) -> None:
    with pytest.raises(Refused, match="叠着两种文件"):
        upload_attachment(town.actor("reporter"), store, None, "公示.pdf", pdf_and_zip())
    assert nothing_was_kept(store)


def test_older_attachments_are_read_later(town: Cast, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    actor = town.actor("reporter")
    book = upload_attachment(actor, store, None, "名单.xlsx", workbook(["村"]))
    gone = upload_attachment(actor, store, None, "名册.pdf", PDF)
    macros = upload_attachment(actor, store, None, "表.xlsx", workbook(["人"]))
    with bookkeeping() as session:
        for row in queries.kept_contents([book.id, gone.id]).values():
            session.delete(row)
        queries.kept_contents([macros.id])[macros.id].reader = READER - 1
    store.remove(gone.token)
    store.path(macros.token).write_bytes(rezipped(workbook(["人"]), {"xl/vbaProject.bin": b"x"}))
    assert [read_unread(store) for _ in range(4)] == [True, True, True, False]
    found = queries.kept_contents([book.id, gone.id, macros.id])
    assert [part.words for part in found[book.id].contents.parts] == ["村"]
    assert [one.kind for one in found[gone.id].contents.concerns] == [Kind.UNREADABLE]
    assert "带有宏" in found[macros.id].contents.concerns[0].message
    assert trail.verify().sound
