"""A paper as .docx: the layout of GB/T 9704-2012, fonts by name.

The fonts are the reader's (方正小标宋, 仿宋_GB2312 …): they are named, not embedded. The same paper
gives the same bytes, so that a file may be held against its digest.
"""

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from town_portal.documents.rules import layout as l
from town_portal.documents.rules.paper import (
    Annex,
    Block,
    Heading,
    Paper,
    Paragraph,
    Table,
    copy_lines,
    day_words,
    mark_size,
    numbered,
    sign_off_indents,
    title_lines,
)

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_WRITTEN = (1980, 1, 1, 0, 0, 0)  # inside the package no file has a time: equal papers are equal bytes
_SETTINGS_BEFORE_MARGINS = """
writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries displayBackgroundShape
printPostScriptOverText printFractionalCharacterWidth printFormsData embedTrueTypeFonts embedSystemFonts
saveSubsetFonts saveFormsData""".split()
_ORDER = {
    name: words.split()
    for name, words in {
        "pPr": """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs
            suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd
            snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment
            textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange""",
        "rPr": """rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid
            vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em
            lang eastAsianLayout specVanish oMath""",
        "tblPr": """tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing
            tblInd tblBorders shd tblLayout tblCellMar tblLook""",
        "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    }.items()
}
_ALIGN = {"left": "left", "right": "right", "centre": "center", "both": "both"}


def docx(paper: Paper) -> bytes:
    """The .docx of a paper."""
    writing = _Writing(paper)
    writing.head()
    writing.body()
    for number, annex in enumerate(paper.annexes, 1):
        writing.annex(annex, f"附件{number}" if len(paper.annexes) > 1 else "附件")
    writing.imprint()
    writing.put_in_order()
    content = io.BytesIO()
    writing.document.save(content)
    return _without_times(content.getvalue())


def _without_times(content: bytes) -> bytes:
    settled = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, _WRITTEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return settled.getvalue()


def _element(name: str, **values: Any) -> Any:
    """<w:name w:key="value"/>."""
    made = OxmlElement(f"w:{name}")
    for key, value in values.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


class _Writing:
    """A document as it is written, one part of the paper after the other."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.document: Any = Document()
        self._settle_styles()
        self._settle_document()
        self._settle_section(self.document.sections[0], across=False)
        self._number_pages(self.document.sections[0])

    # -- the whole document --------------------------------------------------------------------

    def _settle_styles(self) -> None:
        style = self.document.styles["Normal"]
        style.font.size = Pt(l.THREE)
        properties = style.element.get_or_add_rPr()
        for old in properties.findall(qn("w:rFonts")):
            properties.remove(old)
        properties.insert(0, _fonts(l.FANGSONG))
        properties.append(_element("spacing", val=l.TIGHTER))
        properties.append(_element("lang", val="en-US", eastAsia="zh-CN"))
        paragraph = style.element.get_or_add_pPr()
        # No line is dragged over to go with another: a page has its 22 whatever stands on it. The grid is
        # what Word shows in 页面设置; by what stands in it readers differ, so lines and characters are set.
        paragraph.append(_element("widowControl", val=0))
        paragraph.append(_element("snapToGrid", val=0))
        for name in ("autoSpaceDE", "autoSpaceDN", "overflowPunct"):  # nothing widens a line or hangs out of it
            paragraph.append(_element(name, val=0))
        paragraph.append(_element("spacing", before=0, after=0, line=l.LINE_PITCH, lineRule="exact"))

    def _settle_document(self) -> None:
        settings = self.document.settings.element
        before = [settings.find(qn(f"w:{name}")) for name in _SETTINGS_BEFORE_MARGINS]
        settings.insert(
            1 + max((settings.index(one) for one in before if one is not None), default=-1), _element("mirrorMargins")
        )
        self.document.settings.odd_and_even_pages_header_footer = True
        core = self.document.core_properties
        core.title, core.author, core.comments, core.language = (
            self.paper.title.replace("\n", ""),
            self.paper.signed,
            "",
            "zh-CN",
        )
        core.created = core.modified = datetime(self.paper.on.year, self.paper.on.month, self.paper.on.day, tzinfo=UTC)
        core.last_modified_by, core.revision = self.paper.signed, 1

    def _settle_section(self, section: Any, *, across: bool) -> None:
        """Margins and grid. Across, the head of a table is at the binding side on odd pages, at the cut on even ones."""
        if across:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = Mm(l.PAGE_HEIGHT), Mm(l.PAGE_WIDTH)
            # Mirrored margins would change sides: the middle of both is within the standard's ±1.
            section.left_margin = section.right_margin = Mm((l.TOP + l.BOTTOM) / 2)
            section.top_margin = section.bottom_margin = Mm((l.BINDING + l.CUT) / 2)
        else:
            section.orientation = WD_ORIENT.PORTRAIT
            section.page_width, section.page_height = Mm(l.PAGE_WIDTH), Mm(l.PAGE_HEIGHT)
            section.top_margin, section.bottom_margin = Mm(l.TOP), Mm(l.BOTTOM)
            section.left_margin, section.right_margin = Mm(l.BINDING), Mm(l.CUT)
        section.footer_distance, section.header_distance = Mm(l.FOOTER), Mm(10)
        properties = section._sectPr
        for old in properties.findall(qn("w:docGrid")):
            properties.remove(old)
        grid = _element("docGrid", type="linesAndChars", linePitch=l.LINE_PITCH, charSpace=l.CHARACTER_SPACE)
        properties.append(grid)

    def _number_pages(self, section: Any, *, across: bool = False) -> None:
        """— 1 — one character in: right on odd pages, left on even ones; across, where it stands on the others."""
        section.footer.is_linked_to_previous = section.even_page_footer.is_linked_to_previous = False
        section.header.is_linked_to_previous = section.even_page_header.is_linked_to_previous = False
        for footer, header, side in (
            (section.footer, section.header, "right"),
            (section.even_page_footer, section.even_page_header, "left"),
        ):
            line = footer.paragraphs[0]
            one_in: Any = {side: l.PAGE_NUMBER_IN}
            if not across:
                _lay(line, align=side, line=l.FOUR, **one_in)
                _page_field(line)
                continue
            _lay(line, line=l.FOUR)
            box = parse_xml(_SIDE_BOX)
            header._element.insert(0, box)
            cell = box.find(".//" + qn("w:p"))
            _lay_element(cell, align=side, line=l.FOUR, **one_in)
            _page_field_into(cell)

    # -- parts of the paper --------------------------------------------------------------------

    def head(self) -> None:
        """版头: the mark, the number, the red line; then the title and whom it is to."""
        paper = self.paper
        first = True
        if paper.mark:
            size = mark_size(paper.mark)
            mark = self._line(paper.mark, font=l.XIAOBIAOSONG, size=size, red=True, align="centre", line=size * 1.2)
            _before(mark, l.twips(l.MARK_FROM_TYPE))
            for _ in range(l.LINES_UNDER_MARK):
                self._line("")
            number = self._line(paper.number, align="centre", line=l.NUMBER_LINE)
            _borders(number._p, {"bottom": l.HEAD_RULE}, l.RED, round(l.RULE_UNDER_NUMBER * l.POINTS_PER_MM))
            for _ in range(l.LINES_OVER_TITLE):
                self._line("")
            first = False
        for words in title_lines(paper.title):
            self._line(words, font=l.XIAOBIAOSONG, size=l.TWO, align="centre")
        if paper.number and first:
            self._line(paper.number, align="centre")
        if paper.to:
            for _ in range(l.LINES_UNDER_TITLE):
                self._line("")
            self._line(f"{paper.to}：")
        elif paper.blocks:
            self._line("")

    def body(self) -> None:
        """正文, what is annexed, who signs and when, the notes."""
        paper = self.paper
        self._blocks(paper.blocks)
        self._annex_note()
        for _ in range(l.LINES_OVER_SIGN_OFF + 2 * paper.sealed):
            _keep(self._line(""))
        name_in, date_in = sign_off_indents(paper.signed, paper.on, sealed=paper.sealed)
        _keep(self._line(paper.signed, align="right", right=name_in))
        self._line(day_words(paper.on), align="right", right=date_in)
        if paper.note:
            self._line(f"（{paper.note}）", first=l.INDENT)
        for words in paper.proof:
            self._line(words, size=l.FIVE, first=l.INDENT, align="left")

    def annex(self, annex: Annex, label: str) -> None:
        """附件 on a page of its own, turned where it is wide."""
        self._turn(across=annex.across)
        line = self._line(label, font=l.HEITI)
        _before_page(line, always=not self._new_section)
        for _ in range(l.ANNEX_TITLE_LINE - 2):
            self._line("")
        for words in title_lines(annex.title):
            self._line(words, font=l.XIAOBIAOSONG, size=l.TWO, align="centre")
        self._line("")
        self._blocks(annex.blocks, size=l.FIVE if annex.across else l.SMALL_FOUR)

    def imprint(self) -> None:
        """版记 at the foot of the last page: its last line is the lower edge of 版心."""
        paper = self.paper
        if not (paper.copies or paper.printed_by):
            return
        self._turn(across=False)
        inside = int(l.TYPE_WIDTH * l.POINTS_PER_MM / l.FOUR - 2 * l.IMPRINT_IN)
        lines = [(words, l.IMPRINT_IN + 3 * (at > 0)) for at, words in enumerate(copy_lines(paper.copies, inside))]
        copies = len(lines)
        if paper.printed_by:
            lines.append((f"{paper.printed_by}\t{day_words(paper.printed_on or paper.on)}印发", l.IMPRINT_IN))
        height = len(lines) * l.IMPRINT_LINE
        anchor = self._line("", line=1)
        run = anchor._p.add_r()
        run.append(parse_xml(_FOOT_BOX.format(width=Mm(l.TYPE_WIDTH), height=Pt(height))))
        box = run.find(".//" + qn("w:txbxContent"))
        for at, (words, first) in enumerate(lines):
            line = _element("p") if at else box.find(qn("w:p"))
            box.append(line)
            edges = {"top": l.OUTER_LINE} if at == 0 else {}
            if at == len(lines) - 1:
                edges["bottom"] = l.OUTER_LINE
            elif at == copies - 1:
                edges["bottom"] = l.INNER_LINE
            _borders(line, edges, "000000", 0)
            if at >= copies:
                tabs = _element("tabs")
                tabs.append(_element("tab", val="right", pos=l.twips(l.TYPE_WIDTH) - l.FOUR * 20 * l.IMPRINT_IN))
                line.get_or_add_pPr().append(tabs)
            _lay_element(line, align="left", line=l.IMPRINT_LINE, scale=l.FOUR, first=first)
            _run_into(line, words, size=l.FOUR)

    def put_in_order(self) -> None:
        """Every property where the format's schema wants it: Word opens nothing else without asking."""
        parts = [self.document.element, self.document.styles.element]
        for section in self.document.sections:
            four = (section.header, section.even_page_header, section.footer, section.even_page_footer)
            parts += [one._element for one in four]
        for part in parts:
            for name, order in _ORDER.items():
                places = {qn(f"w:{child}"): at for at, child in enumerate(order)}
                for properties in part.iter(qn(f"w:{name}")):
                    properties[:] = sorted(properties, key=lambda child: places.get(child.tag, len(places)))

    # -- pieces ----------------------------------------------------------------------------------

    _across = False
    _new_section = False

    def _turn(self, *, across: bool) -> None:
        """Begin a section where the page changes its way; its page number stays where it is."""
        self._new_section = across != self._across
        if not self._new_section:
            return
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        self._settle_section(section, across=across)
        self._number_pages(section, across=across)
        self._across = across

    def _annex_note(self) -> None:
        titles = [annex.title.replace("\n", "") for annex in self.paper.annexes]
        for _ in range(l.LINES_OVER_ANNEX_NOTE if titles else 0):
            self._line("")
        if len(titles) == 1:
            self._line(f"附件：{titles[0]}", left=l.INDENT + 3, hanging=3)
        for number, title in enumerate(titles, 1) if len(titles) > 1 else ():
            words, hanging = (f"附件：{number}.{title}", 4) if number == 1 else (f"{number}.{title}", 1)
            self._line(words, left=l.INDENT + 4, hanging=hanging)

    def _blocks(self, blocks: tuple[Block, ...], size: float = l.SMALL_FOUR) -> None:
        numbers = self._numbers(blocks)
        for block in blocks:
            match block:
                case Heading():
                    heading = self._line(next(numbers), font=l.HEADING_FONTS[block.level - 1], first=l.INDENT)
                    _keep(heading)
                    heading._p.get_or_add_pPr().append(_element("outlineLvl", val=block.level - 1))
                case Paragraph():
                    self._line(block.words, first=0 if block.flush else l.INDENT, align="both")
                case Table():
                    self._table(block, size)

    @staticmethod
    def _numbers(blocks: tuple[Block, ...]) -> Iterator[str]:
        return numbered(block for block in blocks if isinstance(block, Heading))

    def _table(self, table: Table, size: float) -> None:
        if table.caption:
            _keep(self._line(table.caption, font=l.HEITI, size=l.SMALL_FOUR, align="left"))
        made = self.document.add_table(rows=1 + len(table.rows), cols=len(table.head))
        made.autofit = False
        whole = l.twips(l.TYPE_HEIGHT if self._across else l.TYPE_WIDTH)
        shares = table.widths or (1.0,) * len(table.head)
        columns = [int(whole * share / sum(shares)) for share in shares]
        _table_lines(made._tbl, columns)
        for at, words in enumerate((table.head, *table.rows)):
            row = made.rows[at]._tr
            properties = row.get_or_add_trPr()
            properties.append(_element("cantSplit"))
            if at == 0:
                properties.append(_element("tblHeader"))
            for column, (cell, word) in enumerate(zip(row.tc_lst, words, strict=True)):
                cell.width = columns[column] * 635
                cell.get_or_add_tcPr().append(_element("vAlign", val="center"))
                line = cell.p_lst[0]
                align = "left" if at and column in table.words else "centre"
                _lay_element(line, align=align, line=size * 1.4, least=True)
                _run_into(line, word, size=size, font=l.HEITI if at == 0 else l.FANGSONG)
        self._line("", line=size)

    def _line(
        self,
        words: str,
        *,
        font: str = l.FANGSONG,
        size: float = l.THREE,
        red: bool = False,
        align: str = "",
        line: float = 0,
        **indents: float,
    ) -> Any:
        made = self.document.add_paragraph()
        _lay(made, align=align, line=line, scale=size, **indents)
        _run(made, words, font=font, size=size, red=red)
        return made


# -- the words of the format -----------------------------------------------------------------------


def _fonts(font: str) -> Any:
    return _element("rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font, hint="eastAsia")


def _run(paragraph: Any, words: str, *, font: str = l.FANGSONG, size: float = l.THREE, red: bool = False) -> None:
    _run_into(paragraph._p, words, font=font, size=size, red=red)


def _run_into(paragraph: Any, words: str, *, font: str = l.FANGSONG, size: float = l.THREE, red: bool = False) -> None:
    if not words:
        return
    run = paragraph.add_r()
    properties = run.get_or_add_rPr()
    properties.append(_fonts(font))
    if red:
        properties.append(_element("color", val=l.RED))
    properties.append(_element("sz", val=round(size * 2)))
    properties.append(_element("szCs", val=round(size * 2)))
    run.text = words


def _lay(paragraph: Any, **how: Any) -> None:
    _lay_element(paragraph._p, **how)


def _lay_element(
    paragraph: Any, *, align: str = "", line: float = 0, scale: float = l.THREE, least: bool = False, **indents: float
) -> None:
    """Where a paragraph stands: indents in characters (first, left, right, hanging), its line in points."""
    properties = paragraph.get_or_add_pPr()
    if line:
        rule = "atLeast" if least else "exact"
        properties.append(_element("spacing", before=0, after=0, line=round(line * 20), lineRule=rule))
    if any(indents.values()):
        names = {"first": "firstLine", "left": "left", "right": "right", "hanging": "hanging"}
        wide = l.ONE_CHARACTER if scale == l.THREE else scale * 20
        made = _element("ind")
        for name, characters in indents.items():
            made.set(qn(f"w:{names[name]}Chars"), str(round(characters * 100)))
            made.set(qn(f"w:{names[name]}"), str(round(characters * wide)))
        properties.append(made)
    if align:
        properties.append(_element("jc", val=_ALIGN[align]))


def _before(paragraph: Any, distance: int) -> None:
    paragraph._p.pPr.find(qn("w:spacing")).set(qn("w:before"), str(distance))


def _before_page(paragraph: Any, *, always: bool) -> None:
    if always:
        paragraph._p.get_or_add_pPr().insert(0, _element("pageBreakBefore"))


def _keep(paragraph: Any) -> None:
    """Never the last line of a page: it goes with what follows."""
    paragraph._p.get_or_add_pPr().insert(0, _element("keepNext"))


def _borders(element: Any, edges: dict[str, float], color: str, distance: int) -> None:
    """Lines along edges of a paragraph: their thickness in millimetres, their distance in points."""
    if not edges:
        return
    lines = _element("pBdr")
    for edge, thickness in edges.items():
        lines.append(_element(edge, val="single", sz=l.eighths(thickness), space=distance, color=color))
    element.get_or_add_pPr().append(lines)


def _page_field(paragraph: Any) -> None:
    _page_field_into(paragraph._p)


def _page_field_into(paragraph: Any) -> None:
    """— 1 — in 4号宋体, half-width."""
    for part in ("— ", "PAGE", " —"):
        if part != "PAGE":
            _run_into(paragraph, part, font=l.SONGTI, size=l.FOUR)
            continue
        for kind in ("begin", "instr", "separate", "shown", "end"):
            _run_into(paragraph, "1", font=l.SONGTI, size=l.FOUR)
            run = paragraph.r_lst[-1]
            if kind == "shown":
                continue
            run.remove(run.t_lst[0])
            if kind == "instr":
                words = _element("instrText")
                words.text = " PAGE "
                run.append(words)
            else:
                run.append(_element("fldChar", fldCharType=kind))


def _table_lines(table: Any, columns: list[int]) -> None:
    properties = table.tblPr
    for name in ("tblStyle", "tblW", "tblBorders", "tblLayout", "jc"):
        for old in properties.findall(qn(f"w:{name}")):
            properties.remove(old)
    properties.append(_element("tblW", w=sum(columns), type="dxa"))
    properties.append(_element("jc", val="center"))
    borders = _element("tblBorders")
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(_element(edge, val="single", sz=4, space=0, color="000000"))
    properties.append(borders)
    properties.append(_element("tblLayout", type="fixed"))
    margins = _element("tblCellMar")
    for edge in ("left", "right"):
        margins.append(_element(edge, w=60, type="dxa"))
    properties.append(margins)
    for column, wide in zip(table.tblGrid.gridCol_lst, columns, strict=True):
        column.set(qn("w:w"), str(wide))


# A box that stands at the foot of 版心, whatever is above it; text gives way to it.
_FOOT_BOX = f"""<w:drawing {nsdecls("w", "wp", "a")} xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1"
 allowOverlap="0"><wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>
<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>
<wp:extent cx="{{width}}" cy="{{height}}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapTopAndBottom/>
<wp:docPr id="1" name="版记"/><wp:cNvGraphicFramePr/>
<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>
<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{{width}}" cy="{{height}}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>
<wps:txbx><w:txbxContent><w:p/></w:txbxContent></wps:txbx>
<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></wps:bodyPr></wps:wsp></a:graphicData></a:graphic>
</wp:anchor></w:drawing>"""


_SIDE_WIDTH = l.twips(8)
_SIDE_X = l.twips((l.TOP + l.BOTTOM) / 2 - l.PAGE_NUMBER_BELOW) - _SIDE_WIDTH // 2
_SIDE_Y = l.twips((l.BINDING + l.CUT) / 2)

# On a page that lies across, the foot of the others is its left edge: the number stands there, turned with them.
_SIDE_BOX = f"""<w:tbl {nsdecls("w")}><w:tblPr>
<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="page" w:horzAnchor="page" w:tblpX="{_SIDE_X}" w:tblpY="{_SIDE_Y}"/>
<w:tblW w:w="{_SIDE_WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>
<w:tblGrid><w:gridCol w:w="{_SIDE_WIDTH}"/></w:tblGrid><w:tr>
<w:trPr><w:trHeight w:val="{l.twips(l.TYPE_WIDTH)}" w:hRule="exact"/></w:trPr><w:tc>
<w:tcPr><w:tcW w:w="{_SIDE_WIDTH}" w:type="dxa"/><w:textDirection w:val="tbRl"/><w:vAlign w:val="center"/></w:tcPr>
<w:p/></w:tc></w:tr></w:tbl>"""
