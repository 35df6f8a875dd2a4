"""One paragraph's inside: its words with their marks, its pictures, its text boxes."""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from town_portal.files.rules.package import Package, Relation
from town_portal.files.rules.word.album import Album
from town_portal.files.rules.word.numbering import Numbering
from town_portal.files.rules.word.report import Tally
from town_portal.files.rules.word.styles import Look, Styles, look, look_over, value
from town_portal.files.rules.word.words import Piece, cleaned, link, symbol

WRAPPERS = {"w_smartTag", "w_customXml", "w_dir", "w_bdo", "w_ins", "w_moveTo"}
REMOVED = {"w_del", "w_moveFrom"}
_USEFUL = {"w_txbxContent", "w_t", "a_blip", "v_imagedata", "c_chart", "dgm_relIds", "m_t"}
_IMAGES = {"a_blip": ("r_embed", "r_link"), "v_imagedata": ("r_id", "r_href")}
_INK = {"w_contentPart", "?_contentPart"}
_GRAPHS = {"c_chart": "charts", "dgm_relIds": "smart"}
_NOTES = {"w_footnoteReference": "footnotes", "w_endnoteReference": "endnotes"}
_SIGNS = {"w_tab": "\t", "w_ptab": "\t", "w_br": "\n", "w_cr": "\n", "w_noBreakHyphen": "-"}
_CHANGES = {"w_ins": "inserted", "w_del": "deleted", "w_moveTo": "moved"}
_ADDRESS = re.compile(r'\s*HYPERLINK\s+"([^"]*)"', re.IGNORECASE)
_LONGEST_CODE = 2_000
_MOST_FIELDS = 30  # one in another
_UNSEEN = {"PAGE", "NUMPAGES", "SECTIONPAGES", "TOC", "XE", "TC"}
_LINK_STYLES = {"hyperlink", "followedhyperlink", "超链接", "已访问的超链接"}
_YES = ("1", "true")
_CROPS = ("l", "t", "r", "b")


@dataclass(slots=True)
class Field:
    """A field that is being read: first its code, then its result."""

    code: str = ""
    result: bool = False
    words: bool = False
    kind: str = ""
    """The first word of the code, known when the code has ended."""
    address: str = ""

    def end_code(self) -> "Field":
        """The result begins."""
        found = _ADDRESS.match(self.code)
        self.result = True
        self.kind = (self.code.split(maxsplit=1) or [""])[0].upper()
        self.address = link(found[1]) if found else ""
        return self


@dataclass(slots=True)
class Reading:
    """What is known and what is met while one document is read."""

    package: Package
    relations: dict[str, Relation]
    styles: Styles
    numbering: Numbering
    tally: Tally
    album: Album
    drop_fields: bool = True
    """Whether the results of such fields as a table of contents or a page number are left out."""
    fields: list[Field] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    """Which notes the text points to: the kind and the id."""


@dataclass(slots=True)
class Line:
    """What a paragraph holds; pictures before its first words stand apart from those after."""

    pieces: list[Piece] = field(default_factory=list)
    above: list[int] = field(default_factory=list)
    below: list[int] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)

    def add(self, other: "Line") -> None:
        """Go on with what another paragraph holds."""
        (self.below if self.pieces else self.above).extend(other.above)
        self.pieces.extend(other.pieces)
        self.below.extend(other.below)
        self.boxes.extend(other.boxes)


def chosen(alternatives: Element) -> Element | None:
    """The one form of an ``mc_AlternateContent`` to read: the first choice that has something, else the fallback."""
    fallback = None
    for child in alternatives:
        if child.tag == "mc_Choice" and any(each.tag in _USEFUL for each in child.iter()):
            return child
        if child.tag == "mc_Fallback":
            fallback = child
    return fallback


def count_change(tag: str, before: str, element: Element, tally: Tally) -> None:
    """Count a tracked change once, however many pieces lie side by side."""
    if tag in _CHANGES and tag != before and len(element):
        tally.meet(_CHANGES[tag])


def control(element: Element, reading: Reading) -> Element | None:
    """The content of a content control; None for a table of contents and for unfilled prompts, which are counted."""
    gallery = value(element, "w_sdtPr/w_docPartObj/w_docPartGallery") or ""
    if gallery == "Table of Contents":
        reading.tally.meet("toc")
        return None
    if gallery.startswith("Page Numbers"):
        reading.tally.meet("page_numbers")
        return None
    if element.find("w_sdtPr/w_showingPlcHdr") is not None:
        reading.tally.meet("placeholders")
        return None
    return element.find("w_sdtContent")


def bare_words(element: Element) -> str:
    """The words below an element, without what was deleted or stands there twice."""
    out: list[str] = []
    _gather(element, out)
    return "".join(out).strip()


def _gather(element: Element, out: list[str]) -> None:
    for child in element:
        if child.tag in ("w_t", "m_t"):
            out.append(child.text or "")
        elif child.tag in _SIGNS:
            out.append(" ")
        elif child.tag not in REMOVED and child.tag not in ("mc_Fallback", "w_pPr", "w_rPr"):
            _gather(child, out)
            if child.tag == "w_p":
                out.append(" ")


class LineReader:
    """Reads the inside of one paragraph into ``line``."""

    def __init__(self, reading: Reading, base: Look) -> None:
        self.line = Line()
        self._reading = reading
        self._base = base
        self._open: dict[str, str] = {}

    def read(self, parent: Element, address: str = "") -> None:
        """All that stands in a paragraph or in something around its runs."""
        before = ""
        for child in parent:
            tag = child.tag
            count_change(tag, before, child, self._reading.tally)
            if tag in ("w_r", "w_hyperlink", *WRAPPERS, *REMOVED):
                before = tag
            if tag == "w_r":
                self._run(child, address)
            elif tag == "w_hyperlink":
                self.read(child, self._address(child) or address)
            elif tag == "w_fldSimple":
                self._simple_field(child, address)
            elif tag == "w_sdt":
                content = control(child, self._reading)
                self._inside(content, address)
            elif tag == "mc_AlternateContent":
                self._inside(chosen(child), address)
            elif tag in WRAPPERS:
                self.read(child, address)
            elif tag in ("m_oMath", "m_oMathPara"):
                self._equation(child)

    def _inside(self, element: Element | None, address: str) -> None:
        if element is not None:
            self.read(element, address)

    def _address(self, element: Element) -> str:
        relation = self._reading.relations.get(element.get("r_id", ""))
        if relation is None:
            return ""
        return self._checked(relation.target if relation.outside else "")

    def _checked(self, address: str) -> str:
        found = link(address)
        if not found:
            self._reading.tally.meet("links")
        return found

    def _equation(self, element: Element) -> None:
        self._reading.tally.meet("equations")
        self._text(bare_words(element), self._base, "")

    def _run(self, run: Element, address: str) -> None:
        properties = run.find("w_rPr")
        own = look(properties)
        style = value(properties, "w_rStyle")
        if style is not None:
            named = self._reading.styles.character(style)
            link_look = look_over(Look(underline=False), named.look)
            own = look_over(own, link_look if named.name in _LINK_STYLES else named.look)
        self._content(run, look_over(own, self._base), address)

    def _content(self, run: Element, seen: Look, address: str) -> None:
        for child in run:
            tag = child.tag
            if tag == "w_t":
                self._text((child.text or "").replace("\n", " "), seen, address)
            elif tag in _SIGNS:
                self._text(_SIGNS[tag], seen, address)
            elif tag == "w_sym":
                self._symbol(child, seen, address)
            elif tag == "w_fldChar":
                self._field_sign(child.get("w_fldCharType"))
            elif tag == "w_instrText" and self._reading.fields:
                code = self._reading.fields[-1].code + (child.text or "")
                self._reading.fields[-1].code = code[:_LONGEST_CODE]
            elif tag in _NOTES:
                self._reading.notes.append((_NOTES[tag], child.get("w_id", "")))
            elif tag in ("w_drawing", "w_pict"):
                self._shape(child, seen)
            elif tag == "w_object":
                self._reading.tally.meet("objects")
            elif tag in _INK:
                self._reading.tally.meet("ink")
            elif tag == "w_ruby":
                for base in child.findall("w_rubyBase/w_r"):
                    self._run(base, address)
            elif tag == "mc_AlternateContent":
                content = chosen(child)
                if content is not None:
                    self._content(content, seen, address)

    # -- fields

    def _simple_field(self, element: Element, address: str) -> None:
        self._begin_field(Field(element.get("w_instr", "")[:_LONGEST_CODE]).end_code())
        self.read(element, address)
        self._end_field()

    def _field_sign(self, kind: str | None) -> None:
        fields = self._reading.fields
        if kind == "begin":
            self._begin_field(Field())
        elif kind == "separate" and fields:
            fields[-1].end_code()
        elif kind == "end" and fields:
            self._end_field()

    def _begin_field(self, begun: Field) -> None:
        if len(self._reading.fields) >= _MOST_FIELDS:
            raise self._reading.package.too_much()
        self._reading.fields.append(begun)

    def _end_field(self) -> None:
        ended = self._reading.fields.pop()
        if not ended.result:
            ended.end_code()
        if ended.kind == "TOC":
            self._reading.tally.meet("toc")
        elif ended.kind in ("PAGE", "NUMPAGES"):
            self._reading.tally.meet("page_numbers")
        elif ended.kind == "EQ" and not ended.words:
            self._reading.tally.meet("codes", ended.code)

    def _field_shows(self) -> bool:
        """Whether words at this place are seen: in no code, and in no result that is dropped."""
        return all(
            each.result and not (self._reading.drop_fields and each.kind in _UNSEEN) for each in self._reading.fields
        )

    def _field_address(self) -> str:
        return next((each.address for each in self._reading.fields if each.address), "")

    # -- words

    def _symbol(self, element: Element, seen: Look, address: str) -> None:
        try:
            code = int(element.get("w_char", ""), 16)
        except ValueError:
            code = 0
        if symbol(code):
            self._text(symbol(code), seen, address)
        else:
            self._reading.tally.meet("symbols")

    def _text(self, raw: str, seen: Look, address: str) -> None:
        if not self._field_shows():
            return
        text, lost = cleaned(raw)
        tally = self._reading.tally
        if lost:
            tally.met["symbols"] += lost
        if text.strip():
            self._note({"hidden": seen.hidden, "struck": seen.struck, "marked": seen.marked}, text)
        if seen.hidden:
            return
        for each in self._reading.fields:
            each.words = True
        address = address or self._field_address()
        self.line.pieces.append(Piece(text, _marks(seen, address), address, seen.heading_like, seen.size or 0))

    def _note(self, found: dict[str, bool | None], text: str) -> None:
        """Gather what lies side by side under one mark; count it when the mark ends."""
        for what, here in found.items():
            if here:
                self._open[what] = self._open.get(what, "")[:200] + text
            elif what in self._open:
                self._reading.tally.meet(what, self._open.pop(what))

    def close(self) -> None:
        """Count the marks that reach the end."""
        self._note(dict.fromkeys(self._open), "")

    # -- pictures and boxes

    def _shape(self, element: Element, seen: Look) -> None:
        if seen.hidden:
            self._reading.tally.meet("hidden", "（图片或图形）")
        else:
            self._drawing(element)

    def _drawing(self, element: Element) -> None:
        for child in element:
            tag = child.tag
            if tag in _IMAGES:
                self._picture(child, element)
            elif tag == "w_txbxContent":
                self.line.boxes.append(child)
                continue
            elif tag in _GRAPHS:
                self._reading.tally.meet(_GRAPHS[tag])
            elif tag in _INK:
                self._reading.tally.meet("ink")
            elif tag == "?_anchor" and child.get("behindDoc") in _YES and child.find(".//a_blip") is not None:
                self._reading.tally.meet("behind")
            elif tag == "v_textpath":
                self._reading.tally.meet("art", child.get("string", ""))
            alternative = chosen(child) if tag == "mc_AlternateContent" else child
            if alternative is not None:
                self._drawing(alternative)

    def _picture(self, image: Element, around: Element) -> None:
        inside, outside = _IMAGES[image.tag]
        relation = self._reading.relations.get(image.get(inside, ""))
        if relation is None and image.get(outside):
            relation = Relation("image", "", outside=True)
        crop = around.find("a_srcRect")
        cut = crop is not None and any(crop.get(side, "0").lstrip("-").strip("0") for side in _CROPS)
        place = self._reading.album.place(relation, cropped=cut)
        if place is not None:
            (self.line.below if any(each.text.strip() for each in self.line.pieces) else self.line.above).append(place)


def _marks(seen: Look, address: str) -> frozenset[str]:
    marks = {
        "strong": seen.bold,
        "em": seen.italic,
        "u": seen.underline and not address,
        "sup": seen.script == "superscript",
        "sub": seen.script == "subscript",
    }
    return frozenset(mark for mark, found in marks.items() if found)


def read_line(paragraph: Element, reading: Reading, base: Look) -> Line:
    """The inside of a paragraph; a field whose code has no result by its end is closed."""
    reader = LineReader(reading, base)
    reader.read(paragraph)
    reader.close()
    reading.fields = [each for each in reading.fields if each.result]
    return reader.line
