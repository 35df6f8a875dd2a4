"""Where the bytes lie: one folder, names of our own making, synced before a row tells of them."""

import os
from collections.abc import Iterator
from pathlib import Path


class Store:
    """Files by token. Content never changes; a second ``put`` of a token is an error."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, token: str, content: bytes) -> None:
        """Write and sync the bytes and their folder: a row must never outlive its file in a power cut."""
        path = self.path(token)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            path.unlink(missing_ok=True)
            raise
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def get(self, token: str) -> bytes:
        """The bytes; FileNotFoundError when they are gone."""
        return self.path(token).read_bytes()

    def remove(self, token: str) -> None:
        """Take bytes away whose row was never written."""
        self.path(token).unlink(missing_ok=True)

    def tokens(self) -> Iterator[str]:
        """Every token there is."""
        return (path.name for path in self.folder.glob("??/*"))

    def path(self, token: str) -> Path:
        """The place of a token: two characters of it are the folder."""
        if not token.replace("-", "").isalnum():
            raise ValueError("a token is letters and digits")
        return self.folder / token[:2] / token
