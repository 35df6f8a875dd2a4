"""A package that is a Word file: what it must be, said in a clerk's words."""

from town_portal.files.rules.package import Package
from town_portal.files.rules.sniff import MOST_BYTES
from town_portal.foundation.errors import Refused

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHER_OFFICE = {"xl/workbook.xml": "表格", "ppt/presentation.xml": "幻灯片"}


class WordPackage(Package):
    """The parts of one Word file. Opening refuses, in words, whatever is no Word file or not safe to read."""

    def __init__(self, content: bytes, name: str) -> None:
        _check_kind(content, name)
        super().__init__(content, name, ".docx")
        for part, kind in _OTHER_OFFICE.items():
            if self.size(part) is not None:
                raise Refused(f"“{name}”是{kind}，不是 Word 文件。请选 .docx，{kind}可以作为附件上传。")
        if self.size("[Content_Types].xml") is None:
            raise Refused(f"“{name}”不是 Word 文件，请用 Word 或 WPS 打开，另存为 .docx 再传。")

    def text_part(self) -> str:
        """The part that holds the text; refused if there is none."""
        part = self.main_part() or "word/document.xml"
        if self.size(part) is None:
            raise Refused(f"“{self.name}”不是 Word 文件，请用 Word 或 WPS 打开，另存为 .docx 再传。")
        return part


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
