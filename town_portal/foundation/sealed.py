"""Secrets at rest: sealed with keys that lie in a folder of their own, never beside what they seal.

The key file holds one key a line. The first seals; all of them open, so that a new key can be put
above the old ones and everything be sealed again at leisure.
"""

import hashlib
import os
import secrets
import stat
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from town_portal.foundation.errors import Refused

KEY = "sealing.key"


def seal(words: str, folder: Path) -> str:
    """The words as only the keys of this folder open them; other letters every time."""
    return _keys(folder).encrypt(words.encode()).decode("ascii")


def unseal(sealed: str, folder: Path) -> str:
    """The words behind a seal. Refused where the key is gone, unreadable, or another one."""
    if not (folder / KEY).exists():
        raise Refused(_GONE)
    try:
        return _keys(folder).decrypt(sealed.encode("ascii")).decode()
    except InvalidToken:
        raise Refused("密钥文件和当初加密用的不是同一个，解不开。请恢复原来的密钥文件，或者重新填写密钥。") from None


def seal_again(sealed: str, folder: Path) -> str:
    """The same secret under the first key. Refused as ``unseal`` refuses."""
    return seal(unseal(sealed, folder), folder)


def fingerprint(folder: Path) -> str:
    """A secret of this house that seals nothing: for digests nobody outside can try out."""
    _keys(folder)
    return hashlib.sha256(b"fingerprint|" + _lines(folder)[-1].encode("ascii")).hexdigest()


def add_key(folder: Path) -> None:
    """Put a new key above the others: from now on it seals, and the others still open."""
    former = _lines(folder) if (folder / KEY).exists() else []
    draft = folder / f".{KEY}.{secrets.token_hex(4)}"
    _write(draft, [Fernet.generate_key().decode("ascii"), *former])
    draft.replace(folder / KEY)


_GONE = "加密用的密钥文件不见了，解不开。请恢复原来的密钥文件，或者重新填写密钥。"


def _keys(folder: Path) -> MultiFernet:
    try:
        if not (folder / KEY).exists():
            _make(folder)
        return MultiFernet([Fernet(line) for line in _lines(folder)])
    except (OSError, ValueError):
        raise Refused("加密用的密钥文件读不出来。请系统维护人员检查密钥文件夹的权限和内容。") from None


def _lines(folder: Path) -> list[str]:
    return (folder / KEY).read_text(encoding="ascii").split()


def _make(folder: Path) -> None:
    """The first key; of two who come at once, one makes it and both use it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder / f".{KEY}.{secrets.token_hex(4)}"
    _write(draft, [Fernet.generate_key().decode("ascii")])
    try:
        os.link(draft, folder / KEY)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _write(path: Path, lines: list[str]) -> None:
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        os.fsync(file.fileno())
