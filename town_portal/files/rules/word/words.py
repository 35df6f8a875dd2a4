"""Pieces of text with their marks, cleaned of what Word leaves in them, as HTML or as plain words."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

_INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x200E, 0x200F, 0xFEFF, *range(0x202A, 0x202F), *range(0x2060, 0x2070)])
_SPACES = {0x0B: "\n", 0x0D: "\n", 0xA0: " ", 0x2002: " ", 0x2003: " ", 0x2011: "-", 0x2028: "\n"}
_CONTROL = {code: None for code in [*range(0x20), *range(0x7F, 0xA0)] if code not in (0x09, 0x0A, 0x0B, 0x0D)}
_CLEAN = _INVISIBLE | _CONTROL | _SPACES
# The signs of Wingdings and Symbol that clerks use; their fonts keep them in the private area from U+F000.
SYMBOLS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0xA1: "○", 0xA3: "□", 0xA8: "□",
    0xA7: "■", 0xAB: "★", 0xB2: "☆", 0xB7: "•", 0xD8: "➢", 0xE0: "→", 0xFC: "√", 0xFB: "×", 0xFD: "×", 0xFE: "☑",
    0x51: "☒", 0x52: "☑", 0x53: "☒",
}  # fmt: skip
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_EDGE = " 　\t\n"
_MARKS = ("strong", "em", "u", "sub", "sup")
_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\"]{1,2000}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in one look; a line break is a newline."""

    text: str
    marks: frozenset[str] = frozenset()
    link: str = ""
    heading_like: bool = False
    size: int = 0


def cleaned(text: str) -> tuple[str, int]:
    """Without invisible signs, with one kind of space; and how many signs no page can show were left out."""
    text = text.translate(_CLEAN)
    if not _PRIVATE.search(text):
        return text, 0
    lost = [sign for sign in _PRIVATE.findall(text) if not symbol(ord(sign))]
    return _PRIVATE.sub(lambda sign: symbol(ord(sign[0])), text), len(lost)


def symbol(code: int) -> str:
    """The sign of a symbol font as everybody has it, or nothing."""
    return SYMBOLS.get(code - 0xF000 if code >= 0xF000 else code, "")


def link(address: str) -> str:
    """An address that may be followed: http, https, mailto; otherwise nothing."""
    found = _LINK.fullmatch(address.strip())
    return found[0] if found else ""


def _squeezed(text: str) -> str:
    """One blank for many, none around a line break, one break for many."""
    text = re.sub("[ \t]+", " ", text)
    if "\n" not in text:
        return text
    first, *middle, last = text.split("\n")
    lines = [first.rstrip(_EDGE), *(line.strip(_EDGE) for line in middle), last.lstrip(_EDGE)]
    return "\n".join(line for place, line in enumerate(lines) if line or place in (0, len(lines) - 1))


def tidy(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces of one paragraph joined where they look alike, without blanks at the edges of its lines."""
    out: list[Piece] = []
    for piece in _joined(pieces):
        text = _squeezed(piece.text)
        last = out[-1].text[-1] if out else "\n"
        if text.startswith("\n"):
            out = _without_end(out)
            text = text if out else text.lstrip(_EDGE)
            last = "" if out else "\n"
        if last == "\n":
            text = text.lstrip(_EDGE)
        elif last == " ":
            text = text.lstrip(" ")
        if text:
            out.append(replace(piece, text=text))
    return _without_end(out)


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Neighbours of one look become one piece; blanks take the look of what stands before them."""
    groups: list[tuple[Piece, list[str]]] = []
    for piece in pieces:
        if not piece.text:
            continue
        if groups and _alike(groups[-1][0], piece):
            groups[-1][1].append(piece.text)
        else:
            groups.append((piece, [piece.text]))
    return [replace(first, text="".join(texts)) for first, texts in groups]


def _alike(one: Piece, other: Piece) -> bool:
    if one.link == other.link and not other.text.strip():
        return True
    return (one.marks, one.link, one.heading_like, one.size) == (
        other.marks,
        other.link,
        other.heading_like,
        other.size,
    )


def _without_end(pieces: list[Piece]) -> list[Piece]:
    """Without blanks and breaks at the end."""
    while pieces:
        text = pieces[-1].text.rstrip(_EDGE)
        if text:
            pieces[-1] = replace(pieces[-1], text=text)
            break
        pieces.pop()
    return pieces


def escaped(text: str) -> str:
    """Words as HTML, line breaks as ``<br>``."""
    return html.escape(text, quote=False).replace("\n", "<br>")


def drawn(pieces: list[Piece], marks: tuple[str, ...] = _MARKS) -> str:
    """The pieces as HTML, with only the marks that are asked for."""
    out: list[str] = []
    run: list[str] = []
    for place, piece in enumerate(pieces):
        run.append(piece.text)
        if place + 1 < len(pieces) and _drawn_alike(piece, pieces[place + 1], marks):
            continue
        text = escaped("".join(run))
        run = []
        for mark in reversed(marks):
            if mark in piece.marks:
                text = f"<{mark}>{text}</{mark}>"
        out.append(f'<a href="{html.escape(piece.link)}">{text}</a>' if piece.link else text)
    return "".join(out)


def _drawn_alike(one: Piece, other: Piece, marks: tuple[str, ...]) -> bool:
    return one.link == other.link and one.marks & set(marks) == other.marks & set(marks)


def plain(pieces: Iterable[Piece]) -> str:
    """The words alone."""
    return "".join(piece.text for piece in pieces)
