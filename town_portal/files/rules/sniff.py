"""What an upload really is, by its content, and whether we take it."""

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass

import puremagic

from town_portal.foundation.errors import Refused

MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE
_MOST_ENTRIES = 4_000
_MOST_UNPACKED = 300 * MEGABYTE
_OFFICE = {
    "word/document.xml": (".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xl/workbook.xml": (".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "ppt/presentation.xml": (".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
}
PICTURES = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "image/gif": ".gif", "image/bmp": ".bmp"}
_OTHER_NAMES = {"image/x-ms-bmp": "image/bmp"}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PDF_HEAD = 1024
"""Readers of PDF look for the beginning of one in so many bytes."""


@dataclass(frozen=True, slots=True)
class Sniffed:
    """The right ending and media type of some bytes."""

    ending: str
    media_type: str

    @property
    def picture(self) -> bool:
        """To be re-encoded before anybody sees it."""
        return self.media_type in PICTURES


def sniff(content: bytes, name: str) -> Sniffed:
    """What the bytes are; Refused, in words a clerk understands, for what we do not take.

    The name serves the words only; it never decides.
    """
    if not content:
        raise Refused(f"“{name}”是空文件，请检查后重新选择。")
    if len(content) > MOST_BYTES:
        raise Refused(f"“{name}”超过 20 MB，请压缩或拆开再传。")
    _check_one_kind(content, name)
    if content.startswith(b"%PDF-"):
        return Sniffed(".pdf", "application/pdf")
    if content.startswith(_OLD_OFFICE):
        if _ENCRYPTED in content:
            raise Refused(f"“{name}”加了密码，打不开。请用 Word、Excel 或 WPS 打开，取消密码后另存一份再传。")
        raise Refused(f"“{name}”是旧格式，请用 Word 或 WPS 打开，另存为 .docx（表格存为 .xlsx）再传。")
    if content.startswith(b"PK\x03\x04"):
        return _sniff_office(content, name)
    try:
        found = puremagic.from_string(content, mime=True)
        found = _OTHER_NAMES.get(found, found)
    except (puremagic.PureError, ValueError):
        found = ""
    if found in PICTURES:
        return Sniffed(PICTURES[found], found)
    raise Refused(
        f"“{name}”这种文件不能传。可以传照片（JPG、PNG）、PDF、Word（.docx）、表格（.xlsx）、幻灯片（.pptx）。"
    )


def _check_one_kind(content: bytes, name: str) -> None:
    """Refuse what is a PDF to one program and an archive to another: each would show something else."""
    starts_as_pdf = content.startswith(b"%PDF-")
    if (starts_as_pdf and zipfile.is_zipfile(io.BytesIO(content))) or (
        content.startswith(b"PK\x03\x04") and b"%PDF-" in content[:_PDF_HEAD]
    ):
        raise Refused(f"“{name}”里叠着两种文件，不能传。请打开后另存，或“打印成 PDF”重新做一份再传。")


def _sniff_office(content: bytes, name: str) -> Sniffed:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, UnicodeDecodeError, NotImplementedError, ValueError):
        raise Refused(f"“{name}”打不开，可能没有下载完整，请重新保存后再传。") from None
    names = [entry.filename for entry in entries]
    if len(entries) > _MOST_ENTRIES or sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
        raise Refused(f"“{name}”里面的内容太大，请精简后再传。")
    if len(set(names)) != len(names) or any(part.startswith(("/", "\\")) or ".." in part for part in names):
        raise Refused(f"“{name}”的内部结构不正常，请用 Word 或 WPS 另存一份再传。")
    if any(part.lower().endswith("vbaproject.bin") for part in names):
        raise Refused(f"“{name}”带有宏，不能传。请另存为不带宏的格式。")
    kinds = [kind for part, kind in _OFFICE.items() if part in names]
    if len(kinds) != 1 or "[Content_Types].xml" not in names:
        raise Refused(f"“{name}”是压缩包或不认识的格式，不能传。请把里面的文件一个一个传。")
    return Sniffed(*kinds[0])


def tame(name: str, ending: str) -> str:
    """A shown name without paths, control or direction characters, with the ending the content has."""
    plain = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(char for char in plain if unicodedata.category(char)[0] != "C" and char not in '<>:"|?*')
    stem = re.sub(r"\s+", " ", kept.rsplit(".", 1)[0]).strip(" .") or "附件"
    return f"{stem[:80]}{ending}"
