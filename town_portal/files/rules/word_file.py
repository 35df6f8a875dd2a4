"""A Word file becomes the text of an item: its words in the town's own HTML, its pictures, and a report.

Nothing of the file's looks, macros, comments or hidden parts comes over; the report says so line by line.
"""

import posixpath
from dataclasses import dataclass
from threading import Lock
from xml.etree.ElementTree import Element

from town_portal.files.rules.word import page
from town_portal.files.rules.word.album import Album
from town_portal.files.rules.word.block import Block
from town_portal.files.rules.word.body import Body, has_looks
from town_portal.files.rules.word.caption import with_captions
from town_portal.files.rules.word.line import Reading, bare_words
from town_portal.files.rules.word.numbering import Numbering
from town_portal.files.rules.word.package import WordPackage
from town_portal.files.rules.word.report import Report, Tally, report
from town_portal.files.rules.word.styles import Styles
from town_portal.files.rules.word.words import Piece, cleaned, tidy
from town_portal.foundation.errors import Refused

_SCAN = 20  # fewer characters beside a picture: the words are probably in the picture
_ONE_AT_A_TIME = Lock()  # so that eight large files do not fill the memory
_MARGINS = ("header", "footer")


@dataclass(frozen=True, slots=True)
class Imported:
    """What a Word file gives."""

    title: str
    """Of the document, if it clearly has one; it does not stand in ``html`` again."""
    html: str
    """Only the tags of the town's pages; a picture is ``<img src="picture:N">``, N its place in ``pictures``."""
    pictures: list[bytes]
    """Their original bytes: to be drawn anew before anybody sees them."""
    report: Report


def read(content: bytes, name: str) -> Imported:
    """Read a .docx file of Word or WPS.

    Refused, in words that say what to do: other formats (old .doc, PDF), files with a password or macros, files too
    large or strange to be read safely, files without text. The name serves the words only.
    """
    with _ONE_AT_A_TIME:
        return _read(content, name)


def _read(content: bytes, name: str) -> Imported:
    package = WordPackage(content, name)
    part = package.text_part()
    root = package.tree(part)
    body = None if root is None else root.find("w_body")
    if root is None or body is None:
        raise Refused(f"“{name}”里没有正文，请用 Word 或 WPS 打开，另存为 .docx 再传。")
    source = _Source(package, part, body)
    reading, blocks = source.blocks(drop_fields=True)
    if reading.fields:  # a field without end would swallow the rest of the text
        reading, blocks = source.blocks(drop_fields=False)
    return _imported(reading, blocks, name)


class _Source:
    """The trees of one document, read once."""

    def __init__(self, package: WordPackage, part: str, body: Element) -> None:
        self._package = package
        self._body = body
        self._relations = package.relations(part)
        self._folder = posixpath.dirname(part)
        self._styles = Styles(self._tree("styles"))
        self._numbers = self._tree("numbering")
        self._comments = self._tree("comments")
        self._notes = {kind: self._tree(kind) for kind in ("footnotes", "endnotes")}
        self._margins = any(
            self._says_something(relation.target) for relation in self._relations.values() if relation.kind in _MARGINS
        )

    def _tree(self, kind: str) -> Element | None:
        """The part of a kind that the document points to."""
        for relation in self._relations.values():
            if relation.kind == kind and not relation.outside:
                return self._package.tree(relation.target)
        return None

    def _says_something(self, part: str) -> bool:
        root = self._package.tree(part)
        return root is not None and bool(bare_words(root))

    def blocks(self, *, drop_fields: bool) -> tuple[Reading, list[Block]]:
        """The whole document, with what was met on the way."""
        tally = Tally()
        reading = Reading(
            self._package,
            self._relations,
            self._styles,
            Numbering(self._numbers),
            tally,
            Album(self._package, tally),
            drop_fields,
        )
        body = Body(reading)
        blocks = body.blocks(self._body)
        blocks += body.boxed
        blocks += self._note_blocks(reading)
        self._tell_of_comments(tally)
        tally.met["header"] = int(self._margins)
        tally.met["looks"] = int(has_looks(self._body))
        return reading, blocks

    def _note_blocks(self, reading: Reading) -> list[Block]:
        """Footnotes and endnotes as paragraphs, in the order in which the text points to them."""
        words = {
            (kind, note.get("w_id", "")): bare_words(note)
            for kind, root in self._notes.items()
            for note in (() if root is None else root)
        }
        found = []
        for key in dict.fromkeys(reading.notes):
            text, _ = cleaned(words.get(key, ""))
            pieces = tidy([Piece(f"注：{text.strip()}")]) if text.strip() else []
            found += [Block("text", pieces)] if pieces else []
        reading.tally.met["notes"] = len(found)
        return found

    def _tell_of_comments(self, tally: Tally) -> None:
        for comment in () if self._comments is None else self._comments.findall("w_comment"):
            author = comment.get("w_author", "").strip() or "无名"
            tally.meet("comments", f"{author}：{bare_words(comment)}")


def _imported(reading: Reading, found: list[Block], name: str) -> Imported:
    tally = reading.tally
    title, blocks = page.without_title(found, tally)
    blocks = page.with_lines_apart(with_captions(blocks), tally)
    pictures = reading.album.pictures
    if not (title or blocks):
        raise Refused(f"“{name}”里没有可以导入的文字和图片，请检查是不是选错了文件。")
    page.settle_items(blocks, tally)
    tally.met["flattened"] = page.deep_items(blocks)
    bare = sorted({block.picture for block in blocks if block.kind == "figure" and not block.caption})
    scanned = bool(pictures) and len(title) + page.word_count(blocks) < _SCAN
    lines = report(tally, page.kept(title, blocks), bare, reading.album.cropped, scanned=scanned)
    return Imported(title, page.written(blocks), pictures, lines)
