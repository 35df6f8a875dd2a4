"""The pictures of a document: their original bytes, each kept once, in the order in which they are met."""

from dataclasses import dataclass, field

from town_portal.files.rules.package import Package, Relation
from town_portal.files.rules.sniff import MEGABYTE, MOST_BYTES, sniff
from town_portal.files.rules.word.report import Tally
from town_portal.foundation.errors import Refused

_MOST_TOGETHER = 80 * MEGABYTE
_DRAWN = (b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00", b"\x01\x00\x00\x00")
_DRAWN_ENDINGS = (".emf", ".wmf", ".emz", ".wmz")


@dataclass(slots=True)
class Album:
    """Takes pictures out of a package; what cannot be shown is told to the tally."""

    package: Package
    tally: Tally
    pictures: list[bytes] = field(default_factory=list)
    cropped: list[int] = field(default_factory=list)
    _places: dict[str, int | None] = field(default_factory=dict)
    _taken: int = 0

    def place(self, relation: Relation | None, *, cropped: bool = False) -> int | None:
        """The place of a picture among ``pictures``; None if it cannot be kept."""
        if relation is None:
            self.tally.meet("bad_pictures")
            return None
        if relation.outside:
            self.tally.meet("outside_pictures")
            return None
        if relation.target not in self._places:
            self._places[relation.target] = self._add(relation.target)
        place = self._places[relation.target]
        if place is not None and cropped and place not in self.cropped:
            self.cropped.append(place)
        return place

    def _add(self, part: str) -> int | None:
        size = self.package.size(part)
        if size is not None and (size > MOST_BYTES or self._taken + size > _MOST_TOGETHER):
            self.tally.meet("large_pictures")
            return None
        content = self.package.content(part, MOST_BYTES) or b""
        if not _shown(content):
            drawn = part.lower().endswith(_DRAWN_ENDINGS) or content.startswith(_DRAWN)
            self.tally.meet("drawn_pictures" if drawn else "bad_pictures")
            return None
        self._taken += len(content)
        self.pictures.append(content)
        return len(self.pictures) - 1


def _shown(content: bytes) -> bool:
    """One of the kinds of picture that may be uploaded, by its content."""
    try:
        return sniff(content, "").picture
    except Refused:
        return False
