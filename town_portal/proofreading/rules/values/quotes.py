"""Pairs of marks 成对的标点: quotation marks, book titles and brackets, matched within a paragraph.

``pairings`` matches every opening mark with the closing mark of its kind and keeps those that found
no partner. It decides nothing: whether a stray mark is an error is for the check to say.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_TWINS = {
    "“": "”", "‘": "’", "《": "》", "〈": "〉", "「": "」", "『": "』", "（": "）", "(": ")", "【": "】", "〔": "〕", "[": "]",
}  # fmt: skip
_KIND = {
    **{sign: sign for sign in "“‘《〈「『"}, "（": "（", "(": "（", "【": "【", "〔": "【", "[": "【",
}  # fmt: skip
"""Marks of one kind may meet: a （ that is closed by a ) is a pair, if a mixed one."""
_KIND_OF_CLOSER = {closer: _KIND[opener] for opener, closer in _TWINS.items()}

_MARK = re.compile("[" + re.escape("".join((*_TWINS, *_TWINS.values()))) + "]")
_PARAGRAPH = re.compile(r"[^\n]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,64}", re.ASCII)
_INTERVAL = re.compile(r"[\[(（] ?-?[\d.]{1,12} ?[,，] ?[-+]?[\d.∞]{1,12} ?[\])）]")
_MINUTES = re.compile(r"\d[’']\d{1,2}[”\"]")
_ITEM = re.compile(r"(?:^|[\s。；;，,：:、）)])(?:[0-9]{1,2}|[a-zA-Z]|[一二三四五六七八九十]{1,3})$")
_LETTER = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two marks that belong together: the places of the opening and of the closing one."""

    opener: str
    closer: str
    start: int
    close: int

    @property
    def end(self) -> int:
        """The place behind the closing mark."""
        return self.close + 1

    @property
    def mixed(self) -> bool:
        """Opened with one form and closed with another, （ with )."""
        return _TWINS[self.opener] != self.closer


@dataclass(frozen=True, slots=True)
class Stray:
    """A mark without its partner."""

    sign: str
    place: int
    opens: bool

    @property
    def kind(self) -> str:
        """The kind of pair it would belong to, named by an opening mark."""
        return _KIND[self.sign] if self.opens else _KIND_OF_CLOSER[self.sign]


@dataclass(frozen=True, slots=True)
class Pairing:
    """The marks of one paragraph ``[start, end)``: its pairs in order of opening, and its strays in order."""

    start: int
    end: int
    pairs: tuple[Pair, ...]
    strays: tuple[Stray, ...]


@lru_cache(maxsize=8)
def pairings(text: str) -> tuple[Pairing, ...]:
    """The marks of every paragraph of a text, matched.

    Apostrophes, list marks like 1), intervals like [0,1), minutes like 3’20” and whatever stands in
    an address are no pair marks.
    """
    return tuple(_pairing(text, *match.span()) for match in _PARAGRAPH.finditer(text))


def pairs(text: str, openers: str) -> Iterator[Pair]:
    """Every matched pair that opens with one of ``openers``, in order: ``pairs(text, "《")`` are the book titles."""
    for pairing in pairings(text):
        yield from (pair for pair in pairing.pairs if pair.opener in openers)


def _pairing(text: str, start: int, end: int) -> Pairing:
    paragraph = text[start:end]
    silent = {
        place
        for pattern in (_ADDRESS, _INTERVAL, _MINUTES)
        for match in pattern.finditer(paragraph)
        for place in range(*match.span())
    }
    opened: dict[str, list[int]] = {}
    found: list[Pair] = []
    strays: list[Stray] = []
    for match in _MARK.finditer(paragraph):
        sign, place = match.group(), match.start()
        if place in silent or _apostrophe(paragraph, place):
            continue
        if sign in _TWINS:
            opened.setdefault(_KIND[sign], []).append(place)
            continue
        waiting = opened.get(_KIND_OF_CLOSER[sign])
        if waiting:
            opener = waiting.pop()
            found.append(Pair(paragraph[opener], sign, start + opener, start + place))
        elif not _marks_an_item(paragraph, place):
            strays.append(Stray(sign, start + place, opens=False))
    strays += [Stray(paragraph[place], start + place, opens=True) for places in opened.values() for place in places]
    return Pairing(
        start,
        end,
        tuple(sorted(found, key=lambda pair: pair.start)),
        tuple(sorted(strays, key=lambda stray: stray.place)),
    )


def _apostrophe(paragraph: str, place: int) -> bool:
    """A ’ within or behind a Latin word."""
    return paragraph[place] == "’" and bool(_LETTER.match(paragraph[place - 1 : place])) and "‘" not in paragraph


def _marks_an_item(paragraph: str, place: int) -> bool:
    """A closing bracket that only marks an item of a list, 1) or a）, or a face, :)."""
    if paragraph[place] not in ")）":
        return False
    before = paragraph[max(0, place - 5) : place]
    return bool(_ITEM.search(before)) or before.endswith((":", ";", ":-", "^"))


_FAR = 16
"""Signs around a quoted word in which its fault is named."""
_FAULT = re.compile("错别?字|应为|应是|应写|误为|误写|误作|写成|写错|改为|更正")


def is_told_of(text: str, start: int, end: int) -> bool:
    """Are the words quoted as somebody's fault: “疏露”为错字，应为“疏漏”? Then they are none of the text."""
    quoted = text.rfind("“", 0, start) > text.rfind("”", 0, start) and "”" in text[end : end + _FAR]
    return quoted and _FAULT.search(text, max(0, start - _FAR), end + _FAR) is not None
