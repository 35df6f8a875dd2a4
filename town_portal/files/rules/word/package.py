"""A Word file as a package of parts: opened within limits, read as bytes or as small trees.

Names inside the trees are short: ``w_p``, ``a_blip``, ``r_id``, whichever edition of the format wrote them.
"""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from town_portal.files.rules.sniff import MEGABYTE, MOST_BYTES
from town_portal.foundation.errors import Refused

MOST_UNPACKED = 200 * MEGABYTE
MOST_PARTS = 2_000
MOST_RATIO = 200
MOST_TREE = 12 * MEGABYTE
MOST_ELEMENTS = 120_000
MOST_DEPTH = 150
MOST_CHARACTERS = 2_000_000
_MOST_ATTRIBUTES = 400_000
_MOST_DIRECTORY = 10 * MOST_PARTS  # a table inside the file is itself such an archive, with a directory of its own
_CHUNK = 64 * 1024
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHER_OFFICE = {"xl/workbook.xml": "表格", "ppt/presentation.xml": "幻灯片"}
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
_STRANGE = "的内部结构不正常，请用 Word 或 WPS 打开，另存为一份新的 .docx 再传。"
_BROKEN = "打不开，可能没有下载完整，请用 Word 或 WPS 打开看看，重新保存后再传。"
_TOO_BIG = "里面的内容太大，请精简或分成几份再传。"
_parser: Callable[..., Any] = XMLParser


class _TooMuch(Exception):
    """A tree passes a limit."""


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
    """Builds a tree with short names and counts while it grows; passes ``_TooMuch`` up at a limit."""

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
            raise _TooMuch
        return super().start(self._name(tag), {self._name(name): value for name, value in attrs.items()})

    def end(self, tag: str, /) -> Element:
        """Shorten."""
        self._depth -= 1
        return super().end(self._name(tag))

    def data(self, data: str, /) -> None:
        """Count."""
        self._package.characters += len(data)
        if self._package.characters > MOST_CHARACTERS:
            raise _TooMuch
        super().data(data)


class Package:
    """The parts of one Word file. Opening refuses, in words, whatever is no Word file or not safe to read."""

    def __init__(self, content: bytes, name: str) -> None:
        self.name = name
        self.elements = 0
        self.characters = 0
        self._read = 0
        _check_kind(content, name)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, UnicodeDecodeError, NotImplementedError, ValueError, OSError):
            raise Refused(f"“{name}”{_BROKEN}") from None
        entries = self._archive.infolist()
        _check_entries(entries, len(content), name)
        self._parts = {entry.filename.lower(): entry for entry in entries if not entry.is_dir()}
        self._check_is_word()

    def _check_is_word(self) -> None:
        for part, kind in _OTHER_OFFICE.items():
            if part in self._parts:
                raise Refused(f"“{self.name}”是{kind}，不是 Word 文件。请选 .docx，{kind}可以作为附件上传。")
        if "[content_types].xml" not in self._parts:
            raise Refused(f"“{self.name}”不是 Word 文件，请用 Word 或 WPS 打开，另存为 .docx 再传。")
        macros = ("vbaproject.bin", "vbadata.xml")
        types = self.content("[Content_Types].xml", MOST_TREE) or b""
        if any(part.endswith(macros) for part in self._parts) or b"macroenabled" in types.replace(b"\0", b"").lower():
            raise Refused(f"“{self.name}”带有宏，不能导入。请用 Word 或 WPS 打开，另存为不带宏的 .docx 再传。")

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
            raise Refused(f"“{self.name}”{_BROKEN}") from None
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
                raise _TooMuch
            parser = _parser(target=_Builder(self), encoding="utf-8", forbid_dtd=True)
            for start in range(0, len(content), _CHUNK):
                parser.feed(content[start : start + _CHUNK])
            root = parser.close()
        except _TooMuch:
            raise self.too_much() from None
        except (ParseError, DefusedXmlException, UnicodeError, ValueError):
            raise Refused(f"“{self.name}”{_STRANGE}") from None
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

    def main_part(self) -> str:
        """The part that holds the text; refused if there is none."""
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and relation.target.lower() in self._parts:
                return relation.target
        if "word/document.xml" in self._parts:
            return "word/document.xml"
        raise Refused(f"“{self.name}”不是 Word 文件，请用 Word 或 WPS 打开，另存为 .docx 再传。")


def _check_kind(content: bytes, name: str) -> None:
    """By the first bytes: refused, each with its own way out."""
    if not content:
        raise Refused(f"“{name}”是空文件，请检查后重新选择。")
    if len(content) > MOST_BYTES:
        raise Refused(f"“{name}”超过 20 MB，请在 Word 或 WPS 里压缩图片，或把照片另外上传。")
    if content.startswith(_OLD):
        if _ENCRYPTED in content:
            raise Refused(f"“{name}”加了密码，打不开。请用 Word 或 WPS 打开，取消密码后另存为 .docx 再传。")
        raise Refused(f"“{name}”是旧格式（.doc 或 .wps）。请用 Word 或 WPS 打开，另存为 .docx 再传。")
    if content.startswith(b"%PDF-"):
        raise Refused(
            f"“{name}”是 PDF，不能当正文导入。请找到原来的 Word 文件；没有的话，用 WPS 转成 .docx 再传，或作为附件上传。"
        )
    if content.lstrip().startswith(b"{\\rtf"):
        raise Refused(f"“{name}”是 RTF 格式。请用 Word 或 WPS 打开，另存为 .docx 再传。")
    if not content.startswith(b"PK\x03\x04"):
        raise Refused(f"“{name}”不是 Word 文件。请用 Word 或 WPS 打开，另存为 .docx 再传。")
    if content.count(b"PK\x01\x02") > _MOST_DIRECTORY:
        raise Refused(f"“{name}”{_TOO_BIG}")


def _check_entries(entries: list[zipfile.ZipInfo], size: int, name: str) -> None:
    """By the directory alone, before a byte is unpacked."""
    names = [entry.filename.replace("\\", "/") for entry in entries]
    if any(part.startswith("/") or part[1:2] == ":" or ".." in part.split("/") for part in names):
        raise Refused(f"“{name}”{_STRANGE}")
    if len({part.lower() for part in names}) != len(names) or sum(entry.compress_size for entry in entries) > size:
        raise Refused(f"“{name}”{_STRANGE}")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused(f"“{name}”加了密码，打不开。请用 Word 或 WPS 打开，取消密码后另存为 .docx 再传。")
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise Refused(f"“{name}”{_STRANGE}")
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Refused(f"“{name}”{_TOO_BIG}")
    if any(entry.file_size > max(MEGABYTE, MOST_RATIO * entry.compress_size) for entry in entries):
        raise Refused(f"“{name}”{_STRANGE}")
