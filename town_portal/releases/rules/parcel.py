"""Folders that leave the house as one .zip: an article for the county's portal, or its pictures alone.

Names are readable Chinese; every file's digest stands in the list. The same content gives the same bytes.
"""

import hashlib
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

LIST = "文件清单.txt"
LONGEST_NAME = 60
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a parcel."""

    name: str
    """With its folder: ``图片/01-春耕.jpg``."""
    content: bytes


def tame(words: str, longest: int = LONGEST_NAME) -> str:
    """Words as a file's name that Windows takes: no signs it forbids, no dot at the end, not too long."""
    seen = "".join(sign for sign in words if unicodedata.category(sign) != "Cf")
    name = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", seen)).strip(" ._")[:longest].strip(" ._")
    return f"_{name}" if _DEVICES.fullmatch(name) else name or "未命名"


def numbered(number: int, words: str, ending: str) -> str:
    """``01-春耕.jpg``: in order when a folder is sorted."""
    return f"{number:02}-{tame(words, 40)}{ending}"


def tame_file(name: str) -> str:
    """The name of an attachment, its ending kept."""
    stem, dot, ending = name.rpartition(".")
    return f"{tame(stem)}.{tame(ending, 10)}" if dot and stem else tame(name)


def without_doubles(parts: Iterable[Part]) -> list[Part]:
    """The files, a name that comes again told apart by a number."""
    taken: set[str] = set()
    found = []
    for part in parts:
        name, number = part.name, 2
        while name.casefold() in taken:
            stem, dot, ending = part.name.rpartition(".")
            name = f"{stem}（{number}）.{ending}" if dot else f"{part.name}（{number}）"
            number += 1
        taken.add(name.casefold())
        found.append(Part(name, part.content))
    return found


def listed(parts: Iterable[Part], head: Iterable[str] = ()) -> Part:
    """The list of all files with size and digest, as a text Windows' notepad opens."""
    lines = [*head, "", "SHA-256　字节数　文件", *(_line(part) for part in parts)]
    return Part(LIST, ("\ufeff" + "\r\n".join(lines) + "\r\n").encode())


def _line(part: Part) -> str:
    return f"{hashlib.sha256(part.content).hexdigest()}　{len(part.content)}　{part.name}"


def facts(values: Mapping[str, Any]) -> bytes:
    """Metadata for a machine, readable for people."""
    return (json.dumps(values, ensure_ascii=False, indent=2) + "\n").encode()


def lines(values: Mapping[str, Any]) -> bytes:
    """The same for people: one line for each fact."""
    told = [
        f"{name}：{value if not isinstance(value, list) else '、'.join(map(str, value))}"
        for name, value in values.items()
    ]
    return ("\ufeff" + "\r\n".join(told) + "\r\n").encode()


def packed(folder: str, parts: Iterable[Part], at: datetime) -> bytes:
    """A .zip of one folder; ``at`` is the wall-clock time its files bear."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for part in parts:
            entry = zipfile.ZipInfo(f"{folder}/{part.name}", at.timetuple()[:6])
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, part.content)
    return content.getvalue()
