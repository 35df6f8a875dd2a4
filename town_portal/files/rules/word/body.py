"""The document's paragraphs in order, as blocks; what stands in text boxes is set apart."""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from town_portal.files.rules.word.block import Block, heading_form
from town_portal.files.rules.word.caption import begins_like_caption
from town_portal.files.rules.word.line import REMOVED, WRAPPERS, Line, Reading, chosen, control, count_change, read_line
from town_portal.files.rules.word.styles import Form, Style, form, form_over, value
from town_portal.files.rules.word.table import read_table
from town_portal.files.rules.word.words import tidy

_HEADING = re.compile(r"(?:heading|标题) ?([1-9])")
_TOC = re.compile(r"(?:toc|目录) ?(?:[1-9]|heading|标题)")
_TITLES = {"title", "标题", "文档标题", "公文标题"}
_LONGEST_HEADING = 80
_LONGEST_SIGNATURE = 30
_FAR = 1_200
_WIDTHS = {" ": 50, "\t": 200, "　": 100, "\xa0": 50}
_LOOKS = ("w_color", "w_sz", "w_rFonts", "w_highlight")


@dataclass(slots=True)
class Body:
    """Reads one story: the document's, a cell's, a text box's."""

    reading: Reading
    boxed: list[Block] = field(default_factory=list)
    """What stood in text boxes, for the end."""

    def blocks(self, parent: Element) -> list[Block]:
        """What stands in an element, in order."""
        out: list[Block] = []
        carried = Line()
        before = ""
        for child in parent:
            tag = child.tag
            count_change(tag, before, child, self.reading.tally)
            before = tag
            if tag == "w_p":
                carried = self._paragraph(child, carried, out)
            elif tag == "w_tbl":
                out += read_table(child, self.reading, self.blocks)
            elif tag == "w_sdt":
                content = control(child, self.reading)
                out += [] if content is None else self.blocks(content)
            elif tag == "mc_AlternateContent":
                alternative = chosen(child)
                out += [] if alternative is None else self.blocks(alternative)
            elif tag in WRAPPERS:
                out += self.blocks(child)
            elif tag == "w_altChunk":
                self.reading.tally.meet("foreign")
        self._put(Style(), Form(), carried, out)
        return out

    def _paragraph(self, paragraph: Element, carried: Line, out: list[Block]) -> Line:
        """Read one paragraph into ``out``; or hand it back, to be joined with the next, if its end was deleted."""
        properties = paragraph.find("w_pPr")
        style = self.reading.styles.paragraph(value(properties, "w_pStyle"))
        line = read_line(paragraph, self.reading, style.look)
        carried.add(line)
        marks = None if properties is None else properties.find("w_rPr")
        if marks is not None and any(marks.find(tag) is not None for tag in REMOVED):
            if paragraph.find("w_del") is None:
                self.reading.tally.meet("deleted")
            return carried
        if _TOC.fullmatch(style.name):
            self._drop_toc(line, out)
            return Line()
        self._put(style, form_over(form(properties), style.form), carried, out)
        return Line()

    def _drop_toc(self, line: Line, out: list[Block]) -> None:
        """A line of the table of contents; its own heading goes with it."""
        if line.pieces:
            self.reading.tally.meet("toc")
        if out and "".join(out[-1].text.split()) == "目录":
            out.pop()

    def _put(self, style: Style, shape: Form, line: Line, out: list[Block]) -> None:
        """Turn what a paragraph holds into blocks."""
        label = self.reading.numbering.next(shape.number, shape.number_level, style.id)
        raw = line.pieces
        pieces = tidy(raw)
        out += [Block("figure", picture=place) for place in line.above]
        if pieces:
            block = Block("text", pieces, align=shape.align or "", label=label, style=style.name)
            self._judge(block, style, shape)
            if not block.align and block.kind == "text" and len(block.text) <= _LONGEST_SIGNATURE:
                block.align = "right" if _lead("".join(each.text for each in raw), shape) >= _FAR else ""
            out.append(block)
        out += [Block("figure", picture=place) for place in line.below]
        for box in line.boxes:
            out += self._box(box, beside_picture=(bool(out) and out[-1].kind == "figure") or bool(line.above))

    def _judge(self, block: Block, style: Style, shape: Form) -> None:
        """Decide whether a paragraph is a heading, a list item, or plain text."""
        named = _HEADING.match(style.name)
        outline = shape.outline if shape.outline is not None and 0 <= shape.outline <= 8 else None
        level = int(named[1]) if named else 0 if outline is None else outline + 1
        if level and len(block.text) > _LONGEST_HEADING:
            self.reading.tally.meet("long_headings")
            level = 0
        formed = heading_form(block.text)
        if style.name in _TITLES:
            block.style = "title"
        elif level:
            block.kind, block.level = "heading", level
        elif formed and block.heading_like:
            block.kind, block.style, block.level = "heading", "form", formed
        elif block.label is not None and block.label.kind != "written":
            block.kind = "item"

    def _box(self, content: Element, *, beside_picture: bool) -> list[Block]:
        """A text box: pictures and their captions stay where they are, other words go to the end."""
        fields, self.reading.fields = self.reading.fields, []
        found = self.blocks(content)
        self.reading.fields = fields
        words = [block for block in found if block.kind != "figure"]
        if len(words) < len(found) or (beside_picture and all(begins_like_caption(block.text) for block in words)):
            return found
        if found:
            self.reading.tally.meet("boxes")
        self.boxed += found
        return []


def _lead(text: str, shape: Form) -> int:
    """How far from the left the words begin, by blanks and indent, in hundredths of a character."""
    blanks = text[: len(text) - len(text.lstrip())]
    return (shape.indent or 0) + sum(_WIDTHS.get(blank, 0) for blank in blanks[:200])


def has_looks(root: Element) -> bool:
    """Whether the text says anything about typefaces, sizes or colours."""
    return any(next(root.iter(tag), None) is not None for tag in _LOOKS)
