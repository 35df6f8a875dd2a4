"""The press: prints a .docx as .pdf with the LibreOffice of this machine, where there is one.

Nothing of ours draws a second layout: the .pdf is the .docx. LibreOffice is a package of the
system (Debian: libreoffice-writer), not of Python, so a machine may be without it; then the portal
says so, and the page and the .docx are there all the same.
"""

import logging
import shutil
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path
from threading import Lock

from town_portal.foundation.errors import Refused

TYPE = "application/pdf"
SECONDS = 60.0
KEPT = 16
"""Printed papers that are kept: a press of seconds is not run twice for the same bytes."""

_one = Lock()
_log = logging.getLogger(__name__)

WITHOUT = (
    "这台服务器没有装 LibreOffice，不能直接生成 PDF。请下载 Word 文档，在 WPS 或 Word 里“另存为 PDF”；"
    "或者打开打印页，用浏览器“打印—另存为 PDF”。要在这里生成，请系统管理员安装 libreoffice-writer。"
)


def able() -> bool:
    """Can this machine make a .pdf?"""
    return _program() is not None


def _program() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


@lru_cache(maxsize=KEPT)
def pdf(content: bytes) -> bytes:
    """The .pdf of a .docx: the same pages. Refused, in words for the reader, where it cannot be made.

    One at a time, in a folder of its own with a profile of its own, and a minute at most.
    """
    program = _program()
    if program is None:
        raise Refused(WITHOUT)
    with _one, tempfile.TemporaryDirectory(prefix="press-") as name:
        folder = Path(name)
        (folder / "paper.docx").write_bytes(content)
        command = [
            program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
            "--convert-to", "pdf:writer_pdf_Export", "--outdir", name, str(folder / "paper.docx"),
        ]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)  # noqa: S603 - a command of ours, no shell
            return (folder / "paper.pdf").read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            _log.warning("a paper was not printed: %s", error)
            raise Refused("PDF 没有做成。请下载 Word 文档，在 WPS 或 Word 里“另存为 PDF”，并告诉系统管理员。") from None
