"""The text of an item: what HTML is kept, and what stands in it.

Text is sanitised once, when it is saved; those bytes are hashed, signed and shown.
"""

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

import nh3

TAGS = frozenset(
    "p h2 h3 strong em u sub sup br ul ol li blockquote table thead tbody tr th td figure figcaption img a hr".split()
)
_ALIGN = {"ta-center", "ta-right", "ta-justify"}
_ATTRIBUTES = {
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "img": {"src", "alt", "width", "height"},
    "a": {"href"},
}
_CLASSES = dict.fromkeys(("p", "h2", "h3", "td", "th", "figure"), _ALIGN)
_PICTURE = re.compile(r"/files/([0-9a-f]{32})")
_NUMBER = re.compile(r"[1-9][0-9]{0,3}")
_OWN_LINK = re.compile(r"/(?![/\\])")
_OUTER_LINK = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
_VOID = {"br", "img", "hr"}
_TAG = re.compile(r"<[^<>]*>")  # the sanitiser writes < and > of words and attributes as entities
_EMPTY_FIGURE = re.compile(r"<figure(?: class=\"[^\"<>]*\")?>\s*+(?:<figcaption>[^<]*+</figcaption>)?\s*+</figure>")


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    if tag == "img" and name == "src":
        return value if _PICTURE.fullmatch(value) else None
    if tag == "a" and name == "href":
        link = value.strip()
        return link if _OWN_LINK.match(link) or _OUTER_LINK.match(link) else None
    if name in ("colspan", "rowspan", "width", "height"):
        return value if _NUMBER.fullmatch(value) else None
    return value


def sanitised(raw: str) -> str:
    """The HTML that is stored: only what the town's pages show, nothing that acts or loads from elsewhere."""
    kept = nh3.clean(
        raw.replace("\x00", ""),
        tags=set(TAGS),
        clean_content_tags={"script", "style"},
        attributes=_ATTRIBUTES,
        attribute_filter=_keep_attribute,
        allowed_classes=_CLASSES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    )
    kept = _TAG.sub(lambda tag: "" if tag[0].startswith("<img") and " src=" not in tag[0] else tag[0], kept)
    kept = _EMPTY_FIGURE.sub("", kept)
    return _without_empty_end(kept)


def _without_empty_end(kept: str) -> str:
    """The text without the empty paragraphs an editor leaves at its end."""
    kept = kept.rstrip()
    while kept.endswith("</p>"):
        start = kept.rfind("<p>")
        if start < 0 or kept[start + 3 : -4].replace("<br>", "").strip():
            break
        kept = kept[:start].rstrip()
    return kept.strip()


@dataclass(slots=True)
class Block:
    """One piece of the text: a paragraph, a heading, a list, a table, a picture."""

    tag: str
    html: str = ""
    lines: list[str] = field(default_factory=list)
    """Its words: one line for a paragraph, one for each list item or table row."""
    token: str | None = None
    """The picture's file token."""
    alt: str = ""

    @property
    def text(self) -> str:
        """Its words in one piece."""
        return "\n".join(self.lines)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.blocks: list[Block] = []
        self._depth = 0
        self._line: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._depth == 0:
            self.blocks.append(Block(tag))
        block = self.blocks[-1]
        block.html += self.get_starttag_text() or ""
        if tag == "img":
            given = dict(attrs)
            found = _PICTURE.fullmatch(given.get("src") or "")
            block.token, block.alt = (found and found[1]), given.get("alt") or ""
        elif tag == "br":
            self._line.append("\n")
        elif tag in ("td", "th") and self._line:
            self._line.append(" | ")
        if tag not in _VOID:
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        if not self.blocks or tag in _VOID:
            return
        self.blocks[-1].html += f"</{tag}>"
        self._depth -= 1
        if self._depth == 0 or tag in ("li", "tr"):
            self._end_line()

    def handle_data(self, data: str) -> None:
        if self._depth == 0:
            if not data.strip():
                return
            self.blocks.append(Block("p", f"<p>{data}</p>", [html.unescape(data).strip()]))
            return
        self.blocks[-1].html += data
        self._line.append(html.unescape(data))

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def _end_line(self) -> None:
        line = "".join(self._line).strip()
        if line:
            self.blocks[-1].lines.append(line)
        self._line = []


def blocks(stored: str) -> list[Block]:
    """The pieces of a stored text, in order."""
    reader = _Reader()
    reader.feed(stored)
    reader.close()
    return reader.blocks


def pictures(stored: str) -> list[Block]:
    """The pictures of a stored text; ``lines`` holds the caption."""
    return [block for block in blocks(stored) if block.token]


def words(stored: str) -> str:
    """The text without its markup, one line for each piece."""
    return "\n".join(block.text for block in blocks(stored))


def summary(stored: str, length: int = 80) -> str:
    """The first words of the paragraphs."""
    text = "".join(block.text for block in blocks(stored) if block.tag == "p").replace("\n", "")
    return text if len(text) <= length else text[:length] + "…"
