"""Taking an upload in."""

import hashlib
import secrets

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


def upload_picture(actor: Actor, store: Store, unit_id: int | None, name: str, content: bytes) -> StoredFile:
    """Take a photo in: re-encoded, place data gone. Refuses what is no picture."""
    kind = sniff.sniff(content, name)
    if not kind.picture:
        raise Refused(f"“{name}”不是照片。这里请选 JPG 或 PNG 照片，别的文件传到附件里。")
    drawn = picture.redraw(content, name)
    return _keep(
        actor,
        store,
        drawn.content,
        StoredFile(
            kind=FileKind.PICTURE,
            media_type=drawn.media_type,
            name=sniff.tame(name, sniff.PICTURES[drawn.media_type]),
            width=drawn.width,
            height=drawn.height,
            unit_id=unit_id,
        ),
        drawn.thumbnail,
    )


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
    file = StoredFile(kind=FileKind.ATTACHMENT, media_type=media_type, name=sniff.tame(name, ending), unit_id=unit_id)
    return _keep(actor, store, content, file, None, contents)


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


def _keep(
    actor: Actor,
    store: Store,
    content: bytes,
    file: StoredFile,
    thumbnail: bytes | None,
    contents: Contents | None = None,
) -> StoredFile:
    """Bytes first, synced; then the row. A row that fails takes its bytes away again."""
    token = secrets.token_hex(16)
    small = token + THUMBNAIL
    try:
        store.put(token, content)
        if thumbnail is not None:
            store.put(small, thumbnail)
        with unit_of_work(actor) as work:
            file.token, file.sha256, file.size = token, hashlib.sha256(content).hexdigest(), len(content)
            file.uploaded_by_id, file.uploaded_at = actor.id or 0, work.at
            db.session.add(file)
            db.session.flush()
            if contents is not None:
                told = all_plain(contents)
                db.session.add(FileContents(stored_file_id=file.id, reader=READER, told=told, read_at=work.at))
            work.record(UPLOAD, file, kind=file.kind.value, sha256=file.sha256, size=file.size)
    except OSError as error:
        store.remove(token)
        store.remove(small)
        raise Refused(
            "服务器存不下这个文件（可能磁盘满了），没有传上来。请联系系统管理员，稿子里别的内容不受影响。"
        ) from error
    except BaseException:
        store.remove(token)
        store.remove(small)
        raise
    return file
