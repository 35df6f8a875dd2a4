"""What lies in an exported folder: every file with its digest, kept in the folder itself."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

NAME = "manifest.json"
FORMAT = "town-portal-static/1"


class ExportState(StrEnum):
    """How an export stands."""

    WAITING = "waiting"
    MADE = "made"
    FAILED = "failed"

    @property
    def label(self) -> str:
        """The state in Chinese."""
        return {"waiting": "等待制作", "made": "已做好", "failed": "没做成"}[self.value]


@dataclass(frozen=True, slots=True)
class Manifest:
    """The list of a folder."""

    files: Mapping[str, str]
    """Place → SHA-256."""
    made_at: str = ""
    seq: int = 0
    """How long the trail was."""
    address: str = ""
    outside: tuple[str, ...] = ()
    """Every link that leads out of the folder."""
    problems: tuple[str, ...] = ()

    def written(self) -> bytes:
        """As it lies in the folder."""
        told = {
            "format": FORMAT,
            "made_at": self.made_at,
            "trail": self.seq,
            "address": self.address,
            "outside": list(self.outside),
            "problems": list(self.problems),
            "files": dict(sorted(self.files.items())),
        }
        return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def read(content: bytes) -> Manifest | None:
    """A list as it was written; None where it is not one of ours."""
    try:
        told = json.loads(content)
    except ValueError:
        return None
    if not isinstance(told, dict) or told.get("format") != FORMAT or not isinstance(told.get("files"), dict):
        return None
    return Manifest(
        {str(place): str(digest) for place, digest in told["files"].items()},
        str(told.get("made_at", "")),
        int(told.get("trail", 0)),
        str(told.get("address", "")),
        tuple(map(str, told.get("outside", ()))),
        tuple(map(str, told.get("problems", ()))),
    )


def digest(content: bytes) -> str:
    """SHA-256 of a file's bytes."""
    return hashlib.sha256(content).hexdigest()
