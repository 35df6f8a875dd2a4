"""A piece of the document as it will stand on the page, before it is written."""

import re
from dataclasses import dataclass, field

from town_portal.files.rules.word.numbering import Label
from town_portal.files.rules.word.words import Piece, drawn, escaped, plain

PLAIN_MARKS = ("sub", "sup")
_LONGEST_HEADING = 40
_HEADING_FORMS = (
    (re.compile(r"[一二三四五六七八九十百]{1,4}[、．.]"), 1),
    (re.compile(r"[（(][一二三四五六七八九十百]{1,4}[）)]"), 2),
)


@dataclass(slots=True)
class Block:
    """A paragraph, heading, list item, picture or table."""

    kind: str
    """``text``, ``heading``, ``item``, ``figure``, ``table``."""
    pieces: list[Piece] = field(default_factory=list)
    html: str = ""
    """Of a table, whole."""
    words: str = ""
    """Of a table, one line for each row."""
    align: str = ""
    level: int = 0
    """Of a heading, as its style says, from 1."""
    label: Label | None = None
    style: str = ""
    picture: int = -1
    caption: str = ""

    @property
    def text(self) -> str:
        """Its words, with the number Word draws before them."""
        if self.kind == "table":
            return self.words
        return self.before + plain(self.pieces)

    @property
    def before(self) -> str:
        """The number to write, if the page does not draw one."""
        if self.label is None or self.kind == "item" or (self.kind == "heading" and self.label.kind == "bullet"):
            return ""
        return self.label.before

    def inside(self, *, plain_marks: bool = False) -> str:
        """Its words as HTML."""
        pieces = self.pieces
        inner = drawn(pieces, PLAIN_MARKS) if plain_marks else drawn(pieces)
        return escaped(self.before) + inner

    @property
    def heading_like(self) -> bool:
        """All its words are bold, or in a typeface of headings."""
        said = [piece for piece in self.pieces if piece.text.strip(" 　\n，。、：；“”（）()")]
        return bool(said) and all(piece.heading_like for piece in said)

    @property
    def size(self) -> int:
        """Of its letters, in half points; 0 where nothing says."""
        return max((piece.size for piece in self.pieces if piece.text.strip()), default=0)


def heading_form(text: str) -> int:
    """1 for words that begin like “一、”, 2 for “（一）”, if they are short enough for a heading; otherwise 0."""
    if len(text) > _LONGEST_HEADING or "\n" in text:
        return 0
    return next((level for pattern, level in _HEADING_FORMS if pattern.match(text)), 0)
