"""Questions about uploads."""

import hashlib
from collections.abc import Iterable

from sqlalchemy import or_, select

from town_portal.files.models import FileContents, FileKind, StoredFile
from town_portal.files.rules.contents.contents import READER
from town_portal.files.store import Store
from town_portal.foundation.db import db


def by_token(token: str) -> StoredFile | None:
    """One upload by the name it has in addresses."""
    return db.session.scalar(select(StoredFile).where(StoredFile.token == token))


def get(file_id: int) -> StoredFile | None:
    """One upload."""
    return db.session.get(StoredFile, file_id)


def kept_contents(file_ids: Iterable[int]) -> dict[int, FileContents]:
    """What was read in attachments, by the number of the file; one that was not read yet is missing."""
    found = select(FileContents).where(FileContents.stored_file_id.in_(tuple(file_ids)))
    return {row.stored_file_id: row for row in db.session.scalars(found)}


def reading(file_id: int) -> tuple[str, int] | None:
    """What tells one reading of an attachment from another: (digest of the file, reader); None while it is unread."""
    found = db.session.execute(
        select(StoredFile.sha256, FileContents.reader)
        .join(FileContents, FileContents.stored_file_id == StoredFile.id)
        .where(StoredFile.id == file_id)
    ).one_or_none()
    return (found[0], found[1]) if found else None


def next_unread() -> StoredFile | None:
    """The newest attachment that was not read by the present reader."""
    return db.session.scalar(
        select(StoredFile)
        .outerjoin(FileContents, FileContents.stored_file_id == StoredFile.id)
        .where(StoredFile.kind == FileKind.ATTACHMENT, or_(FileContents.id.is_(None), FileContents.reader < READER))
        .order_by(StoredFile.id.desc())
        .limit(1)
    )


def broken(store: Store) -> list[tuple[StoredFile, str]]:
    """Uploads whose bytes are gone or not the ones that were recorded, with what is wrong in Chinese."""
    found = []
    for file in db.session.scalars(select(StoredFile).order_by(StoredFile.id)):
        try:
            content = store.get(file.token)
        except OSError:
            found.append((file, "文件不见了"))
            continue
        if hashlib.sha256(content).hexdigest() != file.sha256:
            found.append((file, "文件内容被改动"))
    return found
