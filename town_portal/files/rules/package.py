"""An office file as a package of parts: opened within limits, read as bytes, as small trees or as a stream.

Names inside the trees are short: ``w_p``, ``a_blip``, ``r_id``, whichever edition of the format wrote them.
A stream tells local names only: ``p``, ``t``, ``val``.
"""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol
from xml.etree.ElementTree import Element, ParseError, TreeBuilder
from xml.parsers import expat

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from town_portal.files.rules.sniff import MEGABYTE
from town_portal.foundation.errors import Refused

MOST_UNPACKED = 200 * MEGABYTE
MOST_PARTS = 2_000
MOST_RATIO = 200
MOST_TREE = 12 * MEGABYTE
MOST_ELEMENTS = 120_000
MOST_DEPTH = 150
MOST_STREAMED = 800_000
"""Elements told by streams; two to four seconds' work."""
MOST_CHARACTERS = 2_000_000
_MOST_ATTRIBUTES = 400_000
_MOST_DIRECTORY = 10 * MOST_PARTS  # a table inside the file is itself such an archive, with a directory of its own
_CHUNK = 64 * 1024
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_MAIN = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
_PREFIXES = {
    "wordprocessingml/main": "w",
    "officeDocument/relationships": "r",
    "officeDocument/math": "m",
    "drawingml/main": "a",
    "drawingml/chart": "c",
    "drawingml/diagram": "dgm",
}
_SPACES = {
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "urn:schemas-microsoft-com:vml": "v",
}
_PROGRAMS = {".docx": "Word", ".xlsx": "Excel", ".pptx": "PowerPoint"}
_TOO_BIG = "里面的内容太大，请精简或分成几份再传。"
_parser: Callable[..., Any] = XMLParser


class TooMuch(Exception):
    """A tree or a stream passes a limit; a listener may raise it as well, to hear no more."""


class Listener(Protocol):
    """Hears a part's elements one by one, by their local names; an attribute that points elsewhere is ``r_id``."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens."""

    def end(self, name: str) -> None:
        """An element closes."""

    def data(self, words: str) -> None:
        """Some of the words between them."""


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a part points: to another part, or outside."""

    kind: str
    """The last word of its type: ``image``, ``hyperlink``, ``styles``."""
    target: str
    outside: bool


def _short(name: str) -> str:
    space, brace, local = name.rpartition("}")
    if not brace:
        return name
    space = space[1:]
    if space in _SPACES:
        return f"{_SPACES[space]}_{local}"
    for start in (_MAIN, _STRICT):
        if space.startswith(start):
            return f"{_PREFIXES.get(space.removeprefix(start).replace('/2006/', '/'), '?')}_{local}"
    return f"?_{local}"


class _Builder(TreeBuilder):
    """Builds a tree with short names and counts while it grows; passes ``TooMuch`` up at a limit."""

    def __init__(self, package: "Package") -> None:
        super().__init__()
        self._package = package
        self._depth = 0
        self._names: dict[str, str] = {}

    def _name(self, name: str) -> str:
        if name not in self._names:
            self._names[name] = _short(name)
        return self._names[name]

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        """Count and shorten."""
        self._depth += 1
        self._package.elements += 1
        if self._depth > MOST_DEPTH or self._package.elements > MOST_ELEMENTS:
            raise TooMuch
        return super().start(self._name(tag), {self._name(name): value for name, value in attrs.items()})

    def end(self, tag: str, /) -> Element:
        """Shorten."""
        self._depth -= 1
        return super().end(self._name(tag))

    def data(self, data: str, /) -> None:
        """Count."""
        self._package.characters += len(data)
        if self._package.characters > MOST_CHARACTERS:
            raise TooMuch
        super().data(data)


class Package:
    """The parts of one office file; opening refuses, in words, whatever is not safe to read.

    ``ending`` says which program the words tell people to open the file with.
    """

    def __init__(self, content: bytes, name: str, ending: str) -> None:
        self.name = name
        self.elements = 0
        self.characters = 0
        self._read = 0
        self._told = 0
        self._program, self._ending = _PROGRAMS[ending], ending
        if content.count(b"PK\x01\x02") > _MOST_DIRECTORY:
            raise Refused(f"“{name}”{_TOO_BIG}")
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, UnicodeDecodeError, NotImplementedError, ValueError, OSError):
            raise self._broken() from None
        entries = self._archive.infolist()
        self._check_entries(entries, len(content))
        self._parts = {entry.filename.lower(): entry for entry in entries if not entry.is_dir()}
        self._check_macros()

    @property
    def parts(self) -> list[str]:
        """The names of all parts, in lower case, in the order of the file."""
        return list(self._parts)

    def _strange(self) -> Refused:
        return Refused(
            f"“{self.name}”的内部结构不正常，请用 {self._program} 或 WPS 打开，另存为一份新的 {self._ending} 再传。"
        )

    def _broken(self) -> Refused:
        return Refused(f"“{self.name}”打不开，可能没有下载完整，请用 {self._program} 或 WPS 打开看看，重新保存后再传。")

    def _check_macros(self) -> None:
        macros = ("vbaproject.bin", "vbadata.xml")
        types = self.content("[Content_Types].xml", MOST_TREE) or b""
        sheets = any("/macrosheets/" in part for part in self._parts)  # Excel 4.0, older than VBA and alive still
        named = any(part.endswith(macros) for part in self._parts)
        if named or sheets or b"macroenabled" in types.replace(b"\0", b"").lower():
            raise Refused(
                f"“{self.name}”带有宏，不能传。请用 {self._program} 或 WPS 打开，另存为不带宏的 {self._ending} 再传。"
            )

    def _check_entries(self, entries: list[zipfile.ZipInfo], size: int) -> None:
        """By the directory alone, before a byte is unpacked."""
        names = [entry.filename.replace("\\", "/") for entry in entries]
        if any(part.startswith("/") or part[1:2] == ":" or ".." in part.split("/") for part in names):
            raise self._strange()
        if len({part.lower() for part in names}) != len(names) or sum(entry.compress_size for entry in entries) > size:
            raise self._strange()
        if any(entry.flag_bits & 1 for entry in entries):
            raise Refused(
                f"“{self.name}”加了密码，打不开。"
                f"请用 {self._program} 或 WPS 打开，取消密码后另存为 {self._ending} 再传。"
            )
        if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
            raise self._strange()
        if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            raise Refused(f"“{self.name}”{_TOO_BIG}")
        if any(entry.file_size > max(MEGABYTE, MOST_RATIO * entry.compress_size) for entry in entries):
            raise self._strange()

    def too_much(self) -> Refused:
        """The refusal of a text that is too long, or too deeply nested, to be read safely."""
        return Refused(f"“{self.name}”太长或结构太复杂，请分成几份，或把正文复制到新文件里再传。")

    def size(self, part: str) -> int | None:
        """How many bytes a part says it has; None if there is no such part."""
        entry = self._parts.get(part.lower())
        return entry.file_size if entry else None

    def content(self, part: str, most: int) -> bytes | None:
        """The bytes of a part, or None; refuses what is broken, or larger than ``most``."""
        entry = self._parts.get(part.lower())
        if entry is None:
            return None
        out = bytearray()
        try:
            with self._archive.open(entry) as file:
                while chunk := file.read(_CHUNK):
                    out += chunk
                    self._read += len(chunk)
                    if len(out) > most or self._read > MOST_UNPACKED:
                        raise Refused(f"“{self.name}”{_TOO_BIG}")
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
            raise self._broken() from None
        return bytes(out)

    def tree(self, part: str) -> Element | None:
        """A part read as XML, or None if there is no such part; refuses entities, depth and size."""
        content = self.content(part, MOST_TREE)
        if content is None:
            return None
        try:
            if content.startswith(_UTF_16):
                content = content.decode("utf-16").encode()
            if content.count(b"=") > _MOST_ATTRIBUTES:
                raise TooMuch
            parser = _parser(target=_Builder(self), encoding="utf-8", forbid_dtd=True)
            for start in range(0, len(content), _CHUNK):
                parser.feed(content[start : start + _CHUNK])
            root = parser.close()
        except TooMuch:
            raise self.too_much() from None
        except (ParseError, DefusedXmlException, UnicodeError, ValueError):
            raise self._strange() from None
        return root if isinstance(root, Element) else None

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part points to, by id; a target that leaves the file is not followed."""
        folder, leaf = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", f"{leaf}.rels"))
        found = {}
        for entry in () if root is None else root.iter("rel_Relationship"):
            kind = entry.get("Type", "").rsplit("/", 1)[-1]
            outside = entry.get("TargetMode") == "External"
            target = entry.get("Target", "")
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[entry.get("Id", "")] = Relation(kind, target, outside)
        return found

    def main_part(self) -> str | None:
        """The part the file is about: its text, its sheets, its slides. None if it names none that is there."""
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and relation.target.lower() in self._parts:
                return relation.target
        return None

    def stream(self, part: str, listener: Listener) -> bool:
        """Tell a listener the elements of a part one by one; nothing is kept of them.

        False when a limit ended it before the part did. A part that is not there has nothing to tell.
        """
        entry = self._parts.get(part.lower())
        if entry is None:
            return True
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        teller = _Teller(self, listener)
        parser.StartElementHandler, parser.EndElementHandler = teller.start, teller.end
        parser.CharacterDataHandler = listener.data
        parser.StartDoctypeDeclHandler = _no_doctype
        try:
            with self._archive.open(entry) as file:
                while chunk := file.read(_CHUNK):
                    self._read += len(chunk)
                    if self._read > MOST_UNPACKED:
                        return False
                    parser.Parse(chunk)
                parser.Parse(b"", True)
        except TooMuch:
            return False
        except (expat.ExpatError, DefusedXmlException, UnicodeError, ValueError):
            raise self._strange() from None
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
            raise self._broken() from None
        return True

    def count(self) -> None:
        """One element more was told; ``TooMuch`` at the limit of the file."""
        self._told += 1
        if self._told > MOST_STREAMED:
            raise TooMuch


class _Teller:
    """Passes elements on by their local names, and counts them."""

    def __init__(self, package: Package, listener: Listener) -> None:
        self._package = package
        self._listener = listener
        self._depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._package.count()
        if self._depth > MOST_DEPTH:
            raise TooMuch
        self._listener.start(name.rpartition("}")[2], {_bare(key): value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        self._depth -= 1
        self._listener.end(name.rpartition("}")[2])


def _bare(attribute: str) -> str:
    """The local name; ``r_id`` for one that points to another part, which often stands beside an ``id``."""
    space, _, local = attribute.rpartition("}")
    return f"r_{local}" if "officeDocument" in space and space.endswith("relationships") else local


def _no_doctype(*_declared: Any) -> None:
    raise DefusedXmlException
