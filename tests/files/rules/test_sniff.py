"""What an upload really is."""

import io
import zipfile

import pytest
from PIL import Image

from town_portal.files.rules import sniff as rules
from town_portal.files.rules.sniff import Sniffed, sniff, tame
from town_portal.foundation.errors import Refused

TYPES = "[Content_Types].xml"


def archive(*names: str, content: bytes = b"x") -> bytes:
    """A zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name in names:
            file.writestr(name, content)
    return out.getvalue()


def image(form: str) -> bytes:
    """A small image file."""
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, form)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (b"%PDF-1.7\n", ".pdf"),
        (archive(TYPES, "word/document.xml"), ".docx"),
        (archive(TYPES, "xl/workbook.xml"), ".xlsx"),
        (archive(TYPES, "ppt/presentation.xml"), ".pptx"),
        (image("JPEG"), ".jpg"),
        (image("PNG"), ".png"),
        (image("WEBP"), ".webp"),
        (image("GIF"), ".gif"),
        (image("BMP"), ".bmp"),
    ],
)
def test_the_content_decides_and_not_the_name(content: bytes, ending: str) -> None:
    found = sniff(content, "病毒.exe")
    assert found.ending == ending
    assert found.picture == (ending in rules.PICTURES.values())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "是空文件"),
        (b"x" * (rules.MOST_BYTES + 1), "超过 20 MB"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "旧格式"),
        (b"PK\x03\x04broken", "打不开"),
        (archive("a.txt"), "是压缩包"),
        (archive("word/document.xml"), "是压缩包"),
        (archive(TYPES, "word/document.xml", "xl/workbook.xml"), "是压缩包"),
        (archive(TYPES, "word/document.xml", "word/vbaProject.bin"), "带有宏"),
        (archive(TYPES, "word/document.xml", "../evil"), "内部结构不正常"),
        (archive(TYPES, "word/document.xml", "/evil"), "内部结构不正常"),
        (archive(*(f"{n}" for n in range(4001))), "内容太大"),
        (b"<html><script>alert(1)</script>", "这种文件不能传"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "这种文件不能传"),
        (b"MZ\x90\x00", "这种文件不能传"),
        ("只是文字".encode(), "这种文件不能传"),
    ],
)
def test_what_is_not_taken_is_refused_in_words_with_its_name(content: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words) as refusal:
        sniff(content, "附件一")
    assert "“附件一”" in refusal.value.reason


def test_an_archive_that_swells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "_MOST_UNPACKED", 1000)
    with pytest.raises(Refused, match="内容太大"):
        sniff(archive(TYPES, "word/document.xml", content=b"0" * 600), "a.docx")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_archive_with_one_name_twice_is_refused() -> None:
    with pytest.raises(Refused, match="内部结构不正常"):
        sniff(archive(TYPES, "word/document.xml", "word/document.xml"), "a.docx")


@pytest.mark.parametrize(
    ("name", "ending", "shown"),
    [
        ("名册.xls", ".xlsx", "名册.xlsx"),
        ("C:\\用户\\桌面\\名册.pdf", ".pdf", "名册.pdf"),
        ("../../etc/passwd", ".pdf", "passwd.pdf"),
        ("a\r\nSet-Cookie: x.pdf", ".pdf", "aSet-Cookie x.pdf"),
        ("甲\u202efdp.exe", ".pdf", "甲fdp.pdf"),
        ("  .pdf", ".pdf", "附件.pdf"),
        ('<>:"|?*', ".pdf", "附件.pdf"),
        ("村" * 200, ".pdf", "村" * 80 + ".pdf"),
        ("多  个　空白.pdf", ".pdf", "多 个 空白.pdf"),
    ],
)
def test_names_are_tamed(name: str, ending: str, shown: str) -> None:
    assert tame(name, ending) == shown


def test_sniffed_is_a_value() -> None:
    assert Sniffed(".pdf", "application/pdf") == Sniffed(".pdf", "application/pdf")


def test_a_locked_office_file_is_told_from_an_old_one() -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
    with pytest.raises(Refused, match="旧格式"):
        sniff(old, "表.xls")
    with pytest.raises(Refused, match="加了密码"):
        sniff(old + "EncryptedPackage".encode("utf-16-le"), "表.xlsx")


def test_two_kinds_in_one_file_are_refused() -> None:
    book = archive(TYPES, "xl/workbook.xml")
    for both in (b"%PDF-1.7\n" + book, archive("%PDF-1.7", TYPES, "xl/workbook.xml")):
        with pytest.raises(Refused, match="叠着两种文件"):
            sniff(both, "文件.pdf")
