"""Word files built in code: XML words in a zip, as Word and WPS write them."""

import io
import zipfile
from functools import cache
from html import escape

from PIL import Image

TYPES = "[Content_Types].xml"
MAIN = "word/document.xml"
OFFICE = "http://schemas.openxmlformats.org"
SPACES = (
    f'xmlns:w="{OFFICE}/wordprocessingml/2006/main" xmlns:r="{OFFICE}/officeDocument/2006/relationships" '
    f'xmlns:m="{OFFICE}/officeDocument/2006/math" xmlns:a="{OFFICE}/drawingml/2006/main" '
    f'xmlns:c="{OFFICE}/drawingml/2006/chart" xmlns:dgm="{OFFICE}/drawingml/2006/diagram" '
    f'xmlns:pic="{OFFICE}/drawingml/2006/picture" '
    f'xmlns:wp="{OFFICE}/drawingml/2006/wordprocessingDrawing" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:wpsCustomData="http://www.wps.cn/officeDocument/2013/wpsCustomData"'
)
PACKAGE_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


@cache
def image(form: str = "PNG", side: int = 4) -> bytes:
    """A small picture file."""
    out = io.BytesIO()
    Image.new("RGB", (side, side), (200, 30, side % 256)).save(out, form)
    return out.getvalue()


@cache
def photo(number: int, kilobytes: int) -> bytes:
    """A noisy JPEG of about that size, different for each number."""
    out = io.BytesIO()
    side = int((kilobytes * 1024) ** 0.5)
    Image.effect_noise((side, side), 40 + number).save(out, "JPEG", quality=90)
    return out.getvalue()


# -- runs


def t(text: str, look: str = "") -> str:
    """A run; ``look`` is the inside of its ``w:rPr``."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>'


def bold(text: str) -> str:
    """A bold run."""
    return t(text, "<w:b/>")


def font(text: str, name: str) -> str:
    """A run in a typeface."""
    return t(text, f'<w:rFonts w:hint="eastAsia" w:eastAsia="{name}"/>')


def deleted(text: str, who: str = "李四") -> str:
    """A tracked deletion."""
    return f'<w:del w:id="1" w:author="{who}"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def inserted(text: str, who: str = "李四") -> str:
    """A tracked insertion."""
    return f'<w:ins w:id="2" w:author="{who}">{t(text)}</w:ins>'


def field(code: str, result: str) -> str:
    """A field with its code and its result."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{escape(code)}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def picture(id: str = "rId10", *, way: str = "r:embed", inside: str = "") -> str:
    """An inline picture."""
    return (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="图片 1" descr="IMG_0001"/><a:graphic><a:graphicData>'
        f'<pic:pic><pic:blipFill><a:blip {way}="{id}"/>{inside}</pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def text_box(content: str) -> str:
    """A text box as Word writes it: the same words twice, for new and for old programs."""
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData>'
        f"<wps:wsp><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp>"
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"<w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


# -- paragraphs and tables


def p(*runs: str, style: str = "", align: str = "", more: str = "") -> str:
    """A paragraph; a run without markup is plain text; ``more`` is more of its ``w:pPr``."""
    inside = "".join(run if run.startswith("<") else t(run) for run in runs)
    properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + more
    properties += f'<w:jc w:val="{align}"/>' if align else ""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def item(text: str, number: int, level: int = 0, look: str = "") -> str:
    """A paragraph of a list."""
    return p(t(text, look), more=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def cell(content: str, shape: str = "") -> str:
    """A cell; words without markup become its paragraph."""
    inside = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{shape}</w:tcPr>{inside}</w:tc>"


def row(*cells: str, shape: str = "") -> str:
    """A row of cells, or of words."""
    inside = "".join(each if each.startswith("<w:tc>") else cell(each) for each in cells)
    return f"<w:tr>{f'<w:trPr>{shape}</w:trPr>' if shape else ''}{inside}</w:tr>"


def table(*rows: str) -> str:
    """A table."""
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


# -- the other parts


def style(id: str, name: str, inside: str = "", kind: str = "paragraph", more: str = "") -> str:
    """A named style."""
    return f'<w:style w:type="{kind}" w:styleId="{id}" {more}><w:name w:val="{name}"/>{inside}</w:style>'


STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="32"/></w:rPr></w:rPrDefault></w:docDefaults>'
    + style("a", "Normal", more='w:default="1"')
    + style("1", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr>')
    + style("2", "heading 2")
    + style("3", "heading 3")
    + style("4", "heading 4")
    + style("biaoti", "标题 2")
    + style("own", "镇政府小标题", '<w:basedOn w:val="2"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr>')
    + style("title", "Title")
    + style("caption", "caption")
    + style("toc1", "toc 1")
    + style("tochead", "TOC Heading")
    + style("secret", "藏", "<w:rPr><w:vanish/></w:rPr>", "character")
    + style("link", "Hyperlink", "<w:rPr><w:u w:val='single'/></w:rPr>", "character")
    + style("loop", "圈", '<w:basedOn w:val="loop2"/>')
    + style("loop2", "圈二", '<w:basedOn w:val="loop"/><w:rPr><w:b/></w:rPr>')
)


def level(place: int, form: str, text: str, start: int = 1, more: str = "") -> str:
    """One level of a list."""
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*families: str, more: str = "") -> str:
    """A numbering part: list 1 uses the first family, list 2 the second …; ``more`` are further lists."""
    return "".join(
        f'<w:abstractNum w:abstractNumId="{place}">{levels}</w:abstractNum>'
        for place, levels in enumerate(families, 1)
    ) + "".join(
        f'<w:num w:numId="{place}"><w:abstractNumId w:val="{place}"/></w:num>' for place in range(1, len(families) + 1)
    ) + more  # fmt: skip


def relation(id: str, kind: str, target: str, *, outside: bool = False) -> str:
    """A line of the relations of the document."""
    mode = ' TargetMode="External"' if outside else ""
    return (
        f'<Relationship Id="{id}" Type="{OFFICE}/officeDocument/2006/relationships/{kind}" '
        f'Target="{escape(target)}"{mode}/>'
    )


def archive(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Parts as a zip file; pictures, and bodies too large to be true, are not packed small."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, content in parts.items():
            stored = name.startswith("word/media/") or (name == MAIN and len(content) > 400_000)
            file.writestr(name, content, zipfile.ZIP_STORED if stored else None)
    return out.getvalue()


def parts(
    body: str, pictures: dict[str, bytes] | None = None, relations: str = "", **others: str
) -> dict[str, str | bytes]:
    """The parts of a document; ``others`` are parts by kind: numbering, comments, footnotes, header …

    Pictures are given by their file names and get the ids rId10, rId11 ….
    """
    whole = {"styles": STYLES, **others}
    lines = relations
    out: dict[str, str | bytes] = {TYPES: CONTENT_TYPES, "_rels/.rels": PACKAGE_RELATIONS}
    out[MAIN] = f"<w:document {SPACES}><w:body>{body}<w:sectPr/></w:body></w:document>"
    for place, (kind, inside) in enumerate(whole.items(), 100):
        lines += relation(f"rId{place}", kind, f"{kind}.xml")
        out[f"word/{kind}.xml"] = f"<w:{kind} {SPACES}>{inside}</w:{kind}>"
    for place, (name, content) in enumerate((pictures or {}).items(), 10):
        lines += relation(f"rId{place}", "image", f"media/{name}")
        out[f"word/media/{name}"] = content
    out["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'
    )
    return out


def document(body: str, pictures: dict[str, bytes] | None = None, relations: str = "", **others: str) -> bytes:
    """A whole Word file, see ``parts``."""
    return archive(parts(body, pictures, relations, **others))
