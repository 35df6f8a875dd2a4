"""Questions about uploads."""

import hashlib

from sqlalchemy import select

from town_portal.files.models import StoredFile
from town_portal.files.store import Store
from town_portal.foundation.db import db


def by_token(token: str) -> StoredFile | None:
    """One upload by the name it has in addresses."""
    return db.session.scalar(select(StoredFile).where(StoredFile.token == token))


def get(file_id: int) -> StoredFile | None:
    """One upload."""
    return db.session.get(StoredFile, file_id)


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
