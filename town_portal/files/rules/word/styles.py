"""How words and paragraphs look: what a style says, what the place itself says, and which of them wins."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

_OFF = {"0", "false", "off", "none"}
_LONGEST_CHAIN = 20
_ALIGN = {"center": "center", "right": "right", "end": "right"}
HEADING_FONTS = ("黑体", "simhei", "楷体", "kaiti", "小标宋")


class Look(NamedTuple):
    """How words look; None where nothing is said."""

    bold: bool | None = None
    italic: bool | None = None
    underline: bool | None = None
    struck: bool | None = None
    hidden: bool | None = None
    marked: bool | None = None
    script: str | None = None
    size: int | None = None
    """In half points."""
    font: str | None = None

    @property
    def heading_like(self) -> bool:
        """Bold, or in a typeface that official papers keep for headings."""
        font = (self.font or "").lower()
        return bool(self.bold) or (any(name in font for name in HEADING_FONTS) and "雅黑" not in font)


class Form(NamedTuple):
    """How a paragraph stands; None where nothing is said."""

    align: str | None = None
    outline: int | None = None
    number: str | None = None
    number_level: int | None = None
    indent: int | None = None
    """From the left, in hundredths of a character."""


def _first_said(upper: Iterable[Any], lower: Iterable[Any]) -> list[Any]:
    return [below if said is None else said for said, below in zip(upper, lower, strict=True)]


_PLAIN = Look()
_SHAPELESS = Form()


def look_over(upper: Look, lower: Look) -> Look:
    """The upper look, with what it leaves open taken from the lower."""
    if upper == _PLAIN:
        return lower
    return Look(*_first_said(upper, lower))


def form_over(upper: Form, lower: Form) -> Form:
    """The upper form, with what it leaves open taken from the lower."""
    if upper == _SHAPELESS:
        return lower
    return Form(*_first_said(upper, lower))


def value(parent: Element | None, tag: str, name: str = "w_val") -> str | None:
    """An attribute of a child, or None."""
    child = None if parent is None else parent.find(tag)
    return None if child is None else child.get(name)


def number(text: str | None) -> int | None:
    """A whole number however it is written ("32.0"), or None."""
    try:
        return int(float(text)) if text and len(text) < 12 else None
    except (ValueError, OverflowError):
        return None


def _switch(parent: Element, tag: str) -> bool | None:
    child = parent.find(tag)
    return None if child is None else child.get("w_val", "1").lower() not in _OFF


def look(properties: Element | None) -> Look:
    """What a ``w_rPr`` says."""
    if properties is None or not len(properties):
        return _PLAIN
    return Look(
        bold=_switch(properties, "w_b"),
        italic=_switch(properties, "w_i"),
        underline=_switch(properties, "w_u"),
        struck=_switch(properties, "w_strike") or _switch(properties, "w_dstrike"),
        hidden=_switch(properties, "w_vanish"),
        marked=_switch(properties, "w_highlight"),
        script=value(properties, "w_vertAlign"),
        size=number(value(properties, "w_sz")),
        font=value(properties, "w_rFonts", "w_eastAsia"),
    )


def form(properties: Element | None) -> Form:
    """What a ``w_pPr`` says."""
    if properties is None or not len(properties):
        return _SHAPELESS
    numbering = properties.find("w_numPr")
    align = value(properties, "w_jc")
    outline = number(value(properties, "w_outlineLvl"))
    return Form(
        align=None if align is None else _ALIGN.get(align, ""),
        outline=outline,
        number=value(numbering, "w_numId"),
        number_level=number(value(numbering, "w_ilvl")),
        indent=_indent(properties.find("w_ind")),
    )


def _indent(element: Element | None) -> int | None:
    """Left and first-line indent together; twips are taken at the usual 16 points to a character."""
    if element is None:
        return None
    total = 0
    for twips, characters in (("w_left", "w_leftChars"), ("w_firstLine", "w_firstLineChars")):
        start = twips.replace("left", "start")
        by_character = number(element.get(characters))
        by_twips = number(element.get(twips) or element.get(start)) or 0
        total += by_character if by_character is not None else by_twips * 100 // 320
    return total


@dataclass(frozen=True, slots=True)
class Style:
    """A named style with all that it inherits."""

    id: str = ""
    name: str = ""
    look: Look = _PLAIN
    form: Form = _SHAPELESS


class Styles:
    """The styles of a document, by id; an unknown id looks like nothing in particular."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._known: dict[str, Style] = {}
        self._paragraphs: dict[str, Style] = {}
        self._default = ""
        self._base = Look()
        if root is None:
            return
        self._base = look(root.find("w_docDefaults/w_rPrDefault/w_rPr"))
        for element in root.iter("w_style"):
            self._elements.setdefault(element.get("w_styleId", ""), element)
            if element.get("w_type") == "paragraph" and element.get("w_default", "0").lower() not in _OFF:
                self._default = element.get("w_styleId", "")

    def paragraph(self, id: str | None) -> Style:
        """A paragraph's style, down to the document's defaults."""
        known = self._default if id is None else id
        if known not in self._paragraphs:
            style = self.character(known)
            self._paragraphs[known] = Style(known, style.name, look_over(style.look, self._base), style.form)
        return self._paragraphs[known]

    def character(self, id: str | None) -> Style:
        """A style with what it inherits from the styles it is based on."""
        if id is None:
            return Style()
        if id not in self._known:
            self._known[id] = self._resolved(id)
        return self._known[id]

    def _resolved(self, id: str) -> Style:
        style = Style(id)
        current: str | None = id
        for _ in range(_LONGEST_CHAIN):
            element = self._elements.get(current or "")
            if element is None:
                break
            style = Style(
                id,
                style.name or (value(element, "w_name") or "").lower(),
                look_over(style.look, look(element.find("w_rPr"))),
                form_over(style.form, form(element.find("w_pPr"))),
            )
            current = value(element, "w_basedOn")
        return style
