"""Questions about backups: which there are, which key they are made for, whether one is overdue."""

import json
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from town_portal.config import Config
from town_portal.foundation import clock

ENDING, NOTE = ".backup", ".json"
RECIPIENTS = "backup.recipients"
LATE = timedelta(hours=26)
"""A night's backup that is older than this is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """One backup as its note beside it tells: when (UTC), how large, its SHA-256, the end of the trail in it."""

    path: Path
    made_at: datetime
    size: int
    sha256: str
    seq: int
    root: str
    revision: str
    whole: bool
    """Is the file there, and as large as it was written?"""

    @property
    def name(self) -> str:
        """Its file's name."""
        return self.path.name


def backups(folder: Path | None) -> list[Backup]:
    """The backups in a folder, the newest first; a note that cannot be read is passed over."""
    if folder is None or not folder.is_dir():
        return []
    found = [_read(note) for note in folder.glob(f"*{ENDING}{NOTE}")]
    return sorted((one for one in found if one), key=lambda one: one.made_at, reverse=True)


def recipients(config: Config) -> list[str]:
    """What backups are encrypted for: the public half of each key, one a line; empty when nobody made a key."""
    place = config.keys / RECIPIENTS
    return place.read_text(encoding="ascii").split() if place.exists() else []


def overdue(config: Config) -> bool:
    """Is the newest whole backup more than 26 hours old, or is there none?"""
    newest = next((one for one in backups(config.backups) if one.whole), None)
    return newest is None or clock.now() - newest.made_at > LATE


def copied(config: Config) -> set[str]:
    """Names of the backups that lie whole in the second place as well."""
    return {one.name for one in backups(config.backup_copies) if one.whole}


def room_left(folder: Path) -> int:
    """Bytes free where a folder is."""
    return shutil.disk_usage(folder).free


def _read(note: Path) -> Backup | None:
    path = note.with_name(note.name.removesuffix(NOTE))
    try:
        said = json.loads(note.read_text(encoding="utf-8"))
        size = int(said["size"])
        return Backup(
            path=path,
            made_at=datetime.fromisoformat(said["made_at"]),
            size=size,
            sha256=str(said["sha256"]),
            seq=int(said["seq"]),
            root=str(said["root"]),
            revision=str(said["revision"]),
            whole=path.is_file() and path.stat().st_size == size,
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
