"""Prose: hears a text with paragraphs and tables, whichever of the office formats it stands in.

The three formats name paragraphs (p), runs (r), words (t), tables (tbl, tr, tc) alike.
"""

from collections import Counter

from town_portal.files.rules.contents.contents import MOST_CHARACTERS
from town_portal.files.rules.package import TooMuch

_WORDS = frozenset({"t", "delText", "v"})
"""Elements whose own words are read; ``v`` is a value kept with a chart."""
_GONE = frozenset({"del", "moveFrom"})
_CHANGED = frozenset({"del", "ins", "moveFrom", "moveTo"})
_OFF = ("0", "false", "off")


class Prose:
    """The lines of a text. What was deleted under tracking, and what is marked hidden, stands apart.

    ``heads`` are elements that begin a part of their own, each with the attribute that names its author.
    """

    def __init__(self, heads: dict[str, str] | None = None) -> None:
        self.lines: list[str] = []
        self.deleted: list[str] = []
        self.hidden: list[str] = []
        self.changed_by: Counter[str] = Counter()
        self.fields: list[str] = []
        """Instructions of fields: links, and requests to other programs."""
        self.authors: list[str] = []
        """Names listed before comments that point to them by number."""
        self.headed: list[tuple[str, list[str]]] = []
        """(author, lines) of every head."""
        self._heads = heads or {}
        self._author = ""
        self._open: Counter[str] = Counter()
        self._element = ""
        self._vanish = False
        self._paragraphs: list[list[str]] = []
        self._cells: list[list[str]] = []
        self._rows: list[list[str]] = []
        self._apart: dict[str, list[str]] = {"deleted": [], "hidden": []}
        self._characters = 0

    @property
    def words(self) -> str:
        """All lines."""
        return "\n".join(self.lines)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Note where we are."""
        self._open[name] += 1
        if self._open["Fallback"]:  # the same drawing a second time, for old programs
            return
        self._element = name
        if name in self._heads:
            self.headed.append((attributes.get(self._heads[name], ""), []))
        if name in _CHANGED and "author" in attributes:
            self.changed_by[attributes["author"].strip() or "无名"] += 1
        if name == "p" or name in self._heads:
            self._paragraphs.append([])
        elif name == "tr":
            self._rows.append([])
        elif name == "tc":
            self._cells.append([])
        elif name == "r":
            self._vanish = False
        elif name == "vanish":
            self._vanish = attributes.get("val", "1") not in _OFF
        elif name in ("br", "cr", "tab") and self._open["r"] and self._paragraphs:
            self._paragraphs[-1].append(" ")
        elif name == "noBreakHyphen" and self._paragraphs:
            self._paragraphs[-1].append("-")

    def data(self, words: str) -> None:
        """Take words in, each to where they belong."""
        if self._open["Fallback"]:
            return
        self._characters += len(words)
        if self._characters > MOST_CHARACTERS:
            self._close_all()
            raise TooMuch
        if self._element == "instrText":
            self.fields.append(words)
        elif self._element == "author" and self._heads:
            self.authors.append(words.strip())
        elif self._element not in _WORDS and not (self._element == "text" and self._heads):
            return
        elif any(self._open[name] for name in _GONE):
            self._apart["deleted"].append(words)
        elif self._vanish and self._open["r"]:
            self._apart["hidden"].append(words)
        elif self._paragraphs:
            self._paragraphs[-1].append(words)
        else:
            self._emit(words)

    def end(self, name: str) -> None:
        """Close what ends here."""
        if not self._open["Fallback"]:
            self._element = ""
            self._close(name)
        self._open[name] -= 1

    def _close(self, name: str) -> None:
        if name == "p" or name in self._heads:
            self._end_paragraph()
        elif name == "tc" and self._cells:
            words = " ".join(self._cells.pop())
            if self._rows:
                self._rows[-1].append(words)
        elif name == "tr" and self._rows:
            row = self._rows.pop()
            if any(row):
                self._emit("\t".join(row))
        elif name == "r":
            self._vanish = False

    def _end_paragraph(self) -> None:
        words = " ".join("".join(self._paragraphs.pop()).split()) if self._paragraphs else ""
        if words:
            self._emit(words)
        for kept, lines in ((self._apart["deleted"], self.deleted), (self._apart["hidden"], self.hidden)):
            if kept:
                lines.append("".join(kept))
                kept.clear()

    def _emit(self, line: str) -> None:
        if self._cells:
            self._cells[-1].append(line)
        elif any(self._open[name] for name in self._heads):
            self.headed[-1][1].append(line)
        else:
            self.lines.append(line)

    def _close_all(self) -> None:
        """At the limit: what was heard of open paragraphs and rows still counts."""
        while self._paragraphs:
            self._end_paragraph()
        while self._cells:
            words = " ".join(self._cells.pop())
            if words:
                self.lines.append(words)
        self.lines += ["\t".join(row) for row in self._rows if any(row)]
