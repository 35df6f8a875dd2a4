"""Files built to harm whoever opens them, by what they try."""

import io
import struct
import zipfile
import zlib

from tests.files.rules import attachment_samples as a
from tests.files.rules.attachment_samples import pdf, workbook
from tests.files.rules.word_samples import OFFICE

_MAIN = f'xmlns="{OFFICE}/spreadsheetml/2006/main"'
_SHEET = "xl/worksheets/sheet1.xml"


def _sheet(inside: str) -> bytes:
    return a.rezipped(workbook(["村"]), {_SHEET: f"<worksheet {_MAIN}><sheetData>{inside}</sheetData></worksheet>"})


def _stored(content: bytes, part: str, words: str) -> bytes:
    """A zip file with one part that is not packed: no ratio gives it away."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, words, zipfile.ZIP_STORED)
    return out.getvalue()


def entities() -> bytes:
    """A billion laughs."""
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return a.rezipped(
        workbook(["村"]), {_SHEET: f'<!DOCTYPE a [<!ENTITY e0 "x">{lines}]><worksheet {_MAIN}>&e9;</worksheet>'}
    )


def zip_bomb() -> bytes:
    """190 MB of nothing in a sheet."""
    return a.rezipped(workbook(["村"]), {_SHEET: b" " * 190_000_000})


def lying_zip() -> bytes:
    """A part that says it is small and is not."""
    words = _sheet("<row/>" * 3_000_000)
    with zipfile.ZipFile(io.BytesIO(words)) as file:
        size = file.getinfo(_SHEET).file_size
    return words.replace(struct.pack("<L", size), struct.pack("<L", 1000))


def endless_rows() -> bytes:
    """Three million empty rows, not packed."""
    return _stored(
        workbook(["村"]), _SHEET, f"<worksheet {_MAIN}><sheetData>{'<row/>' * 3_000_000}</sheetData></worksheet>"
    )


def deep() -> bytes:
    """A tree 200,000 elements deep."""
    return _stored(workbook(["村"]), _SHEET, f"<worksheet {_MAIN}>{'<a>' * 200_000}{'</a>' * 200_000}</worksheet>")


def attributes() -> bytes:
    """After a sheet like any other, an element with 1.7 million attributes."""
    many = " ".join(f'a{number}=""' for number in range(1_700_000))
    book = workbook(["洛洞村"], change=a.draft_sheet())
    return _stored(book, _SHEET.replace("1", "2"), f"<worksheet {_MAIN} {many}/>")


def one_long_word() -> bytes:
    """A single cell of 19 million signs."""
    cell = f'<row><c t="str"><v>{"9" * 19_000_000}</v></c></row>'
    return _stored(workbook(["村"]), _SHEET, f"<worksheet {_MAIN}><sheetData>{cell}</sheetData></worksheet>")


def many_parts() -> bytes:
    """A package of 3,900 parts."""
    return a.rezipped(workbook(["村"]), {f"xl/worksheets/s{number}.xml": "<a/>" for number in range(3_900)})


def _raw_pdf(*objects: bytes) -> bytes:
    """A PDF of such objects, the first being its catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, words in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, words)
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer <</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, at)
    return bytes(out)


def _stream(words: bytes, packed: bytes | None = None) -> bytes:
    body = packed if packed is not None else zlib.compress(words, 9)
    return b"<</Length %d /Filter /FlateDecode>>\nstream\n%s\nendstream" % (len(body), body)


def _one_page(contents: bytes) -> bytes:
    return _raw_pdf(
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <<>>>>",
        contents,
    )


def pdf_bomb() -> bytes:
    """A page whose words unpack to two gigabytes."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 10_000_000) for _ in range(200)) + packer.flush()
    return _one_page(_stream(b"", packed))


def pdf_loop() -> bytes:
    """Pages that are their own children."""
    return _raw_pdf(b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Kids [2 0 R 2 0 R] /Count 9>>")


def pdf_depth() -> bytes:
    """An object of brackets."""
    return _one_page(b"[" * 2_000_000)


def pdf_words() -> bytes:
    """A page of five million drawing orders."""
    return _one_page(_stream(b"BT (a) Tj ET\n" * 5_000_000))


def pdf_crowd() -> bytes:
    """Two hundred thousand pages."""
    kids = b" ".join(b"3 0 R" for _ in range(200_000))
    return _raw_pdf(
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [%s] /Count 200000>>" % kids,
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources <<>>>>",
    )


def pdf_and_zip() -> bytes:
    """A PDF to one program, an archive to another."""
    return pdf("公示") + workbook(["村"])


def zip_and_pdf() -> bytes:
    """An archive to one program, a PDF to another."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a.txt", pdf("公示"), zipfile.ZIP_STORED)
        with zipfile.ZipFile(io.BytesIO(workbook(["村"]))) as book:
            for name in book.namelist():
                file.writestr(name, book.read(name))
    return out.getvalue()


def huge_picture() -> bytes:
    """A PNG of 60,000 × 60,000 dots."""
    head = struct.pack(">LLBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1_000_000)), (b"IEND", b"")]
    told = b"".join(
        struct.pack(">L", len(words)) + kind + words + struct.pack(">L", zlib.crc32(kind + words))
        for kind, words in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + told


HOSTILE = (
    entities, zip_bomb, lying_zip, endless_rows, deep, attributes, one_long_word, many_parts,
    pdf_bomb, pdf_loop, pdf_depth, pdf_words, pdf_crowd, pdf_and_zip, zip_and_pdf, huge_picture,
)  # fmt: skip
