"""The list that lies in every backup: what is in it, and what the house was when it was made."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

FORM = 1
DATABASE, LIST = "database.sqlite", "manifest.json"
FOLDERS = ("files", "keys", "checkpoints")
_NAME = re.compile(rf"{re.escape(DATABASE)}|(?:{'|'.join(FOLDERS)})(?:/[\w-][\w.-]*)+", re.ASCII)


class BadBackup(ValueError):
    """What was read is no whole backup of ours; the words say in Chinese what is wrong."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file in a backup: bytes and the SHA-256 of its content."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup is: when it was made (UTC), of which schema and engine, and the end of the trail in it."""

    made_at: datetime
    revision: str
    engine: str
    seq: int
    root: str
    entries: Mapping[str, Entry]

    def words(self) -> str:
        """As it lies in the backup."""
        said = {
            "form": FORM,
            "made_at": self.made_at.isoformat(),
            "revision": self.revision,
            "engine": self.engine,
            "seq": self.seq,
            "root": self.root,
            "entries": {name: asdict(entry) for name, entry in sorted(self.entries.items())},
        }
        return json.dumps(said, ensure_ascii=False, indent=1)


def allowed(name: str) -> bool:
    """May a backup hold a file of this name? Nothing climbs out of its folder."""
    return _NAME.fullmatch(name) is not None


def read(words: bytes) -> Manifest:
    """The list in these bytes; BadBackup when it is not one, or of a later form."""
    try:
        said = json.loads(words)
        if said["form"] != FORM:
            raise BadBackup("这份备份的格式比本系统新。请先升级系统再恢复。")
        return Manifest(
            made_at=datetime.fromisoformat(said["made_at"]),
            revision=str(said["revision"]),
            engine=str(said["engine"]),
            seq=int(said["seq"]),
            root=str(said["root"]),
            entries={str(name): Entry(int(one["size"]), str(one["sha256"])) for name, one in said["entries"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        if isinstance(error, BadBackup):
            raise
        raise BadBackup("备份里的清单读不出来，这份备份不能用。请换一份。") from error


def compare(manifest: Manifest, found: Mapping[str, Entry]) -> None:
    """BadBackup unless exactly the listed files were found, byte for byte."""
    missing = sorted(manifest.entries.keys() - found.keys())
    more = sorted(found.keys() - manifest.entries.keys())
    changed = sorted(name for name, entry in found.items() if manifest.entries.get(name, entry) != entry)
    for names, what in ((missing, "少了"), (more, "多出"), (changed, "内容对不上")):
        if names:
            raise BadBackup(f"备份和它的清单{what} {len(names)} 个文件（如 {names[0]}），不能用。请换一份。")
    if DATABASE not in found:
        raise BadBackup("备份里没有数据库，不能用。请换一份。")
