"""Taking an upload in."""

import hashlib
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress

from town_portal.access.actor import Actor
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import unit_of_work
from town_portal.files import queries
from town_portal.files.apart.parent import contents_of
from town_portal.files.models import FileContents, FileKind, StoredFile
from town_portal.files.rules import picture, sniff
from town_portal.files.rules.contents.contents import READER, Contents, all_plain, unreadable
from town_portal.files.store import Store
from town_portal.foundation import clock
from town_portal.foundation.db import bookkeeping, db
from town_portal.foundation.errors import Refused

UPLOAD = Action("upload", "上传文件")
THUMBNAIL = "-s"
MOST_SECONDS = 6.0
"""Of computing, for all photos of one document together; a photo of 12 million pixels takes a third of one."""


def upload_picture(actor: Actor, store: Store, unit_id: int | None, name: str, content: bytes) -> StoredFile:
    """Take a photo in: re-encoded, place data gone. Refuses what is no picture."""
    if not sniff.sniff(content, name).picture:
        raise Refused(f"“{name}”不是照片。这里请选 JPG 或 PNG 照片，别的文件传到附件里。")
    with _bytes_first(store) as put:
        return _recorded(actor, put(*_drawn(actor, unit_id, name, content)))


def upload_attachment(actor: Actor, store: Store, unit_id: int | None, name: str, content: bytes) -> StoredFile:
    """Take an attachment in: office files and PDF as they are, images re-encoded; each read once, as it came.

    Refuses what would act on a reader's computer (macros, scripts), what asks for a password, and hostile files.
    """
    kind = sniff.sniff(content, name)
    contents = contents_of(content, name)
    media_type, ending = kind.media_type, kind.ending
    if kind.picture:
        drawn = picture.redraw(content, name)
        content, media_type = drawn.content, drawn.media_type
        ending = sniff.PICTURES[media_type]
    file = _row(actor, unit_id, FileKind.ATTACHMENT, sniff.tame(name, ending), media_type)
    with _bytes_first(store) as put:
        return _recorded(actor, put(file, content, None), contents)


def read_unread(store: Store) -> bool:
    """Read one attachment that no reader, or an older one, has read; False when there is none left.

    Only for what was uploaded before readers learned something: an upload is read as it comes in.
    """
    file = queries.next_unread()
    if file is None:
        return False
    try:
        contents = contents_of(store.get(file.token), file.name)
    except Refused as refusal:  # it was taken in, so it stays; who hands it in is told
        contents = Contents(concerns=(unreadable(refusal.reason),))
    except OSError:
        contents = Contents(concerns=(unreadable(),))
    with bookkeeping() as session:
        row = queries.kept_contents([file.id]).get(file.id) or FileContents(stored_file_id=file.id)
        row.reader, row.told, row.read_at = READER, all_plain(contents), clock.now()
        session.add(row)
    return True


@contextmanager
def pictures_put(
    actor: Actor, store: Store, unit_id: int, pictures: Iterable[tuple[str, bytes]]
) -> Iterator[list[StoredFile | None]]:
    """Photos (name, content) of one document, drawn anew and their bytes put, before the act that adds their rows.

    None stands for a photo that cannot be drawn, or whose turn did not come before ``MOST_SECONDS`` were used up. If the
    act inside fails, the bytes go with it.
    """
    began = time.thread_time()
    with _bytes_first(store) as put:
        found: list[StoredFile | None] = []
        for name, content in pictures:
            file = None
            if time.thread_time() - began < MOST_SECONDS:
                with suppress(Refused):
                    file = put(*_drawn(actor, unit_id, name, content))
            found.append(file)
        yield found


def _drawn(actor: Actor, unit_id: int | None, name: str, content: bytes) -> tuple[StoredFile, bytes, bytes]:
    """A photo as it will be kept: its row, its bytes, its small form."""
    drawn = picture.redraw(content, name)
    file = _row(actor, unit_id, FileKind.PICTURE, sniff.tame(name, sniff.PICTURES[drawn.media_type]), drawn.media_type)
    file.width, file.height = drawn.width, drawn.height
    return file, drawn.content, drawn.thumbnail


def _row(actor: Actor, unit_id: int | None, kind: FileKind, name: str, media_type: str) -> StoredFile:
    return StoredFile(
        kind=kind,
        name=name,
        media_type=media_type,
        unit_id=unit_id,
        uploaded_by_id=actor.id or 0,
        uploaded_at=clock.now(),
    )


Put = Callable[[StoredFile, bytes, bytes | None], StoredFile]


@contextmanager
def _bytes_first(store: Store) -> Iterator[Put]:
    """A way to put bytes, synced, before their rows are written inside. Whatever fails takes the bytes away again."""
    tokens: list[str] = []

    def put(file: StoredFile, content: bytes, thumbnail: bytes | None) -> StoredFile:
        file.token = secrets.token_hex(16)
        file.sha256, file.size = hashlib.sha256(content).hexdigest(), len(content)
        for token, part in ((file.token, content), (file.token + THUMBNAIL, thumbnail)):
            if part is not None:
                tokens.append(token)
                store.put(token, part)
        return file

    try:
        yield put
    except BaseException as error:
        for token in tokens:
            store.remove(token)
        if isinstance(error, OSError):
            raise Refused(
                "服务器存不下这个文件（可能磁盘满了），没有传上来。请联系系统管理员，稿子里别的内容不受影响。"
            ) from error
        raise


def _recorded(actor: Actor, file: StoredFile, contents: Contents | None = None) -> StoredFile:
    """The row of one upload, and what was read in it, in an act of its own."""
    with unit_of_work(actor) as work:
        db.session.add(file)
        db.session.flush()
        if contents is not None:
            told = all_plain(contents)
            db.session.add(FileContents(stored_file_id=file.id, reader=READER, told=told, read_at=work.at))
        work.record(UPLOAD, file, kind=file.kind.value, sha256=file.sha256, size=file.size)
    return file
