"""Attachments built in code: tables, slides and PDF with things in them that nobody sees on opening."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from tests.files.rules.word_samples import OFFICE

ID_NUMBER = "441821199001011239"
"""An invented number with a right check digit."""
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
Change = Callable[[openpyxl.Workbook], object]


def workbook(*rows: list[Any], change: Change | None = None) -> bytes:
    """An .xlsx whose first sheet 名单 has these rows; ``change`` does more to it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "名单"
    for row in rows:
        sheet.append(row)
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def excel(*rows: list[Any]) -> bytes:
    """An .xlsx as Excel writes it: words stand once, in a part of their own."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("名单")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def draft_sheet(state: str = "hidden", *rows: list[Any]) -> Change:
    """A second sheet 底稿 that is not shown."""

    def add(book: openpyxl.Workbook) -> None:
        sheet = book.create_sheet("底稿")
        for row in rows or (["张三", ID_NUMBER],):
            sheet.append(row)
        sheet.sheet_state = state

    return add


def commented(book: openpyxl.Workbook) -> None:
    """A comment on B2."""
    book["名单"]["B2"].comment = Comment("此人电话13812345678，先不要公开", "王某")


def rezipped(content: bytes, parts: dict[str, str | bytes]) -> bytes:
    """A zip file with parts added or replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, words in parts.items():
            new.writestr(name, words)
    return out.getvalue()


def relations(*lines: tuple[str, str, str]) -> str:
    """A relations part of (id, kind, target)."""
    inside = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
        for key, kind, target in lines
    )
    return f'<Relationships xmlns="{RELATIONS}">{inside}</Relationships>'


def _drawn(lines: list[str]) -> str:
    return "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in lines)


_SPACES = (
    f'xmlns:p="{OFFICE}/presentationml/2006/main" xmlns:a="{OFFICE}/drawingml/2006/main" '
    f'xmlns:r="{OFFICE}/officeDocument/2006/relationships"'
)


def slides(*pages: list[str], hidden: int = 0, notes: str = "", comment: str = "") -> bytes:
    """A .pptx of such slides; the number ``hidden`` is not shown, the first one has notes and a comment."""
    parts: dict[str, str] = {
        "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
        "_rels/.rels": relations(("rId1", "officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": f"<p:presentation {_SPACES}><p:sldIdLst>"
        + "".join(f'<p:sldId id="{255 + number}" r:id="rId{number}"/>' for number in range(1, len(pages) + 1))
        + "</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": relations(
            *((f"rId{number}", "slide", f"slides/slide{number}.xml") for number in range(1, len(pages) + 1)),
            ("rIdA", "commentAuthors", "commentAuthors.xml"),
        ),
        "ppt/commentAuthors.xml": f'<p:cmAuthorLst {_SPACES}><p:cmAuthor id="0" name="王某"/></p:cmAuthorLst>',
    }
    for number, lines in enumerate(pages, 1):
        show = ' show="0"' if number == hidden else ""
        parts[f"ppt/slides/slide{number}.xml"] = f"<p:sld {_SPACES}{show}>{_drawn(lines)}</p:sld>"
    beside = []
    if notes:
        beside.append(("rId1", "notesSlide", "../notesSlides/notesSlide1.xml"))
        parts["ppt/notesSlides/notesSlide1.xml"] = f"<p:notes {_SPACES}>{_drawn([notes, '1'])}</p:notes>"
    if comment:
        beside.append(("rId2", "comments", "../comments/comment1.xml"))
        parts["ppt/comments/comment1.xml"] = (
            f'<p:cmLst {_SPACES}><p:cm authorId="0"><p:text>{comment}</p:text></p:cm></p:cmLst>'
        )
    parts["ppt/slides/_rels/slide1.xml.rels"] = relations(*beside)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, words in parts.items():
            file.writestr(name, words)
    return out.getvalue()


def _stream(words: bytes, **entries: Any) -> DecodedStreamObject:
    stream = DecodedStreamObject()
    stream.set_data(words)
    stream.update({NameObject(f"/{name}"): value for name, value in entries.items()})
    return stream


def _font(writer: PdfWriter, signs: set[str]) -> Any:
    """A font that draws nothing and says what its codes mean: UTF-16."""
    lines = "\n".join(f"<{ord(sign):04x}> <{ord(sign):04x}>" for sign in sorted(signs))
    means = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <0000> <ffff> "
        f"endcodespacerange {len(signs)} beginbfchar\n{lines}\nendbfchar endcmap end end"
    )
    inside = DictionaryObject({
        NameObject("/Type"): NameObject("/Font"),
        NameObject("/Subtype"): NameObject("/CIDFontType2"),
        NameObject("/BaseFont"): NameObject("/FangSong"),
        NameObject("/DW"): NumberObject(1000),
    })  # fmt: skip
    return writer._add_object(DictionaryObject({
        NameObject("/Type"): NameObject("/Font"),
        NameObject("/Subtype"): NameObject("/Type0"),
        NameObject("/BaseFont"): NameObject("/FangSong"),
        NameObject("/Encoding"): NameObject("/Identity-H"),
        NameObject("/DescendantFonts"): ArrayObject([writer._add_object(inside)]),
        NameObject("/ToUnicode"): writer._add_object(_stream(means.encode())),
    }))  # fmt: skip


def pdf(*pages: str, picture: bytes = b"", change: Callable[[PdfWriter], object] | None = None) -> bytes:
    """A PDF with a page for each text; ``picture`` stands on every page; ``change`` does more to it."""
    writer = PdfWriter()
    font = _font(writer, set("".join(pages)) - {"\n"}) if any(pages) else None
    for words in pages:
        page = writer.add_blank_page(595, 842)
        lines = [f"<{line.encode('utf-16-be').hex()}> Tj 0 -20 Td" for line in words.split("\n") if line]
        order = "BT /F1 12 Tf 50 800 Td " + "\n".join(lines) + " ET" if lines else ""
        order += " q 100 0 0 100 0 0 cm /I1 Do Q" if picture else ""
        page[NameObject("/Contents")] = writer._add_object(_stream(order.encode()))
        resources = DictionaryObject()
        if font is not None:
            resources[NameObject("/Font")] = DictionaryObject({NameObject("/F1"): font})
        if picture:
            image = _stream(
                picture,
                Type=NameObject("/XObject"),
                Subtype=NameObject("/Image"),
                Filter=NameObject("/DCTDecode"),
                Width=NumberObject(8),
                Height=NumberObject(8),
                ColorSpace=NameObject("/DeviceRGB"),
                BitsPerComponent=NumberObject(8),
            )
            resources[NameObject("/XObject")] = DictionaryObject({NameObject("/I1"): writer._add_object(image)})
        page[NameObject("/Resources")] = resources
    if change:
        change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def noted(writer: PdfWriter) -> None:
    """A comment on the first page."""
    note = DictionaryObject({
        NameObject("/Type"): NameObject("/Annot"),
        NameObject("/Subtype"): NameObject("/Text"),
        NameObject("/Rect"): ArrayObject([FloatObject(0)] * 4),
        NameObject("/T"): TextStringObject("王某"),
        NameObject("/Contents"): TextStringObject("这里的数先别公开"),
    })  # fmt: skip
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(note)])


def photo(*, place: bool = True) -> bytes:
    """A JPEG as a phone takes it: with where it was taken, and whose phone it is."""
    exif = Image.Exif()
    exif[0x013B] = "李月娥"
    if place:
        exif.get_ifd(0x8825).update({1: "N", 2: (23.0, 45.0, 12.0), 3: "E", 4: (113.0, 33.0, 2.0)})
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(out, "JPEG", exif=exif)
    return out.getvalue()
